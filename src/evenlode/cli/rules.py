"""`evenlode rules`: the rule book in the terminal."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from evenlode.cli.asking import chosen_mapping, deliveries_of
from evenlode.cli.console import console
from evenlode.cli.progress import Steps
from evenlode.errors import CannotGoOn
from evenlode.policy import shipped_policy
from evenlode.record import Record, connect
from evenlode.reports.answerable import unanswered, unlocked
from evenlode.reports.tables import settings_in_force
from evenlode.rules.book import RULE_BY_ID, RULES
from evenlode.rules.compiled import rules_version
from evenlode.rules.in_force import dates_in_words
from evenlode.rules.missing import unmet_needs


@click.command()
@click.argument("rule_id", required=False)
@click.option(
    "--for",
    "extracts",
    type=click.Path(path_type=Path),
    metavar="EXTRACTS",
    help="Which rules these files can answer, and what to add for the rest.",
)
@click.option(
    "--mapping", "mapping_file", type=click.Path(path_type=Path), metavar="FILE", help="With --for."
)
def rules(rule_id: str | None, extracts: Path | None, mapping_file: Path | None) -> None:
    """List every rule, or explain RULE_ID."""
    shown = console()
    if extracts is not None:
        _for_files(shown, extracts, mapping_file)
        return
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
        ("In force", dates_in_words(asked, shipped_policy()) or "always"),
        ("Settings as shipped", settings_in_force(asked.policy, shipped_policy())),
        ("Needs", ", ".join(asked.needs)),
        ("Does not tell", asked.does_not_tell or "-"),
    ):
        shown.print(f"{label}: {words}")


def _for_files(shown: Console, extracts: Path, mapping_file: Path | None) -> None:
    """How many rules these files can answer, and what would answer the others."""
    with Steps() as steps, Record.temporary() as record:
        deliveries = deliveries_of(extracts, "council", chosen_mapping(mapping_file), steps)
        record.load(deliveries, at=datetime.now(UTC), by="rules", rules_version=rules_version())
        with connect(record) as stored:
            unmet = unmet_needs(stored.delivered, stored.untold)
    missing = unanswered({rule_id: needs for (_, rule_id), needs in unmet.items()})
    answered = len(RULES) - len(missing)
    shown.print(f"From these files {answered} of {len(RULES)} rules can be answered.\n", style="bold")
    if not missing:
        return
    most = Table(box=None, pad_edge=False, title="What answers most", title_justify="left")
    for name in ("to hand over besides", "rules", "which it alone would answer, filled in"):
        most.add_column(name, overflow="fold")
    for export, ids in unlocked(missing)[:8]:
        most.add_row(export, str(len(ids)), ", ".join(ids))
    shown.print(most)
    shown.print()
    table = Table(box=None, pad_edge=False, title="Rule by rule", title_justify="left")
    for name in ("rule", "name", "cannot tell without", "to answer it"):
        table.add_column(name, overflow="fold")
    for one in missing:
        table.add_row(one.rule_id, one.name, one.missing, one.to_add)
    shown.print(table)
