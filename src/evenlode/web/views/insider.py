"""Openings that somebody should ask about: what `evenlode.audit_trail.insider` finds in the last thirty days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from evenlode.access import Holding, Register, Thing, Verb, visible_filter
from evenlode.audit_trail.insider import AnswersFor, Flag, Known, Opened, curious, known
from evenlode.web.models import ChildFigure, Figures, Holder, PersonRow, PostRow, UnitRow
from evenlode.web.page import Asked, of
from evenlode.web.standing_register import register
from evenlode.web.trail import trail

DAYS = 30
MOST = 100_000
"""So many openings are looked at in one report."""


def insider(request: Asked) -> HttpResponse:
    """The report: by person and time, those that want a question first, with how many were looked at."""
    figures = of(request)
    since = request.door.at - timedelta(days=DAYS)
    openings = _openings(since)
    found = curious(
        openings,
        staff=_staff(),
        children=_children(figures, {o.child_id for o in openings}),
        holdings=_holdings(figures, {o.child_id for o in openings}),
        answers_for=answers_for(register()),
        role_of=_roles(),
    )
    names = dict(PersonRow.objects.values_list("person_id", "name"))
    first = [f for f in found.flags if f.ask_first]
    return render(
        request,
        "evenlode/audit/insider.html",
        {
            "looked_at": found.looked_at,
            "days": DAYS,
            "first": [_row(f, names) for f in first],
            "others": len(found.flags) - len(first),
            "crumbs": [("Audit", reverse("audit")), ("Openings to ask about", "")],
        },
    )


def _row(flag: Flag, names: dict[str, str]) -> dict[str, Any]:
    return {
        "who": names.get(flag.opened.person_id, flag.opened.person_id),
        "child_id": flag.opened.child_id,
        "when": timezone.localtime(flag.opened.at),
        "signs": ", ".join(sorted(str(s) for s in flag.signs)),
    }


def _openings(since: datetime) -> list[Opened]:
    """Every opening of a child's own page since a moment."""
    t = trail()
    where = f"child_id IS NOT NULL AND verb = {t.mark} AND at >= {t.mark}"
    values = [
        str(Verb.SEE),
        since.astimezone(timezone.get_fixed_timezone(0)).strftime("%Y-%m-%dT%H:%M:%S.%fZ"),
    ]
    rows = t.found(where, values, MOST)
    return [Opened(int(r[0] or 0), datetime.fromisoformat(str(r[1])), str(r[2]), str(r[8])) for r in rows]


def _staff() -> dict[str, Known]:
    return {p.person_id: known(names=[_halves(p.name)]) for p in PersonRow.objects.all()}


def _halves(name: str) -> tuple[str, str]:
    forename, _, surname = name.rpartition(" ")
    return forename, surname


def _children(figures: Figures, wanted: set[str]) -> dict[str, Known]:
    rows = ChildFigure.objects.whole().filter(figures=figures, child_id__in=wanted)
    return {c.child_id: known(names=[(c.forename, c.surname)]) for c in rows}


def _holdings(figures: Figures, wanted: set[str]) -> dict[str, list[Holding]]:
    found: dict[str, list[Holding]] = {}
    for h in Holder.objects.filter(figures=figures, child_id__in=wanted):
        found.setdefault(h.child_id, []).append(
            Holding(worker_id=h.worker_id, team_id=h.team_id, since=h.since, until=h.until)
        )
    return found


def answers_for(standing: Register) -> Callable[[str, date], AnswersFor]:
    """Whose children are a person's work on a day: those within reach of the child's page."""
    every = frozenset(UnitRow.objects.values_list("unit_id", flat=True))
    everybody = frozenset(p.worker_id for p in standing.people if p.worker_id)

    @cache
    def answers(person_id: str, day: date) -> AnswersFor:
        noon = timezone.make_aware(datetime.combine(day, time(12)))
        reach = visible_filter(standing, person_id, noon, thing=Thing.CHILD_RECORD, verb=Verb.SEE)
        if reach.everything:
            return AnswersFor(everybody, every)
        return AnswersFor(reach.workers, reach.units)

    return answers


def _roles() -> dict[str, str]:
    return dict(PostRow.objects.filter(until__isnull=True).values_list("person_id", "role"))
