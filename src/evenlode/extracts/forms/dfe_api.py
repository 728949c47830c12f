"""The DfE children's social care payload: what each part of a child fills in the record.

It names no team and no worker but by number, and holds no visit, no review and no category of abuse
(extract-formats.md section 7).  Its placements are looked-after episodes without a legal status.
"""

from __future__ import annotations

import re

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms import care_spells as spells
from evenlode.extracts.forms import dfe_api_lists as lists
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Form, Maker, in_turn
from evenlode.extracts.forms.make import always, joined, made, same
from evenlode.extracts.forms.told_last import told_last

SOURCE = "dfe_api"
REGISTERED = re.compile(r"(SW)?\d+", re.IGNORECASE)
"""A Social Work England number; any other id is the council's own."""

CHILD_ID = same("child_id")
EPISODE_ID = same("episode_id")


def _all(*columns: str) -> dict[str, Maker]:
    """Columns of the record that are called as the list's own."""
    return {name: same(name) for name in columns}


def _flag(column: str, text: str) -> Maker:
    """What the enquiry's outcome says of a conference."""
    return Maker((column,), lambda cells: cells.by_value(column, lambda v: text.replace("?", v)))


def _unaccompanied(cells: Cells) -> pa.Array:
    is_one = pc.fill_null(pc.equal(cells.text("unaccompanied"), "Y"), False)
    return pc.or_(is_one, cells.filled("unaccompanied_until"))


CHILD = Form(
    SOURCE,
    lists.CHILD,
    (
        Fill(
            "child",
            {
                "child_id": CHILD_ID,
                **_all(
                    "upn", "upn_unknown", "forename", "surname", "dob", "expected_dob", "sex", "ethnicity"
                ),
            },
            once="child_id",
            rank=1,
        ),
        Fill(
            "linked_identifier",
            {
                "link_id": joined("child_id", "former_upn"),
                "child_id": CHILD_ID,
                "identifier_type": always("Former Unique Pupil Number"),
                "identifier_value": same("former_upn"),
            },
            where=("former_upn",),
        ),
        Fill(
            "linked_identifier",
            {
                "link_id": joined("child_id", "supplier_id"),
                "child_id": CHILD_ID,
                "identifier_type": always("Supplier's id"),
                "identifier_value": same("supplier_id"),
            },
            where=("supplier_id",),
        ),
        Fill(
            "address",
            {
                "address_id": CHILD_ID,
                "child_id": CHILD_ID,
                "address_type": always("Home"),
                "postcode": same("postcode"),
            },
            where=("postcode",),
            latest_only=True,
        ),
        Fill(
            "immigration_status",
            {
                "child_id": CHILD_ID,
                "immigration_status_id": CHILD_ID,
                "status": always("UASC"),
                "end_date": same("unaccompanied_until"),
            },
            only=_unaccompanied,
        ),
    ),
    prepare=told_last("child_id", needed=True),
)
NEED = Form(
    SOURCE,
    lists.NEED,
    (
        Fill(
            "episode",
            {
                "episode_id": EPISODE_ID,
                "child_id": CHILD_ID,
                **_all("referral_date", "no_further_action", "close_date", "close_reason"),
                "source_code": same("source"),
            },
        ),
    ),
    prepare=told_last("child_id", "episode_id", start="referral_date", end="close_date"),
)
WORKER = Form(
    SOURCE,
    lists.WORKER,
    (
        Fill(
            "involvement",
            {
                "involvement_id": joined("child_id", "episode_id", "start_date", "worker_id"),
                "child_id": CHILD_ID,
                "episode_id": EPISODE_ID,
                "role": always("CW"),
                **_all("worker_id", "start_date", "end_date"),
            },
        ),
        Fill(
            "worker",
            {
                "worker_id": same("worker_id"),
                "swe_number": Maker(
                    ("worker_id",),
                    lambda cells: cells.by_value(
                        "worker_id", lambda v: v if REGISTERED.fullmatch(v) else None
                    ),
                ),
            },
            where=("worker_id",),
            once="worker_id",
        ),
    ),
    prepare=told_last(
        "child_id", "start_date", "episode_id", "worker_id", start="start_date", end="end_date"
    ),
)
ASSESSMENT = Form(
    SOURCE,
    lists.ASSESSMENT,
    (
        Fill(
            "assessment",
            {
                "child_id": CHILD_ID,
                "episode_id": EPISODE_ID,
                **_all("assessment_id", "start_date", "authorised_date"),
            },
        ),
        Fill(
            "assessment_factor",
            {"factor_row_id": same("assessment_id"), **_all("assessment_id", "factors")},
            where=("factors",),
        ),
    ),
    prepare=told_last("child_id", "assessment_id", start="start_date", end="authorised_date"),
)
CIN_PLAN = Form(
    SOURCE,
    lists.CIN_PLAN,
    (
        Fill(
            "cin_plan",
            {"child_id": CHILD_ID, "episode_id": EPISODE_ID, **_all("plan_id", "start_date", "end_date")},
        ),
    ),
    prepare=told_last("child_id", "plan_id", start="start_date", end="end_date"),
)
ENQUIRY = Form(
    SOURCE,
    lists.ENQUIRY,
    (
        Fill(
            "enquiry",
            {
                "child_id": CHILD_ID,
                "episode_id": EPISODE_ID,
                **_all("enquiry_id", "start_date", "end_date"),
                "outcome": _flag("conference_required", '{"CP_CONFERENCE_FLAG": "?"}'),
            },
        ),
        Fill(
            "conference",
            {
                "conference_id": joined("enquiry_id", "conference_date"),
                "enquiry_id": same("enquiry_id"),
                "child_id": CHILD_ID,
                "episode_id": EPISODE_ID,
                "held_date": same("conference_date"),
            },
            where=("conference_date",),
        ),
    ),
    prepare=told_last("child_id", "enquiry_id", start="start_date", end="end_date"),
)
CP_PLAN = Form(
    SOURCE,
    lists.CP_PLAN,
    (
        Fill(
            "cp_plan",
            {"child_id": CHILD_ID, "episode_id": EPISODE_ID, **_all("plan_id", "start_date", "end_date")},
        ),
    ),
    prepare=told_last("child_id", "plan_id", start="start_date", end="end_date"),
)
PLACEMENT = Form(
    SOURCE,
    lists.PLACEMENT,
    (
        Fill(
            "care_episode",
            {
                "care_episode_id": same("row_id"),
                "child_id": CHILD_ID,
                "placement_id": made(spells.PLACEMENT_ID, "start_date"),
                **_all("start_date", "start_reason", "end_date", "end_reason"),
                "period_id": made(spells.PERIOD_ID, "start_date"),
                "referral_id": EPISODE_ID,
                "entered_care_date": made(spells.ENTERED, "start_date"),
            },
        ),
        Fill(
            "placement",
            {
                "placement_id": made(spells.PLACEMENT_ID, "start_date"),
                "period_id": made(spells.PERIOD_ID, "start_date"),
                "child_id": CHILD_ID,
                "start_date": same("start_date"),
                **{
                    name: made(f"last_{name}", name)
                    for name in ("end_date", "placement_type", "postcode", "change_reason")
                },
            },
            only=lambda cells: cells.filled(spells.PLACEMENT_START),
        ),
    ),
    prepare=in_turn(told_last("child_id", "row_id", start="start_date", end="end_date"), spells.care_spells),
)
ADOPTION = Form(
    SOURCE,
    lists.ADOPTION,
    (
        Fill(
            "permanence",
            {
                "permanence_id": joined("child_id", "episode_id"),
                "child_id": CHILD_ID,
                "adoption_decision_date": same("decision_date"),
                **_all("matched_date", "placed_date"),
            },
        ),
    ),
    prepare=told_last("child_id", "episode_id"),
)
CARE_LEAVER = Form(
    SOURCE,
    lists.CARE_LEAVER,
    (
        Fill(
            "care_leaver",
            {
                "care_leaver_id": CHILD_ID,
                "child_id": CHILD_ID,
                "latest_contact_date": same("contact_date"),
                **_all("activity", "accommodation"),
            },
            latest_only=True,
        ),
    ),
    prepare=told_last("child_id", end="contact_date"),
)
DISABILITY = Form(
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
        ),
    ),
)
SDQ = Form(
    SOURCE,
    lists.SDQ,
    (
        Fill(
            "sdq_score",
            {
                "sdq_id": joined("child_id", "completed_date", "score"),
                "child_id": CHILD_ID,
                **_all("completed_date", "score"),
            },
        ),
    ),
)

FORMS = (
    CHILD,
    DISABILITY,
    SDQ,
    NEED,
    WORKER,
    ASSESSMENT,
    CIN_PLAN,
    ENQUIRY,
    CP_PLAN,
    PLACEMENT,
    ADOPTION,
    CARE_LEAVER,
)
