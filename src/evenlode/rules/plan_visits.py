"""Children on protection plans: were they seen in time, alone, and by anybody at all?"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.position.context import CHILD, Context, beside, impossible, without
from evenlode.position.key_dates import of_kind, with_list_start
from evenlode.position.today import CLOCK_SCHEMA
from evenlode.position.visits import PLAN
from evenlode.rules.front_door import cannot_be
from evenlode.rules.rule import RUNNING, Severity, Status, answers

OTHER_AGENCY = "seen by another agency"


def visit_clock(at: Context, subject: ir.Table, visits: str, clock: str, severity: Severity) -> ir.Table:
    """A clock that runs from the last visit that counts, or from the start.

    subject: rows with the child's birth facts (`visits.counted`).

    Where a visit with a blank "seen" would cure the lateness, the answer is cannot_tell
    (contract 2).
    """
    rows = beside(subject, at.step(visits), keys=PLAN)
    rows = rows.mutate(
        base=ibis.coalesce(rows.last_seen, rows.count_from),
        perhaps=ibis.coalesce(rows.last_perhaps, rows.count_from),
    )
    rows = at.due(rows, due=("base", clock), perhaps_due=("perhaps", clock))
    if at.policy.numbers["own_plan_intervals"]:
        rows = sooner_by_own_plan(at, rows)
    cured = (rows.due < at.as_at) & (rows.perhaps_due >= at.as_at)
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=severity,
        status=ibis.ifelse(cured, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "counted_from": rows.base,
            "last_seen": rows.last_seen,
            "visit_with_seen_blank": ibis.ifelse(cured, rows.last_perhaps, ibis.null("date")),
            "interval": str(at.policy.clock(clock)),
        },
    )


def sooner_by_own_plan(at: Context, rows: ir.Table) -> ir.Table:
    """The rows with what is due brought forward where the child's own plan asks for more visits.

    A longer interval in the plan changes nothing (practice-standards, section 3).
    """
    named = at.record("plan_interval", "child_id", "plan_id", "visit_every_days")
    named = named.filter(named.visit_every_days > 0)
    by_plan = named.filter(named.plan_id.notnull())
    by_plan = by_plan.group_by("la_code", "plan_id").agg(plan_days=by_plan.visit_every_days.min())
    by_child = named.filter(named.plan_id.isnull())
    by_child = by_child.group_by("la_code", "child_id").agg(child_days=by_child.visit_every_days.min())
    kept = rows.columns
    rows = beside(beside(rows, by_child), by_plan, keys=("la_code", "plan_id"))
    rows = at.due(rows, base_number=("base", "day_number"), perhaps_number=("perhaps", "day_number"))
    own = ibis.coalesce(rows.plan_days, rows.child_days)
    rows = rows.mutate(own_number=rows.base_number + own, own_perhaps_number=rows.perhaps_number + own)
    for name, number in (("own_due", "own_number"), ("own_perhaps_due", "own_perhaps_number")):
        clock = ibis.table(CLOCK_SCHEMA, name="clock").view()
        joined = rows.left_join(clock, rows[number] == clock["day_number"], rname=f"{{name}}_{name}")
        rows = joined.select(*rows.columns, **{name: clock["day"]})
    return rows.select(
        *(c for c in kept if c not in ("due", "perhaps_due")),
        due=ibis.least(rows.due, ibis.coalesce(rows.own_due, rows.due)),
        perhaps_due=ibis.least(rows.perhaps_due, ibis.coalesce(rows.own_perhaps_due, rows.perhaps_due)),
    )


def visits(at: Context) -> ir.Table:
    """Contract 3, CP-05, with the impossible rows of the plan table."""
    running = visit_clock(at, at.step("own_plan"), "cp_last_visit", "cp_visit", Severity.RED)
    every = at.record("cp_plan", "child_id", "plan_id", "start_date", "end_date", "other_council")
    wrong = every.filter(
        impossible(every.start_date, every.end_date, at.as_at)
        & ~(every.other_council == "Y").fill_null(False)
    )
    wrong = without(wrong, at.step("gone"))
    return running.union(cannot_be(wrong, "plan_id", wrong.start_date, wrong.end_date, Severity.RED))


def newest_visits(visits: ir.Table, column: str, number: int) -> ir.Table:
    """The newest visits of each plan on which the child was seen: on how many a column says yes.

    One row a plan: visits (how many, `number` at most), earlier, later, yes, blank.
    """
    sure = visits.filter(visits.counts == "Y")
    place = ibis.row_number().over(
        ibis.window(
            group_by=[sure[c] for c in PLAN], order_by=[sure.visit_date.desc(), sure.visit_id_order.desc()]
        )
    )
    newest = sure.mutate(place=place).filter(lambda t: t.place < number)
    return newest.group_by(*PLAN).agg(
        visits=newest.count(),
        earlier=newest.visit_date.min(),
        later=newest.visit_date.max(),
        yes=(newest[column] == "Y").fill_null(False).cast("int32").sum(),
        blank=newest[column].isnull().cast("int32").sum(),
    )


def seen_alone(at: Context) -> ir.Table:
    """Contract 3, CP-06: the last two visits that count, and whether the child was seen alone."""
    plans = at.step("own_plan")
    plans = plans.filter(~plans.unborn & (plans.old_enough_alone | plans.age_unknown))
    rows = at.step("cp_plan_visit")
    found = plans.inner_join(newest_visits(rows, "seen_alone", 2), list(PLAN))
    found = found.filter((found.visits == 2) & (found.age_unknown | (found.yes == 0)))
    doubt = rows.filter(rows.counts.isnull() & ((rows.seen_alone == "Y") | rows.seen_alone.isnull()))
    doubt = doubt.group_by(*PLAN).agg(doubtful=doubt.visit_date.max())
    found = beside(found, doubt, keys=PLAN)
    cured = (found.doubtful >= found.earlier).fill_null(False)
    unknown = found.age_unknown | (found.blank > 0) | cured
    return answers(
        found,
        record="plan_id",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), str(Status.BREACH)),
        evidence={
            "last_visit": found.later,
            "visit_before": found.earlier,
            "alone_blank": found.blank,
            "age_unknown": found.age_unknown,
            "from_age_months": at.policy.clock("alone_from_age").n,
        },
    )


def not_seen(at: Context) -> ir.Table:
    """Contract 3, CP-08: nobody has seen the child for four weeks."""
    rows = at.step("own_plan")
    rows = rows.filter(~rows.unborn)
    rows = beside(rows, at.step("sighting"))
    rows = at.due(rows, due=("last_seen", "cp_not_seen"), perhaps_due=("last_perhaps", "cp_not_seen"))
    cured = ((rows.due < at.as_at) & (rows.perhaps_due >= at.as_at)).fill_null(False)
    unknown = cured | rows.last_seen.isnull()
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={"last_seen": rows.last_seen, "interval": str(at.policy.clock("cp_not_seen"))},
    )


def not_seen_by_any(at: Context) -> ir.Table:
    """practice-standards CP-08, second tier: no agency has seen the child for six weeks.

    Any visit of the council's own counts, as in CP-08, and any sighting by another agency.  Where one from
    the days before the council's list of these begins would cure the lateness, the answer is cannot_tell.
    """
    plans = at.step("own_plan").filter(lambda t: ~t.unborn)
    elsewhere = of_kind(at, OTHER_AGENCY)
    elsewhere = elsewhere.filter(~at.listed(elsewhere.outcome, "agency_did_not_see"))
    elsewhere = plans.select(*CHILD, "plan_id", "born_on").inner_join(
        elsewhere.select(*CHILD, "done_date"), list(CHILD)
    )
    elsewhere = elsewhere.filter(elsewhere.born_on.isnull() | (elsewhere.done_date >= elsewhere.born_on))
    elsewhere = elsewhere.group_by("la_code", "plan_id").agg(by_agency=elsewhere.done_date.max())
    rows = beside(beside(plans, at.step("sighting")), elsewhere, keys=("la_code", "plan_id"))
    rows = rows.mutate(
        last=_later(rows.last_seen, rows.by_agency), perhaps=_later(rows.last_perhaps, rows.by_agency)
    )
    clock = "cp_not_seen_by_any"
    rows = with_list_start(at, rows, OTHER_AGENCY)
    rows = at.due(rows, due=("last", clock), perhaps_due=("perhaps", clock), list_due=("since", clock))
    cured = (rows.perhaps_due >= at.as_at) | (rows.list_due > at.as_at)
    unknown = rows.last.isnull() | ((rows.due < at.as_at) & cured).fill_null(False)
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "last_seen": rows.last,
            "seen_by_us": rows.last_seen,
            "seen_by_other_agency": rows.by_agency,
            "interval": str(at.policy.clock(clock)),
            "list_begins": rows.since,
        },
    )


def _later(one: ir.DateValue, other: ir.DateValue) -> ir.DateValue:
    """The later of two days, or the one that is there."""
    return ibis.greatest(ibis.coalesce(one, other), ibis.coalesce(other, one))
