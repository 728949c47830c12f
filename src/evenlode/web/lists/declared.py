"""How a list is declared: its columns, what narrows it, and in which order it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q

from evenlode.access import Visible
from evenlode.reports.sheets import Value
from evenlode.web.lists.cell import Cell
from evenlode.web.lists.reader import Reader

Rows = Any
"""A question to the database within somebody's scope, or a plain sequence of objects."""


@dataclass(frozen=True)
class Column:
    """One column.

    name: what stands for it in the address; a short word, never a person's.
    reads: from a row to what stands there: a plain value, or a Cell where it leads somewhere or is a state.
    sorts: the fields that put the list in its order, a minus sign before one that goes from the largest;
    without any, nobody can sort by it.  blank: what the page says where nothing is known.
    page, file: whether it stands on the page and in the files.  width: how wide a spreadsheet shows it.
    """

    heading: str
    name: str
    reads: Callable[[Any, Reader], Cell | Value]
    sorts: tuple[str, ...] = ()
    figure: bool = False
    blank: str = "not known"
    page: bool = True
    file: bool = True
    width: int = 16


@dataclass(frozen=True)
class Filter:
    """One choice that narrows a list.

    name: what stands for it in the address.  choices: value and words of each, from the rows that are the
    reader's; a value stands in the address, so it is an id of a rule or team or a reference, never a name or a date.
    narrows: from the rows and the value that was chosen to the rows that are left.
    """

    name: str
    label: str
    choices: Callable[[Rows, Reader], Sequence[tuple[str, str]]]
    narrows: Callable[[Rows, str, Reader], Rows]
    every: str = "All"


@dataclass(frozen=True)
class ListPage:
    """One list of the service.

    name: what stands for it in the file's name and the audit trail.  title: what a file is headed by.
    noun: what one row is, as "finding" or "child/children".  first: the fields of the order in which it
    stands at first.  none: what is said where nobody is on it.
    within: which rows a reach takes in, for files; the rows' own model says it, unless this does.
    gathers: what is looked up once for all rows that are shown (`Reader.gathered`).  defers: fields that
    no column reads.
    """

    name: str
    title: str
    noun: str
    columns: tuple[Column, ...]
    filters: tuple[Filter, ...] = ()
    first: tuple[str, ...] = ()
    none: str = "Nothing is on this list."
    within: Callable[[Visible], Q] | None = None
    gathers: Callable[[Sequence[Any], Reader], Any] | None = None
    defers: tuple[str, ...] = ()
