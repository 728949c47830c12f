"""What has changed between two days: new, put right (and how), moved, still there; and known since when."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from evenlode.oversight.finding import Finding, Key, findings_of
from evenlode.oversight.names import Id
from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.evaluate import Day
from evenlode.rules.results import Evaluation
from evenlode.rules.rule import Status

LATE = frozenset({Status.OVERDUE, Status.BREACH, Status.FLAG})
"""What counts as there: due soon is not yet, and what we cannot tell is neither."""


class Gone(StrEnum):
    """How a finding went away."""

    DONE = "done"
    ENDED = "the plan, placement or care ended"
    CHILD_CLOSED = "the child's case was closed"
    WORKER_LEFT = "the worker left"
    RULE_CHANGED = "the rule or the policy changed"
    CANNOT_TELL = "we can no longer tell"


@dataclass(frozen=True)
class Standing:
    """Who and what is still there on the later day: children, workers, and records that clocks run on."""

    children: frozenset[Id]
    workers: frozenset[Id]
    records: frozenset[Id]


@dataclass(frozen=True)
class Changes:
    """Every finding that was there on either day, in one of four places.

    put_right: the earlier day's finding with how it went away; only `Gone.DONE` is somebody's work.
    moved: still there, with another date or pressing (earlier, later).
    """

    new: tuple[Finding, ...] = ()
    put_right: tuple[tuple[Finding, Gone], ...] = ()
    moved: tuple[tuple[Finding, Finding], ...] = ()
    still: tuple[Finding, ...] = ()

    @property
    def new_keys(self) -> frozenset[Key]:
        """The keys of what is new."""
        return frozenset(f.key for f in self.new)


_OPEN_RECORDS = {
    "plan": ("cp_plan_open.plan_id", "cin_plan_open.plan_id"),
    "placement": ("placement_now.placement_id",),
    "period of care": ("period_open.period_id",),
}
"""The rules' records that end by themselves, and where those that are open stand."""


def standing_of(day: Day) -> Standing:
    """Who and what is there on a day whose position is open."""
    steps = {place.split(".")[0] for places in _OPEN_RECORDS.values() for place in places}
    day.have({*steps, "open_child", "care_leaver_now", "worker_now"})

    def ids(sql: str) -> frozenset[Id]:
        return frozenset(day.cursor.execute(sql).fetchall())

    children = "SELECT la_code, child_id FROM open_child UNION SELECT la_code, child_id FROM care_leaver_now"
    records = " UNION ".join(
        f"SELECT la_code, {column} FROM {table}"
        for places in _OPEN_RECORDS.values()
        for table, column in (place.split(".") for place in places)
    )
    return Standing(
        ids(children), ids('SELECT la_code, worker_id FROM worker_now WHERE NOT "left"'), ids(records)
    )


def changes(
    earlier: Evaluation, later: Evaluation, standing: Standing, *, again: Evaluation | None = None
) -> Changes:
    """What became of every finding between two days?

    standing: who is there on the later day.  again: the earlier record asked by the later rules and
    policy, where those differ; without it nothing that went away then is called done.
    """
    before, now = _late(earlier), _late(later)
    new = tuple(f for key, f in now.items() if key not in before)
    kept = [(before[key], f) for key, f in now.items() if key in before]
    unsure = {f.key for f in findings_of(later) if f.unsure}
    same_rules = (earlier.rules_version, earlier.policy_fingerprint) == (
        later.rules_version,
        later.policy_fingerprint,
    )
    still_by_new_rules = None if same_rules else _late(again) if again else {}

    def how(f: Finding) -> Gone:
        if f.key in unsure or (f.la_code, f.rule_id) in later.missing:
            return Gone.CANNOT_TELL
        if f.subject_kind == "child" and f.subject not in standing.children:
            return Gone.CHILD_CLOSED
        if f.subject_kind == "worker" and f.subject not in standing.workers:
            return Gone.WORKER_LEFT
        if still_by_new_rules is not None and f.key not in still_by_new_rules:
            return Gone.RULE_CHANGED
        if RULE_BY_ID[f.rule_id].record in _OPEN_RECORDS and (f.la_code, f.record_id) not in standing.records:
            return Gone.ENDED
        return Gone.DONE

    return Changes(
        new,
        tuple((f, how(f)) for key, f in before.items() if key not in now),
        tuple((was, is_) for was, is_ in kept if _moved(was, is_)),
        tuple(is_ for was, is_ in kept if not _moved(was, is_)),
    )


def _late(evaluation: Evaluation) -> dict[Key, Finding]:
    return {f.key: f for f in findings_of(evaluation) if f.status in LATE}


def _moved(was: Finding, now: Finding) -> bool:
    return (was.due_date, was.severity) != (now.due_date, now.severity)


@dataclass
class KnownSince:
    """Since when each finding has been there without a break: one day after another is told, oldest first."""

    first: dict[Key, date] = field(default_factory=dict)
    last: date | None = None

    def tell(self, evaluation: Evaluation) -> None:
        """Takes in the next day.  Raises ValueError where it is not later than the last."""
        if self.last is not None and evaluation.as_at <= self.last:
            raise ValueError("Days are told in their order, each once.")
        self.first = {key: self.first.get(key, evaluation.as_at) for key in _late(evaluation)}
        self.last = evaluation.as_at


def known_since(evaluations: Iterable[Evaluation]) -> Mapping[Key, date]:
    """The first day of the unbroken run up to the newest, for every finding that is there then."""
    known = KnownSince()
    for evaluation in evaluations:
        known.tell(evaluation)
    return known.first
