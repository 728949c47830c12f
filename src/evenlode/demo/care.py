"""A child's time in care: placements, episodes, legal status, reviews and visits, all in time."""

from __future__ import annotations

from random import Random

from evenlode.demo import published
from evenlode.demo.dates import add_months, add_wd, age_on, on_working_day
from evenlode.demo.facts import Care, CareEpisode, CareLeaver, Child, LegalStatus, Placement, Review
from evenlode.demo.journeys import Journey
from evenlode.demo.making import Making
from evenlode.demo.people import school_age
from evenlode.demo.visits import placement_days, review_days, seen, weekly_days

SIX_YEARS = 6 * 365
_UNDER_16, _UNDER_16_WEIGHTS = ("U6", "U4", "U3", "U1", "K2", "P1"), (45, 20, 12, 8, 10, 5)
_FROM_16, _FROM_16_WEIGHTS = ("U6", "U4", "K2", "K3"), (35, 20, 20, 25)
_CAST_TYPES = {
    "long-term": "U4", "not-long-term": "U6", "parents-weekly": "P1", "parents-reviewed": "P1", "unaccompanied": "K3", "renewed": "U6",
    "settled": "U6", "moved": "U6",
}  # fmt: skip
_PROVIDERS = {"P1": "PR0", "U1": "PR1", "U3": "PR1", "K2": "PR4", "K3": "PR4"}
_STEADY = {"long-term", "not-long-term", "settled", "moved", "renewed", "years", "unaccompanied", "sixteen"}


def new_placement(making: Making, start: int, kind: str) -> Placement:
    """A placement with a provider of its own."""
    rng = making.rng
    return Placement(
        id=making.ids.give("placement", "L", 81000001),
        start=start,
        end=None,
        type=kind,
        provider_number=making.ids.give("provider", "SC", 100001),
        provider=_PROVIDERS.get(kind, "PR4" if rng.random() < 0.4 else "PR1"),
        distance=f"{rng.choice((1, 2, 3, 4, 5, 7, 9, 12, 16, 24, 41))}.{rng.randint(0, 9)}",
    )


def _placement_type(rng: Random, child: Child, cast: str, start: int, *, interim: bool) -> str:
    """What kind of home: by age, never with a parent under an interim order unless the journey says so."""
    if cast in _CAST_TYPES:
        return _CAST_TYPES[cast]
    older = child.born is not None and age_on(child.born, start) >= 16
    kind = (
        rng.choices(_FROM_16, _FROM_16_WEIGHTS)[0] if older else rng.choices(_UNDER_16, _UNDER_16_WEIGHTS)[0]
    )
    return "U6" if kind == "P1" and interim else kind


def _move_days(making: Making, entered: int, end: int, cast: str, *, three: bool) -> list[int]:
    """The days on which the child moved home: at most one in the last twelve months, or two to three where planned."""
    rng, moves = making.rng, []
    day = entered + rng.randint(30, 500)
    while day < making.year_ago - 10 and day < end - 40:
        moves.append(day)
        day += rng.randint(300, 1200)
    if three:
        first = max(entered + 10, making.year_ago + 20)
        many = rng.choice((2, 2, 3))
        step = (making.as_at - 20 - first) // many
        moves += [first + step * turn + rng.randint(3, step - 3) for turn in range(many)]
    elif cast not in _STEADY and end > making.year_ago + 120 and rng.random() < 0.25:
        moves.append(
            rng.randint(max(entered + 14, making.year_ago + 10), end - 21) if end - entered > 60 else end - 20
        )
        moves = [move for move in moves if move > entered + 7]
    return sorted(set(moves))


def _legal(making: Making, child: Child, entered: int, end: int | None, cast: str) -> None:
    """Voluntary care, or an interim order that becomes a full care order within a year."""
    rng, give = making.rng, making.ids.give
    last = making.as_at if end is None else end
    accommodated = cast == "unaccompanied" or (not cast.startswith("parents") and rng.random() < 0.3)
    if accommodated:
        child.legal.append(LegalStatus(give("legal", "LS", 31000001), "V2", entered, end))
        return
    full = entered + rng.randint(170, 300)
    if full < last - 5 and not cast.startswith("parents"):
        child.legal.append(LegalStatus(give("legal", "LS", 31000001), "C1", entered, full))
        child.legal.append(LegalStatus(give("legal", "LS", 31000001), "C2", full, end))
    else:
        child.legal.append(LegalStatus(give("legal", "LS", 31000001), "C1", entered, end))


def episodes_of(making: Making, child: Child, care: Care, end: int | None) -> None:
    """One episode row from each change of home or of order to the next."""
    changes = {p.start: "P" for p in care.placements}
    changes |= {
        status.start: "L"
        for status in child.legal
        if care.entered < status.start and status.start not in changes
    }
    days = sorted(changes)
    for place, day in enumerate(days):
        home = next(p for p in reversed(care.placements) if p.start <= day)
        row = CareEpisode(
            making.ids.give("care episode", "E", 71000001), home.id, day, "S" if place == 0 else changes[day]
        )
        if place + 1 < len(days):
            row.end, row.end_reason = days[place + 1], "X1"
        elif end is not None:
            row.end, row.end_reason = end, "E17"
        care.episodes.append(row)


def _homes(making: Making, child: Child, care: Care, end: int | None, cast: str, *, three: bool) -> None:
    """The homes one after another, with the reason for each move."""
    last = making.as_at if end is None else end
    steady = (
        cast in _STEADY or cast.startswith("parents") or cast in {"first-review-due", "second-review-due"}
    )
    starts = [care.entered]
    if three or not steady:
        starts += _move_days(making, care.entered, last, cast, three=three)
    for start in starts:
        interim = any(s.status == "C1" and (s.end is None or s.end > start) for s in child.legal)
        home = new_placement(making, start, _placement_type(making.rng, child, cast, start, interim=interim))
        if care.placements:
            care.placements[-1].end = start
            care.placements[-1].reason = making.rng.choice(("CARPL", "CREQB", "LAREQ", "CHILD", "PLACE"))
        care.placements.append(home)
    care.placements[-1].end = end
    if cast == "renewed" and end is None:
        _renew(making, care)


def _renew(making: Making, care: Care) -> None:
    """The same carers, written down as a new row when the agreement was renewed: still one placement."""
    old = care.placements[-1]
    half = on_working_day((old.start + making.as_at) // 2)
    new = new_placement(making, half, old.type)
    new.provider_number, new.provider, new.continues = old.provider_number, old.provider, True
    old.end, old.reason = half, "OTHER"
    care.placements.append(new)


def _care_visits(making: Making, child: Child, care: Care, end: int) -> None:
    """Every home visited in its first week and then in time, inside the six years that the extract holds."""
    older = school_age(child, making.as_at)
    since = making.as_at - SIX_YEARS
    for place, home in enumerate(care.placements):
        following = care.placements[place + 1] if place + 1 < len(care.placements) else None
        if following is not None and following.continues:
            continue
        start = care.placements[place - 1].start if home.continues else home.start
        last = end if home.end is None else min(end, home.end - 1)
        weekly = home.type == "P1" and any(s.status == "C1" and s.end is None for s in child.legal)
        if weekly:
            review = next((r.held for r in care.reviews if r.held is not None and r.held >= start), None)
            days = weekly_days(making.rng, start, last, review)
        else:
            days = placement_days(making.rng, start, last, home.type, since, making.visit_pace)
        care.visits += seen(making.rng, days, school_age=older)


def make_care(
    making: Making, child: Child, journey: Journey, end: int | None = None, *, three: bool = False
) -> Care:
    """A whole period of care for a child, from the day of entry to the day of the extract (or to its end)."""
    entered = journey.entered
    care = Care(making.ids.give("care", "P", 61000001), entered, child.referral.id, child.referral.need)
    last = making.as_at if end is None else end
    _legal(making, child, entered, end, journey.cast)
    _homes(making, child, care, end, journey.cast, three=three)
    due = add_wd(entered, 20)
    if journey.cast == "parents-weekly":
        reviews: list[tuple[int, int | None]] = [(due, None)]
    else:
        reviews = review_days(due, (3, 6), last, making.rng, entered + 5)
    for due, held in reviews:
        if held is not None or end is None:
            care.reviews.append(Review(making.ids.give("care review", "R", 91000001), care.id, due, held))
    if end is None and len(care.reviews) > 2 and making.rng.random() < 0.1:
        moved = care.reviews[-1].due - 30
        if moved < making.as_at:
            care.reviews.append(
                Review(making.ids.give("care review", "R", 91000001), care.id, moved, moved, cancelled=True)
            )
    episodes_of(making, child, care, end)
    _care_visits(making, child, care, last)
    child.care.append(care)
    return care


def eligible(making: Making, child: Child, journey: Journey) -> None:
    """Sixteen or seventeen and thirteen weeks in care: an eligible care leaver, whose pathway plan is under review."""
    if child.born is None or age_on(child.born, making.as_at) < 16 or making.as_at - journey.entered < 100:
        return
    rng = making.rng
    child.leaver = CareLeaver(
        id=making.ids.give("leaver", "CL", 21000001),
        eligibility="Eligible",
        in_touch="YES",
        contact=making.as_at - rng.randint(1, 40),
        pathway=max(journey.entered + 5, making.as_at - rng.randint(5, 160)),
        adviser=None,
        team=None,
        suitable="1" if rng.random() < published.SUITABLE else "2",
    )


def current_home(care: Care) -> tuple[Placement, int]:
    """The placement the child lives in now, and the day on which it really began (a renewed row is no new home)."""
    home = care.placements[-1]
    place = len(care.placements) - 1
    while care.placements[place].continues:
        place -= 1
    return home, care.placements[place].start


def homes_in_year(care: Care, year_ago: int, as_at: int) -> int:
    """Different homes in the twelve months to the day of the extract; temporary ones (T0 to T4) are left out."""
    return sum(
        1
        for place, home in enumerate(care.placements)
        if not home.type.startswith("T")
        and not (place + 1 < len(care.placements) and care.placements[place + 1].continues)
        and home.start <= as_at
        and (home.end is None or home.end > max(home.start, year_ago + 1))
    )


def moved_lately(care: Care, as_at: int) -> int:
    """Homes that began in the last six months of this period of care."""
    half_year = add_months(as_at, -6)
    return sum(1 for home in care.placements if not home.continues and half_year < home.start <= as_at)
