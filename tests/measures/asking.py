"""Asks one measure of a few rows written as small tables."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from tests.small_council import delivered_but, stored, untold_of

from evenlode.measures.answer import MeasureRow, history, measured
from evenlode.measures.measure import Level
from evenlode.measures.tally import MONTHLY_STEPS, YEARLY_STEPS
from evenlode.policy import shipped_policy
from evenlode.rules.evaluate import standing


def rows_of(as_at: str, *, missing: Iterable[str] = (), **tables: Any) -> list[MeasureRow]:
    """Every row of every measure."""
    since, release = tables.pop("since", None), tables.pop("for_release", False)
    return list(_rows(as_at, tuple(missing), tuple(sorted(tables.items())), since, release))


@cache
def _rows(
    as_at: str,
    missing: tuple[str, ...],
    tables: tuple[tuple[str, str], ...],
    since: str | None,
    release: bool,
) -> tuple[MeasureRow, ...]:
    """Worked out once for the tests that ask different measures of the same rows."""
    with standing(
        stored(dict(tables)),
        as_at=date.fromisoformat(as_at),
        policy=shipped_policy(),
        delivered=delivered_but(missing),
        untold=untold_of(missing),
        only=(*MONTHLY_STEPS, *YEARLY_STEPS),
    ) as day:
        first = date.fromisoformat(since) if since else None
        return tuple(measured(day, period_from=first, for_release=release))


def tell(measure: str, as_at: str, **tables: Any) -> MeasureRow:
    """The council's row of one measure."""
    (row,) = (r for r in rows_of(as_at, **tables) if r.measure.id == measure and r.level is Level.COUNCIL)
    return row


def figure(measure: str, as_at: str, **tables: Any) -> tuple[str, str, str]:
    """Numerator, denominator and value of the council's row as text, without needless noughts."""
    return said(tell(measure, as_at, **tables))


def said(row: MeasureRow) -> tuple[str, str, str]:
    """Numerator, denominator and value as text."""
    return plain(row.numerator), plain(row.denominator), "" if row.value is None else str(row.value)


def plain(value: Any) -> str:
    return "" if value is None else f"{value.normalize():f}"


def by_unit(measure: str, level: str, as_at: str, **tables: Any) -> dict[str, tuple[str, str, str]]:
    """The rows of one measure at one level, by unit."""
    return {
        r.unit_id: said(r) for r in rows_of(as_at, **tables) if r.measure.id == measure and r.level == level
    }


def at_month_ends(
    measure: str, as_at: str, months: int, **tables: Any
) -> dict[str, tuple[tuple[str, str, str], str]]:
    """The council's row of one measure at earlier month ends, with why not."""
    found = history(
        stored(tables),
        as_at=date.fromisoformat(as_at),
        months=months,
        policy=shipped_policy(),
        delivered=delivered_but(),
    )
    return {
        r.as_at.isoformat(): (said(r), r.why)
        for r in found
        if r.measure.id == measure and r.level is Level.COUNCIL
    }
