"""The pages on which a finding is marked explained, and on which that is ended."""

from __future__ import annotations

from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from evenlode.access import Target, Thing
from evenlode.oversight.explained import Reason
from evenlode.web.door import child_by_id
from evenlode.web.explaining import end, explain
from evenlode.web.form_look import DayField
from evenlode.web.models import ChildFigure, ExplanationRow, FindingFigure
from evenlode.web.page import Asked, Found, NotThere, must, of
from evenlode.web.people_of import names_of
from evenlode.web.refs import ref_of


def finding_ref(finding: FindingFigure) -> str:
    """What stands for a finding in an address: the same from load to load."""
    key = (finding.rule_id, finding.subject_kind, finding.subject_id, finding.record_id)
    return ref_of("finding", "\x1f".join(key))


class ExplainForm(forms.Form):
    """Why a date need not be kept as it stands."""

    reason = forms.ChoiceField(
        label="Why need this date not be kept as it stands?",
        choices=[(str(r), str(r).capitalize()) for r in Reason],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose a reason."},
    )
    text = forms.CharField(
        label="What was agreed, and with whom",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        error_messages={"required": "Say in a few words what was agreed."},
    )
    until = DayField(
        label="Until when", help_text="It comes back to Today on the day after. At most six months off."
    )


@dataclass(frozen=True)
class OfChild:
    """A child with one of their findings or explanations."""

    child: ChildFigure
    finding: FindingFigure | None = None
    row: ExplanationRow | None = None


def find_finding(request: Asked, ref: str, finding: str) -> Found:
    """The child and the finding that the address names."""
    figures = of(request)
    child = ChildFigure.objects.whole().filter(figures=figures, ref=ref).first()
    if child is None:
        raise NotThere
    rows = FindingFigure.objects.whole().filter(
        figures=figures, child_id=child.child_id, subject_kind="child"
    )
    row = next((f for f in rows if finding_ref(f) == finding and f.status != "cannot_tell"), None)
    if row is None:
        raise NotThere
    target = Target(
        thing=Thing.FINDING,
        child=child_by_id(figures, child.child_id),
        reason_given=bool(request.POST.get("text", "").strip()),
    )
    return Found(target, OfChild(child, finding=row), child.child_id)


def find_explanation(request: Asked, ref: str, number: int) -> Found:
    """The child and the explanation that the address names."""
    figures = of(request)
    child = ChildFigure.objects.whole().filter(figures=figures, ref=ref).first()
    row = ExplanationRow.objects.filter(pk=number, ended_at__isnull=True).first()
    if child is None or row is None or (row.subject_kind, row.subject_id) != ("child", child.child_id):
        raise NotThere
    target = Target(thing=Thing.FINDING, child=child_by_id(figures, child.child_id), reason_given=True)
    return Found(target, OfChild(child, row=row), child.child_id)


def explain_page(request: Asked, asked: OfChild) -> HttpResponse:
    """The form, and what becomes of it."""
    form = ExplainForm(request.POST or None)
    finding = asked.finding
    if finding is None:
        raise NotThere
    if request.method == "POST" and form.is_valid():
        must(request)
        said = form.cleaned_data
        try:
            explain(
                finding,
                reason=Reason(said["reason"]),
                text=said["text"],
                until=said["until"],
                by=request.door.person_id,
                at=request.door.at,
            )
        except ValueError as fault:
            form.add_error("until", str(fault))
        else:
            messages.success(
                request,
                f"Explained until {said['until']:%-d %B %Y}. It is off Today until then, and in every count.",
            )
            return redirect("child", ref=asked.child.ref)
    names = names_of(of(request))
    name = names.child((finding.la_code, asked.child.child_id))
    return render(
        request,
        "evenlode/explain.html",
        {
            "form": form,
            "finding": finding,
            "name": name,
            "crumbs": [
                ("Today", reverse("today")),
                (name, reverse("child", args=[asked.child.ref])),
                ("Mark explained", ""),
            ],
        },
        status=422 if form.errors else 200,
    )


def end_explanation(request: Asked, asked: OfChild) -> HttpResponse:
    """Ends an explanation, and goes back to the child."""
    must(request)
    if asked.row is not None:
        end(asked.row, by=request.door.person_id, at=request.door.at)
        messages.success(request, "The explanation has ended: the finding is back on Today.")
    return redirect("child", ref=asked.child.ref)
