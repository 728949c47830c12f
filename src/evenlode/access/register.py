"""Who stands where, from when until when: the dated facts that access is decided on.

All spells are half open: a post, a team's place or a cover holds on its first day and no longer on the day
that ends it, as an involvement does in the record.  Rows about children are not kept here: a child comes
with whoever is asked about it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from evenlode.access.closed import Opening, Restriction
from evenlode.access.days import Spell
from evenlode.access.words import Role


@dataclass(frozen=True, kw_only=True)
class Granted(Spell):
    """A spell that somebody asked for and somebody else agreed to (B6).

    One that nobody else agreed to, or that a person agreed to for themselves, never holds.
    """

    asked_by: str
    approved_by: str

    def proper(self, person_id: str) -> bool:
        """Whether two people stand behind it, the second of them not the one whom it is for."""
        return bool(self.asked_by and self.approved_by) and self.approved_by not in {
            self.asked_by,
            person_id,
        }


class UnitKind(StrEnum):
    """What a unit of the council's tree is."""

    TEAM = "team"
    SERVICE = "service"
    COUNCIL = "council"


@dataclass(frozen=True, kw_only=True)
class Unit(Spell):
    """A team, a service or the council, and the unit that it stands under; a team that moves has a row a place."""

    unit_id: str
    kind: UnitKind
    parent_id: str | None = None


@dataclass(frozen=True, kw_only=True)
class Person:
    """Somebody who signs in, or whose work is looked at.

    worker_id: their id in the record, by which their children are found; blank for those who hold none.
    cut_off_at: from this moment every request is refused, whatever their posts say.
    """

    person_id: str
    worker_id: str | None = None
    cut_off_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Post(Granted):
    """A role that a person has in a unit for a spell."""

    person_id: str
    role: Role
    unit_id: str


@dataclass(frozen=True, kw_only=True)
class Line(Spell):
    """Who supervises whom."""

    supervisor_id: str
    person_id: str


@dataclass(frozen=True, kw_only=True)
class Cover(Granted):
    """Who stands in for somebody who is away: their managing posts and those whom they supervise.

    It opens no worker's own supervision record: for a long absence the line itself is changed.
    """

    away_id: str
    by_id: str


COVERED_ROLES = frozenset({Role.PRACTICE_SUPERVISOR, Role.TEAM_MANAGER, Role.HEAD_OF_SERVICE})
"""Posts that pass to whoever covers; posts that look after access or the whole council never do."""


@dataclass(frozen=True)
class Register:
    """Everything dated that decides who may see what, apart from the children themselves."""

    people: tuple[Person, ...] = ()
    units: tuple[Unit, ...] = ()
    posts: tuple[Post, ...] = ()
    lines: tuple[Line, ...] = ()
    covers: tuple[Cover, ...] = ()
    restrictions: tuple[Restriction, ...] = ()
    openings: tuple[Opening, ...] = ()
    _days: dict[date, Standing] = field(default_factory=dict, init=False, repr=False, compare=False)

    def on(self, day: date) -> Standing:
        """Who stands where on that day; worked out once a day."""
        if day not in self._days:
            self._days[day] = Standing.of(self, day)
        return self._days[day]


@dataclass(frozen=True)
class Standing:
    """The register on one day."""

    people: dict[str, Person]
    units: dict[str, Unit]
    below: dict[str, set[str]]
    posts: dict[str, list[Post]]
    in_unit: dict[str, set[str]]
    supervises: dict[str, set[str]]
    covers: dict[str, set[str]]

    @classmethod
    def of(cls, register: Register, day: date) -> Standing:
        """The spells that hold on the day, by whom they are about."""
        posts = [p for p in register.posts if p.on(day) and p.proper(p.person_id)]
        covers = [c for c in register.covers if c.on(day) and c.proper(c.by_id)]
        units = {u.unit_id: u for u in register.units if u.on(day)}
        by_person: dict[str, list[Post]] = {}
        for post in posts:
            by_person.setdefault(post.person_id, []).append(post)
        return cls(
            people={p.person_id: p for p in register.people},
            units=units,
            below=_sets((u.parent_id, u.unit_id) for u in units.values() if u.parent_id),
            posts=by_person,
            in_unit=_sets((p.unit_id, p.person_id) for p in posts),
            supervises=_sets((x.supervisor_id, x.person_id) for x in register.lines if x.on(day)),
            covers=_sets((c.by_id, c.away_id) for c in covers),
        )

    def posts_of(self, person_id: str) -> list[Post]:
        """A person's own posts on the day, and the managing posts of those whom they cover."""
        theirs = list(self.posts.get(person_id, []))
        if not theirs:
            return []
        for away in sorted(self.covers.get(person_id, ())):
            theirs += [p for p in self.posts.get(away, []) if p.role in COVERED_ROLES]
        return theirs

    def supervisees(self, person_id: str, *, with_cover: bool) -> set[str]:
        """Those whom a person supervises on the day, and with cover those of whoever is away."""
        found = set(self.supervises.get(person_id, ()))
        if with_cover:
            for away in self.covers.get(person_id, ()):
                found |= self.supervises.get(away, set())
        return found

    def whole(self, unit_id: str) -> set[str]:
        """A unit with everything that stands under it on the day."""
        found: set[str] = set()
        still = [unit_id]
        while still:
            unit = still.pop()
            if unit not in found:
                found.add(unit)
                still += self.below.get(unit, ())
        return found

    def service_of(self, unit_id: str) -> str | None:
        """The nearest service at a unit or above it."""
        seen: set[str] = set()
        here: str | None = unit_id
        while here is not None and here not in seen:
            seen.add(here)
            unit = self.units.get(here)
            if unit is None:
                return None
            if unit.kind is UnitKind.SERVICE:
                return here
            here = unit.parent_id
        return None

    def workers(self, people: Iterable[str]) -> set[str]:
        """The record's ids of these people, of those who have one."""
        known = (self.people.get(p) for p in people)
        return {p.worker_id for p in known if p is not None and p.worker_id}


def _sets(pairs: Iterable[tuple[str | None, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one, other in pairs:
        if one is not None:
            found.setdefault(one, set()).add(other)
    return found
