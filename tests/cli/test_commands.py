"""The commands as a performance analyst uses them, and what bad input gets."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from evenlode.demo import build_council
from evenlode.extracts import read_extracts

AS_AT = "2026-11-20"
COLUMNS = "rule_id,subject_kind,subject_id,record_id,status,kind,severity,due_date,days_over,worker_id,team_id,evidence"


def run(*words: str, home: Path | None = None) -> subprocess.CompletedProcess[str]:
    """The installed command, as a person runs it."""
    return subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "EVENLODE_HOME": str(home or "/nonexistent"), "COLUMNS": "120"},
    )


@pytest.fixture(scope="module")
def council(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("council")
    build_council(folder, as_at=date(2026, 11, 20), children=60, seed=3)
    return folder


def test_a_check_writes_the_findings_and_a_load_report_and_shows_a_summary(council, tmp_path):
    out = tmp_path / "f.csv"
    done = run(
        "check",
        str(council / "extracts"),
        "--as-at",
        AS_AT,
        "--out",
        str(out),
        "--totals",
        str(council / "totals.csv"),
    )
    assert done.returncode == 0, done.stderr
    assert out.read_text("utf-8").splitlines()[0] == COLUMNS
    assert (tmp_path / "f.load-report.csv").exists()
    for words in (
        "Figures as at Friday 20 November 2026",
        "What was read",
        "Findings",
        "Children without",
        "Workers over their ceiling",
        "Totals",
        "equal",
    ):
        assert words in done.stdout
    with out.open(encoding="utf-8", newline="") as file:
        assert all(json.loads(row["evidence"]) is not None for row in csv.DictReader(file))


def test_a_workbook_holds_everything_that_one_sends_to_a_manager(council, tmp_path):
    out = tmp_path / "f.xlsx"
    assert run("check", str(council / "extracts"), "--as-at", AS_AT, "--out", str(out)).returncode == 0
    book = openpyxl.load_workbook(out, read_only=True)
    assert book.sheetnames == [
        "Findings",
        "Drift list",
        "Workload",
        "Totals",
        "Data quality",
        "Load report",
        "Set aside",
        "Definitions",
    ]


def test_what_is_due_soon_is_only_written_when_asked_for(council, tmp_path):
    statuses = []
    for extra in ((), ("--due-soon",)):
        out = tmp_path / "f.csv"
        run("check", str(council / "extracts"), "--as-at", AS_AT, "--out", str(out), *extra)
        with out.open(encoding="utf-8", newline="") as file:
            statuses.append({row["status"] for row in csv.DictReader(file)})
    assert "due_soon" not in statuses[0]
    assert "due_soon" in statuses[1]


def test_the_day_is_the_newest_thing_that_happened_and_the_summary_says_so(council):
    done = run("check", str(council / "extracts"))
    assert "Figures as at Friday 20 November 2026" in done.stdout
    assert "newest date of something that happened" in " ".join(done.stdout.split())


def test_the_workload_has_the_columns_of_the_contract(council, tmp_path):
    out = tmp_path / "w.csv"
    done = run("workload", str(council / "extracts"), "--as-at", AS_AT, "--out", str(out))
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == [
        "worker_id",
        "name",
        "team_id",
        "role",
        "fte",
        "newly_qualified",
        "children",
        "points",
        "capacity",
        "utilisation",
        "band",
        "complete",
        "parts",
    ]
    assert all(
        sum(1 for p in json.loads(r["parts"])["children"] if p["part"] == "led") >= int(r["children"])
        for r in rows
    )


def test_the_demo_finds_all_that_it_planted_and_nothing_else():
    done = run("demo", "--no-serve", "--children", "80", "--seed", "11", "--as-at", AS_AT)
    assert done.returncode == 0, done.stderr
    assert "all were found, and nothing else was" in done.stdout


def test_a_load_leaves_a_receipt_and_can_be_withdrawn(council, tmp_path):
    home = tmp_path / "home"
    first = run("load", str(council / "extracts"), home=home)
    assert first.returncode == 0, first.stderr
    assert "rows kept" in first.stdout
    again = run("load", str(council / "extracts"), home=home)
    assert "nothing changed" in again.stdout
    gone = run("withdraw", "1", "--why", "wrong month", home=home)
    assert gone.returncode == 0, gone.stderr
    assert "wrong month" in run("loads", home=home).stdout


BAD = {
    "a path that is not there": (("check", "/nowhere/at/all"), "is not there"),
    "a date that is none": (("check", ".", "--as-at", "31/02/2026"), "is not a date"),
    "a format that is none": (("check", "{c}", "--out", "x.pdf"), "no format"),
    "a policy that is not there": (("check", "{c}", "--policy", "/none.yaml"), "policy file"),
    "totals that are not there": (("check", "{c}", "--totals", "/none.csv"), "totals file"),
    "a word that is no command": (("chek",), "No such command"),
    "a rule that is none": (("rules", "XX-99"), "is no rule"),
    "a load that is none": (("withdraw", "99", "--why", "x"), ""),
    "a folder of nothing": (("check", "{e}"), ""),
    "an out folder that is not there": (
        ("check", "{c}", "--as-at", AS_AT, "--out", "/none/f.csv"),
        "cannot be written",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_with_one_sentence_and_no_traceback(council, tmp_path, name):
    words, said = BAD[name]
    done = run(*(w.format(c=council / "extracts", e=tmp_path) for w in words), home=tmp_path / "home")
    assert done.returncode == 2, (done.stdout, done.stderr)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    lines = [line for line in done.stderr.splitlines() if line.startswith("evenlode: ")]
    assert lines[-1] == done.stderr.strip().splitlines()[-1]


def test_no_child_is_named_in_what_is_said_of_progress_or_problems(council):
    done = run("check", str(council / "extracts"), "--as-at", AS_AT)
    with next((council / "extracts").rglob("ssd_person.csv")).open(encoding="utf-8", newline="") as file:
        names = {row["pers_forename"] + " " + row["pers_surname"] for row in csv.DictReader(file)}
    assert not [n for n in names if n in done.stdout or n in done.stderr]


def test_every_rule_can_be_explained():
    assert "CP-05" in run("rules").stdout
    told = run("rules", "cp-05").stdout
    assert "10 working days" in told
    assert "Does not tell" in told


def test_a_name_with_brackets_is_only_a_name(council, tmp_path):
    shutil.copytree(council / "extracts", tmp_path / "x")
    workers = next((tmp_path / "x").rglob("ssd_professionals.csv"))
    with workers.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    for row in rows:
        row["prof_professional_name"] = f"[/bold] :smile: [red]{row['prof_professional_id']}"
    with workers.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    for words in (("check",), ("workload",)):
        done = run(*words, str(tmp_path / "x"), "--as-at", AS_AT)
        assert done.returncode == 0, done.stderr
    assert "[/bold] :smile: [red]" in done.stdout


def test_a_template_is_an_empty_layout_that_says_what_each_column_means(tmp_path):
    out = tmp_path / "supervision.xlsx"
    done = run("template", "supervision", "--out", str(out))
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["supervision", "What the columns mean"]
    again = run("template", "supervision", "--out", str(out))
    assert again.returncode == 2
    assert "is there already" in again.stderr
    assert "no layout" in run("template", "sandwiches").stderr


def test_every_template_filled_with_nothing_is_recognised_as_its_own_layout(tmp_path):
    names = [line.split()[0] for line in run("template").stdout.splitlines()]
    for name in names:
        assert run("template", name, "--out", str(tmp_path / f"{name}.csv")).returncode == 0
        (tmp_path / f"{name}.columns.csv").unlink()
    (tmp_path / "key_dates.kinds.csv").unlink()
    found = {d.source for d in read_extracts(tmp_path, la_code="301")}
    assert found == set(names)


def test_a_rule_that_none_of_the_files_can_answer_is_no_line_of_the_summary_but_counted_below(
    council, tmp_path
):
    shutil.copytree(council / "extracts", tmp_path / "x")
    (tmp_path / "x" / "local" / "key_dates.csv").unlink()
    done = run("check", str(tmp_path / "x"), "--as-at", AS_AT)
    assert done.returncode == 0, done.stderr
    table, _, below = done.stdout.partition("What these files cannot tell")
    assert " CP-05 " in table
    assert " PF-01 " not in table
    assert "more rules need lists that many councils keep for themselves" in " ".join(below.split())


def test_rules_for_a_councils_files_say_how_many_can_be_answered_and_what_to_add(council, tmp_path):
    (tmp_path / "files").mkdir()
    for path in (council / "extracts").rglob("*.csv"):
        if "professionals" in path.read_text("utf-8")[:40] or "person" in path.read_text("utf-8")[:20]:
            shutil.copy(path, tmp_path / "files")
    done = run("rules", "--for", str(tmp_path / "files"))
    assert done.returncode == 0, done.stderr
    assert "rules can be answered" in done.stdout
    said = " ".join(done.stdout.split())
    assert "evenlode template supervision" in said
    assert "each supervision or oversight note" in said
