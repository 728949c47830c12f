"""A worker's own supervision over six months, and who is away and who covers, as pages show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from evenlode.access import Thing
from evenlode.oversight.words import day_words, listed, so_many
from evenlode.web.charts import Chart, Late, supervision_line
from evenlode.web.door import Door
from evenlode.web.due import Due, due
from evenlode.web.models import ChildFigure, Figures, WorkerFigure
from evenlode.web.people_of import names_of

ONE_DAY = timedelta(days=1)
NOT_KNOWN = "No session in the extract joins to a worker, so we cannot tell when supervision was held."


@dataclass(frozen=True)
class OwnSupervision:
    """chart: None where no session joins to a worker; away: some of what is past due fell while they were away."""

    chart: Chart | None
    last_held: str
    next_due: Due
    away: bool
    says: str


def own_supervision(row: WorkerFigure, as_at: date, soon: date) -> OwnSupervision:
    """When was this worker's supervision held, and when is the next due?"""
    told: Mapping[str, Any] = row.supervision
    if not told.get("known"):
        return OwnSupervision(None, "", due(None, as_at, soon, untold=True), away=False, says=NOT_KNOWN)
    late = [_late(gap, as_at) for gap in told["gaps"]]
    held = [date.fromisoformat(day) for day in told["held"]]
    last = _day(told["last_held"])
    chart = supervision_line(row.name, held, late, as_at)
    return OwnSupervision(
        chart,
        day_words(last, as_at, short=True) if last else "none on record",
        due(_day(told["next_due"]), as_at, soon),
        any(gap["away"] for gap in told["gaps"]),
        chart.sentence,
    )


def _late(gap: Mapping[str, Any], as_at: date) -> Late:
    """A gap runs from the day after the due date to the day before it was held."""
    last = date.fromisoformat(gap["last"])
    return Late(date.fromisoformat(gap["first"]) - ONE_DAY, None if last >= as_at else last + ONE_DAY)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def away_in_words(door: Door, figures: Figures, row: WorkerFigure) -> str:
    """Since when a worker is away, until when, and which children nobody covers; blank for who is here.

    Children whom the reader may not list are counted and not named.
    """
    told: Mapping[str, Any] | None = row.absence
    if told is None:
        return ""
    as_at = figures.as_at
    since, until = _day(told["since"]), _day(told["until"])
    said = f"Away since {day_words(since, as_at)}" if since else "Away"
    said += f", back on {day_words(until, as_at)}" if until else "; the day of return is not on record"
    return f"{said}. {_cover(door, figures, told['uncovered'])}"


def _cover(door: Door, figures: Figures, uncovered: list[str]) -> str:
    if not uncovered:
        return "Every child they lead has somebody else who is here."
    rows = ChildFigure.objects.visible_to(door.visible(Thing.CHILD_RECORD))
    theirs = set(rows.filter(figures=figures, child_id__in=uncovered).values_list("child_id", flat=True))
    names = names_of(figures)
    named = [names.child((figures.la_code, child)) for child in uncovered if child in theirs]
    if others := len(uncovered) - len(named):
        named.append(
            so_many(others, "more child/more children") if named else so_many(others, "child/children")
        )
    return f"Nobody covers {listed(named)}."
