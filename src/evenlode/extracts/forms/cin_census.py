"""The children in need census: what each list fills in the record, and what it cannot tell.

A census names no worker and no team, and holds no visits, no review due dates and no end of a section 47
enquiry.  There is no id for a referral, so a child's id and the date stand for it (extract-formats.md
section 4).
"""

from __future__ import annotations

import json
import re

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms import cin_census_lists as lists
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Form, Maker
from evenlode.extracts.forms.make import always, joined, no_place, said, same

SOURCE = "cin_census"

NUMBER = "#"
"""Stands before the number that a flat file gives an episode or a plan in place of its date."""
_SEX = {"m": "M", "male": "M", "f": "F", "female": "F", "u": "U", "unknown": "U"}
_GENDER = {"1": "M", "2": "F", "0": "U", "9": "U"}
_YES = {"1", "true", "y", "yes", "t"}
_CODE = re.compile(r"[0-9A-Za-z]+")


def _sex(cells: Cells) -> pa.Array:
    """Sex where it is given; else the older gender code, of which 0 and 9 say that it is not known."""
    known = {**_GENDER, **_SEX}
    return pc.coalesce(
        cells.by_value("sex", lambda v: known.get(said(v))),
        cells.by_value("gender", lambda v: _GENDER.get(v.strip())),
    )


def _odd_sex(cells: Cells) -> str | None:
    """Says that cells of Sex hold an older gender code, or nothing that is known."""
    values = [said(v) for v in cells.text("sex").to_pylist() if v is not None]
    older = sum(1 for v in values if v in _GENDER)
    odd = sum(1 for v in values if v not in _GENDER and v not in _SEX)
    words = []
    if older:
        words.append(f"Sex holds a code of GenderCurrent in {older:,} rows; read as M, F or U")
    if odd:
        words.append(f"Sex holds a code that is not known in {odd:,} rows; taken as blank")
    return "; ".join(words) or None


def _dated(number: str, date: str) -> Maker:
    """The date by which something is told apart, or its number where a flat file gives only that."""

    def make(cells: Cells) -> pa.Array:
        numbered = cells.by_value(number, lambda v: NUMBER + v)
        return pc.coalesce(cells.text(date), numbered)

    return Maker((date, number), make)


_REFERRAL = _dated("details_number", "referral_date")
_PLAN = _dated("plan_number", "plan_start")


def _of_episode(*columns: str | Maker) -> Maker:
    """The id of something in an episode: the child, the episode's date, and what tells it apart there."""

    def make(cells: Cells) -> pa.Array:
        parts = [cells.text("child_id"), _REFERRAL.make(cells)]
        parts += [cells.text(c) if isinstance(c, str) else c.make(cells) for c in columns]
        return pc.binary_join_element_wise(*(pc.fill_null(p, "") for p in parts), "|")

    return Maker(("child_id", "referral_date", "details_number"), make)


EPISODE_ID = _of_episode()
CHILD_ID = same("child_id")


def _enquiry_end(cells: Cells) -> pa.Array:
    """An enquiry that needed no conference is over, and one whose conference was held is too."""
    over = cells.by_value("conference_not_required", lambda v: "Y" if said(v) in _YES else None)
    return pc.if_else(pc.is_valid(over), cells.text("start_date"), cells.text("conference_date"))


def _enquiry_outcome(cells: Cells) -> pa.Array:
    """That a conference was held or was not needed; where neither is said, it is not known."""
    held = pc.if_else(
        cells.filled("conference_date"), '{"CP_CONFERENCE_FLAG": "Y"}', pa.scalar(None, pa.string())
    )
    needless = cells.by_value(
        "conference_not_required", lambda v: '{"CP_CONFERENCE_FLAG": "N"}' if said(v) in _YES else None
    )
    return pc.coalesce(held, needless)


def _factors(cells: Cells) -> pa.Array:
    """The codes as a list in JSON, however they stand in the cell."""
    return cells.by_value("factors", lambda v: json.dumps([c.upper() for c in _CODE.findall(v)]))


CHILD = Fill(
    "child",
    {
        "child_id": CHILD_ID,
        "upn": same("upn"),
        "sex": Maker(("sex", "gender"), _sex),
        "gender": same("gender"),
        "ethnicity": same("ethnicity"),
        "dob": same("dob"),
        "upn_unknown": same("upn_unknown"),
        "expected_dob": same("expected_dob"),
        "death_date": same("death_date"),
    },
    once="child_id",
    gaps=True,
)

FORMS = (
    Form(
        SOURCE,
        lists.CHILD,
        (
            CHILD,
            Fill(
                "linked_identifier",
                {
                    "link_id": joined("child_id", "former_upn"),
                    "child_id": CHILD_ID,
                    "identifier_type": always("Former UPN"),
                    "identifier_value": same("former_upn"),
                },
                where=("former_upn",),
                once="link_id",
            ),
        ),
        says=(_odd_sex,),
    ),
    Form(
        SOURCE,
        lists.DISABILITY,
        (
            Fill(
                "disability",
                {
                    "child_id": CHILD_ID,
                    "disability_id": joined("child_id", "disability"),
                    "code": same("disability"),
                },
                where=("disability",),
            ),
        ),
    ),
    Form(
        SOURCE,
        lists.DETAILS,
        (
            Fill(
                "episode",
                {
                    "episode_id": EPISODE_ID,
                    "child_id": CHILD_ID,
                    "referral_date": same("referral_date"),
                    "primary_need": same("primary_need"),
                    "source_code": same("source"),
                    "no_further_action": same("no_further_action"),
                    "close_reason": same("close_reason"),
                    "close_date": same("close_date"),
                },
            ),
            Fill(
                "conference",
                {
                    "conference_id": joined("child_id", "conference_date"),
                    "child_id": CHILD_ID,
                    "episode_id": EPISODE_ID,
                    "held_date": same("conference_date"),
                },
                where=("conference_date",),
                once="conference_id",
            ),
        ),
    ),
    Form(
        SOURCE,
        lists.ASSESSMENT,
        (
            Fill(
                "assessment",
                {
                    "assessment_id": _of_episode("start_date"),
                    "child_id": CHILD_ID,
                    "episode_id": EPISODE_ID,
                    "start_date": same("start_date"),
                    "authorised_date": same("authorised_date"),
                },
            ),
            Fill(
                "assessment_factor",
                {
                    "factor_row_id": _of_episode("start_date"),
                    "assessment_id": _of_episode("start_date"),
                    "factors": Maker(("factors",), _factors),
                },
                where=("factors",),
            ),
        ),
        says=(no_place("reviewed_date"),),
    ),
    Form(
        SOURCE,
        lists.PLAN,
        (
            Fill(
                "cin_plan",
                {
                    "plan_id": _of_episode("start_date"),
                    "episode_id": EPISODE_ID,
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": same("end_date"),
                },
            ),
        ),
    ),
    Form(
        SOURCE,
        lists.ENQUIRY,
        (
            Fill(
                "enquiry",
                {
                    "enquiry_id": _of_episode("start_date"),
                    "episode_id": EPISODE_ID,
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": Maker(
                        ("start_date", "conference_date", "conference_not_required"), _enquiry_end
                    ),
                    "outcome": Maker(("conference_not_required", "conference_date"), _enquiry_outcome),
                },
                not_told=("end_date",),
            ),
            Fill(
                "conference",
                {
                    "conference_id": joined("child_id", "conference_date"),
                    "enquiry_id": _of_episode("start_date"),
                    "child_id": CHILD_ID,
                    "episode_id": EPISODE_ID,
                    "target_date": same("target_date"),
                    "held_date": same("conference_date"),
                },
                where=("conference_date",),
                once="conference_id",
                rank=1,
            ),
        ),
    ),
    Form(
        SOURCE,
        lists.PROTECTION_PLAN,
        (
            Fill(
                "cp_plan",
                {
                    "plan_id": _of_episode(_dated("plan_number", "start_date")),
                    "episode_id": EPISODE_ID,
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": same("end_date"),
                    "first_category": same("first_category"),
                    "category": same("category"),
                    "earlier_plans": same("earlier_plans"),
                },
            ),
        ),
    ),
    Form(
        SOURCE,
        lists.REVIEW,
        (
            Fill(
                "cp_review",
                {
                    "review_id": _of_episode(_PLAN, "review_date"),
                    "child_id": CHILD_ID,
                    "plan_id": _of_episode(_PLAN),
                    "held_date": same("review_date"),
                },
                where=("review_date",),
            ),
        ),
    ),
    Form(
        SOURCE,
        lists.PRE_PROCEEDINGS,
        (
            Fill(
                "pre_proceedings",
                {
                    "pre_proceedings_id": _of_episode("decision_date"),
                    "child_id": CHILD_ID,
                    "decision_date": same("decision_date"),
                    "first_meeting_date": same("first_meeting_date"),
                    "outcome": same("outcome"),
                    "end_date": same("end_date"),
                    "letter_date": same("letter_date"),
                    "issue_letter_date": same("issue_letter_date"),
                    "meetings": same("meetings"),
                },
            ),
        ),
        says=(no_place("application_date", "group_offered", "group_held"),),
    ),
)
