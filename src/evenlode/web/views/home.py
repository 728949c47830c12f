"""Where somebody begins, and what they opened themselves."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenlode.access import Target, Thing, Verb
from evenlode.audit_trail import what_opened
from evenlode.web.menu import menu
from evenlode.web.page import Asked
from evenlode.web.trail import trail
from evenlode.web.views.audit import shown

LATELY = 50


def home(request: Asked) -> HttpResponse:
    """The first page of the menu that is theirs."""
    entries = menu(request, request.door)
    return redirect(entries[0].url) if entries else redirect("who-opened")


def own_openings(request: Asked) -> HttpResponse:
    """What the person opened lately: everybody may see what is written down of themselves."""
    found = what_opened(trail(), request.door.person_id).rows[:LATELY]
    return render(
        request,
        "evenlode/who_opened.html",
        {
            "rows": shown(found),
            "may_audit": request.door.may(Verb.SEE, Target(thing=Thing.AUDIT_LOG)),
        },
    )
