"""Children on protection plans: visits, seen alone, reviews, and how long the plan has run."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, impossible, without
from evenlode.position.people import with_birth
from evenlode.position.visits import PLAN, counted
from evenlode.rules.front_door import cannot_be
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

TIERS = (
    ("cp_long_limit", 21, "red"),
    ("cp_long_red", 15, "red"),
    ("cp_long_amber", 12, "amber"),
    ("cp_long_note", 9, "note"),
)


def _plans(at: Context) -> ir.Table:
    rows = at.step("cp_plan_open")
    return rows.filter(~rows.other_council)


def _reviews(at: Context) -> ir.Table:
    """Reviews of each open plan: how many were held, the last, and the earliest due but not held."""
    plans = _plans(at).select("la_code", "plan_id").filter(lambda t: t.plan_id.notnull())
    rows = at.with_today(
        at.record("cp_review", "plan_id", "due_date", "held_date").semi_join(plans, ["la_code", "plan_id"])
    )
    held = (rows.held_date <= rows.as_at).fill_null(False)
    rows = rows.select(
        "la_code",
        "plan_id",
        "due_date",
        held=held,
        held_on=ibis.ifelse(held, rows.held_date, ibis.null("date")),
    )
    last = rows.group_by("la_code", "plan_id").agg(
        last_held=rows.held_on.max(), held=rows.held.cast("int64").sum()
    )
    waiting = rows.filter(~rows.held).inner_join(last.drop("held"), ["la_code", "plan_id"])
    waiting = waiting.filter(waiting.last_held.isnull() | (waiting.due_date > waiting.last_held))
    planned = waiting.group_by("la_code", "plan_id").agg(planned=waiting.due_date.min())
    key = ["la_code", "plan_id"]
    return last.left_join(planned, key).drop("la_code_right", "plan_id_right")


def _with_reviews(at: Context) -> ir.Table:
    rows = _plans(at).left_join(_reviews(at), ["la_code", "plan_id"])
    return rows.drop("la_code_right", "plan_id_right")


def first_review(at: Context) -> ir.Table:
    """Contract 3, CP-03: no review held yet."""
    rows = _with_reviews(at)
    rows = rows.filter(rows.held.fill_null(0) == 0)
    conference = at.with_today(at.record("conference", "conference_id", "plan_id", "held_date"))
    conference = conference.filter(conference.held_date <= conference.as_at)
    by_id = conference.group_by("la_code", "conference_id").agg(met=conference.held_date.min())
    by_plan = conference.filter(conference.plan_id.notnull())
    by_plan = by_plan.group_by("la_code", "plan_id").agg(met_for_plan=by_plan.held_date.min())
    rows = rows.left_join(by_id, ["la_code", "conference_id"])
    rows = rows.drop("la_code_right", "conference_id_right")
    rows = rows.left_join(by_plan, ["la_code", "plan_id"]).drop("la_code_right", "plan_id_right")
    rows = rows.mutate(counted_from=ibis.coalesce(rows.met, rows.met_for_plan, rows.start_date))
    rows = at.due(rows, by_clock=("counted_from", "cp_first_review"))
    rows = rows.mutate(due=ibis.least(rows.by_clock, ibis.coalesce(rows.planned, rows.by_clock)))
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        evidence={
            "counted_from": rows.counted_from,
            "recorded_due": rows.planned,
            "interval": str(at.policy.clock("cp_first_review")),
        },
    )


def later_review(at: Context) -> ir.Table:
    """Contract 3, CP-04: some review held."""
    rows = _with_reviews(at)
    rows = rows.filter(rows.held.fill_null(0) > 0)
    rows = at.due(rows, by_clock=("last_held", "cp_later_review"))
    rows = rows.mutate(due=ibis.least(rows.by_clock, ibis.coalesce(rows.planned, rows.by_clock)))
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        evidence={
            "last_held": rows.last_held,
            "recorded_due": rows.planned,
            "interval": str(at.policy.clock("cp_later_review")),
        },
    )


def visit_clock(at: Context, subject: ir.Table, visits: str, clock: str, severity: Severity) -> ir.Table:
    """A clock that runs from the last visit that counts, or from the start.

    Where a visit with a blank "seen" would cure the lateness, the answer is cannot_tell
    (contract 2).
    """
    rows = counted(at, subject)
    rows = rows.left_join(at.step(visits), list(PLAN))
    rows = rows.drop("la_code_right", "child_id_right", "plan_id_right", "start_date_right")
    rows = rows.mutate(
        base=ibis.coalesce(rows.last_seen, rows.count_from),
        perhaps=ibis.coalesce(rows.last_perhaps, rows.count_from),
    )
    rows = at.with_today(at.due(rows, due=("base", clock), perhaps_due=("perhaps", clock)))
    cured = (rows.due < rows.as_at) & (rows.perhaps_due >= rows.as_at)
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


def visits(at: Context) -> ir.Table:
    """Contract 3, CP-05, with the impossible rows of the plan table."""
    running = visit_clock(at, _plans(at), "cp_last_visit", "cp_visit", Severity.RED)
    every = at.with_today(
        without(
            at.record("cp_plan", "child_id", "plan_id", "start_date", "end_date", "other_council"),
            at.step("gone"),
        )
    )
    wrong = every.filter(
        impossible(every.start_date, every.end_date, every.as_at)
        & ~(every.other_council == "Y").fill_null(False)
    )
    return running.union(cannot_be(wrong, "plan_id", wrong.start_date, wrong.end_date, Severity.RED))


def seen_alone(at: Context) -> ir.Table:
    """Contract 3, CP-06: the last two visits that count, and whether the child was seen alone."""
    plans = with_birth(at, _plans(at))
    plans = plans.filter(~plans.unborn & (plans.old_enough_alone | plans.age_unknown))
    rows = at.step("cp_plan_visit")
    sure = rows.filter(rows.counts == "Y")
    place = ibis.row_number().over(
        ibis.window(
            group_by=[sure[c] for c in PLAN], order_by=[sure.visit_date.desc(), sure.visit_id_order.desc()]
        )
    )
    two = sure.mutate(place=place).filter(lambda t: t.place < 2)
    two = two.group_by(*PLAN).agg(
        visits=two.count(),
        earlier=two.visit_date.min(),
        later=two.visit_date.max(),
        alone=(two.seen_alone == "Y").fill_null(False).cast("int64").sum(),
        blank=two.seen_alone.isnull().cast("int64").sum(),
    )
    found = plans.inner_join(two, list(PLAN))
    found = found.filter((found.visits == 2) & (found.age_unknown | (found.alone == 0)))
    doubt = rows.filter(rows.counts.isnull() & ((rows.seen_alone == "Y") | rows.seen_alone.isnull()))
    doubt = doubt.group_by(*PLAN).agg(doubtful=doubt.visit_date.max())
    found = found.left_join(doubt, list(PLAN))
    found = found.drop("la_code_right", "child_id_right", "plan_id_right", "start_date_right")
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
    rows = with_birth(at, _plans(at))
    rows = rows.filter(~rows.unborn)
    rows = rows.left_join(at.step("sighting"), list(CHILD))
    rows = rows.drop("la_code_right", "child_id_right")
    rows = at.with_today(
        at.due(rows, due=("last_seen", "cp_not_seen"), perhaps_due=("last_perhaps", "cp_not_seen"))
    )
    cured = ((rows.due < rows.as_at) & (rows.perhaps_due >= rows.as_at)).fill_null(False)
    unknown = cured | rows.last_seen.isnull()
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={"last_seen": rows.last_seen, "interval": str(at.policy.clock("cp_not_seen"))},
    )


def long_plan(
    at: Context, plans: ir.Table, tiers: tuple[tuple[str, int, str], ...], always_note: str = ""
) -> ir.Table:
    """A plan that has reached a tier of months: the highest, from the day reached."""
    clocks = {f"tier_{clock}": ("start_date", clock) for clock, _, _ in tiers}
    rows = at.with_today(at.due(plans, **clocks))
    reached = [(rows[f"tier_{c}"] <= rows.as_at, c, s) for c, _, s in tiers]
    rows = rows.filter(reached[-1][0])
    reached = [((rows[f"tier_{c}"] <= rows.as_at), c, s) for c, _, s in tiers]
    severity = ibis.cases(*((hit, s) for hit, _, s in reached), else_="note")
    if always_note:
        severity = ibis.ifelse(rows[always_note], "note", severity)
    rows = rows.mutate(
        due=ibis.cases(*((hit, rows[f"tier_{c}"]) for hit, c, _ in reached), else_=ibis.null("date")),
        tier=ibis.cases(*((hit, at.policy.clock(c).n) for hit, c, _ in reached), else_=0),
        severity=severity,
    )
    return answers(
        rows,
        record="plan_id",
        due="due",
        status=Status.FLAG,
        severity=rows.severity,
        evidence={"tier": rows.tier, "start_date": rows.start_date},
    )


def long_protection_plan(at: Context) -> ir.Table:
    """Contract 3, CP-10."""
    return long_plan(at, _plans(at), TIERS)


def two_years(at: Context) -> ir.Table:
    """Contract 3, CP-11."""
    rows = at.with_today(at.due(_plans(at), due=("start_date", "cp_two_years")))
    rows = rows.filter(rows.due <= rows.as_at)
    return answers(
        rows,
        record="plan_id",
        due="due",
        status=Status.FLAG,
        severity=Severity.RED,
        evidence={"start_date": rows.start_date},
    )


def second_plan(at: Context) -> ir.Table:
    """Contract 3, CP-12: an earlier plan, another council's too, by start dates only."""
    earlier = at.record("cp_plan", "child_id", "start_date", "end_date")
    earlier = at.due(earlier.filter(earlier.start_date.notnull()), recent_until=("end_date", "second_plan"))
    earlier = earlier.select(
        e_la="la_code",
        e_child="child_id",
        e_start="start_date",
        e_end="end_date",
        recent_until="recent_until",
    )
    plans = _plans(at)
    pairs = plans.inner_join(
        earlier,
        [
            plans.la_code == earlier.e_la,
            plans.child_id == earlier.e_child,
            earlier.e_start < plans.start_date,
        ],
    )
    recent = pairs.e_end.isnull() | (pairs.recent_until >= pairs.start_date)
    found = (
        pairs.mutate(recent=recent)
        .group_by(*CHILD, "plan_id", "start_date")
        .agg(
            within=lambda t: t.recent.max(),
            last_start=lambda t: t.e_start.max(),
            last_end=lambda t: t.e_end.max(),
        )
    )
    return answers(
        found,
        record="plan_id",
        status=Status.FLAG,
        severity=ibis.ifelse(found.within, "red", "amber"),
        evidence={
            "within_24_months": found.within,
            "start_date": found.start_date,
            "earlier_start": found.last_start,
            "earlier_end": found.last_end,
        },
    )


_CP = ("cp_plan",)
_RED, _AMBER, _NOTE = Severity.RED, Severity.AMBER, Severity.NOTE

CHILD_PROTECTION_RULES = (
    Rule(
        "CP-03",
        "First review conference",
        "Which plans are past their first review?",
        Who.CHAIR,
        Authority.GUIDANCE,
        (_RED,),
        "Working Together 2023; practice-standards CP-03",
        "child",
        "plan",
        ("cp_first_review",),
        (*_CP, "cp_review", "conference"),
        first_review,
    ),
    Rule(
        "CP-04",
        "Later review conference",
        "Which plans are past their next review?",
        Who.CHAIR,
        Authority.GUIDANCE,
        (_RED,),
        "Working Together 2023; practice-standards CP-04",
        "child",
        "plan",
        ("cp_later_review",),
        (*_CP, "cp_review"),
        later_review,
    ),
    Rule(
        "CP-05",
        "Visits to children on protection plans",
        "Which children on a protection plan were not seen in time?",
        Who.WORKER,
        Authority.NORM,
        (_RED,),
        "common practice; the plan sets it",
        "child",
        "plan",
        ("cp_visit",),
        (*_CP, "cp_visit"),
        visits,
        "A tighter interval agreed in the child's own plan is not in the extract.",
    ),
    Rule(
        "CP-06",
        "Seen alone",
        "Which children were not seen alone at either of the last two visits?",
        Who.WORKER,
        Authority.NORM,
        (_AMBER,),
        "practice-standards CP-06",
        "child",
        "plan",
        ("alone_from_age",),
        (*_CP, "cp_visit", "child"),
        seen_alone,
        "Whether it was safe or sensible to see this child alone.",
    ),
    Rule(
        "CP-08",
        "Not seen for four weeks",
        "Which children on a protection plan has nobody seen?",
        Who.MANAGER,
        Authority.NORM,
        (_RED,),
        "practice-standards CP-08",
        "child",
        "plan",
        ("cp_not_seen",),
        (*_CP, "cp_visit", "cin_visit", "care_visit"),
        not_seen,
        "Sightings by schools or health visitors are not in the extract.",
    ),
    Rule(
        "CP-10",
        "Long protection plan",
        "Which plans have run 9, 12, 15 or 21 months?",
        Who.CHAIR,
        Authority.NORM,
        (_NOTE, _AMBER, _RED),
        "practice-standards CP-10",
        "child",
        "plan",
        tuple(t[0] for t in TIERS),
        _CP,
        long_protection_plan,
    ),
    Rule(
        "CP-11",
        "Protection plan of two years",
        "Which plans have run two years or more?",
        Who.CHAIR,
        Authority.NORM,
        (_RED,),
        "DfE measure",
        "child",
        "plan",
        ("cp_two_years",),
        _CP,
        two_years,
    ),
    Rule(
        "CP-12",
        "Second or later plan",
        "Which children have had a protection plan before?",
        Who.CHAIR,
        Authority.NORM,
        (_AMBER, _RED),
        "DfE measure; practice-standards CP-12",
        "child",
        "plan",
        ("second_plan",),
        _CP,
        second_plan,
        "Plans closed more than six years ago are not in the extract.",
    ),
)
