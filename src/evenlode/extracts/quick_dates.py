"""Dates of one and the same form, a whole column at once.

The forms that almost every extract uses are read by arithmetic on their letters, eight at a time;
whatever does not come out as a date between the accepted years is left to `dates.read_date`, which
knows every form.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.dates import FIRST_YEAR, LAST_YEAR, NO_DATE
from evenlode.extracts.text_columns import Mask, cells

_TAILS = (
    b"",
    b" 00:00:00",
    b"T00:00:00",
    b" 00:00:00.000",
    b"T00:00:00.000",
    b" 00:00",
    b" 00:00:00.0000000",
)
_PIECE = 1 << 16
"""Rows read together, so that what lies between stays near the processor."""
_EPOCH = dt.date(1970, 1, 1)
NO_DAY = -(10**6)
"""A day number that no date has."""
_Words = npt.NDArray[np.uint64]
_Bytes = npt.NDArray[np.uint8]


def _day_numbers() -> npt.NDArray[np.int32]:
    """Day number of every year, month and day (0 to 31); `NO_DAY` where there is no such day."""
    table = np.full((LAST_YEAR - FIRST_YEAR + 1, 13, 32), NO_DAY, dtype=np.int32)
    first, last = (dt.date(FIRST_YEAR, 1, 1) - _EPOCH).days, (dt.date(LAST_YEAR, 12, 31) - _EPOCH).days
    numbers = np.arange(first, last + 1, dtype=np.int32)
    days = numbers.astype("datetime64[D]")
    months = days.astype("datetime64[M]")
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970 - FIRST_YEAR
    table[years, months.astype(np.int64) % 12 + 1, (days - months).astype(np.int64) + 1] = numbers
    return table.reshape(-1)


_DAYS = _day_numbers()


@dataclass(frozen=True)
class QuickDates:
    """Day numbers since 1970 of every row, `NO_DAY` where blank.

    solved: false where the cell must be read with care.  day_first: some date can only be read so.
    form: how every solved cell is written, as `strftime` writes it.
    """

    days: npt.NDArray[np.int32]
    solved: Mask
    day_first: bool
    form: str


@dataclass(frozen=True)
class WrittenDates:
    """A column of text that holds dates of one form alone: it is not kept, since it can be written again."""

    days: pa.Array
    form: str

    def take(self, at: pa.Array) -> pa.Array:
        """The text of these cells."""
        return pc.fill_null(pc.strftime(self.days.take(at), format=self.form), "")


def as_dates(days: npt.NDArray[np.int32]) -> pa.Array:
    """Day numbers as dates, blank where there is none."""
    none = days == NO_DAY
    return (pa.array(days, mask=none) if none.any() else pa.array(days)).view(pa.date32())


def quick_dates(text: pa.Array) -> QuickDates | None:
    """Reads a column whose filled cells all have the same length and form, or gives up."""
    starts, data = cells(text)
    if not data.size:
        return None
    filled = starts[1:] > starts[:-1]
    width = int((starts[1:] - starts[:-1]).max())
    count = int(np.count_nonzero(filled))
    if width < 10 or data.size != width * count:
        return None
    start = data[:10].tobytes()
    iso = start[4:5] == b"-"
    if data[10:width].tobytes() not in _TAILS or not (
        iso or (start[2:3] in {b"/", b"-", b"."} and start[2] == start[5])
    ):
        return None
    days, fine = _looked_up(*(_year_first(data, count, width) if iso else _day_first(data, count, width)))
    fine &= _same_tail(data, count, width)
    day_first = not iso and bool((fine & (_two(data, count, width, 0) > 12)).any())
    form = _form(start.decode("ascii", "replace"), data[10:width].tobytes().decode(), iso=iso)
    if count == len(text):
        return QuickDates(days, fine, day_first, form)
    spread = np.full(len(text), NO_DAY, dtype=np.int32)
    spread[filled] = days
    solved = ~filled
    solved[filled] = fine
    return QuickDates(spread, solved, day_first, form)


def written_dates(text: pa.Array) -> WrittenDates | None:
    """A column of dates of one form, read piece by piece; None where a cell wants a closer look."""
    form = ""
    days = np.full(len(text), NO_DAY, dtype=np.int32)
    for start in range(0, len(text), _PIECE):
        piece = text.slice(start, _PIECE)
        quick = quick_dates(piece)
        if quick is not None and quick.solved.all() and quick.form == (form or quick.form):
            form = quick.form
            days[start : start + len(piece)] = quick.days
        elif quick is not None or cells(piece)[1].size:
            return None
    return WrittenDates(as_dates(days), form) if form else None


def _form(start: str, tail: str, *, iso: bool) -> str:
    return f"%Y-%m-%d{tail}" if iso else f"%d{start[2]}%m{start[5]}%Y{tail}"


def _word(data: _Bytes, count: int, width: int, at: int) -> _Words:
    """Eight letters of each cell from that place, as one number (the first letter is the lowest)."""
    return np.ndarray((count,), "<u8", data, at, (width,))


def _two(data: _Bytes, count: int, width: int, at: int) -> npt.NDArray[np.int32]:
    """Two figures of each cell as a number; more than 99 where they are no figures."""
    pair = np.ndarray((count,), "<u2", data, at, (width,)) ^ np.uint16(0x3030)
    low, high = pair & np.uint16(0xFF), pair >> np.uint16(8)
    return np.where((low <= 9) & (high <= 9), low * np.uint16(10) + high, 1000).astype(np.int32)


def _figures(word: _Words, marks: int) -> tuple[_Words, Mask]:
    """Pairs of figures in the letters of a word, and whether all are figures but for the marks.

    marks: the letters that are no figures (each of them as the first cell has it), 0 elsewhere.
    """
    keep = np.uint64(sum(0xFF << shift for shift in range(0, 64, 8) if (marks >> shift) & 0xFF))
    zeros = np.uint64(0x3030303030303030)
    plain = word ^ ((zeros & ~keep) | np.uint64(marks))
    above = (plain + np.uint64(0x7676767676767676)) | plain
    fine: Mask = ((above & np.uint64(0x8080808080808080)) | (plain & keep)) == 0
    return plain * np.uint64(10) + (plain >> np.uint64(8)), fine


def _part(pairs: _Words, at: int) -> npt.NDArray[np.int32]:
    return ((pairs >> np.uint64(8 * at)) & np.uint64(0xFF)).astype(np.int32)


def _year_first(data: _Bytes, count: int, width: int) -> tuple[npt.NDArray[np.int32], ...]:
    """Year, month and day of YYYY-MM-DD; a day of 1000 where the letters are no date at all."""
    pairs, fine = _figures(_word(data, count, width, 0), ord("-") << 32 | ord("-") << 56)
    day = np.where(fine, _two(data, count, width, 8), 1000)
    return _part(pairs, 0) * 100 + _part(pairs, 2), _part(pairs, 5), day


def _day_first(data: _Bytes, count: int, width: int) -> tuple[npt.NDArray[np.int32], ...]:
    """Year, month and day of DD/MM/YYYY, with the marks that the first cell has."""
    pairs, fine = _figures(_word(data, count, width, 0), int(data[2]) << 16 | int(data[5]) << 40)
    day = np.where(fine, _part(pairs, 0), 1000)
    return _part(pairs, 6) * 100 + _two(data, count, width, 8), _part(pairs, 3), day


def _looked_up(
    year: npt.NDArray[np.int32], month: npt.NDArray[np.int32], day: npt.NDArray[np.int32]
) -> tuple[npt.NDArray[np.int32], Mask]:
    """Day numbers, and where there is such a day."""
    fine: Mask = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month <= 12) & (day <= 31)
    found = _DAYS.take(((year - FIRST_YEAR) * 13 + month) * 32 + day, mode="clip")
    fine &= found != NO_DAY
    return found, fine


def _same_tail(data: _Bytes, count: int, width: int) -> Mask:
    """Whether what follows the date is the same as in the first cell."""
    same: Mask = np.ones(count, dtype=bool)
    rest = width - 10
    if rest >= 8:
        for at in {10, width - 8}:
            word = _word(data, count, width, at)
            same &= word == word[0]
    else:
        for at in range(10, width):
            letters = data[at::width]
            same &= letters == letters[0]
    return same


if any(FIRST_YEAR <= day.year <= LAST_YEAR for day in NO_DATE):  # pragma: no cover
    raise AssertionError("a date that stands for none lies in the accepted years")
