"""Tables out of a workbook: one sheet a table."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from python_calamine import CalamineWorkbook

from evenlode.errors import CannotRead
from evenlode.extracts.archives import Archive, fit_to_show
from evenlode.extracts.grid import Grid, without_blank_rows
from evenlode.extracts.headings import shown
from evenlode.extracts.layouts import Layout
from evenlode.extracts.limits import MAX_CELLS, MAX_SHEET_COLUMNS, MAX_SHEETS, MAX_WORKBOOK
from evenlode.extracts.reach import Reach
from evenlode.extracts.recognise import heading_row
from evenlode.extracts.signature import Sort

_LOCKED = "EncryptedPackage".encode("utf-16-le")
_EXACT = 10**15
"""Excel keeps fifteen figures of a number; an id with more of them is spoilt."""


def workbook_tables(file: str, data: bytes, sort: Sort, known: Sequence[Layout]) -> Iterator[Grid]:
    """Each sheet that has anything in it."""
    if sort is Sort.WORKBOOK:
        _refuse_bombs(file, data)
    elif _LOCKED in data:
        raise CannotRead(f"{file}: the workbook is locked with a password; save it without one.")
    book = _guarded(file, lambda: CalamineWorkbook.from_filelike(io.BytesIO(data)))
    names: list[str] = book.sheet_names
    if len(names) > MAX_SHEETS:
        raise CannotRead(
            f"{file}: the workbook has {len(names):,} sheets, more than {MAX_SHEETS}; keep one sheet a table."
        )
    for name in names:
        rows = _guarded(file, lambda name=name: book.get_sheet_by_name(name).to_python(skip_empty_area=False))
        grid = _grid(f"{file}, sheet {fit_to_show(name)}", rows, known)
        if grid is not None:
            yield grid


def _guarded(file: str, work: Any) -> Any:
    """Runs the workbook library, whose faults (and panics) become one sentence."""
    try:
        return work()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as fault:  # noqa: BLE001 - the library raises its own kinds, some outside Exception
        if "assword" in str(fault):
            raise CannotRead(
                f"{file}: the workbook is locked with a password; save it without one."
            ) from None
        raise CannotRead(
            f"{file}: the workbook is damaged or cut off; save it again, or export as CSV."
        ) from None


def _refuse_bombs(file: str, data: bytes) -> None:
    """Unpacks every part once, counting, and looks how far the cells of each sheet reach."""
    archive = Archive(file, data, most=MAX_WORKBOOK)
    for name in archive.names:
        reach = Reach()
        is_sheet = "/worksheets/" in name.replace("\\", "/").lower()
        for piece in archive.pieces(name):
            if is_sheet:
                reach.look(piece)
        if reach.columns > MAX_SHEET_COLUMNS or reach.columns * reach.rows > MAX_CELLS:
            raise CannotRead(
                f"{file}: a sheet reaches over {reach.rows:,} rows and {reach.columns:,} columns, most of them blank; "
                "delete what lies beyond the table, or export as CSV."
            )


def _grid(file: str, rows: list[list[Any]], known: Sequence[Layout]) -> Grid | None:
    first = [[_text(c) for c in row] for row in rows[:12]]
    at = heading_row(first, known)
    if at is None:
        at = next((i for i, row in enumerate(first) if any(c.strip() for c in row)), None)
    if at is None:
        return None
    headings = [shown(h) for h in first[at]]
    while (
        headings
        and not headings[-1]
        and not any(row[len(headings) - 1] not in {"", None} for row in rows[at + 1 :])
    ):
        headings.pop()
    body = rows[at + 1 :]
    columns, dates = [], {}
    for place in range(len(headings)):
        values = [row[place] for row in body]
        kinds = set(map(type, values))
        columns.append(_written(values, kinds))
        if kinds & _DATED:
            found = [i for i, v in enumerate(values) if v.__class__ in _DATED]
            dates[place] = np.array(found, dtype=np.int64)
    numbers = np.arange(len(body), dtype=np.int64) + at + 2
    return without_blank_rows(Grid(file, headings, columns, numbers, date_cells=dates))


def _text(value: Any) -> str:
    """A cell as the text that a person sees; a whole number without its decimal point."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "True" if value else "False"
    if isinstance(value, int | float):
        return _number_text(value)
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ", "seconds")
    if isinstance(value, dt.date):
        return value.isoformat()
    return "" if value is None else str(value)


def _written(values: list[Any], kinds: set[type]) -> pa.Array:
    """A column's cells as text; where they are text and days alone, all days at once."""
    if kinds == {str}:
        return pa.array(values, pa.string())
    if kinds <= {str, dt.date}:
        days = pa.array([v if v.__class__ is dt.date else None for v in values], pa.date32())
        words = pa.array([v if v.__class__ is str else None for v in values], pa.string())
        return pc.coalesce(words, days.cast(pa.string()))
    return pa.array([v if v.__class__ is str else _text(v) for v in values], pa.string())


_DATED = {dt.date, dt.datetime}


def _number_text(value: float) -> str:
    if abs(value) >= _EXACT:
        return f"{value:.14E}"
    whole = int(value)
    return str(whole) if whole == value else repr(value)
