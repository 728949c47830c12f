"""Empty layouts that a council can fill in, each saying what every column means."""

from __future__ import annotations

import re

from evenlode.extracts.layouts import LOCAL_SOURCES, SSD_TEAM
from evenlode.record.columns import Column, Kind, Table
from evenlode.record.key_dates import KEY_DATES
from evenlode.record.tables import TABLES
from evenlode.reports.sheets import Heading, Sheet

FORMS_OF: dict[Kind, str] = {
    Kind.ID: "an id, exactly as in the case system",
    Kind.TEXT: "text",
    Kind.DATE: "a date, such as 2026-11-20 or 20/11/2026",
    Kind.FLAG: "Y or N; blank where not known",
    Kind.NUMBER: "a number",
    Kind.INTEGER: "a whole number",
    Kind.JSON: "JSON",
}
_OURS = re.compile(r"[a-z0-9_]+")


def template_sheets(name: str) -> list[Sheet]:
    """The layout to fill in, and beside it what each column means.

    name: one of the layouts of `LOCAL_SOURCES`.  Raises KeyError for any other.
    """
    table = TABLES[LOCAL_SOURCES[name]]
    columns = [c for c in table.read_columns if c.source]
    empty = Sheet(name, tuple(Heading(heading_of(c), width=20) for c in columns), [])
    return [empty, _meanings(table, columns), *([_kinds()] if table.name == "key_date" else [])]


def heading_of(column: Column) -> str:
    """The heading that a template gives a column: the proposed one, in small letters."""
    own = [h for h in column.source if not h.startswith(SSD_TEAM)]
    small = [h for h in own if _OURS.fullmatch(h)]
    return next((h for h in small if "_" in h), (small or own)[0])


def _meanings(table: Table, columns: list[Column]) -> Sheet:
    rows = [
        (heading_of(c), c.meaning, FORMS_OF[c.kind], "yes" if _needed(table, c) else "", ", ".join(c.source))
        for c in columns
    ]
    return Sheet(
        "What the columns mean",
        (
            Heading("column", width=24),
            Heading("means", width=60),
            Heading("holds", width=34),
            Heading("needed", width=10),
            Heading("also known as", width=40),
        ),
        rows,
        f"{table.row} {table.note}".strip(),
    )


def _needed(table: Table, column: Column) -> bool:
    return column.required or any(column.name in group for group in table.needs_one_of)


def _kinds() -> Sheet:
    return Sheet(
        "Kinds of date",
        (
            Heading("kind", width=32),
            Heading("about", width=10),
            Heading("start_date", width=50),
            Heading("done_date", width=60),
        ),
        [(k.kind, k.of, k.start, k.done) for k in KEY_DATES],
    )
