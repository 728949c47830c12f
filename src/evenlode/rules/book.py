"""All rules, in the order of the contract."""

from __future__ import annotations

from evenlode.rules.actions import ACTION_RULES
from evenlode.rules.allocation import ALLOCATION_RULES
from evenlode.rules.capacity import CAPACITY_RULES
from evenlode.rules.care_health import CARE_HEALTH_RULES
from evenlode.rules.care_leavers import CARE_LEAVER_RULES
from evenlode.rules.care_planning import CARE_PLANNING_RULES
from evenlode.rules.care_visits import CARE_VISIT_RULES
from evenlode.rules.child_in_need import CHILD_IN_NEED_RULES
from evenlode.rules.child_protection import CHILD_PROTECTION_RULES
from evenlode.rules.front_door import FRONT_DOOR_RULES
from evenlode.rules.leaving_care import LEAVING_CARE_RULES
from evenlode.rules.looked_after import LOOKED_AFTER_RULES
from evenlode.rules.placements import PLACEMENT_RULES
from evenlode.rules.rule import Rule
from evenlode.rules.supervision import SUPERVISION_RULES

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
    *CARE_VISIT_RULES,
    *CARE_PLANNING_RULES,
    *CARE_HEALTH_RULES,
    *PLACEMENT_RULES,
    *LEAVING_CARE_RULES,
)

RULE_BY_ID: dict[str, Rule] = {r.id: r for r in RULES}
