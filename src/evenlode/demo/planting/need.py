"""Children in need whose visits were missed, and one who has died: of the dead nothing is asked."""

from __future__ import annotations

from evenlode.demo.dates import add_wd, wd_before
from evenlode.demo.expected import CANNOT_TELL, OVERDUE
from evenlode.demo.facts import Child, CinPlan, Family, Visit
from evenlode.demo.journeys import CIN, DISABILITY
from evenlode.demo.planting.ground import Ground, leave_last_visit


def need_plan_of(ground: Ground, child: Child) -> CinPlan:
    """The open plan of a child known to have one."""
    plan = child.open_cin_plan(ground.day)
    if plan is None or plan.start is None:
        raise ValueError(f"child {child.id} has no open plan to plant with")
    return plan


def _on_plan_for(ground: Ground, family: Family, days: int) -> bool:
    """The plan has run for so many days."""
    start = need_plan_of(ground, family.children[0]).start
    return start is not None and start < ground.day - days


def late_visits(ground: Ground) -> None:
    """CIN-02: more than twenty working days since the child was seen."""
    for kind, share in ((CIN, 0.06), (DISABILITY, 0.05)):
        for family in ground.take(kind, share, "visit late", lambda f: _on_plan_for(ground, f, 80)):
            last = wd_before(ground.day, 20 + ground.making.rng.randint(1, 18))
            for child in family.children:
                plan = need_plan_of(ground, child)
                leave_last_visit(child.cin_visits, child, last, ground.day)
                ground.expected.add(
                    "CIN-02", child, plan.id, OVERDUE, add_wd(last, 20), "planted: visit missed"
                )


def perhaps_seen(ground: Ground) -> None:
    """CIN-02 cannot tell: the only visit in time does not say whether the child was seen."""
    for family in ground.take(CIN, 0.008, "seen is blank", lambda f: _on_plan_for(ground, f, 80)):
        last = wd_before(ground.day, 24)
        for child in family.children:
            plan = need_plan_of(ground, child)
            leave_last_visit(child.cin_visits, child, last, ground.day)
            child.cin_visits.append(Visit(ground.day - 5, "", "", ""))
            ground.expected.add(
                "CIN-02", child, plan.id, CANNOT_TELL, None, "planted: 'seen' left blank on the newest visit"
            )


def a_death(ground: Ground) -> None:
    """No finding at all: the record was left open after a child died."""
    for family in ground.free(CIN, lambda f: f.cast == "remembered"):
        family.touched = "died"
        child = family.children[0]
        child.died = ground.day - ground.making.rng.randint(50, 90)
        child.cin_visits[:] = [v for v in child.cin_visits if v.day < child.died - 30]
        child.notes[:] = [n for n in child.notes if n.day < child.died]
        child.actions[:] = [a for a in child.actions if a.day < child.died and a.done is not None]
