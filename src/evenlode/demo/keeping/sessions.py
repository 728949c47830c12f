"""Workers' own supervision, often enough for how new they are; and what the form of a case supervision asks for."""

from __future__ import annotations

from random import Random

from evenlode.demo.casemix import is_open
from evenlode.demo.dates import add_months, add_wd, on_working_day, wd_before
from evenlode.demo.facts import CASE_DISCUSSION, CASE_SUPERVISION, ELEMENTS, Child, Note, Worker
from evenlode.demo.keeping.kept import Session
from evenlode.demo.planting.ground import Ground

FORM_SINCE = 365
HALF_YEAR = 200


def workers_sessions(ground: Ground) -> None:
    """Everybody in post: weekly in the first six weeks of the programme, fortnightly to six months, monthly after that."""
    for worker in ground.workforce.workers:
        if worker.named(ground.day) and worker.started <= ground.day:
            manager = worker.line_manager()
            name = manager.name if manager is not None else ""
            rows = ground.kept.sessions_of(worker)
            for day in _days(ground, worker):
                rows.append(
                    Session(worker, day, name, minutes=ground.making.dice.choice((90, 90, 95, 105, 120)))
                )


def _days(ground: Ground, worker: Worker) -> list[int]:
    """The days of one worker's sessions: to today, or to the last working day before an absence."""
    dice, days = ground.making.dice, []
    last = ground.day
    if worker.absent_from is not None and worker.absent_from <= ground.day:
        last = wd_before(worker.absent_from - 1, 0)
    since = max(worker.started, worker.asye_start or worker.started)
    recent = since if worker.newly_qualified(ground.day) else max(since, ground.day - HALF_YEAR)
    day = recent + dice.randint(2, 6)
    while day <= last:
        held = max(on_working_day(day), since)
        days.append(held)
        day = held + _gap(dice, worker, held)
    if last < ground.day and last > since and (not days or days[-1] < last):
        days.append(last)
    return days


def _gap(dice: Random, worker: Worker, held: int) -> int:
    """Days to the next session, by the phase in which the last was held."""
    start = worker.asye_start
    if start is not None and held <= start + 42:
        return dice.randint(6, 7)
    if start is not None and held <= add_months(start, 6):
        return dice.randint(11, 14)
    return dice.randint(21, 28)


def what_forms_ask(ground: Ground) -> None:
    """The last year's case supervision of open children: written down and signed in time, nothing left out."""
    for family in ground.families:
        for child in family.children:
            if not is_open(child, ground.day):
                continue
            newest = last_talk(ground, child)
            for note in child.notes:
                if note.type in {CASE_SUPERVISION, CASE_DISCUSSION} and (
                    note.day > ground.day - FORM_SINCE or note is newest
                ):
                    _fill_in(ground, note)


def last_talk(ground: Ground, child: Child) -> Note | None:
    """The last case supervision held in the present episode."""
    talks = [
        note
        for note in child.notes
        if note.type in {CASE_SUPERVISION, CASE_DISCUSSION}
        and not note.state
        and child.referral.day <= note.day <= ground.day
    ]
    return max(talks, key=lambda note: note.day, default=None)


def _fill_in(ground: Ground, note: Note) -> None:
    """Yes to everything; recorded within four working days and signed within five, as far as these have passed."""
    dice = ground.making.dice
    note.id = ground.making.ids.give("note", "N", 7_000_001)
    note.holds = ("Y",) * len(ELEMENTS)
    note.recorded = min(add_wd(note.day, dice.randint(1, 4)) if dice.random() < 0.6 else note.day, ground.day)
    signed = max(note.recorded, add_wd(note.day, dice.randint(1, 5)))
    note.signed = signed if signed <= ground.day else None
