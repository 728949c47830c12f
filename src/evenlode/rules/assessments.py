"""The front door: decisions on referrals, strategy discussions, and how assessments go."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from evenlode.policy import Authority
from evenlode.position.assessments import anchored
from evenlode.position.context import CHILD, Context, beside, impossible, without
from evenlode.position.key_dates import awaited, named_by_date, of_kind
from evenlode.record.key_dates import need_of
from evenlode.rules.rule import RUNNING, Rule, Severity, Status, Who, answers


def referral_decision(at: Context) -> ir.Table:
    """practice-standards REF-01: an open referral on which nobody is known to have decided.

    A child with a plan, an assessment or an enquiry was decided on, whether or not the day was kept;
    such a child is asked about only where the list itself holds a decision that is still awaited.
    """
    rows = at.step("open_child").filter(lambda t: t.episode_id.notnull())
    every = of_kind(at, "referral decision")
    since = every.inner_join(rows.select(*CHILD, "episode_start"), list(CHILD))
    done = since.filter(since.done_date >= since.episode_start).select(*CHILD).distinct()
    waiting = awaited(at, "referral decision")
    waiting = waiting.group_by(*CHILD).agg(received=waiting.start_date.max(), waiting=waiting.count())
    rows = beside(without(rows, done), waiting)
    listed = (rows.received >= rows.episode_start).fill_null(False)
    rows = rows.filter(listed | (rows.status == "REFERRAL"))
    rows = rows.mutate(
        base=ibis.ifelse(rows.received >= rows.episode_start, rows.received, rows.episode_start)
    )
    rows = rows.mutate(base=ibis.coalesce(rows.base, rows.episode_start))
    rows = at.due(rows, due=("base", "referral_decision"))
    return answers(
        rows,
        record="episode_id",
        due="due",
        severity=Severity.RED,
        evidence={"received": rows.base, "interval": str(at.policy.clock("referral_decision"))},
    )


def late_assessment(at: Context) -> ir.Table:
    """practice-standards ASM-01: assessments signed off late in the last months."""
    rows = at.record("assessment", "child_id", "assessment_id", "episode_id", "start_date", "authorised_date")
    cannot = impossible(rows.start_date, rows.authorised_date, at.as_at)
    rows = rows.filter((rows.authorised_date <= at.as_at) & rows.start_date.notnull() & ~cannot)
    rows = at.due(rows, shown_until=("authorised_date", "late_assessment_shown"))
    rows = rows.filter(rows.shown_until > at.as_at)
    rows = anchored(at, without(rows, at.step("gone")))
    rows = at.due(rows, by=("anchor", "assessment"))
    rows = rows.filter(rows.authorised_date > rows.by)
    return answers(
        rows,
        record="assessment_id",
        status=Status.FLAG,
        severity=Severity.NOTE,
        evidence={
            "counted_from": rows.anchor,
            "was_due": rows.by,
            "authorised_date": rows.authorised_date,
            "interval": str(at.policy.clock("assessment")),
        },
    )


def checkpoints(at: Context) -> ir.Table:
    """practice-standards ASM-02: a manager looks at a running assessment twice.

    One look is enough for the first day; the second day needs a second look, after the first day.
    """
    rows = at.step("assessment_running")
    looks = of_kind(at, "assessment checkpoint").select(*CHILD, looked_on="done_date")
    looks = rows.select(*CHILD, "assessment_id", "start_date").inner_join(looks, list(CHILD))
    looks = looks.filter(looks.looked_on >= looks.start_date)
    looks = looks.group_by("la_code", "assessment_id").agg(
        looks=looks.looked_on.count(), last_look=looks.looked_on.max()
    )
    rows = beside(rows, looks, keys=("la_code", "assessment_id"))
    rows = at.due(
        rows, first_due=("start_date", "first_checkpoint"), second_due=("start_date", "second_checkpoint")
    )
    none = rows.looks.isnull()
    rows = rows.filter(none | (rows.looks < 2) | (rows.last_look <= rows.first_due))
    rows = rows.mutate(due=ibis.ifelse(rows.looks.isnull(), rows.first_due, rows.second_due))
    return answers(
        rows,
        record="assessment_id",
        due="due",
        severity=Severity.AMBER,
        evidence={
            "start_date": rows.start_date,
            "last_look": rows.last_look,
            "intervals": f"{at.policy.clock('first_checkpoint')}, {at.policy.clock('second_checkpoint')}",
        },
    )


def seen_in_assessment(at: Context) -> ir.Table:
    """practice-standards ASM-03: seen since the assessment began, in time after a worker had the child."""
    rows = without(at.step("assessment_running"), at.step("birth").filter(lambda t: t.unborn))
    said = at.record("assessment", "assessment_id", "child_seen")
    said = said.group_by("la_code", "assessment_id").agg(child_seen=said.child_seen.max())
    held = at.step("lead_history").select(*CHILD, held_from="start_date", held_to="end_date")
    held = rows.select(*CHILD, "assessment_id", "start_date").inner_join(held, list(CHILD))
    held = held.filter(held.held_to.isnull() | (held.held_to > held.start_date))
    held = held.group_by("la_code", "assessment_id").agg(allocated=held.held_from.min())
    seen = at.step("assessment_sighting")
    rows = beside(rows, said, held, seen, keys=("la_code", "assessment_id"))
    enquiry = at.step("enquiry_open")
    enquiry = enquiry.group_by(*CHILD).agg(enquiry_start=enquiry.start_date.max())
    rows = beside(rows, enquiry)
    rows = rows.filter(~((rows.child_seen == "Y") | rows.seen_on.notnull()).fill_null(False))
    base = ibis.greatest(rows.start_date, ibis.coalesce(rows.allocated, rows.start_date))
    rows = rows.mutate(base=base, at_enquiry=ibis.greatest(rows.enquiry_start, base))
    rows = rows.mutate(
        at_enquiry=ibis.ifelse(rows.enquiry_start.notnull(), rows.at_enquiry, ibis.null("date"))
    )
    rows = at.due(rows, by=("base", "assessment_seen"), by_enquiry=("at_enquiry", "assessment_seen_enquiry"))
    rows = rows.mutate(due=ibis.least(rows.by, ibis.coalesce(rows.by_enquiry, rows.by)))
    silent = rows.perhaps_on.notnull() | (rows.child_seen.isnull() & rows.said_unseen.isnull())
    unknown = silent & (rows.due < at.as_at)
    return answers(
        rows,
        record="assessment_id",
        due="due",
        severity=Severity.AMBER,
        status=ibis.ifelse(unknown, str(Status.CANNOT_TELL), RUNNING),
        evidence={
            "counted_from": rows.base,
            "allocated": rows.allocated,
            "enquiry_start": rows.enquiry_start,
            "child_seen": rows.child_seen,
            "visit_with_seen_blank": rows.perhaps_on,
        },
    )


def strategy_discussion(at: Context) -> ir.Table:
    """practice-standards STR-01: a strategy discussion was decided on and is not held.

    An enquiry that began on that day or later shows that it was held.
    """
    rows = named_by_date(awaited(at, "strategy discussion"))
    enquiry = at.record("enquiry", "child_id", "start_date")
    enquiry = enquiry.filter(enquiry.start_date <= at.as_at)
    enquiry = enquiry.group_by(*CHILD).agg(enquiry_start=enquiry.start_date.max())
    rows = beside(rows, enquiry)
    rows = rows.filter(~(rows.enquiry_start >= rows.start_date).fill_null(False))
    rows = at.due(rows, by=("start_date", "strategy_discussion"))
    rows = rows.mutate(due=ibis.coalesce(rows.by, rows.due_date))
    return answers(
        rows,
        record="record",
        due="due",
        severity=Severity.RED,
        status=ibis.ifelse(rows.due.isnull(), str(Status.CANNOT_TELL), RUNNING),
        evidence={"decided": rows.start_date, "interval": str(at.policy.clock("strategy_discussion"))},
    )


ASSESSMENT_RULES = (
    Rule(
        "REF-01",
        "Decision on a referral",
        "On which referrals has no manager decided within a working day?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.RED,),
        "Working Together 2023, chapter 3; key dates of the kind referral decision",
        "child",
        "referral",
        ("referral_decision",),
        (
            "episode",
            "assessment",
            "enquiry",
            "cp_plan",
            "cin_plan",
            "care_episode",
            need_of("referral decision"),
        ),
        referral_decision,
        "A referral that went on to an assessment or a plan was decided on: whether in time is not told.",
    ),
    Rule(
        "ASM-01",
        "Assessment signed off late",
        "Which assessments of the last six months took more than 45 working days?",
        Who.MANAGER,
        Authority.GUIDANCE,
        (Severity.NOTE,),
        "Working Together 2023, chapter 3",
        "child",
        "assessment",
        ("assessment", "late_assessment_shown"),
        ("assessment:history", "assessment.authorised_date", "episode"),
        late_assessment,
        "History: nothing is late now. A recorded reason for the delay is not in the extract.",
    ),
    Rule(
        "ASM-02",
        "Manager's look at a running assessment",
        "Which assessments has no manager looked at by day 10, and again by day 25?",
        Who.MANAGER,
        Authority.LOCAL,
        (Severity.AMBER,),
        "practice-standards ASM-02 (house default); key dates of the kind assessment checkpoint",
        "child",
        "assessment",
        ("first_checkpoint", "second_checkpoint"),
        ("assessment", "episode", need_of("assessment checkpoint")),
        checkpoints,
    ),
    Rule(
        "ASM-03",
        "Seen in the assessment",
        "Which children under assessment has nobody seen?",
        Who.WORKER,
        Authority.NORM,
        (Severity.AMBER,),
        "practice-standards ASM-03",
        "child",
        "assessment",
        ("assessment_seen", "assessment_seen_enquiry"),
        ("assessment", "episode", "enquiry", "involvement", "cp_visit", "cin_visit", "care_visit"),
        seen_in_assessment,
        "A child without a worker is counted from the start of the assessment. On which day a child was "
        "seen is not asked where the assessment says that they were.",
    ),
    Rule(
        "STR-01",
        "Strategy discussion not held",
        "Which strategy discussions were decided on and not held within a working day?",
        Who.MANAGER,
        Authority.NORM,
        (Severity.RED,),
        "practice-standards STR-01; Working Together gives no number; key dates of the kind "
        "strategy discussion",
        "child",
        "start date",
        ("strategy_discussion",),
        ("enquiry", need_of("strategy discussion")),
        strategy_discussion,
        "A discussion that was held late is not shown.",
    ),
)
