"""What a council's IT team is given is true: the units name commands that exist, the page lists the variables that are read."""

from __future__ import annotations

import configparser
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from evenlode.cli import COMMANDS, evenlode
from evenlode.web import environment
from evenlode.web.service_page import NAME, service_page

ROOT = Path(__file__).parents[3]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
PROGRAM = "/opt/evenlode/.venv/bin/evenlode"
HOW_TO = (ROOT / "docs" / "how-to" / "run-it.md").read_text(encoding="utf-8")


def read(unit):
    """The sections of a unit, each a list of its lines; a unit may say one thing twice."""
    sections, lines = {}, []
    for line in unit.read_text().splitlines():
        if line.startswith("["):
            lines = sections.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            name, found, value = line.partition("=")
            assert found, line
            lines.append((name, value))
    return sections


def commands_in(text):
    """What follows the program's name on each line, up to the end of the command."""
    return [found.split() for found in re.findall(rf"{re.escape(PROGRAM)} ([a-z-]+(?: [^\n'\"]*)?)", text)]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_takes(unit, tmp_path):
    assert set(read(unit)) <= {"Unit", "Service", "Timer", "Install"}
    checker = configparser.ConfigParser(strict=False, interpolation=None)
    checker.read_string(unit.read_text())
    if shutil.which("systemd-analyze"):
        for each in UNITS:  # the program is not installed here: Python stands in its place
            (tmp_path / each.name).write_text(each.read_text().replace(PROGRAM, sys.executable))
        done = subprocess.run(
            ["systemd-analyze", "verify", str(tmp_path / unit.name)],
            capture_output=True,
            text=True,
            check=False,
        )
        assert unit.name not in done.stderr, done.stderr
        assert "Unknown" not in done.stderr, done.stderr


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_names_only_commands_and_options_that_exist(unit):
    named = commands_in(unit.read_text())
    assert bool(named) == unit.name.endswith(".service")
    for word, *rest in named:
        assert word in COMMANDS
        command = evenlode.get_command(None, word)
        known = {name for parameter in command.params for name in parameter.opts}
        assert {option for option in rest if option.startswith("--")} <= known


def test_the_timer_starts_the_night():
    timer = next(u for u in UNITS if u.suffix == ".timer")
    assert timer.with_suffix(".service") in UNITS
    assert ("OnCalendar", "*-*-* 04:30:00 Europe/London") in read(timer)["Timer"]


def test_every_service_runs_without_rights_and_can_write_to_its_own_places_alone():
    for unit in (u for u in UNITS if u.suffix == ".service"):
        said = read(unit)["Service"]
        for line in [
            ("User", "evenlode"),
            ("ProtectSystem", "strict"),
            ("NoNewPrivileges", "yes"),
            ("UMask", "0077"),
        ]:
            assert line in said


def test_the_how_to_names_only_commands_and_variables_that_exist():
    for word in re.findall(r"as_evenlode (?:--home \S+ )?([a-z-]+)", HOW_TO):
        assert word in COMMANDS
    known = {variable.name for variable in environment.VARIABLES}
    assert set(re.findall(r"EVENLODE_[A-Z_]+", HOW_TO)) <= known


def test_the_reference_page_is_the_one_that_the_declarations_give():
    assert (ROOT / "docs" / "reference" / NAME).read_text(encoding="utf-8") == service_page()


def test_every_variable_that_the_service_reads_is_declared():
    text = Path(environment.__file__).read_text(encoding="utf-8")
    read_there = set(re.findall(r'environ\.get\(\s*"(EVENLODE_[A-Z_]+)"', text)) - {"EVENLODE_DEMO"}
    assert read_there
    assert read_there <= {variable.name for variable in environment.VARIABLES}


def test_the_container_runs_as_a_user_without_rights_and_takes_only_checked_packages():
    lines = (ROOT / "deploy" / "Dockerfile").read_text().replace("\\\n", " ").splitlines()
    words = [line.split(maxsplit=1) for line in lines if line and not line.startswith("#")]
    assert [w for w, _ in words].count("FROM") == 2
    assert ["USER", "10001:10001"] in words
    installs = [rest for word, rest in words if word == "RUN" and "pip install" in rest]
    assert len(installs) == 2
    assert "--require-hashes" in installs[0]
    assert "--no-index" in installs[1]
    for copied in (rest.split() for word, rest in words if word == "COPY" and not rest.startswith("--from")):
        assert all((ROOT / source).exists() for source in copied[:-1])
    start = next(rest for word, rest in words if word == "CMD")
    assert shlex.split(start.strip("[]").replace(",", " "))[0] in COMMANDS
