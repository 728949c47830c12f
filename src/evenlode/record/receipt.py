"""Receipts: what every load and withdrawal did, kept for good beside the record."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from evenlode.errors import RecordFault
from evenlode.record.delivery import FileRead
from evenlode.record.durable import read_sealed, write_sealed
from evenlode.record.paths import Paths


@dataclass(frozen=True)
class TableReceipt:
    """What became of the rows of one table.

    read = kept + quarantined, and kept = added + changed + unchanged.
    removed: rows that stood before and are in the new full delivery no longer.
    """

    table: str
    read: int
    kept: int
    quarantined: int
    added: int
    changed: int
    unchanged: int
    removed: int

    def __post_init__(self) -> None:
        if self.read != self.kept + self.quarantined:
            raise ValueError(f"{self.table}: {self.read} read, {self.kept} + {self.quarantined}")
        if self.kept != self.added + self.changed + self.unchanged:
            raise ValueError(f"{self.table}: {self.kept} kept, but added, changed and unchanged differ")


@dataclass(frozen=True)
class SourceReceipt:
    """What became of one source of one council.

    delivery: the delivery that stands now; replaced: the one that stood before, with its load.
    older_than: the newest event of what it replaced, where an older extract was loaded on purpose.
    """

    la_code: str
    source: str
    layout: str
    delivery: str
    nothing_changed: bool
    files: tuple[FileRead, ...]
    tables: tuple[TableReceipt, ...]
    newest_event: date | None
    why: str
    replaced: str = ""
    replaced_load: str = ""
    older_than: date | None = None
    note: str = ""

    @property
    def removed(self) -> int:
        """Rows that stood before and do no longer."""
        return sum(t.removed for t in self.tables)


@dataclass(frozen=True)
class Receipt:
    """One load: who, when, what was read and what it did to the record.

    manifest: the manifest that stands after it; unchanged where nothing changed.
    """

    load_id: str
    at: datetime
    by: str
    as_at: date | None
    rules_version: str
    partial: bool
    allow_older: bool
    manifest: int
    sources: tuple[SourceReceipt, ...] = field(default=())
    kind: str = "load"

    @property
    def nothing_changed(self) -> bool:
        """The same files stand already, with the same rows: the record was left as it was."""
        return all(s.nothing_changed for s in self.sources)

    @property
    def tables(self) -> dict[str, TableReceipt]:
        """The counts of all sources together, by table."""
        sums: dict[str, list[int]] = {}
        for line in (t for s in self.sources for t in s.tables):
            counts = list(vars(line).values())[1:]
            sums[line.table] = [a + b for a, b in zip(counts, sums.get(line.table, [0] * 7), strict=True)]
        return {name: TableReceipt(name, *counts) for name, counts in sums.items()}

    def sentence(self) -> str:
        """What the load did, in one line for the person who ran it."""
        counts = list(self.tables.values())
        kept, quarantined = sum(t.kept for t in counts), sum(t.quarantined for t in counts)
        if self.nothing_changed:
            return f"Load {self.load_id}: these files are loaded already; {kept:,} rows, nothing changed."
        return (
            f"Load {self.load_id}: {kept:,} rows kept ({sum(t.added for t in counts):,} added, "
            f"{sum(t.changed for t in counts):,} changed, {sum(t.unchanged for t in counts):,} "
            f"unchanged), {quarantined:,} set aside, {sum(t.removed for t in counts):,} removed."
        )


@dataclass(frozen=True)
class StandsNow:
    """What stands for a source once a load is withdrawn; all blank where nothing does."""

    la_code: str
    source: str
    delivery: str
    loads: tuple[str, ...]

    def __str__(self) -> str:
        what = f"load {' and '.join(self.loads)}" if self.loads else "nothing"
        return f"for {self.source} {what} stands now"


@dataclass(frozen=True)
class Withdrawal:
    """One load taken back: who, when, why, and what stands in its place."""

    load_id: str
    at: datetime
    by: str
    why: str
    withdrawn: str
    manifest: int
    stands_now: tuple[StandsNow, ...] = ()
    kind: str = "withdrawal"

    def sentence(self) -> str:
        """What the withdrawal did, in one line."""
        now = "; ".join(str(line) for line in self.stands_now)
        return f"Load {self.withdrawn} is withdrawn ({self.why}): {now}."


def write_receipt(paths: Paths, receipt: Receipt | Withdrawal) -> None:
    """Keeps a receipt."""
    body = json.loads(json.dumps(asdict(receipt), default=_iso))
    write_sealed(paths.receipt(receipt.load_id), body, durable=paths.durable)


def read_receipt(paths: Paths, receipt_id: str) -> Receipt | Withdrawal:
    """Reads a receipt back."""
    path = paths.receipt(receipt_id)
    mend = "restore it from a backup (the record itself is not touched by this)"
    body = read_sealed(path, mend=mend)
    try:
        body["at"] = datetime.fromisoformat(body["at"])
        if body["kind"] == "withdrawal":
            now = (StandsNow(**{**line, "loads": tuple(line["loads"])}) for line in body["stands_now"])
            return Withdrawal(**{**body, "stands_now": tuple(now)})
        sources = tuple(_source(s) for s in body["sources"])
        return Receipt(**{**body, "as_at": _date(body["as_at"]), "sources": sources})
    except (KeyError, TypeError, ValueError):
        raise RecordFault(f"{path} is not a receipt: {mend}.") from None


def _source(body: dict[str, Any]) -> SourceReceipt:
    rest = {
        "files": tuple(FileRead(**f) for f in body["files"]),
        "tables": tuple(TableReceipt(**t) for t in body["tables"]),
        "newest_event": _date(body["newest_event"]),
        "older_than": _date(body["older_than"]),
    }
    return SourceReceipt(**{**body, **rest})


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))
