"""How a due date stands on the day of the figures: past it, due within a few working days, in time, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from evenlode.oversight.sentences import Shape
from evenlode.oversight.words import day_words, so_many
from evenlode.policy import Policy


@dataclass(frozen=True)
class Due:
    """A due date as a page shows it: shape and words of its state, and the date; blank where no clock runs."""

    shape: str
    words: str
    when: str
    day: date | None = None

    @property
    def late(self) -> bool:
        """Whether it is past."""
        return self.shape == Shape.OVER

    @property
    def soon(self) -> bool:
        """Whether it is due within the days that the council calls soon."""
        return self.shape == Shape.NEAR


NONE_DUE = Due("", "none due", "")
UNKNOWN = Due(str(Shape.CANNOT_TELL), "Cannot tell", "")


def soon_until(policy: Policy, as_at: date) -> date:
    """The last day that is soon: five working days off, unless the council has set another number."""
    return policy.clock("due_soon").due(as_at, policy.calendar_for("due_soon"))


def due(day: date | None, as_at: date, soon: date, *, untold: bool = False) -> Due:
    """How one date stands.  untold: a rule of this kind cannot tell, so that no date is no comfort."""
    if day is None:
        return UNKNOWN if untold else NONE_DUE
    left = (day - as_at).days
    when = day_words(day, as_at, short=True, weekday=as_at <= day <= soon)
    if left < 0:
        return Due(str(Shape.OVER), f"{so_many(-left, 'day')} over", when, day)
    if day <= soon:
        return Due(str(Shape.NEAR), so_many(left, "day") + " left" if left else "Today", when, day)
    return Due(str(Shape.IN_TIME), "In time", when, day)
