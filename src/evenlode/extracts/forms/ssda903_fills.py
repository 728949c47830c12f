"""What several files of the SSDA903 return fill alike, and how their codes are read."""

from __future__ import annotations

import re
from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms import ssda903_lists as lists
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Maker
from evenlode.extracts.forms.make import always, first_of, joined, meant, same

SOURCE = "ssda903"

YES_NO = {"1": "Y", "1.0": "Y", "0": "N", "0.0": "N", "true": "Y", "false": "N", "y": "Y", "n": "N"}
SEX = {"1": "M", "1.0": "M", "m": "M", "2": "F", "2.0": "F", "f": "F", "u": "U"}
MISSING_TYPES = {"M": "Missing", "A": "Away"}
NO_PUPIL_NUMBER = re.compile(r"UN\d{1,2}", re.IGNORECASE)
LETTER_AND_DIGIT = re.compile(r"([A-Za-z])([12])")
NOT_REGISTERED = "XX"
NOBODY = "Unallocated"
"""What a worker is called whose number begins with XX: nobody who is registered holds the child."""
NOT_KNOWN = "0"

CHILD_ID = same("child_id")


def pupil_number(is_one: bool) -> Maker:
    """The pupil number, or the code that says why there is none."""

    def part(value: str) -> str | None:
        return value if bool(NO_PUPIL_NUMBER.fullmatch(value)) is not is_one else None

    return Maker(("upn",), lambda cells: cells.by_value("upn", part))


def _accommodation(place: int) -> Maker:
    """Letter and digit of "U1"; anything else stays as it is, and 0 is not known."""

    def part(value: str) -> str | None:
        found = LETTER_AND_DIGIT.fullmatch(value)
        if found:
            return found[place].upper()
        return value if place == 1 and value != NOT_KNOWN else None

    return Maker(("accommodation",), lambda cells: cells.by_value("accommodation", part))


def _known(column: str) -> Maker:
    """A code; 0 says that it is not known."""
    return Maker((column,), lambda cells: cells.by_value(column, lambda v: None if v == NOT_KNOWN else v))


def registered(value: str) -> bool:
    """Whether a worker's number is one of the register's."""
    return value.upper().startswith("SW")


def unregistered(value: str) -> bool:
    """Whether it stands for nobody who is registered."""
    return value.upper().startswith(NOT_REGISTERED)


def holds(column: str, meaning: str) -> Callable[[Cells], pa.Array]:
    """The rows in which a column of yes or no says Y, or N."""
    return lambda cells: pc.equal(cells.by_value(column, lambda v: YES_NO.get(v.lower())), meaning)


WHOLE_ROW = joined(*(c.name for c in lists.OC2.read_columns if c.name != "dob"))
"""OC2 has no date: a child's rows of two years are told apart by what stands in them."""


def told_child(rank: int = 0, **columns: Maker) -> Fill:
    """The child of a row, and what else the file tells of them; the highest rank speaks."""
    told = {"child_id": CHILD_ID, "dob": same("dob"), **columns}
    return Fill("child", told, once="child_id", rank=rank)


def health_check(column: str, kind: str, yes: str, no: str) -> Fill:
    """A check of a kind that was had in the year or was not, in the words yes and no."""

    def row_id(cells: Cells) -> pa.Array:
        return pc.binary_join_element_wise(kind, WHOLE_ROW.make(cells), "|")

    return Fill(
        "health_check",
        {
            "health_check_id": Maker(("child_id",), row_id),
            "child_id": CHILD_ID,
            "check_type": always(kind),
            "status": meant(column, {w: yes if m == "Y" else no for w, m in YES_NO.items()}),
        },
        where=(column,),
    )


CARE_LEAVER = Fill(
    "care_leaver",
    {
        "care_leaver_id": CHILD_ID,
        "child_id": CHILD_ID,
        "in_touch": same("in_touch"),
        "accommodation": _accommodation(1),
        "accommodation_suitable": _accommodation(2),
        "activity": _known("activity"),
    },
    latest_only=True,
)
CAME_ALONE = Fill(
    "immigration_status",
    {
        "child_id": CHILD_ID,
        "immigration_status_id": CHILD_ID,
        "status": always("UASC"),
        "end_date": same("ceased"),
    },
)
ADOPTION = Fill(
    "permanence",
    {
        "permanence_id": joined("child_id", "decision_date", "matched_date"),
        "child_id": CHILD_ID,
        "adoption_decision_date": same("decision_date"),
        "matched_date": same("matched_date"),
        "adopted_by_carer": meant("foster_carer", YES_NO),
        "order_type": always("Adoption"),
        "adopter_sex": same("adopter_sex"),
        "adopter_legal_status": same("adopter_legal_status"),
        "adopters": first_of("adopters"),
    },
)
