"""Tables about episodes of need, assessments, enquiries, plans and their visits and reviews."""

from __future__ import annotations

from evenlode.record.declare import (
    date_of,
    flag,
    identifier,
    integer,
    json_flag,
    json_text,
    key,
    order_of,
    table,
    text,
)

EPISODE = table(
    "episode",
    "ssd_cin_episodes",
    "One episode of need, from referral to closure: what plans and assessments hang from.",
    key("episode_id", "The referral's id.", "cine_referral_id"),
    order_of("episode_id"),
    identifier("child_id", "The child.", "cine_person_id", required=True),
    date_of("referral_date", "Referred.", "cine_referral_date", required=True),
    text("primary_need", "N1 to N9, N0.", "cine_cin_primary_need_code"),
    text("source_code", "Who referred, by code.", "cine_referral_source_code"),
    text("source_name", "Who referred, in words.", "cine_referral_source_desc"),
    json_text("outcome", "Outcome flags.", "cine_referral_outcome_json"),
    flag("no_further_action", "Ended without further action.", "cine_referral_nfa"),
    text("close_reason", "RC1 to RC9.", "cine_close_reason"),
    date_of("close_date", "Closed; blank while open.", "cine_close_date", required=True),
    identifier("team_id", "Who took the referral (not today's team).", "cine_referral_team"),
    identifier("worker_id", "Who took the referral (not today's worker).", "cine_referral_worker_id"),
    note="Episodes closed more than six years ago are left out of SSD extracts.",
)

ASSESSMENT = table(
    "assessment",
    "ssd_cin_assessments",
    "One child and family assessment.",
    key("assessment_id", "The assessment's id.", "cina_assessment_id"),
    order_of("assessment_id"),
    identifier("child_id", "The child.", "cina_person_id"),
    identifier("episode_id", "The referral it belongs to.", "cina_referral_id"),
    date_of("start_date", "Began.", "cina_assessment_start_date", required=True),
    flag("child_seen", "The child was seen.", "cina_assessment_child_seen"),
    date_of(
        "authorised_date", "Manager's sign-off; blank while open.", "cina_assessment_auth_date", required=True
    ),
    json_text("outcome", "Outcome flags.", "cina_assessment_outcome_json", personal=True),
    flag("no_further_action", "Ended without further action.", "cina_assessment_outcome_nfa"),
    identifier("team_id", "Authoring team.", "cina_assessment_team"),
    identifier("worker_id", "Author.", "cina_assessment_worker_id"),
    needs_one_of=(("child_id", "episode_id"),),
)

ASSESSMENT_FACTOR = table(
    "assessment_factor",
    "ssd_assessment_factors",
    "The factors found by one assessment.",
    key("factor_row_id", "The row's id.", "cinf_table_id"),
    identifier("assessment_id", "The assessment.", "cinf_assessment_id", required=True),
    json_text("factors", "A list of codes, or an object of code and Yes.", "cinf_assessment_factors_json"),
)

ENQUIRY = table(
    "enquiry",
    "ssd_s47_enquiry",
    "One section 47 enquiry.",
    key("enquiry_id", "The enquiry's id.", "s47e_s47_enquiry_id"),
    identifier("episode_id", "The referral it belongs to.", "s47e_referral_id"),
    identifier("child_id", "The child.", "s47e_person_id"),
    date_of("start_date", "Strategy discussion.", "s47e_s47_start_date", required=True),
    date_of("end_date", "Ended; blank while open.", "s47e_s47_end_date", required=True),
    flag("no_further_action", "Ended without further action.", "s47e_s47_nfa"),
    json_text("outcome", "Outcome flags.", "s47e_s47_outcome_json", personal=True),
    json_flag("says_conference", "The outcome says conference.", "outcome", "CP_CONFERENCE_FLAG"),
    identifier("team_id", "Completed by team.", "s47e_s47_completed_by_team"),
    identifier("worker_id", "Completed by worker.", "s47e_s47_completed_by_worker_id"),
    needs_one_of=(("child_id", "episode_id"),),
)

CONFERENCE = table(
    "conference",
    "ssd_initial_cp_conference",
    "One initial child protection conference.",
    key("conference_id", "The conference's id.", "icpc_icpc_id"),
    text("meeting_id", "The meeting.", "icpc_icpc_meeting_id"),
    identifier("enquiry_id", "The enquiry that led to it.", "icpc_s47_enquiry_id"),
    identifier("child_id", "The child.", "icpc_person_id"),
    identifier("plan_id", "The plan that came of it.", "icpc_cp_plan_id"),
    identifier("episode_id", "The referral.", "icpc_referral_id"),
    flag("transfer_in", "Moved in from another council.", "icpc_icpc_transfer_in"),
    date_of(
        "target_date",
        "Fifteen working days after the strategy discussion.",
        "icpc_icpc_target_date",
        blank_if_unreadable=True,
    ),
    date_of("held_date", "Held; blank where not held.", "icpc_icpc_date", required=True),
    flag("plan_agreed", "A plan was agreed.", "icpc_icpc_outcome_cp_flag"),
    json_text("outcome", "Outcome flags.", "icpc_icpc_outcome_json", personal=True),
    identifier("team_id", "Team.", "icpc_icpc_team"),
    identifier("worker_id", "Worker.", "icpc_icpc_worker_id"),
    needs_one_of=(("child_id", "episode_id", "enquiry_id", "plan_id"),),
)

CIN_PLAN = table(
    "cin_plan",
    "ssd_cin_plans",
    "One child in need plan.",
    key("plan_id", "The plan's id.", "cinp_cin_plan_id", "cin_plan_id"),
    identifier("episode_id", "The referral.", "cinp_referral_id"),
    identifier("child_id", "The child.", "cinp_person_id"),
    date_of("start_date", "Began.", "cinp_cin_plan_start_date", required=True),
    date_of("end_date", "Ended; blank while open.", "cinp_cin_plan_end_date", required=True),
    identifier("team_id", "Team.", "cinp_cin_plan_team"),
    identifier("worker_id", "Plan owner.", "cinp_cin_plan_worker_id"),
    note="The SSD has no table of reviews of these plans.",
    needs_one_of=(("child_id", "episode_id"),),
)

CIN_VISIT = table(
    "cin_visit",
    "ssd_cin_visits",
    "One visit to a child in need.",
    key("visit_id", "The visit's id.", "cinv_cin_visit_id"),
    identifier("child_id", "The child.", "cinv_person_id"),
    identifier("plan_id", "The plan (Mosaic only, in place of the child).", "cinv_cin_plan_id"),
    date_of("visit_date", "Date of the visit.", "cinv_cin_visit_date", required=True),
    flag("seen", "The child was seen.", "cinv_cin_visit_seen"),
    flag("seen_alone", "The child was seen alone.", "cinv_cin_visit_seen_alone"),
    flag("bedroom", "The bedroom was seen.", "cinv_cin_visit_bedroom"),
    note="Carries no worker, so visits are matched by child and date.",
    needs_one_of=(("child_id", "plan_id"),),
)

CP_PLAN = table(
    "cp_plan",
    "ssd_cp_plans",
    "One child protection plan.",
    key("plan_id", "The plan's id.", "cppl_cp_plan_id"),
    identifier("episode_id", "The referral.", "cppl_referral_id"),
    identifier("conference_id", "The initial conference.", "cppl_icpc_id"),
    identifier("child_id", "The child.", "cppl_person_id"),
    date_of("start_date", "Began.", "cppl_cp_plan_start_date", required=True),
    date_of("end_date", "Ended; blank while open.", "cppl_cp_plan_end_date", required=True),
    flag("other_council", "The plan belongs to another council.", "cppl_cp_plan_ola"),
    text("first_category", "Category of abuse at first.", "cppl_cp_plan_initial_category"),
    text("category", "Category of abuse now.", "cppl_cp_plan_latest_category"),
    integer(
        "earlier_plans",
        "How many plans the child had before, where a format gives the number and not the plans.",
    ),
    needs_one_of=(("child_id", "episode_id"),),
)

CP_VISIT = table(
    "cp_visit",
    "ssd_cp_visits",
    "One statutory visit to a child on a protection plan.",
    key("visit_id", "The visit's id.", "cppv_cp_visit_id"),
    order_of("visit_id"),
    identifier("child_id", "The child.", "cppv_person_id"),
    identifier("plan_id", "The plan; where blank, any plan of the child.", "cppv_cp_plan_id"),
    date_of("visit_date", "Date of the visit.", "cppv_cp_visit_date", required=True),
    flag("seen", "The child was seen.", "cppv_cp_visit_seen"),
    flag("seen_alone", "The child was seen alone.", "cppv_cp_visit_seen_alone"),
    flag("bedroom", "The bedroom was seen.", "cppv_cp_visit_bedroom"),
    needs_one_of=(("child_id", "plan_id"),),
)

CP_REVIEW = table(
    "cp_review",
    "ssd_cp_reviews",
    "One child protection review conference.",
    key("review_id", "The review's id.", "cppr_cp_review_id", "workflow_step_id"),
    identifier("child_id", "The child.", "cppr_person_id", "person_id"),
    identifier("plan_id", "The plan.", "cppr_cp_plan_id", "registration_id"),
    date_of("due_date", "Due, as recorded.", "cppr_cp_review_due", "due_date"),
    date_of("held_date", "Held; blank where not held.", "cppr_cp_review_date", "actual_date", required=True),
    text("meeting_id", "The meeting.", "cppr_cp_review_meeting_id"),
    flag("continues", "The plan continues.", "cppr_cp_review_outcome_continue_cp", "review_outcome"),
    text("quorate", "Y or N.", "cppr_cp_review_quorate", "quorate"),
    text("participation", "PN0 to PN7.", "cppr_cp_review_participation", "review_participation"),
    needs_one_of=(("child_id", "plan_id"),),
)

PRE_PROCEEDINGS = table(
    "pre_proceedings",
    "ssd_pre_proceedings",
    "One family's pre-proceedings (an empty placeholder in every case system so far).",
    key("pre_proceedings_id", "The row's id.", "prep_table_id"),
    identifier("child_id", "The child.", "prep_person_id", required=True),
    identifier("family_id", "Family group.", "prep_plo_family_id"),
    date_of("decision_date", "Agreed to start.", "prep_pre_pro_decision_date"),
    date_of("first_meeting_date", "First meeting with parents.", "prep_initial_pre_pro_meeting_date"),
    text("outcome", "Issue or step down; blank while open.", "prep_pre_pro_outcome"),
    date_of("end_date", "Panel that ended it.", "prep_agree_stepdown_issue_date"),
    text("gateway_outcome", "Legal gateway outcome, A to D.", "prep_legal_gateway_outcome"),
    date_of("letter_date", "Letter before proceedings.", "prep_pre_pro_letter_date"),
    date_of("issue_letter_date", "Letter of issue.", "prep_care_pro_letter_date"),
    text("meetings", "Review meetings after the first.", "prep_pre_pro_meetings_num"),
    text("court_reference", "Court reference.", "prep_court_reference"),
    text("hearings", "Court hearings.", "prep_care_proc_court_hearings"),
    text("plans_this_referral", "Protection plans in the referral.", "prep_cp_plans_referral_period"),
    text("earlier_pre_proceedings", "Earlier pre-proceedings.", "prep_prev_pre_proc_child"),
    text("earlier_proceedings", "Earlier proceedings.", "prep_prev_care_proc_child"),
    flag("parents_legal_help", "Parents were represented.", "prep_pre_pro_parents_legal_rep"),
    flag(
        "parents_legal_help_at_issue",
        "Parents were represented at issue.",
        "prep_parents_legal_rep_point_of_issue",
    ),
    flag("short_notice", "Issued at short notice.", "prep_care_proc_short_notice"),
    text("short_notice_reason", "Why at short notice.", "prep_proc_short_notice_reason"),
    flag("first_plan_approved", "First care plan approved.", "prep_la_inital_plan_approved"),
    text("first_plan", "First care plan.", "prep_la_initial_care_plan"),
    flag("final_plan_approved", "Final care plan approved.", "prep_la_final_plan_approved"),
    text("final_plan", "Final care plan.", "prep_la_final_care_plan"),
)

PLAN_TABLES = (
    EPISODE,
    ASSESSMENT,
    ASSESSMENT_FACTOR,
    ENQUIRY,
    CONFERENCE,
    CIN_PLAN,
    CIN_VISIT,
    CP_PLAN,
    CP_VISIT,
    CP_REVIEW,
    PRE_PROCEEDINGS,
)
