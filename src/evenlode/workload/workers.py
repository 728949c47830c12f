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
    team_id: str
    role: str
    fte: Decimal | None
    newly_qualified: bool
    left: bool
    children: int
    load: Load


PARTS_SQL = """
SELECT la_code, worker_id, child_id, 'led' AS part, entry, points, share, counted FROM held_child
UNION ALL
SELECT la_code, worker_id, child_id, 'co-worked', entry, points, {co_working}, counted
FROM shared_child ORDER BY 1, 2, 4 DESC, 8 DESC, 3
"""
"""Every child in every worker's sum: whole thousandths, and millionths when multiplied out."""


def load_parts(rows: pa.Table) -> dict[tuple[str, str], list[dict[str, str]]]:
    """The sum behind each worker's points, child by child, as text that adds up exactly."""
    parts: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in rows.to_pylist():
        parts.setdefault((row["la_code"], row["worker_id"]), []).append(
            {
                "child_id": row["child_id"],
                "part": row["part"],
                "entry": row["entry"],
                "points": plain(Decimal(row["points"]) / SCALE),
                "share": plain(Decimal(row["share"]) / SCALE),
                "counted": plain(Decimal(row["counted"]) / (SCALE * SCALE)),
            }
        )
    return parts


def plain(value: Decimal) -> str:
    """A decimal without needless noughts: 16.4, 85."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def worker_loads(sums: pa.Table, policy: Policy) -> tuple[WorkerLoad, ...]:
    """From the `load_sum` step (points in millionths) to each worker's load, in order of id."""
    rows = []
    for row in sums.to_pylist():
        points = Decimal(row["points"]) / (SCALE * SCALE)
        rows.append(
            WorkerLoad(
                la_code=row["la_code"],
                worker_id=row["worker_id"],
                name=row["name"] or "",
                team_id=row["team_id"] or "",
                role=row["title"] or "",
                fte=row["fte"],
                newly_qualified=row["newly_qualified"],
                left=row["left"],
                children=row["children"],
                load=worker_load(
                    points,
                    fte=row["fte"],
                    newly_qualified=row["newly_qualified"],
                    away=row["absent"] or row["left"],
                    tariff=policy.tariff,
                ),
            )
        )
    return tuple(sorted(rows, key=lambda w: (w.la_code, id_order(w.worker_id))))


def id_order(value: str) -> tuple[int, int, str]:
    """Sorts ids as the contract does: all-digit ids first, as whole numbers, then text."""
    return (0, int(value), value) if value.isascii() and value.isdigit() else (1, 0, value)
