"""What makes a team unsteady: too many new workers, no manager, a manager of too many."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.context import Context
from evenlode.position.experience import UNKNOWN
from evenlode.position.people import WORKER
from evenlode.rules.rule import Rule, Severity, Status, Who, answers

TEAM = ("la_code", "team_id")
EXACT = "decimal(18, 2)"


def new_share(at: Context) -> ir.Table:
    """NQ-11: at least 40 in a hundred of the hours that hold children are newly qualified (under 2 years).

    Workers of unknown hours count as full-time.  Those of whom nothing is known decide nothing: where
    they would tip the team over, it cannot be told.
    """
    led = at.step("lead").semi_join(at.step("open_child"), ["la_code", "child_id"])
    rows = at.step("worker_experience").semi_join(led, list(WORKER))
    rows = rows.filter(~rows.placeholder & ~rows.left & ~rows.student)
    rows = rows.inner_join(at.step("worker_team"), list(WORKER))
    hours = rows.fte.fill_null(1).cast(EXACT)
    nothing = ibis.literal(0).cast(EXACT)
    unsure = (rows.band == UNKNOWN) & ~rows.new
    rows = rows.select(
        *TEAM,
        hours=hours,
        new_hours=ibis.ifelse(rows.new, hours, nothing),
        unsure_hours=ibis.ifelse(unsure, hours, nothing),
        is_new=ibis.ifelse(rows.new, 1, 0),
        is_unsure=ibis.ifelse(unsure, 1, 0),
    )
    rows = rows.group_by(*TEAM).agg(
        workers=rows.count(),
        new_workers=rows.is_new.sum(),
        unknown_workers=rows.is_unsure.sum(),
        hours=rows.hours.sum(),
        new_hours=rows.new_hours.sum(),
        unsure_hours=rows.unsure_hours.sum(),
    )
    limit, small = (int(at.policy.numbers[n]) for n in ("new_share_percent", "small_team_fte"))
    reached = rows.new_hours * 100 >= rows.hours * limit
    perhaps = (rows.new_hours + rows.unsure_hours) * 100 >= rows.hours * limit
    rows = rows.filter((rows.hours > 0) & (reached | perhaps))
    reached = rows.new_hours * 100 >= rows.hours * limit
    large = rows.hours >= small
    return answers(
        rows,
        subject="team_id",
        status=ibis.ifelse(reached, str(Status.FLAG), str(Status.CANNOT_TELL)),
        severity=ibis.ifelse(reached, "amber", "note"),
        evidence={
            "workers": rows.workers,
            "newly_qualified_workers": rows.new_workers,
            "experience_unknown": rows.unknown_workers,
            "caseholding_fte": ibis.ifelse(large, rows.hours, ibis.null("decimal(38, 2)")),
            "newly_qualified_fte": ibis.ifelse(large, rows.new_hours, ibis.null("decimal(38, 2)")),
            "limit_percent": limit,
        },
    )


def without_manager(at: Context) -> ir.Table:
    """TM-01: the manager's post vacant, or the manager away or gone, with nobody covering."""
    worker = at.step("worker_now")
    here = worker.filter(~worker.left & ~worker.absent & ~worker.placeholder).select(*WORKER)
    post = at.record("vacancy", "team_id", "post", "vacant_from", "covered_by")
    post = post.filter(at.listed(post.post, "manager_titles") & (post.vacant_from <= at.as_at))
    cover = post.inner_join(here, [post.la_code == here.la_code, post.covered_by == here.worker_id]).select(
        *TEAM
    )
    vacant = post.select(*TEAM, since="vacant_from", why=ibis.literal("vacant"))
    team = at.record("team", "team_id", "manager_id")
    away = team.inner_join(worker, [team.la_code == worker.la_code, team.manager_id == worker.worker_id])
    away = away.filter(away.left | away.absent)
    away = away.select(
        *TEAM,
        since=ibis.ifelse(away.left, away.leaving_date, away.absent_from),
        why=ibis.ifelse(away.left, "left", "absent"),
    )
    rows = vacant.union(away).anti_join(cover, list(TEAM))
    rows = rows.group_by(*TEAM).agg(since=rows.since.min(), why=rows.why.max())
    rows = at.due(rows, due=("since", "manager_gap"))
    return answers(
        rows,
        subject="team_id",
        due="due",
        severity=Severity.AMBER,
        evidence={"since": rows.since, "why": rows.why, "limit": str(at.policy.clock("manager_gap"))},
    )


def supervisees(at: Context) -> ir.Table:
    """TM-02: the team's manager is line manager of more than seven people."""
    rows = at.step("manager_span")
    limit = int(at.policy.numbers["supervisees"])
    rows = rows.filter(rows.people > limit)
    return answers(
        rows,
        subject="team_id",
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={"supervisees": rows.people, "limit": limit},
    )


TEAM_RULES = (
    Rule(
        "NQ-11",
        "Many new workers in one team",
        "In which teams are four in ten of those who hold children qualified less than two years ago?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.AMBER, Severity.NOTE),
        "Ofsted on Herefordshire 2021; practice-standards NQ-11 (the share is a house default)",
        "team",
        "",
        ("new_share_percent", "small_team_fte", "experience_two_years"),
        (
            "involvement",
            "worker",
            "team",
            "establishment",
            "establishment.qualified_date|establishment.registered_from",
        ),
        new_share,
        "How well anybody works: it counts dates.  Under five full-time posts only people are shown.",
    ),
    Rule(
        "TM-01",
        "Team without a manager",
        "Which teams have had no manager for twenty working days, with nobody covering?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.AMBER,),
        "Ofsted on Herefordshire 2021; practice-standards section 8 (the id is ours)",
        "team",
        "",
        ("manager_gap", "manager_titles"),
        ("worker", "establishment", "team.manager_id|vacancy"),
        without_manager,
        "Cover for an absent manager that no vacancy row names.",
    ),
    Rule(
        "TM-02",
        "Manager of too many",
        "Which teams' managers are line manager of more than seven people?",
        Who.HEAD,
        Authority.LOCAL,
        (Severity.NOTE,),
        "practice-standards section 8, after CWLA (the id is ours)",
        "team",
        "",
        ("supervisees",),
        ("worker", "team", "team.manager_id", "establishment", "establishment.line_manager"),
        supervisees,
        "Where the line manager is given by name only: names are never joined on.",
    ),
)
