"""The order in which the council's own lists are written, all of them in order."""

from __future__ import annotations

from collections.abc import Callable

from evenlode.demo.keeping import audits, care_dates, fostering, plan_dates, sessions, work_dates, written
from evenlode.demo.planting.ground import Ground

KEEPERS: tuple[Callable[[Ground], None], ...] = (
    work_dates.well_into_the_programme,
    sessions.workers_sessions,
    sessions.what_forms_ask,
    plan_dates.front_door,
    plan_dates.protection,
    plan_dates.sightings,
    plan_dates.need,
    plan_dates.supervision_orders,
    work_dates.qualified,
    work_dates.waiting,
    work_dates.goodbyes,
    work_dates.interviews_offered,
    work_dates.programmes,
    care_dates.short_breaks,
    care_dates.health,
    care_dates.schooling,
    care_dates.reviewing,
    care_dates.in_court,
    care_dates.leaving,
    audits.owners,
    audits.audits,
    fostering.arrangements,
    written.bedrooms,
    written.visit_notes,
)


def keep_lists(ground: Ground) -> None:
    """Write every list as it should be, from the rows as they stand once everything else is planted."""
    for keeper in KEEPERS:
        keeper(ground)
