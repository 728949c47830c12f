"""Council: our totals beside the council's own, measures beside England and others, and each measure by itself."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenlode.access import Target, Thing, Verb
from evenlode.measures.book import MEASURES, in_words, needs
from evenlode.measures.measure import Level, Measure, Status
from evenlode.published import INDICATORS
from evenlode.web.charts import Others, comparison_dots, comparison_key, in_figures
from evenlode.web.council import policy
from evenlode.web.lists.answering import KINDS
from evenlode.web.models import Figures, MeasureFigure
from evenlode.web.month_trends import (
    Of,
    alarms,
    kind_of,
    months_of,
    now_of,
    since_inspection,
    trend,
    unit_of,
    words_of,
)
from evenlode.web.page import Asked, of
from evenlode.web.sorting import headings, in_order, paged

TOTALS = {
    "open_children": "Open children",
    "child_protection": "On a child protection plan",
    "looked_after": "Looked after",
    "cin_plans": "On a child in need plan",
    "care_leavers": "Care leavers",
    "case_holding_workers": "Workers who hold children",
}
"""The totals that a council compares, in words."""
COLUMNS = (
    ("measure", "Measure", "name"),
    ("now", "Now", "value"),
    ("above", "Of these", "above"),
    ("below", "Out of", "below"),
    ("said", "Beside it", ""),
)


@dataclass(frozen=True)
class Row:
    """One measure of the council in the list."""

    measure: Measure
    name: str
    words: str
    value: Decimal | None
    above: Decimal | None
    below: Decimal | None
    said: str


class Narrowing(forms.Form):
    """What narrows the list of measures."""

    kind = forms.ChoiceField(
        label="Which",
        required=False,
        choices=[
            ("", "All measures"),
            ("published", "Published for other councils too"),
            ("monthly", "Told at month ends"),
            ("unknown", "Cannot tell"),
        ],
    )
    words = forms.CharField(label="With the words", required=False, max_length=60)


def council(request: Asked) -> HttpResponse:
    """The council's measures with what stands beside them."""
    figures = of(request)
    whole = Of(Level.COUNCIL, figures.la_code)
    now = now_of(figures, whole)
    day_policy = policy().on(figures.as_at)
    rises = alarms(months_of(whole, figures.as_at), day_policy)
    inspected, end, then = since_inspection(whole, figures, day_policy)
    form = Narrowing(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    rows = [row for row in _rows(now) if _wanted(row, asked)]
    totals = _totals(figures)
    return render(
        request,
        "evenlode/council.html",
        {
            "totals": totals,
            "told": [t for t in totals if t["theirs"] is not None],
            "differ": [t for t in totals if t["difference"]],
            "wrong": figures.told.get("beside_wrong") or [],
            "totals_file": settings.EVENLODE.home / "totals.csv",
            "published_folder": settings.EVENLODE.published,
            "beside": _beside(now),
            "key": comparison_key("ours now", "ours, as published", "statistical neighbours", "region"),
            "alarms": rises,
            "inspected": inspected,
            "before": end,
            "then": then,
            "form": form,
            "filtered": any(asked.values()),
            "headings": headings(request, COLUMNS, figures_from=1),
            **paged(request, in_order(rows, request.GET.get("sort", ""), {n: f for n, _, f in COLUMNS if f})),
            "every": len(MEASURES),
            "exports": _exports(request),
        },
    )


def _exports(request: Asked) -> list[dict[str, str]]:
    """The files that the measures can be saved as, for whoever may take them away."""
    if not request.door.may(Verb.EXPORT, Target(thing=Thing.COUNCIL_MEASURES)):
        return []
    return [
        {"label": label, "url": f"{reverse('measures-file')}?file={kind}"}
        for kind, (label, _) in KINDS.items()
    ]


def _rows(now: dict[str, MeasureFigure]) -> list[Row]:
    found = []
    for measure in MEASURES:
        row = now.get(measure.id)
        value = row.value if row is not None else None
        said = (row.note or row.why) if row is not None else "not in the figures of this load"
        found.append(
            Row(
                measure,
                measure.name,
                words_of(measure, row),
                value,
                row.numerator if row else None,
                row.denominator if row else None,
                said,
            )
        )
    return found


def _wanted(row: Row, asked: dict[str, str]) -> bool:
    kinds = {
        "": True,
        "published": row.measure.id in INDICATORS,
        "monthly": row.measure.monthly,
        "unknown": row.value is None,
    }
    text = f"{row.measure.id} {row.measure.name} {row.measure.question}".casefold()
    return kinds[asked.get("kind", "")] and all(w in text for w in asked.get("words", "").casefold().split())


def _totals(figures: Figures) -> list[dict[str, Any]]:
    told = figures.told.get("totals")
    found = []
    for line in told if isinstance(told, list) else []:
        theirs = line["theirs"]
        difference = line["ours"] - theirs if theirs is not None else 0
        found.append({**line, "name": TOTALS.get(line["measure"], line["measure"]), "difference": difference})
    return found


def _beside(now: dict[str, MeasureFigure]) -> list[dict[str, Any]]:
    """The measures for which the Department publishes figures, each with its comparison."""
    found = []
    for measure in MEASURES:
        row = now.get(measure.id)
        if row is None or not row.beside:
            continue
        told = row.beside
        them = Others(
            measure.name,
            row.value if row.status == Status.OK else None,
            before=_number(told.get("own")),
            neighbours=_number(told.get("neighbours")),
            region=_number(told.get("region")),
            england=_number(told.get("england")),
            unit=unit_of(measure),
            before_when=f"as published for {told.get('year')}",
            neighbours_name="statistical neighbours",
        )
        cells = [
            in_figures(value, unit_of(measure)) if value is not None else "not published"
            for value in (them.before, them.neighbours, them.region, them.england)
        ]
        found.append(
            {
                "measure": measure,
                "now": words_of(measure, row),
                "cells": cells,
                "chart": comparison_dots(them),
                "year": told.get("year"),
                "edition": told.get("vintage", ""),
                "taken": told.get("taken", ""),
                "note": told.get("note", ""),
            }
        )
    return found


def _number(value: object) -> Decimal | None:
    try:
        return None if value in {None, ""} else Decimal(str(value))
    except InvalidOperation:
        return None


def one_measure(request: Asked, measure: Measure) -> HttpResponse:
    """One measure: what it asks, what is above and below the line, what it does not tell, its trend, its services."""
    figures = of(request)
    whole = Of(Level.COUNCIL, figures.la_code)
    row = now_of(figures, whole, [measure.id]).get(measure.id)
    rows = months_of(whole, figures.as_at, [measure.id]).get(measure.id, [])
    services = MeasureFigure.objects.filter(
        figures=figures, level=Level.SERVICE, measure_id=measure.id
    ).order_by("unit_name")
    return render(
        request,
        "evenlode/measure.html",
        {
            "measure": measure,
            "kind": kind_of(measure),
            "words": words_of(measure, row),
            "row": row,
            "above": in_words(measure.formula.above),
            "below": in_words(measure.formula.below),
            "needs": needs(measure),
            "trend": trend(measure, rows) if rows else None,
            "months": rows,
            "services": [{"name": s.unit_name, "words": words_of(measure, s), "row": s} for s in services],
            "beside": next(iter(_beside({measure.id: row})), None) if row else None,
            "key": comparison_key("ours now", "ours, as published", "statistical neighbours", "region"),
            "crumbs": [("Council", "/council"), (measure.name, None)],
        },
    )
