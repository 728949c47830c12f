"""All rules, in the order of the contract."""

from __future__ import annotations

from evenlode.rules.actions import ACTION_RULES
from evenlode.rules.allocation import ALLOCATION_RULES
from evenlode.rules.capacity import CAPACITY_RULES
from evenlode.rules.care_leavers import CARE_LEAVER_RULES
from evenlode.rules.child_in_need import CHILD_IN_NEED_RULES
from evenlode.rules.child_protection import CHILD_PROTECTION_RULES
from evenlode.rules.front_door import FRONT_DOOR_RULES
from evenlode.rules.guards import GUARD_RULES
from evenlode.rules.handover import HANDOVER_RULES
from evenlode.rules.looked_after import LOOKED_AFTER_RULES
from evenlode.rules.new_workers import NEW_WORKER_RULES
from evenlode.rules.rule import Rule
from evenlode.rules.supervision import SUPERVISION_RULES
from evenlode.rules.teams import TEAM_RULES
from evenlode.rules.waiting import WAITING_RULES

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
    *GUARD_RULES,
    *NEW_WORKER_RULES,
    *TEAM_RULES,
    *WAITING_RULES,
    *HANDOVER_RULES,
)

RULE_BY_ID: dict[str, Rule] = {r.id: r for r in RULES}
