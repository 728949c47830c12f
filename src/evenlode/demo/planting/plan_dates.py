"""What was not done about referrals, assessments and protection plans, by the lists that the council keeps itself."""

from __future__ import annotations

from evenlode.demo.dates import ISO, add_months, add_wd, wd_before, working_days_between
from evenlode.demo.expected import OVERDUE
from evenlode.demo.facts import Child, Family
from evenlode.demo.journeys import ASSESSMENT, CIN, CP
from evenlode.demo.keeping.plan_dates import (
    CORE_GROUP,
    DECISION,
    LOOK,
    REPORT,
    SEEN_ELSEWHERE,
    STRATEGY,
    open_children,
    own_plan,
)
from evenlode.demo.planting.ground import Ground


def undecided(ground: Ground) -> None:
    """REF-01: the referrals that were left without a decision."""
    for family in ground.families:
        if family.touched != "undecided":
            continue
        for child in open_children(ground, family):
            ground.kept.drop(DECISION, child.id)
            ground.kept.date(DECISION, child.id, start=child.referral.day)
            due = add_wd(child.referral.day, 1)
            why = "planted: no manager decided within a working day"
            ground.expected.add("REF-01", child, child.referral.id, OVERDUE, due, why)


def nobody_looked(ground: Ground) -> None:
    """ASM-02: an assessment at which no manager looked by day 10, or not again by day 25."""

    def fits(family: Family) -> bool:
        """An assessment that has run past day 25."""
        open_ones = [a for a in family.children[0].assessments if a.authorised is None]
        return len(open_ones) == 1 and add_wd(open_ones[0].start, 25) < ground.day

    for turn, family in enumerate(ground.pick((ASSESSMENT,), 0.06, fits)):
        for child in open_children(ground, family):
            row = next(a for a in child.assessments if a.authorised is None)
            due = add_wd(row.start, 10 if turn % 2 else 25)
            ground.kept.drop(LOOK, child.id, row.start if turn % 2 else add_wd(row.start, 11))
            why = "no manager has looked at it" if turn % 2 else "no second look"
            ground.expected.add("ASM-02", child, row.id, OVERDUE, due, f"planted: {why}")


def strategy_discussions(ground: Ground) -> None:
    """STR-01: it was decided that one is needed, and it was not held."""
    decided = wd_before(ground.day, ground.making.dice.randint(3, 8))

    def fits(family: Family) -> bool:
        """No enquiry since that day, and known by then."""
        return all(
            c.referral.day <= decided and all(e.start < decided for e in c.enquiries) for c in family.children
        )

    for family in ground.pick((ASSESSMENT, CIN), 0.01, fits):
        for child in open_children(ground, family):
            ground.kept.date(STRATEGY, child.id, start=decided)
            due = add_wd(decided, 1)
            ground.expected.add(
                "STR-01", child, ISO[decided], OVERDUE, due, "planted: strategy discussion not held"
            )


def _plan_start(ground: Ground, child: Child) -> int:
    """When the child's own plan began; in the far future where there is none."""
    plan = own_plan(ground, child)
    return plan.start if plan is not None else ground.day + 1


def _spoilt(ground: Ground, family: Family) -> bool:
    """Something is planted in this family's core groups already."""
    return family.id in ground.kept.spoiled


def first_core_groups(ground: Ground) -> None:
    """CP-01: no core group since the conference."""

    def fits(family: Family) -> bool:
        """On a plan for between three weeks and four months."""
        start = _plan_start(ground, family.children[0])
        return add_wd(start, 10) < ground.day < start + 120

    chosen = ground.pick((CP,), 0.03, fits)
    for family in chosen:
        ground.kept.spoiled.add(family.id)
        for child in open_children(ground, family):
            ground.kept.drop(CORE_GROUP, child.id)
    since = ground.kept.since(CORE_GROUP)
    for family in chosen:
        for child in open_children(ground, family):
            plan = own_plan(ground, child)
            if plan is not None:
                due = add_wd(plan.start, 10)
                why = "planted: no core group since the conference"
                ground.expected.add_kept("CP-01", child, plan.id, since, due, why)


def later_core_groups(ground: Ground) -> None:
    """CP-02: the next core group is more than thirty working days after the last."""

    def fits(family: Family) -> bool:
        """On a plan for long enough to have missed one."""
        return add_wd(_plan_start(ground, family.children[0]), 45) < ground.day and not _spoilt(
            ground, family
        )

    for family in ground.pick((CP,), 0.05, fits):
        ground.kept.spoiled.add(family.id)
        for child in open_children(ground, family):
            plan = own_plan(ground, child)
            held = [d.done for d in ground.kept.dates_of(CORE_GROUP, child.id) if d.done is not None]
            old = [day for day in held if add_wd(day, 30) < ground.day]
            if plan is None or not old:
                continue
            ground.kept.drop(CORE_GROUP, child.id, max(old) + 1)
            due = add_wd(max(old), 30)
            ground.expected.add("CP-02", child, plan.id, OVERDUE, due, "planted: core group late")


def reports_not_shared(ground: Ground) -> None:
    """CP-14: the report was not shared five working days before a review, or two before a first conference."""

    def fits(family: Family) -> bool:
        """A conference in the last weeks for which the list holds a report."""
        rows = ground.kept.dates_of(REPORT, family.children[0].id)
        return any(row.start is not None and add_months(row.start, 1) > ground.day for row in rows)

    for family in ground.pick((CP,), 0.03, fits):
        for child in open_children(ground, family):
            for row in ground.kept.dates_of(REPORT, child.id):
                if row.start is None or add_months(row.start, 1) <= ground.day:
                    continue
                row.done = None
                days = 2 if row.start == _plan_start(ground, child) else 5
                due = wd_before(row.start, days - 1) - 1
                why = f"planted: report not shared {days} working days before the conference"
                ground.expected.add("CP-14", child, ISO[row.start], OVERDUE, due, why)


_VISITS_PLANTED = {"visit late", "seen is blank", "not seen alone", "not seen", "never seen"}
_ODD = {"unborn", "age-unknown", "other-council"}


def _youngest(family: Family) -> Child:
    """The last born of a family."""
    return max(family.children, key=lambda child: child.born or 0)


def born_on_a_plan(ground: Ground) -> None:
    """CP-15: born since the plan began, and neither a review nor a core group since."""

    def fits(family: Family) -> bool:
        """On a plan for some weeks, with a child of whom nothing is known from before."""
        child = _youngest(family)
        plan = own_plan(ground, child)
        if (
            plan is None
            or family.touched in _VISITS_PLANTED
            or family.cast in _ODD
            or _spoilt(ground, family)
        ):
            return False
        if len(child.referrals) > 1 or child.missing or child.disabilities or child.born is None:
            return False
        reviewed = any(r.held is not None and r.held > wd_before(ground.day, 28) for r in child.cp_reviews)
        return not reviewed and ground.day - 220 < plan.start < wd_before(ground.day, 24)

    for family in ground.pick((CP,), 0.01, fits):
        ground.kept.spoiled.add(family.id)
        met = wd_before(ground.day, 14 + ground.making.dice.randint(0, 12))
        days = _groups_until(_plan_start(ground, family.children[0]), met)
        for child in open_children(ground, family):
            ground.kept.drop(CORE_GROUP, child.id)
            for day in days:
                ground.kept.date(CORE_GROUP, child.id, done=day)
        child = _youngest(family)
        plan = own_plan(ground, child)
        if plan is None:
            continue
        child.born = met + 1
        for visit in child.cp_visits:
            visit.alone = "N"
        why = "planted: born on the plan, and no review or core group since"
        since = ground.kept.since(CORE_GROUP)
        ground.expected.add_kept("CP-15", child, plan.id, since, add_wd(child.born, 10), why)


def _groups_until(start: int, last: int) -> list[int]:
    """Core groups in time from the start of a plan, the last of them on a day."""
    first = min(add_wd(start, 8), last)
    days = working_days_between(first, last)
    steps = -(-days // 28)
    return [add_wd(first, days * turn // steps) for turn in range(1, steps + 1)] + [first]


def seen_by_no_agency(ground: Ground) -> None:
    """CP-08b: of the children whom no worker has seen for six weeks, those whom nobody else has seen either."""
    children = {c.id: c for family in ground.families for c in family.children}
    for row in [f for f in ground.expected.findings if f.rule == "CP-08" and f.due is not None]:
        last = (row.due or 0) - 28
        if last + 42 < ground.day:
            ground.kept.drop(SEEN_ELSEWHERE, row.subject, last + 1)
            why = "planted: no agency has seen the child for six weeks"
            ground.expected.add("CP-08b", children[row.subject], row.record, OVERDUE, last + 42, why)
