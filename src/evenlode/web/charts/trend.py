"""One figure over time, small: its last value is named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evenlode.web.charts.chart import CANNOT_TELL, Chart, Number, decimals_of, in_figures, steps
from evenlode.web.charts.drawing import BLUE, GRID, SOFT, dot, element, how_wide, line, picture, words

WIDTH, HEIGHT = 380, 148
LEFT, RIGHT, TOP, BOTTOM = 48, 296, 14, 112
HOW = "A line from the oldest figure at the left to the newest at the right; the newest is named."


@dataclass(frozen=True)
class Point:
    """One figure: when, as short words ("Nov"), and its value; None where it cannot be told."""

    when: str
    value: Number | None


def small_trend(measure: str, points: Sequence[Point], *, unit: str = "", says: str = "") -> Chart:
    """How has one figure moved?

    points: oldest first.  A figure that cannot be told is a gap in the line, never a zero.
    says: the sentence above it, where the page has a better one.
    """
    places = decimals_of(point.value for point in points)
    sentence = says or _said(measure, points, unit, places)
    last = in_figures(points[-1].value, unit, decimals=places) if points else ""
    return Chart(
        picture(WIDTH, HEIGHT, sentence, HOW, *_drawn(points, last)),
        sentence,
        ("When", measure),
        tuple((point.when, in_figures(point.value, unit, decimals=places)) for point in points),
    )


def _drawn(points: Sequence[Point], last: str) -> list[str]:
    """The scale, the line and the last value in words."""
    low, step = steps(point.value for point in points)
    high, axis = low + 2 * step, decimals_of([low, low + step])
    across = (RIGHT - LEFT) / max(len(points) - 1, 1)
    places = [LEFT + across * n if len(points) > 1 else float(RIGHT) for n in range(len(points))]

    def y(value: Number) -> float:
        return BOTTOM - (BOTTOM - TOP) * float((value - low) / (high - low))

    parts: list[str] = []
    for value in (low, low + step, high):
        parts.append(line(LEFT, y(value), RIGHT, y(value), GRID))
        parts.append(
            words(LEFT - 8, y(value) + 5.5, in_figures(value, decimals=axis), anchor="end", fill=SOFT)
        )
    spots = [None if p.value is None else (x, y(p.value)) for x, p in zip(places, points, strict=True)]
    parts += _runs(spots)
    parts += [
        words(places[n], HEIGHT - 8, points[n].when, anchor="middle", fill=SOFT)
        for n in _labelled(points, across)
    ]
    if spots and spots[-1]:
        parts.append(dot(*spots[-1], 5))
    at = spots[-1][1] if spots and spots[-1] else (TOP + BOTTOM) / 2
    parts.append(words(RIGHT + 10, at + 5.5, last, bold=bool(spots and spots[-1])))
    return parts


def _runs(places: Sequence[tuple[float, float] | None]) -> list[str]:
    """The line, broken where a figure is missing; a figure alone between two gaps is a dot."""
    out, run = [], []
    for place in [*places, None]:
        if place is not None:
            run.append(place)
            continue
        if len(run) == 1:
            out.append(dot(*run[0], 2.5))
        elif run:
            spots = " ".join(f"{px:.1f},{py:.1f}" for px, py in run)
            out.append(element("polyline", points=spots, fill="none", stroke=BLUE, stroke_width=2.5))
        run = []
    return out


def _labelled(points: Sequence[Point], across: float) -> list[int]:
    """Which months are written: the first, the last, and those between that have room."""
    if not points:
        return []
    last = len(points) - 1
    widest = max(how_wide(point.when) for point in points)
    every = max(1, round((widest + 24) / across + 0.5)) if across else 1
    return [n for n in range(0, last, every) if (last - n) * across > widest + 12] + [last]


def _said(measure: str, points: Sequence[Point], unit: str, places: int) -> str:
    told = [point for point in points if point.value is not None]
    if not told:
        return f"{measure}: {CANNOT_TELL}."
    first, last = told[0], told[-1]
    sentence = f"{measure}: {in_figures(last.value, unit, decimals=places)} in {last.when}"
    if first is not last:
        sentence += f"; it was {in_figures(first.value, unit, decimals=places)} in {first.when}"
    if points[-1].value is None:
        sentence += f"; {points[-1].when} we cannot tell"
    return f"{sentence}."
