"""What the demo planted beside what the rules found."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pyarrow as pa

from evenlode.demo.expected import RULES as PLANTED_RULES
from evenlode.rules.rule import Status

Key = tuple[str, str, str, str, bool]


@dataclass(frozen=True)
class Planted:
    """How many findings were planted, and which were missed or not planted, by rule.

    besides: what rules found for which the demo plants nothing yet.
    """

    planted: int
    missed: Counter[str]
    not_planted: Counter[str]
    besides: Counter[str] = field(default_factory=Counter)

    def sentence(self) -> str:
        """The comparison in one line."""
        besides = ""
        if self.besides:
            rules = "one rule" if len(self.besides) == 1 else f"{len(self.besides)} rules"
            besides = (
                f" Besides them {self.besides.total():,} findings of {rules} for which "
                "the demo plants nothing yet."
            )
        if not self.missed and not self.not_planted:
            return (
                f"{self.planted:,} findings were planted in these files; all were found, and nothing else was."
                + besides
            )
        return (
            f"{self.planted:,} findings were planted; missed: {dict(self.missed) or 'none'}; "
            f"not planted: {dict(self.not_planted) or 'none'}."
        ) + besides


def compare_planted(expected: Path, findings: pa.Table) -> Planted:
    """The demo's expected_findings.csv against the findings, row for row."""
    with expected.open(encoding="utf-8", newline="") as file:
        wanted = Counter(_key(row) for row in csv.DictReader(file))
    columns = ["rule_id", "subject_id", "record_id", "due_date", "status"]
    found = Counter(
        _key({**row, "due_date": row["due_date"].isoformat() if row["due_date"] else ""})
        for row in findings.select(columns).to_pylist()
    )
    if any(not key[2] for key in wanted):
        wanted, found = _without_own_ids(wanted, found)
    missed, extra = wanted - found, found - wanted
    return Planted(
        wanted.total(),
        Counter(k[0] for k in missed.elements()),
        Counter(k[0] for k in extra.elements() if k[0] in PLANTED_RULES),
        Counter(k[0] for k in extra.elements() if k[0] not in PLANTED_RULES and not k[4]),
    )


def _key(row: dict[str, str]) -> Key:
    return (
        row["rule_id"],
        row["subject_id"],
        row["record_id"] or "",
        row["due_date"] or "",
        row["status"] == str(Status.CANNOT_TELL),
    )


def _without_own_ids(wanted: Counter[Key], found: Counter[Key]) -> tuple[Counter[Key], Counter[Key]]:
    """Ids that Evenlode makes itself (actions of an export without ids) are left out of the keys."""
    made = {k[0] for k in wanted if not k[2]} - {k[0] for k in wanted if k[2]}

    def bare(keys: Counter[Key]) -> Counter[Key]:
        result: Counter[Key] = Counter()
        for key, number in keys.items():
            result[(key[0], key[1], "" if key[0] in made else key[2], *key[3:])] += number
        return result

    return bare(wanted), bare(found)
