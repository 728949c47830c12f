"""A census as it is checked and kept: what it cannot tell is not said, and a damaged one changes nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

CENSUS = """<?xml version="1.0" encoding="UTF-8"?>
<Message>
<Header><CollectionDetails><Collection>CIN</Collection><Year>2026</Year><ReferenceDate>2026-03-31</ReferenceDate>
</CollectionDetails><Source><SourceLevel>L</SourceLevel><LEA>999</LEA></Source></Header>
<Children>
<Child><ChildIdentifiers><LAchildID>100</LAchildID><PersonBirthDate>2015-03-01</PersonBirthDate><Sex>F</Sex>
</ChildIdentifiers><ChildCharacteristics><Ethnicity>WBRI</Ethnicity></ChildCharacteristics>
<CINdetails><CINreferralDate>2026-01-12</CINreferralDate><ReferralSource>6</ReferralSource>
<Assessments><AssessmentActualStartDate>2026-01-13</AssessmentActualStartDate></Assessments>
<ReferralNFA>0</ReferralNFA></CINdetails></Child>
</Children>
</Message>
"""


def run(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """The installed command, as a person runs it."""
    return subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "EVENLODE_HOME": str(home), "COLUMNS": "160"},
    )


@pytest.fixture
def census(tmp_path) -> Path:
    path = tmp_path / "cin.xml"
    path.write_text(CENSUS, "utf-8")
    return path


def test_children_are_not_called_unallocated_by_a_census_that_names_no_worker(census, tmp_path):
    done = run("check", str(census), "--as-at", "2026-03-31", "--council", "999", home=tmp_path / "none")
    assert done.returncode == 0, done.stderr
    assert "Children without a named worker: 0" in done.stdout
    assert "Of others these files do not tell who holds them." in done.stdout


def test_an_assessment_open_too_long_is_found_in_a_census(census, tmp_path):
    out = tmp_path / "f.csv"
    words = ("--as-at", "2026-03-31", "--council", "999", "--out", str(out))
    assert run("check", str(census), *words, home=tmp_path / "none").returncode == 0
    found = [line for line in out.read_text("utf-8").splitlines() if line.startswith("ASM-04,")]
    # Referred on Monday 12 January: 45 working days end on Monday 16 March 2026.
    assert len(found) == 1
    assert ",100," in found[0]
    assert ",2026-03-16," in found[0]


def files(home: Path) -> dict[str, bytes]:
    return {str(p.relative_to(home)): p.read_bytes() for p in home.rglob("*") if p.is_file()}


@pytest.mark.parametrize(
    "damage", [lambda t: t[: len(t) // 2], lambda t: t.replace("<Message>", "<!DOCTYPE Message><Message>")]
)
def test_a_damaged_census_is_refused_and_the_record_stays_as_it_was(census, tmp_path, damage):
    home = tmp_path / "home"
    words = ("load", str(census), "--as-at", "2026-03-31", "--council", "999")
    assert run(*words, home=home).returncode == 0
    before = files(home)
    census.write_text(damage(CENSUS), "utf-8")
    done = run(*words, home=home)
    assert done.returncode == 2
    assert "evenlode: cin.xml" in done.stderr
    assert "Traceback" not in done.stderr
    assert files(home) == before


def test_the_same_census_again_changes_nothing(census, tmp_path):
    home = tmp_path / "home"
    words = ("load", str(census), "--as-at", "2026-03-31", "--council", "999")
    assert run(*words, home=home).returncode == 0
    done = run(*words, home=home)
    assert done.returncode == 0
    assert "nothing changed" in done.stdout
