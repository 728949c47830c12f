"""`evenlode today` as a team manager, a worker and a director use it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from evenlode.demo import build_council
from evenlode.oversight.groups import MOST_LINES
from evenlode.oversight.words import NEVER_SAID

AS_AT = "2026-11-20"
MARKS = "\u25b2\u25c6\u25cb"


def run(*words: str) -> subprocess.CompletedProcess[str]:
    """The installed command, as a person runs it."""
    return subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "EVENLODE_HOME": "/nonexistent", "COLUMNS": "200"},
    )


@pytest.fixture(scope="module")
def extracts(tmp_path_factory) -> str:
    folder = tmp_path_factory.mktemp("council")
    build_council(folder, as_at=date(2026, 11, 20), children=120, seed=3)
    return str(folder / "extracts")


@pytest.fixture(scope="module")
def council(extracts) -> subprocess.CompletedProcess[str]:
    done = run("today", extracts, "--as-at", AS_AT, "--yesterday", extracts)
    assert done.returncode == 0, done.stderr
    return done


def test_the_whole_council_fits_into_twelve_lines_under_the_date(council):
    assert "Figures as at Friday 20 November 2026." in council.stdout
    shown = [line for line in council.stdout.splitlines() if line.strip()[:1] in set(MARKS)]
    assert 1 <= len(shown) <= MOST_LINES


def test_the_headings_stand_in_their_order(council):
    headings = [
        *(
            "Nobody is holding the child",
            "Not seen",
            "Legal dates",
            "Complex work",
            "Supervision",
            "A decision you owe",
        ),
    ]
    places = [m.start() for h in headings if (m := re.search(rf"^{h}.*\(\d", council.stdout, re.MULTILINE))]
    assert len(places) > 2
    assert places == sorted(places)


def test_a_director_sees_the_teams_and_what_changed_since_the_day_before(council):
    assert "By team: families and workers under each heading" in council.stdout
    assert re.search(r"Since the day before: \d+ new, \d+ moved, \d+ as they were\.", council.stdout)


def test_no_name_of_a_child_is_told_on_the_way(council):
    assert not re.search(r"Child\d|was last seen", council.stderr)


def test_no_word_that_blames_is_on_the_page(council):
    told = council.stdout.split("Everything, by rule")[0]
    for word in NEVER_SAID:
        assert not re.search(rf"\b{word}", told, re.IGNORECASE if word.islower() else 0), word


def test_a_worker_sees_their_own_morning_and_no_decision_of_a_manager(extracts, council):
    staff = (Path(extracts) / "ssd" / "ssd_professionals.csv").read_text("utf-8-sig").splitlines()
    column = staff[0].split(",").index("prof_professional_id")
    done = run("today", extracts, "--as-at", AS_AT, "--worker", staff[1].split(",")[column])
    assert done.returncode == 0, done.stderr
    assert "(social worker)" in done.stdout
    assert "A decision you owe" not in done.stdout
    assert "By team" not in done.stdout


def test_a_team_that_is_not_there_is_named_with_the_teams_that_are(extracts):
    done = run("today", extracts, "--as-at", AS_AT, "--team", "nowhere")
    assert done.returncode == 2
    assert 'There is no team "nowhere" in these files; its teams are' in done.stderr
    assert "Traceback" not in done.stderr


def test_a_worker_who_is_not_there_and_both_at_once_are_refused(extracts):
    assert (
        'There is no worker "nobody"' in run("today", extracts, "--as-at", AS_AT, "--worker", "nobody").stderr
    )
    both = run("today", extracts, "--team", "T1", "--worker", "W1")
    assert (both.returncode, "not both" in both.stderr) == (2, True)
