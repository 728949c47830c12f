"""Days that follow from a day but are no interval: school terms, and the birthdays DfE asks about.

Each is one more column of the `clock` table, worked out in Python like the others (decision 2).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import numpy as np

from evenlode.calendar.clocks import add_months_to_days
from evenlode.calendar.working_days import Days
from evenlode.policy import Policy

BIRTHDAYS = (17, 18, 19, 20, 21)
"""The birthdays round which DfE asks how care leavers are (SSDA903)."""


def next_term_end(days: Days, as_at: date, policy: Policy) -> Days:
    """The end of the school term after the one in which each day falls (CLA-E1).

    A holiday belongs to the term before it; the day of a term's end is still that term.
    """
    years = range(days[0].astype(object).year, as_at.year + 6)
    ends = np.array(
        sorted(f"{year}-{end}" for year in years for end in policy.lists["school_term_ends"]),
        dtype="datetime64[D]",
    )
    result: Days = ends[np.searchsorted(ends, days, side="left") + 1]
    return result


def birthday_window_end(days: Days, as_at: date, policy: Policy) -> Days:
    """For each day as a date of birth: the end of the newest birthday window that has opened (CL-08).

    A window runs from some months before a birthday of `BIRTHDAYS` to some after it; none opened
    yet is not a time.
    """
    before, after = (int(policy.numbers[f"birthday_{side}"]) for side in ("before", "after"))
    result: Days = np.full(days.shape, np.datetime64("NaT"), dtype="datetime64[D]")
    for age in BIRTHDAYS:
        birthday = add_months_to_days(days, 12 * age)
        opened = add_months_to_days(birthday, -before) <= np.datetime64(as_at)
        result = np.where(opened, add_months_to_days(birthday, after), result)
    return result


DAYS_TOLD: dict[str, Callable[[Days, date, Policy], Days]] = {
    "next_term_end": next_term_end,
    "birthday_window_end": birthday_window_end,
}
"""Name of the column to what fills it."""
