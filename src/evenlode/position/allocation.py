"""Who holds each child on the day, who shares the work, and since when nobody has."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, Step, active, active_within, beside, latest, without
from evenlode.position.people import WORKER


def involvement_now(at: Context) -> ir.Table:
    """Active involvements that name a worker, with the kind of role: lead, adviser or co-working."""
    rows = at.record(
        "involvement",
        "child_id",
        "worker_id",
        "team_id",
        "role",
        "start_date",
        "end_date",
        "involvement_id_order",
    )
    rows = rows.filter(active(rows.start_date, rows.end_date, at.as_at) & rows.worker_id.notnull())
    rows = rows.mutate(part=role_part(at, rows.role))
    rows = rows.filter(rows.part.notnull())
    return rows.select(*CHILD, "worker_id", "team_id", "part", "start_date", "involvement_id_order")


def role_part(at: Context, role: ir.StringValue) -> ir.StringValue:
    """What a role text makes of a worker: lead, adviser, co-worker, or nothing."""
    return ibis.cases(
        (at.listed(role, "lead_roles"), "lead"),
        (at.listed(role, "adviser_roles"), "adviser"),
        (at.listed(role, "co_working_roles"), "co-worker"),
        else_=ibis.null("string"),
    )


def lead(at: Context) -> ir.Table:
    """Contract 2, "lead worker" and "named worker": one row a child who has a lead."""
    rows = at.step("involvement_now")
    leaver = without(at.step("care_leaver_now"), at.step("open_child"))
    leaving = leaver.select(*CHILD, leaving=ibis.literal(True))
    rows = beside(rows, leaving)
    rows = rows.filter((rows.part == "lead") | ((rows.part == "adviser") & rows.leaving.fill_null(False)))
    newest = latest(rows, CHILD, newest=[rows.start_date.desc(), rows.involvement_id_order.desc()])
    newest = newest.select(*CHILD, "worker_id", "team_id", since="start_date")
    from_table = without(leaver, newest)
    worker_id = ibis.coalesce(from_table.adviser_id, from_table.table_worker_id)
    team = ibis.ifelse(from_table.adviser_id.notnull(), from_table.adviser_team, from_table.worker_team)
    from_table = from_table.select(*CHILD, worker_id=worker_id, team_id=team, since=ibis.null("date"))
    everybody = newest.union(from_table.filter(from_table.worker_id.notnull()))
    worker = at.step("worker_now")
    joined = beside(everybody, worker, keys=WORKER)
    known = joined.placeholder.notnull()
    return joined.select(
        *CHILD,
        "worker_id",
        "team_id",
        "since",
        "absent_from",
        "title",
        "programme_start",
        "programme_half",
        named=known & ~joined.placeholder.fill_null(True) & ~joined.left.fill_null(True),
        absent=joined.absent.fill_null(False),
        newly_qualified=joined.newly_qualified.fill_null(False),
    )


def sharing(at: Context) -> ir.Table:
    """Named workers with an active lead or co-working part: who else could be asked."""
    rows = at.step("involvement_now")
    rows = rows.filter(rows.part != "adviser")
    worker = at.step("worker_now")
    worker = worker.filter(~worker.placeholder & ~worker.left)
    joined = rows.inner_join(worker, list(WORKER))
    return joined.select(*CHILD, "worker_id", "part", "absent", "newly_qualified").distinct()


def lead_history(at: Context) -> ir.Table:
    """Every lead involvement begun by the day that can be (not ended before it began)."""
    rows = at.record(
        "involvement",
        "child_id",
        "worker_id",
        "role",
        "start_date",
        "end_date",
        "involvement_id_order",
        "change_reason",
    )
    rows = rows.filter(
        (rows.start_date <= at.as_at) & rows.worker_id.notnull() & at.listed(rows.role, "lead_roles")
    )
    return rows.select(*CHILD, "worker_id", "start_date", "end_date", "involvement_id_order", "change_reason")


def without_named_lead(at: Context) -> ir.Table:
    """Open children whom no named worker leads on the day."""
    held = at.step("lead")
    rows = without(at.step("open_child"), held.filter(held.named))
    return rows.select(*CHILD, "episode_start", "is_cp", "is_care", "status")


def _named_on_days(at: Context) -> ir.Table:
    """For children without a named lead: was there one on each day on which that could change?"""
    child, spells = at.step("without_named_lead"), at.step("lead_history")
    worker = at.step("worker_now").select(
        w_la="la_code", w_id="worker_id", placeholder="placeholder", leaving="leaving_date"
    )
    spells = spells.semi_join(child, list(CHILD))
    spells = spells.left_join(worker, [spells.la_code == worker.w_la, spells.worker_id == worker.w_id])
    spells = spells.select(
        *CHILD,
        "start_date",
        "end_date",
        "involvement_id_order",
        "placeholder",
        "leaving",
        known=spells.w_id.notnull(),
    )
    days = ibis.union(
        child.select(*CHILD, day="episode_start"),
        spells.select(*CHILD, day="start_date"),
        spells.select(*CHILD, day="end_date"),
        spells.select(*CHILD, day="leaving"),
        distinct=True,
    )
    days = days.filter(days.day.notnull() & (days.day <= at.as_at)).select(*CHILD, "day")
    pairs = days.left_join(
        spells,
        [
            days.la_code == spells.la_code,
            days.child_id == spells.child_id,
            spells.start_date <= days.day,
            spells.end_date.isnull() | (spells.end_date > days.day),
        ],
    ).select(*days.columns, "start_date", "involvement_id_order", "placeholder", "leaving", "known")
    top = latest(
        pairs,
        (*CHILD, "day"),
        newest=[pairs.start_date.desc(nulls_first=False), pairs.involvement_id_order.desc()],
    )
    named = top.known & ~top.placeholder & (top.leaving.isnull() | (top.leaving > top.day))
    return top.select(*CHILD, "day", named=named.fill_null(False))


def unallocated(at: Context) -> ir.Table:
    """Contract 2, "unallocated" and `waiting_since`."""
    child, days = at.step("without_named_lead"), at.step("named_days")
    had = days.filter(days.named).group_by(*CHILD).agg(last_named=lambda t: t.day.max())
    after = days.inner_join(had, list(CHILD))
    after = after.filter(after.day > after.last_named)
    after = after.group_by(*CHILD).agg(run_start=after.day.min(), last_named=after.last_named.max())
    in_episode = days.inner_join(child.select(*CHILD, "episode_start"), list(CHILD))
    in_episode = in_episode.filter(in_episode.named & (in_episode.day >= in_episode.episode_start))
    in_episode = in_episode.select(*CHILD, had_one=ibis.literal(True)).distinct()
    rows = beside(child, after, in_episode)
    rows = at.due(rows, grace=("episode_start", "allocation_grace"))
    protected = rows.is_cp | rows.is_care
    rows = rows.filter(rows.had_one.fill_null(False) | protected | (rows.grace < at.as_at).fill_null(False))
    waiting = ibis.greatest(ibis.coalesce(rows.run_start, rows.episode_start), rows.episode_start)
    return rows.select(
        *CHILD,
        "episode_start",
        "status",
        protected=rows.is_cp | rows.is_care,
        had_one=rows.had_one.fill_null(False),
        waiting_since=waiting,
    )


def lead_changes(at: Context) -> ir.Table:
    """How many lead workers each child had in the window; with those of reversed rows beside."""
    rows = at.step("lead_history")
    reversed_row = (rows.end_date < rows.start_date).fill_null(False)
    good = active_within(rows.start_date, rows.end_date, at.day("worker_window"), at.as_at)
    turned = active_within(rows.end_date, rows.start_date, at.day("worker_window"), at.as_at)
    counted = ~reversed_row & good
    doubtful = reversed_row & turned
    rows = rows.mutate(counted=counted, doubtful=doubtful)
    rows = rows.filter(rows.counted | rows.doubtful)
    per_worker = rows.group_by(*CHILD, "worker_id").agg(sure=rows.counted.max())
    return per_worker.group_by(*CHILD).agg(
        workers=per_worker.sure.cast("int32").sum(), workers_with_doubtful=per_worker.count()
    )


ALLOCATION_STEPS = (
    Step("involvement_now", "Who has a part in each child's life on the day.", involvement_now),
    Step("lead", "Each child's lead worker on the day, and whether that is a named worker.", lead),
    Step("sharing", "Named workers who lead or co-work, one row a child and worker.", sharing),
    Step("lead_history", "Every lead involvement begun by the day.", lead_history),
    Step("without_named_lead", "Open children without a named lead worker.", without_named_lead),
    Step("named_days", "On which days those children had a named lead.", _named_on_days),
    Step("unallocated", "Unallocated children, and since when they wait.", unallocated),
    Step("lead_changes", "Lead workers of the last 12 months, counted.", lead_changes),
)
