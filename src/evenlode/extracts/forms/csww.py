"""The children's social work workforce census: what its lists fill in the record.

Yearly, at 30 September, about workers and not children.  A worker with two posts stands there twice, and
stays two rows.  It tells no manager, no team and none of the children that a worker holds
(extract-formats.md section 5).
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms import csww_lists as lists
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Form, Maker
from evenlode.extracts.forms.make import first_of, no_place, said, same

SOURCE = "csww"

_YEAR = re.compile(r"20\d\d(\.0)?")
_NUMBER = re.compile(r"[A-Za-z]{0,2}(\d+)")
_REAL = 8
"""Figures of the longest number that could be somebody's, 123456 among them."""
_COUNTED_UP = "01234567890123456789"
_COUNTED_DOWN = _COUNTED_UP[::-1]
_YES = {"1", "true", "y", "yes"}
_NO = {"0", "false", "n", "no"}


def _census_day(cells: Cells) -> pa.Array:
    """The reference date, else 30 September of the year."""
    of_year = cells.by_value(
        "year", lambda v: f"{v.strip()[:4]}-09-30" if _YEAR.fullmatch(v.strip()) else None
    )
    return pc.coalesce(cells.text("census_date"), of_year)


DAY = Maker(("census_date", "year"), _census_day)


def _row_id(cells: Cells) -> pa.Array:
    """The census day and the place in the file: no other id tells two posts of one person apart."""
    places = pa.array([str(n) for n in range(1, cells.size + 1)], pa.string())
    return pc.binary_join_element_wise(pc.fill_null(DAY.make(cells), ""), places, "|")


def _made_up(number: str) -> bool:
    """A number that stands for none: no figures, one figure only, or figures counted up or down."""
    found = _NUMBER.fullmatch(number.strip())
    if found is None:
        return not any(c.isdigit() for c in number)
    figures = found[1]
    counted = len(figures) > _REAL and (figures in _COUNTED_UP or figures in _COUNTED_DOWN)
    return len(set(figures)) == 1 or counted


def _swe_number(cells: Cells) -> pa.Array:
    return cells.by_value("swe_number", lambda v: None if _made_up(v) else v.strip().upper())


def _made_up_numbers(cells: Cells) -> str | None:
    count = sum(1 for v in cells.text("swe_number").to_pylist() if v is not None and _made_up(v))
    return (
        f"SWENo stands for no number in {count:,} rows (such as SW0000000000); taken as blank"
        if count
        else None
    )


def _no_day(cells: Cells) -> str | None:
    missing = DAY.make(cells).null_count
    if not missing:
        return None
    return f"no census day in {missing:,} rows; add a column ReferenceDate or Year"


def _each(value: str) -> list[str]:
    """The single codes of a cell that may hold several, each once, in order."""
    return sorted({part for part in re.split(r"[;,\s]+", value) if part})


def _several(column: str) -> Maker:
    return Maker((column,), lambda cells: cells.by_value(column, lambda v: "; ".join(_each(v))))


def _absent(value: str) -> str | None:
    """Absent where any of several marks says so."""
    words = {said(part) for part in _each(value)}
    if words & _YES:
        return "Y"
    return "N" if words and words <= _NO else value


FORMS = (
    Form(
        SOURCE,
        lists.WORKER,
        (
            Fill(
                "census_worker",
                {
                    "census_row_id": Maker(("census_date", "year", "swe_number"), _row_id),
                    "census_date": DAY,
                    "swe_number": Maker(("swe_number",), _swe_number),
                    "agency": same("agency"),
                    "role": same("role"),
                    "role_start": same("role_start"),
                    "start_origin": same("start_origin"),
                    "role_end": same("role_end"),
                    "leaver_destination": same("leaver_destination"),
                    "leaving_reason": same("leaving_reason"),
                    "fte": first_of("fte_on_day", "fte"),
                    "cases": same("cases"),
                    "days_lost": same("days_lost"),
                    "absent": Maker(("absent",), lambda cells: cells.by_value("absent", _absent)),
                    "absence_reason": _several("absence_reason"),
                    "standing": _several("standing"),
                    "qualification_level": same("qualification_level"),
                    "dob": same("dob"),
                    "gender": first_of("gender", "sex"),
                    "ethnicity": same("ethnicity"),
                },
            ),
        ),
        says=(_no_day, _made_up_numbers, no_place("institution", "step_up", "contract_weeks", "frontline")),
    ),
    Form(
        SOURCE,
        lists.VACANCY,
        (
            Fill(
                "census_vacancy",
                {
                    "census_row_id": DAY,
                    "census_date": DAY,
                    "vacant_fte": same("vacant_fte"),
                    "agency_fte": same("agency_fte"),
                    "agency_headcount": same("agency_headcount"),
                },
            ),
        ),
        says=(_no_day,),
    ),
)
