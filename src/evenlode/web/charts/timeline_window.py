"""Which days a child's timeline shows, and where on the drawing each of them stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from evenlode.oversight.timeline import Event
from evenlode.web.charts.drawing import GRID, INK, SOFT, how_wide, line, words

WIDTH, LEFT, NOW = 1200, 126, 1068
"""The whole width, where the days begin, and where the day of the figures stands; beyond it is what is due."""
MOST_DAYS, FEWEST_DAYS = 470, 120
TOP = 46


@dataclass(frozen=True)
class Window:
    """The days from start to as_at, drawn between LEFT and NOW."""

    start: date
    as_at: date

    def x(self, day: date) -> float:
        """Where a day stands; days before the start stand at the left edge."""
        days = (self.as_at - self.start).days
        return LEFT + (NOW - LEFT) * max((day - self.start).days, 0) / days

    def shows(self, event: Event) -> bool:
        """Whether any day of an event is drawn."""
        return event.ongoing or (event.until or event.on) >= self.start

    def months(self) -> Iterator[date]:
        """The first day of each month in it."""
        day = self.start.replace(day=1)
        while day <= self.as_at:
            if day >= self.start:
                yield day
            day = (day + timedelta(days=32)).replace(day=1)

    def grid(self, bottom: float) -> list[str]:
        """A line a month, its name above it, and the year above January and above the first."""
        months = list(self.months())
        apart = (NOW - LEFT) * 30 / (self.as_at - self.start).days
        every = 1 if apart > 42 else 2 if apart > 21 else 3
        parts, year = [], 0
        for n, month in enumerate(months):
            x = self.x(month)
            parts.append(line(x, TOP, x, bottom, GRID))
            if month.year != year and x < NOW - how_wide("2026", bold=True):
                parts.append(words(x, 16, str(month.year), bold=True))
                year = month.year
            if n % every == 0 and x < NOW - 30:
                parts.append(words(x, 36, f"{month:%b}", fill=SOFT))
        return parts

    def now(self, bottom: float, text: str) -> str:
        """The day of the figures, as an upright line with its words below."""
        return line(NOW, TOP - 4, NOW, bottom, INK, 2) + words(
            NOW + 60, bottom + 18, text, anchor="end", bold=True
        )


def window(events: list[Event], as_at: date) -> Window:
    """The days to show: back to the first event, at most about fifteen months, at least four."""
    first = min((event.on for event in events), default=as_at)
    days = min(max((as_at - first).days + 7, FEWEST_DAYS), MOST_DAYS)
    return Window(as_at - timedelta(days=days), as_at)
