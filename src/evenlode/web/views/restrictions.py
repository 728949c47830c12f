"""The pages on which a record is closed to most staff, and the register of those that are: by number, never by name."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenlode.access import RestrictionCategory, Target, Thing, Verb
from evenlode.web.form_look import DayField
from evenlode.web.models import Account, ChildFigure, PersonRow, RestrictionRow
from evenlode.web.page import Asked, Found, NotThere, must
from evenlode.web.restricting import ask_to_lift, lift, restrict


class RestrictForm(forms.Form):
    """Why a record is closed, and who keeps it."""

    category = forms.ChoiceField(
        label="Why is this record closed to most staff?",
        choices=[(str(c), str(c).capitalize()) for c in RestrictionCategory],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )
    named = forms.MultipleChoiceField(
        label="Who can still open it",
        help_text="You are always among them. Choose the child's worker and their manager, and no more than must.",
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    review_on = DayField(label="When it is looked at again", help_text="Within 90 days.", required=False)
    reason = forms.CharField(
        label="In a few words, why",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        error_messages={"required": "Say in a few words why."},
    )

    def __init__(self, *args: Any, me: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        accounts = Account.objects.filter(is_active=True).exclude(person_id=me).select_related("person")
        field = self.fields["named"]
        field.choices = [(a.person_id, a.person.name) for a in accounts.order_by("person__name")]  # type: ignore[attr-defined]


def restrict_page(request: Asked, child: ChildFigure) -> HttpResponse:
    """The form, and the closing: from the next request on the record is there only for those named."""
    form = RestrictForm(request.POST or None, me=request.door.person_id)
    if request.method == "POST" and form.is_valid():
        must(request)
        said = form.cleaned_data
        try:
            restrict(
                child_id=child.child_id,
                category=RestrictionCategory(said["category"]),
                named=said["named"],
                review_on=said["review_on"],
                by=request.door.person_id,
                at=request.door.at,
                reason=said["reason"],
            )
        except ValueError as fault:
            form.add_error("review_on", f"{fault}."[0].upper() + f"{fault}."[1:])
        else:
            messages.success(request, "The record is closed to everybody but those named.")
            return redirect("child", ref=child.ref)
    return render(
        request,
        "evenlode/access/restrict.html",
        {
            "form": form,
            "crumbs": [("The child", reverse("child", args=[child.ref])), ("Close this record", "")],
        },
        status=422 if form.errors else 200,
    )


def register_page(request: Asked) -> HttpResponse:
    """Every restriction by number, category, owner and review date: it never says which child."""
    people = dict(PersonRow.objects.values_list("person_id", "name"))
    today = request.door.at.date()
    rows = [
        {
            "row": r,
            "owner": people.get(r.owner_id, r.owner_id),
            "how_many": len(r.named),
            "overdue": r.review_on < today,
            "asked_by": people.get(r.lift_asked_by, ""),
            "may_ask": request.door.may(
                Verb.RECORD, Target(thing=Thing.RESTRICTION_REGISTER, reason_given=True)
            ),
            "may_lift": r.lift_asked_by
            and r.lift_asked_by != request.door.person_id
            and request.door.may(
                Verb.APPROVE, Target(thing=Thing.RESTRICTION_REGISTER, asked_by=r.lift_asked_by)
            ),
        }
        for r in RestrictionRow.objects.filter(lifted_at__isnull=True).order_by("review_on")
    ]
    return render(request, "evenlode/access/restrictions.html", {"rows": rows})


class LiftForm(forms.Form):
    """Why a record can be open again."""

    reason = forms.CharField(
        label="Why can this record be open again?",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say why the record can be open again."},
    )


def find_restriction(request: Asked, number: int) -> Found:
    """The restriction that the address names, by its number."""
    row = RestrictionRow.objects.filter(pk=number, lifted_at__isnull=True).first()
    if row is None:
        raise NotThere
    target = Target(
        thing=Thing.RESTRICTION_REGISTER,
        asked_by=row.lift_asked_by or None,
        reason_given=bool(request.POST.get("reason", "").strip()),
    )
    return Found(target, row, str(row.pk))


def ask_lift(request: Asked, row: RestrictionRow) -> HttpResponse:
    """One person asks for a lifting."""
    form = LiftForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        must(request)
        ask_to_lift(row, reason=form.cleaned_data["reason"], by=request.door.person_id)
        messages.success(request, "Asked for. Somebody else has to agree.")
        return redirect("restrictions")
    return render(
        request,
        "evenlode/access/lift.html",
        {
            "form": form,
            "row": row,
            "crumbs": [("Closed records", reverse("restrictions")), ("Ask for a lifting", "")],
        },
        status=422 if form.errors else 200,
    )


def agree_lift(request: Asked, row: RestrictionRow) -> HttpResponse:
    """Another agrees."""
    must(request)
    lift(row, by=request.door.person_id, at=request.door.at)
    messages.success(request, "Lifted: the record is open again to those within whose reach it lies.")
    return redirect("restrictions")
