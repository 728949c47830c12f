"""What the lists of Annex A have in common: the child, the team, the worker, who holds whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms.annex_a_words import NO, SEX, YES, YES_NO
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Maker
from evenlode.extracts.forms.make import (
    always,
    code,
    meant,
    name_of,
    named,
    said,
    same,
)

SOURCE = "annex_a"

CHILD_ID = same("child_id")


def _unborn(cells: Cells) -> pa.Array:
    return pc.fill_null(pc.starts_with(pc.fill_null(cells.text("age"), ""), "-"), False)


def _date_if(unborn: bool) -> Maker:
    """The date of birth where the child is born, else the expected one."""

    def make(cells: Cells) -> pa.Array:
        mask = _unborn(cells) if unborn else pc.invert(_unborn(cells))
        return pc.if_else(mask, cells.text("dob"), pa.scalar(None, pa.string()))

    return Maker(("dob", "age"), make)


CHILD = Fill(
    "child",
    {
        "child_id": CHILD_ID,
        "sex": meant("gender", SEX),
        "ethnicity": code("ethnicity"),
        "dob": _date_if(unborn=False),
        "expected_dob": _date_if(unborn=True),
    },
    once="child_id",
)
DISABILITY = Fill(
    "disability",
    {
        "child_id": CHILD_ID,
        "disability_id": CHILD_ID,
        "code": meant("disability", {**dict.fromkeys(YES, "DDA"), **dict.fromkeys(NO, "NONE")}),
    },
    where=("disability",),
    once="disability_id",
)
TEAM = Fill("team", {"team_id": named("team"), "name": name_of("team")}, where=("team",), once="team_id")
WORKER = Fill(
    "worker",
    {"worker_id": named("worker"), "name": name_of("worker")},
    where=("worker",),
    once="worker_id",
)
ABOUT = (CHILD, DISABILITY, TEAM, WORKER)


def means(column: str, words: Mapping[str, str], wanted: str) -> Callable[[Cells], pa.Array]:
    """Rows whose cell means one thing."""
    known = {said(word): meaning for word, meaning in words.items()}
    return lambda cells: pc.equal(cells.by_value(column, lambda v: known.get(said(v))), wanted)


def health_check(column: str, kind: str) -> Fill:
    """The last check of one kind, where the list gives its date."""
    return Fill(
        "health_check",
        {
            "health_check_id": Maker(
                ("child_id", column),
                lambda cells: pc.binary_join_element_wise(
                    kind, cells.text("child_id"), cells.text(column), "|"
                ),
            ),
            "child_id": CHILD_ID,
            "check_type": always(kind),
            "check_date": same(column),
        },
        where=(column,),
        latest_only=True,
    )


def somebody(cells: Cells) -> pa.Array:
    """Rows that name a worker or a team."""
    return pc.or_(cells.filled("worker"), cells.filled("team"))


def allocation(end: str, rank: int) -> Fill:
    """Who holds the child now; no list tells since when, so the start of the work stands in for it."""
    return Fill(
        "involvement",
        {
            "involvement_id": CHILD_ID,
            "child_id": CHILD_ID,
            "worker_id": named("worker"),
            "team_id": named("team"),
            "role": always("CW"),
            "start_date": same("start_date"),
            "end_date": same(end),
        },
        only=somebody,
        once="involvement_id",
        rank=rank,
        latest_only=True,
        not_told=("start_date",),
    )


def enquiry_end(cells: Cells) -> pa.Array:
    """An enquiry that needed no conference is over, and one whose conference was held is too."""
    over = pc.fill_null(means("unnecessary", YES_NO, "Y")(cells), False)
    return pc.if_else(over, cells.text("start_date"), cells.text("conference_date"))


def conference_needed(value: str) -> bool:
    """Whether the cell on a conference that is not required says No."""
    return said(value) in NO
