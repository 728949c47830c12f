"""Lists 8 to 11 of Annex A: children looked after, care leavers, adoption, adopters."""

from __future__ import annotations

from evenlode.extracts.forms import annex_a_lists as lists
from evenlode.extracts.forms.annex_a_fills import (
    ABOUT,
    CHILD,
    CHILD_ID,
    DISABILITY,
    SOURCE,
    allocation,
    health_check,
)
from evenlode.extracts.forms.annex_a_words import (
    ELIGIBILITY,
    IN_TOUCH,
    PERMANENCE,
    SEX,
    YES_NO,
)
from evenlode.extracts.forms.form import Fill, Form
from evenlode.extracts.forms.make import (
    accommodation,
    code,
    first_of,
    joined,
    meant,
    name_of,
    named,
    same,
    when_filled,
)

CARE = (
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
            health_check("health_date", "Health assessment"),
            health_check("dental_date", "Dental check"),
            allocation("end_date", 2),
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
