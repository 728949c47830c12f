"""Visits to children who are on a plan or looked after, as each clock counts them."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, only
from evenlode.position.people import with_birth

PLAN = (*CHILD, "plan_id", "start_date")


def counted(at: Context, subject: ir.Table) -> ir.Table:
    """The subject's rows with `count_from`: the day from which visits count (contract 2).

    That is the start, or the date of birth where the child was born since.  `any_visit`: while a
    child is unborn any visit qualifies.
    """
    rows = with_birth(at, subject)
    born = ibis.coalesce(rows.born_on, rows.start_date)
    return rows.mutate(count_from=ibis.greatest(rows.start_date, born), any_visit=rows.unborn)


def own_plan(at: Context) -> ir.Table:
    """Open protection plans of this council's own, as `counted` has them."""
    rows = at.step("cp_plan_open")
    return counted(at, rows.filter(~rows.other_council))


def cp_plan_visit(at: Context) -> ir.Table:
    """Visits that count for an open protection plan: by plan id, or by child where that is blank."""
    plans = at.step("own_plan").select(*PLAN, "count_from", "any_visit")
    visits = at.record(
        "cp_visit", "child_id", "plan_id", "visit_id_order", "visit_date", "seen", "seen_alone", "bedroom"
    )
    visits = visits.filter(visits.visit_date <= at.as_at).select(
        v_la="la_code",
        v_child="child_id",
        v_plan="plan_id",
        visit_id_order="visit_id_order",
        visit_date="visit_date",
        seen="seen",
        seen_alone="seen_alone",
        bedroom="bedroom",
    )
    by_plan = visits.inner_join(plans, [visits.v_la == plans.la_code, visits.v_plan == plans.plan_id])
    blank = visits.filter(visits.v_plan.isnull())
    by_child = blank.inner_join(plans, [blank.v_la == plans.la_code, blank.v_child == plans.child_id])
    rows = by_plan.union(by_child)
    return _countable(rows.filter(rows.visit_date >= rows.count_from), "visit_id_order", "bedroom")


def cin_plan_visit(at: Context) -> ir.Table:
    """Visits that count for an open child in need plan: by child."""
    plans = counted(at, at.step("cin_plan_open")).select(*PLAN, "count_from", "any_visit")
    return _by_child(at, "cin_visit", plans)


def placement_visit(at: Context) -> ir.Table:
    """Visits that count for the current placement of a child with an open period of care."""
    placed = only(at.step("placement_now"), at.step("period_open"))
    placed = counted(at, placed).select(
        *CHILD, "start_date", "count_from", "any_visit", plan_id="placement_id"
    )
    return _by_child(at, "care_visit", placed)


def _by_child(at: Context, table: str, subject: ir.Table) -> ir.Table:
    visits = at.record(table, "child_id", "visit_date", "seen", "seen_alone")
    rows = visits.filter(visits.visit_date <= at.as_at).inner_join(subject, list(CHILD))
    return _countable(rows.filter(rows.visit_date >= rows.count_from))


def _countable(rows: ir.Table, *more: str) -> ir.Table:
    seen = ibis.ifelse(rows.any_visit, "Y", rows.seen)
    return rows.select(*PLAN, *more, "visit_date", "seen_alone", counts=seen).filter(
        lambda t: (t.counts == "Y") | t.counts.isnull()
    )


def last_visit(at: Context, visits: str) -> ir.Table:
    """The last visit that counts, and the last that would if its blank "seen" were yes."""
    rows = at.step(visits)
    sure = ibis.ifelse(rows.counts == "Y", rows.visit_date, ibis.null("date"))
    return rows.group_by(*PLAN).agg(last_seen=sure.max(), last_perhaps=rows.visit_date.max())


def sighting(at: Context) -> ir.Table:
    """When each child on a protection plan was last seen, in any visit table, before the plan too."""
    children = at.step("own_plan").select(*CHILD, "born_on").distinct()

    def seen_by(table: str) -> ir.Table:
        rows = at.record(table, "child_id", "visit_date", "seen")
        rows = rows.filter(rows.visit_date <= at.as_at).inner_join(children, list(CHILD))
        return rows.select(*CHILD, "visit_date", "seen", "born_on")

    rows = ibis.union(*(seen_by(table) for table in ("cp_visit", "cin_visit", "care_visit")))
    rows = rows.filter(rows.born_on.isnull() | (rows.visit_date >= rows.born_on))
    seen = ibis.ifelse(rows.seen == "Y", rows.visit_date, ibis.null("date"))
    perhaps = ibis.ifelse((rows.seen == "Y") | rows.seen.isnull(), rows.visit_date, ibis.null("date"))
    return rows.group_by(*CHILD).agg(last_seen=seen.max(), last_perhaps=perhaps.max())


VISIT_STEPS = (
    Step(
        "own_plan",
        "This council's own open protection plans, with the day from which visits count.",
        own_plan,
    ),
    Step("cp_plan_visit", "Visits that count for an open protection plan.", cp_plan_visit),
    Step("cin_plan_visit", "Visits that count for an open child in need plan.", cin_plan_visit),
    Step("placement_visit", "Visits that count for the current placement.", placement_visit),
    Step("cp_last_visit", "The last of them, for each plan.", lambda at: last_visit(at, "cp_plan_visit")),
    Step("cin_last_visit", "The last of them, for each plan.", lambda at: last_visit(at, "cin_plan_visit")),
    Step(
        "placement_last_visit",
        "The last of them, for each placement.",
        lambda at: last_visit(at, "placement_visit"),
    ),
    Step("sighting", "When each child on a protection plan was last seen by anybody.", sighting),
)
