"""What stood for a source before a load: what the load is compared with and must not undo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from evenlode.errors import RecordFault
from evenlode.record.handed_over import HandedOver
from evenlode.record.manifest import Manifest
from evenlode.record.newest import Happened, happened_by, newest_by_table, newest_of
from evenlode.record.parquet_files import rows_sql
from evenlode.record.paths import Paths
from evenlode.record.receipt import SourceReceipt, TableReceipt
from evenlode.record.stored import Stored, check_files, read_stored
from evenlode.record.tables import SCHEMA_VERSION


@dataclass(frozen=True)
class Asked:
    """How a load was asked for."""

    load_id: str
    at: datetime
    by: str
    as_at: date | None
    rules_version: str
    partial: bool
    allow_older: bool


@dataclass(frozen=True)
class Before:
    """What stood for a source when a delivery of it came.

    stored is None where nothing stood, and where what stood is damaged (`note` says so).
    happened: the dates of things that happened in what came.
    """

    paths: Paths
    given: HandedOver
    asked: Asked
    happened: Happened
    delivery_id: str = ""
    stored: Stored | None = None
    note: str = ""

    @staticmethod
    def find(paths: Paths, manifest: Manifest, given: HandedOver, asked: Asked) -> Before:
        """Looks up what stands; a damaged full delivery may be replaced, but not added to."""
        before = Before(paths, given, asked, happened_by(given.tables, asked.at.date()))
        given.delivery.let_go()
        delivery_id = manifest.active_of(given.key)
        if delivery_id is None:
            return before
        try:
            stored = read_stored(paths, delivery_id, manifest.seal(delivery_id))
            check_files(paths, [stored])
        except RecordFault as fault:
            if asked.partial:
                raise
            note = f"What stood before could not be compared, so every row counts as added: {fault}"
            return replace(before, delivery_id=delivery_id, note=note)
        return replace(before, delivery_id=delivery_id, stored=stored)

    @property
    def older_than(self) -> date | None:
        """The newest event of what stands, where what came ends before it.

        A partial delivery is held only against the tables that it brings.
        """
        newest = newest_by_table(self.happened)
        if self.stored is None or not newest:
            return None
        standing = self.stored.newest_event(set(newest) if self.asked.partial else None)
        return standing if standing is not None and max(newest.values()) < standing else None

    def refuse_older(self) -> None:
        """An older extract never takes the place of a newer one unless it was asked to."""
        standing = self.older_than
        if standing is None or self.asked.allow_older:
            return
        newest = max(self.happened.values())
        raise RecordFault(
            f"Source {self.given.delivery.source} of this load ends on {newest:%-d %B %Y}, but the "
            f"record already goes to {standing:%-d %B %Y}: load a newer extract, or say that the older "
            "one is meant (--allow-older)."
        )

    def rows_of(self, table: str) -> str | None:
        """A query for the rows of a table as they stood."""
        return None if self.stored is None else rows_sql(self.paths, self.stored, table)

    def sha256_of(self, table: str) -> str:
        """The checksum of a table's file, where this version wrote it: equal bytes, equal rows."""
        if self.stored is None or self.stored.schema_version != SCHEMA_VERSION:
            return ""
        return self.stored.tables[table].sha256 if table in self.stored.tables else ""

    def holds_the_same(self, lines: tuple[TableReceipt, ...]) -> bool:
        """The same files stand already, as a full delivery, and give the same rows.

        The rows are asked too: a mapping mended since gives other rows from the same files.
        """
        stands = self.stored
        return (
            stands is not None
            and stands.full
            and not self.asked.partial
            and bool(stands.read)
            and sorted(file.sha256 for file in stands.read) == self.given.fingerprint
            and set(stands.table_names()) == set(self.given.tables)
            and all(line.unchanged == line.kept and not line.removed for line in lines)
        )

    def receipt_of(self, lines: tuple[TableReceipt, ...], standing: str, *, same: bool) -> SourceReceipt:
        """What became of this source."""
        newest = newest_of(self.happened, self.asked.at.date())
        return SourceReceipt(
            *self.given.key,
            layout=self.given.delivery.layout,
            delivery=standing,
            nothing_changed=same,
            files=tuple(self.given.delivery.files),
            tables=lines,
            newest_event=newest[0] if newest else None,
            why=newest[1] if newest else "no date in it tells of something that happened",
            replaced="" if same else self.delivery_id,
            replaced_load="" if same or self.stored is None else self.stored.load,
            older_than=self.older_than,
            note=self.note,
        )
