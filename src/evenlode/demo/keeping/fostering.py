"""Privately fostered children: visited in time, with a report on each visit in three working days."""

from __future__ import annotations

from evenlode.demo.dates import add_months, add_wd, age_on, on_working_day
from evenlode.demo.facts import Child
from evenlode.demo.journeys import CIN
from evenlode.demo.keeping.plan_dates import open_children
from evenlode.demo.planting.ground import Ground

ARRANGEMENT, VISIT = "private fostering", "private fostering visit"
REPORT = "private fostering report"
ALONE, NOT_ALONE = "Seen alone", "Not alone"


def not_fostered(ground: Ground, since: int, ages: tuple[int, int]) -> list[Child]:
    """Children in need of an age, known since a day or longer, who are not privately fostered yet; longest known first."""
    fostered = {row.child for row in ground.kept.dates.get(ARRANGEMENT, [])}
    found = [
        child
        for family in ground.families
        if family.kind == CIN
        and family.touched != "died"
        and ground.team_of(family) is not ground.strong_team
        for child in open_children(ground, family)[:1]
        if child.id not in fostered
        and child.born is not None
        and ages[0] <= age_on(child.born, since) <= age_on(child.born, ground.day) <= ages[1]
        and child.referral.day <= since
    ]
    return sorted(found, key=lambda child: (child.referral.day, child.id))


def arrange(ground: Ground, child: Child, since: int, last: int) -> list[int]:
    """An arrangement known since a day, visited within a week, then every six weeks, then every twelve, up to a last day."""
    dice = ground.making.dice
    ground.kept.date(ARRANGEMENT, child.id, start=since)
    days = [add_wd(since, dice.randint(3, 7))]
    year = add_months(since, 12)
    while days[-1] <= last:
        gap = dice.randint(33, 41) if days[-1] < year else dice.randint(70, 83)
        days.append(max(on_working_day(days[-1] + gap), days[-1] + 1))
    for day in days[:-1]:
        ground.kept.date(VISIT, child.id, done=day, outcome=ALONE)
        if add_wd(day, 3) <= ground.day:
            ground.kept.date(REPORT, child.id, start=day, done=add_wd(day, 3))
    return days[:-1]


def arrangements(ground: Ground) -> None:
    """Two arrangements and more, all visited in time."""
    every = not_fostered(ground, ground.day, (1, 15))
    for child in every[: max(2, len(every) // 60)]:
        arrange(ground, child, max(child.referral.day, ground.day - 500), ground.day)
