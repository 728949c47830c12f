"""A child's rows from the dates of the family's journey: every clock in time."""

from __future__ import annotations

from evenlode.demo import published
from evenlode.demo.care import eligible, make_care
from evenlode.demo.dates import add_months, add_wd, wd_before
from evenlode.demo.facts import (
    Assessment,
    Child,
    CinPlan,
    Clock,
    Conference,
    CpPlan,
    Enquiry,
    Family,
    Referral,
    Review,
)
from evenlode.demo.journeys import ASSESSMENT, CIN, CLA, CP, DISABILITY, REFERRAL, Journey, open_journey
from evenlode.demo.making import Making
from evenlode.demo.people import new_family, school_age
from evenlode.demo.visits import cin_days, cp_days, review_days, seen

_SOURCES = ("1A", "2A", "2A", "2B", "3A", "3B", "3E", "4", "5A", "5C", "6", "6", "6", "8", "9")
_CATEGORIES = (
    "Neglect",
    "Neglect",
    "Neglect",
    "Emotional abuse",
    "Emotional abuse",
    "Physical abuse",
    "Sexual abuse",
    "Multiple",
)


def need_of(making: Making, journey: Journey) -> str:
    """The primary need: disability for disabled children, mostly abuse or neglect where there is a protection plan."""
    if journey.kind == DISABILITY:
        return "N2"
    if journey.cast == "unaccompanied":
        return "N8"
    needs = (
        ("N1", "N1", "N1", "N4", "N5") if journey.kind in {CP, CLA} else ("N1", "N1", "N3", "N4", "N5", "N6")
    )
    return making.rng.choice(needs)


def add_referral(
    making: Making, child: Child, day: int, close: int | None, need: str, reason: str = ""
) -> Referral:
    """An episode of need."""
    referral = Referral(
        making.ids.give("referral", "", 41000001), day, close, reason, need, making.rng.choice(_SOURCES)
    )
    child.referrals.append(referral)
    return referral


def add_assessment(making: Making, child: Child, start: int, authorised: int | None) -> Assessment:
    """An assessment on the newest referral; what it found is written down once it is authorised."""
    found: tuple[str, ...] = ()
    if authorised is not None:
        found = ("9A",) if child.nationality else published.factors(making.rng)
    row = Assessment(
        making.ids.give("assessment", "", 51000001), child.referral.id, start, authorised, factors=found
    )
    child.assessments.append(row)
    return row


def add_cp_plan(making: Making, child: Child, enquiry: Enquiry, start: int, end: int | None) -> CpPlan:
    """The conference that followed an enquiry, and the plan that it made."""
    give = making.ids.give
    conference = Conference(
        give("conference", "I", 55000001), enquiry.id, "", child.referral.id, add_wd(enquiry.start, 15), start
    )
    plan = CpPlan(
        give("cp plan", "", 53000001),
        child.referral.id,
        conference.id,
        start,
        end,
        making.rng.choice(_CATEGORIES),
    )
    conference.plan = plan.id
    child.conferences.append(conference)
    child.cp_plans.append(plan)
    return plan


def add_enquiry(making: Making, child: Child, start: int, end: int | None, *, conference: bool) -> Enquiry:
    """A section 47 enquiry on the newest referral."""
    row = Enquiry(
        making.ids.give("enquiry", "S", 54000001), child.referral.id, start, end, conference=conference
    )
    child.enquiries.append(row)
    return row


def _protect(
    making: Making, child: Child, journey: Journey, reviews: list[tuple[int, int | None]], days: list[int]
) -> None:
    """The enquiry, conference, plan, reviews and visits of an open child protection plan."""
    start = journey.plan
    if journey.enquiry is None:
        return
    enquiry = add_enquiry(making, child, journey.enquiry, journey.enquiry_end, conference=True)
    plan = add_cp_plan(making, child, enquiry, start, None)
    plan.other_council = journey.cast == "other-council"
    older = school_age(child, making.as_at)
    for due, held in reviews:
        child.cp_reviews.append(Review(making.ids.give("cp review", "", 56000001), plan.id, due, held))
    child.cp_visits += seen(making.rng, days, school_age=older, plan=plan.id)
    before = sorted({add_wd(journey.enquiry, 1), wd_before(start, making.rng.randint(1, 3))})
    child.cin_visits += seen(making.rng, before, school_age=older)
    child.clock = Clock("SUP-05", 28, start)
    if journey.cast == "drifting":
        child.why["CP-10"] = "planted: the plan is drifting"


def _help(making: Making, child: Child, journey: Journey, days: list[int]) -> None:
    """The plan and visits of a child in need."""
    plan = CinPlan(making.ids.give("cin plan", "", 52000001), child.referral.id, journey.plan, None)
    child.cin_plans.append(plan)
    first = [min(add_wd(journey.assessed_from or journey.referral, 2), making.as_at)]
    child.cin_visits += seen(making.rng, first + days, school_age=school_age(child, making.as_at))
    child.clock = Clock("SUP-06", 56, journey.plan)


def _look_into(making: Making, child: Child, journey: Journey) -> None:
    """The first visits of an assessment under way, and its section 47 enquiry if there is one."""
    start = journey.assessed_from or journey.referral
    since = start
    if journey.enquiry is not None:
        add_enquiry(making, child, journey.enquiry, journey.enquiry_end, conference=False)
        since = min(start, journey.enquiry) if journey.enquiry_end is None else start
    days = [day for day in (add_wd(start, 2), add_wd(start, 14), add_wd(start, 27)) if day <= making.as_at]
    child.cin_visits += seen(making.rng, days, school_age=school_age(child, making.as_at))
    child.clock = Clock("SUP-09", 14, since)


def _three_homes(making: Making, journey: Journey) -> bool:
    """Whether this family's children are among the tenth with three or more placements in the year."""
    plain = journey.kind == CLA and journey.cast == "" and making.as_at - journey.entered > 150
    return journey.cast == "moves-often" or (
        plain and making.rng.random() < published.THREE_PLACEMENTS * 1.25
    )


def open_family(making: Making, kind: str, cast: str, most: int) -> Family:
    """A family with open children of one kind, every clock in time."""
    rng, as_at = making.rng, making.as_at
    journey = open_journey(rng, as_at, kind, cast)
    family = new_family(making, journey, most)
    need, three = need_of(making, journey), _three_homes(making, journey)
    reviews: list[tuple[int, int | None]] = []
    days: list[int] = []
    if kind == CP:
        reviews = review_days(add_months(journey.plan, 3), (6,), as_at, rng, journey.plan + 20)
        days = cp_days(making, journey.plan, as_at)
    elif kind in {CIN, DISABILITY}:
        days = cin_days(making, journey.plan, as_at)
    for child in family.children:
        add_referral(making, child, journey.referral, None, need)
        if journey.assessed_from is not None:
            add_assessment(making, child, journey.assessed_from, journey.authorised)
        if kind == CP:
            _protect(making, child, journey, reviews, days)
        elif kind in {CIN, DISABILITY}:
            _help(making, child, journey, days)
        elif kind == ASSESSMENT:
            _look_into(making, child, journey)
        elif kind == CLA:
            make_care(making, child, journey, three=three)
            eligible(making, child, journey)
            child.clock = Clock("SUP-07", 56, journey.entered)
    family.handover = _handover(making, journey)
    return family


def _handover(making: Making, journey: Journey) -> int:
    """The day on which the family passed to the worker it has now."""
    if journey.kind in {REFERRAL, ASSESSMENT}:
        return journey.referral
    if journey.kind == CLA:
        return min(journey.entered + making.rng.randint(5, 40), making.as_at)
    return min(journey.plan + making.rng.randint(0, 6), making.as_at)
