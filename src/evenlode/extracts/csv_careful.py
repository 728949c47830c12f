"""Text tables read line by line, where something in them is out of the ordinary.

On a table in which nothing is, the rows are the same as those of `csv_quick`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa

from evenlode.extracts.grid import Rows, SetAside, named_headings
from evenlode.extracts.limits import MAX_QUOTED_LINES

_CHUNK = 20_000
_OPEN_QUOTE = "has a quote that is not closed, or one too many"


@dataclass
class CarefulTable:
    """What was read line by line."""

    columns: list[pa.Array]
    row_numbers: Rows
    set_aside: list[SetAside]


@dataclass
class _Collected:
    """Rows gathered so far, packed away in chunks so that they stay small."""

    width: int
    rows: list[list[str]] = field(default_factory=list)
    numbers: list[int] = field(default_factory=list)
    packed: list[list[pa.Array]] = field(default_factory=list)

    def add(self, cells: list[str], number: int) -> None:
        self.rows.append(cells)
        self.numbers.append(number)
        if len(self.rows) >= _CHUNK:
            self.pack()

    def pack(self) -> None:
        columns = zip(*self.rows, strict=True) if self.rows else [()] * self.width
        self.packed.append([pa.array(list(c), pa.string()) for c in columns])
        self.rows = []


def careful_table(
    body: bytes, separator: str, headings: list[str], first_row: int, *, cut: bool
) -> CarefulTable:
    """Every row that has as many cells as there are headings; the others are set aside with the reason.

    cut: the file ends in the middle of a letter, so its last row is set aside.
    """
    lines = io.StringIO(body.decode("utf-8"), newline="").readlines()
    names = named_headings(headings)
    kept = _Collected(len(headings))
    aside: list[SetAside] = []
    last = len(lines) - 1
    for number, (cells, why, ends) in enumerate(_records(lines, separator, len(headings)), first_row):
        if not any(c.strip(" \t\x1a\u00a0") for c in cells):
            continue
        reason = why or _fault(cells, len(headings))
        if cut and ends == last and not reason:
            reason = "ends in the middle of a letter: the file was cut off"
        if reason:
            aside.append(SetAside(number, reason, _named(names, cells)))
        else:
            kept.add(cells[: len(headings)], number)
    kept.pack()
    columns = [pa.concat_arrays([p[at] for p in kept.packed]) for at in range(len(headings))]
    return CarefulTable(columns, np.array(kept.numbers, dtype=np.int64), aside)


def _fault(cells: list[str], width: int) -> str:
    if any("\x00" in c for c in cells):
        return "holds a NUL byte: the file is damaged here"
    if len(cells) < width:
        return (
            f"has {len(cells)} cells where there are {width} headings: it was cut off, or cells are missing"
        )
    if any(c.strip() for c in cells[width:]):
        return f"has {len(cells)} cells where there are {width} headings: a cell holds the separator without quotes round it"
    return ""


def _named(names: list[str], cells: list[str]) -> dict[str, str]:
    extra = [f"(cell {place + 1})" for place in range(len(names), len(cells))]
    return dict(zip([*names, *extra], cells, strict=False))


def _records(lines: list[str], separator: str, width: int) -> Iterator[tuple[list[str], str, int]]:
    """Cells of each row, why they cannot be trusted, and the line on which the row ends."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.count('"') % 2 == 0:
            cells = _cells([line], separator)
            yield (cells, "", at) if cells is not None else ([line], "cannot be split into cells", at)
            at += 1
            continue
        end, cells = _quoted_lines(lines, at, separator, width)
        if cells is None:
            yield _bare(line).split(separator), _OPEN_QUOTE, at
            at += 1
        else:
            yield cells, "", end
            at = end + 1


def _quoted_lines(lines: list[str], at: int, separator: str, width: int) -> tuple[int, list[str] | None]:
    """A row that runs over several lines inside quotes, or None where the quote is a stray one."""
    end = at + 1
    while end < len(lines) and end - at <= MAX_QUOTED_LINES and lines[end].count('"') % 2 == 0:
        end += 1
    if end >= len(lines) or end - at > MAX_QUOTED_LINES:
        return at, None
    cells = _cells(lines[at : end + 1], separator)
    if cells is None or len(cells) != width:
        return at, None
    inside = lines[at + 1 : end]
    if width >= 3 and any(len(_cells([one], separator) or ()) == width for one in inside):
        return at, None
    return end, cells


def _cells(lines: list[str], separator: str) -> list[str] | None:
    if len(lines) == 1 and '"' not in lines[0]:
        return _bare(lines[0]).split(separator)
    try:
        rows = list(csv.reader(lines, delimiter=separator))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _bare(line: str) -> str:
    return line.rstrip("\r\n")
