"""All shared steps, in the order in which they build on each other."""

from __future__ import annotations

from evenlode.position.allocation import ALLOCATION_STEPS
from evenlode.position.care import CARE_STEPS, PLACEMENT_STEPS
from evenlode.position.complexity import COMPLEXITY_STEPS
from evenlode.position.context import Step
from evenlode.position.experience import EXPERIENCE_STEPS
from evenlode.position.guards import GUARD_STEPS
from evenlode.position.handover import HANDOVER_STEPS
from evenlode.position.key_dates import KEY_DATE_STEPS
from evenlode.position.meetings import MEETING_STEPS
from evenlode.position.people import FIRST_STEPS, PEOPLE_STEPS
from evenlode.position.plans import PLAN_STEPS, STATUS_STEP
from evenlode.position.supervision import SUPERVISION_STEPS
from evenlode.position.visits import VISIT_STEPS

POSITION_STEPS: tuple[Step, ...] = (
    *FIRST_STEPS,
    *KEY_DATE_STEPS,
    *PLAN_STEPS,
    *CARE_STEPS,
    STATUS_STEP,
    *PEOPLE_STEPS,
    *PLACEMENT_STEPS,
    *ALLOCATION_STEPS,
    *VISIT_STEPS,
    *MEETING_STEPS,
    *SUPERVISION_STEPS,
    *HANDOVER_STEPS,
    *EXPERIENCE_STEPS,
    *COMPLEXITY_STEPS,
    *GUARD_STEPS,
)
