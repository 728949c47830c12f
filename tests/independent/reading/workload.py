"""The workload of section 5, with NQ-02 and DR-18."""

import csv
import json
from fractions import Fraction
from pathlib import Path

from .allocation import coworkers, lead_at
from .care import active_interim_order, placements
from .clocks import plus_days, plus_months
from .extract import id_key
from .findings import Finding

WORKLOAD_COLUMNS = [
    "worker_id",
    "name",
    "team_id",
    "role",
    "fte",
    "newly_qualified",
    "children",
    "points",
    "capacity",
    "utilisation",
    "band",
    "complete",
    "parts",
]
CEILING = Fraction(85)
SIBLING, COWORK = Fraction(6, 10), Fraction(1, 4)


def own_points(child):
    """ "the highest entry that applies", with its name."""
    as_at = child.council.as_at
    if child.out_of_scope:
        return Fraction(0), ""
    entries = []
    if child.open_child():
        entries.append((4, "cin"))
    if child.care_leaver:
        entries.append((4, "care_leaver"))
    if active_interim_order(child):
        entries.append((10, "care_proceedings"))
    for plan in child.open_cp_plans():
        if as_at <= plus_days(plan.start, 90):
            entries.append((8, "cp_plan_first_90_days"))
        else:
            entries.append((7, "cp_plan"))
    if child.open_s47s():
        entries.append((7, "s47_open"))
    if child.open_assessments():
        entries.append((5, "assessment_open"))
    for period in child.open_periods():
        tier = (8, "cla_tier_1") if upper_tier(child, period) else (5, "cla_tier_2")
        entries.append(tier)
    if not entries:
        return Fraction(0), ""
    best = max(entries, key=lambda entry: entry[0])
    return Fraction(best[0]), best[1]


def upper_tier(child, period):
    as_at = child.council.as_at
    if plus_months(period.entered, 12) > as_at:
        return True
    recent = [
        p
        for p in placements(child)
        if p.period in ("", period.id) and plus_months(as_at, -6) < p.start <= as_at
    ]
    return len(recent) >= 2


def lowest_family(child):
    ids = [row.get("fami_family_id", "") for row in child.rows["family"]]
    ids = [identity for identity in ids if identity]
    return min(ids, key=id_key) if ids else None


def band(utilisation):
    if utilisation is None:
        return "no capacity"
    if utilisation < Fraction(85, 100):
        return "room"
    if utilisation < 1:
        return "green"
    if utilisation < Fraction(110, 100):
        return "amber"
    return "red"


class Load:
    def __init__(self, worker):
        self.worker, self.children, self.points, self.parts = worker, 0, Fraction(0), []

    def finish(self, as_at):
        worker = self.worker
        self.complete = worker.fte is not None
        self.fte = worker.fte if worker.fte is not None else Fraction(1)
        self.newly_qualified = worker.newly_qualified()
        factor = Fraction(9, 10) if self.newly_qualified else Fraction(1)
        self.capacity = CEILING * self.fte * factor
        if worker.absent() or worker.left(as_at):
            self.capacity = Fraction(0)
        self.utilisation = self.points / self.capacity if self.capacity > 0 else None
        self.band = band(self.utilisation)


def loads(council):
    """A Load for every worker of the list, keyed by id."""
    found = {w.id: Load(w) for w in council.workforce.workers.values()}
    led = {}
    for child in council.children:
        if child.out_of_scope:
            continue
        lead, points = lead_at(child).worker_id, own_points(child)
        counted = child.open_child() or child.care_leaver
        if lead in found:
            if counted:
                found[lead].children += 1
            if points[0]:
                led.setdefault(lead, []).append((child, points))
        for other in coworkers(child):
            # "once a child, never the lead, and nothing in children"
            if other != lead and other in found and points[0]:
                found[other].points += COWORK * points[0]
                found[other].parts.append((child.id, points[1], points[0], COWORK))
    for worker_id, cases in led.items():
        families = {}
        for child, points in cases:
            key = lowest_family(child)
            key = ("family", key) if key is not None else ("alone", child.id)
            families.setdefault(key, []).append((child, points))
        for group in families.values():
            # highest scorer first; "ties: lowest child id counts 1.0"
            group.sort(key=lambda case: (-case[1][0], id_key(case[0].id)))
            for place, (child, points) in enumerate(group):
                share = Fraction(1) if place == 0 else SIBLING
                found[worker_id].points += share * points[0]
                found[worker_id].parts.append((child.id, points[1], points[0], share))
    for load in found.values():
        load.finish(council.as_at)
    return found


def shown(council):
    """Placeholders left out, leavers only while they still lead somebody."""
    out = []
    for load in sorted(loads(council).values(), key=lambda one: id_key(one.worker.id)):
        if load.worker.placeholder:
            continue
        if load.worker.left(council.as_at) and not load.children:
            continue
        out.append(load)
    return out


def workload_findings(council):
    out = []
    for load in shown(council):
        if load.utilisation is None:
            continue
        evidence = {"points": load.points, "capacity": load.capacity}
        # the weights are the shipped illustrative ones, so both are notes
        if load.newly_qualified and load.utilisation > 1:
            out.append(Finding("NQ-02", load.worker.id, "", "breach", "norm", "note", None, evidence))
        if load.utilisation >= Fraction(110, 100):
            out.append(Finding("DR-18", load.worker.id, "", "breach", "local", "note", None, evidence))
    return out


def places(value, n):
    """A fraction as text with n decimal places, half up."""
    scaled = int(value * 10**n + Fraction(1, 2))
    text = str(scaled).rjust(n + 1, "0")
    return text[:-n] + "." + text[-n:]


def workload_rows(council):
    rows = []
    for load in shown(council):
        parts = [
            {"child": c, "entry": e, "points": str(p), "share": str(float(s))}
            for c, e, p, s in sorted(load.parts, key=lambda part: id_key(part[0]))
        ]
        rows.append(
            {
                "worker_id": load.worker.id,
                "name": load.worker.name,
                "team_id": load.worker.department,
                "role": load.worker.title,
                "fte": places(load.fte, 3),
                "newly_qualified": str(load.newly_qualified).lower(),
                "children": load.children,
                "points": places(load.points, 3),
                "capacity": places(load.capacity, 3),
                "utilisation": "" if load.utilisation is None else places(load.utilisation, 3),
                "band": load.band,
                "complete": str(load.complete).lower(),
                "parts": json.dumps(parts),
            }
        )
    return rows


def write_workload(rows, path):
    with Path(path).open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, WORKLOAD_COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
