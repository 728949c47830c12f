"""One published figure, and what a row for two councils means when councils are added up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

SEPARATOR = " / "


@dataclass(frozen=True)
class Figure:
    """One figure of one area and year, as one file gives it.

    value: None where the file holds a mark, which is kept in `mark`.  parts: the counts behind it by
    name, None where marked.  councils: the three-figure codes the row stands for; more than one is a
    joint return.  published_as_of: when the file was published, where its folder says so.
    """

    indicator: str
    year: int
    level: str
    area: str
    name: str
    region: str
    councils: tuple[str, ...]
    value: Decimal | None
    mark: str
    parts: dict[str, Decimal | None]
    file: str
    goes_to: int = 0
    published_as_of: str = ""
    taken: str = field(default="", compare=False)

    @property
    def joint(self) -> bool:
        """Does one row stand for several councils?"""
        return len(self.councils) > 1

    @property
    def vintage(self) -> str:
        """Which edition of the statistics this is: two editions of one figure may differ."""
        said = f"published as of {self.published_as_of}, " if self.published_as_of else ""
        return f"{said}edition to {self.goes_to} ({self.file})"

    @property
    def newness(self) -> tuple[str, int, str]:
        """Sorts editions: the day of publication, else the newest year the file goes to."""
        return (self.published_as_of, self.goes_to, self.file)


def number_or_mark(cell: str) -> tuple[Decimal | None, str]:
    """A cell's number, or the mark that stands in its place (never nought for a mark)."""
    text = cell.strip()
    try:
        value = Decimal(text.replace(",", ""))
    except InvalidOperation:
        return None, text
    return (value, "") if value.is_finite() else (None, text)


@dataclass(frozen=True)
class Share:
    """One council's view of a figure.  A joint figure is the same figure for each of its councils."""

    council: str
    figure: Figure

    @property
    def joint(self) -> bool:
        """Is the figure shared with other councils, so that it is not this council's alone?"""
        return self.figure.joint


def shares(figures: Iterable[Figure]) -> list[Share]:
    """Each council's view; a joint return is split into its councils and stays marked joint."""
    return [Share(council, figure) for figure in figures for council in figure.councils]


def total(views: Iterable[Share], part: str) -> Decimal | None:
    """The sum of one count over councils, each joint return once; None where any of it is missing."""
    once: dict[tuple[str, int, str, str], Figure] = {}
    for view in views:
        f = view.figure
        once[f.indicator, f.year, f.area, f.file] = f
    counts = [f.parts.get(part) for f in once.values()]
    if not counts or any(c is None for c in counts):
        return None
    return sum((c for c in counts if c is not None), Decimal(0))
