"""How a format is declared whose rows fill several tables of the record.

An Annex A list, a file of the SSDA903 return or an element of a census is first read as a list of its
own, with its own headings; its `Fill`s then say, table by table, which columns of the record come of it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import pyarrow as pa

from evenlode.extracts.forms.cells import Cells
from evenlode.record.columns import Table

Prepare = Callable[[Sequence[Cells]], list[Cells]]
"""Works across the rows of every file of a list: rows may be set aside, and columns added."""


@dataclass(frozen=True)
class Maker:
    """How one column of the record is made from the cells of a list.

    of: the list's columns that it is made of; the first gives the heading that a load report names.
    plain: the cell is taken as it stands.
    """

    of: tuple[str, ...]
    make: Callable[[Cells], pa.Array]
    plain: bool = False


@dataclass(frozen=True)
class Fill:
    """One table of the record as a list fills it.

    where: only rows with something in each of these columns of the list.
    only: only rows for which this holds.
    once: one row for each value of this column of the record, however often lists repeat it.
    rank: where lists repeat a row, the one with the highest rank stands, and of those the fullest.
    gaps: what the row that stands lacks is taken from the others of the same id.
    latest_only: the list tells the newest of each and nothing of those before.
    year_only: the list tells the rows of its year; no row says nothing of the years before.
    not_told: columns that stand in for what the list does not tell; no rule may lean on them.
    """

    table: str
    columns: Mapping[str, Maker]
    where: tuple[str, ...] = ()
    only: Callable[[Cells], pa.Array] | None = None
    once: str = ""
    rank: int = 0
    gaps: bool = False
    latest_only: bool = False
    year_only: bool = False
    not_told: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Form:
    """One list of a format: its own columns, and the tables that it fills.

    source: the delivery that it belongs to, the same for every list of the format.
    list: its columns, declared as those of a table, with every heading that is met for them.
    prepare: what no row tells by itself, worked out over all files of the list before any table is
    filled, such as which rows make one period of care.
    says: what is to be remarked of a file's rows as a whole; nothing where there is nothing to say.
    """

    source: str
    list: Table
    fills: tuple[Fill, ...]
    prepare: Prepare | None = None
    says: tuple[Callable[[Cells], str | None], ...] = ()


def in_turn(*steps: Prepare) -> Prepare:
    """Several such steps, one after the other."""

    def prepare(files: Sequence[Cells]) -> list[Cells]:
        done = list(files)
        for step in steps:
            done = step(done)
        return done

    return prepare
