"""How one lead worker follows another: hand-overs, gaps, and children still with a short-term team."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside
from evenlode.position.key_dates import of_kind


def lead_sequence(at: Context) -> ir.Table:
    """Each lead involvement of an open child that can be, with the one before it.

    `covered_until`: the last day to which any earlier one of them reached; far away while one runs on.
    """
    far = ibis.literal(date(2300, 1, 1))
    rows = at.step("lead_history")
    rows = rows.filter(rows.end_date.isnull() | (rows.end_date >= rows.start_date))
    rows = rows.inner_join(at.step("open_child").select(*CHILD, "episode_start"), list(CHILD))
    rows = rows.mutate(until=ibis.coalesce(rows.end_date, far))
    order = [rows.start_date, rows.involvement_id_order, rows.worker_id]
    one_back = ibis.window(group_by=[rows.la_code, rows.child_id], order_by=order)
    all_before = ibis.window(
        group_by=[rows.la_code, rows.child_id], order_by=order, preceding=(None, 1), following=None
    )
    return rows.select(
        *CHILD,
        "worker_id",
        "start_date",
        "end_date",
        "change_reason",
        "episode_start",
        "until",
        before=rows.worker_id.lag().over(one_back),
        before_start=rows.start_date.lag().over(one_back),
        before_end=rows.end_date.lag().over(one_back),
        covered_until=rows.until.max().over(all_before),
    )


def lead_handover(at: Context) -> ir.Table:
    """CW-03: hand-overs of open children from one lead worker to the next in the last 12 months.

    CW-05: the same worker back within a few working days, and the reasons that a council lists (back
    from leave), are none; nor is the first worker of an episode.
    """
    rows = at.step("lead_sequence")
    rows = rows.filter(
        rows.before.notnull()
        & (rows.start_date >= at.day("worker_window"))
        & (rows.start_date > rows.before_start)
        & ~at.listed(rows.change_reason, "changes_not_counted")
    )
    rows = at.due(rows, back_by=("before_end", "same_worker_back"))
    same = rows.before == rows.worker_id
    stayed = same & (rows.before_end.isnull() | (rows.start_date <= rows.back_by))
    new_episode = (rows.before_end < rows.episode_start).fill_null(False) & (
        rows.start_date >= rows.episode_start
    )
    rows = rows.filter(~stayed & ~new_episode)
    return rows.select(*CHILD, "start_date", "worker_id", "before", "before_end", "change_reason")


def lead_gap(at: Context) -> ir.Table:
    """CW-08: days of the last 12 months on which an open child had no lead worker between two."""
    rows = at.step("lead_sequence")
    rows = rows.filter(
        (rows.covered_until < rows.start_date)
        & (rows.covered_until >= rows.episode_start)
        & (rows.start_date >= at.day("worker_window"))
    )
    rows = at.due(rows, long_from=("covered_until", "gap_limit"))
    return rows.select(
        *CHILD,
        "start_date",
        ended="covered_until",
        days=rows.start_date.delta(rows.covered_until, unit="day"),
        long=rows.start_date > rows.long_from,
    )


def waiting_for_long_term(at: Context) -> ir.Table:
    """Open children whom no named worker of a long-term team leads, and what is known of a transfer.

    A team is short-term when its name has one of the policy's words.  `transferred_on`: a transfer that
    the council's own dates call done.
    """
    team = at.record("team", "team_id", "name")
    name = " " + team.name.strip().lower() + " "
    short = ibis.literal(False)
    for word in at.policy.lists["short_term_teams"]:
        short = short | name.contains(f" {word.strip().lower()} ")
    team = team.filter(short.fill_null(False)).select("la_code", "team_id", is_short=ibis.literal(True))
    held = at.step("lead").select(*CHILD, "worker_id", "team_id", "named", "since")
    held = beside(held, team.distinct(), keys=("la_code", "team_id"))
    rows = beside(at.step("open_child"), held)
    nobody = ~rows.named.fill_null(False)
    rows = rows.filter(nobody | rows.is_short.fill_null(False))
    moved = of_kind(at, "transfer")
    moved = moved.group_by(*CHILD).agg(asked=moved.start_date.max(), transferred_on=moved.done_date.max())
    rows = beside(rows, moved, at.step("unallocated").select(*CHILD, "waiting_since"))
    return rows.select(
        *CHILD,
        "waiting_since",
        "is_cp",
        "is_care",
        "is_cin",
        "episode_start",
        "asked",
        "transferred_on",
        held_by=ibis.ifelse(rows.named.fill_null(False), "a short-term team", "no named worker"),
    )


HANDOVER_STEPS = (
    Step("lead_sequence", "Lead involvements of open children, each with the one before.", lead_sequence),
    Step("lead_handover", "Changes of lead worker in the last 12 months.", lead_handover),
    Step("lead_gap", "Days between one lead worker and the next in the last 12 months.", lead_gap),
    Step(
        "waiting_for_long_term",
        "Open children whom no named worker of a long-term team leads.",
        waiting_for_long_term,
    ),
)
