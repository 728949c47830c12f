"""Children in care whose visits and reviews are late, and homes that do not last."""

from __future__ import annotations

from functools import partial

from evenlode.demo.care import current_home, new_placement
from evenlode.demo.dates import add_months, add_wd, wd_before
from evenlode.demo.expected import CANNOT_TELL, OVERDUE
from evenlode.demo.facts import LONG_TERM_PLACEMENTS, Care, CareEpisode, Child, Family, Review, Visit
from evenlode.demo.journeys import CLA
from evenlode.demo.planting.ground import Ground, Test, leave_last_visit
from evenlode.demo.visits import placement_days, seen
from evenlode.demo.workforce import IN_CARE

_OUTSIDE = {"parents-weekly", "parents-reviewed", "renewed"}


def care_of(child: Child) -> Care:
    """The open period of care of a child known to be looked after."""
    care = child.open_care()
    if care is None:
        raise ValueError(f"child {child.id} is not looked after")
    return care


def _plain(family: Family) -> bool:
    """No special placement: nobody at home under an interim order."""
    return family.cast not in _OUTSIDE


def move_home(ground: Ground, child: Child, day: int, kind: str, *, visited: bool) -> str:
    """The child moves on a day: the old row ends, new placement and episode rows begin."""
    care = care_of(child)
    old, last = care.placements[-1], care.episodes[-1]
    new = new_placement(ground.making, day, kind)
    old.end, old.reason = day, "CARPL"
    care.placements.append(new)
    last.end, last.end_reason = day, "X1"
    care.episodes.append(CareEpisode(ground.making.ids.give("care episode", "E", 71000001), new.id, day, "P"))
    care.visits[:] = [visit for visit in care.visits if visit.day < day]
    if visited:
        days = placement_days(ground.making.rng, day, ground.day, kind, 0)
        care.visits += seen(ground.making.rng, days, school_age=True)
    return new.id


def _one_home(ground: Ground, family: Family) -> bool:
    """One home for more than a year for every child, and no court order in flight."""
    for child in family.children:
        care = child.open_care()
        if (
            care is None
            or current_home(care)[1] > ground.making.year_ago - 10
            or care.episodes[-1].start > ground.day - 170
        ):
            return False
    return _plain(family)


def new_homes_not_visited(ground: Ground) -> None:
    """CLA-V1: a new placement without a visit in its first week."""
    for family in ground.take(CLA, 0.02, "new home not visited", partial(_one_home, ground), cast="moved"):
        day = wd_before(ground.day - ground.making.rng.randint(10, 24), 0)
        for child in family.children:
            number = move_home(ground, child, day, "U6", visited=False)
            ground.expected.add(
                "CLA-V1",
                child,
                number,
                OVERDUE,
                day + 7,
                "planted: new placement not visited in its first week",
            )
    for family in ground.take(CLA, 0.01, "stop-gap home", partial(_one_home, ground)):
        day = wd_before(ground.day - ground.making.rng.randint(100, 150), 0)
        for child in family.children:
            move_home(ground, child, day, "T1", visited=True)
            move_home(ground, child, day + 14, "U6", visited=True)


def late_visits(ground: Ground) -> None:
    """CLA-V2, V3 and V4: visits to a placement in its first year, after it, and in a long-term home."""
    turns: tuple[tuple[str, float, Test, str], ...] = (
        ("CLA-V4", 0.02, partial(_years, ground, long_term=True), "long-term"),
        ("CLA-V3", 0.025, partial(_years, ground, long_term=False), "not-long-term"),
        ("CLA-V2", 0.025, partial(_months, ground), "settled"),
    )
    for rule, share, fits, cast in turns:
        for family in ground.take(CLA, share, rule, fits, cast=cast):
            for child in family.children:
                _visit_late(ground, child)
    for family in ground.take(CLA, 0.01, "seen is blank", partial(_years, ground, long_term=False)):
        for child in family.children:
            _perhaps_seen(ground, child)


def _home_age(ground: Ground, child: Child) -> int:
    """Days in the present home."""
    return ground.day - current_home(care_of(child))[1]


def _months(ground: Ground, family: Family) -> bool:
    """Every child's present home is some months old."""
    return _plain(family) and all(80 < _home_age(ground, child) < 400 for child in family.children)


def _years(ground: Ground, family: Family, *, long_term: bool) -> bool:
    """Every child's present home is well over a year old and is (or is not) meant to last to eighteen."""
    if not _plain(family):
        return False
    for child in family.children:
        home, _ = current_home(care_of(child))
        if _home_age(ground, child) < 365 + 200:
            return False
        if (home.type in LONG_TERM_PLACEMENTS) is not long_term:
            return False
    return True


def _visit_late(ground: Ground, child: Child) -> None:
    """The last visit was too long ago for the kind of home; the rule follows from the home's age at that visit."""
    care, rng = care_of(child), ground.making.rng
    home, start = current_home(care)
    year, long_term = add_months(start, 12), home.type in LONG_TERM_PLACEMENTS
    last = ground.day - (
        rng.randint(97, 130) if long_term and _home_age(ground, child) > 500 else rng.randint(44, 75)
    )
    rule = "CLA-V2" if last < year else "CLA-V4" if long_term else "CLA-V3"
    due = add_months(last, 3) if rule == "CLA-V4" else last + 42
    leave_last_visit(care.visits, child, last, ground.day)
    if due < ground.day:
        ground.expected.add(rule, child, home.id, OVERDUE, due, "planted: looked-after visit missed")


def _perhaps_seen(ground: Ground, child: Child) -> None:
    """Cannot tell: the one visit that would be in time does not say whether the child was seen."""
    care = care_of(child)
    home, _ = current_home(care)
    leave_last_visit(care.visits, child, ground.day - 55, ground.day)
    care.visits.append(Visit(ground.day - 6, "", ""))
    ground.expected.add(
        "CLA-V3", child, home.id, CANNOT_TELL, None, "planted: 'seen' left blank on the newest visit"
    )


def home_with_parents(ground: Ground) -> None:
    """CLA-V7: home with a parent under an interim order; visits weekly before the first review, four-weekly after it."""
    for cast, back, interval in (("parents-weekly", 9, 7), ("parents-reviewed", 33, 28)):
        there = [family for family in ground.free(CLA) if family.cast == cast]
        for family in there[: 1 + len(ground.kind(CLA)) // 200]:
            family.touched = "parents"
            for child in family.children:
                _parents_not_visited(ground, child, back, interval)


def _parents_not_visited(ground: Ground, child: Child, back: int, interval: int) -> None:
    """The last visit to a child at home was so many days ago."""
    care = care_of(child)
    home, start = current_home(care)
    last = max(start + 1, ground.day - back)
    leave_last_visit(care.visits, child, last, ground.day)
    if last + interval < ground.day:
        why = "planted: home with a parent under an interim order, visit missed"
        ground.expected.add("CLA-V7", child, home.id, OVERDUE, last + interval, why)


def late_reviews(ground: Ground) -> None:
    """CLA-R1, R2 and R3: the first, the second and the later reviews of a period of care."""
    heron = ground.workforce.of_kind(IN_CARE)[1]
    for rule, share, cast in (
        ("CLA-R1", 0.015, "first-review-due"),
        ("CLA-R2", 0.015, "second-review-due"),
        ("CLA-R3", 0.03, "years"),
    ):
        for family in ground.take(
            CLA, share, rule, partial(_can_be_late, ground, rule), cast=cast, team=heron
        ):
            for child in family.children:
                kept = _kept(ground, care_of(child), rule)
                if kept is not None:
                    _drop_reviews(ground, child, rule, kept)


def _can_be_late(ground: Ground, rule: str, family: Family) -> bool:
    """Reviews can be taken away so that just this rule finds the next one late."""
    return _plain(family) and _kept(ground, care_of(family.children[0]), rule) is not None


def _next_due(care: Care, held: list[int]) -> int:
    """When the next review of a period of care is due after these were held."""
    if not held:
        return add_wd(care.entered, 20)
    return add_months(held[-1], 3 if len(held) == 1 else 6)


def _held(care: Care) -> list[int]:
    """Days on which reviews were held, in order."""
    return sorted(r.held for r in care.reviews if r.held is not None and not r.cancelled)


def _kept(ground: Ground, care: Care, rule: str) -> int | None:
    """How many reviews to leave so that the next one is late under a rule, and not by years; None if that cannot be."""
    held = _held(care)
    counts = {"CLA-R1": [0], "CLA-R2": [1]}.get(rule, list(range(len(held), 1, -1)))
    for count in counts:
        if count <= len(held) and ground.day - 300 < _next_due(care, held[:count]) < ground.day:
            return count
    return None


def _drop_reviews(ground: Ground, child: Child, rule: str, kept: int) -> None:
    """Leave only so many held reviews, and one cancelled that does not count."""
    care = care_of(child)
    held = [
        r for r in sorted(care.reviews, key=lambda r: r.held or 0) if r.held is not None and not r.cancelled
    ][:kept]
    due = _next_due(care, [r.held for r in held if r.held is not None])
    give = ground.making.ids.give
    care.reviews[:] = [*held, Review(give("care review", "R", 91000001), care.id, due, None)]
    if rule == "CLA-R3":
        care.reviews.append(Review(give("care review", "R", 91000001), care.id, due, due, cancelled=True))
    ground.expected.add(rule, child, care.id, OVERDUE, due, "planted: looked-after review not held in time")
