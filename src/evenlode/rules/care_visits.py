"""Visits to looked-after children that the general clock does not cover (CLA-V5, V6, V8, V9, V10)."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, active, beside, latest, only, without
from evenlode.position.key_dates import of_kind
from evenlode.position.living import so_many_days_after
from evenlode.position.visits import PLAN
from evenlode.rules.looked_after import visits_of
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers

_REGULATION = "Care Planning, Placement and Case Review (England) Regulations 2010, reg. 28"
_NEEDS = ("care_episode", "placement", "care_visit", "legal_status")


def _at_home(at: Context) -> ir.Table:
    """Current placements with parents, not under an interim order, with the general visit clock."""
    now = at.step("placement_now")
    home = now.filter(at.listed(now.placement_type, "with_parents_placements"))
    rows = only(at.step("placement_clock"), home)
    rows = rows.filter(~rows.weekly)
    perhaps = at.step("placement_last_visit").select(*PLAN, "last_perhaps")
    return beside(rows, perhaps, keys=PLAN)


def _stricter(rows: ir.Table, interval: str) -> ir.Table:
    """The answers of a further clock: only where it runs out before the general one does.

    rows: with `own_due`, and `perhaps_due` if visits with a blank "seen" count.
    """
    rows = rows.filter(rows.own_due < rows.due)
    return answers(
        rows.mutate(further_due=rows.own_due),
        record="plan_id",
        due="further_due",
        severity=Severity.RED,
        status=_unless_cured(rows),
        evidence={
            "placement_start": rows.start_date,
            "last_seen": rows.last_seen,
            "counted_from": rows.counted_from,
            "reviewed_since_start": rows.reviewed.fill_null(False),
            "interval": interval,
        },
    )


def _unless_cured(rows: ir.Table) -> ir.StringValue:
    """Late, unless a visit with a blank "seen" would have made it good."""
    return ibis.ifelse(rows.cured_by_blank, str(Status.CANNOT_TELL), RUNNING)


def before_assessed(at: Context) -> ir.Table:
    """CLA-V6: at home before the assessment was finished: weekly until a review, then six weeks."""
    rows = without(_at_home(at), at.step("on_full_order"))
    assessment = at.record("assessment", "child_id", "start_date", "authorised_date")
    assessment = assessment.select(
        a_la="la_code", a_child="child_id", a_start="start_date", a_end="authorised_date"
    )
    rows = rows.semi_join(
        assessment,
        [
            rows.la_code == assessment.a_la,
            rows.child_id == assessment.a_child,
            active(assessment.a_start, assessment.a_end, rows.start_date),
        ],
    )
    reviewed = rows.reviewed.fill_null(False)
    rows = rows.mutate(
        counted_from=ibis.coalesce(rows.last_seen, rows.count_from),
        perhaps_from=ibis.coalesce(rows.last_perhaps, rows.count_from),
        after_review=reviewed,
    )
    rows = at.due(
        rows,
        weekly_due=("counted_from", "care_visit_weekly"),
        later_due=("counted_from", "care_visit"),
        weekly_perhaps=("perhaps_from", "care_visit_weekly"),
        later_perhaps=("perhaps_from", "care_visit"),
    )
    own = ibis.ifelse(rows.after_review, rows.later_due, rows.weekly_due)
    perhaps = ibis.ifelse(rows.after_review, rows.later_perhaps, rows.weekly_perhaps)
    rows = rows.mutate(own_due=own, cured_by_blank=(own < at.as_at) & (perhaps >= at.as_at))
    return _stricter(rows, str(at.policy.clock("care_visit_weekly")))


def home_under_order(at: Context) -> ir.Table:
    """CLA-V8: at home under a full care order: within a week of the order, then every six weeks."""
    rows = beside(only(_at_home(at), at.step("on_full_order")), at.step("on_full_order"))
    rows = rows.mutate(counted_from=ibis.greatest(rows.count_from, rows.order_since))
    rows = at.due(
        rows,
        first_due=("counted_from", "care_first_visit"),
        later_due=("last_seen", "care_visit"),
        later_perhaps=("last_perhaps", "care_visit"),
    )
    own = ibis.ifelse(rows.last_seen >= rows.counted_from, rows.later_due, rows.first_due)
    own = own.fill_null(rows.first_due)
    perhaps = ibis.ifelse(rows.last_perhaps >= rows.counted_from, rows.later_perhaps, rows.first_due)
    cured = (own < at.as_at) & (perhaps >= at.as_at).fill_null(False)
    rows = rows.mutate(own_due=own, cured_by_blank=cured)
    return _stricter(rows, str(at.policy.clock("care_first_visit")))


def short_breaks(at: Context) -> ir.Table:
    """CLA-V9: in a series of short breaks, as often as the child's own plan says."""
    rows = at.record("legal_status", "child_id", "legal_status_id", "status", "start_date", "end_date")
    rows = rows.filter(
        active(rows.start_date, rows.end_date, at.as_at) & at.listed(rows.status, "short_break_statuses")
    )
    rows = without(only(rows, at.step("on_short_breaks")), at.step("gone"))
    rows = latest(rows, CHILD, newest=[rows.start_date.desc(), rows.legal_status_id.desc()])
    rows = rows.select(*CHILD, "legal_status_id", series_start="start_date")
    visits = at.record("care_visit", "child_id", "visit_date", "seen")
    visits = visits.filter((visits.visit_date <= at.as_at) & ((visits.seen == "Y") | visits.seen.isnull()))
    visits = visits.inner_join(rows.select(*CHILD, "series_start"), list(CHILD))
    visits = visits.filter(visits.visit_date >= visits.series_start)
    sure = ibis.ifelse(visits.seen == "Y", visits.visit_date, ibis.null("date"))
    last = visits.group_by(*CHILD).agg(last_seen=sure.max(), last_perhaps=visits.visit_date.max())
    plan = at.record("plan_interval", "child_id", "visit_every_days")
    plan = plan.filter((plan.visit_every_days > 0) & (plan.visit_every_days <= 366))
    plan = plan.group_by(*CHILD).agg(every=plan.visit_every_days.min().cast("int64"))
    rows = beside(rows, last, plan)
    rows = rows.mutate(
        counted_from=ibis.coalesce(rows.last_seen, rows.series_start),
        perhaps_from=ibis.coalesce(rows.last_perhaps, rows.series_start),
    )
    rows = so_many_days_after(rows, "counted_from", "every", "due")
    rows = so_many_days_after(rows, "perhaps_from", "every", "perhaps_due")
    cured = (rows.due < at.as_at) & (rows.perhaps_due >= at.as_at)
    unknown = rows.every.isnull() | cured.fill_null(False)
    return answers(
        rows,
        record="legal_status_id",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "series_start": rows.series_start,
            "last_seen": rows.last_seen,
            "visit_every_days": rows.every,
        },
    )


def requested(at: Context) -> ir.Table:
    """CLA-V10: a visit that the child or the carer asked for, and that nobody made."""
    rows = only(of_kind(at, "visit requested"), at.step("period_open"))
    rows = rows.filter(rows.done_date.isnull())
    rows = at.due(rows, house_due=("start_date", "visit_requested"))
    rows = rows.mutate(answer_by=ibis.coalesce(rows.due_date, rows.house_due))
    rows = rows.group_by(*CHILD, "start_date").agg(due=rows.answer_by.min())
    visits = at.record("care_visit", "child_id", "visit_date", "seen")
    visits = visits.filter(
        (visits.visit_date <= at.as_at) & ((visits.seen == "Y") | visits.seen.isnull())
    ).select(v_la="la_code", v_child="child_id", v_date="visit_date", v_seen="seen")
    since = rows.left_join(
        visits,
        [
            rows.la_code == visits.v_la,
            rows.child_id == visits.v_child,
            visits.v_date >= rows.start_date,
        ],
    )
    rows = since.group_by(*CHILD, "start_date", "due").agg(
        made=(since.v_seen == "Y").fill_null(False).max(), perhaps=since.v_date.notnull().max()
    )
    rows = rows.filter(~rows.made)
    asked = ibis.literal("visit requested ") + rows.start_date.cast("string")
    rows = rows.mutate(asked=asked.fill_null("visit requested"))
    unknown = rows.due.isnull() | (rows.perhaps & (rows.due < at.as_at))
    return answers(
        rows,
        record="asked",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={"asked_on": rows.start_date, "interval": str(at.policy.clock("visit_requested"))},
    )


CARE_VISIT_RULES = (
    Rule(
        "CLA-V5",
        "Visits in a formal long-term foster home",
        "Which children, who agreed to fewer visits, were not visited in time?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATION}, as amended in 2015; practice-standards CLA-V5",
        "child",
        "placement",
        ("care_visit_seldom", "seldom_visited_placements"),
        _NEEDS,
        visits_of("CLA-V5", "care_visit_seldom"),
        "Whether the child is old enough and agreed. It holds only where the council has named the placement "
        "types and the child's own plan says how often; everywhere else CLA-V4 stands.",
    ),
    Rule(
        "CLA-V6",
        "At home before the assessment was finished",
        "Which children placed at home early were not visited weekly, or every six weeks once reviewed?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATION}; reg. 19",
        "child",
        "placement",
        ("care_visit_weekly", "care_visit"),
        (*_NEEDS, "care_review", "assessment"),
        before_assessed,
        "Whether the assessment open when the placement began is the one of the parents. Shown beside "
        "CLA-V1 to V4, and only where it asks for a visit sooner.",
    ),
    Rule(
        "CLA-V8",
        "At home under a full care order",
        "Which children at home were not visited within a week of the order, and every six weeks?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        _REGULATION,
        "child",
        "placement",
        ("care_first_visit", "care_visit", "full_care_orders"),
        _NEEDS,
        home_under_order,
        "Shown beside CLA-V1 to V4, and only where it asks for a visit sooner.",
    ),
    Rule(
        "CLA-V9",
        "Visits during short breaks",
        "Which children on short breaks were not visited as often as was agreed?",
        Who.WORKER,
        Authority.STATUTE,
        (Severity.RED,),
        f"{_REGULATION}; the interval is the child's own plan's",
        "child",
        "legal status",
        ("short_break_statuses",),
        ("legal_status", "care_visit", "plan_interval.visit_every_days"),
        short_breaks,
        "Visits recorded in another list than the visits to looked-after children.",
    ),
    Rule(
        "CLA-V10",
        "Visit asked for",
        "Which children or carers asked for a visit that nobody made?",
        Who.WORKER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "reg. 28 for the duty, which names no number of days; key date: visit requested",
        "child",
        "key date",
        ("visit_requested",),
        ("care_episode", "care_visit", "key_date=visit requested"),
        requested,
        "Whether the request was reasonable, and requests that nobody wrote down.",
    ),
)
