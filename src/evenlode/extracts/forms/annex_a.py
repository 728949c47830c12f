"""Ofsted's Annex A: what each list fills in the record, and what it cannot tell.

One row a child, worker and team by name, newest dates only (extract-formats.md section 3).  No list tells
when a worker was allocated, when a child in need plan began, or whether a looked-after child was seen at
a visit: those stay unknown, and rules that lean on them cannot tell.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.forms import annex_a_lists as lists
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Form, Maker
from evenlode.extracts.forms.make import (
    accommodation,
    always,
    code,
    first_of,
    joined,
    meant,
    name_of,
    named,
    said,
    same,
    when_filled,
    where,
)

SOURCE = "annex_a"

YES = {"yes": "Y", "y": "Y", "1": "Y", "true": "Y", "1.0": "Y"}
NO = {"no": "N", "n": "N", "0": "N", "false": "N", "0.0": "N"}
YES_NO = {**YES, **NO}
SEX = {"male": "M", "m": "M", "1": "M", "female": "F", "f": "F", "2": "F"}
CATEGORIES = {
    "neglect": "NEG",
    "likelihood of neglect": "NEG",
    "neg": "NEG",
    "physical abuse": "PHY",
    "physical": "PHY",
    "phy": "PHY",
    "sexual abuse": "SAB",
    "sexual": "SAB",
    "sab": "SAB",
    "emotional abuse": "EMO",
    "emotional": "EMO",
    "emo": "EMO",
    "multiple": "MUL",
    "multiple/not recommended": "MUL",
    "neglect physical": "MUL",
    "mul": "MUL",
}
STATUSES = {
    **dict.fromkeys(("looked after child", "cla", "lac", "cla&cp", "looked after"), "CLA"),
    **dict.fromkeys(("child protection plan", "cp", "cpp", "child protection"), "CP"),
    **dict.fromkeys(("child in need plan", "cin", "cin plan", "child in need"), "CIN"),
    **dict.fromkeys(("open assessment", "assessment"), "ASSESSMENT"),
    **dict.fromkeys(("closed episode", "closed", "closed - stepdown", "care leaver"), "CLOSED"),
}
ELIGIBILITY = {
    **dict.fromkeys(("relevant child", "relevant", "r"), "Relevant"),
    **dict.fromkeys(
        ("former relevant child", "former relevant", "fr", "former relevant 18-20"), "Former Relevant"
    ),
    **dict.fromkeys(("qualifying care leaver", "qualifying", "q"), "Qualifying"),
    **dict.fromkeys(("eligible", "eligible child", "e"), "Eligible"),
}
IN_TOUCH = {
    **dict.fromkeys(("yes", "y", "1 - yes, resident in the uk", "3 - yes, gone abroad"), "YES"),
    **dict.fromkeys(("no", "n"), "NO"),
    **dict.fromkeys(("died", "d"), "DIED"),
    **dict.fromkeys(("refu", "refused", "08 - young person refuses contact"), "REFU"),
    **dict.fromkeys(("nreq", "not required"), "NREQ"),
    **dict.fromkeys(("rhom", "returned home"), "RHOM"),
}
SEEN_ALONE_MEANS_SEEN = {**YES, "seen": "Y", "child not seen": "N", "not seen": "N"}
"""Who was seen alone was seen; "no" does not say whether the child was seen with others."""
PERMANENCE = {
    "return to family": "RETURNEV",
    "adoption": "ADOPTION",
    "sgo/cao": "LTRELFR",
    "supported living in the community": "SUPPLIV",
    "long-term residential placement": "RESPLMT",
    "long-term fostering": "LTFOST18",
    "other": "OTHERPLN",
}

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


def _means(column: str, words: Mapping[str, str], wanted: str) -> Callable[[Cells], pa.Array]:
    """Rows whose cell means one thing."""
    known = {said(word): meaning for word, meaning in words.items()}
    return lambda cells: pc.equal(cells.by_value(column, lambda v: known.get(said(v))), wanted)


def _health_check(column: str, kind: str) -> Fill:
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


def _somebody(cells: Cells) -> pa.Array:
    return pc.or_(cells.filled("worker"), cells.filled("team"))


def _allocation(end: str, rank: int) -> Fill:
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
        only=_somebody,
        once="involvement_id",
        rank=rank,
        latest_only=True,
        not_told=("start_date",),
    )


def _enquiry_end(cells: Cells) -> pa.Array:
    """An enquiry that needed no conference is over, and one whose conference was held is too."""
    over = pc.fill_null(_means("unnecessary", YES_NO, "Y")(cells), False)
    return pc.if_else(over, cells.text("start_date"), cells.text("conference_date"))


def _conference_needed(value: str) -> bool:
    return said(value) in NO


FORMS = (
    Form(
        SOURCE,
        lists.LIST_1,
        (
            Fill(
                "contact",
                {
                    "contact_id": joined("child_id", "contact_date", "source"),
                    "child_id": CHILD_ID,
                    "contact_date": same("contact_date"),
                    "source_code": code("source"),
                },
            ),
            CHILD,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_2,
        (
            Fill(
                "early_help",
                {
                    "early_help_id": joined("child_id", "start_date", "organisation"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "organisation": same("organisation"),
                },
                not_told=("end_date",),
            ),
            CHILD,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_3,
        (
            Fill(
                "episode",
                {
                    "episode_id": joined("child_id", "referral_date"),
                    "child_id": CHILD_ID,
                    "referral_date": same("referral_date"),
                    "source_code": code("source"),
                    "no_further_action": meant("no_further_action", YES_NO),
                    "close_date": same("referral_date"),
                    "team_id": named("team"),
                    "worker_id": named("worker"),
                },
                once="episode_id",
                not_told=("close_date",),
            ),
            CHILD,
            TEAM,
            WORKER,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_4,
        (
            Fill(
                "assessment",
                {
                    "assessment_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "child_seen": meant("seen", YES_NO),
                    "authorised_date": same("authorised_date"),
                    "team_id": named("team"),
                    "worker_id": named("worker"),
                },
            ),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_5,
        (
            Fill(
                "enquiry",
                {
                    "enquiry_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": Maker(("start_date", "conference_date", "unnecessary"), _enquiry_end),
                    "no_further_action": meant("unnecessary", YES_NO),
                    "outcome": where("unnecessary", '{"CP_CONFERENCE_FLAG": "Y"}', _conference_needed),
                    "team_id": named("team"),
                    "worker_id": named("worker"),
                },
                not_told=("end_date",),
            ),
            Fill(
                "conference",
                {
                    "conference_id": joined("child_id", "start_date", "conference_date"),
                    "enquiry_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "held_date": same("conference_date"),
                    "plan_agreed": meant("plan_agreed", YES_NO),
                },
                where=("conference_date",),
            ),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_6,
        (
            Fill(
                "episode",
                {
                    "episode_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "referral_date": same("start_date"),
                    "primary_need": code("primary_need"),
                    "close_date": same("close_date"),
                    "close_reason": code("close_reason"),
                },
                once="episode_id",
                rank=1,
            ),
            Fill(
                "cin_plan",
                {
                    "plan_id": joined("child_id", "start_date"),
                    "episode_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": same("close_date"),
                },
                only=_means("status", STATUSES, "CIN"),
                latest_only=True,
                not_told=("start_date",),
            ),
            Fill(
                "cin_visit",
                {
                    "visit_id": joined("child_id", "last_seen"),
                    "child_id": CHILD_ID,
                    "visit_date": same("last_seen"),
                    "seen": always("Y"),
                },
                where=("last_seen",),
                latest_only=True,
            ),
            _allocation("close_date", 3),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_7,
        (
            Fill(
                "cp_plan",
                {
                    "plan_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("start_date"),
                    "end_date": same("end_date"),
                    "first_category": meant("first_category", CATEGORIES),
                    "category": meant("category", CATEGORIES),
                    "earlier_plans": same("earlier_plans"),
                },
                latest_only=True,
            ),
            Fill(
                "cp_visit",
                {
                    "visit_id": joined("child_id", "visit_date"),
                    "child_id": CHILD_ID,
                    "plan_id": joined("child_id", "start_date"),
                    "visit_date": same("visit_date"),
                    "seen": meant("seen_alone", SEEN_ALONE_MEANS_SEEN),
                    "seen_alone": meant("seen_alone", {**YES_NO, "seen": "Y"}),
                },
                where=("visit_date",),
                latest_only=True,
            ),
            Fill(
                "cp_review",
                {
                    "review_id": joined("child_id", "review_date"),
                    "child_id": CHILD_ID,
                    "plan_id": joined("child_id", "start_date"),
                    "held_date": same("review_date"),
                },
                where=("review_date",),
                latest_only=True,
            ),
            _allocation("end_date", 1),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_8,
        (
            Fill(
                "care_episode",
                {
                    "care_episode_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "period_id": joined("child_id", "start_date"),
                    "start_date": same("start_date"),
                    "entered_care_date": same("start_date"),
                    "primary_need": code("primary_need"),
                    "end_date": same("end_date"),
                    "end_reason": code("end_reason"),
                    "last_iro_contact_date": same("iro_date"),
                },
                latest_only=True,
            ),
            Fill(
                "legal_status",
                {
                    "legal_status_id": joined("child_id", "legal_start", "legal_status"),
                    "child_id": CHILD_ID,
                    "status": code("legal_status"),
                    "start_date": first_of("legal_start", "start_date"),
                    "end_date": same("end_date"),
                },
                where=("legal_status",),
                latest_only=True,
            ),
            Fill(
                "placement",
                {
                    "placement_id": joined("child_id", "placement_start"),
                    "period_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "start_date": same("placement_start"),
                    "placement_type": code("placement_type"),
                    "provider": code("provider"),
                    "provider_number": same("provider_number"),
                    "postcode": same("postcode"),
                    "end_date": same("end_date"),
                },
                where=("placement_start",),
                latest_only=True,
            ),
            Fill(
                "care_review",
                {
                    "review_id": joined("child_id", "review_date"),
                    "period_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "held_date": same("review_date"),
                },
                where=("review_date",),
                latest_only=True,
            ),
            Fill(
                "care_visit",
                {
                    "visit_id": joined("child_id", "visit_date"),
                    "period_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "visit_date": same("visit_date"),
                },
                where=("visit_date",),
                latest_only=True,
                not_told=("seen", "seen_alone"),
            ),
            Fill(
                "care_plan",
                {
                    "care_plan_id": joined("child_id", "start_date"),
                    "child_id": CHILD_ID,
                    "options": meant(
                        "permanence", {words: f'{{"{key}": "Y"}}' for words, key in PERMANENCE.items()}
                    ),
                },
                where=("permanence",),
                latest_only=True,
                not_told=("start_date", "end_date"),
            ),
            _health_check("health_date", "Health assessment"),
            _health_check("dental_date", "Dental check"),
            _allocation("end_date", 2),
            *ABOUT,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_9,
        (
            Fill(
                "care_leaver",
                {
                    "care_leaver_id": CHILD_ID,
                    "child_id": CHILD_ID,
                    "eligibility": meant("eligibility", ELIGIBILITY),
                    "in_touch": meant("in_touch", IN_TOUCH),
                    "latest_contact_date": same("contact_date"),
                    "accommodation": accommodation("accommodation"),
                    "accommodation_suitable": meant("suitable", {"suitable": "1", "unsuitable": "2"}),
                    "activity": code("activity"),
                    "pathway_review_date": same("pathway_date"),
                    "adviser": named("adviser"),
                    "team_id": named("team"),
                    "worker_id": named("worker"),
                },
                latest_only=True,
            ),
            *ABOUT,
            Fill(
                "worker",
                {"worker_id": named("adviser"), "name": name_of("adviser")},
                where=("adviser",),
                once="worker_id",
            ),
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_10,
        (
            Fill(
                "permanence",
                {
                    "permanence_id": CHILD_ID,
                    "child_id": CHILD_ID,
                    "adoption_decision_date": same("decision_date"),
                    "placement_order_date": same("order_date"),
                    "matched_date": same("matched_date"),
                    "placed_date": same("placed_date"),
                    "ffa_placed_date": same("ffa_date"),
                    "order_date": same("adoption_date"),
                    "order_type": when_filled("adoption_date", "Adoption"),
                    "reversed_date": same("reversed_date"),
                    "reversed_reason": code("reversed_reason"),
                },
                latest_only=True,
            ),
            CHILD,
            DISABILITY,
        ),
    ),
    Form(
        SOURCE,
        lists.LIST_11,
        (
            Fill(
                "adopter",
                {
                    "adopter_id": same("adopter_id"),
                    "family_id": same("family_id"),
                    "gender": meant("gender", SEX),
                    "ethnicity": code("ethnicity"),
                    "disabled": meant("disability", YES_NO),
                    "fostering_for_adoption": meant("ffa", YES_NO),
                    **{
                        name: same(name)
                        for name in (
                            "enquiry_date",
                            "stage_1_start",
                            "stage_1_end",
                            "stage_2_start",
                            "stage_2_end",
                            "application_date",
                            "approved_date",
                            "matched_date",
                            "placed_date",
                            "children_placed",
                            "adoption_date",
                            "leaving_date",
                            "leaving_reason",
                        )
                    },
                },
            ),
        ),
    ),
)
