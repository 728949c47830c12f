"""How far a person reaches at a moment, as plain sets: what a page filters its rows by, and what one thing is tested against."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from evenlode.access.days import Spell, day_of
from evenlode.access.matrix import matrix
from evenlode.access.register import Post, Register, Standing, UnitKind
from evenlode.access.words import Scope, Thing, Verb, Why

PRIVATE = frozenset({Thing.WORKER_SUPERVISION, Thing.WORKER_VIEW})
"""The worker's own file: a cover does not open it (SUP-12)."""


@dataclass(frozen=True, kw_only=True)
class Holding(Spell):
    """Somebody, or only a team, has a child from a day until a day (not included).

    A child whom nobody holds has a row with the team that must act and no worker; without one only those
    who see the whole council see the child.
    """

    worker_id: str | None
    team_id: str | None


@dataclass(frozen=True)
class Reach:
    """Whom one scope takes in: everybody, or these workers (by the record's ids) and these units."""

    scope: Scope
    everything: bool = False
    workers: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Visible:
    """Whose rows of one kind a person gets at one moment.

    A child's row is theirs where `everything`, or where a holding that is active on `day` has its worker in
    `workers` or its team in `units`, or where the child is in `named` or `opened`; never where the child is in
    `closed` and not in `opened`.  A worker's row: `everything`, or the worker in `workers`.  A unit's:
    `everything`, or the unit in `units`.  reaches: the same, from the narrowest scope to the widest.
    why_not: why there is nothing, where there is nothing but what a broken glass shows.
    """

    day: date
    reaches: tuple[Reach, ...] = ()
    closed: frozenset[str] = frozenset()
    named: frozenset[str] = frozenset()
    opened: frozenset[str] = frozenset()
    why_not: Why | None = None

    @property
    def everything(self) -> bool:
        """Whether rows need no filter by worker or unit; `closed` is left out all the same."""
        return any(r.everything for r in self.reaches)

    @property
    def workers(self) -> frozenset[str]:
        """The record's ids of the workers within scope."""
        return frozenset().union(*(r.workers for r in self.reaches))

    @property
    def units(self) -> frozenset[str]:
        """The teams and services within scope."""
        return frozenset().union(*(r.units for r in self.reaches))

    @property
    def widest(self) -> Scope:
        """The widest scope that the person has here."""
        return max((r.scope for r in self.reaches), default=Scope.NONE)

    def child(self, child_id: str, holdings: Sequence[Holding]) -> tuple[Why, Scope]:
        """Whether a child's row is there for this person, and by which scope."""
        if child_id in self.closed and child_id not in self.opened:
            return Why.RESTRICTED, Scope.NONE
        if child_id in self.named:
            return Why.NAMED, Scope.NONE
        if child_id not in self.closed:
            now = [h for h in holdings if h.on(self.day)]
            for reach in self.reaches:
                if reach.everything or any(
                    h.worker_id in reach.workers or h.team_id in reach.units for h in now
                ):
                    return Why.WITHIN_SCOPE, reach.scope
        if child_id in self.opened:
            return Why.GLASS_BROKEN, Scope.NONE
        return self.why_not or Why.OUT_OF_SCOPE, Scope.NONE

    def worker(self, worker_id: str) -> tuple[Why, Scope]:
        """Whether a worker's row is there for this person, and by which scope."""
        for reach in self.reaches:
            if reach.everything or worker_id in reach.workers:
                return Why.WITHIN_SCOPE, reach.scope
        return self.why_not or Why.OUT_OF_SCOPE, Scope.NONE

    def unit(self, unit_id: str) -> tuple[Why, Scope]:
        """Whether a team's or service's row is there for this person, and by which scope."""
        for reach in self.reaches:
            if reach.everything or unit_id in reach.units:
                return Why.WITHIN_SCOPE, reach.scope
        return self.why_not or Why.OUT_OF_SCOPE, Scope.NONE


def visible_filter(
    register: Register,
    person_id: str,
    at: datetime,
    *,
    thing: Thing = Thing.CHILD_RECORD,
    verb: Verb = Verb.LIST,
) -> Visible:
    """Which rows of a kind of thing are a person's at a moment; without a role for it, nobody's.

    at: with its time zone (ValueError without).
    """
    day = day_of(at)
    standing = register.on(day)
    if (why_not := _not_here(standing, person_id, at)) is not None:
        return Visible(day, why_not=why_not)
    cells = [
        (post, scope)
        for post in standing.posts_of(person_id)
        if (scope := matrix().scope(post.role, verb, thing)) is not Scope.NONE
    ]
    reaches = [r for post, scope in cells for r in _reaches(standing, person_id, post, scope, thing)]
    restricted = [r for r in register.restrictions if r.in_force(at)]
    closed = frozenset(r.child_id for r in restricted if person_id not in r.named)
    named = frozenset(r.child_id for r in restricted) - closed
    looks = bool(cells) and verb in {Verb.SEE, Verb.LIST}
    return Visible(
        day,
        tuple(sorted(reaches, key=lambda r: r.scope)),
        closed=closed,
        named=named if looks and matrix().things[thing].shows_a_child else frozenset(),
        opened=_opened(register, person_id, at, standing, (verb, thing)),
        why_not=None if cells else Why.NO_ROLE,
    )


def _not_here(standing: Standing, person_id: str, at: datetime) -> Why | None:
    """Why a person can do nothing at all at that moment."""
    person = standing.people.get(person_id)
    if person is None:
        return Why.UNKNOWN_PERSON
    if person.cut_off_at is not None and person.cut_off_at <= at:
        return Why.CUT_OFF
    return None if standing.posts_of(person_id) else Why.NO_POST


def _opened(
    register: Register, person_id: str, at: datetime, standing: Standing, asked: tuple[Verb, Thing]
) -> frozenset[str]:
    """The children whose record the person has broken the glass for, where what is asked is what that opens."""
    may = any(
        matrix().scope(p.role, Verb.RECORD, Thing.BREAK_GLASS) is not Scope.NONE
        for p in standing.posts_of(person_id)
    )
    if not may or asked not in matrix().glass_opens:
        return frozenset()
    shut = frozenset(
        r.child_id
        for r in register.restrictions
        if r.in_force(at) and not r.break_glass and person_id not in r.named
    )
    opened = (o.child_id for o in register.openings if o.person_id == person_id and o.in_force(at))
    return frozenset(opened) - shut


def _reaches(standing: Standing, person_id: str, post: Post, scope: Scope, thing: Thing) -> Iterator[Reach]:
    """What one post takes in, from the narrowest scope up to the one that the matrix gives."""
    own = standing.people[person_id].worker_id
    yield Reach(Scope.OWN, workers=frozenset({own} if own else ()))
    if scope is Scope.OWN:
        return
    direct = standing.supervisees(person_id, with_cover=thing not in PRIVATE)
    if scope is Scope.LINE:
        below = {p for one in direct for p in standing.supervisees(one, with_cover=False)}
        yield Reach(Scope.LINE, workers=frozenset(standing.workers(direct | below)))
        return
    yield Reach(Scope.SUPERVISEES, workers=frozenset(standing.workers(direct)))
    unit = standing.units.get(post.unit_id)
    if scope >= Scope.TEAM and unit is not None and unit.kind is UnitKind.TEAM:
        yield _of_units(standing, Scope.TEAM, standing.whole(unit.unit_id))
    if scope >= Scope.SERVICE and (service := standing.service_of(post.unit_id)) is not None:
        yield _of_units(standing, Scope.SERVICE, standing.whole(service))
    if scope is Scope.COUNCIL:
        yield Reach(Scope.COUNCIL, everything=True)


def _of_units(standing: Standing, scope: Scope, units: set[str]) -> Reach:
    """The units with everybody who has a post in one of them on the day."""
    people = {p for unit in units for p in standing.in_unit.get(unit, ())}
    return Reach(scope, workers=frozenset(standing.workers(people)), units=frozenset(units))
