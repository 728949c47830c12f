"""`evenlode drift` as a team manager uses it."""

from __future__ import annotations

import csv
import json
import shutil

import openpyxl
import pyarrow.parquet as pq
import pytest
from tests.cli.running import run

from evenlode.rules.indicators import INDICATORS

AS_AT = "2026-11-20"


@pytest.fixture(scope="module")
def listed(extracts, tmp_path_factory):
    """The list as CSV rows, with what was shown."""
    out = tmp_path_factory.mktemp("drift") / "d.csv"
    done = run("drift", extracts, "--as-at", AS_AT, "--out", str(out))
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file)), done.stdout


def test_each_row_says_of_a_child_what_is_true_and_how_many(listed):
    rows, _ = listed
    assert rows
    for row in rows:
        named = [one.split(" ")[0] for one in row["which"].split("; ") if one]
        assert len(named) == int(row["indicators"])
        shown = {sign["indicator"] for sign in json.loads(row["evidence"])["indicators"]}
        assert shown == set(named)
    assert len({row["child_id"] for row in rows}) == len(rows)


def test_children_come_in_the_order_that_the_list_names(listed):
    rows, _ = listed
    keys = [
        (
            row["statute_breach"] != "true",
            row["plan_or_care"] == "",
            -int(row["indicators"]),
            -int(row["days_over"] or -1),
        )
        for row in rows
        if row["place"]
    ]
    assert keys == sorted(keys)
    assert [int(r["place"]) for r in rows if r["place"]] == list(range(1, len(keys) + 1))


def test_the_screen_names_every_sign_and_says_that_the_list_is_no_score(listed):
    rows, shown = listed
    assert (
        f"{sum(bool(r['place']) for r in rows)} children with a sign of drift as at Friday 20 November 2026"
        in shown
    )
    assert "not a score" in shown
    for indicator in INDICATORS:
        assert indicator.id in shown


def test_a_manager_asks_for_one_team(extracts, listed, tmp_path):
    rows, _ = listed
    team = next(r["team_id"] for r in rows if r["team_id"])
    out = tmp_path / "d.csv"
    done = run("drift", extracts, "--as-at", AS_AT, "--team", team, "--out", str(out))
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        mine = [r["child_id"] for r in csv.DictReader(file)]
    assert mine == [r["child_id"] for r in rows if r["team_id"] == team]
    assert len(mine) < len(rows)


def test_a_team_that_is_not_there_is_named_with_the_teams_that_are(extracts, tmp_path):
    out = tmp_path / "d.csv"
    done = run("drift", extracts, "--as-at", AS_AT, "--team", "nowhere", "--out", str(out))
    assert done.returncode == 2
    assert 'There is no team "nowhere"' in done.stderr
    assert "Traceback" not in done.stderr
    assert not out.exists()


def test_every_format_holds_the_same_children(extracts, listed, tmp_path):
    rows, _ = listed
    ids = [r["child_id"] for r in rows]
    for kind in ("json", "parquet", "xlsx"):
        out = tmp_path / f"d.{kind}"
        assert run("drift", extracts, "--as-at", AS_AT, "--out", str(out)).returncode == 0
        if kind == "json":
            found = [r["child_id"] for r in json.loads(out.read_text("utf-8"))]
        elif kind == "parquet":
            found = pq.read_table(out)["child_id"].to_pylist()
        else:
            book = openpyxl.load_workbook(out)
            assert book.sheetnames == ["Drift list", "Indicators"]
            found = [str(row[1]) for row in book["Drift list"].iter_rows(min_row=3, values_only=True)]
        assert found == ids


def test_a_sign_that_the_files_answer_in_part_or_not_at_all_is_not_shown_as_nought(extracts, tmp_path):
    shutil.copytree(extracts, tmp_path / "x")
    for name in ("case_entries", "key_dates"):
        (tmp_path / "x" / "local" / f"{name}.csv").unlink()
    shown = run("drift", str(tmp_path / "x"), "--as-at", AS_AT).stdout
    signs = {
        line.split()[0]: line for line in shown.splitlines() if line.startswith("DR-") and ":" not in line
    }
    # No list of entries is handed over, and of the court track only what is not asked for.
    assert signs["DR-19"].rstrip().endswith("not told")
    assert "DR-19 Nothing recorded: DR-19: case_entry" in shown
