"""Rows that are kept but cannot be right, or point at nobody: listed, so that somebody can mend them."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.convert import Fault
from evenlode.extracts.stack import Stack
from evenlode.extracts.text_columns import as_mask, null_mask
from evenlode.record.delivery import Action
from evenlode.record.tables import TABLES

SPANS: dict[str, tuple[str, str]] = {
    "early_help": ("start_date", "end_date"),
    "address": ("start_date", "end_date"),
    "immigration_status": ("start_date", "end_date"),
    "linked_identifier": ("valid_from", "valid_to"),
    "missing_episode": ("start_date", "end_date"),
    "episode": ("referral_date", "close_date"),
    "assessment": ("start_date", "authorised_date"),
    "enquiry": ("start_date", "end_date"),
    "cin_plan": ("start_date", "end_date"),
    "cp_plan": ("start_date", "end_date"),
    "care_episode": ("start_date", "end_date"),
    "legal_status": ("start_date", "end_date"),
    "placement": ("start_date", "end_date"),
    "care_plan": ("start_date", "end_date"),
    "involvement": ("start_date", "end_date"),
    "establishment": ("start_date", "leaving_date"),
    "action": ("set_date", "completed_date"),
}
"""From and to of every table that has both."""
NEEDED_DATES: dict[str, str] = {
    "contact": "contact_date",
    "cin_visit": "visit_date",
    "cp_visit": "visit_date",
    "care_visit": "visit_date",
    "supervision": "held_date",
}
"""Dates without which a row that has only one counts for nothing."""
_NO_START = {"address", "immigration_status", "linked_identifier", "establishment", "early_help"}
"""Tables in which a blank start is nothing to speak of."""

_PLANS = {"cin_visit": "cin_plan", "cp_visit": "cp_plan", "cp_review": "cp_plan"}
_REFERENCES: dict[str, tuple[str, str]] = {
    "child_id": ("child", "child_id"),
    "worker_id": ("worker", "worker_id"),
    "episode_id": ("episode", "episode_id"),
    "period_id": ("care_episode", "period_id"),
    "assessment_id": ("assessment", "assessment_id"),
}
"""A column of this name in any table names a row of that one."""


def references_of(name: str) -> dict[str, tuple[str, str]]:
    """The columns of a table that name a row of another: column to (table, its column)."""
    found = dict(_REFERENCES)
    if name in _PLANS:
        found["plan_id"] = (_PLANS[name], "plan_id")
    return {
        column: there
        for column, there in found.items()
        if there[0] != name and any(c.name == column for c in TABLES[name].columns)
    }


def list_doubts(stack: Stack, known: Mapping[str, Stack]) -> None:
    """Ends before starts, starts that are blank, and ids that name nobody in what was handed over."""
    name = stack.table.name
    if name in SPANS:
        _reversed_spans(stack, *SPANS[name])
        if name not in _NO_START:
            _blank(stack, SPANS[name][0], "is blank: the row has no start; kept, and never counted as active")
    if name in NEEDED_DATES:
        _blank(stack, NEEDED_DATES[name], "is blank: the row has no date; kept, and never counted")
    if stack.table.key:
        _blank(stack, stack.table.key, "is blank: the row has no id of its own; kept")
    _orphans(stack, known)


def _reversed_spans(stack: Stack, start: str, end: str) -> None:
    earlier = pc.less(stack.columns[end], stack.columns[start])
    if not earlier.true_count:
        return
    rows = np.flatnonzero(as_mask(earlier) & stack.kept)
    if len(rows):
        kind = "lies before the row's start; kept, and never counted as active"
        stack.note(Fault(end, kind, Action.KEPT, rows, [f"the date {kind}"] * len(rows)))


def _blank(stack: Stack, column: str, kind: str) -> None:
    if not stack.columns[column].null_count or not stack.has(column):
        return
    rows = np.flatnonzero(null_mask(stack.columns[column]) & stack.kept)
    if len(rows):
        stack.note(Fault(column, kind, Action.KEPT, rows, [f"the cell {kind}"] * len(rows)))


def _orphans(stack: Stack, known: Mapping[str, Stack]) -> None:
    for column, (table, wanted) in references_of(stack.table.name).items():
        there = known.get(table)
        if there is None or column not in stack.columns or stack.columns[column].null_count == stack.size:
            continue
        (ids,) = there.kept_of(wanted)
        found = pc.is_in(stack.columns[column], value_set=ids)
        if found.true_count == stack.size - stack.columns[column].null_count:
            continue
        rows = np.flatnonzero(~as_mask(found) & ~null_mask(stack.columns[column]) & stack.kept)
        if len(rows):
            kind = f"names nobody and nothing in {TABLES[table].ssd or table}; kept"
            text = stack.columns[column].take(pa.array(rows)).to_pylist()
            stack.note(Fault(column, kind, Action.KEPT, rows, [f"{i} {kind}" for i in text]))
