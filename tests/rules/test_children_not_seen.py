"""CP-08: has every child on a protection plan been seen by somebody in the last four weeks?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")


def plans(start: str, *children: str) -> str:
    """One plan a child from that day; the plan's id is the child's name with "plan" before it."""
    rows = [f"{child} | plan {child} | {start}" for child in children]
    return "\n".join(["child_id | plan_id | start_date", *rows])


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 23 October + 28 days = 8 days to 31 October + 20 = 20 November.
        pytest.param("2026-11-20", [], id="the 28th day is still in time"),
        pytest.param(
            "2026-11-21",
            [
                ("child", who, f"plan {who}", "overdue", "norm", "red", "2026-11-20", 1)
                for who in ("by another plan's visit", "by protection visit", "in care", "in need")
            ],
            id="the day after it is late, whoever saw the child last",
        ),
    ],
)
def test_no_child_on_a_plan_goes_unseen_for_more_than_28_days(as_at, expected):
    found = ask(
        "CP-08",
        as_at,
        cp_plan=plans(
            "2026-11-01",
            "by protection visit",
            "by another plan's visit",
            "in need",
            "in care",
            "a day later",
        ),
        cp_visit="""
        child_id                | plan_id | visit_id | visit_date | seen
        by protection visit     |         | V1       | 2026-10-23 | Y
        by another plan's visit | P99     | V2       | 2026-10-23 | Y
        in need                 |         | V3       | 2026-09-01 | Y
        a day later             |         | V4       | 2026-10-23 | Y
    """,
        cin_visit="""
        child_id                | visit_id | visit_date | seen
        in need                 | N3       | 2026-10-23 | Y
        a day later             | N4       | 2026-10-24 | Y
    """,
        care_visit="""
        child_id                | visit_id | visit_date | seen
        in care                 | C1       | 2026-10-23 | Y
    """,
    )
    assert said(found, *WHOLE) == expected


def test_where_a_child_was_never_seen_or_a_visit_does_not_say_it_cannot_be_told():
    found = ask(
        "CP-08",
        "2026-11-21",
        child="""
        child_id               | dob        | expected_dob
        newborn                | 2026-11-18 |
        seen before birth only | 2026-11-10 |
        seen at birth          | 2026-11-10 |
        unborn                 |            | 2027-01-10
        grown up               | 2000-01-01 |
    """,
        cp_plan=plans(
            "2026-09-01",
            "never seen",
            "never visited",
            "newborn",
            "seen before birth only",
            "seen at birth",
            "unborn",
            "grown up",
            "age unknown",
            "not said",
            "not said too old",
            "seen tomorrow",
        ),
        cp_visit="""
        child_id               | visit_id | visit_date | seen
        never seen             | A1       | 2026-11-20 | N
        seen before birth only | B1       | 2026-11-09 | Y
        seen at birth          | C1       | 2026-11-10 | Y
        unborn                 | D1       | 2026-09-10 | N
        grown up               | E1       | 2026-10-23 | Y
        age unknown            | F1       | 2026-10-23 | Y
        not said               | G1       | 2026-10-01 | Y
        not said too old       | H1       | 2026-10-01 | Y
        seen tomorrow          | I1       | 2026-10-01 | Y
        seen tomorrow          | I2       | 2026-11-22 | Y
    """,
        cin_visit="""
        child_id               | visit_id | visit_date | seen
        not said               | G2       | 2026-10-24 |
        not said too old       | H2       | 2026-10-23 |
    """,
    )
    # 1 October + 28 = 29 October, 2 + 21 = 23 days before; 24 October + 28 = 21 November, in time.
    assert said(found, *LATE) == [
        ("age unknown", "overdue", "2026-11-20", 1),
        ("grown up", "overdue", "2026-11-20", 1),
        ("never seen", "cannot_tell", None, None),
        ("never visited", "cannot_tell", None, None),
        ("newborn", "cannot_tell", None, None),
        ("not said", "cannot_tell", None, None),
        ("not said too old", "overdue", "2026-10-29", 23),
        ("seen before birth only", "cannot_tell", None, None),
        ("seen tomorrow", "overdue", "2026-10-29", 23),
    ]


def test_the_alarm_is_for_open_plans_of_our_own_and_stands_once_for_each():
    found = ask(
        "CP-08",
        "2026-11-21",
        child="""
        child_id        | death_date
        died            | 2026-11-01
    """,
        cp_plan="""
        child_id        | plan_id | start_date | end_date   | other_council
        two plans       | P1      | 2026-09-01 |            |
        two plans       | P2      | 2026-10-01 |            |
        ended           | P3      | 2026-09-01 | 2026-11-21 |
        other council's | P4      | 2026-09-01 |            | Y
        died            | P5      | 2026-09-01 |            |
    """,
        cp_visit="""
        child_id        | plan_id | visit_id | visit_date | seen
        two plans       | P1      | V1       | 2026-10-23 | Y
    """,
    )
    assert said(found, "record_id", "due_date") == [("P1", "2026-11-20"), ("P2", "2026-11-20")]
