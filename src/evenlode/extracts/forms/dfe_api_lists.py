"""The parts of a child in the DfE children's social care payload, each a list with its columns.

Keys are those of the schema 1.0.1 (extract-formats.md section 7); a heading is the part's key and the cell's.
"""

from __future__ import annotations

from evenlode.extracts.json_parts import Part
from evenlode.record.columns import Column, Table
from evenlode.record.declare import date_of, identifier, table, text

NAMES_CHILD = "la_child_id"
EPISODE = "social_care_episode_id"
CHILD_ID = identifier("child_id", "The child.", NAMES_CHILD, required=True)
EPISODE_ID = identifier("episode_id", "The episode of need.", EPISODE, required=True)


def _date(name: str, key: str, *, personal: bool = False) -> Column:
    """A date cell; what cannot be read is judged where it fills the record."""
    return date_of(name, f"The key {key}.", key, personal=personal, blank_if_unreadable=True)


def _text(name: str, key: str, *, personal: bool = False) -> Column:
    return text(name, f"The key {key}.", key, personal=personal)


def _id(name: str, key: str) -> Column:
    return identifier(name, f"The key {key}.", key, required=True)


def _list(name: str, row: str, *columns: Column) -> Table:
    return table(f"dfe_api_{name}", None, row, CHILD_ID, *columns)


_DETAILS = "child_details"
CHILD = _list(
    "child",
    "One child.",
    _text("supplier_id", "mis_child_id"),
    _text("upn", f"{_DETAILS}/unique_pupil_number"),
    _text("former_upn", f"{_DETAILS}/former_unique_pupil_number"),
    _text("upn_unknown", f"{_DETAILS}/unique_pupil_number_unknown_reason"),
    _text("forename", f"{_DETAILS}/first_name", personal=True),
    _text("surname", f"{_DETAILS}/surname", personal=True),
    _date("dob", f"{_DETAILS}/date_of_birth", personal=True),
    _date("expected_dob", f"{_DETAILS}/expected_date_of_birth", personal=True),
    _text("sex", f"{_DETAILS}/sex"),
    _text("ethnicity", f"{_DETAILS}/ethnicity"),
    _text("postcode", f"{_DETAILS}/postcode", personal=True),
    _text("unaccompanied", f"{_DETAILS}/uasc_flag"),
    _date("unaccompanied_until", f"{_DETAILS}/uasc_end_date"),
)
DISABILITY = _list("disability", "One disability of a child.", _text("disability", "disabilities"))
SDQ = _list(
    "sdq",
    "One strengths and difficulties score.",
    _date("completed_date", "sdq_assessments/date"),
    _text("score", "sdq_assessments/score"),
)
NEED = _list(
    "episode",
    "One episode of need, from referral to closure.",
    _id("episode_id", f"social_care_episodes/{EPISODE}"),
    _date("referral_date", "social_care_episodes/referral_date"),
    _text("source", "social_care_episodes/referral_source"),
    _text("no_further_action", "social_care_episodes/referral_no_further_action_flag"),
    _date("close_date", "social_care_episodes/closure_date"),
    _text("close_reason", "social_care_episodes/closure_reason"),
)
WORKER = _list(
    "worker",
    "One spell of a worker with a child.",
    EPISODE_ID,
    _id("worker_id", "care_worker_details/worker_id"),
    _date("start_date", "care_worker_details/start_date"),
    _date("end_date", "care_worker_details/end_date"),
)
ASSESSMENT = _list(
    "assessment",
    "One child and family assessment.",
    EPISODE_ID,
    _id("assessment_id", "child_and_family_assessments/child_and_family_assessment_id"),
    _date("start_date", "child_and_family_assessments/start_date"),
    _date("authorised_date", "child_and_family_assessments/authorisation_date"),
    _text("factors", "child_and_family_assessments/factors"),
)
CIN_PLAN = _list(
    "cin_plan",
    "One child in need plan.",
    EPISODE_ID,
    _id("plan_id", "child_in_need_plans/child_in_need_plan_id"),
    _date("start_date", "child_in_need_plans/start_date"),
    _date("end_date", "child_in_need_plans/end_date"),
)
ENQUIRY = _list(
    "enquiry",
    "One section 47 enquiry.",
    EPISODE_ID,
    _id("enquiry_id", "section_47_assessments/section_47_assessment_id"),
    _date("start_date", "section_47_assessments/start_date"),
    _text("conference_required", "section_47_assessments/icpc_required_flag"),
    _date("conference_date", "section_47_assessments/icpc_date"),
    _date("end_date", "section_47_assessments/end_date"),
)
CP_PLAN = _list(
    "cp_plan",
    "One child protection plan.",
    EPISODE_ID,
    _id("plan_id", "child_protection_plans/child_protection_plan_id"),
    _date("start_date", "child_protection_plans/start_date"),
    _date("end_date", "child_protection_plans/end_date"),
)
PLACEMENT = _list(
    "placement",
    "One looked-after episode: a new row for each change of placement.",
    EPISODE_ID,
    _id("row_id", "child_looked_after_placements/child_looked_after_placement_id"),
    _date("start_date", "child_looked_after_placements/start_date"),
    _text("start_reason", "child_looked_after_placements/start_reason"),
    _text("placement_type", "child_looked_after_placements/placement_type"),
    _text("postcode", "child_looked_after_placements/postcode", personal=True),
    _date("end_date", "child_looked_after_placements/end_date"),
    _text("end_reason", "child_looked_after_placements/end_reason"),
    _text("change_reason", "child_looked_after_placements/change_reason"),
)
ADOPTION = _list(
    "adoption",
    "One child's way to adoption.",
    EPISODE_ID,
    _date("decision_date", "adoption/initial_decision_date"),
    _date("matched_date", "adoption/matched_date"),
    _date("placed_date", "adoption/placed_date"),
)
CARE_LEAVER = _list(
    "care_leaver",
    "One care leaver.",
    EPISODE_ID,
    _date("contact_date", "care_leavers/contact_date"),
    _text("activity", "care_leavers/activity"),
    _text("accommodation", "care_leavers/accommodation"),
)

_OF_CHILD = ((0, NAMES_CHILD),)
_OF_EPISODE = ((0, NAMES_CHILD), (1, EPISODE))


def _part(of: Table, *path: str, named: str = "", several: tuple[str, ...] = ()) -> Part:
    """Where a list stands; its keys are those of its own columns."""
    above = _OF_EPISODE if len(path) == 2 and path[0] == _EPISODES else _OF_CHILD if path else ()
    own = [c.source[0] for c in of.columns if not any(c.source[0] == key for _, key in above)]
    last = path[-1].removesuffix("[]") + "/" if path else ""
    return Part(of.name, path, tuple(key.removeprefix(last) for key in own), named, above, several)


_EPISODES = "social_care_episodes[]"
PARTS: tuple[Part, ...] = (
    _part(CHILD, named=NAMES_CHILD),
    Part(DISABILITY.name, (_DETAILS, "disabilities[]"), (".",), above=_OF_CHILD),
    _part(SDQ, "health_and_wellbeing", "sdq_assessments[]"),
    _part(NEED, _EPISODES, named=EPISODE),
    _part(WORKER, _EPISODES, "care_worker_details[]"),
    _part(
        ASSESSMENT,
        _EPISODES,
        "child_and_family_assessments[]",
        named="child_and_family_assessment_id",
        several=("factors",),
    ),
    _part(CIN_PLAN, _EPISODES, "child_in_need_plans[]", named="child_in_need_plan_id"),
    _part(ENQUIRY, _EPISODES, "section_47_assessments[]", named="section_47_assessment_id"),
    _part(CP_PLAN, _EPISODES, "child_protection_plans[]", named="child_protection_plan_id"),
    _part(PLACEMENT, _EPISODES, "child_looked_after_placements[]", named="child_looked_after_placement_id"),
    _part(ADOPTION, _EPISODES, "adoption"),
    _part(CARE_LEAVER, _EPISODES, "care_leavers"),
)
"""Where each list stands in a child."""
