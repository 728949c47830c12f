"""The table of measures, and what each one means."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from evenlode.measures.answer import MeasureRow
from evenlode.measures.book import MEASURES, in_words, needs
from evenlode.reports.sheets import Heading, Sheet, Value

MEASURE_HEADINGS = (
    Heading("la_code", width=9),
    Heading("measure_id", width=11),
    Heading("name", width=44),
    Heading("level", width=9),
    Heading("unit_id", width=10),
    Heading("unit_name", width=24),
    Heading("as_at", "date", 12),
    Heading("period_from", "date", 12),
    Heading("numerator", "decimal", 12),
    Heading("denominator", "decimal", 12),
    Heading("value", "decimal", 9),
    Heading("unit", width=20),
    Heading("status", width=12),
    Heading("why", width=40),
    Heading("note", width=50),
    Heading("england", "decimal", 9),
    Heading("region", "decimal", 9),
    Heading("neighbours", "decimal", 10),
    Heading("own_published", "decimal", 10),
    Heading("published_year", "int", 9),
    Heading("published_as_at", width=22),
    Heading("published_edition", width=40),
    Heading("published_note", width=60),
)
"""The columns of a file of measures."""

_THREE_PLACES = Decimal("0.001")


def measures_sheet(rows: Iterable[MeasureRow]) -> Sheet:
    """One row a measure, unit and day."""
    return Sheet("Measures", MEASURE_HEADINGS, [_row(r) for r in rows])


def _row(row: MeasureRow) -> tuple[Value, ...]:
    told = row.published
    return (
        row.la_code,
        row.measure.id,
        row.measure.name,
        str(row.level),
        row.unit_id,
        row.unit_name,
        row.as_at,
        row.period_from,
        _three(row.numerator),
        _three(row.denominator),
        row.value,
        str(row.measure.unit),
        str(row.status),
        row.why,
        row.note,
        told.england if told else None,
        told.region if told else None,
        told.neighbours if told else None,
        told.own if told else None,
        told.year if told else None,
        told.taken if told else "",
        told.vintage if told else "",
        told.note if told else "",
    )


def _three(value: Decimal | None) -> Decimal | None:
    """For the file alone; the value was worked out from the exact figures."""
    if value is None:
        return None
    return value.quantize(_THREE_PLACES, ROUND_HALF_UP) if value % 1 else value.quantize(Decimal(1))


def about_region_sheet(as_at: date, councils: Iterable[str], reason: str) -> Sheet:
    """What a regional file is, what is hidden in it, and why it holds lists of children where it does."""
    rows = [
        ("as at", as_at.isoformat()),
        ("councils", ", ".join(councils)),
        (
            "hidden",
            (
                "Every count of one to five, every rate with such a rest, and whatever else would give one away by "
                "a sum, also to a council that knows its own number. The figure is blank and the status says "
                "suppressed."
            ),
        ),
        (
            "not hidden",
            (
                "What two of these files of different days give away between them: a person must look before "
                "a second one leaves."
            ),
        ),
        ("lists of children", f"in this file, for this reason: {reason}" if reason else "none in this file"),
    ]
    return Sheet("About", (Heading("what", width=20), Heading("words", width=110)), rows)


def meanings_sheet() -> Sheet:
    """What each measure asks, what is above and below the line, and what it does not tell."""
    headings = (
        Heading("measure_id", width=11),
        Heading("name", width=44),
        Heading("question", width=60),
        Heading("numerator", width=60),
        Heading("denominator", width=60),
        Heading("unit", width=20),
        Heading("source", width=50),
        Heading("does_not_tell", width=80),
        Heading("needs", width=40),
    )
    return Sheet(
        "Meanings",
        headings,
        [
            (
                m.id,
                m.name,
                m.question,
                in_words(m.formula.above),
                in_words(m.formula.below),
                str(m.unit),
                m.source,
                " ".join(m.all_traps),
                ", ".join(needs(m)),
            )
            for m in MEASURES
        ],
    )
