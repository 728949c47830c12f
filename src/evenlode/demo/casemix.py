"""How heavy a child's case is, and how full that makes a worker: the starter tariff, in hundredths of a point.

This is the demo's own arithmetic, used to keep the base council's workers under their limits and to know who was planted above.
"""

from __future__ import annotations

from evenlode.demo.care import moved_lately
from evenlode.demo.dates import add_months, age_on
from evenlode.demo.facts import Child, Family, Worker

IN_PROCEEDINGS, NEW_PLAN, NEW_IN_CARE, ENQUIRY, PLAN, ASSESSMENT, SETTLED_CARE, NEED, LEAVER = (
    1000,
    800,
    800,
    700,
    700,
    500,
    500,
    400,
    400,
)


def is_open(child: Child, as_at: int) -> bool:
    """An open child: alive, under 18 (or unborn, or of unknown age) and with an open episode, plan or period of care."""
    if child.died is not None or (child.born is not None and age_on(child.born, as_at) >= 18):
        return False
    if child.open_cp_plan(as_at) is not None or child.open_care() is not None:
        return True
    return any(r.day <= as_at and r.close is None for r in child.referrals)


def points(child: Child, as_at: int) -> int:
    """The highest entry of the tariff that applies to a child."""
    if child.died is not None or (child.leaver is not None and child.leaver.in_touch == "DIED"):
        return 0
    found = [NEED] if is_open(child, as_at) else []
    if child.leaver is not None and child.leaver.eligibility != "Qualifying":
        found.append(LEAVER)
    if any(s.status == "C1" and s.start <= as_at and s.end is None for s in child.legal):
        found.append(IN_PROCEEDINGS)
    plan, care = child.open_cp_plan(as_at), child.open_care()
    if plan is not None:
        found.append(NEW_PLAN if as_at <= plan.start + 90 else PLAN)
    if care is not None:
        new = add_months(care.entered, 12) > as_at or moved_lately(care, as_at) >= 2
        found.append(NEW_IN_CARE if new else SETTLED_CARE)
    if any(e.end is None and e.start <= as_at for e in child.enquiries):
        found.append(ENQUIRY)
    if any(a.authorised is None and a.start <= as_at for a in child.assessments):
        found.append(ASSESSMENT)
    return max(found, default=0)


def family_load(scores: list[int]) -> int:
    """One family under one worker: the heaviest case counts in full, each other child six tenths."""
    return (10 * max(scores) + 6 * (sum(scores) - max(scores))) // 10 if scores else 0


def loads(families: list[Family], as_at: int) -> dict[Worker, int]:
    """Every worker's points: the families led, and a quarter of each child co-worked."""
    held: dict[Worker, int] = {}
    for family in families:
        by_lead: dict[Worker, list[int]] = {}
        for child in family.children:
            score = points(child, as_at)
            lead = child.lead(as_at)
            if not score:
                continue
            if lead is not None and lead.worker is not None:
                by_lead.setdefault(lead.worker, []).append(score)
            helpers = {
                s.worker for s in child.spells if s.role == "CO-WORKER" and s.start <= as_at and s.end is None
            }
            for helper in helpers:
                if helper is not None and (lead is None or helper is not lead.worker):
                    held[helper] = held.get(helper, 0) + score // 4
        for worker, scores in by_lead.items():
            held[worker] = held.get(worker, 0) + family_load(scores)
    return held
