"""All rules: those of the findings contract in its order, then the others by theme."""

from __future__ import annotations

from evenlode.rules.action_drift import ACTION_DRIFT_RULES
from evenlode.rules.actions import ACTION_RULES
from evenlode.rules.allocation import ALLOCATION_RULES
from evenlode.rules.assessments import ASSESSMENT_RULES
from evenlode.rules.audits import AUDIT_RULES
from evenlode.rules.capacity import CAPACITY_RULES, CHILDREN_RULES
from evenlode.rules.care_health import CARE_HEALTH_RULES
from evenlode.rules.care_leavers import CARE_LEAVER_RULES
from evenlode.rules.care_planning import CARE_PLANNING_RULES
from evenlode.rules.care_visits import CARE_VISIT_RULES
from evenlode.rules.child_in_need import CHILD_IN_NEED_RULES
from evenlode.rules.child_protection import CHILD_PROTECTION_RULES
from evenlode.rules.court import COURT_RULES
from evenlode.rules.drift import DRIFT_RULES
from evenlode.rules.front_door import FRONT_DOOR_RULES
from evenlode.rules.guards import GUARD_RULES
from evenlode.rules.handover import HANDOVER_RULES
from evenlode.rules.holders import HOLDER_RULES
from evenlode.rules.leaving_care import LEAVING_CARE_RULES
from evenlode.rules.looked_after import LOOKED_AFTER_RULES
from evenlode.rules.need_plans import NEED_PLAN_RULES
from evenlode.rules.new_workers import NEW_WORKER_RULES
from evenlode.rules.placements import PLACEMENT_RULES
from evenlode.rules.private_fostering import PRIVATE_FOSTERING_RULES
from evenlode.rules.protection_plans import PROTECTION_PLAN_RULES
from evenlode.rules.repeat_work import REPEAT_WORK_RULES
from evenlode.rules.rule import Rule
from evenlode.rules.session_records import SESSION_RECORD_RULES
from evenlode.rules.supervision import SUPERVISION_RULES
from evenlode.rules.teams import TEAM_RULES
from evenlode.rules.visit_records import VISIT_RECORD_RULES
from evenlode.rules.waiting import WAITING_RULES
from evenlode.rules.worker_supervision import WORKER_SUPERVISION_RULES

_FIRST: tuple[Rule, ...] = (
    *FRONT_DOOR_RULES,
    *CHILD_PROTECTION_RULES,
    *CHILD_IN_NEED_RULES,
    *LOOKED_AFTER_RULES,
    *CARE_LEAVER_RULES,
    *ALLOCATION_RULES,
    *SUPERVISION_RULES,
    *ACTION_RULES,
    *CAPACITY_RULES,
)
RULES: tuple[Rule, ...] = (
    *_FIRST,
    *ASSESSMENT_RULES,
    *PROTECTION_PLAN_RULES,
    *NEED_PLAN_RULES,
    *HOLDER_RULES,
    *CARE_VISIT_RULES,
    *CARE_PLANNING_RULES,
    *CARE_HEALTH_RULES,
    *PLACEMENT_RULES,
    *LEAVING_CARE_RULES,
    *PRIVATE_FOSTERING_RULES,
    *COURT_RULES,
    *WAITING_RULES,
    *HANDOVER_RULES,
    *WORKER_SUPERVISION_RULES,
    *SESSION_RECORD_RULES,
    *ACTION_DRIFT_RULES,
    *AUDIT_RULES,
    *VISIT_RECORD_RULES,
    *DRIFT_RULES,
    *REPEAT_WORK_RULES,
    *CHILDREN_RULES,
    *GUARD_RULES,
    *NEW_WORKER_RULES,
    *TEAM_RULES,
)

RULE_BY_ID: dict[str, Rule] = {r.id: r for r in RULES}

CONTRACT: frozenset[str] = frozenset(r.id for r in _FIRST)
"""The rules of findings-contract.md, section 3.  Where an input of theirs is missing, each child is told
of; of the others the council is told once."""
