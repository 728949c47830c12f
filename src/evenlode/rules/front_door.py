"""Referrals, assessments and enquiries: is the first answer on time?"""

from __future__ import annotations

import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, active, impossible, without
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def _interval(at: Context, clock: str) -> str:
    return str(at.policy.clock(clock))


def rereferral(at: Context) -> ir.Table:
    """Contract 3, REF-02: one finding a referral that follows an earlier one within the window."""
    rows = without(at.record("episode", "child_id", "episode_id", "referral_date"), at.step("gone"))
    rows = rows.filter(rows.referral_date.notnull())
    newer = rows.filter(
        (rows.referral_date >= at.day("rereferral_window")) & (rows.referral_date <= at.as_at)
    )
    earlier = at.due(rows, until=("referral_date", "rereferral")).select(
        e_la="la_code", e_child="child_id", e_date="referral_date", until="until"
    )
    pairs = newer.inner_join(
        earlier,
        [
            newer.la_code == earlier.e_la,
            newer.child_id == earlier.e_child,
            earlier.e_date < newer.referral_date,
            newer.referral_date <= earlier.until,
        ],
    )
    found = pairs.group_by(*CHILD, "episode_id", "referral_date").agg(earlier=pairs.e_date.max())
    return answers(
        found,
        record="episode_id",
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "referral_date": found.referral_date,
            "earlier_referral": found.earlier,
            "window": _interval(at, "rereferral"),
        },
    )


def next_step(at: Context) -> ir.Table:
    """Contract 3, OPN-01: an open child with nothing but a referral."""
    rows = at.step("open_child")
    rows = rows.filter(rows.status == "REFERRAL")
    rows = at.due(rows, due=("episode_start", "next_step"))
    return answers(
        rows,
        record="episode_id",
        due="due",
        severity=Severity.RED,
        evidence={"episode_start": rows.episode_start, "interval": _interval(at, "next_step")},
    )


def open_assessment(at: Context) -> ir.Table:
    """Contract 3, ASM-04, with the impossible rows of the assessment table."""
    every = at.record(
        "assessment",
        "child_id",
        "assessment_id",
        "start_date",
        "authorised_date",
    )
    cannot = impossible(every.start_date, every.authorised_date, at.as_at)
    wrong = without(every.filter(cannot), at.step("gone"))
    rows = at.due(at.step("assessment_running"), due=("anchor", "assessment"))
    running = answers(
        rows,
        record="assessment_id",
        due="due",
        severity=Severity.RED,
        evidence={
            "start_date": rows.start_date,
            "counted_from": rows.anchor,
            "referral_date": rows.referral_date,
            "interval": _interval(at, "assessment"),
        },
    )
    return running.union(
        cannot_be(wrong, "assessment_id", wrong.start_date, wrong.authorised_date, Severity.RED)
    )


def cannot_be(
    rows: ir.Table, record: str, start: ir.DateValue, end: ir.DateValue, severity: Severity
) -> ir.Table:
    """Contract 2, "impossible rows": one `cannot_tell` under the clock rule of the table."""
    return answers(
        rows,
        record=record,
        status=Status.CANNOT_TELL,
        severity=severity,
        evidence={
            "why": "the row ends before it starts, or has no start",
            "start_date": start,
            "end_date": end,
        },
    )


def conference_due(at: Context) -> ir.Table:
    """Contract 3, S47-01: the enquiry says conference and none was held."""
    rows = at.step("enquiry_unmet")
    rows = rows.filter(rows.asks == "conference")
    plan = at.record("cp_plan", "child_id", "start_date", "end_date").select(
        p_la="la_code", p_child="child_id", p_start="start_date", p_end="end_date"
    )
    on_plan = rows.inner_join(
        plan,
        [
            rows.la_code == plan.p_la,
            rows.child_id == plan.p_child,
            active(plan.p_start, plan.p_end, rows.start_date),
        ],
    )
    rows = rows.anti_join(on_plan.select("la_code", "enquiry_key"), ["la_code", "enquiry_key"])
    rows = at.due(rows, due=("start_date", "first_conference"))
    return answers(
        rows,
        record="enquiry_id",
        due="due",
        severity=Severity.RED,
        evidence={"start_date": rows.start_date, "interval": _interval(at, "first_conference")},
    )


def open_enquiry(at: Context) -> ir.Table:
    """Contract 3, S47-02: open too long without an outcome; with the impossible rows."""
    every = at.record("enquiry", "child_id", "enquiry_id", "start_date", "end_date")
    wrong = without(every.filter(impossible(every.start_date, every.end_date, at.as_at)), at.step("gone"))
    rows = at.step("enquiry_unmet")
    rows = at.due(rows.filter(rows.asks == "outcome"), due=("start_date", "first_conference"))
    running = answers(
        rows,
        record="enquiry_id",
        due="due",
        severity=Severity.RED,
        status=RUNNING,
        evidence={"start_date": rows.start_date, "interval": _interval(at, "first_conference")},
    )
    return running.union(cannot_be(wrong, "enquiry_id", wrong.start_date, wrong.end_date, Severity.RED))


FRONT_DOOR_RULES = (
    Rule(
        "REF-02",
        "Re-referral",
        "Which children came back within 12 months of an earlier referral?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.NOTE,),
        "DfE children in need census measure",
        "child",
        "referral",
        ("rereferral", "rereferral_window_months"),
        ("episode",),
        rereferral,
        "Referrals closed more than six years ago are not in the extract.",
    ),
    Rule(
        "OPN-01",
        "Referral without a next step",
        "Which open children have nothing but a referral after two weeks?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.RED,),
        "practice-standards 2.1",
        "child",
        "referral",
        ("next_step",),
        ("episode", "assessment", "enquiry", "cp_plan", "cin_plan", "care_episode"),
        next_step,
    ),
    Rule(
        "ASM-04",
        "Assessment not signed off",
        "Which assessments have run past 45 working days?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.RED,),
        "Working Together 2023, chapter 3",
        "child",
        "assessment",
        ("assessment",),
        ("assessment", "episode"),
        open_assessment,
        "A recorded reason for the delay is not in the extract.",
    ),
    Rule(
        "S47-01",
        "Initial conference not held",
        "Which enquiries said conference, and none is held?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.RED,),
        "Working Together 2023, chapter 3",
        "child",
        "enquiry",
        ("first_conference",),
        ("enquiry", "conference", "cp_plan"),
        conference_due,
    ),
    Rule(
        "S47-02",
        "Enquiry open without an outcome",
        "Which enquiries have no outcome after 15 working days?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.RED,),
        "Working Together 2023, chapter 3",
        "child",
        "enquiry",
        ("first_conference",),
        ("enquiry", "conference"),
        open_enquiry,
    ),
)
