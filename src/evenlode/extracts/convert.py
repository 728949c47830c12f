"""The cells of one column as the record wants them, with an account of those that could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.dates import Order, ReadDate, read_date
from evenlode.extracts.grid import Rows
from evenlode.extracts.headings import plain
from evenlode.extracts.limits import MAX_ID
from evenlode.extracts.quick_dates import NO_DAY, WrittenDates, as_dates, quick_dates, written_dates
from evenlode.extracts.text_columns import (
    Blanks,
    all_one_of,
    as_mask,
    distinct,
    nothing_where_empty,
    rows_longer,
    rows_with,
    rows_with_control,
    telling_rows,
    tidy,
)
from evenlode.extracts.values import (
    MANGLED,
    SHEET_ERRORS,
    Unreadable,
    read_flag,
    read_integer,
    read_number,
    read_outcome,
)
from evenlode.extracts.words import Words
from evenlode.record.columns import ARROW_TYPES, Column, IfUnreadable, Kind
from evenlode.record.delivery import Action

_FORMULA = r"^[=+@-]"
_NO_FORMULA = r"^[+-]?[0-9.,]+%?$|^-+$"
_GUARDED = r"^'+[=+@\t\r-]"
_BOTH = "could be day or month first, and the column holds dates with the month first"


@dataclass(frozen=True)
class Fault:
    """One kind of thing that was met in one column.  said: a sentence for each row."""

    column: str
    kind: str
    action: Action
    rows: Rows
    said: list[str]


@dataclass(frozen=True)
class Converted:
    """A column as the record wants it.

    written: what its text can be written from again, where that takes less room than the text.
    """

    values: pa.Array
    faults: list[Fault]
    written: WrittenDates | None = None


class Converter:
    """Turns columns of text into columns of the record, with a council's words and codes."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._blanks_of_names = Blanks(words.blank)
        self._blanks = Blanks({"Null", *words.blank})
        self._blanks_of_ids = Blanks({"Null", "-1", *words.blank})
        self._readers: dict[Kind, Callable[[str], Any]] = {
            Kind.FLAG: lambda said: read_flag(said, words),
            Kind.NUMBER: read_number,
            Kind.INTEGER: read_integer,
        }

    def convert(
        self, column: Column, raw: pa.Array, codes: Mapping[str, str], date_cells: Rows | None
    ) -> Converted:
        """One column.  codes: the council's words for ours.  date_cells: rows where Excel holds a date."""
        quick = self._usual(column, raw)
        if quick is not None:
            return quick
        text = tidy(raw, self._blanks_in(column), keep_inside=column.kind is Kind.JSON)
        if column.kind is Kind.DATE:
            return _dates(column, text)
        if column.kind is Kind.JSON:
            return self._json(column, text)
        read = self._readers.get(column.kind)
        if read is not None:
            return _by_value(column, text, read)
        return _text(column, text, codes, date_cells)

    def _blanks_in(self, column: Column) -> Blanks:
        """Somebody may be called Null; and -1 is nobody only where an id belongs."""
        if column.kind is Kind.ID or any(plain(s).endswith(("_id", "_number")) for s in column.source):
            return self._blanks_of_ids
        return self._blanks_of_names if column.personal else self._blanks

    def _usual(self, column: Column, raw: pa.Array) -> Converted | None:
        """A column of dates in one form, or of Y and N alone, read without a closer look."""
        if column.kind is Kind.DATE:
            written = written_dates(raw)
            return None if written is None else Converted(written.days, [], written)
        if (
            column.kind is Kind.FLAG
            and "y" in self.words.yes
            and "n" in self.words.no
            and all_one_of(raw, b"YN")
        ):
            return Converted(nothing_where_empty(raw), [])
        return None

    def _json(self, column: Column, text: pa.Array) -> Converted:
        damaged = _damaged(column, text)
        values, codes = distinct(text)
        wrong = [not read_outcome(v, None, self.words).readable for v in values]
        rows = _rows_of(codes, wrong)
        kind = "is not sound JSON; kept as it came, and nothing was read from it"
        faults = (
            [Fault(column.name, kind, Action.KEPT, rows, [f"the value {kind}"] * len(rows))]
            if len(rows)
            else []
        )
        return _blanked(column, text, faults, damaged)


def _dates(column: Column, text: pa.Array) -> Converted:
    quick = quick_dates(text)
    if quick is None:
        return _slow_dates(column, text)
    left = np.flatnonzero(~quick.solved)
    read, orders = _read_distinct(text.take(pa.array(left)))
    if Order.MONTH_FIRST in orders and not quick.day_first:
        return _slow_dates(column, text)
    slow = _settle_dates(column, read, left)
    days = quick.days.copy()
    days[left] = pc.fill_null(slow.values.view(pa.int32()), NO_DAY).to_numpy(zero_copy_only=False)
    return Converted(as_dates(days), slow.faults)


def _slow_dates(column: Column, text: pa.Array) -> Converted:
    read, orders = _read_distinct(text)
    if Order.MONTH_FIRST in orders and Order.DAY_FIRST not in orders:
        values, codes = read
        doubtful = [
            r if r.order is not Order.EITHER else ReadDate(None, _BOTH, f"the date {_BOTH}") for r in values
        ]
        read = doubtful, codes
    return _settle_dates(column, read, np.arange(len(text)))


_Read = tuple[list[ReadDate], npt.NDArray[np.int64]]


def _read_distinct(text: pa.Array) -> tuple[_Read, set[Order]]:
    values, codes = distinct(text)
    read = [read_date(v) for v in values]
    return (read, codes), {r.order for r in read}


def _settle_dates(column: Column, read: _Read, rows: Rows) -> Converted:
    values, codes = read
    faults = []
    for kind in sorted({r.kind for r in values if r.kind}):
        found = _rows_of(codes, [r.kind == kind for r in values])
        said = [
            _said(column, "the value " + kind if column.personal else values[codes[at]].fault) for at in found
        ]
        faults.append(Fault(column.name, kind, _action(column), rows[found], said))
    moved = _rows_of(codes, [r.moved for r in values])
    if len(moved):
        kind = "a time in UTC that falls on the next day in England; taken as that day"
        faults.append(Fault(column.name, kind, Action.REPAIRED, rows[moved], [kind] * len(moved)))
    days = pa.array([r.day for r in values] or [None], type=pa.date32())
    return Converted(days.take(pa.array(codes, mask=codes < 0)), faults)


def _by_value(column: Column, text: pa.Array, read: Callable[[str], Any]) -> Converted:
    values, codes = distinct(text)
    found = [read(v) for v in values]
    faults = []
    for kind in sorted({f.kind for f in found if isinstance(f, Unreadable)}):
        rows = _rows_of(codes, [isinstance(f, Unreadable) and f.kind == kind for f in found])
        said = [_said(column, found[codes[at]].fault) for at in rows]
        faults.append(Fault(column.name, kind, _action(column), rows, said))
    clean = [None if isinstance(f, Unreadable) else f for f in found]
    meaning = pa.array(clean or [None], type=ARROW_TYPES[column.kind])
    return Converted(meaning.take(pa.array(codes, mask=codes < 0)), faults)


def _text(column: Column, text: pa.Array, codes: Mapping[str, str], date_cells: Rows | None) -> Converted:
    text, faults = _formulas(column, text)
    damaged = _damaged(column, text)
    if date_cells is not None and len(date_cells) and column.kind is Kind.ID:
        damaged.append(
            (date_cells, "is a date where an id belongs: Excel changed it, and the true id is lost")
        )
    done = _blanked(column, text, faults, damaged)
    if codes and column.kind is Kind.TEXT:
        return _coded(column, done, codes)
    return done


def _formulas(column: Column, text: pa.Array) -> tuple[pa.Array, list[Fault]]:
    """Cells that a spreadsheet would take for a formula are text here; the guard before them comes off."""
    rows = telling_rows(text)
    if not len(rows):
        return text, []
    some = text.take(pa.array(rows))
    guarded = rows[as_mask(pc.match_substring_regex(some, _GUARDED))]
    if len(guarded):
        off = np.zeros(len(text), dtype=bool)
        off[guarded] = True
        text = pc.if_else(pa.array(off), pc.utf8_slice_codeunits(text, 1), text)
        some = text.take(pa.array(rows))
    looks = as_mask(pc.match_substring_regex(some, _FORMULA)) & ~as_mask(
        pc.match_substring_regex(some, _NO_FORMULA)
    )
    found = rows[looks]
    if not len(found):
        return text, []
    kind = "begins as a formula does; kept as text"
    return text, [Fault(column.name, kind, Action.KEPT, found, [f"the value {kind}"] * len(found))]


def _damaged(column: Column, text: pa.Array) -> list[tuple[Rows, str]]:
    """Cells that cannot be what they were: the reader says so rather than let them in."""
    found = [
        (
            rows_with(text, "\ufffd"),
            "holds a replacement character: the true letter was lost before the export",
        )
    ]
    telling = telling_rows(text)
    if len(telling):
        errors = pc.is_in(text.take(pa.array(telling)), value_set=pa.array(SHEET_ERRORS))
        found.append((telling[as_mask(errors)], "is an error of the spreadsheet"))
    if column.kind in {Kind.ID, Kind.TEXT}:
        plus = rows_with(text, "+")
        if len(plus):
            mangled = as_mask(pc.match_substring_regex(text.take(pa.array(plus)), MANGLED))
            found.append((plus[mangled], "is a number that Excel shortened, and the true id is lost"))
    if column.kind is Kind.ID:
        found.append((rows_with_control(text), "holds a line break or a letter that cannot be printed"))
        found.append((rows_longer(text, MAX_ID), f"is longer than {MAX_ID} characters, so that it is no id"))
    return [(rows, why) for rows, why in found if len(rows)]


def _blanked(
    column: Column, text: pa.Array, faults: list[Fault], damaged: list[tuple[Rows, str]]
) -> Converted:
    """Takes damaged cells out; a row whose id is damaged is set aside whole."""
    if not damaged:
        return Converted(text, faults)
    out = np.zeros(len(text), dtype=bool)
    action = Action.QUARANTINED if column.kind is Kind.ID else _action(column)
    for rows, why in damaged:
        out[rows] = True
        tail = "" if action is Action.QUARANTINED else "; taken as blank"
        faults.append(Fault(column.name, why, action, rows, [f"the value {why}{tail}"] * len(rows)))
    return Converted(pc.if_else(pa.array(out), pa.scalar(None, pa.string()), text), faults)


def _coded(column: Column, done: Converted, codes: Mapping[str, str]) -> Converted:
    values, places = distinct(done.values)
    changed = [codes.get(v.lower(), v) for v in values]
    rows = _rows_of(places, [a != b for a, b in zip(values, changed, strict=True)])
    if not len(rows):
        return done
    kind = "replaced by the word that the mapping file gives for it"
    faults = [
        *done.faults,
        Fault(column.name, kind, Action.REPAIRED, rows, [f"the value was {kind}"] * len(rows)),
    ]
    return Converted(pa.array(changed, pa.string()).take(pa.array(places, mask=places < 0)), faults)


def _rows_of(codes: npt.NDArray[np.int64], which: list[bool]) -> Rows:
    """The rows that hold one of the distinct values picked."""
    if not any(which):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(np.append(np.array(which, dtype=bool), False)[codes])


def _action(column: Column) -> Action:
    return Action.QUARANTINED if column.if_unreadable is IfUnreadable.QUARANTINE else Action.KEPT


def _said(column: Column, fault: str) -> str:
    return fault if _action(column) is Action.QUARANTINED else f"{fault}; taken as blank"
