"""`evenlode load`, `withdraw` and `loads`: the record of a home."""

from __future__ import annotations

import getpass
from datetime import UTC, date, datetime
from pathlib import Path

import click

from evenlode.cli.asking import (
    chosen_day,
    chosen_mapping,
    chosen_policy,
    council_code,
    deliveries_of,
    extract_options,
)
from evenlode.cli.progress import Steps
from evenlode.record import Record
from evenlode.rules.compiled import rules_version


def _who() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


@click.command()
@extract_options
@click.option("--partial", is_flag=True, help="These files add to what their source delivered before, by id.")
@click.option(
    "--older", is_flag=True, help="Load them although they are older than what is there; the receipt says so."
)
@click.pass_obj
def load(
    home: str,
    extracts: Path,
    as_at: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    la_code: str | None,
    partial: bool,
    older: bool,
) -> None:
    """Load EXTRACTS into the home's record: all of it or nothing, with a receipt."""
    policy = chosen_policy(policy_file)
    now = datetime.now(UTC)
    with Steps() as steps:
        mapping = chosen_mapping(mapping_file)
        deliveries = deliveries_of(
            extracts, council_code(la_code, policy), mapping, steps, home=Path(home).absolute()
        )
        day, why = chosen_day(as_at, deliveries, now.date())
        receipt = Record.create(Path(home)).load(
            deliveries,
            at=now,
            by=_who(),
            as_at=day,
            partial=partial,
            allow_older=older,
            rules_version=rules_version(),
        )
    click.echo(receipt.sentence())
    click.echo(f"As at {day:%-d %B %Y}: {why}.")
    for source in receipt.sources:
        for table in source.tables:
            click.echo(
                f"  {source.source:<14} {table.table:<18} {table.read:>9,} read"
                f" {table.kept:>9,} kept {table.quarantined:>6,} set aside"
                f" {table.added:>9,} added {table.changed:>7,} changed"
            )


@click.command()
@click.argument("load_id")
@click.option("--why", required=True, help="The reason, kept with the withdrawal.")
@click.pass_obj
def withdraw(home: str, load_id: str, why: str) -> None:
    """Take LOAD_ID out of the record again; what it had replaced comes back."""
    done = Record.open(Path(home)).withdraw(load_id, why=why, by=_who(), at=datetime.now(UTC))
    click.echo(done.sentence())


@click.command()
@click.pass_obj
def loads(home: str) -> None:
    """List the loads and withdrawals of the home's record."""
    history = Record.open(Path(home)).history()
    for entry in history:
        click.echo(f"{entry.at:%Y-%m-%d %H:%M}  {entry.by}  {entry.sentence()}")
    if not history:
        click.echo("Nothing has been loaded yet.")
