"""Dates that councils keep in lists of their own, as they are known on the day."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, beside, without
from evenlode.record.key_dates import BOOKED, need_of


def key_date_known(at: Context) -> ir.Table:
    """Key dates without what happens after the day; `kind` is in small letters, without spaces round it.

    A row of which nothing has happened yet, and for which no due date is set, does not exist.  A start
    after the day is blank, and so is such a date on which something is done: it is not done yet.  Where
    a kind is booked ahead (a report to a conference), its start stays.
    """
    rows = at.record(
        "key_date",
        "child_id",
        "worker_id",
        "date_kind",
        "start_date",
        "due_date",
        "done_date",
        "outcome",
        "done_by",
    )
    kind, booked = _kind(rows)
    begun = booked | (rows.start_date <= at.as_at)
    done = (rows.done_date <= at.as_at).fill_null(False)
    not_begun = rows.start_date.notnull() & ~begun.fill_null(True) & ~done
    all_later = rows.start_date.isnull() & rows.due_date.isnull() & rows.done_date.notnull() & ~done
    rows = without(rows.filter(kind.notnull() & ~not_begun & ~all_later), at.step("gone"))
    kind, booked = _kind(rows)
    return rows.select(
        *CHILD,
        "worker_id",
        "due_date",
        "outcome",
        "done_by",
        kind=kind,
        start_date=ibis.ifelse(booked | (rows.start_date <= at.as_at), rows.start_date, ibis.null("date")),
        done_date=ibis.ifelse(rows.done_date <= at.as_at, rows.done_date, ibis.null("date")),
    )


def _kind(rows: ir.Table) -> tuple[ir.StringValue, ir.BooleanValue]:
    """The kind as rules compare it, and whether its start may lie ahead."""
    kind = rows.date_kind.strip().lower()
    return kind, kind.isin(list(BOOKED)).fill_null(False)


def of_kind(at: Context, kind: str) -> ir.Table:
    """The key dates of one kind, as they are known on the day."""
    need_of(kind)  # raises where the kind is not declared
    rows = at.step("key_date_known")
    return rows.filter(rows.kind == kind)


def awaited(at: Context, kind: str) -> ir.Table:
    """Those of them that are not done, and whose outcome does not say that nothing is awaited."""
    rows = of_kind(at, kind)
    return rows.filter(rows.done_date.isnull() & ~at.listed(rows.outcome, "key_dates_dropped"))


def named_by_date(rows: ir.Table) -> ir.Table:
    """The rows with `record`: the start date as text, which names a key date among those of its child."""
    return rows.mutate(record=rows.start_date.cast("string"))


def last_done(at: Context, *kinds: str) -> ir.Table:
    """When each child's newest date of these kinds was done."""
    for kind in kinds:
        need_of(kind)
    rows = at.step("key_date_known")
    rows = rows.filter(rows.kind.isin(list(kinds)) & rows.done_date.notnull())
    return rows.group_by(*CHILD).agg(last_done=rows.done_date.max())


def key_date_since(at: Context) -> ir.Table:
    """Since when a council's list holds dates of a kind: what fell due before cannot be told."""
    rows = at.step("key_date_known")
    rows = rows.mutate(first=ibis.coalesce(rows.done_date, rows.start_date))
    return rows.group_by("la_code", "kind").agg(since=rows.first.min())


def with_list_start(at: Context, rows: ir.Table, kind: str) -> ir.Table:
    """The rows with `since`: when the council's list of that kind begins."""
    since = at.step("key_date_since")
    since = since.filter(since.kind == kind).select("la_code", "since")
    return beside(rows, since, keys=("la_code",))


def before_list(rows: ir.Table) -> ir.BooleanValue:
    """Whether a row fell due before the council's list begins (`with_list_start`)."""
    return (rows.due < rows.since).fill_null(False)


KEY_DATE_STEPS = (
    Step("key_date_known", "Dates of the council's own lists, as known on the day.", key_date_known),
    Step("key_date_since", "Since when each council's list holds dates of a kind.", key_date_since),
)
