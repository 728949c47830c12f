"""A worker's page: load with its parts, experience and guards, supervision, absence and cover, children led."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.urls import reverse

from evenlode.access import Target, Thing, Verb
from evenlode.oversight.words import so_many
from evenlode.position.experience import UNKNOWN
from evenlode.rules.rule import Status
from evenlode.web.by_hand_shown import hours_of, shown, standing, weights_of
from evenlode.web.caseload import held_by, held_list
from evenlode.web.council import policy
from evenlode.web.door import Door
from evenlode.web.due import soon_until
from evenlode.web.lists import answer
from evenlode.web.load_sum import load_sum
from evenlode.web.models import ChildFigure, Figures, FindingFigure, WorkerFigure
from evenlode.web.page import Asked, of
from evenlode.web.people_of import names_of
from evenlode.web.supervision_shown import away_in_words, own_supervision
from evenlode.web.weeks import trend
from evenlode.workload.workers import plain


def worker(request: Asked, row: WorkerFigure) -> HttpResponse:
    """One worker, for somebody who may see their figures."""
    figures, door = of(request), request.door
    if door.may_list(Thing.CHILD_RECORD):
        door.ask(Verb.LIST, Target(thing=Thing.CHILD_RECORD), thing_id=f"worker {row.worker_id}")
    hours = hours_of(door, figures, [row.worker_id])
    weights = weights_of(door, figures, [part["child_id"] for part in row.parts])
    soon = soon_until(policy().on(figures.as_at), figures.as_at)
    children = _children(request, row)
    return answer(
        request,
        held_list(
            row.worker_id,
            name="children-of-a-worker",
            title="Children of a worker",
            none="No child whom they hold is within your scope.",
        ),
        children,
        "evenlode/worker.html",
        {
            "row": row,
            "crumbs": _crumbs(door, figures, row),
            "facts": _facts(door, figures, row),
            "found": _findings(door, figures, row),
            "load": load_sum(
                door,
                figures,
                row,
                hours=standing(hours, figures, door),
                theirs={child.child_id for child in children},
            ),
            "mine": row.worker_id == door.worker_id,
            "by_hand": shown(door, figures, hours, weights),
            "hours_url": _hours_url(door, row),
            "trend": trend(door, figures, row) if row.here else None,
            "supervision": own_supervision(row, figures.as_at, soon),
            "away": away_in_words(door, figures, row),
        },
    )


def _children(request: Asked, row: WorkerFigure) -> list[ChildFigure]:
    """The children whom the worker holds and the reader may list; for a file, those whom it may hold too."""
    rows = held_by(request.door, of(request), row.worker_id)
    if "file" in request.GET:
        rows = rows.filter(ChildFigure.within(request.door.visible(Thing.LIST_EXPORT, Verb.EXPORT)))
    return list(rows)


def _crumbs(door: Door, figures: Figures, row: WorkerFigure) -> list[tuple[str, str]]:
    may = row.team_id and door.may(Verb.SEE, Target(thing=Thing.TEAM_PAGE, unit_id=row.team_id))
    team = names_of(figures).team((figures.la_code, row.team_id))
    above = [(team, reverse("team", args=[row.team_id]))] if may else []
    return [*above, (row.name, "")]


def _facts(door: Door, figures: Figures, row: WorkerFigure) -> list[dict[str, str]]:
    names = names_of(figures)
    team = names.team((figures.la_code, row.team_id)) if row.team_id else "not known"
    may = row.team_id and door.may(Verb.SEE, Target(thing=Thing.TEAM_PAGE, unit_id=row.team_id))
    since = row.left_on
    return [
        {"label": "Title", "words": row.title or "not known", "url": ""},
        {"label": "Team", "words": team, "url": reverse("team", args=[row.team_id]) if may else ""},
        {
            "label": "Hours",
            "words": f"left on {since.day} {since:%B %Y}" if since else _hours(row),
            "url": "",
        },
        {"label": "Since qualifying", "words": experience_words(row), "url": ""},
        {"label": "Leads", "words": so_many(row.children, "child/children"), "url": ""},
        {"label": "Of these", "words": _mix(row), "url": ""},
    ]


def _hours(row: WorkerFigure) -> str:
    if row.fte is None:
        return "not known"
    return "full time" if row.fte == 1 else f"{plain(row.fte)} of a full-time post"


def experience_words(row: WorkerFigure) -> str:
    """A worker's band of experience, and whether they are in their first year's programme."""
    band = {"": "not known", UNKNOWN: "not known"}.get(row.experience, row.experience)
    return f"{band}, newly qualified" if row.newly_qualified else band


def _mix(row: WorkerFigure) -> str:
    told = [
        f"{row.plans} on a protection plan",
        f"{row.care} looked after",
        f"{row.complex_children} with complex needs",
    ]
    return ", ".join(told)


def _findings(door: Door, figures: Figures, row: WorkerFigure) -> dict[str, list[FindingFigure]]:
    """What was found about the worker, and the guards about the children whom they lead."""
    whole = FindingFigure.objects.whole().filter(figures=figures)
    about = FindingFigure.of_workers(door.visible(Thing.WORKER_FIGURES, Verb.SEE)) & Q(
        subject_id=row.worker_id
    )
    guards = FindingFigure.within(door.visible(Thing.FINDING)) & Q(
        worker_id=row.worker_id, rule_id__startswith="NQ"
    )
    both = list(whole.filter(about | guards).order_by("place"))
    found = [f for f in both if f.subject_kind == "worker"]
    sure = [f for f in found if f.status not in {Status.CANNOT_TELL, Status.DUE_SOON}]
    return {
        "about": sure,
        "soon": [f for f in found if f.status == Status.DUE_SOON],
        "unsure": [f for f in found if f.status == Status.CANNOT_TELL],
        "guards": [f for f in both if f.subject_kind == "child" and f.status != Status.DUE_SOON],
    }


def _hours_url(door: Door, row: WorkerFigure) -> str:
    """Where hours are recorded, for whoever may and not for oneself."""
    target: dict[str, Any] = {"thing": Thing.CAPACITY_PERIOD, "worker_id": row.worker_id}
    may = row.here and row.worker_id != door.worker_id and door.may(Verb.RECORD, Target(**target))
    return reverse("hours", args=[row.ref]) if may else ""
