"""What was recorded by hand, put on top of the record's own loads: the same for a whole load and for one worker.

The record holds none of it: it is no extract, and `evenlode check` and the other engines, which know the record
alone, do not know what is recorded here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from evenlode.policy import Policy
from evenlode.rules.evaluate import Day
from evenlode.web.models import CapacityRow, WeightRow
from evenlode.workload.by_hand import Part, by_hand, capacity_lost, total, weighed
from evenlode.workload.workers import WorkerLoad

Key = tuple[str, str]


@dataclass
class RecordedLoads:
    """The sums behind the loads by council and worker; by_record: what they were by the record, where it differs."""

    parts: dict[Key, list[Part]]
    by_record: dict[Key, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class ByHand:
    """What holds on one day: hours of a week by worker, and points more or fewer by child."""

    hours: Mapping[str, Decimal]
    more: Mapping[str, Decimal]


def holding_on(day: date, workers: set[str] | None = None) -> ByHand:
    """Everything recorded by hand that holds on a day; workers: of these alone."""
    running = {"ended_at__isnull": True, "since__lte": day, "until__gte": day}
    hours: dict[str, Decimal] = {}
    rows = CapacityRow.objects.whole().filter(**running)
    for row in rows if workers is None else rows.filter(worker_id__in=workers):
        hours[row.worker_id] = hours.get(row.worker_id, Decimal(0)) + row.hours
    more = {row.child_id: row.points for row in WeightRow.objects.whole().filter(**running)}
    return ByHand(hours, more)


def with_by_hand(
    load: WorkerLoad, parts: list[Part], families: Mapping[str, str], held: ByHand, policy: Policy
) -> tuple[WorkerLoad, list[Part]]:
    """A worker's load and the sum behind it with what was recorded by hand; the same where nothing was."""
    hours = held.hours.get(load.worker_id, Decimal(0))
    more = {child: held.more[child] for part in parts if (child := part["child_id"]) in held.more}
    if not hours and not more:
        return load, parts
    tariff = policy.tariff
    moved = weighed(parts, more, families, tariff) if more else parts
    lost = capacity_lost(
        hours,
        newly_qualified=load.newly_qualified,
        tariff=tariff,
        full_time=policy.numbers["full_time_hours"],
    )
    added = total(moved) - total(parts)
    return replace(load, load=by_hand(load.load, more_points=added, lost=lost, tariff=tariff)), moved


def record_of(load: WorkerLoad, parts: list[Part]) -> dict[str, Any]:
    """A load by the record alone, as it is kept beside one that was changed by hand."""
    u = load.load.utilisation
    return {
        "points": str(thousandths(load.load.points)),
        "capacity": str(thousandths(load.load.capacity)),
        "utilisation": None if u is None else str(thousandths(u)),
        "band": load.load.band,
        "parts": parts,
    }


def hold_by_hand(day: Day, la_code: str, judged_on: date) -> RecordedLoads:
    """Gives a day the loads with what was recorded by hand, before its rules are asked.

    judged_on: the day on which it must hold: the day of the figures, or of the run where that is later.
    """
    parts = day.parts()
    recorded = RecordedLoads(parts)
    held = holding_on(judged_on)
    if not held.hours and not held.more:
        return recorded
    families = _families(day, la_code)
    loads = []
    for load in day.loads:
        key = (load.la_code, load.worker_id)
        theirs = parts.get(key, [])
        changed, moved = (
            with_by_hand(load, theirs, families, held, day.policy)
            if load.la_code == la_code
            else (load, theirs)
        )
        if changed is not load:
            recorded.by_record[key] = record_of(load, theirs)
            parts[key] = moved
        loads.append(changed)
    day.hold(tuple(loads))
    return recorded


def _families(day: Day, la_code: str) -> dict[str, str]:
    """Child to family, as the sibling rule reads them."""
    day.have(["held_child"])
    rows = day.cursor.execute(
        "SELECT child_id, any_value(family_id) FROM held_child WHERE la_code = ? GROUP BY 1", [la_code]
    ).fetchall()
    return {child: family for child, family in rows if family}


def thousandths(value: Decimal) -> Decimal:
    """A figure to three places, half up, as the contract writes it."""
    return value.quantize(Decimal("0.001"), ROUND_HALF_UP)
