"""Episodes that are over: those of families whose case is closed, and earlier ones of families open today."""

from __future__ import annotations

from dataclasses import dataclass

from evenlode.demo import names, published
from evenlode.demo.care import make_care
from evenlode.demo.dates import add_months, add_wd, wd_before
from evenlode.demo.facts import Child, CinPlan, Family, Review
from evenlode.demo.journeys import CLA, CP, Journey, assessment_length
from evenlode.demo.lives import add_assessment, add_cp_plan, add_enquiry, add_referral
from evenlode.demo.making import Making
from evenlode.demo.people import new_child, school_age
from evenlode.demo.visits import ClosedPace, cin_days, cp_days, review_days, seen

CLOSED = "CLOSED"
NOT_ACCEPTED, ASSESSED, NEED_PLAN, PROTECTED, IN_CARE = (
    "not accepted",
    "assessed",
    "need plan",
    "protected",
    "in care",
)
# How closed episodes ended: c1 2025 for the first two (6.5 and 30.8 percent); the rest is split by our own judgement.
# Families open today were all accepted, so the closed ones hold more of those that were not.
_ENDINGS = (
    (NOT_ACCEPTED, published.REFERRALS_NFA * 1.6),
    (ASSESSED, published.ASSESSED_NOT_IN_NEED),
    (NEED_PLAN, 0.42),
    (PROTECTED, 0.15),
    (IN_CARE, 0.05),
)
_LENGTHS = {
    NOT_ACCEPTED: (0, 2),
    ASSESSED: (20, 62),
    NEED_PLAN: (110, 420),
    PROTECTED: (190, 600),
    IN_CARE: (260, 900),
}
_NEEDS = ("N1", "N1", "N1", "N3", "N4", "N4", "N5", "N6")


@dataclass(slots=True)
class Past:
    """The dates of one closed episode, shared by brothers and sisters."""

    kind: str
    referral: int
    close: int
    need: str
    authorised: int = 0
    plan: int = 0
    plan_end: int = 0
    visits: tuple[int, ...] = ()
    protection_visits: tuple[int, ...] = ()
    reviews: tuple[tuple[int, int | None], ...] = ()


def past_episode(making: Making, kind: str, referral: int, close: int, need: str | None = None) -> Past:
    """The dates of an episode that was closed in the ordinary way."""
    rng = making.rng
    past = Past(kind, referral, close, need or rng.choice(_NEEDS))
    if kind == NOT_ACCEPTED:
        return past
    past.authorised = min(add_wd(referral, assessment_length(rng)), close)
    first = min(add_wd(referral, 3), past.authorised)
    if kind == ASSESSED:
        past.visits = (first, max(first, past.authorised - 3))
        return past
    past.plan = min(add_wd(past.authorised, rng.randint(0, 4)), close - 20)
    past.plan = max(past.plan, referral + 12)
    past.plan_end = close
    went = ClosedPace(making.visit_pace)
    if kind == NEED_PLAN:
        past.visits = (first, *cin_days(making, past.plan, close, went))
    elif kind == PROTECTED:
        past.plan_end = close - min(90, max(0, (close - past.plan) // 4))
        past.protection_visits = tuple(cp_days(making, past.plan, past.plan_end, went))
        past.visits = (first, *cin_days(making, past.plan_end, close, went))
        due, late = add_months(past.plan, 3), published.CP_REVIEWS_LATE
        past.reviews = tuple(review_days(due, (6,), past.plan_end, rng, past.plan + 20, late))
    return past


def live_through(making: Making, child: Child, past: Past) -> None:
    """Write a closed episode into a child's rows."""
    reason = {NOT_ACCEPTED: "RC8", ASSESSED: "RC8"}.get(past.kind, "RC7")
    referral = add_referral(making, child, past.referral, past.close, past.need, reason)
    if past.kind == NOT_ACCEPTED:
        referral.nfa = True
        return
    start = min(add_wd(past.referral, 1), past.authorised)
    assessment = add_assessment(making, child, start, past.authorised)
    assessment.nfa = past.kind == ASSESSED
    older = school_age(child, past.close)
    child.cin_visits += seen(making.rng, list(past.visits), school_age=older)
    if past.kind == NEED_PLAN:
        child.cin_plans.append(
            CinPlan(making.ids.give("cin plan", "", 52000001), referral.id, past.plan, past.plan_end)
        )
    elif past.kind == PROTECTED:
        _was_protected(making, child, past, older=older)
    elif past.kind == IN_CARE:
        make_care(making, child, Journey(CLA, "", past.referral, entered=past.plan), past.close)
        child.care[-1].episodes[-1].end_reason = making.rng.choice(("E4A", "E4A", "E13", "E41", "E46"))
    elif making.rng.random() < published.S47_PER_REFERRAL / 2:
        day = min(start, past.authorised)
        add_enquiry(making, child, day, past.authorised, conference=False)


def _was_protected(making: Making, child: Child, past: Past, *, older: bool) -> None:
    """The protection plan of a closed episode, and the months of support after it."""
    in_time = making.rng.random() < published.CONFERENCES_IN_TIME
    started = wd_before(past.plan, making.rng.randint(6, 14) if in_time else making.rng.randint(16, 26))
    enquiry = add_enquiry(making, child, max(started, past.referral), past.plan, conference=True)
    plan = add_cp_plan(making, child, enquiry, past.plan, past.plan_end)
    child.cp_visits += seen(making.rng, list(past.protection_visits), school_age=older, plan=plan.id)
    for due, held in past.reviews:
        if held is not None:
            child.cp_reviews.append(Review(making.ids.give("cp review", "", 56000001), plan.id, due, held))
    if past.close - past.plan_end > 5:
        number = making.ids.give("cin plan", "", 52000001)
        child.cin_plans.append(CinPlan(number, child.referral.id, past.plan_end, past.close))


def _in_order(child: Child) -> None:
    """Put an earlier episode, written last, before the present one."""
    child.referrals.sort(key=lambda row: row.day)
    child.assessments.sort(key=lambda row: row.start)
    child.enquiries.sort(key=lambda row: row.start)
    child.conferences.sort(key=lambda row: row.day)
    child.cp_plans.sort(key=lambda row: row.start)
    child.cin_plans.sort(key=lambda row: row.start or 0)
    child.cin_visits.sort(key=lambda row: row.day)
    child.cp_visits.sort(key=lambda row: row.day)
    child.care.sort(key=lambda row: row.entered)


def add_re_referral(making: Making, family: Family) -> None:
    """An earlier referral within the twelve months before the family's present one, closed after assessment."""
    rng, first = making.rng, family.children[0].referral
    referral = wd_before(first.day - rng.randint(90, 345), 0)
    past = past_episode(
        making,
        ASSESSED,
        referral,
        min(wd_before(referral + rng.randint(25, 62), 0), first.day - 12),
        first.need,
    )
    for child in family.children:
        if child.born is not None and child.born < referral:
            live_through(making, child, past)
            _in_order(child)


def add_earlier_plan(making: Making, family: Family) -> None:
    """An earlier child protection plan, in an episode of more than a year ago; half of them within two years."""
    rng, first = making.rng, family.children[0].referral
    recent = rng.random() < 0.5
    referral = wd_before(first.day - (rng.randint(430, 600) if recent else rng.randint(1100, 1900)), 0)
    past = past_episode(
        making, PROTECTED, referral, wd_before(referral + rng.randint(240, 390), 0), first.need
    )
    for child in family.children:
        if child.born is not None and child.born < referral:
            live_through(making, child, past)
            _in_order(child)
            child.why["CP-12"] = "published rate: second or subsequent plans, d3 2025"


def add_pasts(making: Making, family: Family) -> None:
    """Give an open family its earlier episodes, as often as England's statistics do."""
    rng = making.rng
    second = family.kind == CP and (
        rng.random() < published.SECOND_PLANS * 1.45 or family.cast == "school-age"
    )
    if second and family.cast not in {"unborn", "age-unknown", "baby", "novice"}:
        add_earlier_plan(making, family)
    elif rng.random() < published.RE_REFERRALS * 1.25 and family.cast not in {
        "unborn",
        "age-unknown",
        "unaccompanied",
    }:
        add_re_referral(making, family)


def closed_family(making: Making, most: int) -> Family:
    """A family whose case was closed some time in the six years that an extract holds."""
    rng, as_at = making.rng, making.as_at
    kind = rng.choices([ending for ending, _ in _ENDINGS], [share for _, share in _ENDINGS])[0]
    close = wd_before(as_at - rng.randint(1, 6 * 365 - 10), 0)
    referral = wd_before(close - rng.randint(*_LENGTHS[kind]), 0)
    family = Family(making.ids.give("family", "FAM", 20001), CLOSED)
    past = past_episode(making, kind, referral, close)
    before: Past | None = None
    if rng.random() < published.RE_REFERRALS * 1.2:
        day = wd_before(referral - rng.randint(90, 345), 0)
        before = past_episode(
            making, ASSESSED, day, min(wd_before(day + rng.randint(25, 62), 0), referral - 12), past.need
        )
    surname = rng.choice(names.CHILD_SURNAMES)
    oldest = add_months(referral, -12 * 17) + 60
    for _ in range(min(most, rng.choices((1, 2, 3), (66, 25, 9))[0])):
        child = new_child(making, surname, rng.randint(oldest, referral - 20))
        if before is not None and child.born is not None and child.born < before.referral:
            live_through(making, child, before)
        live_through(making, child, past)
        if rng.random() < 0.15:
            helped = referral - rng.randint(40, 300)
            child.early_help.append((helped, min(helped + rng.randint(30, 200), referral)))
        family.children.append(child)
    return family
