"""Days in England, and spells of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

COUNCIL_TIME = ZoneInfo("Europe/London")
"""Posts begin and end at midnight in England."""


def day_of(at: datetime) -> date:
    """The day in England at a moment; a moment without a time zone is refused."""
    if at.tzinfo is None:
        raise ValueError("the moment has no time zone, so its day is not known")
    return at.astimezone(COUNCIL_TIME).date()


@dataclass(frozen=True, kw_only=True)
class Spell:
    """Something that holds from a day (included) until a day (not included); no last day yet where blank."""

    since: date
    until: date | None = None

    def on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.since <= day and (self.until is None or day < self.until)
