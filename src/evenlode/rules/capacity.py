"""Too much, or too complex, for the worker who holds it."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import Context, beside
from evenlode.position.people import WORKER
from evenlode.rules.guards import put_right
from evenlode.rules.handed_over import handed_over
from evenlode.rules.rule import Rule, Severity, Status, Who, answers


def _severity(at: Context) -> Severity:
    return Severity.NOTE if at.policy.tariff.illustrative else Severity.RED


def _load_answers(at: Context, rows: ir.Table, limit: str) -> ir.Table:
    return answers(
        rows,
        subject="worker_id",
        status=Status.BREACH,
        severity=_severity(at),
        evidence={
            "children": rows.children,
            "points": rows.points,
            "capacity": rows.capacity,
            "utilisation": rows.utilisation,
            "limit": str(at.policy.numbers[limit]),
            "tariff": at.policy.tariff.preset,
            "hours_known": rows.complete,
        },
    )


def newly_qualified_over(at: Context) -> ir.Table:
    """Contract 3, NQ-02."""
    rows = handed_over("load")
    rows = rows.filter(rows.newly_qualified & rows.over_first_year_limit)
    return _load_answers(at, rows, "newly_qualified_utilisation")


def overloaded(at: Context) -> ir.Table:
    """Contract 3, DR-18."""
    rows = handed_over("load")
    return _load_answers(at, rows.filter(rows.overloaded), "overload_utilisation")


def newly_qualified_children(at: Context) -> ir.Table:
    """NQ-06 as a number of children: silent where the council has chosen none."""
    limit = int(at.policy.numbers["newly_qualified_children"])
    rows = handed_over("load")
    rows = rows.filter(rows.newly_qualified & (rows.children > limit) & ibis.literal(limit > 0))
    return answers(
        rows,
        subject="worker_id",
        status=Status.BREACH,
        severity=Severity.AMBER,
        evidence={"children": rows.children, "limit": limit},
    )


def far_above_team(at: Context) -> ir.Table:
    """DR-18, its second part: children above the team's upper quartile and a quarter more.

    The upper quartile is the smallest caseload of the team that three in four of those who hold anybody
    do not exceed.  Teams of very few such workers are not asked about.
    """
    rows = handed_over("load").select(*WORKER, "children")
    rows = rows.filter(rows.children > 0).inner_join(at.step("worker_team"), list(WORKER))
    team = [rows.la_code, rows.team_id]
    rows = rows.mutate(
        holders=rows.worker_id.count().over(ibis.window(group_by=team)),
        place=ibis.row_number().over(ibis.window(group_by=team, order_by=[rows.children, rows.worker_id]))
        + 1,
    )
    above = rows.filter(rows.place * 4 >= rows.holders * 3)
    quartile = above.group_by("la_code", "team_id").agg(quartile=above.children.min())
    rows = beside(rows, quartile, keys=("la_code", "team_id"))
    more, least = (int(at.policy.numbers[n]) for n in ("above_team_percent", "above_team_holders"))
    rows = rows.filter((rows.holders >= least) & (rows.children * 100 > rows.quartile * (100 + more)))
    return answers(
        rows,
        subject="worker_id",
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "children": rows.children,
            "team_upper_quartile": rows.quartile,
            "team_holders": rows.holders,
            "above_percent": more,
        },
    )


def complex_for_newly_qualified(at: Context) -> ir.Table:
    """Contract 3, NQ-07; a valid override of a named manager makes it a note and keeps it on the list."""
    rows = at.step("guard_found")
    rows = rows.filter(rows.guard == "NQ-07")
    half = ibis.ifelse(at.as_at < rows.programme_half, "red", "amber")
    return answers(
        rows,
        record="record_id",
        status=Status.BREACH,
        severity=ibis.ifelse(rows.overridden, "note", half),
        evidence={
            "worker": rows.worker_id,
            "programme_start": rows.programme_start,
            "first_half_until": rows.programme_half,
            "plan_start": rows.since,
            **put_right(rows),
        },
    )


_NEEDS = ("involvement", "worker", "establishment")

CAPACITY_RULES = (
    Rule(
        "NQ-02",
        "Newly qualified and over the ceiling",
        "Which newly qualified workers hold more than their ceiling?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.RED, Severity.NOTE),
        "ASYE programme; practice-standards NQ-02",
        "worker",
        "",
        ("newly_qualified_utilisation", "allowance_early_career"),
        _NEEDS,
        newly_qualified_over,
        "How hard each child's situation is; the shipped weights are illustrative.",
    ),
    Rule(
        "NQ-07",
        "Protection plan led by a newly qualified worker alone",
        "Which children on a protection plan are led by a newly qualified worker without an "
        "experienced co-worker?",
        Who.HEAD,
        Authority.NORM,
        (Severity.RED, Severity.AMBER, Severity.NOTE),
        "Wirral scheme; practice-standards NQ-07",
        "child",
        "plan",
        ("programme", "allowance_early_career", "programme_first_half", "co_working_roles"),
        (*_NEEDS, "cp_plan"),
        complex_for_newly_qualified,
        "Support that is given but not recorded as a co-working involvement.",
    ),
    Rule(
        "DR-18",
        "Overloaded worker",
        "Which workers hold 110 % of their ceiling or more?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.RED, Severity.NOTE),
        "practice-standards DR-18 (house default)",
        "worker",
        "",
        ("overload_utilisation",),
        ("involvement", "worker"),
        overloaded,
        "How hard each child's situation is; the shipped weights are illustrative.",
    ),
)

CHILDREN_RULES = (
    Rule(
        "NQ-06",
        "Newly qualified and over the council's number",
        "Which newly qualified workers lead more children than the council's own number for them?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards NQ-06 (Wirral: around 12); silent until a council sets newly_qualified_children",
        "worker",
        "",
        ("newly_qualified_children",),
        _NEEDS,
        newly_qualified_children,
        "How hard each child's situation is: that is NQ-02, by points.",
    ),
    Rule(
        "DR-18a",
        "Far more children than the rest of the team",
        "Which workers hold over a quarter more children than three in four of their team do?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards DR-18 (house default); the id is ours",
        "worker",
        "",
        ("above_team_percent", "above_team_holders"),
        ("involvement", "worker", "team", "establishment.team|worker.department"),
        far_above_team,
        "Hours and how hard the work is: it counts children alone, and a part-time worker is counted like "
        "the others.",
    ),
)
