"""Where looked-after children live, beyond the contract's own facts: is it safe, lawful and lasting?"""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, active, beside, only, without
from evenlode.position.today import CLOCK_SCHEMA

_DAY_NOUGHT = date(1920, 1, 1)

UNDER_16_SINCE = date(2021, 9, 9)
"""From then no child under 16 may be placed in an unregulated setting."""
SUPPORTED_SINCE = date(2023, 10, 28)
"""From then supported accommodation for those of 16 and 17 must be registered."""


def so_many_days_after(table: ir.Table, base: str, number: str, name: str) -> ir.Table:
    """The table with a date added: the base and so many days, each row with a number of its own.

    Looked up by number in the `clock` table, since no engine adds days alike (decision 2).
    """
    clock = ibis.table(CLOCK_SCHEMA, name="clock").view()
    clock = clock.select(nth=clock.day.delta(_DAY_NOUGHT, unit="day"), **{name: clock.day})
    rows = table.mutate(nth=table[base].delta(_DAY_NOUGHT, unit="day") + table[number])
    joined = rows.left_join(clock, ["nth"])
    return joined.select(*table.columns, name)


def period_whole(at: Context) -> ir.Table:
    """Open periods of care without an impossible episode."""
    return at.step("period_open").anti_join(at.step("period_faulty"), [*CHILD, "period_id"])


def on_full_order(at: Context) -> ir.Table:
    """Children under a full care order, and since when."""
    rows = at.record("legal_status", "child_id", "status", "start_date", "end_date")
    rows = rows.filter(
        active(rows.start_date, rows.end_date, at.as_at) & at.listed(rows.status, "full_care_orders")
    )
    return rows.group_by(*CHILD).agg(order_since=rows.start_date.max())


def unplanned_end(at: Context) -> ir.Table:
    """Placements of the open period of care that ended, with whether anybody had planned it.

    unplanned: the reason says that nobody had.  unsaid: the reason is blank or does not tell.
    """
    rows = at.step("placement_spell")
    rows = rows.filter(
        (rows.end_date <= at.as_at)
        & ~at.listed(rows.placement_type, "temporary_placements")
        & ~at.listed(rows.change_reason, "no_move_reasons")
    )
    period = at.step("period_whole").select(*CHILD, care_period="period_id", entered_care="entered_care")
    rows = rows.inner_join(period, list(CHILD))
    unplanned = at.listed(rows.change_reason, "unplanned_change_reasons")
    return rows.filter(rows.end_date > rows.entered_care).select(
        *CHILD,
        "placement_id",
        "start_date",
        "end_date",
        "change_reason",
        period_id="care_period",
        unplanned=unplanned,
        unsaid=~unplanned & ~at.listed(rows.change_reason, "planned_change_reasons"),
    )


def missing_now(at: Context) -> ir.Table:
    """Children who are missing on the day, and since when."""
    rows = at.record("missing_episode", "child_id", "start_date", "end_date", "missing_type")
    rows = rows.filter(
        active(rows.start_date, rows.end_date, at.as_at) & ~at.listed(rows.missing_type, "away_types")
    )
    rows = without(rows, at.step("gone"))
    return rows.group_by(*CHILD).agg(missing_since=rows.start_date.min())


def placement_checked(at: Context) -> ir.Table:
    """What managers' checks of the current placement said, each answer with its newest date."""
    now = at.step("placement_now").select(*CHILD, placed_on="start_date")
    rows = at.record(
        "placement_check", "child_id", "check_date", "registered", "liberty_restricted", "senior_sign_off"
    )
    rows = rows.filter(rows.check_date <= at.as_at).inner_join(now, list(CHILD))
    rows = rows.filter(rows.check_date >= rows.placed_on)

    def said(flag: str, answer: str) -> ir.DateValue:
        return ibis.ifelse(rows[flag] == answer, rows.check_date, ibis.null("date")).max()

    return rows.group_by(*CHILD).agg(
        last_check=rows.check_date.max(),
        registered_on=said("registered", "Y"),
        unregistered_on=said("registered", "N"),
        restricted_on=said("liberty_restricted", "Y"),
        unrestricted_on=said("liberty_restricted", "N"),
        signed_off_on=said("senior_sign_off", "Y"),
    )


def unregistered_now(at: Context) -> ir.Table:
    """Children in a setting that should be registered and is not, or where nobody can tell (`sure`)."""
    born = at.due(at.record("child", "child_id", "dob"), sixteen=("dob", "sixteen"))
    born = born.group_by(*CHILD).agg(sixteen=born.sixteen.max())
    rows = beside(at.step("placement_now"), at.step("placement_checked"), born)
    number = rows.provider_number.strip().upper()
    no_number = number.isnull() | (number == "")
    unnamed = no_number | at.listed(number, "no_provider_numbers")
    needs_number = at.listed(rows.placement_type, "registered_placements") | (
        at.listed(rows.placement_type, "supported_placements") & (at.as_at >= SUPPORTED_SINCE)
    )
    too_young = (
        at.listed(rows.placement_type, "from_sixteen_placements")
        & (rows.sixteen > at.as_at).fill_null(False)
        & (at.as_at >= UNDER_16_SINCE)
    )
    checked = (rows.unregistered_on >= rows.registered_on.fill_null(_DAY_NOUGHT)).fill_null(False)
    cleared = rows.registered_on.notnull() & ~checked
    why = ibis.cases(
        (checked, "a manager's check says that it is not registered"),
        (too_young, "a child under 16 may not live in such a setting"),
        (needs_number & unnamed & ~cleared, "no registration number is recorded"),
        else_=ibis.null("string"),
    )
    rows = rows.mutate(why=why, sure=checked | too_young | ~no_number)
    return rows.filter(rows.why.notnull()).select(
        *CHILD, "placement_id", "placement_type", "start_date", "why", "sure", "last_check", "signed_off_on"
    )


def restricted_now(at: Context) -> ir.Table:
    """Children whose liberty is restricted on the day: by an order, or as a manager's check says."""
    order = at.record("liberty_order", "child_id", "start_date", "end_date")
    order = order.filter(active(order.start_date, order.end_date, at.as_at))
    check = at.step("placement_checked")
    check = check.filter(check.restricted_on >= check.unrestricted_on.fill_null(_DAY_NOUGHT))
    both = order.select(
        *CHILD, since="start_date", by_order=ibis.literal(True), by_check=ibis.literal(False)
    ).union(
        check.select(*CHILD, since="restricted_on", by_order=ibis.literal(False), by_check=ibis.literal(True))
    )
    both = without(both, at.step("gone"))
    return both.group_by(*CHILD).agg(
        restricted_since=both.since.min(), by_order=both.by_order.max(), by_check=both.by_check.max()
    )


def health_assessed(at: Context) -> ir.Table:
    """Open periods of care with the last health assessment that counts for them.

    undated: there is one without a date.  young_until: the birthday from which a child is not young.
    """
    period = at.step("period_whole")
    rows = at.record("health_check", "child_id", "check_type", "check_date", "status")
    named = ibis.literal(False)
    for words in at.policy.lists["health_assessment_words"]:
        named = named | rows.check_type.upper().contains(words.strip().upper()).fill_null(False)
    rows = rows.filter(
        named
        & ~at.listed(rows.status, "health_not_done")
        & (rows.check_date.isnull() | (rows.check_date <= at.as_at))
    )
    rows = at.due(rows, good_until=("check_date", "health_before_care"))
    rows = rows.inner_join(period, list(CHILD))
    rows = rows.filter(rows.check_date.isnull() | (rows.good_until >= rows.entered_care))
    made = rows.group_by(*CHILD, "period_id").agg(
        last_assessed=rows.check_date.max(), undated=rows.check_date.isnull().max()
    )
    child = at.due(only(at.record("child", "child_id", "dob"), period), young_until=("dob", "young_child"))
    child = child.group_by(*CHILD).agg(young_until=child.young_until.max())
    joined = beside(beside(period, child), made, keys=(*CHILD, "period_id"))
    return joined.mutate(undated=joined.undated.fill_null(False))


LIVING_STEPS = (
    Step("period_whole", "Open periods of care without an impossible episode.", period_whole),
    Step("on_full_order", "Children under a full care order.", on_full_order),
    Step("unplanned_end", "Placements that ended, and whether anybody had planned it.", unplanned_end),
    Step("missing_now", "Children missing on the day.", missing_now),
    Step("placement_checked", "What managers' checks of each child's placement said.", placement_checked),
    Step("unregistered_now", "Children in settings that should be registered.", unregistered_now),
    Step("health_assessed", "The last health assessment of each child in care.", health_assessed),
    Step("restricted_now", "Children whose liberty is restricted.", restricted_now),
)
