"""Rows that were set aside in reading, as they came."""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpResponse

from evenlode.access import Thing
from evenlode.web.lists import Cell, Column, Filter, ListPage, Reader, answer, of_rows
from evenlode.web.models import SetAsideRow
from evenlode.web.page import Asked, of
from evenlode.web.settings_shown import spoken


def set_aside(request: Asked) -> HttpResponse:
    """The rows, by file and number, with the reason of each."""
    rows = SetAsideRow.objects.visible_to(request.door.visible(Thing.QUARANTINED_ROWS))
    crumbs = [("Data", "/data"), ("Rows set aside", None)]
    return answer(
        request, SET_ASIDE, rows.filter(figures=of(request)), "evenlode/set_aside.html", {"crumbs": crumbs}
    )


def cells(values: str) -> list[tuple[str, str]]:
    """The filled cells of a row, each with its heading."""
    try:
        said = json.loads(values)
    except ValueError:
        return [("row", values)]
    if not isinstance(said, dict):
        return [("row", values)]
    return [(str(name), str(value)) for name, value in said.items() if value not in {"", None}]


def as_it_came(row: SetAsideRow, _: Reader) -> Cell:
    """The filled cells under one another."""
    return Cell(row.values, lines=tuple(f"{name}: {value}" for name, value in cells(row.values)))


def _of(field: str) -> Any:
    return lambda rows, value, _: rows.filter(**{field: value})


SET_ASIDE = ListPage(
    name="rows-set-aside",
    title="Rows set aside",
    noun="row",
    columns=(
        Column("File", "file", lambda row, _: row.file, ("file", "row_number"), width=40),
        Column("Row", "row", lambda row, _: row.row_number, ("row_number",), figure=True, blank="whole file"),
        Column("Table", "table", lambda row, _: spoken(row.table), ("table",), width=20),
        Column("Why it was set aside", "why", lambda row, _: row.reason, ("reason",), width=60),
        Column("The row as it came", "cells", as_it_came, width=80),
    ),
    filters=(
        Filter("table", "Table", of_rows("table", lambda table, _: spoken(table)), _of("table")),
        Filter("load", "Load", of_rows("load", lambda load, _: load), _of("load")),
    ),
    first=("file", "row_number"),
    none="No row was set aside.",
)
