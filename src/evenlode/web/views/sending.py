"""Sending extracts, taking a wrong load out, and having figures worked out anew: each starts work of its own."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from evenlode.web.form_look import DayField
from evenlode.web.models import Job, JobKind, JobState, LoadRow
from evenlode.web.page import Asked, must
from evenlode.web.uploads import TOO_LARGE, PrivateFile, take_over
from evenlode.web.working import ask

MOST_FILES = 100


class SeveralFiles(forms.ClearableFileInput):
    """Takes one file or several."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several."""

    widget = SeveralFiles

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Each of them, looked at by itself."""
        given = data if isinstance(data, list | tuple) else [data]
        return [super(FilesField, self).clean(one, initial) for one in given]


class SendForm(forms.Form):
    """What is handed over, and what it is to the record."""

    sent = FilesField(
        label="Files",
        help_text="A zip of the exports, or the files themselves (CSV, Excel, XML, JSON).",
        max_length=255,
        error_messages={
            "required": "Choose the files to send.",
            "empty": "One of the files is empty; export it again.",
            "max_length": "The name of one of the files is too long; shorten it.",
        },
    )
    as_at = DayField(
        label="Which day are they of?",
        required=False,
        help_text="Leave it blank to take the newest date of anything that happened in them.",
    )
    partial = forms.BooleanField(
        label="These files only add to what their source sent before",
        required=False,
        help_text="Without this they take the place of everything that the same system sent before.",
    )
    older = forms.BooleanField(label="Take them although they are older than what is there", required=False)


class WithdrawForm(forms.Form):
    """Why a load is taken out."""

    reason = forms.CharField(
        label="Why is this load taken out?",
        help_text="It is kept with the withdrawal. Do not name a child.",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": "Say in a few words why."},
    )


def send(request: Asked) -> HttpResponse:
    """The form, and what becomes of what was sent."""
    form = SendForm()
    if request.method == "POST":
        must(request)
        form = SendForm(request.POST, request.FILES)
        if getattr(request, TOO_LARGE, False):
            form.add_error("sent", f"The files are larger than {_most()} MB together: send them as a zip.")
        elif _at_work():
            form.add_error(None, "Another load is at work. Wait until it has ended, then send this again.")
        elif form.is_valid():
            return redirect("work", job=_taken(request, form).ref)
    return render(
        request,
        "evenlode/send.html",
        {"form": form, "most": _most(), "crumbs": [("Data", "/data"), ("Send extracts", None)]},
    )


def _taken(request: Asked, form: SendForm) -> Job:
    """Keeps the files for the work to come, and asks for it."""
    said = form.cleaned_data
    files = [f for f in said["sent"] if isinstance(f, PrivateFile)][:MOST_FILES]
    ref = uuid.uuid4().hex
    return ask(
        JobKind.LOAD,
        by=request.door.person_id,
        at=request.door.at,
        ref=ref,
        files=take_over(files, ref),
        as_at=said["as_at"].isoformat() if said["as_at"] else None,
        partial=said["partial"],
        older=said["older"],
    )


def _at_work() -> bool:
    kinds = [JobKind.LOAD, JobKind.WITHDRAW]
    return Job.objects.filter(kind__in=kinds, state__in=[JobState.WAITING, JobState.RUNNING]).exists()


def _most() -> int:
    return int(settings.EVENLODE.upload_bytes) // 1024**2


def withdraw_page(request: Asked, row: LoadRow) -> HttpResponse:
    """The reason for taking a load out, and the asking for it."""
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        must(request)
        if not row.stands:
            form.add_error(None, "This load is not in the record any more. Nothing was changed.")
        elif _at_work():
            form.add_error(None, "Another load is at work. Wait until it has ended, then ask again.")
        else:
            job = ask(
                JobKind.WITHDRAW,
                by=request.door.person_id,
                at=request.door.at,
                load=row.load_id,
                why=form.cleaned_data["reason"].strip(),
            )
            return redirect("work", job=job.ref)
    crumbs = [("Data", "/data"), (f"Load {row.load_id}", f"/data/load/{row.load_id}"), ("Take it out", None)]
    return render(request, "evenlode/withdraw.html", {"form": form, "row": row, "crumbs": crumbs})


def refresh_figures(request: Asked) -> HttpResponse:
    """Asks for the figures to be worked out anew, by the settings in force now."""
    must(request)
    waiting = Job.objects.filter(kind=JobKind.REFRESH, state=JobState.WAITING).first()
    if waiting is not None:
        messages.info(request, "That has been asked for already.")
        return redirect("work", job=waiting.ref)
    job = ask(JobKind.REFRESH, by=request.door.person_id, at=request.door.at)
    return redirect("work", job=job.ref)
