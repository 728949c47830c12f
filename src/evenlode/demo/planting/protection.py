"""Child protection gone wrong: reviews late, visits missed, children not seen or not seen alone."""

from __future__ import annotations

from evenlode.demo.dates import add_months, add_wd, age_on, wd_before
from evenlode.demo.expected import BREACH, CANNOT_TELL, OVERDUE
from evenlode.demo.facts import Child, CpPlan, Family, Review, Visit
from evenlode.demo.journeys import CP
from evenlode.demo.planting.ground import Ground, leave_last_visit
from evenlode.demo.published import CP_REVIEWS_LATE

_OUTSIDE = {"unborn", "age-unknown", "other-council", "novice", "novice-joint", "baby"}


def plan_of(ground: Ground, child: Child) -> CpPlan:
    """The open plan of a child known to have one."""
    plan = child.open_cp_plan(ground.day)
    if plan is None:
        raise ValueError(f"child {child.id} has no open plan to plant with")
    return plan


def _plain(family: Family) -> bool:
    """A family that is nobody's special case."""
    return family.cast not in _OUTSIDE


def _reviews(child: Child, plan: CpPlan) -> list[Review]:
    """The reviews of one plan in order."""
    return sorted((r for r in child.cp_reviews if r.of == plan.id), key=lambda r: r.due)


def _replace_reviews(ground: Ground, child: Child, plan: CpPlan, held: list[Review], due: int) -> None:
    """Keep only these held reviews of a plan, and one that is still to be held."""
    others = [r for r in child.cp_reviews if r.of != plan.id]
    child.cp_reviews[:] = [
        *others,
        *held,
        Review(ground.making.ids.give("cp review", "", 56000001), plan.id, due, None),
    ]


def late_first_reviews(ground: Ground) -> None:
    """CP-03: no review conference within three months of the first conference."""

    def fits(family: Family) -> bool:
        """On a plan for between three and nine months."""
        start = plan_of(ground, family.children[0]).start
        return _plain(family) and add_months(start, 3) < ground.day < add_months(start, 8)

    for family in ground.take(CP, CP_REVIEWS_LATE / 2, "late first review", fits, cast="first-review-due"):
        for child in family.children:
            plan = plan_of(ground, child)
            due = add_months(plan.start, 3)
            _replace_reviews(ground, child, plan, [], due)
            ground.expected.add(
                "CP-03", child, plan.id, OVERDUE, due, "planted: first review conference not held"
            )
        ground.tell("late reviews", family.children[0].id)


def late_later_reviews(ground: Ground) -> None:
    """CP-04: more than six months since the last review, or a review brought forward and then not held."""

    def fits(family: Family) -> bool:
        """A review held more than six months ago would now be the last."""
        plan = plan_of(ground, family.children[0])
        held = [r.held for r in _reviews(family.children[0], plan) if r.held is not None]
        return _plain(family) and any(add_months(day, 6) < ground.day for day in held)

    for family in ground.take(CP, CP_REVIEWS_LATE / 2, "late later review", fits, cast="later-review-due"):
        for child in family.children:
            plan = plan_of(ground, child)
            held = [
                r for r in _reviews(child, plan) if r.held is not None and add_months(r.held, 6) < ground.day
            ]
            due = add_months(max(r.held or 0 for r in held), 6)
            _replace_reviews(ground, child, plan, held, due)
            ground.expected.add(
                "CP-04", child, plan.id, OVERDUE, due, "planted: six months and more since the last review"
            )
    _brought_forward(ground)


def _brought_forward(ground: Ground) -> None:
    """CP-04 by the review's own recorded date, earlier than six months."""

    def fits(family: Family) -> bool:
        """Just one review held, some weeks ago."""
        plan = plan_of(ground, family.children[0])
        held = [r.held for r in _reviews(family.children[0], plan) if r.held is not None]
        return _plain(family) and len(held) == 1 and held[0] < ground.day - 25

    for family in ground.take(CP, 0.01, "review brought forward", fits, cast="brought-forward"):
        held_on = max(r.held or 0 for r in family.children[0].cp_reviews)
        due = held_on + ground.making.rng.randint(14, max(14, min(60, ground.day - held_on - 4)))
        for child in family.children:
            plan = plan_of(ground, child)
            held = [r for r in _reviews(child, plan) if r.held is not None]
            _replace_reviews(ground, child, plan, held, due)
            ground.expected.add(
                "CP-04",
                child,
                plan.id,
                OVERDUE,
                due,
                "planted: review brought forward to this date and not held",
            )


def late_visits(ground: Ground) -> None:
    """CP-05: more than ten working days since the child was last seen, but less than four weeks."""
    for family in ground.take(
        CP, 0.07, "visit late", lambda f: _plain(f) and plan_of(ground, f.children[0]).start < ground.day - 45
    ):
        last = max(wd_before(ground.day, 10 + ground.making.rng.randint(1, 5)), ground.day - 27)
        for child in family.children:
            plan = plan_of(ground, child)
            leave_last_visit(child.cp_visits, child, last, ground.day, plan.id)
            if add_wd(last, 10) < ground.day:
                ground.expected.add(
                    "CP-05", child, plan.id, OVERDUE, add_wd(last, 10), "planted: visit missed"
                )


def perhaps_seen(ground: Ground) -> None:
    """CP-05 cannot tell: the only visit that could be in time does not say whether the child was seen."""
    for family in ground.take(
        CP,
        0.01,
        "seen is blank",
        lambda f: _plain(f) and plan_of(ground, f.children[0]).start < ground.day - 60,
    ):
        last = max(wd_before(ground.day, 13), ground.day - 27)
        for child in family.children:
            plan = plan_of(ground, child)
            leave_last_visit(child.cp_visits, child, last, ground.day, plan.id)
            child.cp_visits.append(Visit(ground.day - 3, "", "", "", plan.id))
            if add_wd(last, 10) < ground.day:
                ground.expected.add(
                    "CP-05",
                    child,
                    plan.id,
                    CANNOT_TELL,
                    None,
                    "planted: 'seen' left blank on the newest visit",
                )


def not_seen_alone(ground: Ground) -> None:
    """CP-06: seen, but not alone, twice running; and where 'alone' was left blank nobody can tell."""

    def fits(family: Family) -> bool:
        """A child of four or more on a plan for some weeks."""
        child = family.children[0]
        old = child.born is not None and age_on(child.born, ground.day) >= 4
        return _plain(family) and old and plan_of(ground, child).start < ground.day - 50

    for share, alone, status in ((0.05, "N", BREACH), (0.01, "", CANNOT_TELL)):
        for family in ground.take(CP, share, "not seen alone", fits, cast="settled"):
            for child in family.children:
                _never_alone(ground, child, alone, status)


def _never_alone(ground: Ground, child: Child, alone: str, status: str) -> None:
    """The last visits to one child were all in company."""
    plan = plan_of(ground, child)
    seen = sorted((v for v in child.cp_visits if v.plan == plan.id and v.seen == "Y"), key=lambda v: v.day)
    if child.born is None or age_on(child.born, ground.day) < 4 or len(seen) < 2:
        return
    for visit in seen[-3:]:
        visit.alone = "N"
    seen[-1].alone = alone
    what = (
        "not seen alone at the last two visits"
        if alone
        else "'alone' left blank on the last visit, no on the one before"
    )
    ground.expected.add("CP-06", child, plan.id, status, None, f"planted: {what}")


def not_seen(ground: Ground) -> None:
    """CP-08 (and with it CP-05): nobody has seen the child for more than four weeks, of one family for six; or ever."""
    unseen = ground.take(
        CP, 0.04, "not seen", lambda f: _plain(f) and plan_of(ground, f.children[0]).start < ground.day - 70
    )
    for turn, family in enumerate(unseen):
        days = ground.making.rng.randint(31, 55)
        last = wd_before(ground.day - (days if turn else max(days, 46)), 0)
        for child in family.children:
            plan = plan_of(ground, child)
            leave_last_visit(child.cp_visits, child, last, ground.day, plan.id)
            why = "planted: not seen for more than four weeks"
            ground.expected.add("CP-05", child, plan.id, OVERDUE, add_wd(last, 10), why)
            ground.expected.add("CP-08", child, plan.id, OVERDUE, last + 28, why)
        ground.tell("not seen", family.children[0].id)
    for family in ground.take(
        CP, 0.01, "never seen", lambda f: _plain(f) and plan_of(ground, f.children[0]).start > ground.day - 12
    ):
        for child in family.children:
            plan = plan_of(ground, child)
            child.cp_visits.clear()
            child.cin_visits.clear()
            if add_wd(plan.start, 10) < ground.day:
                ground.expected.add(
                    "CP-05", child, plan.id, OVERDUE, add_wd(plan.start, 10), "planted: no visit yet"
                )
            ground.expected.add(
                "CP-08", child, plan.id, CANNOT_TELL, None, "planted: no sighting on the record at all"
            )


def unknown_age(ground: Ground) -> None:
    """CP-06 cannot tell: neither a date of birth nor an expected date is on the record."""
    for family in ground.free(CP, lambda f: f.cast == "age-unknown"):
        family.touched = "age unknown"
        child = family.children[0]
        plan = plan_of(ground, child)
        seen = [v for v in child.cp_visits if v.seen == "Y"]
        for visit in seen[-3:]:
            visit.alone = "N"
        if len(seen) >= 2:
            ground.expected.add(
                "CP-06", child, plan.id, CANNOT_TELL, None, "planted: no date of birth, so age is unknown"
            )


def other_council(ground: Ground) -> None:
    """No finding: another council's plan is not ours to visit, though the child is open here."""
    for family in ground.free(CP, lambda f: f.cast == "other-council"):
        family.touched = "another council's plan"
        for child in family.children:
            child.cp_visits[:] = [v for v in child.cp_visits if v.day < ground.day - 40]
