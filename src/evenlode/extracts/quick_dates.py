"""Dates of one and the same form, a whole column at once.

The forms that almost every extract uses are read by arithmetic on their letters; whatever does not
come out as a date between the accepted years is left to `dates.read_date`, which knows every form.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from evenlode.extracts.dates import FIRST_YEAR, LAST_YEAR, NO_DATE
from evenlode.extracts.text_columns import Mask, cells

_TAILS = (b"", b" 00:00:00", b"T00:00:00", b" 00:00:00.000", b"T00:00:00.000", b" 00:00")
_EPOCH = dt.date(1970, 1, 1)
_NONE = -(10**6)
"""A day number that no date has."""


def _day_numbers() -> npt.NDArray[np.int32]:
    """Day number of every year, month and day; `_NONE` where there is no such day."""
    table = np.full((LAST_YEAR - FIRST_YEAR + 1, 12, 31), _NONE, dtype=np.int32)
    day = dt.date(FIRST_YEAR, 1, 1)
    numbers = np.arange((day - _EPOCH).days, (dt.date(LAST_YEAR, 12, 31) - _EPOCH).days + 1, dtype=np.int32)
    days = numbers.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970 - FIRST_YEAR
    table[years, months.astype(np.int64) % 12, (days - months).astype(np.int64)] = numbers
    return table.reshape(-1)


_DAYS = _day_numbers()


@dataclass(frozen=True)
class QuickDates:
    """Day numbers since 1970 of every row; `solved` is false where the cell must be read with care.

    day_first: some date can only be read day first.
    """

    days: npt.NDArray[np.int32]
    solved: Mask
    day_first: bool


def quick_dates(text: pa.Array) -> QuickDates | None:
    """Reads a column whose filled cells all have the same length and form, or gives up."""
    starts, data = cells(text)
    lengths = np.diff(starts)
    filled = lengths > 0
    if not data.size:
        return None
    width = int(lengths.max())
    if width < 10 or data.size != width * np.count_nonzero(filled):
        return None
    letters = data.reshape(-1, width)
    tail = letters[0, 10:].tobytes()
    iso = letters[0, 4] == ord("-")
    if tail not in _TAILS or not (iso or letters[0, 2] in b"/-."):
        return None
    places = (0, 1, 2, 3, 5, 6, 8, 9) if iso else (6, 7, 8, 9, 3, 4, 0, 1)
    marks = (4, 7) if iso else (2, 5)
    fine = _same_form(letters, marks, width)
    year, month, day = _numbers(letters, places, fine)
    day_numbers = _looked_up(year, month, day, fine)
    days = np.full(len(text), _NONE, dtype=np.int32)
    days[filled] = day_numbers
    solved = ~filled
    solved[filled] = fine
    return QuickDates(days, solved, not iso and bool((day[fine] > 12).any()))


def _same_form(letters: npt.NDArray[np.uint8], marks: tuple[int, int], width: int) -> Mask:
    fine: Mask = np.ones(len(letters), dtype=bool)
    for at in (*marks, *range(10, width)):
        fine &= letters[:, at] == letters[0, at]
    return fine


def _numbers(
    letters: npt.NDArray[np.uint8], places: tuple[int, ...], fine: Mask
) -> tuple[npt.NDArray[np.int32], npt.NDArray[np.int32], npt.NDArray[np.int32]]:
    """Year, month and day; `fine` is made false where a letter is no figure."""
    figures = []
    for at in places:
        figure = letters[:, at] - np.uint8(48)
        fine &= figure < 10
        figures.append(figure.astype(np.int32))
    y1, y2, y3, y4, m1, m2, d1, d2 = figures
    return ((y1 * 10 + y2) * 10 + y3) * 10 + y4, m1 * 10 + m2, d1 * 10 + d2


def _looked_up(
    year: npt.NDArray[np.int32], month: npt.NDArray[np.int32], day: npt.NDArray[np.int32], fine: Mask
) -> npt.NDArray[np.int32]:
    """Day numbers; `fine` is made false where there is no such day, or it stands for none."""
    fine &= (
        (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    )
    at = ((year - FIRST_YEAR) * 12 + month - 1) * 31 + day - 1
    found = _DAYS[np.where(fine, at, 0)]
    fine &= found != _NONE
    return found


if any(FIRST_YEAR <= day.year <= LAST_YEAR for day in NO_DATE):  # pragma: no cover
    raise AssertionError("a date that stands for none lies in the accepted years")
