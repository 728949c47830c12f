"""Which days are working days, and what is the nth working day after a date (G-01, G-02)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import yaml

Days = npt.NDArray[np.datetime64]


@dataclass(frozen=True)
class WorkingCalendar:
    """Monday to Friday without the given holidays.

    holidays: the days that are not worked although they fall on a weekday.
    It does not know holidays outside the years it was given: there, every weekday counts as worked
    (`covers` tells).
    """

    holidays: frozenset[date]
    _business: np.busdaycalendar = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        days = np.array(sorted(self.holidays), dtype="datetime64[D]")
        object.__setattr__(self, "_business", np.busdaycalendar(holidays=days))

    def is_working_day(self, day: date) -> bool:
        """Is this day worked?  Source: G-01."""
        return bool(np.is_busday(np.datetime64(day), busdaycal=self._business))

    def covers(self, day: date) -> bool:
        """Are the bank holidays of this day's year known to this calendar?"""
        return any(h.year == day.year for h in self.holidays)

    def add(self, day: date, n: int) -> date:
        """The nth working day after `day`; `day` itself is day 0, worked or not.  Source: G-02."""
        result = self.add_to_days(np.array([day], dtype="datetime64[D]"), n)[0]
        return result.astype(object)  # type: ignore[no-any-return]

    def add_to_days(self, days: Days, n: int) -> Days:
        """The same for many days at once: datetime64[D] in, datetime64[D] out."""
        return np.busday_offset(days, n, roll="backward", busdaycal=self._business)

    def with_closures(self, closures: Iterable[date]) -> WorkingCalendar:
        """This calendar with a council's own closure days added.

        A closure list must never shift a clock set by law (G-01); the policy sees to that.
        """
        return WorkingCalendar(self.holidays | frozenset(closures))


@cache
def _shipped_holidays() -> frozenset[date]:
    text = files("evenlode.calendar").joinpath("bank_holidays_england.yaml").read_text("utf-8")
    years: dict[int, list[date]] = yaml.load(text, Loader=yaml.CSafeLoader)
    return frozenset(day for days in years.values() for day in days)


ENGLAND = WorkingCalendar(_shipped_holidays())
"""Working days in England with the bank holidays of 2012 to 2029."""


def england_with_closures(closures: Iterable[date]) -> WorkingCalendar:
    """England's working days less a council's closure days."""
    closed = frozenset(closures)
    return ENGLAND.with_closures(closed) if closed else ENGLAND


def add_working_days(day: date, n: int, calendar: WorkingCalendar = ENGLAND) -> date:
    """The nth working day after `day` in England.

    Worked example (practice-standards.md 1.1): Thursday 2 April 2026 + 1 = Tuesday 7 April 2026.
    """
    return calendar.add(day, n)
