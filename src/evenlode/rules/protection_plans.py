"""Protection plans: core groups, reports to conference, the bedroom, birth, and the months after a plan."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside, without
from evenlode.position.key_dates import (
    awaited,
    before_list,
    last_done,
    named_by_date,
    of_kind,
    with_list_start,
)
from evenlode.position.visits import PLAN
from evenlode.record.key_dates import need_of
from evenlode.rules.plan_visits import OTHER_AGENCY, newest_visits, not_seen_by_any
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

CORE_GROUP = "core group"


def _with_core_groups(at: Context) -> ir.Table:
    """Open plans with `begun` (conference, else start), core groups since: last_met, and planned next."""
    plans = at.step("plan_begun")
    plans = plans.mutate(begun=ibis.coalesce(plans.met, plans.start_date))
    named = plans.select(*CHILD, "plan_id", "begun")
    met = named.inner_join(of_kind(at, CORE_GROUP).select(*CHILD, "done_date"), list(CHILD))
    met = met.filter(met.done_date >= met.begun)
    met = met.group_by("la_code", "plan_id").agg(last_met=met.done_date.max())
    next_one = named.inner_join(awaited(at, CORE_GROUP).select(*CHILD, "due_date"), list(CHILD))
    next_one = beside(next_one, met, keys=("la_code", "plan_id"))
    after = ibis.coalesce(next_one.last_met, next_one.begun)
    next_one = next_one.filter(next_one.due_date > after)
    next_one = next_one.group_by("la_code", "plan_id").agg(planned=next_one.due_date.min())
    return beside(plans, met, next_one, keys=("la_code", "plan_id"))


def first_core_group(at: Context) -> ir.Table:
    """practice-standards CP-01: no core group has met since the conference that made the plan."""
    rows = _with_core_groups(at)
    rows = at.due(rows.filter(rows.last_met.isnull()), due=("begun", "first_core_group"))
    rows = with_list_start(at, rows, CORE_GROUP)
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(before_list(rows), str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "counted_from": rows.begun,
            "interval": str(at.policy.clock("first_core_group")),
            "list_begins": rows.since,
        },
    )


def later_core_group(at: Context) -> ir.Table:
    """practice-standards CP-02: the next core group, by the interval or as planned where that is sooner."""
    rows = _with_core_groups(at)
    rows = at.due(rows.filter(rows.last_met.notnull()), by=("last_met", "later_core_group"))
    rows = rows.mutate(due=ibis.least(rows.by, ibis.coalesce(rows.planned, rows.by)))
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.AMBER,
        evidence={
            "last_met": rows.last_met,
            "planned": rows.planned,
            "interval": str(at.policy.clock("later_core_group")),
        },
    )


def bedroom(at: Context) -> ir.Table:
    """practice-standards CP-07: the bedroom was seen on none of the last visits that count."""
    wanted = int(at.policy.numbers["bedroom_visits"])
    plans = at.step("own_plan").filter(lambda t: ~t.unborn)
    visits = at.step("cp_plan_visit")
    found = plans.inner_join(newest_visits(visits, "bedroom", wanted), list(PLAN))
    found = found.filter((found.visits == wanted) & (found.yes == 0))
    doubt = visits.filter(visits.counts.isnull() & ((visits.bedroom == "Y") | visits.bedroom.isnull()))
    doubt = doubt.group_by(*PLAN).agg(doubtful=doubt.visit_date.max())
    found = beside(found, doubt, keys=PLAN)
    unknown = (found.blank > 0) | (found.doubtful >= found.earlier).fill_null(False)
    return answers(
        found,
        record="plan_id",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), str(Status.BREACH)),
        evidence={
            "last_visit": found.later,
            "since": found.earlier,
            "visits": wanted,
            "bedroom_blank": found.blank,
        },
    )


def closed_soon_after(at: Context) -> ir.Table:
    """practice-standards CP-13: closed within three months of a protection plan's end, and still closed."""
    plans = at.record("cp_plan", "child_id", "start_date", "end_date", "other_council")
    ended = plans.filter(
        (plans.end_date <= at.as_at)
        & (plans.end_date >= plans.start_date)
        & ~(plans.other_council == "Y").fill_null(False)
    )
    ended = ended.group_by(*CHILD).agg(plan_ended=ended.end_date.max())
    rows = at.record("episode", "child_id", "episode_id", "referral_date", "close_date", "close_reason")
    rows = rows.filter(
        (rows.close_date <= at.as_at)
        & (rows.close_date >= rows.referral_date)
        & ~at.listed(rows.close_reason, "closed_for_good")
    )
    rows = without(without(rows, at.step("gone")), at.step("open_child"))
    born = at.record("child", "child_id", "dob")
    born = born.group_by(*CHILD).agg(born_on=born.dob.max())
    rows = beside(rows.inner_join(ended, list(CHILD)), born)
    rows = at.due(
        rows,
        support_until=("plan_ended", "step_down"),
        shown_until=("close_date", "step_down"),
        adult=("born_on", "adult"),
    )
    rows = rows.filter(
        (rows.close_date >= rows.plan_ended)
        & (rows.close_date < rows.support_until)
        & (rows.shown_until > at.as_at)
        & ~(rows.adult <= at.as_at).fill_null(False)
    )
    return answers(
        rows,
        record="episode_id",
        status=Status.FLAG,
        severity=Severity.AMBER,
        evidence={
            "plan_ended": rows.plan_ended,
            "closed": rows.close_date,
            "help_until": rows.support_until,
            "interval": str(at.policy.clock("step_down")),
        },
    )


def conference_report(at: Context) -> ir.Table:
    """practice-standards CP-14: a report is shared some working days before the conference.

    A conference while a plan runs is a review; any other is a first one.
    """
    rows = named_by_date(awaited(at, "conference report"))
    plan = at.record("cp_plan", "child_id", "start_date", "end_date").select(
        p_la="la_code", p_child="child_id", p_start="start_date", p_end="end_date"
    )
    on_plan = rows.inner_join(
        plan,
        [
            rows.la_code == plan.p_la,
            rows.child_id == plan.p_child,
            plan.p_start < rows.start_date,
            plan.p_start <= at.as_at,
            plan.p_end.isnull() | (plan.p_end >= rows.start_date),
        ],
    )
    on_plan = on_plan.select(*CHILD, "start_date", review=ibis.literal(True)).distinct()
    rows = beside(rows, on_plan, keys=(*CHILD, "start_date"))
    rows = at.due(
        rows,
        by_first=("start_date", "report_first_conference_before"),
        by_review=("start_date", "report_review_conference_before"),
        shown_until=("start_date", "report_shown"),
    )
    review = rows.review.fill_null(False)
    rows = rows.filter(rows.start_date.isnull() | (rows.shown_until > at.as_at))
    rows = rows.mutate(due=ibis.ifelse(review, rows.by_review, rows.by_first))
    return answers(
        rows,
        record="record",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(rows.start_date.isnull(), str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "conference": rows.start_date,
            "review": rows.review.fill_null(False),
            "first_conference": str(at.policy.clock("report_first_conference")),
            "review_conference": str(at.policy.clock("report_review_conference")),
        },
    )


def after_birth(at: Context) -> ir.Table:
    """practice-standards CP-15: a child born on a plan, and no review or core group since."""
    rows = at.step("own_plan").filter(lambda t: t.born_on > t.start_date)
    rows = rows.select(*CHILD, "plan_id", "start_date", "born_on")
    held = at.step("plan_review").select("la_code", "plan_id", "last_held")
    rows = beside(beside(rows, last_done(at, CORE_GROUP)), held, keys=("la_code", "plan_id"))
    met = ibis.greatest(
        ibis.coalesce(rows.last_done, rows.last_held), ibis.coalesce(rows.last_held, rows.last_done)
    )
    rows = at.due(rows.filter(~(met >= rows.born_on).fill_null(False)), due=("born_on", "review_after_birth"))
    rows = with_list_start(at, rows, CORE_GROUP)
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(before_list(rows), str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "counted_from": rows.born_on,
            "interval": str(at.policy.clock("review_after_birth")),
            "list_begins": rows.since,
        },
    )


def full_visit(at: Context) -> ir.Table:
    """practice-standards section 3, two clocks: a visit at home at which the child was seen alone.

    Silent unless the council asks for it (two_visit_clocks).  Where a visit does not say whether it was
    at home or alone and would cure the lateness, the answer is cannot_tell.
    """
    wanted = bool(at.policy.numbers["two_visit_clocks"])
    plans = at.step("own_plan").filter(lambda t: ~t.unborn & ibis.literal(wanted))
    note = at.record("visit_note", "child_id", "visit_date", "at_home")
    note = note.group_by(*CHILD, "visit_date").agg(at_home=note.at_home.max())
    visits = beside(at.step("cp_plan_visit"), note, keys=(*CHILD, "visit_date"))
    full = (visits.counts == "Y") & (visits.seen_alone == "Y") & (visits.at_home == "Y")
    less = (visits.seen_alone == "N") | (visits.at_home == "N")
    visits = visits.mutate(full=full.fill_null(False), perhaps=~less.fill_null(False))
    never = ibis.null("date")
    last = visits.group_by(*PLAN).agg(
        last_full=ibis.ifelse(visits.full, visits.visit_date, never).max(),
        last_perhaps=ibis.ifelse(visits.perhaps, visits.visit_date, never).max(),
    )
    rows = beside(plans, last, keys=PLAN)
    rows = rows.mutate(
        base=ibis.coalesce(rows.last_full, rows.count_from),
        doubt=ibis.coalesce(rows.last_perhaps, rows.count_from),
    )
    rows = at.due(rows, due=("base", "cp_full_visit"), doubt_due=("doubt", "cp_full_visit"))
    cured = (rows.due < at.as_at) & (rows.doubt_due >= at.as_at)
    return answers(
        rows,
        record="plan_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(cured, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "counted_from": rows.base,
            "last_full_visit": rows.last_full,
            "visit_that_does_not_say": ibis.ifelse(cured, rows.last_perhaps, never),
            "interval": str(at.policy.clock("cp_full_visit")),
        },
    )


_RED, _AMBER = Severity.RED, Severity.AMBER
_LIST_BEGINS = "A plan whose date fell before the council's list of core groups begins cannot be judged."

PROTECTION_PLAN_RULES = (
    Rule(
        "CP-01",
        "First core group",
        "On which plans has no core group met since the conference?",
        Who.WORKER,
        Authority.GUIDANCE,
        (_RED,),
        "Working Together 2023; practice-standards CP-01; key dates of the kind core group",
        "child",
        "plan",
        ("first_core_group",),
        ("cp_plan", "conference", need_of(CORE_GROUP)),
        first_core_group,
        _LIST_BEGINS,
    ),
    Rule(
        "CP-02",
        "Later core groups",
        "On which plans is the next core group late?",
        Who.WORKER,
        Authority.NORM,
        (_AMBER,),
        "practice-standards CP-02; key dates of the kind core group",
        "child",
        "plan",
        ("later_core_group",),
        ("cp_plan", "conference", need_of(CORE_GROUP)),
        later_core_group,
        "Who came is not asked.",
    ),
    Rule(
        "CP-05b",
        "Fuller visits to children on protection plans",
        "Which children on a protection plan had no visit at home and alone in six weeks?",
        Who.WORKER,
        Authority.NORM,
        (_RED,),
        "practice-standards section 3 (two clocks); whether a visit was at home is in the visit notes",
        "child",
        "plan",
        ("two_visit_clocks", "cp_full_visit"),
        ("cp_plan", "cp_visit"),
        full_visit,
        "Asked only where the council has two clocks (visits: {cp: cp-6wk-stat}).",
    ),
    Rule(
        "CP-07",
        "Bedroom not seen",
        "Which children's bedrooms were not seen at either of the last two visits?",
        Who.WORKER,
        Authority.NORM,
        (_AMBER,),
        "practice-standards CP-07",
        "child",
        "plan",
        ("bedroom_visits",),
        ("cp_plan", "cp_visit:history", "cp_visit.bedroom"),
        bedroom,
        "A visit at school or elsewhere counts as one without the bedroom.",
    ),
    Rule(
        "CP-08b",
        "Not seen by any agency for six weeks",
        "Which children on a protection plan has no agency seen for six weeks?",
        Who.HEAD,
        Authority.NORM,
        (_RED,),
        "practice-standards CP-08; key dates of the kind seen by another agency",
        "child",
        "plan",
        ("cp_not_seen_by_any", "agency_did_not_see"),
        ("cp_plan", "cp_visit", "cin_visit", "care_visit", need_of(OTHER_AGENCY)),
        not_seen_by_any,
        "A sighting that nobody passed on to the council. While the council's list of these is younger than "
        "six weeks, a child who seems unseen cannot be told.",
    ),
    Rule(
        "CP-13",
        "Closed soon after a protection plan",
        "Which children were closed within three months of a protection plan's end?",
        Who.MANAGER,
        Authority.NORM,
        (_AMBER,),
        "practice-standards CP-13",
        "child",
        "referral",
        ("step_down", "adult"),
        ("cp_plan.end_date", "episode.close_date", "child"),
        closed_soon_after,
        "Shown for three months after closing; help by other services is not in the extract.",
    ),
    Rule(
        "CP-14",
        "Report to a conference",
        "Which reports were not shared in time for a conference?",
        Who.WORKER,
        Authority.NORM,
        (_AMBER,),
        "practice-standards CP-14; key dates of the kind conference report",
        "child",
        "date of the conference",
        ("report_first_conference", "report_review_conference", "report_shown"),
        ("cp_plan", need_of("conference report")),
        conference_report,
        "A conference for which the list holds no report is not asked about; nor is a report shared late.",
    ),
    Rule(
        "CP-15",
        "Review after birth",
        "Which children born on a plan have had no review or core group since?",
        Who.CHAIR,
        Authority.NORM,
        (_AMBER,),
        "practice-standards CP-15; key dates of the kind core group",
        "child",
        "plan",
        ("review_after_birth",),
        ("cp_plan", "child", "cp_review", need_of(CORE_GROUP)),
        after_birth,
        "Whether the mother was well enough. " + _LIST_BEGINS,
    ),
)
