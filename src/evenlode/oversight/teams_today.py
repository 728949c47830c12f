"""The same order by team: how many families and workers each heading of Today holds, beside the day before."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from evenlode.oversight.finding import Finding
from evenlode.oversight.groups import GROUPS, STRENGTH, Role
from evenlode.oversight.names import Id, Names
from evenlode.oversight.today import Scope, families, first_group, team_of


@dataclass(frozen=True)
class TeamToday:
    """One team: heading to how many families and workers it holds, now and the day before.

    before is None where no day before is known.  Teams stand in the order of their names: never by figures.
    A blank id holds those of whom no team is known.
    """

    team: Id
    name: str
    now: Mapping[str, int]
    before: Mapping[str, int] | None

    def change(self, group: str) -> int | None:
        """By how many it rose since the day before."""
        return None if self.before is None else self.now.get(group, 0) - self.before.get(group, 0)


def by_team(
    findings: Iterable[Finding], *, names: Names, scope: Scope, earlier: Iterable[Finding] | None = None
) -> tuple[TeamToday, ...]:
    """What stands under each heading, team by team?"""
    now = _counted(findings, names, scope)
    before = None if earlier is None else _counted(earlier, names, scope)
    teams = {*now, *(before or {})}
    rows = (
        TeamToday(
            team,
            names.team(team) if team[1] else "No team known",
            now.get(team, {}),
            None if before is None else before.get(team, {}),
        )
        for team in teams
    )
    return tuple(sorted(rows, key=lambda row: (not row.team[1], row.name, row.team)))


def _counted(findings: Iterable[Finding], names: Names, scope: Scope) -> dict[Id, Counter[str]]:
    of: dict[Id, list[Finding]] = {}
    for f in findings:
        if scope.covers(f, names) and not f.unsure:
            of.setdefault((f.la_code, team_of(f, names)), []).append(f)
    return {
        team: Counter(
            group for family in families(theirs, names, Role.TEAM_MANAGER) if (group := first_group(family))
        )
        for team, theirs in of.items()
    }


HEADINGS: tuple[tuple[str, str], ...] = tuple((g.name, g.title) for g in GROUPS if g.name != STRENGTH)
"""The headings in their order, without the strengths."""
