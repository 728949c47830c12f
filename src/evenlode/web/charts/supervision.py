"""When supervision was held over half a year, and where it was past due."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from evenlode.oversight.words import day_words, so_many
from evenlode.web.charts.chart import Chart
from evenlode.web.charts.drawing import AXIS, INK, SOFT, dot, hatched, line, picture, words

WIDTH, HEIGHT, MIDDLE = 300, 48, 15
FIRST, LAST = 8, WIDTH - 8
HOW = "Dots: supervision held. Hatched: past its due date. Black line at the right: the day of the figures."


@dataclass(frozen=True)
class Late:
    """A stretch past due: from the due date to the day it was held; until None while it is not held yet."""

    due: date
    until: date | None


def six_months_before(day: date) -> date:
    """The same day half a year earlier, or the last day of that month."""
    year, month = (day.year, day.month - 6) if day.month > 6 else (day.year - 1, day.month + 6)
    for back in range(4):
        try:
            return date(year, month, day.day - back)
        except ValueError:
            continue
    raise AssertionError(day)  # pragma: no cover - no month is shorter than 28 days


def supervision_line(whose: str, held: Sequence[date], late: Sequence[Late], as_at: date) -> Chart:
    """When was supervision held in the last six months, and where was it past due?

    held: the days it was held.  late: the stretches past due by the council's own rule; nothing is
    worked out here.  Days outside the six months are left out.
    """
    start = six_months_before(as_at)
    days = (as_at - start).days

    def x(day: date) -> float:
        return FIRST + (LAST - FIRST) * (day - start).days / days

    shown = sorted(day for day in held if start <= day <= as_at)
    spans = sorted(
        (one for one in late if max(one.due, start) < min(one.until or as_at, as_at)), key=lambda one: one.due
    )
    sentence = f"{whose}: {_said(shown, spans, start, as_at)}"
    parts = [line(FIRST, MIDDLE, LAST, MIDDLE, AXIS, 1.5)]
    for one in spans:
        left, right = x(max(one.due, start)), x(min(one.until or as_at, as_at))
        parts.append(hatched(left, MIDDLE - 7, right - left, 14))
    parts += [dot(x(day), MIDDLE, 5) for day in shown]
    parts.append(line(LAST, MIDDLE - 11, LAST, MIDDLE + 11, INK, 2))
    parts.append(words(0, HEIGHT - 4, day_words(start, as_at, short=True), fill=SOFT))
    parts.append(words(WIDTH, HEIGHT - 4, day_words(as_at, as_at, short=True), anchor="end", fill=SOFT))
    rows = [(day, "Held", day_words(day, as_at)) for day in shown]
    rows += [(one.due, "Past due", _stretch(one, as_at)) for one in spans]
    return Chart(
        picture(WIDTH, HEIGHT, sentence, HOW, *parts),
        sentence,
        ("What", "When"),
        tuple((what, when) for _, what, when in sorted(rows)),
    )


def _said(shown: Sequence[date], spans: Sequence[Late], start: date, as_at: date) -> str:
    since = f"from {day_words(start, as_at)} to {day_words(as_at, as_at)}"
    often = {1: "once", 2: "twice"}.get(len(shown), so_many(len(shown), "time"))
    told = f"supervision held {often} {since}"
    if not shown:
        told = f"no supervision is on record {since}"
    if spans:
        told += f"; past due {', '.join(_stretch(one, as_at) for one in spans)}"
    return f"{told}."


def _stretch(one: Late, as_at: date) -> str:
    if one.until is None or one.until > as_at:
        return f"since {day_words(one.due, as_at)}"
    return f"{day_words(one.due, as_at)} to {day_words(one.until, as_at)}"
