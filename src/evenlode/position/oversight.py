"""When anything was last recorded of each open child, when a manager last wrote, who was seen alone."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, only
from evenlode.position.supervision import was_held

VISITS = ("cp_visit", "cin_visit", "care_visit")

HAPPENED: tuple[tuple[str, str], ...] = (
    *((table, "visit_date") for table in VISITS),
    ("visit_note", "visit_date"),
    ("case_entry", "entry_date"),
    ("assessment", "start_date"),
    ("assessment", "authorised_date"),
    ("enquiry", "start_date"),
    ("enquiry", "end_date"),
    ("conference", "held_date"),
    ("cp_review", "held_date"),
    ("care_review", "held_date"),
    ("action", "set_date"),
    ("action", "completed_date"),
    ("key_date", "done_date"),
)
"""Where a contact, a note or a decision about a child shows: table and column."""


def last_recorded(at: Context) -> ir.Table:
    """The last day of which anything at all is on record of each open child."""

    def dated(table: str, column: str) -> ir.Table:
        rows = at.record(table, "child_id", column)
        return rows.filter(rows[column] <= at.as_at).select(*CHILD, day=column)

    talk = at.record("supervision", "child_id", "held_date", "state")
    talk = talk.filter((talk.held_date <= at.as_at) & was_held(at, talk.state))
    rows = ibis.union(*(dated(*one) for one in HAPPENED), talk.select(*CHILD, day="held_date"))
    rows = only(rows, at.step("open_child"))
    return rows.group_by(*CHILD).agg(last_recorded=rows.day.max())


def manager_entry(at: Context) -> ir.Table:
    """When a manager last wrote on each open child's record: entries, supervision and oversight."""
    entry = at.record("case_entry", "child_id", "entry_date", "by_manager")
    entry = entry.filter((entry.entry_date <= at.as_at) & (entry.by_manager == "Y"))
    note = at.step("supervision_note")
    rows = entry.select(*CHILD, day="entry_date").union(note.select(*CHILD, day="held_date"))
    rows = only(rows, at.step("open_child"))
    return rows.group_by(*CHILD).agg(last_entry=rows.day.max())


def alone_contact(at: Context) -> ir.Table:
    """When each child was last seen alone in any visit table, and when perhaps, where that is blank."""

    def seen_by(table: str) -> ir.Table:
        rows = at.record(table, "child_id", "visit_date", "seen_alone")
        return rows.filter(rows.visit_date <= at.as_at).select(*CHILD, "visit_date", "seen_alone")

    rows = only(ibis.union(*(seen_by(table) for table in VISITS)), at.step("live"))
    sure = ibis.ifelse(rows.seen_alone == "Y", rows.visit_date, ibis.null("date"))
    perhaps = ibis.ifelse(
        (rows.seen_alone == "Y") | rows.seen_alone.isnull(), rows.visit_date, ibis.null("date")
    )
    return rows.group_by(*CHILD).agg(last_alone=sure.max(), last_perhaps=perhaps.max())


OVERSIGHT_STEPS = (
    Step("last_recorded", "The last thing on record of each open child.", last_recorded),
    Step("manager_entry", "When a manager last wrote on each open child's record.", manager_entry),
    Step("alone_contact", "When each child was last seen alone by anybody.", alone_contact),
)
