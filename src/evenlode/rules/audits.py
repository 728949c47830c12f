"""What came of audits: an action where one is called for, its effect, and how far moderation moved the grade."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import Context, beside, without
from evenlode.rules.rule import Rule, Severity, Status, Who, answers

GRADES = (
    ("audit_outstanding", 4),
    ("audit_good", 3),
    ("audit_requires_improvement", 2),
    ("audit_inadequate", 1),
)
"""QA-01: the words of each grade, and its number."""


def _grade(at: Context, column: ir.StringValue) -> ir.IntegerValue:
    """The number of a grade; 0 for a word that is on no list, and for a blank."""
    return ibis.cases(*((at.listed(column, words), number) for words, number in GRADES), else_=0)


def _recent(at: Context) -> ir.Table:
    """Audits of a child's record within the time that the policy looks back."""
    rows = at.record(
        "audit",
        "audit_id",
        "child_id",
        "audit_date",
        "grade",
        "moderated_grade",
        "moderated_on",
        "action_required",
    )
    rows = rows.filter((rows.audit_date <= at.as_at) & rows.child_id.notnull())
    rows = at.due(without(rows, at.step("gone")), asked_until=("audit_date", "audit_look_back"))
    rows = rows.filter(rows.asked_until >= at.as_at)
    moderated = (rows.moderated_on <= at.as_at).fill_null(True)
    return rows.mutate(
        graded=_grade(at, rows.grade), moderated=ibis.ifelse(moderated, _grade(at, rows.moderated_grade), 0)
    )


def no_action(at: Context) -> ir.Table:
    """QA-06: graded below good, and nothing agreed from it; the grade after moderation stands."""
    rows = _recent(at)
    rows = rows.mutate(stands=ibis.ifelse(rows.moderated > 0, rows.moderated, rows.graded))
    action = at.record("action", "audit_id", "set_date")
    action = action.filter(action.audit_id.notnull() & (action.set_date <= at.as_at).fill_null(True))
    action = action.group_by("la_code", "audit_id").agg(actions=action.count())
    rows = beside(rows, action, keys=("la_code", "audit_id"))
    rows = rows.filter(rows.actions.isnull() & rows.action_required.isnull() & (rows.stands < 3))
    return answers(
        rows,
        record="audit_id",
        status=ibis.ifelse(rows.stands == 0, str(Status.CANNOT_TELL), str(Status.FLAG)),
        severity=ibis.ifelse(rows.stands == 1, "amber", "note"),
        evidence={
            "audit_date": rows.audit_date,
            "grade": rows.grade,
            "moderated_grade": rows.moderated_grade,
        },
    )


def no_effect(at: Context) -> ir.Table:
    """QA-07: an action from an audit was done, and nobody has checked that practice changed."""
    rows = at.record(
        "action", "child_id", "action_id", "audit_id", "completed_date", "status", "practice_changed"
    )
    done = (rows.completed_date <= at.as_at).fill_null(False) | (
        rows.completed_date.isnull() & at.listed(rows.status, "done_actions")
    )
    unshown = (rows.practice_changed != "Y").fill_null(True)
    rows = rows.filter(rows.audit_id.notnull() & done & unshown)
    rows = at.due(without(rows, at.step("gone")), asked_until=("completed_date", "audit_look_back"))
    rows = rows.filter((rows.asked_until >= at.as_at).fill_null(True))
    return answers(
        rows,
        record="action_id",
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "audit": rows.audit_id,
            "completed_date": rows.completed_date,
            "recorded_as": rows.practice_changed,
        },
    )


def moderated_lower(at: Context) -> ir.Table:
    """QA-03 of one audit: moderation lowered the grade by two or more."""
    rows = _recent(at)
    apart = int(at.policy.numbers["audit_grades_apart"])
    rows = rows.filter((rows.moderated > 0) & (rows.graded >= rows.moderated + apart))
    return answers(
        rows,
        record="audit_id",
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "audit_date": rows.audit_date,
            "grade": rows.grade,
            "moderated_grade": rows.moderated_grade,
            "moderated_on": rows.moderated_on,
        },
    )


def out_of_tolerance(at: Context) -> ir.Table:
    """QA-05 of the council: auditors and moderators agree too seldom, lean one way, or moderate too little.

    Under ten moderated audits nothing is said of agreement, under ten audits nothing at all (QA-04).
    """
    rows = at.record("audit", "audit_date", "grade", "moderated_grade", "moderated_on")
    rows = rows.filter(rows.audit_date <= at.as_at)
    rows = at.due(rows, asked_until=("audit_date", "audit_look_back"))
    rows = rows.filter(rows.asked_until >= at.as_at)
    said = rows.moderated_grade.notnull() & (rows.moderated_on <= at.as_at).fill_null(True)
    rows = rows.mutate(
        said=said, before=_grade(at, rows.grade), after=ibis.ifelse(said, _grade(at, rows.moderated_grade), 0)
    )
    pair = (rows.before > 0) & (rows.after > 0)
    rows = rows.group_by("la_code").agg(
        audits=rows.count(),
        moderated=rows.said.cast("int32").sum(),
        pairs=pair.cast("int32").sum(),
        alike=(pair & (rows.before == rows.after)).cast("int32").sum(),
        before=ibis.ifelse(pair, rows.before, 0).sum(),
        after=ibis.ifelse(pair, rows.after, 0).sum(),
    )
    number = at.policy.numbers
    least, alike, few = (
        int(number[n]) for n in ("audit_pairs_shown", "audit_alike_percent", "audit_moderated_percent")
    )
    lean = int(number["audit_direction"] * 100)
    enough = rows.pairs >= least
    rows = rows.mutate(
        seldom=enough & (rows.alike * 100 < rows.pairs * alike),
        generous=enough & (rows.before * 100 > rows.after * 100 + rows.pairs * lean),
        hard=enough & (rows.after * 100 > rows.before * 100 + rows.pairs * lean),
        few=(rows.audits >= least) & (rows.moderated * 100 < rows.audits * few),
    )
    rows = rows.filter(rows.seldom | rows.generous | rows.hard | rows.few)
    return answers(
        rows,
        subject="la_code",
        status=Status.FLAG,
        severity=ibis.ifelse(rows.seldom | rows.generous, "amber", "note"),
        evidence={
            "audits": rows.audits,
            "moderated": rows.moderated,
            "both_grades_known": rows.pairs,
            "alike": rows.alike,
            "too_seldom_alike": rows.seldom,
            "too_generous": rows.generous,
            "too_hard": rows.hard,
            "too_few_moderated": rows.few,
            "alike_at_least_percent": alike,
            "direction_at_most": str(number["audit_direction"]),
            "moderated_at_least_percent": few,
        },
    )


_GRADE_WORDS = tuple(words for words, _ in GRADES)

AUDIT_RULES = (
    Rule(
        "QA-06",
        "Audit without an action",
        "Which audits found work below good, and led to no action?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER, Severity.NOTE),
        "practice-standards QA-06 (house default); seed row 29",
        "child",
        "audit",
        ("audit_look_back", *_GRADE_WORDS),
        ("audit.grade", "action.audit_id|audit.action_required"),
        no_action,
        "Audits of a team rather than a child; whether the action is the right one.",
    ),
    Rule(
        "QA-07",
        "Audit action done, effect not shown",
        "Which actions from audits are done without a check that practice changed?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards QA-07 (house default)",
        "child",
        "action",
        ("audit_look_back", "done_actions"),
        ("action.audit_id", "action.practice_changed"),
        no_effect,
        "That practice did not change: only that nobody has recorded that it did.",
    ),
    Rule(
        "QA-03",
        "Audit moderated much lower",
        "Which audits did moderation lower by two grades or more?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards QA-03 (house default)",
        "child",
        "audit",
        ("audit_grades_apart", "audit_look_back", *_GRADE_WORDS),
        ("audit.grade", "audit.moderated_grade"),
        moderated_lower,
        "Which of the two grades is right; how often moderation agrees, which is a measure.",
    ),
    Rule(
        "QA-05",
        "Audits and moderation do not agree",
        "Do the council's auditors and moderators agree too seldom, lean one way, or moderate too little?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.AMBER, Severity.NOTE),
        "practice-standards QA-02 to QA-05 (house default)",
        "council",
        "",
        (
            "audit_look_back",
            "audit_pairs_shown",
            "audit_alike_percent",
            "audit_direction",
            "audit_moderated_percent",
            *_GRADE_WORDS,
        ),
        ("audit.grade", "audit.moderated_grade"),
        out_of_tolerance,
        "Which of two grades is right; under ten moderated audits, whether they agree.",
    ),
)
