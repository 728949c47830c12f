"""Repeat work: one assessment after another of the same child."""

from __future__ import annotations

import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, impossible, only, without
from evenlode.rules.rule import Rule, Severity, Status, Who, answers


def many_assessments(at: Context) -> ir.Table:
    """DR-03, its last part: three assessments or more begun in 24 months, of an open child."""
    rows = at.record("assessment", "child_id", "assessment_id", "start_date", "authorised_date")
    cannot = impossible(rows.start_date, rows.authorised_date, at.as_at)
    rows = rows.filter((rows.start_date <= at.as_at) & ~cannot)
    rows = only(without(rows, at.step("gone")), at.step("open_child"))
    rows = at.due(rows, counts_until=("start_date", "repeat_assessments"))
    rows = rows.filter(rows.counts_until > at.as_at)
    rows = rows.group_by(*CHILD).agg(
        assessments=rows.count(),
        first_start=rows.start_date.min(),
        last_start=rows.start_date.max(),
    )
    limit = int(at.policy.numbers["assessments_too_many"])
    rows = rows.filter(rows.assessments >= limit)
    return answers(
        rows,
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "assessments": rows.assessments,
            "limit": limit,
            "first_start": rows.first_start,
            "last_start": rows.last_start,
            "window": str(at.policy.clock("repeat_assessments")),
        },
    )


REPEAT_WORK_RULES = (
    Rule(
        "DR-03a",
        "One assessment after another",
        "Which open children have been assessed three times or more in 24 months?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards DR-03 (house default); the id is ours",
        "child",
        "",
        ("repeat_assessments", "assessments_too_many"),
        ("assessment:history", "assessment.start_date", "episode"),
        many_assessments,
        "Why there was another: a yearly assessment of a disabled child is counted like any other.",
    ),
)
