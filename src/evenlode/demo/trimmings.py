"""What makes the record look like a real one and starts no clock: who took the referral, missing episodes, last year's caseload."""

from __future__ import annotations

from evenlode.demo.dates import age_on, date_of, day_of
from evenlode.demo.facts import Assessment, Child, CinPlan, Enquiry, Family, Referral
from evenlode.demo.making import Making
from evenlode.demo.talks import led_by


def finish_family(making: Making, family: Family) -> None:
    """Fill in the worker and team on each piece of work, and the times when teenagers were missing."""
    for child in family.children:
        _authors(child)
        if child.born is None or child.adult or age_on(child.born, making.as_at) < 12:
            continue
        if making.rng.random() < (0.25 if child.care else 0.08):
            for _ in range(making.rng.randint(1, 3)):
                start = max(child.referral.day, making.as_at - making.rng.randint(3, 300))
                end, offered = min(start + making.rng.randint(0, 3), making.as_at), making.rng.choice("YYYN")
                child.missing.append((making.ids.give("missing", "", 14000001), start, end, offered))


def _authors(child: Child) -> None:
    """Who wrote the assessment, the enquiry and the plan: whoever led the child on the day."""
    spells = sorted(child.spells, key=lambda s: s.start)
    pieces: list[tuple[Referral | Assessment | Enquiry | CinPlan, int]] = [
        (row, row.day) for row in child.referrals
    ]
    pieces += [(assessment, assessment.start) for assessment in child.assessments]
    pieces += [(enquiry, enquiry.start) for enquiry in child.enquiries]
    pieces += [(plan, plan.start or 0) for plan in child.cin_plans]
    for piece, day in pieces:
        spell = led_by(spells, day)
        if spell is not None and spell.worker is not None:
            piece.worker, piece.team = spell.worker.id, spell.team.id


def last_september(families: list[Family], as_at: int) -> None:
    """The case system's own caseload figure: as it stood last 30 September, out of date for most of the year."""
    when = date_of(as_at)
    year = when.year if (when.month, when.day) >= (9, 30) else when.year - 1
    day = day_of(when.replace(year=year, month=9, day=30))
    for family in families:
        for child in family.children:
            spell = child.lead(day)
            if spell is not None and spell.worker is not None:
                spell.worker.led_last_september += 1
