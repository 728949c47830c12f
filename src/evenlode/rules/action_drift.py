"""Agreed actions that drift, lose their owner, or end without saying how; plans without dates."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.agreed_action import ACTION
from evenlode.position.context import CHILD, Context, beside, only, without
from evenlode.position.people import WORKER
from evenlode.rules.rule import GoesBy, Rule, Severity, Status, Who, answers


def ended_unclear(at: Context) -> ir.Table:
    """ACT-01: superseded without a replacement, withdrawn without a reason, done without proof."""
    rows = without(
        at.record(
            "action",
            "child_id",
            "action_id",
            "set_date",
            "completed_date",
            "target_date",
            "status",
            "proof",
            "replaced_by",
            "withdrawal_reason",
            "agreed_at",
        ),
        at.step("gone"),
    )
    rows = rows.mutate(last_known=ibis.coalesce(rows.completed_date, rows.target_date, rows.set_date))
    rows = at.due(rows, asked_until=("last_known", "action_look_back"))
    superseded = at.listed(rows.status, "superseded_actions")
    withdrawn = at.listed(rows.status, "withdrawn_actions")
    done = (rows.completed_date <= at.as_at).fill_null(False) | (
        rows.completed_date.isnull() & at.listed(rows.status, "done_actions")
    )
    lacks = ibis.cases(
        (superseded & rows.replaced_by.isnull(), "replacement"),
        (withdrawn & (rows.withdrawal_reason != "Y").fill_null(True), "reason"),
        (done & ~superseded & ~withdrawn & (rows.proof != "Y").fill_null(True), "proof"),
        else_=ibis.null("string"),
    )
    said = ibis.cases((superseded, "N"), (withdrawn, rows.withdrawal_reason), else_=rows.proof)
    begun = (rows.set_date <= at.as_at).fill_null(True)
    rows = rows.filter(begun & (rows.asked_until >= at.as_at)).mutate(lacks=lacks, said=said)
    rows = rows.filter(rows.lacks.notnull())
    at_panel = at.listed(rows.agreed_at, "panel_words")
    return answers(
        rows,
        record="action_id",
        status=ibis.ifelse(rows.said == "N", str(Status.BREACH), str(Status.CANNOT_TELL)),
        severity=ibis.ifelse((rows.lacks == "proof") & ~at_panel, "note", "amber"),
        evidence={
            "lacks": rows.lacks,
            "set_date": rows.set_date,
            "completed_date": rows.completed_date,
            "status": rows.status,
            "agreed_at": rows.agreed_at,
        },
    )


def drifting(at: Context) -> ir.Table:
    """ACT-03."""
    rows = at.step("action_drift")
    return answers(
        rows,
        record="action_id",
        status=Status.FLAG,
        severity=Severity.AMBER,
        evidence={
            "set_date": rows.set_date,
            "target_date": rows.target_date,
            "first_target_date": rows.first_target_date,
            "times_moved": rows.moves,
            "supervisions_since": rows.sessions,
        },
    )


def ownerless(at: Context) -> ir.Table:
    """ACT-04: an open action of somebody who has left."""
    worker = at.step("worker_now")
    left = worker.filter(worker.left).select(*WORKER, "leaving_date")
    owner = at.step("action_owner").inner_join(left, list(WORKER))
    rows = at.step("action_open").select(*ACTION, "set_date", "target_date")
    rows = rows.inner_join(owner.select(*ACTION, "worker_id", "leaving_date").distinct(), list(ACTION))
    return answers(
        rows,
        record="action_id",
        status=Status.BREACH,
        severity=Severity.AMBER,
        evidence={
            "owner": rows.worker_id,
            "left": rows.leaving_date,
            "set_date": rows.set_date,
            "target_date": rows.target_date,
        },
    )


def stuck(at: Context) -> ir.Table:
    """DR-07: an action of the child drifts, or half or more of the open ones are overdue."""
    rows = at.step("action_open")
    late = (rows.target_date < at.as_at).fill_null(False).cast("int32")
    counts = rows.group_by(*CHILD).agg(open_actions=rows.count(), overdue=late.sum())
    drift = at.step("action_drift")
    drift = drift.group_by(*CHILD).agg(drifting=drift.count())
    rows = only(beside(counts, drift), at.step("open_child"))
    share = int(at.policy.numbers["overdue_actions_percent"])
    rows = rows.mutate(drifting=rows.drifting.fill_null(0))
    rows = rows.filter((rows.drifting > 0) | (rows.overdue * 100 >= rows.open_actions * share))
    return answers(
        rows,
        status=Status.FLAG,
        severity=ibis.ifelse((rows.drifting > 0) | (rows.overdue > 1), "amber", "note"),
        evidence={
            "open_actions": rows.open_actions,
            "overdue": rows.overdue,
            "drifting": rows.drifting,
            "from_percent": share,
        },
    )


def without_dates(at: Context) -> ir.Table:
    """DR-08: no review date, or over a quarter of the plan's actions without a date.

    A kind of plan is judged only where the council records review dates of that kind at all.
    """
    dates = at.step("plan_dates")
    keeps = dates.select("la_code", "kind", keeps=ibis.literal(True)).distinct()
    plan = at.step("own_plan").select(*CHILD, "plan_id", "start_date", kind=ibis.literal("CP"))
    need = at.step("cin_plan_open").select(*CHILD, "plan_id", "start_date", kind=ibis.literal("CIN"))
    rows = plan.union(need)
    by_plan = dates.select("la_code", "kind", plan_id="key", of_plan="planned")
    by_child = dates.select("la_code", "kind", child_id="key", of_child="planned")
    rows = beside(rows, by_plan, keys=("la_code", "kind", "plan_id"))
    rows = beside(rows, by_child, keys=("la_code", "kind", "child_id"))
    action = at.record("action", "plan_id", "set_date", "target_date", "status")
    action = action.filter(
        action.plan_id.notnull()
        & (action.set_date <= at.as_at).fill_null(True)
        & ~at.listed(action.status, "ended_actions")
    )
    counts = action.group_by("la_code", "plan_id").agg(
        actions=action.count(), undated=action.target_date.isnull().cast("int32").sum()
    )
    rows = beside(rows, counts, keys=("la_code", "plan_id"))
    rows = beside(rows, keeps, keys=("la_code", "kind"))
    share = int(at.policy.numbers["undated_actions_percent"])
    no_review = rows.keeps.fill_null(False) & rows.of_plan.isnull() & rows.of_child.isnull()
    rows = rows.mutate(
        no_review=no_review,
        many_undated=(rows.undated * 100 > rows.actions * share).fill_null(False),
    )
    rows = rows.filter(rows.no_review | rows.many_undated)
    return answers(
        rows,
        record="plan_id",
        status=Status.FLAG,
        severity=Severity.AMBER,
        evidence={
            "plan": rows.kind,
            "start_date": rows.start_date,
            "no_review_date": rows.no_review,
            "actions": rows.actions,
            "without_date": rows.undated,
            "above_percent": share,
        },
    )


_ACTION_STATES = ("done_actions", "ended_actions")

ACTION_DRIFT_RULES = (
    Rule(
        "ACT-01",
        "Action ended without saying how",
        "Which actions were superseded, withdrawn or done without a replacement, a reason or proof?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER, Severity.NOTE),
        "practice-standards ACT-01 (house default); seed row 66",
        "child",
        "action",
        (*_ACTION_STATES, "superseded_actions", "withdrawn_actions", "panel_words", "action_look_back"),
        ("action.status", "action.proof", "action.replaced_by", "action.withdrawal_reason"),
        ended_unclear,
        "Whether the proof proves anything; actions that ended longer ago than the policy looks back.",
    ),
    Rule(
        "ACT-03",
        "Action that drifts",
        "Which open actions were put off twice, or outlived three supervisions?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards ACT-03 (house default)",
        "child",
        "action",
        ("action_moves", "action_sessions", *_ACTION_STATES, "case_supervision_notes"),
        ("action", "supervision"),
        drifting,
        "Actions that were put off by writing a new one in their place.",
    ),
    Rule(
        "ACT-04",
        "Action of somebody who has left",
        "Which open actions belong to somebody who has left?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards ACT-04 (house default)",
        "child",
        "action",
        _ACTION_STATES,
        ("action.owner", "worker", "establishment"),
        ownerless,
        "Owners recorded by name alone, who are never joined; partners and family members.",
        GoesBy("action_owner", "actions that name their owner by an id of the worker list"),
    ),
    Rule(
        "DR-07",
        "Actions stuck",
        "For which children does an action drift, or is half of what was agreed overdue?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER, Severity.NOTE),
        "practice-standards DR-07 (house default)",
        "child",
        "",
        ("overdue_actions_percent", "action_moves", "action_sessions", *_ACTION_STATES),
        ("action", "supervision"),
        stuck,
        "How much an action matters. One overdue action of one is half or more, and a note.",
    ),
    Rule(
        "DR-08",
        "Plan without dates",
        "Which plans have no review date, or actions without a date?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards DR-08 (house default); a review date is one recorded in cp_review, "
        'plan_interval or, for a child in need, key dates of the kind "cin review"',
        "child",
        "plan",
        ("undated_actions_percent", "ended_actions"),
        ("cp_review|plan_interval|key_date|action.plan_id", "cp_plan|cin_plan"),
        without_dates,
        "Review dates of a kind of plan for which the council records none at all.",
    ),
)
