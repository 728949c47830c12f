"""The separate reading agrees with the expected answers, and the edge councils reach every rule."""

import collections
import csv
import datetime as dt
import pathlib

import pytest

from .councils import DAYS, build_edge_council
from .reading import Council, all_findings, workload_rows

SSD = pathlib.Path(__file__).resolve().parents[2].parent / "shared" / "data" / "ssd"
needs_shared = pytest.mark.skipif(
    not (SSD / "made-here-expected").is_dir(), reason="the shared sample is not beside the repository"
)
AS_AT = dt.date(2026, 11, 20)
RULES = set(
    """REF-02 OPN-01 ASM-04 S47-01 S47-02 CP-03 CP-04 CP-05 CP-06 CP-08 CP-10 CP-11 CP-12
CIN-02 CIN-05 CLA-V1 CLA-V2 CLA-V3 CLA-V4 CLA-V7 CLA-R1 CLA-R2 CLA-R3 CLA-S1 CL-04 CL-07 AL-01
AL-04 AL-12 AL-14 CW-02 SUP-05 SUP-06 SUP-07 SUP-08 SUP-09 ACT-02 SQ-07 NQ-02 NQ-07 DR-18""".split()
)


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def made_here():
    return Council(str(SSD / "made-here"), AS_AT)


@needs_shared
def test_every_expected_finding_of_the_sample_is_found_and_no_other(made_here):
    names = (
        "rule_id",
        "subject_kind",
        "subject_id",
        "record_id",
        "status",
        "kind",
        "severity",
        "due_date",
        "days_over",
    )

    def key(row):
        return tuple(str(row[name]) for name in names)

    expected = collections.Counter(map(key, rows_of(SSD / "made-here-expected" / "expected_findings.csv")))
    actual = collections.Counter(map(key, all_findings(made_here)))
    assert actual == expected


@needs_shared
def test_every_worker_of_the_sample_carries_the_expected_load(made_here):
    expected = {r["worker_id"]: r for r in rows_of(SSD / "made-here-expected" / "expected_workload.csv")}
    actual = {r["worker_id"]: r for r in workload_rows(made_here)}
    assert set(actual) == set(expected)
    for worker, row in expected.items():
        ours = actual[worker]
        for name in ("name", "fte", "newly_qualified", "points", "capacity", "band", "complete"):
            assert ours[name] == row[name], (worker, name)
        assert str(ours["children"]) == row["children"]
        assert (
            ours["utilisation"] == ""
            if not row["utilisation"]
            else abs(float(ours["utilisation"]) - float(row["utilisation"])) <= 0.0005
        )


def test_the_same_seed_makes_the_same_council(tmp_path):
    for name in ("one", "two"):
        build_edge_council(str(tmp_path / name), 3, 60, AS_AT)
    files = sorted(p.relative_to(tmp_path / "one") for p in (tmp_path / "one").rglob("*.csv"))
    assert len(files) == 27
    for file in files:
        assert (tmp_path / "one" / file).read_bytes() == (tmp_path / "two" / file).read_bytes()


def test_every_rule_has_children_on_its_edge_in_the_invented_councils(tmp_path):
    counts = collections.Counter()
    for seed, day in enumerate(DAYS):
        folder = build_edge_council(str(tmp_path / str(seed)), seed, 400, day)
        counts.update(row["rule_id"] for row in all_findings(Council(folder, day)))
    assert set(counts) >= RULES
    assert min(counts[rule] for rule in RULES) >= 15


def test_the_doubtful_rows_are_only_made_when_asked_for(tmp_path):
    build_edge_council(str(tmp_path / "c"), 1, 60, AS_AT, doubtful=True)
    council = Council(str(tmp_path / "c"), AS_AT)
    assert all_findings(council)
    assert workload_rows(council)
