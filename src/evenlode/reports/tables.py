"""The tables that a council takes away: findings, workload, load report, totals, definitions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

import pyarrow as pa

from evenlode.policy import Policy
from evenlode.policy.tariff import Tariff
from evenlode.record.delivery import Problem, QuarantinedRow
from evenlode.reports.sheets import Heading, Sheet
from evenlode.rules.book import RULES
from evenlode.rules.in_force import not_in_force
from evenlode.rules.results import FINDING_COLUMNS
from evenlode.workload.load import NO_CAPACITY
from evenlode.workload.workers import WorkerLoad

_FINDING_HOLDS = {"due_date": "date", "days_over": "int"}
_FINDING_WIDTH = {"evidence": 70, "subject_kind": 11, "days_over": 10, "rule_id": 9}
THREE_PLACES = Decimal("0.001")


def findings_sheet(findings: pa.Table, *, with_council: bool) -> Sheet:
    """Contract section 3, in its order of columns; the council's code first where there are many."""
    names = (("la_code",) if with_council else ()) + FINDING_COLUMNS
    headings = tuple(finding_heading(n) for n in names)
    columns = [findings[n].to_pylist() for n in names]
    return Sheet("Findings", headings, list(zip(*columns, strict=True)))


def finding_heading(name: str) -> Heading:
    """A column of a findings file: what it holds and how wide it stands."""
    return Heading(name, _FINDING_HOLDS.get(name, "text"), _FINDING_WIDTH.get(name, 13))


WORKLOAD_HEADINGS = (
    Heading("worker_id"),
    Heading("name", width=24),
    Heading("team_id"),
    Heading("role", width=22),
    Heading("fte", "decimal", 8),
    Heading("newly_qualified", "bool", 10),
    Heading("children", "int", 9),
    Heading("points", "decimal", 10),
    Heading("capacity", "decimal", 10),
    Heading("utilisation", "decimal", 11),
    Heading("band", width=12),
    Heading("complete", "bool", 10),
    Heading("parts", width=70),
)


def workload_sheet(
    loads: Iterable[WorkerLoad], parts: dict[tuple[str, str], list[dict[str, str]]], policy: Policy
) -> Sheet:
    """Contract section 5: one row a worker, with the sum that makes the figure."""
    rows = []
    for w in loads:
        u = w.load.utilisation
        rows.append(
            (
                w.worker_id,
                w.name,
                w.team_id,
                w.role,
                _three(w.fte),
                w.newly_qualified,
                w.children,
                _three(w.load.points),
                _three(w.load.capacity),
                _three(u),
                w.load.band,
                w.load.complete,
                _sum(w, parts.get((w.la_code, w.worker_id), []), policy),
            )
        )
    tariff = policy.tariff
    return Sheet("Workload", WORKLOAD_HEADINGS, rows, note=f"{tariff.preset}: {tariff.label}")


def _three(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(THREE_PLACES, ROUND_HALF_UP)


def _sum(worker: WorkerLoad, parts: list[dict[str, str]], policy: Policy) -> str:
    return sum_of_load(
        parts,
        policy.tariff,
        fte=worker.fte,
        newly_qualified=worker.newly_qualified,
        away=worker.load.band == NO_CAPACITY,
    )


def sum_of_load(
    parts: list[dict[str, str]],
    tariff: Tariff,
    *,
    fte: Decimal | None,
    newly_qualified: bool,
    away: bool,
    more: dict[str, int] | None = None,
) -> str:
    """The column `parts`: the sum that makes a worker's figure, as JSON.

    more: what stands beside it where a reader may not have every child of the sum.
    """
    return json.dumps(
        {
            "children": parts,
            "stable_points": str(tariff.stable_points),
            "ceiling_per_fte": str(tariff.ceiling_per_fte),
            "fte": "unknown, 1 taken" if fte is None else str(fte.normalize()),
            "factor": str(tariff.newly_qualified_factor) if newly_qualified else "1",
            "away": away,
            "tariff": tariff.preset,
            "illustrative": tariff.illustrative,
            **(more or {}),
        },
        ensure_ascii=False,
    )


def load_report_sheet(problems: Iterable[Problem]) -> Sheet:
    """Contract section 4: one row a problem."""
    headings = (
        Heading("file", width=30),
        Heading("table", width=18),
        Heading("row_number", "int", 11),
        Heading("record_id"),
        Heading("field", width=20),
        Heading("problem", width=70),
        Heading("action", width=12),
    )
    rows = [(p.file, p.table, p.row_number, p.record_id, p.field, p.problem, str(p.action)) for p in problems]
    return Sheet("Load report", headings, rows)


def set_aside_sheet(rows: Iterable[QuarantinedRow]) -> Sheet:
    """Every row that was set aside, whole, with the reason."""
    headings = (
        Heading("file", width=30),
        Heading("table", width=18),
        Heading("row_number", "int", 11),
        Heading("reason", width=60),
        Heading("row", width=90),
    )
    return Sheet(
        "Set aside",
        headings,
        [(r.file, r.table, r.row_number, r.reason, json.dumps(r.values, ensure_ascii=False)) for r in rows],
    )


@dataclass(frozen=True)
class TotalLine:
    """One of the council's own totals beside ours, and who differs when ids were given."""

    measure: str
    ours: int
    theirs: int | None
    only_ours: tuple[str, ...] = ()
    only_theirs: tuple[str, ...] = ()


def totals_sheet(lines: Iterable[TotalLine]) -> Sheet:
    """Our totals beside the council's own."""
    headings = (
        Heading("measure", width=26),
        Heading("ours", "int"),
        Heading("theirs", "int"),
        Heading("difference", "int"),
        Heading("only_ours", width=40),
        Heading("only_theirs", width=40),
    )
    return Sheet(
        "Totals",
        headings,
        [
            (
                t.measure,
                t.ours,
                t.theirs,
                None if t.theirs is None else t.ours - t.theirs,
                " ".join(t.only_ours),
                " ".join(t.only_theirs),
            )
            for t in lines
        ],
    )


DEFINITION_HEADINGS = (
    Heading("rule_id", width=9),
    Heading("name", width=34),
    Heading("question", width=60),
    Heading("who_acts", width=18),
    Heading("who_says_so", width=12),
    Heading("source", width=46),
    Heading("settings_in_force", width=60),
    Heading("does_not_tell", width=50),
    Heading("asked", width=40),
)


def definitions_sheet(policy: Policy, as_at: date) -> Sheet:
    """What each rule asks, who says so, the settings in force, and which rules are not in force on the day."""
    silent = not_in_force(policy, as_at)
    return Sheet(
        "Definitions",
        DEFINITION_HEADINGS,
        [
            (
                r.id,
                r.name,
                r.question,
                str(r.who_acts),
                str(r.kind),
                r.source,
                settings_in_force(r.policy, policy),
                r.does_not_tell,
                f"not on {as_at:%-d %B %Y}: {silent[r.id]}" if r.id in silent else "yes",
            )
            for r in RULES
        ],
    )


def settings_in_force(names: Iterable[str], policy: Policy) -> str:
    """The settings a rule uses with their values, in words."""
    found = []
    for name in names:
        if name in policy.clocks:
            found.append(f"{name}: {policy.clocks[name]}")
        elif name in policy.numbers:
            found.append(f"{name}: {policy.numbers[name]}")
        elif name in policy.dates:
            found.append(f"{name}: {policy.dates[name] or 'not fixed'}")
        else:
            found.append(f"{name}: {', '.join(policy.lists[name])}")
    return "; ".join(found)
