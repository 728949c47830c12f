"""Complexity against experience: what a new worker should not hold alone, and who has decided otherwise."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside
from evenlode.position.guards import SEXUAL_ABUSE
from evenlode.rules.rule import Evidence, Rule, Severity, Status, Who, answers

CO_WORKER = "a co-worker with 12 months or more since qualifying"
ANOTHER_LEAD = "a lead worker with 12 months or more since qualifying"
REGISTERED_LEAD = "a lead worker whose registration is recorded and runs"


GUARDS = ("NQ-07", "NQ-08", "NQ-09", "NQ-10")


def put_right(rows: ir.Table, what: str | ir.StringValue = CO_WORKER) -> Evidence:
    """What would put a breached guard right, and the manager's override where there is one."""
    return {
        "would_put_right": what,
        "overridden_by": ibis.ifelse(rows.overridden, rows.overridden_by, ibis.null("string")),
        "override_until": ibis.ifelse(rows.overridden, rows.review_by, ibis.null("date")),
    }


def _breached(at: Context, guard: str, severity: ir.StringValue | str, rows: ir.Table) -> ir.Table:
    complexity = at.step("child_complexity").select(*CHILD, "markers", "words")
    known = at.step("lead_experience").select(*CHILD, "band", "phase")
    rows = beside(rows, complexity, known)
    right: str | ir.StringValue = CO_WORKER
    if guard == "NQ-09":
        right = ibis.ifelse(rows.what == SEXUAL_ABUSE, ANOTHER_LEAD, CO_WORKER)
    return answers(
        rows,
        record="record_id",
        status=Status.BREACH,
        severity=ibis.ifelse(rows.overridden, "note", severity),
        evidence={
            "worker": rows.worker_id,
            "experience": rows.band,
            "programme": rows.phase,
            "work": rows.what,
            "since": rows.since,
            "complexity_markers": rows.words,
            **put_right(rows, right),
        },
    )


def _of(at: Context, guard: str) -> ir.Table:
    rows = at.step("guard_found")
    return rows.filter(rows.guard == guard)


def court_alone(at: Context) -> ir.Table:
    """NQ-08: care proceedings or pre-proceedings held alone."""
    return _breached(at, "NQ-08", "red", _of(at, "NQ-08"))


def enquiry_led(at: Context) -> ir.Table:
    """NQ-09: an enquiry led without an experienced co-worker; one of sexual abuse led at all."""
    rows = _of(at, "NQ-09")
    return _breached(at, "NQ-09", ibis.ifelse(rows.what == SEXUAL_ABUSE, "red", "amber"), rows)


def risk_alone(at: Context) -> ir.Table:
    """NQ-10: placements in doubt, exploitation and the rest held alone."""
    rows = _of(at, "NQ-10")
    pressing = rows.what.isin(["unregistered placement", "deprivation of liberty"])
    return _breached(at, "NQ-10", ibis.ifelse(pressing, "red", "amber"), rows)


def not_registered(at: Context) -> ir.Table:
    """NQ-13: enquiries, protection plans and looked-after children led by somebody not registered."""
    child = at.step("open_child").select(*CHILD, "is_cp", "is_care")
    enquiry = at.step("enquiry_open").select(*CHILD, enquired=ibis.literal(True)).distinct()
    rows = beside(child, enquiry)
    rows = rows.filter(rows.is_cp | rows.is_care | rows.enquired.fill_null(False))
    lead = at.step("lead_experience")
    fault = ibis.cases(
        (lead.student, "title"),
        (lead.lapsed, "registration has run out"),
        (lead.not_yet, "not registered yet"),
        (lead.unregistered, "no registration recorded"),
        else_="",
    )
    lead = lead.filter(lead.named).select(*CHILD, "worker_id", "lapsed_on", fault=fault)
    rows = rows.inner_join(lead.filter(lead.fault != ""), list(CHILD))
    return answers(
        rows,
        status=Status.BREACH,
        severity=Severity.RED,
        evidence={
            "worker": rows.worker_id,
            "why": rows.fault,
            "registration_ends": rows.lapsed_on,
            "would_put_right": REGISTERED_LEAD,
        },
    )


def override_review(at: Context) -> ir.Table:
    """NQ-14: an override that is none, or that is to be looked at again."""
    rows = at.step("guard_found")
    rows = rows.filter(rows.decided_on.notnull())
    rows = rows.select(*CHILD, "guard", "decided_on", "review_by", "overridden_by", "fault").distinct()
    rows = rows.mutate(
        due=ibis.ifelse(rows.fault == "", rows.review_by, ibis.null("date")),
        said=ibis.ifelse(rows.fault == "", "running", str(Status.BREACH)),
    )
    return answers(
        rows,
        record="guard",
        due="due",
        status=rows.said,
        severity=Severity.RED,
        evidence={
            "guard": rows.guard,
            "decided_on": rows.decided_on,
            "review_by": rows.review_by,
            "decided_by": rows.overridden_by,
            "fault": rows.fault,
            "limit": str(at.policy.clock("override_limit")),
        },
    )


def mismatch(at: Context) -> ir.Table:
    """DR-17: a guard breached, or too many complexity markers held by somebody in the first year."""
    found = at.step("guard_found")
    each = {g: ibis.ifelse(found.guard == g, f"{g} ", "").max() for g in GUARDS}
    found = found.group_by(*CHILD).agg(standing=ibis.ifelse(found.overridden, 0, 1).max(), **each)
    lead = at.step("lead_experience")
    rows = beside(at.step("child_complexity"), found, lead)
    limit = int(at.policy.numbers["markers_too_many"])
    many = (rows.markers >= limit) | at.listed(rows.rating, "complex_ratings")
    counted = rows.guarded.fill_null(False) & many
    rows = rows.mutate(counted=counted, breached=rows.standing.notnull())
    rows = rows.filter(rows.breached | rows.counted)
    settled = at.listed(rows.rating, "settled_ratings") | rows.helped
    return answers(
        rows,
        status=Status.FLAG,
        severity=ibis.cases(
            (rows.breached & (rows.standing == 1), "red"),
            (rows.breached, "note"),
            (settled, "note"),
            else_="amber",
        ),
        evidence={
            "worker": rows.worker_id,
            "experience": rows.band,
            "programme": rows.phase,
            "guards": rows[GUARDS[0]].concat(*(rows[g] for g in GUARDS[1:])).fill_null("").strip(),
            "markers": rows.markers,
            "limit": limit,
            "complexity_markers": rows.words,
            "council_rating": rows.rating,
            "rated_on": rows.rated_on,
            "experienced_co_worker": rows.helped,
            "would_put_right": CO_WORKER,
        },
    )


_NEEDS = ("involvement", "worker", "establishment")
_WHO = "Support that is given but not recorded as a co-working involvement."
_SETTINGS = ("programme", "experience_one_year", "co_working_roles")
_RED, _AMBER, _NOTE = Severity.RED, Severity.AMBER, Severity.NOTE

GUARD_RULES = (
    Rule(
        "NQ-08",
        "Court work held alone by a new worker",
        "Which children in care proceedings or pre-proceedings are led by somebody in the first year "
        "without an experienced co-worker?",
        Who.HEAD,
        Authority.NORM,
        (_RED, _NOTE),
        "Wirral scheme; practice-standards NQ-08",
        "child",
        "",
        (*_SETTINGS, "interim_orders"),
        (*_NEEDS, "legal_status|pre_proceedings|key_date=care proceedings"),
        court_alone,
        _WHO,
    ),
    Rule(
        "NQ-09",
        "Enquiry led by a new worker",
        "Which section 47 enquiries are led by somebody in the first year without an experienced "
        "co-worker, and which about sexual abuse at all?",
        Who.HEAD,
        Authority.NORM,
        (_RED, _AMBER, _NOTE),
        "sector norm; practice-standards NQ-09",
        "child",
        "enquiry",
        (*_SETTINGS, "sexual_abuse_categories", "sexual_abuse_factors", "marker_factors"),
        (*_NEEDS, "enquiry"),
        enquiry_led,
        "Who asked the questions: the record names who leads the child. " + _WHO,
    ),
    Rule(
        "NQ-10",
        "High risk held alone by a new worker",
        "Who in the first year holds, without an experienced co-worker, a child in an unregistered "
        "placement, deprived of liberty, exploited and missing, with fabricated illness suspected, or "
        "unborn after an earlier child was removed?",
        Who.HEAD,
        Authority.LOCAL,
        (_RED, _AMBER, _NOTE),
        "practice-standards NQ-10 (house default); key dates: fabricated illness, earlier child removed",
        "child",
        "",
        (*_SETTINGS, "exploitation_factors", "missing_factors", "marker_missing", "marker_factors"),
        (*_NEEDS, "placement_check|liberty_order|assessment_factor|key_date=fabricated illness"),
        risk_alone,
        "What nobody has recorded: each of these needs its own list. " + _WHO,
    ),
    Rule(
        "NQ-13",
        "Led by somebody who is not registered",
        "Which enquiries, protection plans and looked-after children are led by a student or by "
        "somebody without a running registration?",
        Who.HEAD,
        Authority.NORM,
        (_RED,),
        "Social Work England registration; practice-standards NQ-13 and 4.5",
        "child",
        "",
        ("unregistered_titles",),
        (*_NEEDS, "establishment.swe_number|establishment.registration_ends"),
        not_registered,
        "Whether somebody without a recorded number is registered after all: ask the register.",
    ),
    Rule(
        "NQ-14",
        "Override of a guard to be looked at again",
        "Which overrides lack a manager, a reason or a review date, run too long, or are past their review?",
        Who.HEAD,
        Authority.LOCAL,
        (_RED,),
        "practice-standards NQ-14 (house default)",
        "child",
        "guard",
        ("override_limit",),
        (*_NEEDS, "guard_override"),
        override_review,
        "Overrides of guards that nothing breaches any more.",
    ),
    Rule(
        "DR-17",
        "Complexity does not match experience",
        "Which children have a worker in the first year and either a breached guard or four complexity "
        "markers or more?",
        Who.HEAD,
        Authority.LOCAL,
        (_RED, _AMBER, _NOTE),
        "practice-standards DR-17 (house default) and section 5",
        "child",
        "",
        ("markers_too_many", "markers_off", "complex_ratings", "settled_ratings", "experience_one_year"),
        (*_NEEDS, "cp_plan"),
        mismatch,
        "Markers whose lists were not handed over, and how hard each marker is: they are counted, not weighed.",
    ),
)
