"""Builds the rule book's SQL from its declarations."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from evenlode.policy import Policy
from evenlode.position.context import Context, Step, beside
from evenlode.position.query_text import query_text
from evenlode.position.steps import POSITION_STEPS
from evenlode.rules.book import RULES
from evenlode.rules.compiled import Compiled, Query
from evenlode.rules.handed_over import HANDED_OVER, handed_over
from evenlode.rules.looked_after import placement_clock
from evenlode.rules.rule import IN_TIME, RUNNING, Status, as_json
from evenlode.workload.points import WORKLOAD_STEPS

STEPS: tuple[Step, ...] = (
    *POSITION_STEPS,
    *WORKLOAD_STEPS,
    Step("placement_clock", "Which visit rule applies to each placement.", placement_clock),
)


def build(policy: Policy, dialect: str) -> Compiled:
    """Every step and every rule as SQL text of one dialect."""
    at = Context(policy)
    steps: list[Query] = []
    for step in STEPS:
        expression = step.build(at)
        steps.append(Query(step.name, query_text(expression, dialect), at.asked()))
        at.add(step.name, expression.schema())
    rules: list[Query] = []
    for rule in RULES:
        rows = rule.find(at)
        rows = rows.select(
            rule_id=ibis.literal(rule.id), **{c: rows[c] for c in HANDED_OVER["found"] if c != "rule_id"}
        )
        rules.append(Query(rule.id, query_text(rows, dialect), at.asked()))
    findings = query_text(_findings(at), dialect)
    return Compiled(dialect, tuple(steps), tuple(rules), findings, day_form(dialect))


def day_form(dialect: str) -> str:
    """How the dialect writes a date: taken from what it makes of one, and proved on another."""

    def written(day: date) -> str:
        text = query_text(ibis.literal(day).name("x"), dialect)
        return text.removeprefix("SELECT").rsplit(" AS ", 1)[0].strip()

    form = written(date(9876, 11, 23))
    for part, number in (("year", "9876"), ("month", "11"), ("day", "23")):
        form = form.replace(number, f"{{{part}}}")
    if form.format(year=2026, month=2, day=1) != written(date(2026, 2, 1)):
        raise RuntimeError(f"the way in which {dialect} writes a date is not understood: {form}")
    return form


def _findings(at: Context) -> ir.Table:
    """Contract section 3: status, days over, lead worker and team put to what the rules found."""
    rows = handed_over("found")
    missing = handed_over("missing_input")
    rows = beside(rows, missing, keys=("la_code", "rule_id"))
    rows = rows.filter(~rows.once.fill_null(False))
    unknown = (rows.said == str(Status.CANNOT_TELL)) | rows.missing.notnull()
    running = rows.said == RUNNING
    rows = rows.mutate(
        status=ibis.cases(
            (unknown, str(Status.CANNOT_TELL)),
            (running & (rows.due_date < at.as_at), str(Status.OVERDUE)),
            (running & (rows.due_date <= at.day("soon_by")), str(Status.DUE_SOON)),
            (running, IN_TIME),
            else_=rows.said,
        ),
        due=ibis.ifelse(unknown, ibis.null("date"), rows.due_date),
        evidence=ibis.ifelse(rows.missing.notnull(), as_json({"missing": rows.missing}), rows.evidence),
        about_worker=rows.rule_id.isin([r.id for r in RULES if r.subject == "worker"]),
        about_team=rows.rule_id.isin([r.id for r in RULES if r.subject == "team"]),
        about_council=rows.rule_id.isin([r.id for r in RULES if r.subject == "council"]),
        kind=ibis.cases(*((rows.rule_id == r.id, str(r.kind)) for r in RULES), else_=""),
    )
    held = at.step("lead").select(
        l_la="la_code", l_child="child_id", lead_id="worker_id", lead_team="team_id"
    )
    rows = rows.left_join(
        held,
        [
            rows.la_code == held.l_la,
            rows.subject_id == held.l_child,
            ~rows.about_worker & ~rows.about_team & ~rows.about_council,
        ],
    )
    own = at.step("worker_team").select(o_la="la_code", o_worker="worker_id", own_team="team_id")
    rows = rows.left_join(own, [rows.la_code == own.o_la, rows.subject_id == own.o_worker, rows.about_worker])
    return rows.select(
        "la_code",
        "rule_id",
        subject_kind=ibis.cases(
            (rows.about_worker, "worker"),
            (rows.about_team, "team"),
            (rows.about_council, "council"),
            else_="child",
        ),
        subject_id=rows.subject_id,
        record_id=rows.record_id,
        status=rows.status,
        kind=rows.kind,
        severity=rows.severity,
        due_date=rows.due,
        days_over=at.as_at.delta(rows.due, unit="day"),
        worker_id=ibis.ifelse(rows.about_worker, rows.subject_id, rows.lead_id).fill_null(""),
        team_id=ibis.cases(
            (rows.about_worker, rows.own_team), (rows.about_team, rows.subject_id), else_=rows.lead_team
        ).fill_null(""),
        evidence=rows.evidence,
    )
