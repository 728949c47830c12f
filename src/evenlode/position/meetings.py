"""Reviews and conferences that were held, for each plan, period of care and enquiry."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, active, beside, impossible, without

ON_PLAN = ("la_code", "plan_id")
ON_PERIOD = ("la_code", "period_id")
ASKED = ("la_code", "asks", "enquiry_key")


def plan_begun(at: Context) -> ir.Table:
    """Each open plan of this council's own, with `met`: when the conference that made it was held."""
    rows = at.step("own_plan")
    conference = at.record("conference", "conference_id", "plan_id", "held_date")
    conference = conference.filter(conference.held_date <= at.as_at)
    by_id = conference.group_by("la_code", "conference_id").agg(met_by_id=conference.held_date.min())
    by_plan = conference.filter(conference.plan_id.notnull())
    by_plan = by_plan.group_by("la_code", "plan_id").agg(met_for_plan=by_plan.held_date.min())
    rows = beside(rows, by_id, keys=("la_code", "conference_id"))
    rows = beside(rows, by_plan, keys=("la_code", "plan_id"))
    return rows.select(
        *CHILD,
        "plan_id",
        "start_date",
        "unborn",
        "born_on",
        met=ibis.coalesce(rows.met_by_id, rows.met_for_plan),
    )


def plan_review(at: Context) -> ir.Table:
    """Reviews of each open plan: how many were held, the last, and the earliest due but not held."""
    plans = at.step("own_plan").select(*ON_PLAN).filter(lambda t: t.plan_id.notnull())
    rows = at.record("cp_review", "plan_id", "due_date", "held_date").semi_join(plans, list(ON_PLAN))
    held = (rows.held_date <= at.as_at).fill_null(False)
    rows = rows.select(
        *ON_PLAN, "due_date", held=held, held_on=ibis.ifelse(held, rows.held_date, ibis.null("date"))
    )
    last = rows.group_by(*ON_PLAN).agg(last_held=rows.held_on.max(), held=rows.held.cast("int32").sum())
    waiting = rows.filter(~rows.held).inner_join(last.select(*ON_PLAN, "last_held"), list(ON_PLAN))
    waiting = waiting.filter(waiting.last_held.isnull() | (waiting.due_date > waiting.last_held))
    planned = waiting.group_by(*ON_PLAN).agg(planned=waiting.due_date.min())
    return beside(last, planned, keys=ON_PLAN)


def care_review_held(at: Context) -> ir.Table:
    """Reviews of children in care that were held by the day."""
    rows = at.record("care_review", "period_id", "held_date", "cancelled")
    cancelled = (rows.cancelled == "Y").fill_null(False)
    return rows.filter((rows.held_date <= at.as_at) & ~cancelled).select(*ON_PERIOD, "held_date")


def period_review(at: Context) -> ir.Table:
    """Open, faultless periods of care with how many reviews were held, the first and the last."""
    period, faulty = at.step("period_open"), at.step("period_faulty")
    period = period.anti_join(faulty, [*CHILD, "period_id"])
    held = at.step("care_review_held")
    held = held.group_by(*ON_PERIOD).agg(
        held=held.count(), first_held=held.held_date.min(), last_held=held.held_date.max()
    )
    joined = period.left_join(held, list(ON_PERIOD))
    return joined.select(
        *CHILD, "period_id", "entered_care", "first_held", "last_held", held=held.held.fill_null(0)
    )


def enquiry_asked(at: Context) -> ir.Table:
    """Enquiries that said conference, and open ones without an outcome; `asks` says which."""
    rows = at.record(
        "enquiry", "child_id", "enquiry_id", "start_date", "end_date", "no_further_action", "says_conference"
    )
    conference = (
        (rows.says_conference == "Y")
        & (rows.start_date <= at.as_at)
        & ~impossible(rows.start_date, rows.end_date, at.as_at)
    )
    outcome = (
        active(rows.start_date, rows.end_date, at.as_at)
        & ~(rows.no_further_action == "Y").fill_null(False)
        & ~(rows.says_conference == "Y").fill_null(False)
    )
    rows = rows.select(
        *CHILD,
        "enquiry_id",
        "start_date",
        enquiry_key=ibis.coalesce(rows.enquiry_id, "of " + rows.child_id),
        asks=ibis.cases((conference, "conference"), (outcome, "outcome"), else_=ibis.null("string")),
    )
    return without(rows.filter(rows.asks.notnull()), at.step("gone"))


def enquiry_unmet(at: Context) -> ir.Table:
    """Those for which no conference was held: by enquiry id, or for the child since it began."""
    rows = at.step("enquiry_asked")
    held = at.record("conference", "child_id", "enquiry_id", "held_date")
    held = held.filter(held.held_date <= at.as_at).select(
        c_la="la_code", c_child="child_id", c_enquiry="enquiry_id", held="held_date"
    )
    named = rows.inner_join(held, [rows.la_code == held.c_la, rows.enquiry_id == held.c_enquiry])
    since = rows.inner_join(
        held, [rows.la_code == held.c_la, rows.child_id == held.c_child, held.held >= rows.start_date]
    )
    done = named.select(*ASKED).union(since.select(*ASKED))
    return rows.anti_join(done, list(ASKED))


MEETING_STEPS = (
    Step("plan_begun", "Open plans of this council's own, with the conference that made them.", plan_begun),
    Step("plan_review", "Reviews held and planned for each open protection plan.", plan_review),
    Step("care_review_held", "Reviews of children in care held by the day.", care_review_held),
    Step("period_review", "Reviews held in each open period of care.", period_review),
    Step("enquiry_asked", "Enquiries that wait for a conference or for an outcome.", enquiry_asked),
    Step("enquiry_unmet", "Those of them for which no conference was held.", enquiry_unmet),
)
