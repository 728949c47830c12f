"""What a reader handed over, checked before a row of it is stored."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.errors import RecordFault
from evenlode.record.delivery import Delivery
from evenlode.record.parquet_files import in_declared_form, write_table
from evenlode.record.stored import PROBLEMS, QUARANTINED, StoredFile
from evenlode.record.tables import TABLES

_TEXT, _WHOLE = pa.string(), pa.int64()
REPORTS: dict[str, pa.Schema] = {
    PROBLEMS: pa.schema(
        {
            "file": _TEXT,
            "table": _TEXT,
            "row_number": _WHOLE,
            "record_id": _TEXT,
            "field": _TEXT,
            "problem": _TEXT,
            "action": _TEXT,
        }
    ),
    QUARANTINED: pa.schema(
        {"file": _TEXT, "table": _TEXT, "row_number": _WHOLE, "reason": _TEXT, "values": _TEXT}
    ),
}
"""The load report, and the rows that were set aside with their values as JSON."""


@dataclass(frozen=True)
class Counts:
    """Rows read, kept and quarantined for one table."""

    read: int
    kept: int
    quarantined: int


@dataclass(frozen=True)
class HandedOver:
    """One delivery in the declared form, with its council known and its counts agreed."""

    la_code: str
    delivery: Delivery
    tables: dict[str, pa.Table]
    counts: dict[str, Counts]

    @property
    def key(self) -> tuple[str, str]:
        """Council and source."""
        return (self.la_code, self.delivery.source)

    @property
    def fingerprint(self) -> list[str]:
        """What the delivery was read from, whatever the files are called."""
        return sorted(file.sha256 for file in self.delivery.files)


def hand_over(deliveries: Sequence[Delivery]) -> list[HandedOver]:
    """Checks every delivery of a load, before anything is written."""
    if not deliveries:
        raise RecordFault("There is nothing to load: no file held a table that Evenlode knows.")
    checked = []
    codes = [_named_councils(d) for d in deliveries]
    common = {code for found in codes for code in found}
    for delivery, found in zip(deliveries, codes, strict=True):
        la_code = _the_one_council(delivery, found or (common if len(common) == 1 else set()))
        tables = _tables(delivery)
        checked.append(HandedOver(la_code, delivery, tables, _counts(delivery, tables)))
    twice = [key for key, times in Counter(h.key for h in checked).items() if times > 1]
    if twice:
        raise RecordFault(
            f"Source {twice[0][1]} was handed over twice in one load: put its files together, "
            "or load them one after the other."
        )
    return checked


def _tables(delivery: Delivery) -> dict[str, pa.Table]:
    unknown = set(delivery.tables) - set(TABLES)
    if unknown:
        raise RecordFault(
            f"Source {delivery.source} brings table {min(unknown)}, which the record does not "
            "have: this is a fault of the reader, not of the extract."
        )
    tables = {n: in_declared_form(TABLES[n], rows) for n, rows in delivery.tables.items()}
    if not delivery.tables and not delivery.counts:
        raise RecordFault(
            f"Source {delivery.source} brings no table at all, which would empty it: to take out what "
            "it brought before, withdraw the load."
        )
    for count in delivery.counts:
        if count.table in TABLES and count.table not in tables:
            tables[count.table] = TABLES[count.table].arrow_schema.empty_table()
    return tables


def _counts(delivery: Delivery, tables: dict[str, pa.Table]) -> dict[str, Counts]:
    counts: dict[str, Counts] = {}
    for line in delivery.counts:
        before = counts.get(line.table, Counts(0, 0, 0))
        counts[line.table] = Counts(
            before.read + line.read, before.kept + line.kept, before.quarantined + line.quarantined
        )
    for name, rows in tables.items():
        said = counts.setdefault(name, Counts(rows.num_rows, rows.num_rows, 0))
        if said.kept != rows.num_rows:
            raise RecordFault(
                f"The reader of {delivery.source} says that it kept {said.kept} rows of {name}, but "
                f"handed over {rows.num_rows}: nothing was loaded."
            )
    return counts


def _named_councils(delivery: Delivery) -> set[str]:
    if delivery.la_code:
        return {delivery.la_code}
    columns = (t.column("la_code") for t in delivery.tables.values() if "la_code" in t.column_names)
    return {code for column in columns for code in pc.unique(column).to_pylist() if code}


def _the_one_council(delivery: Delivery, codes: set[str]) -> str:
    if len(codes) > 1:
        raise RecordFault(
            f"Source {delivery.source} holds rows of {len(codes)} councils ({', '.join(sorted(codes))}): "
            "load each council's extract by itself."
        )
    return next(iter(codes), "")


def write_reports(folder: Path, delivery: Delivery, *, durable: bool) -> dict[str, StoredFile]:
    """Writes the load report and the rows that were set aside, whole, beside the delivery."""
    cells: dict[str, list[dict[str, object]]] = {
        PROBLEMS: [{**vars(p), "action": str(p.action)} for p in delivery.problems],
        QUARANTINED: [
            {**vars(q), "values": json.dumps(q.values, ensure_ascii=False)} for q in delivery.quarantined
        ],
    }
    return {
        name: write_table(
            folder / name,
            pa.Table.from_pylist(rows, REPORTS[name]),
            name=name.removesuffix(".parquet"),
            key=None,
            durable=durable,
        )
        for name, rows in cells.items()
    }
