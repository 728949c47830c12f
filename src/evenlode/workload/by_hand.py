"""What a load becomes by what a manager recorded by hand: hours that are not there, a case that weighs more or less.

The record's own sum (contract section 5) stays the base; what was recorded is put on top of it for its dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from evenlode.policy.tariff import Tariff
from evenlode.workload.load import NO_CAPACITY, Load
from evenlode.workload.workers import id_order, plain

MOST_POINTS = Decimal(2)
"""A manager moves the weight of one child by no more than this (practice-standards section 7)."""
THOUSANDTH = Decimal("0.001")

Part = dict[str, str]
"""One child in a worker's sum, as `workload.workers.load_parts` tells it."""


class CapacityKind(StrEnum):
    """Why a worker has fewer hours for children than the staff list says."""

    REDUCTION = "reduction"
    DUTY = "extra duty"


class Reduction(StrEnum):
    """Reasons for fewer hours; a closed list that says nothing of anybody's ability or health."""

    RETURN = "a phased return to work"
    AGREED_HOURS = "an agreed adjustment of hours"
    STUDY = "study or training days"
    LEAVE = "leave that the staff list does not show yet"
    HANDING_OVER = "handing work over before a move"
    COACHING = "supporting a new colleague"
    PROJECT = "other work for the council"


class Duty(StrEnum):
    """Duties that take hours of the week beside children's cases."""

    COURT = "court"
    DUTY_ROTA = "duty rota"
    GROUP_WORK = "group work"
    STUDENTS = "students"
    COVER = "cover for a colleague"


REASONS: dict[CapacityKind, tuple[str, ...]] = {
    CapacityKind.REDUCTION: tuple(map(str, Reduction)),
    CapacityKind.DUTY: tuple(map(str, Duty)),
}
"""The closed list of each kind."""


@dataclass(frozen=True)
class Hours:
    """So many hours of each week are not there for children's cases, from a day to a day, both included.

    Raises ValueError where the hours are none or it ends before it begins.
    """

    hours: Decimal
    since: date
    until: date

    def __post_init__(self) -> None:
        if self.hours <= 0:
            raise ValueError("Give the hours of a week, more than 0.")
        _check_days(self.since, self.until)


@dataclass(frozen=True)
class Weight:
    """One child weighs so many points more (or, below 0, fewer), from a day to a day, both included.

    Raises ValueError where it moves nothing or by more than `MOST_POINTS`, or ends before it begins.
    """

    child_id: str
    points: Decimal
    since: date
    until: date

    def __post_init__(self) -> None:
        if not self.points or abs(self.points) > MOST_POINTS:
            raise ValueError(f"A child's weight moves by up to {MOST_POINTS} points, more or fewer.")
        _check_days(self.since, self.until)


def _check_days(since: date, until: date) -> None:
    if until < since:
        raise ValueError("The end date is before the first day; choose a later one.")


def hours_lost(recorded: Iterable[Hours], day: date) -> Decimal:
    """The hours of a week that are not there on a day, all together."""
    return sum((one.hours for one in recorded if one.since <= day <= one.until), Decimal(0))


def capacity_lost(hours: Decimal, *, newly_qualified: bool, tariff: Tariff, full_time: Decimal) -> Decimal:
    """The points of capacity that so many hours of a week stand for, to three places.

    ceiling x hours / full-time hours x factor: an hour is worth what it is worth in the worker's own capacity.
    full_time: the council's setting `full_time_hours`, an assumption and no figure of the record.
    """
    factor = tariff.newly_qualified_factor if newly_qualified else Decimal(1)
    return (tariff.ceiling_per_fte * factor * hours / full_time).quantize(THOUSANDTH, ROUND_HALF_UP)


def by_hand(load: Load, *, more_points: Decimal, lost: Decimal, tariff: Tariff) -> Load:
    """A load with what was recorded by hand.

    load: by the record alone.  more_points: what the weights add to the sum.  lost: `capacity_lost`.
    Without capacity there is no utilisation, and never 0 %.  It does not tell how hard the work is.
    """
    points, capacity = load.points + more_points, max(load.capacity - lost, Decimal(0))
    if capacity == 0:
        return replace(load, points=points, capacity=capacity, utilisation=None, band=NO_CAPACITY)
    utilisation = points / capacity
    return replace(
        load, points=points, capacity=capacity, utilisation=utilisation, band=tariff.band(utilisation)
    )


def weighed(
    parts: Iterable[Part], more: Mapping[str, Decimal], families: Mapping[str, str], tariff: Tariff
) -> list[Part]:
    """The sum behind a worker's points with each child's weight as it was moved by hand.

    more: child to points more or fewer, on the day.  families: child to family; without one a child is alone.
    A weight never falls below 0.  The sibling rule is asked again, since another child of the family may weigh
    most now.  A part that was moved says by how much (`by_hand`).
    """
    told = [dict(part) for part in parts]
    for part in told:
        if added := more.get(part["child_id"]):
            points = max(Decimal(part["points"]) + added, Decimal(0))
            part |= {"points": plain(points), "by_hand": plain(points - Decimal(part["points"]))}
    led = [part for part in told if part["part"] == "led"]
    touched = {_family(part, families) for part in led if "by_hand" in part}
    for family in touched:
        together = [part for part in led if _family(part, families) == family]
        together.sort(key=lambda part: (-Decimal(part["points"]), id_order(part["child_id"])))
        for place, part in enumerate(together):
            part["share"] = "1" if place == 0 else plain(tariff.sibling_share)
    for part in told:
        part["counted"] = plain(Decimal(part["points"]) * Decimal(part["share"]))
    return sorted(told, key=_order)


def _family(part: Part, families: Mapping[str, str]) -> tuple[str, str]:
    family = families.get(part["child_id"], "")
    return ("family", family) if family else ("child", part["child_id"])


def _order(part: Part) -> tuple[bool, Decimal, str]:
    return (part["part"] != "led", -Decimal(part["counted"]), part["child_id"])


def total(parts: Iterable[Part]) -> Decimal:
    """What the parts of a sum come to."""
    return sum((Decimal(part["counted"]) for part in parts), Decimal(0))
