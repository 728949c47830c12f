"""From one team and worker to the next: late hand-overs, changes and gaps."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import CHILD, Context, beside, latest
from evenlode.position.key_dates import of_kind
from evenlode.rules.rule import Rule, Severity, Status, Who, answers


def _late(at: Context, rows: ir.Table, clock: str, *, record: str | None = None) -> ir.Table:
    """What is not handed over; rows have `base`, and `due` where it is not counted from base.

    A child who had a worker by then and has lost them since is not late here: AL-01 shows that.
    """
    if "due" not in rows.columns:
        rows = at.due(rows, due=("base", clock))
    rows = rows.filter(
        (rows.transferred_on.isnull() | (rows.transferred_on < rows.base))
        & (rows.waiting_since.isnull() | (rows.waiting_since <= rows.due))
    )
    return answers(
        rows,
        record=record,
        due="due",
        severity=Severity.AMBER,
        evidence={
            "counted_from": rows.base,
            "held_by": rows.held_by,
            "transfer_asked": rows.asked,
            "interval": str(at.policy.clock(clock)),
        },
    )


def long_term_worker(at: Context) -> ir.Table:
    """AL-09: after an assessment that leads on, a named worker of a long-term team."""
    done = at.record(
        "assessment",
        "child_id",
        "assessment_id",
        "assessment_id_order",
        "authorised_date",
        "no_further_action",
    )
    done = done.filter(done.authorised_date <= at.as_at)
    done = latest(done, CHILD, newest=[done.authorised_date.desc(), done.assessment_id_order.desc()])
    rows = at.step("waiting_for_long_term").inner_join(done, list(CHILD))
    goes_on = rows.is_cp | rows.is_care | rows.is_cin | (rows.no_further_action == "N").fill_null(False)
    rows = rows.filter(goes_on & (rows.authorised_date >= rows.episode_start))
    asked = rows.asked >= rows.authorised_date
    rows = rows.mutate(base=ibis.ifelse(asked.fill_null(False), rows.asked, rows.authorised_date))
    return _late(at, rows, "long_term_worker", record="assessment_id")


def plan_handover(at: Context) -> ir.Table:
    """AL-10: the receiving worker of a child on a protection plan, by the first core group."""
    plan = at.step("own_plan").select(*CHILD, "plan_id", base="start_date")
    rows = at.step("waiting_for_long_term").inner_join(plan, list(CHILD))
    return _late(at, rows, "plan_handover", record="plan_id")


def care_handover(at: Context) -> ir.Table:
    """AL-11: the receiving worker of a looked-after child, after the first review and by the second."""
    period = at.step("period_review")
    period = period.filter(period.first_held.notnull())
    period = period.select(*CHILD, "period_id", "held", "last_held", base="first_held")
    rows = at.step("waiting_for_long_term").inner_join(period, list(CHILD))
    rows = at.due(rows, planned=("base", "care_handover"))
    rows = rows.mutate(due=ibis.ifelse(rows.held == 2, rows.last_held, rows.planned))
    return _late(at, rows, "care_handover", record="period_id")


def many_changes(at: Context) -> ir.Table:
    """CW-03 and CW-04: three changes of lead worker or more in 12 months, with the workers beside."""
    rows = at.step("lead_handover")
    rows = rows.group_by(*CHILD).agg(changes=rows.count(), last_change=rows.start_date.max())
    limit = int(at.policy.numbers["changes_in_window"])
    rows = beside(rows.filter(rows.changes >= limit), at.step("lead_changes").select(*CHILD, "workers"))
    return answers(
        rows,
        status=Status.BREACH,
        severity=Severity.AMBER,
        evidence={
            "changes": rows.changes,
            "limit": limit,
            "different_workers": rows.workers,
            "last_change": rows.last_change,
            "window_months": int(at.policy.numbers["worker_window_months"]),
        },
    )


def no_goodbye(at: Context) -> ir.Table:
    """CW-07: a change of lead worker without a hand-over visit, for as long as it can be made good."""
    rows = at.step("lead_handover")
    rows = latest(rows, CHILD, newest=[rows.start_date.desc(), rows.worker_id.desc()])
    met = of_kind(at, "hand-over visit")
    met = at.due(met.filter(met.done_date.notnull()), counts_until=("done_date", "handover_visit_before"))
    met = met.select(m_la="la_code", m_child="child_id", counts_until="counts_until")
    done = rows.inner_join(
        met,
        [rows.la_code == met.m_la, rows.child_id == met.m_child, met.counts_until >= rows.start_date],
    )
    rows = rows.anti_join(done.select(*CHILD).distinct(), list(CHILD))
    rows = at.due(
        rows, due=("start_date", "handover_visit"), shown_until=("start_date", "handover_visit_shown")
    )
    rows = rows.filter(rows.shown_until >= at.as_at)
    return answers(
        rows,
        due="due",
        severity=Severity.NOTE,
        evidence={"changed_on": rows.start_date, "interval": str(at.policy.clock("handover_visit"))},
    )


def gap_between(at: Context) -> ir.Table:
    """CW-08: days without a lead worker between two; red where one such gap is over five working days."""
    rows = at.step("lead_gap")
    rows = rows.group_by(*CHILD).agg(
        gaps=rows.count(),
        longest=rows.days.max(),
        last_from=rows.ended.max(),
        last_to=rows.start_date.max(),
        long=rows.long.max(),
    )
    return answers(
        rows,
        status=Status.FLAG,
        severity=ibis.ifelse(rows.long, "red", "note"),
        evidence={
            "gaps": rows.gaps,
            "longest_days": rows.longest,
            "last_ended": rows.last_from,
            "next_began": rows.last_to,
            "red_over": str(at.policy.clock("gap_limit")),
        },
    )


_HISTORY = ("involvement", "involvement.start_date", "involvement:history")
_TEAMS = (*_HISTORY, "worker", "team", "involvement.team_id")
_WORDS = "Teams whose names do not show whether they pass children on (policy list short_term_teams)."
_AMBER = Severity.AMBER

HANDOVER_RULES = (
    Rule(
        "AL-09",
        "From assessment to a long-term worker",
        "Which assessed children are still with an assessment team, or nobody, five working days on?",
        Who.MANAGER,
        Authority.LOCAL,
        (_AMBER,),
        "Ofsted on Cambridgeshire 2022; practice-standards AL-09 (the days are a house default)",
        "child",
        "assessment",
        ("long_term_worker", "short_term_teams"),
        (*_TEAMS, "assessment"),
        long_term_worker,
        _WORDS,
    ),
    Rule(
        "AL-10",
        "Protection plan not handed over",
        "Which children on a protection plan are still with a short-term team, or nobody, when the first "
        "core group is due?",
        Who.MANAGER,
        Authority.NORM,
        (_AMBER,),
        "Bexley and Wirral; practice-standards AL-10",
        "child",
        "plan",
        ("plan_handover", "short_term_teams"),
        (*_TEAMS, "cp_plan"),
        plan_handover,
        _WORDS,
    ),
    Rule(
        "AL-11",
        "Looked-after child not handed over",
        "Which looked-after children are still with a short-term team, or nobody, at their second review?",
        Who.MANAGER,
        Authority.NORM,
        (_AMBER,),
        "Bexley; practice-standards AL-11",
        "child",
        "period of care",
        ("care_handover", "short_term_teams"),
        (*_TEAMS, "care_episode", "care_review", "legal_status"),
        care_handover,
        _WORDS,
    ),
    Rule(
        "CW-04",
        "Three or more changes of worker",
        "Which children changed their lead worker three times or more in 12 months?",
        Who.HEAD,
        Authority.LOCAL,
        (_AMBER,),
        "practice-standards CW-03, CW-04 and CW-05 (house default)",
        "child",
        "",
        ("changes_in_window", "worker_window_months", "same_worker_back", "changes_not_counted"),
        _HISTORY,
        many_changes,
        "Whether a change was for the child's good.  Different workers are counted by CW-02.",
    ),
    Rule(
        "CW-07",
        "Change without a goodbye",
        "Which children changed worker in the last three months without a hand-over visit?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.NOTE,),
        "Ofsted on Windsor and Maidenhead; practice-standards CW-07; key date: hand-over visit",
        "child",
        "",
        ("handover_visit", "handover_visit_before", "handover_visit_shown"),
        (*_HISTORY, "key_date=hand-over visit"),
        no_goodbye,
        "A goodbye that was said and not recorded.",
    ),
    Rule(
        "CW-08",
        "Gap between two workers",
        "Which children were without a lead worker between two in the last 12 months, and how long?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.RED, Severity.NOTE),
        "practice-standards CW-08 and DR-13 (house default)",
        "child",
        "",
        ("gap_limit", "worker_window_months"),
        _HISTORY,
        gap_between,
        "Time with a duty tray or a leaver as lead, and a gap that runs today: AL-01 shows that.",
    ),
)
