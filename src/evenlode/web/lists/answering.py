"""Answers with a list: as a page, or as a file of exactly the rows that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render

from evenlode.access import Target, Thing, Verb
from evenlode.reports.sheets import Heading, Sheet, Value, csv_bytes, workbook_bytes
from evenlode.web.limits import take
from evenlode.web.lists.asked import Listing
from evenlode.web.lists.cell import Cell
from evenlode.web.lists.declared import ListPage, Rows
from evenlode.web.lists.reader import reader_of
from evenlode.web.page import Asked, NotThere, of

KINDS = {
    "csv": ("CSV", "text/csv; charset=utf-8"),
    "xlsx": ("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}
"""The files that a list is saved as: what stands in the address, its name, its type."""
MOST = 5000
"""So many rows a file takes: whole tables are had by two people (`Thing.BULK_EXPORT`)."""
AS_AT = "Figures as at"
"""The first column of every file."""


def answer(
    request: Asked, declared: ListPage, rows: Rows, template: str, around: Mapping[str, Any] | None = None
) -> HttpResponse:
    """The page with the list on it (`list` in the template), or the file that was asked for.

    rows: those within the reader's scope.  Raises NotThere for a file that is not the reader's.
    """
    one = Listing(declared, rows, reader_of(request.door, of(request)), request.GET)
    one.may_save = request.door.may(Verb.EXPORT, Target(thing=Thing.LIST_EXPORT))
    kind = request.GET.get("file", "")
    if kind in KINDS and one.form.is_valid() and one.count <= MOST:
        return saved(request, one, kind)
    return render(request, template, {**(around or {}), "list": one, "exports": exports(one), "most": MOST})


def exports(one: Listing) -> list[dict[str, str]]:
    """The files that the list can be saved as; none for whoever may not, or where there are no rows or too many."""
    if not one.may_save or not 0 < one.count <= MOST:
        return []
    return [{"label": label, "url": one.address(file=kind)} for kind, (label, _) in KINDS.items()]


def saved(request: Asked, one: Listing, kind: str) -> HttpResponse:
    """The list as a file; who saved it is decided here and written in the trail."""
    decision = request.door.ask(Verb.EXPORT, Target(thing=Thing.LIST_EXPORT), thing_id=one.declared.name)
    if not decision.allowed:
        raise NotThere
    take(request.door, Verb.EXPORT, Thing.LIST_EXPORT)
    sheet = sheet_of(one, _within(request, one))
    made = csv_bytes(sheet) if kind == "csv" else workbook_bytes([sheet])
    reply = HttpResponse(made, content_type=KINDS[kind][1])
    day = one.reader.figures.as_at.isoformat()
    reply["Content-Disposition"] = f'attachment; filename="{one.declared.name}-{day}.{kind}"'
    return reply


def _within(request: Asked, one: Listing) -> list[Any]:
    """The rows that a file may hold: those of the page that the reach for files takes in too."""
    rows = one.ordered
    if not isinstance(rows, QuerySet):
        return list(rows)
    visible = request.door.visible(Thing.LIST_EXPORT, Verb.EXPORT)
    within = one.declared.within or getattr(rows.model, "within", None)
    kept = rows.filter(within(visible)) if within else rows
    return list(kept.defer(*one.declared.defers))


def sheet_of(one: Listing, rows: list[Any]) -> Sheet:
    """The rows as a table; the figures' date is its first column and stands in its note."""
    as_at = one.reader.figures.as_at
    columns = [c for c in one.declared.columns if c.file]
    reader = one.reader_for(rows)
    table: list[list[Value]] = [[as_at, *(_value(c.reads(row, reader)) for c in columns)] for row in rows]
    said = "; ".join([*one.chosen_in_words, f"{len(rows):,} rows" if len(rows) != 1 else "1 row"])
    return Sheet(
        one.declared.title,
        (Heading(AS_AT, "date"), *(Heading(c.heading, width=c.width) for c in columns)),
        table,
        note=f"{one.declared.title}. {AS_AT} {as_at.day} {as_at:%B %Y}. {said}.",
    )


def _value(said: Cell | Value) -> Value:
    return said.value if isinstance(said, Cell) else said
