"""Who the children are: names, ages, households."""

from __future__ import annotations

from random import Random

from evenlode.demo import names
from evenlode.demo.dates import add_months, age_on
from evenlode.demo.facts import Child, Family
from evenlode.demo.journeys import CLA, CP, DISABILITY, Journey
from evenlode.demo.making import Making

_SIZES, _SIZE_WEIGHTS = (1, 2, 3, 4, 5), (58, 25, 11, 4, 2)
_SINGLE_CASTS = {
    "unborn",
    "age-unknown",
    "unaccompanied",
    "baby",
    "sixteen",
    "parents-weekly",
    "parents-reviewed",
    "novice-joint",
    "remembered",
}
_DISABILITIES = ("AUT", "LD", "MOB", "COMM", "BEH", "CON", "VIS", "HEAR")
_NATIONALITIES = ("AFG", "ERI", "IRN", "SDN", "SYR", "VNM")


def family_size(rng: Random, journey: Journey, most: int) -> int:
    """How many children of this family are known, never more than there is room for."""
    if journey.cast in _SINGLE_CASTS or journey.kind == DISABILITY:
        return 1
    return min(most, rng.choices(_SIZES, _SIZE_WEIGHTS)[0])


def _born(making: Making, journey: Journey) -> int:
    """A date of birth that makes the child old enough for the journey and under 18 on the day of the extract."""
    rng, day = making.rng, making.as_at
    oldest, youngest = add_months(day, -12 * 18) + 40, journey.referral - 14
    if journey.cast == "baby":
        return journey.referral - rng.randint(5, 30)
    if journey.cast in {"unaccompanied", "sixteen"}:
        youngest = add_months(day, -12 * 16) - 10
    elif journey.cast == "teen":
        youngest = min(youngest, add_months(day, -12 * 13))
    elif journey.cast in {"school-age", "novice", "settled"} and journey.kind == CP:
        youngest = min(youngest, add_months(day, -12 * 5))
    youngest = max(youngest, oldest)
    share = rng.random()
    if journey.kind == CP and journey.cast != "school-age":
        share = max(share, rng.random())
    return oldest + int((youngest - oldest) * share)


def new_child(making: Making, surname: str, born: int | None) -> Child:
    """A child with a name that is plainly invented."""
    rng = making.rng
    return Child(
        id=making.ids.give("child", "", 500001),
        forename=rng.choice(names.CHILD_FORENAMES),
        surname=surname,
        sex="F" if rng.random() < 0.48 else "M",
        ethnicity=rng.choice(names.ETHNICITIES),
        born=born,
    )


def new_family(making: Making, journey: Journey, most: int) -> Family:
    """A household for one journey: one child, or brothers and sisters who share its dates."""
    rng = making.rng
    family = Family(making.ids.give("family", "FAM", 20001), journey.kind, cast=journey.cast)
    surname = rng.choice(names.CHILD_SURNAMES)
    for _ in range(family_size(rng, journey, most)):
        child = new_child(making, surname, _born(making, journey))
        if journey.cast == "unborn":
            child.forename, child.born, child.expected, child.sex = (
                "Unborn",
                None,
                making.as_at + rng.randint(25, 110),
                "U",
            )
        elif journey.cast == "age-unknown":
            child.born = None
        elif journey.cast == "unaccompanied":
            child.nationality, child.ethnicity = (
                rng.choice(_NATIONALITIES),
                rng.choice(("AOTH", "BAFR", "OOTH")),
            )
        if journey.kind == DISABILITY or (journey.kind == CLA and rng.random() < 0.08):
            child.disabilities = tuple(sorted(set(rng.choices(_DISABILITIES, k=rng.randint(1, 2)))))
        family.children.append(child)
    return family


def school_age(child: Child, day: int) -> bool:
    """Four years old or more on a day."""
    return child.born is not None and age_on(child.born, day) >= 4
