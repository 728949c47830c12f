"""All rules, in the order of the contract."""

from __future__ import annotations

from evenlode.rules.action_drift import ACTION_DRIFT_RULES
from evenlode.rules.actions import ACTION_RULES
from evenlode.rules.allocation import ALLOCATION_RULES
from evenlode.rules.audits import AUDIT_RULES
from evenlode.rules.capacity import CAPACITY_RULES
from evenlode.rules.care_leavers import CARE_LEAVER_RULES
from evenlode.rules.child_in_need import CHILD_IN_NEED_RULES
from evenlode.rules.child_protection import CHILD_PROTECTION_RULES
from evenlode.rules.drift import DRIFT_RULES
from evenlode.rules.front_door import FRONT_DOOR_RULES
from evenlode.rules.looked_after import LOOKED_AFTER_RULES
from evenlode.rules.rule import Rule
from evenlode.rules.session_records import SESSION_RECORD_RULES
from evenlode.rules.supervision import SUPERVISION_RULES
from evenlode.rules.visit_records import VISIT_RECORD_RULES
from evenlode.rules.worker_supervision import WORKER_SUPERVISION_RULES

RULES: tuple[Rule, ...] = (
    *FRONT_DOOR_RULES,
    *CHILD_PROTECTION_RULES,
    *CHILD_IN_NEED_RULES,
    *LOOKED_AFTER_RULES,
    *CARE_LEAVER_RULES,
    *ALLOCATION_RULES,
    *SUPERVISION_RULES,
    *ACTION_RULES,
    *CAPACITY_RULES,
    *WORKER_SUPERVISION_RULES,
    *SESSION_RECORD_RULES,
    *ACTION_DRIFT_RULES,
    *AUDIT_RULES,
    *VISIT_RECORD_RULES,
    *DRIFT_RULES,
)

RULE_BY_ID: dict[str, Rule] = {r.id: r for r in RULES}
