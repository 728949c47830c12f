"""Short words with which fills are declared: how a column of the record comes of a list's cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import pyarrow.compute as pc

from evenlode.extracts.derived import constant
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Maker

BY_NAME = "name: "
"""Stands before the id of a worker or team that a format knows by name only: a name is no key."""

_LETTER = re.compile(r"^[a-z]{1,2}\)\s*")
_ONE_LETTER = re.compile(r"^([A-Z])(?![A-Za-z])")
_INNER = re.compile(r"^(RC\d|PR\d|RD\d|PN\d|[A-Z]{1,2}\d{1,2}[A-Z]?|[A-Z]{4}|\d{1,2}[A-F]?)\b")


def same(column: str) -> Maker:
    """The cell as it stands."""
    return Maker((column,), lambda cells: cells.text(column), plain=True)


def first_of(*columns: str) -> Maker:
    """The first of several cells that holds anything."""
    return Maker(columns, lambda cells: pc.coalesce(*(cells.text(c) for c in columns)))


def joined(*columns: str) -> Maker:
    """Several cells as one text: the id of a row whose format gives it none."""
    return Maker(columns, lambda cells: cells.joined(*columns))


def made(name: str, *of: str) -> Maker:
    """A column that was worked out across rows; `of`: the cells that it was worked out from."""
    return Maker(of, lambda cells: cells.text(name))


def always(text: str) -> Maker:
    """The same text in every row."""
    return Maker((), lambda cells: constant(text, cells.size))


def where(column: str, text: str, column_is: Callable[[str], bool], *, else_text: str | None = None) -> Maker:
    """A text where a cell says so, else another or nothing."""
    return Maker(
        (column,), lambda cells: cells.by_value(column, lambda v: text if column_is(v) else else_text)
    )


def when_filled(column: str, text: str) -> Maker:
    """A text where a cell holds anything at all."""
    return Maker((column,), lambda cells: cells.by_value(column, lambda _: text))


def code(column: str, meanings: Mapping[str, str] | None = None) -> Maker:
    """The inner code of a cell such as "f) U6: Foster placement", or what its words mean."""
    known = {said(word): meant for word, meant in (meanings or {}).items()}
    return Maker((column,), lambda cells: cells.by_value(column, lambda v: inner_code(v, known)))


def meant(column: str, meanings: Mapping[str, str], *, unknown: str | None = None) -> Maker:
    """What a cell's words mean; what no list knows becomes `unknown` (blank)."""
    known = {said(word): meaning for word, meaning in meanings.items()}
    return Maker((column,), lambda cells: cells.by_value(column, lambda v: known.get(said(v), unknown)))


def named(column: str) -> Maker:
    """An id for somebody whom the format knows by name only: the same name is taken as the same person."""
    return Maker((column,), lambda cells: cells.by_value(column, lambda v: BY_NAME + one_name(v)))


def name_of(column: str) -> Maker:
    """A name, forename first, single spaces."""
    return Maker((column,), lambda cells: cells.by_value(column, one_name))


def accommodation(column: str) -> Maker:
    """The single letter of a kind of accommodation, as in "U: Independent living" or "e) U - Independent"."""

    def letter(value: str) -> str:
        found = _ONE_LETTER.match(_LETTER.sub("", " ".join(value.split())))
        return found[1] if found else value.strip()

    return Maker((column,), lambda cells: cells.by_value(column, letter))


def no_place(*columns: str) -> Callable[[Cells], str | None]:
    """Says of which columns the record has no place, where they hold anything."""

    def say(cells: Cells) -> str | None:
        heads = [
            cells.grid.headings[cells.recognised.places[c]]
            for c in columns
            if cells.has(c) and cells.text(c).null_count < cells.size
        ]
        return f"the record has no place for {', '.join(heads)}; not kept" if heads else None

    return say


def said(value: str) -> str:
    """A cell's words for comparing: no letter before them, lower case, single spaces, no curly quotes."""
    text = " ".join(value.replace("\u00a0", " ").replace("\u2019", "'").split()).lower()
    return _LETTER.sub("", text).strip(" .")


def inner_code(value: str, known: Mapping[str, str]) -> str:
    """The code inside a cell where there is one, else the meaning of its words, else the cell."""
    words = said(value)
    if words in known:
        return known[words]
    found = _INNER.match(_LETTER.sub("", " ".join(value.split())).upper())
    return found[1] if found else value.strip()


def one_name(value: str) -> str:
    """A name in one form, forename first: "Dummyford, Wren" and "Wren Dummyford" are the same."""
    text = " ".join(value.replace("\u00a0", " ").split())
    last, comma, first = text.partition(",")
    return f"{first.strip()} {last.strip()}" if comma and first.strip() else text
