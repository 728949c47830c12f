"""The pages of break-glass: opening a record with a reason, ending it, and the queue in which each is looked at."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from evenlode.access import Child, OpeningCategory, Target, Thing, Verb
from evenlode.web.door import child_by_id
from evenlode.web.glass import break_glass, close_review, end_openings
from evenlode.web.models import ChildFigure, OpeningRow, PersonRow
from evenlode.web.page import Asked, Found, NotThere, must, of

NOT_OPENED = "No record can be opened for you under that number."
"""The same words whether there is no such child or the record is closed to most staff."""


NO_CHILD_YET = "none yet"
"""What the trail writes where the form is open and no child has been named."""


class OpenForm(forms.Form):
    """Which record, and why."""

    number = forms.CharField(
        label="The child's number in the case system",
        max_length=200,
        error_messages={"required": "Write the child's number."},
    )
    category = forms.ChoiceField(
        label="Why do you open it?",
        choices=[(str(c), str(c).capitalize()) for c in OpeningCategory],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )
    reason = forms.CharField(
        label="In a few words, why this record must be opened now",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say in a few words why this record must be opened."},
    )


def open_record(request: Asked) -> HttpResponse:
    """The form, and the opening: the trail holds it before the child's page is sent."""
    form = OpenForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _opened(request, form):
        child = ChildFigure.objects.whole().get(
            figures=of(request), child_id=form.cleaned_data["number"].strip()
        )
        return redirect("child", ref=child.ref)
    return render(
        request,
        "evenlode/access/open_record.html",
        {"form": form, "crumbs": [("Search", reverse("today")), ("Open a record outside your reach", "")]},
        status=422 if form.errors else 200,
    )


def _opened(request: Asked, form: OpenForm) -> bool:
    number = form.cleaned_data["number"].strip()
    figures, door = of(request), request.door
    there = ChildFigure.objects.whole().filter(figures=figures, child_id=number).exists()
    target = Target(thing=Thing.BREAK_GLASS, child=child_by_id(figures, number), reason_given=True)
    if not door.ask(Verb.RECORD, target).allowed or not there:
        form.add_error("number", NOT_OPENED)
        return False
    try:
        break_glass(
            child_id=number,
            category=OpeningCategory(form.cleaned_data["category"]),
            reason=form.cleaned_data["reason"],
            by=door.person_id,
            at=door.at,
        )
    except ValueError:
        form.add_error("reason", "Say in a few words more why this record must be opened.")
        return False
    return True


def end_glass(request: Asked) -> HttpResponse:
    """Ends whatever the person has open outside their reach."""
    end_openings(by=request.door.person_id, at=request.door.at)
    messages.success(request, "The record is closed again.")
    return redirect("home")


def reviews(request: Asked) -> HttpResponse:
    """The queue: every opening that somebody else still has to look at, the oldest first; and those looked at."""
    waiting = OpeningRow.objects.filter(reviewed_by="").order_by("opened_at")
    done = OpeningRow.objects.exclude(reviewed_by="").order_by("-reviewed_at")[:20]
    people = dict(PersonRow.objects.values_list("person_id", "name"))
    return render(
        request,
        "evenlode/access/reviews.html",
        {
            "waiting": [_row(o, people, request) for o in waiting],
            "done": [_row(o, people, request) for o in done],
        },
    )


def _row(row: OpeningRow, people: dict[str, str], request: Asked) -> dict[str, object]:
    target = Target(thing=Thing.BREAK_GLASS_REVIEW, asked_by=row.person_id, person_id=row.person_id)
    return {
        "row": row,
        "who": people.get(row.person_id, row.person_id),
        "reviewer": people.get(row.reviewed_by, row.reviewed_by),
        "opened": timezone.localtime(row.opened_at),
        "may_close": row.person_id != request.door.person_id and request.door.may(Verb.APPROVE, target),
    }


class ReviewForm(forms.Form):
    """What somebody else found."""

    note = forms.CharField(
        label="What you found",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say in a few words what you found."},
    )


def find_opening(_: Asked, opening: str) -> Found:
    """The opening that the address names."""
    row = OpeningRow.objects.filter(opening_id=opening).first()
    if row is None or row.reviewed_by:
        raise NotThere
    target = Target(thing=Thing.BREAK_GLASS_REVIEW, person_id=row.person_id, asked_by=row.person_id)
    return Found(target, row, row.opening_id)


def review(request: Asked, row: OpeningRow) -> HttpResponse:
    """Closes one opening of the queue."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        must(request)
        close_review(row, note=form.cleaned_data["note"], by=request.door.person_id, at=request.door.at)
        messages.success(request, "Closed.")
        return redirect("glass-reviews")
    people = dict(PersonRow.objects.values_list("person_id", "name"))
    return render(
        request,
        "evenlode/access/review.html",
        {
            "form": form,
            "one": _row(row, people, request),
            "crumbs": [("Openings to look at", reverse("glass-reviews")), ("One opening", "")],
        },
        status=422 if form.errors else 200,
    )


def find_glass(request: Asked) -> Found:
    """Breaking the glass at all: of which child is decided on when the form has been read."""
    reason = bool(request.POST.get("reason", "").strip())
    return Found(Target(thing=Thing.BREAK_GLASS, child=Child(NO_CHILD_YET), reason_given=reason))


def find_own(_: Asked) -> Found:
    """A person's own openings: ending them needs no more than to be signed in with a post."""
    return Found(Target(thing=Thing.RULES))
