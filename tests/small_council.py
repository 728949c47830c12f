"""A few children written as small text tables, and what the rules say of them.

    ask("CP-05", "2026-11-20", cp_plan='''
        child_id | plan_id | start_date
        1        | P1      | 2026-11-01
    ''')

Columns are the record's own (src/evenlode/record); a blank cell is a blank value.  Every table of
the record counts as delivered unless `missing` names it, and every kind of key date as kept unless
`missing` names it ("key_date=core group"; "involvement:history" and "cp_visit.bedroom" go too).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import duckdb
import pyarrow as pa

from evenlode.extracts.derived import order_keys, spaced_words
from evenlode.policy import Policy, shipped_policy
from evenlode.record.columns import Column, Kind, Table
from evenlode.record.tables import TABLES
from evenlode.rules.evaluate import Day, standing
from evenlode.rules.results import Evaluation

COUNCIL = "999"


def rows_of(table: Table, text: str) -> list[dict[str, Any]]:
    """The rows of a text table, with the columns that are worked out at load."""
    lines = [line for line in text.strip().split("\n") if line.strip()]
    names = [n.strip() for n in lines[0].split("|")]
    unknown = set(names) - {c.name for c in table.columns} - {"la_code"}
    assert not unknown, f"{table.name} has no {unknown}"
    rows = []
    for place, line in enumerate(lines[1:]):
        cells = [c.strip() for c in line.split("|")]
        assert len(cells) == len(names), f"{table.name}: {line}"
        given = dict(zip(names, cells, strict=True))
        row: dict[str, Any] = {"la_code": given.get("la_code") or COUNCIL, "source": "test"}
        for column in table.columns:
            if column.derived_from is None:
                row[column.name] = _value(column, given.get(column.name, ""))
        for column in table.columns:
            if column.derived_from is not None:
                row[column.name] = place if column.kind is Kind.PLACE else _derived(column, row, given)
        rows.append(row)
    return rows


def _value(column: Column, text: str) -> Any:
    if text == "":
        return None
    if column.kind is Kind.DATE:
        return date.fromisoformat(text)
    if column.kind is Kind.NUMBER:
        return Decimal(text)
    if column.kind is Kind.INTEGER:
        return int(text)
    return text


def _derived(column: Column, row: dict[str, Any], given: dict[str, str]) -> Any:
    value = row[column.derived_from or ""]
    if column.name in given:
        return given[column.name] or None
    if column.kind is Kind.ORDER:
        return order_keys(pa.array([value], pa.string()))[0].as_py()
    if column.kind is Kind.WORDS:
        return spaced_words(pa.array([value], pa.string()))[0].as_py()
    return None


def stored(tables: dict[str, str]) -> duckdb.DuckDBPyConnection:
    """An engine with every table of the record, filled from the text tables."""
    con = duckdb.connect()
    for name, table in TABLES.items():
        rows = rows_of(table, tables[name]) if name in tables else []
        con.register("given", pa.Table.from_pylist(rows, schema=table.arrow_schema))
        con.execute(f'CREATE TABLE "{name}" AS SELECT * FROM given')
        con.unregister("given")
    unknown = set(tables) - set(TABLES)
    assert not unknown, f"no such table: {unknown}"
    return con


def delivered_but(missing: Iterable[str] = ()) -> frozenset[tuple[str, str]]:
    """Every table delivered but those named."""
    return frozenset((COUNCIL, t) for t in TABLES if t not in set(missing))


def untold_of(missing: Iterable[str] = ()) -> frozenset[tuple[str, str]]:
    """What is named as missing and is less than a table: a column, a past, a kind of key date."""
    return frozenset((COUNCIL, what) for what in missing if what not in TABLES)


def evaluation(
    as_at: str,
    *,
    policy: Policy | None = None,
    missing: Iterable[str] = (),
    children: list[str] | None = None,
    rules: Iterable[str] | None = None,
    **tables: str,
) -> Evaluation:
    """Everything the rules (or these of them) say of these rows on that day."""
    with standing(
        stored(tables),
        as_at=date.fromisoformat(as_at),
        policy=policy or shipped_policy(),
        delivered=delivered_but(missing),
        untold=untold_of(missing),
        children=None if children is None else [(COUNCIL, c) for c in children],
        rules=rules,
    ) as day:
        return day.evaluate()


def position(as_at: str, step: str, **tables: str) -> list[dict[str, Any]]:
    """The rows of one shared step on that day."""
    with standing(
        stored(tables),
        as_at=date.fromisoformat(as_at),
        policy=shipped_policy(),
        delivered=delivered_but(),
    ) as day:
        return rows_in(day, step)


def rows_in(day: Day, step: str) -> list[dict[str, Any]]:
    """The rows of one shared step."""
    return day.cursor.sql(f'SELECT * FROM "{step}"').to_arrow_table().to_pylist()


def ask(
    rule_id: str,
    as_at: str,
    *,
    due_soon: bool = False,
    policy: Policy | None = None,
    missing: Iterable[str] = (),
    **tables: str,
) -> list[dict[str, Any]]:
    """The findings of one rule, as dicts, evidence read into a dict too."""
    found = evaluation(as_at, policy=policy, missing=missing, rules=[rule_id], **tables)
    rows = found.findings.to_pylist() + (found.due_soon.to_pylist() if due_soon else [])
    return [
        {**r, "evidence": json.loads(r["evidence"])}
        for r in rows
        if r["rule_id"] == rule_id and r["subject_kind"] != "council"
    ]


def said(rows: list[dict[str, Any]], *columns: str) -> list[tuple[Any, ...]]:
    """Those columns of the findings, dates as text, in order."""

    def plain(value: Any) -> Any:
        return value.isoformat() if isinstance(value, date) else value

    return sorted(tuple(plain(r[c]) for c in columns) for r in rows)
