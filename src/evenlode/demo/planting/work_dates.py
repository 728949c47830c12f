"""What was not done about waiting children, changes of worker and new workers; teams without a manager, or with too many people."""

from __future__ import annotations

from evenlode.demo.dates import add_months, add_wd, date_of
from evenlode.demo.expected import CANNOT_TELL, FLAG, OVERDUE
from evenlode.demo.facts import Child, Family, Team, Worker
from evenlode.demo.journeys import ASSESSMENT, CIN, CLA, CP, DISABILITY
from evenlode.demo.keeping.plan_dates import open_children
from evenlode.demo.keeping.work_dates import (
    GOODBYE,
    HALF_DAY,
    LETTER,
    LOOKED,
    OBSERVED,
    REVIEW,
    RISK,
    leads,
)
from evenlode.demo.planting.ground import Ground
from evenlode.demo.workforce import IN_CARE, MANAGER_TITLES, SAFEGUARDING

_MONTHS = {REVIEW: ("NQ-04", 3), OBSERVED: ("NQ-05", 4)}
_AGENCY_GUIDANCE = (2024, 10, 31)
_MOST = 7


def nobody_looks_at_the_waiting(ground: Ground) -> None:
    """AL-03, AL-06 and AL-07: a waiting child whom no manager looked at, whose risk nobody assessed, whose family was not told."""

    def waits(family: Family, since: int) -> bool:
        """All its open children have waited since before a day."""
        children = open_children(ground, family)
        return bool(children) and all(ground.waiting.get(c.id, ground.day) < since for c in children)

    dice = ground.making.dice
    for rule, kind, working in (("AL-03", LOOKED, 0), ("AL-06", RISK, 5), ("AL-07", LETTER, 5)):
        limit = ground.day - 13
        able = [family for family in ground.families if waits(family, limit)]
        for family in dice.sample(able, min(len(able), max(1, len(able) // 3))):
            for child in open_children(ground, family):
                since = ground.waiting[child.id]
                ground.kept.drop(kind, child.id, since)
                due = add_wd(since, working) if working else since + 7
                why = f"planted: waiting for a worker, no {kind}"
                ground.expected.add(rule, child, "", OVERDUE, due, why)


def _changed(ground: Ground, child: Child) -> int | None:
    """When the child's worker last changed in this episode, if that is not three months ago yet."""
    spells = leads(child)
    if len(spells) < 2:
        return None
    before, last = spells[-2:]
    same = before.worker is last.worker or before.start == last.start
    earlier = before.end is not None and before.end < child.referral.day
    if same or earlier or add_months(last.start, 3) < ground.day or add_wd(last.start, 10) >= ground.day:
        return None
    return last.start


def no_goodbye(ground: Ground) -> None:
    """CW-07: a change of worker in the last three months without a hand-over visit."""
    for family in ground.pick(
        (CIN, CP, CLA, DISABILITY, ASSESSMENT),
        0.01,
        lambda f: all(_changed(ground, c) is not None for c in f.children),
    ):
        for child in open_children(ground, family):
            day = _changed(ground, child) or 0
            ground.kept.drop(GOODBYE, child.id, day - 28)
            due = add_wd(day, 10)
            ground.expected.add(
                "CW-07", child, "", OVERDUE, due, "planted: worker changed, and no hand-over visit"
            )


def _novices(ground: Ground) -> list[Worker]:
    """Newly qualified workers at work, those longest in the programme first."""
    found = [
        w
        for w in ground.workforce.workers
        if w.present(ground.day) and w.newly_qualified(ground.day) and w.team is not ground.strong_team
    ]
    return sorted(found, key=lambda w: (w.asye_start or 0, w.id))


def programmes_not_kept(ground: Ground) -> None:
    """NQ-03, NQ-04 and NQ-05: half days lost, no review, nobody has watched the worker at work."""
    able = _novices(ground)
    for worker in able[1::4] or able[:1]:
        last = ground.day - 8 - ground.making.dice.randint(0, 30)
        done = [d.done for d in ground.kept.dates_of(HALF_DAY, worker.id) if d.done is not None]
        base = max((day for day in done if day <= last), default=worker.asye_start or worker.started)
        if base + 7 < ground.day and _others(ground, HALF_DAY, worker):
            ground.kept.drop(HALF_DAY, worker.id, base + 1)
            why = "planted: half a day a week not kept"
            ground.expected.add_worker("NQ-03", worker, why, OVERDUE, base + 7)
    for kind, (rule, months) in _MONTHS.items():
        for worker in able[:2]:
            due = add_months(worker.asye_start or worker.started, months)
            if due < ground.day and _others(ground, kind, worker):
                ground.kept.drop(kind, worker.id)
                ground.expected.add_worker(rule, worker, f"planted: no {kind}", OVERDUE, due)


def _others(ground: Ground, kind: str, worker: Worker) -> bool:
    """Somebody else has dates of this kind, so that the list is still there."""
    return any(row.worker != worker.id for row in ground.kept.dates.get(kind, []))


def agency_workers(ground: Ground) -> None:
    """AGY-01: an agency worker who qualified less than three years ago, since the guidance is in force."""
    able = [
        w
        for w in ground.workforce.workers
        if w.title == "Social Worker"
        and w.named(ground.day)
        and ground.day - 1060 < w.started < ground.day - 30
        and w.asye_start is None
    ]
    able.sort(key=lambda w: (w.contract != "Agency", w.id))
    now = date_of(ground.day)
    for worker in able[: 1 + len(able) // 12]:
        worker.contract = "Agency"
        worker.qualified = max(worker.started - 300, ground.day - 1075)
        if (now.year, now.month, now.day) >= _AGENCY_GUIDANCE:
            why = "planted: agency worker qualified less than three years ago"
            ground.expected.add_worker("AGY-01", worker, why, FLAG)


def _holders(ground: Ground) -> dict[Worker, int]:
    """Social workers in post who lead an open child, and how many."""
    held: dict[Worker, int] = {}
    for family in ground.families:
        for child in open_children(ground, family):
            spell = child.lead(ground.day)
            worker = spell.worker if spell is not None else None
            if worker is not None and worker.named(ground.day) and worker.title != "Personal Adviser":
                held[worker] = held.get(worker, 0) + 1
    return held


def experience_unknown(ground: Ground) -> None:
    """NQ-12: of a worker who holds children nobody has written down when they qualified."""
    able = [
        w
        for w in _holders(ground)
        if w.asye_start is None and w.contract != "Agency" and w.title not in MANAGER_TITLES
    ]
    for worker in ground.making.dice.sample(able, min(len(able), max(1, len(able) // 25))):
        worker.qualified = None
        ground.expected.add_worker("NQ-12", worker, "planted: no date of qualification", CANNOT_TELL)


def _new(ground: Ground, worker: Worker) -> bool:
    """In the programme, or qualified less than two years ago."""
    known = worker.qualified is not None and add_months(worker.qualified, 24) > ground.day
    return known or worker.newly_qualified(ground.day)


def new_teams(ground: Ground) -> None:
    """NQ-11: four tenths of the hours that hold children are those of new workers; it follows from who holds whom."""
    hours: dict[Team, list[int]] = {}
    for worker in _holders(ground):
        fte = worker.fte_tenths if worker.fte_written else 10
        row = hours.setdefault(worker.team, [0, 0, 0])
        row[0] += fte
        new = _new(ground, worker)
        row[1] += fte if new else 0
        row[2] += fte if worker.qualified is None and not new else 0
    for team, (every, new_hours, unsure) in hours.items():
        why = "follows from the newly qualified workers of this team"
        if 100 * new_hours >= 40 * every:
            ground.expected.add_team("NQ-11", team, FLAG, None, why)
        elif 100 * (new_hours + unsure) >= 40 * every:
            ground.expected.add_team("NQ-11", team, CANNOT_TELL, None, why)


def managers(ground: Ground) -> None:
    """TM-01: the manager is away for more than twenty working days; TM-02: line manager of more than seven people."""
    _stand_in(ground)
    people: dict[Worker, int] = {}
    for worker in ground.workforce.workers:
        line = worker.line_manager()
        if line is not None and worker.named(ground.day):
            people[line] = people.get(line, 0) + 1
    for team in ground.workforce.all_teams():
        manager = team.manager
        if manager is None:
            continue
        if manager.absent_from is not None and add_wd(manager.absent_from, 20) < ground.day:
            due = add_wd(manager.absent_from, 20)
            ground.expected.add_team(
                "TM-01", team, OVERDUE, due, "planted: the manager is away, nobody covers"
            )
        if people.get(manager, 0) > _MOST:
            why = f"planted: line manager of {people[manager]} people, those of an absent manager among them"
            ground.expected.add_team("TM-02", team, FLAG, None, why)


def _stand_in(ground: Ground) -> None:
    """The manager of the third safeguarding team stands in for the absent one, and for others until there are too many."""
    teams = ground.workforce.of_kind(SAFEGUARDING)
    busy = teams[2].manager
    several = [
        team for team in (teams[1], *teams[3:], *ground.workforce.of_kind(IN_CARE)) if team is not teams[2]
    ]
    if busy is None:
        return
    here = sum(1 for w in ground.workforce.workers if w.named(ground.day) and w.line_manager() is busy)
    for team in several:
        for worker in team.workers:
            if here <= _MOST + 1 and worker.named(ground.day) and worker is not team.manager:
                worker.line = busy
                here += 1
