"""CP-05 and CIN-02 where a council lets the child's own plan ask for more visits than its policy."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.small_council import ask, said

from evenlode.policy import shipped_policy

PLANS = """
    child_id       | plan_id | start_date
    weekly         | P1      | 2026-06-01
    weekly by plan | P2      | 2026-06-01
    longer         | P3      | 2026-06-01
    nothing named  | P4      | 2026-06-01
"""
VISITS = """
    child_id       | visit_id | visit_date | seen
    weekly         | V1       | 2026-11-12 | Y
    weekly by plan | V2       | 2026-11-12 | Y
    longer         | V3       | 2026-11-05 | Y
    nothing named  | V4       | 2026-11-12 | Y
"""
INTERVALS = """
    child_id | plan_id | visit_every_days
    weekly   |         | 7
             | P2      | 7
    longer   |         | 60
"""


def with_own_plans():
    shipped = shipped_policy()
    return replace(shipped, numbers={**shipped.numbers, "own_plan_intervals": Decimal(1)})


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 12 November + 7 days = 19 November.  Thursday 5 November + 10 working days = Thursday 19 November,
        # which 60 days in the plan do not put off.
        pytest.param("2026-11-19", [], id="on the day that the plan asks for"),
        pytest.param(
            "2026-11-20",
            [
                ("longer", "2026-11-19", 1),
                ("weekly", "2026-11-19", 1),
                ("weekly by plan", "2026-11-19", 1),
            ],
            id="the day after",
        ),
    ],
)
def test_a_shorter_interval_in_the_childs_own_plan_goes_before_and_a_longer_one_does_not(as_at, expected):
    found = ask(
        "CP-05", as_at, policy=with_own_plans(), cp_plan=PLANS, cp_visit=VISITS, plan_interval=INTERVALS
    )
    assert said(found, "subject_id", "due_date", "days_over") == expected


def test_so_it_is_for_children_in_need():
    found = ask(
        "CIN-02", "2026-11-20", policy=with_own_plans(), cin_plan=PLANS, cin_visit=VISITS, plan_interval=INTERVALS
    )  # fmt: skip
    assert said(found, "subject_id", "due_date") == [("weekly", "2026-11-19"), ("weekly by plan", "2026-11-19")]  # fmt: skip


def test_a_council_that_does_not_say_so_keeps_to_its_policy():
    found = ask("CP-05", "2026-11-20", cp_plan=PLANS, cp_visit=VISITS, plan_interval=INTERVALS)
    assert said(found, "subject_id") == [("longer",)]
