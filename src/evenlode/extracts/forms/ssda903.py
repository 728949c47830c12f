"""The SSDA903 return: what each of its files fills in the record, and what it cannot tell.

One row a change of placement or legal status, for the children looked after in a year from April to
March (extract-formats.md section 6).  It tells of no visit, team, plan or due date, and of the reviews
of its own year only.  OC2 and OC3 have no date in them.
"""

from __future__ import annotations

from dataclasses import replace

from evenlode.extracts.forms import care_spells as spells
from evenlode.extracts.forms import ssda903_lists as lists
from evenlode.extracts.forms.form import Fill, Form, Maker, in_turn
from evenlode.extracts.forms.make import always, joined, made, meant, same, where
from evenlode.extracts.forms.ssda903_fills import (
    ADOPTION,
    CAME_ALONE,
    CARE_LEAVER,
    CHILD_ID,
    MISSING_TYPES,
    NOBODY,
    SEX,
    SOURCE,
    WHOLE_ROW,
    YES_NO,
    health_check,
    holds,
    pupil_number,
    registered,
    told_child,
    unregistered,
)
from evenlode.extracts.forms.told_last import newest_file_only, told_last


def _in_header(fill: Fill, column: str) -> Fill:
    """What the XML form says in its header, of those children of whom it says it."""
    return replace(fill, where=(column,))


HEADER = Form(
    SOURCE,
    lists.HEADER,
    (
        told_child(
            1,
            sex=meant("sex", SEX),
            ethnicity=same("ethnicity"),
            upn=pupil_number(is_one=True),
            upn_unknown=pupil_number(is_one=False),
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
        told_child(),
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
        told_child(),
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
        told_child(),
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
        health_check("health_assessment", "Health assessment", "Had in the year", "Not had in the year"),
        health_check("teeth_check", "Dental check", "Had in the year", "Not had in the year"),
        health_check("health_check", "Development check", "Up to date", "Not up to date"),
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
            only=holds("substance_misuse", "Y"),
        ),
        Fill(
            "conviction",
            {"conviction_id": WHOLE_ROW, "child_id": CHILD_ID},
            only=holds("convicted", "Y"),
        ),
        told_child(),
    ),
    prepare=newest_file_only("newest", "child_id"),
)
OC3 = Form(
    SOURCE,
    lists.OC3,
    (
        CARE_LEAVER,
        told_child(),
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
                "name": where("worker_id", NOBODY, unregistered),
                "swe_number": Maker(
                    ("worker_id",),
                    lambda cells: cells.by_value("worker_id", lambda v: v if registered(v) else None),
                ),
            },
            where=("worker_id",),
            once="worker_id",
        ),
        told_child(),
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
        told_child(),
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
        told_child(sex=meant("sex", SEX)),
    ),
    prepare=told_last("child_id"),
)
ADOPTED = Form(
    SOURCE,
    lists.ADOPTED,
    (
        ADOPTION,
        told_child(),
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
        told_child(),
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
        told_child(),
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
