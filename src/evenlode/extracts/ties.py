"""How a row is tied to its child where the case system left the child's id out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.errors import CannotRead
from evenlode.extracts.convert import Fault
from evenlode.extracts.stack import Stack, by_table
from evenlode.extracts.text_columns import null_mask
from evenlode.record.delivery import Action
from evenlode.record.tables import TABLES

CHILD = "child_id"


@dataclass(frozen=True)
class Tie:
    """`column` of `table` names a row of `via` by its `via_id`, and that row knows the child."""

    table: str
    column: str
    via: str
    via_id: str


_EPISODE = ("episode", "episode_id")
_PERIOD = ("care_episode", "period_id")
TIES: tuple[Tie, ...] = (
    Tie("assessment", "episode_id", *_EPISODE),
    Tie("enquiry", "episode_id", *_EPISODE),
    Tie("cin_plan", "episode_id", *_EPISODE),
    Tie("cp_plan", "episode_id", *_EPISODE),
    Tie("conference", "episode_id", *_EPISODE),
    Tie("conference", "enquiry_id", "enquiry", "enquiry_id"),
    Tie("conference", "plan_id", "cp_plan", "plan_id"),
    Tie("cp_plan", "conference_id", "conference", "conference_id"),
    Tie("cin_visit", "plan_id", "cin_plan", "plan_id"),
    Tie("cp_visit", "plan_id", "cp_plan", "plan_id"),
    Tie("cp_review", "plan_id", "cp_plan", "plan_id"),
    Tie("care_episode", "referral_id", *_EPISODE),
    Tie("placement", "period_id", *_PERIOD),
    Tie("placement", "placement_id", "care_episode", "placement_id"),
    Tie("care_visit", "period_id", *_PERIOD),
    Tie("care_review", "period_id", *_PERIOD),
    Tie("permanence", "period_id", *_PERIOD),
    Tie("involvement", "episode_id", *_EPISODE),
    Tie("action", "note_id", "supervision", "note_id"),
)
"""In this order, since a later one may lean on what an earlier one filled."""

CHILDLESS = {"child", "supervision", "audit", "plan_interval", "mother", "send", "key_date", "feedback"}
"""Tables whose rows may do without a child: personal supervision, an audit of a theme, and so on."""
NAMED = ("child", "worker", "team")
"""Tables whose rows are nothing without an id of their own: everything else points at it."""


def tie_to_children(stacks: Sequence[Stack]) -> None:
    """Fills missing child ids where another row knows them, and sets aside the rows that stay without."""
    known = by_table(stacks)
    for tie in TIES:
        stack, via = known.get(tie.table), known.get(tie.via)
        if stack is not None and via is not None:
            _fill(stack, tie, via)
    for stack in stacks:
        if CHILD in stack.columns and stack.table.name not in CHILDLESS:
            _set_aside_childless(stack, known)
        if stack.table.name in NAMED and stack.table.key:
            _set_aside_blank(stack, stack.table.key, "has no id of its own, so that nothing can name it")


def _fill(stack: Stack, tie: Tie, via: Stack) -> None:
    child, link = stack.columns[CHILD], stack.columns[tie.column]
    wanted = null_mask(child) & ~null_mask(link)
    if not wanted.any():
        return
    ids, children = via.kept_of(tie.via_id, CHILD)
    if not len(ids):
        return
    found = children.take(pc.index_in(link, value_set=ids))
    filled = wanted & ~null_mask(found)
    stack.columns[CHILD] = pc.if_else(pa.array(filled), found, child)
    count = int(np.count_nonzero(filled & stack.kept))
    if count:
        shown = TABLES[tie.via].ssd or tie.via
        stack.say(CHILD, f"the child's id was filled in from {shown} in {count:,} rows", Action.REPAIRED)


def _set_aside_childless(stack: Stack, known: Mapping[str, Stack]) -> None:
    blank = null_mask(stack.columns[CHILD]) & stack.kept
    count = int(np.count_nonzero(blank))
    if not count:
        return
    if count == np.count_nonzero(stack.kept) and not stack.has(CHILD):
        _refuse_untied(stack, known)
    _set_aside_blank(stack, CHILD, "has no child's id, and no other row tells whose it is")


def _refuse_untied(stack: Stack, known: Mapping[str, Stack]) -> None:
    """A whole table without children is no use, and the file that would mend it was left out."""
    missing = [TABLES[t.via].ssd or t.via for t in TIES if t.table == stack.table.name and t.via not in known]
    if missing:
        raise CannotRead(
            f"{stack.pieces[0].grid.file}: no row says which child it is about; hand over {missing[0]} with it, "
            "from which the child's id can be filled in."
        )


def _set_aside_blank(stack: Stack, column: str, why: str) -> None:
    rows = np.flatnonzero(null_mask(stack.columns[column]) & stack.kept)
    if len(rows):
        stack.note(Fault(column, why, Action.QUARANTINED, rows, [f"the row {why}"] * len(rows)))
