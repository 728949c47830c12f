"""Rows that repeat one another: which of them counts."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.convert import Fault
from evenlode.extracts.fingerprints import agreeing, codes, exact, fingerprints, mix, some_agree
from evenlode.extracts.grid import Rows
from evenlode.extracts.headings import plain
from evenlode.extracts.stack import Stack
from evenlode.extracts.text_columns import null_mask
from evenlode.record.delivery import Action

_WITH_CHILD = {"supervision", "action", "audit"}
"""Tables in which one session or action about several children stands once for each of them."""
_LATEST_END = "involvement"


def set_repeats_aside(stack: Stack) -> None:
    """Repeated ids count once: the first row in the file; for involvements the one with a blank end, else the latest.

    Rows without an id count once where they are wholly identical.
    """
    own = stack.own_id
    if own is None or stack.columns[own].null_count == stack.size:
        _identical_rows(stack, np.flatnonzero(stack.kept))
        return
    blank = null_mask(stack.columns[own])
    names = [own, "child_id"] if stack.table.name in _WITH_CHILD else [own]
    _repeated_ids(stack, names, np.flatnonzero(stack.kept & ~blank))
    _identical_rows(stack, np.flatnonzero(stack.kept & blank))


def _repeated_ids(stack: Stack, names: list[str], rows: Rows) -> None:
    suspects = _suspects([stack.columns[name] for name in names], rows)
    if not len(suspects):
        return
    at = pa.array(suspects)
    winners = _winners(stack, suspects, exact([codes(stack.columns[name].take(at)) for name in names]))
    out = winners != suspects
    repeated, instead = suspects[out], winners[out]
    text = stack.columns[names[0]].take(pa.array(repeated)).to_pylist()
    said = [
        f"repeats id {i}, which {stack.place(w)} has already"
        if w < r
        else f"repeats id {i}; {stack.place(w)} goes on longer and is kept"
        for i, r, w in zip(text, repeated.tolist(), instead.tolist(), strict=True)
    ]
    stack.note(Fault(names[0], "repeats an id", Action.QUARANTINED, repeated, said))


def _suspects(columns: list[pa.Array], rows: Rows) -> Rows:
    """Of these rows, those that may be the same in these columns."""
    if len(rows) < 2:
        return rows[:0]
    if len(rows) != len(columns[0]):
        at = pa.array(rows)
        columns = [column.take(at) for column in columns]
    prints = fingerprints(columns[0])
    for column in columns[1:]:
        prints = mix(prints, fingerprints(column))
    return rows[agreeing(prints)] if some_agree(prints) else rows[:0]


def _winners(stack: Stack, rows: Rows, groups: npt.NDArray[np.uint64]) -> Rows:
    """For each row the one that counts in its place."""
    _, first, back, counts = np.unique(groups, return_index=True, return_inverse=True, return_counts=True)
    best = rows[first]
    if stack.table.name == _LATEST_END:
        members: dict[int, list[int]] = {}
        for at in np.flatnonzero(counts[back] > 1).tolist():
            members.setdefault(int(back[at]), []).append(int(rows[at]))
        for group, those in members.items():
            best[group] = _latest(those, stack.columns["end_date"])
    return best[back]


def _latest(rows: list[int], ends: pa.Array) -> int:
    """The row with a blank end, else the latest end; the first of equals."""
    found: list[Any] = ends.take(pa.array(rows)).to_pylist()
    blank = [row for row, end in zip(rows, found, strict=True) if end is None]
    return blank[0] if blank else rows[found.index(max(found))]


def _identical_rows(stack: Stack, rows: Rows) -> None:
    if len(rows) < 2:
        return
    columns = [c for c in stack.columns.values() if c.null_count < stack.size] + _other_columns(stack)
    suspects = _suspects(columns, rows)
    if not len(suspects):
        return
    at = pa.array(suspects)
    _, first, back = np.unique(
        exact([codes(c.take(at)) for c in columns]), return_index=True, return_inverse=True
    )
    out = first[back] != np.arange(len(suspects))
    said = [f"is the same in every cell as {stack.place(w)}" for w in suspects[first[back][out]].tolist()]
    own = stack.own_id or next(iter(stack.columns))
    stack.note(Fault(own, "repeats a row", Action.QUARANTINED, suspects[out], said))


def _other_columns(stack: Stack) -> list[pa.Array]:
    """Columns that are not ours, by heading: two rows that differ only there are two rows."""
    headings: dict[str, list[pa.Array]] = {}
    for at, piece in enumerate(stack.pieces):
        ours = {*piece.recognised.places.values()}
        for place, heading in enumerate(piece.grid.headings):
            if place not in ours:
                none = [pa.nulls(len(p.grid.row_numbers), pa.string()) for p in stack.pieces]
                parts = headings.setdefault(plain(heading), none)
                cell = pc.utf8_trim_whitespace(piece.grid.columns[place])
                parts[at] = pc.if_else(pc.equal(cell, ""), pa.scalar(None, pa.string()), cell)
    return [pa.concat_arrays(parts) for parts in headings.values()]
