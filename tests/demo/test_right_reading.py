"""The expected findings of the contract's rules are just those of the independent plain reading of it, in councils of several sizes and days."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from evenlode.demo import build_council
from evenlode.demo.expected import CONTRACT_RULES

from .conftest import read

ROOT = Path(__file__).parents[2]
COUNCILS = [
    (30, 11, date(2026, 11, 20), {}),
    (75, 12, date(2023, 1, 1), {}),
    (150, 13, date(2024, 2, 29), {"closed": 0}),
    (400, 2026, date(2026, 11, 20), {}),
    (400, 14, date(2028, 12, 26), {"workers": 25}),
    (800, 15, date(2021, 6, 15), {}),
]


def keys(rows: list[dict[str, str]]) -> Counter[tuple[str, ...]]:
    """Findings as the comparison counts them; an action has no id of its own in the export."""
    return Counter(
        (
            row["rule_id"],
            row["subject_kind"],
            row["subject_id"],
            "" if row["rule_id"] in {"ACT-02", "SQ-07"} else row["record_id"],
            row["due_date"],
            str(row["status"] == "cannot_tell"),
        )
        for row in rows
        if row["rule_id"] in CONTRACT_RULES
    )


@pytest.mark.parametrize(("children", "seed", "as_at", "more"), COUNCILS)
def test_expected_is_what_a_separate_reading_finds(tmp_path, children, seed, as_at, more):
    built = build_council(tmp_path, as_at=as_at, children=children, seed=seed, **more)
    out = tmp_path / "reading.csv"
    command = [
        sys.executable,
        "-m",
        "tests.independent.reading",
        str(built.extracts),
        "--as-at",
        as_at.isoformat(),
        "--out",
        str(out),
    ]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    expected, found = keys(read(built.expected_findings)), keys(read(out))
    assert (expected - found, found - expected) == (Counter(), Counter())
