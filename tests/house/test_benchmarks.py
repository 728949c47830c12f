"""The benchmarks still run: on a council of a few children, each job once."""

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def run(name, *words):
    done = subprocess.run(
        [sys.executable, str(BENCHMARKS / name), *words], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.long
def test_the_main_job_is_timed_beside_pandas():
    said = run("one_council.py", "--children", "40", "--repeats", "1", "--councils", "2")
    assert said.count("\n| ") == 5
    assert "rules over 2 such councils in one record" in said


def test_a_workbook_is_timed_beside_pandas():
    said = run("workbook.py", "--rows", "110", "--repeats", "1")
    assert "A workbook of 11 sheets, 110 rows" in said
