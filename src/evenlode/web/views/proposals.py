"""Proposing a change of policy, looking at what it would do, and deciding on somebody else's."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenlode.access import Target, Thing, Verb
from evenlode.calendar import Clock, Unit
from evenlode.errors import PolicyFault
from evenlode.web.council import policy as council_policy
from evenlode.web.form_look import DayField
from evenlode.web.models import Job, JobKind, PolicyProposal, ProposalState
from evenlode.web.page import Asked, Found, NotThere, must
from evenlode.web.policy_keeping import Changed, approve, bring_in, propose, refuse, take_back
from evenlode.web.settings_shown import Declared, every_setting, names_of_people, shown, value_of
from evenlode.web.working import ask, somebody_works

UNITS = [(str(Unit.WORKING_DAYS), "working days"), (str(Unit.DAYS), "days"), (str(Unit.MONTHS), "months")]


class ProposeForm(forms.Form):
    """The new value by the setting's own type, with the reason and the day."""

    def __init__(self, one: Declared, now: object, *args: Any, **more: Any) -> None:
        super().__init__(*args, **more)
        self.one, self.now = one, now
        self.fields.update(_value_fields(one, now))
        self.fields["since"] = DayField(
            label="From which day", help_text="Today or a later day. What held before stays as it was."
        )
        self.fields["reason"] = forms.CharField(
            label="Why",
            help_text="It is kept, and whoever approves it reads it.",
            widget=forms.Textarea(attrs={"rows": 3}),
            max_length=1000,
            error_messages={"required": "Say in a few words why."},
        )

    @property
    def value(self) -> Any:
        """The value as the policy file writes it."""
        said = self.cleaned_data
        if self.one.section == "clocks":
            counted = (
                {"count_start_day": True} if isinstance(self.now, Clock) and self.now.count_start_day else {}
            )
            return {"n": said["n"], "unit": said["unit"], **counted}
        if self.one.section == "lists":
            return [line.strip() for line in said["value"].splitlines() if line.strip()]
        return said["value"]


def _value_fields(one: Declared, now: object) -> dict[str, forms.Field]:
    if one.section == "clocks" and isinstance(now, Clock):
        return {
            "n": forms.IntegerField(
                label="How many",
                min_value=1,
                max_value=1000,
                initial=now.n,
                widget=forms.NumberInput(attrs={"class": "govuk-input--width-5"}),
                error_messages={"required": "Write how many.", "invalid": "Write a whole number."},
            ),
            "unit": forms.ChoiceField(label="Of what", choices=UNITS, initial=str(now.unit)),
        }
    if one.section == "lists" and isinstance(now, tuple):
        return {
            "value": forms.CharField(
                label="Words, one a line",
                initial="\n".join(now),
                widget=forms.Textarea(attrs={"rows": min(12, len(now) + 2)}),
                max_length=20_000,
                error_messages={"required": "Write at least one."},
            )
        }
    if one.section == "dates":
        return {"value": DayField(label="The day", initial=now if isinstance(now, date) else None)}
    initial = f"{now.normalize():f}" if isinstance(now, Decimal) else None
    return {
        "value": forms.DecimalField(
            label="The number",
            min_value=0,
            max_digits=12,
            decimal_places=4,
            initial=initial,
            widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
            error_messages={"required": "Write a number.", "invalid": "Write a number, such as 3 or 1.25."},
        )
    }


def propose_page(request: Asked, one: Declared) -> HttpResponse:
    """The form, and what becomes of it."""
    day = request.door.at.date()
    now = value_of(council_policy().on(day), one)
    form = ProposeForm(one, now, request.POST or None)
    if request.method == "POST" and form.is_valid():
        must(request)
        said = form.cleaned_data
        try:
            row = propose(
                one,
                form.value,
                since=said["since"],
                reason=said["reason"],
                by=request.door.person_id,
                at=request.door.at,
            )
        except PolicyFault as fault:
            form.add_error("n" if "n" in form.fields else "value", in_the_form(fault))
        except ValueError as fault:
            form.add_error("since", str(fault))
        else:
            start_preview(row, by=request.door.person_id, at=request.door.at)
            messages.success(request, "Proposed. A second person approves it; until then nothing changes.")
            return redirect("proposal", proposal=row.ref)
    [shown_now] = shown([one.key], day)
    crumbs = [("Policy", "/policy"), (one.label, f"/policy/setting/{one.key}"), ("Propose a change", None)]
    return render(
        request,
        "evenlode/propose.html",
        {"form": form, "setting": shown_now, "crumbs": crumbs},
    )


def in_the_form(fault: PolicyFault) -> str:
    """What is wrong with a value, without the place in the file that the form never showed."""
    said = str(fault).partition(": ")[2] or str(fault)
    return said[:1].upper() + said[1:]


def start_preview(row: PolicyProposal, *, by: str, at: Any) -> None:
    """Asks for what a proposal would change to be worked out."""
    job = ask(JobKind.PREVIEW, by=by, at=at, proposal=row.ref)
    PolicyProposal.objects.filter(pk=row.pk).update(preview_job=job.ref)


def proposal(request: Asked, row: PolicyProposal) -> HttpResponse:
    """One proposal: what it changes, why, what it would do, and what became of it."""
    door = request.door
    people = names_of_people([row.by, row.decided_by])
    open_ = row.state == ProposalState.PROPOSED
    job = Job.objects.filter(ref=row.preview_job).first() if row.preview_job else None
    context = {
        "row": row,
        "setting": every_setting()[row.setting],
        "by": people.get(row.by, row.by),
        "decided_by": people.get(row.decided_by, row.decided_by),
        "may_decide": open_ and door.may(Verb.APPROVE, _target(row)) and door.person_id != row.by,
        "would_decide": open_ and door.may(Verb.APPROVE, _target(row)) and door.person_id == row.by,
        "mine": open_ and door.person_id == row.by,
        "unwritten": row.state == ProposalState.APPROVED and row.written_at is None,
        "job": job,
        "running": row.preview is None and job is not None and not job.over,
        "dead": job is not None and not job.over and bool(job.started_at) and not somebody_works(),
        "crumbs": [("Policy", "/policy"), ("A proposed change", None)],
    }
    part = "evenlode/parts/preview.html" if getattr(request, "htmx", False) else "evenlode/proposal.html"
    return render(request, part, context)


def _target(row: PolicyProposal) -> Target:
    return Target(thing=Thing.POLICY, asked_by=row.by)


def decide(request: Asked, row: PolicyProposal) -> HttpResponse:
    """A second person approves a proposal, or refuses it with a reason."""
    must(request)
    by, at = request.door.person_id, request.door.at
    try:
        if request.POST.get("decision") == "refuse":
            refuse(row, why=request.POST.get("why", ""), by=by, at=at)
            messages.success(request, "Refused. It stays here with your reason.")
        elif request.POST.get("decision") == "approve":
            approve(row, by=by, at=at)
            messages.success(request, f"Approved. It holds from {row.since:%-d %B %Y}.")
            if request.figures is not None and row.since <= request.figures.as_at:
                ask(JobKind.REFRESH, by=by, at=at, as_at=request.figures.as_at.isoformat())
        else:
            messages.error(request, "Choose to approve it or to refuse it.")
    except (Changed, ValueError) as fault:
        messages.error(request, str(fault))
    except PolicyFault as fault:
        messages.error(request, in_the_form(fault))
    return redirect("proposal", proposal=row.ref)


def change_own(request: Asked, row: PolicyProposal) -> HttpResponse:
    """Whoever proposed it takes it back, or has what it would do worked out again."""
    must(request)
    by, at = request.door.person_id, request.door.at
    if request.POST.get("do") == "preview" and row.state == ProposalState.PROPOSED:
        start_preview(row, by=by, at=at)
    elif request.POST.get("do") == "write":
        if bring_in(row.ref):
            messages.success(request, "It stands in the policy file now.")
    else:
        try:
            take_back(row, by=by, at=at)
            messages.success(request, "Taken back. It stays here to be read.")
        except Changed as fault:
            messages.error(request, str(fault))
    return redirect("proposal", proposal=row.ref)


def find_proposal(verb: Verb) -> Any:
    """The proposal whose reference stands in the address; approving asks for a second person."""

    def find(request: Asked, proposal: str) -> Found:
        del request
        row = PolicyProposal.objects.filter(ref=proposal).first()
        if row is None:
            raise NotThere
        target = _target(row) if verb is Verb.APPROVE else Target(thing=Thing.POLICY, reason_given=True)
        return Found(target, row, proposal)

    return find
