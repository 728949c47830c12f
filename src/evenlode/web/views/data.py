"""Data: what was loaded and what became of it, what was set aside, what is doubtful, how far it reaches."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from evenlode.access import Target, Thing, Verb
from evenlode.quality.book import DOUBT_BY_ID
from evenlode.web.models import CoverageFigure, DoubtFigure, Figures, Job, JobKind, LoadRow, TeamFigure
from evenlode.web.page import Asked, Found, NotThere
from evenlode.web.settings_shown import names_of_people, spoken
from evenlode.web.views.whole_tables import has_to_do
from evenlode.web.working import somebody_works

AT_ONCE = 50
LATEST_WORK = 5
SEVERITY = {"red": ("over", "Grave"), "amber": ("near", "Worth a look"), "note": ("note", "Note")}
TABLE, MONTH, TEAM = "table", "month", "team"


def data(request: Asked) -> HttpResponse:
    """Loads with their receipts, what is being worked on, doubts and how far the tables reach."""
    figures = request.figures
    loads = Paginator(LoadRow.objects.order_by("-at", "-load_id"), AT_ONCE).get_page(request.GET.get("page"))
    people = names_of_people(row.by for row in loads)
    door = request.door
    return render(
        request,
        "evenlode/data.html",
        {
            "page": loads,
            "pages": loads.paginator.get_elided_page_range(loads.number),
            "loads": [{"row": row, "by": people.get(row.by, row.by)} for row in loads],
            "work": _work(),
            "may_send": door.may(Verb.RECORD, Target(thing=Thing.LOADS)),
            "may_take": has_to_do(door),
            "may_read_rows": door.may_list(Thing.QUARANTINED_ROWS),
            "set_aside": figures.set_aside if figures else 0,
            "grave": [d for d in doubts(figures) if d["grave"]],
            "stops": _stops(figures),
        },
    )


def _work() -> list[dict[str, Any]]:
    kinds = [JobKind.LOAD, JobKind.WITHDRAW, JobKind.REFRESH]
    rows = list(Job.objects.filter(kind__in=kinds).order_by("-asked_at")[:LATEST_WORK])
    people = names_of_people(row.by for row in rows)
    return [{"row": row, "by": people.get(row.by, row.by), "words": words_of(row)} for row in rows]


def words_of(job: Job) -> str:
    """What a piece of work is, in words."""
    return {
        JobKind.LOAD: "Load of an extract",
        JobKind.WITHDRAW: f"Taking out load {job.asked.get('load', '')}",
        JobKind.REFRESH: "Working figures out anew",
        JobKind.PREVIEW: "Preview of a change of policy",
    }[JobKind(job.kind)]


def doubts(figures: Figures | None) -> list[dict[str, Any]]:
    """Every doubt about the data of a load that was found or could not be looked for; grave ones first."""
    rows = DoubtFigure.objects.filter(figures=figures)
    order = {doubt_id: place for place, doubt_id in enumerate(DOUBT_BY_ID)}
    weight = {"red": 0, "amber": 1, "note": 2}
    found = []
    for row in sorted(rows, key=lambda r: (weight.get(r.severity, 3), order.get(r.doubt_id, 999))):
        declared = DOUBT_BY_ID.get(row.doubt_id)
        if declared is None:
            continue
        shape, words = SEVERITY[row.severity]
        found.append(
            {
                "row": row,
                "doubt": declared,
                "shape": shape,
                "words": words,
                "unknown": row.found is None,
                "so_many": f"{row.found or 0:,} of {row.of or 0:,} {declared.rows}",
                "grave": bool(row.found) and row.severity == "red",
            }
        )
    return found


def _stops(figures: Figures | None) -> list[dict[str, Any]]:
    rows = CoverageFigure.objects.filter(figures=figures, level=TABLE, verdict="stops early")
    return [{"name": spoken(row.table), "newest": row.newest} for row in rows.order_by("table")]


def doubts_page(request: Asked) -> HttpResponse:
    """Every doubt about the data: so many of so many, what it spoils, and who mends it."""
    every = doubts(request.figures)
    return render(
        request,
        "evenlode/doubts.html",
        {
            "found": [d for d in every if d["row"].found],
            "unknown": [d for d in every if d["unknown"]],
            "clean": [d for d in every if d["row"].found == 0],
            "crumbs": [("Data", "/data"), ("Doubts", None)],
        },
    )


def coverage(request: Asked) -> HttpResponse:
    """How far each table reaches, month by month and team by team."""
    figures = request.figures
    rows = list(CoverageFigure.objects.filter(figures=figures).order_by("table", "month", "team_id"))
    there = TeamFigure.objects.visible_to(request.door.visible(Thing.LOADS, Verb.SEE))
    teams = dict(there.filter(figures=figures).values_list("team_id", "name"))
    months = sorted({r.month for r in rows if r.level == MONTH and r.month})
    by_month = {(r.table, r.month): r for r in rows if r.level == MONTH}
    return render(
        request,
        "evenlode/coverage.html",
        {
            "tables": [{"name": spoken(r.table), "row": r} for r in rows if r.level == TABLE],
            "months": months,
            "by_month": [
                {"table": spoken(table), "cells": [by_month.get((table, month)) for month in months]}
                for table in dict.fromkeys(r.table for r in rows if r.level == MONTH)
            ],
            "thin_teams": sorted(
                (
                    {"name": teams.get(r.team_id, r.team_id), "table": spoken(r.table), "row": r}
                    for r in rows
                    if r.level == TEAM and r.verdict == "thin"
                ),
                key=lambda t: (t["name"], t["row"].table),
            ),
            "crumbs": [("Data", "/data"), ("Coverage", None)],
        },
    )


RECEIPT = {
    "read": "Read",
    "kept": "Kept",
    "quarantined": "Set aside",
    "added": "Added",
    "changed": "Changed",
    "unchanged": "Unchanged",
    "removed": "Removed",
}
"""The counts of a receipt, in the order and the words of its page."""


def one_load(request: Asked, row: LoadRow) -> HttpResponse:
    """The receipt of one load or withdrawal."""
    people = names_of_people([row.by])
    may_change = request.door.may(Verb.CHANGE, Target(thing=Thing.LOADS, reason_given=True))
    return render(
        request,
        "evenlode/load.html",
        {
            "row": row,
            "by": people.get(row.by, row.by),
            "receipt_headings": list(RECEIPT.values()),
            "receipt": [
                (spoken(str(t["table"])), [f"{t[count]:,}" for count in RECEIPT]) for t in row.tables
            ],
            "may_withdraw": may_change and row.stands,
            "crumbs": [("Data", "/data"), (f"Load {row.load_id}", None)],
        },
    )


def find_load(thing: Thing = Thing.LOADS, *, reason: bool = False) -> Any:
    """The load whose number stands in the address."""

    def find(request: Asked, load: str) -> Found:
        row = LoadRow.objects.filter(load_id=load).first()
        if row is None:
            raise NotThere
        said = bool(reason and request.POST.get("reason", "").strip())
        return Found(Target(thing=thing, reason_given=said), row, load)

    return find


def job_page(request: Asked, job: Job) -> HttpResponse:
    """How far a piece of work is; it renews itself where script runs, and by reloading where none does."""
    dead = not job.over and bool(job.started_at) and not somebody_works()
    loads = {row.load_id: row for row in LoadRow.objects.filter(load_id=job.load_id)} if job.load_id else {}
    waited = (timezone.now() - job.asked_at).total_seconds()
    context = {
        "job": job,
        "words": words_of(job),
        "by": names_of_people([job.by]).get(job.by, job.by),
        "dead": dead,
        "stuck": job.state == "waiting" and waited > 60 and not somebody_works(),
        "load": loads.get(job.load_id),
        "crumbs": [("Data", "/data"), (words_of(job), None)],
    }
    part = "evenlode/parts/work.html" if getattr(request, "htmx", False) else "evenlode/job.html"
    return render(request, part, context)


def find_job(request: Asked, job: str) -> Found:
    """The piece of work whose reference stands in the address."""
    del request
    row = Job.objects.filter(ref=job).exclude(kind=JobKind.PREVIEW).first()
    if row is None:
        raise NotThere
    return Found(Target(thing=Thing.LOADS), row, job)
