"""`evenlode today`: the morning digest of a team, a worker or the whole council, as plain text."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import click
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evenlode.cli.asking import (
    chosen_mapping,
    chosen_policy,
    council_code,
    deliveries_of,
    extract_options,
)
from evenlode.cli.console import console
from evenlode.cli.looking import looked_at
from evenlode.cli.progress import Steps
from evenlode.errors import CannotGoOn
from evenlode.extracts import Mapping
from evenlode.oversight.finding import findings_of
from evenlode.oversight.groups import GROUPS, Role
from evenlode.oversight.people import names_of, teams_under
from evenlode.oversight.sentences import Shape, Speaker
from evenlode.oversight.since import changes, standing_of
from evenlode.oversight.strengths import strengths, visited
from evenlode.oversight.teams_today import HEADINGS, TeamToday, by_team
from evenlode.oversight.today import Line, Scope, Today
from evenlode.oversight.today import today as told_today
from evenlode.policy import Policy
from evenlode.rules.evaluate import Day
from evenlode.rules.results import Evaluation

MARKS = {
    Shape.OVER: "\u25b2",
    Shape.NEAR: "\u25c6",
    Shape.NOTE: "\u25cb",
    Shape.IN_TIME: "\u2713",
    Shape.CANNOT_TELL: "\u25a1",
}
"""A shape beside the words of each state: never a colour alone."""


@dataclass(frozen=True)
class Asked:
    """Whose morning was asked for, as it was typed."""

    team: str | None
    worker: str | None


@dataclass(frozen=True)
class Morning:
    """All that is shown."""

    page: Today
    teams: tuple[TeamToday, ...]
    whose: str


@click.command()
@extract_options
@click.option("--team", metavar="TEAM", help="A team manager's morning: the team's id (teams under it too).")
@click.option("--worker", metavar="WORKER", help="A worker's morning: the worker's id.")
@click.option(
    "--yesterday",
    type=click.Path(path_type=Path),
    metavar="EXTRACTS2",
    help="The extracts of the day before: what is new, what has gone and how.",
)
def today(
    extracts: Path,
    as_at: date | None,
    policy_file: Path | None,
    mapping_file: Path | None,
    la_code: str | None,
    team: str | None,
    worker: str | None,
    yesterday: Path | None,
) -> None:
    """What needs somebody this morning in EXTRACTS, in at most twelve lines; it names children, so mind who can see."""
    if team and worker:
        raise CannotGoOn("Name a team or a worker, not both.")
    policy, mapping = chosen_policy(policy_file), chosen_mapping(mapping_file)
    with Steps() as steps:
        deliveries = deliveries_of(extracts, council_code(la_code, policy), mapping, steps)
        with looked_at(deliveries, as_at=as_at, policy=policy, steps=steps, by="today") as looked:
            day = looked.position
            evaluation = day.evaluate(steps.step)
            before = _day_before(yesterday, day.as_at, policy, mapping, la_code, steps) if yesterday else None
            morning = _morning(day, evaluation, before, Asked(team, worker))
    _show(morning)


def _day_before(
    extracts: Path,
    as_at: date,
    policy: Policy,
    mapping: Mapping | None,
    la_code: str | None,
    steps: Steps,
) -> Evaluation:
    deliveries = deliveries_of(extracts, council_code(la_code, policy), mapping, steps)
    day = as_at - timedelta(days=1)
    with looked_at(deliveries, as_at=day, policy=policy, steps=steps, by="today") as looked:
        return looked.position.evaluate(steps.step)


def _morning(day: Day, evaluation: Evaluation, before: Evaluation | None, asked: Asked) -> Morning:
    names = names_of(day)
    councils = sorted({la for la, _ in day.delivered})
    scope = Scope(Role.DIRECTOR)
    whose = "the whole council"
    if asked.worker:
        worker = next(((la, asked.worker) for la in councils if (la, asked.worker) in names.workers), None)
        if worker is None:
            raise CannotGoOn(f'There is no worker "{asked.worker}" in the worker list of these files.')
        scope, whose = Scope(Role.WORKER, worker=worker), names.worker(worker)
    elif asked.team:
        team = next(((la, asked.team) for la in councils if (la, asked.team) in names.teams), None)
        if team is None:
            known = ", ".join(sorted(f"{i} ({name})" for (_, i), name in names.teams.items()))
            raise CannotGoOn(
                f'There is no team "{asked.team}" in these files; its teams are {known or "none"}.'
            )
        under = teams_under(day, team)
        role = Role.TEAM_MANAGER if len(under) == 1 else Role.HEAD_OF_SERVICE
        scope, whose = Scope(role, under), names.team(team)
    found = findings_of(evaluation)
    plans, untold = visited(day)
    good = [
        s
        for s in strengths(plans, untold, names=names, policy=day.policy)
        if (scope.worker in {None, s.worker}) and (scope.teams is None or s.team in scope.teams)
    ]
    page = told_today(
        found,
        scope=scope,
        speaker=Speaker(names, day.policy),
        changed=changes(before, evaluation, standing_of(day)) if before else None,
        strengths=good,
    )
    teams: tuple[TeamToday, ...] = ()
    if scope.role in {Role.DIRECTOR, Role.HEAD_OF_SERVICE}:
        earlier = findings_of(before) if before else None
        teams = by_team(found, names=names, scope=scope, earlier=earlier)
    return Morning(page, teams, whose)


def _show(morning: Morning) -> None:
    page, shown = morning.page, console()
    shown.print(Text(f"Today for {morning.whose} ({page.scope.role})", style="bold"))
    shown.print(Text(f"Figures as at {page.as_at:%A} {page.as_at.day} {page.as_at:%B %Y}."))
    shown.print(Text(page.opening))
    for group in GROUPS:
        lines = [line for line in page.lines if line.group == group.name]
        if lines:
            more = page.left_out.get(group.name, 0)
            among = f"{len(lines)} of {len(lines) + more}" if more else str(len(lines))
            shown.print(Text(f"\n{group.title} ({among})", style="bold"))
            for line in lines:
                shown.print(Padding(_line(line), (0, 0, 1, 2)))
    if morning.teams:
        shown.print(_teams(morning.teams))
    _counts(page)
    _changes(page)
    if page.explained:
        shown.print(
            Text(f"\nExplained ({len(page.explained)}): off this page until their end, in every count.")
        )
    _cannot_tell(page)


def _line(line: Line) -> Text:
    text = Text("New  " if line.new else "", style="bold")
    text.append(line.text, style="not bold")
    if line.said is None:
        return text
    state = line.said.state
    text.append(f"\n{MARKS[state.shape]} {state.words}", style="bold")
    told = [state.when, f"{line.said.who_says_so}, {', '.join(line.rules)}", line.said.sum, line.said.action]
    text.append("  |  " + "  |  ".join(part for part in told if part), style="dim not bold")
    if line.more:
        text.append(f"  |  and {line.more} more", style="dim not bold")
    return text


def _teams(teams: tuple[TeamToday, ...]) -> Table:
    table = Table(title="\nBy team: families and workers under each heading", title_justify="left", box=None)
    table.add_column("team")
    for name, _ in HEADINGS:
        table.add_column(name.replace("_", " "), justify="right")
    for row in teams:
        table.add_row(Text(row.name), *(_with_change(row, name) for name, _ in HEADINGS))
    return table


def _with_change(row: TeamToday, group: str) -> str:
    change = row.change(group)
    return f"{row.now.get(group, 0)}" + (f" ({change:+d})" if change else "")


def _cannot_tell(page: Today) -> None:
    """Of whom we cannot tell, rule by rule; what the files tell of nobody is one number."""
    ours = Counter(f.rule_id for f in page.cannot_tell if f.subject_kind != "council")
    if ours:
        words = ", ".join(f"{rule} {n}" for rule, n in ours.most_common())
        console().print(Text(f"\nCannot tell ({sum(ours.values())}): a value is missing. {words}"))
    rules = len(page.cannot_tell) - sum(ours.values())
    if rules:
        console().print(
            Text(f"{rules} rules cannot be answered from these files at all: evenlode rules --for EXTRACTS")
        )


def _counts(page: Today) -> None:
    if not page.counts:
        return
    table = Table(title="\nEverything, by rule", title_justify="left", box=None, pad_edge=False)
    for name in ("rule", "", "who says so", "now", "on the lines above", "due soon", "new"):
        table.add_column(name, justify="left" if name in {"rule", "", "who says so"} else "right")
    for c in page.counts:
        new = "" if c.new is None else str(c.new)
        table.add_row(c.rule_id, c.name, c.who_says_so, str(c.now), str(c.on_lines), str(c.due_soon), new)
    console().print(table)


def _changes(page: Today) -> None:
    if page.changes is None:
        return
    how = Counter(gone for _, gone in page.changes.put_right)
    words = ", ".join(f"{gone}: {n}" for gone, n in how.most_common()) or "none"
    new, moved, still = len(page.changes.new), len(page.changes.moved), len(page.changes.still)
    console().print(Text(f"\nSince the day before: {new} new, {moved} moved, {still} as they were."))
    console().print(Text(f"Gone ({len(page.changes.put_right)}): {words}."))
