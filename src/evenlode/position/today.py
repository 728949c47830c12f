"""What stands for time: the as-at date with the days that follow from it, and every clock's due dates.

Rules never do date sums.  `clock` holds a row a day and a column an interval of the policy, so that
"ten working days after 3 November" is looked up and is the same on every engine; the as-at date and
the days counted from it are values that Python works out (docs/decisions/0002).
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pyarrow as pa

from evenlode.calendar import Clock, Unit, add_months
from evenlode.policy import CLOCKS, Policy
from evenlode.position.days_told import DAYS_TOLD

CLOCK_FROM = date(1920, 1, 1)
"""No date of the record lies before this: readers refuse older ones."""

HALVED = ("supervision_", "worker_supervision")
"""How the names of the clocks begin of which half an interval is needed too (SUP-10)."""

CLOCK_SCHEMA: dict[str, str] = {
    "day": "date",
    "day_number": "int64",
    **{c.name: "date" for c in CLOCKS},
    **{f"{c.name}_half": "date" for c in CLOCKS if c.name.startswith(HALVED)},
    **{f"{c.name}_before": "date" for c in CLOCKS if c.before},
    **dict.fromkeys(DAYS_TOLD, "date"),
}

DAYS: tuple[str, ...] = (
    "as_at",
    "soon_by",
    "placement_window",
    "worker_window",
    "rereferral_window",
    "recent_moves_after",
)
"""The as-at date, and the days that the policy counts on or back from it."""

STAND_INS: dict[str, date] = {name: date(9001 + place, 11, 23) for place, name in enumerate(DAYS)}
"""The date that stands for each in compiled text: one that no record, policy or rule can hold."""


def days_of(as_at: date, policy: Policy) -> dict[str, date]:
    """Each name of DAYS to its date.

    A window's day is the window's first: "the 12 months to D" begin on the day after D - 12 months.
    """

    def back(setting: str) -> date:
        return add_months(as_at, -int(policy.numbers[setting])) + timedelta(days=1)

    return {
        "as_at": as_at,
        "soon_by": policy.clock("due_soon").due(as_at, policy.calendar_for("due_soon")),
        "placement_window": back("placement_window_months"),
        "worker_window": back("worker_window_months"),
        "rereferral_window": back("rereferral_window_months"),
        "recent_moves_after": back("recent_moves_months") - timedelta(days=1),
    }


_KEPT: dict[tuple[date, str], pa.Table] = {}
"""The clock tables of the last few days asked for: a page asks for the same one again and again."""


def clock_table(as_at: date, policy: Policy) -> pa.Table:
    """The clock table of a day and a policy, worked out once."""
    key = (as_at, policy.fingerprint)
    if key not in _KEPT:
        while len(_KEPT) >= 4:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = _clocks(as_at, policy)
    return _KEPT[key]


def _clocks(as_at: date, policy: Policy) -> pa.Table:
    """A row for every day up to the as-at date and a little beyond; a column a clock.

    `_half` columns hold half a supervision interval: a gap is red from its due date on by that
    much, which is 1.5 intervals from the last supervision (SUP-10).  `_before` columns count back:
    the last day from which the interval has run out by then.  `day_number` counts days, so that an
    interval that stands in the record itself can be added.
    """
    days = np.arange(np.datetime64(CLOCK_FROM), np.datetime64(as_at) + np.timedelta64(800, "D"))
    columns: dict[str, pa.Array] = {"day": pa.array(days), "day_number": pa.array(days.astype("int64"))}
    for name in (c.name for c in CLOCKS):
        columns[name] = pa.array(policy.clock(name).due_for_days(days, policy.calendar_for(name)))
        if name.startswith(HALVED):
            half = _half_of(policy.clock(name))
            columns[f"{name}_half"] = pa.array(half.due_for_days(days, policy.calendar_for(name)))
    for name in (c.name for c in CLOCKS if c.before):
        due = policy.clock(name).due_for_days(days, policy.calendar_for(name))
        place = np.searchsorted(due, days, side="right") - 1
        # Days on which nothing can have run out yet stand at the table's very beginning.
        columns[f"{name}_before"] = pa.array(days[np.maximum(place, 0)], mask=place < 0)
    for name, told in DAYS_TOLD.items():
        columns[name] = pa.array(told(days, as_at, policy))
    return pa.table(columns)


def _half_of(clock: Clock) -> Clock:
    """Half an interval, rounded up to a whole day; half a month is 15 days."""
    if clock.unit is Unit.MONTHS:
        return Clock(15 * clock.n, Unit.DAYS)
    return Clock(-(-clock.n // 2), clock.unit)
