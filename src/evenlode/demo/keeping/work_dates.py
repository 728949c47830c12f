"""Dates about work and workers that the council writes down itself: waiting children, goodbyes, the first-year programme."""

from __future__ import annotations

from evenlode.demo.dates import add_wd
from evenlode.demo.facts import Child, Spell
from evenlode.demo.journeys import CIN
from evenlode.demo.keeping.plan_dates import open_children
from evenlode.demo.planting.ground import Ground
from evenlode.demo.workforce import ASSESSING

LOOKED, RISK, LETTER = "unallocated review", "unallocated risk assessment", "family told whom to contact"
GOODBYE = "hand-over visit"
HALF_DAY, REVIEW, OBSERVED = "protected time", "programme review", "direct observation"
_YEAR = 365


def well_into_the_programme(ground: Ground) -> None:
    """Somebody newly qualified who has been here for more than four months; a new colleague without children if need be."""
    long = [
        w
        for w in ground.workforce.workers
        if w.present(ground.day)
        and w.newly_qualified(ground.day)
        and w.team is not ground.strong_team
        and (w.asye_start or ground.day) < ground.day - 150
    ]
    if not long:
        ground.recruiter.newly_qualified(ground.workforce.of_kind(ASSESSING)[1], (6, 9))


def qualified(ground: Ground) -> None:
    """When everybody qualified: shortly before the first-year programme; all others more than three years ago."""
    dice = ground.making.dice
    for worker in ground.workforce.workers:
        if worker.placeholder or worker.title == "Personal Adviser":
            continue
        if worker.asye_start is not None:
            worker.qualified = worker.asye_start - dice.randint(20, 80)
        else:
            worker.qualified = min(worker.started, ground.day - 3 * _YEAR) - dice.randint(40, 2500)


def waiting(ground: Ground) -> None:
    """Waiting children are looked at every week, their risk is assessed and their family told within five working days."""
    dice = ground.making.dice
    for family in ground.families:
        step, risk, letter = dice.randint(5, 7), dice.randint(2, 5), dice.randint(1, 5)
        for child in open_children(ground, family):
            since = ground.waiting.get(child.id)
            if since is None:
                continue
            for day in range(since + step, ground.day + 1, step):
                ground.kept.date(LOOKED, child.id, done=day)
            for kind, days in ((RISK, risk), (LETTER, letter)):
                if add_wd(since, days) <= ground.day:
                    ground.kept.date(kind, child.id, done=add_wd(since, days))
    for family in [f for f in ground.families if f.kind == CIN][:3]:
        for child in open_children(ground, family):
            for kind in (LOOKED, RISK, LETTER):
                ground.kept.date(kind, child.id, done=child.referral.day)


def leads(child: Child) -> list[Spell]:
    """The child's lead workers in order, impossible rows aside."""
    spells = [
        s
        for s in child.spells
        if s.role == "CW" and s.worker is not None and (s.end is None or s.end >= s.start)
    ]
    return sorted(spells, key=lambda spell: spell.start)


def goodbyes(ground: Ground) -> None:
    """Every change of worker of the last year with a visit of both, or a goodbye."""
    for family in ground.families:
        days = ground.making.dice.randint(1, 7)
        for child in open_children(ground, family):
            for spell in leads(child):
                met = add_wd(spell.start, days)
                if ground.making.year_ago - 30 < spell.start and met <= ground.day:
                    ground.kept.date(GOODBYE, child.id, done=met)


def interviews_offered(ground: Ground) -> None:
    """In the strong team every child who was missing is offered an interview on coming back."""
    for family in ground.families:
        if ground.team_of(family) is ground.strong_team:
            for child in family.children:
                child.missing[:] = [(number, start, end, "Y") for number, start, end, _ in child.missing]


def programmes(ground: Ground) -> None:
    """Half a day a week, a review in three months, an observation in four, for everybody in the programme or just out of it."""
    dice = ground.making.dice
    for worker in ground.workforce.workers:
        start = worker.asye_start
        if start is None:
            continue
        last = min(ground.day, start + _YEAR)
        for day in range(last - dice.randint(0, 6), start, -7):
            ground.kept.date(HALF_DAY, worker=worker.id, done=day)
        for kind, days in ((REVIEW, 84), (OBSERVED, 110)):
            for day in range(start + days - dice.randint(0, 6), last + 1, days):
                ground.kept.date(kind, worker=worker.id, done=day)
    for worker in [w for w in ground.workforce.workers if w.title == "Senior Practitioner"][:2]:
        for kind in (HALF_DAY, REVIEW, OBSERVED):
            ground.kept.date(kind, worker=worker.id, done=worker.started + 100)
