"""Tables that no national format carries and that oversight needs: a council's own lists.

Each is a layout that `evenlode template` writes out empty, with what every column means.
"""

from __future__ import annotations

from evenlode.record.declare import date_of, flag, identifier, key, number, table, text

VISIT_NOTE = table(
    "visit_note",
    None,
    "What was written about one visit.",
    identifier("child_id", "The child.", "child_id", required=True),
    date_of("visit_date", "Date of the visit.", "visit_date", required=True),
    identifier("worker_id", "Who visited.", "visit_worker_id", "worker_id"),
    flag("purpose", "What the visit was for is written down.", "purpose_recorded"),
    flag("at_home", "It was at home.", "at_home"),
    flag("wishes", "What the child said or wished is written down.", "wishes_recorded"),
    flag("second_parent", "A father or second parent was seen or spoken to.", "second_parent_seen"),
    date_of("recorded_date", "Written down on.", "recorded_date", blank_if_unreadable=True),
    note="Joined to a visit by child and date. The text of a note is never read in.",
)

CASE_ENTRY = table(
    "case_entry",
    None,
    "That an entry was made on a child's record; never its text.",
    identifier("child_id", "The child.", "child_id", required=True),
    date_of("entry_date", "Date of what it tells.", "entry_date", required=True),
    text("entry_kind", "Kind of entry.", "entry_kind", "kind"),
    flag("by_manager", "A manager wrote it.", "by_manager"),
    date_of("recorded_date", "Written down on.", "recorded_date", blank_if_unreadable=True),
    identifier("author_id", "Who wrote it.", "author_id"),
)

GUARD_OVERRIDE = table(
    "guard_override",
    None,
    "One decision of a manager to go past a guard for the newly qualified.",
    identifier("child_id", "The child.", "child_id", required=True),
    text("guard", "The rule that was overridden, such as NQ-07.", "guard", "rule_id"),
    identifier("worker_id", "The worker.", "worker_id"),
    identifier("manager_id", "The manager who decided.", "manager_id"),
    flag("reason_recorded", "The reason is written down.", "reason_recorded"),
    date_of("decided_on", "Decided on.", "decided_on", required=True),
    date_of("review_by", "To be looked at again by.", "review_by", blank_if_unreadable=True),
)

PLACEMENT_CHECK = table(
    "placement_check",
    None,
    "One manager's check of where a child is placed.",
    identifier("child_id", "The child.", "child_id", required=True),
    date_of("check_date", "Checked on.", "check_date", required=True),
    flag("registered", "The setting is registered as it should be.", "registered"),
    flag("liberty_restricted", "The child's liberty is restricted there.", "liberty_restricted"),
    flag("senior_sign_off", "A senior manager has signed it off.", "senior_sign_off"),
    identifier("checked_by", "Who checked.", "checked_by"),
)

LIBERTY_ORDER = table(
    "liberty_order",
    None,
    "One order that restricts a child's liberty.",
    identifier("child_id", "The child.", "liberty_child_id", required=True),
    date_of("start_date", "From.", "liberty_start_date", required=True),
    date_of("end_date", "To; blank while it runs.", "liberty_end_date"),
)

ATTENDANCE = table(
    "attendance",
    None,
    "Who came to one meeting about a child.",
    identifier("child_id", "The child.", "child_id", required=True),
    text("meeting_kind", "Core group, conference, review and so on.", "meeting_kind"),
    date_of("meeting_date", "Held on.", "meeting_date", required=True),
    text("agency", "Which agency, or family.", "agency"),
    flag("attended", "They came.", "attended"),
)

FEEDBACK = table(
    "feedback",
    None,
    "One thing that a child, parent or worker said about the service.",
    identifier("child_id", "The child, where it is about one.", "child_id"),
    identifier("team_id", "The team, where it is about one.", "team_id"),
    date_of("feedback_date", "Said on.", "feedback_date", required=True),
    text("said_by", "Child, parent, carer, partner or worker.", "said_by"),
    text("theme", "What it was about.", "feedback_theme", "theme"),
    flag("positive", "It was praise.", "positive"),
)

WORKER_SKILL = table(
    "worker_skill",
    None,
    "One skill, language or training of a worker.",
    identifier("worker_id", "The worker.", "worker_id", required=True),
    text("skill", "The skill, language or training.", "skill"),
    date_of("from_date", "Had it from.", "skill_from_date", "from_date"),
)

ADOPTER = table(
    "adopter",
    None,
    "One person who has asked to adopt.",
    key("adopter_id", "The adopter.", "adopter_id"),
    identifier("family_id", "The adopting family.", "adopter_family_id"),
    text("gender", "Gender.", "adopter_gender"),
    text("ethnicity", "Ethnicity.", "adopter_ethnicity"),
    flag("disabled", "Disabled.", "adopter_disabled"),
    flag("fostering_for_adoption", "Is fostering for adoption.", "adopter_ffa"),
    date_of("enquiry_date", "Asked.", "adopter_enquiry_date", blank_if_unreadable=True),
    date_of("stage_1_start", "Stage 1 began.", "adopter_stage_1_start", blank_if_unreadable=True),
    date_of("stage_1_end", "Stage 1 ended.", "adopter_stage_1_end", blank_if_unreadable=True),
    date_of("stage_2_start", "Stage 2 began.", "adopter_stage_2_start", blank_if_unreadable=True),
    date_of("stage_2_end", "Stage 2 ended.", "adopter_stage_2_end", blank_if_unreadable=True),
    date_of("application_date", "Applied.", "adopter_application_date", blank_if_unreadable=True),
    date_of("approved_date", "Approved.", "adopter_approved_date", blank_if_unreadable=True),
    date_of("matched_date", "Matched.", "adopter_matched_date", blank_if_unreadable=True),
    date_of("placed_date", "Child placed.", "adopter_placed_date", blank_if_unreadable=True),
    text("children_placed", "How many children.", "adopter_children_placed"),
    date_of("adoption_date", "Adoption order.", "adopter_adoption_date", blank_if_unreadable=True),
    date_of("leaving_date", "Left the process.", "adopter_leaving_date", blank_if_unreadable=True),
    text("leaving_reason", "Why.", "adopter_leaving_reason"),
)

CENSUS_WORKER = table(
    "census_worker",
    None,
    "One worker in a workforce census, as at 30 September.",
    key("census_row_id", "The row: year and place in the file.", "census_row_id"),
    date_of("census_date", "The census day.", "census_date", required=True),
    text("swe_number", "Social Work England number.", "census_swe_number"),
    flag("agency", "Agency worker.", "census_agency"),
    text("role", "Organisational role, 1 to 6.", "census_role"),
    date_of("role_start", "Started with the council in such a role.", "census_role_start"),
    text("start_origin", "Where they came from; 1 is newly qualified.", "census_start_origin"),
    date_of("role_end", "Left.", "census_role_end"),
    text("leaver_destination", "Where they went.", "census_leaver_destination"),
    text("leaving_reason", "Why they left.", "census_leaving_reason"),
    number("fte", "Full-time equivalent on the day.", "census_fte"),
    number("cases", "Cases held on the day.", "census_cases"),
    number("days_lost", "Working days lost to sickness in the year.", "census_days_lost"),
    flag("absent", "Absent on the day.", "census_absent"),
    text("absence_reason", "Why absent.", "census_absence_reason"),
    text("standing", "Knowledge and skills status; 1 is the first year (ASYE).", "census_standing"),
    text("qualification_level", "Level of the qualification.", "census_qualification_level"),
    date_of("dob", "Date of birth.", "census_dob", personal=True, blank_if_unreadable=True),
    text("gender", "Gender.", "census_gender"),
    text("ethnicity", "Ethnicity.", "census_ethnicity"),
)

CENSUS_VACANCY = table(
    "census_vacancy",
    None,
    "A council's vacancies in a workforce census.",
    key("census_row_id", "The row: the year.", "vacancy_row_id"),
    date_of("census_date", "The census day.", "vacancy_census_date", required=True),
    number("vacant_fte", "Vacant posts, full-time equivalent.", "vacancy_fte"),
    number("agency_fte", "Agency workers covering them, full-time equivalent.", "vacancy_agency_fte"),
    number("agency_headcount", "The same, people.", "vacancy_agency_headcount"),
)

OVERSIGHT_TABLES = (
    VISIT_NOTE,
    CASE_ENTRY,
    GUARD_OVERRIDE,
    PLACEMENT_CHECK,
    LIBERTY_ORDER,
    ATTENDANCE,
    FEEDBACK,
    WORKER_SKILL,
    ADOPTER,
    CENSUS_WORKER,
    CENSUS_VACANCY,
)
