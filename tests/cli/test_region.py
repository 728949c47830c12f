"""`evenlode region`: several councils side by side, and no child's row without a reason."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from tests.cli.running import run

from evenlode.demo import build_council
from evenlode.measures.book import MEASURES

AS_AT = "2026-11-20"


@pytest.fixture(scope="module")
def councils(tmp_path_factory) -> Path:
    """Two made-up councils, and one of which only its children are there."""
    folder = tmp_path_factory.mktemp("region")
    for code, children, seed in (("301", 60, 3), ("302", 90, 4)):
        build_council(folder / "made" / code, as_at=date(2026, 11, 20), children=children, seed=seed)
        (folder / "all").mkdir(exist_ok=True)
        shutil.copytree(folder / "made" / code / "extracts", folder / "all" / code)
    (folder / "all" / "303").mkdir()
    (folder / "all" / "303" / "ssd_person.csv").write_text("pers_person_id,pers_dob\n1,01/02/2015\n", "utf-8")
    return folder / "all"


@pytest.fixture(scope="module")
def shown(councils, tmp_path_factory) -> tuple[str, Path]:
    out = tmp_path_factory.mktemp("out") / "region.csv"
    done = run("region", str(councils), "--as-at", AS_AT, "--out", str(out))
    assert done.returncode == 0, done.stderr
    return done.stdout, out


def table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_measure_is_told_for_the_region_and_each_council_and_for_no_team(shown):
    rows = table(shown[1])
    assert [(r["measure_id"], r["level"], r["la_code"]) for r in rows] == [
        (m.id, level, la)
        for m in MEASURES
        for level, la in (("region", "region"), ("council", "301"), ("council", "302"), ("council", "303"))
    ]


def test_no_small_number_stands_in_the_file_and_what_is_hidden_has_no_figure(shown):
    rows = table(shown[1])
    counts = [r for r in rows if r["status"] == "ok" and r["unit"] in {"children", "people", "number"}]
    assert counts
    assert not [r for r in counts if r["measure_id"] != "WL-01" and 1 <= float(r["value"]) <= 5]
    hidden = [r for r in rows if r["status"] == "suppressed"]
    assert hidden
    assert all(r["numerator"] == r["denominator"] == r["value"] == "" for r in hidden)


def test_where_one_council_cannot_tell_neither_can_the_region_and_it_says_which(shown):
    rows = {(r["measure_id"], r["la_code"]): r for r in table(shown[1])}
    assert rows["REF-00", "301"]["status"] in {"ok", "suppressed"}
    assert rows["REF-00", "303"]["status"] == "cannot_tell"
    assert rows["REF-00", "region"]["status"] == "cannot_tell"
    assert rows["REF-00", "region"]["why"] == "303: not in the files: episode"


def test_without_being_asked_no_child_is_in_the_output(shown, councils):
    ids = {
        r["pers_person_id"] for f in councils.rglob("*person*.csv") for r in table(f) if "pers_person_id" in r
    }
    assert len(ids) > 100
    written = list(shown[1].parent.iterdir())
    assert sorted(p.name for p in written) == ["region.about.csv", "region.csv"]
    cells = {cell for p in written for row in table(p) for cell in row.values()}
    assert not [i for i in ids if len(i) > 3 and (i in cells or i in shown[0])]
    about = {r["what"]: r["words"] for r in table(shown[1].parent / "region.about.csv")}
    assert about["lists of children"] == "none in this file"


def test_lists_of_children_come_with_the_reason_that_was_given(councils, tmp_path):
    out = tmp_path / "region.xlsx"
    words = ("--as-at", AS_AT, "--out", str(out), "--children", "--why", "joint inspection, November")
    done = run("region", str(councils), *words)
    assert done.returncode == 0, done.stderr
    book = openpyxl.load_workbook(out, read_only=True)
    assert book.sheetnames == ["Measures", "Findings", "About", "Meanings"]
    said = {row[0]: row[1] for row in book["About"].iter_rows(values_only=True) if row[0]}
    assert said["lists of children"] == "in this file, for this reason: joint inspection, November"
    codes = {row[0] for row in book["Findings"].iter_rows(values_only=True)}
    assert {"301", "302"} <= codes
    assert "joint inspection, November" in done.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--as-at", AS_AT, "--children", "--out", "x.xlsx"], "Lists of children need a reason"),
        (
            ["--as-at", AS_AT, "--children", "--why", " . ", "--out", "x.xlsx"],
            "Lists of children need a reason",
        ),
        (["--as-at", AS_AT, "--children", "--why", "an audit"], "name it with --out"),
        (["--as-at", AS_AT, "--why", "an audit"], "add --children"),
        ([], "Name the day with --as-at"),
    ],
)
def test_what_is_missing_is_said_and_nothing_is_written(councils, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
    done = run("region", str(councils), *words)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_councils_is_named(tmp_path):
    for name in ("301", "302", "old"):
        (tmp_path / name).mkdir()
    done = run("region", str(tmp_path), "--as-at", AS_AT)
    assert (done.returncode, '"old" in' in done.stderr) == (2, True)


def test_one_council_is_no_region(tmp_path):
    (tmp_path / "301").mkdir()
    done = run("region", str(tmp_path), "--as-at", AS_AT)
    assert done.returncode == 2
    assert "holds one council; a region is two or more folders" in done.stderr


@pytest.mark.parametrize("word", ["check", "measures", "workload"])
def test_the_children_of_several_councils_are_never_mixed_as_if_they_were_one(councils, word):
    done = run(word, str(councils), "--as-at", AS_AT)
    assert done.returncode == 2
    assert "holds the folders of 3 councils (301, 302, 303)" in done.stderr
