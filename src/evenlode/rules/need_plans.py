"""Child in need plans: the first meeting, reviews and their minutes, supervision orders, not seen alone."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, active, beside, latest, without
from evenlode.position.key_dates import awaited, before_list, last_done, of_kind, with_list_start
from evenlode.position.visits import PLAN, counted
from evenlode.record.key_dates import need_of
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

MEETING, REVIEW, MINUTES = "planning meeting", "cin review", "review minutes"
ORDER, ORDER_REVIEW = "supervision order", "supervision order review"
NOT_ALONE = "not seen alone reported"


def _running_since(rows: ir.Table) -> ir.StringValue:
    return ibis.ifelse(before_list(rows), str(Status.CANNOT_TELL), RUNNING)


def planning_meeting(at: Context) -> ir.Table:
    """practice-standards CIN-01: no meeting since the assessment or protection plan before it ended."""
    plans = at.step("cin_plan_open")
    signed = at.record("assessment", "episode_id", "authorised_date")
    signed = signed.filter(signed.authorised_date.notnull()).select(
        a_la="la_code", a_id="episode_id", authorised="authorised_date"
    )
    signed = plans.inner_join(
        signed,
        [
            plans.la_code == signed.a_la,
            plans.episode_id == signed.a_id,
            signed.authorised <= plans.start_date,
        ],
    )
    signed = signed.group_by(*CHILD, "plan_id").agg(assessed=signed.authorised.max())
    ended = at.record("cp_plan", "child_id", "end_date").filter(lambda t: t.end_date.notnull())
    ended = at.due(ended, near=("end_date", "step_down")).select(
        p_la="la_code", p_child="child_id", p_end="end_date", near="near"
    )
    ended = plans.inner_join(
        ended,
        [
            plans.la_code == ended.p_la,
            plans.child_id == ended.p_child,
            ended.p_end <= plans.start_date,
            ended.near > plans.start_date,
        ],
    )
    ended = ended.group_by(*CHILD, "plan_id").agg(protected_until=ended.p_end.max())
    rows = beside(plans, signed, ended, keys=(*CHILD, "plan_id"))
    rows = beside(rows, last_done(at, MEETING, REVIEW))
    first = ibis.coalesce(rows.assessed, rows.protected_until, rows.start_date)
    second = ibis.coalesce(rows.protected_until, rows.assessed, rows.start_date)
    rows = rows.mutate(base=ibis.greatest(first, second))
    rows = rows.filter(~(rows.last_done >= rows.base).fill_null(False))
    rows = with_list_start(at, at.due(rows, due=("base", "planning_meeting")), MEETING)
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.AMBER,
        status=_running_since(rows),
        evidence={
            "counted_from": rows.base,
            "interval": str(at.policy.clock("planning_meeting")),
            "list_begins": rows.since,
        },
    )


def review(at: Context) -> ir.Table:
    """practice-standards CIN-03: by the interval, or sooner where the child's own plan says so.

    Where the council keeps no reviews, the day that the plan names stands alone.
    """
    rows = at.step("cin_plan_open")
    named = at.record("plan_interval", "child_id", "plan_id", "next_review_due")
    by_plan = named.filter(named.plan_id.notnull())
    by_plan = by_plan.group_by("la_code", "plan_id").agg(plan_says=by_plan.next_review_due.min())
    by_child = named.filter(named.plan_id.isnull())
    by_child = by_child.group_by(*CHILD).agg(child_says=by_child.next_review_due.min())
    rows = beside(beside(rows, last_done(at, REVIEW), by_child), by_plan, keys=("la_code", "plan_id"))
    rows = with_list_start(at, rows, REVIEW)
    held = rows.last_done >= rows.start_date
    rows = rows.mutate(
        last_review=ibis.ifelse(held, rows.last_done, ibis.null("date")),
        base=ibis.ifelse(held.fill_null(False), rows.last_done, rows.start_date),
        named=ibis.coalesce(rows.plan_says, rows.child_says),
    )
    rows = at.due(rows, by=("base", "cin_review"))
    sooner = ibis.ifelse(rows.named > rows.base, rows.named, rows.by)
    sooner = ibis.least(ibis.coalesce(sooner, rows.by), rows.by)
    rows = rows.mutate(due=ibis.ifelse(rows.since.notnull(), sooner, rows.named))
    unknown = rows.due.isnull() | (before_list(rows) & rows.last_review.isnull() & rows.named.isnull())
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "last_review": rows.last_review,
            "plan_names": rows.named,
            "interval": str(at.policy.clock("cin_review")),
            "list_begins": rows.since,
        },
    )


def not_seen_alone(at: Context) -> ir.Table:
    """practice-standards CIN-04: after a visit at which the child was not seen alone.

    What is awaited: that a manager is told, and that the child is visited again.
    """
    plans = counted(at, at.step("cin_plan_open"))
    plans = plans.filter(~plans.unborn & (plans.old_enough_alone | plans.age_unknown))
    plans = plans.select(*PLAN, "count_from", "age_unknown")
    visits = at.record("cin_visit", "child_id", "visit_id", "visit_date", "seen_alone")
    visits = visits.filter(visits.visit_date <= at.as_at).inner_join(plans, list(CHILD))
    visits = visits.filter(visits.visit_date >= visits.count_from)
    rows = latest(visits, PLAN, newest=[visits.visit_date.desc(), visits.seen_alone.desc(nulls_first=False)])
    rows = rows.filter(rows.seen_alone.isnull() | (rows.seen_alone == "N"))
    rows = beside(rows, last_done(at, NOT_ALONE))
    rows = at.due(
        rows, tell_by=("visit_date", "not_alone_reported"), again_by=("visit_date", "not_alone_visit")
    )
    told = (rows.last_done >= rows.visit_date).fill_null(False)
    rows = rows.mutate(
        told=told, due=ibis.ifelse(told, rows.again_by, ibis.least(rows.tell_by, rows.again_by))
    )
    unknown = (rows.seen_alone.isnull() | rows.age_unknown) & (rows.due < at.as_at)
    return answers(
        rows,
        record="visit_id",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "visit_date": rows.visit_date,
            "manager_told": rows.told,
            "told_by": rows.tell_by,
            "visit_again_by": rows.again_by,
            "age_unknown": rows.age_unknown,
        },
    )


def minutes(at: Context) -> ir.Table:
    """practice-standards CIN-06: the minutes of the last review have not gone out."""
    rows = at.step("cin_plan_open").select(*CHILD, "start_date")
    rows = rows.group_by(*CHILD).agg(plan_start=rows.start_date.min())
    waiting = awaited(at, MINUTES)
    waiting = waiting.group_by(*CHILD).agg(waiting_since=waiting.start_date.max())
    sent = of_kind(at, MINUTES)
    sent = sent.group_by(*CHILD).agg(sent_on=sent.done_date.max())
    rows = beside(rows, last_done(at, REVIEW), waiting, sent)
    rows = rows.mutate(
        base=ibis.greatest(
            ibis.coalesce(rows.last_done, rows.waiting_since),
            ibis.coalesce(rows.waiting_since, rows.last_done),
        )
    )
    rows = rows.filter((rows.base >= rows.plan_start) & ~(rows.sent_on >= rows.base).fill_null(False))
    rows = with_list_start(at, at.due(rows, due=("base", "review_minutes")), MINUTES)
    return answers(
        rows,
        due="due",
        severity=Severity.AMBER,
        status=_running_since(rows),
        evidence={
            "review": rows.base,
            "interval": str(at.policy.clock("review_minutes")),
            "list_begins": rows.since,
        },
    )


def supervision_order(at: Context) -> ir.Table:
    """practice-standards CIN-07: reviews under a supervision order, and one before it ends."""
    listed = at.record("legal_status", "child_id", "status", "start_date", "end_date")
    listed = listed.filter(
        active(listed.start_date, listed.end_date, at.as_at) & at.listed(listed.status, "supervision_orders")
    )
    listed = without(listed, at.step("gone")).select(*CHILD, "start_date", ends="end_date")
    kept = awaited(at, ORDER).select(*CHILD, "start_date", ends="due_date")
    rows = listed.union(kept.filter(kept.start_date.notnull()))
    rows = rows.group_by(*CHILD, "start_date").agg(ends=rows.ends.max())
    rows = beside(rows, last_done(at, ORDER_REVIEW))
    rows = rows.mutate(
        last_review=ibis.ifelse(rows.last_done >= rows.start_date, rows.last_done, ibis.null("date"))
    )
    rows = at.due(
        rows,
        first=("start_date", "order_first_review"),
        later=("last_review", "order_later_review"),
        last_from=("ends", "order_last_review_from_before"),
        last_by=("ends", "order_last_review_before"),
    )
    by = ibis.coalesce(rows.later, rows.first)
    done_last = (rows.last_review >= rows.last_from).fill_null(False)
    rows = rows.mutate(
        due=ibis.ifelse(done_last, by, ibis.least(by, ibis.coalesce(rows.last_by, by))),
        record=rows.start_date.cast("string"),
    )
    rows = with_list_start(at, rows, ORDER_REVIEW)
    unknown = before_list(rows) & rows.last_review.isnull()
    return answers(
        rows,
        record="record",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "order": rows.start_date,
            "ends": rows.ends,
            "last_review": rows.last_review,
            "list_begins": rows.since,
        },
    )


_AMBER = (Severity.AMBER,)
_LIST_BEGINS = "What fell due before the council's list begins cannot be judged."

NEED_PLAN_RULES = (
    Rule(
        "CIN-01",
        "First meeting of a child in need plan",
        "Which plans have had no meeting ten working days after the assessment or protection plan?",
        Who.WORKER,
        Authority.NORM,
        _AMBER,
        "practice-standards CIN-01; key dates of the kind planning meeting",
        "child",
        "plan",
        ("planning_meeting", "step_down"),
        ("cin_plan", "assessment.authorised_date", "cp_plan", need_of(MEETING)),
        planning_meeting,
        f"Where neither is known, it counts from the plan's start. {_LIST_BEGINS}",
    ),
    Rule(
        "CIN-03",
        "Review of a child in need plan",
        "Which child in need plans are past their review?",
        Who.MANAGER,
        Authority.NORM,
        _AMBER,
        "practice-standards CIN-03; key dates of the kind cin review, or the plan's own next review",
        "child",
        "plan",
        ("cin_review",),
        ("cin_plan", f"{need_of(REVIEW)}|plan_interval.next_review_due"),
        review,
        "Where a council keeps no reviews, a day that a plan names and that passed is taken as not held. "
        + _LIST_BEGINS,
    ),
    Rule(
        "CIN-04",
        "Child in need not seen alone",
        "After which visits, at which the child was not seen alone, was no manager told or no new visit made?",
        Who.WORKER,
        Authority.NORM,
        _AMBER,
        "practice-standards CIN-04; key dates of the kind not seen alone reported",
        "child",
        "visit",
        ("not_alone_reported", "not_alone_visit", "alone_from_age"),
        ("cin_plan", "cin_visit.seen_alone", "child", need_of(NOT_ALONE)),
        not_seen_alone,
        "48 hours are counted as two days. What the manager decided is not told.",
    ),
    Rule(
        "CIN-06",
        "Minutes of a review",
        "After which reviews of a child in need plan have the minutes not gone out?",
        Who.MANAGER,
        Authority.NORM,
        _AMBER,
        "practice-standards CIN-06; key dates of the kinds cin review and review minutes",
        "child",
        "",
        ("review_minutes",),
        ("cin_plan", need_of(MINUTES)),
        minutes,
        f"Only the last review is asked about. {_LIST_BEGINS}",
    ),
    Rule(
        "CIN-07",
        "Reviews under a supervision order",
        "Which supervision orders are past their review?",
        Who.MANAGER,
        Authority.LOCAL,
        _AMBER,
        "practice-standards CIN-07; key dates of the kinds supervision order and supervision order review",
        "child",
        "start of the order",
        ("order_first_review", "order_later_review", "order_last_review", "order_last_review_from"),
        (f"legal_status|{need_of(ORDER)}", need_of(ORDER_REVIEW)),
        supervision_order,
        "An order that the council's words do not name is not found (the list supervision_orders). "
        + _LIST_BEGINS,
    ),
)
