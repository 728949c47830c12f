"""`evenlode quality` as a performance analyst uses it."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest
from tests.cli.running import run

from evenlode.quality.book import DOUBTS

AS_AT = "2026-11-20"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_doubt_has_its_row_and_the_rows_in_doubt_and_the_coverage_lie_beside_it(extracts, tmp_path):
    out = tmp_path / "dq.csv"
    done = run("quality", extracts, "--as-at", AS_AT, "--out", str(out))
    assert done.returncode == 0, done.stderr
    doubts = read(out)
    assert [r["doubt_id"] for r in doubts] == [d.id for d in DOUBTS]
    listed = read(tmp_path / "dq.rows.csv")
    for one in doubts:
        if one["status"] == "cannot_tell":
            assert (one["found"], one["of"]) == ("", "")
            assert one["why"]
        else:
            assert int(one["found"]) <= int(one["of"])
        if one["sort"] not in {"coverage", "reading"}:
            assert sum(r["doubt_id"] == one["doubt_id"] for r in listed) == int(one["found"] or 0)
    assert {r["level"] for r in read(tmp_path / "dq.coverage.csv")} == {
        "table",
        "team",
        "month",
        "team in a month",
    }


def test_no_name_and_no_date_of_birth_stands_in_any_of_the_files(extracts, tmp_path):
    out = tmp_path / "dq.csv"
    assert run("quality", extracts, "--as-at", AS_AT, "--out", str(out)).returncode == 0
    person = read(next(Path(extracts).rglob("ssd_person.csv")))
    workers = read(next(Path(extracts).rglob("ssd_professionals.csv")))
    said = "".join(path.read_text("utf-8") for path in tmp_path.glob("dq*.csv"))
    names = {r["pers_surname"] for r in person} | {r["prof_professional_name"] for r in workers}
    assert len(names) > 10
    assert not [name for name in names if name and name in said]


@pytest.mark.parametrize("kind", ["json", "parquet", "xlsx"])
def test_the_same_figures_stand_in_every_format(kind, extracts, tmp_path):
    plain, other = tmp_path / "dq.csv", tmp_path / f"dq.{kind}"
    for out in (plain, other):
        assert run("quality", extracts, "--as-at", AS_AT, "--out", str(out)).returncode == 0
    expected = [(r["doubt_id"], r["found"]) for r in read(plain)]
    if kind == "json":
        rows = json.loads(other.read_text("utf-8"))
    elif kind == "parquet":
        rows = pq.read_table(other).to_pylist()
    else:
        book = openpyxl.load_workbook(other, read_only=True)
        assert book.sheetnames == ["Data quality", "Rows in doubt", "Coverage"]
        head, *cells = book["Data quality"].iter_rows(values_only=True)
        rows = [dict(zip(head, row, strict=True)) for row in cells]
    assert [(r["doubt_id"], "" if r["found"] is None else str(r["found"])) for r in rows] == expected


def test_the_terminal_says_what_was_found_what_it_spoils_and_which_months_are_thin(extracts):
    done = run("quality", extracts, "--as-at", AS_AT)
    assert done.returncode == 0, done.stderr
    for words in ("DQ-08", "what it spoils", "what to do", "Rows a month, beside the children", "cin visit"):
        assert words in done.stdout
    assert "is the extract thin?" in " ".join(done.stdout.split())


def test_a_check_says_in_one_line_that_there_are_grave_doubts_and_where_to_read_of_them(extracts):
    done = run("check", extracts, "--as-at", AS_AT)
    assert done.returncode == 0, done.stderr
    (line,) = [said for said in done.stdout.splitlines() if "Grave doubts" in said]
    assert "DQ-08" in line
    assert "evenlode quality EXTRACTS" in line


def test_visits_that_were_cut_off_are_said_to_stop_early(extracts, tmp_path):
    cut = tmp_path / "cut"
    shutil.copytree(extracts, cut)
    path = next(cut.rglob("ssd_cin_visits.csv"))
    head, *lines = path.read_text("utf-8").splitlines()
    place = head.split(",").index("cinv_cin_visit_date")
    kept = [line for line in lines if line.split(",")[place] < "2026-10-15"]
    assert 0 < len(kept) < len(lines)
    path.write_text("\n".join([head, *kept, ""]), "utf-8")
    whole, short = (run("quality", str(folder), "--as-at", AS_AT) for folder in (extracts, cut))
    assert "cin visit: nothing after" not in whole.stdout
    assert "cin visit: nothing after" in short.stdout


def test_an_out_file_of_no_known_kind_is_refused_in_one_sentence(extracts, tmp_path):
    done = run("quality", extracts, "--out", str(tmp_path / "dq.docx"))
    assert done.returncode == 2
    assert "no format that can be written" in done.stderr
