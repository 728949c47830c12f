"""kill -9 in the middle of loads and withdrawals (safety bar A9, for the files of the record)."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

import evenlode

HARNESS = Path(__file__).with_name("killing.py")


def run(home, *words):
    package = str(Path(evenlode.__file__).parents[1])
    done = subprocess.run(
        [sys.executable, str(HARNESS), str(home), *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": package},
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize(("kills", "seed"), [(10, 1), pytest.param(200, 2, marks=pytest.mark.long)])
def test_nothing_acknowledged_is_lost_or_half_loaded_when_loads_are_killed_at_random(tmp_path, kills, seed):
    report = run(tmp_path / "home", "random", str(kills), str(seed))
    assert report["kills"] == kills
    assert report["changes"] > 0
    assert report["cut_off_mid_change"] > 0


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(5, id="full load", marks=pytest.mark.long),
        pytest.param(6, id="partial load", marks=pytest.mark.long),
        pytest.param(8, id="withdrawal"),
        pytest.param(1, id="first load", marks=pytest.mark.long),
    ],
)
def test_a_change_killed_at_any_step_leaves_the_last_good_record_and_a_re_run_finishes(tmp_path, change):
    steps = run(tmp_path / "home", "every-step", str(change))["steps"]
    assert steps[0] > 5
