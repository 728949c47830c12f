"""`evenlode policy`: the settings in force, and a check of a policy file."""

from __future__ import annotations

from pathlib import Path

import click
from rich.table import Table

from evenlode.cli.console import console
from evenlode.policy import CLOCKS, LISTS, NUMBERS, Policy, read_policy, shipped_policy


@click.group()
def policy() -> None:
    """Show the settings in force, or check a council's policy file."""


@policy.command()
@click.argument("policy_file", type=click.Path(path_type=Path))
def check(policy_file: Path) -> None:
    """Check POLICY_FILE and say what it changes."""
    chosen = read_policy(policy_file)
    click.echo(
        f"{policy_file.name} can be followed. It changes: "
        f"{', '.join(sorted(chosen.changed)) or 'no clock, number or list'}; "
        f"workload by {chosen.tariff.preset}."
    )


@policy.command()
@click.argument("policy_file", type=click.Path(path_type=Path), required=False)
def show(policy_file: Path | None) -> None:
    """Show every setting with the value in force."""
    chosen = read_policy(policy_file) if policy_file else shipped_policy()
    console().print(_table(chosen))


def _table(chosen: Policy) -> Table:
    table = Table(box=None, pad_edge=False)
    for name in ("setting", "value", "meaning", "source"):
        table.add_column(name)
    for clock in CLOCKS:
        table.add_row(clock.name, str(chosen.clocks[clock.name]), clock.meaning, clock.source)
    for number in NUMBERS:
        table.add_row(number.name, str(chosen.numbers[number.name]), number.meaning, number.source)
    for words in LISTS:
        table.add_row(words.name, ", ".join(chosen.lists[words.name]), words.meaning, words.source)
    return table
