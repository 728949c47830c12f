"""Periods of care and placements as they are on the day."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from evenlode.position.context import (
    CHILD,
    Context,
    Step,
    active,
    active_within,
    impossible,
    latest,
    only,
    without,
)

PERIOD = (*CHILD, "period_id")


def _care_episodes(at: Context) -> ir.Table:
    rows = without(
        at.record(
            "care_episode",
            "child_id",
            "period_id",
            "care_episode_id",
            "start_date",
            "end_date",
            "end_reason",
            "entered_care_date",
        ),
        at.step("gone"),
    )
    return rows.mutate(period_id=rows.period_id.fill_null(""))


def period_faulty(at: Context) -> ir.Table:
    """Periods of care with an impossible episode: CLA-R1 says so, and CLA-R and CLA-S1 are silent."""
    rows = _care_episodes(at)
    rows = rows.filter(impossible(rows.start_date, rows.end_date, at.as_at))
    return rows.group_by(*PERIOD).agg(faulty_start=rows.start_date.min(), faulty_end=rows.end_date.min())


def on_short_breaks(at: Context) -> ir.Table:
    """Children whose newest active legal status is a series of short breaks (V3, V4)."""
    rows = at.record("legal_status", "child_id", "legal_status_id_order", "status", "start_date", "end_date")
    rows = rows.filter(active(rows.start_date, rows.end_date, at.as_at))
    newest = latest(rows, CHILD, newest=[rows.start_date.desc(), rows.legal_status_id_order.desc()])
    return newest.filter(at.listed(newest.status, "short_break_statuses")).select(*CHILD)


def on_interim_order(at: Context) -> ir.Table:
    """Children with any active interim care order (C1)."""
    rows = at.record("legal_status", "child_id", "legal_status_id_order", "status", "start_date", "end_date")
    rows = rows.filter(
        active(rows.start_date, rows.end_date, at.as_at) & at.listed(rows.status, "interim_orders")
    )
    return rows.select(*CHILD).distinct()


def period_open(at: Context) -> ir.Table:
    """Contract 2, "open period of care" and "entered care"."""
    rows = _care_episodes(at)
    rows = rows.filter((rows.start_date <= at.as_at) & ~impossible(rows.start_date, rows.end_date, at.as_at))
    entered = ibis.ifelse(rows.entered_care_date <= at.as_at, rows.entered_care_date, ibis.null("date"))
    begun = rows.group_by(*PERIOD).agg(entered=entered.min(), first_start=rows.start_date.min())
    newest = latest(
        rows,
        PERIOD,
        newest=[rows.start_date.desc(), rows.end_date.desc(nulls_first=True), rows.care_episode_id.desc()],
    )
    runs_on = newest.end_reason.strip().upper() == "X1"
    newest = newest.filter(newest.end_date.isnull() | (newest.end_date > at.as_at) | runs_on.fill_null(False))
    still = begun.semi_join(newest, list(PERIOD))
    still = still.select(*PERIOD, entered_care=ibis.coalesce(still.entered, still.first_start))
    return without(still, at.step("on_short_breaks"))


def placement_spell(at: Context) -> ir.Table:
    """Contract 2, "placement": contiguous rows with one provider number are one placement.

    A spell has the start of its first row, and the id, type, period and end of its latest.
    Rows that cannot be, and rows after the day, are left out.
    """
    rows = only(
        at.record(
            "placement",
            "child_id",
            "placement_id",
            "placement_id_order",
            "period_id",
            "start_date",
            "end_date",
            "placement_type",
            "provider_number",
            "change_reason",
        ),
        at.step("period_open"),
    )
    rows = rows.filter((rows.start_date <= at.as_at) & ~impossible(rows.start_date, rows.end_date, at.as_at))
    number = rows.provider_number.strip().upper()
    named = number.notnull() & (number != "") & ~at.listed(number, "no_provider_numbers")
    rows = rows.mutate(
        provider_key=ibis.ifelse(named, number, "row " + rows.placement_id_order.fill_null(""))
    )
    rows = _inside_another(rows)
    group = ("la_code", "child_id", "provider_key", "inside")
    order = [rows.start_date, rows.end_date.asc(nulls_first=False), rows.placement_id_order]
    before = rows.end_date.lag().over(ibis.window(group_by=[rows[g] for g in group], order_by=order))
    rows = rows.mutate(begins=ibis.ifelse(named & before.notnull() & (before == rows.start_date), 0, 1))
    order = [rows.start_date, rows.end_date.asc(nulls_first=False), rows.placement_id_order]
    so_far = ibis.window(group_by=[rows[g] for g in group], order_by=order, preceding=None, following=0)
    rows = rows.mutate(spell=rows.begins.sum().over(so_far))
    spell = (*group, "spell")
    first = rows.group_by(*spell).agg(spell_start=rows.start_date.min())
    last = latest(
        rows,
        spell,
        newest=[rows.start_date.desc(), rows.end_date.desc(nulls_first=True), rows.placement_id_order.desc()],
    )
    joined = last.inner_join(first, list(spell))
    return joined.select(
        *CHILD,
        "placement_id",
        "placement_id_order",
        "placement_type",
        "provider_number",
        "end_date",
        "change_reason",
        period_id=joined.period_id.fill_null(""),
        start_date=joined.spell_start,
    )


def _inside_another(rows: ir.Table) -> ir.Table:
    """Marks rows that lie wholly inside an earlier row of the same child and provider.

    They are a fault of recording, and must not come between two rows that follow each other.
    """
    far = ibis.literal(date(2300, 1, 1))
    rows = rows.mutate(until=ibis.coalesce(rows.end_date, far))
    earlier = rows.until.max().over(
        ibis.window(
            group_by=[rows.la_code, rows.child_id, rows.provider_key],
            order_by=[rows.start_date, rows.until.desc(), rows.placement_id_order],
            preceding=(None, 1),
            following=None,
        )
    )
    kept = (c for c in rows.columns if c != "until")
    return rows.select(*kept, inside=(rows.until <= earlier).fill_null(False))


def placement_now(at: Context) -> ir.Table:
    """Contract 2, "current placement": the active one with the latest start."""
    rows = at.step("placement_spell")
    rows = rows.filter(active(rows.start_date, rows.end_date, at.as_at))
    newest = latest(rows, CHILD, newest=[rows.start_date.desc(), rows.placement_id_order.desc()])
    return newest.select(
        *CHILD,
        "placement_id",
        "placement_id_order",
        "period_id",
        "placement_type",
        "provider_number",
        "start_date",
    )


def placement_recent(at: Context) -> ir.Table:
    """How many placements a child had in the window (CLA-S1); temporary ones never count."""
    rows = at.step("placement_spell")
    rows = rows.filter(
        active_within(rows.start_date, rows.end_date, at.day("placement_window"), at.as_at)
        & ~at.listed(rows.placement_type, "temporary_placements")
    )
    return rows.group_by(*CHILD).agg(placements=rows.count())


CARE_STEPS = (
    Step("period_faulty", "Periods of care with an impossible episode.", period_faulty),
    Step("on_short_breaks", "Children on a series of short breaks.", on_short_breaks),
    Step("on_interim_order", "Children under an interim care order.", on_interim_order),
    Step("period_open", "Open periods of care.", period_open),
)
PLACEMENT_STEPS = (
    Step("placement_spell", "Placements, contiguous rows joined.", placement_spell),
    Step("placement_now", "Each looked-after child's placement on the day.", placement_now),
    Step("placement_recent", "Placements of the last 12 months, counted.", placement_recent),
)
