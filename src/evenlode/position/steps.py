"""All shared steps, in the order in which they build on each other."""

from __future__ import annotations

from evenlode.position.after_care import AFTER_CARE_STEPS
from evenlode.position.agreed_action import AGREED_ACTION_STEPS
from evenlode.position.allocation import ALLOCATION_STEPS
from evenlode.position.assessments import ASSESSMENT_STEPS
from evenlode.position.care import CARE_STEPS, PLACEMENT_STEPS
from evenlode.position.case_session import CASE_SESSION_STEPS
from evenlode.position.complexity import COMPLEXITY_STEPS
from evenlode.position.context import Step
from evenlode.position.experience import EXPERIENCE_STEPS
from evenlode.position.guards import GUARD_STEPS
from evenlode.position.handover import HANDOVER_STEPS
from evenlode.position.key_dates import KEY_DATE_STEPS
from evenlode.position.living import LIVING_STEPS
from evenlode.position.meetings import MEETING_STEPS
from evenlode.position.oversight import OVERSIGHT_STEPS
from evenlode.position.people import FIRST_STEPS, PEOPLE_STEPS
from evenlode.position.permanence import PERMANENCE_STEPS
from evenlode.position.plans import PLAN_STEPS, STATUS_STEP
from evenlode.position.private_fostering import PRIVATE_FOSTERING_STEPS
from evenlode.position.span import SPAN_STEPS
from evenlode.position.supervision import SUPERVISION_STEPS
from evenlode.position.visit_written import VISIT_WRITTEN_STEPS
from evenlode.position.visits import VISIT_STEPS
from evenlode.position.worker_supervision import WORKER_SUPERVISION_STEPS

POSITION_STEPS: tuple[Step, ...] = (
    *FIRST_STEPS,
    *KEY_DATE_STEPS,
    *PLAN_STEPS,
    *CARE_STEPS,
    STATUS_STEP,
    *PEOPLE_STEPS,
    *PLACEMENT_STEPS,
    *ALLOCATION_STEPS,
    *ASSESSMENT_STEPS,
    *VISIT_STEPS,
    *MEETING_STEPS,
    *SUPERVISION_STEPS,
    *PRIVATE_FOSTERING_STEPS,
    *PERMANENCE_STEPS,
    *WORKER_SUPERVISION_STEPS,
    *SPAN_STEPS,
    *CASE_SESSION_STEPS,
    *AGREED_ACTION_STEPS,
    *VISIT_WRITTEN_STEPS,
    *OVERSIGHT_STEPS,
    *LIVING_STEPS,
    *AFTER_CARE_STEPS,
    *HANDOVER_STEPS,
    *EXPERIENCE_STEPS,
    *COMPLEXITY_STEPS,
    *GUARD_STEPS,
)
