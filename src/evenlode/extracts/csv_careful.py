"""Text tables read line by line, where something in them is out of the ordinary.

On a table in which nothing is, the rows are the same as those of `csv_quick`.
"""

from __future__ import annotations

import csv
import io
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

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


class _Collected:
    """Rows gathered so far, packed away in chunks so that they stay small."""

    def __init__(self, width: int) -> None:
        self.numbers: list[Rows] = []
        self._rows: list[list[str]] = []
        self._numbers: list[int] = []
        self._packed: list[list[pa.Array]] = [[] for _ in range(width)]

    def add(self, cells: list[str], number: int) -> None:
        self._rows.append(cells)
        self._numbers.append(number)
        if len(self._rows) >= _CHUNK:
            self.pack()

    def pack(self) -> None:
        columns = zip(*self._rows, strict=True) if self._rows else [()] * len(self._packed)
        for chunks, column in zip(self._packed, columns, strict=True):
            chunks.append(pa.array(list(column), pa.string()))
        self.numbers.append(np.array(self._numbers, dtype=np.int64))
        self._rows, self._numbers = [], []

    def columns(self) -> list[pa.Array]:
        """Every column whole; its chunks are let go of."""
        return [pa.concat_arrays(self._packed.pop(0)) for _ in range(len(self._packed))]


class _Lines:
    """The lines of a text, read as far ahead as somebody looks."""

    def __init__(self, body: bytes, start: int) -> None:
        stream = io.BytesIO(body)
        stream.seek(start)
        self._text = io.TextIOWrapper(stream, encoding="utf-8", newline="")
        self._ahead: deque[str] = deque()

    def at(self, place: int) -> str | None:
        """The line that stands so many lines ahead; None behind the last."""
        while len(self._ahead) <= place:
            line = self._text.readline()
            if not line:
                return None
            self._ahead.append(line)
        return self._ahead[place]

    def first(self, count: int) -> list[str]:
        """So many of the next lines, all of which have been looked at."""
        return list(islice(self._ahead, count))

    def leave(self, count: int) -> bool:
        """Goes on behind so many lines; true where none is left."""
        for _ in range(count):
            self._ahead.popleft()
        return self.at(0) is None


def careful_table(
    body: bytes, separator: str, headings: list[str], first_row: int, *, cut: bool, start: int = 0
) -> CarefulTable:
    """Every row that has as many cells as there are headings; the others are set aside with the reason.

    start: where in the body the rows begin.
    cut: the file ends in the middle of a letter, so its last row is set aside.
    """
    lines = _Lines(body, start)
    names = named_headings(headings)
    kept = _Collected(len(headings))
    aside: list[SetAside] = []
    for number, (cells, why, last) in enumerate(_records(lines, separator, len(headings)), first_row):
        if not any(c.strip(" \t\x1a\u00a0") for c in cells):
            continue
        reason = why or _fault(cells, len(headings))
        if cut and last and not reason:
            reason = "ends in the middle of a letter: the file was cut off"
        if reason:
            aside.append(SetAside(number, reason, _named(names, cells)))
        else:
            kept.add(cells[: len(headings)], number)
    kept.pack()
    return CarefulTable(kept.columns(), np.concatenate(kept.numbers), aside)


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


def _records(lines: _Lines, separator: str, width: int) -> Iterator[tuple[list[str], str, bool]]:
    """Cells of each row, why they cannot be trusted, and whether the row is the last."""
    while (line := lines.at(0)) is not None:
        if line.count('"') % 2 == 0:
            cells = _cells([line], separator)
            last = lines.leave(1)
            yield (cells, "", last) if cells is not None else ([line], "cannot be split into cells", last)
            continue
        count, cells = _quoted_lines(lines, separator, width)
        last = lines.leave(count)
        if cells is None:
            yield _bare(line).split(separator), _OPEN_QUOTE, last
        else:
            yield cells, "", last


def _quoted_lines(lines: _Lines, separator: str, width: int) -> tuple[int, list[str] | None]:
    """A row that runs over several lines inside quotes, or one line and None where the quote is a stray one."""
    end = 1
    while (line := lines.at(end)) is not None and end <= MAX_QUOTED_LINES and line.count('"') % 2 == 0:
        end += 1
    if line is None or end > MAX_QUOTED_LINES:
        return 1, None
    whole = lines.first(end + 1)
    cells = _cells(whole, separator)
    if cells is None or len(cells) != width:
        return 1, None
    if width >= 3 and any(len(_cells([one], separator) or ()) == width for one in whole[1:end]):
        return 1, None
    return end + 1, cells


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
