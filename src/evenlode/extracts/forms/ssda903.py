"""The SSDA903 return: what each of its files fills in the record, and what it cannot tell.

One row a change of placement or legal status, for the children looked after in a year from April to
March (extract-formats.md section 6).  It tells of no visit, team, plan or due date, and of the reviews
of its own year only.  OC2 and OC3 have no date in them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms import care_spells as spells
from evenlode.extracts.forms import ssda903_lists as lists
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Form, Maker, in_turn
from evenlode.extracts.forms.make import always, first_of, joined, made, meant, same, where
from evenlode.extracts.forms.told_last import newest_file_only, told_last

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


def _pupil_number(is_one: bool) -> Maker:
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


def _registered(value: str) -> bool:
    return value.upper().startswith("SW")


def _unregistered(value: str) -> bool:
    return value.upper().startswith(NOT_REGISTERED)


def _is(column: str, meaning: str) -> Callable[[Cells], pa.Array]:
    return lambda cells: pc.equal(cells.by_value(column, lambda v: YES_NO.get(v.lower())), meaning)


WHOLE_ROW = joined(*(c.name for c in lists.OC2.read_columns if c.name != "dob"))
"""OC2 has no date: a child's rows of two years are told apart by what stands in them."""


def _child(rank: int = 0, **columns: Maker) -> Fill:
    told = {"child_id": CHILD_ID, "dob": same("dob"), **columns}
    return Fill("child", told, once="child_id", rank=rank)


def _health_check(column: str, kind: str, yes: str, no: str) -> Fill:
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


def _in_header(fill: Fill, column: str) -> Fill:
    """What the XML form says in its header, of those children of whom it says it."""
    return replace(fill, where=(column,))


HEADER = Form(
    SOURCE,
    lists.HEADER,
    (
        _child(
            1,
            sex=meant("sex", SEX),
            ethnicity=same("ethnicity"),
            upn=_pupil_number(is_one=True),
            upn_unknown=_pupil_number(is_one=False),
            is_mother=meant("mother", YES_NO),
        ),
        Fill(
            "mother",
            {
                "mother_row_id": joined("child_id", "mother_child_dob"),
                "mother_id": CHILD_ID,
                "child_dob": same("mother_child_dob"),
            },
            where=("mother_child_dob",),
        ),
        _in_header(CARE_LEAVER, "in_touch"),
        _in_header(CAME_ALONE, "ceased"),
        _in_header(ADOPTION, "decision_date"),
    ),
    prepare=told_last("child_id", needed=True),
)
EPISODES = Form(
    SOURCE,
    lists.EPISODES,
    (
        Fill(
            "care_episode",
            {
                "care_episode_id": joined("child_id", "start_date"),
                "child_id": CHILD_ID,
                "placement_id": made(spells.PLACEMENT_ID, "start_date"),
                "start_date": same("start_date"),
                "start_reason": same("start_reason"),
                "primary_need": same("primary_need"),
                "end_date": same("end_date"),
                "end_reason": same("end_reason"),
                "period_id": made(spells.PERIOD_ID, "start_date"),
                "entered_care_date": made(spells.ENTERED, "start_date"),
            },
        ),
        Fill(
            "legal_status",
            {
                "legal_status_id": joined("child_id", "start_date", "legal_status"),
                "child_id": CHILD_ID,
                "status": same("legal_status"),
                "start_date": same("start_date"),
                "end_date": made(spells.STATUS_END, "end_date"),
            },
            only=lambda cells: cells.filled(spells.STATUS_START),
        ),
        Fill(
            "placement",
            {
                "placement_id": made(spells.PLACEMENT_ID, "start_date"),
                "period_id": made(spells.PERIOD_ID, "start_date"),
                "child_id": CHILD_ID,
                "start_date": same("start_date"),
                **{name: made(f"last_{name}", name) for name in spells.OF_LAST},
            },
            only=lambda cells: cells.filled(spells.PLACEMENT_START),
        ),
        _child(),
    ),
    prepare=in_turn(
        told_last(
            "child_id", "start_date", dates=("start_date", "end_date"), start="start_date", end="end_date"
        ),
        spells.care_spells,
    ),
)
REVIEWS = Form(
    SOURCE,
    lists.REVIEWS,
    (
        Fill(
            "care_review",
            {
                "review_id": joined("child_id", "held_date", "participation"),
                "child_id": CHILD_ID,
                "held_date": same("held_date"),
                "participation": same("participation"),
            },
            year_only=True,
        ),
        _child(),
    ),
)
MISSING = Form(
    SOURCE,
    lists.MISSING,
    (
        Fill(
            "missing_episode",
            {
                "missing_id": joined("child_id", "start_date", "missing_type"),
                "child_id": CHILD_ID,
                "start_date": same("start_date"),
                "missing_type": Maker(
                    ("missing_type",),
                    lambda cells: cells.by_value("missing_type", lambda v: MISSING_TYPES.get(v.upper(), v)),
                ),
                "end_date": same("end_date"),
            },
        ),
        _child(),
    ),
    prepare=told_last(
        "child_id",
        "start_date",
        "missing_type",
        dates=("start_date", "end_date"),
        start="start_date",
        end="end_date",
    ),
)
OC2 = Form(
    SOURCE,
    lists.OC2,
    (
        Fill(
            "sdq_score",
            {
                "sdq_id": WHOLE_ROW,
                "child_id": CHILD_ID,
                "reason": same("reason"),
                "score": same("score"),
            },
        ),
        _health_check("health_assessment", "Health assessment", "Had in the year", "Not had in the year"),
        _health_check("teeth_check", "Dental check", "Had in the year", "Not had in the year"),
        _health_check("health_check", "Development check", "Up to date", "Not up to date"),
        Fill(
            "immunisation",
            {"child_id": CHILD_ID, "up_to_date": meant("immunisations", YES_NO)},
            where=("immunisations", "newest"),
        ),
        Fill(
            "substance_misuse",
            {
                "substance_misuse_id": WHOLE_ROW,
                "child_id": CHILD_ID,
                "intervention": meant("intervention", YES_NO),
            },
            only=_is("substance_misuse", "Y"),
        ),
        Fill(
            "conviction",
            {"conviction_id": WHOLE_ROW, "child_id": CHILD_ID},
            only=_is("convicted", "Y"),
        ),
        _child(),
    ),
    prepare=newest_file_only("newest", "child_id"),
)
OC3 = Form(
    SOURCE,
    lists.OC3,
    (
        CARE_LEAVER,
        _child(),
    ),
    prepare=told_last("child_id"),
)
SOCIAL_WORKERS = Form(
    SOURCE,
    lists.SOCIAL_WORKERS,
    (
        Fill(
            "involvement",
            {
                "involvement_id": joined("child_id", "start_date", "worker_id"),
                "worker_id": same("worker_id"),
                "role": always("CW"),
                "child_id": CHILD_ID,
                "start_date": same("start_date"),
                "end_date": same("end_date"),
                "change_reason": same("change_reason"),
            },
        ),
        Fill(
            "worker",
            {
                "worker_id": same("worker_id"),
                "name": where("worker_id", NOBODY, _unregistered),
                "swe_number": Maker(
                    ("worker_id",),
                    lambda cells: cells.by_value("worker_id", lambda v: v if _registered(v) else None),
                ),
            },
            where=("worker_id",),
            once="worker_id",
        ),
        _child(),
    ),
    prepare=told_last(
        "child_id",
        "start_date",
        "worker_id",
        dates=("start_date", "end_date"),
        start="start_date",
        end="end_date",
    ),
)
LIBERTY = Form(
    SOURCE,
    lists.LIBERTY,
    (
        Fill(
            "liberty_order",
            {"child_id": CHILD_ID, "start_date": same("start_date"), "end_date": same("end_date")},
        ),
        _child(),
    ),
    prepare=told_last(
        "child_id", "start_date", dates=("start_date", "end_date"), start="start_date", end="end_date"
    ),
)
UNACCOMPANIED = Form(
    SOURCE,
    lists.UNACCOMPANIED,
    (
        CAME_ALONE,
        _child(sex=meant("sex", SEX)),
    ),
    prepare=told_last("child_id"),
)
ADOPTED = Form(
    SOURCE,
    lists.ADOPTED,
    (
        ADOPTION,
        _child(),
    ),
)
TO_BE_ADOPTED = Form(
    SOURCE,
    lists.TO_BE_ADOPTED,
    (
        Fill(
            "permanence",
            {
                "permanence_id": joined("child_id", "decision_date"),
                "child_id": CHILD_ID,
                "adoption_decision_date": same("decision_date"),
                "reversed_date": same("reversed_date"),
                "reversed_reason": same("reversed_reason"),
            },
        ),
        _child(),
    ),
    prepare=told_last(
        "child_id",
        "decision_date",
        dates=("decision_date", "reversed_date"),
        start="decision_date",
        end="reversed_date",
    ),
)
EARLIER_PERMANENCE = Form(
    SOURCE,
    lists.EARLIER_PERMANENCE,
    (
        Fill(
            "earlier_permanence",
            {
                "earlier_permanence_id": joined("child_id", "option", "council", "order_date"),
                "child_id": CHILD_ID,
                "order_date": same("order_date"),
                "option": same("option"),
                "council": same("council"),
            },
        ),
        _child(),
    ),
)

FORMS = (
    HEADER,
    EPISODES,
    REVIEWS,
    MISSING,
    OC2,
    OC3,
    SOCIAL_WORKERS,
    LIBERTY,
    UNACCOMPANIED,
    ADOPTED,
    TO_BE_ADOPTED,
    EARLIER_PERMANENCE,
)
