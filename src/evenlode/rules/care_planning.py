"""Planning for looked-after children: care plans, reviews out of turn, the reviewing officer."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.care import PERIOD
from evenlode.position.context import CHILD, Context, beside
from evenlode.position.key_dates import of_kind
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

_REGULATIONS = "Care Planning, Placement and Case Review (England) Regulations 2010"


def care_plan(at: Context) -> ir.Table:
    """CLA-P1: no care plan since the child became looked after; a plan without dates cannot tell."""
    period = at.step("period_whole")
    placed = at.step("placement_spell").select(*CHILD, placed_on="start_date")
    placed = placed.inner_join(period, list(CHILD))
    placed = placed.filter(placed.placed_on >= placed.entered_care)
    first = placed.group_by(*PERIOD).agg(first_placed=placed.placed_on.min())
    plans = at.record("care_plan", "child_id", "start_date", "end_date")
    plans = plans.filter(
        (plans.start_date.isnull() | (plans.start_date <= at.as_at))
        & ~(plans.end_date < plans.start_date).fill_null(False)
    ).inner_join(period, list(CHILD))
    plans = plans.filter(plans.end_date.isnull() | (plans.end_date > plans.entered_care))
    made = plans.group_by(*PERIOD).agg(dated=plans.start_date.notnull().max())
    rows = beside(period, first, made, keys=PERIOD)
    rows = rows.filter(~rows.dated.fill_null(False))
    rows = rows.mutate(counted_from=ibis.coalesce(rows.first_placed, rows.entered_care))
    rows = at.due(rows, due=("counted_from", "care_plan"))
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(rows.dated.notnull(), str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "entered_care": rows.entered_care,
            "first_placed": rows.first_placed,
            "interval": str(at.policy.clock("care_plan")),
        },
    )


def early_review(at: Context) -> ir.Table:
    """CLA-R4: the reviewing officer asked for an early review, and none was held since."""
    asked = of_kind(at, "early review asked")
    asked = asked.filter(asked.done_date.isnull())
    rows = asked.inner_join(at.step("period_whole"), list(CHILD))
    rows = at.due(rows, house_due=("start_date", "early_care_review"))
    rows = rows.mutate(answer_by=ibis.coalesce(rows.due_date, rows.house_due))
    rows = rows.group_by(*PERIOD, "start_date").agg(due=rows.answer_by.min())
    rows = _unreviewed(at, rows, "start_date")
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(rows.due.isnull(), str(Status.CANNOT_TELL), RUNNING),
        evidence={"asked_on": rows.start_date, "interval": str(at.policy.clock("early_care_review"))},
    )


def _unreviewed(at: Context, rows: ir.Table, day: str) -> ir.Table:
    """Rows of a period of care without a review held on or after that day."""
    held = at.step("care_review_held").select(r_la="la_code", r_period="period_id", r_held="held_date")
    return rows.anti_join(
        held,
        [
            rows.la_code == held.r_la,
            rows.period_id == held.r_period,
            held.r_held >= rows[day],
        ],
    )


def unplanned_move(at: Context) -> ir.Table:
    """CLA-R5: a placement broke down and no review was held since; one answer a period of care.

    The clock is that of the earliest such end; an end without a reason counts only to say that
    nobody can tell.
    """
    ends = at.step("unplanned_end")
    ends = _unreviewed(at, ends.filter(ends.unplanned | ends.unsaid), "end_date")
    known = ibis.ifelse(ends.unplanned, ends.end_date, ibis.null("date"))
    rows = ends.group_by(*PERIOD).agg(
        known_end=known.min(), any_end=ends.end_date.min(), ends=ends.unplanned.cast("int32").sum()
    )
    rows = at.due(
        rows, due=("known_end", "unplanned_end_review"), perhaps=("any_end", "unplanned_end_review")
    )
    late = (rows.due < at.as_at).fill_null(False)
    unknown = ~late & (rows.perhaps < at.as_at)
    rows = rows.filter(rows.known_end.notnull() | unknown)
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "placement_ended": rows.any_end,
            "unplanned_ends_since_review": rows.ends,
            "interval": str(at.policy.clock("unplanned_end_review")),
        },
    )


def reviewing_officer(at: Context) -> ir.Table:
    """CLA-R6: nothing shows that a reviewing officer was named: no date, no contact, no review."""
    period = at.step("period_whole")
    named = of_kind(at, "reviewing officer named").inner_join(period, list(CHILD))
    named = named.filter(
        named.done_date.notnull() & (ibis.coalesce(named.start_date, named.done_date) >= named.entered_care)
    )
    contact = at.record("care_episode", "child_id", "period_id", "last_iro_contact_date")
    contact = contact.filter(contact.last_iro_contact_date <= at.as_at)
    contact = contact.select(*CHILD, "last_iro_contact_date", period_id=contact.period_id.fill_null(""))
    contact = contact.inner_join(period, list(PERIOD))
    contact = contact.filter(contact.last_iro_contact_date >= contact.entered_care)
    reviewed = at.step("period_review")
    reviewed = reviewed.filter(reviewed.held > 0)
    shown = ibis.union(named.select(*PERIOD), contact.select(*PERIOD), reviewed.select(*PERIOD))
    rows = at.due(period.anti_join(shown, list(PERIOD)), due=("entered_care", "reviewing_officer"))
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=Severity.AMBER,
        evidence={
            "entered_care": rows.entered_care,
            "interval": str(at.policy.clock("reviewing_officer")),
        },
    )


CARE_PLANNING_RULES = (
    Rule(
        "CLA-P1",
        "Care plan",
        "Which looked-after children have no care plan?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATIONS}, reg. 4",
        "child",
        "period of care",
        ("care_plan",),
        ("care_episode", "placement", "legal_status", "care_plan"),
        care_plan,
        "Whether the plan is any good, or was late and is there now.",
    ),
    Rule(
        "CLA-R4",
        "Early review",
        "Where did the reviewing officer ask for an early review that was not held?",
        Who.REVIEWING_OFFICER,
        Authority.LOCAL,
        (Severity.AMBER,),
        f"{_REGULATIONS}, reg. 33(3), for the duty; the days are the house's; key date: early review asked",
        "child",
        "period of care",
        ("early_care_review",),
        ("care_episode", "legal_status", "care_review", "key_date=early review asked"),
        early_review,
        "A visit that showed that the child's welfare is not safeguarded asks for a review too; no list "
        "carries that, so write it down as an early review asked for.",
    ),
    Rule(
        "CLA-R5",
        "No review after a placement broke down",
        "Which children lost a placement unplanned and have had no review since?",
        Who.REVIEWING_OFFICER,
        Authority.LOCAL,
        (Severity.AMBER,),
        f"{_REGULATIONS}, reg. 32(2), for the duty; the days are the house's",
        "child",
        "period of care",
        ("unplanned_end_review", "unplanned_change_reasons", "planned_change_reasons", "no_move_reasons"),
        ("care_episode", "legal_status", "care_review", "placement.change_reason", "placement:history"),
        unplanned_move,
        "A review that was held later than 20 working days ends the finding.",
    ),
    Rule(
        "CLA-R6",
        "Reviewing officer named",
        "Which looked-after children have no reviewing officer yet?",
        Who.REVIEWING_OFFICER,
        Authority.NORM,
        (Severity.AMBER,),
        "Hertfordshire's procedures; key date: reviewing officer named",
        "child",
        "period of care",
        ("reviewing_officer",),
        ("care_episode", "legal_status", "care_review", "key_date=reviewing officer named"),
        reviewing_officer,
        "Who the officer is, and whether it is still the same one. A contact of the officer or a review "
        "held shows that there is one.",
    ),
)
