"""One team on the day: load, experience, supervision, absence, waiting children and the manager's own span."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import zip_longest
from typing import Any

from evenlode.calendar import add_months
from evenlode.oversight.names import Id, Names
from evenlode.oversight.words import day_words, listed, so_many
from evenlode.policy import Policy
from evenlode.position.experience import BANDS, UNKNOWN
from evenlode.rules.evaluate import Day

SUPERVISION_MONTHS = 6
"""How far back the line of a worker's supervision goes."""


@dataclass(frozen=True)
class Gap:
    """Days on which supervision was due and not held: from the day after the due date to the day before it was.

    away: the worker was absent on some day of it, so it says less.
    """

    first: date
    last: date
    away: bool


@dataclass(frozen=True)
class SupervisionLine:
    """A worker's own supervision over six months; known: False where no session of anybody joins to a worker."""

    held: tuple[date, ...]
    gaps: tuple[Gap, ...]
    last_held: date | None
    next_due: date | None
    known: bool


@dataclass(frozen=True)
class Absence:
    """Somebody away on the day: since when, until when (None: not known), and who covers their children.

    uncovered: the children of whom nobody else who is here is named.
    """

    since: date | None
    until: date | None
    uncovered: tuple[Id, ...]


@dataclass(frozen=True)
class WorkerRow:
    """One worker of the team; utilisation is None where there is no capacity, never 0 %.

    experience: the band since qualifying, "unknown" where that is not on record.  complex_children: how
    many of their children have as many complexity markers as are too many for a new worker, or a rating
    that says so.  plans, care: children on a protection plan and looked after.
    """

    worker: Id
    name: str
    title: str
    experience: str
    newly_qualified: bool
    children: int
    points: Decimal
    capacity: Decimal
    utilisation: Decimal | None
    band: str
    complete: bool
    plans: int
    care: int
    complex_children: int
    supervision: SupervisionLine
    absence: Absence | None


@dataclass(frozen=True)
class Team:
    """The team page as data; workers stand in the order of their names, never by figures.

    mix: how many workers there are of each band of experience.  unallocated: the children of the team
    without a named worker, with since when.  span: of how many the manager is line manager, None where the
    staff list does not tell.
    """

    team: Id
    name: str
    as_at: date
    workers: tuple[WorkerRow, ...]
    mix: Mapping[str, int]
    unallocated: tuple[tuple[Id, date], ...]
    manager: str
    span: int | None
    span_limit: int

    @property
    def uneven(self) -> str:
        """How the complex work is shared, in a sentence; blank where there is too little to share."""
        counts = [w.complex_children for w in self.workers]
        most, every = max(counts, default=0), sum(counts)
        holders = sum(1 for n in counts if n == most)
        if every < 3 or holders > 1 or most * 2 <= every:
            return ""
        return f"Of {so_many(every, 'child/children')} with complex needs, one worker leads {most}."

    @property
    def span_in_words(self) -> str:
        """The manager's own span, beside the council's limit."""
        if self.span is None:
            return "The staff list does not say whom the manager supervises."
        over = f"; more than {self.span_limit} are too many" if self.span > self.span_limit else ""
        return (
            f"{self.manager or 'The manager'} is line manager of {so_many(self.span, 'person/people')}{over}."
        )

    @property
    def mix_in_words(self) -> str:
        """The mix of experience: "2 of 0-6 m, 1 of 5 y+, 1 not known"."""
        told = [f"{n} of {band}" for band in BANDS if (n := self.mix.get(band, 0))]
        unknown = self.mix.get(UNKNOWN, 0)
        return listed([*told, f"{unknown} not known"] if unknown else told)

    @property
    def waiting_in_words(self) -> str:
        """How many wait, and since when the first of them does."""
        if not self.unallocated:
            return "Every child of the team has a named worker."
        since = min(day for _, day in self.unallocated)
        return (
            f"{so_many(len(self.unallocated), 'child/children')} without a named worker, "
            f"the first since {day_words(since, self.as_at)}."
        )


NEEDS = (
    *("lead", "open_child", "worker_now", "worker_experience", "worker_team", "child_complexity"),
    *(
        "worker_session",
        "worker_to_supervise",
        "worker_session_clock",
        "unallocated",
        "sharing",
        "manager_span",
    ),
)

_LED = """
SELECT l.la_code, l.worker_id, l.child_id, coalesce(o.is_cp, false) AS cp, coalesce(o.is_care, false) AS care,
  x.markers, x.rating FROM lead l JOIN open_child o USING (la_code, child_id)
LEFT JOIN child_complexity x USING (la_code, child_id) WHERE l.named"""

_UNCOVERED = """
SELECT l.la_code, l.worker_id, l.child_id FROM lead l JOIN open_child USING (la_code, child_id)
WHERE l.named AND l.absent AND NOT EXISTS (FROM sharing s WHERE s.la_code = l.la_code
  AND s.child_id = l.child_id AND s.worker_id <> l.worker_id AND NOT s.absent)"""


def team(day: Day, which: Id, names: Names) -> Team:
    """How does this team stand today?

    day: the position of the council; a worker belongs to the team that HR or the case system names.
    Load over the weeks before is kept by whoever stores each day's loads: one day does not tell it.
    """
    day.have(NEEDS)
    rows = tuple(sorted(_workers(day, which, names), key=lambda w: (w.name, w.worker)))
    span = _ask(day, "SELECT worker_id, people FROM manager_span WHERE la_code = $1 AND team_id = $2", which)
    waiting = [
        ((r["la_code"], r["child_id"]), r["waiting_since"])
        for r in _ask(
            day, "SELECT la_code, child_id, waiting_since FROM unallocated WHERE la_code = $1", which[:1]
        )
        if (of := names.children.get((r["la_code"], r["child_id"]))) and of.team_id == which[1]
    ]
    return Team(
        which,
        names.team(which),
        day.as_at,
        rows,
        Counter(w.experience for w in rows),
        tuple(sorted(waiting, key=lambda w: (w[1], w[0]))),
        names.worker((which[0], span[0]["worker_id"])) if span else "",
        span[0]["people"] if span else None,
        int(day.policy.numbers["supervisees"]),
    )


def _workers(day: Day, which: Id, names: Names) -> Iterator[WorkerRow]:
    here = {
        r["worker_id"]: r
        for r in _ask(
            day,
            "SELECT e.*, w.back_on FROM worker_experience e JOIN worker_team t USING (la_code, worker_id) "
            "JOIN worker_now w USING (la_code, worker_id) "
            'WHERE t.la_code = $1 AND t.team_id = $2 AND NOT e.placeholder AND NOT e."left"',
            which,
        )
    }
    led = _ask(day, f"{_LED} AND l.la_code = $1", which[:1])
    uncovered = _ask(day, f"{_UNCOVERED} AND l.la_code = $1", which[:1])
    lines = supervision_lines(day, which[0])
    for load in day.loads:
        one = here.get(load.worker_id)
        if load.la_code != which[0] or one is None:
            continue
        theirs = [r for r in led if r["worker_id"] == load.worker_id]
        yield WorkerRow(
            (load.la_code, load.worker_id),
            names.worker((load.la_code, load.worker_id)) or load.name,
            load.role,
            one["band"],
            load.newly_qualified,
            load.children,
            load.load.points,
            load.load.capacity,
            load.load.utilisation,
            load.load.band,
            load.load.complete,
            sum(r["cp"] for r in theirs),
            sum(r["care"] for r in theirs),
            sum(_complex(r, day.policy) for r in theirs),
            lines.get(load.worker_id, SupervisionLine((), (), None, None, bool(lines))),
            Absence(
                one["absent_from"],
                one["back_on"],
                tuple((r["la_code"], r["child_id"]) for r in uncovered if r["worker_id"] == load.worker_id),
            )
            if one["absent"]
            else None,
        )


def _complex(row: Mapping[str, Any], policy: Policy) -> bool:
    """Whether a child counts as complex: as DR-17 counts, whoever leads."""
    rated = {word.upper() for word in policy.lists["complex_ratings"]}
    many = (row["markers"] or 0) >= policy.numbers["markers_too_many"]
    return many or str(row["rating"] or "").upper() in rated


def supervision_lines(day: Day, la_code: str) -> dict[str, SupervisionLine]:
    """Each worker's own supervision over six months, with the days on which one was due and not held.

    The interval after each session is the one that the phase asks for in which it fell (SUP-01 to SUP-03).
    """
    day.have(NEEDS)
    first = add_months(day.as_at, -SUPERVISION_MONTHS)
    sessions: dict[str, list[date]] = {}
    for r in _ask(
        day, "SELECT worker_id, held_date FROM worker_session WHERE held AND la_code = $1", (la_code,)
    ):
        sessions.setdefault(r["worker_id"], []).append(r["held_date"])
    clock = {
        r["worker_id"]: r["due"]
        for r in _ask(day, "SELECT worker_id, due FROM worker_session_clock WHERE la_code = $1", (la_code,))
    }
    return (
        {
            r["worker_id"]: _line(r, sorted(set(sessions.get(r["worker_id"], ()))), clock, first, day)
            for r in _ask(day, "SELECT * FROM worker_to_supervise WHERE la_code = $1", (la_code,))
        }
        if sessions
        else {}
    )


def _line(
    worker: Mapping[str, Any], held: list[date], clock: Mapping[str, date], first: date, day: Day
) -> SupervisionLine:
    start = worker["counted_from"]
    told = [d for d in held if start is None or d >= start]
    bases = [*([start] if start else []), *told]
    gaps = []
    for base, following in zip_longest(bases, bases[1:]):
        due = _due(base, worker, day.policy)
        late_from, late_to = due + ONE_DAY, (following or day.as_at + ONE_DAY) - ONE_DAY
        if following is None and worker["worker_id"] not in clock:
            continue  # the clock stands still today
        if following is None:
            late_from = clock[worker["worker_id"]] + ONE_DAY
        late_from = max(late_from, first)
        if late_from <= late_to:
            gaps.append(Gap(late_from, late_to, _away(worker, late_from, late_to, day.as_at)))
    shown = tuple(d for d in told if d >= first)
    return SupervisionLine(
        shown, tuple(gaps), told[-1] if told else None, clock.get(worker["worker_id"]), known=True
    )


ONE_DAY = timedelta(days=1)


def _due(base: date, worker: Mapping[str, Any], policy: Policy) -> date:
    on = worker["on_programme"]
    name = (
        "worker_supervision_first"
        if on and base <= worker["weeks_end"]
        else "worker_supervision_second"
        if on and base <= worker["months_end"]
        else "worker_supervision"
    )
    return policy.clock(name).due(base, policy.calendar_for(name))


def _away(worker: Mapping[str, Any], first: date, last: date, as_at: date) -> bool:
    away = worker["absent_from"]
    return away is not None and away <= last and (worker["back_on"] or as_at + ONE_DAY) > first


def _ask(day: Day, sql: str, values: tuple[str, ...]) -> list[dict[str, Any]]:
    found = day.cursor.execute(sql, list(values))
    columns = [column[0] for column in found.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]
