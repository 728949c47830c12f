"""Which numbers must be hidden before a table leaves the council (safety bar P2).

A count of one to five children or people is hidden, and so is the number that would be left by
subtracting it.  Where a count is hidden, its parts are too.  Services add up to the council and teams
to their service, so wherever one number is hidden a second is too, and together they stand for six or
more, in themselves and in what they leave of their wholes.  Bands of one total are hidden together.

A region is to its councils what a council is to its services, with one more danger: each council
knows its own number.  There, what is hidden stays hidden from every one of them too: at least three
are hidden, and without any one of them the others still stand for six or more.
"""

from __future__ import annotations

from collections.abc import Iterator

from evenlode.measures import audit_agreement, worker_changes
from evenlode.measures.book import MEASURES
from evenlode.measures.measure import INSIDE, Level
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

PART_OF: dict[str, tuple[str, ...]] = {
    "cases": ("cases_held",),
    "cases_held": ("children_held",),
    "case_holders": ("workers_holding",),
    "children_referred": ("referrals",),
    "children_rereferred": ("rereferrals",),
    "assessments_timed": ("assessments_done",),
    "plans_open_3_months": ("plans_open",),
    "plans_open": ("open_children",),
    "looked_after": ("open_children",),
    "long_in_care": ("looked_after",),
    "looked_after_workers": ("looked_after", "open_children_workers"),
    "three_workers_care": ("three_workers",),
    "open_children_workers": ("open_children",),
    "handed_over_twice_care": ("handed_over_care",),
    "handed_over_twice_open": ("handed_over_open",),
    "audits_alike": ("audits_within_one",),
}
"""Counts that are a part of another count in the same table, besides what a rate says itself: taken from
each other they would tell the rest.  Plans of three months or more, taken from all, are the first band."""

Group = tuple[Key, tuple[Key, ...]]
"""A unit and the units that add up to it."""


def held_back(tally: Tally, *, from_units: bool = False) -> set[Key]:
    """Every count that must not be shown, for each fact of each unit.

    A measure whose rest (those below the line who are not above it) is small is hidden too.
    from_units: also from a reader who is one of the hidden units, and knows that unit's number.
    """
    hidden: set[Key] = set()
    facts = sorted({fact for _, fact, _, _ in tally.counts}, key=lambda fact: (len(_rests(fact)), fact))
    for la_code in tally.councils:
        for fact in facts:
            groups = list(_groups(tally, la_code, fact))
            rests = _rests(fact)
            cells = {key for whole, parts in groups for key in (whole, *parts)}
            hidden |= {key for key in cells if _is_small(tally, key, rests)}
            hidden |= {key for key in cells if _whole_is_hidden(key, rests, hidden)}
            while _hide_second(tally, groups, rests, hidden, from_units=from_units):
                pass
    for la_code in tally.councils:
        for bands in PARTITIONS:
            _hide_bands(tally, la_code, bands, hidden, whole=from_units)
    return hidden


def _hide_bands(tally: Tally, la_code: str, bands: tuple[str, ...], hidden: set[Key], *, whole: bool) -> None:
    """Where one band is hidden, all of them are: for services and teams, and for the council if it is its own.

    whole: for the council in any case, since a unit could take its own bands away from the council's.
    """
    shut = {level for la, fact, level, _ in hidden if la == la_code and fact in bands}
    if not shut:
        return
    levels = set(INSIDE) if whole or Level.COUNCIL in shut else {Level.SERVICE, Level.TEAM}
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
    """Facts of which this one is a part, and of which those are parts.

    One between two that are shown could be no more than lies between them.
    """
    found: list[str] = []
    waiting = [fact]
    while waiting:
        wholes = [w for w in _wholes(waiting.pop()) if w not in found]
        found += wholes
        waiting += wholes
    return tuple(w for w in found if w != fact)


def _wholes(fact: str) -> tuple[str, ...]:
    """What is below the line where this alone is above it, and what it is otherwise a part of."""
    below = (
        m.formula.below[0]
        for m in MEASURES
        if m.formula.percent and m.formula.above == (fact,) and len(m.formula.below) == 1
    )
    return tuple(dict.fromkeys((*below, *PART_OF.get(fact, ()))))


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


def _hide_second(
    tally: Tally, groups: list[Group], rests: tuple[str, ...], hidden: set[Key], *, from_units: bool
) -> bool:
    """Hides one more number where a sum would give a hidden one away; True while there was one."""
    for whole, parts in groups:
        out = [key for key in parts if key in hidden]
        shut = whole in hidden
        if not out and not shut:
            continue
        left = sorted(
            (k for k in parts if k not in hidden and _can_hide(tally, k, rests)),
            key=lambda k: (_people(tally, k) == 0, _people(tally, k), k),
        )
        if shut and not out and left:
            hidden.add(left[0])
            return True
        if not shut and _gives_away(tally, out, rests, from_units=from_units):
            hidden.add(left[0] if left else whole)
            return True
    return False


def _whole_is_hidden(key: Key, rests: tuple[str, ...], hidden: set[Key]) -> bool:
    """A part that is shown would be the least that the hidden whole can be, so it is hidden with it."""
    la, _, level, unit = key
    inside = level is not Level.COUNCIL
    return inside and any((la, whole, level, unit) in hidden for whole in rests)


def _can_hide(tally: Tally, key: Key, rests: tuple[str, ...]) -> bool:
    """Could the number be another?  Nought out of nought could not, so hiding it hides nothing."""
    la, _, level, unit = key
    return bool(_people(tally, key)) or all(_people(tally, (la, whole, level, unit)) for whole in rests)


def _gives_away(tally: Tally, keys: list[Key], rests: tuple[str, ...], *, from_units: bool) -> bool:
    """Would the sum of what is hidden tell one of them, or that one of them is small?"""
    left_to_guess = [[k for k in keys if k != known] for known in keys] if from_units else [keys]
    return any(len(left) < 2 or _together_small(tally, left, rests) for left in left_to_guess)


def _together_small(tally: Tally, keys: list[Key], rests: tuple[str, ...]) -> bool:
    people = sum(_people(tally, key) for key in keys)
    left = [
        sum(_people(tally, (la, below, level, unit)) for la, _, level, unit in keys) - people
        for below in rests
    ]
    return people <= SMALL or any(0 <= n <= SMALL for n in left)
