"""How a field of a list stands on the page.

It is put together here and not by a template for each of some four hundred fields, which would take longer than all
else on the page; what a state looks like stays in its own template.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from evenlode.reports.sheets import Value
from evenlode.web.lists.cell import Cell
from evenlode.web.lists.declared import Column
from evenlode.web.lists.reader import Reader

NOTHING = mark_safe("")
BREAK = mark_safe("<br>")


@dataclass(frozen=True)
class Shown:
    """One field of the page.  label: its heading; attributes: of its cell; html: what stands in it."""

    label: str
    html: SafeString
    attributes: SafeString


FIGURE = mark_safe(' class="ev-figure"')
TOGETHER = mark_safe(' class="ev-nowrap"')


def drawn(column: Column, said: Cell | Value, reader: Reader) -> Shown:
    """A field as the page shows it; what is not known says so and is never left blank."""
    cell = said if isinstance(said, Cell) else Cell(said)
    together = isinstance(cell.value, date) and not cell.words
    attributes = FIGURE if column.figure else TOGETHER if together else NOTHING
    return Shown(column.heading, _head(column, cell, reader) + _under(cell, reader), attributes)


def _head(column: Column, cell: Cell, reader: Reader) -> SafeString:
    """What stands first: a state, a link, lines or plain words."""
    if cell.lines:
        lines = format_html_join("", "<li>{}</li>", ((line,) for line in cell.lines))
        return format_html('<ul class="ev-plain ev-cell-lines">{}</ul>', lines)
    words = cell.words or plain(cell.value, reader)
    if not words:
        return NOTHING if cell.small else format_html('<span class="ev-soft">{}</span>', column.blank)
    if cell.shape:
        return state_html(cell.shape, words)
    if cell.url:
        return format_html('<a href="{}">{}</a>', cell.url, words)
    return format_html("{}", words)


def _under(cell: Cell, reader: Reader) -> SafeString:
    """The small lines; the first stands alone where nothing is above it."""
    if not cell.small:
        return NOTHING
    lines = format_html_join(
        BREAK, '<span class="ev-soft ev-small">{}</span>', ((line,) for line in cell.small)
    )
    above = not cell.lines and bool(cell.words or plain(cell.value, reader))
    return BREAK + lines if above else lines


@lru_cache(maxsize=4096)
def state_html(shape: str, words: str) -> SafeString:
    """A state as every page draws it."""
    return render_to_string("evenlode/parts/state.html", {"shape": shape, "words": words})


def plain(value: Value, reader: Reader) -> str:
    """A value in words."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return reader.day(value)
    if isinstance(value, Decimal):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value
