"""Who holds the child: nobody, somebody absent, a manager, or one worker after another."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, without
from evenlode.rules.rule import Rule, Severity, Status, Who, answers


def nobody(at: Context) -> ir.Table:
    """Contract 3, AL-01; evidence.rule is AL-02 where the child must always have a worker."""
    rows = at.step("unallocated")
    return answers(
        rows,
        status=Status.BREACH,
        severity=ibis.ifelse(rows.protected, "red", "amber"),
        evidence={
            "rule": ibis.ifelse(rows.protected, "AL-02", "AL-01"),
            "waiting_since": rows.waiting_since,
            "status": rows.status,
        },
    )


def waiting(at: Context) -> ir.Table:
    """Contract 3, AL-04."""
    rows = at.due(at.step("unallocated"), due=("waiting_since", "waiting_limit"))
    return answers(
        rows,
        due="due",
        severity=Severity.RED,
        evidence={
            "waiting_since": rows.waiting_since,
            "status": rows.status,
            "interval": str(at.policy.clock("waiting_limit")),
        },
    )


def _named_leads(at: Context) -> ir.Table:
    held = at.step("lead")
    held = held.filter(held.named)
    return held.inner_join(at.step("open_child").select(*CHILD, "is_cp", "is_care"), list(CHILD))


def absent_lead(at: Context) -> ir.Table:
    """Contract 3, AL-12."""
    rows = _named_leads(at)
    rows = rows.filter(rows.absent)
    present = at.step("sharing")
    rows = without(rows, present.filter(~present.absent))
    rows = at.due(
        rows, protected_due=("absent_from", "cover_protected"), other_due=("absent_from", "cover_other")
    )
    protected = rows.is_cp | rows.is_care
    rows = rows.mutate(due=ibis.ifelse(protected, rows.protected_due, rows.other_due))
    soon, other = (at.policy.clock(c) for c in ("cover_protected", "cover_other"))
    return answers(
        rows,
        due="due",
        severity=Severity.RED,
        evidence={
            "absent_from": rows.absent_from,
            "worker": rows.worker_id,
            "interval": ibis.ifelse(rows.is_cp | rows.is_care, str(soon), str(other)),
        },
    )


def manager_holds(at: Context) -> ir.Table:
    """Contract 3, AL-14."""
    rows = _named_leads(at)
    rows = rows.filter(at.listed(rows.title, "manager_titles"))
    return answers(
        rows,
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={"worker": rows.worker_id, "title": rows.title},
    )


def worker_changes(at: Context) -> ir.Table:
    """Contract 3, CW-02; cannot_tell where an involvement that ends before it starts decides."""
    rows = at.step("lead_changes").semi_join(at.step("open_child"), list(CHILD))
    limit = int(at.policy.numbers["workers_in_window"])
    rows = rows.filter(rows.workers_with_doubtful >= limit)
    return answers(
        rows,
        severity=Severity.AMBER,
        status=ibis.ifelse(rows.workers >= limit, str(Status.BREACH), str(Status.CANNOT_TELL)),
        evidence={
            "workers": rows.workers,
            "with_reversed_rows": rows.workers_with_doubtful,
            "limit": limit,
            "window_months": int(at.policy.numbers["worker_window_months"]),
        },
    )


_NEEDS = ("involvement", "worker")

ALLOCATION_RULES = (
    Rule(
        "AL-01",
        "Nobody holds the child",
        "Which open children have no named worker?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.AMBER, Severity.RED),
        "practice-standards AL-01 and AL-02",
        "child",
        "",
        ("allocation_grace", "lead_roles", "placeholder_words"),
        _NEEDS,
        nobody,
    ),
    Rule(
        "AL-04",
        "Waiting for a worker",
        "Which children have waited two weeks for a worker?",
        Who.HEAD,
        Authority.NORM,
        (Severity.RED,),
        "practice-standards AL-04",
        "child",
        "",
        ("waiting_limit",),
        (*_NEEDS, "involvement.start_date", "involvement:history"),
        waiting,
    ),
    Rule(
        "AL-12",
        "Worker away, nobody covering",
        "Whose worker is absent, with nobody else named?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.RED,),
        "practice-standards AL-12 (house default)",
        "child",
        "",
        ("cover_protected", "cover_other"),
        (*_NEEDS, "establishment"),
        absent_lead,
        "Cover agreed but not recorded as an involvement.",
    ),
    Rule(
        "AL-14",
        "A manager holds the child",
        "Which children are held in a manager's name?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.NOTE,),
        "findings-contract AL-14",
        "child",
        "",
        ("manager_titles",),
        _NEEDS,
        manager_holds,
    ),
    Rule(
        "CW-02",
        "Three or more workers",
        "Which children had three or more lead workers in 12 months?",
        Who.HEAD,
        Authority.NORM,
        (Severity.AMBER,),
        "DfE stability statistics",
        "child",
        "",
        ("workers_in_window", "worker_window_months"),
        ("involvement.start_date", "involvement:history"),
        worker_changes,
        "Whether a change was for the child's good.",
    ),
)
