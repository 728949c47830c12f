"""The rows of what is said of the data: loads with their receipts, rows set aside, doubts, coverage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from evenlode.quality.answer import Counted, Quality
from evenlode.quality.book import DOUBTS, SET_ASIDE
from evenlode.record import Receipt, Record, Withdrawal
from evenlode.reports.quality_tables import COVERAGE_HEADINGS, coverage_sheet
from evenlode.web.models import LoadRow

MOST_SET_ASIDE = 20_000
"""So many rows that were set aside are kept for the page; the record keeps every one."""

_COVERAGE = tuple(heading.name for heading in COVERAGE_HEADINGS)


def doubt_rows(quality: Quality, la_code: str, set_aside: tuple[int, int]) -> Iterator[dict[str, Any]]:
    """One row a doubt.  set_aside: rows set aside and rows read, of the loads that make up the record."""
    for doubt in DOUBTS:
        one = quality.of(la_code, doubt)
        row = _doubt(one, [c for c in quality.counted if c.doubt.id == doubt.id and c.la_code == la_code])
        if doubt.id == SET_ASIDE.id:
            row |= {"found": set_aside[0], "of": set_aside[1], "status": "ok", "why": ""}
        yield row


def _doubt(one: Counted, parts: list[Counted]) -> dict[str, Any]:
    return {
        "doubt_id": one.doubt.id,
        "severity": str(one.doubt.severity),
        "found": one.found,
        "of": one.of,
        "status": str(one.status),
        "why": one.why,
        "tables": [f"{c.table}: {c.found} of {c.of}" for c in parts if c.found],
        "rules": list(one.spoilt.rules),
        "measures": list(one.spoilt.measures),
    }


def coverage_rows(quality: Quality, la_code: str) -> Iterator[dict[str, Any]]:
    """How far each table reaches, each team over all months, and month by month; no team in a single month."""
    for cells in coverage_sheet(quality).rows:
        row = dict(zip(_COVERAGE, cells, strict=True))
        if row["la_code"] == la_code and row["level"] != "team in a month":
            table = row["level"] == "table"
            yield {
                **{n: row[n] for n in ("level", "table", "month", "beside", "children", "rows", "newest")},
                "team_id": row["team_id"] or "",
                "likely": row["likely"],
                "others": row["through"] if table else None,
                "verdict": row["verdict"] or "",
            }


def set_aside_rows(record: Record) -> Iterator[dict[str, Any]]:
    """The rows that the loads of the record set aside, as they came."""
    names = ("load", "source", "file", "table", "row_number", "reason", "values")
    for row in record.quarantined().slice(0, MOST_SET_ASIDE).to_pylist():
        yield {**{name: row[name] for name in names}, "file": row["file"][:255]}


def read_and_set_aside(record: Record) -> tuple[int, int]:
    """How many rows were set aside, of how many that were read, in the loads that make up the record."""
    standing = _standing(record)
    counts = [
        table
        for receipt in record.history()
        if isinstance(receipt, Receipt)
        for source in receipt.sources
        if (receipt.load_id, source.la_code, source.source) in standing
        for table in source.tables
    ]
    return sum(t.quarantined for t in counts), sum(t.read for t in counts)


def write_loads(record: Record) -> None:
    """Brings the list of loads and withdrawals into step with the record's receipts."""
    standing = {load for load, _, _ in _standing(record)}
    withdrawn: dict[str, str] = {}
    history = record.history()
    for receipt in history:
        if isinstance(receipt, Withdrawal):
            withdrawn[receipt.withdrawn] = receipt.load_id
    for receipt in history:
        row = _load(receipt) if isinstance(receipt, Receipt) else _withdrawal(receipt)
        LoadRow.objects.update_or_create(
            load_id=receipt.load_id,
            defaults={
                **row,
                "stands": receipt.load_id in standing,
                "withdrawn_by": withdrawn.get(receipt.load_id, ""),
            },
        )


def _standing(record: Record) -> set[tuple[str, str, str]]:
    manifest = record.manifest()
    return {
        (line.load, active.la_code, active.source)
        for active in manifest.active
        for line in manifest.standing((active.la_code, active.source))
    }


def _load(receipt: Receipt) -> dict[str, Any]:
    return {
        "kind": receipt.kind,
        "at": receipt.at,
        "by": receipt.by,
        "as_at": receipt.as_at,
        "manifest": receipt.manifest,
        "sentence": receipt.sentence(),
        "partial": receipt.partial,
        "brought": not receipt.nothing_changed,
        "sources": [
            {
                "source": source.source,
                "files": [{"name": file.name, "size": file.size} for file in source.files],
                "newest": source.newest_event.isoformat() if source.newest_event else None,
                "older_than": source.older_than.isoformat() if source.older_than else None,
                "note": source.note,
                "same": source.nothing_changed,
                "replaced": source.replaced_load,
            }
            for source in receipt.sources
        ],
        "tables": [asdict(table) for table in receipt.tables.values()],
    }


def _withdrawal(receipt: Withdrawal) -> dict[str, Any]:
    return {
        "kind": receipt.kind,
        "at": receipt.at,
        "by": receipt.by,
        "manifest": receipt.manifest,
        "sentence": receipt.sentence(),
        "why": receipt.why,
        "withdraws": receipt.withdrawn,
        "sources": [{"source": line.source, "loads": list(line.loads)} for line in receipt.stands_now],
    }
