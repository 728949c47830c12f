"""How a doubt about the data is declared, and the one shape in which its rows are looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

import ibis
import ibis.expr.types as ir

from evenlode.position.context import Context
from evenlode.record.tables import TABLES
from evenlode.rules.rule import Severity


class Sort(StrEnum):
    """What kind of doubt it is."""

    READING = "reading"
    LINKS = "links"
    CHILDREN = "children"
    DATES = "dates"
    OVERLAPS = "overlaps"
    HOLDERS = "who holds children"
    WORKERS = "workers"
    SUPERVISION = "supervision and visits"
    COVERAGE = "coverage"


@dataclass(frozen=True)
class Look:
    """One table looked at for one doubt.

    table: whose rows are counted.  find: all rows that are looked at, made with `looked_at`; those
    in doubt are marked, so that above and below the line come from one query.
    needs: the tables and columns without which it cannot be told, as rules declare theirs; the
    table itself is always one.  spoils: what becomes uncertain, as tables and columns that rules and
    measures need; without it the table.  also_rules, also_measures: those that rest on it in a way
    that their needs do not say.
    """

    table: str
    find: Callable[[Context], ir.Table]
    needs: tuple[str, ...] = ()
    spoils: tuple[str, ...] = ()
    also_rules: tuple[str, ...] = ()
    also_measures: tuple[str, ...] = ()

    @property
    def all_needs(self) -> tuple[str, ...]:
        """Everything without which it cannot be told."""
        return tuple(dict.fromkeys((self.table, *self.needs)))


@dataclass(frozen=True)
class Doubt:
    """One doubt about the data.

    question: what a manager would ask.  rows: what is counted, in words.  spoils: what it does to the
    figures, in words (which rules and measures, the looks say).  mend: who mends it, and where.
    severity: how soon somebody should look: red changes who is counted or who is late.
    settings: the settings it uses.  looks: nothing for doubts of the reading and of coverage, which
    are not asked of the record row by row.
    """

    id: str
    name: str
    question: str
    sort: Sort
    severity: Severity
    rows: str
    spoils: str
    mend: str
    looks: tuple[Look, ...] = ()
    settings: tuple[str, ...] = ()
    does_not_tell: str = ""


SHAPE = {
    "la_code": "string",
    "doubtful": "boolean",
    "record_id": "string",
    "child_id": "string",
    "worker_id": "string",
    "day": "date",
    "other_day": "date",
    "wrong": "string",
}
"""What every look gives; never a name, a date of birth or free text."""


def looked_at(
    rows: ir.Table,
    doubtful: ir.BooleanValue,
    wrong: str | ir.StringValue,
    *,
    record: str | None = None,
    child: str | None = "child_id",
    worker: str | None = None,
    day: str | None = None,
    other_day: str | None = None,
) -> ir.Table:
    """The rows in the shape that all looks share; record, child, worker and days name columns.

    A row of which the doubt cannot be told is not in doubt: leave it out beforehand.
    """

    def of(name: str | None, kind: str) -> ir.Value:
        return rows[name] if name and name in rows.columns else ibis.null(kind)

    return rows.select(
        "la_code",
        doubtful=doubtful.fill_null(False),
        record_id=of(record, "string"),
        child_id=of(child, "string"),
        worker_id=of(worker, "string"),
        day=of(day, "date"),
        other_day=of(other_day, "date"),
        wrong=wrong if isinstance(wrong, ir.Value) else ibis.literal(wrong),
    )


_OWN_IDS = {"supervision": "note_id", "action": "action_id", "audit": "audit_id"}
"""Ids of rows that may have none, so that they are no keys of the record."""


def key_of(table: str) -> str | None:
    """The column by which a row is found again in the council's system."""
    return TABLES[table].key or _OWN_IDS.get(table)


def rows_of(at: Context, table: str, *columns: str) -> ir.Table:
    """A table's rows with its key, its child and its worker, where it has them, and these columns."""
    there = {c.name for c in TABLES[table].columns}
    own = [c for c in (key_of(table), "child_id", "worker_id") if c in there]
    return at.record(table, *dict.fromkeys(c for c in (*own, *columns) if c))


def how_many(rows: ir.Table, column: str, by: tuple[str, ...], name: str) -> ir.Table:
    """How many different values of a column there are for each of these."""
    different = rows.select(*by, column).distinct()
    return different.group_by(*by).agg(**{name: different[column].count()})


def in_words(column: str) -> str:
    """A column as it is said: "end date"."""
    return column.replace("_", " ")
