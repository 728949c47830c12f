"""Puts England, the region and the statistical neighbours beside a council's own figure."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from evenlode.measures.book import MEASURE_BY_ID
from evenlode.measures.measure import one_decimal
from evenlode.published import MARKS, Figure, Published


@dataclass(frozen=True)
class Beside:
    """The published figures for one measure, all of one year and one edition.

    own: the council's own published figure.  neighbours: the median of the statistical neighbours
    that have a figure.  note: marks, joint returns and editions that differ.
    """

    england: Decimal | None
    region: Decimal | None
    neighbours: Decimal | None
    own: Decimal | None
    year: int
    taken: str
    vintage: str
    note: str


def value_of(figure: Figure) -> Decimal | None:
    """The published value, or the same measure worked out from the published counts."""
    if figure.value is not None or figure.mark:
        return figure.value
    formula = MEASURE_BY_ID[figure.indicator].formula
    return formula.of(figure.parts, year_ends=date(figure.year, 9, 30)).value


def median(values: Iterable[Decimal]) -> Decimal | None:
    """The middle value, or half-way between the two in the middle, to one decimal."""
    ordered = sorted(values)
    if not ordered:
        return None
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return one_decimal((Fraction(low) + Fraction(high)) / 2)


def beside(published: Published, la_code: str) -> dict[str, Beside]:
    """What is published for each measure, for this council (its three-figure code).

    The newest year for which England has a figure, from the newest edition that has it; region and
    neighbours are of the same year and edition.
    """
    by_measure: dict[str, list[Figure]] = {}
    for figure in published.figures:
        by_measure.setdefault(figure.indicator, []).append(figure)
    neighbours = published.neighbours.get(la_code, ())
    found = {}
    for measure, figures in by_measure.items():
        one = _one(figures, la_code, neighbours)
        if one:
            found[measure] = one
    return found


def _one(figures: list[Figure], la_code: str, neighbours: tuple[str, ...]) -> Beside | None:
    nation = [f for f in figures if f.level == "england" and value_of(f) is not None]
    if not nation:
        return None
    newest = max(nation, key=lambda f: (f.year, f.newness))
    same = [f for f in figures if f.year == newest.year and f.file == newest.file]
    own = next((f for f in same if la_code in f.councils), None)
    last = max((f for f in figures if la_code in f.councils), key=lambda f: (f.year, f.newness), default=None)
    region = next((f for f in same if last and f.level == "region" and f.area == last.region), None)
    near = {f.area: f for f in same if set(f.councils) & set(neighbours)}
    values = [v for f in near.values() if (v := value_of(f)) is not None]
    return Beside(
        value_of(newest),
        value_of(region) if region else None,
        median(values),
        value_of(own) if own else None,
        newest.year,
        newest.taken,
        newest.vintage,
        _note(newest, nation, own, last, region, neighbours, len(values)),
    )


def _note(
    newest: Figure,
    nation: list[Figure],
    own: Figure | None,
    last: Figure | None,
    region: Figure | None,
    neighbours: tuple[str, ...],
    counted: int,
) -> str:
    said = []
    if last is None:
        said.append("the council's code is not in the published file: name it with --council")
    elif own is None:
        said.append(f"the council was last published for {last.year} ({last.name})")
    else:
        if own.mark:
            said.append(
                f"the council's own figure is marked {own.mark} ({MARKS.get(own.mark, 'unknown mark')})"
            )
        if own.joint:
            said.append(f"the council's own figure is a joint return: {own.name}")
    if region:
        mark = f", marked {region.mark} ({MARKS.get(region.mark, 'unknown mark')})" if region.mark else ""
        said.append(f"region: {region.name}{mark}")
    if neighbours:
        said.append(f"median of {counted} of {len(neighbours)} statistical neighbours")
    said += [
        f"another edition gives England {value_of(f)} ({f.vintage})"
        for f in nation
        if f.year == newest.year and f.file != newest.file and value_of(f) != value_of(newest)
    ]
    return "; ".join(said)
