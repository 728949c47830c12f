"""Who may hold: protection plans and section 47 enquiries need a registered social worker."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside
from evenlode.position.people import WORKER
from evenlode.rules.rule import Rule, Severity, Status, Who, answers


def unregistered_holder(at: Context) -> ir.Table:
    """practice-standards CIN-08: a named lead who is not a registered social worker, or may not be."""
    held = ibis.union(at.step("cp_plan_open").select(*CHILD), at.step("enquiry_open").select(*CHILD))
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


HOLDER_RULES = (
    Rule(
        "CIN-08",
        "Held by somebody who may not",
        "Which protection plans and enquiries are led by somebody who is not a registered social worker?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.RED,),
        "Working Together 2023; practice-standards CIN-08",
        "child",
        "",
        ("unregistered_titles", "lead_roles"),
        ("involvement", "worker", "worker.swe_number|establishment.swe_number"),
        unregistered_holder,
        "A child in need plan may be led by a lead practitioner who is not a social worker (since 15 "
        "December 2023): whether a qualified manager oversees it is not in the extract. Without a "
        "registration number it cannot be told, unless the title says what the worker is.",
    ),
)
