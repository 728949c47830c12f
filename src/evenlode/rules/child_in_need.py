"""Children on child in need plans: visits, and plans that drift."""

from __future__ import annotations

import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside, impossible, without
from evenlode.position.visits import counted
from evenlode.rules.child_protection import long_plan
from evenlode.rules.front_door import cannot_be
from evenlode.rules.plan_visits import visit_clock
from evenlode.rules.rule import Rule, Severity, Who

TIERS = (("cin_long_red", "red"), ("cin_long_amber", "amber"), ("cin_long_note", "note"))


def visits(at: Context) -> ir.Table:
    """Contract 3, CIN-02, with the impossible rows of the plan table."""
    running = visit_clock(
        at, counted(at, at.step("cin_plan_open")), "cin_last_visit", "cin_visit", Severity.AMBER
    )
    every = at.record("cin_plan", "child_id", "plan_id", "start_date", "end_date")
    wrong = without(every.filter(impossible(every.start_date, every.end_date, at.as_at)), at.step("gone"))
    return running.union(cannot_be(wrong, "plan_id", wrong.start_date, wrong.end_date, Severity.AMBER))


def long_need_plan(at: Context) -> ir.Table:
    """Contract 3, CIN-05; a disabled child's plan is always a note."""
    plans = at.step("cin_plan_open")
    referral = at.record("episode", "episode_id", "primary_need").select(
        r_la="la_code", r_id="episode_id", plan_need="primary_need"
    )
    plans = plans.left_join(referral, [plans.la_code == referral.r_la, plans.episode_id == referral.r_id])
    current = at.step("current_referral").select(*CHILD, current_need="primary_need")
    plans = beside(plans, current)
    need = plans.plan_need.coalesce(plans.current_need)
    plans = plans.mutate(only_noted=at.listed(need, "always_noted_needs"))
    return long_plan(at, plans, TIERS, always_note="only_noted")


CHILD_IN_NEED_RULES = (
    Rule(
        "CIN-02",
        "Visits to children in need",
        "Which children in need were not seen in time?",
        Who.WORKER,
        Authority.NORM,
        (Severity.AMBER,),
        "common practice; no national figure",
        "child",
        "plan",
        ("cin_visit",),
        ("cin_plan", "cin_visit"),
        visits,
    ),
    Rule(
        "CIN-05",
        "Long child in need plan",
        "Which plans have run 6, 9 or 12 months?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE, Severity.AMBER, Severity.RED),
        "practice-standards CIN-05 (house default)",
        "child",
        "plan",
        tuple(t[0] for t in TIERS),
        ("cin_plan.start_date",),
        long_need_plan,
    ),
)
