"""`evenlode policy` where a file changes from a day on: what a manager sees before and after it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from evenlode.demo import build_council

CHANGES = """
council: {la_code: "301"}
clocks: {cp_visit: {n: 20, unit: working_days}}
changes:
  - from: 2027-04-01
    visits: {cp: cp-2wk}
    workload: {tariff: {cp_plan: 9}}
"""


def run(*words: str) -> str:
    """What the installed command says, as a person runs it."""
    done = subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", "policy", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "EVENLODE_HOME": "/nonexistent", "COLUMNS": "200"},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def policy(tmp_path) -> Path:
    path = tmp_path / "policy.yaml"
    path.write_text(CHANGES, "utf-8")
    return path


def test_a_check_says_what_changes_from_when_with_both_values(policy):
    assert (
        "From 1 April 2027: cp_visit 20 working days becomes 14 days; workload cp_plan 7 becomes 9."
        in run("check", str(policy))
    )


@pytest.mark.parametrize(("day", "interval"), [("2027-03-31", "20 working days"), ("2027-04-01", "14 days")])
def test_the_settings_of_a_day_are_shown_on_both_sides_of_a_change(policy, day, interval):
    (line,) = (text for text in run("show", str(policy), "--as-at", day).splitlines() if "cp_visit " in text)
    assert interval in line


@pytest.mark.long
def test_a_change_that_has_not_begun_can_be_looked_at_before_its_day(policy, tmp_path):
    build_council(tmp_path / "council", as_at=date(2026, 11, 20), children=60, seed=3)
    words = (
        "preview",
        str(policy),
        str(policy),
        str(tmp_path / "council" / "extracts"),
        "--as-at",
        "2026-11-20",
    )
    now = run(*words)
    assert "No rule would find anything else." in now
    assert "changes again from 1 April 2027 (see it with --settings-of 2027-04-01)" in now
    assert "Utilisation, by name" in run(*words, "--settings-of", "2027-04-01")
