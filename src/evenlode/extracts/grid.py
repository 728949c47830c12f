"""One table as it stands in a file, before anything in it is judged."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Rows = npt.NDArray[np.int64]
"""Positions of rows."""


@dataclass(frozen=True)
class SetAside:
    """A row whose cells cannot be told apart, so that no column can be read from it."""

    row_number: int
    reason: str
    values: dict[str, str]


@dataclass(frozen=True)
class Remark:
    """Something to say about a whole file: what was met, and whether it was mended."""

    text: str
    repaired: bool = False


@dataclass
class Grid:
    """Headings and cells of one table, all as text.

    file: the name under which it is reported; a workbook's sheet is named with it.
    headings: as a person sees them; one may be blank, or stand twice.
    columns: one array of strings (never null) for each heading; once read, dates may stand in for theirs.
    row_numbers: the row of each as a spreadsheet counts: the first line of the file is row 1.
    date_cells: where a workbook holds a real date, by column: an id there was spoilt by Excel.
    as_list: the list that it is, by name, where the file itself says so; else it is told by the headings.
    as_of: the day of which a file tells (2026-03-31), where it says so: of rows that files repeat, the newest stand.
    """

    file: str
    headings: list[str]
    columns: list[pa.Array]
    row_numbers: Rows
    set_aside: list[SetAside] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)
    date_cells: dict[int, Rows] = field(default_factory=dict)
    as_list: str = ""
    as_of: str = ""

    def rows(self, at: Rows) -> list[dict[str, str]]:
        """Rows whole, as they came."""
        if not len(at):
            return []
        names, places = named_headings(self.headings), pa.array(at)
        columns = [column.take(places).to_pylist() for column in self.columns]
        return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]

    def take(self, rows: Rows) -> Grid:
        """The same table with these rows only."""
        at = pa.array(rows)
        dates = {place: np.flatnonzero(np.isin(rows, old)) for place, old in self.date_cells.items()}
        return Grid(
            self.file,
            self.headings,
            [c.take(at) for c in self.columns],
            self.row_numbers[rows],
            self.set_aside,
            self.remarks,
            dates,
            self.as_list,
            self.as_of,
        )


def named_headings(headings: list[str]) -> list[str]:
    """Headings that can name the cells of a row: none blank, none twice."""
    seen: dict[str, int] = {}
    named = []
    for place, heading in enumerate(headings):
        name = heading or f"(column {place + 1})"
        seen[name] = seen.get(name, 0) + 1
        named.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return named


def without_blank_rows(grid: Grid) -> Grid:
    """Rows without a single filled cell are no rows: spreadsheets leave them behind."""
    if not len(grid.row_numbers) or not grid.columns:
        return grid
    blank: Any = None
    for column in sorted(grid.columns, key=lambda c: c.nbytes, reverse=True):
        empty = np.diff(_offsets(column)) == 0
        blank = empty if blank is None else blank & empty
        if not blank.any():
            return grid
    return grid.take(np.flatnonzero(~blank))


def _offsets(column: pa.Array) -> npt.NDArray[np.int32]:
    """Where each cell of a column of text begins, and where the last one ends."""
    if not len(column):
        return np.zeros(1, dtype=np.int32)
    whole = np.frombuffer(column.buffers()[1], dtype=np.int32)
    return whole[column.offset : column.offset + len(column) + 1]
