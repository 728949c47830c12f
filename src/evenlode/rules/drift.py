"""Drift and oversight: nobody visits, sees the child alone, writes, or leads; the pathway plan is stale."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside
from evenlode.position.key_dates import of_kind
from evenlode.position.oversight import VISITS
from evenlode.position.people import with_birth
from evenlode.position.visits import PLAN, counted
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def no_manager(at: Context) -> ir.Table:
    """DR-16: no entry of a manager in six weeks, or four where the child is at most risk."""
    child = at.step("open_child").select(*CHILD, "episode_start", "is_cp", "is_care")
    court = of_kind(at, "care proceedings")
    court = court.filter(court.start_date.notnull() & court.done_date.isnull())
    court = court.select(*CHILD).union(at.step("on_interim_order").select(*CHILD), distinct=True)
    rows = beside(child, at.step("manager_entry"), court.mutate(in_court=ibis.literal(True)))
    rows = rows.mutate(
        base=ibis.coalesce(rows.last_entry, rows.episode_start),
        closely=rows.is_cp | rows.is_care | rows.in_court.fill_null(False),
    )
    rows = at.due(rows, other=("base", "manager_entry"), close=("base", "manager_entry_protected"))
    rows = rows.mutate(due=ibis.ifelse(rows.closely, rows.close, rows.other))
    close, other = (str(at.policy.clock(c)) for c in ("manager_entry_protected", "manager_entry"))
    return answers(
        rows,
        due="due",
        status=ibis.ifelse(rows.base.isnull(), str(Status.CANNOT_TELL), RUNNING),
        severity=Severity.AMBER,
        evidence={
            "last_entry": rows.last_entry,
            "episode_start": rows.episode_start,
            "interval": ibis.ifelse(rows.closely, close, other),
        },
    )


def nothing_recorded(at: Context) -> ir.Table:
    """DR-19: nothing at all in 30 days."""
    rows = beside(at.step("open_child").select(*CHILD, "episode_start"), at.step("last_recorded"))
    begun = ibis.coalesce(rows.episode_start, rows.last_recorded)
    rows = rows.mutate(base=ibis.greatest(ibis.coalesce(rows.last_recorded, begun), begun))
    rows = at.due(rows, due=("base", "nothing_recorded"))
    return answers(
        rows,
        due="due",
        status=ibis.ifelse(rows.base.isnull(), str(Status.CANNOT_TELL), RUNNING),
        severity=Severity.AMBER,
        evidence={
            "last_recorded": rows.last_recorded,
            "episode_start": rows.episode_start,
            "interval": str(at.policy.clock("nothing_recorded")),
        },
    )


def _after(at: Context, rows: ir.Table, times: int, **wanted: tuple[str, str]) -> ir.Table:
    """The rows with the day on which so many intervals have run out: name=(since when, interval)."""
    since = {name: column for name, (column, _) in wanted.items()}
    for turn in range(max(1, times)):
        last = turn >= times - 1
        names = {name: name if last else f"{name}_{turn}" for name in wanted}
        rows = at.due(rows, **{names[n]: (since[n], clock) for n, (_, clock) in wanted.items()})
        since = names
    return rows


def _missed(at: Context, rows: ir.Table, visits: str, clock: str) -> ir.Table:
    """Plans with the day on which the intervals of the policy had passed without a visit that counts."""
    many = int(at.policy.numbers["missed_visit_intervals"])
    rows = beside(rows, at.step(visits), keys=PLAN)
    rows = rows.mutate(
        base=ibis.coalesce(rows.last_seen, rows.count_from),
        perhaps=ibis.coalesce(rows.last_perhaps, rows.count_from),
    )
    rows = _after(at, rows, many, missed=("base", clock), perhaps_missed=("perhaps", clock))
    return rows.select(
        *CHILD,
        "plan_id",
        "base",
        "missed",
        interval=ibis.literal(str(at.policy.clock(clock))),
        cured=rows.perhaps_missed >= at.as_at,
    )


def _missed_in_placement(at: Context) -> ir.Table:
    rows = at.step("placement_clock")
    more = int(at.policy.numbers["missed_visit_intervals"]) - 1
    clocks = ("care_visit", "care_visit_settled", "care_visit_weekly", "care_visit_after_review")
    rows = rows.select(
        *CHILD, "plan_id", "last_seen", "count_from", "weekly", "reviewed", "rule", "due", "cured"
    )
    rows = _after(at, rows, more, **{f"by_{clock}": ("due", clock) for clock in clocks})
    which = ibis.cases(
        (rows.weekly & rows.reviewed.fill_null(False), "care_visit_after_review"),
        (rows.weekly, "care_visit_weekly"),
        (rows.rule == "CLA-V4", "care_visit_settled"),
        else_="care_visit",
    )
    rows = rows.mutate(clock=which)
    return rows.select(
        *CHILD,
        "plan_id",
        base=ibis.coalesce(rows.last_seen, rows.count_from),
        missed=ibis.cases(*((rows.clock == c, rows[f"by_{c}"]) for c in clocks), else_=ibis.null("date")),
        interval=ibis.cases(
            *((rows.clock == c, str(at.policy.clock(c))) for c in clocks), else_=ibis.null("string")
        ),
        cured=rows.cured,
    )


def visits_missed(at: Context) -> ir.Table:
    """DR-09: two intervals one after another without a visit, or nobody has seen the child (CP-08)."""
    plan = _missed(at, at.step("own_plan"), "cp_last_visit", "cp_visit")
    need = _missed(at, counted(at, at.step("cin_plan_open")), "cin_last_visit", "cin_visit")
    rows = ibis.union(plan, need, _missed_in_placement(at))
    sight = at.due(
        at.step("sighting"), unseen=("last_seen", "cp_not_seen"), maybe=("last_perhaps", "cp_not_seen")
    )
    sight = sight.filter((sight.unseen < at.as_at) & (sight.maybe < at.as_at))
    born = at.step("own_plan")
    born = born.filter(~born.unborn).select(*CHILD, "plan_id").distinct()
    sight = born.inner_join(sight.select(*CHILD, "unseen"), list(CHILD))
    rows = beside(rows, sight.select(*CHILD, "plan_id", "unseen"), keys=(*CHILD, "plan_id"))
    missed = rows.missed < at.as_at
    rows = rows.filter((missed & rows.missed.notnull()) | rows.unseen.notnull())
    sure = ((rows.missed < at.as_at) & ~rows.cured.fill_null(False)).fill_null(False)
    rows = rows.mutate(sure=sure | rows.unseen.notnull(), due=ibis.ifelse(sure, rows.missed, rows.unseen))
    return answers(
        rows,
        record="plan_id",
        due="due",
        status=ibis.ifelse(rows.sure, str(Status.FLAG), str(Status.CANNOT_TELL)),
        severity=Severity.RED,
        evidence={
            "counted_from": rows.base,
            "interval": rows.interval,
            "intervals": int(at.policy.numbers["missed_visit_intervals"]),
            "unseen_by_anybody_since": rows.unseen,
        },
    )


def not_alone(at: Context) -> ir.Table:
    """DR-10: a child old enough not seen alone in any kind of visit for three of their intervals."""
    many = int(at.policy.numbers["not_alone_intervals"])
    sources = (
        (at.step("own_plan"), "start_date", "cp_visit"),
        (at.step("cin_plan_open"), "start_date", "cin_visit"),
        (at.step("period_open"), "entered_care", "care_visit"),
    )
    rows = ibis.union(
        *(t.select(*CHILD, since=t[start], clock=ibis.literal(clock)) for t, start, clock in sources)
    )
    rows = beside(with_birth(at, rows), at.step("alone_contact"))
    rows = rows.filter(~rows.unborn & ~rows.adult & (rows.old_enough_alone | rows.age_unknown))
    rows = rows.mutate(
        base=ibis.greatest(rows.since, ibis.coalesce(rows.last_alone, rows.since)),
        perhaps=ibis.greatest(rows.since, ibis.coalesce(rows.last_perhaps, rows.since)),
    )
    names = [clock for _, _, clock in sources]
    wanted = {f"due_{c}": ("base", c) for c in names} | {f"maybe_{c}": ("perhaps", c) for c in names}
    rows = _after(at, rows, many, **wanted)

    def of_clock(name: str) -> ir.DateValue:
        return ibis.cases(*((rows.clock == c, rows[f"{name}_{c}"]) for c in names), else_=ibis.null("date"))

    rows = rows.mutate(due=of_clock("due"), maybe=of_clock("maybe"))
    rows = rows.group_by(*CHILD).agg(
        due=rows.due.min(),
        maybe=rows.maybe.min(),
        last_alone=rows.last_alone.max(),
        age_unknown=rows.age_unknown.max(),
    )
    rows = rows.filter(rows.due < at.as_at)
    return answers(
        rows,
        due="due",
        status=ibis.ifelse(
            rows.age_unknown | (rows.maybe >= at.as_at), str(Status.CANNOT_TELL), str(Status.FLAG)
        ),
        severity=Severity.AMBER,
        evidence={"last_seen_alone": rows.last_alone, "intervals": many},
    )


def pathway_stale(at: Context) -> ir.Table:
    """DR-20: the pathway plan was not reviewed in time (CL-04), or not after a change (CL-09)."""
    rows = at.step("care_leaver_now")
    change = of_kind(at, "change of circumstances")
    change = change.filter(change.start_date.notnull() & change.done_date.isnull())
    change = at.due(change, by_then=("start_date", "pathway_change_review"))
    change = change.filter(change.by_then < at.as_at)
    change = change.inner_join(rows.select(*CHILD, "pathway_review"), list(CHILD))
    change = change.filter(change.pathway_review.isnull() | (change.pathway_review < change.start_date))
    change = change.group_by(*CHILD).agg(changed=change.start_date.min(), after_change=change.by_then.min())
    rows = at.step("care_leaver_now")
    rows = beside(rows.filter(~rows.over_21), change)
    rows = at.due(rows, by_clock=("pathway_review", "pathway_review"))
    stale = (rows.by_clock < at.as_at).fill_null(False)
    rows = rows.filter(stale | rows.after_change.notnull() | rows.pathway_review.isnull())
    rows = rows.mutate(
        due=ibis.ifelse(
            (rows.by_clock < at.as_at).fill_null(False),
            ibis.least(rows.by_clock, ibis.coalesce(rows.after_change, rows.by_clock)),
            rows.after_change,
        )
    )
    return answers(
        rows,
        due="due",
        status=ibis.ifelse(rows.due.isnull(), str(Status.CANNOT_TELL), str(Status.FLAG)),
        severity=Severity.AMBER,
        evidence={"last_review": rows.pathway_review, "changed": rows.changed},
    )


DRIFT_RULES = (
    Rule(
        "DR-09",
        "Visits not happening",
        "Which children had two visits missed one after another, or were seen by nobody?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.RED,),
        "practice-standards DR-09 (house default)",
        "child",
        "plan or placement",
        (
            "missed_visit_intervals",
            "cp_visit",
            "cin_visit",
            "care_visit",
            "care_visit_settled",
            "cp_not_seen",
        ),
        (
            "cp_plan",
            "cp_visit",
            "cin_plan",
            "cin_visit",
            "care_episode",
            "placement",
            "legal_status",
            "care_visit",
        ),
        visits_missed,
        "Visits made and not recorded; the visit rules show the first one missed.",
    ),
    Rule(
        "DR-10",
        "Child not seen alone",
        "Which children were seen alone by nobody for three visits' time?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards DR-10 (house default)",
        "child",
        "",
        ("not_alone_intervals", "alone_from_age", "cp_visit", "cin_visit", "care_visit"),
        (
            "cp_plan",
            "cin_plan",
            "care_episode",
            "legal_status",
            "cp_visit.seen_alone",
            "cin_visit.seen_alone",
            "care_visit.seen_alone",
        ),
        not_alone,
        "Children who were offered time alone and did not want it.",
    ),
    Rule(
        "DR-16",
        "No manager's voice",
        "On which children's records has no manager written for six weeks, or four?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards 4.4, DR-16 (house default)",
        "child",
        "",
        ("manager_entry", "manager_entry_protected", "oversight_notes", "case_supervision_notes"),
        ("supervision", "episode", "cp_plan", "care_episode", "legal_status"),
        no_manager,
        "Decisions that a manager wrote where neither supervision, oversight nor a list of entries shows them.",
    ),
    Rule(
        "DR-19",
        "Nothing recorded",
        "Of which children has nothing at all been recorded for 30 days?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards DR-19 (house default)",
        "child",
        "",
        ("nothing_recorded",),
        ("case_entry", "supervision", "episode", "legal_status", *VISITS),
        nothing_recorded,
        "What the entry says; work that was done and not written down.",
    ),
    Rule(
        "DR-20",
        "Pathway plan stale",
        "Whose pathway plan was not reviewed in time, or not after a change?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards DR-20, CL-04, CL-09 (house default); changes are key dates of the kind "
        '"change of circumstances"',
        "child",
        "",
        ("pathway_review", "pathway_change_review"),
        ("care_leaver",),
        pathway_stale,
        "Changes of circumstances of which nobody told the council.",
    ),
)
