"""When a rise of a measure is said before anybody asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from evenlode.measures.book import MEASURE_BY_ID
from evenlode.measures.rises import RISES, risen
from evenlode.policy import NUMBERS, shipped_policy

ENDS = (date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30), date(2026, 10, 31))
POLICY = shipped_policy()


def points(*values):
    return [(end, None if v is None else Decimal(v)) for end, v in zip(ENDS, values, strict=True)]


def test_three_rises_in_a_row_of_one_child_or_more_in_all_are_said():
    rise = risen("WF-05", points("15.9", "15.7", "16.4", "17.2", "18.1"), POLICY)
    assert rise is not None
    assert (rise.since, rise.by, rise.least) == (date(2026, 7, 31), Decimal("2.4"), Decimal("1.0"))


def test_a_month_without_a_rise_breaks_it_however_far_it_went_up():
    assert risen("WF-05", points("10", "12", "14", "14", "18"), POLICY) is None


def test_a_rise_smaller_than_the_council_asks_to_be_told_of_is_not_said():
    assert risen("WF-05", points("15", "15.1", "15.2", "15.3", "15.4"), POLICY) is None


def test_a_month_that_cannot_be_told_is_no_rise():
    assert risen("WF-05", points("15", "16", None, "18", "19"), POLICY) is None


def test_what_has_too_few_months_is_not_said():
    assert risen("WF-05", points("1", "2", "3", "4", "5")[:3], POLICY) is None


def test_a_council_sets_after_how_many_months_and_by_how_much():
    calmer = replace(
        POLICY, numbers={**POLICY.numbers, "rise_months": Decimal(4), "rise_caseload": Decimal(3)}
    )
    assert risen("WF-05", points("15", "15.5", "16", "17", "18"), calmer) is not None
    assert risen("WF-05", points("15", "15.5", "16", "17", "17.9"), calmer) is None


def test_a_measure_that_nobody_watches_is_never_said():
    assert risen("WF-03", points("1", "20", "300", "4000", "50000"), POLICY) is None


def test_every_watched_measure_is_told_again_at_month_ends_and_has_its_own_setting():
    numbers = {n.name for n in NUMBERS}
    assert all(MEASURE_BY_ID[m].monthly for m in RISES)
    assert set(RISES.values()) <= numbers
