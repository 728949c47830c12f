"""The council's own totals, as its performance team would give them, with the children counted in each."""

from __future__ import annotations

from pathlib import Path

from evenlode.demo.casemix import is_open
from evenlode.demo.facts import Child, Worker
from evenlode.demo.planting.ground import Ground

MEASURES = ("open_children", "child_protection", "looked_after", "cin_plans", "care_leavers")


def _in_measures(child: Child, day: int) -> list[str]:
    """The totals that a child is counted in."""
    if child.died is not None or (child.leaver is not None and child.leaver.in_touch == "DIED"):
        return []
    found = []
    if is_open(child, day):
        found.append("open_children")
        if child.open_cp_plan(day) is not None:
            found.append("child_protection")
        if child.open_care() is not None:
            found.append("looked_after")
        if child.open_cin_plan(day) is not None:
            found.append("cin_plans")
    if child.leaver is not None:
        found.append("care_leavers")
    return found


def write_totals(folder: Path, ground: Ground) -> dict[str, int]:
    """Write totals.csv and totals_children.csv; case-holding workers are those in post who lead somebody today."""
    members: dict[str, list[str]] = {measure: [] for measure in MEASURES}
    holders: set[Worker] = set()
    for family in ground.families:
        for child in family.children:
            found = _in_measures(child, ground.day)
            for measure in found:
                members[measure].append(child.id)
            lead = child.lead(ground.day) if found else None
            if lead is not None and lead.worker is not None and lead.worker.named(ground.day):
                holders.add(lead.worker)
    counts = {measure: len(ids) for measure, ids in members.items()} | {"case_holding_workers": len(holders)}
    lines = ["measure,count", *(f"{measure},{count}" for measure, count in counts.items())]
    (folder / "totals.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rows = [
        "measure,person_id",
        *(f"{measure},{number}" for measure, ids in members.items() for number in sorted(ids)),
    ]
    (folder / "totals_children.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return counts
