"""The rows: every measure for the council, each service and each team, on the day and at month ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

import duckdb

from evenlode.calendar import add_months
from evenlode.measures.beside import Beside, beside
from evenlode.measures.book import FACTS, MEASURES
from evenlode.measures.measure import INSIDE, Level, Measure, Status
from evenlode.measures.release import held_back
from evenlode.measures.tally import MONTHLY_STEPS, Key, Tally, tally
from evenlode.policy import Policy
from evenlode.published import Published
from evenlode.rules.evaluate import Day, standing

FEW_POSTS = Decimal(5)
"""Under so many full-time posts a percentage misleads (practice-standards 8)."""

SAID_AT_NOUGHT = frozenset({"unallocated"})
"""Said beside a caseload even where there is none: a low caseload must not hide waiting children."""

HIDDEN = "a small number, or one that would give a small number away"


@dataclass(frozen=True)
class MeasureRow:
    """One measure of one unit on one day.

    period_from: the first day of the period, for measures of what happened; else None.
    why: the reason where the status is cannot_tell.  note: what must be read beside the figure.
    published: what the Department publishes for it, where a folder was given.
    """

    la_code: str
    measure: Measure
    level: Level
    unit_id: str
    unit_name: str
    as_at: date
    period_from: date | None
    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    status: Status
    why: str
    note: str
    published: Beside | None = None


def measured(
    day: Day, *, period_from: date | None = None, newest: date | None = None, for_release: bool = False
) -> list[MeasureRow]:
    """Every measure on a day whose position is open.

    period_from: the first day of the period; else the 12 months to the day.  newest: the as-at date
    of the run, where this day is an earlier one: then only measures that can be told again.
    for_release: hides small numbers, and says no number beside a figure.
    """
    after = period_from - timedelta(days=1) if period_from else add_months(day.as_at, -12)
    counted = tally(day, after, newest=newest or day.as_at)
    hidden = held_back(counted) if for_release else None
    earlier = newest is not None and day.as_at < newest
    wanted = [m for m in MEASURES if m.monthly or not earlier]
    return [
        row
        for la in counted.councils
        for m in wanted
        for row in _of_measure(counted, la, m, day.as_at, after + timedelta(days=1), hidden)
    ]


def history(
    connection: duckdb.DuckDBPyConnection,
    *,
    as_at: date,
    months: int,
    policy: Policy,
    delivered: frozenset[tuple[str, str]],
    for_release: bool = False,
    told: Callable[[int], None] | None = None,
) -> list[MeasureRow]:
    """The measures of a day at each of the month ends before it, the newest first; see `at_month_ends`."""
    return at_month_ends(
        connection,
        month_ends(as_at, months),
        as_at=as_at,
        policy=policy,
        delivered=delivered,
        for_release=for_release,
        told=told,
    )


def at_month_ends(
    connection: duckdb.DuckDBPyConnection,
    ends: Sequence[date],
    *,
    as_at: date,
    policy: Policy,
    delivered: frozenset[tuple[str, str]],
    for_release: bool = False,
    told: Callable[[int], None] | None = None,
) -> list[MeasureRow]:
    """The measures at each of these month ends, in their order.

    Each month end is a day of its own, worked out by the same definitions from what had happened
    by then.
    """
    rows: list[MeasureRow] = []
    for place, end in enumerate(ends, start=1):
        with standing(connection, as_at=end, policy=policy, delivered=delivered, only=MONTHLY_STEPS) as day:
            rows += measured(day, newest=as_at, for_release=for_release)
        if told:
            told(place)
    return rows


def month_ends(as_at: date, months: int) -> list[date]:
    """The last days of the months that had ended before the day, the newest first."""
    first = as_at.replace(day=1)
    return [add_months(first, -n) - timedelta(days=1) for n in range(months)]


def with_published(rows: list[MeasureRow], published: Published) -> list[MeasureRow]:
    """The rows with what the Department publishes beside them."""
    by_council = {la: beside(published, la) for la in {r.la_code for r in rows}}
    return [replace(r, published=by_council[r.la_code].get(r.measure.id)) for r in rows]


def _of_measure(
    counted: Tally, la: str, measure: Measure, as_at: date, first: date, hidden: set[Key] | None
) -> Iterator[MeasureRow]:
    why = [f"{counted.doubts[la, f]}" for f in measure.facts if (la, f) in counted.doubts]
    period = first if measure.yearly else None
    if why:
        reason = "; ".join(dict.fromkeys(why))
        yield untold(la, measure, Level.COUNCIL, la, as_at, period, reason)
        return
    for level in (Level.COUNCIL,) if measure.council_only else INSIDE:
        units = [la] if level is Level.COUNCIL else counted.units(la, level, measure.facts)
        for unit in units:
            yield row_of(counted, la, measure, level, unit, as_at, period, hidden)


def untold(
    la: str, measure: Measure, level: Level, unit: str, as_at: date, period: date | None, why: str
) -> MeasureRow:
    """The row of a measure that cannot be told, with the reason."""
    return MeasureRow(
        la, measure, level, unit, unit, as_at, period, None, None, None, Status.CANNOT_TELL, why, ""
    )


def row_of(
    counted: Tally,
    la: str,
    measure: Measure,
    level: Level,
    unit: str,
    as_at: date,
    period: date | None,
    hidden: set[Key] | None,
) -> MeasureRow:
    """The row of a measure for one unit; hidden where any count that it is made of is."""
    name = counted.names.get((la, level, unit), unit)
    counts = {fact: counted.count(la, fact, level, unit).amount for fact in measure.facts}
    answer = measure.formula.of(counts, year_ends=as_at)
    status = Status.OK if answer.value is not None else Status.CANNOT_TELL
    row = MeasureRow(
        la,
        measure,
        level,
        unit,
        name,
        as_at,
        period,
        answer.numerator,
        answer.denominator,
        answer.value,
        status,
        answer.why,
        "" if hidden is not None else _note(counted, la, measure, level, unit, answer.denominator),
    )
    if hidden is not None and any((la, fact, level, unit) in hidden for fact in measure.facts):
        return replace(
            row, numerator=None, denominator=None, value=None, status=Status.SUPPRESSED, why=HIDDEN, note=""
        )
    return row


def _note(
    counted: Tally, la: str, measure: Measure, level: Level, unit: str, denominator: Decimal | None
) -> str:
    said = []
    for words, left_out in _left_out(counted, la, measure, level, unit).items():
        said.append(f"left out, {words}: {left_out}")
    for fact, words in measure.beside:
        if (la, fact) in counted.doubts:
            said.append(f"{words}: not known")
            continue
        number = counted.count(la, fact, level, unit).amount
        if number or fact in SAID_AT_NOUGHT:
            said.append(f"{words}: {number.normalize():f}")
    hours = all(FACTS[f].of_hours for f in measure.formula.below) and measure.formula.percent
    if hours and denominator is not None and denominator < FEW_POSTS and "capacity" not in measure.facts:
        said.append("under 5 full-time posts: read the counts, not the percentage")
    return "; ".join(said)


def _left_out(counted: Tally, la: str, measure: Measure, level: Level, unit: str) -> dict[str, int]:
    """How many are left out, by the words for them; the same people behind two counts are said once."""
    found: dict[str, int] = {}
    for fact in measure.facts:
        words, number = FACTS[fact].left_out, counted.count(la, fact, level, unit).left_out
        if words and number:
            found[words] = max(found.get(words, 0), number)
    return found
