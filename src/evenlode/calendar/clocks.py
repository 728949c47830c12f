"""An interval that a rule or a policy sets, and the date it runs out (G-02 to G-06)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from evenlode.calendar.working_days import ENGLAND, Days, WorkingCalendar


class Unit(StrEnum):
    """What an interval is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    MONTHS = "months"


@dataclass(frozen=True)
class Clock:
    """An interval such as "10 working days" or "3 months".

    n: how many, 1 or more.  unit: working days, calendar days or calendar months.
    count_start_day: the council counts the first day as day 1, which makes the deadline a day
    earlier (G-06).
    Raises ValueError where n is below 1.
    """

    n: int
    unit: Unit
    count_start_day: bool = False

    def __post_init__(self) -> None:
        if self.n < 1:
            raise ValueError(f"an interval must be 1 or more, not {self.n}")

    def due(self, start: date, calendar: WorkingCalendar = ENGLAND) -> date:
        """The last day on which this is still in time, counted from `start`."""
        result = self.due_for_days(np.array([start], dtype="datetime64[D]"), calendar)[0]
        return result.astype(object)  # type: ignore[no-any-return]

    def due_for_days(self, days: Days, calendar: WorkingCalendar = ENGLAND) -> Days:
        """The same for many days at once: datetime64[D] in, datetime64[D] out."""
        early = 1 if self.count_start_day else 0
        if self.unit is Unit.WORKING_DAYS:
            return calendar.add_to_days(days, self.n - early)
        if self.unit is Unit.DAYS:
            return days + np.timedelta64(self.n - early, "D")
        return add_months_to_days(days, self.n) - np.timedelta64(early, "D")

    def __str__(self) -> str:
        words = {Unit.WORKING_DAYS: "working day", Unit.DAYS: "day", Unit.MONTHS: "month"}
        counted = f"{self.n} {words[self.unit]}{'' if self.n == 1 else 's'}"
        return f"{counted}, the first day counted" if self.count_start_day else counted


def add_months(day: date, n: int) -> date:
    """`n` calendar months after `day` (before it, where n is negative), clamped to the month's end.

    Worked example: 30 November + 3 months = 28 or 29 February (G-05).
    """
    result = add_months_to_days(np.array([day], dtype="datetime64[D]"), n)[0]
    return result.astype(object)  # type: ignore[no-any-return]


def add_months_to_days(days: Days, n: int) -> Days:
    """The same for many days at once: datetime64[D] in, datetime64[D] out."""
    months = days.astype("datetime64[M]")
    day_of_month = days - months.astype("datetime64[D]")
    target = months + np.timedelta64(n, "M")
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    result: Days = np.minimum(target.astype("datetime64[D]") + day_of_month, last)
    return result
