"""Which numbers must be hidden before a table leaves the council (safety bar P2).

A count of one to five children or people is hidden, and so is the number that would be left by
subtracting it.  Services add up to the council and teams to their service, so wherever one number
is hidden a second is too, and together they stand for six or more.  Bands of one total are hidden
together.
"""

from __future__ import annotations

from collections.abc import Iterator

from evenlode.measures import audit_agreement, worker_changes
from evenlode.measures.book import MEASURES
from evenlode.measures.measure import Level
from evenlode.measures.tally import Count, Key, Tally
from evenlode.published import layouts

SMALL = 5
"""Counts of one up to this many are hidden."""

PARTITIONS: tuple[tuple[str, ...], ...] = (
    tuple(f"assessments_{band}" for band, *_ in layouts.ASSESSMENT_BANDS),
    tuple(f"conferences_{band}" for band, *_ in layouts.CONFERENCE_BANDS),
    tuple(f"plans_{band}" for band, *_ in layouts.PLAN_BANDS),
    tuple(f"audits_grade_{n}" for n, *_ in audit_agreement.GRADES),
    tuple(f"pairs_before_{n}" for n, *_ in audit_agreement.GRADES),
    tuple(f"pairs_after_{n}" for n, *_ in audit_agreement.GRADES),
    (*(f"reason_{code}" for code, _ in worker_changes.REASONS), f"reason_{worker_changes.NOT_SAID}"),
    *(
        (*(f"{n}_{kind}" for n in ("no_worker", "one_worker", "two_workers")), three)
        for (_, kind, *_), three in zip(
            worker_changes.KINDS, ("three_workers_care", "three_workers"), strict=True
        )
    ),
)
"""Bands that add up to a total which is shown: one hidden band would be what is left of it."""

PART_OF = {
    "cases": "cases_held",
    "cases_held": "children_held",
    "case_holders": "workers_holding",
    "handed_over_twice_care": "handed_over_care",
    "handed_over_twice_open": "handed_over_open",
    "audits_alike": "audits_within_one",
}
"""Counts that are a part of another count in the same table."""

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
    for la_code in tally.councils:
        for bands in PARTITIONS:
            _hide_bands(tally, la_code, bands, hidden)
    return hidden


def _hide_bands(tally: Tally, la_code: str, bands: tuple[str, ...], hidden: set[Key]) -> None:
    """Where one band is hidden, all of them are: for services and teams, and for the council if it is its own."""
    shut = {level for la, fact, level, _ in hidden if la == la_code and fact in bands}
    if not shut:
        return
    levels = set(Level) if Level.COUNCIL in shut else {Level.SERVICE, Level.TEAM}
    units = {(level, unit) for la, fact, level, unit in tally.counts if la == la_code and fact in bands}
    hidden |= {(la_code, fact, level, unit) for level, unit in units if level in levels for fact in bands}


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
    whole = (PART_OF[fact],) if fact in PART_OF else ()
    return tuple(dict.fromkeys((*(name for below in found for name in below), *whole)))


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
