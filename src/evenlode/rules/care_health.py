"""Health and schooling of looked-after children: are they looked at in time?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.care import PERIOD
from evenlode.position.context import CHILD, Context, beside
from evenlode.position.key_dates import of_kind
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

_REGULATIONS = "Care Planning, Placement and Case Review (England) Regulations 2010"
_HEALTH_NEEDS = (
    "care_episode",
    "legal_status",
    "health_check.check_type",
    "health_check.check_date",
)


def first_assessment(at: Context) -> ir.Table:
    """CLA-H1: no health assessment since, or shortly before, the child became looked after."""
    rows = at.step("health_assessed")
    rows = at.due(rows.filter(rows.last_assessed.isnull()), due=("entered_care", "first_health_assessment"))
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=Severity.RED,
        status=_unless_undated(rows),
        evidence={
            "entered_care": rows.entered_care,
            "interval": str(at.policy.clock("first_health_assessment")),
        },
    )


def _unless_undated(rows: ir.Table) -> ir.StringValue:
    """An assessment without a date may be the one that is missed."""
    return ibis.ifelse(rows.undated, str(Status.CANNOT_TELL), RUNNING)


def next_assessment(at: Context) -> ir.Table:
    """CLA-H2: every six months while young, else every twelve; the age at the last one decides (G-13)."""
    rows = at.step("health_assessed")
    rows = rows.filter(rows.last_assessed.notnull())
    rows = at.due(
        rows,
        young_due=("last_assessed", "health_assessment_young"),
        older_due=("last_assessed", "health_assessment"),
    )
    rows = rows.mutate(
        due=ibis.ifelse((rows.last_assessed < rows.young_until), rows.young_due, rows.older_due)
    )
    age_unknown = rows.young_until.isnull() & (rows.young_due < at.as_at) & (rows.older_due >= at.as_at)
    unknown = age_unknown | (rows.undated & (rows.due < at.as_at))
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "last_assessed": rows.last_assessed,
            "under_five_then": rows.last_assessed < rows.young_until,
            "interval_under_five": str(at.policy.clock("health_assessment_young")),
            "interval": str(at.policy.clock("health_assessment")),
        },
    )


def education_plan(at: Context) -> ir.Table:
    """CLA-E1: a first plan within ten working days, then one in every school term."""
    period = at.step("period_whole")
    child = at.due(at.record("child", "child_id", "dob"), old_enough=("dob", "education_plan_age"))
    child = child.group_by(*CHILD).agg(old_enough=child.old_enough.max())
    plans = of_kind(at, "personal education plan").inner_join(period, list(CHILD))
    plans = plans.filter(plans.done_date >= plans.entered_care)
    plans = plans.group_by(*PERIOD).agg(last_plan=plans.done_date.max())
    rows = beside(beside(period, child), plans, keys=PERIOD)
    rows = rows.filter(rows.old_enough.isnull() | (rows.old_enough <= at.as_at))
    rows = rows.mutate(
        counted_from=ibis.greatest(rows.entered_care, rows.old_enough.fill_null(rows.entered_care))
    )
    rows = at.due(
        rows, first_due=("counted_from", "first_education_plan"), term_due=("last_plan", "next_term_end")
    )
    rows = rows.mutate(due=ibis.coalesce(rows.term_due, rows.first_due))
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=ibis.ifelse(rows.last_plan.isnull(), str(Severity.RED), str(Severity.AMBER)),
        status=ibis.ifelse(
            rows.old_enough.isnull() & (rows.due < at.as_at), str(Status.CANNOT_TELL), RUNNING
        ),
        evidence={
            "entered_care": rows.entered_care,
            "last_plan": rows.last_plan,
            "interval": str(at.policy.clock("first_education_plan")),
            "then": "every school term",
        },
    )


CARE_HEALTH_RULES = (
    Rule(
        "CLA-H1",
        "First health assessment",
        "Which children new to care have had no health assessment?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATIONS}, reg. 7",
        "child",
        "period of care",
        ("first_health_assessment", "health_before_care", "health_assessment_words", "health_not_done"),
        _HEALTH_NEEDS,
        first_assessment,
        "An assessment that the council's list calls by another word.",
    ),
    Rule(
        "CLA-H2",
        "Later health assessments",
        "Which looked-after children's health was not assessed in time?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATIONS}, reg. 7",
        "child",
        "period of care",
        ("health_assessment_young", "health_assessment", "young_child", "health_not_done"),
        _HEALTH_NEEDS,
        next_assessment,
        "Whether a young person refused it and was asked again.",
    ),
    Rule(
        "CLA-E1",
        "Personal education plan",
        "Which looked-after children have no education plan from this term or the last?",
        Who.WORKER,
        Authority.GUIDANCE,
        (Severity.RED, Severity.AMBER),
        f"{_REGULATIONS}, reg. 5, and guidance on virtual schools; key date: personal education plan",
        "child",
        "period of care",
        ("first_education_plan", "education_plan_age", "school_term_ends"),
        ("care_episode", "legal_status", "key_date=personal education plan"),
        education_plan,
        "Whether the plan is any good. Terms are those of the policy, each with the holiday after it.",
    ),
)
