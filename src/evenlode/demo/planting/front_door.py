"""Late at the front: referrals without a decision, assessments past 45 working days, enquiries without a conference."""

from __future__ import annotations

from functools import partial

from evenlode.demo.dates import add_wd, wd_before, working_days_between
from evenlode.demo.expected import OVERDUE
from evenlode.demo.facts import Clock, Family
from evenlode.demo.journeys import ASSESSMENT, CIN, REFERRAL
from evenlode.demo.lives import add_assessment, add_enquiry
from evenlode.demo.planting.allocation import expect_unallocated
from evenlode.demo.planting.ground import Ground, freshly_talked, lead_spell
from evenlode.demo.workforce import ASSESSING


def _alone(family: Family) -> bool:
    """Only the present referral is known, so that its date can be moved."""
    return all(len(child.referrals) == 1 for child in family.children)


def _move_referral(ground: Ground, family: Family, day: int) -> None:
    """The family came to notice on an earlier day than it did."""
    for child in family.children:
        child.referral.day = day
        lead_spell(child, ground.day).start = day
    family.handover = day


def _same_worker_then(ground: Ground, family: Family, day: int) -> bool:
    """The present worker was already employed on that day."""
    worker = lead_spell(family.children[0], ground.day).worker
    return worker is not None and worker.started <= day


def undecided_referrals(ground: Ground) -> None:
    """OPN-01: a referral that has led to nothing for more than ten working days."""
    for family in ground.take(
        REFERRAL, 0.15, "undecided", lambda f: _alone(f) and _same_worker_then(ground, f, ground.day - 60)
    ):
        day = wd_before(ground.day, ground.making.rng.randint(12, 25))
        _move_referral(ground, family, day)
        for child in family.children:
            due = add_wd(day, 10)
            ground.expected.add(
                "OPN-01", child, child.referral.id, OVERDUE, due, "planted: referral left without a decision"
            )


def late_assessments(ground: Ground) -> None:
    """ASM-04: assessments open for more than 45 working days, most of them in the first assessment team."""
    team = ground.workforce.of_kind(ASSESSING)[0]

    def fits(family: Family) -> bool:
        """A plain assessment by somebody who has been there long enough."""
        return (
            family.cast in {"", "plain"}
            and _alone(family)
            and _same_worker_then(ground, family, ground.day - 130)
        )

    for family in ground.take(ASSESSMENT, 0.09, "late assessment", fits, team=team):
        day = wd_before(ground.day, ground.making.rng.randint(47, 75))
        _move_referral(ground, family, day)
        for child in family.children:
            assessment = child.assessments[-1]
            assessment.start = add_wd(day, 1)
            _clock_from(child.clock, assessment.start)
            freshly_talked(ground, child)
            why = "planted: assessment not authorised in 45 working days of referral"
            ground.expected.add("ASM-04", child, assessment.id, OVERDUE, add_wd(day, 45), why)
        ground.tell("late assessments", family.children[0].id)
    _late_review_assessments(ground)


def _clock_from(clock: Clock | None, day: int) -> None:
    """The status began no later than a day."""
    if clock is not None:
        clock.since = min(clock.since, day)


def _late_review_assessments(ground: Ground) -> None:
    """ASM-04 on a later assessment of an open case: its own start counts."""

    def fits(family: Family) -> bool:
        """On a plan for some months."""
        return (
            family.children[0].cin_plans[-1].start is not None
            and family.children[0].cin_plans[-1].start < ground.day - 120
        )

    for family in ground.take(CIN, 0.01, "late review assessment", fits):
        start = wd_before(ground.day, ground.making.rng.randint(47, 60))
        for child in family.children:
            assessment = add_assessment(ground.making, child, start, None)
            child.clock = Clock("SUP-09", 14, start)
            freshly_talked(ground, child)
            why = "planted: review assessment not authorised in 45 working days of its start"
            ground.expected.add("ASM-04", child, assessment.id, OVERDUE, add_wd(start, 45), why)


def enquiries_without_conference(ground: Ground) -> None:
    """S47-01 and S47-02: an enquiry that called for a conference which was never held, and one left open."""
    for rule in ("S47-01", "S47-02"):
        for family in ground.take(ASSESSMENT, 0.03, rule, partial(_long_known, ground), cast="old-enquiry"):
            _old_enquiry(ground, family, rule)


def _long_known(ground: Ground, family: Family) -> bool:
    """Known for long enough to have an enquiry that is out of time."""
    return family.cast == "old-enquiry" or (_age(ground, family) >= 24 and family.cast != "waiting")


def _age(ground: Ground, family: Family) -> int:
    """Working days since the referral."""
    return working_days_between(family.children[0].referral.day, ground.day)


def _old_enquiry(ground: Ground, family: Family, rule: str) -> None:
    """An enquiry begun more than fifteen working days ago."""
    start = wd_before(ground.day, ground.making.rng.randint(17, _age(ground, family) - 2))
    for child in family.children:
        child.enquiries.clear()
        said_conference = rule == "S47-01"
        end = add_wd(start, 6) if said_conference else None
        enquiry = add_enquiry(ground.making, child, start, end, conference=said_conference)
        child.clock = Clock("SUP-09", 14, child.assessments[-1].start)
        freshly_talked(ground, child)
        ending = "the conference was never held" if said_conference else "left open without an outcome"
        ground.expected.add(
            rule, child, enquiry.id, OVERDUE, add_wd(start, 15), f"planted: section 47 enquiry, {ending}"
        )


def waiting_after_assessment(ground: Ground) -> None:
    """OPN-01, AL-01 and AL-04: assessed, in need of a worker, and waiting for one."""
    team = ground.workforce.of_kind(ASSESSING)[0]
    for family in ground.take(ASSESSMENT, 0.04, "waiting", lambda f: f.cast == "waiting", team=team):
        authorised = wd_before(ground.day, ground.making.rng.randint(14, 20))
        since = authorised + ground.making.rng.randint(0, 2)
        for child in family.children:
            child.assessments[-1].authorised = authorised
            child.assessments[-1].factors = ("3B", "4B")
            child.clock = None
            lead_spell(child, ground.day).end = since
            why = "planted: assessed and waiting for a worker"
            ground.expected.add(
                "OPN-01", child, child.referral.id, OVERDUE, add_wd(child.referral.day, 10), why
            )
            expect_unallocated(ground, child, since, why)
        ground.tell("waiting", family.children[0].id)
