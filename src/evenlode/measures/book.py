"""Every measure and everything that is counted for it, in the order in which they are shown."""

from __future__ import annotations

from evenlode.measures import (
    audit_agreement,
    care,
    census,
    front_door,
    plans,
    worker_changes,
    workforce,
    workload,
)
from evenlode.measures.measure import Counting, Fact, Measure

MEASURES: tuple[Measure, ...] = (
    *workforce.WORKFORCE_MEASURES,
    *census.CENSUS_MEASURES,
    *workload.WORKLOAD_MEASURES,
    *front_door.FRONT_DOOR_MEASURES,
    *plans.PLAN_MEASURES,
    *care.CARE_MEASURES,
    *worker_changes.WORKER_CHANGE_MEASURES,
    *audit_agreement.AUDIT_MEASURES,
)

COUNTINGS: tuple[Counting, ...] = (
    workforce.STAFF,
    workforce.HOLDERS,
    workforce.POSTS,
    workforce.ABSENCE,
    census.CENSUS_COUNTS,
    census.CENSUS_POSTS,
    workload.LOADS,
    workload.WAITING,
    workload.ADJUSTED,
    front_door.REFERRALS,
    front_door.ASSESSMENTS,
    front_door.CONFERENCES,
    plans.PLAN_COUNTS,
    plans.REVIEWED,
    plans.REVIEWS_DUE,
    plans.CP_VISITS_DUE,
    plans.CIN_VISITS_DUE,
    care.STABILITY,
    care.REVIEWS,
    care.VISITS,
    care.CARE_LEAVERS,
    worker_changes.WORKER_CHANGES,
    worker_changes.CHANGE_REASONS,
    audit_agreement.AUDITS,
)

MEASURE_BY_ID: dict[str, Measure] = {m.id: m for m in MEASURES}
FACTS: dict[str, Fact] = {f.name: f for counting in COUNTINGS for f in counting.facts}


def needs(measure: Measure) -> tuple[str, ...]:
    """The tables, and the columns or past of them, without which a measure cannot be told."""
    return tuple(dict.fromkeys(table for name in measure.facts for table in FACTS[name].needs))


def in_words(names: tuple[str, ...]) -> str:
    """What is added up, in words."""
    return "; plus ".join(FACTS[name].means for name in names)
