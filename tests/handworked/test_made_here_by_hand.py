"""The sample council as at 20 November 2026: what the product says, against what was worked out on paper.

The cases stand in the modules beside this one, each with the raw rows it rests on and its sum.
"""

import csv
import re
import subprocess
import sys
from collections import Counter
from datetime import date, datetime
from decimal import Decimal

import pytest

from evenlode.extracts import read_extracts
from evenlode.policy import shipped_policy
from evenlode.record import Record, connect
from evenlode.rules.book import CONTRACT
from evenlode.rules.evaluate import standing

from .case import AS_AT, Said
from .cases import CARRIED, CASES
from .raw_rows import (
    EXPECTED,
    MADE_HERE,
    SHARED,
    assessment,
    care_leaver,
    cin_plan,
    cin_visit,
    cla_visit,
    cp_plan,
    cp_visit,
    episode,
    family,
    involvement,
    legal,
    person,
    placement,
    rows_of,
    s47,
    staff,
    worker,
)

COUNCIL = "999"

pytestmark = pytest.mark.skipif(
    not MADE_HERE.is_dir(), reason="the shared sample council does not lie beside this repository"
)


@pytest.fixture(scope="module")
def answered():
    """The product's answers: the findings, each worker's load, and the sum behind it."""
    deliveries = read_extracts(MADE_HERE, la_code=COUNCIL)
    with Record.temporary() as record:
        at = datetime(2026, 11, 20, 9, 0)  # noqa: DTZ001 - a made-up moment, which no rule reads
        record.load(deliveries, at=at, by="test", as_at=AS_AT, rules_version="test")
        with (
            connect(record) as stored,
            standing(stored.con, as_at=AS_AT, policy=shipped_policy(), delivered=stored.delivered) as day,
        ):
            evaluation, parts = day.evaluate(), day.parts()
    return {
        "findings": evaluation.findings.to_pylist(),
        "loads": {load.worker_id: load for load in evaluation.loads},
        "parts": {worker_id: lines for (_, worker_id), lines in parts.items()},
    }


def each(cases):
    return pytest.mark.parametrize("case", cases, ids=str)


# The cases themselves


@each(CASES)
def test_the_product_says_what_was_worked_out_on_paper(answered, case):
    found = [f for f in answered["findings"] if f["rule_id"] == case.rule and f["subject_id"] == case.who]
    said = Counter(Said(f["status"], f["severity"], f["due_date"], f["days_over"]) for f in found)
    assert said == Counter(case.says), case.sum
    records = {f["record_id"] for f in found}
    if case.rule == "ACT-02":  # an export without ids: one of our making for each action
        assert "" not in records
        assert len(records) == len(found)
    else:
        assert records == ({case.record} if found else set())


@each(CASES)
def test_the_rows_that_a_case_rests_on_are_in_the_councils_files(case):
    for fact in case.rows:
        assert len(fact.rows(case.who)) == fact.count, str(fact)


@each([case for case in CASES if any(said.due for said in case.says)])
def test_the_days_late_are_those_from_the_due_date_to_the_day_of_the_check(case):
    for said in case.says:
        assert (AS_AT - said.due).days == said.days_over
        late = said.due < AS_AT
        assert late or said.status == "flag", "only a flag may stand on its own day"


@each([*CASES, *CARRIED])
def test_the_weekdays_named_in_a_sum_are_those_of_the_calendar(case):
    """A slip of the pen in the paper sum would otherwise go unseen; a date without a year is of 2026."""
    for weekday, day, month, year in re.findall(
        r"((?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) (\d{1,2}) ([A-Z][a-z]+)(?: (\d{4}))?", case.sum
    ):
        number = datetime.strptime(month, "%B").month  # noqa: DTZ007 - the name of a month, no moment
        assert f"{date(int(year or 2026), number, int(day)):%A}" == weekday


def test_no_child_or_worker_is_worked_twice_under_one_rule():
    assert max(Counter((case.rule, case.who) for case in CASES).values()) == 1


def test_every_rule_with_a_finding_here_has_one_worked_by_hand_and_one_rightly_left_alone(answered):
    occurring = {f["rule_id"] for f in answered["findings"]} & CONTRACT
    assert {case.rule for case in CASES if case.says} == occurring
    assert {case.rule for case in CASES if not case.says} == occurring


# What nobody could tell


def test_no_question_about_this_council_is_left_open(answered):
    """Nothing in the files stands in the way of an answer, and the product never says that it cannot tell."""
    blanks = (
        person.exactly(0, born=""),
        person.none(died="!"),
        cp_visit.none(seen=""),
        cp_visit.none(alone=""),
        cin_visit.none(seen=""),
        cla_visit.none(seen=""),
        care_leaver.none(contact=""),
        care_leaver.none(review=""),
    )
    for fact in blanks:
        assert not fact.rows(), str(fact)
    unclear = [f for f in answered["findings"] if f["status"] == "cannot_tell"]
    assert not [f for f in unclear if f["rule_id"] in CONTRACT]


def test_the_only_rows_that_end_before_they_start_are_two_involvements_that_decide_nothing():
    """Each has a case of its own under CW-02."""
    spans = (cp_plan, cin_plan, placement, episode, s47, involvement)
    backwards = [
        row[table.columns["id"]]
        for table in (*spans, assessment)
        for row in rows_of(table.file)
        if (end := row[table.columns["end" if table is not assessment else "signed_off"]])
        and end < row[table.columns["start"]]
    ]
    assert backwards == ["51100262", "51100736"]


# What each worker carries


@each(CARRIED)
def test_a_worker_carries_what_was_added_up_on_paper(answered, case):
    load = answered["loads"][case.worker]
    assert load.children == len(case.led)
    assert load.load.points == Decimal(case.points)
    assert load.load.capacity == Decimal(case.capacity)
    assert (load.load.shown or None) == case.utilisation, case.sum
    assert load.load.band == case.band
    assert load.newly_qualified == case.newly_qualified
    assert load.load.complete


@each(CARRIED)
def test_each_child_counts_in_a_workers_sum_as_it_did_on_paper(answered, case):
    shown = {
        (line["child_id"], line["part"], line["entry"], Decimal(line["points"]), Decimal(line["share"]))
        for line in answered["parts"].get(case.worker, [])
    }
    assert shown == {(x.child, "led", x.entry, Decimal(x.points), Decimal(x.share)) for x in case.led}


@each(CARRIED)
def test_the_paper_sum_adds_up(case):
    assert case.added_up() == Decimal(case.points)
    assert Decimal(85) * Decimal(case.fte) * Decimal(case.factor) == Decimal(case.capacity)
    if case.utilisation is None:
        assert not Decimal(case.capacity)
    else:
        assert abs(Decimal(case.points) / Decimal(case.capacity) - Decimal(case.utilisation)) <= Decimal(
            "0.0005"
        )


@each(CARRIED)
def test_the_rows_behind_a_workers_sum_are_in_the_councils_files(case):
    facts = [worker(case.worker, staff=case.staff), staff(case.staff, fte=case.fte), *case.rows]
    for x in case.led:
        facts += [
            involvement(child=x.child, worker=case.worker, end=""),
            involvement.exactly(1, child=x.child, end=""),
            family(child=x.child, family=x.family),
            *grounds(x),
        ]
    for fact in facts:
        assert len(fact.rows()) == fact.count, str(fact)
    held = {row["invo_person_id"] for row in involvement.exactly(0, worker=case.worker, end="").rows()}
    assert held == {x.child for x in case.led} | case.passed_over
    for child in case.passed_over:
        assert not person.none(child=child).rows()


def grounds(x):
    """The raw rows that give a child its line of the tariff, and none of a higher line."""
    no_court = legal.none(child=x.child, status="C1", end="")
    no_plan = cp_plan.none(child=x.child, end="")
    no_care = episode.none(child=x.child, end="")
    no_assessment = assessment.none(child=x.child, signed_off="")
    days = (AS_AT - date.fromisoformat(x.since)).days
    if x.entry in {"cp_plan", "cp_plan_first_90_days"}:
        assert (days <= 90) == (x.entry == "cp_plan_first_90_days")
        return [cp_plan(child=x.child, start=x.since, end=""), no_court, no_care]
    if x.entry == "cin":
        return [cin_plan(child=x.child, start=x.since, end=""), no_court, no_plan, no_care, no_assessment]
    if x.entry == "assessment_open":
        return [assessment(child=x.child, start=x.since, signed_off=""), no_court, no_plan, no_care]
    if x.entry == "care_proceedings":
        return [legal(child=x.child, status="C1", start=x.since, end="")]
    if x.entry == "care_leaver":
        return [
            person(x.child, born=x.since),
            care_leaver(child=x.child, eligibility="Former Relevant"),
            no_court,
            no_plan,
            no_care,
        ]
    assert x.entry in {"cla_tier_1", "cla_tier_2"}
    moves = placement.exactly(0, child=x.child, start=">2026-05-20").rows()
    assert (x.since > "2025-11-20" or len(moves) >= 2) == (x.entry == "cla_tier_1")
    return [episode(child=x.child, entered=x.since, end=""), no_court, no_plan]


# The council as a whole


def commanded(words):
    run = subprocess.run(
        [sys.executable, "-c", "from evenlode.cli import main; main()", *words],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr


def compared(tool, answers, written):
    run = subprocess.run(
        [sys.executable, str(SHARED / "tools" / tool), str(EXPECTED / answers), str(written)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr
    return run.stdout


def test_the_findings_file_agrees_with_the_separately_worked_answers_to_the_last_row(tmp_path):
    out = tmp_path / "findings.csv"
    commanded(["check", str(MADE_HERE), "--as-at", AS_AT.isoformat(), "--out", str(out)])
    with (EXPECTED / "expected_findings.csv").open(encoding="utf-8", newline="") as handle:
        count = sum(1 for _ in csv.DictReader(handle))
    said = compared("compare_findings.py", "expected_findings.csv", out)
    assert f"findings: {count} of {count} matched, 0 extra" in said
    assert "kind 0, severity 0, status 0, days_over 0, subject_kind 0, columns 0" in said


def test_the_workload_file_agrees_with_the_separately_worked_answers_for_every_worker(tmp_path):
    out = tmp_path / "workload.csv"
    commanded(["workload", str(MADE_HERE), "--as-at", AS_AT.isoformat(), "--out", str(out)])
    said = compared("compare_workload.py", "expected_workload.csv", out)
    assert "workload: 60 of 60 workers agree, 0 differences" in said
    assert "notes" not in said
