"""Counting days for the invented council: working days, months, and how each extract writes a date.

A day is a whole number (days since 1 January 1985), so that a million visits can be dated quickly.
The bank holidays are those of practice-standards.md 1.1 for 2022 to 2029; 2012 to 2021 were worked out by hand
(substitute days, the 2012 jubilee and the moved VE Day of 2020 included).
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

FIRST_DATE = date(1985, 1, 1)
LAST_DATE = date(2032, 12, 31)
EARLIEST_AS_AT = date(2018, 1, 1)
LATEST_AS_AT = date(2029, 6, 30)
_EPOCH = FIRST_DATE.toordinal()

BANK_HOLIDAYS: dict[int, str] = {
    2012: "01-02 04-06 04-09 05-07 06-04 06-05 08-27 12-25 12-26",
    2013: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2014: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2015: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2016: "01-01 03-25 03-28 05-02 05-30 08-29 12-26 12-27",
    2017: "01-02 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2018: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
    2019: "01-01 04-19 04-22 05-06 05-27 08-26 12-25 12-26",
    2020: "01-01 04-10 04-13 05-08 05-25 08-31 12-25 12-28",
    2021: "01-01 04-02 04-05 05-03 05-31 08-30 12-27 12-28",
    2022: "01-03 04-15 04-18 05-02 06-02 06-03 08-29 09-19 12-26 12-27",
    2023: "01-02 04-07 04-10 05-01 05-08 05-29 08-28 12-25 12-26",
    2024: "01-01 03-29 04-01 05-06 05-27 08-26 12-25 12-26",
    2025: "01-01 04-18 04-21 05-05 05-26 08-25 12-25 12-26",
    2026: "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28",
    2027: "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28",
    2028: "01-03 04-14 04-17 05-01 05-29 08-28 12-25 12-26",
    2029: "01-01 03-30 04-02 05-07 05-28 08-27 12-25 12-26",
}


def day_of(when: date) -> int:
    """The day number of a date."""
    return when.toordinal() - _EPOCH


def date_of(day: int) -> date:
    """The date of a day number."""
    return date.fromordinal(day + _EPOCH)


def _holidays() -> set[date]:
    """Every bank holiday shipped here."""
    return {
        date.fromisoformat(f"{year}-{text}") for year, days in BANK_HOLIDAYS.items() for text in days.split()
    }


def _working_days() -> tuple[list[int], list[int]]:
    """All working days in order, and for every day how many working days fell on or before it."""
    closed, days, counts = _holidays(), [], []
    when = FIRST_DATE
    for day in range(day_of(LAST_DATE) + 1):
        if when.weekday() < 5 and when not in closed:
            days.append(day)
        counts.append(len(days))
        when += timedelta(days=1)
    return days, counts


_WORKING, _COUNT = _working_days()


def add_wd(day: int, n: int) -> int:
    """The n-th working day after a day (the day itself is day 0, whatever weekday it is)."""
    return _WORKING[_COUNT[day] + n - 1]


def wd_before(day: int, n: int) -> int:
    """The working day n working days before the last working day on or before a day; n = 0 is that day."""
    return _WORKING[_COUNT[day] - 1 - n]


def working_days_between(first: int, last: int) -> int:
    """How many working days fall after the first day and on or before the last."""
    return _COUNT[last] - _COUNT[first]


def add_months(day: int, months: int) -> int:
    """The same date some calendar months on (or back), held to the end of a shorter month."""
    when = date_of(day)
    index = when.year * 12 + when.month - 1 + months
    year, month = divmod(index, 12)
    return day_of(date(year, month + 1, min(when.day, monthrange(year, month + 1)[1])))


def birthday(born: int, age: int) -> int:
    """The day somebody reaches an age."""
    return add_months(born, 12 * age)


def age_on(born: int, day: int) -> int:
    """Age in whole years on a day."""
    was, now = date_of(born), date_of(day)
    return now.year - was.year - ((now.month, now.day) < (was.month, was.day))


def _texts(pattern: str) -> dict[int | None, str]:
    """Every day written in one style; no day is written as nothing."""
    texts: dict[int | None, str] = {None: ""}
    for day in range(day_of(LAST_DATE) + 1):
        texts[day] = date_of(day).strftime(pattern)
    return texts


SSD = _texts("%Y-%m-%d 00:00:00.000")
UK = _texts("%d/%m/%Y")
ISO = _texts("%Y-%m-%d")


def on_working_day(day: int) -> int:
    """The day itself if it is a working day, else the last working day before it."""
    return _WORKING[_COUNT[day] - 1]
