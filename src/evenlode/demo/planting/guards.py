"""Newly qualified workers who lead what they should not lead alone, or whose programme ends too soon."""

from __future__ import annotations

from evenlode.demo.dates import add_months, date_of
from evenlode.demo.expected import BREACH, FLAG, OVERDUE
from evenlode.demo.facts import Child, Worker
from evenlode.demo.keeping.care_dates import PROCEEDINGS
from evenlode.demo.keeping.kept import Override
from evenlode.demo.keeping.plan_dates import open_children
from evenlode.demo.planting.ground import Ground

_EARLY_CAREER = (2027, 9, 1)


def programme_too_short(ground: Ground) -> None:
    """NQ-01: the programme ends a month early; or, from September 2027, after one year and not two."""
    novices = [w for w in ground.workforce.workers if w.named(ground.day) and w.newly_qualified(ground.day)]
    for worker in [w for w in novices if w.team is not ground.strong_team][:1]:
        early = add_months(worker.asye_start or worker.started, 11)
        if early > ground.day + 2:
            worker.asye_end = early
    for worker in novices:
        start = worker.asye_start or worker.started
        began = date_of(start)
        long = (began.year, began.month, began.day) >= _EARLY_CAREER
        if worker.asye_end is not None and worker.asye_end < add_months(start, 24 if long else 12):
            why = "planted: programme shorter than it should be"
            ground.expected.add_worker("NQ-01", worker, why, FLAG)


def _led_by_novice(ground: Ground, child: Child) -> Worker | None:
    """The newly qualified worker who leads the child with nobody experienced alongside."""
    spell = child.lead(ground.day)
    worker = spell.worker if spell is not None else None
    if worker is None or not worker.newly_qualified(ground.day):
        return None
    helpers = [
        s.worker
        for s in child.spells
        if s.role == "CO-WORKER" and s.start <= ground.day and (s.end is None or s.end > ground.day)
    ]
    helped = any(
        w is not None and w.present(ground.day) and not w.newly_qualified(ground.day) for w in helpers
    )
    return None if helped else worker


def enquiries_led_alone(ground: Ground) -> None:
    """NQ-09: a section 47 enquiry led by somebody in the first year."""
    for family in ground.families:
        for child in open_children(ground, family):
            for enquiry in child.enquiries:
                running = enquiry.start <= ground.day and (enquiry.end is None or enquiry.end > ground.day)
                if running and _led_by_novice(ground, child) is not None:
                    why = "planted: enquiry led by a newly qualified worker alone"
                    ground.expected.add("NQ-09", child, enquiry.id, BREACH, None, why)


def court_work_alone(ground: Ground) -> None:
    """NQ-08: a child in care proceedings, by an interim order or by the council's list, led by somebody in the first year."""
    for family in ground.families:
        for child in open_children(ground, family):
            orders = any(s.status == "C1" and s.start <= ground.day and s.end is None for s in child.legal)
            issued = any(d.done is None for d in ground.kept.dates_of(PROCEEDINGS, child.id))
            if (orders or issued) and _led_by_novice(ground, child) is not None:
                why = "planted: in proceedings, led by a newly qualified worker alone"
                ground.expected.add("NQ-08", child, "", BREACH, None, why)


def overrides(ground: Ground) -> None:
    """NQ-14: a manager went past the guard for protection plans and is to look again, or gave no reason; others are in order."""
    alone = [f.subject for f in ground.expected.findings if f.rule == "NQ-07"]
    children = {c.id: c for family in ground.families for c in family.children}
    for turn, number in enumerate(dict.fromkeys(alone)):
        spell = children[number].lead(ground.day)
        manager = spell.team.manager if spell is not None else None
        if manager is None or turn > 3:
            continue
        decided = ground.day - (40 if turn == 0 else 12)
        row = Override(number, "NQ-07", manager.id, "N" if turn == 1 else "Y", decided, decided + 28)
        ground.kept.overrides.append(row)
        if turn == 0:
            why = "planted: override not looked at again"
            ground.expected.add("NQ-14", children[number], "NQ-07", OVERDUE, decided + 28, why)
        elif turn == 1:
            why = "planted: override without a reason"
            ground.expected.add("NQ-14", children[number], "NQ-07", BREACH, None, why)
    if not ground.kept.overrides:
        _one_that_is_over(ground)


def _one_that_is_over(ground: Ground) -> None:
    """An override of long ago, of a guard that nothing breaches any more: the list is kept."""
    child = ground.families[0].children[0]
    manager = ground.workforce.teams[0].manager
    day = ground.day - 300
    ground.kept.overrides.append(
        Override(child.id, "NQ-07", manager.id if manager is not None else "", "Y", day, day + 28)
    )
