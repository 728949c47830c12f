"""What is written of visits: notes made in two days, with their purpose, what the child wished, and who else was seen."""

from __future__ import annotations

from evenlode.demo.dates import add_wd
from evenlode.demo.facts import Child, Visit
from evenlode.demo.keeping.kept import VisitNote
from evenlode.demo.keeping.plan_dates import open_children, own_plan
from evenlode.demo.planting.ground import Ground
from evenlode.demo.talks import led_by

_RECENT = 120


def seen_under_plan(ground: Ground, child: Child) -> list[Visit]:
    """Visits that count for the child's own protection plan, oldest first: seen, since the plan or the birth."""
    plan = own_plan(ground, child)
    if plan is None or child.expected is not None:
        return []
    since = max(plan.start, child.born or 0)
    visits = [
        visit
        for visit in child.cp_visits
        if visit.plan == plan.id and visit.seen == "Y" and since <= visit.day <= ground.day
    ]
    return sorted(visits, key=lambda visit: visit.day)


def bedrooms(ground: Ground) -> None:
    """The bedroom of every child on a plan was seen at one of the last two visits."""
    for family in ground.families:
        for child in open_children(ground, family):
            last = seen_under_plan(ground, child)[-2:]
            if last and all(visit.bedroom != "Y" for visit in last):
                last[-1].bedroom = "Y"


def visits_seen(ground: Ground, child: Child) -> list[int]:
    """The days of this episode on which the child was seen, oldest first."""
    visits = [*child.cin_visits, *child.cp_visits, *(v for care in child.care for v in care.visits)]
    return sorted({v.day for v in visits if v.seen == "Y" and child.referral.day <= v.day <= ground.day})


def visit_notes(ground: Ground) -> None:
    """A note of every visit of the last four months, and of the last three visits however long ago."""
    dice = ground.making.dice
    for family in ground.families:
        for child in open_children(ground, family):
            days = visits_seen(ground, child)
            spells = sorted(child.spells, key=lambda spell: spell.start)
            notes = ground.kept.visit_notes.setdefault(child.id, [])
            for place, day in enumerate(days):
                if day < ground.day - _RECENT and place < len(days) - 3:
                    continue
                spell = led_by(spells, day)
                worker = spell.worker.id if spell is not None and spell.worker is not None else ""
                recorded = min(add_wd(day, dice.randint(1, 2)) if dice.random() < 0.7 else day, ground.day)
                other = "Y" if place % 2 == len(days) % 2 or dice.random() < 0.4 else "N"
                home = "Y" if dice.random() < 0.85 else "N"
                notes.append(VisitNote(child.id, day, worker, recorded, at_home=home, second_parent=other))
