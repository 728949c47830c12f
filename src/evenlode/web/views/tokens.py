"""Keys for programs: who asked for which and why, the second person's word, and the one page on which a key is seen."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from evenlode.access import Target, Thing, Verb
from evenlode.audit_trail import Outcome
from evenlode.web.form_look import DayField
from evenlode.web.models import Account, PersonRow, TokenRow
from evenlode.web.page import Asked, Found, NotThere, must
from evenlode.web.tokens import agree_to_token, ask_for_token, collect, end_token, why_not
from evenlode.web.trail import note

SHOWN = 200
"""So many tokens stand on the page, the newest first."""


def tokens(request: Asked) -> HttpResponse:
    """Every token: whose, what for, until when, who is behind it and whether it holds."""
    names = dict(PersonRow.objects.values_list("person_id", "name"))
    rows = [
        _told(request, row, names)
        for row in TokenRow.objects.select_related("person").order_by("-pk")[:SHOWN]
    ]
    may_ask = request.door.may(Verb.RECORD, Target(thing=Thing.API_TOKEN))
    return render(
        request, "evenlode/access/tokens.html", {"rows": rows, "may_ask": may_ask, "crumbs": _crumbs()}
    )


def _told(request: Asked, row: TokenRow, names: dict[str, str]) -> dict[str, Any]:
    me = request.door.person_id
    waits = not row.approved_by and row.ended_at is None
    target = Target(thing=Thing.API_TOKEN, asked_by=row.asked_by, person_id=row.person_id)
    return {
        "row": row,
        "asker": names.get(row.asked_by, row.asked_by),
        "approver": names.get(row.approved_by, row.approved_by),
        "state": _state(row, request),
        "may_agree": waits
        and request.door.may(Verb.APPROVE, target)
        and me not in {row.asked_by, row.person_id},
        "may_end": row.ended_at is None and request.door.may(Verb.CHANGE, Target(thing=Thing.API_TOKEN)),
    }


def _state(row: TokenRow, request: Asked) -> str:
    if row.ended_at is not None:
        return "withdrawn" if row.approved_by else "refused"
    if not row.approved_by:
        return "waits for somebody to agree"
    if why_not(row, request.door.at):
        return "has run out"
    return "holds" if row.collected_at else "waits to be collected"


def _crumbs(last: str = "") -> list[tuple[str, str]]:
    beginning = [("People and access", reverse("people"))]
    return [
        *beginning,
        ("Keys for programs", reverse("tokens") if last else ""),
        *([(last, "")] if last else []),
    ]


class TokenForm(forms.Form):
    """A key that a program is to have."""

    person = forms.ChoiceField(label="Whose posts say what it reads")
    reason = forms.CharField(
        label="What it is for",
        help_text="For example: the nightly refresh of the workload report. No child's name.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
    )
    until = DayField(label="The last day on which it holds", help_text="A year from today at most.")

    def __init__(self, *args: Any, request: Asked, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Account.objects.filter(is_active=True, person__cut_off_at__isnull=True)
        rows = rows.exclude(person_id=request.door.person_id).select_related("person")
        found = sorted((a.person.name, a.person_id) for a in rows)
        self.fields["person"].choices = [("", "Choose"), *((i, n) for n, i in found)]  # type: ignore[attr-defined]


def find_ask(request: Asked) -> Found:
    """A key that is yet to be; its reason stands in the form."""
    return Found(Target(thing=Thing.API_TOKEN, reason_given=bool(request.POST.get("reason", "").strip())))


def ask(request: Asked) -> HttpResponse:
    """Asks for a key for somebody's program."""
    form = TokenForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        must(request)
        said = form.cleaned_data
        try:
            ask_for_token(
                PersonRow.objects.get(pk=said["person"]),
                reason=said["reason"],
                until=said["until"],
                by=request.door.person_id,
                at=request.door.at,
            )
        except ValueError as fault:
            form.add_error("until", str(fault))
        else:
            messages.success(
                request, "Asked for. Information governance has to agree before it can be collected."
            )
            return redirect("tokens")
    latest = timezone.localdate(request.door.at) + timedelta(days=366)
    return render(
        request,
        "evenlode/access/token_ask.html",
        {"form": form, "latest": latest, "crumbs": _crumbs("Ask for a key")},
        status=422 if form.errors else 200,
    )


def find_waiting(_: Asked, number: int) -> Found:
    """The key that waits for a second person."""
    row = TokenRow.objects.filter(pk=number, approved_by="", ended_at__isnull=True).first()
    if row is None:
        raise NotThere
    target = Target(thing=Thing.API_TOKEN, asked_by=row.asked_by, person_id=row.person_id)
    return Found(target, row, f"token {row.pk}")


def decide(request: Asked, row: TokenRow) -> HttpResponse:
    """Agrees to a key, or refuses it."""
    must(request)
    if request.POST.get("answer") == "agree":
        agree_to_token(row, by=request.door.person_id, at=request.door.at)
        messages.success(request, f"Agreed: {row.person.name} can collect it under “Your keys”.")
    else:
        end_token(row, by=request.door.person_id, at=request.door.at)
        messages.success(request, "Refused: nothing can be read with it.")
    return redirect("tokens")


def find_token(_: Asked, number: int) -> Found:
    """A key that is to be withdrawn."""
    row = TokenRow.objects.filter(pk=number, ended_at__isnull=True).first()
    if row is None:
        raise NotThere
    return Found(Target(thing=Thing.API_TOKEN), row, f"token {row.pk}")


def withdraw(request: Asked, row: TokenRow) -> HttpResponse:
    """Ends a key: its next request is refused."""
    must(request)
    end_token(row, by=request.door.person_id, at=request.door.at)
    messages.success(request, "Withdrawn: its next request is refused.")
    return redirect("tokens")


def own(request: Asked) -> HttpResponse:
    """The keys that read with one's own posts, and those that wait to be collected."""
    rows = TokenRow.objects.filter(person_id=request.door.person_id).order_by("-pk")
    told = [{"row": row, "state": _state(row, request)} for row in rows[:SHOWN]]
    return render(request, "evenlode/access/tokens_own.html", {"rows": told})


def find_own(request: Asked, number: int) -> Found:
    """A key of one's own that can be collected; anybody else's is not there."""
    row = TokenRow.objects.filter(
        pk=number, person_id=request.door.person_id, collected_at__isnull=True
    ).first()
    if row is None or not row.approved_by or why_not(row, request.door.at):
        raise NotThere
    return Found(Target(thing=Thing.RULES), row, f"token {row.pk}")


def collect_own(request: Asked, row: TokenRow) -> HttpResponse:
    """Shows a key for the only time."""
    shown = collect(row, by=request.door.person_id, at=request.door.at)
    note(
        person_id=request.door.person_id,
        verb=str(Verb.RECORD),
        thing=str(Thing.API_TOKEN),
        outcome=Outcome.ALLOWED,
        why="collected by the one whose it is",
        thing_id=f"token {row.pk}",
    )
    return render(request, "evenlode/access/token_shown.html", {"token": shown, "row": row})
