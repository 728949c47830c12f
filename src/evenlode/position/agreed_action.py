"""Agreed actions that are open on the day, those that drift, and who is to do them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside, without

ACTION = (*CHILD, "action_id")


def action_open(at: Context) -> ir.Table:
    """Actions agreed by the day and neither done nor ended by it."""
    rows = without(
        at.record(
            "action",
            "child_id",
            "action_id",
            "action",
            "owner",
            "set_date",
            "target_date",
            "first_target_date",
            "times_moved",
            "completed_date",
            "status",
        ),
        at.step("gone"),
    )
    agreed = (rows.set_date <= at.as_at).fill_null(True)
    done = (rows.completed_date <= at.as_at).fill_null(False) | (
        rows.completed_date.isnull() & at.listed(rows.status, "done_actions")
    )
    return rows.filter(agreed & ~done & ~at.listed(rows.status, "ended_actions"))


def action_drift(at: Context) -> ir.Table:
    """ACT-03: open actions whose date was moved too often, or that outlived too many supervisions.

    moves: as recorded, and at least one where the date first given lies before today's.  sessions: on
    how many days the child was talked about after the action was agreed.
    """
    rows = at.step("action_open").select(
        *ACTION, "set_date", "target_date", "first_target_date", "times_moved"
    )
    talk = at.step("case_session")
    talk = talk.filter(talk.held).select(*CHILD, "held_date").distinct()
    since = at.step("action_open").select(*ACTION, "set_date").inner_join(talk, list(CHILD))
    since = since.filter(since.held_date > since.set_date)
    sessions = since.group_by(*ACTION).agg(sessions=since.count())
    rows = beside(rows, sessions, keys=ACTION)
    moved = ibis.ifelse((rows.first_target_date < rows.target_date).fill_null(False), 1, 0)
    rows = rows.mutate(
        moves=ibis.greatest(rows.times_moved.fill_null(0), moved), sessions=rows.sessions.fill_null(0)
    )
    moves, many = (int(at.policy.numbers[n]) for n in ("action_moves", "action_sessions"))
    return rows.filter((rows.moves >= moves) | (rows.sessions > many))


def action_owner(at: Context) -> ir.Table:
    """Actions whose owner is a worker of the list, by worker id or staff number and never by name."""
    rows = at.record("action", "child_id", "action_id", "owner")
    worker = at.record("worker", "worker_id", "staff_number")
    by_id = worker.select(k_la="la_code", key="worker_id", owner_id="worker_id")
    by_number = worker.select(k_la="la_code", key="staff_number", owner_id="worker_id")
    keys = (
        by_id.union(by_number)
        .group_by("k_la", "key")
        .agg(owner_id=lambda t: t.owner_id.min(), other=lambda t: t.owner_id.max())
    )
    keys = keys.filter(keys.owner_id == keys.other)
    rows = rows.inner_join(keys, [rows.la_code == keys.k_la, rows.owner == keys.key])
    return rows.select(*ACTION, worker_id="owner_id")


def plan_dates(at: Context) -> ir.Table:
    """For each kind of plan and each plan, the earliest review still to be held, wherever it is recorded."""
    review = at.record("cp_review", "plan_id", "due_date", "held_date")
    waiting = review.held_date.isnull() | (review.held_date > at.as_at)
    review = review.filter(waiting & review.due_date.notnull() & review.plan_id.notnull())
    own = at.record("plan_interval", "child_id", "plan_id", "next_review_due")
    own = own.filter(own.next_review_due.notnull())
    listed = at.record("key_date", "child_id", "date_kind", "due_date", "done_date")
    listed = listed.filter(
        (listed.date_kind.strip().upper() == "CIN REVIEW")
        & listed.due_date.notnull()
        & (listed.done_date.isnull() | (listed.done_date > at.as_at))
    )

    def planned(rows: ir.Table, kind: str, due: str, key: str) -> ir.Table:
        rows = rows.filter(rows[key].notnull())
        return rows.select("la_code", kind=ibis.literal(kind), key=rows[key], planned=rows[due])

    rows = ibis.union(
        planned(review, "CP", "due_date", "plan_id"),
        planned(own, "CP", "next_review_due", "plan_id"),
        planned(own, "CP", "next_review_due", "child_id"),
        planned(own, "CIN", "next_review_due", "plan_id"),
        planned(own, "CIN", "next_review_due", "child_id"),
        planned(listed, "CIN", "due_date", "child_id"),
    )
    return rows.group_by("la_code", "kind", "key").agg(planned=rows.planned.min())


AGREED_ACTION_STEPS = (
    Step("action_open", "Agreed actions that are open on the day.", action_open),
    Step("action_drift", "Open actions that drift.", action_drift),
    Step("action_owner", "Who is to do each action, where that is a worker's id.", action_owner),
    Step("plan_dates", "The next review on record of each plan, and which kinds have any.", plan_dates),
)
