"""What any council has: long plans, second plans, re-referrals, many homes, many workers, full workers; noted once all is planted."""

from __future__ import annotations

from evenlode.demo.care import homes_in_year
from evenlode.demo.caseloads import OVERLOADED
from evenlode.demo.casemix import loads
from evenlode.demo.dates import add_months
from evenlode.demo.expected import BREACH, FLAG
from evenlode.demo.facts import Child, CpPlan
from evenlode.demo.planting.allocation import workers_in_year
from evenlode.demo.planting.ground import Ground


def note_background(ground: Ground) -> None:
    """Write down the findings that follow from how long and how often, child by child and worker by worker."""
    for family in ground.families:
        for child in family.children:
            if child.died is not None or (child.leaver is not None and child.leaver.in_touch == "DIED"):
                continue
            re_referrals(ground, child)
            if not child.adult:
                _plans(ground, child)
                _homes_and_workers(ground, child)
    for family in ground.closed:
        for child in family.children:
            re_referrals(ground, child)
    full_workers(ground)


def re_referrals(ground: Ground, child: Child) -> None:
    """REF-02: each referral of the last year that followed another of the same child within twelve months."""
    days = sorted(r.day for r in child.referrals)
    for referral in child.referrals:
        if not ground.making.year_ago < referral.day <= ground.day:
            continue
        if any(before < referral.day <= add_months(before, 12) for before in days):
            why = "published rate: 22.6 % of referrals, c1 2025"
            ground.expected.add("REF-02", child, referral.id, FLAG, None, why)


def _tier(start: int, day: int, tiers: tuple[int, ...]) -> int | None:
    """The highest of some months that a plan has reached."""
    return next((months for months in sorted(tiers, reverse=True) if add_months(start, months) <= day), None)


def _plans(ground: Ground, child: Child) -> None:
    """CP-10, CP-11, CP-12, NQ-07 and CIN-05."""
    day, add = ground.day, ground.expected.add
    plan = child.open_cp_plan(day)
    if plan is not None and not plan.other_council:
        _length_of_protection(ground, child, plan)
        if any(p.start < plan.start for p in child.cp_plans):
            add(
                "CP-12",
                child,
                plan.id,
                FLAG,
                None,
                "published rate: 24.5 % second or subsequent plans, d3 2025",
            )
    if plan is not None:
        _novice(ground, child, plan)
    need = child.open_cin_plan(day)
    tier = _tier(need.start, day, (6, 9, 12)) if need is not None and need.start is not None else None
    if need is not None and need.start is not None and tier is not None:
        why = "published rate: length of open episodes, b4 2024"
        add("CIN-05", child, need.id, FLAG, add_months(need.start, tier), why)


def _length_of_protection(ground: Ground, child: Child, plan: CpPlan) -> None:
    """CP-10 and CP-11: the tier that a plan has reached, and two years."""
    day, add = ground.day, ground.expected.add
    tier = _tier(plan.start, day, (9, 12, 15, 21))
    if tier is not None:
        why = child.why.get("CP-10", "published rate: length of open plans, d5 2025")
        add("CP-10", child, plan.id, FLAG, add_months(plan.start, tier), why)
    if add_months(plan.start, 24) <= day:
        why = "published rate: 2.3 % of plans last two years or more, d5 2025"
        add("CP-11", child, plan.id, FLAG, add_months(plan.start, 24), why)


def _novice(ground: Ground, child: Child, plan: CpPlan) -> None:
    """NQ-07: a plan led by a newly qualified worker without an experienced worker alongside."""
    day, lead = ground.day, child.lead(ground.day)
    if lead is None or lead.worker is None or not lead.worker.newly_qualified(day):
        return
    helped = any(
        s.role == "CO-WORKER" and s.worker is not None and s.start <= day and (s.end is None or s.end > day)
        and s.worker.present(day) and not s.worker.newly_qualified(day)
        for s in child.spells
    )  # fmt: skip
    if not helped:
        ground.expected.add(
            "NQ-07",
            child,
            plan.id,
            BREACH,
            None,
            "planted: newly qualified worker leads the plan with nobody alongside",
        )
        ground.tell("novices", f"{child.id} (worker {lead.worker.id})")


def _homes_and_workers(ground: Ground, child: Child) -> None:
    """CLA-S1 and CW-02."""
    care = child.open_care()
    if (
        care is not None
        and "CLA-S1" not in child.why
        and homes_in_year(care, ground.making.year_ago, ground.day) >= 3
    ):
        why = "published rate: 10 % had three or more placements in the year, la_cla_placement_stability 2025"
        ground.expected.add("CLA-S1", child, care.id, BREACH, None, why)
    if len(workers_in_year(child, ground.making.year_ago, ground.day)) >= 3:
        why = child.why.get("CW-02", "background: passed from assessment to a team and on within the year")
        ground.expected.add("CW-02", child, "", BREACH, None, why)


def full_workers(ground: Ground) -> None:
    """NQ-02 and DR-18: the case mix each worker was given, set against 85 points a full-time post."""
    held = loads(ground.families, ground.day)
    for worker in ground.workforce.workers:
        capacity = worker.capacity(ground.day)
        load = held.get(worker, 0)
        if worker.placeholder or not capacity or not load:
            continue
        why = (
            "planted: given too much work"
            if worker.casts.startswith(OVERLOADED)
            else "follows from the number of workers and the case mix"
        )
        why = f"{why}; {load / 100:g} points of {capacity / 100:g}"
        if worker.newly_qualified(ground.day) and load > capacity:
            ground.expected.add_worker("NQ-02", worker, why)
        if 10 * load >= 11 * capacity:
            ground.expected.add_worker("DR-18", worker, why)
            ground.tell(
                "overloaded",
                f"{worker.name} (worker {worker.id}, {worker.team.name}), {load * 100 // capacity} %",
            )
