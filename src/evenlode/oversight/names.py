"""The small lookup by which sentences name people: handed in, so that no finding has to hold a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from evenlode.oversight.words import age_words, listed, so_many

Id = tuple[str, str]
"""Council and id."""
MOST_NAMED = 8
"""A sentence that would name more children than this names one less, and counts the others."""

PRONOUNS: dict[str, tuple[str, str, str]] = {
    "F": ("she", "her", "her"),
    "M": ("he", "him", "his"),
}
"""They, them and their, by the recorded sex; for anything else, and for several, the words themselves."""


@dataclass(frozen=True)
class ChildNamed:
    """What a sentence may say of a child.

    family: the lowest of the child's family ids, blank where there is none.  team_id: the lead
    worker's team, else that of the child's referral.  worker_id: the lead worker.
    """

    forename: str = ""
    surname: str = ""
    sex: str = ""
    born: date | None = None
    unborn: bool = False
    family: str = ""
    team_id: str = ""
    worker_id: str = ""


@dataclass(frozen=True)
class WorkerNamed:
    """What a sentence may say of a worker: name, the day they left, whether the name stands for nobody."""

    name: str
    left_on: date | None = None
    placeholder: bool = False
    title: str = ""
    team_id: str = ""


@dataclass(frozen=True)
class Names:
    """Who is who, by council and id; `actions`: what was agreed, in the record's own words, by record id.

    Somebody who is not in it is named by the id: a sentence is never left without its subject.
    """

    as_at: date
    children: Mapping[Id, ChildNamed] = field(default_factory=dict)
    workers: Mapping[Id, WorkerNamed] = field(default_factory=dict)
    teams: Mapping[Id, str] = field(default_factory=dict)
    actions: Mapping[Id, str] = field(default_factory=dict)

    def child(self, child: Id) -> str:
        """A child's name, or "child 960001"."""
        of = self.children.get(child, ChildNamed())
        return " ".join(part for part in (of.forename, of.surname) if part) or f"child {child[1]}"

    def worker(self, worker: Id) -> str:
        """A worker's name; blank where the id is blank or stands for nobody."""
        of = self.workers.get(worker)
        if of is None:
            return f"worker {worker[1]}" if worker[1] else ""
        return "" if of.placeholder else of.name or f"worker {worker[1]}"

    def team(self, team: Id) -> str:
        """A team's name, or its id."""
        return self.teams.get(team) or f"team {team[1]}"

    def family(self, child: Id) -> str:
        """What children of one family share; a child without a family is one."""
        of = self.children.get(child)
        return f"family {of.family}" if of and of.family else f"child {child[1]}"

    def age(self, child: Id) -> str:
        """A child's age in words; blank where it is not known."""
        of = self.children.get(child, ChildNamed())
        return age_words(of.born, self.as_at, unborn=of.unborn)

    def under_one(self, child: Id) -> bool:
        """Whether a child is unborn, or has not had the first birthday."""
        return self.age(child).endswith(("born", "week", "weeks", "month", "months"))

    def together(self, children: Sequence[Id]) -> str:
        """Several children in one sentence: "Otis and Fenn Larkspur"."""
        named = [self.children.get(c, ChildNamed()) for c in children]
        alike = len({n.surname for n in named}) == 1 and all(n.forename and n.surname for n in named)
        if len(children) > 1 and alike:
            return f"{listed([n.forename for n in named])} {named[0].surname}"
        if len(children) > MOST_NAMED:
            others = so_many(len(children) - MOST_NAMED + 1, "other child/other children")
            return listed([*(self.child(c) for c in children[: MOST_NAMED - 1]), others])
        return listed([self.child(c) for c in children])

    def ages(self, children: Sequence[Id]) -> str:
        """Their ages: "5 and 3", "both 2", "all 4"; blank where one of them is not known."""
        ages = [self.age(c) for c in children]
        if not all(ages):
            return ""
        if len(ages) > 1 and len(set(ages)) == 1:
            return f"{'both' if len(ages) == 2 else 'all'} {ages[0]}"
        return listed(ages)

    def pronouns(self, children: Sequence[Id]) -> tuple[str, str, str]:
        """They, them and their."""
        sex = self.children.get(children[0], ChildNamed()).sex if len(children) == 1 else ""
        return PRONOUNS.get(sex, ("they", "them", "their"))
