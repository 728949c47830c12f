"""Young people in care who are entitled to help with leaving it, and since when."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside, impossible, only
from evenlode.position.living import so_many_days_after


def eligible_in_care(at: Context) -> ir.Table:
    """Those of 16 and 17 in care for long enough since 14 (CL-01); `eligible_on` says since when."""
    born = at.due(
        only(at.record("child", "child_id", "dob"), at.step("period_open")),
        fourteen=("dob", "fourteen"),
        sixteen=("dob", "sixteen"),
        adult=("dob", "adult"),
    )
    born = born.filter((born.sixteen <= at.as_at) & (born.adult > at.as_at))
    born = born.group_by(*CHILD).agg(fourteen=born.fourteen.max(), sixteen=born.sixteen.max())
    earlier = _days_before(at, born)
    rows = beside(born.inner_join(at.step("period_open"), list(CHILD)), earlier)
    needed = int(at.policy.numbers["eligible_days"])
    before = rows.days_before.fill_null(0)
    rows = rows.select(
        *CHILD,
        "period_id",
        "entered_care",
        "sixteen",
        counts_from=ibis.greatest(rows.entered_care, rows.fourteen),
        days_before=before,
        still_needed=before * -1 + needed,
    )
    rows = so_many_days_after(rows, "counts_from", "still_needed", "reached")
    rows = rows.mutate(
        eligible_on=ibis.greatest(rows.reached, rows.sixteen),
        days_in_care=rows.days_before + at.as_at.delta(rows.counts_from, unit="day"),
    )
    return rows.filter(rows.eligible_on <= at.as_at).select(
        *CHILD, "period_id", "entered_care", "sixteen", "eligible_on", "days_in_care"
    )


def _days_before(at: Context, born: ir.Table) -> ir.Table:
    """Days in care since 14 in periods of care that are over."""
    rows = at.record("care_episode", "child_id", "period_id", "start_date", "end_date")
    rows = rows.filter((rows.start_date <= at.as_at) & ~impossible(rows.start_date, rows.end_date, at.as_at))
    rows = rows.mutate(period_id=rows.period_id.fill_null(""))
    rows = rows.inner_join(born.select(*CHILD, "fourteen"), list(CHILD))
    rows = rows.anti_join(at.step("period_open"), [*CHILD, "period_id"])
    over = rows.group_by(*CHILD, "period_id", "fourteen").agg(
        first=rows.start_date.min(), ended=rows.end_date.max(), running=rows.end_date.isnull().max()
    )
    over = over.filter(~over.running & (over.ended > over.fourteen) & (over.ended <= at.as_at))
    days = over.ended.delta(ibis.greatest(over.first, over.fourteen), unit="day")
    return over.group_by(*CHILD).agg(days_before=days.sum().cast("int64"))


AFTER_CARE_STEPS = (
    Step("eligible_in_care", "Young people in care entitled to help with leaving it.", eligible_in_care),
)
