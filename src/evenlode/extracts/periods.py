"""Which period of care a review belongs to, where the format gives child and date only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.convert import Fault
from evenlode.extracts.stack import Stack
from evenlode.extracts.text_columns import null_mask
from evenlode.record.delivery import Action

_DAY = 1 << 22
_FAR = 1 << 21
Ints = npt.NDArray[np.int64]


def tie_to_periods(stacks: Sequence[Stack]) -> None:
    """Gives each review the child's period of care that it fell in, where its file has no such column.

    A period of which nobody tells when it began goes back to the one before it.
    """
    known = {(s.source, s.table.name): s for s in stacks}
    for stack in stacks:
        care = known.get((stack.source, "care_episode"))
        if stack.table.name == "care_review" and care is not None and not stack.has("period_id"):
            _place_reviews(stack, care)


def _place_reviews(stack: Stack, care: Stack) -> None:
    names = pc.unique(pa.concat_arrays([stack.columns["child_id"], care.columns["child_id"]]))
    keys, ids, ends = _periods(care, names)
    dated = stack.kept & ~null_mask(stack.columns["held_date"]) & ~null_mask(stack.columns["child_id"])
    rows = np.flatnonzero(dated)
    at = pa.array(rows)
    wanted = _key(
        _codes(stack.columns["child_id"].take(at), names), _days(stack.columns["held_date"].take(at))
    )
    last = np.searchsorted(keys, wanted, side="right") - 1
    place = np.maximum(last, 0)
    inside = (last >= 0) & (wanted <= ends[place]) if len(keys) else np.zeros(len(rows), dtype=bool)
    found = np.full(stack.size, -1, dtype=np.int64)
    found[rows[inside]] = place[inside]
    stack.columns["period_id"] = ids.take(pa.array(found, mask=found < 0))
    outside = rows[~inside]
    if len(outside):
        kind = "falls in no period of care that was handed over; kept without one"
        stack.note(Fault("held_date", kind, Action.KEPT, outside, [f"the date {kind}"] * len(outside)))


def _periods(care: Stack, names: pa.Array) -> tuple[Ints, pa.Array, Ints]:
    """Child and first day of each period of care in order, its id, and child and last day."""
    columns = ("child_id", "period_id", "start_date")
    whole = care.kept & ~np.logical_or.reduce([null_mask(care.columns[c]) for c in columns])
    kept = {c: care.columns[c].filter(pa.array(whole)) for c in (*columns, "end_date", "entered_care_date")}
    table = pa.table(
        {
            "child": pa.array(_codes(kept["child_id"], names)),
            "period": kept["period_id"],
            "start": pa.array(_days(kept["start_date"])),
            "end": pa.array(_days(kept["end_date"], _FAR)),
            "told": kept["entered_care_date"].is_valid(),
        }
    )
    spans = table.group_by(["child", "period"]).aggregate([("start", "min"), ("end", "max"), ("told", "max")])
    spans = spans.sort_by([("child", "ascending"), ("start_min", "ascending"), ("period", "ascending")])
    child, start, end = (spans[n].to_numpy() for n in ("child", "start_min", "end_max"))
    told = np.asarray(spans["told_max"])
    before = np.concatenate([[-_FAR], end[:-1] + 1]) if len(end) else end
    follows = np.concatenate([[False], child[1:] == child[:-1]]) if len(end) else told
    back = np.where(follows, before, -_FAR)
    start = np.where(told, start, np.minimum(start, back))
    return _key(child, start), spans["period"].combine_chunks(), _key(child, end)


def _codes(children: pa.Array, names: pa.Array) -> Ints:
    found: Ints = pc.index_in(children, value_set=names).to_numpy(zero_copy_only=False).astype(np.int64)
    return found


def _days(dates: pa.Array, blank: int = 0) -> Ints:
    days: Ints = dates.view(pa.int32()).fill_null(blank).to_numpy(zero_copy_only=False).astype(np.int64)
    return days


def _key(child: Ints, day: Ints) -> Ints:
    return child * _DAY + np.clip(day, -_FAR, _FAR - 1) + _FAR
