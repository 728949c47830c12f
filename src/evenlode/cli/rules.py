"""`evenlode rules`: the rule book in the terminal."""

from __future__ import annotations

import click
from rich.table import Table

from evenlode.cli.console import console
from evenlode.errors import CannotGoOn
from evenlode.policy import shipped_policy
from evenlode.reports.tables import settings_in_force
from evenlode.rules.book import RULE_BY_ID, RULES


@click.command()
@click.argument("rule_id", required=False)
def rules(rule_id: str | None) -> None:
    """List every rule, or explain RULE_ID."""
    shown = console()
    if rule_id is None:
        table = Table(box=None, pad_edge=False)
        for name in ("rule", "name", "what it asks", "who says so", "who acts"):
            table.add_column(name)
        for rule in RULES:
            table.add_row(rule.id, rule.name, rule.question, str(rule.kind), str(rule.who_acts))
        shown.print(table)
        return
    if rule_id.upper() not in RULE_BY_ID:
        raise CannotGoOn(f'"{rule_id}" is no rule; `evenlode rules` lists them all.')
    asked = RULE_BY_ID[rule_id.upper()]
    shown.print(f"{asked.id}  {asked.name}", style="bold")
    shown.print(f"{asked.question}\n")
    for label, words in (
        ("Who acts", str(asked.who_acts)),
        ("Who says so", f"{asked.kind}: {asked.source}"),
        ("Severity", ", ".join(asked.severities)),
        ("Settings as shipped", settings_in_force(asked.policy, shipped_policy())),
        ("Needs", ", ".join(asked.needs)),
        ("Does not tell", asked.does_not_tell or "-"),
    ):
        shown.print(f"{label}: {words}")
