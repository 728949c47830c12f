"""A rule asked by itself says the same as among all others."""

import pytest
from tests.small_council import evaluation

from evenlode.rules.book import RULES

ROWS = {
    "child": "child_id | dob\n1 | 2015-03-01\n2 | 2012-03-01",
    "episode": "episode_id | child_id | referral_date\nE1 | 1 | 2026-01-05\nE2 | 2 | 2026-06-01",
    "cp_plan": "plan_id | child_id | start_date\nP1 | 1 | 2025-02-01",
    "involvement": "involvement_id | child_id | worker_id | role | start_date\nI1 | 1 | W1 | CW | 2026-01-05",
    "worker": "worker_id | staff_number | name | fte\nW1 | S1 | Ann Archer | 0.1",
    "establishment": "staff_number | programme_start | fte\nS1 | 2026-09-01 | 0.05",
}


@pytest.fixture(scope="module")
def everything():
    return evaluation("2026-11-20", **ROWS).findings.to_pylist()


@pytest.mark.parametrize("rule_id", ["AL-01", "CP-05", "CP-10", "SUP-05", "NQ-02", "NQ-07", "DR-18"])
def test_a_rule_asked_alone_says_the_same(rule_id, everything):
    alone = evaluation("2026-11-20", rules=[rule_id], **ROWS).findings.to_pylist()
    together = [r for r in everything if r["rule_id"] == rule_id]
    assert together
    assert [r for r in alone if r["rule_id"] == rule_id] == together


def test_nothing_is_said_of_rules_that_were_not_asked():
    found = evaluation("2026-11-20", rules=["CP-05"], **ROWS).findings.to_pylist()
    assert {r["rule_id"] for r in found if r["subject_kind"] != "council"} == {"CP-05"}
    assert len(RULES) > 1
