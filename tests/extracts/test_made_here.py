import csv

import pytest

from evenlode.record.delivery import Action

from .handing import SAMPLE, adds_up, read

pytestmark = pytest.mark.skipif(
    not SAMPLE.exists(), reason="the sample extract ../shared/data/ssd/made-here is not there"
)


@pytest.fixture(scope="module")
def sample():
    return read(SAMPLE)


def test_the_sample_council_gives_one_delivery_for_each_source(sample):
    assert list(sample) == ["ssd", "actions", "csww", "establishment", "supervision"]
    assert len(sample["ssd"].tables) == 24
    assert adds_up(sample.values())


def test_as_many_rows_are_read_as_each_file_holds(sample):
    counted = {}
    for path in SAMPLE.rglob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            counted[path.relative_to(SAMPLE).as_posix()] = sum(1 for _ in csv.reader(file)) - 1
    census = {"csww_2026.xml, CSWWWorker": 55, "csww_2026.xml, LALevelVacancies": 1}
    assert {c.file: c.read for d in sample.values() for c in d.counts} == counted | census


def test_the_planted_faults_are_in_the_report(sample):
    problems = sample["ssd"].problems
    orphans = [p for p in problems if p.table == "involvement" and "names nobody" in p.problem]
    assert sorted(p.problem.split()[0] for p in orphans) == ["999132", "999298", "999714"]
    reversed_spells = [
        p for p in problems if p.table == "involvement" and "before the row's start" in p.problem
    ]
    assert len(reversed_spells) == 2
    assert {p.action for p in orphans + reversed_spells} == {Action.KEPT}
    (twice,) = sample["ssd"].quarantined
    assert twice.table == "child"
    assert twice.reason.startswith("repeats id 960263")


def test_nothing_else_is_reported_but_the_census_and_the_children_of_reviews(sample):
    others = [
        (p.file, p.problem)
        for d in sample.values()
        for p in d.problems
        if p.table not in {"involvement", "child"}
    ]
    assert others == [
        ("ssd/ssd_cla_reviews.csv", "the child's id was filled in from ssd_cla_episodes in 438 rows"),
        (
            "csww_2026.xml, CSWWWorker",
            "the record has no place for QualInst, StepUpGrad, FrontlineGrad; not kept",
        ),
    ]
    assert not sample["supervision"].problems + sample["actions"].problems + sample["establishment"].problems


def test_every_review_of_a_looked_after_child_has_its_child(sample):
    assert sample["ssd"].tables["care_review"]["child_id"].null_count == 0


def test_every_action_has_an_id_of_its_own(sample):
    found = sample["actions"].tables["action"]["action_id"].to_pylist()
    assert len(set(found)) == len(found) == 883
