"""Things that cannot both be: two episodes, plans, placements, periods of care or lead workers at once."""

from __future__ import annotations

from datetime import date

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, beside, only
from evenlode.quality.doubt import Doubt, Look, Sort, how_many, key_of, looked_at, rows_of
from evenlode.rules.rule import Severity

FAR = date(9000, 1, 1)
"""Where what has no end yet ends; the same stand-in on every engine."""


def overlapping(at: Context, rows: ir.Table, *, record: str, start: str, end: str) -> ir.Table:
    """Rows that run in the last months, those in doubt that began before another of the child ended.

    A row that starts on the day on which another ends does not overlap it.
    """
    ended = at.as_at.delta(rows[end], unit="day")
    lately = rows[end].isnull() | (ended < int(at.policy.numbers["quality_days"]))
    can_be = rows[end].isnull() | (rows[end] > rows[start])
    rows = rows.filter((rows[start] <= at.as_at) & lately & can_be & rows.child_id.notnull())
    rows = rows.mutate(until=ibis.coalesce(rows[end], ibis.literal(FAR)))
    earlier = rows.until.max().over(
        ibis.window(
            group_by=list(CHILD),
            order_by=[rows[start], rows.until, rows[record]],
            preceding=(None, 1),
            following=None,
        )
    )
    rows = rows.mutate(earlier_until=earlier)
    rows = rows.mutate(
        shown_until=ibis.ifelse(
            rows.earlier_until == ibis.literal(FAR), ibis.null("date"), rows.earlier_until
        )
    )
    return looked_at(
        rows,
        rows.earlier_until > rows[start],
        "began before an earlier one ended",
        record=record,
        day=start,
        other_day="shown_until",
    )


def _spans(table: str, start: str = "start_date", end: str = "end_date") -> Look:
    def find(at: Context) -> ir.Table:
        record = key_of(table) or ""
        return overlapping(at, rows_of(at, table, start, end), record=record, start=start, end=end)

    return Look(table, find, needs=(f"{table}.{end}",))


def placements(at: Context) -> ir.Table:
    """Placements that overlap; temporary ones may lie inside another."""
    rows = rows_of(at, "placement", "start_date", "end_date", "placement_type")
    rows = rows.filter(~at.listed(rows.placement_type, "temporary_placements"))
    return overlapping(at, rows, record="placement_id", start="start_date", end="end_date")


def two_leads(at: Context) -> ir.Table:
    """Open children with two people in a lead role on the day."""
    rows = at.step("involvement_now")
    rows = only(rows.filter(rows.part == "lead"), at.step("open_child"))
    since = rows.group_by(*CHILD).agg(day=rows.start_date.max())
    rows = beside(how_many(rows, "worker_id", CHILD, "leads"), since)
    said = rows.leads.cast("string").concat(" workers lead at once; the one who began last is taken")
    return looked_at(rows, rows.leads > 1, said, record="child_id", day="day")


def two_periods(at: Context) -> ir.Table:
    """Children with two open periods of care."""
    rows = at.step("period_open")
    days = rows.group_by(*CHILD).agg(day=rows.entered_care.min(), other=rows.entered_care.max())
    rows = beside(how_many(rows, "period_id", CHILD, "periods"), days)
    return looked_at(
        rows,
        rows.periods > 1,
        "two periods of care are open at once",
        record="child_id",
        day="day",
        other_day="other",
    )


OVERLAP_DOUBTS: tuple[Doubt, ...] = (
    Doubt(
        "DQ-14",
        "Two episodes of need at once",
        "Which referrals began before the child's earlier one was closed?",
        Sort.OVERLAPS,
        Severity.AMBER,
        "episodes of need that ran in the last months",
        "The newest is taken as the current one, so waiting and supervision are counted from it.",
        "The front door's manager: close one, or record the second as a contact.",
        (_spans("episode", "referral_date", "close_date"),),
        ("quality_days",),
    ),
    Doubt(
        "DQ-15",
        "Two plans of one kind at once",
        "Which plans began before the child's earlier one of the same kind ended?",
        Sort.OVERLAPS,
        Severity.RED,
        "plans that ran in the last months",
        "Each plan has clocks of its own, so one child is late twice; plans are counted, not children.",
        "The conference service or the team manager: end the plan that was replaced.",
        (_spans("cp_plan"), _spans("cin_plan")),
        ("quality_days",),
    ),
    Doubt(
        "DQ-16",
        "Two placements at once",
        "Which placements began before the child's earlier one ended?",
        Sort.OVERLAPS,
        Severity.RED,
        "placements that ran in the last months, without temporary ones",
        "The one that began last is taken: visits to the other do not count, and moves are counted too often.",
        "The placement team or business support: end the earlier placement.",
        (Look("placement", placements, needs=("placement.end_date",)),),
        ("quality_days", "temporary_placements"),
    ),
    Doubt(
        "DQ-17",
        "Two lead workers at once",
        "Which open children have two people in a lead role?",
        Sort.OVERLAPS,
        Severity.AMBER,
        "open children with somebody in a lead role",
        "The one who began last is taken; the other's load looks lighter than it is.",
        "The team manager: end the earlier allocation, or make it a co-working role.",
        (Look("involvement", two_leads),),
        ("lead_roles",),
    ),
    Doubt(
        "DQ-18",
        "Two periods of care at once",
        "Which children are looked after twice at once?",
        Sort.OVERLAPS,
        Severity.RED,
        "children looked after",
        "Each period has its own clock of reviews, so one child is late twice.",
        "Business support of children in care: end the period that is over.",
        (Look("care_episode", two_periods),),
    ),
)
