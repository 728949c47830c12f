"""A child's timeline: a lane a kind of event, the day of the figures as a line, what is past due hatched."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from evenlode.oversight.timeline import Event
from evenlode.oversight.timeline_kinds import Lane
from evenlode.oversight.words import day_words, so_many
from evenlode.web.charts.chart import Chart
from evenlode.web.charts.drawing import (
    BAND,
    INK,
    box,
    cross,
    diamond,
    dot,
    hatched,
    how_wide,
    picture,
    ring,
    square,
    symbol,
    tick,
    unknown,
    words,
)
from evenlode.web.charts.timeline_lanes import Flag, drawn_lane
from evenlode.web.charts.timeline_window import LEFT, TOP, WIDTH, window

HOW = (
    "A lane a kind of event, the oldest day at the left, the day of the figures at the black line. "
    "The same events stand in the list."
)


def timeline_key() -> tuple[tuple[str, str], ...]:
    """The shapes of the timeline, each with its words."""
    return (
        (symbol(dot(14, 10)), "seen alone, or held"),
        (symbol(ring(14, 10)), "seen with others"),
        (symbol(cross(14, 10)), "not seen"),
        (symbol(unknown(14, 10)), "cannot tell"),
        (symbol(square(14, 10)), "review or conference"),
        (symbol(diamond(14, 10)), "was due"),
        (symbol(hatched(2, 3, 24, 14)), "past due, or nobody"),
        (symbol(tick(14, 10)), "done"),
        (symbol(dot(14, 10, 8, INK)), "finding with that number"),
    )


def timeline(events: Iterable[Event], as_at: date, *, flags: Sequence[Flag] = (), says: str = "") -> Chart:
    """What happened for this child, and what is past due?

    events: those of `evenlode.oversight.timeline.Timeline`; the rows keep their order.  flags: its findings
    (`flags_of`).  says: the sentence above it, such as `Timeline.visits_in_words`.  What lies before the
    drawing begins, or finds no room in it, is counted in the sentence and stands in the rows.
    """
    told = list(events)
    days = window(told, as_at)
    shown = [event for event in told if days.shows(event)]
    grounds, marks = [], []
    bottom, left_out, n = float(TOP), len(told) - len(shown), 0
    for lane in Lane:
        theirs = [event for event in shown if event.lane is lane]
        its = [flag for flag in flags if flag.lane is lane]
        if not theirs and not its:
            continue
        drawn = drawn_lane(lane, theirs, its, days, bottom)
        if n % 2 == 0:
            grounds.append(box(0, bottom, WIDTH, drawn.height, BAND))
        marks += _named(lane, bottom + drawn.height / 2)
        marks += drawn.parts
        bottom, left_out, n = bottom + drawn.height, left_out + drawn.left_out, n + 1
    dated = f"figures as at {day_words(as_at, as_at, short=True)}\u00a0{as_at.year}"
    sentence = says or (f"{so_many(len(told), 'event')} on record." if told else "Nothing is on record.")
    if left_out:
        sentence += f" {so_many(left_out, 'event')} {'is' if left_out == 1 else 'are'} only in the list."
    parts = [*grounds, *days.grid(bottom), days.now(bottom, dated), *marks]
    drawing = picture(WIDTH, int(bottom) + 28, sentence, HOW, *parts)
    rows = tuple(_row(event, as_at) for event in told)
    return Chart(drawing, sentence, ("When", "What", "Who", "Recorded"), rows, wide=True)


def _named(lane: Lane, middle: float) -> list[str]:
    """A lane's name at the left, in two lines where one is too short for it."""
    first, also, second = lane.value.partition(" and ")
    if how_wide(lane.value, bold=True) < LEFT - 10 or not second:
        return [words(6, middle + 5.5, lane.value, bold=True)]
    return [
        words(6, middle - 4, f"{first}{also}".rstrip(), bold=True),
        words(6, middle + 15, second, bold=True),
    ]


def _row(event: Event, as_at: date) -> tuple[str, ...]:
    when = day_words(event.on, as_at, short=True)
    if event.until is not None and event.until != event.on:
        when += f" to {day_words(event.until, as_at, short=True)}"
    elif event.ongoing:
        when = f"since {when}"
    what = f"{event.words}; its dates cannot be right" if event.doubt else event.words
    recorded = day_words(event.recorded, as_at, short=True) if event.recorded else ""
    return (when, what, event.who, recorded)
