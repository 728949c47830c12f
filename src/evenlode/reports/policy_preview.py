"""What a change of policy would do, before it is switched on."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from evenlode.rules.book import RULES
from evenlode.rules.results import Evaluation

_NAMED_BY = ("la_code", "subject_kind", "subject_id", "record_id")


@dataclass(frozen=True)
class RuleChange:
    """One rule under two policies: how many findings, and how many come and go.

    kept: found under both.  A finding whose date or severity moves is kept; `moved` counts those.
    """

    rule_id: str
    name: str
    before: int
    after: int
    gained: int
    lost: int
    moved: int


@dataclass(frozen=True)
class LoadChange:
    """One worker's utilisation under two policies; None where there is no capacity."""

    worker_id: str
    name: str
    before: Decimal | None
    after: Decimal | None


def rule_changes(before: Evaluation, after: Evaluation) -> list[RuleChange]:
    """Every rule whose findings differ, in the order of the book.

    Findings are matched by rule, subject and record.
    """
    old, new = _by_rule(before), _by_rule(after)
    changes = []
    for rule in RULES:
        was, will = old.get(rule.id, {}), new.get(rule.id, {})
        gained, lost = will.keys() - was.keys(), was.keys() - will.keys()
        moved = sum(1 for key in was.keys() & will.keys() if was[key] != will[key])
        if gained or lost or moved:
            numbers = (_count(was), _count(will), len(gained), len(lost), moved)
            changes.append(RuleChange(rule.id, rule.name, *numbers))
    return changes


def _count(found: dict[tuple[str, ...], Counter[tuple[str, str, str]]]) -> int:
    return sum(said.total() for said in found.values())


_Said = dict[str, dict[tuple[str, ...], Counter[tuple[str, str, str]]]]


def _by_rule(evaluation: Evaluation) -> _Said:
    said: _Said = {}
    for row in evaluation.findings.to_pylist():
        key = tuple(row[name] for name in _NAMED_BY)
        what = (row["status"], row["severity"], str(row["due_date"] or ""))
        said.setdefault(row["rule_id"], {}).setdefault(key, Counter())[what] += 1
    return said


def load_changes(before: Evaluation, after: Evaluation) -> list[LoadChange]:
    """Every worker whose utilisation differs, by name; nobody is ranked."""
    was = {(w.la_code, w.worker_id): w.load.utilisation for w in before.loads}
    changes = [
        LoadChange(w.worker_id, w.name, was.get((w.la_code, w.worker_id)), w.load.utilisation)
        for w in after.loads
        if was.get((w.la_code, w.worker_id)) != w.load.utilisation
    ]
    return sorted(changes, key=lambda change: (change.name, change.worker_id))
