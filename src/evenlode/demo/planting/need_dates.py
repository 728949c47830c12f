"""What was not done about children in need, by the lists that the council keeps itself."""

from __future__ import annotations

from evenlode.demo.dates import ISO, add_months, add_wd, on_working_day
from evenlode.demo.expected import CANNOT_TELL, OVERDUE
from evenlode.demo.facts import Child, CinPlan, Family
from evenlode.demo.journeys import CIN, DISABILITY
from evenlode.demo.keeping.plan_dates import (
    MEETING,
    MINUTES,
    ORDER,
    ORDER_REVIEW,
    REVIEW,
    TOLD,
    last_need_visit,
    meeting_base,
    need_plan,
    open_children,
)
from evenlode.demo.planting.ground import Ground

_KINDS = (CIN, DISABILITY)


def _start(ground: Ground, family: Family) -> int:
    """When the family's plan began; in the far future where there is none."""
    plan = need_plan(ground, family.children[0])
    return plan.start if plan is not None and plan.start is not None else ground.day + 1


def _on_plan(ground: Ground, family: Family) -> list[tuple[Child, CinPlan]]:
    """The family's open children with their plans."""
    pairs = [(child, need_plan(ground, child)) for child in open_children(ground, family)]
    return [(child, plan) for child, plan in pairs if plan is not None and plan.start is not None]


def first_meetings(ground: Ground) -> None:
    """CIN-01: a plan of some weeks, and no meeting since the assessment."""

    def fits(family: Family) -> bool:
        """Old enough to have had a meeting, too young to need a review."""
        return add_wd(_start(ground, family), 10) < ground.day <= add_months(_start(ground, family), 2)

    chosen = ground.pick(_KINDS, 0.02, fits)
    for family in chosen:
        ground.kept.spoiled.add(family.id)
        for child, _ in _on_plan(ground, family):
            ground.kept.drop(MEETING, child.id)
    since = ground.kept.since(MEETING)
    for family in chosen:
        for child, plan in _on_plan(ground, family):
            due = add_wd(meeting_base(child, plan), 10)
            why = "planted: no meeting since the assessment"
            ground.expected.add_kept("CIN-01", child, plan.id, since, due, why)


def reviews(ground: Ground) -> None:
    """CIN-03: the plan was not reviewed for more than three months."""

    def fits(family: Family) -> bool:
        """Old enough to have been reviewed twice."""
        return add_months(_start(ground, family), 7) < ground.day and family.id not in ground.kept.spoiled

    for family in ground.pick(_KINDS, 0.04, fits):
        ground.kept.spoiled.add(family.id)
        for child, plan in _on_plan(ground, family):
            held = [d.done for d in ground.kept.dates_of(REVIEW, child.id) if d.done is not None]
            last = max(day for day in held if add_months(day, 3) < ground.day)
            ground.kept.drop(REVIEW, child.id, last + 1)
            ground.kept.drop(MINUTES, child.id, last + 10)
            due = add_months(last, 3)
            ground.expected.add("CIN-03", child, plan.id, OVERDUE, due, "planted: plan not reviewed in time")


def minutes(ground: Ground) -> None:
    """CIN-06: the minutes of the last review never went out."""

    def last_review(child: Child) -> int | None:
        """When the plan was last reviewed."""
        held = [d.done for d in ground.kept.dates_of(REVIEW, child.id) if d.done is not None]
        return max(held, default=None)

    def fits(family: Family) -> bool:
        """Reviewed more than a week ago."""
        last = last_review(family.children[0])
        return last is not None and add_wd(last, 5) < ground.day and family.id not in ground.kept.spoiled

    chosen = ground.pick(_KINDS, 0.03, fits)
    for family in chosen:
        ground.kept.spoiled.add(family.id)
        for child, _ in _on_plan(ground, family):
            ground.kept.drop(MINUTES, child.id, last_review(child) or 0)
    since = ground.kept.since(MINUTES)
    for family in chosen:
        for child, _ in _on_plan(ground, family):
            due = add_wd(last_review(child) or 0, 5)
            ground.expected.add_kept("CIN-06", child, "", since, due, "planted: minutes not sent")


def not_seen_alone(ground: Ground) -> None:
    """CIN-04: the last visit found nobody in, or saw the child in company, and nobody was told or went again."""
    for family in ground.pick(_KINDS, 0.02, lambda f: _seen_lately(ground, f)):
        for child, plan in _on_plan(ground, family):
            visit = last_need_visit(ground, child, plan)
            if visit is not None and visit.seen == "Y" and visit.day + 2 < ground.day:
                visit.alone = "N"
                ground.kept.drop(TOLD, child.id, visit.day)
    for family in ground.families:
        for child, plan in _on_plan(ground, family):
            _expect_told(ground, child, plan)


def _seen_lately(ground: Ground, family: Family) -> bool:
    """The children were seen at the last visit, some days ago."""
    child = family.children[0]
    plan = need_plan(ground, child)
    visit = last_need_visit(ground, child, plan) if plan is not None else None
    return visit is not None and visit.seen == "Y" and visit.day + 2 < ground.day


def _expect_told(ground: Ground, child: Child, plan: CinPlan) -> None:
    """Two days to tell a manager, then five working days to go again; where 'alone' is blank nobody can tell."""
    visit = last_need_visit(ground, child, plan)
    if visit is None or visit.alone == "Y":
        return
    told = any((row.done or 0) >= visit.day for row in ground.kept.dates_of(TOLD, child.id))
    due = add_wd(visit.day, 5) if told else min(visit.day + 2, add_wd(visit.day, 5))
    if due >= ground.day:
        return
    visit.id = visit.id or ground.making.ids.give("cin visit", "", 1_000_001)
    if visit.alone == "":
        why = "planted: 'alone' left blank on the last visit"
        ground.expected.add("CIN-04", child, visit.id, CANNOT_TELL, None, why)
    else:
        why = "planted: not seen alone, and no manager was told"
        ground.expected.add("CIN-04", child, visit.id, OVERDUE, due, why)


def orders_not_reviewed(ground: Ground) -> None:
    """CIN-07: a supervision order of some weeks without its first review."""

    def fits(family: Family) -> bool:
        """On a plan for some time, and not under an order yet."""
        return _start(ground, family) < ground.day - 60 and not ground.kept.dates_of(
            ORDER, family.children[0].id
        )

    since = ground.kept.since(ORDER_REVIEW)
    for family in ground.pick((CIN,), 0.01, fits):
        made = on_working_day(ground.day - ground.making.dice.randint(35, 55))
        for child in open_children(ground, family):
            ground.kept.date(ORDER, child.id, start=made, due=add_months(made, 12))
            why = "planted: supervision order not reviewed within four weeks"
            ground.expected.add_kept("CIN-07", child, ISO[made], since, made + 28, why)
