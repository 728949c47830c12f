"""The newest date of something that happened, in an extract or in the record.

It answers two questions: which day an extract speaks for when nobody says, and which of two
extracts is the older one.  Dates of what is due, planned or aimed at never count, nor do dates of
staff (a leaving date may lie ahead) or what a person was told later about long ago.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pyarrow as pa
import pyarrow.compute as pc

HAPPENED: dict[tuple[str, str], str] = {
    ("cp_visit", "visit_date"): "a visit to a child on a protection plan",
    ("cin_visit", "visit_date"): "a visit to a child in need",
    ("care_visit", "visit_date"): "a visit to a child looked after",
    ("cp_review", "held_date"): "a child protection review held",
    ("care_review", "held_date"): "a review of a child looked after held",
    ("conference", "held_date"): "an initial conference held",
    ("supervision", "held_date"): "a supervision held",
    ("contact", "contact_date"): "a contact received",
    ("episode", "referral_date"): "a referral",
    ("episode", "close_date"): "the close of an episode of need",
    ("assessment", "start_date"): "the start of an assessment",
    ("assessment", "authorised_date"): "the sign-off of an assessment",
    ("enquiry", "start_date"): "the start of a section 47 enquiry",
    ("enquiry", "end_date"): "the end of a section 47 enquiry",
    ("cin_plan", "start_date"): "the start of a child in need plan",
    ("cin_plan", "end_date"): "the end of a child in need plan",
    ("cp_plan", "start_date"): "the start of a protection plan",
    ("cp_plan", "end_date"): "the end of a protection plan",
    ("care_episode", "start_date"): "the start of a looked-after episode",
    ("care_episode", "end_date"): "the end of a looked-after episode",
    ("legal_status", "start_date"): "the start of a legal status",
    ("legal_status", "end_date"): "the end of a legal status",
    ("placement", "start_date"): "the start of a placement",
    ("placement", "end_date"): "the end of a placement",
    ("involvement", "start_date"): "the start of a worker's involvement",
    ("involvement", "end_date"): "the end of a worker's involvement",
    ("early_help", "start_date"): "the start of an early help episode",
    ("early_help", "end_date"): "the end of an early help episode",
    ("missing_episode", "start_date"): "a child going missing",
    ("missing_episode", "end_date"): "a missing child found",
    ("action", "set_date"): "an action agreed",
    ("action", "completed_date"): "an action done",
    ("audit", "audit_date"): "an audit",
    ("visit_note", "visit_date"): "a visit that was written up",
    ("case_entry", "entry_date"): "an entry on a child's record",
    ("placement_check", "check_date"): "a manager's check of a placement",
    ("attendance", "meeting_date"): "a meeting about a child",
}
"""Every column that tells of something that happened, in words; earlier lines win a tie."""

DID_NOT_HAPPEN_THEN: dict[str, str] = {
    "due or planned": (
        "conference.target_date cp_review.due_date care_review.due_date action.target_date "
        "supervision.next_due_date plan_interval.next_review_due key_date.due_date "
        "action.first_target_date guard_override.review_by"
    ),
    "about a person, not about work with them": (
        "child.dob child.expected_dob child.death_date mother.child_dob address.start_date "
        "address.end_date immigration_status.start_date immigration_status.end_date "
        "linked_identifier.valid_from linked_identifier.valid_to"
    ),
    "about staff and posts, where dates may lie ahead": (
        "establishment.start_date establishment.leaving_date establishment.qualified_date "
        "establishment.programme_start establishment.programme_end establishment.absent_from "
        "establishment.return_date establishment.registered_from establishment.registration_ends "
        "establishment.registration_checked_on vacancy.vacant_from worker_skill.from_date "
        "census_worker.census_date census_worker.role_start census_worker.role_end census_worker.dob "
        "census_vacancy.census_date"
    ),
    "a copy of something dated elsewhere, or a snapshot of where it stands": (
        "care_episode.last_iro_contact_date care_episode.entered_care_date "
        "care_leaver.latest_contact_date care_leaver.pathway_review_date "
        "immunisation.status_date complexity.rated_on key_date.done_date key_date.start_date "
        "visit_note.recorded_date case_entry.recorded_date supervision.recorded_date "
        "supervision.signed_date"
    ),
    "decisions and checks told of by others, often late or ahead": (
        "care_plan.start_date care_plan.end_date permanence.adoption_decision_date "
        "permanence.ffa_decision_date permanence.placement_order_date permanence.placed_date "
        "permanence.matched_date permanence.ffa_placed_date permanence.reversed_date "
        "permanence.foster_carer_date permanence.order_date health_check.check_date "
        "substance_misuse.recorded_date conviction.conviction_date sdq_score.completed_date "
        "pre_proceedings.decision_date pre_proceedings.first_meeting_date "
        "pre_proceedings.end_date pre_proceedings.letter_date pre_proceedings.issue_letter_date "
        "ehc_request.request_date ehc_request.outcome_date ehc_assessment.outcome_date "
        "ehc_named_plan.start_date ehc_named_plan.ceased_date ehc_active_plan.last_review_date "
        "guard_override.decided_on liberty_order.start_date liberty_order.end_date "
        "feedback.feedback_date audit.moderated_on "
        "adopter.enquiry_date adopter.stage_1_start adopter.stage_1_end adopter.stage_2_start "
        "adopter.stage_2_end adopter.application_date adopter.approved_date adopter.matched_date "
        "adopter.placed_date adopter.adoption_date adopter.leaving_date"
    ),
}
"""Every other date column, by the reason why it does not count; a test asks that none is left out."""


Happened = Mapping[tuple[str, str], date]
"""The newest date of each column that tells of something that happened."""


def newest_event(tables: Mapping[str, pa.Table], not_after: date) -> tuple[date, str] | None:
    """The newest date of something that happened by a day, and in words what and where it is.

    None where no such date is in these tables.
    """
    return newest_of(happened_by(tables, not_after), not_after)


def newest_of(happened: Happened, not_after: date) -> tuple[date, str] | None:
    """The newest of these dates, and in words what and where it is."""
    if not happened:
        return None
    (table, column), day = max(happened.items(), key=lambda item: item[1])
    return day, (
        f"{day:%-d %B %Y} is the newest date of something that happened by {not_after:%-d %B %Y}: "
        f"{HAPPENED[table, column]} ({column} in table {table})"
    )


def newest_by_table(happened: Happened) -> dict[str, date]:
    """For each table with such dates, the newest of them."""
    newest: dict[str, date] = {}
    for (table, _), day in happened.items():
        newest[table] = max(day, newest.get(table, day))
    return newest


def happened_by(tables: Mapping[str, pa.Table], not_after: date) -> Happened:
    """The newest date by a day of every column that tells of something that happened."""
    newest: dict[tuple[str, str], date] = {}
    for table, column in HAPPENED:
        if table not in tables or column not in tables[table].column_names:
            continue
        days = tables[table].column(column)
        found = pc.max(days.filter(pc.less_equal(days, pa.scalar(not_after, days.type)))).as_py()
        if found is not None:
            newest[table, column] = found
    return newest
