"""`evenlode region`: several councils side by side, small numbers hidden, and no child unless asked with a reason."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from evenlode.cli.asking import (
    as_date,
    chosen_mapping,
    chosen_policy,
    council_folders,
    deliveries_of,
    out_options,
)
from evenlode.cli.check import beside
from evenlode.cli.console import console
from evenlode.cli.looking import looked_at
from evenlode.cli.progress import Steps
from evenlode.errors import CannotGoOn
from evenlode.measures.answer import MeasureRow
from evenlode.measures.measure import Level, Status
from evenlode.measures.region import regional
from evenlode.record import Delivery
from evenlode.reports.measure_tables import about_region_sheet, meanings_sheet, measures_sheet
from evenlode.reports.sheets import Sheet, format_of, write_sheet, write_workbook
from evenlode.reports.tables import findings_sheet
from evenlode.rules.evaluate import Day


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--as-at", callback=as_date, metavar="DATE", help="The day to look at, one for all; needed.")
@click.option(
    "--since",
    callback=as_date,
    metavar="DATE",
    help="The first day of the period; else the 12 months to the as-at date.",
)
@click.option(
    "--policy",
    "policy_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="One policy file for all, so that the figures compare; else the shipped settings.",
)
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), metavar="FILE")
@out_options("Write the measures here.")
@click.option("--children", is_flag=True, help="Write the lists of children too; needs --why and --out.")
@click.option("--why", metavar="TEXT", help="Why the lists of children are needed; kept with them.")
def region(
    folder: Path,
    as_at: date | None,
    since: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    out: Path | None,
    kind: str | None,
    children: bool,
    why: str | None,
) -> None:
    """Measures of the councils in FOLDER, one folder each by its three-figure code, small numbers hidden."""
    reason = _reason(children, why, out)
    if as_at is None:
        raise CannotGoOn(
            "Name the day with --as-at 2026-11-20: one day for all councils, so that they compare."
        )
    if since and since > as_at:
        raise CannotGoOn(f"--since {since} is after the as-at date {as_at}; name an earlier first day.")
    policy, mapping = chosen_policy(policy_file), chosen_mapping(mapping_file)
    wanted = format_of(out, kind) if out else None
    councils = _councils(folder)
    with Steps() as steps:
        deliveries: list[Delivery] = []
        for council in councils:
            deliveries += deliveries_of(council, council.name, mapping, steps)
        with looked_at(deliveries, as_at=as_at, policy=policy, steps=steps, by="region") as looked:
            day = looked.position
            rows = regional(day, period_from=since)
            lists = _children(day, reason) if reason else None
    about = about_region_sheet(as_at, [c.name for c in councils], reason)
    if out and wanted:
        _write(out, wanted, rows, about, lists)
    _show(rows, as_at, [c.name for c in councils])
    if out:
        click.echo(f"Measures written to {out}")
    if reason:
        click.echo(f"The lists of children are with them, for this reason: {reason}")


def _reason(children: bool, why: str | None, out: Path | None) -> str:
    """Why the lists of children are wanted; nothing where they are not."""
    reason = " ".join((why or "").split())
    if not children:
        if why is not None:
            raise CannotGoOn("--why is the reason for lists of children; add --children, or leave it out.")
        return ""
    if not re.search(r"\w{3}", reason):
        raise CannotGoOn('Lists of children need a reason: --children --why "serious case review, 302".')
    if out is None:
        raise CannotGoOn("Lists of children are written to a file and never shown here; name it with --out.")
    return reason


def _councils(folder: Path) -> list[Path]:
    if not folder.is_dir():
        raise CannotGoOn(f"{folder} is no folder; name the one that holds a folder for each council.")
    found = council_folders(folder)
    others = [p.name for p in sorted(folder.iterdir()) if p not in found and not p.name.startswith(".")]
    if others:
        raise CannotGoOn(
            f'"{others[0]}" in {folder} is no council\'s folder: each is named by its three-figure code, such '
            "as 302. Rename it or move it elsewhere."
        )
    if len(found) < 2:
        raise CannotGoOn(
            f"{folder} holds {'one council' if found else 'no council'}; a region is two or more folders, each "
            "named by a council's three-figure code. For one council use evenlode measures."
        )
    return found


def _children(day: Day, reason: str) -> Sheet:
    """Every finding of every council; only ever with a reason."""
    sheet = findings_sheet(day.evaluate().findings, with_council=True)
    return Sheet(sheet.name, sheet.headings, sheet.rows, note=f"Lists of children, for this reason: {reason}")


def _write(out: Path, kind: str, rows: list[MeasureRow], about: Sheet, lists: Sheet | None) -> None:
    if kind == "xlsx":
        write_workbook([measures_sheet(rows), *([lists] if lists else []), about, meanings_sheet()], out)
        return
    write_sheet(measures_sheet(rows), out, kind)
    write_sheet(about, beside(out, "about"), kind)
    if lists:
        write_sheet(lists, beside(out, "children"), kind)


def _show(rows: list[MeasureRow], as_at: date, councils: list[str]) -> None:
    shown = console()
    shown.print(f"{len(councils)} councils as at {as_at:%A %-d %B %Y}", style="bold")
    shown.print("Small numbers are hidden, and what would give one away.", style="dim")
    table = Table(box=None, pad_edge=False)
    for name in ("id", "measure", "together", *councils):
        table.add_column(name, justify="left" if name in {"id", "measure"} else "right")
    by_measure: dict[str, dict[str, MeasureRow]] = {}
    for row in rows:
        by_measure.setdefault(row.measure.id, {})[row.unit_id] = row
    for measure_id, units in by_measure.items():
        first = next(iter(units.values()))
        cells = [_figure(row) for row in units.values()]
        table.add_row(measure_id, Text(first.measure.name), *cells)
    shown.print(table)
    unknown = {r.why for r in rows if r.status is Status.CANNOT_TELL and r.level is Level.REGION}
    if unknown:
        shown.print('"?" cannot be told; the file says why.', style="dim")


def _figure(row: MeasureRow) -> str:
    if row.status is Status.SUPPRESSED:
        return "hidden"
    return "?" if row.value is None else str(row.value)
