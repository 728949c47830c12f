"""The dates of a family's way through the council: referral, assessment, enquiry, conference, plan, coming into care.

Every open journey made here keeps every clock; what goes wrong is planted afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from evenlode.demo import published
from evenlode.demo.dates import add_wd, wd_before

REFERRAL, ASSESSMENT, CIN, DISABILITY, CP, CLA, LEAVER = (
    "REFERRAL",
    "ASSESSMENT",
    "CIN",
    "DISABILITY",
    "CP",
    "CLA",
    "LEAVER",
)
OPEN_KINDS = (REFERRAL, ASSESSMENT, CIN, DISABILITY, CP, CLA)

# Journeys that some plantings need: the first families of a kind are given them, so that a small council has them too.
CASTS: dict[str, tuple[str, ...]] = {
    ASSESSMENT: ("enquiry", "waiting", "waiting", "plain", "old-enquiry", "plain", "waiting", "old-enquiry"),
    CIN: ("fresh", "plain", "teen", "plain", "plain", "teen", "plain", "teen"),
    CP: (
        "baby", "first-review-due", "later-review-due", "novice", "settled", "new", "school-age", "drifting", "novice",
        "brought-forward", "two-years", "novice-joint", "age-unknown", "unborn", "settled", "drifting", "school-age", "settled",
        "novice", "other-council", "settled",
    ),
    CLA: (
        "long-term", "parents-weekly", "first-review-due", "second-review-due", "years", "not-long-term", "moved", "moves-often",
        "settled",
        "years", "renewed", "parents-reviewed", "years", "unaccompanied", "settled", "sixteen", "years",
    ),
}  # fmt: skip

# How often the less usual journeys turn up by themselves in a larger council: our own judgement.
BACKGROUND_CASTS: dict[str, tuple[tuple[str, float], ...]] = {
    CP: (
        ("unborn", 0.02),
        ("baby", 0.02),
        ("other-council", 0.015),
        ("novice", 0.02),
        ("novice-joint", 0.02),
        ("new", 0.03),
    ),
    CLA: (("unaccompanied", 0.06), ("parents-weekly", 0.006), ("parents-reviewed", 0.012), ("renewed", 0.03)),
}


@dataclass(slots=True)
class Journey:
    """The family-level dates of one journey; what has not happened is None, or day 0."""

    kind: str
    cast: str
    referral: int
    assessed_from: int | None = None
    authorised: int | None = None
    enquiry: int | None = None
    enquiry_end: int | None = None
    plan: int = 0
    entered: int = 0


def assessment_length(rng: Random) -> int:
    """Working days that an assessment took, as often as England's did."""
    return published.from_bands(rng, published.ASSESSMENT_DAYS)


def referral_journey(rng: Random, as_at: int) -> Journey:
    """A referral of the last few days that waits for its decision."""
    return Journey(REFERRAL, "", wd_before(as_at, rng.randint(0, 8)))


def assessment_journey(rng: Random, as_at: int, cast: str) -> Journey:
    """A referral in its 45 working days, with the assessment still open, and now and then a section 47 enquiry."""
    shortest = {"old-enquiry": 30, "waiting": 36}.get(cast, 1)
    age = rng.randint(shortest, 43)
    referral = wd_before(as_at, age)
    journey = Journey(ASSESSMENT, cast, referral, min(add_wd(referral, rng.randint(1, 2)), as_at))
    wanted = cast in {"enquiry", "old-enquiry"} or (not cast and rng.random() < published.S47_PER_REFERRAL)
    if wanted and age > 4:
        back = rng.randint(1, min(12, age - 2))
        journey.enquiry = wd_before(as_at, back)
        if not cast and rng.random() < 0.5:
            journey.enquiry_end = wd_before(as_at, rng.randint(0, back - 1))
    return journey


def _to_plan(rng: Random, kind: str, cast: str, plan: int) -> Journey:
    """Referral and finished assessment before a plan that started on a day."""
    authorised = wd_before(plan, rng.randint(0, 4))
    referral = wd_before(authorised, assessment_length(rng))
    start = min(add_wd(referral, rng.randint(0, 2)), authorised)
    return Journey(kind, cast, referral, start, authorised, plan=plan)


def cin_journey(rng: Random, as_at: int, cast: str, kind: str = CIN) -> Journey:
    """A child in need plan, as old as England's open episodes are."""
    days = published.from_bands(rng, published.DISABLED_DAYS if kind == DISABILITY else published.CIN_DAYS)
    days = {"fresh": rng.randint(40, 160), "remembered": rng.randint(200, 400)}.get(cast, days)
    return _to_plan(rng, kind, cast, wd_before(as_at - days, 0))


_CP_CAST_DAYS = {
    "baby": (70, 150), "first-review-due": (105, 170), "later-review-due": (400, 520), "new": (3, 9), "brought-forward": (120, 170),
    "two-years": (740, 860), "unborn": (10, 60), "novice": (20, 80), "novice-joint": (100, 260), "school-age": (60, 260),
    "settled": (100, 330), "age-unknown": (60, 170), "other-council": (30, 200), "drifting": (470, 690),
}  # fmt: skip


def cp_journey(rng: Random, as_at: int, cast: str) -> Journey:
    """A child protection plan: referral, section 47, conference on the day on which the plan starts."""
    days = (
        rng.randint(*_CP_CAST_DAYS[cast])
        if cast in _CP_CAST_DAYS
        else published.from_bands(rng, published.CP_PLAN_DAYS)
    )
    plan = wd_before(as_at - days, 0)
    journey = _to_plan(rng, CP, cast, plan)
    journey.enquiry = wd_before(plan, rng.randint(7, 14))
    journey.enquiry_end = add_wd(journey.enquiry, rng.randint(3, 6))
    if journey.referral > journey.enquiry:
        journey.referral = wd_before(journey.enquiry, rng.randint(0, 3))
        journey.assessed_from = min(add_wd(journey.referral, 1), journey.enquiry)
    return journey


_CLA_CAST_DAYS = {
    "first-review-due": (35, 80), "second-review-due": (170, 260), "parents-weekly": (9, 25), "parents-reviewed": (70, 150),
    "years": (1000, 2600), "long-term": (900, 2200), "not-long-term": (800, 1600), "moved": (500, 1500), "settled": (200, 390),
    "renewed": (600, 1200), "unaccompanied": (90, 500), "sixteen": (700, 1800), "moves-often": (500, 1500),
}  # fmt: skip


def care_journey(rng: Random, as_at: int, cast: str) -> Journey:
    """A period of care, as old as England's are, after some months as a child in need."""
    days = (
        rng.randint(*_CLA_CAST_DAYS[cast])
        if cast in _CLA_CAST_DAYS
        else published.from_bands(rng, published.CARE_DAYS)
    )
    entered = wd_before(as_at - days, 0)
    before = rng.randint(0, 3) if cast == "unaccompanied" else rng.randint(20, 200)
    authorised = wd_before(entered, min(before, 15))
    referral = wd_before(authorised, min(before, 45) + rng.randint(0, 20) if before > 10 else before)
    start = min(add_wd(referral, rng.randint(0, 1)), authorised)
    return Journey(CLA, cast, referral, start, authorised, entered=entered)


def background_cast(rng: Random, kind: str) -> str:
    """Now and then an unusual journey, else a plain one."""
    dice = rng.random()
    for cast, share in BACKGROUND_CASTS.get(kind, ()):
        if dice < share:
            return cast
        dice -= share
    return ""


def open_journey(rng: Random, as_at: int, kind: str, cast: str) -> Journey:
    """An open journey of one kind."""
    if kind == REFERRAL:
        return referral_journey(rng, as_at)
    if kind == ASSESSMENT:
        return assessment_journey(rng, as_at, cast)
    if kind == CP:
        return cp_journey(rng, as_at, cast)
    if kind == CLA:
        return care_journey(rng, as_at, cast)
    return cin_journey(rng, as_at, cast, kind)
