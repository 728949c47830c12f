"""`evenlode drift`: one row a child whose work is not moving."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import click
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
from evenlode.cli.console import console
from evenlode.cli.looking import looked_at
from evenlode.cli.progress import Steps
from evenlode.errors import CannotGoOn
from evenlode.reports.drift_tables import (
    HOW_ORDERED,
    drift_of,
    drift_sheet,
    missing_words,
    on_plan_or_in_care,
    told_sheet,
)
from evenlode.reports.sheets import format_of, write_sheet, write_workbook
from evenlode.rules.drift_list import DriftList, DriftRow, Told
from evenlode.rules.evaluate import Day

SHOWN = 20
"""How many children the screen shows; the file holds all of them."""


@click.command()
@extract_options
@out_options("Write the whole list here, with the evidence.")
@click.option("--team", metavar="TEAM", help="Only children whose lead worker is in this team (its id).")
def drift(
    extracts: Path,
    as_at: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    la_code: str | None,
    out: Path | None,
    kind: str | None,
    team: str | None,
) -> None:
    """Which children's work in EXTRACTS is not moving, and what shows it."""
    policy = chosen_policy(policy_file)
    wanted = format_of(out, kind) if out else None
    mapping = chosen_mapping(mapping_file)
    with Steps() as steps:
        deliveries = deliveries_of(extracts, council_code(la_code, policy), mapping, steps)
        with looked_at(deliveries, as_at=as_at, policy=policy, steps=steps, by="drift") as looked:
            teams = _teams(looked.position)
            if team and team not in teams:
                raise CannotGoOn(f'There is no team "{team}" in {extracts.name}; {_choice(teams)}')
            found = drift_of(looked.position, looked.position.evaluate(steps.step))
        many = len({row.la_code for row in found.rows}) > 1
        found = found.of_team(team) if team else found
        if out and wanted:
            steps.step("Writing the drift list", 1, 1)
            _write(found, out, wanted, with_council=many)
    _show(found, looked.why_day, team)
    if out:
        click.echo(f"Drift list written to {out}")


def _teams(position: Day) -> dict[str, str]:
    """The teams of the team list and of whoever leads a child, by id."""
    rows = position.cursor.execute(
        "SELECT team_id, max(name) FROM (SELECT team_id, name FROM team "
        "UNION ALL SELECT team_id, NULL FROM lead) WHERE team_id IS NOT NULL GROUP BY 1 ORDER BY 1"
    ).fetchall()
    return {team_id: name or team_id for team_id, name in rows}


def _choice(teams: dict[str, str]) -> str:
    if not teams:
        return "no team is named in it."
    return "its teams are " + ", ".join(f"{i} ({name})" for i, name in teams.items()) + "."


def _write(found: DriftList, out: Path, kind: str, *, with_council: bool) -> None:
    sheet = drift_sheet(found, with_council=with_council)
    if kind == "xlsx":
        write_workbook([sheet, told_sheet(found)], out)
    else:
        write_sheet(sheet, out, kind)


def _show(found: DriftList, why_day: str, team: str | None) -> None:
    shown = console()
    listed = [row for row in found.rows if row.signs]
    whose = f" of team {team}" if team else ""
    shown.print(
        Text(f"{len(listed):,} children{whose} with a sign of drift as at {found.as_at:%A %-d %B %Y}"),
        style="bold",
    )
    shown.print(f"Why that day: {why_day}.", style="dim")
    shown.print(HOW_ORDERED, style="dim")
    shown.print(_children(listed[:SHOWN]))
    if len(listed) > SHOWN:
        shown.print(f"... and {len(listed) - SHOWN:,} more; --out FILE writes all of them.", style="dim")
    apart = len(found.rows) - len(listed)
    if apart:
        shown.print(f"Listed apart: {apart:,} children of whom only a long plan for a disability is true.")
    shown.print(_indicators(found))
    _missing(found)


def _children(rows: list[DriftRow]) -> Table:
    table = Table(box=None, pad_edge=False)
    for name, side in (
        ("", "right"),
        ("child", "left"),
        ("not met, by law", "left"),
        ("plan or care", "left"),
        ("signs", "right"),
        ("days over", "right"),
        ("since", "left"),
        ("which", "left"),
        ("worker", "left"),
    ):
        table.add_column(name, justify="right" if side == "right" else "left")
    for place, row in enumerate(rows, start=1):
        table.add_row(
            str(place),
            Text(row.child_id),
            Text(" ".join(row.statute)),
            on_plan_or_in_care(row),
            str(len(row.indicators)),
            "" if row.days_over is None else f"{row.days_over:,}",
            f"{row.since:%d/%m/%Y}" if row.since else "",
            Text(", ".join(i.name for i in row.indicators)),
            Text(row.worker_id),
        )
    return table


def _indicators(found: DriftList) -> Table:
    table = Table(title="\nThe signs", title_justify="left", box=None, pad_edge=False)
    for name in ("id", "sign", "children", "cannot tell"):
        table.add_column(name, justify="right" if name in {"children", "cannot tell"} else "left")
    for told in found.told:
        table.add_row(told.indicator.id, told.indicator.name, _count(told), str(told.unknown or ""))
    return table


def _count(told: Told) -> str:
    """Nought is said only where the files can show it; in part, where they answer some of its rules."""
    if told.not_at_all and not told.children:
        return "not told"
    return f"{told.children:,} in part" if told.missing else f"{told.children:,}"


def _missing(found: DriftList) -> None:
    lacking = [told for told in found.told if told.missing]
    if not lacking:
        return
    shown = console()
    shown.print("\nCannot be told from these files", style="bold")
    for told in lacking:
        shown.print(Text(f"{told.indicator.id} {told.indicator.name}: {missing_words(told)}"))
