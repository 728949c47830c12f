"""The figures that stand as tables for other programs: the same for the JSON service and for the files.

Columns are those of the published files (`evenlode.reports`); rows are those of somebody's reach.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from evenlode.access import Register, Scope, Thing, Verb, Visible
from evenlode.access.visible import Reach
from evenlode.measures.book import MEASURE_BY_ID
from evenlode.policy import Policy
from evenlode.reports.measure_tables import MEASURE_HEADINGS
from evenlode.reports.sheets import Heading, Value
from evenlode.reports.tables import (
    DEFINITION_HEADINGS,
    WORKLOAD_HEADINGS,
    definitions_sheet,
    finding_heading,
    sum_of_load,
)
from evenlode.rules.results import FINDING_COLUMNS
from evenlode.rules.rule import Status
from evenlode.web.council import policy as council_policy
from evenlode.web.door import Door
from evenlode.web.models import ChildFigure, Figures, FindingFigure, MeasureFigure, WorkerFigure
from evenlode.web.morning import within_reach
from evenlode.workload.load import NO_CAPACITY


@dataclass(frozen=True)
class Reaches:
    """Whose rows are wanted: findings of children, children in the sum of a load, workers, teams."""

    findings: Visible
    children: Visible
    workers: Visible
    units: Visible


def reaches_of(door: Door) -> Reaches:
    """What one person may have: the same as on the pages."""
    return Reaches(
        door.visible(Thing.FINDING),
        door.visible(Thing.CHILD_RECORD),
        door.visible(Thing.WORKER_FIGURES),
        door.visible(Thing.TEAM_PAGE, Verb.SEE),
    )


def whole_council(register: Register, at: datetime) -> Reaches:
    """Everything but the records that are closed to most staff: for files that leave the service."""
    closed = frozenset(r.child_id for r in register.restrictions if r.in_force(at))
    every = Visible(at.date(), (Reach(Scope.COUNCIL, everything=True),), closed=closed)
    return Reaches(every, every, every, every)


@dataclass(frozen=True)
class Asking:
    """What a table is made of: the figures that stand, somebody's reach, the council's settings."""

    figures: Figures
    reaches: Reaches
    policy: Policy


Rows = QuerySet[Any] | Sequence[Any]


@dataclass(frozen=True)
class StandingTable:
    """One table: its columns, its rows in an order that stays, and how a page of them is told.

    narrows: the columns by which it can be asked for less.
    """

    name: str
    in_words: str
    headings: tuple[Heading, ...]
    rows: Callable[[Asking], Rows]
    tell: Callable[[Asking, Iterable[Any]], list[tuple[Value, ...]]]
    narrows: tuple[str, ...] = ()


def _findings(at: Asking) -> Rows:
    found = within_reach(at.figures, at.reaches.findings, at.reaches.workers, at.reaches.units)
    rows: QuerySet[Any] = found.exclude(status=Status.DUE_SOON).order_by("place", "pk")
    return rows


def _tell_findings(_: Asking, rows: Iterable[FindingFigure]) -> list[tuple[Value, ...]]:
    return [tuple(getattr(row, name) for name in FINDING_COLUMNS) for row in rows]


def _workload(at: Asking) -> Rows:
    rows = WorkerFigure.objects.visible_to(at.reaches.workers).filter(figures=at.figures, placeholder=False)
    return rows.filter(Q(here=True) | Q(children__gt=0)).order_by("worker_id")


def _tell_workload(at: Asking, rows: Iterable[WorkerFigure]) -> list[tuple[Value, ...]]:
    every = list(rows)
    ids = {part["child_id"] for row in every for part in row.parts}
    known = ChildFigure.objects.visible_to(at.reaches.children).filter(figures=at.figures, child_id__in=ids)
    theirs = set(known.values_list("child_id", flat=True))
    return [_load(at, row, theirs) for row in every]


def _load(at: Asking, row: WorkerFigure, theirs: set[str]) -> tuple[Value, ...]:
    parts = [part for part in row.parts if part["child_id"] in theirs]
    unseen = len(row.parts) - len(parts)
    summed = sum_of_load(
        parts,
        at.policy.tariff,
        fte=row.fte,
        newly_qualified=row.newly_qualified,
        away=row.band == NO_CAPACITY,
        more={"children_not_shown": unseen} if unseen else None,
    )
    return (
        row.worker_id,
        row.name,
        row.team_id,
        row.title,
        row.fte,
        row.newly_qualified,
        row.children,
        row.points,
        row.capacity,
        row.utilisation,
        row.band,
        row.complete,
        summed,
    )


def _measures(at: Asking) -> Rows:
    units = at.reaches.units
    within = Q(level="council")
    if units.why_not is None:
        within = Q() if units.everything else within | Q(unit_id__in=sorted(units.units))
    rows = MeasureFigure.objects.filter(within, figures=at.figures)
    return rows.order_by("measure_id", "level", "unit_id", "as_at", "pk")


def _tell_measures(at: Asking, rows: Iterable[MeasureFigure]) -> list[tuple[Value, ...]]:
    return [_measure(at.figures.la_code, row) for row in rows]


def _measure(la_code: str, row: MeasureFigure) -> tuple[Value, ...]:
    measure = MEASURE_BY_ID[row.measure_id]
    beside: dict[str, Any] = row.beside or {}
    published = [_number(beside.get(name)) for name in ("england", "region", "neighbours", "own")]
    return (
        la_code,
        row.measure_id,
        measure.name,
        row.level,
        row.unit_id,
        row.unit_name,
        row.as_at,
        row.period_from,
        _three(row.numerator),
        _three(row.denominator),
        _three(row.value),
        str(measure.unit),
        row.status,
        row.why,
        row.note,
        *published,
        int(beside["year"]) if beside.get("year") else None,
        *(str(beside.get(name) or "") for name in ("taken", "vintage", "note")),
    )


def _number(said: object) -> Decimal | None:
    return None if said in {None, ""} else _three(Decimal(str(said)))


def _three(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.001"))


def _rules(at: Asking) -> Rows:
    return definitions_sheet(at.policy, at.figures.as_at).rows


def _tell_rules(_: Asking, rows: Iterable[Sequence[Value]]) -> list[tuple[Value, ...]]:
    return [tuple(row) for row in rows]


TABLES: dict[str, StandingTable] = {
    table.name: table
    for table in (
        StandingTable(
            "findings",
            "Every finding that stands: a row each, in the order of the rule book; what is due soon is not in it.",
            tuple(finding_heading(name) for name in FINDING_COLUMNS),
            _findings,
            _tell_findings,
            ("rule_id", "subject_kind", "status", "severity", "worker_id", "team_id"),
        ),
        StandingTable(
            "workload",
            "One row a worker: load against capacity, with the sum that makes the figure.",
            WORKLOAD_HEADINGS,
            _workload,
            _tell_workload,
            ("worker_id", "team_id", "band"),
        ),
        StandingTable(
            "measures",
            "One row a measure, unit and day, with what stands beside it.",
            MEASURE_HEADINGS,
            _measures,
            _tell_measures,
            ("measure_id", "level", "unit_id", "status"),
        ),
        StandingTable(
            "rules",
            "What each rule asks, who acts, who says so, and the settings in force.",
            DEFINITION_HEADINGS,
            _rules,
            _tell_rules,
        ),
    )
}
"""Every table that other programs can have."""


def asking(figures: Figures, reaches: Reaches) -> Asking:
    """What the tables are made of today."""
    return Asking(figures, reaches, council_policy())
