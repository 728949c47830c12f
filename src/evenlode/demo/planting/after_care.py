"""Young people leaving care for whom something was not done: needs not assessed, new homes and others not visited."""

from __future__ import annotations

from evenlode.demo.dates import add_months
from evenlode.demo.expected import OVERDUE
from evenlode.demo.facts import CareLeaver, Child
from evenlode.demo.keeping.care_dates import ADVISER, HOME, NEEDS, eligible_on, in_care, leavers
from evenlode.demo.planting.ground import Ground

PROVIDED = {"C", "D", "E", "T", "V", "W"}


def needs_assessments(ground: Ground) -> None:
    """CL-02: entitled to help with leaving care for three months, and needs not assessed."""
    able = [
        (child, care, since)
        for child, care in in_care(ground)
        if (since := eligible_on(child, care)) is not None and add_months(since, 3) < ground.day
    ]
    for child, care, since in ground.making.dice.sample(able, min(len(able), max(1, len(able) // 12))):
        ground.kept.drop(NEEDS, child.id)
        due = add_months(since, 3)
        ground.expected.add(
            "CL-02", child, care.id, OVERDUE, due, "planted: needs not assessed before leaving care"
        )


def _last_visit(ground: Ground, child: Child) -> int | None:
    """When the adviser last visited."""
    return max((d.done for d in ground.kept.dates_of(ADVISER, child.id) if d.done is not None), default=None)


def new_homes(ground: Ground) -> None:
    """CL-05: moved in more than a week ago, and the adviser has not been there."""

    def fits(child: Child, row: CareLeaver) -> bool:
        """Last visited some weeks ago, and no other move on record."""
        last = _last_visit(ground, child)
        known = ground.kept.dates_of(HOME, child.id)
        return (
            last is not None
            and row.pathway is not None
            and ground.day - 50 < last < ground.day - 9
            and not known
        )

    able = [(child, row) for child, row in leavers(ground) if child.adult and fits(child, row)]
    for child, _ in ground.making.dice.sample(able, min(len(able), max(1, len(able) // 20))):
        moved = max((_last_visit(ground, child) or 0) + 1, ground.day - 20)
        ground.kept.date(HOME, child.id, start=moved)
        why = "planted: new home not visited within a week"
        ground.expected.add("CL-05", child, "", OVERDUE, moved + 7, why)


def adviser_visits(ground: Ground) -> None:
    """CL-06: living where the council provides, and not visited for two months."""
    homes = {d.child for d in ground.kept.dates.get(HOME, [])}
    able = [
        (child, row)
        for child, row in leavers(ground)
        if row.accommodation in PROVIDED and child.id not in homes
    ]
    for child, _ in ground.making.dice.sample(able, min(len(able), max(1, len(able) // 8))):
        ground.kept.drop(ADVISER, child.id, ground.day - 70)
    for child, row in leavers(ground):
        last = _last_visit(ground, child)
        if row.accommodation not in PROVIDED and child.id not in homes:
            continue
        if last is not None and add_months(last, 2) < ground.day:
            why = "planted: not visited by the adviser for two months"
            ground.expected.add("CL-06", child, "", OVERDUE, add_months(last, 2), why)
