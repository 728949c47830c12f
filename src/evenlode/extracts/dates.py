"""A cell of text as a date: every form that extracts use, and why others are refused."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from enum import StrEnum

FIRST_YEAR = 1920
LAST_YEAR = 2120
NO_DATE = frozenset({dt.date(1900, 1, 1), dt.date(2300, 1, 1), dt.date(9999, 12, 31)})
"""Dates that stand for none: some scripts write them for blank or open-ended."""

_TIME = (
    r"(?:[T ]\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::\d{2}(?:[.,]\d{1,9})?)?\s*(?P<half>[AaPp][Mm])?"
    r"\s*(?P<zone>Z|z|UTC|[+-]\d{2}(?::?\d{2})?)?)?"
)
_ISO = re.compile(r"(?P<year>\d{4})([-/.])(?P<month>\d{1,2})\2(?P<day>\d{1,2})" + _TIME)
_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})" + _TIME)
_UK = re.compile(r"(?P<day>\d{1,2})([-/.])(?P<month>\d{1,2})\2(?P<year>\d{4})" + _TIME)
_NAMED = re.compile(r"(?P<day>\d{1,2})[-/ .](?P<name>[A-Za-z]{3,9})[-/ .,]{1,2}(?P<year>\d{4})" + _TIME)
_NAMED_FIRST = re.compile(
    r"(?P<name>[A-Za-z]{3,9}) {1,2}(?P<day>\d{1,2}),? (?P<year>\d{4})" + _TIME.replace("[T ]", "[T ]{1,2}")
)
_SHORT_YEAR = re.compile(r"\d{1,2}([-/. ])(?:\d{1,2}|[A-Za-z]{3,9})\1\d{2}" + _TIME)
_SERIAL = re.compile(r"(?P<days>\d{1,7})(?:\.(?P<part>\d+))?")
_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_EXCEL_DAY_NOUGHT = dt.date(1899, 12, 30)
_UTC = {"Z", "z", "UTC", "+00", "+0000", "+00:00"}
_HARMLESS = re.compile(r"[0-9 :/.,+\-TZ]{1,30}")


class Order(StrEnum):
    """What a date of three numbers shows about which of them is the month."""

    NOTHING = "nothing"
    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    EITHER = "either"


@dataclass(frozen=True)
class ReadDate:
    """The date of one cell, or why there is none.

    day: None where the cell means no date, or cannot be read.  fault: why it cannot.
    kind: the fault without the value.  moved: a time in UTC that fell on the next day in England.
    """

    day: dt.date | None = None
    kind: str = ""
    fault: str = ""
    order: Order = Order.NOTHING
    moved: bool = False


def read_date(text: str) -> ReadDate:
    """The date that a cell holds; the time of day is left out."""
    for form, order in (
        (_ISO, False),
        (_UK, True),
        (_COMPACT, False),
        (_NAMED, False),
        (_NAMED_FIRST, False),
    ):
        found = form.fullmatch(text)
        if found:
            return _from_parts(text, found, of_numbers=order)
    serial = _SERIAL.fullmatch(text)
    if serial:
        return _from_serial(text, serial)
    if _SHORT_YEAR.fullmatch(text):
        return _unreadable(text, "has a year of two digits, so that the century is not known")
    return _unreadable(text, "is not a date")


def _from_parts(text: str, found: re.Match[str], *, of_numbers: bool) -> ReadDate:
    parts = found.groupdict()
    year, day = int(parts["year"]), int(parts["day"])
    month = _month(parts["name"]) if "name" in parts else int(parts["month"])
    if month == 0:
        return _unreadable(text, "is not a date")
    try:
        date = dt.date(year, month, day)
    except ValueError:
        if month > 12 >= day >= 1 and month <= 31:
            fault = _unreadable(
                text,
                "is not a date: it looks as if the month stands before the day, as Americans write it"
                if of_numbers
                else "is not a date: it looks as if day and month were swapped",
            )
            return ReadDate(None, fault.kind, fault.fault, Order.MONTH_FIRST if of_numbers else Order.NOTHING)
        return _unreadable(text, "is not a date")
    if date in NO_DATE:
        return ReadDate()
    order = Order.NOTHING
    if of_numbers:
        order = Order.DAY_FIRST if day > 12 else Order.EITHER if day != month else Order.NOTHING
    return _in_range(text, _in_england(date, parts), order=order, moved=_in_england(date, parts) != date)


def _month(name: str) -> int:
    """Of `Feb`, `Sept` or `February`; 0 where no month begins so."""
    said = name.lower()
    return next((at for at, full in enumerate(_MONTHS, 1) if full.startswith(said)), 0)


def _from_serial(text: str, found: re.Match[str]) -> ReadDate:
    """Excel counts days from the end of 1899."""
    days = int(found["days"])
    if days > 2_958_465 or (len(found["days"]) == 8 and not found["part"]):
        return _unreadable(text, "is not a date")
    date = dt.date(1900, 1, 1) if days == 1 else _EXCEL_DAY_NOUGHT + dt.timedelta(days=days)
    if date in NO_DATE:
        return ReadDate()
    if days < 10_000:
        return _unreadable(text, "is not a date")
    return _in_range(text, date)


def _in_range(text: str, date: dt.date, *, order: Order = Order.NOTHING, moved: bool = False) -> ReadDate:
    if not FIRST_YEAR <= date.year <= LAST_YEAR:
        return _unreadable(text, f"is outside the years {FIRST_YEAR} to {LAST_YEAR}")
    return ReadDate(date, order=order, moved=moved)


def _unreadable(text: str, why: str) -> ReadDate:
    """The value is named only where it can be nothing but figures: words might be about a child."""
    said = f'"{text}"' if _HARMLESS.fullmatch(text) else "the value"
    return ReadDate(None, why, f"{said} {why}")


def _in_england(date: dt.date, parts: dict[str, str | None]) -> dt.date:
    """The day in England of a time marked as UTC: midnight in summer is written 23:00 the day before."""
    if parts.get("zone") not in _UTC or parts["hour"] is None:
        return date
    if int(parts["hour"]) == 23 and _summer_time(date):
        return date + dt.timedelta(days=1)
    return date


def _summer_time(date: dt.date) -> bool:
    """Whether clocks are an hour ahead at 23:00 UTC of that day."""
    return _last_sunday(date.year, 3) <= date < _last_sunday(date.year, 10)


def _last_sunday(year: int, month: int) -> dt.date:
    end = dt.date(year, month, 31)
    return end - dt.timedelta(days=(end.weekday() + 1) % 7)
