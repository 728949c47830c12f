"""A team's page: loads week by week, experience, supervision, absence and cover, waiting children, the manager's span."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenlode.access import Scope, Target, Thing, Verb
from evenlode.oversight.words import day_words, so_many
from evenlode.position.experience import BANDS, UNKNOWN
from evenlode.rules.rule import Status
from evenlode.web.by_hand_shown import hours_of, shown, weights_of
from evenlode.web.charts import Chart, scale_for
from evenlode.web.council import policy
from evenlode.web.door import Door
from evenlode.web.due import soon_until
from evenlode.web.lists import Cell, Column, ListPage, answer
from evenlode.web.load_sum import bar, load_state, percent
from evenlode.web.models import ChildFigure, Figures, FindingFigure, TeamFigure, WorkerFigure
from evenlode.web.page import Asked, Found, NotThere, of
from evenlode.web.people_of import names_of
from evenlode.web.supervision_shown import OwnSupervision, away_in_words, own_supervision
from evenlode.web.views.worker import experience_words
from evenlode.web.weeks import heatmap


@dataclass(frozen=True)
class WorkerLine:
    """One worker on the team's page."""

    row: WorkerFigure
    experience: str
    held: str
    percent: str
    state: dict[str, str]
    bar: Chart
    supervision: OwnSupervision
    away: str


TEAMS = ListPage(
    name="teams",
    title="Teams",
    noun="team",
    columns=(
        Column(
            "Team",
            "team",
            lambda row, _: Cell(row.name, url=reverse("team", args=[row.team_id])),
            ("name",),
            width=32,
        ),
        Column(
            "Part of", "above", lambda row, reader: reader.team(row.parent_id), blank="the council", width=32
        ),
        Column("Workers", "workers", lambda row, _: row.workers, ("workers",), figure=True),
        Column("Children", "children", lambda row, _: row.children, ("children",), figure=True),
        Column(
            "Without a named worker",
            "waiting",
            lambda row, _: row.unallocated,
            ("unallocated",),
            figure=True,
        ),
    ),
    first=("name", "team_id"),
    none="No team is within your scope.",
)


def find_own(request: Asked) -> Found:
    """The unit of the reader's own post."""
    unit = request.door.unit_id
    if unit is None:
        raise NotThere
    row = TeamFigure.objects.whole().filter(figures=request.figures, team_id=unit).first()
    return Found(Target(thing=Thing.TEAM_PAGE, unit_id=unit), row, unit)


def own_team(request: Asked, unit: TeamFigure | None = None) -> HttpResponse:
    """One's own team; whoever answers for several has the list of them."""
    if unit is None or request.door.visible(Thing.TEAM_PAGE, Verb.SEE).widest >= Scope.SERVICE:
        return redirect("teams")
    return team(request, unit)


def teams(request: Asked, _: TeamFigure | None = None) -> HttpResponse:
    """Every team within reach, in the order of their names."""
    visible = request.door.visible(Thing.TEAM_PAGE, Verb.SEE)
    rows = TeamFigure.objects.visible_to(visible).filter(figures=of(request))
    return answer(request, TEAMS, rows, "evenlode/teams.html")


def team(request: Asked, unit: TeamFigure | None = None) -> HttpResponse:
    """One team, for somebody who may see its page; each worker's row only within the reach for workers' figures."""
    if unit is None:
        return redirect("teams")
    figures, door = of(request), request.door
    workers = list(
        WorkerFigure.objects.visible_to(door.visible(Thing.WORKER_FIGURES))
        .filter(figures=figures, team_id=unit.team_id, here=True, placeholder=False)
        .order_by("name", "worker_id")
    )
    lines = _lines(door, figures, workers)
    waiting = _waiting(door, figures, unit)
    hours = hours_of(door, figures, [row.worker_id for row in workers])
    weights = weights_of(door, figures, {part["child_id"] for row in workers for part in row.parts})
    return render(
        request,
        "evenlode/team.html",
        {
            "team": unit,
            "told": unit.told,
            "opening": _opening(unit, lines),
            "tiles": _tiles(unit, lines),
            "shown_of": f"{len(lines)} of {so_many(unit.workers, 'worker')}"
            if len(lines) < unit.workers
            else "",
            "lines": lines,
            "heatmap": heatmap(door, figures, workers) if workers else None,
            "mix": _mix(unit),
            "away": [line for line in lines if line.away],
            "waiting": waiting,
            "waiting_elsewhere": max(unit.unallocated - len(waiting), 0),
            "found": _findings(door, figures, unit),
            "by_hand": shown(door, figures, hours, weights),
            "below": _below(door, figures, unit),
            "crumbs": _crumbs(door, unit),
        },
    )


def _lines(door: Door, figures: Figures, workers: list[WorkerFigure]) -> list[WorkerLine]:
    settings = policy().on(figures.as_at)
    soon = soon_until(settings, figures.as_at)
    scale = scale_for([None if row.utilisation is None else row.utilisation * 100 for row in workers])
    return [
        WorkerLine(
            row,
            experience_words(row),
            _held(row),
            percent(row),
            load_state(row, settings.tariff),
            bar(row, scale),
            own_supervision(row, figures.as_at, soon),
            away_in_words(door, figures, row),
        )
        for row in workers
    ]


def _held(row: WorkerFigure) -> str:
    points = f"{row.points:.1f}"
    return f"{points} of {row.capacity:.1f} points" if row.capacity else f"{points} points"


def _over(lines: list[WorkerLine]) -> int:
    return sum(line.state["shape"] == "over" for line in lines)


def _past_due(lines: list[WorkerLine]) -> int:
    return sum(line.supervision.next_due.late for line in lines)


def _opening(unit: TeamFigure, lines: list[WorkerLine]) -> str:
    told = [f"{so_many(unit.workers, 'worker')} and {so_many(unit.children, 'child/children')}"]
    over, late = _over(lines), _past_due(lines)
    if over:
        told.append(f"{over} {'holds' if over == 1 else 'hold'} more than the ceiling")
    if late:
        told.append(f"supervision of {late} is past due")
    if unit.unallocated:
        told.append(f"{so_many(unit.unallocated, 'child/children')} without a named worker")
    return "; ".join(told) + "."


def _tiles(unit: TeamFigure, lines: list[WorkerLine]) -> list[dict[str, Any]]:
    """The figures at the top; where only some workers are the reader's to see, it says of how many."""
    shown_of = f", of the {len(lines)} shown" if len(lines) < unit.workers else ""
    return [
        {"figure": unit.workers, "words": "workers"},
        {"figure": _over(lines), "words": f"over the ceiling{shown_of}"},
        {"figure": _past_due(lines), "words": f"with supervision past due{shown_of}"},
        {"figure": unit.unallocated, "words": "children without a named worker"},
    ]


def _mix(unit: TeamFigure) -> list[tuple[str, int]]:
    """How many workers there are of each band of experience, the newest first; unknown ones last."""
    mix = unit.told.get("mix")
    counted: dict[str, int] = mix if isinstance(mix, dict) else {}
    known = [(band, counted[band]) for band in BANDS if counted.get(band)]
    unknown = counted.get(UNKNOWN, 0)
    return [*known, ("not known", unknown)] if unknown else known


def _waiting(door: Door, figures: Figures, unit: TeamFigure) -> list[dict[str, Any]]:
    """The children of the team without a named worker, the longest first, for whoever may list them."""
    visible = door.visible(Thing.WAITING_LIST)
    if visible.why_not is not None or not unit.unallocated:
        return []
    door.ask(Verb.LIST, Target(thing=Thing.WAITING_LIST), thing_id=f"team {unit.team_id}")
    names = names_of(figures)
    rows = (
        ChildFigure.objects.visible_to(visible)
        .filter(figures=figures, team_id=unit.team_id, waiting_since__isnull=False)
        .order_by("waiting_since", "by_name")
    )
    return [
        {
            "name": names.child((figures.la_code, row.child_id)),
            "ref": row.ref,
            "since": _since(row.waiting_since, figures.as_at),
        }
        for row in rows
    ]


def _since(day: date | None, as_at: date) -> str:
    return f"since {day_words(day, as_at)}, {so_many((as_at - day).days, 'day')}" if day else ""


def _findings(door: Door, figures: Figures, unit: TeamFigure) -> list[FindingFigure]:
    """What was found about the team itself."""
    within = FindingFigure.of_units(door.visible(Thing.TEAM_PAGE, Verb.SEE))
    rows = FindingFigure.objects.whole().filter(within, figures=figures, subject_id=unit.team_id)
    return list(rows.exclude(status__in=[Status.DUE_SOON, Status.CANNOT_TELL]).order_by("place"))


def _below(door: Door, figures: Figures, unit: TeamFigure) -> list[TeamFigure]:
    """The teams under a service, by name."""
    rows = TeamFigure.objects.visible_to(door.visible(Thing.TEAM_PAGE, Verb.SEE))
    return list(rows.filter(figures=figures, parent_id=unit.team_id).order_by("name", "team_id"))


def _crumbs(door: Door, unit: TeamFigure) -> list[tuple[str, str]]:
    if door.visible(Thing.TEAM_PAGE, Verb.SEE).widest < Scope.SERVICE:
        return []
    return [("Teams", reverse("teams")), (unit.name, "")]


__all__ = ["find_own", "own_team", "team", "teams"]
