"""Tables about workers, teams, who holds whom, supervision and agreed actions.

No national format carries supervision, actions or today's establishment, so the sources of those
columns are the headings of councils' own exports (extract-formats.md section 9 and the usual local
ones); a council adds its own headings in its mapping file.
"""

from __future__ import annotations

from evenlode.record.declare import (
    date_of,
    flag,
    identifier,
    integer,
    key,
    number,
    order_of,
    table,
    text,
    words_of,
)

INVOLVEMENT = table(
    "involvement",
    "ssd_involvements",
    "One spell of a worker, or a team, with a child.",
    key("involvement_id", "The spell's id.", "invo_involvements_id"),
    order_of("involvement_id"),
    identifier(
        "worker_id", "The worker; blank where only a team is named.", "invo_professional_id", required=True
    ),
    text("role", "Role code or description.", "invo_professional_role_id"),
    identifier("team_id", "The team.", "invo_professional_team"),
    identifier("child_id", "The child.", "invo_person_id"),
    date_of("start_date", "From.", "invo_involvement_start_date", required=True),
    date_of("end_date", "To; blank while current.", "invo_involvement_end_date", required=True),
    text("change_reason", "Why the worker changed.", "invo_worker_change_reason"),
    identifier("episode_id", "The referral.", "invo_referral_id"),
    needs_one_of=(("child_id", "episode_id"),),
    note="A repeated id keeps the row with a blank end, else the one with the latest end.",
)

WORKER = table(
    "worker",
    "ssd_professionals",
    "One worker as the case system knows them: thin.",
    key("worker_id", "The worker's id.", "prof_professional_id"),
    identifier("staff_number", "HR or sign-in number: what HR rows join on.", "prof_staff_id"),
    text("name", "Name.", "prof_professional_name", personal=True),
    words_of("name"),
    text("swe_number", "Social Work England number.", "prof_social_worker_registration_no"),
    flag("agency", "Agency worker (left empty by every case system so far).", "prof_agency_worker_flag"),
    text("title", "Job title.", "prof_professional_job_title"),
    integer(
        "caseload_last_september",
        "Children led on the last 30 September; stale.",
        "prof_professional_caseload",
    ),
    text("department", "Team in words, not an id.", "prof_professional_department"),
    number("fte", "Full-time equivalent, 0 to 1.", "prof_full_time_equivalency"),
)

TEAM = table(
    "team",
    "ssd_department",
    "One team, with the service above it.",
    key("team_id", "The team's id.", "dept_team_id", "team_id"),
    text("name", "Name.", "dept_team_name", "team_name"),
    identifier("parent_id", "The team or service above.", "dept_team_parent_id", "parent_id"),
    text("parent_name", "Its name.", "dept_team_parent_name", "service"),
    identifier("manager_id", "The team's manager.", "manager_id"),
)

ESTABLISHMENT = table(
    "establishment",
    None,
    "One worker as HR knows them.",
    key(
        "staff_number",
        "HR number: joins to the worker's staff number.",
        "Staff Number",
        "staff_id",
        "Employee Number",
        "Payroll Number",
        required=False,
    ),
    identifier("worker_id", "The case system's id, where HR holds it.", "worker_id"),
    text("name", "Name; never used to join.", "Name", "Employee Name", personal=True),
    text("team", "Team, in HR's words.", "Team", "team_id", "Department"),
    text("title", "Post title.", "Post Title", "role", "Job Title"),
    text("grade", "Grade.", "grade"),
    text("contract", "Permanent, agency and so on.", "Contract", "Contract Type"),
    flag("agency", "Agency worker.", "agency"),
    number("fte", "Full-time equivalent.", "FTE"),
    text(
        "line_manager",
        "Line manager: a name, a staff number or a worker's id.",
        "Line Manager",
        "manager_id",
        personal=True,
    ),
    date_of("start_date", "Started here.", "Start Date", "start_date"),
    date_of("leaving_date", "Left, or will leave.", "Leaving Date", "end_date"),
    text("swe_number", "Social Work England number.", "SWE Number", "swe_number"),
    date_of("qualified_date", "Qualified.", "qualified_date", blank_if_unreadable=True),
    date_of("programme_start", "First-year programme began.", "ASYE Start", "asye_start", "Programme Start"),
    date_of("programme_end", "First-year programme ended.", "ASYE End", "asye_end", "Programme End"),
    date_of("absent_from", "Absent from.", "Absent From", "leave_from"),
    date_of("return_date", "Came back, or is expected.", "Return Date", "leave_to"),
    text("absence_reason", "Kind of absence.", "Absence Reason", "leave_type", personal=True),
    integer("caseload_limit", "Agreed limit of children.", "caseload_limit"),
    text("can_hold", "Kinds of work the worker may hold.", "can_hold"),
    text("programme", "ASYE, ECDP or none.", "programme"),
    date_of("registered_from", "First registered as a social worker.", "registered_from"),
    date_of("registration_ends", "Registration runs out.", "registration_ends", blank_if_unreadable=True),
    date_of(
        "registration_checked_on",
        "Registration last checked.",
        "registration_checked_on",
        blank_if_unreadable=True,
    ),
    text("leaving_reason", "Why they left.", "leaving_reason", "Leaving Reason", personal=True),
    number("sick_days", "Working days lost to sickness in the twelve months.", "sick_days", "Days Lost"),
    text("post_kind", "worker, manager or other, where the title does not tell.", "post_kind"),
    needs_one_of=(("staff_number", "worker_id"),),
)

SUPERVISION = table(
    "supervision",
    None,
    "One supervision or oversight note.",
    identifier("note_id", "The note's id, where there is one.", "supervision_id", "Note ID", "Case Note ID"),
    identifier(
        "child_id", "The child; blank in personal supervision.", "Person ID", "child_id", required=True
    ),
    text("note_type", "Kind of note, in the council's words.", "Case Note Type", "type", "Note Type"),
    date_of("held_date", "Held on.", "Date of Note", "supervision_date", "Note Date", required=True),
    text("supervisor", "Who supervised: a name or an id.", "Author", "manager_id", personal=True),
    text("worker", "Who was supervised: a name or an id.", "Recorded For Worker", "worker_id", personal=True),
    date_of(
        "next_due_date",
        "Next due, as recorded.",
        "Next Supervision Due",
        "next_due_date",
        blank_if_unreadable=True,
    ),
    flag("decision_recorded", "A decision was recorded.", "decision_recorded"),
    flag("reflective", "Reflection was recorded.", "reflective"),
    text("source_ref", "Where it is kept.", "source_ref"),
    date_of("recorded_date", "Written down on.", "recorded_date", "Date Recorded", blank_if_unreadable=True),
    integer("minutes", "How long it took.", "minutes", "Duration (minutes)"),
    text("state", "Held, planned, cancelled or missed; blank means held.", "state"),
    text("cancelled_by", "Who cancelled it.", "cancelled_by", personal=True),
    text("cancel_reason", "Why it was cancelled.", "cancel_reason", personal=True),
    flag("actions_reviewed", "Every earlier action was given a state (SQ-01).", "actions_reviewed"),
    flag("plan_progress", "What has changed against the plan (SQ-02).", "plan_progress"),
    flag("child_voice", "The child's voice, and when last seen (SQ-03).", "child_voice"),
    flag("risk_considered", "Risk and what has changed (SQ-04).", "risk_considered"),
    flag("decision_reason", "Each decision has its reason (SQ-06).", "decision_reason"),
    flag("drift_question", "Is the plan moving, is it the right one (SQ-08).", "drift_question"),
    flag("dates_checked", "Next visit, review and core group were looked at (SQ-09).", "dates_checked"),
    date_of("signed_date", "Signed by both on (SQ-11).", "signed_date", blank_if_unreadable=True),
    flag("wellbeing", "A worker's own supervision: their wellbeing is in it (SQ-10).", "wellbeing"),
    flag("workload_considered", "The same: their workload is in it (SQ-10).", "workload_considered"),
    flag("learning", "The same: their learning is in it (SQ-10).", "learning"),
    note="The text of a note is never read in. Of a worker's own supervision only yes or no is kept (SUP-12).",
)

ACTION = table(
    "action",
    None,
    "One agreed action.",
    identifier(
        "action_id", "The action's id; made at load where the export has none.", "action_id", "Action ID"
    ),
    identifier("child_id", "The child.", "Person ID", "child_id", required=True),
    identifier("note_id", "The supervision it was agreed in.", "supervision_id"),
    date_of("set_date", "Agreed on.", "Supervision Date", "set_date"),
    text("action", "What was agreed.", "Agreed Action", "action", personal=True),
    text("owner", "Who is to do it.", "owner_id", "Owner", personal=True),
    date_of(
        "target_date",
        "To be done by; words such as ASAP are not a date.",
        "Target Date",
        "due_date",
        blank_if_unreadable=True,
    ),
    date_of("completed_date", "Done on.", "Completed Date", "completed_date"),
    text("status", "Open, done, superseded or withdrawn, where the export says.", "Status", "status"),
    date_of(
        "first_target_date",
        "First to be done by, before it was moved.",
        "first_due_date",
        "Original Target Date",
        blank_if_unreadable=True,
    ),
    integer("times_moved", "How often its date was moved.", "times_moved"),
    flag("proof", "What shows that it was done is on the record.", "proof"),
    flag("intended_change", "Says what it is meant to change.", "intended_change"),
    flag("about_child", "Is about the child, and not about an adult.", "about_child"),
    identifier("replaced_by", "The action that replaced it.", "replaced_by"),
    flag("withdrawal_reason", "A manager's reason for withdrawing it is recorded.", "withdrawal_reason"),
    text("agreed_at", "Supervision, panel, conference, audit or plan; blank: supervision.", "agreed_at"),
    identifier("plan_id", "The plan that it is part of.", "plan_id"),
    identifier("audit_id", "The audit that it came of.", "audit_id"),
    flag("practice_changed", "It was checked that practice changed (QA-07).", "practice_changed"),
)

VACANCY = table(
    "vacancy",
    None,
    "One vacant post.",
    identifier("team_id", "The team.", "team_id"),
    text("post", "The post.", "post"),
    number("fte", "Full-time equivalent.", "fte"),
    date_of("vacant_from", "Vacant from.", "vacant_from", required=True),
    identifier("covered_by", "Covered by this worker.", "covered_by_worker_id"),
)

AUDIT = table(
    "audit",
    None,
    "One audit of a child's record.",
    identifier("audit_id", "The audit's id.", "audit_id", required=True),
    identifier("child_id", "The child.", "child_id"),
    date_of("audit_date", "Date.", "audit_date", required=True),
    identifier("auditor_id", "Auditor.", "auditor_id"),
    text("grade", "Grade.", "grade"),
    text("theme", "Theme.", "theme"),
    text("action_required", "What must follow.", "action_required", personal=True),
    text("moderated_grade", "Grade after moderation.", "moderated_grade"),
    date_of("moderated_on", "Moderated on.", "moderated_on", blank_if_unreadable=True),
    identifier("moderator_id", "Moderator.", "moderator_id"),
    identifier("team_id", "The team whose work was audited.", "team_id"),
)

COMPLEXITY = table(
    "complexity",
    None,
    "One local rating of a child's complexity.",
    identifier("child_id", "The child.", "child_id", required=True),
    date_of("rated_on", "Rated on.", "rated_on", required=True),
    text("score", "The rating.", "score"),
    identifier("rated_by", "Rated by.", "rated_by"),
    text("reason", "Why.", "reason", personal=True),
)

PLAN_INTERVAL = table(
    "plan_interval",
    None,
    "How often a child's own plan asks for visits and reviews.",
    identifier("child_id", "The child.", "child_id"),
    identifier("plan_id", "The plan.", "plan_id"),
    integer("visit_every_days", "Visit at least every so many days.", "visit_every_days"),
    integer("review_every_days", "Review at least every so many days.", "review_every_days"),
    date_of("next_review_due", "Next review due.", "next_review_due"),
    needs_one_of=(("child_id", "plan_id"),),
)

KEY_DATE = table(
    "key_date",
    None,
    "One date that no standard format carries (court, private fostering).",
    identifier("child_id", "The child; blank where the date is a worker's.", "child_id", required=True),
    text("date_kind", "What the date is (see the list of kinds).", "kind"),
    date_of("due_date", "Due.", "due_date"),
    date_of("done_date", "Done.", "done_date"),
    date_of("start_date", "Counted from: asked, received, begun.", "start_date", blank_if_unreadable=True),
    identifier("worker_id", "The worker, where the date is a worker's.", "worker_id"),
    text("outcome", "What came of it, in a word.", "outcome"),
    text("done_by", "Who did it: an id or a role.", "done_by", personal=True),
    note="Kinds are declared in record/key_dates.py; other words are kept and answer no rule.",
)

WORK_TABLES = (
    INVOLVEMENT,
    WORKER,
    TEAM,
    ESTABLISHMENT,
    SUPERVISION,
    ACTION,
    VACANCY,
    AUDIT,
    COMPLEXITY,
    PLAN_INTERVAL,
    KEY_DATE,
)
