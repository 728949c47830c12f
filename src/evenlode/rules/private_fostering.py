"""Privately fostered children: visited in time, spoken to alone, and still privately fostered.

An arrangement counts from the day on which the council became aware of it, not from the day on which
the child moved in (PF-04): that is the start date of a key date of the kind private fostering.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside, without
from evenlode.position.key_dates import before_list, of_kind, with_list_start
from evenlode.position.private_fostering import ARRANGEMENT
from evenlode.record.key_dates import need_of
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

VISIT, REPORT = "private fostering visit", "private fostering report"


def first_visit(at: Context) -> ir.Table:
    """practice-standards PF-01: not visited since the council knew; without that day, cannot_tell."""
    rows = at.step("fostering_now")
    rows = at.due(rows.filter(rows.last_visit.isnull()), due=("start_date", "fostering_first_visit"))
    return answers(
        rows,
        record="record",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(rows.start_date.isnull(), str(Status.CANNOT_TELL), RUNNING),
        evidence={"aware_from": rows.start_date, "interval": str(at.policy.clock("fostering_first_visit"))},
    )


def _later(at: Context, clock: str, *, first_year: bool) -> ir.Table:
    rows = at.due(at.step("fostering_now"), year=("start_date", "fostering_first_year"))
    rows = rows.filter(rows.last_visit < rows.year if first_year else rows.last_visit >= rows.year)
    rows = at.due(rows, due=("last_visit", clock))
    return answers(
        rows,
        record="record",
        due="due",
        severity=Severity.RED,
        evidence={
            "aware_from": rows.start_date,
            "last_visit": rows.last_visit,
            "interval": str(at.policy.clock(clock)),
        },
    )


def visits_of_first_year(at: Context) -> ir.Table:
    """practice-standards PF-02: the last visit fell in the first year."""
    return _later(at, "fostering_visit", first_year=True)


def visits_of_later_years(at: Context) -> ir.Table:
    """practice-standards PF-03: the last visit fell after the first year."""
    return _later(at, "fostering_later_visit", first_year=False)


def spoken_to_alone(at: Context) -> ir.Table:
    """practice-standards PF-05: the child was not spoken to alone at the last visit."""
    rows = at.step("fostering_now")
    rows = rows.filter(rows.last_visit.notnull() & ~at.listed(rows.last_outcome, "fostering_seen_alone"))
    not_alone = at.listed(rows.last_outcome, "fostering_not_alone")
    return answers(
        rows,
        record="record",
        severity=Severity.AMBER,
        status=ibis.ifelse(not_alone, str(Status.BREACH), str(Status.CANNOT_TELL)),
        evidence={"last_visit": rows.last_visit, "outcome": rows.last_outcome},
    )


def visit_reports(at: Context) -> ir.Table:
    """practice-standards PF-05: visits after which no report was written; one answer an arrangement.

    A report counts for the newest visit on or before the day that it names, or the day on which it was
    written where it names none.  What fell due before the council's list of reports begins is counted
    and cannot be judged.
    """
    visits = of_kind(at, VISIT).filter(lambda t: t.done_date.notnull())
    visits = visits.select(*CHILD, visit="done_date").distinct()
    reports = of_kind(at, REPORT).filter(lambda t: t.done_date.notnull())
    reports = reports.select(*CHILD, day=ibis.coalesce(reports.start_date, reports.done_date)).distinct()
    told = reports.inner_join(visits, list(CHILD)).filter(lambda t: t.visit <= t.day)
    told = told.group_by(*CHILD, "day").agg(visit=told.visit.max())
    rows = without(visits, told, (*CHILD, "visit"))
    rows = at.step("fostering_now").select(*ARRANGEMENT, "record").inner_join(rows, list(CHILD))
    rows = at.due(rows.filter(rows.visit >= rows.start_date), due=("visit", "fostering_report"))
    rows = with_list_start(at, rows, REPORT)
    rows = rows.mutate(before=before_list(rows))
    known = ~rows.before
    never = ibis.null("date")
    rows = rows.group_by(*ARRANGEMENT, "record", "since").agg(
        due=ibis.ifelse(known, rows.due, never).min(),
        visit=ibis.ifelse(known, rows.visit, never).min(),
        visits=known.cast("int32").sum(),
        visits_before_list=rows.before.cast("int32").sum(),
    )
    late = (rows.due < at.as_at).fill_null(False)
    unknown = ~late & (rows.visits_before_list > 0)
    return answers(
        rows,
        record="record",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "visit": rows.visit,
            "visits_without_report": rows.visits,
            "interval": str(at.policy.clock("fostering_report")),
            "list_begins": rows.since,
            "visits_before_list": rows.visits_before_list,
        },
    )


def too_old(at: Context) -> ir.Table:
    """practice-standards PF-06: 16 or over and not disabled, or 18 or over."""
    rows = at.step("fostering_now").select(*CHILD).distinct()
    born = at.record("child", "child_id", "dob")
    born = born.group_by(*CHILD).agg(born_on=born.dob.max())
    disability = at.record("disability", "child_id", "code")
    disability = disability.filter(disability.code.notnull() & ~at.listed(disability.code, "not_disabled"))
    disability = disability.group_by(*CHILD).agg(disabilities=disability.count())
    rows = beside(rows, born, disability)
    rows = at.due(rows, until=("born_on", "fostering_age"), adult=("born_on", "adult"))
    disabled = rows.disabilities.notnull()
    rows = rows.mutate(ended=ibis.ifelse(disabled, rows.adult, rows.until), disabled=disabled)
    rows = rows.filter(rows.ended <= at.as_at)
    return answers(
        rows,
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "disabled": rows.disabled,
            "since": rows.ended,
            "from_age_months": at.policy.clock("fostering_age").n,
        },
    )


_REGULATIONS = "Children (Private Arrangements for Fostering) Regulations 2005"
_NEEDS = (need_of("private fostering"), need_of(VISIT))
_KINDS = "; key dates of the kinds private fostering and private fostering visit"
_OLDER = "A child of 16 or over who is not disabled is still asked about; PF-06 lists them."

PRIVATE_FOSTERING_RULES = (
    Rule(
        "PF-01",
        "First visit to a privately fostered child",
        "Which privately fostered children were not visited within seven working days?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATIONS}, reg 4 and 7; practice-standards PF-01, PF-04{_KINDS}",
        "child",
        "start date",
        ("fostering_first_visit",),
        _NEEDS,
        first_visit,
        _OLDER,
    ),
    Rule(
        "PF-02",
        "Visits in the first year of private fostering",
        "Which privately fostered children were not visited within six weeks?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATIONS}, reg 8{_KINDS}",
        "child",
        "start date",
        ("fostering_visit", "fostering_first_year"),
        _NEEDS,
        visits_of_first_year,
        _OLDER,
    ),
    Rule(
        "PF-03",
        "Visits in later years of private fostering",
        "Which children fostered privately for longer were not visited within twelve weeks?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATIONS}, reg 8{_KINDS}",
        "child",
        "start date",
        ("fostering_later_visit", "fostering_first_year"),
        _NEEDS,
        visits_of_later_years,
        _OLDER,
    ),
    Rule(
        "PF-05",
        "Privately fostered child spoken to alone",
        "Which privately fostered children were not spoken to alone at the last visit?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.AMBER,),
        f"{_REGULATIONS}, reg 8{_KINDS} (outcome)",
        "child",
        "start date",
        (),
        (*_NEEDS, "key_date.outcome"),
        spoken_to_alone,
        "Whether it would have been wrong to speak to this child alone.",
    ),
    Rule(
        "PF-05b",
        "Reports on visits to privately fostered children",
        "After which visits to privately fostered children was no report written?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.AMBER,),
        f"{_REGULATIONS}, reg 8; practice-standards PF-05{_KINDS}, and of the kind private fostering report",
        "child",
        "start date",
        ("fostering_report",),
        (*_NEEDS, need_of(REPORT)),
        visit_reports,
        "The law asks for a report after every visit and names no day: the days are the council's. What "
        "the report says is not asked. A visit whose report fell due before the council's list of reports "
        "begins cannot be judged.",
    ),
    Rule(
        "PF-06",
        "Too old for private fostering",
        "Which private fostering arrangements hold a child who has grown out of them?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards PF-06 (Children Act 1989, section 66); key dates of the kind private fostering",
        "child",
        "",
        ("fostering_age", "adult"),
        ("child", "disability", need_of("private fostering")),
        too_old,
        "A child whose disability is not recorded is taken as not disabled.",
    ),
)
