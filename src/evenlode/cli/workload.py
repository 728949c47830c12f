"""`evenlode workload`: one row a worker."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from rich.table import Table

from evenlode.cli.asking import (
    chosen_mapping,
    chosen_policy,
    council_code,
    deliveries_of,
    extract_options,
    out_options,
)
from evenlode.cli.console import console
from evenlode.cli.looking import looked_at
from evenlode.cli.progress import Steps
from evenlode.reports.sheets import format_of, write_sheet
from evenlode.reports.tables import workload_sheet
from evenlode.workload.workers import WorkerLoad


@click.command()
@extract_options
@out_options("Write one row a worker here, with the sum behind each figure.")
def workload(
    extracts: Path,
    as_at: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    la_code: str | None,
    out: Path | None,
    kind: str | None,
) -> None:
    """How much each worker in EXTRACTS holds, against what they have room for."""
    policy = chosen_policy(policy_file)
    wanted = format_of(out, kind) if out else None
    mapping = chosen_mapping(mapping_file)
    with Steps() as steps:
        deliveries = deliveries_of(extracts, council_code(la_code, policy), mapping, steps)
        with looked_at(deliveries, as_at=as_at, policy=policy, steps=steps, by="workload") as looked:
            position = looked.position
            if out and wanted:
                write_sheet(workload_sheet(position.loads, position.parts(), position.policy), out, wanted)
    shown = console()
    shown.print(f"Workload as at {position.as_at:%A %-d %B %Y}", style="bold")
    shown.print(f"Why that day: {looked.why_day}.", style="dim")
    shown.print(position.policy.tariff.label, style="dim")
    shown.print(_table(position.loads))
    if out:
        click.echo(f"Workload written to {out}")


def _table(loads: tuple[WorkerLoad, ...]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name, side in (
        ("worker", "left"),
        ("children", "right"),
        ("points", "right"),
        ("room for", "right"),
        ("of ceiling", "right"),
        ("band", "left"),
    ):
        table.add_column(name, justify="right" if side == "right" else "left")
    for w in loads:
        if w.children or w.load.points:
            u = w.load.utilisation
            table.add_row(
                f"{w.name} ({w.worker_id})",
                str(w.children),
                f"{w.load.points:.1f}",
                f"{w.load.capacity:.1f}",
                "" if u is None else f"{u * 100:.0f} %",
                w.load.band,
            )
    return table
