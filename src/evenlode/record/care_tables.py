"""Tables about children looked after and young people who have left care."""

from __future__ import annotations

from evenlode.record.declare import (
    date_of,
    flag,
    identifier,
    integer,
    json_text,
    key,
    number,
    order_of,
    place_among,
    table,
    text,
)

CARE_EPISODE = table(
    "care_episode",
    "ssd_cla_episodes",
    "One looked-after episode: a new row for each change of placement or legal status.",
    key("care_episode_id", "The episode's id.", "clae_cla_episode_id"),
    identifier("child_id", "The child.", "clae_person_id", required=True),
    identifier("placement_id", "The placement.", "clae_cla_placement_id"),
    date_of("start_date", "Began.", "clae_cla_episode_start_date", required=True),
    text("start_reason", "S, L, P, T, B or U.", "clae_cla_episode_start_reason"),
    text("primary_need", "N1 to N8.", "clae_cla_primary_need_code"),
    date_of("end_date", "Ceased; blank while current.", "clae_cla_episode_ceased_date", required=True),
    text(
        "end_reason", "X1: goes on in the next episode; E codes: left care.", "clae_cla_episode_ceased_reason"
    ),
    identifier("period_id", "The period of care: one stay in care.", "clae_cla_id"),
    identifier("referral_id", "The referral.", "clae_referral_id"),
    date_of(
        "last_iro_contact_date",
        "Last contact of the reviewing officer.",
        "clae_cla_last_iro_contact_date",
        blank_if_unreadable=True,
    ),
    date_of("entered_care_date", "Start of the period of care.", "clae_entered_care_date"),
)

LEGAL_STATUS = table(
    "legal_status",
    "ssd_legal_status",
    "One spell of a legal status.",
    key("legal_status_id", "The row's id.", "lega_legal_status_id"),
    order_of("legal_status_id"),
    identifier("child_id", "The child.", "lega_person_id", required=True),
    text("status", "SSDA903 code or local text.", "lega_legal_status"),
    date_of("start_date", "From.", "lega_legal_status_start_date", required=True),
    date_of("end_date", "To; blank while current.", "lega_legal_status_end_date", required=True),
)

PLACEMENT = table(
    "placement",
    "ssd_cla_placement",
    "One placement row of a looked-after child.",
    key("placement_id", "The row's id.", "clap_cla_placement_id"),
    order_of("placement_id"),
    identifier("period_id", "The period of care.", "clap_cla_id"),
    identifier("child_id", "The child.", "clap_person_id"),
    date_of("start_date", "Began.", "clap_cla_placement_start_date", required=True),
    text("placement_type", "SSDA903 code.", "clap_cla_placement_type"),
    text(
        "provider_number",
        "Ofsted number of the provider; XXXXXXX and 9999999 mean none.",
        "clap_cla_placement_urn",
    ),
    number("distance", "Miles from home; 999.9 means unknown.", "clap_cla_placement_distance"),
    text("provider", "PR0 to PR5.", "clap_cla_placement_provider"),
    text("postcode", "Postcode.", "clap_cla_placement_postcode", personal=True),
    date_of("end_date", "Ended; blank while current.", "clap_cla_placement_end_date", required=True),
    text("change_reason", "Why it ended.", "clap_cla_placement_change_reason"),
    needs_one_of=(("child_id", "period_id"),),
)

CARE_REVIEW = table(
    "care_review",
    "ssd_cla_reviews",
    "One statutory review of a looked-after child.",
    key("review_id", "The review's id.", "clar_cla_review_id"),
    identifier("period_id", "The period of care.", "clar_cla_id", required=True),
    identifier("child_id", "The child, where the case system gives it.", "clar_cla_person_id"),
    date_of("due_date", "Due, as recorded.", "clar_cla_review_due_date"),
    date_of("held_date", "Held; blank where not held.", "clar_cla_review_date", required=True),
    flag("cancelled", "Cancelled.", "clar_cla_review_cancelled"),
    text("participation", "PN0 to PN7.", "clar_cla_review_participation"),
    note="Mostly carries no child: the child is that of the period of care.",
)

CARE_VISIT = table(
    "care_visit",
    "ssd_cla_visits",
    "One statutory visit to a looked-after child.",
    key("visit_id", "The visit's id.", "clav_cla_visit_id"),
    identifier("period_id", "The period of care.", "clav_cla_id"),
    identifier("child_id", "The child.", "clav_person_id"),
    date_of("visit_date", "Date of the visit.", "clav_cla_visit_date", required=True),
    flag("seen", "The child was seen.", "clav_cla_visit_seen"),
    flag("seen_alone", "The child was seen alone.", "clav_cla_visit_seen_alone"),
    needs_one_of=(("child_id", "period_id"),),
)

CARE_PLAN = table(
    "care_plan",
    "ssd_cla_care_plan",
    "One care plan with its permanence options.",
    key("care_plan_id", "The row's id.", "lacp_table_id", "lacp_cla_care_plan_id"),
    identifier("child_id", "The child.", "lacp_person_id", required=True),
    date_of("start_date", "From.", "lacp_cla_care_plan_start_date"),
    date_of("end_date", "To.", "lacp_cla_care_plan_end_date"),
    json_text("options", "Permanence options.", "lacp_cla_care_plan_json"),
)

CARE_LEAVER = table(
    "care_leaver",
    "ssd_care_leavers",
    "A care leaver's position: a snapshot, not a history.",
    key("care_leaver_id", "The row's id.", "clea_table_id"),
    place_among("child_id"),
    identifier("child_id", "The young person.", "clea_person_id", required=True),
    text(
        "eligibility",
        "Relevant, Former Relevant, Eligible, Qualifying or none.",
        "clea_care_leaver_eligibility",
    ),
    text("in_touch", "YES, NO, DIED, REFU, NREQ or RHOM.", "clea_care_leaver_in_touch"),
    date_of(
        "latest_contact_date",
        "Last contact of the adviser.",
        "clea_care_leaver_latest_contact",
        required=True,
        blank_if_unreadable=True,
    ),
    text("accommodation", "Code.", "clea_care_leaver_accommodation"),
    text("accommodation_suitable", "1 suitable, 2 not.", "clea_care_leaver_accom_suitable"),
    text("activity", "Code.", "clea_care_leaver_activity"),
    date_of(
        "pathway_review_date",
        "Start or last review of the pathway plan.",
        "clea_pathway_plan_review_date",
        required=True,
        blank_if_unreadable=True,
    ),
    text(
        "adviser",
        "Personal adviser: a worker's id in some extracts, a name in others.",
        "clea_care_leaver_personal_advisor",
    ),
    identifier("team_id", "Team.", "clea_care_leaver_allocated_team"),
    identifier("worker_id", "Allocated social worker.", "clea_care_leaver_worker_id"),
)

PERMANENCE = table(
    "permanence",
    "ssd_permanence",
    "One child's way to permanence.",
    key("permanence_id", "The row's id.", "perm_table_id"),
    identifier("child_id", "The child.", "perm_person_id"),
    identifier("period_id", "The period of care.", "perm_cla_id"),
    date_of("adoption_decision_date", "Decision to place.", "perm_adm_decision_date"),
    date_of("ffa_decision_date", "Fostering for adoption decision.", "perm_ffa_cp_decision_date"),
    date_of("placement_order_date", "Placement order.", "perm_placement_order_date"),
    date_of("placed_date", "Placed for adoption.", "perm_placed_for_adoption_date"),
    date_of("matched_date", "Matched.", "perm_matched_date"),
    flag("adopted_by_carer", "Adopted by the carer.", "perm_adopted_by_carer_flag"),
    date_of("ffa_placed_date", "Placed for fostering for adoption.", "perm_placed_ffa_cp_date"),
    date_of("reversed_date", "Decision reversed.", "perm_decision_reversed_date"),
    date_of("foster_carer_date", "Placed with foster carer.", "perm_placed_foster_carer_date"),
    flag("sibling_group", "Part of a sibling group.", "perm_part_of_sibling_group"),
    integer("siblings_together", "Siblings placed together.", "perm_siblings_placed_together"),
    integer("siblings_apart", "Siblings placed apart.", "perm_siblings_placed_apart"),
    text("provider_number", "Provider.", "perm_placement_provider_urn"),
    text("reversed_reason", "Why reversed.", "perm_decision_reversed_reason"),
    date_of("order_date", "Permanence order.", "perm_permanence_order_date"),
    text("order_type", "Kind of order.", "perm_permanence_order_type"),
    identifier("adoption_worker_id", "Adoption worker.", "perm_adoption_worker_id", "perm_adoption_worker"),
    text("adopter_sex", "Adopters' sex.", "perm_adopter_sex"),
    text("adopter_legal_status", "Adopters' legal status.", "perm_adopter_legal_status"),
    integer("adopters", "Number of adopters.", "perm_number_of_adopters"),
    needs_one_of=(("child_id", "period_id"),),
)

HEALTH_CHECK = table(
    "health_check",
    "ssd_cla_health",
    "One health or dental check of a looked-after child.",
    key("health_check_id", "The row's id.", "clah_health_check_id"),
    identifier("child_id", "The child.", "clah_person_id", required=True),
    text("check_type", "Kind of check.", "clah_health_check_type"),
    date_of("check_date", "Date.", "clah_health_check_date"),
    text("status", "Status.", "clah_health_check_status"),
)

IMMUNISATION = table(
    "immunisation",
    "ssd_cla_immunisations",
    "Whether immunisations are up to date.",
    identifier("child_id", "The child.", "clai_person_id", required=True),
    flag("up_to_date", "Up to date.", "clai_immunisations_status"),
    date_of("status_date", "As at.", "clai_immunisations_status_date"),
)

SUBSTANCE_MISUSE = table(
    "substance_misuse",
    "ssd_cla_substance_misuse",
    "One record of substance misuse.",
    key("substance_misuse_id", "The row's id.", "clas_substance_misuse_id"),
    identifier("child_id", "The child.", "clas_person_id", required=True),
    date_of("recorded_date", "Date.", "clas_substance_misuse_date"),
    text("substance", "Substance.", "clas_substance_misused", personal=True),
    flag("intervention", "Help was received.", "clas_intervention_received"),
)

CONVICTION = table(
    "conviction",
    "ssd_cla_convictions",
    "One conviction of a looked-after child.",
    key("conviction_id", "The row's id.", "clac_cla_conviction_id"),
    identifier("child_id", "The child.", "clac_person_id", required=True),
    date_of("conviction_date", "Date.", "clac_cla_conviction_date"),
    text("offence", "Offence.", "clac_cla_conviction_offence", personal=True),
)

EARLIER_PERMANENCE = table(
    "earlier_permanence",
    "ssd_cla_previous_permanence",
    "One earlier permanence order.",
    key("earlier_permanence_id", "The row's id.", "lapp_table_id"),
    identifier("child_id", "The child.", "lapp_person_id", required=True),
    text("order_date", "Date of the order, often only a part of one.", "lapp_previous_permanence_order_date"),
    text("option", "Kind of order.", "lapp_previous_permanence_option"),
    text("council", "Council.", "lapp_previous_permanence_la"),
)

CARE_TABLES = (
    CARE_EPISODE,
    LEGAL_STATUS,
    PLACEMENT,
    CARE_REVIEW,
    CARE_VISIT,
    CARE_PLAN,
    CARE_LEAVER,
    PERMANENCE,
    HEALTH_CHECK,
    IMMUNISATION,
    SUBSTANCE_MISUSE,
    CONVICTION,
    EARLIER_PERMANENCE,
)
