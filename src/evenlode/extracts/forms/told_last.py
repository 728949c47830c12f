"""Of several rows about one thing, told year after year: which of them stands."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Prepare

_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_NEARLY_ALL = 0.99
"""The newest date of a file, one in a hundred left out: a slip of the pen must not make it the newest file."""

Standing = tuple[int, int, int, str, tuple[str, ...]]


def told_last(
    *key: str, dates: Sequence[str] = (), start: str = "", end: str = "", needed: bool = False
) -> Prepare:
    """Of rows with the same key, the one of the newest return stands, and the others are set aside.

    dates: columns of dates that tell which of two files is the newer; without them the year in the
    file's name tells, then the order of the files.  end: of equals, a row that has ended stands before
    one that has not, and one that ended the day it began (start) after both.  needed: rows without a key are set aside too, since nothing else would count them.
    """

    def prepare(files: Sequence[Cells]) -> list[Cells]:
        reasons: list[dict[int, str]] = [{} for _ in files]
        keys = [one.joined(*key) for one in files]
        if needed:
            for reason, one in zip(reasons, keys, strict=True):
                blank = np.flatnonzero(np.asarray(one.is_null()))
                reason.update(dict.fromkeys(blank.tolist(), "has no child's id that can be read"))
        ages = file_ages(files, dates)
        for rows in _shared(keys):
            ranked = sorted(rows, key=lambda at: _standing(files, ages, (start, end), at))
            best = ranked.pop()
            for file, row in ranked:
                reasons[file][row] = _reason(files, (file, row), best)
        return [one.without(reason) for one, reason in zip(files, reasons, strict=True)]

    return prepare


def file_ages(files: Sequence[Cells], dates: Sequence[str]) -> list[tuple[int, int]]:
    """What each file sorts by, the newest last."""
    if dates:
        return [(_newest(one, dates), 0) for one in files]
    years = [max((int(y) for y in _YEAR.findall(one.grid.file)), default=0) for one in files]
    names = sorted(one.grid.file for one in files)
    return [(year, names.index(one.grid.file)) for year, one in zip(years, files, strict=True)]


def _newest(one: Cells, dates: Sequence[str]) -> int:
    days = pa.concat_arrays([one.dates(column) for column in dates]).drop_null().view(pa.int32())
    if not len(days):
        return -(10**9)
    return int(np.quantile(days.to_numpy(), _NEARLY_ALL, method="higher"))


def _shared(keys: Sequence[pa.Array]) -> list[list[tuple[int, int]]]:
    """The rows, as file and row, of every key that stands more than once."""
    codes = pa.concat_arrays(keys).dictionary_encode().indices.fill_null(-1).to_numpy()
    starts = np.cumsum([0, *(len(k) for k in keys)])
    counts = np.bincount(codes[codes >= 0])
    again = np.flatnonzero((codes >= 0) & (counts[codes] > 1)) if len(counts) else codes[:0]
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for at in again.tolist():
        file = int(np.searchsorted(starts, at, side="right")) - 1
        found[int(codes[at])].append((file, at - int(starts[file])))
    return list(found.values())


def _standing(
    files: Sequence[Cells], ages: Sequence[tuple[int, int]], span: tuple[str, str], at: tuple[int, int]
) -> Standing:
    file, row = at
    start, end = (_cell(files[file], column, row) for column in span)
    lasted = end > start
    return (*ages[file], 2 if lasted else 0 if end else 1, end, _row(files[file], row))


def _cell(one: Cells, column: str, row: int) -> str:
    return one.text(column)[row].as_py() or "" if column else ""


def _row(one: Cells, row: int) -> tuple[str, ...]:
    """A row's cells by column, whatever the order of the columns."""
    return tuple(_cell(one, c.name, row) for c in one.recognised.layout.table.read_columns)


def _reason(files: Sequence[Cells], at: tuple[int, int], best: tuple[int, int]) -> str:
    place = f"row {files[best[0]].grid.row_numbers[best[1]]} of {files[best[0]].grid.file}"
    if _row(files[at[0]], at[1]) == _row(files[best[0]], best[1]):
        return f"repeats {place} in every cell that is read"
    return f"tells of the same as {place}, which was told later or goes further and stands"


def newest_file_only(name: str, key: str) -> Prepare:
    """Adds a column with "Y" in the rows that the newest file has about each of a key."""

    def prepare(files: Sequence[Cells]) -> list[Cells]:
        ages = file_ages(files, ())
        order = sorted(range(len(files)), key=lambda at: ages[at], reverse=True)
        seen: pa.Array = pa.array([], pa.string())
        for at in order:
            ids = files[at].text(key)
            first = pc.invert(pc.is_in(ids, value_set=seen))
            files[at].add(name, pc.if_else(first, "Y", pa.scalar(None, pa.string())))
            seen = pa.concat_arrays([seen, ids.drop_null()])
        return list(files)

    return prepare
