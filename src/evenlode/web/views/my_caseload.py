"""My caseload: one's own children with their dates, one's own load and supervision, and nothing about colleagues."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenlode.access import Thing
from evenlode.oversight.words import listed, so_many
from evenlode.web.by_hand_shown import hours_of, shown, standing, weights_of
from evenlode.web.caseload import FILTERS, counts, held_by, held_list
from evenlode.web.council import policy
from evenlode.web.due import soon_until
from evenlode.web.lists import answer
from evenlode.web.load_sum import load_sum
from evenlode.web.models import Figures, WorkerFigure
from evenlode.web.page import Asked, of
from evenlode.web.supervision_shown import own_supervision


def my_caseload(request: Asked) -> HttpResponse:
    """The page of whoever holds children, about themselves."""
    figures, door = of(request), request.door
    me = door.worker_id or ""
    own = WorkerFigure.objects.visible_to(door.visible(Thing.WORKER_FIGURES)).filter(figures=figures)
    row = own.filter(worker_id=me).first() if me else None
    if row is None:
        return render(request, "evenlode/my_caseload.html", {"row": None})
    rows = held_by(door, figures, me)
    hours = hours_of(door, figures, [me])
    weights = weights_of(door, figures, [part["child_id"] for part in row.parts])
    soon = soon_until(policy().on(figures.as_at), figures.as_at)
    return answer(
        request,
        held_list(me, name="my-caseload", title="My caseload", none="You hold no children.", filters=FILTERS),
        rows,
        "evenlode/my_caseload.html",
        {
            "row": row,
            "opening": _opening(rows, figures),
            "load": load_sum(door, figures, row, hours=standing(hours, figures, door)),
            "mine": True,
            "supervision": own_supervision(row, figures.as_at, soon),
            "by_hand": shown(door, figures, hours, weights),
        },
    )


def _opening(rows: object, figures: Figures) -> str:
    n = counts(rows, figures)  # type: ignore[arg-type]
    if not n["children"]:
        return "You hold no children."
    said = f"You hold {so_many(n['children'], 'child/children')}."
    told = [
        f"{n[which]} {'has' if n[which] == 1 else 'have'} a date that is {words}"
        for which, words in (("over", "over"), ("soon", "due within five working days"))
        if n[which]
    ]
    return (
        f"{said} {listed(told)}."
        if told
        else f"{said} No date is over, and none is due within five working days."
    )
