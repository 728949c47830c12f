"""Which numbers must be hidden before a table leaves the council (safety bar P2).

A count of one to five children or people is hidden, and so is the number that would be left by
subtracting it.  Services add up to the council and teams to their service, so wherever one number
is hidden a second is too, and together they stand for six or more.
"""

from __future__ import annotations

from collections.abc import Iterator

from evenlode.measures.book import MEASURES
from evenlode.measures.measure import Level
from evenlode.measures.tally import Count, Key, Tally

SMALL = 5
"""Counts of one up to this many are hidden."""

Group = tuple[Key, tuple[Key, ...]]
"""A unit and the units that add up to it."""


def held_back(tally: Tally) -> set[Key]:
    """Every count that must not be shown, for each fact of each unit.

    A measure whose rest (those below the line who are not above it) is small is hidden too.
    """
    hidden: set[Key] = set()
    facts = sorted({fact for _, fact, _, _ in tally.counts})
    for la_code in tally.councils:
        for fact in facts:
            groups = list(_groups(tally, la_code, fact))
            rests = _rests(fact)
            cells = {key for whole, parts in groups for key in (whole, *parts)}
            hidden |= {key for key in cells if _is_small(tally, key, rests)}
            while _hide_second(tally, groups, rests, hidden):
                pass
    return hidden


def _people(tally: Tally, key: Key) -> int:
    return (tally.counts.get(key) or Count()).people


def _is_small(tally: Tally, key: Key, rests: tuple[str, ...]) -> bool:
    people = _people(tally, key)
    la, _, level, unit = key
    left = [_people(tally, (la, below, level, unit)) - people for below in rests]
    return 1 <= people <= SMALL or any(1 <= n <= SMALL for n in left)


def _rests(fact: str) -> tuple[str, ...]:
    """Facts of which this one is a part: what is below the line where this alone is above it."""
    found = (
        m.formula.below
        for m in MEASURES
        if m.formula.percent and m.formula.above == (fact,) and len(m.formula.below) == 1
    )
    return tuple(dict.fromkeys(name for below in found for name in below))


def _groups(tally: Tally, la_code: str, fact: str) -> Iterator[Group]:
    council: Key = (la_code, fact, Level.COUNCIL, la_code)
    services = sorted(
        u for la, f, level, u in tally.counts if (la, f, level) == (la_code, fact, Level.SERVICE)
    )
    teams = sorted(u for la, f, level, u in tally.counts if (la, f, level) == (la_code, fact, Level.TEAM))
    yield council, tuple((la_code, fact, Level.SERVICE, s) for s in services)
    for service in services:
        inside = (t for t in teams if tally.services.get((la_code, t), "") == service)
        yield (la_code, fact, Level.SERVICE, service), tuple((la_code, fact, Level.TEAM, t) for t in inside)


def _hide_second(tally: Tally, groups: list[Group], rests: tuple[str, ...], hidden: set[Key]) -> bool:
    """Hides one more number where a sum would give a hidden one away; True while there was one."""
    for whole, parts in groups:
        out = [key for key in parts if key in hidden]
        shut = whole in hidden
        if not out and not shut:
            continue
        left = sorted(
            (k for k in parts if k not in hidden),
            key=lambda k: (_people(tally, k) == 0, _people(tally, k), k),
        )
        if shut and not out and left:
            hidden.add(left[0])
            return True
        if not shut and (len(out) < 2 or _together_small(tally, out, rests)):
            hidden.add(left[0] if left else whole)
            return True
    return False


def _together_small(tally: Tally, keys: list[Key], rests: tuple[str, ...]) -> bool:
    people = sum(_people(tally, key) for key in keys)
    left = [
        sum(_people(tally, (la, below, level, unit)) for la, _, level, unit in keys) - people
        for below in rests
    ]
    return people <= SMALL or any(1 <= n <= SMALL for n in left)
