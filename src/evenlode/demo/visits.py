"""Visits in time: to children on plans, and to looked-after children wherever they live."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from evenlode.demo.dates import add_months, add_wd, on_working_day
from evenlode.demo.facts import LONG_TERM_PLACEMENTS, Visit
from evenlode.demo.making import Making


@dataclass(slots=True, frozen=True)
class ClosedPace:
    """How visits went in cases that are closed: how busily, and what share of them came late."""

    pace: float
    late: float = 0.08


def plan_days(
    rng: Random,
    start: int,
    end: int,
    first: tuple[int, int],
    gaps: tuple[int, int],
    past: ClosedPace | None = None,
) -> list[int]:
    """The days of plan visits: the first some working days after the start, then at steady gaps, until the end."""
    days: list[int] = []
    day = add_wd(start, rng.randint(*first))
    low, high = gaps
    late = past.late if past is not None else 0.0
    if past is not None and past.pace > 1:
        low, high = max(1, int(low / past.pace)), max(1, int(high / past.pace))
    while day <= end:
        days.append(day)
        day = add_wd(
            day, rng.randint(low, high) + (rng.randint(high - low, high) if rng.random() < late else 0)
        )
    return days


def cp_days(making: Making, start: int, end: int, past: ClosedPace | None = None) -> list[int]:
    """Child protection visits, ten working days apart at most (in an open case)."""
    return plan_days(making.rng, start, end, (1, 5), (6, 10), past)


def cin_days(making: Making, start: int, end: int, past: ClosedPace | None = None) -> list[int]:
    """Child in need visits, twenty working days apart at most (in an open case)."""
    return plan_days(making.rng, start, end, (3, 14), (11, 20), past)


def seen(rng: Random, days: list[int], *, school_age: bool, plan: str = "") -> list[Visit]:
    """Visits at which the child was seen; from four years on never twice running without being seen alone.

    Now and then nobody was in: such a visit is on the record and counts for nothing.
    """
    visits: list[Visit] = []
    alone_last = True
    for day in days:
        if rng.random() < 0.05:
            visits.append(Visit(day - 1, "N", "N", "N", plan))
        alone = school_age and (not alone_last or rng.random() < 0.72)
        alone_last = alone
        visits.append(Visit(day, "Y", "Y" if alone else "N", "Y" if rng.random() < 0.45 else "N", plan))
    return visits


def placement_days(rng: Random, start: int, end: int, kind: str, since: int, pace: float = 1.0) -> list[int]:
    """Visits to one placement: in its first week, then six-weekly, and three-monthly in a long-term home after a year.

    Visits before `since` are older than the window of the extract and are left out, the last of them excepted.
    """
    year, long_term = add_months(start, 12), kind in LONG_TERM_PLACEMENTS
    days: list[int] = []
    day = start + rng.randint(0, 6)
    while day <= end:
        if day < since:
            days.clear()
        days.append(day)
        if long_term and day >= year:
            day = min(day + rng.randint(60, 88), add_months(day, 3))
        else:
            day += max(3, int(rng.randint(27, 42) / pace))
    return days


def weekly_days(rng: Random, start: int, end: int, review: int | None) -> list[int]:
    """Visits to a child at home with a parent under an interim care order: weekly until a review, then four-weekly."""
    days: list[int] = []
    day = start + rng.randint(1, 6)
    while day <= end:
        days.append(day)
        if review is not None and day >= review:
            day += rng.randint(18, 27)
        else:
            day += rng.randint(5, 7)
    return days


def review_days(
    first_due: int, gaps: tuple[int, ...], end: int, rng: Random, since: int, late: float = 0.0
) -> list[tuple[int, int | None]]:
    """Reviews (due, held), the last one still to come; `gaps` are months, the last of them repeated.

    Each is held by its day, but for the share of late ones in cases that are closed.
    """
    reviews: list[tuple[int, int | None]] = []
    due, turn = first_due, 0
    while True:
        shift = rng.randint(3, 25) if late and rng.random() < late else -rng.randint(0, 12)
        held = max(on_working_day(due + shift), since)
        if held > end or due > end + 10:
            reviews.append((due, None))
            return reviews
        reviews.append((due, held))
        since = held + 1
        due = add_months(held, gaps[min(turn, len(gaps) - 1)])
        turn += 1
