"""When a plan for a looked-after child's permanence was agreed, wherever that is recorded."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step
from evenlode.position.key_dates import of_kind

DECISIONS = ("adoption_decision_date", "ffa_decision_date", "placement_order_date", "order_date")


def permanence_decided(at: Context) -> ir.Table:
    """The newest decision on permanence of each child: decided; undated where a plan has no date.

    A decision is a key date of that kind, a care plan that says yes to one of its options, or a
    decision or order of the permanence table.
    """
    told = of_kind(at, "permanence decision")
    told = told.filter(told.done_date.notnull()).select(*CHILD, day="done_date", undated=ibis.literal(False))
    plan = at.record("care_plan", "child_id", "start_date", "options")
    plan = plan.filter(plan.options.upper().contains('"Y').fill_null(False))
    plan = plan.filter(plan.start_date.isnull() | (plan.start_date <= at.as_at))
    plan = plan.select(*CHILD, day="start_date", undated=plan.start_date.isnull())
    rows = at.record("permanence", "child_id", *DECISIONS)
    dated = [
        rows.filter(rows[column] <= at.as_at).select(*CHILD, day=column, undated=ibis.literal(False))
        for column in DECISIONS
    ]
    every = ibis.union(told, plan, *dated)
    return every.group_by(*CHILD).agg(decided=every.day.max(), undated=every.undated.max())


PERMANENCE_STEPS = (
    Step("permanence_decided", "When a plan for permanence was agreed for each child.", permanence_decided),
)
