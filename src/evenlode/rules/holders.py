"""Who may hold: protection plans and section 47 enquiries need a registered social worker."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside
from evenlode.position.people import WORKER
from evenlode.rules.rule import InForce, Rule, Severity, Status, Who, answers

OTHERS_MAY_LEAD = date(2023, 12, 15)
"""Working Together 2023 was published then: from that day a child in need plan may be led by others."""


def unregistered_holder(at: Context) -> ir.Table:
    """practice-standards CIN-08: a named lead who is not a registered social worker, or may not be.

    Until Working Together 2023 was published, a child in need plan needed one too.
    """
    needed = at.step("cin_plan_open")
    held = ibis.union(
        at.step("cp_plan_open").select(*CHILD),
        at.step("enquiry_open").select(*CHILD),
        needed.filter(at.as_at < OTHERS_MAY_LEAD).select(*CHILD),
    )
    lead = at.step("lead").filter(lambda t: t.named).select(*CHILD, "worker_id", "title")
    rows = held.distinct().inner_join(lead, list(CHILD))
    rows = beside(rows, _registration(at), keys=WORKER)
    rows = rows.filter(rows.number.isnull() | (rows.ends <= at.as_at))
    ended = (rows.ends <= at.as_at).fill_null(False)
    other_work = at.listed(rows.title, "unregistered_titles")
    return answers(
        rows,
        severity=Severity.RED,
        status=ibis.ifelse(ended | other_work, str(Status.BREACH), str(Status.CANNOT_TELL)),
        evidence={"title": rows.title, "registration_ends": rows.ends},
    )


def _registration(at: Context) -> ir.Table:
    """Each worker's registration number, from HR or the case system, and when it runs out."""
    worker = at.record("worker", "worker_id", "staff_number", "swe_number")
    hr = at.record("establishment", "staff_number", "worker_id", "swe_number", "registration_ends")
    by_number = hr.filter(hr.staff_number.notnull())
    by_number = by_number.group_by("la_code", "staff_number").agg(
        hr_number=by_number.swe_number.max(), hr_ends=by_number.registration_ends.max()
    )
    by_id = hr.filter(hr.worker_id.notnull())
    by_id = by_id.group_by(*WORKER).agg(
        id_number=by_id.swe_number.max(), id_ends=by_id.registration_ends.max()
    )
    rows = beside(beside(worker, by_number, keys=("la_code", "staff_number")), by_id, keys=WORKER)
    return rows.group_by(*WORKER).agg(
        number=ibis.coalesce(rows.hr_number, rows.id_number, rows.swe_number).max(),
        ends=ibis.coalesce(rows.hr_ends, rows.id_ends).max(),
    )


def no_lead_practitioner(at: Context) -> ir.Table:
    """Section 2.13: a protection plan with no lead child protection practitioner leading or beside the lead."""
    held = at.step("sharing").select(*CHILD, "worker_id").distinct()
    title = at.step("worker_now").select(*WORKER, "title")
    held = held.inner_join(title, list(WORKER))
    held = held.group_by(*CHILD).agg(
        practitioners=at.listed(held.title, "lead_child_protection_titles").cast("int32").sum(),
        untitled=held.title.isnull().cast("int32").sum(),
    )
    rows = beside(at.step("cp_plan_open").select(*CHILD, "plan_id", "start_date"), held)
    rows = rows.filter(rows.practitioners.fill_null(0) == 0)
    return answers(
        rows,
        record="plan_id",
        severity=Severity.AMBER,
        status=ibis.ifelse(rows.untitled.fill_null(0) > 0, str(Status.CANNOT_TELL), str(Status.FLAG)),
        evidence={"plan_start": rows.start_date, "workers_without_a_title": rows.untitled.fill_null(0)},
    )


HOLDER_RULES = (
    Rule(
        "CP-16",
        "Plan without a lead child protection practitioner",
        "Which protection plans are neither held nor shared by a lead child protection practitioner?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "Children's Wellbeing and Schools Act 2026, section 3, whose regulations are not made; "
        "practice-standards 2.13 (the id is ours)",
        "child",
        "plan",
        (
            "lead_child_protection_practitioner",
            "lead_child_protection_titles",
            "lead_roles",
            "co_working_roles",
        ),
        ("cp_plan", "involvement", "worker"),
        no_lead_practitioner,
        "What the regulations will ask: the role is known by the worker's title alone. It asks nothing before "
        "the council has set the day.",
        in_force=InForce(first_set_by="lead_child_protection_practitioner"),
    ),
    Rule(
        "CIN-08",
        "Held by somebody who may not",
        "Which protection plans and enquiries (before 15 December 2023, child in need plans too) are led by "
        "somebody who is not a registered social worker?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.RED,),
        "Working Together 2023; practice-standards CIN-08",
        "child",
        "",
        ("unregistered_titles", "lead_roles"),
        ("involvement", "worker", "worker.swe_number|establishment.swe_number"),
        unregistered_holder,
        "Since 15 December 2023 a child in need plan may be led by a lead practitioner who is not a social "
        "worker: whether a qualified manager oversees it is not in the extract. Without a "
        "registration number it cannot be told, unless the title says what the worker is.",
    ),
)
