"""Episodes, plans, assessments and enquiries that are open on the day, and the statuses they give."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, active, latest, without


def current_referral(at: Context) -> ir.Table:
    """Contract 2, "current episode": the open one with the latest referral date."""
    rows = at.record(
        "episode",
        "child_id",
        "episode_id",
        "episode_id_order",
        "referral_date",
        "close_date",
        "primary_need",
    )
    rows = without(rows.filter(active(rows.referral_date, rows.close_date, at.as_at)), at.step("gone"))
    newest = latest(rows, CHILD, newest=[rows.referral_date.desc(), rows.episode_id_order.desc()])
    return newest.select(*CHILD, "episode_id", "referral_date", "primary_need")


def cp_plan_open(at: Context) -> ir.Table:
    """Open protection plans, another council's too (`other_council`)."""
    rows = at.record(
        "cp_plan",
        "child_id",
        "plan_id",
        "start_date",
        "end_date",
        "episode_id",
        "conference_id",
        "other_council",
    )
    rows = without(rows.filter(active(rows.start_date, rows.end_date, at.as_at)), at.step("gone"))
    return rows.select(
        *CHILD,
        "plan_id",
        "start_date",
        "episode_id",
        "conference_id",
        other_council=(rows.other_council == "Y").fill_null(False),
    )


def cin_plan_open(at: Context) -> ir.Table:
    """Open child in need plans."""
    rows = at.record("cin_plan", "child_id", "plan_id", "start_date", "end_date", "episode_id")
    rows = without(rows.filter(active(rows.start_date, rows.end_date, at.as_at)), at.step("gone"))
    return rows.select(*CHILD, "plan_id", "start_date", "episode_id")


def assessment_open(at: Context) -> ir.Table:
    """Assessments begun and not signed off, whether or not their referral is open."""
    rows = at.record(
        "assessment",
        "child_id",
        "assessment_id",
        "assessment_id_order",
        "start_date",
        "authorised_date",
        "episode_id",
    )
    rows = without(rows.filter(active(rows.start_date, rows.authorised_date, at.as_at)), at.step("gone"))
    return rows.select(*CHILD, "assessment_id", "assessment_id_order", "start_date", "episode_id")


def enquiry_open(at: Context) -> ir.Table:
    """Section 47 enquiries begun and not ended, those without further action too."""
    rows = at.record("enquiry", "child_id", "enquiry_id", "start_date", "end_date")
    rows = without(rows.filter(active(rows.start_date, rows.end_date, at.as_at)), at.step("gone"))
    return rows.select(*CHILD, "enquiry_id", "start_date")


def status(at: Context) -> ir.Table:
    """Contract 2, "statuses": one row a child and status, with the day since when."""

    def since(table: str, column: str, name: str) -> ir.Table:
        rows = at.step(table)
        return rows.group_by(*CHILD).agg(since=rows[column].min()).mutate(status=ibis.literal(name))

    return ibis.union(
        since("period_open", "entered_care", "CLA"),
        since("cp_plan_open", "start_date", "CP"),
        since("cin_plan_open", "start_date", "CIN"),
        _assessing(at),
    )


def _assessing(at: Context) -> ir.Table:
    both = (
        at.step("assessment_open")
        .select(*CHILD, "start_date")
        .union(at.step("enquiry_open").select(*CHILD, "start_date"))
    )
    return both.group_by(*CHILD).agg(since=both.start_date.min()).mutate(status=ibis.literal("ASSESSMENT"))


PLAN_STEPS = (
    Step("current_referral", "Each child's open episode of need, the newest.", current_referral),
    Step("cp_plan_open", "Open child protection plans.", cp_plan_open),
    Step("cin_plan_open", "Open child in need plans.", cin_plan_open),
    Step("assessment_open", "Open assessments.", assessment_open),
    Step("enquiry_open", "Open section 47 enquiries.", enquiry_open),
)
STATUS_STEP = Step("status", "Every status that applies to a child, and since when.", status)
