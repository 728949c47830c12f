"""One line of the audit trail: who did what with which thing, when, and whether they were let.

An entry holds ids and words from closed lists, never a name, a date of birth or a person's own words.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum

LONGEST_ID = 200
_PLAIN = re.compile(r"[A-Za-z][A-Za-z' ,-]{0,79}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]")
BEGINNING = b"evenlode audit trail, first form"
"""What the chain begins with; a later form of entry begins another chain."""


class Outcome(StrEnum):
    """Whether it was let."""

    ALLOWED = "allowed"
    DENIED = "denied"


class Purpose(StrEnum):
    """What it was for, as the page that was used tells it."""

    DIRECT_WORK = "direct work"
    SUPERVISION = "supervision"
    OVERSIGHT = "oversight"
    REVIEW = "review"
    CASE_AUDIT = "case audit"
    DUTY = "duty"
    PERFORMANCE = "performance"
    BREAK_GLASS = "break-glass"
    ACCESS = "looking after access"
    RUNNING = "running the service"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is written about one request.

    at: the server's time, with its time zone.  thing, verb, why, scope: words of the access matrix.
    child_id: whose child-level thing it is, so that "who opened this child's record" finds it; a list of
    children has none of its own.  request_id: joins the entries of one request with the service's log.
    ValueError where a value could hold more than an id or a word of a closed list.
    """

    at: datetime
    person_id: str
    verb: str
    thing: str
    outcome: Outcome
    why: str
    thing_id: str | None = None
    child_id: str | None = None
    scope: str | None = None
    purpose: Purpose | None = None
    request_id: str | None = None

    def __post_init__(self) -> None:
        if self.at.tzinfo is None:
            raise ValueError("the time of an entry needs its time zone")
        for name in ("verb", "thing", "why", "scope"):
            said = getattr(self, name)
            if said is not None and not _PLAIN.fullmatch(said):
                raise ValueError(f"{name} of an entry is a word of a closed list, and never a free text")
        for name in ("person_id", "thing_id", "child_id", "request_id"):
            said = getattr(self, name)
            if said is not None and (not said or len(said) > LONGEST_ID or _CONTROL.search(said)):
                raise ValueError(
                    f"{name} of an entry is an id of one line and at most {LONGEST_ID} characters"
                )

    @property
    def row(self) -> tuple[str | None, ...]:
        """The values as they are stored, in the order of `COLUMNS`."""
        at = self.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        return (at, *(_text(getattr(self, name)) for name in COLUMNS[1:]))


COLUMNS = tuple(f.name for f in fields(Entry))
"""What a trail stores of an entry, between its number and its code."""


@dataclass(frozen=True)
class Head:
    """Where a trail stands: the number of its newest entry (0 for none) and that entry's code."""

    seq: int
    mac: bytes


def first_head(key: bytes) -> Head:
    """Where every trail under this key begins."""
    return Head(0, hmac.digest(key, BEGINNING, "sha256"))


def canonical(seq: int, row: tuple[str | None, ...]) -> bytes:
    """The one spelling of an entry: each value behind its length, so that nothing can move from one to the next."""
    said = ["-" if value is None else f"{len(value)}:{value}" for value in row]
    return f"{seq};{','.join(said)}".encode()


def code_of(key: bytes, before: bytes, seq: int, row: tuple[str | None, ...]) -> bytes:
    """The keyed code of an entry (HMAC-SHA256): over the code of the entry before and its own spelling."""
    return hmac.digest(key, before + canonical(seq, row), "sha256")


def chained(key: bytes, head: Head, entries: list[Entry]) -> list[tuple[int, tuple[str | None, ...], bytes]]:
    """New entries with their numbers and codes, as they follow a head."""
    found: list[tuple[int, tuple[str | None, ...], bytes]] = []
    seq, mac = head.seq, head.mac
    for entry in entries:
        seq, row = seq + 1, entry.row
        mac = code_of(key, mac, seq, row)
        found.append((seq, row, mac))
    return found


def _text(value: str | None) -> str | None:
    return None if value is None else str(value)
