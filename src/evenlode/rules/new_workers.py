"""The first-year programme, how long workers have been qualified, and agency workers."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import Context, beside
from evenlode.position.experience import UNKNOWN
from evenlode.position.key_dates import of_kind
from evenlode.position.people import WORKER
from evenlode.rules.rule import InForce, Rule, Severity, Status, Who, answers

KNOWLEDGE_AND_SKILLS = "knowledge and skills statement"
EARLY_CAREER = "early career standards"
"""The standards that a programme is measured by, before and after 1 April 2027 (section 2.13)."""


def _here(at: Context) -> ir.Table:
    rows = at.step("worker_experience")
    return rows.filter(~rows.left & ~rows.placeholder)


def _in_programme(at: Context) -> ir.Table:
    """Newly qualified workers who are here on the day."""
    rows = _here(at)
    return rows.filter(rows.newly_qualified)


def _standards(at: Context) -> ir.StringValue | str:
    """Which standards stand on the day."""
    first = at.policy.dates["early_career_standards"]
    if first is None:
        return KNOWLEDGE_AND_SKILLS
    return ibis.ifelse(at.as_at >= first, EARLY_CAREER, KNOWLEDGE_AND_SKILLS)


def _done(at: Context, kind: str) -> ir.Table:
    """When the worker's dates of that kind were, since the programme began: how many, and the last."""
    rows = of_kind(at, kind)
    rows = rows.filter(rows.done_date.notnull() & rows.worker_id.notnull())
    rows = rows.select(*WORKER, "done_date").inner_join(
        at.step("worker_experience").select(*WORKER, "programme_start"), list(WORKER)
    )
    rows = rows.filter(rows.done_date >= rows.programme_start)
    return rows.group_by(*WORKER).agg(times=rows.count(), last=rows.done_date.max())


def programme_length(at: Context) -> ir.Table:
    """NQ-01: a programme shorter than it should be, or not extended for part-time work or absence."""
    rows = _here(at)
    rows = rows.filter(rows.in_programme)
    shorter = (rows.programme_end < rows.programme_over).fill_null(False)
    not_longer = (rows.programme_end.isnull() | (rows.programme_end <= rows.programme_over)) & (
        (rows.fte < 1).fill_null(False) | rows.absent
    )
    rows = rows.filter(shorter | not_longer)
    return answers(
        rows,
        subject="worker_id",
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "programme": rows.programme,
            "programme_start": rows.programme_start,
            "programme_end": rows.programme_end,
            "full_length_until": rows.programme_over,
            "fte": rows.fte.cast("decimal(18, 2)"),
            "absent_from": ibis.ifelse(rows.absent, rows.absent_from, ibis.null("date")),
        },
    )


def protected_time(at: Context) -> ir.Table:
    """NQ-03: half a day kept for development every week."""
    rows = beside(_in_programme(at), _done(at, "protected time"), keys=WORKER)
    rows = rows.filter(~rows.absent).mutate(base=ibis.coalesce(rows.last, rows.programme_start))
    rows = at.due(rows, due=("base", "protected_time"), lost=("base", "protected_time_lost"))
    return answers(
        rows,
        subject="worker_id",
        due="due",
        severity=ibis.ifelse(rows.lost < at.as_at, "amber", "note"),
        evidence={
            "programme_start": rows.programme_start,
            "last": rows["last"],
            "interval": str(at.policy.clock("protected_time")),
        },
    )


def programme_review(at: Context) -> ir.Table:
    """NQ-04: a review of the programme every three months."""
    rows = beside(_in_programme(at), _done(at, "programme review"), keys=WORKER)
    rows = rows.filter(~rows.absent).mutate(base=ibis.coalesce(rows.last, rows.programme_start))
    rows = at.due(rows, due=("base", "programme_review"))
    return answers(
        rows,
        subject="worker_id",
        due="due",
        severity=Severity.AMBER,
        evidence={
            "programme": rows.programme,
            "standards": _standards(at),
            "programme_start": rows.programme_start,
            "last": rows["last"],
            "interval": str(at.policy.clock("programme_review")),
        },
    )


def observations(at: Context) -> ir.Table:
    """NQ-05: three direct observations, one in each third of the year."""
    rows = beside(_in_programme(at), _done(at, "direct observation"), keys=WORKER)
    wanted = int(at.policy.numbers["observations"])
    rows = rows.filter(~rows.absent).mutate(done=rows.times.fill_null(0))
    rows = rows.filter(rows.done < wanted)
    rows = at.due(
        rows,
        first=("programme_start", "first_observation"),
        second=("programme_start", "second_observation"),
    )
    ends = ibis.coalesce(rows.programme_end, rows.programme_over)
    rows = rows.mutate(
        ends=ends,
        due=ibis.cases((rows.done == 0, rows["first"]), (rows.done == 1, rows["second"]), else_=ends),
    )
    return answers(
        rows,
        subject="worker_id",
        due="due",
        severity=Severity.NOTE,
        evidence={
            "programme_start": rows.programme_start,
            "programme_ends": rows.ends,
            "done": rows.done,
            "wanted": wanted,
        },
    )


def _case_holders(at: Context) -> ir.Table:
    """Named workers who lead an open child: registered social workers, as far as their title tells."""
    led = at.step("lead").semi_join(at.step("open_child"), ["la_code", "child_id"])
    led = led.group_by(*WORKER).agg(children=led.count())
    rows = at.step("worker_experience").inner_join(led, list(WORKER))
    return rows.filter(~rows.placeholder & ~rows.left & ~rows.student)


def unknown_experience(at: Context) -> ir.Table:
    """NQ-12: a case holder of whom no date of qualification is known."""
    rows = _case_holders(at)
    rows = rows.filter((rows.band == UNKNOWN) & ~rows.newly_qualified)
    return answers(
        rows,
        subject="worker_id",
        status=Status.CANNOT_TELL,
        severity=Severity.NOTE,
        evidence={"children": rows.children, "title": rows.title},
    )


def agency_experience(at: Context) -> ir.Table:
    """Section 2.12: an agency worker with under three years since qualifying."""
    rows = at.step("worker_experience")
    rows = rows.filter(rows.is_agency & ~rows.left & ~rows.placeholder & ~rows.student)
    unknown = rows.qualified_on.isnull()
    rows = rows.mutate(said=ibis.ifelse(unknown, str(Status.CANNOT_TELL), str(Status.FLAG)), unknown=unknown)
    rows = rows.filter(rows.unknown | (rows.agency_until > at.as_at))
    return answers(
        rows,
        subject="worker_id",
        status=rows.said,
        severity=ibis.ifelse(rows.unknown, "note", "amber"),
        evidence={
            "qualified_on": rows.qualified_on,
            "three_years_on": rows.agency_until,
            "experience": rows.band,
        },
    )


AGENCY_GUIDANCE = date(2024, 10, 31)
"""From then the statutory guidance on agency workers is in force (section 2.12)."""

_NEEDS = ("worker", "establishment", "establishment.programme_start")
_QUALIFIED = "establishment.qualified_date|establishment.registered_from"
_AMBER, _NOTE = Severity.AMBER, Severity.NOTE

NEW_WORKER_RULES = (
    Rule(
        "NQ-01",
        "Programme shorter than it should be",
        "Whose programme for the newly qualified ends early, or was not extended though they work part-time "
        "or are away?",
        Who.MANAGER,
        Authority.NORM,
        (_NOTE,),
        "ASYE, from September 2027 the early career development programme; practice-standards NQ-01, 2.13",
        "worker",
        "",
        (
            "programme",
            "programme_early_career",
            "early_career_programme",
            "early_career_words",
            "first_year_words",
        ),
        _NEEDS,
        programme_length,
        "By how much to extend it: that is agreed with the assessor.",
    ),
    Rule(
        "NQ-03",
        "Development time not kept",
        "Which newly qualified workers have not had their half day a week?",
        Who.MANAGER,
        Authority.NORM,
        (_AMBER, _NOTE),
        "ASYE programme; practice-standards NQ-03; key date: protected time",
        "worker",
        "",
        ("protected_time", "protected_time_lost"),
        (*_NEEDS, "key_date=protected time"),
        protected_time,
        "A week of annual leave, in which no half day is due.",
    ),
    Rule(
        "NQ-04",
        "Programme review",
        "Whose first-year programme has not been reviewed for three months?",
        Who.MANAGER,
        Authority.NORM,
        (_AMBER,),
        "ASYE programme; practice-standards NQ-04; key date: programme review",
        "worker",
        "",
        ("programme_review", "early_career_standards"),
        (*_NEEDS, "key_date=programme review"),
        programme_review,
    ),
    Rule(
        "NQ-05",
        "Direct observations",
        "Which newly qualified workers are behind with being observed?",
        Who.MANAGER,
        Authority.LOCAL,
        (_NOTE,),
        "ASYE framework (three observations); the pace of one in four months is ours; practice-standards "
        "NQ-05; key date: direct observation",
        "worker",
        "",
        ("observations", "first_observation", "second_observation"),
        (*_NEEDS, "key_date=direct observation"),
        observations,
        "The rest of the portfolio: feedback, assessed reports and reflection are not recorded anywhere.",
    ),
    Rule(
        "NQ-12",
        "Experience not known",
        "Of which workers who hold children is no date of qualification or registration known?",
        Who.MANAGER,
        Authority.LOCAL,
        (_NOTE,),
        "practice-standards NQ-12",
        "worker",
        "",
        ("unregistered_titles",),
        ("involvement", "worker", "establishment", _QUALIFIED),
        unknown_experience,
    ),
    Rule(
        "AGY-01",
        "Agency worker with under three years",
        "Which agency workers qualified less than three years ago?",
        Who.HEAD,
        Authority.GUIDANCE,
        (_AMBER, _NOTE),
        "Agency rules, statutory guidance of 31 October 2024; practice-standards 2.12 (the id is ours)",
        "worker",
        "",
        ("agency_experience", "agency_contracts", "unregistered_titles"),
        ("worker", "establishment", "establishment.agency|establishment.contract", _QUALIFIED),
        agency_experience,
        "How much of the time since qualifying was spent in work with children in the UK. Assignments that "
        "had begun by 31 October 2024 were outside the guidance until 1 October 2025; they are shown too.",
        in_force=InForce(first=AGENCY_GUIDANCE),
    ),
)
