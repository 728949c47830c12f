"""One lane of a child's timeline: bars in as many rows as they need, or marks on one line; flags at its end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from evenlode.oversight.timeline import Event
from evenlode.oversight.timeline_kinds import Lane, Mark
from evenlode.web.charts.drawing import (
    AXIS,
    BLUE,
    BLUE_TINT,
    INK,
    OVER,
    WHITE,
    box,
    cross,
    cut,
    diamond,
    dot,
    hatched,
    how_wide,
    line,
    numbered,
    ring,
    square,
    tick,
    unknown,
    words,
)
from evenlode.web.charts.timeline_window import LEFT, NOW, WIDTH, Window

ROW, BAR, EDGE, LEAST = 27, 20, 9, 44
MOST_ROWS, MOST_LABEL, LEAST_BAR = 3, 260, 4
POINTS = frozenset({Lane.VISITS, Lane.REVIEWS, Lane.SUPERVISION})
"""Lanes of events that last one day; in the others they last."""


@dataclass(frozen=True)
class Flag:
    """A finding on the timeline: its number in the list above, its lane, since when it is past due, and short words.

    due: None where it has no due date.  record_id: the event that it is about, where there is one.
    """

    number: int
    lane: Lane
    due: date | None = None
    words: str = ""
    record_id: str = ""


@dataclass(frozen=True)
class Drawn:
    """A lane's shapes, its height, and how many of its events found no room."""

    parts: tuple[str, ...]
    height: float
    left_out: int


@dataclass(frozen=True)
class Bar:
    """An event that lasts, where it is drawn, and its label with its place."""

    event: Event
    row: int
    left: float
    right: float
    label: str
    at: float
    inside: bool


def drawn_lane(lane: Lane, events: Sequence[Event], flags: Sequence[Flag], days: Window, top: float) -> Drawn:
    """One lane from its top down."""
    bars = [] if lane in POINTS else _in_rows(events, flags, days)
    rows = max([bar.row + 1 for bar in bars] or [1])
    height = max(LEAST, rows * ROW + 2 * EDGE - (ROW - BAR), len(flags[:MOST_ROWS]) * 24 + EDGE)
    if lane in POINTS:
        parts = _points(lane, events, flags, days, top + height / 2)
    else:
        parts = [part for bar in bars for part in _bar(bar, flags, days, top + EDGE)]
    parts += _flags(flags, top + height / 2)
    return Drawn(tuple(parts), height, len(events) - len(bars) if lane not in POINTS else 0)


def _label(event: Event) -> str:
    """What stands beside a bar: for a worker's spell who it is, else what it is."""
    if event.lane is Lane.WORKERS and event.who:
        return event.who
    return event.words.removeprefix("Action: ")


def _in_rows(events: Sequence[Event], flags: Sequence[Flag], days: Window) -> list[Bar]:
    """Each event in the first row that has room for it and its label: what a finding is about first, then the newest."""
    taken: list[list[tuple[float, float]]] = []
    bars = []
    about = {flag.record_id for flag in flags} - {""}
    for event in sorted(
        events, key=lambda e: (e.record_id not in about, not e.ongoing, -e.on.toordinal(), e.words)
    ):
        left = days.x(event.on)
        right = NOW if event.ongoing else max(days.x(event.until or event.on), left + LEAST_BAR)
        done = 16 if event.mark is Mark.DONE else 0
        label = cut(_label(event), MOST_LABEL, bold=event.ongoing)
        wide = how_wide(label, bold=event.ongoing)
        if wide + 14 <= right - left:
            at, inside, span = left + 7, True, (left, right + done)
        elif right + done + 6 + wide <= NOW - 6:
            at, inside, span = right + done + 6, False, (left, right + done + 6 + wide)
        else:
            label = cut(label, max(left - LEFT - 8, 0))
            wide = how_wide(label)
            at, inside, span = left - 6 - wide, False, (left - 10 - wide, right + done)
        row = next(
            (n for n, its in enumerate(taken) if all(span[1] <= a or b <= span[0] for a, b in its)),
            len(taken),
        )
        if row == MOST_ROWS:
            continue
        if row == len(taken):
            taken.append([])
        taken[row].append(span)
        bars.append(Bar(event, row, left, right, label, at, inside))
    return bars


def _bar(bar: Bar, flags: Sequence[Flag], days: Window, top: float) -> Iterator[str]:
    event, y = bar.event, top + bar.row * ROW
    text = y + BAR / 2 + 5.5
    lasting = event.ongoing and event.lane is not Lane.ACTIONS
    if event.doubt:
        yield unknown(bar.left + 6, y + BAR / 2, 12)
    elif event.mark is Mark.GAP:
        yield hatched(bar.left, y, bar.right - bar.left, BAR)
    else:
        yield box(bar.left, y, bar.right - bar.left, BAR, BLUE if lasting else BLUE_TINT, BLUE)
    for flag in flags:
        if flag.due and flag.record_id and flag.record_id == event.record_id and flag.due < days.as_at:
            yield hatched(days.x(flag.due), y, bar.right - days.x(flag.due), BAR)
    if event.mark is Mark.DONE:
        yield tick(bar.right + 9, y + BAR / 2)
    colour = WHITE if lasting and bar.inside else OVER if event.mark is Mark.GAP else INK
    if bar.label:
        yield words(bar.at, text, bar.label, bold=lasting or event.mark is Mark.GAP, fill=colour)


def _points(
    lane: Lane, events: Sequence[Event], flags: Sequence[Flag], days: Window, middle: float
) -> list[str]:
    """Marks on one line; what is past due is hatched from its due date, under the marks."""
    parts = [line(LEFT, middle, NOW, middle, AXIS)] if lane is Lane.SUPERVISION else []
    due = [flag.due for flag in flags if flag.due is not None and flag.due <= days.as_at]
    parts += [hatched(days.x(day), middle - 7, NOW - days.x(day), 14) for day in due[:1]]
    ordered = sorted(events, key=lambda e: e.on)
    parts += [_mark(event, days.x(event.on), middle) for event in ordered]
    if lane is Lane.REVIEWS:
        parts += _named_points(ordered, days, middle)
    parts += [diamond(days.x(day), middle) for day in due]
    return parts


def _named_points(ordered: Sequence[Event], days: Window, middle: float) -> Iterator[str]:
    """What each mark is, at its right or else at its left, where there is room before the next."""
    places = [days.x(event.on) for event in ordered]
    free = float(LEFT)
    for event, x, beyond in zip(ordered, places, [*places, float(NOW)][1:], strict=True):
        wide = how_wide(event.words) + 18
        if wide < beyond - x:
            yield words(x + 10, middle + 5.5, event.words)
            free = x + wide
        elif wide < x - free:
            yield words(x - 10, middle + 5.5, event.words, anchor="end")
            free = x + 10
        else:
            free = x + 10


def _mark(event: Event, x: float, y: float) -> str:
    """The shape of an event of one day; a visit at which nobody was seen stands above the line."""
    if event.doubt or event.mark is Mark.NOT_RECORDED:
        return unknown(x, y)
    if event.mark is Mark.NOT_SEEN:
        return cross(x, y - 13)
    if event.mark is Mark.SEEN:
        return ring(x, y)
    return square(x, y) if event.lane is Lane.REVIEWS else dot(x, y)


def _flags(flags: Sequence[Flag], middle: float) -> list[str]:
    """The numbers of the findings beside the day of the figures: three with words, more only as numbers."""
    shown = list(flags[:MOST_ROWS])
    first = middle - 12 * (len(shown) - 1)
    parts = []
    for n, flag in enumerate(shown):
        y = first + 24 * n
        parts.append(numbered(NOW + 17, y, flag.number))
        more = f" +{len(flags) - MOST_ROWS}" if n == MOST_ROWS - 1 and len(flags) > MOST_ROWS else ""
        text = cut(flag.words, WIDTH - NOW - 34 - how_wide(more, bold=True), bold=True) + more
        if text:
            parts.append(words(NOW + 32, y + 5.5, text, bold=True, fill=OVER if flag.due else INK))
    return parts
