"""Working days and months of the invented council, against the check values of practice-standards 1.1."""

from __future__ import annotations

from datetime import date

import pytest

from evenlode.demo.dates import BANK_HOLIDAYS, add_months, add_wd, date_of, day_of, wd_before

CHECK_VALUES = [
    (date(2026, 4, 2), 1, date(2026, 4, 7)),
    (date(2026, 3, 16), 45, date(2026, 5, 21)),
    (date(2026, 12, 11), 15, date(2027, 1, 6)),
    (date(2026, 11, 14), 45, date(2027, 1, 20)),
    (date(2012, 6, 1), 1, date(2012, 6, 6)),  # the jubilee
    (date(2020, 5, 7), 1, date(2020, 5, 11)),  # VE Day, moved to the Friday
    (date(2015, 12, 24), 1, date(2015, 12, 29)),  # Boxing Day on a Saturday
]


@pytest.mark.parametrize(("start", "n", "then"), CHECK_VALUES)
def test_working_days_are_counted_from_the_day_after(start, n, then):
    assert date_of(add_wd(day_of(start), n)) == then


def test_months_are_held_to_the_end_of_a_shorter_month():
    assert date_of(add_months(day_of(date(2026, 11, 30)), 3)) == date(2027, 2, 28)
    assert date_of(add_months(day_of(date(2024, 2, 29)), 12)) == date(2025, 2, 28)


def test_counting_back_undoes_counting_on():
    start = day_of(date(2026, 11, 20))
    assert all(add_wd(wd_before(start, n), n) == start for n in range(1, 60))


def test_every_year_has_its_eight_bank_holidays_or_more():
    assert all(len(days.split()) >= 8 for days in BANK_HOLIDAYS.values())
    assert sorted(BANK_HOLIDAYS) == list(range(2012, 2030))
