"""One stored delivery: its files, what they hold and what they were made from."""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from evenlode.errors import RecordFault
from evenlode.record.delivery import OF_TIME, FileRead
from evenlode.record.durable import assert_whole, read_sealed, write_sealed
from evenlode.record.migration import check_version, name_at
from evenlode.record.paths import Paths
from evenlode.record.tables import SCHEMA_VERSION, TABLES

ABOUT = "delivery.json"
OWN = "own"
PROBLEMS = "problems.parquet"
QUARANTINED = "quarantined.parquet"
CHECKERS = 2


def mend_of(load: str) -> str:
    """What to do about a damaged file of a load."""
    return f"withdraw load {load}, load the same extract again, or restore the file from a backup"


@dataclass(frozen=True)
class StoredFile:
    """One file of a delivery, with the checksum that proves it unaltered."""

    name: str
    rows: int
    size: int
    sha256: str


@dataclass(frozen=True)
class Stored:
    """What the record keeps about one delivery of one source of one council.

    load: the load that brought it (or the withdrawal that put it together again).
    lineage: the loads whose rows it holds: one full one, or a first partial one, then the partial
    ones merged into it.
    tables: the tables as they stand after this delivery; own: only the rows that a partial load
    brought, kept so that an earlier load can be withdrawn from under it.
    newest: for each table with dates of things that happened, the newest of them.
    tells: for each table, the columns that its source tells and "history"; a table that is not there
    tells everything.
    """

    id: str
    load: str
    la_code: str
    source: str
    layout: str
    full: bool
    lineage: tuple[str, ...]
    rules_version: str
    as_at: date | None = None
    read: tuple[FileRead, ...] = ()
    tables: dict[str, StoredFile] = field(default_factory=dict)
    own: dict[str, StoredFile] = field(default_factory=dict)
    reports: dict[str, StoredFile] = field(default_factory=dict)
    newest: dict[str, date] = field(default_factory=dict)
    tells: dict[str, tuple[str, ...]] = field(default_factory=dict)
    schema_version: int = SCHEMA_VERSION

    def untold(self, table: str) -> frozenset[str]:
        """What this delivery does not tell of a table that it carries: columns, "history" and "newest"."""
        if table not in self.tells:
            return frozenset()
        everything = {*OF_TIME, *(c.name for c in TABLES[table].read_columns)}
        return frozenset(everything - set(self.tells[table]))

    @property
    def key(self) -> tuple[str, str]:
        """Council and source: what a full delivery replaces."""
        return (self.la_code, self.source)

    @property
    def brought(self) -> dict[str, StoredFile]:
        """The tables with only the rows that its own load brought (none at all, perhaps)."""
        return self.own if len(self.lineage) > 1 else self.tables

    def newest_event(self, tables: set[str] | None = None) -> date | None:
        """The newest date of something that happened, in these tables or in all."""
        return max((d for t, d in self.newest.items() if tables is None or t in tables), default=None)

    def table_names(self) -> list[str]:
        """The tables of today that this delivery carries, even if without a row."""
        return [t for t in TABLES if name_at(t, self.schema_version) in self.tables]

    def rows(self, table: str) -> int:
        """How many rows a table of today has here."""
        return self.tables[name_at(table, self.schema_version)].rows

    def file_of(self, paths: Paths, table: str, *, own: bool = False) -> Path | None:
        """The whole and unaltered file of a table, or None where the delivery has none."""
        files = self.brought if own else self.tables
        file = files.get(name_at(table, self.schema_version))
        return None if file is None else self.checked(paths, file)

    def checked(self, paths: Paths, file: StoredFile) -> Path:
        """The path of one of its files, once the file has proved whole."""
        path = paths.delivery(self.id) / file.name
        assert_whole(path, size=file.size, sha256=file.sha256, mend=mend_of(self.load))
        return path

    def files(self) -> list[StoredFile]:
        """Every file of the delivery."""
        return [*self.tables.values(), *self.own.values(), *self.reports.values()]

    def write(self, folder: Path, *, durable: bool) -> str:
        """Writes the account of the delivery beside its files and answers its checksum."""
        body = asdict(self)
        body["as_at"] = self.as_at.isoformat() if self.as_at else None
        body["newest"] = {t: d.isoformat() for t, d in self.newest.items()}
        return write_sealed(folder / ABOUT, body, durable=durable)


def check_files(paths: Paths, deliveries: Iterable[Stored]) -> None:
    """Raises a fault for the first file of these deliveries that is not what was stored."""
    pairs = [(stored, file) for stored in deliveries for file in stored.files()]
    with ThreadPoolExecutor(CHECKERS) as checkers:
        for _ in checkers.map(lambda pair: pair[0].checked(paths, pair[1]), pairs):
            pass


def read_stored(paths: Paths, delivery_id: str, seal: str) -> Stored:
    """Reads the account of a delivery; the manifest's checksum of it must fit."""
    path = paths.delivery(delivery_id) / ABOUT
    load = delivery_id.split("-", maxsplit=1)[0]
    body = read_sealed(path, mend=mend_of(load), seal=seal)
    check_version(int(body["schema_version"]), str(path))
    try:
        return _stored(body)
    except (KeyError, TypeError, ValueError):
        raise RecordFault(f"{path} is not an account of a delivery: {mend_of(load)}.") from None


def _stored(body: dict[str, Any]) -> Stored:
    files = {
        part: {name: StoredFile(**file) for name, file in body[part].items()}
        for part in ("tables", "own", "reports")
    }
    rest = {
        "as_at": date.fromisoformat(body["as_at"]) if body["as_at"] else None,
        "lineage": tuple(body["lineage"]),
        "newest": {t: date.fromisoformat(d) for t, d in body["newest"].items()},
        "read": tuple(FileRead(**file) for file in body["read"]),
        "tells": {t: tuple(told) for t, told in body.get("tells", {}).items()},
    }
    return Stored(**{**body, **files, **rest})
