"""Agreed actions: done by their date, and clear enough to be done at all."""

from __future__ import annotations

import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import Context
from evenlode.rules.rule import Rule, Severity, Status, Who, answers


def overdue_action(at: Context) -> ir.Table:
    """Contract 3, ACT-02."""
    rows = at.step("action_open")
    rows = rows.filter(rows.target_date.notnull())
    return answers(
        rows,
        record="action_id",
        due="target_date",
        severity=Severity.AMBER,
        evidence={"set_date": rows.set_date, "target_date": rows.target_date},
    )


def unclear_action(at: Context) -> ir.Table:
    """Contract 3, SQ-07."""
    rows = at.step("action_open")
    rows = rows.filter(rows.action.isnull() | rows.target_date.isnull())
    return answers(
        rows,
        record="action_id",
        status=Status.BREACH,
        severity=Severity.NOTE,
        evidence={
            "set_date": rows.set_date,
            "has_text": rows.action.notnull(),
            "target_date": rows.target_date,
        },
    )


ACTION_RULES = (
    Rule(
        "ACT-02",
        "Action not done",
        "Which agreed actions are past their date?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards ACT-02 (house default)",
        "child",
        "action",
        ("done_actions", "ended_actions"),
        ("action",),
        overdue_action,
    ),
    Rule(
        "SQ-07",
        "Action without words or date",
        "Which open actions say nothing, or have no real date?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards SQ-07 (house default)",
        "child",
        "action",
        ("done_actions", "ended_actions"),
        ("action",),
        unclear_action,
    ),
)
