"""What is on record of a child's case supervision: its elements, in time, signed, and not called off."""

from __future__ import annotations

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.case_session import cancelled_in_a_row
from evenlode.position.context import CHILD, Context, beside, only
from evenlode.rules.rule import RUNNING, GoesBy, Rule, Severity, Status, Who, answers


def _lacks(column: str) -> Callable[[Context], ir.Table]:
    """Children whose last case supervision lacks an element; a blank says neither."""

    def find(at: Context) -> ir.Table:
        rows = at.step("last_case_session")
        said = rows[column]
        rows = rows.filter(said.isnull() | (said != "Y"))
        return answers(
            rows,
            record="note_id",
            status=ibis.ifelse(rows[column] == "N", str(Status.BREACH), str(Status.CANNOT_TELL)),
            severity=Severity.NOTE,
            evidence={"held": rows.held_date, "recorded_as": rows[column]},
        )

    return find


def actions_not_reviewed(at: Context) -> ir.Table:
    """SQ-01: the record says so, or an action that was open at the last session still has no state.

    Actions are looked at only where the council's list gives any of them a state.
    """
    rows = at.step("last_case_session")
    action = at.record("action", "child_id", "action_id", "set_date", "completed_date", "status")
    keeps = (
        action.filter(action.status.notnull()).select("la_code", keeps_states=ibis.literal(True)).distinct()
    )
    rows = beside(rows, keeps, keys=("la_code",))
    unset = action.filter(action.status.isnull()).inner_join(
        at.step("last_case_session").select(*CHILD, "held_date"), list(CHILD)
    )
    unset = unset.filter(
        (unset.set_date < unset.held_date)
        & (unset.completed_date.isnull() | (unset.completed_date > at.as_at))
    )
    rows = beside(rows, unset.group_by(*CHILD).agg(unset=unset.count()))
    many = ibis.ifelse(rows.keeps_states.fill_null(False), rows.unset.fill_null(0), 0)
    rows = rows.mutate(without_state=many)
    no = (rows.without_state > 0) | (rows.actions_reviewed == "N").fill_null(False)
    unknown = rows.actions_reviewed.isnull() & rows.keeps_states.isnull()
    rows = rows.filter(no | unknown)
    no = (rows.without_state > 0) | (rows.actions_reviewed == "N").fill_null(False)
    return answers(
        rows,
        record="note_id",
        status=ibis.ifelse(no, str(Status.BREACH), str(Status.CANNOT_TELL)),
        severity=Severity.NOTE,
        evidence={
            "held": rows.held_date,
            "recorded_as": rows.actions_reviewed,
            "actions_without_state": rows.without_state,
        },
    )


def not_signed(at: Context) -> ir.Table:
    """SQ-11: the last case supervision is signed by both in time."""
    rows = at.due(at.step("last_case_session"), due=("held_date", "session_signed"))
    signed = (rows.signed_date <= at.as_at).fill_null(False)
    rows = rows.filter(~signed | (rows.signed_date > rows.due))
    signed = (rows.signed_date <= at.as_at).fill_null(False)
    return answers(
        rows,
        record="note_id",
        due="due",
        status=ibis.ifelse(signed, str(Status.FLAG), RUNNING),
        severity=Severity.NOTE,
        evidence={
            "held": rows.held_date,
            "signed": ibis.ifelse(signed, rows.signed_date, ibis.null("date")),
            "interval": str(at.policy.clock("session_signed")),
        },
    )


def recorded_late(at: Context) -> ir.Table:
    """SUP-11: case supervisions and visits of the last weeks that were written down late.

    A row without the day on which it was written down cannot be judged; a council whose rows of that
    kind never carry the day is not asked row by row.
    """
    session = at.step("case_session")
    tells = at.record("supervision", "recorded_date")
    tells = tells.filter(tells.recorded_date.notnull()).select("la_code").distinct()
    session = only(session.filter(session.held), tells, ("la_code",))
    session = session.select(
        *CHILD,
        day="held_date",
        recorded_date="recorded_date",
        record_id=session.note_id,
        what=ibis.literal("case supervision"),
    )
    visit = only(at.record("visit_note", "child_id", "visit_date", "recorded_date"), at.step("open_child"))
    tells = at.record("visit_note", "recorded_date")
    tells = tells.filter(tells.recorded_date.notnull()).select("la_code").distinct()
    visit = only(visit.filter(visit.visit_date <= at.as_at), tells, ("la_code",))
    visit = visit.select(
        *CHILD,
        day="visit_date",
        recorded_date="recorded_date",
        record_id=ibis.literal("visit ") + visit.visit_date.cast("string"),
        what=ibis.literal("visit"),
    )
    rows = session.union(visit)
    rows = at.due(
        rows,
        by_session=("day", "session_recorded"),
        by_visit=("day", "visit_recorded"),
        shown_until=("day", "recording_window"),
    )
    rows = rows.mutate(due=ibis.ifelse(rows.what == "visit", rows.by_visit, rows.by_session))
    late = rows.recorded_date.isnull() | (rows.recorded_date > rows.due)
    rows = rows.filter((rows.shown_until >= at.as_at) & late)
    session_interval, visit_interval = (
        str(at.policy.clock(c)) for c in ("session_recorded", "visit_recorded")
    )
    return answers(
        rows,
        record="record_id",
        due="due",
        status=ibis.ifelse(rows.recorded_date.isnull(), str(Status.CANNOT_TELL), str(Status.FLAG)),
        severity=Severity.NOTE,
        evidence={
            "what": rows.what,
            "date": rows.day,
            "recorded": rows.recorded_date,
            "interval": ibis.ifelse(rows.what == "visit", visit_interval, session_interval),
        },
    )


def called_off(at: Context) -> ir.Table:
    """SUP-13 of a child: the last case supervisions were all cancelled."""
    rows = cancelled_in_a_row(at, at.step("case_session"), CHILD)
    return answers(
        rows,
        status=Status.FLAG,
        severity=Severity.AMBER,
        evidence={
            "cancelled": rows.cancelled,
            "first_cancelled": rows.first_cancelled,
            "last_cancelled": rows.last_cancelled,
        },
    )


_NEVER_GRADED = (
    "Whether it was done well: only whether the record says that it is there; nobody's writing is graded."
)


def _filled_in(column: str) -> GoesBy:
    return GoesBy("last_case_session", f"any last case supervision with {column} filled in", column)


def _element(rule_id: str, name: str, question: str, column: str) -> Rule:
    return Rule(
        rule_id,
        name,
        question,
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        f"practice-standards {rule_id} (house default; council audit tools)",
        "child",
        "supervision",
        ("case_supervision_notes",),
        (f"supervision.{column}",),
        _lacks(column),
        _NEVER_GRADED,
        _filled_in(column),
    )


SESSION_RECORD_RULES = (
    Rule(
        "SUP-11",
        "Written down late",
        "Which supervisions and visits of the last four weeks were written down late?",
        Who.WORKER,
        Authority.NORM,
        (Severity.NOTE,),
        "Liverpool; practice-standards SUP-11",
        "child",
        "supervision or visit",
        ("session_recorded", "visit_recorded", "recording_window", "case_supervision_notes"),
        ("supervision.recorded_date|visit_note.recorded_date",),
        recorded_late,
        "What was never written down; critical events, which no list tells apart.",
    ),
    Rule(
        "SUP-13",
        "Case supervision called off again",
        "Of which children were the last supervisions all cancelled?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards SUP-13 (house default)",
        "child",
        "",
        ("sessions_cancelled", "cancelled_sessions", "case_supervision_notes"),
        ("supervision.state",),
        called_off,
        "Sessions that were cancelled and not recorded at all; who called them off, and why.",
    ),
    Rule(
        "SQ-01",
        "Earlier actions not reviewed",
        "In which children's last supervision were earlier actions given no state?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards SQ-01 (house default; council audit tools)",
        "child",
        "supervision",
        ("case_supervision_notes",),
        ("supervision", "supervision.actions_reviewed|action.status"),
        actions_not_reviewed,
        _NEVER_GRADED,
    ),
    _element(
        "SQ-02",
        "Progress against the plan",
        "Whose last supervision does not say what has changed against the plan?",
        "plan_progress",
    ),
    _element(
        "SQ-03", "The child's voice", "Whose last supervision is without the child's voice?", "child_voice"
    ),
    _element(
        "SQ-04",
        "Risk and what has changed",
        "Whose last supervision does not look at risk?",
        "risk_considered",
    ),
    _element("SQ-05", "Reflection", "Whose last supervision holds no reflection?", "reflective"),
    _element(
        "SQ-06",
        "Decisions with a reason",
        "Whose last supervision gives no reason for its decisions?",
        "decision_reason",
    ),
    _element(
        "SQ-08",
        "The drift question",
        "Whose last supervision does not ask whether the plan is moving, and is the right one?",
        "drift_question",
    ),
    _element(
        "SQ-09",
        "Dates looked at",
        "In whose last supervision were the next visit, review and core group not looked at?",
        "dates_checked",
    ),
    Rule(
        "SQ-11",
        "Signed by both",
        "Whose last supervision was not signed by both within five working days?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards SQ-11 (house default)",
        "child",
        "supervision",
        ("session_signed", "case_supervision_notes"),
        ("supervision.signed_date",),
        not_signed,
        "Signatures that are kept on paper.",
        _filled_in("signed_date"),
    ),
)
