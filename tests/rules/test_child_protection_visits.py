"""CP-05: is every child on a protection plan seen in time?"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

PLAN = """
    child_id | plan_id | start_date
    1        | P1      | 2026-10-01
"""


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Friday 6 November + 10 working days = Friday 20 November 2026.
        pytest.param("2026-11-20", [], id="on its last day a visit is not late"),
        pytest.param("2026-11-21", [("P1", "overdue", "2026-11-20", 1)], id="the day after it is"),
    ],
)
def test_a_child_on_a_plan_is_to_be_seen_within_ten_working_days_of_the_last_visit(as_at, expected):
    found = ask(
        "CP-05",
        as_at,
        cp_plan=PLAN,
        cp_visit="""
        child_id | plan_id | visit_id | visit_date | seen
        1        | P1      | V1       | 2026-11-06 | Y
    """,
    )
    assert said(found, "record_id", "status", "due_date", "days_over") == expected
