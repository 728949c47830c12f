"""What every chart is: a drawing, its sentence, and the same figures as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from math import ceil

from evenlode.oversight.words import KEPT_TOGETHER

Number = Decimal | int
Row = tuple[str, ...]

CANNOT_TELL = "cannot tell"


@dataclass(frozen=True)
class Chart:
    """A chart as a page shows it.

    svg: the drawing, whole and safe to put on a page; it has no style attribute and no script.
    sentence: what it shows; it stands above the drawing and is the drawing's name for who cannot see it.
    headings, rows: the same figures as a table, words in every cell.
    wide: it keeps its size on a phone and scrolls in a box of its own.
    """

    svg: str
    sentence: str
    headings: Row
    rows: tuple[Row, ...]
    wide: bool = False


def in_figures(value: Number | None, unit: str = "", *, decimals: int | None = None) -> str:
    """A number as a chart writes it: whole, or with one decimal where it has any; None is "cannot tell".

    unit: "%" stands after a space that does not break.  decimals: as many for every figure that stands
    together (`decimals_of`).
    """
    if value is None:
        return CANNOT_TELL
    rounded = Decimal(value).quantize(Decimal("0.1") if decimals != 0 else Decimal(1), ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    text = f"{whole:,f}" if whole == rounded and not decimals else f"{rounded:,f}"
    return f"{text}{KEPT_TOGETHER}{unit}" if unit else text


def decimals_of(values: Iterable[Number | None]) -> int:
    """How many decimals figures that stand together are written with: one where any has one, else none."""
    rounded = (value.quantize(Decimal("0.1"), ROUND_HALF_UP) for value in known(values))
    return int(any(value != value.to_integral_value() for value in rounded))


def whole_percent(value: Number | None) -> str:
    """A share of a ceiling as a chart writes it: whole per cents; halves go up."""
    if value is None:
        return CANNOT_TELL
    return in_figures(Decimal(value).quantize(Decimal(1), ROUND_HALF_UP), "%")


def known(values: Iterable[Number | None]) -> list[Decimal]:
    """The values that are known."""
    return [Decimal(value) for value in values if value is not None]


SIZES = tuple(Decimal(size) for size in ("1", "1.5", "2", "2.5", "3", "4", "5"))
SMALL_SIZES = tuple(Decimal(size) for size in ("1", "2", "5"))


def steps(values: Iterable[Number | None], intervals: int = 2) -> tuple[Decimal, Decimal]:
    """The lowest value of a scale and its step, round numbers both, so that so many steps hold every value."""
    seen = known(values) or [Decimal(0)]
    low, high = min(seen), max(seen)
    power = Decimal("0.1") if decimals_of(seen) else Decimal(1)
    while True:
        for size in SMALL_SIZES if power < 1 else SIZES:
            step = size * power
            start = (low / step).to_integral_value(ROUND_FLOOR) * step
            if start + intervals * step >= high:
                return start, step
        power *= 10


def up_to(value: Number, step: int) -> int:
    """The next whole step at or above a value."""
    return ceil(Decimal(value) / step) * step
