"""Works one worker's figures out again when something about them was recorded by hand.

The load follows by the same sums (`evenlode.workload.by_hand`), and the findings that rest on it, NQ-02 and DR-18,
by the same limits, severities and sentences as at a load.  What the next load works out is the same.
The record holds none of this: `evenlode check` and the engines beside the embedded one do not know of it.
A child's own weight in lists of children stays the record's; the adjustment stands beside it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from evenlode.oversight.finding import Finding
from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.evaluate import handed_loads
from evenlode.rules.in_force import not_in_force
from evenlode.rules.rule import Severity, Status
from evenlode.web.council import policy
from evenlode.web.models import (
    ChildFigure,
    Figures,
    FindingFigure,
    Holder,
    KeptPage,
    LoadDay,
    WorkerFigure,
)
from evenlode.web.people_of import speaker_of
from evenlode.web.writing.by_hand import ByHand, holding_on, record_of, with_by_hand
from evenlode.web.writing.findings import findings_rows
from evenlode.web.writing.workers import of_load
from evenlode.workload.by_hand import THOUSANDTH, Part, total
from evenlode.workload.load import Load
from evenlode.workload.workers import WorkerLoad

LIMITS: dict[str, str] = {"NQ-02": "newly_qualified_utilisation", "DR-18": "overload_utilisation"}
"""The rules that read a load alone, and the setting that each is decided by."""


def judged_on(figures: Figures, at: datetime) -> date:
    """The day on which what was recorded must hold to count: that of the figures, or today where that is later."""
    return max(figures.as_at, timezone.localdate(at))


def workers_with(figures: Figures, child_id: str) -> set[str]:
    """The workers in whose sums a child stands: the lead and whoever works beside them."""
    held = Holder.objects.filter(figures=figures, child_id=child_id)
    led = ChildFigure.objects.whole().filter(figures=figures, child_id=child_id)
    ids = (*held.values_list("worker_id", flat=True), *led.values_list("worker_id", flat=True))
    return {worker for worker in ids if worker}


@transaction.atomic
def again(figures: Figures, workers: Iterable[str], at: datetime) -> None:
    """The figures and findings of these workers, worked out again with what holds now."""
    ids = set(workers)
    held = holding_on(judged_on(figures, at), ids)
    for row in WorkerFigure.objects.whole().filter(figures=figures, worker_id__in=ids):
        load = _written(figures, row, held)
        _findings(figures, load)
    KeptPage.objects.filter(figures=figures).delete()


def by_record(figures: Figures, row: WorkerFigure) -> tuple[WorkerLoad, list[Part]]:
    """A worker's load by the record alone, with the sum behind it."""
    kept: dict[str, Any] = row.by_record or {
        "points": row.points,
        "capacity": row.capacity,
        "band": row.band,
        "parts": row.parts,
    }
    parts: list[Part] = kept["parts"]
    capacity = Decimal(kept["capacity"])
    beside = Decimal(kept["points"]) - total(
        parts
    )  # what the tariff counts for steady work stands in no part
    points = total(parts) + (beside if abs(beside) >= THOUSANDTH else 0)
    load = Load(points, capacity, points / capacity if capacity else None, kept["band"], row.complete)
    return (
        WorkerLoad(
            la_code=figures.la_code,
            worker_id=row.worker_id,
            name=row.name,
            team_id=row.team_id,
            role=row.title,
            fte=row.fte,
            newly_qualified=row.newly_qualified,
            left=not row.here,
            children=row.children,
            load=load,
        ),
        parts,
    )


def families_of(figures: Figures, parts: Iterable[Part]) -> dict[str, str]:
    """Child to family, for the sibling rule."""
    ids = [part["child_id"] for part in parts]
    rows = ChildFigure.objects.whole().filter(figures=figures, child_id__in=ids).exclude(family="")
    return dict(rows.values_list("child_id", "family"))


def _written(figures: Figures, row: WorkerFigure, held: ByHand) -> WorkerLoad:
    load, parts = by_record(figures, row)
    settings = policy().on(figures.as_at)
    changed, moved = with_by_hand(load, parts, families_of(figures, parts), held, settings)
    told = of_load(changed)
    values = {**told, "parts": moved, "by_record": record_of(load, parts) if changed is not load else None}
    WorkerFigure.objects.whole().filter(pk=row.pk).update(**values)
    del told["complete"]
    LoadDay.objects.whole().filter(worker_id=row.worker_id, as_at=figures.as_at).update(**told)
    return changed


def _findings(figures: Figures, load: WorkerLoad) -> None:
    true = {f.rule_id: f for f in load_findings(figures, load)}
    stood = FindingFigure.objects.whole().filter(
        figures=figures, subject_kind="worker", subject_id=load.worker_id, rule_id__in=_asked(figures)
    )
    before = {row.rule_id: row for row in stood}
    stood.exclude(rule_id__in=true).delete()
    for rule_id, finding in true.items():
        old = before.get(rule_id)
        known = {finding.key: old.known_since} if old and old.known_since else {}
        speaker = speaker_of(figures)
        (values,) = findings_rows((finding,), speaker, known=known, new=None)
        values["new"] = old.new if old else True if figures.before else None
        values["place"] = old.place if old else _last_place(figures) + 1
        FindingFigure.objects.whole().update_or_create(
            figures=figures,
            rule_id=rule_id,
            subject_kind="worker",
            subject_id=load.worker_id,
            defaults=values,
        )


def _asked(figures: Figures) -> list[str]:
    """The rules on a load that were asked at all: in force on the day, and told by the files."""
    missing = figures.told.get("missing")
    unasked = {
        *not_in_force(policy().on(figures.as_at), figures.as_at),
        *(missing if isinstance(missing, dict) else ()),
    }
    return [rule for rule in LIMITS if rule not in unasked]


def _last_place(figures: Figures) -> int:
    return FindingFigure.objects.whole().filter(figures=figures).aggregate(last=Max("place"))["last"] or 0


def load_findings(figures: Figures, load: WorkerLoad) -> list[Finding]:
    """What NQ-02 and DR-18 say of one load, by the limits that the rules read."""
    settings = policy().on(figures.as_at)
    (row,) = handed_loads((load,), settings).to_pylist()
    true = {
        "NQ-02": row["newly_qualified"] and row["over_first_year_limit"],
        "DR-18": row["overloaded"],
    }
    severity = Severity.NOTE if settings.tariff.illustrative else Severity.RED
    return [
        Finding(
            la_code=figures.la_code,
            rule_id=rule_id,
            subject_kind="worker",
            subject_id=load.worker_id,
            record_id="",
            status=str(Status.BREACH),
            kind=str(RULE_BY_ID[rule_id].kind),
            severity=str(severity),
            due_date=None,
            days_over=None,
            worker_id=load.worker_id,
            team_id=load.team_id,
            evidence={
                "children": row["children"],
                "points": row["points"],
                "capacity": row["capacity"],
                "utilisation": row["utilisation"],
                "limit": str(settings.numbers[LIMITS[rule_id]]),
                "tariff": settings.tariff.preset,
                "hours_known": row["complete"],
            },
        )
        for rule_id in _asked(figures)
        if true[rule_id]
    ]


__all__ = ["again", "by_record", "judged_on", "load_findings", "workers_with"]
