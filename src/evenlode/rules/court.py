"""Court and the way there: care proceedings, pre-proceedings, and decisions about permanence."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, active, beside, latest, without
from evenlode.position.key_dates import awaited, last_done, named_by_date, of_kind, with_list_start
from evenlode.record.key_dates import need_of
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def proceedings(at: Context) -> ir.Table:
    """practice-standards CT-01: 26 weeks from issue, or longer where the court has allowed it."""
    rows = named_by_date(awaited(at, "care proceedings").select(*CHILD, "start_date").distinct())
    more = of_kind(at, "court extension").select(*CHILD, allowed="due_date")
    more = rows.inner_join(more, list(CHILD))
    more = more.filter(more.allowed >= more.start_date)
    more = more.group_by(*CHILD, "start_date").agg(allowed_until=more.allowed.max())
    rows = beside(rows, more, keys=(*CHILD, "start_date"))
    rows = at.due(rows, by=("start_date", "care_proceedings"))
    rows = rows.mutate(due=ibis.greatest(rows.by, ibis.coalesce(rows.allowed_until, rows.by)))
    return answers(
        rows,
        record="record",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(rows.start_date.isnull(), str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "issued": rows.start_date,
            "allowed_until": rows.allowed_until,
            "interval": str(at.policy.clock("care_proceedings")),
        },
    )


def _pre_proceedings(at: Context) -> ir.Table:
    """Pre-proceedings that go on: no end, no outcome, and no proceedings issued since the letter."""
    rows = at.record(
        "pre_proceedings",
        "child_id",
        "pre_proceedings_id",
        "decision_date",
        "letter_date",
        "first_meeting_date",
        "outcome",
        "end_date",
    )
    rows = rows.filter((rows.end_date.isnull() | (rows.end_date > at.as_at)) & rows.outcome.isnull())
    issued = of_kind(at, "care proceedings")
    issued = issued.group_by(*CHILD).agg(issued=issued.start_date.max())
    rows = beside(without(rows, at.step("gone")), issued)
    begun = ibis.coalesce(rows.letter_date, rows.decision_date)
    return rows.filter(~(rows.issued >= begun).fill_null(False))


def pre_proceedings(at: Context) -> ir.Table:
    """practice-standards CT-02: the review, then the end; the end alone where reviews are not kept."""
    rows = _pre_proceedings(at)
    rows = rows.filter(rows.letter_date <= at.as_at)
    rows = beside(rows, last_done(at, "pre-proceedings review"))
    rows = with_list_start(at, rows, "pre-proceedings review")
    rows = at.due(
        rows, by_review=("letter_date", "pre_proceedings_review"), by_end=("letter_date", "pre_proceedings")
    )
    reviewed = (rows.last_done >= rows.letter_date).fill_null(False)
    rows = rows.mutate(awaits_review=rows.since.notnull() & ~reviewed & (rows.by_end >= at.as_at))
    rows = rows.mutate(due=ibis.ifelse(rows.awaits_review, rows.by_review, rows.by_end))
    return answers(
        rows,
        record="pre_proceedings_id",
        due="due",
        severity=ibis.ifelse(rows.awaits_review, "amber", "red"),
        evidence={
            "letter": rows.letter_date,
            "awaits": ibis.ifelse(rows.awaits_review, "review", "end"),
            "last_review": rows.last_done,
            "review_within": str(at.policy.clock("pre_proceedings_review")),
            "end_within": str(at.policy.clock("pre_proceedings")),
        },
    )


def letter_and_meeting(at: Context) -> ir.Table:
    """practice-standards CT-03: the letter after the decision, then the meeting after the letter."""
    rows = _pre_proceedings(at)
    sent = (rows.letter_date <= at.as_at).fill_null(False)
    met = (rows.first_meeting_date <= at.as_at).fill_null(False)
    rows = rows.filter(~met & (sent | (rows.decision_date <= at.as_at)))
    rows = rows.mutate(sent=(rows.letter_date <= at.as_at).fill_null(False))
    rows = at.due(
        rows,
        by_letter=("decision_date", "letter_before_proceedings"),
        by_meeting=("letter_date", "meeting_before_proceedings"),
    )
    rows = rows.mutate(due=ibis.ifelse(rows.sent, rows.by_meeting, rows.by_letter))
    return answers(
        rows,
        record="pre_proceedings_id",
        due="due",
        severity=Severity.NOTE,
        evidence={
            "awaits": ibis.ifelse(rows.sent, "meeting", "letter"),
            "decision": rows.decision_date,
            "letter": ibis.ifelse(rows.sent, rows.letter_date, ibis.null("date")),
        },
    )


def _without_permanence(at: Context, rows: ir.Table) -> ir.Table:
    """Periods of care without a decision on permanence since they began; `undated` marks a doubt."""
    rows = beside(rows, at.step("permanence_decided"))
    rows = rows.filter(~(rows.decided >= rows.entered_care).fill_null(False))
    return rows.mutate(undated=rows.undated.fill_null(False))


def by_agreement(at: Context) -> ir.Table:
    """practice-standards CT-04: accommodated by agreement for six months, and nothing decided.

    It counts from the first such legal status since any other, never before the period of care began.
    """
    every = at.record("legal_status", "child_id", "legal_status_id_order", "status", "start_date", "end_date")
    every = every.filter((every.start_date <= at.as_at) & every.status.notnull())
    every = every.mutate(agreed=at.listed(every.status, "by_agreement_statuses"))
    newest = every.filter(active(every.start_date, every.end_date, at.as_at))
    newest = latest(newest, CHILD, newest=[newest.start_date.desc(), newest.legal_status_id_order.desc()])
    newest = newest.filter(newest.agreed).select(*CHILD)
    others = every.filter(~every.agreed)
    others = others.group_by(*CHILD).agg(other=others.start_date.max())
    spell = beside(every.filter(every.agreed).select(*CHILD, agreed_on="start_date"), others)
    spell = spell.filter(spell.other.isnull() | (spell.agreed_on > spell.other))
    spell = spell.group_by(*CHILD).agg(agreed_on=spell.agreed_on.min())
    rows = at.step("period_open").semi_join(newest, list(CHILD))
    rows = _without_permanence(at, beside(rows, spell))
    rows = rows.mutate(base=ibis.greatest(rows.entered_care, rows.agreed_on))
    rows = at.due(rows, due=("base", "accommodation_without_plan"))
    unknown = rows.undated & (rows.due < at.as_at)
    return answers(
        rows,
        record="period_id",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "counted_from": rows.base,
            "entered_care": rows.entered_care,
            "interval": str(at.policy.clock("accommodation_without_plan")),
        },
    )


def permanence_by_second_review(at: Context) -> ir.Table:
    """practice-standards CT-05: two reviews held, and no plan for permanence agreed."""
    rows = at.step("period_review").filter(lambda t: t.held >= 2)
    rows = _without_permanence(at, rows)
    return answers(
        rows,
        record="period_id",
        severity=Severity.AMBER,
        status=ibis.ifelse(rows.undated, str(Status.CANNOT_TELL), str(Status.BREACH)),
        evidence={
            "entered_care": rows.entered_care,
            "reviews_held": rows.held,
            "last_review": rows.last_held,
        },
    )


_DECISION = f"care_plan|permanence|{need_of('permanence decision')}"
_OF_PERMANENCE = (
    "A decision is a yes in a care plan, a decision or order of the permanence table, or a key date of "
    "the kind permanence decision; whether it is a good plan is not told."
)

COURT_RULES = (
    Rule(
        "CT-01",
        "Care proceedings",
        "Which care proceedings have run past 26 weeks?",
        Who.HEAD,
        Authority.STATUTE,
        (Severity.RED,),
        "Children Act 1989, section 32; practice-standards CT-01; key dates of the kinds care proceedings "
        "and court extension",
        "child",
        "start date",
        ("care_proceedings",),
        (need_of("care proceedings"),),
        proceedings,
        "An extension that the list does not hold.",
    ),
    Rule(
        "CT-02",
        "Pre-proceedings",
        "Which pre-proceedings were not reviewed by eight weeks or have run past sixteen?",
        Who.HEAD,
        Authority.NORM,
        (Severity.AMBER, Severity.RED),
        "practice-standards CT-02; key dates of the kinds pre-proceedings review and care proceedings",
        "child",
        "pre-proceedings",
        ("pre_proceedings", "pre_proceedings_review"),
        ("pre_proceedings",),
        pre_proceedings,
        "Where the council's list holds no reviews, only the sixteen weeks are asked about.",
    ),
    Rule(
        "CT-03",
        "Letter and meeting before proceedings",
        "Which decisions for pre-proceedings wait for the letter or the meeting?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.NOTE,),
        "practice-standards CT-03",
        "child",
        "pre-proceedings",
        ("letter_before_proceedings", "meeting_before_proceedings"),
        ("pre_proceedings",),
        letter_and_meeting,
        "The days are a solicitors' account, not guidance.",
    ),
    Rule(
        "CT-04",
        "Accommodated by agreement without a plan",
        "Which children accommodated by agreement for six months have no plan for permanence?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards CT-04 (house default); key dates of the kind permanence decision",
        "child",
        "period of care",
        ("accommodation_without_plan",),
        ("legal_status", "care_episode", _DECISION),
        by_agreement,
        _OF_PERMANENCE,
    ),
    Rule(
        "CT-05",
        "Permanence by the second review",
        "Which looked-after children have had two reviews and have no plan for permanence?",
        Who.REVIEWING_OFFICER,
        Authority.GUIDANCE,
        (Severity.AMBER,),
        "Care planning guidance; practice-standards CT-05; key dates of the kind permanence decision",
        "child",
        "period of care",
        (),
        ("care_episode", "care_review:history", "legal_status", _DECISION),
        permanence_by_second_review,
        _OF_PERMANENCE,
    ),
)
