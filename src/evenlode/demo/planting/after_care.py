"""Young people leaving care for whom something was not done: needs not assessed, new homes and others not visited."""

from __future__ import annotations

from evenlode.demo.dates import add_months, add_wd
from evenlode.demo.expected import CANNOT_TELL, FLAG, OVERDUE
from evenlode.demo.facts import CareLeaver, Child
from evenlode.demo.keeping.care_dates import ADVISER, HOME, NEEDS, eligible_on, in_care, leavers
from evenlode.demo.planting.ground import Ground

CHANGE = "change of circumstances"
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


def unlisted(ground: Ground) -> None:
    """CL-01 and CL-03: entitled to help with leaving care, and on no list, with no pathway plan."""
    told = {f.subject for f in ground.expected.findings if f.rule in {"CL-02", "CL-04", "CL-06"}}
    able = [
        (child, care)
        for child, care in in_care(ground)
        if child.leaver is not None
        and child.id not in told
        and (since := eligible_on(child, care)) is not None
        and add_months(since, 3) < ground.day
    ]
    for child, _ in ground.making.dice.sample(able, min(len(able), 1 + len(able) // 15)):
        child.leaver = None
    for child, care in in_care(ground, whole=False):
        since = eligible_on(child, care)
        if child.leaver is not None or since is None or since > ground.day:
            continue
        why = "planted: entitled to help with leaving care, and not on the list"
        ground.expected.add("CL-01", child, care.id, FLAG, None, why)
        if add_months(since, 3) < ground.day:
            ground.expected.add("CL-03", child, care.id, OVERDUE, add_months(since, 3), why)


def _moves(ground: Ground, child: Child) -> list[int]:
    """When the young person moved: to a new home by the council's list, or from placement to placement in care."""
    days = [d.start for d in ground.kept.dates_of(HOME, child.id) if d.start is not None]
    care = child.open_care()
    if care is not None:
        days += [
            p.start
            for p in care.placements
            if not p.continues
            and care.entered < p.start <= ground.day
            and (p.end is None or p.end >= p.start)
        ]
    return days


def changes(ground: Ground) -> None:
    """CL-09 and DR-20: something changed, and the pathway plan was not reviewed for it within twenty working days."""
    changed_on = ground.day - 40
    able = [
        child
        for child, row in leavers(ground)
        if child.adult and row.pathway is not None and row.pathway < changed_on
    ]
    for child in ground.making.dice.sample(able, min(len(able), 1 + len(able) // 20)):
        ground.kept.date(CHANGE, child.id, start=changed_on)
    for child, row in leavers(ground):
        reviewed = row.pathway if row.pathway is not None and row.pathway <= ground.day else None
        written = [d.start for d in ground.kept.dates_of(CHANGE, child.id) if d.start is not None]
        days = [day for day in (*_moves(ground, child), *written) if reviewed is None or day > reviewed]
        why = "planted: a change, and the pathway plan was not reviewed for it"
        if days and reviewed is None:
            ground.expected.add("CL-09", child, "", CANNOT_TELL, None, "planted: no date of the last review")
        elif days and add_wd(min(days), 20) < ground.day:
            ground.expected.add("CL-09", child, "", OVERDUE, add_wd(min(days), 20), why)
        _stale(ground, child, reviewed, [day for day in written if reviewed is None or day > reviewed])


def _stale(ground: Ground, child: Child, reviewed: int | None, changed: list[int]) -> None:
    """DR-20: not reviewed in six months, or not after a change that was written down; without a date nobody can tell."""
    late = [add_wd(day, 20) for day in changed if add_wd(day, 20) < ground.day]
    if reviewed is not None and add_months(reviewed, 6) < ground.day:
        late.append(add_months(reviewed, 6))
    if late:
        ground.expected.add("DR-20", child, "", FLAG, min(late), "planted: pathway plan stale")
    elif reviewed is None:
        ground.expected.add("DR-20", child, "", CANNOT_TELL, None, "planted: no date of the last review")
