"""Each session of case supervision about an open child: held or not, and what its record holds."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step
from evenlode.position.supervision import was_held

ELEMENTS = (
    "actions_reviewed",
    "plan_progress",
    "child_voice",
    "risk_considered",
    "reflective",
    "decision_reason",
    "drift_question",
    "dates_checked",
)
"""The columns of a supervision that say yes or no to what a good record contains (4.2)."""


def case_session(at: Context) -> ir.Table:
    """Case supervision since the start of the current episode, cancelled and planned sessions too."""
    child = at.step("open_child").select(*CHILD, "episode_start")
    rows = at.record(
        "supervision",
        "child_id",
        "note_id",
        "note_type",
        "held_date",
        "recorded_date",
        "signed_date",
        "state",
        *ELEMENTS,
    )
    rows = rows.filter((rows.held_date <= at.as_at) & at.listed(rows.note_type, "case_supervision_notes"))
    rows = rows.inner_join(child, list(CHILD))
    rows = rows.filter(rows.held_date >= rows.episode_start)
    return rows.select(
        *CHILD,
        "note_id",
        "held_date",
        "recorded_date",
        "signed_date",
        *ELEMENTS,
        held=was_held(at, rows.state),
        cancelled=at.listed(rows.state, "cancelled_sessions"),
    )


def last_case_session(at: Context) -> ir.Table:
    """The last day on which each open child was talked about, and what is on record of it.

    Two sessions on one day are one: what either of them holds is there.
    """
    rows = at.step("case_session")
    rows = rows.filter(rows.held)
    newest = rows.group_by(*CHILD).agg(held_date=rows.held_date.max())
    rows = rows.semi_join(newest, [*CHILD, "held_date"])
    return rows.group_by(*CHILD, "held_date").agg(
        note_id=rows.note_id.max(),
        signed_date=rows.signed_date.min(),
        **{name: rows[name].max() for name in ELEMENTS},
    )


def cancelled_in_a_row(at: Context, rows: ir.Table, whose: tuple[str, ...]) -> ir.Table:
    """Whose last sessions, as many as the policy says, were all cancelled.

    rows: sessions with held_date, held and cancelled; one held on the day of a cancelled one counts as
    the later of the two.
    """
    rows = rows.filter(rows.held | rows.cancelled)
    n = int(at.policy.numbers["sessions_cancelled"])
    order = [rows.held_date.desc(), rows.cancelled.cast("int32").asc()]
    place = ibis.row_number().over(ibis.window(group_by=[rows[c] for c in whose], order_by=order))
    newest = rows.mutate(place=place).filter(lambda t: t.place < n)
    found = newest.group_by(*whose).agg(
        cancelled=newest.cancelled.cast("int32").sum(),
        first_cancelled=newest.held_date.min(),
        last_cancelled=newest.held_date.max(),
    )
    return found.filter(found.cancelled >= n)


CASE_SESSION_STEPS = (
    Step("case_session", "Case supervision of each open child, held or not.", case_session),
    Step(
        "last_case_session",
        "The last case supervision of each open child, and what its record holds.",
        last_case_session,
    ),
)
