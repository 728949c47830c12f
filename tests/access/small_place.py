"""A council small enough to hold in the head: two services, three teams, and who stands where.

    C  the council
      S1  service        T1, T2 teams
      S2  service        T3     team

The person looked at is V.  V supervises A, who supervises Z; B is in V's team, K in the other team of
V's service, D elsewhere.  A and Z sit in T3, so that nothing reaches them by team.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from evenlode.access import (
    Child,
    Holding,
    Line,
    Person,
    Post,
    Register,
    Role,
    Unit,
    UnitKind,
)

START = date(2026, 1, 1)
NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)

UNITS = (
    Unit(unit_id="C", kind=UnitKind.COUNCIL, since=START),
    Unit(unit_id="S1", kind=UnitKind.SERVICE, parent_id="C", since=START),
    Unit(unit_id="S2", kind=UnitKind.SERVICE, parent_id="C", since=START),
    Unit(unit_id="T1", kind=UnitKind.TEAM, parent_id="S1", since=START),
    Unit(unit_id="T2", kind=UnitKind.TEAM, parent_id="S1", since=START),
    Unit(unit_id="T3", kind=UnitKind.TEAM, parent_id="S2", since=START),
)
LETTERS = {"own": "V", "supervisee": "A", "below": "Z", "team": "B", "service": "K", "elsewhere": "D"}
"""Where somebody stands, seen from V."""
SEATS = {"A": "T3", "Z": "T3", "B": "T1", "K": "T2", "D": "T3"}
LINES = (
    Line(supervisor_id="V", person_id="A", since=START),
    Line(supervisor_id="A", person_id="Z", since=START),
)
PEOPLE = tuple(Person(person_id=p, worker_id=f"w-{p}") for p in LETTERS.values())


def post(person, role, unit, since=START, until=None, asked_by="hr", approved_by="ig"):
    return Post(
        person_id=person,
        role=role,
        unit_id=unit,
        since=since,
        until=until,
        asked_by=asked_by,
        approved_by=approved_by,
    )


def place(*roles, unit=None, **more):
    """The council with V in these roles; a head of service sits in the service, everybody else in T1."""
    seats = [post(p, Role.SOCIAL_WORKER, team) for p, team in SEATS.items()]
    seats += [post("V", r, unit or ("S1" if r is Role.HEAD_OF_SERVICE else "T1")) for r in roles]
    parts = {"people": PEOPLE, "units": UNITS, "posts": tuple(seats), "lines": LINES} | more
    return Register(**parts)


def child_of(person, child_id="c-1", since=START, until=None):
    return Child(
        child_id, (Holding(worker_id=f"w-{person}", team_id=SEATS.get(person), since=since, until=until),)
    )
