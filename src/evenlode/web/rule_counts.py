"""How often each rule is true: counts of the council and of teams, no child; today, before, and over time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Sum

from evenlode.web.charts import Chart, Point, small_trend
from evenlode.web.models import Figures, RuleDay

MOST_POINTS = 60
"""A trend shows so many days at most, the newest."""


@dataclass(frozen=True)
class Counts:
    """How often one rule was true, due soon, or could not be told, on one day."""

    late: int = 0
    due_soon: int = 0
    cannot_tell: int = 0


def counts_on(day: date | None) -> dict[str, Counts]:
    """Each rule's counts on a day, over all teams; a rule that is not there was true of nobody."""
    if day is None:
        return {}
    rows = RuleDay.objects.filter(as_at=day).order_by().values("rule_id")
    summed = rows.annotate(late=Sum("late"), soon=Sum("due_soon"), unsure=Sum("cannot_tell"))
    return {row["rule_id"]: Counts(row["late"], row["soon"], row["unsure"]) for row in summed}


def counts_by_team(rule_id: str, day: date, teams: Iterable[str]) -> dict[str, Counts]:
    """One rule's counts in each of these teams."""
    rows = RuleDay.objects.filter(as_at=day, rule_id=rule_id, team_id__in=list(teams))
    return {row.team_id: Counts(row.late, row.due_soon, row.cannot_tell) for row in rows}


def trend(rule_id: str, figures: Figures) -> Chart | None:
    """How often a rule was true on each day that was looked at; None before there are two days.

    Days on which the rule was true of nobody are nought; days of which nothing is kept are not drawn.
    """
    days = known_days(figures)
    if len(days) < 2:
        return None
    found = dict(
        RuleDay.objects.filter(rule_id=rule_id, as_at__in=days)
        .order_by()
        .values("as_at")
        .annotate(n=Sum("late"))
        .values_list("as_at", "n")
    )
    points = [Point(short(day), found.get(day, 0)) for day in days]
    return small_trend("Found", points, says=_said(points))


def known_days(figures: Figures) -> Sequence[date]:
    """The days up to the figures' own of which counts are kept, oldest first."""
    days = RuleDay.objects.filter(as_at__lte=figures.as_at).order_by("-as_at").values_list("as_at", flat=True)
    return sorted(days.distinct()[:MOST_POINTS])


def short(day: date) -> str:
    """A day as a small chart writes it."""
    return f"{day.day} {day:%b}"


def _said(points: Sequence[Point]) -> str:
    first, last = points[0], points[-1]
    if first.value == last.value:
        return f"Found {last.value} times on {last.when}, as often as on {first.when}."
    return f"Found {last.value} times on {last.when}; {first.value} on {first.when}."
