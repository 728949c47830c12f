"""A finding that somebody explained, and for how long that holds."""

from __future__ import annotations

from datetime import date

import pytest
from tests.oversight.told import LA, finding

from evenlode.oversight.explained import Explanation, Reason, explained, holding

LATE = finding("CP-05", "1", due="2026-11-17")


def note(since: date, until: date, text: str = "Agreed with the parents.") -> Explanation:
    return Explanation(LATE.key, Reason.ABROAD, text, "W1", since, until)


@pytest.mark.parametrize(
    ("day", "holds"),
    [
        (date(2026, 11, 9), False),
        (date(2026, 11, 10), True),
        (date(2026, 11, 27), True),
        (date(2026, 11, 28), False),
    ],
)
def test_it_holds_from_its_first_day_to_its_last_and_then_the_finding_is_back(day, holds):
    assert bool(holding([note(date(2026, 11, 10), date(2026, 11, 27))], day)) is holds


def test_of_two_the_one_that_ends_last_is_told():
    short, long = note(date(2026, 11, 1), date(2026, 11, 22)), note(date(2026, 11, 1), date(2026, 11, 27))
    assert holding([long, short], date(2026, 11, 20)) == {LATE.key: long}


def test_it_asks_for_words_and_for_an_end_after_its_beginning():
    with pytest.raises(ValueError, match="few words"):
        note(date(2026, 11, 1), date(2026, 11, 2), " ")
    with pytest.raises(ValueError, match="later one"):
        note(date(2026, 11, 2), date(2026, 11, 1))


def test_what_we_cannot_tell_is_not_explained_away():
    unsure = finding("CP-05", "1", state="cannot_tell")
    held = holding([note(date(2026, 11, 1), date(2026, 11, 27))], date(2026, 11, 20))
    assert explained([unsure], held) == ()
    assert [f.subject for f, _ in explained([LATE], held)] == [(LA, "1")]
