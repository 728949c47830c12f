"""Assessments as their clocks count them: from the referral where they are its first."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, active, impossible, without


def assessment_first(at: Context) -> ir.Table:
    """The first assessment of each referral: the earliest start, then the lowest id (contract 3, ASM-04)."""
    rows = at.record(
        "assessment",
        "child_id",
        "assessment_id",
        "assessment_id_order",
        "episode_id",
        "start_date",
        "authorised_date",
    )
    cannot = impossible(rows.start_date, rows.authorised_date, at.as_at)
    rows = rows.filter(rows.start_date.notnull() & rows.episode_id.notnull() & ~cannot)
    rows = without(rows, at.step("gone"))
    place = ibis.row_number().over(
        ibis.window(
            group_by=[rows.la_code, rows.episode_id], order_by=[rows.start_date, rows.assessment_id_order]
        )
    )
    first = rows.mutate(place=place).filter(lambda t: t.place == 0)
    return first.select("la_code", "assessment_id")


def anchored(at: Context, rows: ir.Table) -> ir.Table:
    """The assessments with their referral, and `anchor`: the day from which 45 working days count.

    That is the referral's date where it is the referral's first assessment, else its own start.
    """
    referral = at.record("episode", "episode_id", "referral_date", "close_date").select(
        r_la="la_code", r_id="episode_id", referral_date="referral_date", close_date="close_date"
    )
    first = at.step("assessment_first").select(f_la="la_code", f_id="assessment_id")
    joined = rows.left_join(referral, [rows.la_code == referral.r_la, rows.episode_id == referral.r_id])
    joined = joined.left_join(first, [joined.la_code == first.f_la, joined.assessment_id == first.f_id])
    joined = joined.select(*rows.columns, "r_id", "referral_date", "close_date", "f_id")
    from_referral = ibis.ifelse(joined.f_id.notnull(), joined.referral_date, ibis.null("date"))
    return joined.mutate(anchor=ibis.coalesce(from_referral, joined.start_date))


def assessment_running(at: Context) -> ir.Table:
    """Open assessments whose referral is open or not in the extract (contract 3, ASM-04)."""
    rows = anchored(at, at.step("assessment_open"))
    still = active(rows.referral_date, rows.close_date, at.as_at).fill_null(False)
    rows = rows.filter(rows.r_id.isnull() | still)
    return rows.select(*CHILD, "assessment_id", "start_date", "referral_date", "anchor")


def assessment_sighting(at: Context) -> ir.Table:
    """What the visits since a running assessment began say of the child's being seen.

    seen_on: the last on which the child was seen.  perhaps_on: the last that does not say.
    said_unseen: the last that says that the child was not.
    """
    rows = at.step("assessment_running").select(*CHILD, "assessment_id", "start_date")

    def visits_of(table: str) -> ir.Table:
        visits = at.record(table, "child_id", "visit_date", "seen")
        visits = visits.filter(visits.visit_date <= at.as_at).inner_join(rows, list(CHILD))
        visits = visits.filter(visits.visit_date >= visits.start_date)
        return visits.select("la_code", "assessment_id", "visit_date", "seen")

    visits = ibis.union(*(visits_of(table) for table in ("cp_visit", "cin_visit", "care_visit")))
    never = ibis.null("date")
    return visits.group_by("la_code", "assessment_id").agg(
        seen_on=ibis.ifelse(visits.seen == "Y", visits.visit_date, never).max(),
        perhaps_on=ibis.ifelse(visits.seen.isnull(), visits.visit_date, never).max(),
        said_unseen=ibis.ifelse(visits.seen == "N", visits.visit_date, never).max(),
    )


ASSESSMENT_STEPS = (
    Step("assessment_first", "The first assessment of each referral.", assessment_first),
    Step("assessment_running", "Open assessments whose referral is open.", assessment_running),
    Step("assessment_sighting", "What visits since then say of the child's being seen.", assessment_sighting),
)
