"""Whole tables as files: the asking, the second person's word, and the one fetching; each is in the audit trail."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenlode.access import Target, Thing, Verb
from evenlode.reports.sheets import csv_bytes
from evenlode.web.door import Door
from evenlode.web.models import WholeTableRow
from evenlode.web.page import Asked, Found, NotThere, must, of
from evenlode.web.settings_shown import names_of_people
from evenlode.web.standing_tables import TABLES
from evenlode.web.whole_tables import OFFERED, State, ask_for, decide_on, fetch, state_of

SHOWN = 50
"""So many of one's own askings stand on the page, the newest first."""
CODES, IDS = "codes", "ids"


def has_to_do(door: Door) -> bool:
    """Whether somebody may ask for a whole table or agree to one."""
    return any(door.may_list(Thing.BULK_EXPORT, verb) for verb in (Verb.RECORD, Verb.APPROVE))


def whole_tables(request: Asked) -> HttpResponse:
    """What one asked for oneself, and what waits for one's own word."""
    door = request.door
    mine = list(WholeTableRow.objects.filter(asked_by=door.person_id).order_by("-pk")[:SHOWN])
    waiting = [
        row
        for row in WholeTableRow.objects.filter(decided_at__isnull=True).order_by("pk")
        if row.asked_by != door.person_id and door.may(Verb.APPROVE, _target(row))
    ]
    people = names_of_people(who for row in (*mine, *waiting) for who in (row.asked_by, row.approved_by))
    return render(
        request,
        "evenlode/whole_tables.html",
        {
            "mine": [_told(row, people, door) for row in mine],
            "waiting": [_told(row, people, door) for row in waiting],
            "may_ask": door.may_list(Thing.BULK_EXPORT, Verb.RECORD),
        },
    )


def _told(row: WholeTableRow, people: dict[str, str], door: Door) -> dict[str, Any]:
    state = state_of(row, door.at)
    return {
        "row": row,
        "asker": people.get(row.asked_by, row.asked_by),
        "approver": people.get(row.approved_by, row.approved_by),
        "state": state,
        "ready": state is State.READY,
    }


def _target(row: WholeTableRow) -> Target:
    return Target(
        thing=Thing.BULK_EXPORT, asked_by=row.asked_by, approved_by=row.approved_by or None, reason_given=True
    )


class AskForm(forms.Form):
    """Which table, in which form, and why."""

    table = forms.ChoiceField(
        label="Which table",
        choices=[(name, f"{name.capitalize()}: {TABLES[name].in_words}") for name in OFFERED],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a table."},
    )
    form = forms.ChoiceField(
        label="How children and workers stand in it",
        help_text="With codes it is child-level data all the same: rare combinations can still point to a child.",
        choices=[
            (CODES, "As codes that lead back to nobody, without names and sentences"),
            (IDS, "By their numbers, with every sentence"),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose codes or numbers."},
    )
    reason = forms.CharField(
        label="What it is for, and who will have it",
        help_text="Whoever decides on it reads this. No child's name.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say in a few words what the table is for."},
    )


def find_ask(request: Asked) -> Found:
    """A table that is yet to be asked for; its reason stands in the form."""
    return Found(Target(thing=Thing.BULK_EXPORT, reason_given=bool(request.POST.get("reason", "").strip())))


def ask(request: Asked) -> HttpResponse:
    """Asks for a whole table."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        must(request)
        said = form.cleaned_data
        ask_for(
            said["table"],
            with_codes=said["form"] == CODES,
            reason=said["reason"],
            by=request.door.person_id,
            at=request.door.at,
        )
        messages.success(
            request, "Asked for. Once somebody else has agreed, you have a day to fetch it, once."
        )
        return redirect("whole-tables")
    return render(
        request,
        "evenlode/whole_table_ask.html",
        {"form": form, "crumbs": [("Whole tables", reverse("whole-tables")), ("Ask for one", "")]},
        status=422 if form.errors else 200,
    )


def find_waiting(_: Asked, number: int) -> Found:
    """The asking that waits for a second person."""
    row = WholeTableRow.objects.filter(pk=number, decided_at__isnull=True).first()
    if row is None:
        raise NotThere
    return Found(_target(row), row, f"asking {row.pk}")


def decide(request: Asked, row: WholeTableRow) -> HttpResponse:
    """Agrees to a table leaving the service, or refuses it."""
    must(request)
    agreed = request.POST.get("answer") == "agree"
    decide_on(row, agreed=agreed, by=request.door.person_id, at=request.door.at)
    said = "Agreed: it can be fetched once, for a day." if agreed else "Refused: nothing leaves."
    messages.success(request, said)
    return redirect("whole-tables")


def find_ready(request: Asked, number: int) -> Found:
    """A table of one's own asking that can be fetched; anybody else's is not there."""
    row = WholeTableRow.objects.filter(pk=number, asked_by=request.door.person_id).first()
    if row is None or state_of(row, request.door.at) is not State.READY:
        raise NotThere
    return Found(_target(row), row, f"asking {row.pk}")


def fetched(request: Asked, row: WholeTableRow) -> HttpResponse:
    """The file, once."""
    must(request)
    figures = of(request)
    sheet = fetch(row, figures=figures, door=request.door)
    reply = HttpResponse(csv_bytes(sheet), content_type="text/csv; charset=utf-8")
    name = f"{row.table}{'-with-codes' if row.with_codes else ''}-{figures.as_at.isoformat()}.csv"
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply
