"""Every worker's load on the day."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import pyarrow as pa

from evenlode.policy import Policy
from evenlode.workload.load import Load, worker_load
from evenlode.workload.points import SCALE


@dataclass(frozen=True)
class WorkerLoad:
    """One worker, what they hold, and how full that makes them (contract section 5)."""

    la_code: str
    worker_id: str
    name: str
    team: str
    role: str
    fte: Decimal | None
    newly_qualified: bool
    children: int
    load: Load


def worker_loads(sums: pa.Table, policy: Policy) -> tuple[WorkerLoad, ...]:
    """From the `load_sum` step (points in millionths) to each worker's load, in order of id."""
    rows = []
    for row in sums.to_pylist():
        points = Decimal(row["points"]) / (SCALE * SCALE)
        rows.append(WorkerLoad(
            la_code=row["la_code"], worker_id=row["worker_id"], name=row["name"] or "",
            team=row["hr_team"] or "", role=row["title"] or "", fte=row["fte"],
            newly_qualified=row["newly_qualified"], children=row["children"],
            load=worker_load(
                points, fte=row["fte"], newly_qualified=row["newly_qualified"],
                away=row["absent"] or row["left"], tariff=policy.tariff)))
    return tuple(sorted(rows, key=lambda w: (w.la_code, id_order(w.worker_id))))


def id_order(value: str) -> tuple[int, int, str]:
    """Sorts ids as the contract does: all-digit ids first, as whole numbers, then text."""
    return (0, int(value), value) if value.isascii() and value.isdigit() else (1, 0, value)
