"""The headings of every extract file that the invented council writes: SSD tables as SystemC writes them, and three local exports."""

from __future__ import annotations

SSD_HEADINGS: dict[str, str] = {
    "ssd_person": "pers_legacy_id,pers_person_id,pers_upn,pers_forename,pers_surname,pers_sex,pers_gender,pers_ethnicity,pers_dob,pers_single_unique_id,pers_upn_unknown,pers_send_flag,pers_expected_dob,pers_death_date,pers_is_mother,pers_nationality",
    "ssd_family": "fami_table_id,fami_family_id,fami_person_id",
    "ssd_disability": "disa_person_id,disa_table_id,disa_disability_code",
    "ssd_immigration_status": "immi_immigration_status_id,immi_person_id,immi_immigration_status_start_date,immi_immigration_status_end_date,immi_immigration_status",
    "ssd_contacts": "cont_contact_id,cont_person_id,cont_contact_date,cont_contact_source_code,cont_contact_source_desc,cont_contact_outcome_json",
    "ssd_early_help_episodes": "earl_episode_id,earl_person_id,earl_episode_start_date,earl_episode_end_date,earl_episode_reason,earl_episode_end_reason,earl_episode_organisation,earl_episode_worker_id",
    "ssd_cin_episodes": "cine_referral_id,cine_person_id,cine_referral_date,cine_cin_primary_need_code,cine_referral_source_code,cine_referral_source_desc,cine_referral_outcome_json,cine_referral_nfa,cine_close_reason,cine_close_date,cine_referral_team,cine_referral_worker_id",
    "ssd_cin_assessments": "cina_assessment_id,cina_person_id,cina_referral_id,cina_assessment_start_date,cina_assessment_child_seen,cina_assessment_auth_date,cina_assessment_outcome_json,cina_assessment_outcome_nfa,cina_assessment_team,cina_assessment_worker_id",
    "ssd_assessment_factors": "cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json",
    "ssd_s47_enquiry": "s47e_s47_enquiry_id,s47e_referral_id,s47e_person_id,s47e_s47_start_date,s47e_s47_end_date,s47e_s47_nfa,s47e_s47_outcome_json,s47e_s47_completed_by_worker_id,s47e_s47_completed_by_team",
    "ssd_initial_cp_conference": "icpc_icpc_id,icpc_icpc_meeting_id,icpc_s47_enquiry_id,icpc_person_id,icpc_cp_plan_id,icpc_referral_id,icpc_icpc_transfer_in,icpc_icpc_target_date,icpc_icpc_date,icpc_icpc_outcome_cp_flag,icpc_icpc_outcome_json,icpc_icpc_team,icpc_icpc_worker_id",
    "ssd_cin_plans": "cinp_cin_plan_id,cinp_referral_id,cinp_person_id,cinp_cin_plan_start_date,cinp_cin_plan_end_date,cinp_cin_plan_team,cinp_cin_plan_worker_id",
    "ssd_cin_visits": "cinv_cin_visit_id,cinv_person_id,cinv_cin_visit_date,cinv_cin_visit_seen,cinv_cin_visit_seen_alone,cinv_cin_visit_bedroom",
    "ssd_cp_plans": "cppl_cp_plan_id,cppl_referral_id,cppl_icpc_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,cppl_cp_plan_ola,cppl_cp_plan_initial_category,cppl_cp_plan_latest_category",
    "ssd_cp_visits": "cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen,cppv_cp_visit_seen_alone,cppv_cp_visit_bedroom",
    "ssd_cp_reviews": "cppr_cp_review_id,cppr_person_id,cppr_cp_plan_id,cppr_cp_review_due,cppr_cp_review_date,cppr_cp_review_meeting_id,cppr_cp_review_outcome_continue_cp,cppr_cp_review_quorate,cppr_cp_review_participation",
    "ssd_legal_status": "lega_legal_status_id,lega_person_id,lega_legal_status,lega_legal_status_start_date,lega_legal_status_end_date",
    "ssd_cla_episodes": "clae_cla_episode_id,clae_person_id,clae_cla_placement_id,clae_cla_episode_start_date,clae_cla_episode_start_reason,clae_cla_primary_need_code,clae_cla_episode_ceased_date,clae_cla_episode_ceased_reason,clae_cla_id,clae_referral_id,clae_cla_last_iro_contact_date,clae_entered_care_date",
    "ssd_cla_placement": "clap_cla_placement_id,clap_cla_id,clap_person_id,clap_cla_placement_start_date,clap_cla_placement_type,clap_cla_placement_urn,clap_cla_placement_distance,clap_cla_placement_provider,clap_cla_placement_postcode,clap_cla_placement_end_date,clap_cla_placement_change_reason",
    "ssd_cla_reviews": "clar_cla_review_id,clar_cla_id,clar_cla_review_due_date,clar_cla_review_date,clar_cla_review_cancelled,clar_cla_review_participation",
    "ssd_cla_visits": "clav_cla_visit_id,clav_cla_id,clav_person_id,clav_cla_visit_date,clav_cla_visit_seen,clav_cla_visit_seen_alone",
    "ssd_cla_care_plan": "lacp_table_id,lacp_person_id,lacp_cla_care_plan_start_date,lacp_cla_care_plan_end_date,lacp_cla_care_plan_json",
    "ssd_missing": "miss_table_id,miss_person_id,miss_missing_episode_start_date,miss_missing_episode_type,miss_missing_episode_end_date,miss_missing_rhi_offered,miss_missing_rhi_accepted",
    "ssd_care_leavers": "clea_table_id,clea_person_id,clea_care_leaver_eligibility,clea_care_leaver_in_touch,clea_care_leaver_latest_contact,clea_care_leaver_accommodation,clea_care_leaver_accom_suitable,clea_care_leaver_activity,clea_pathway_plan_review_date,clea_care_leaver_personal_advisor,clea_care_leaver_allocated_team,clea_care_leaver_worker_id",
    "ssd_cla_health": "clah_health_check_id,clah_person_id,clah_health_check_type,clah_health_check_date,clah_health_check_status",
    "ssd_pre_proceedings": "prep_table_id,prep_person_id,prep_plo_family_id,prep_pre_pro_decision_date,prep_initial_pre_pro_meeting_date,prep_pre_pro_outcome,prep_agree_stepdown_issue_date,prep_cp_plans_referral_period,prep_legal_gateway_outcome,prep_prev_pre_proc_child,prep_prev_care_proc_child,prep_pre_pro_letter_date,prep_care_pro_letter_date,prep_pre_pro_meetings_num,prep_pre_pro_parents_legal_rep,prep_parents_legal_rep_point_of_issue,prep_court_reference,prep_care_proc_court_hearings,prep_care_proc_short_notice,prep_proc_short_notice_reason,prep_la_inital_plan_approved,prep_la_initial_care_plan,prep_la_final_plan_approved,prep_la_final_care_plan",
    "ssd_involvements": "invo_involvements_id,invo_professional_id,invo_professional_role_id,invo_professional_team,invo_person_id,invo_involvement_start_date,invo_involvement_end_date,invo_worker_change_reason,invo_referral_id",
    "ssd_professionals": "prof_professional_id,prof_staff_id,prof_professional_name,prof_social_worker_registration_no,prof_agency_worker_flag,prof_professional_job_title,prof_professional_caseload,prof_professional_department,prof_full_time_equivalency",
    "ssd_department": "dept_team_id,dept_team_name,dept_team_parent_id,dept_team_parent_name",
}

LOCAL_HEADINGS: dict[str, str] = {
    "supervision_case_notes_export": "Person ID,Case Note Type,Date of Note,Author,Recorded For Worker,Next Supervision Due,Case Note ID,Date Recorded,signed_date,state,actions_reviewed,plan_progress,child_voice,risk_considered,reflective,decision_reason,drift_question,dates_checked",
    "worker_supervision_export": "Person ID,Case Note Type,Date of Note,Author,Recorded For Worker,Case Note ID,Duration (minutes),state,wellbeing,workload_considered,learning",
    "key_dates": "child_id,kind,due_date,done_date,start_date,worker_id,outcome",
    "visit_notes": "child_id,visit_date,visit_worker_id,purpose_recorded,at_home,wishes_recorded,second_parent_seen,recorded_date",
    "case_entries": "child_id,entry_date,entry_kind,by_manager,recorded_date",
    "plan_intervals": "child_id,plan_id,visit_every_days,review_every_days,next_review_due",
    "teams": "team_id,team_name,parent_id,service,manager_id",
    "audits": "audit_id,child_id,audit_date,auditor_id,grade,theme,action_required,moderated_grade,moderated_on,moderator_id,team_id",
    "guard_overrides": "child_id,guard,worker_id,manager_id,reason_recorded,decided_on,review_by",
    "supervision_actions_export": "Person ID,Supervision Date,Agreed Action,Target Date,Completed Date,Status,proof,owner_id,audit_id,practice_changed,replaced_by,withdrawal_reason",
    "hr_establishment_export": "Staff Number,Name,Team,Post Title,Contract,FTE,Line Manager,Start Date,Leaving Date,SWE Number,ASYE Start,ASYE End,Absent From,Absence Reason,qualified_date",
}


def _flags(names: str, yes: str) -> str:
    """A quoted JSON cell of Y and N flags, as the case system writes it."""
    inner = ", ".join(f'""{name}"": ""{"Y" if name == yes else "N"}""' for name in names.split())
    return f'"{{{inner}}}"'


_CONTACT = "NEW_REFERRAL_FLAG EXISTING_REFERRAL_FLAG CP_ENQUIRY_FLAG NFA_FLAG NON_AGENCY_ADOPTION_FLAG PRIVATE_FOSTERING_FLAG ADVICE_FLAG MISSING_FLAG OLA_CP_FLAG OTHER_OUTCOMES_EXIST_FLAG"
_REFERRAL = "SINGLE_ASSESSMENT_FLAG NFA_FLAG STRATEGY_DISCUSSION_FLAG CLA_REQUEST_FLAG"

CONTACT_ACCEPTED = _flags(_CONTACT, "NEW_REFERRAL_FLAG")
CONTACT_ADVICE = _flags(_CONTACT, "ADVICE_FLAG")
REFERRAL_ASSESS = _flags(_REFERRAL, "SINGLE_ASSESSMENT_FLAG")
REFERRAL_NFA = _flags(_REFERRAL, "NFA_FLAG")
ASSESSMENT_SERVICES = '"{""NFA_FLAG"": ""N"", ""PROV_OF_SERVICES_FLAG"": ""Y"", ""TOTAL_NO_OF_OUTCOMES"": 1, ""COMMENTS"": """"}"'
ASSESSMENT_NFA = '"{""NFA_FLAG"": ""Y"", ""PROV_OF_SERVICES_FLAG"": ""N"", ""TOTAL_NO_OF_OUTCOMES"": 1, ""COMMENTS"": """"}"'
ENQUIRY_CONFERENCE = '"{""CP_CONFERENCE_FLAG"": ""Y"", ""TOTAL_NO_OF_OUTCOMES"": 1}"'
ENQUIRY_OTHER = (
    '"{""CP_CONFERENCE_FLAG"": ""N"", ""NFA_CONTINUE_SINGLE_FLAG"": ""Y"", ""TOTAL_NO_OF_OUTCOMES"": 1}"'
)
CONFERENCE_PLAN = '"{""CP_FLAG"": ""Y""}"'
CARE_PLAN_RETURN = '"{""REMAINSUP"": ""N"", ""RETURN6M"": ""Y"", ""LTFOST18"": ""N"", ""ADOPTION"": ""N""}"'
CARE_PLAN_LONG_TERM = (
    '"{""REMAINSUP"": ""N"", ""RETURN6M"": ""N"", ""LTFOST18"": ""Y"", ""ADOPTION"": ""N""}"'
)
CARE_PLAN_OPEN = '"{""REMAINSUP"": ""N"", ""RETURN6M"": ""N"", ""LTFOST18"": ""N"", ""ADOPTION"": ""N""}"'
