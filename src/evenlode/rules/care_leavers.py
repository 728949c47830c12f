"""Care leavers: pathway plans and keeping in touch."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import Context
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def _running_or_unknown(column: ir.DateValue) -> ir.StringValue:
    return ibis.ifelse(column.isnull(), str(Status.CANNOT_TELL), RUNNING)


def pathway_review(at: Context) -> ir.Table:
    """Contract 3, CL-04: for care leavers under 21."""
    rows = at.step("care_leaver_now")
    rows = at.due(rows.filter(~rows.over_21), due=("pathway_review", "pathway_review"))
    return answers(
        rows,
        due="due",
        severity=Severity.RED,
        status=_running_or_unknown(rows.pathway_review),
        evidence={"last_review": rows.pathway_review, "interval": str(at.policy.clock("pathway_review"))},
    )


def in_touch(at: Context) -> ir.Table:
    """Contract 3, CL-07: for care leavers under 21 who have left care."""
    rows = at.step("care_leaver_now")
    rows = rows.filter(~rows.over_21 & ~rows.still_in_care)
    rows = at.due(rows, due=("latest_contact", "keep_in_touch"))
    return answers(
        rows,
        due="due",
        status=_running_or_unknown(rows.latest_contact),
        severity=ibis.ifelse(rows.will_not_be_reached, "note", "amber"),
        evidence={
            "latest_contact": rows.latest_contact,
            "does_not_want_contact": rows.will_not_be_reached,
            "interval": str(at.policy.clock("keep_in_touch")),
        },
    )


CARE_LEAVER_RULES = (
    Rule(
        "CL-04",
        "Pathway plan review",
        "Whose pathway plan was not reviewed in six months?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        "Care Leavers (England) Regulations 2010, reg. 7",
        "child",
        "",
        ("pathway_review",),
        ("care_leaver",),
        pathway_review,
    ),
    Rule(
        "CL-07",
        "Keeping in touch",
        "With whom has the council lost touch?",
        Who.WORKER,
        Authority.NORM,
        (Severity.AMBER, Severity.NOTE),
        "practice-standards CL-07",
        "child",
        "",
        ("keep_in_touch",),
        ("care_leaver",),
        in_touch,
        "Contact by people other than the adviser.",
    ),
)
