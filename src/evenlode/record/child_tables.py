"""Tables about children and their families."""

from __future__ import annotations

from evenlode.record.declare import (
    date_of,
    flag,
    identifier,
    integer,
    json_text,
    key,
    order_of,
    table,
    text,
)

CHILD = table(
    "child",
    "ssd_person",
    "One child or young person (some mothers too).",
    key("child_id", "The case system's id: opaque text, leading zeros kept.", "pers_person_id"),
    order_of("child_id"),
    text("legacy_id", "Id from an older case system.", "pers_legacy_id"),
    text("upn", "Unique pupil number.", "pers_upn"),
    text("forename", "Forename.", "pers_forename", personal=True),
    text("surname", "Surname.", "pers_surname", personal=True),
    text("sex", "F, M or U.", "pers_sex"),
    text("gender", "Gender code as recorded.", "pers_gender"),
    text("ethnicity", "DfE four-letter code, or a local one.", "pers_ethnicity"),
    date_of("dob", "Date of birth.", "pers_dob", personal=True, blank_if_unreadable=True),
    text(
        "unique_id",
        "Single unique identifier (NHS number slot).",
        "pers_single_unique_id",
        "pers_common_child_id",
        personal=True,
    ),
    text("upn_unknown", "Why there is no pupil number.", "pers_upn_unknown"),
    flag("ehc_plan", "Has an education, health and care plan.", "pers_send_flag"),
    date_of(
        "expected_dob",
        "Expected date of birth of an unborn child.",
        "pers_expected_dob",
        personal=True,
        blank_if_unreadable=True,
    ),
    date_of("death_date", "Date of death.", "pers_death_date"),
    flag("is_mother", "Is a mother.", "pers_is_mother"),
    text("nationality", "Country code.", "pers_nationality"),
)

CONTACT = table(
    "contact",
    "ssd_contacts",
    "One contact received at the front door.",
    key("contact_id", "The contact's id.", "cont_contact_id"),
    identifier("child_id", "The child.", "cont_person_id", required=True),
    date_of("contact_date", "Date received.", "cont_contact_date", required=True),
    text("source_code", "Who made it, by code.", "cont_contact_source_code"),
    text("source_name", "Who made it, in words.", "cont_contact_source_desc"),
    json_text("outcome", "Outcome flags.", "cont_contact_outcome_json"),
)

EARLY_HELP = table(
    "early_help",
    "ssd_early_help_episodes",
    "One early help episode.",
    key("early_help_id", "The episode's id.", "earl_episode_id"),
    identifier("child_id", "The child.", "earl_person_id", required=True),
    date_of("start_date", "Start.", "earl_episode_start_date", required=True),
    date_of("end_date", "End; blank while it runs.", "earl_episode_end_date"),
    text("reason", "Why it began.", "earl_episode_reason", personal=True),
    text("end_reason", "Why it ended.", "earl_episode_end_reason", personal=True),
    text("organisation", "Who leads.", "earl_episode_organisation"),
    identifier("worker_id", "The early help worker.", "earl_episode_worker_id"),
)

DISABILITY = table(
    "disability",
    "ssd_disability",
    "One disability of a child; a child may have several.",
    identifier("child_id", "The child.", "disa_person_id", required=True),
    key("disability_id", "The row's id.", "disa_table_id"),
    text(
        "code", "NONE, MOB, HAND, PC, INC, COMM, LD, HEAR, VIS, BEH, CON, AUT or DDA.", "disa_disability_code"
    ),
)

FAMILY = table(
    "family",
    "ssd_family",
    "One child's place in a family group.",
    key("family_row_id", "The row's id.", "fami_table_id"),
    identifier("family_id", "The family group.", "fami_family_id", required=True),
    order_of("family_id"),
    identifier("child_id", "The child.", "fami_person_id", required=True),
    order_of("child_id"),
)

MOTHER = table(
    "mother",
    "ssd_mother",
    "One link between a mother and her child.",
    key("mother_row_id", "The row's id.", "moth_table_id"),
    identifier("mother_id", "The mother.", "moth_person_id", required=True),
    identifier("child_id", "Her child.", "moth_childs_person_id"),
    date_of(
        "child_dob", "The child's date of birth.", "moth_childs_dob", personal=True, blank_if_unreadable=True
    ),
)

ADDRESS = table(
    "address",
    "ssd_address",
    "One address of a person.",
    key("address_id", "The row's id.", "addr_table_id"),
    identifier("child_id", "The person.", "addr_person_id", required=True),
    text("address_type", "Kind of address.", "addr_address_type"),
    date_of("start_date", "From.", "addr_address_start_date"),
    date_of("end_date", "To.", "addr_address_end_date"),
    text("postcode", "Postcode.", "addr_address_postcode", personal=True),
    json_text("address", "The address.", "addr_address_json", personal=True),
)

IMMIGRATION_STATUS = table(
    "immigration_status",
    "ssd_immigration_status",
    "One immigration status of a person.",
    identifier("child_id", "The person.", "immi_person_id", required=True),
    key("immigration_status_id", "The row's id.", "immi_immigration_status_id"),
    text("status", "The status.", "immi_immigration_status"),
    date_of("start_date", "From.", "immi_immigration_status_start_date"),
    date_of("end_date", "To.", "immi_immigration_status_end_date"),
)

LINKED_IDENTIFIER = table(
    "linked_identifier",
    "ssd_linked_identifiers",
    "One identifier a child has elsewhere.",
    key("link_id", "The row's id.", "link_table_id"),
    identifier("child_id", "The child.", "link_person_id", required=True),
    text("identifier_type", "What kind of identifier.", "link_identifier_type"),
    text("identifier_value", "The identifier.", "link_identifier_value", personal=True),
    date_of("valid_from", "From.", "link_valid_from_date"),
    date_of("valid_to", "To.", "link_valid_to_date"),
)

MISSING_EPISODE = table(
    "missing_episode",
    "ssd_missing",
    "One time a child was missing or away without leave.",
    key("missing_id", "The row's id.", "miss_table_id"),
    identifier("child_id", "The child.", "miss_person_id", required=True),
    date_of("start_date", "Went missing.", "miss_missing_episode_start_date", required=True),
    text("missing_type", "Missing or away.", "miss_missing_episode_type"),
    date_of("end_date", "Found; blank while missing.", "miss_missing_episode_end_date"),
    text("return_interview_offered", "Y, N, NA or blank.", "miss_missing_rhi_offered"),
    text("return_interview_accepted", "Y, N, NA or blank.", "miss_missing_rhi_accepted"),
)

SEND = table(
    "send",
    "ssd_send",
    "One child's special educational needs identity (normally empty).",
    key("send_id", "The row's id.", "send_table_id"),
    identifier("child_id", "The child.", "send_person_id"),
    text("upn", "Unique pupil number.", "send_upn"),
    text("uln", "Unique learner number.", "send_uln"),
    text("upn_unknown", "Why there is none.", "send_upn_unknown"),
)

SEN_NEED = table(
    "sen_need",
    "ssd_sen_need",
    "One need named in a plan (normally empty).",
    key("need_id", "The row's id.", "senn_table_id"),
    identifier("ehc_plan_id", "The plan.", "senn_active_ehcp_id"),
    text("need_type", "Kind of need.", "senn_active_ehcp_need_type"),
    text("need_rank", "Its rank.", "senn_active_ehcp_need_rank"),
)

EHC_REQUEST = table(
    "ehc_request",
    "ssd_ehcp_requests",
    "One request for an EHC assessment (normally empty).",
    key("request_id", "The request.", "ehcr_ehcp_request_id"),
    identifier("send_id", "The child's SEN row.", "ehcr_send_table_id"),
    date_of("request_date", "Asked.", "ehcr_ehcp_req_date"),
    date_of("outcome_date", "Decided.", "ehcr_ehcp_req_outcome_date"),
    text("outcome", "Decision.", "ehcr_ehcp_req_outcome"),
)

EHC_ASSESSMENT = table(
    "ehc_assessment",
    "ssd_ehcp_assessment",
    "One EHC assessment (normally empty).",
    key("ehc_assessment_id", "The assessment.", "ehca_ehcp_assessment_id"),
    identifier("request_id", "The request.", "ehca_ehcp_request_id"),
    date_of("outcome_date", "Decided.", "ehca_ehcp_assessment_outcome_date"),
    text("outcome", "Decision.", "ehca_ehcp_assessment_outcome"),
    text("exceptions", "Exceptions to the time limit.", "ehca_ehcp_assessment_exceptions"),
)

EHC_NAMED_PLAN = table(
    "ehc_named_plan",
    "ssd_ehcp_named_plan",
    "One named EHC plan (normally empty).",
    key("named_plan_id", "The plan.", "ehcn_named_plan_id"),
    identifier("ehc_assessment_id", "The assessment.", "ehcn_ehcp_asmt_id"),
    date_of("start_date", "Start.", "ehcn_named_plan_start_date"),
    date_of("ceased_date", "Ceased.", "ehcn_named_plan_ceased_date"),
    text("ceased_reason", "Why it ceased.", "ehcn_named_plan_ceased_reason"),
)

EHC_ACTIVE_PLAN = table(
    "ehc_active_plan",
    "ssd_ehcp_active_plans",
    "One active EHC plan (normally empty).",
    key("active_plan_id", "The plan.", "ehcp_active_ehcp_id"),
    identifier("request_id", "The request.", "ehcp_ehcp_request_id"),
    date_of("last_review_date", "Last reviewed.", "ehcp_active_ehcp_last_review_date"),
)

VOICE_OF_CHILD = table(
    "voice_of_child",
    "ssd_voice_of_child",
    "One child's answers (normally empty).",
    key("voice_id", "The row's id.", "voch_table_id"),
    identifier("child_id", "The child.", "voch_person_id"),
    flag("explained_worries", "Worries were explained.", "voch_explained_worries"),
    flag("story_help_understand", "The story helped to understand.", "voch_story_help_understand"),
    flag("agree_worker", "Agrees with the worker.", "voch_agree_worker"),
    flag("plan_safe", "The plan makes safe.", "voch_plan_safe"),
    flag("tablet_help_explain", "The tablet helped to explain.", "voch_tablet_help_explain"),
)

SDQ_SCORE = table(
    "sdq_score",
    "ssd_sdq_scores",
    "One strengths and difficulties score.",
    key("sdq_id", "The row's id.", "csdq_table_id"),
    identifier("child_id", "The child.", "csdq_person_id", required=True),
    date_of("completed_date", "Completed.", "csdq_sdq_completed_date"),
    text("reason", "Why there is none.", "csdq_sdq_reason"),
    integer("score", "Score.", "csdq_sdq_score"),
)

PLACEMENT_FINANCE = table(
    "placement_finance",
    "ssd_s251_finance",
    "One placement's costs (normally empty).",
    key("finance_id", "The row's id.", "s251_table_id"),
    identifier("placement_id", "The placement.", "s251_cla_placement_id"),
    *(text(f"placeholder_{n}", "Not used yet.", f"s251_placeholder_{n}") for n in (1, 2, 3, 4)),
)

CHILD_TABLES = (
    CHILD,
    CONTACT,
    EARLY_HELP,
    DISABILITY,
    FAMILY,
    MOTHER,
    ADDRESS,
    IMMIGRATION_STATUS,
    LINKED_IDENTIFIER,
    MISSING_EPISODE,
    SEND,
    SEN_NEED,
    EHC_REQUEST,
    EHC_ASSESSMENT,
    EHC_NAMED_PLAN,
    EHC_ACTIVE_PLAN,
    VOICE_OF_CHILD,
    SDQ_SCORE,
    PLACEMENT_FINANCE,
)
