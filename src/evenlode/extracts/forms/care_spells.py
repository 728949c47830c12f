"""Rows of looked-after episodes made into periods of care, spells of a legal status, and placements.

A row stands for every change of placement or legal status (extract-formats.md sections 6 and 8).  Rows
follow each other where one goes on (X1) and the next begins the day it ended, or the day after.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.convert import Fault
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.grid import Remark, Rows
from evenlode.record.delivery import Action

PERIOD_ID, ENTERED = "period_id", "entered_care_date"
STATUS_START, STATUS_END = "status_start", "status_end"
PLACEMENT_ID, PLACEMENT_START = "placement_id", "placement_start"
OF_LAST = ("end_date", "placement_type", "provider", "provider_number", "postcode", "change_reason")
"""Columns of a placement that are those of its last row; made with `last_` before the name."""

_GOES_ON = "X1"
_SAME_CARER = ("L", "T", "U")
"""Reasons for a new row that leave the child with the same carer: legal change, or placement but not carer."""
_NO_PROVIDER = ("", "XXXXXXX", "XXXXXX", "9999999")
_DAY = 1 << 21
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


@dataclass
class _Rows:
    """The rows of all files with a child and a start, sorted by child and start.

    at: where each stood among all rows.  before: the row that each follows, or -1.
    """

    at: Rows
    child: Ints
    start: Ints
    end: Ints
    ended: Mask
    columns: dict[str, pa.Array]
    before: Ints

    def said(self, column: str) -> npt.NDArray[np.str_]:
        """A column of codes as upper-case text."""
        return np.asarray(pc.utf8_upper(self.columns[column]).fill_null(""), dtype=np.str_)


def care_spells(files: Sequence[Cells]) -> list[Cells]:
    """Adds to every row its period of care, and to the first row of each spell its start and its end."""
    total = sum(one.size for one in files)
    rows = _sorted(files)
    starts_care = rows.said("start_reason") == "S"
    begins = starts_care | (rows.before < 0)
    period = _firsts(begins, rows.before)
    made = {
        ENTERED: _iso(rows.start[period], starts_care[period]),
        PERIOD_ID: _period_ids(rows, period, starts_care[period]),
    }
    if "legal_status" in rows.columns:
        status = rows.said("legal_status")
        made |= _status(rows, _firsts(begins | (status != status[rows.before]), rows.before))
    moved, doubtful = _moves(rows, begins)
    made |= _placements(rows, _firsts(moved, rows.before))
    for name, column in made.items():
        _spread(files, name, column, rows.at, total)
    _say(files, rows, begins & ~starts_care, starts_care & (rows.before >= 0), doubtful)
    return list(files)


def _sorted(files: Sequence[Cells]) -> _Rows:
    names = ("child_id", "start_reason", "end_reason", "legal_status", *OF_LAST)
    read = [n for n in names if any(n in {c.name for c in f.recognised.layout.table.columns} for f in files)]
    columns = {n: pa.concat_arrays([f.text(n) for f in files]) for n in read}
    for name in OF_LAST:
        columns.setdefault(name, pa.nulls(len(columns["child_id"]), pa.string()))
    starts = pa.concat_arrays([f.dates("start_date") for f in files])
    ends = pa.concat_arrays([f.dates("end_date") for f in files])
    table = pa.table({**columns, "start": starts, "end": ends})
    keys = [("child_id", "ascending"), ("start", "ascending"), ("end", "ascending")]
    order = pc.sort_indices(table, [*keys, *((n, "ascending") for n in read[1:])])
    whole = pc.and_(columns["child_id"].is_valid(), starts.is_valid()).take(order)
    at = order.filter(whole).to_numpy().astype(np.int64)
    table = table.take(pa.array(at))
    child = table["child_id"].combine_chunks().dictionary_encode().indices.to_numpy().astype(np.int64)
    end = table["end"].combine_chunks()
    found = {n: table[n].combine_chunks() for n in columns}
    rows = _Rows(
        at,
        child,
        table["start"].combine_chunks().view(pa.int32()).to_numpy().astype(np.int64),
        end.view(pa.int32()).fill_null(0).to_numpy().astype(np.int64),
        np.asarray(end.is_valid()),
        found,
        np.full(len(at), -1, dtype=np.int64),
    )
    rows.before = _before(rows)
    return rows


def _before(rows: _Rows) -> Ints:
    """For each row the one that it follows: of the same child, gone on (X1), ended that day or the day before."""
    on = np.flatnonzero(rows.ended & (rows.said("end_reason") == _GOES_ON))
    ends = rows.child[on] * _DAY + rows.end[on]
    sort = np.argsort(ends, kind="stable")
    on, ends = on[sort], ends[sort]
    before = np.full(len(rows.at), -1, dtype=np.int64)
    own = np.arange(len(rows.at))
    for gap in (1, 0):
        wanted = rows.child * _DAY + rows.start - gap
        last = np.searchsorted(ends, wanted, side="right") - 1
        for back in (1, 0):
            place = np.maximum(last - back, 0)
            fits = (last - back >= 0) & (ends[place] == wanted) if len(on) else np.zeros(len(own), dtype=bool)
            found = on[place] if len(on) else own
            fits &= (found < own) & (rows.start[found] <= rows.start)
            before = np.where(fits, found, before)
    return before


def _firsts(begins: Mask, before: Ints) -> Ints:
    """For each row the first of its run."""
    first = np.where(begins, np.arange(len(begins)), before)
    while True:
        further = first[first]
        if np.array_equal(further, first):
            return first
        first = further


def _lasts(first: Ints) -> Ints:
    """For each row the last of its run."""
    last = np.arange(len(first))
    last[first] = np.arange(len(first))
    return last[first]


def _status(rows: _Rows, first: Ints) -> dict[str, pa.Array]:
    own = np.arange(len(first)) == first
    own &= np.asarray(rows.columns["legal_status"].is_valid())
    last = _lasts(first)
    return {
        STATUS_START: _iso(rows.start, own),
        STATUS_END: _where(own, rows.columns["end_date"].take(pa.array(last))),
    }


def _moves(rows: _Rows, begins: Mask) -> tuple[Mask, Mask]:
    """Rows that begin a placement, and those that name the same carer but another provider's number."""
    reason, before = rows.said("start_reason"), rows.before
    number = rows.said("provider_number")
    known = ~np.isin(number, _NO_PROVIDER)
    another = known & known[before] & (number != number[before])
    stays = np.isin(reason, _SAME_CARER)
    alike = reason == ""
    for name in ("placement_type", "provider_number", "postcode"):
        alike &= rows.said(name) == rows.said(name)[before]
    moved = begins | ~(stays | alike) | another
    return moved, ~begins & stays & another


def _placements(rows: _Rows, first: Ints) -> dict[str, pa.Array]:
    own = np.arange(len(first)) == first
    last = pa.array(_lasts(first))
    begun = _iso(rows.start, np.ones(len(first), dtype=bool))
    ids = pc.binary_join_element_wise(rows.columns["child_id"], begun, "|").take(pa.array(first))
    made = {PLACEMENT_ID: ids, PLACEMENT_START: _where(own, begun)}
    return made | {f"last_{n}": _where(own, rows.columns[n].take(last)) for n in OF_LAST}


def _period_ids(rows: _Rows, period: Ints, told: Mask) -> pa.Array:
    """Child and the day of coming into care; where that is not told, "before" and the first row's start."""
    day = _iso(rows.start[period], np.ones(len(period), dtype=bool))
    mark = pc.if_else(pa.array(told), "", "before ")
    return pc.binary_join_element_wise(
        rows.columns["child_id"], pc.binary_join_element_wise(mark, day, ""), "|"
    )


def _iso(days: Ints, told: Mask) -> pa.Array:
    found = pa.array(days.astype(np.int32), pa.int32(), mask=~told)
    return found.view(pa.date32()).cast(pa.string())


def _where(mask: Mask, column: pa.Array) -> pa.Array:
    return pc.if_else(pa.array(mask), column, pa.scalar(None, pa.string()))


def _spread(files: Sequence[Cells], name: str, column: pa.Array, at: Rows, total: int) -> None:
    """Gives each file its part of a made column, in the order of its own rows."""
    places = np.full(total, -1, dtype=np.int64)
    places[at] = np.arange(len(at))
    whole = column.take(pa.array(places, mask=places < 0))
    begin = 0
    for one in files:
        one.add(name, whole.slice(begin, one.size))
        begin += one.size


def _say(files: Sequence[Cells], rows: _Rows, carried: Mask, restarted: Mask, doubtful: Mask) -> None:
    """What the load report says of runs that are not as they should be."""
    overlaps = "begins before an earlier row of the child ends; kept"
    again = "is S, but the row before it goes on (X1) to the same day; taken as a new period of care"
    carer = "says the same carer, but the provider's number is another; taken as a new placement"
    begin = 0
    for one in files:
        mine = (rows.at >= begin) & (rows.at < begin + one.size)
        for column, kind, which in (
            ("start_date", overlaps, _overlapping(rows)),
            ("start_reason", again, restarted),
            ("start_reason", carer, doubtful),
        ):
            found = np.sort(rows.at[mine & which] - begin)
            if len(found):
                said = [f"the cell {kind}"] * len(found)
                one.notes.append(Fault(column, kind, Action.KEPT, found, said))
        count = int(np.count_nonzero(mine & carried))
        if count:
            text = (
                f"{count:,} periods of care do not begin with an S row in what was handed over; "
                "the day of coming into care is not told for them"
            )
            one.grid.remarks = [*one.grid.remarks, Remark(text)]
        begin += one.size


def _overlapping(rows: _Rows) -> Mask:
    """Rows that begin before an earlier row of the same child has ended."""
    sound = ~rows.ended | (rows.end >= rows.start)
    until = np.where(rows.ended, rows.end, _DAY // 2)
    until = rows.child * _DAY + np.where(sound, until, -(_DAY // 4))
    latest = np.maximum.accumulate(until) if len(until) else until
    earlier = np.concatenate([[-1], latest[:-1]]) if len(until) else latest
    return (earlier > rows.child * _DAY + rows.start) & (
        np.concatenate([[-1], rows.child[:-1]]) == rows.child if len(until) else False
    )
