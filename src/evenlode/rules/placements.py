"""Where looked-after children live: unregistered settings, breakdowns, and children who were missing."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.care import PERIOD
from evenlode.position.context import CHILD, Context, beside, only
from evenlode.position.key_dates import of_kind
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def unregistered(at: Context) -> ir.Table:
    """CLA-S3: a setting that should be registered and is not, with what the house asks for meanwhile.

    The days by which a visit and a senior manager's sign-off are next due stand in the evidence.
    """
    rows = beside(
        only(at.step("unregistered_now"), at.step("period_open")),
        at.step("restricted_now").select(*CHILD, "restricted_since"),
    )
    visit = at.step("placement_last_visit").select(*CHILD, placement_id="plan_id", last_seen="last_seen")
    rows = beside(rows, visit, keys=(*CHILD, "placement_id"))
    rows = at.due(
        rows.mutate(
            visit_base=ibis.coalesce(rows.last_seen, rows.start_date),
            review_base=ibis.coalesce(rows.signed_off_on, rows.start_date),
        ),
        visit_due=("visit_base", "unregistered_visit"),
        review_due=("review_base", "unregistered_review"),
    )
    return answers(
        rows,
        record="placement_id",
        severity=Severity.RED,
        status=ibis.ifelse(rows.sure, str(Status.BREACH), str(Status.CANNOT_TELL)),
        evidence={
            "why": rows.why,
            "visit_by": rows.visit_due,
            "senior_review_by": rows.review_due,
            "liberty_restricted_since": rows.restricted_since,
        },
    )


def breakdowns(at: Context) -> ir.Table:
    """CLA-S4: too many unplanned ends; where only ends without a reason make it so, nobody can tell."""
    ends = at.due(at.step("unplanned_end"), until=("end_date", "unplanned_window"))
    ends = ends.filter((ends.until > at.as_at) & (ends.unplanned | ends.unsaid))
    rows = ends.group_by(*PERIOD).agg(
        known=ends.unplanned.cast("int32").sum(),
        unsaid=ends.unsaid.cast("int32").sum(),
        perhaps=ends.count(),
        last_end=ends.end_date.max(),
    )
    enough = int(at.policy.numbers["unplanned_ends"])
    rows = beside(rows.filter(rows.perhaps >= enough), at.step("missing_now"))
    return answers(
        rows,
        record="period_id",
        severity=Severity.RED,
        status=ibis.ifelse(rows.known >= enough, str(Status.BREACH), str(Status.CANNOT_TELL)),
        evidence={
            "unplanned_ends": rows.known,
            "ends_without_a_reason": rows.unsaid,
            "last_end": rows.last_end,
            "limit": enough,
            "window": str(at.policy.clock("unplanned_window")),
            "missing_since": rows.missing_since,
        },
    )


def return_interview(at: Context) -> ir.Table:
    """CLA-M1: found, and no interview offered, or none held in three days as far as dates tell.

    Not offered and yet accepted cannot be; offered and declined, or marked as not needed, is in order.  A council's own date of the
    interview comes before the flags.
    """
    rows = at.record(
        "missing_episode",
        "child_id",
        "missing_id",
        "start_date",
        "end_date",
        "missing_type",
        "return_interview_offered",
        "return_interview_accepted",
    )
    rows = rows.filter(
        (rows.end_date <= at.as_at)
        & ~(rows.start_date > rows.end_date).fill_null(False)
        & ~at.listed(rows.missing_type, "away_types")
    )
    rows = only(rows, at.step("open_child"))
    rows = at.due(
        rows, due=("end_date", "return_interview"), shown_until=("end_date", "return_interview_window")
    )
    rows = rows.filter(rows.shown_until > at.as_at)
    told = of_kind(at, "return interview")
    told = told.filter(told.start_date.notnull())
    told = told.group_by(*CHILD, "start_date").agg(held_on=told.done_date.max())
    told = told.select(*CHILD, end_date="start_date", held_on="held_on", written=ibis.literal(True))
    rows = beside(rows, told, keys=(*CHILD, "end_date"))
    offered = rows.return_interview_offered.strip().upper()
    accepted = rows.return_interview_accepted.strip().upper()
    declined = offered.isin(["NA"]) | (offered.isin(["Y"]) & accepted.isin(["N", "NA"]))
    agreed = _yes(offered) & _yes(accepted)
    written = rows.written.fill_null(False)
    in_order = rows.held_on.notnull() | declined.fill_null(False) | (agreed & ~written)
    rows = rows.mutate(
        said=ibis.cases(
            (in_order, "in order"),
            (rows.due >= at.as_at, RUNNING),
            ((offered == "N").fill_null(False) & ~_yes(accepted), str(Status.BREACH)),
            (written, RUNNING),
            else_=str(Status.CANNOT_TELL),
        )
    )
    rows = rows.filter(rows.said != "in order")
    return answers(
        rows,
        record="missing_id",
        due="due",
        severity=Severity.RED,
        status=rows.said,
        evidence={
            "missing_from": rows.start_date,
            "found": rows.end_date,
            "offered": rows.return_interview_offered,
            "accepted": rows.return_interview_accepted,
            "interval": str(at.policy.clock("return_interview")),
        },
    )


def _yes(answer: ir.StringValue) -> ir.BooleanValue:
    return (answer == "Y").fill_null(False)


PLACEMENT_RULES = (
    Rule(
        "CLA-S3",
        "Unregistered placement",
        "Which children live in a setting that should be registered and is not?",
        Who.HEAD,
        Authority.STATUTE,
        (Severity.RED,),
        "Care Standards Act 2000; regulations of 2021 (under 16) and 2023 (supported accommodation); the "
        "weekly visit and review are the house's; manager's placement check",
        "child",
        "placement",
        (
            "unregistered_visit",
            "unregistered_review",
            "registered_placements",
            "supported_placements",
            "from_sixteen_placements",
            "no_provider_numbers",
        ),
        (
            "care_episode",
            "legal_status",
            "placement.placement_type",
            "placement.provider_number|placement_check",
        ),
        unregistered,
        "Settings outside England, which are registered elsewhere. A blank number tells nothing: look it up, "
        "or write down a check of the placement.",
    ),
    Rule(
        "CLA-S4",
        "Placements that keep breaking down",
        "Which children lost two placements unplanned in six months?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.RED,),
        "practice-standards CLA-S4 (house default)",
        "child",
        "period of care",
        ("unplanned_ends", "unplanned_window", "unplanned_change_reasons", "planned_change_reasons"),
        ("care_episode", "legal_status", "placement.change_reason", "placement:history"),
        breakdowns,
        "Whether the move was for the child's good.",
    ),
    Rule(
        "CLA-M1",
        "Return interview",
        "Which children who were missing had no return interview?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.RED,),
        "statutory guidance on children who run away or go missing, 2014; key date: return interview",
        "child",
        "missing episode",
        ("return_interview", "return_interview_window", "away_types"),
        ("missing_episode.end_date", "missing_episode.return_interview_offered|key_date=return interview"),
        return_interview,
        "Whether it was held within 72 hours, or at all once it was accepted, where the council keeps no "
        "date of it; only dates are known, so that 72 hours is three days.",
    ),
)
