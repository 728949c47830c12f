"""Children on protection plans: reviews, and how long the plan has run; visits are in `plan_visits`."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside
from evenlode.rules.plan_visits import not_seen, seen_alone, visits
from evenlode.rules.rule import Rule, Severity, Status, Who, answers

TIERS = (
    ("cp_long_limit", "red"),
    ("cp_long_red", "red"),
    ("cp_long_amber", "amber"),
    ("cp_long_note", "note"),
)


def _with_reviews(at: Context) -> ir.Table:
    return beside(at.step("own_plan"), at.step("plan_review"), keys=("la_code", "plan_id"))


def first_review(at: Context) -> ir.Table:
    """Contract 3, CP-03: no review held yet."""
    rows = beside(at.step("plan_begun"), at.step("plan_review"), keys=("la_code", "plan_id"))
    rows = rows.filter(rows.held.fill_null(0) == 0)
    rows = rows.mutate(counted_from=ibis.coalesce(rows.met, rows.start_date))
    rows = at.due(rows, by_clock=("counted_from", "cp_first_review"))
    rows = rows.mutate(due=ibis.least(rows.by_clock, ibis.coalesce(rows.planned, rows.by_clock)))
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        evidence={
            "counted_from": rows.counted_from,
            "recorded_due": rows.planned,
            "interval": str(at.policy.clock("cp_first_review")),
        },
    )


def later_review(at: Context) -> ir.Table:
    """Contract 3, CP-04: some review held."""
    rows = _with_reviews(at)
    rows = rows.filter(rows.held.fill_null(0) > 0)
    rows = at.due(rows, by_clock=("last_held", "cp_later_review"))
    rows = rows.mutate(due=ibis.least(rows.by_clock, ibis.coalesce(rows.planned, rows.by_clock)))
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        evidence={
            "last_held": rows.last_held,
            "recorded_due": rows.planned,
            "interval": str(at.policy.clock("cp_later_review")),
        },
    )


def long_plan(
    at: Context, plans: ir.Table, tiers: tuple[tuple[str, str], ...], always_note: str = ""
) -> ir.Table:
    """A plan that has reached a tier of months: the highest, from the day reached.

    always_note: a yes-or-no column of plans whose length is only noted; it is then in the evidence.
    """
    clocks = {f"tier_{clock}": ("start_date", clock) for clock, _ in tiers}
    rows = at.due(plans, **clocks)
    reached = [(rows[f"tier_{c}"] <= at.as_at, c, s) for c, s in tiers]
    rows = rows.filter(reached[-1][0])
    reached = [((rows[f"tier_{c}"] <= at.as_at), c, s) for c, s in tiers]
    severity = ibis.cases(*((hit, s) for hit, _, s in reached), else_="note")
    if always_note:
        severity = ibis.ifelse(rows[always_note], "note", severity)
    rows = rows.mutate(
        due=ibis.cases(*((hit, rows[f"tier_{c}"]) for hit, c, _ in reached), else_=ibis.null("date")),
        tier=ibis.cases(*((hit, at.policy.clock(c).n) for hit, c, _ in reached), else_=0),
        severity=severity,
    )
    return answers(
        rows,
        record="plan_id",
        due="due",
        status=Status.FLAG,
        severity=rows.severity,
        evidence={
            "tier": rows.tier,
            "start_date": rows.start_date,
            **({always_note: rows[always_note]} if always_note else {}),
        },
    )


def long_protection_plan(at: Context) -> ir.Table:
    """Contract 3, CP-10."""
    return long_plan(at, at.step("own_plan"), TIERS)


def two_years(at: Context) -> ir.Table:
    """Contract 3, CP-11."""
    rows = at.due(at.step("own_plan"), due=("start_date", "cp_two_years"))
    rows = rows.filter(rows.due <= at.as_at)
    return answers(
        rows,
        record="plan_id",
        due="due",
        status=Status.FLAG,
        severity=Severity.RED,
        evidence={"start_date": rows.start_date},
    )


def second_plan(at: Context) -> ir.Table:
    """Contract 3, CP-12: an earlier plan, another council's too, by start dates only.

    Where a format gives the number of earlier plans and not the plans themselves, the number tells.
    """
    earlier = at.record("cp_plan", "child_id", "start_date", "end_date")
    earlier = at.due(earlier.filter(earlier.start_date.notnull()), recent_until=("end_date", "second_plan"))
    earlier = earlier.select(
        e_la="la_code",
        e_child="child_id",
        e_start="start_date",
        e_end="end_date",
        recent_until="recent_until",
    )
    plans = at.step("own_plan")
    pairs = plans.inner_join(
        earlier,
        [
            plans.la_code == earlier.e_la,
            plans.child_id == earlier.e_child,
            earlier.e_start < plans.start_date,
        ],
    )
    recent = pairs.e_end.isnull() | (pairs.recent_until >= pairs.start_date)
    found = (
        pairs.mutate(recent=recent)
        .group_by(*CHILD, "plan_id", "start_date")
        .agg(
            within=lambda t: t.recent.max(),
            last_start=lambda t: t.e_start.max(),
            last_end=lambda t: t.e_end.max(),
        )
    )
    listed = answers(
        found,
        record="plan_id",
        status=Status.FLAG,
        severity=ibis.ifelse(found.within, "red", "amber"),
        evidence={
            "within_24_months": found.within,
            "start_date": found.start_date,
            "earlier_start": found.last_start,
            "earlier_end": found.last_end,
        },
    )
    return listed.union(_numbered(at, found.select("la_code", "plan_id")))


def _numbered(at: Context, listed: ir.Table) -> ir.Table:
    """Plans of which only the number of those before is known: how recent they were is not told."""
    number = at.record("cp_plan", "plan_id", "earlier_plans")
    number = number.filter(number.earlier_plans > 0)
    number = number.group_by("la_code", "plan_id").agg(earlier=number.earlier_plans.max())
    rows = at.step("own_plan").inner_join(number, ["la_code", "plan_id"])
    rows = rows.anti_join(listed, ["la_code", "plan_id"])
    return answers(
        rows,
        record="plan_id",
        status=Status.FLAG,
        severity=Severity.AMBER,
        evidence={
            "within_24_months": ibis.null("boolean"),
            "start_date": rows.start_date,
            "earlier_plans": rows.earlier,
        },
    )


_CP = ("cp_plan",)
_RED, _AMBER, _NOTE = Severity.RED, Severity.AMBER, Severity.NOTE

CHILD_PROTECTION_RULES = (
    Rule(
        "CP-03",
        "First review conference",
        "Which plans are past their first review?",
        Who.CHAIR,
        Authority.GUIDANCE,
        (_RED,),
        "Working Together 2023; practice-standards CP-03",
        "child",
        "plan",
        ("cp_first_review",),
        (*_CP, "cp_review", "conference"),
        first_review,
    ),
    Rule(
        "CP-04",
        "Later review conference",
        "Which plans are past their next review?",
        Who.CHAIR,
        Authority.GUIDANCE,
        (_RED,),
        "Working Together 2023; practice-standards CP-04",
        "child",
        "plan",
        ("cp_later_review",),
        (*_CP, "cp_review"),
        later_review,
    ),
    Rule(
        "CP-05",
        "Visits to children on protection plans",
        "Which children on a protection plan were not seen in time?",
        Who.WORKER,
        Authority.NORM,
        (_RED,),
        "common practice; the plan sets it",
        "child",
        "plan",
        ("cp_visit",),
        (*_CP, "cp_visit"),
        visits,
        "A tighter interval agreed in the child's own plan is not in the extract. A core group is not a "
        "visit, even where the child was there (CP-09): only the table of visits counts.",
    ),
    Rule(
        "CP-06",
        "Seen alone",
        "Which children were not seen alone at either of the last two visits?",
        Who.WORKER,
        Authority.NORM,
        (_AMBER,),
        "practice-standards CP-06",
        "child",
        "plan",
        ("alone_from_age",),
        (*_CP, "cp_visit:history", "child"),
        seen_alone,
        "Whether it was safe or sensible to see this child alone.",
    ),
    Rule(
        "CP-08",
        "Not seen for four weeks",
        "Which children on a protection plan has nobody seen?",
        Who.MANAGER,
        Authority.NORM,
        (_RED,),
        "practice-standards CP-08",
        "child",
        "plan",
        ("cp_not_seen",),
        (*_CP, "cp_visit", "cin_visit", "care_visit"),
        not_seen,
        "Sightings by schools or health visitors are not in the extract.",
    ),
    Rule(
        "CP-10",
        "Long protection plan",
        "Which plans have run 9, 12, 15 or 21 months?",
        Who.CHAIR,
        Authority.NORM,
        (_NOTE, _AMBER, _RED),
        "practice-standards CP-10",
        "child",
        "plan",
        tuple(t[0] for t in TIERS),
        _CP,
        long_protection_plan,
    ),
    Rule(
        "CP-11",
        "Protection plan of two years",
        "Which plans have run two years or more?",
        Who.CHAIR,
        Authority.NORM,
        (_RED,),
        "DfE measure",
        "child",
        "plan",
        ("cp_two_years",),
        _CP,
        two_years,
    ),
    Rule(
        "CP-12",
        "Second or later plan",
        "Which children have had a protection plan before?",
        Who.CHAIR,
        Authority.NORM,
        (_AMBER, _RED),
        "DfE measure; practice-standards CP-12",
        "child",
        "plan",
        ("second_plan",),
        ("cp_plan:history|cp_plan.earlier_plans",),
        second_plan,
        "Plans closed more than six years ago are not in the extract. Where only the number of earlier "
        "plans is known, how recent they were is not told.",
    ),
)
