"""`evenlode quality`: what in the data cannot be right, what it spoils, and what to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
from rich import box
from rich.table import Table
from rich.text import Text

from evenlode.cli.asking import (
    chosen_mapping,
    chosen_policy,
    council_code,
    deliveries_of,
    extract_options,
    out_options,
)
from evenlode.cli.check import beside
from evenlode.cli.console import console
from evenlode.cli.looking import looked_at
from evenlode.cli.progress import Steps
from evenlode.quality.answer import Counted, Quality, Status, questioned
from evenlode.quality.book import DOUBTS
from evenlode.quality.coverage import Coverage
from evenlode.quality.doubt import in_words
from evenlode.reports.quality_tables import coverage_sheet, doubtful_rows_sheet, doubts_sheet, one_place
from evenlode.reports.sheets import format_of, write_sheet, write_workbook

FIRST_IDS = 4
"""How many rules and measures are named before the rest are counted."""


@click.command()
@extract_options
@out_options("Write the doubts here; their rows and the coverage are written beside it.")
def quality(
    extracts: Path,
    as_at: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    la_code: str | None,
    out: Path | None,
    kind: str | None,
) -> None:
    """Doubts about the data of EXTRACTS: how many of how many, what each spoils, and what to do."""
    policy = chosen_policy(policy_file)
    wanted = format_of(out, kind) if out else None
    mapping = chosen_mapping(mapping_file)
    with Steps() as steps:
        deliveries = deliveries_of(extracts, council_code(la_code, policy), mapping, steps)
        with looked_at(deliveries, as_at=as_at, policy=policy, steps=steps, by="quality") as looked:
            steps.step("Looking at the data", 0, 1)
            found, why_day = questioned(looked.position, deliveries), looked.why_day
        if out and wanted:
            steps.step("Writing the doubts", 1, 1)
            _write(found, out, wanted)
    _show(found, why_day)
    if out:
        click.echo(f"Doubts written to {out}")


def _write(found: Quality, out: Path, kind: str) -> None:
    doubts, rows, coverage = doubts_sheet(found), doubtful_rows_sheet(found), coverage_sheet(found)
    if kind == "xlsx":
        write_workbook([doubts, rows, coverage], out)
        return
    write_sheet(doubts, out, kind)
    write_sheet(rows, beside(out, "rows"), kind)
    write_sheet(coverage, beside(out, "coverage"), kind)


def _show(found: Quality, why_day: str) -> None:
    shown = console()
    shown.print(f"Doubts about the data, as at {found.as_at:%A %-d %B %Y}", style="bold")
    shown.print(f"Why that day: {why_day}.", style="dim")
    for la_code in found.councils:
        if len(found.councils) > 1:
            shown.print(f"\nCouncil {la_code}", style="bold")
        every = [found.of(la_code, doubt) for doubt in DOUBTS]
        shown.print(_doubts([c for c in every if c.found]))
        clean = [c.doubt.id for c in every if c.found == 0]
        if clean:
            shown.print(Text(f"Looked for and not found: {', '.join(clean)}."))
        for one in every:
            if one.status is Status.CANNOT_TELL:
                shown.print(Text(f"Cannot tell {one.doubt.id} ({one.doubt.name}): {one.why}."))
        _show_coverage(found, la_code)


def _doubts(found: list[Counted]) -> Table:
    table = Table(
        title="What was found", title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, pad_edge=False
    )
    table.add_column("id", no_wrap=True)
    table.add_column("", no_wrap=True)
    table.add_column("doubt", ratio=3)
    table.add_column("found", justify="right", no_wrap=True)
    table.add_column("of", justify="right", no_wrap=True)
    table.add_column("what it spoils", ratio=5)
    table.add_column("what to do", ratio=5)
    for one in found:
        spoilt = Text(one.doubt.spoils)
        spoilt.append(f"\n{_resting(one)}", style="dim")
        table.add_row(
            one.doubt.id,
            str(one.doubt.severity),
            Text(one.doubt.name),
            f"{one.found:,}",
            f"{one.of:,}",
            spoilt,
            Text(one.doubt.mend),
        )
    return table


def _resting(one: Counted) -> str:
    return "; ".join(
        f"{what} {_first(ids)}"
        for what, ids in (("rules", one.spoilt.rules), ("measures", one.spoilt.measures))
        if ids
    )


def _first(ids: tuple[str, ...]) -> str:
    rest = len(ids) - FIRST_IDS
    return ", ".join(ids[:FIRST_IDS]) + (f" and {rest} more" if rest > 0 else "")


def _show_coverage(found: Quality, la_code: str) -> None:
    lines = [c for c in found.coverage if c.la_code == la_code and c.team_id is None]
    if not lines:
        return
    shown = console()
    shown.print(_coverage(lines))
    shown.print(
        Text(
            "* thin: none, or far fewer than the council's own other months make likely. Is the figure real, "
            "or is the extract thin? The last month runs to the as-at date."
        ),
        style="dim",
    )
    for r in found.reaches:
        if r.la_code == la_code and r.stops:
            since = f"nothing after {r.newest:%-d %B %Y}" if r.newest else "no row at all"
            shown.print(
                Text(
                    f"{in_words(r.event.table)}: {since}, other tables run to {r.others:%-d %B %Y}; "
                    f"{one_place(r.likely)} rows were likely since."
                )
            )
    for t in found.teams:
        if t.la_code == la_code and t.thin:
            shown.print(
                Text(
                    f"{in_words(t.event.table)}: team {t.team_id} has {t.rows}, where {one_place(t.likely)} "
                    "are likely for its children."
                )
            )


def _coverage(lines: list[Coverage]) -> Table:
    months = sorted({c.month for c in lines})
    table = Table(
        title="Rows a month, beside the children",
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        padding=(0, 1, 0, 0),
    )
    table.add_column("")
    for month in months:
        table.add_column(f"{month:%b %y}", justify="right", no_wrap=True)
    for group in dict.fromkeys(c.event.beside for c in lines):
        ours = [c for c in lines if c.event.beside == group]
        children = {c.month: c.children for c in ours}
        table.add_row(
            Text(f"children {group}", style="dim"),
            *(Text(f"{children.get(m, 0):,} ", style="dim") for m in months),
        )
        for event in dict.fromkeys(c.event for c in ours):
            cells = {c.month: f"{c.rows:,}{'*' if c.thin else ' '}" for c in ours if c.event == event}
            table.add_row(Text(f"  {in_words(event.table)}"), *(cells.get(m, "") for m in months))
    return table
