"""The drift list: which children's work is not moving, and what shows it (practice-standards 8).

Made from what the rules said, so nothing is found here that is not a finding already.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenlode.policy import Authority
from evenlode.rules.indicators import INDICATORS, WORKER, Indicator, Part
from evenlode.rules.results import Evaluation, Missing
from evenlode.rules.rule import Status
from evenlode.workload.workers import id_order

Child = tuple[str, str]
"""Council and child."""

FOUND = frozenset({Status.OVERDUE, Status.BREACH, Status.FLAG})
BROKEN = frozenset({Status.OVERDUE, Status.BREACH})


@dataclass(frozen=True)
class Sign:
    """One finding that makes an indicator true.

    since: the day from which it is true, as far as the finding tells one: the day that was missed, the
    day on which a length was reached, or the day of the event.  days_over: None where nothing was due.
    """

    indicator: Indicator
    rule_id: str
    record_id: str
    status: str
    severity: str
    since: date | None
    days_over: int | None
    evidence: Mapping[str, Any]


@dataclass(frozen=True)
class DriftRow:
    """One child of the list.

    signs: what is true of the child.  apart: what is true and not counted, such as the long plan of a
    disabled child.  of_worker: what is true of the child's worker, not counted either.
    statute: the rules set by law that are broken for this child, whether or not they are a sign of drift.
    unknown: indicators of which the child's own record does not tell whether they are true.
    It does not tell how much harm there is: nothing here was shown to predict any.
    """

    la_code: str
    child_id: str
    worker_id: str
    team_id: str
    plan: bool
    care: bool
    statute: tuple[str, ...]
    signs: tuple[Sign, ...]
    apart: tuple[Sign, ...]
    of_worker: tuple[Sign, ...]
    unknown: tuple[Indicator, ...]

    @property
    def indicators(self) -> tuple[Indicator, ...]:
        """Which indicators are true, each once, in the order of the reference."""
        return _each(self.signs)

    @property
    def days_over(self) -> int | None:
        """How many days ago the oldest of what is shown was due; None where nothing was."""
        return max((s.days_over for s in self.signs if s.days_over is not None), default=None)

    @property
    def since(self) -> date | None:
        """The earliest day from which any of it is true, as far as that is told."""
        return min((s.since for s in self.signs if s.since is not None), default=None)

    @property
    def order(self) -> tuple[Any, ...]:
        """Section 8: statute breach, protection plan or care, number of indicators, days overdue."""
        days = -1 if self.days_over is None else self.days_over
        return (
            not self.signs,
            not self.statute,
            not (self.plan or self.care),
            -len(self.indicators),
            -days,
            self.la_code,
            id_order(self.child_id),
        )


@dataclass(frozen=True)
class Told:
    """How far one indicator can be told.

    children: of how many it is true.  unknown: of how many children their record does not tell.
    missing: (council, rule) to what the council's files lack, of the rules that make it.
    """

    indicator: Indicator
    children: int
    unknown: int
    missing: Missing

    @property
    def not_at_all(self) -> bool:
        """Whether some council's files answer none of the rules that make it."""
        councils = {la for la, _ in self.missing}
        return any(all((la, p.rule_id) in self.missing for p in self.indicator.parts) for la in councils)


@dataclass(frozen=True)
class DriftList:
    """The children in order, and how far each indicator can be told."""

    as_at: date
    rows: tuple[DriftRow, ...]
    told: tuple[Told, ...]

    def of_team(self, team_id: str) -> DriftList:
        """The children whose lead worker is in that team; what can be told stays the council's."""
        return DriftList(self.as_at, tuple(r for r in self.rows if r.team_id == team_id), self.told)


def drift_list(
    evaluation: Evaluation, *, on_plan: Collection[Child], in_care: Collection[Child]
) -> DriftList:
    """Which children's work is not moving, the most pressing first?

    on_plan, in_care: the children on a protection plan and those looked after on the day
    (`Day.total_ids`).  A child of whom nothing is true has no row, though something cannot be told.
    """
    gathered = _gathered(evaluation)
    rows = tuple(
        sorted(
            (
                DriftRow(
                    la_code=child[0],
                    child_id=child[1],
                    worker_id=of.worker_id,
                    team_id=of.team_id,
                    plan=child in on_plan,
                    care=child in in_care,
                    statute=tuple(sorted(of.statute)),
                    signs=_sorted(of.signs),
                    apart=_sorted(of.apart),
                    of_worker=_sorted(gathered.of_worker.get((child[0], of.worker_id), [])),
                    unknown=of.unknown(),
                )
                for child, of in gathered.children.items()
                if of.signs or of.apart
            ),
            key=lambda row: row.order,
        )
    )
    return DriftList(evaluation.as_at, rows, tuple(_told(gathered, rows, evaluation.missing)))


class _Gathered:
    """Findings put to the child or the worker that they are about."""

    def __init__(self) -> None:
        self.children: dict[Child, _OfChild] = {}
        self.of_worker: dict[Child, list[Sign]] = {}


class _OfChild:
    """What the rules said of one child."""

    def __init__(self, worker_id: str, team_id: str) -> None:
        self.worker_id, self.team_id = worker_id, team_id
        self.statute: set[str] = set()
        self.signs: list[Sign] = []
        self.apart: list[Sign] = []
        self.doubtful: list[Indicator] = []

    def unknown(self) -> tuple[Indicator, ...]:
        """Indicators in doubt that nothing else makes true."""
        true = {s.indicator.id for s in (*self.signs, *self.apart)}
        return tuple(i for i in INDICATORS if i in self.doubtful and i.id not in true)


def _gathered(evaluation: Evaluation) -> _Gathered:
    makes: dict[str, list[tuple[Indicator, Part]]] = {}
    for indicator in INDICATORS:
        for part in indicator.parts:
            makes.setdefault(part.rule_id, []).append((indicator, part))
    found = _Gathered()
    for row in evaluation.findings.to_pylist():
        if row["subject_kind"] == WORKER:
            for indicator, part in makes.get(row["rule_id"], []):
                if row["status"] in FOUND:
                    who = (row["la_code"], row["subject_id"])
                    found.of_worker.setdefault(who, []).append(_sign(indicator, part, row))
        elif row["subject_kind"] == "child":
            child = (row["la_code"], row["subject_id"])
            of = found.children.setdefault(child, _OfChild(row["worker_id"], row["team_id"]))
            if row["kind"] == Authority.STATUTE and row["status"] in BROKEN:
                of.statute.add(row["rule_id"])
            for indicator, part in makes.get(row["rule_id"], []):
                _put(of, indicator, part, row)
    return found


def _put(of: _OfChild, indicator: Indicator, part: Part, row: dict[str, Any]) -> None:
    if row["status"] == Status.CANNOT_TELL:
        of.doubtful.append(indicator)
    elif row["status"] in FOUND and (not part.only or row["severity"] in part.only):
        sign = _sign(indicator, part, row)
        (of.apart if part.apart and sign.evidence.get(part.apart) else of.signs).append(sign)


def _sign(indicator: Indicator, part: Part, row: dict[str, Any]) -> Sign:
    evidence = json.loads(row["evidence"])
    said = evidence.get(part.since) if part.since else None
    return Sign(
        indicator,
        row["rule_id"],
        row["record_id"],
        row["status"],
        row["severity"],
        row["due_date"] or (date.fromisoformat(said) if said else None),
        row["days_over"],
        evidence,
    )


def _sorted(signs: list[Sign]) -> tuple[Sign, ...]:
    place = {i.id: n for n, i in enumerate(INDICATORS)}
    return tuple(sorted(signs, key=lambda s: (place[s.indicator.id], s.rule_id, id_order(s.record_id))))


def _each(signs: tuple[Sign, ...]) -> tuple[Indicator, ...]:
    return tuple(dict.fromkeys(s.indicator for s in signs))


def _told(gathered: _Gathered, rows: tuple[DriftRow, ...], missing: Missing) -> Iterator[Told]:
    for indicator in INDICATORS:
        if indicator.about == WORKER:
            true = sum(any(s.indicator is indicator for s in r.of_worker) for r in rows)
        else:
            true = sum(indicator in r.indicators for r in rows)
        rules = {p.rule_id for p in indicator.parts}
        yield Told(
            indicator,
            true,
            sum(indicator in of.unknown() for of in gathered.children.values()),
            {key: why for key, why in missing.items() if key[1] in rules},
        )
