"""The same order by team, with its trend: what each heading of Today holds in each team within reach."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse

from evenlode.access import Scope, Thing, Verb
from evenlode.oversight.teams_today import HEADINGS
from evenlode.web.door import Door
from evenlode.web.models import Figures, HeadingDay, TeamFigure

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class TeamRow:
    """One team: how many families and workers each heading holds, with the change since a week ago where it is known."""

    team_id: str
    name: str
    url: str
    cells: list[tuple[int, int | None]]


@dataclass(frozen=True)
class TeamTable:
    """The table with its headings; since: the day that the changes are counted from."""

    headings: list[str]
    rows: list[TeamRow]
    since: str


def by_team(door: Door, figures: Figures) -> TeamTable | None:
    """Every team within reach in the order of their names; None for whoever answers for one team or none."""
    visible = door.visible(Thing.TEAM_PAGE, Verb.SEE)
    if visible.widest < Scope.SERVICE:
        return None
    teams = {t.team_id: t.name for t in TeamFigure.objects.visible_to(visible).filter(figures=figures)}
    then = (
        HeadingDay.objects.filter(as_at__lt=figures.as_at, as_at__gte=figures.as_at - WEEK)
        .order_by("as_at")
        .values_list("as_at", flat=True)
        .first()
    )
    held = _held(figures.as_at, list(teams))
    before = _held(then, list(teams)) if then else None
    rows = [
        TeamRow(
            team,
            name,
            reverse("team", args=[team]),
            [
                (n := held.get((team, h), 0), None if before is None else n - before.get((team, h), 0))
                for h, _ in HEADINGS
            ],
        )
        for team, name in sorted(teams.items(), key=lambda t: (t[1], t[0]))
        if any(held.get((team, h)) or (before and before.get((team, h))) for h, _ in HEADINGS)
    ]
    return TeamTable([title for _, title in HEADINGS], rows, f"{then.day} {then:%B}" if then else "")


def _held(day: date, teams: list[str]) -> dict[tuple[str, str], int]:
    rows = HeadingDay.objects.filter(as_at=day, team_id__in=teams)
    return {(r.team_id, r.heading): r.held for r in rows}
