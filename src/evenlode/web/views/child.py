"""A child's page: what needs attention with the sum behind it, the timeline, and the same as a list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenlode.access import Target, Thing, Verb
from evenlode.oversight.names import Id, Names
from evenlode.oversight.timeline import Timeline
from evenlode.oversight.words import STANDING
from evenlode.web.by_hand_shown import shown, weights_of
from evenlode.web.charts import Chart, flags_of, timeline_key
from evenlode.web.charts import timeline as drawn
from evenlode.web.door import child_of
from evenlode.web.models import ChildFigure, FindingFigure, RestrictionRow, TeamFigure
from evenlode.web.morning import explanations, findings
from evenlode.web.one_child import timeline_of
from evenlode.web.page import Asked, of
from evenlode.web.people_of import names_of, speaker_of
from evenlode.web.refs import ref_of
from evenlode.web.views.explained import finding_ref

LISTED = 40
"""So many events stand in the list before "show all"."""


def child(request: Asked, row: ChildFigure) -> HttpResponse:
    """One child, for somebody who may open them."""
    figures = of(request)
    names = names_of(figures)
    speaker = speaker_of(figures)
    rows = FindingFigure.objects.whole().filter(figures=figures, child_id=row.child_id, subject_kind="child")
    target = Target(thing=Thing.CHILD_TIMELINE, child=child_of(figures, row))
    told: Timeline | None = None
    if request.door.may(Verb.SEE, target):
        request.door.ask(Verb.SEE, target)
        told = timeline_of(figures, row, findings(rows), speaker)
    holds = explanations(figures, request.door.at.date())
    numbers = {one.finding.key: one.number for one in told.attention} if told else {}
    may_explain = request.door.may(Verb.RECORD, Target(thing=Thing.FINDING, child=child_of(figures, row)))
    attention = [_shown(f, holds, row, may_explain=may_explain) for f in rows.order_by("place")]
    for one in attention:
        one["number"] = numbers.get(one["key"])
    attention.sort(key=lambda f: f["number"] or len(attention))
    me = (figures.la_code, row.child_id)
    return render(
        request,
        "evenlode/child.html",
        {
            "child": row,
            "name": names.child(me),
            "age": names.age(me),
            "facts": _facts(request, row),
            "late": [f for f in attention if f["late"] and not f["explained"]],
            "explained": [f for f in attention if f["explained"]],
            "soon": [f for f in attention if f["row"].status == "due_soon"],
            "unsure": [f for f in attention if f["row"].status == "cannot_tell"],
            "timeline": told,
            "chart": _chart(told),
            "key": timeline_key(),
            "events": _events(told, everything="all" in request.GET),
            "every": len(told.events) if told else 0,
            "family": _family(request, row),
            "by_hand": shown(request.door, figures, [], weights_of(request.door, figures, [row.child_id])),
            "weight_url": _weight_url(request, row),
            "closed": RestrictionRow.objects.filter(child_id=row.child_id, lifted_at__isnull=True).first(),
            "close_url": reverse("restrict", args=[row.ref]) if _may_close(request, row) else "",
        },
    )


def _shown(f: FindingFigure, holds: Any, row: ChildFigure, *, may_explain: bool) -> dict[str, Any]:
    """One finding, with where it can be marked explained or where that can be ended."""
    key = (f.la_code, f.rule_id, f.subject_kind, f.subject_id, f.record_id)
    explained = holds.get(key)
    sure = f.status not in {"due_soon", "cannot_tell"}
    may = sure and may_explain
    return {
        "row": f,
        "key": key,
        "late": sure,
        "explained": explained,
        "explain_url": reverse("explain", args=[row.ref, finding_ref(f)]) if may and not explained else "",
        "end_url": reverse("explanation-end", args=[row.ref, explained.number]) if may and explained else "",
    }


def _may_close(request: Asked, row: ChildFigure) -> bool:
    return request.door.may(Verb.RECORD, Target(thing=Thing.RESTRICTION, child=child_of(of(request), row)))


def _chart(told: Timeline | None) -> Chart | None:
    """The drawing of the timeline; its rows stand on the page as a list, so it brings no table of its own."""
    if told is None:
        return None
    chart = drawn(told.events, told.as_at, flags=flags_of(told), says=told.visits_in_words)
    return replace(chart, rows=())


def _weight_url(request: Asked, row: ChildFigure) -> str:
    """Where the weight of the case is changed, for whoever may."""
    target = Target(thing=Thing.CASE_WEIGHT, child=child_of(of(request), row))
    return reverse("weight", args=[row.ref]) if request.door.may(Verb.RECORD, target) else ""


def _lead(worker_id: Id, since: date | None, names: Names) -> str:
    """Who leads the case and since when; somebody who has left leads nothing."""
    worker, known = names.worker(worker_id) if worker_id[1] else "", names.workers.get(worker_id)
    left = known.left_on if known else None
    if not worker:
        return "nobody"
    if left and left <= names.as_at:
        return f"nobody: {worker} left on {left.day} {left:%B %Y}"
    return worker + (f", since {since.day} {since:%B %Y}" if since else "")


def _facts(request: Asked, row: ChildFigure) -> list[dict[str, str]]:
    figures = of(request)
    names = names_of(figures)
    worker = _lead((figures.la_code, row.worker_id), row.lead_since, names)
    team = TeamFigure.objects.whole().filter(figures=figures, team_id=row.team_id).first()
    run = ""
    if row.plan_since:
        months = (figures.as_at.year - row.plan_since.year) * 12 + figures.as_at.month - row.plan_since.month
        months -= figures.as_at.day < row.plan_since.day
        run = f"{months} month{'' if months == 1 else 's'}"
    return [
        {
            "label": "Status",
            "words": STANDING.get(row.status, "left care" if row.status == "LEAVER" else "").capitalize(),
        },
        {"label": "Lead worker", "words": worker},
        {"label": "Team", "words": team.name if team else ""},
        {"label": "Plan has run", "words": run or "no plan"},
    ]


def _events(told: Timeline | None, *, everything: bool) -> list[Any]:
    if told is None:
        return []
    return list(told.events if everything else told.events[:LISTED])


def _family(request: Asked, row: ChildFigure) -> list[dict[str, str]]:
    """Brothers and sisters whom the reader may open too."""
    if not row.family or request.figures is None:
        return []
    names = names_of(request.figures)
    visible = request.door.visible(Thing.CHILD_RECORD, Verb.SEE)
    kin = (
        ChildFigure.objects.visible_to(visible)
        .filter(figures=request.figures, family=row.family)
        .exclude(child_id=row.child_id)
    )
    return [
        {
            "name": names.child((request.figures.la_code, k.child_id)),
            "age": names.age((request.figures.la_code, k.child_id)),
            "ref": ref_of("child", k.child_id),
        }
        for k in kin
    ]
