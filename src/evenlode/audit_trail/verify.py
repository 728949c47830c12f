"""Is the audit trail whole?  Reads it once from its beginning and names the first entry that is not as it was written."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import psycopg

from evenlode.audit_trail.anchors import Anchor
from evenlode.audit_trail.entry import Head, code_of, first_head

Row = tuple[object, ...]
"""An entry as it lies in the database: its number, its values, its code."""
TOLD_EVERY = 20_000

Step = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Broken:
    """The first entry that is not as it was written, and what is wrong with it."""

    seq: int
    what: str


@dataclass(frozen=True)
class Verdict:
    """What a reading of the whole trail found.

    entries: how many were read and found good.  anchors: how many anchors agreed.  first_at, last_at: the times
    of the first and last good entry.  broken: nothing where the trail is whole.
    Does not tell whether the newest entries after the last anchor were cut off.
    """

    entries: int
    anchors: int
    head: Head
    first_at: str = ""
    last_at: str = ""
    broken: Broken | None = None


def verify(
    rows: Iterable[Row],
    key: bytes,
    anchors: Iterable[Anchor] = (),
    *,
    about: int = 0,
    told: Step = lambda *_: None,
) -> Verdict:
    """Reads a trail in the order of its numbers and stops at the first entry that is not as it was written.

    about: how many rows there are, for whoever is told of the progress.
    """
    known, altered = _known(anchors)
    head, met, first, last = first_head(key), 0, "", ""
    if broken := altered or _disagrees(known, head):
        return Verdict(0, 0, head, broken=broken)
    met += len(known.get(0, ()))
    for row in _safely(rows):
        if isinstance(row, Broken):
            return Verdict(head.seq, met, head, first, last, row)
        head, broken = _next(key, head, row)
        if broken is None:
            last = str(row[1])
            first = first or last
            if head.seq in known:
                broken = _disagrees(known, head)
                met += len(known[head.seq])
        if broken is not None:
            return Verdict(min(head.seq, broken.seq - 1), met, head, first, last, broken)
        if head.seq % TOLD_EVERY == 0:
            told("Checking the audit trail", head.seq, max(about, head.seq))
    if (furthest := max(known, default=0)) > head.seq:
        cut = Broken(
            head.seq + 1, f"the trail ends at entry {head.seq:,}, and an anchor has seen entry {furthest:,}"
        )
        return Verdict(head.seq, met, head, first, last, cut)
    return Verdict(head.seq, met, head, first, last)


def _known(anchors: Iterable[Anchor]) -> tuple[dict[int, list[Anchor]], Broken | None]:
    """The anchors by the entry that they saw, and the first one that was altered."""
    known: dict[int, list[Anchor]] = {}
    for anchor in anchors:
        if anchor.altered:
            return known, Broken(
                anchor.seq, f"line {anchor.line} of the anchors was altered, or was written under another key"
            )
        known.setdefault(anchor.seq, []).append(anchor)
    return known, None


def _next(key: bytes, head: Head, row: Row) -> tuple[Head, Broken | None]:
    """The head after one more entry, or what is wrong with it."""
    seq, *values, mac = row
    due = head.seq + 1
    if not isinstance(seq, int) or seq < due:
        return head, Broken(due, "an entry stands there that does not belong there, or stands there twice")
    if seq > due:
        return head, Broken(due, f"it is missing: after entry {head.seq:,} comes entry {seq:,}")
    try:
        code = code_of(key, head.mac, due, tuple(values))  # type: ignore[arg-type]
    except (TypeError, UnicodeEncodeError):
        return head, Broken(due, "a value is no text")
    if code != mac:
        return head, Broken(
            due, "it was changed, put in, or moved (or the key is not the one it was written under)"
        )
    return Head(due, code), None


def _disagrees(known: dict[int, list[Anchor]], head: Head) -> Broken | None:
    """Whether an anchor saw another entry at this place: the trail was written anew up to here."""
    for anchor in known.get(head.seq, ()):
        if anchor.mac != head.mac:
            return Broken(
                head.seq,
                f"the anchor of {anchor.at} saw another entry here: the trail was written anew before it",
            )
    return None


def _safely(rows: Iterable[Row]) -> Iterator[Row | Broken]:
    """The rows, and where the database cannot read on, that as what is broken."""
    good = 0
    try:
        for row in rows:
            yield row
            good += 1
    except (sqlite3.Error, psycopg.Error, UnicodeDecodeError) as fault:
        yield Broken(good + 1, f"the database cannot read it ({type(fault).__name__})")
