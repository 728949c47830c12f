"""Days, months and working days (G-01 to G-05)."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from functools import cache

NO_DATE = {date(1900, 1, 1), date(2300, 1, 1), date(9999, 12, 31)}
SHAPES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y%m%d")


@cache
def read_date(text):
    """A date, or None where the cell holds no real date ("ASAP", blank, 1900-01-01)."""
    text = (text or "").strip()
    if not text:
        return None
    first = text.replace("T", " ").split(" ")[0]
    for shape in SHAPES:
        try:
            found = datetime.strptime(first, shape).date()  # noqa: DTZ007 - days only
        except ValueError:
            continue
        return None if found in NO_DATE else found
    return None


def plus_days(day, n):
    return day + timedelta(days=n)


def plus_months(day, n):
    """G-05: calendar months, clamped to the month's end."""
    count = day.year * 12 + (day.month - 1) + n
    year, month = divmod(count, 12)
    month += 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def easter(year):
    """Gregorian Easter Sunday (anonymous computus)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month = (h + m - 7 * n + 114) // 31
    return date(year, month, (h + m - 7 * n + 114) % 31 + 1)


def first_monday(year, month):
    day = date(year, month, 1)
    while day.weekday() != 0:
        day = plus_days(day, 1)
    return day


def last_monday(year, month):
    day = date(year, month, monthrange(year, month)[1])
    while day.weekday() != 0:
        day = plus_days(day, -1)
    return day


ONE_OFF = {
    date(2012, 6, 4),
    date(2012, 6, 5),
    date(2020, 5, 8),
    date(2022, 6, 2),
    date(2022, 6, 3),
    date(2022, 9, 19),
    date(2023, 5, 8),
}
MOVED_AWAY = {date(2012, 5, 28), date(2020, 5, 4), date(2022, 5, 30)}


def holidays_of(year):
    days = {
        plus_days(easter(year), -2),
        plus_days(easter(year), 1),
        first_monday(year, 5),
        last_monday(year, 5),
        last_monday(year, 8),
    }
    new_year = date(year, 1, 1)
    while new_year.weekday() >= 5:
        new_year = plus_days(new_year, 1)
    days.add(new_year)
    taken = set()
    for day in (date(year, 12, 25), date(year, 12, 26)):
        if day.weekday() < 5:
            taken.add(day)
    for day in (date(year, 12, 25), date(year, 12, 26)):
        if day.weekday() >= 5:
            substitute = day
            while substitute.weekday() >= 5 or substitute in taken:
                substitute = plus_days(substitute, 1)
            taken.add(substitute)
    days |= taken
    days |= {day for day in ONE_OFF if day.year == year}
    return days - MOVED_AWAY


# "bank holidays shipped from 2012": before that only weekends are no working days
HOLIDAYS = set()
for _year in range(2012, 2051):
    HOLIDAYS |= holidays_of(_year)


def working_day(day):
    return day.weekday() < 5 and day not in HOLIDAYS


@cache
def add_wd(day, n):
    """G-02: the day itself is day 0 whatever day of the week it is; the nth working day after it."""
    while n > 0:
        day = plus_days(day, 1)
        if working_day(day):
            n -= 1
    return day
