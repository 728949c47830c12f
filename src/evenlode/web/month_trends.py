"""Measures over the month ends: their values in words, their trends as charts, their rises, and what was before an inspection."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from evenlode.measures.book import MEASURE_BY_ID, MEASURES
from evenlode.measures.measure import Level, Measure, Status
from evenlode.measures.measure import Unit as Kind
from evenlode.measures.rises import RISES, Rise, risen
from evenlode.policy import Policy
from evenlode.web.charts import Chart, Point, in_figures, small_trend
from evenlode.web.charts.chart import decimals_of
from evenlode.web.models import Figures, MeasureFigure, MeasureMonth
from evenlode.web.writing.months import MONTHS, month_before

MONTHLY: tuple[Measure, ...] = tuple(m for m in MEASURES if m.monthly)
"""The measures that are told again for month ends, in their order."""

MINUS = "\N{MINUS SIGN}"
DRAWN = ("WF-05", "WL-02", "AL-13a", "NQ-11", "WF-06", "CP-11")
"""Those that are drawn; every other stands in the table."""


@dataclass(frozen=True)
class Of:
    """Whose measures: the whole council, a service, or a team."""

    level: Level
    unit_id: str


Series = dict[str, list[MeasureMonth]]


def months_of(of: Of, as_at: date, measures: Iterable[str] = ()) -> Series:
    """The kept month ends of a unit up to a day, by measure, oldest first; the last twelve."""
    rows = MeasureMonth.objects.filter(level=of.level, unit_id=of.unit_id, as_at__lte=as_at)
    wanted = list(measures)
    if wanted:
        rows = rows.filter(measure_id__in=wanted)
    found: Series = {}
    for row in rows.order_by("as_at"):
        found.setdefault(row.measure_id, []).append(row)
    return {measure: recent(those, as_at) for measure, those in found.items()}


def recent(rows: Sequence[MeasureMonth], as_at: date) -> list[MeasureMonth]:
    """Those of the last twelve months; an older one is kept for the inspection alone."""
    first = (as_at.year * 12 + as_at.month) - MONTHS - 1
    return [row for row in rows if row.as_at.year * 12 + row.as_at.month > first]


def now_of(figures: Figures, of: Of, measures: Iterable[str] = ()) -> dict[str, MeasureFigure]:
    """A unit's measures on the day of the figures."""
    unit = figures.la_code if of.level is Level.COUNCIL else of.unit_id
    rows = MeasureFigure.objects.filter(figures=figures, level=of.level, unit_id=unit)
    wanted = list(measures)
    if wanted:
        rows = rows.filter(measure_id__in=wanted)
    return {row.measure_id: row for row in rows}


def words_of(
    measure: Measure, row: MeasureFigure | MeasureMonth | None, *, decimals: int | None = None
) -> str:
    """A value in words; "cannot tell" where there is none, and hidden numbers say so."""
    if row is None or row.status == Status.CANNOT_TELL or row.value is None:
        return "hidden" if row is not None and row.status == Status.SUPPRESSED else "cannot tell"
    return in_figures(row.value, unit_of(measure), decimals=decimals)


def unit_of(measure: Measure) -> str:
    """What stands behind a value: a sign for a percentage, else nothing."""
    return "%" if measure.unit is Kind.PERCENT else ""


def kind_of(measure: Measure) -> str:
    """What a value is, as a table's row says it: "%" or "children per full-time social worker"."""
    return "%" if measure.unit is Kind.PERCENT else str(measure.unit)


def short(day: date) -> str:
    """A month as a chart writes it."""
    return f"{day:%b}"


def long(day: date) -> str:
    """A month as a sentence says it."""
    return f"{day:%B %Y}"


def trend(measure: Measure, rows: Sequence[MeasureMonth], says: str = "") -> Chart:
    """One measure over its month ends."""
    points = [Point(short(row.as_at), row.value if row.status == Status.OK else None) for row in rows]
    return small_trend(measure.name, points, unit=unit_of(measure), says=says)


@dataclass(frozen=True)
class Alarm:
    """A rise that is said before anybody asks: the sentence, the drawing, and what is behind it month by month."""

    rise: Rise
    measure: Measure
    heading: str
    sentence: str
    chart: Chart
    months: list[MeasureMonth]
    setting: str


def alarms(series: Series, policy: Policy) -> list[Alarm]:
    """The measures of a unit that have risen for so long and by so much, in the order of the book."""
    found = []
    for measure in MONTHLY:
        rows = series.get(measure.id, [])
        rise = risen(
            measure.id, [(r.as_at, r.value if r.status == Status.OK else None) for r in rows], policy
        )
        if rise is not None:
            found.append(_alarm(measure, rise, rows))
    return found


def _alarm(measure: Measure, rise: Rise, rows: list[MeasureMonth]) -> Alarm:
    unit = unit_of(measure)
    first, last = rise.months[0], rise.months[-1]
    heading = f"{measure.name}: {in_figures(first[1], unit)} in {first[0]:%B}, {in_figures(last[1], unit)} in {last[0]:%B}"
    points = " points of a percentage" if unit else ""
    sentence = (
        f"Up {in_figures(rise.by)}{points} in {len(rise.months) - 1} months, rising in each of them. It is said from "
        f"a rise of {in_figures(rise.least)}{points} in all."
    )
    months = [row for row in rows if row.as_at >= first[0]]
    return Alarm(
        rise, measure, heading, sentence, trend(measure, rows, heading + "."), months, RISES[measure.id]
    )


@dataclass(frozen=True)
class Then:
    """One measure before the last inspection and now."""

    measure: Measure
    then: str
    now: str
    change: str


def since_inspection(of: Of, figures: Figures, policy: Policy) -> tuple[date | None, date | None, list[Then]]:
    """The day of the last inspection, the month end before it, and each measure then and now."""
    inspected = policy.dates.get("last_inspection")
    if inspected is None or inspected > figures.as_at:
        return None, None, []
    end = month_before(inspected)
    then = {
        row.measure_id: row
        for row in MeasureMonth.objects.filter(level=of.level, unit_id=of.unit_id, as_at=end)
    }
    now = now_of(figures, of, then)
    rows = [
        Then(m, words_of(m, then[m.id]), words_of(m, now.get(m.id)), change(then[m.id].value, now.get(m.id)))
        for m in MONTHLY
        if m.id in then
    ]
    return inspected, end, rows


def change(before: Decimal | None, now: MeasureFigure | None) -> str:
    """By how much a value has moved, with its sign; "cannot tell" where one of the two is missing."""
    if before is None or now is None or now.value is None:
        return "cannot tell"
    by = now.value - before
    if by == 0:
        return "none"
    return f"{'+' if by > 0 else MINUS}{in_figures(abs(by))}"


def month_table(
    series: Series, measures: Iterable[Measure] = MONTHLY
) -> tuple[list[date], list[dict[str, object]]]:
    """The months that any measure has, and each measure's values in their order."""
    months = sorted({row.as_at for rows in series.values() for row in rows})
    table = []
    for measure in measures:
        by_month = {row.as_at: row for row in series.get(measure.id, [])}
        if by_month:
            places = decimals_of(row.value for row in by_month.values())
            cells = [in_figures(by_month[m].value, decimals=places) if m in by_month else "" for m in months]
            table.append({"measure": measure, "kind": kind_of(measure), "cells": cells})
    return months, table


def measure_named(measure_id: str) -> Measure:
    """A measure by its number."""
    return MEASURE_BY_ID[measure_id]
