"""Newly qualified workers who lead what they should not lead alone, or whose programme ends too soon."""

from __future__ import annotations

from evenlode.demo.dates import add_months, date_of
from evenlode.demo.expected import BREACH, FLAG
from evenlode.demo.facts import Child, Worker
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
