"""Ids for agreed actions that come without one: the same whatever the order of the rows."""

from __future__ import annotations

import hashlib

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.fingerprints import agreeing, codes, some_agree
from evenlode.extracts.stack import Stack
from evenlode.extracts.text_columns import null_mask

_NAMED_BY = ("child_id", "set_date", "action")
_TOLD_APART_BY = ("target_date", "owner", "note_id", "completed_date", "status")


def give_action_ids(stack: Stack) -> None:
    """Fills blank action ids: A and twelve figures made from child, date and text.

    Actions of one child with the same date and text are told apart by what else stands in the row,
    and the second and later of them get -2, -3 and so on.
    """
    ids = stack.columns["action_id"]
    wanted = np.flatnonzero(null_mask(ids) & stack.kept)
    if not len(wanted):
        return
    at = pa.array(wanted)
    texts = pc.binary_join_element_wise(*_texts(stack, _NAMED_BY, at), "|").cast(pa.binary()).to_pylist()
    made = ["A" + hashlib.sha256(text).hexdigest()[:12] for text in texts]
    _tell_apart(stack, wanted, made, set(ids.drop_null().to_pylist()))
    if len(wanted) == stack.size:
        stack.columns["action_id"] = pa.array(made, pa.string())
        return
    places = np.full(stack.size, -1, dtype=np.int64)
    places[wanted] = np.arange(len(wanted))
    new = pa.array(made, pa.string()).take(pa.array(places, mask=places < 0))
    stack.columns["action_id"] = pc.coalesce(ids, new)


def _tell_apart(
    stack: Stack, rows: np.ndarray[tuple[int], np.dtype[np.int64]], made: list[str], taken: set[str]
) -> None:
    """Changes ids that stand twice, or that the export gives to another row."""
    if not taken and not some_agree(prints := codes(pa.array(made, pa.string()))):
        return
    shared = agreeing(prints).tolist() if not taken else list(range(len(made)))
    at = pa.array(rows[shared])
    columns = [c.to_pylist() for c in _texts(stack, (*_NAMED_BY, *_TOLD_APART_BY), at)]
    order = sorted(range(len(shared)), key=lambda p: (made[shared[p]], *(c[p] for c in columns)))
    seen: dict[str, int] = {}
    for place in order:
        base = made[shared[place]]
        count = seen.get(base, 0) + 1
        while (name := base if count == 1 else f"{base}-{count}") in taken:
            count += 1
        seen[base] = count
        made[shared[place]] = name


def _texts(stack: Stack, names: tuple[str, ...], at: pa.Array) -> list[pa.Array]:
    return [pc.fill_null(stack.columns[name].take(at).cast(pa.string()), "") for name in names]
