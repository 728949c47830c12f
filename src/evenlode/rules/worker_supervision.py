"""Workers' own supervision: often enough for how new they are, long enough, and not called off."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.case_session import cancelled_in_a_row
from evenlode.position.context import Context, only
from evenlode.position.people import WORKER
from evenlode.position.worker_supervision import PRIVATE
from evenlode.rules.rule import RUNNING, GoesBy, Rule, Severity, Status, Who, answers

JOINED = GoesBy(
    "worker_session", "workers' own supervision that names the worker by an id of the worker list"
)
"""Without one such note of the council nothing can be said of any worker."""


def _of_phase(rule_id: str, clock: str) -> Callable[[Context], ir.Table]:
    def find(at: Context) -> ir.Table:
        rows = at.step("worker_session_clock")
        rows = rows.filter(rows.rule == rule_id)
        since = rows.base.fill_null(at.as_at)
        gap = ibis.cases(
            ((rows.last_cancelled > since).fill_null(False), "cancelled"),
            ((rows.last_planned > since).fill_null(False), "planned, not said to be held"),
            else_="none recorded",
        )
        return answers(
            rows,
            subject="worker_id",
            due="due",
            status=ibis.ifelse(rows.base.isnull(), str(Status.CANNOT_TELL), RUNNING),
            severity=ibis.ifelse((rows.red_from <= at.as_at).fill_null(False), "red", "amber"),
            evidence={
                "last_held": rows.last_held,
                "counted_from": rows.counted_from,
                "red_from": rows.red_from,
                "since_then": gap,
                "absent_from": ibis.ifelse(rows.was_paused, rows.absent_from, ibis.null("date")),
                "back_on": ibis.ifelse(rows.was_paused, rows.back_on, ibis.null("date")),
                "interval": str(at.policy.clock(clock)),
            },
        )

    return find


def short_session(at: Context) -> ir.Table:
    """SUP-04: the last session took less time than the policy says."""
    rows = at.step("last_worker_session")
    asked = int(at.policy.numbers["session_minutes"])
    rows = rows.filter(rows.minutes.isnull() | (rows.minutes < asked))
    return answers(
        rows,
        subject="worker_id",
        status=ibis.ifelse(rows.minutes.isnull(), str(Status.CANNOT_TELL), str(Status.BREACH)),
        severity=Severity.NOTE,
        evidence={"held": rows.held_date, "minutes": rows.minutes, "asked": asked},
    )


def private_part(at: Context) -> ir.Table:
    """SQ-10: the last session's record is without the worker's wellbeing, workload or learning."""
    rows = at.step("last_worker_session")
    lacks, unsure = ibis.literal(False), ibis.literal(False)
    for name in PRIVATE:
        lacks = lacks | (rows[name] == "N").fill_null(False)
        unsure = unsure | rows[name].isnull()
    rows = rows.mutate(lacks=lacks, unsure=unsure)
    rows = rows.filter(rows.lacks | rows.unsure)
    return answers(
        rows,
        subject="worker_id",
        status=ibis.ifelse(rows.lacks, str(Status.BREACH), str(Status.CANNOT_TELL)),
        severity=Severity.NOTE,
        evidence={"held": rows.held_date, **{name: rows[name] for name in PRIVATE}},
    )


def called_off(at: Context) -> ir.Table:
    """SUP-13 of a worker: the last sessions were all cancelled."""
    rows = only(at.step("worker_session"), at.step("worker_to_supervise"), WORKER)
    rows = cancelled_in_a_row(at, rows, WORKER)
    return answers(
        rows,
        subject="worker_id",
        status=Status.FLAG,
        severity=Severity.AMBER,
        evidence={
            "cancelled": rows.cancelled,
            "first_cancelled": rows.first_cancelled,
            "last_cancelled": rows.last_cancelled,
        },
    )


_UNRECORDED = (
    "Supervision that was held and not recorded; absences that the staff list no longer shows; sessions "
    "recorded under the worker's name alone, which never join."
)


def _phase_rule(rule_id: str, name: str, whose: str, clock: str, *more: str) -> Rule:
    return Rule(
        rule_id,
        name,
        f"Which workers ({whose}) have had no supervision of their own in time?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.AMBER, Severity.RED),
        f"Employer Standards, standard 5; practice-standards {rule_id}, SUP-10, SUP-14",
        "worker",
        "",
        (clock, *more, "absence_pause", "personal_supervision_notes", "cancelled_sessions", "planned_sessions"),
        ("supervision.worker", "worker", "establishment"),
        _of_phase(rule_id, clock),
        _UNRECORDED,
        JOINED,
    )  # fmt: skip


WORKER_SUPERVISION_RULES = (
    _phase_rule(
        "SUP-01",
        "Supervision in a new worker's first weeks",
        "newly qualified, in their first six weeks",
        "worker_supervision_first",
        "worker_first_weeks",
    ),
    _phase_rule(
        "SUP-02",
        "Supervision in a new worker's first six months",
        "newly qualified, from week seven to month six",
        "worker_supervision_second",
        "worker_first_weeks",
        "worker_first_months",
    ),
    _phase_rule(
        "SUP-03",
        "A worker's own supervision",
        "after the first six months, and experienced workers",
        "worker_supervision",
        "worker_first_months",
    ),
    Rule(
        "SUP-04",
        "Short supervision",
        "Whose last supervision took less than 90 minutes?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.NOTE,),
        "Employer Standards, standard 5; practice-standards SUP-04",
        "worker",
        "",
        ("session_minutes", "personal_supervision_notes"),
        ("supervision.minutes", "supervision.worker", "worker"),
        short_session,
        "Whether the time was uninterrupted; a shorter time agreed with somebody who works part of the week.",
        GoesBy("last_worker_session", "the length of any worker's own supervision", "minutes"),
    ),
    Rule(
        "SUP-13W",
        "A worker's supervision called off again",
        "Whose last supervisions were all cancelled?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards SUP-13 (house default), of a worker's own supervision",
        "worker",
        "",
        ("sessions_cancelled", "cancelled_sessions", "personal_supervision_notes"),
        ("supervision.state", "supervision.worker", "worker"),
        called_off,
        "Sessions that were cancelled and not recorded at all; who called them off, and why.",
        JOINED,
    ),
    Rule(
        "SQ-10",
        "The worker's wellbeing, workload and learning",
        "Whose last supervision of their own does not look at their wellbeing, workload or learning?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards SQ-10 (house default; council audit tools)",
        "worker",
        "",
        ("personal_supervision_notes",),
        (*(f"supervision.{name}" for name in PRIVATE), "supervision.worker", "worker"),
        private_part,
        "What was said: that stays in the worker's private record, and only yes or no is read from it.",
        GoesBy(
            "last_worker_session",
            "any worker's own supervision with wellbeing, workload or learning filled in",
            "private_part",
        ),
    ),
)
