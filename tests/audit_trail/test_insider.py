"""The curious insider report finds what it should, says nothing of names, and its false alarms are counted."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta

import pytest

from evenlode.access import Holding
from evenlode.audit_trail.insider import AnswersFor, Known, Opened, Sign, curious, known, plain

FIRST = date(2026, 1, 5)
HOLDINGS = {
    "mine": [Holding(worker_id="w-1", team_id="T1", since=date(2026, 3, 1), until=date(2026, 6, 1))],
    "theirs": [Holding(worker_id="w-2", team_id="T2", since=date(2026, 1, 1))],
    "nobodys": [],
}


def at(day, hour=10):
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def report(openings, staff=None, children=None):
    return curious(
        [Opened(n, at(day), person, child) for n, (day, person, child) in enumerate(openings, start=1)],
        staff=staff or {},
        children=children or {},
        holdings=HOLDINGS,
        answers_for=lambda person, _: AnswersFor(frozenset({f"w-{person}"})),
        role_of={},
    )


def signs(*openings, **known_by):
    return {f.opened.seq: set(f.signs) for f in report(openings, **known_by).flags}


@pytest.mark.parametrize(
    ("day", "outside"),
    [
        (date(2026, 1, 29), True),  # 31 days before the work began
        (date(2026, 1, 30), False),
        (date(2026, 4, 1), False),
        (date(2026, 7, 1), False),  # 30 days after it ended
        (date(2026, 7, 2), True),
    ],
)
def test_an_opening_within_thirty_days_of_the_work_is_not_outside_the_caseload(day, outside):
    assert signs((day, "1", "mine")) == ({1: {Sign.OUTSIDE_CASELOAD}} if outside else {})


def test_a_child_of_another_worker_or_of_nobody_is_outside_the_caseload():
    day = date(2026, 4, 1)
    assert set(signs((day, "1", "theirs"), (day, "1", "nobodys"), (day, "2", "theirs"))) == {1, 2}


def test_a_child_opened_on_three_days_without_work_is_repeated_and_three_times_on_one_day_is_not():
    days = [date(2026, 4, n) for n in (1, 8, 20)]
    assert all(Sign.REPEATED in s for s in signs(*((d, "1", "theirs") for d in days)).values())
    one_day = signs(*((days[0], "1", "theirs") for _ in range(3)))
    assert all(Sign.REPEATED not in s for s in one_day.values())


def test_eight_children_outside_the_caseload_in_one_month_are_an_unusual_volume_where_others_open_none():
    ordinary = [(date(2026, 4, n), str(p), f"c-{p}") for p in range(10, 20) for n in (1, 2)]
    many = [(date(2026, 4, n), "1", f"x-{n}") for n in range(1, 9)]
    found = report([*ordinary, *many])
    assert {f.opened.person_id for f in found.flags if Sign.UNUSUAL_VOLUME in f.signs} == {"1"}


SIAN = known(names=[("Siân", "O’Brien-Łukasz")], addresses=[("14", "ZZ1 1ZZ")])  # noqa: RUF001 - as it is written


@pytest.mark.parametrize(
    ("child", "expected"),
    [
        (known(names=[("SIAN", "OBrien Łukasz")]), {Sign.OWN_NAME, Sign.OWN_SURNAME}),
        (known(names=[("Tansy", "O'Brien")]), {Sign.OWN_SURNAME}),
        (known(names=[("Siân", "Fennel")], addresses=[("14", "zz11zz")]), {Sign.OWN_ADDRESS}),
        (known(names=[("Siân", "Fennel")], addresses=[("15", "ZZ1 1ZZ")]), set()),
        (known(names=[("", "")], addresses=[("", "ZZ1 1ZZ")]), set()),
    ],
    ids="same-name part-of-surname same-address neighbour blanks".split(),
)
def test_own_name_address_and_surname_are_found_however_they_are_written(child, expected):
    found = signs((date(2026, 4, 1), "1", "theirs"), staff={"1": SIAN}, children={"theirs": child})
    assert found[1] - {Sign.OUTSIDE_CASELOAD} == expected


def test_a_shared_surname_in_ones_own_caseload_is_said_once_and_not_at_every_opening():
    days = [date(2026, 4, n) for n in (1, 2, 3)]
    child = known(names=[("Tansy", "O'Brien")])
    found = signs(*((d, "1", "mine") for d in days), staff={"1": SIAN}, children={"mine": child})
    assert found == {1: {Sign.OWN_SURNAME}}


def test_the_report_holds_ids_and_signs_and_no_name_or_address():
    found = report([(date(2026, 4, 1), "1", "theirs")], staff={"1": SIAN}, children={"theirs": SIAN})
    said = repr((found, SIAN, Known(frozenset({"x"})))).casefold()
    assert not any(word in said for word in ("brien", "sian", plain("ZZ1 1ZZ")))


def test_people_stand_in_the_report_by_id_and_not_by_how_much_was_found():
    found = report([(date(2026, 4, 1), p, "nobodys") for p in ("9", "5", "9", "7", "9")])
    assert list(found.counts()) == ["5", "7", "9"]


# A made-up council: 60 workers in six teams, 16 children each, forty weeks.  Innocent openings outside the
# caseload are made too: duty days over the whole council, and weeks of cover for a colleague.
SURNAMES = [
    f"{a}{b}"
    for a in "Flint Basalt Slate Marl Chalk Mica Shale Agate Ochre Clunch".split()
    for b in "ley worth ham ton den ford by wick stow mere low dale field gate bury wood hill more son er".split()
]
WORKERS, TEAM_OF, EACH, WEEKS = 60, 10, 16, 40
CURIOUS = 7


def year(seed):
    """Openings, facts and the numbers of the 145 that one worker had no need for."""
    chance = random.Random(seed)  # noqa: S311 - made-up people, no secrets
    held = {w: [f"c-{w}-{n}" for n in range(EACH)] for w in range(WORKERS)}
    children = [c for w in held for c in held[w]]
    holdings = {
        c: [Holding(worker_id=f"w-{w}", team_id=f"T{w // TEAM_OF}", since=date(2025, 6, 1))]
        for w in held
        for c in held[w]
    }

    def made_up(prefix, number):
        return known(
            names=[(f"{prefix}{number}", chance.choice(SURNAMES))],
            addresses=[(str(number), f"ZZ{prefix} 1ZZ")],
        )

    staff = {str(w): made_up("W", w) for w in range(WORKERS)}
    facts = {c: made_up("C", n) for n, c in enumerate(children)}
    made = []
    for week in range(WEEKS):
        monday = FIRST + timedelta(weeks=week)
        for w in range(WORKERS):
            seen = [c for c in held[w] if chance.random() < 0.8]
            if (week + w) % 4 == 0:  # a duty day, with whoever rings
                seen += chance.sample(children, 3)
            if week % 20 == w % 20:  # a week of cover for a colleague of the team
                seen += chance.sample(held[(w // TEAM_OF) * TEAM_OF + (w + 1) % TEAM_OF], 5)
            made += [(monday + timedelta(days=chance.randrange(5)), str(w), c) for c in seen]
    ordinary = set(range(1, len(made) + 1))
    others = [c for w in held if w // TEAM_OF != CURIOUS // TEAM_OF for c in held[w]]
    watched = chance.sample(others, 45)
    for n in range(145):
        day = FIRST + timedelta(weeks=n * WEEKS // 145, days=chance.randrange(5))
        made.append((day, str(CURIOUS), watched[n] if n < 45 else chance.choice(watched)))
    openings = [Opened(n, at(day), p, c) for n, (day, p, c) in enumerate(made, start=1)]
    return openings, staff, facts, holdings, ordinary


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_145_unneeded_openings_by_one_worker_are_found_and_the_false_alarms_are_as_stated(seed):
    openings, staff, facts, holdings, ordinary = year(seed)
    found = curious(
        openings,
        staff=staff,
        children=facts,
        holdings=holdings,
        answers_for=lambda person, _: AnswersFor(frozenset({f"w-{person}"})),
        role_of=dict.fromkeys(staff, "social worker"),
    )
    every = {f.opened.seq for f in found.flags}
    first = {f.opened.seq for f in found.flags if f.ask_first}
    unneeded = {o.seq for o in openings} - ordinary
    assert len(unneeded) == len(unneeded & every) == 145
    assert len(unneeded & first) >= 140
    assert len(ordinary & every) <= 0.075 * len(ordinary)  # the duty days and the weeks of cover, no more
    assert len(ordinary & first) <= 0.01 * len(ordinary)
