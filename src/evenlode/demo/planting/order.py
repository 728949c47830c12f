"""The order in which problems are planted: whole workers and teams first, single families after, the background last."""

from __future__ import annotations

from collections.abc import Callable

from evenlode.demo.planting import (
    after_care,
    allocation,
    audits,
    background,
    care_dates,
    faults,
    fostering,
    front_door,
    impossible,
    leaving,
    looked_after,
    need,
    need_dates,
    own_supervision,
    plan_dates,
    protection,
    session_records,
    supervising,
    unwritten,
    work_dates,
)
from evenlode.demo.planting.ground import Ground

PLANTERS: tuple[Callable[[Ground], None], ...] = (
    need.a_death,
    allocation.held_by_leaver,
    protection.unknown_age,
    protection.other_council,
    front_door.waiting_after_assessment,
    front_door.enquiries_without_conference,
    front_door.undecided_referrals,
    allocation.never_allocated,
    front_door.late_assessments,
    looked_after.home_with_parents,
    looked_after.late_reviews,
    looked_after.late_visits,
    looked_after.new_homes_not_visited,
    leaving.eligible_plans,
    leaving.a_death,
    leaving.pathway_plans,
    leaving.keeping_in_touch,
    leaving.supervision,
    protection.late_first_reviews,
    protection.late_later_reviews,
    protection.not_seen_alone,
    protection.not_seen,
    protection.late_visits,
    protection.perhaps_seen,
    impossible.impossible_rows,
    allocation.absent_workers,
    allocation.duty_team,
    allocation.led_by_manager,
    allocation.many_workers,
    allocation.reversed_lead,
    need.late_visits,
    need.perhaps_seen,
    supervising.absent_manager,
    supervising.missed,
    supervising.actions_without_dates,
    supervising.actions_never_closed,
    faults.data_faults,
    background.note_background,
)

IN_LISTS: tuple[Callable[[Ground], None], ...] = (
    own_supervision.first_weeks,
    own_supervision.first_months,
    own_supervision.monthly,
    own_supervision.short_sessions,
    own_supervision.nothing_private,
    own_supervision.called_off,
    session_records.called_off,
    session_records.written_down_late,
    session_records.elements_missing,
    session_records.not_signed,
    plan_dates.undecided,
    plan_dates.nobody_looked,
    plan_dates.strategy_discussions,
    plan_dates.first_core_groups,
    plan_dates.later_core_groups,
    plan_dates.reports_not_shared,
    plan_dates.born_on_a_plan,
    need_dates.first_meetings,
    need_dates.reviews,
    need_dates.minutes,
    need_dates.not_seen_alone,
    need_dates.orders_not_reviewed,
    unwritten.bedrooms_not_seen,
    unwritten.notes_incomplete,
    unwritten.second_parent_never_seen,
    unwritten.notes_late,
    care_dates.health,
    care_dates.schooling,
    care_dates.reviewing_officers,
    care_dates.early_reviews,
    care_dates.visits_asked_for,
    care_dates.short_breaks,
    care_dates.proceedings,
    after_care.needs_assessments,
    after_care.new_homes,
    after_care.adviser_visits,
    work_dates.nobody_looks_at_the_waiting,
    work_dates.no_goodbye,
    work_dates.programmes_not_kept,
    work_dates.agency_workers,
    work_dates.experience_unknown,
    work_dates.new_teams,
    work_dates.managers,
    audits.without_action,
    audits.moderated_lower,
    audits.effect_not_shown,
    audits.without_proof,
    audits.of_leavers,
    fostering.first_visits,
    fostering.first_year,
    fostering.later_years,
    fostering.not_alone,
    fostering.too_old,
    unwritten.nothing_recorded,
    unwritten.no_manager,
)


def plant_everything(ground: Ground, tell: Callable[[str, int, int], None]) -> None:
    """Plant every problem in turn."""
    for done, planter in enumerate(PLANTERS, start=1):
        planter(ground)
        tell("planting", done, len(PLANTERS))


def plant_in_lists(ground: Ground) -> None:
    """Plant what goes wrong in the lists that the council keeps itself, once these are written and in order."""
    for planter in IN_LISTS:
        planter(ground)
