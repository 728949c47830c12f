"""Facts that are worth saying to somebody: only those of which the record leaves no doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from evenlode.calendar import add_months
from evenlode.oversight.names import Id, Names
from evenlode.policy import Policy
from evenlode.rules.evaluate import Day

MONTHS = 3
"""For how long visits must have been in time before it is said."""

FEWEST = 3
"""Of fewer children it says too little."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Strength:
    """One sentence of praise with its figures; it is never a comparison with a colleague."""

    whose: Id
    worker: Id
    team: Id
    sentence: str
    children: int
    visits: int


@dataclass(frozen=True)
class Visited:
    """One plan's visits, as the rules count them: when visits began to count, and the days on which the child was seen."""

    child: Id
    worker: Id
    team: Id
    led_since: date | None
    clock: str
    counted_from: date
    seen: tuple[date, ...]
    certain: bool = True


_PLANS = """
WITH plans AS (
  SELECT 'cp_visit' AS clock, la_code, child_id, plan_id, count_from FROM own_plan
  UNION ALL SELECT 'cin_visit', c.la_code, c.child_id, c.plan_id, greatest(c.start_date, b.born_on)
  FROM cin_plan_open c LEFT JOIN birth b USING (la_code, child_id)),
seen AS (
  SELECT 'cp_visit' AS clock, la_code, child_id, plan_id, visit_date, counts FROM cp_plan_visit
  UNION ALL SELECT 'cin_visit', la_code, child_id, plan_id, visit_date, counts FROM cin_plan_visit),
days AS (
  SELECT clock, la_code, child_id, plan_id, list(DISTINCT visit_date ORDER BY visit_date) AS seen
  FROM seen WHERE counts = 'Y' GROUP BY ALL)
SELECT p.la_code, p.child_id, l.worker_id, l.team_id, l.since, p.clock, p.count_from, coalesce(d.seen, []),
  NOT EXISTS (FROM plan_interval i WHERE i.la_code = p.la_code AND i.child_id = p.child_id)
    AND coalesce(NOT b.unborn, false)
FROM plans p JOIN lead l USING (la_code, child_id) LEFT JOIN birth b USING (la_code, child_id)
LEFT JOIN days d ON d.clock = p.clock AND d.la_code = p.la_code AND d.child_id = p.child_id
  AND d.plan_id IS NOT DISTINCT FROM p.plan_id
WHERE l.named"""

_OTHERS = """
SELECT DISTINCT l.la_code, l.worker_id FROM cp_plan_open p JOIN lead l USING (la_code, child_id)
WHERE p.other_council"""


def visited(day: Day) -> tuple[list[Visited], frozenset[Id]]:
    """The visits to every child on a plan, and the workers of whom not all can be told.

    A child with an interval of their own, or unborn, is not certain; another council's plan has no clock here.
    """
    day.have(
        {"own_plan", "cp_plan_open", "cin_plan_open", "cp_plan_visit", "cin_plan_visit", "lead", "birth"}
    )
    rows = [
        Visited((la, child), (la, worker), (la, team or ""), since, clock, start, tuple(seen), certain)
        for la, child, worker, team, since, clock, start, seen, certain in day.cursor.execute(
            _PLANS
        ).fetchall()
        if start is not None
    ]
    return rows, frozenset(day.cursor.execute(_OTHERS).fetchall())


def in_time_since(plan: Visited, first: date, as_at: date, policy: Policy) -> int | None:
    """How many visits a child had from a day on, where none of them was late on any day; else None.

    It walks the days as the rule counts them: each sighting starts the clock again, and on no day may the
    due date have gone by.
    """
    clock, calendar = policy.clock(plan.clock), policy.calendar_for(plan.clock)
    base = plan.counted_from
    visits = 0
    for day in (*(d for d in plan.seen if d <= as_at), None):
        first_late = max(clock.due(base, calendar) + ONE_DAY, first)
        if first_late <= (day - ONE_DAY if day else as_at):
            return None
        if day is not None:
            visits += day >= first
            base = day
    return visits


def strengths(
    plans: Iterable[Visited], untold: frozenset[Id], *, names: Names, policy: Policy
) -> tuple[Strength, ...]:
    """Who has seen all of their children on a plan in time for three months?

    Said of a worker who has led every one of them for that long, or since the plan began, and of whom
    nothing is in doubt.  Several are offered from another one each day: it is no ranking.
    """
    first = add_months(names.as_at, -MONTHS)
    of: dict[Id, list[Visited]] = {}
    for plan in plans:
        of.setdefault(plan.worker, []).append(plan)
    found = [
        one
        for worker, theirs in sorted(of.items())
        if worker not in untold and (one := _strength(worker, theirs, first, names, policy))
    ]
    return _turned(found, names.as_at)


def _strength(
    worker: Id, theirs: Sequence[Visited], first: date, names: Names, policy: Policy
) -> Strength | None:
    children = {p.child for p in theirs}
    whole = all(
        p.certain and p.led_since is not None and p.led_since <= max(first, p.counted_from) for p in theirs
    )
    if len(children) < FEWEST or not whole or not any(p.counted_from <= first for p in theirs):
        return None
    counted = [in_time_since(p, first, names.as_at, policy) for p in theirs]
    if any(n is None for n in counted):
        return None
    visits = sum(n for n in counted if n is not None)
    sentence = (
        f"{names.worker(worker)} has seen all {len(children)} of their children on a plan in time for three months, "
        f"{visits} visits. Worth saying at the next supervision."
    )
    return Strength(
        (worker[0], f"worker {worker[1]}"), worker, theirs[0].team, sentence, len(children), visits
    )


def _turned(found: Sequence[Strength], as_at: date) -> tuple[Strength, ...]:
    if not found:
        return ()
    start = as_at.toordinal() % len(found)
    return (*found[start:], *found[:start])
