"""The council's measures as a file: on the day of the figures, and at the month ends that are kept."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import HttpResponse

from evenlode.measures.book import MEASURE_BY_ID
from evenlode.reports.measure_tables import MEASURE_HEADINGS, meanings_sheet
from evenlode.reports.sheets import Sheet, Value, csv_bytes, workbook_bytes
from evenlode.web.lists.answering import KINDS
from evenlode.web.models import Figures, MeasureFigure, MeasureMonth
from evenlode.web.page import Asked, must, of

PUBLISHED = ("england", "region", "neighbours", "own")


def measures_file(request: Asked) -> HttpResponse:
    """Every measure of the council, its services and teams: CSV, or a workbook with what each one means."""
    must(request)
    figures = of(request)
    kind = request.GET.get("file", "csv")
    kind = kind if kind in KINDS else "csv"
    sheet = measures_sheet(figures)
    made = csv_bytes(sheet) if kind == "csv" else workbook_bytes([sheet, meanings_sheet()])
    reply = HttpResponse(made, content_type=KINDS[kind][1])
    name = f"measures-{figures.as_at.isoformat()}.{kind}"
    reply["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


def measures_sheet(figures: Figures) -> Sheet:
    """One row a measure, unit and day, with the columns of `evenlode measures`."""
    order = {measure: place for place, measure in enumerate(MEASURE_BY_ID)}
    rows: list[Any] = [
        *MeasureFigure.objects.filter(figures=figures, measure_id__in=order),
        *MeasureMonth.objects.filter(as_at__lte=figures.as_at, measure_id__in=order),
    ]
    rows.sort(key=lambda r: (order[r.measure_id], -r.as_at.toordinal(), r.level, r.unit_name, r.unit_id))
    note = f"Measures. Figures as at {figures.as_at.day} {figures.as_at:%B %Y}; earlier days are month ends."
    return Sheet("Measures", MEASURE_HEADINGS, [_row(figures, row) for row in rows], note=note)


def _row(figures: Figures, row: Any) -> tuple[Value, ...]:
    measure = MEASURE_BY_ID[row.measure_id]
    told = getattr(row, "beside", None) or {}
    return (
        figures.la_code,
        measure.id,
        measure.name,
        row.level,
        row.unit_id,
        row.unit_name,
        row.as_at,
        getattr(row, "period_from", None),
        row.numerator,
        row.denominator,
        row.value,
        str(measure.unit),
        row.status,
        row.why,
        row.note,
        *(Decimal(str(told[name])) if told.get(name) is not None else None for name in PUBLISHED),
        int(str(told["year"])) if told.get("year") else None,
        str(told.get("taken", "")),
        str(told.get("vintage", "")),
        str(told.get("note", "")),
    )
