"""One measure beside others: ours beside England, the region and like councils; our teams beside one another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from evenlode.oversight.words import listed, so_many
from evenlode.web.charts.chart import Chart, Number, decimals_of, in_figures, known
from evenlode.web.charts.drawing import (
    AXIS,
    BLUE,
    INK,
    SOFT,
    TEAL,
    TEAL_DARK,
    WHITE,
    diamond,
    dot,
    how_wide,
    line,
    picture,
    ring,
    square,
    symbol,
    unknown,
    words,
)

WIDTH, HEIGHT = 330, 34
STRIP_WIDTH, STRIP_HEIGHT = 560, 98
NOT_PUBLISHED = "not published"


@dataclass(frozen=True)
class Others:
    """One measure for us and for those whom we look at beside us; None where there is no figure."""

    measure: str
    now: Number | None
    before: Number | None = None
    neighbours: Number | None = None
    region: Number | None = None
    england: Number | None = None
    unit: str = ""
    now_when: str = "now"
    before_when: str = "a year before"
    region_name: str = "the region"
    neighbours_name: str = "like councils"


@dataclass(frozen=True)
class Team:
    """One team's figure; None where it cannot be told."""

    name: str
    value: Number | None


def comparison_key(now: str, before: str, neighbours: str, region: str) -> tuple[tuple[str, str], ...]:
    """The shapes of `comparison_dots`, each with its words, for one key above a table of them."""
    return (
        (symbol(dot(14, 10, 7)), now),
        (symbol(ring(14, 10)), before),
        (symbol(square(14, 10, 11, TEAL, TEAL_DARK)), neighbours),
        (symbol(diamond(14, 10, 6.5, WHITE, INK)), region),
        (symbol(line(14, 1, 14, 19, INK, 2)), "England"),
    )


def comparison_dots(them: Others) -> Chart:
    """Where do we stand on one measure beside England, the region and like councils?

    The scale is the measure's own, from the lowest to the highest figure given; it says nothing of good or bad.
    """
    told = known([them.now, them.before, them.neighbours, them.region, them.england])
    sentence = f"{them.measure}: {'; '.join(f'{who} {value}' for who, value in _rows(them))}."
    parts = [line(8, HEIGHT / 2, WIDTH - 8, HEIGHT / 2, AXIS, 1)]
    if told:
        low, high = min(told), max(told)

        def x(value: Number) -> float:
            share = (Decimal(value) - low) / (high - low) if high > low else Decimal("0.5")
            return 24 + (WIDTH - 48) * float(share)

        y = HEIGHT / 2
        if them.england is not None:
            parts.append(line(x(them.england), 3, x(them.england), HEIGHT - 3, INK, 2))
        if them.region is not None:
            parts.append(diamond(x(them.region), y, 6.5, WHITE, INK))
        if them.neighbours is not None:
            parts.append(square(x(them.neighbours), y, 11, TEAL, TEAL_DARK))
        if them.before is not None:
            parts.append(ring(x(them.before), y))
        if them.now is not None:
            parts.append(dot(x(them.now), y, 7))
    if them.now is None:
        parts += (
            [unknown(10, HEIGHT / 2), words(22, HEIGHT / 2 + 5.5, "ours: cannot tell")] if not told else []
        )
    how = "Filled circle: ours now. Ring: ours before. Square: like councils. Diamond: the region. Upright line: England."
    return Chart(
        picture(WIDTH, HEIGHT, sentence, how, *parts), sentence, ("Whose", them.measure), _rows(them)
    )


def _rows(them: Others) -> tuple[tuple[str, str], ...]:
    places = decimals_of([them.now, them.before, them.neighbours, them.region, them.england])

    def ours(value: Number | None) -> str:
        return in_figures(value, them.unit, decimals=places)

    def published(value: Number | None) -> str:
        return NOT_PUBLISHED if value is None else ours(value)

    return (
        (f"ours {them.now_when}", ours(them.now)),
        (f"ours {them.before_when}", ours(them.before)),
        (them.neighbours_name, published(them.neighbours)),
        (them.region_name, published(them.region)),
        ("England", published(them.england)),
    )


def spread_strip(measure: str, teams: Sequence[Team], *, unit: str = "") -> Chart:
    """How far apart are the teams on one measure?

    Only the two ends are named; the rows keep the order in which the teams are given, so by name.
    """
    told = [(team, Decimal(team.value)) for team in teams if team.value is not None]
    places = decimals_of(value for _, value in told)
    headings = ("Team", measure)
    rows = tuple((team.name, in_figures(team.value, unit, decimals=places)) for team in teams)
    if not told:
        sentence = f"{measure}: cannot tell for any team."
        nothing = [unknown(10, 48), words(24, 54, "Cannot tell")]
        return Chart(
            picture(STRIP_WIDTH, STRIP_HEIGHT, sentence, "No figure.", *nothing), sentence, headings, rows
        )
    low, high = min(value for _, value in told), max(value for _, value in told)
    ends = [_end(told, value, unit, places) for value in dict.fromkeys((low, high))]
    centre = median(value for _, value in told)
    middle = f"middle {in_figures(centre, unit)}"
    sentence = (
        f"{measure}: from {ends[0]} to {ends[-1]}; {middle}" if len(ends) > 1 else f"{measure}: {ends[0]}"
    )
    unknowns = len(teams) - len(told)
    sentence += f"; for {so_many(unknowns, 'team')} we cannot tell." if unknowns else "."
    parts = _strip([value for _, value in told], centre, middle, ends)
    how = "A dot a team, the lowest figure at the left. The upright line is the middle team."
    return Chart(
        picture(STRIP_WIDTH, STRIP_HEIGHT, sentence, how, *parts), sentence, headings, rows, wide=True
    )


def _strip(values: Sequence[Decimal], centre: Decimal, middle: str, ends: Sequence[str]) -> list[str]:
    """The dots on their line, those alike above one another; the middle, and the names of the ends."""
    low, high, y = min(values), max(values), 48

    def x(value: Decimal) -> float:
        share = (value - low) / (high - low) if high > low else Decimal("0.5")
        return 40 + (STRIP_WIDTH - 80) * float(share)

    parts, alike = [line(8, y, STRIP_WIDTH - 8, y, AXIS, 1.5)], dict[Decimal, int]()
    for value in values:
        parts.append(dot(x(value), y - 5 * alike.get(value, 0), 5, BLUE, WHITE))
        alike[value] = alike.get(value, 0) + 1
    parts.append(line(x(centre), y - 13, x(centre), y + 13, INK, 2))
    parts.append(words(_inside(x(centre), middle), 20, middle, anchor="middle", fill=SOFT))
    for value, text in zip((low, high), ends, strict=False):
        parts.append(words(_inside(x(value), text), 84, text, anchor="middle"))
    return parts


def _end(told: Sequence[tuple[Team, Decimal]], value: Decimal, unit: str, places: int) -> str:
    """An end by name: one team or two; more are counted."""
    names = [team.name for team, its in told if its == value]
    who = listed(names) if len(names) < 3 else so_many(len(names), "team")
    return f"{who} {in_figures(value, unit, decimals=places)}"


def _inside(x: float, text: str) -> float:
    """The middle of a text so that it stays inside the strip."""
    half = how_wide(text) / 2 + 4
    return min(max(x, half), STRIP_WIDTH - half)
