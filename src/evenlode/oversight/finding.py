"""One finding as oversight reads it: the evaluation's row with its evidence opened."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from evenlode.rules.results import Evaluation
from evenlode.rules.rule import Status

Key = tuple[str, str, str, str, str]
"""What makes a finding the same on two days: council, rule, kind of subject, subject, record."""

Value = date | str | int | bool | None


@dataclass(frozen=True)
class Finding:
    """One row of the findings (contract section 3), due_soon rows too.

    evidence: dates are dates, and what was blank is None.
    """

    la_code: str
    rule_id: str
    subject_kind: str
    subject_id: str
    record_id: str
    status: str
    kind: str
    severity: str
    due_date: date | None
    days_over: int | None
    worker_id: str
    team_id: str
    evidence: Mapping[str, Value]

    @property
    def key(self) -> Key:
        """By which the same finding is known on another day."""
        return (self.la_code, self.rule_id, self.subject_kind, self.subject_id, self.record_id)

    @property
    def subject(self) -> tuple[str, str]:
        """Council and id of whom or what it is about."""
        return (self.la_code, self.subject_id)

    @property
    def unsure(self) -> bool:
        """Whether the record does not tell."""
        return self.status == Status.CANNOT_TELL


def findings_of(evaluation: Evaluation) -> tuple[Finding, ...]:
    """Every finding of an evaluation, in its order; what is due soon comes last."""
    return (*_read(evaluation.findings.to_pylist()), *_read(evaluation.due_soon.to_pylist()))


def _read(rows: list[dict[str, Any]]) -> Iterator[Finding]:
    for row in rows:
        evidence = {name: opened(value) for name, value in json.loads(row["evidence"]).items()}
        yield Finding(**{**row, "evidence": evidence})


def opened(value: Any) -> Value:
    """A value of the evidence: a text that is a date becomes one, a number keeps its text."""
    if isinstance(value, str) and len(value) == len("2026-11-20"):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    if isinstance(value, float):
        return str(value)
    return value if value != "" else None
