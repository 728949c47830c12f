"""Working days, bank holidays and clocks: every date sum that Evenlode makes is made here.

What may enter: dates and intervals.  What may leave: dates.  Nothing here knows about children.
Rules of counting: practice-standards.md section 1, G-01 to G-14.
"""

from evenlode.calendar.clocks import Clock, Unit, add_months
from evenlode.calendar.working_days import (
    ENGLAND,
    WorkingCalendar,
    add_working_days,
    england_with_closures,
)

__all__ = [
    "ENGLAND",
    "Clock",
    "Unit",
    "WorkingCalendar",
    "add_months",
    "add_working_days",
    "england_with_closures",
]
