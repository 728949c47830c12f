"""`evenlode template`: an empty layout to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from evenlode.errors import CannotGoOn
from evenlode.extracts.layouts import LOCAL_SOURCES
from evenlode.record.tables import TABLES
from evenlode.reports.sheets import write_sheet, write_workbook
from evenlode.reports.templates import template_sheets


@click.command()
@click.argument("name", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Where to write it (.xlsx or .csv); else NAME.xlsx here.",
)
def template(name: str | None, out: Path | None) -> None:
    """Write the empty layout NAME with what each column means, or list the layouts."""
    if name is None:
        for known, table in LOCAL_SOURCES.items():
            click.echo(f"{known:18} {TABLES[table].row}")
        return
    if name not in LOCAL_SOURCES:
        raise CannotGoOn(f'"{name}" is no layout; `evenlode template` lists them all.')
    path = out or Path(f"{name}.xlsx")
    if path.suffix.lower() not in {".xlsx", ".csv"}:
        raise CannotGoOn(f'"{path.name}": a layout is written as .xlsx or .csv; give it such a name.')
    sheets = template_sheets(name)
    beside = [path.with_name(f"{path.stem}.{what}.csv") for what in ("columns", "kinds")[: len(sheets) - 1]]
    for one in (path, *beside) if path.suffix.lower() == ".csv" else (path,):
        if one.exists():
            raise CannotGoOn(
                f"{one} is there already; take it away first, or choose another name with --out."
            )
    if path.suffix.lower() == ".xlsx":
        write_workbook(sheets, path)
        click.echo(f"Written to {path}; its second sheet says what each column means.")
        return
    write_sheet(sheets[0], path, "csv")
    for sheet, one in zip(sheets[1:], beside, strict=True):
        write_sheet(sheet, one, "csv")
    click.echo(f"Written to {path}; {beside[0].name} says what each column means.")
