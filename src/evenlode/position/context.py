"""The names that expressions are built from: record tables, days, the clock table, steps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from evenlode.policy import Policy
from evenlode.position.today import CLOCK_FROM, CLOCK_SCHEMA, STAND_INS
from evenlode.record.tables import TABLES

CHILD = ("la_code", "child_id")
"""What names a child: every join on a child is a join on both."""

Build = Callable[["Context"], ir.Table]


@dataclass(frozen=True)
class Step:
    """A named table that is worked out once and then shared.

    build: makes the expression.  answers: what a row is, in a manager's words.
    """

    name: str
    answers: str
    build: Build


@dataclass
class Context:
    """Looks up tables by name while expressions are being built, and remembers each step's shape."""

    policy: Policy
    _steps: dict[str, ibis.Schema] = field(default_factory=dict)
    _asked: set[str] = field(default_factory=set)

    def record(self, name: str, *columns: str) -> ir.Table:
        """A table of the record: who the row is about, and the columns that are asked for.

        Naming the columns keeps the SQL short, which is most of what a small council waits for.
        """
        table = ibis.table(TABLES[name].ibis_schema, name=name)
        return table.select("la_code", *columns)

    def step(self, name: str) -> ir.Table:
        """A table that an earlier step worked out."""
        self._asked.add(name)
        return ibis.table(self._steps[name], name=name)

    def add(self, name: str, schema: ibis.Schema) -> None:
        """Remember the shape of a step."""
        self._steps[name] = schema

    def asked(self) -> tuple[str, ...]:
        """Which steps were asked for since this was last called: what the newest expression needs."""
        names = tuple(sorted(self._asked))
        self._asked.clear()
        return names

    @property
    def as_at(self) -> ir.DateValue:
        """The day that is being looked at."""
        return self.day("as_at")

    def day(self, name: str) -> ir.DateValue:
        """One of the days that follow from the as-at date (`today.DAYS`), as a value.

        A stand-in: the compiled text is kept for every day, and the real date is put in its place
        when the text is run (`Compiled.on`).
        """
        return ibis.literal(STAND_INS[name])

    def due(self, table: ir.Table, **clocks: tuple[str, str]) -> ir.Table:
        """The table with due dates added: new_name=(column to count from, name of the clock).

        All date sums are looked up in the `clock` table (docs/decisions/0002); where the column to
        count from is blank, so is the due date.
        """
        by_base: dict[str, dict[str, str]] = {}
        for new, (base, clock_name) in clocks.items():
            by_base.setdefault(base, {})[new] = clock_name
        joined: ir.Table = table
        found: dict[str, ir.Value] = {}
        for place, (base, wanted) in enumerate(by_base.items()):
            clock = ibis.table(CLOCK_SCHEMA, name="clock").view()
            joined = joined.left_join(clock, joined[base] == clock["day"], rname=f"{{name}}_of_{place}")
            found.update({new: clock[name] for new, name in wanted.items()})
        return joined.select(*table.columns, **found)

    def moved(self, table: ir.Table, column: str, *, by: tuple[str, str]) -> ir.Table:
        """The table with one of its days moved on by as many days as lie between two others of them.

        Where either of the two is blank the day stays.  Days are found by their number in the clock
        table, since engines do not agree on how a number is added to a date.
        """
        first = ibis.literal(CLOCK_FROM)
        clock = ibis.table(CLOCK_SCHEMA, name="clock").view()
        days = clock.select(moved_to="day", number=clock.day.delta(first, unit="day"))
        start, end = (table[c] for c in by)
        table = table.mutate(number=table[column].delta(first, unit="day") + end.delta(start, unit="day"))
        joined = table.left_join(days, table.number == days.number, rname="{name}_of_clock")
        found = joined.select(*(c for c in table.columns if c != "number"), "moved_to")
        moved = found.mutate(**{column: ibis.coalesce(found.moved_to, found[column])})
        return moved.select(*(c for c in moved.columns if c != "moved_to"))

    def listed(self, column: ir.StringValue, list_name: str) -> ir.BooleanValue:
        """Is the column's text, case-blind, on that list of the policy?  Blank is not."""
        values = [v.strip().upper() for v in self.policy.lists[list_name]]
        if not values:
            return ibis.literal(False)
        return column.strip().upper().isin(values).fill_null(False)


def beside(table: ir.Table, *others: ir.Table, keys: tuple[str, ...] = CHILD) -> ir.Table:
    """The table with the others' columns beside it where the keys match, blank where they do not."""
    joined = table
    for place, other in enumerate(others):
        joined = joined.left_join(other, list(keys), rname=f"{{name}}_of_{place}")
    return joined.select(*table.columns, *(c for o in others for c in o.columns if c not in keys))


def only(table: ir.Table, others: ir.Table, keys: tuple[str, ...] = CHILD) -> ir.Table:
    """Rows whose child is among the others."""
    return table.semi_join(others, list(keys))


def without(table: ir.Table, others: ir.Table, keys: tuple[str, ...] = CHILD) -> ir.Table:
    """Rows whose child is not among the others."""
    return table.anti_join(others, list(keys))


def latest(
    table: ir.Table, by: tuple[str, ...], *, newest: list[ir.Value], name: str = "row_rank"
) -> ir.Table:
    """The one newest row of each group; `newest` says what newest means, first things first."""
    ranked = table.mutate(**{name: ibis.row_number().over(ibis.window(group_by=list(by), order_by=newest))})
    return ranked.filter(ranked[name] == 0).select(*table.columns)


def active(start: ir.DateValue, end: ir.DateValue, day: ir.DateValue) -> ir.BooleanValue:
    """Runs on that day: begun by it, and not ended by it (contract 2, "active at D").

    A row that ends before it starts never is.
    """
    return (start <= day) & (end.isnull() | (end > day))


def active_within(
    start: ir.DateValue, end: ir.DateValue, window_start: ir.DateValue, day: ir.DateValue
) -> ir.BooleanValue:
    """Runs on at least one whole day of the window.

    window_start: the window's first day (the day after D - 12 months).  Contract 2, "active at any
    time in (D - 12 months, D]".
    """
    first = ibis.greatest(start, window_start)
    return (start <= day) & (end.isnull() | (end > first))


def impossible(start: ir.DateValue, end: ir.DateValue, day: ir.DateValue) -> ir.BooleanValue:
    """A row that cannot be: it ended before it began, or has no beginning and no end yet.

    A row that starts after the day does not exist yet, whatever its end says.
    """
    reversed_dates = ((end < start) & (start <= day)).fill_null(False)
    return reversed_dates | (start.isnull() & (end.isnull() | (end > day)))
