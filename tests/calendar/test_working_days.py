"""Working days, bank holidays and clocks, against counts made another way."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenlode.calendar import ENGLAND, Clock, Unit, add_months, add_working_days, england_with_closures

DAYS = st.dates(date(2012, 1, 1), date(2029, 11, 30))


def easter(year: int) -> date:
    """Easter Sunday by the Gregorian rule, written out anew for this test."""
    a, b, c = year % 19, year // 100, year % 100
    h = (19 * a + b - b // 4 - (b - (b + 8) // 25 + 1) // 3 + 15) % 30
    m = (a + 11 * h) // 451
    ell = (32 + 2 * (b % 4) + 2 * (c // 4) - h - c % 4) % 7
    month, day = divmod(h + ell - 7 * m + 114, 31)
    return date(year, month, day + 1)


def holidays_by_rule(year: int) -> set[date]:
    """The eight ordinary bank holidays of a year, moved from weekends; one-off days apart."""

    def last_monday(month: int) -> date:
        end = date(year, month + 1, 1) - timedelta(1)
        return end - timedelta(end.weekday())

    may = date(year, 5, 1)
    found = {easter(year) - timedelta(2), easter(year) + timedelta(1), last_monday(5), last_monday(8)}
    found.add(may + timedelta((7 - may.weekday()) % 7))
    new_year = date(year, 1, 1)
    found.add(new_year + timedelta({5: 2, 6: 1}.get(new_year.weekday(), 0)))
    christmas = date(year, 12, 25)
    moved = {4: (0, 3), 5: (2, 3), 6: (1, 2)}.get(christmas.weekday(), (0, 1))
    found.update(christmas + timedelta(n) for n in moved)
    return found


ONE_OFF = {
    2012: ({date(2012, 5, 28)}, {date(2012, 6, 4), date(2012, 6, 5)}),  # Diamond Jubilee
    2020: ({date(2020, 5, 4)}, {date(2020, 5, 8)}),  # VE Day
    2022: ({date(2022, 5, 30)}, {date(2022, 6, 2), date(2022, 6, 3), date(2022, 9, 19)}),
    2023: (set(), {date(2023, 5, 8)}),  # Coronation
}


@pytest.mark.parametrize("year", range(2012, 2030))
def test_the_shipped_bank_holidays_are_those_of_the_rule_and_the_proclamations(year):
    gone, added = ONE_OFF.get(year, (set(), set()))
    shipped = {h for h in ENGLAND.holidays if h.year == year}
    assert shipped == (holidays_by_rule(year) - gone) | added


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [  # practice-standards.md 1.1, check values
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 3, 16), 45, date(2026, 5, 21)),
        (date(2026, 12, 11), 15, date(2027, 1, 6)),
        (date(2026, 11, 14), 45, date(2027, 1, 20)),
    ],
)
def test_the_published_check_values_come_out(start, n, due):
    assert add_working_days(start, n) == due


def count_on(start: date, n: int) -> date:
    day = start
    while n:
        day += timedelta(1)
        n -= day.weekday() < 5 and day not in ENGLAND.holidays
    return day


@given(DAYS, st.integers(1, 60))
def test_the_nth_working_day_is_the_one_a_person_counts_to(start, n):
    assert add_working_days(start, n) == count_on(start, n)


@given(DAYS, st.integers(1, 60))
def test_a_deadline_is_always_a_working_day_after_the_start(start, n):
    due = add_working_days(start, n)
    assert due > start
    assert ENGLAND.is_working_day(due)


@given(DAYS, DAYS, st.integers(1, 60))
def test_a_later_start_never_has_an_earlier_deadline(one, other, n):
    first, second = sorted((one, other))
    assert add_working_days(first, n) <= add_working_days(second, n)


@given(DAYS, st.integers(-300, 300))
def test_months_keep_the_day_of_the_month_or_fall_on_its_last(start, n):
    due = add_months(start, n)
    assert (due.year * 12 + due.month) - (start.year * 12 + start.month) == n
    assert due.day == start.day or (due.day < start.day and (due + timedelta(1)).day == 1)


@pytest.mark.parametrize(
    ("start", "n", "due"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
    ],
)
def test_months_are_clamped_to_the_end_of_a_shorter_month(start, n, due):
    assert add_months(start, n) == due


@pytest.mark.parametrize("unit", list(Unit))
@given(start=DAYS, n=st.integers(2, 40))
def test_counting_the_first_day_makes_a_deadline_one_day_earlier(unit, start, n):
    plain, counted = Clock(n, unit), Clock(n, unit, count_start_day=True)
    earlier = Clock(n - 1, unit).due(start) if unit is Unit.WORKING_DAYS else plain.due(start) - timedelta(1)
    assert counted.due(start) == earlier


def test_an_interval_of_nothing_is_refused():
    with pytest.raises(ValueError, match="1 or more"):
        Clock(0, Unit.DAYS)


def test_a_clock_says_itself_in_words():
    assert str(Clock(10, Unit.WORKING_DAYS)) == "10 working days"
    assert str(Clock(1, Unit.MONTHS, count_start_day=True)) == "1 month, the first day counted"


def test_a_closed_day_moves_a_deadline_and_the_next_year_is_known():
    closed = england_with_closures([date(2026, 11, 20)])
    assert closed.add(date(2026, 11, 19), 1) == date(2026, 11, 23)
    assert ENGLAND.covers(date(2029, 5, 1))
    assert not ENGLAND.covers(date(2031, 5, 1))
