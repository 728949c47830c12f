"""`evenlode policy`: the settings in force, a check of a policy file, and what a change of it would do."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

import click
from rich.table import Table

from evenlode.cli.asking import as_date, chosen_mapping, council_code, deliveries_of
from evenlode.cli.console import console
from evenlode.cli.looking import looked_at
from evenlode.cli.progress import Steps
from evenlode.policy import CLOCKS, DATES, LISTS, NUMBERS, Policy, read_policy, shipped_policy
from evenlode.policy.policy import differences
from evenlode.reports.policy_preview import load_changes, rule_changes
from evenlode.rules.evaluate import evaluate
from evenlode.rules.results import Evaluation


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
        f"{', '.join(sorted(chosen.changed)) or 'no clock, number, list or date'}; "
        f"workload by {chosen.tariff.preset}."
    )
    for before, after in pairwise((chosen, *chosen.later)):
        changes = differences(before, after)
        what = "; ".join(changes) or "nothing: what it says was so already"
        click.echo(f"From {after.since:%-d %B %Y}: {what}.")


@policy.command()
@click.argument("policy_file", type=click.Path(path_type=Path), required=False)
@click.option("--as-at", callback=as_date, metavar="DATE", help="The day whose settings to show; else today.")
def show(policy_file: Path | None, as_at: date | None) -> None:
    """Show every setting with the value in force on a day."""
    chosen = read_policy(policy_file) if policy_file else shipped_policy()
    day = as_at or datetime.now(UTC).date()
    shown = console()
    shown.print(f"In force on {day:%-d %B %Y}\n", style="bold")
    shown.print(_table(chosen.on(day)))


@policy.command()
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.argument("extracts", type=click.Path(path_type=Path))
@click.option("--as-at", callback=as_date, metavar="DATE", help="The day to look at.")
@click.option("--mapping", "mapping_file", type=click.Path(path_type=Path), metavar="FILE")
@click.option(
    "--settings-of",
    callback=as_date,
    metavar="DATE",
    help="Take NEW as it will be on this day, for a change that has not begun; else the day looked at.",
)
def preview(
    old: Path,
    new: Path,
    extracts: Path,
    as_at: date | None,
    mapping_file: Path | None,
    settings_of: date | None,
) -> None:
    """Show what changing from policy OLD to NEW would do to the findings of EXTRACTS.

    The word "shipped" stands for the shipped settings.
    """
    policies = [shipped_policy() if str(path) == "shipped" else read_policy(path) for path in (old, new)]
    if settings_of:
        policies[1] = policies[1].on(settings_of)
    with Steps() as steps:
        deliveries = deliveries_of(
            extracts, council_code(None, policies[1]), chosen_mapping(mapping_file), steps
        )
        with looked_at(deliveries, as_at=as_at, policy=policies[0], steps=steps, by="preview") as looked:
            before = looked.position.evaluate(steps.step)
            after = evaluate(
                looked.stored.con,
                as_at=looked.position.as_at,
                policy=policies[1],
                delivered=looked.stored.delivered,
                untold=looked.stored.untold,
                told=steps.step,
            )
    _show_preview(before, after)
    for later in policies[1].later:
        if later.since and later.since > before.as_at:
            click.echo(
                f"\nNot in this: {new.name} changes again from {later.since:%-d %B %Y} "
                f"(see it with --settings-of {later.since})."
            )


def _show_preview(before: Evaluation, after: Evaluation) -> None:
    shown = console()
    shown.print(f"As at {before.as_at:%-d %B %Y}; nothing is switched on by this.\n")
    changes = rule_changes(before, after)
    if not changes:
        shown.print("No rule would find anything else.")
    else:
        table = Table(title="Findings", box=None, pad_edge=False, title_justify="left")
        for name in ("rule", "name", "now", "then", "gained", "lost", "date or severity moved"):
            table.add_column(name, justify="left" if name in {"rule", "name"} else "right")
        for one in changes:
            numbers = (one.before, one.after, one.gained, one.lost, one.moved)
            table.add_row(one.rule_id, one.name, *(f"{n:,}" for n in numbers))
        shown.print(table)
    moved = load_changes(before, after)
    if not moved:
        shown.print("\nNobody's utilisation would change.")
        return
    table = Table(title="\nUtilisation, by name", box=None, pad_edge=False, title_justify="left")
    for name in ("worker", "now", "then"):
        table.add_column(name, justify="left" if name == "worker" else "right")
    for load in moved:
        table.add_row(f"{load.name} ({load.worker_id})", _share(load.before), _share(load.after))
    shown.print(table)


def _share(utilisation: Decimal | None) -> str:
    return "no capacity" if utilisation is None else f"{utilisation * 100:.0f} %"


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
    for day in DATES:
        table.add_row(day.name, str(chosen.dates[day.name] or "not fixed"), day.meaning, day.source)
    return table
