"""What each child weighs, and each worker's share of it, in whole thousandths (contract 5).

All weights are carried as integers (points x 1,000, shares x 1,000), so that every engine adds them
up exactly; `workload.load` turns the sums back into decimals.
"""

from __future__ import annotations

from decimal import Decimal

import ibis
import ibis.expr.types as ir

from evenlode.position.allocation import role_part
from evenlode.position.context import CHILD, Context, Step, active, beside, latest, without
from evenlode.position.people import WORKER

SCALE = 1000


def thousandths(value: Decimal) -> int:
    """A weight as a whole number of thousandths; weights finer than that are refused."""
    scaled = value * SCALE
    if scaled != scaled.to_integral_value():
        raise ValueError(f"a weight may have three decimal places, not {value}")
    return int(scaled)


def counted_child(at: Context) -> ir.Table:
    """Everybody whom a caseload counts: open children, and care leavers of any age."""
    open_child = at.step("open_child").select(*CHILD, is_open=ibis.literal(True))
    leaver = without(at.step("care_leaver_now"), open_child)
    leaver = leaver.select(*CHILD, is_open=ibis.literal(False))
    return open_child.union(leaver)


def period_tier(at: Context) -> ir.Table:
    """Looked-after children: tier 1 when new to care or lately moved, else tier 2."""
    period = at.step("period_open")
    period = period.select(*CHILD, "period_id", "entered_care")
    moves = at.step("placement_spell")
    moves = moves.filter((moves.start_date > at.day("recent_moves_after")) & (moves.start_date <= at.as_at))
    moves = moves.select(*CHILD, "period_id", "placement_id")
    moved = period.inner_join(moves, [*CHILD, "period_id"])
    moved = moved.group_by(*CHILD).agg(moves=moved.count())
    rows = period.group_by(*CHILD).agg(entered_care=period.entered_care.min())
    rows = beside(rows, moved)
    rows = at.due(rows, new_until=("entered_care", "care_new"))
    enough = int(at.policy.numbers["recent_moves"])
    tier_1 = (rows.new_until > at.as_at) | (rows.moves.fill_null(0) >= enough)
    return rows.select(*CHILD, entry=ibis.ifelse(tier_1, "cla_tier_1", "cla_tier_2"))


def child_points(at: Context) -> ir.Table:
    """The highest entry of the tariff that applies to each person, and its points.

    Points look at the record and not at age (contract 3, fine points): somebody of 18 whose plan is
    still open scores, though no caseload counts them (`in_caseload`).
    """
    counted = at.step("counted_child")
    plan = at.due(at.step("cp_plan_open"), new_until=("start_date", "cp_plan_new"))
    plan = plan.select(
        *CHILD, entry=ibis.ifelse(at.as_at <= plan.new_until, "cp_plan_first_90_days", "cp_plan")
    )
    entries = ibis.union(
        _says(counted.filter(counted.is_open), "cin"),
        _says(at.step("care_leaver_now"), "care_leaver"),
        _says(at.step("on_interim_order"), "care_proceedings"),
        _says(_pre_proceedings_open(at), "pre_proceedings"),
        _says(at.step("enquiry_open"), "s47_open"),
        _says(at.step("assessment_open"), "assessment_open"),
        plan,
        at.step("period_tier"),
    )
    worth = {k: thousandths(v) for k, v in at.policy.tariff.points.items()}
    entries = without(entries, at.step("gone")).mutate(
        points=ibis.cases(*((ibis._.entry == k, v) for k, v in worth.items()), else_=0)
    )
    best = latest(entries, CHILD, newest=[entries.points.desc(), entries.entry.asc()])
    counted = counted.select(*CHILD, in_caseload=ibis.literal(True))
    rows = beside(best, counted)
    return rows.select(*CHILD, "entry", "points", in_caseload=rows.in_caseload.fill_null(False))


def _says(people: ir.Table, entry: str) -> ir.Table:
    return people.select(*CHILD, entry=ibis.literal(entry))


def _pre_proceedings_open(at: Context) -> ir.Table:
    rows = at.record("pre_proceedings", "child_id", "decision_date", "outcome", "end_date")
    return rows.filter(
        (rows.decision_date <= at.as_at)
        & rows.outcome.isnull()
        & (rows.end_date.isnull() | (rows.end_date > at.as_at))
    )


def held_child(at: Context) -> ir.Table:
    """Each child with the lead worker and the share that counts after the sibling rule."""
    rows = at.step("child_points").inner_join(
        at.step("lead").select(*CHILD, "worker_id", "team_id"), list(CHILD)
    )
    family = at.record("family", "child_id", "child_id_order", "family_id", "family_id_order")
    family = family.filter(family.family_id.notnull())
    family = latest(family, CHILD, newest=[family.family_id_order.asc()])
    rows = beside(rows, family.select(*CHILD, "family_id", "child_id_order"))
    rows = rows.mutate(
        family_key=ibis.ifelse(rows.family_id.notnull(), "F" + rows.family_id, "C" + rows.child_id)
    )
    place = ibis.row_number().over(
        ibis.window(
            group_by=[rows.la_code, rows.worker_id, rows.family_key],
            order_by=[rows.points.desc(), rows.child_id_order.asc(), rows.child_id.asc()],
        )
    )
    rows = rows.mutate(place=place)
    share = ibis.ifelse(rows.place == 0, SCALE, thousandths(at.policy.tariff.sibling_share))
    return rows.select(
        *CHILD,
        "worker_id",
        "team_id",
        "in_caseload",
        "entry",
        "points",
        "family_id",
        share=share,
        counted=rows.points * share,
    )


def shared_child(at: Context) -> ir.Table:
    """Each child with each co-worker who is not the lead, once a child."""
    rows = at.record("involvement", "child_id", "worker_id", "role", "start_date", "end_date")
    rows = rows.filter(
        active(rows.start_date, rows.end_date, at.as_at)
        & rows.worker_id.notnull()
        & (role_part(at, rows.role) == "co-worker")
    )
    rows = rows.select(*CHILD, "worker_id").distinct()
    rows = rows.anti_join(at.step("lead"), [*CHILD, "worker_id"])
    rows = rows.inner_join(at.step("child_points"), list(CHILD))
    share = thousandths(at.policy.tariff.co_working_share)
    return rows.select(*CHILD, "worker_id", "entry", "points", counted=rows.points * share)


def load_sum(at: Context) -> ir.Table:
    """One row a worker who counts: children led, points in millionths, and what sets capacity."""
    led = (
        at.step("held_child")
        .group_by("la_code", "worker_id")
        .agg(children=lambda t: t.in_caseload.cast("int32").sum(), led_points=lambda t: t.counted.sum())
    )
    shared = (
        at.step("shared_child").group_by("la_code", "worker_id").agg(shared_points=lambda t: t.counted.sum())
    )
    rows = at.step("worker_now")
    rows = beside(rows, led, shared, at.step("worker_team"), keys=WORKER)
    leads = rows.children.notnull()
    rows = rows.filter(~rows.placeholder & (~rows.left | leads))
    return rows.select(
        "la_code",
        "worker_id",
        "name",
        "team_id",
        "title",
        "fte",
        "newly_qualified",
        "absent",
        "left",
        children=rows.children.fill_null(0),
        points=(rows.led_points.fill_null(0) + rows.shared_points.fill_null(0)).cast("int64"),
    )


WORKLOAD_STEPS = (
    Step("counted_child", "Everybody whom a caseload counts.", counted_child),
    Step("period_tier", "Which tier each looked-after child is in.", period_tier),
    Step("child_points", "What each child weighs, and why.", child_points),
    Step("held_child", "Each child's share of the lead worker's load.", held_child),
    Step("shared_child", "Each child's share of a co-worker's load.", shared_child),
    Step("load_sum", "Each worker's children and points.", load_sum),
)
