"""The audit trail's two questions: who opened this child's record, and what did this person open; and who to ask."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from evenlode.access import Target, Thing, Verb
from evenlode.audit_trail import Found as Answer
from evenlode.audit_trail import what_opened, who_opened
from evenlode.audit_trail.entry import COLUMNS
from evenlode.reports.safe_text import guard as harmless
from evenlode.web.form_look import DayField
from evenlode.web.models import PersonRow
from evenlode.web.page import Asked, Found
from evenlode.web.trail import trail

AT_ONCE = 50


class AuditForm(forms.Form):
    """Which of the two questions, of whom, and for which days."""

    child = forms.CharField(label="A child's number in the case system", max_length=200, required=False)
    person = forms.ChoiceField(label="or a person", required=False)
    since = DayField(label="From", required=False)
    until = DayField(label="To", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = (
            PersonRow.objects.filter(account__isnull=False).order_by("name").values_list("person_id", "name")
        )
        self.fields["person"].choices = [("", "Nobody chosen"), *people]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """One of the two is asked, not both."""
        said = super().clean() or {}
        if said.get("child") and said.get("person"):
            raise forms.ValidationError("Ask of a child or of a person, not of both.")
        return said


def audit(request: Asked) -> HttpResponse:
    """The form and the answer; the question itself is written down like every other opening."""
    form = AuditForm(request.POST or None)
    answer = _answered(form) if request.method == "POST" and form.is_valid() else None
    page = None
    if answer is not None:
        page = Paginator(answer.rows, AT_ONCE).get_page(request.POST.get("page"))
    return render(
        request,
        "evenlode/audit/audit.html",
        {
            "form": form,
            "answer": answer,
            "rows": shown(page) if page else [],
            "page": page,
            "refused": sum(r["outcome"] == "denied" for r in answer.rows) if answer else 0,
            "may_export": request.door.may(Verb.EXPORT, Target(thing=Thing.AUDIT_LOG, reason_given=True)),
            "may_insider": request.door.may(Verb.SEE, Target(thing=Thing.INSIDER_REPORT)),
        },
        status=422 if form.errors else 200,
    )


def _answered(form: AuditForm) -> Answer | None:
    said = form.cleaned_data
    since = _moment(said["since"], 0)
    until = _moment(said["until"], 1)
    if said["child"]:
        return who_opened(trail(), said["child"].strip(), since=since, until=until)
    if said["person"]:
        return what_opened(trail(), said["person"], since=since, until=until)
    return None


def _moment(day: Any, more: int) -> datetime | None:
    if day is None:
        return None
    midnight = datetime.combine(day + timedelta(days=more), time.min)
    return timezone.make_aware(midnight).astimezone(UTC)


def shown(rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries as the page shows them: staff by name, children by their number."""
    names = dict(PersonRow.objects.values_list("person_id", "name"))
    return [
        {
            **row,
            "when": timezone.localtime(datetime.fromisoformat(str(row["at"]))),
            "who": names.get(str(row["person_id"]), row["person_id"]),
        }
        for row in rows
    ]


def export(request: Asked) -> HttpResponse:
    """The same answer as a file, for a reason that is written down with it."""
    form = AuditForm(request.POST or None)
    reason = request.POST.get("reason", "").strip()
    if not form.is_valid() or not request.decision.allowed or not reason:
        return render(
            request,
            "evenlode/audit/export.html",
            {
                "form": form,
                "asked": request.method == "POST",
                "crumbs": [("Audit", reverse("audit")), ("Save as a file", "")],
            },
            status=422 if request.method == "POST" else 200,
        )
    answer = _answered(form)
    file = HttpResponse(content_type="text/csv; charset=utf-8")
    file["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    writer = csv.writer(file)
    writer.writerow(["seq", *COLUMNS])
    for row in answer.rows if answer else []:
        writer.writerow([harmless(str(row[name] or "")) for name in ("seq", *COLUMNS)])
    return file


def find_export(request: Asked) -> Found:
    """The audit trail as a whole, with the reason that the form gives."""
    return Found(Target(thing=Thing.AUDIT_LOG, reason_given=bool(request.POST.get("reason", "").strip())))
