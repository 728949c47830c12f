"""`evenlode check`: one shot, no home needed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
import pyarrow as pa

from evenlode.cli.asking import (
    chosen_mapping,
    chosen_policy,
    council_code,
    deliveries_of,
    extract_options,
    out_options,
)
from evenlode.cli.console import console
from evenlode.cli.looking import Looked, looked_at
from evenlode.cli.progress import Steps
from evenlode.cli.summary import show_summary
from evenlode.engines import ENGINES, evaluate_on, open_engine
from evenlode.policy import Policy
from evenlode.quality.answer import GRAVE, Quality, questioned
from evenlode.record import Delivery
from evenlode.record.after_the_day import events_after
from evenlode.reports.drift_tables import drift_of, drift_sheet
from evenlode.reports.quality_tables import doubts_sheet
from evenlode.reports.sheets import format_of, write_sheet, write_workbook
from evenlode.reports.tables import (
    TotalLine,
    definitions_sheet,
    findings_sheet,
    load_report_sheet,
    set_aside_sheet,
    totals_sheet,
    workload_sheet,
)
from evenlode.reports.totals import Theirs, compare_totals, read_totals
from evenlode.rules.drift_list import DriftList
from evenlode.rules.results import Evaluation


@dataclass(frozen=True)
class Checked:
    """Everything a check found out; the policy is the one in force on the day."""

    deliveries: list[Delivery]
    evaluation: Evaluation
    policy: Policy
    totals: list[TotalLine]
    parts: dict[tuple[str, str], list[dict[str, str]]]
    why_day: str
    quality: Quality
    drift: DriftList | None = None


@click.command()
@extract_options
@out_options("Write the findings here; a load report is written beside it.")
@click.option(
    "--totals",
    "totals_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The council's own totals, to stand beside ours.",
)
@click.option(
    "--engine",
    type=click.Choice(["duckdb", *ENGINES]),
    default="duckdb",
    help="Where the rules are worked out; a server's address comes from EVENLODE_ENGINE_URL.",
)
@click.option("--due-soon", is_flag=True, help="Write what is due within five working days too.")
def check(
    extracts: Path,
    as_at: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    la_code: str | None,
    out: Path | None,
    kind: str | None,
    totals_file: Path | None,
    engine: str,
    due_soon: bool,
) -> None:
    """Read EXTRACTS (a folder, a zip, a workbook), ask every rule, and show what was found."""
    policy = chosen_policy(policy_file)
    wanted = format_of(out, kind) if out else None
    theirs = read_totals(totals_file) if totals_file else None
    mapping = chosen_mapping(mapping_file)
    with Steps() as steps:
        deliveries = deliveries_of(extracts, council_code(la_code, policy), mapping, steps)
        checked = check_deliveries(
            deliveries,
            as_at=as_at,
            policy=policy,
            theirs=theirs,
            steps=steps,
            with_parts=wanted == "xlsx",
            engine=engine,
        )
        if out and wanted:
            steps.step("Writing the findings", 1, 1)
            write_results(checked, out, wanted, due_soon=due_soon)
    show_summary(
        console(),
        evaluation=checked.evaluation,
        why_day=checked.why_day,
        deliveries=checked.deliveries,
        totals=checked.totals,
        policy=checked.policy,
        council=policy.council or extracts.name,
        grave=checked.quality.grave,
    )
    if out:
        click.echo(f"Findings written to {out}")


def check_deliveries(
    deliveries: list[Delivery],
    *,
    as_at: date | None,
    policy: Policy,
    theirs: dict[str, Theirs] | None,
    steps: Steps,
    with_parts: bool,
    engine: str = "duckdb",
) -> Checked:
    """Every rule, the totals, and what the load report has to say of the day."""
    with looked_at(deliveries, as_at=as_at, policy=policy, steps=steps, by="check") as looked:
        position = looked.position
        deliveries[-1].problems.extend(events_after(looked.stored.con, position.as_at, _files(deliveries)))
        evaluation = (
            position.evaluate(steps.step)
            if engine == "duckdb"
            else _evaluated_on(engine, looked, policy, steps)
        )
        return Checked(
            deliveries,
            evaluation,
            position.policy,
            compare_totals(position, theirs),
            position.parts() if with_parts else {},
            looked.why_day,
            questioned(position, deliveries)
            if with_parts
            else questioned(position, deliveries, doubts=GRAVE, listed=False),
            drift_of(position, evaluation) if with_parts else None,
        )


def _evaluated_on(name: str, looked: Looked, policy: Policy, steps: Steps) -> Evaluation:
    """The rules worked out by another engine than the embedded one."""
    engine = open_engine(name)
    try:
        return evaluate_on(engine, looked.stored, as_at=looked.position.as_at, policy=policy, told=steps.step)
    finally:
        engine.close()


def _files(deliveries: list[Delivery]) -> dict[str, str]:
    """Which files each table was read from, for the load report."""
    files: dict[str, list[str]] = {}
    for count in (c for d in deliveries for c in d.counts):
        files.setdefault(count.table, []).append(count.file)
    return {table: ", ".join(dict.fromkeys(names)) for table, names in files.items()}


def write_results(checked: Checked, out: Path, kind: str, *, due_soon: bool) -> None:
    """The findings, and the load report beside them (inside the workbook, where it is one)."""
    evaluation = checked.evaluation
    rows = evaluation.findings
    if due_soon:
        rows = pa.concat_tables([rows, evaluation.due_soon])
    many = len(set(rows["la_code"].to_pylist())) > 1
    findings = findings_sheet(rows, with_council=many)
    problems = [p for d in checked.deliveries for p in d.problems]
    aside = [q for d in checked.deliveries for q in d.quarantined]
    if kind == "xlsx":
        write_workbook(
            [
                findings,
                *([drift_sheet(checked.drift, with_council=many)] if checked.drift else []),
                workload_sheet(evaluation.loads, checked.parts, checked.policy),
                totals_sheet(checked.totals),
                doubts_sheet(checked.quality),
                load_report_sheet(problems),
                set_aside_sheet(aside),
                definitions_sheet(checked.policy, evaluation.as_at),
            ],
            out,
        )
        return
    write_sheet(findings, out, kind)
    write_sheet(load_report_sheet(problems), beside(out, "load-report"), kind)
    if aside:
        write_sheet(set_aside_sheet(aside), beside(out, "set-aside"), kind)


def beside(out: Path, what: str) -> Path:
    """The name of a file that goes with another: findings.csv, findings.load-report.csv."""
    return out.with_name(f"{out.stem}.{what}{out.suffix}")
