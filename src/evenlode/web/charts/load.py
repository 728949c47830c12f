"""A worker's load against the ceiling, and what one more child would make of it."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from evenlode.web.charts.chart import Chart, Number, known, up_to, whole_percent
from evenlode.web.charts.drawing import (
    BLUE,
    INK,
    NEAR,
    NEAR_SHAPE,
    WHITE,
    box,
    hatched,
    line,
    picture,
    unknown,
    words,
)

WIDTH, HEIGHT, BAR, TOP = 300, 48, 18, 6
SCALE = 120
CEILING = Decimal(100)
HOW = "Bar: the load. Upright line: the ceiling, 100 per cent. Hatched: above the ceiling."


def scale_for(loads: Iterable[Number | None]) -> int:
    """The end of the scale for bars that stand together: 120 %, or wider where anyone holds more."""
    return max([SCALE, *(up_to(value, 20) for value in known(loads))])


def load_bar(
    whose: str,
    load: Number | None,
    *,
    added: Number | None = None,
    scale: int | None = None,
    instead: str = "Cannot tell",
) -> Chart:
    """How much of the ceiling does this worker hold, and how much with one more child?

    load, added: per cent of the worker's own ceiling.  scale: that of the bars beside it (`scale_for`); a bar
    that is longer widens it.  instead: the words where no load can be told, such as for no hours; never 0 %.
    """
    if load is None:
        return _untold(whose, instead)
    now = Decimal(load)
    then = now + Decimal(added or 0)
    end = max(scale or SCALE, scale_for([now, then]))
    per = (WIDTH - 2) / Decimal(end)
    upto, last, ceiling = (float(1 + per * value) for value in (now, then, CEILING))
    parts = [box(1, TOP, WIDTH - 2, BAR, WHITE, "#8F9499"), box(1, TOP, min(upto, ceiling) - 1, BAR, BLUE)]
    if upto > ceiling:
        parts.append(hatched(ceiling, TOP, upto - ceiling, BAR))
    if last > upto:
        parts.append(box(upto, TOP, last - upto, BAR, NEAR_SHAPE, NEAR))
    parts.append(line(ceiling, TOP - 4, ceiling, TOP + BAR + 4, INK, 2))
    parts += _named(upto, last, now, then)
    sentence = f"{whose} holds {whole_percent(now)} of the ceiling."
    rows: tuple[tuple[str, ...], ...] = (("Now", whole_percent(now)),)
    if added is not None:
        sentence = f"This takes {whose} from {whole_percent(now)} to {whole_percent(then)} of the ceiling."
        rows = (*rows, ("With this child", whole_percent(then)))
    how = HOW if end == SCALE else f"{HOW} The scale ends at {end} per cent."
    return Chart(picture(WIDTH, HEIGHT, sentence, how, *parts), sentence, ("When", "Of the ceiling"), rows)


def _named(upto: float, last: float, now: Decimal, then: Decimal) -> list[str]:
    """The numbers under the bar, never over one another and never outside."""
    y = HEIGHT - 4
    if now == then:
        return [words(min(max(upto, 46), WIDTH), y, whole_percent(now), anchor="end", bold=True)]
    right = min(max(last + 24, 100), WIDTH)
    return [
        words(right - 56, y, whole_percent(now), anchor="end"),
        words(right, y, whole_percent(then), anchor="end", bold=True),
    ]


def _untold(whose: str, instead: str) -> Chart:
    sentence = f"{whose}: {instead[:1].lower()}{instead[1:]}."
    drawn = picture(WIDTH, HEIGHT, sentence, HOW, unknown(9, 15, 14), words(24, 21, instead))
    return Chart(drawn, sentence, ("When", "Of the ceiling"), (("Now", instead),))
