"""Workers' own supervision gone wrong: too long ago, too short, called off, or without a word about the worker."""

from __future__ import annotations

from evenlode.demo.dates import add_months
from evenlode.demo.expected import BREACH, CANNOT_TELL, FLAG, OVERDUE
from evenlode.demo.facts import Worker
from evenlode.demo.keeping.kept import Session
from evenlode.demo.planting.ground import Ground

_FEW = 0.03


def _able(ground: Ground, *, new: bool) -> list[Worker]:
    """Case holders at work with sessions on record of whose own supervision nothing is planted yet, in a shuffled order."""
    found = [
        w
        for w in ground.workforce.workers
        if w.present(ground.day)
        and w.team is not ground.strong_team
        and w is not w.team.manager
        and w.id not in ground.kept.spoiled
        and (w.newly_qualified(ground.day) if new else w.asye_start is None)
        and ground.kept.sessions_of(w)
    ]
    ground.making.dice.shuffle(found)
    return found


def _many(ground: Ground) -> int:
    """How many workers one problem falls to."""
    return max(1, round(_FEW * len(ground.workforce.workers)))


def _stop(ground: Ground, worker: Worker, last: Session) -> None:
    """Nothing after one session."""
    rows = ground.kept.sessions_of(worker)
    rows[:] = [row for row in rows if row.day <= last.day]
    ground.kept.spoiled.add(worker.id)


def first_weeks(ground: Ground) -> None:
    """SUP-01: a newly qualified worker who was seen in the first six weeks, and then not for more than a week."""
    for worker in _able(ground, new=True)[:]:
        start = worker.asye_start or worker.started
        early = [s for s in ground.kept.sessions_of(worker) if s.day <= start + 42 and s.day + 7 < ground.day]
        if early:
            _stop(ground, worker, early[-1])
            due = early[-1].day + 7
            ground.expected.add_worker(
                "SUP-01", worker, "planted: weekly supervision stopped in the first six weeks", OVERDUE, due
            )
            return


def first_months(ground: Ground) -> None:
    """SUP-02: a newly qualified worker of some months, not supervised for more than two weeks."""
    for worker in _able(ground, new=True):
        start = worker.asye_start or worker.started
        middle = [
            s
            for s in ground.kept.sessions_of(worker)
            if start + 42 < s.day <= add_months(start, 6) and s.day + 14 < ground.day
        ]
        if middle:
            _stop(ground, worker, middle[-1])
            ground.expected.add_worker(
                "SUP-02", worker, "planted: fortnightly supervision stopped", OVERDUE, middle[-1].day + 14
            )
            return


def monthly(ground: Ground) -> None:
    """SUP-03: a worker whose last supervision is more than a month ago."""
    for worker in _able(ground, new=False)[: _many(ground)]:
        old = [s for s in ground.kept.sessions_of(worker) if add_months(s.day, 1) < ground.day]
        if old:
            _stop(ground, worker, old[-1])
            ground.expected.add_worker(
                "SUP-03",
                worker,
                "planted: no supervision of their own for more than a month",
                OVERDUE,
                add_months(old[-1].day, 1),
            )


def short_sessions(ground: Ground) -> None:
    """SUP-04: the last session was over in less than an hour and a half; of one nobody wrote how long it took."""
    able = _able(ground, new=False)
    for turn, worker in enumerate(able[: _many(ground) + 1]):
        last = ground.kept.sessions_of(worker)[-1]
        ground.kept.spoiled.add(worker.id)
        if turn == 0 and len(able) > 6:
            last.minutes = None
            ground.expected.add_worker("SUP-04", worker, "planted: length not recorded", CANNOT_TELL)
        else:
            last.minutes = ground.making.dice.choice((30, 45, 60, 75))
            ground.expected.add_worker("SUP-04", worker, "planted: less than 90 minutes", BREACH)


def nothing_private(ground: Ground) -> None:
    """SQ-10: the record of the last session leaves the worker out."""
    for worker in _able(ground, new=False)[: _many(ground)]:
        last = ground.kept.sessions_of(worker)[-1]
        last.holds = ground.making.dice.choice((("N", "Y", "Y"), ("Y", "Y", "N"), ("N", "N", "N")))
        ground.kept.spoiled.add(worker.id)
        ground.expected.add_worker(
            "SQ-10", worker, "planted: wellbeing or learning not looked at in the last session", BREACH
        )


def called_off(ground: Ground) -> None:
    """SUP-13W: the last two sessions were cancelled, though the last one held is not a month ago."""
    for worker in _able(ground, new=False):
        rows = ground.kept.sessions_of(worker)
        last = rows[-1]
        if 8 <= ground.day - last.day <= 26:
            for day in (last.day + 3, last.day + 7):
                rows.append(Session(worker, day, last.supervisor, None, "Cancelled", ("", "", "")))
            ground.kept.spoiled.add(worker.id)
            ground.expected.add_worker("SUP-13W", worker, "planted: cancelled twice running", FLAG)
            return
