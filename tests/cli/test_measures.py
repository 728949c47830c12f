"""`evenlode measures` as a performance analyst uses it."""

from __future__ import annotations

import csv
import subprocess
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from tests.cli.running import run

from evenlode.measures.book import MEASURES

AS_AT = "2026-11-20"
HEAD = (
    "time_period,geographic_level,country_code,region_code,region_name,old_la_code,new_la_code,la_name,"
    "CPP_start,CPP_subsequent,CPP_subsequent_percent\n"
)


@pytest.fixture
def published(tmp_path) -> Path:
    folder = tmp_path / "published"
    folder.mkdir()
    (folder / "d3.csv").write_text(HEAD + "2025,National,E92000001,,,,,,61840,15130,24.5\n", "utf-8")
    return folder


def test_every_measure_has_its_row_for_the_council_or_says_why_not(extracts, tmp_path, published):
    out = tmp_path / "m.csv"
    words = ("--as-at", AS_AT, "--out", str(out), "--months", "1", "--published", str(published))
    done = run("measures", extracts, *words)
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    council = [r for r in rows if r["level"] == "council" and r["as_at"] == AS_AT]
    assert [r["measure_id"] for r in council] == [m.id for m in MEASURES]
    for row in council:
        assert (row["status"], bool(row["value"]), bool(row["why"])) in {
            ("ok", True, False),
            ("cannot_tell", False, True),
        }
    (second,) = (r for r in council if r["measure_id"] == "CP-12")
    assert (second["england"], second["published_year"], second["published_as_at"]) == (
        "24.5",
        "2025",
        "year to 31 March",
    )
    assert {r["as_at"] for r in rows} == {AS_AT, "2026-10-31"}
    assert {r["level"] for r in rows} == {"council", "service", "team"}
    for words in (
        "Measures as at Friday 20 November 2026",
        "Average caseload",
        "24.5",
        "Measures written to",
    ):
        assert words in done.stdout


def test_services_and_teams_add_up_to_the_council(extracts, tmp_path):
    out = tmp_path / "m.parquet"
    done = run("measures", extracts, "--as-at", AS_AT, "--out", str(out), "--months", "0")
    assert done.returncode == 0, done.stderr
    sums: dict[tuple[str, str], list] = {}
    for r in pq.read_table(out).to_pylist():
        # A unit with nothing to divide by has no value; what is above the line is counted all the same.
        if r["numerator"] is not None and r["measure_id"] != "AL-13c":
            sums.setdefault((r["measure_id"], r["level"]), []).append(r["numerator"])
    assert len(sums) > 100
    for (measure, level), numbers in sums.items():
        if level == "council":
            assert sum(sums.get((measure, "service"), [])) == numbers[0], measure
            assert sum(sums.get((measure, "team"), [])) == numbers[0], measure


def test_a_workbook_says_what_each_measure_means_and_does_not_tell(extracts, tmp_path):
    out = tmp_path / "m.xlsx"
    assert run("measures", extracts, "--as-at", AS_AT, "--out", str(out), "--months", "0").returncode == 0
    book = openpyxl.load_workbook(out)
    assert book.sheetnames == ["Measures", "Meanings"]
    assert book["Meanings"].max_row == len(MEASURES) + 1


def test_a_table_for_release_shows_no_small_number(extracts, tmp_path):
    out = tmp_path / "m.csv"
    done = run("measures", extracts, "--as-at", AS_AT, "--out", str(out), "--months", "0", "--for-release")
    assert done.returncode == 0, done.stderr
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(r["status"] == "suppressed" for r in rows)
    for r in rows:
        if r["status"] == "suppressed":
            assert (r["numerator"], r["denominator"], r["value"]) == ("", "", "")
        elif r["measure_id"] in {"REF-00", "WF-02a", "WF-04", "WF-03"} and r["numerator"]:
            assert not 1 <= float(r["numerator"]) <= 5, r
    assert "Small numbers are hidden" in done.stdout


def refused(done: subprocess.CompletedProcess[str], *words: str) -> None:
    assert done.returncode == 2
    said = [line for line in done.stderr.strip().splitlines() if not line.startswith("evenlode: Reading")]
    assert len(said) == 1, done.stderr
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in said[0]


def test_a_folder_without_published_files_gets_one_sentence(extracts, tmp_path):
    out = tmp_path / "m.csv"
    refused(
        run("measures", extracts, "--published", str(tmp_path), "--out", str(out)), "holds no published file"
    )
    assert not out.exists()


def test_a_published_file_that_was_cut_short_gets_one_sentence(extracts, published):
    path = published / "d3.csv"
    path.write_bytes(path.read_bytes()[:-9])
    refused(run("measures", extracts, "--published", str(published)), "d3.csv", "cut short", "fetch it again")


def test_a_published_file_in_another_encoding_gets_one_sentence(extracts, published):
    (published / "d3.csv").write_bytes(
        HEAD.encode() + "2025,National,E92000001,,é,,,,1,1,1\n".encode("cp1252")
    )
    refused(run("measures", extracts, "--published", str(published)), "d3.csv", "is not UTF-8")


def test_a_period_that_begins_after_the_day_is_refused(extracts):
    done = run("measures", extracts, "--as-at", AS_AT, "--since", "2026-11-21")
    assert done.returncode == 2
    assert "--since 2026-11-21 is after the as-at date 2026-11-20" in done.stderr
