"""Many councils in one record are worked out a few at a time, with the answers of each alone."""

from datetime import date

import pytest
from tests.record.making import delivery, load
from tests.small_council import evaluation

from evenlode.measures.tally import MONTHLY_STEPS
from evenlode.policy import shipped_policy
from evenlode.record import Record, connect
from evenlode.rules.councils import evaluate_councils
from evenlode.rules.evaluate import evaluate, standing

AS_AT = date(2026, 11, 20)


@pytest.fixture
def record(tmp_path):
    """Three councils, each with a child of the same id on a plan since 1 October and a visit on its own day."""
    record = Record.create(tmp_path)
    for la_code, visited in (("301", "2026-10-30"), ("302", "2026-11-10"), ("303", "2026-11-02")):
        child = "child_id dob\n1 2018-01-01"
        plan = "child_id plan_id start_date\n1 P1 2026-10-01"
        visit = f"child_id plan_id visit_id visit_date seen\n1 P1 V1 {visited} Y"
        load(record, delivery(la_code, la_code=la_code, child=child, cp_plan=plan, cp_visit=visit))
    return record


@pytest.mark.parametrize("at_a_time", [1, 2, 8])
def test_each_council_is_told_the_same_however_many_are_worked_out_together(record, at_a_time):
    policy = shipped_policy()
    with connect(record) as stored:
        everything = evaluate(
            stored.con, as_at=AS_AT, policy=policy, delivered=stored.delivered, untold=stored.untold
        )
    apart = evaluate_councils(record, as_at=AS_AT, policy=policy, at_a_time=at_a_time)
    key = str
    assert sorted(apart.findings.to_pylist(), key=key) == sorted(everything.findings.to_pylist(), key=key)
    assert sorted(apart.due_soon.to_pylist(), key=key) == sorted(everything.due_soon.to_pylist(), key=key)
    assert (apart.in_time, apart.missing) == (everything.in_time, everything.missing)


def test_a_visit_in_one_council_does_not_stand_for_a_child_of_the_same_id_in_another(record):
    found = evaluate_councils(record, as_at=AS_AT, policy=shipped_policy(), at_a_time=1).findings.to_pylist()
    late = [(r["la_code"], str(r["due_date"])) for r in found if r["rule_id"] == "CP-05"]
    # Ten working days: from Friday 30 October to 13 November, from Monday 2 November to the 16th.
    assert late == [("301", "2026-11-13"), ("303", "2026-11-16")]


def test_progress_counts_the_councils_that_are_done(record):
    said = []
    evaluate_councils(
        record, as_at=AS_AT, policy=shipped_policy(), at_a_time=2, told=lambda *words: said.append(words[1:])
    )
    assert said == [(2, 3), (3, 3)]


def test_a_rule_that_no_council_can_answer_is_told_once_and_not_worked_out(record):
    with (
        connect(record) as stored,
        standing(
            stored.con,
            as_at=AS_AT,
            policy=shipped_policy(),
            delivered=stored.delivered,
            untold=stored.untold,
        ) as day,
    ):
        asked = {query.name for query in day.plan.rules}
        found = [r for r in day.evaluate().findings.to_pylist() if r["rule_id"] == "QA-06"]
    assert "CP-05" in asked
    assert "QA-06" not in asked
    assert [(r["la_code"], r["subject_kind"], r["status"]) for r in found] == [
        (la_code, "council", "cannot_tell") for la_code in ("301", "302", "303")
    ]


def test_what_was_not_worked_out_for_the_rules_is_worked_out_when_it_is_wanted(record):
    with (
        connect(record) as stored,
        standing(
            stored.con,
            as_at=AS_AT,
            policy=shipped_policy(),
            delivered=stored.delivered,
            untold=stored.untold,
        ) as day,
    ):
        before = {query.name for query in day.plan.steps}
        day.have(("last_recorded", *MONTHLY_STEPS))
        after = {query.name for query in day.plan.steps}
        last = day.cursor.execute("SELECT la_code, last_recorded FROM last_recorded ORDER BY 1").fetchall()
    assert "last_recorded" in after - before
    assert set(MONTHLY_STEPS) <= after
    assert [str(day) for _, day in last] == ["2026-10-30", "2026-11-10", "2026-11-02"]


def test_a_rule_of_the_contract_is_asked_of_each_child_where_an_input_is_missing():
    plan = "child_id | plan_id | start_date\n1 | P1 | 2026-10-01"
    found = evaluation("2026-11-20", missing=["cp_visit"], cp_plan=plan).findings.to_pylist()
    said = [(r["subject_id"], r["status"]) for r in found if r["rule_id"] == "CP-05"]
    assert said == [("1", "cannot_tell")]
