"""All shared steps, in the order in which they build on each other."""

from __future__ import annotations

from evenlode.position.after_care import AFTER_CARE_STEPS
from evenlode.position.allocation import ALLOCATION_STEPS
from evenlode.position.care import CARE_STEPS, PLACEMENT_STEPS
from evenlode.position.context import Step
from evenlode.position.living import LIVING_STEPS
from evenlode.position.meetings import MEETING_STEPS
from evenlode.position.people import FIRST_STEPS, PEOPLE_STEPS
from evenlode.position.plans import PLAN_STEPS, STATUS_STEP
from evenlode.position.supervision import SUPERVISION_STEPS
from evenlode.position.visits import VISIT_STEPS

POSITION_STEPS: tuple[Step, ...] = (
    *FIRST_STEPS,
    *PLAN_STEPS,
    *CARE_STEPS,
    STATUS_STEP,
    *PEOPLE_STEPS,
    *PLACEMENT_STEPS,
    *ALLOCATION_STEPS,
    *VISIT_STEPS,
    *MEETING_STEPS,
    *SUPERVISION_STEPS,
    *LIVING_STEPS,
    *AFTER_CARE_STEPS,
)
