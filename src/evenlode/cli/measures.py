"""`evenlode measures`: workforce, timeliness and stability, for the council, services and teams."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import click
from rich.table import Table
from rich.text import Text

from evenlode.cli.asking import (
    as_date,
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
from evenlode.errors import CannotGoOn
from evenlode.measures.answer import MeasureRow, history, measured, with_published
from evenlode.measures.measure import Level, Status, Unit
from evenlode.policy import Policy
from evenlode.published import Published, read_published
from evenlode.reports.measure_tables import meanings_sheet, measures_sheet
from evenlode.reports.sheets import format_of, write_sheet, write_workbook


@click.command()
@extract_options
@out_options("Write one row a measure, unit and day here.")
@click.option(
    "--since",
    callback=as_date,
    metavar="DATE",
    help="The first day of the period; else the 12 months to the as-at date.",
)
@click.option(
    "--months",
    type=click.IntRange(0, 60),
    default=12,
    show_default=True,
    help="How many earlier month ends to tell as well.",
)
@click.option(
    "--published",
    "published_folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of the Department for Education's published files, to stand beside.",
)
@click.option(
    "--for-release", is_flag=True, help="Hide small numbers, so that the table may leave the council."
)
def measures(
    extracts: Path,
    as_at: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    la_code: str | None,
    out: Path | None,
    kind: str | None,
    since: date | None,
    months: int,
    published_folder: Path | None,
    for_release: bool,
) -> None:
    """Workforce, timeliness and stability measures of EXTRACTS, each with what it is made of."""
    policy = chosen_policy(policy_file)
    wanted = format_of(out, kind) if out else None
    mapping = chosen_mapping(mapping_file)
    published = read_published(published_folder) if published_folder else None
    with Steps() as steps:
        deliveries = deliveries_of(extracts, council_code(la_code, policy), mapping, steps)
        with looked_at(deliveries, as_at=as_at, policy=policy, steps=steps, by="measures") as looked:
            rows = _rows(looked, policy, since, months, steps, for_release=for_release)
            day, why_day = looked.position.as_at, looked.why_day
        if published:
            rows = with_published(rows, published)
        if out and wanted:
            steps.step("Writing the measures", 1, 1)
            _write(rows, out, wanted)
    _show(rows, day, why_day, published, for_release=for_release)
    if out:
        click.echo(f"Measures written to {out}")


def _rows(
    looked: Looked, policy: Policy, since: date | None, months: int, steps: Steps, *, for_release: bool
) -> list[MeasureRow]:
    day = looked.position.as_at
    if since and since > day:
        raise CannotGoOn(f"--since {since} is after the as-at date {day}; name an earlier first day.")
    steps.step("Counting", 0, 1)
    rows = measured(looked.position, period_from=since, for_release=for_release)
    return rows + history(
        looked.stored.con,
        as_at=day,
        months=months,
        policy=policy,
        delivered=looked.stored.delivered,
        for_release=for_release,
        told=lambda done: steps.step("Counting at earlier month ends", done, months),
    )


def _write(rows: list[MeasureRow], out: Path, kind: str) -> None:
    sheet = measures_sheet(rows)
    if kind == "xlsx":
        write_workbook([sheet, meanings_sheet()], out)
    else:
        write_sheet(sheet, out, kind)


def _show(
    rows: list[MeasureRow], day: date, why_day: str, published: Published | None, *, for_release: bool
) -> None:
    shown = console()
    shown.print(f"Measures as at {day:%A %-d %B %Y}", style="bold")
    shown.print(f"Why that day: {why_day}.", style="dim")
    periods = {r.period_from for r in rows if r.as_at == day and r.period_from is not None}
    for first in sorted(periods):
        shown.print(f"Measures of what happened: from {first:%-d %B %Y} to that day.", style="dim")
    if for_release:
        shown.print("Small numbers are hidden. Read the whole table again before it leaves.", style="dim")
    council = [r for r in rows if r.as_at == day and r.level is Level.COUNCIL]
    for la_code in dict.fromkeys(r.la_code for r in council):
        ours = [r for r in council if r.la_code == la_code]
        shown.print(_table([r for r in ours if r.status is not Status.CANNOT_TELL], published is not None))
        _cannot_tell(ours)
    if published:
        _editions(council, published)


def _table(rows: list[MeasureRow], with_others: bool) -> Table:
    table = Table(box=None, pad_edge=False)
    heads = ["id", "measure", "value", "", "of"]
    heads += ["England", "region", "neighbours", "year"] if with_others else []
    for name in heads:
        table.add_column(name, justify="left" if name in {"id", "measure", ""} else "right")
    for row in rows:
        cells: list[str | Text] = [row.measure.id, Text(row.measure.name), _value(row), _unit(row), _of(row)]
        if with_others:
            told = row.published
            cells += (
                [*(_plain(v) for v in (told.england, told.region, told.neighbours)), str(told.year)]
                if told
                else ["", "", "", ""]
            )
        table.add_row(*cells)
        if row.note:
            table.add_row("", Text(row.note, style="dim"))
    return table


def _value(row: MeasureRow) -> str:
    return "hidden" if row.status is Status.SUPPRESSED else str(row.value)


def _unit(row: MeasureRow) -> str:
    return {Unit.PERCENT: "%", Unit.DAYS: "days"}.get(row.measure.unit, "")


def _of(row: MeasureRow) -> str:
    if row.denominator is None:
        return ""
    return f"{_number(row.numerator)} of {_number(row.denominator)}"


def _plain(value: Decimal | None) -> str:
    return "" if value is None else str(value)


def _number(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"


def _cannot_tell(rows: list[MeasureRow]) -> None:
    unknown = [r for r in rows if r.status is Status.CANNOT_TELL]
    if not unknown:
        return
    shown = console()
    shown.print("\nCannot be told from these files", style="bold")
    why: dict[str, list[str]] = {}
    for row in unknown:
        why.setdefault(row.why, []).append(row.measure.id)
    for reason, ids in why.items():
        shown.print(Text(f"{', '.join(ids)}: {reason}"))


def _editions(council: list[MeasureRow], published: Published) -> None:
    shown = console()
    shown.print("\nPublished figures", style="bold")
    for vintage in dict.fromkeys(r.published.vintage for r in council if r.published):
        shown.print(Text(vintage), style="dim")
    if published.neighbours_from:
        shown.print(Text(f"statistical neighbours: {published.neighbours_from}"), style="dim")
    unknown = next((r.published for r in council if r.published and r.published.region is None), None)
    if unknown and unknown.note:
        shown.print(Text(unknown.note[0].upper() + unknown.note[1:] + "."))
    for name in published.passed_over:
        shown.print(Text(f"passed over, its headings are not known: {name}"), style="dim")
    for (name, mark), number in published.odd_marks.items():
        shown.print(Text(f'{name}: {number} cells hold "{mark[:20]}", taken as missing'))
