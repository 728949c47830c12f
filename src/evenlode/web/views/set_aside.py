"""Rows that were set aside in reading, as they came."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render

from evenlode.access import Thing
from evenlode.web.models import SetAsideRow
from evenlode.web.page import Asked, of
from evenlode.web.sorting import headings, paged

COLUMNS = (
    ("file", "File", "file"),
    ("row", "Row", "row_number"),
    ("table", "Table", "table"),
    ("why", "Why it was set aside", "reason"),
    ("cells", "The row as it came", ""),
)


def set_aside(request: Asked) -> HttpResponse:
    """The rows, by file and number, with the reason of each."""
    figures = of(request)
    rows = SetAsideRow.objects.visible_to(request.door.visible(Thing.QUARANTINED_ROWS)).filter(
        figures=figures
    )
    form = narrowing(rows, request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    narrowed = rows.filter(**{name: value for name, value in chosen.items() if value})
    fields = {name: field for name, _, field in COLUMNS if field}
    asked = request.GET.get("sort", "")
    field = fields.get(asked.removeprefix("-"))
    order = [f"-{field}" if asked.startswith("-") else field] if field else []
    shown = paged(request, narrowed.order_by(*order, "file", "row_number", "pk"))
    return render(
        request,
        "evenlode/set_aside.html",
        {
            "form": form,
            "filtered": any(chosen.values()),
            **shown,
            "headings": headings(request, COLUMNS, figures_from=99),
            "rows": [{"row": row, "cells": cells(row.values)} for row in shown["page"]],
            "crumbs": [("Data", "/data"), ("Rows set aside", None)],
        },
    )


def narrowing(rows: Any, asked: Any) -> forms.Form:
    """What narrows the list: the file and the table, of those that there are."""
    form = forms.Form(asked)
    for name, label in (("file", "File"), ("table", "Table")):
        there = rows.order_by(name).values_list(name, flat=True).distinct()
        form.fields[name] = forms.ChoiceField(
            label=label, required=False, choices=[("", "All"), *((one, one) for one in there)]
        )
    return form


def cells(values: str) -> list[tuple[str, str]]:
    """The filled cells of a row, each with its heading."""
    try:
        said = json.loads(values)
    except ValueError:
        return [("row", values)]
    if not isinstance(said, dict):
        return [("row", values)]
    return [(str(name), str(value)) for name, value in said.items() if value not in {"", None}]
