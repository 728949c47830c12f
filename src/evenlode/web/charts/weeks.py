"""Load of each worker week by week: a number in every cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenlode.oversight.words import day_words, so_many
from evenlode.web.charts.chart import Chart, Number, known, whole_percent
from evenlode.web.charts.drawing import (
    BLUE_TINT,
    INK,
    NEAR,
    NEAR_TINT,
    OVER,
    SOFT,
    WHITE,
    box,
    cut,
    how_wide,
    picture,
    words,
)

ACROSS, DOWN, HEAD, FOOT = 64, 32, 26, 32
MOST_NAME = 200
CEILING, FAR_OVER = 100, 120
HOW = "A row a worker, a column a week; in each cell the load as per cent of the worker's ceiling."
KEY = "Per cent of each worker's own ceiling. Bold: over it. ?: cannot tell."


@dataclass(frozen=True)
class Weeks:
    """One worker's load, a value a week, per cent of the ceiling; None where it cannot be told."""

    name: str
    loads: tuple[Number | None, ...]


def weeks_heatmap(weeks: Sequence[date], workers: Sequence[Weeks], as_at: date) -> Chart:
    """How full was each worker in each of these weeks?

    The workers stand in the order in which they are given: by name, never by load.  Each name stands at both
    ends of its row, since a phone shows the newest weeks first.
    Raises ValueError where a worker has not one value a week.
    """
    for worker in workers:
        if len(worker.loads) != len(weeks):
            raise ValueError(
                f"{len(worker.loads)} loads for {so_many(len(weeks), 'week')}: give one a week, None if unknown"
            )
    left = min(max([how_wide(worker.name) for worker in workers] or [0.0]), MOST_NAME) + 12
    right = left + ACROSS * len(weeks)
    width, height = int(right + left), HEAD + DOWN * len(workers) + FOOT
    days = [day_words(week, as_at, short=True) for week in weeks]
    parts = [
        words(
            left + ACROSS * (n + 0.5),
            HEAD - 8,
            label.rpartition("\u00a0")[0] if len(label) > 6 else label,
            anchor="middle",
            fill=SOFT,
        )
        for n, label in enumerate(days)
    ]
    for down, worker in enumerate(workers):
        y = HEAD + DOWN * down
        name = cut(worker.name, MOST_NAME)
        parts += [words(left - 12, y + 21, name, anchor="end"), words(right + 12, y + 21, name)]
        parts += [_cell(left + ACROSS * n, y, load) for n, load in enumerate(worker.loads)]
    width = max(width, int(how_wide(KEY)) + 8)
    parts.append(words(width, height - 8, KEY, anchor="end", fill=SOFT))
    sentence = _said(weeks, workers, as_at)
    return Chart(
        picture(width, height, sentence, HOW, *parts),
        sentence,
        ("Worker", *days),
        tuple((w.name, *(whole_percent(load) for load in w.loads)) for w in workers),
        wide=True,
    )


def _cell(x: float, y: float, load: Number | None) -> str:
    inside = (x + 1, y + 1, ACROSS - 2, DOWN - 2)
    middle, foot = x + ACROSS / 2, y + 21
    if load is None:
        return box(*inside, WHITE, SOFT, "2.5 1.6") + words(middle, foot, "?", anchor="middle")
    shown = Decimal(load).quantize(Decimal(1), ROUND_HALF_UP)
    if load > FAR_OVER:
        return box(*inside, OVER) + words(middle, foot, str(shown), anchor="middle", bold=True, fill=WHITE)
    if load > CEILING:
        return box(*inside, NEAR_TINT, NEAR) + words(middle, foot, str(shown), anchor="middle", bold=True)
    return box(*inside, BLUE_TINT) + words(middle, foot, str(shown), anchor="middle", fill=INK)


def _said(weeks: Sequence[date], workers: Sequence[Weeks], as_at: date) -> str:
    if not weeks or not workers:
        return "No week is on record."
    last = [worker.loads[-1] for worker in workers]
    over = sum(load > CEILING for load in known(last))
    told = f"In the week of {day_words(weeks[-1], as_at)} {over} of {so_many(len(workers), 'worker')} {'holds' if over == 1 else 'hold'} more than the ceiling"
    unknown = last.count(None)
    return f"{told}; of {unknown} we cannot tell." if unknown else f"{told}."
