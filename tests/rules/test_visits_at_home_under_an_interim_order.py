"""CLA-V7: is a child at home under an interim care order visited in time?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import json

import pytest
from tests.small_council import evaluation, said

WHOLE = (
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
LATE = ("rule_id", "subject_id", "status", "due_date", "days_over")


def in_care(*children: str, since: str = "2020-01-01") -> str:
    """One open period of care for each of those children."""
    rows = [f"{child} | episode of {child} | care of {child} | {since}" for child in children]
    return "\n".join(["child_id | care_episode_id | period_id | start_date", *rows])


def visits_asked(as_at: str, **tables: str):
    """What the rules of visits to looked-after children say, whichever of them speaks."""
    rules = [f"CLA-V{n}" for n in (1, 2, 3, 4, 7)]
    return evaluation(as_at, rules=rules, **tables).findings.to_pylist()


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 13 November + 7 days = 20 November; 23 October + 28 days = 20 November.
        pytest.param("2026-11-20", [], id="the last day is still in time"),
        pytest.param(
            "2026-11-21",
            [
                ("CLA-V7", "child", who, f"P {who}", "overdue", "statute", "red", "2026-11-20", 1)
                for who in ("not visited", "reviewed", "reviewed, not visited", "visited")
            ],
            id="the day after it is late",
        ),
    ],
)
def test_at_home_under_an_interim_order_a_child_is_visited_weekly_and_after_a_review_every_four_weeks(
    as_at, expected
):
    who = ("not visited", "visited", "visited later", "reviewed", "reviewed, not visited")
    found = visits_asked(
        as_at,
        care_episode=in_care(*who),
        legal_status="\n".join(
            [
                "child_id | legal_status_id | status | start_date",
                *(f"{c} | L {c} | C1 | 2026-01-01" for c in who),
            ]
        ),
        placement="""
        child_id              | placement_id            | start_date | placement_type
        not visited           | P not visited           | 2026-11-13 | P1
        visited               | P visited               | 2026-06-01 | P1
        visited later         | P visited later         | 2026-06-01 | P1
        reviewed              | P reviewed              | 2026-10-01 | P1
        reviewed, not visited | P reviewed, not visited | 2026-10-23 | P1
    """,
        care_visit="""
        child_id              | visit_id | visit_date | seen
        visited               | V1       | 2026-11-13 | Y
        visited later         | V2       | 2026-11-14 | Y
        reviewed              | V3       | 2026-10-23 | Y
    """,
        care_review="""
        review_id | period_id                     | held_date
        R1        | care of reviewed              | 2026-10-01
        R2        | care of reviewed, not visited | 2026-11-10
    """,
    )
    assert said(found, *WHOLE) == expected
    intervals = {r["subject_id"]: json.loads(r["evidence"])["interval"] for r in found}
    assert all(
        words == ("28 days" if child.startswith("reviewed") else "7 days")
        for child, words in intervals.items()
    )


def test_it_takes_a_review_held_since_the_placement_began_to_end_the_weekly_visits():
    who = ("reviewed before", "cancelled", "reviewed tomorrow", "not held", "another child's")
    found = visits_asked(
        "2026-11-21",
        care_episode=in_care(*who),
        legal_status="\n".join(
            [
                "child_id | legal_status_id | status | start_date",
                *(f"{c} | L {c} | C1 | 2026-01-01" for c in who),
            ]
        ),
        placement="\n".join(
            [
                "child_id | placement_id | start_date | placement_type",
                *(f"{c} | P {c} | 2026-10-01 | P1" for c in who),
            ]
        ),
        care_visit="\n".join(
            [
                "child_id | visit_id | visit_date | seen",
                *(f"{c} | V {c} | 2026-11-10 | Y" for c in who),
            ]
        ),
        care_review="""
        review_id | period_id                 | held_date  | cancelled
        R1        | care of reviewed before   | 2026-09-30 |
        R2        | care of cancelled         | 2026-10-20 | Y
        R3        | care of reviewed tomorrow | 2026-11-22 |
        R4        | care of not held          |            |
        R5        | care of somebody          | 2026-10-20 |
    """,
    )
    # 10 November + 7 = 17 November.
    assert said(found, *LATE) == [("CLA-V7", c, "overdue", "2026-11-17", 4) for c in sorted(who)]


def test_the_weekly_visits_are_for_a_child_both_at_home_and_under_an_interim_order_that_day():
    found = visits_asked(
        "2026-11-21",
        care_episode=in_care(
            "at home",
            "order beside another",
            "full order",
            "not at home",
            "order ended today",
            "order tomorrow",
            "not said",
        ),
        legal_status="""
        child_id             | legal_status_id | status | start_date | end_date
        at home              | L1              | C1     | 2026-01-01 | 2026-11-22
        order beside another | L2              | C1     | 2026-01-01 |
        order beside another | L3              | J1     | 2026-11-01 |
        full order           | L4              | C2     | 2026-01-01 |
        not at home          | L5              | C1     | 2026-01-01 |
        order ended today    | L6              | C1     | 2026-01-01 | 2026-11-21
        order tomorrow       | L7              | C1     | 2026-11-22 |
        not said             | L8              | C1     | 2026-01-01 |
    """,
        placement="""
        child_id             | placement_id | start_date | placement_type
        at home              | P1           | 2026-11-13 | P1
        order beside another | P2           | 2026-11-13 | P1
        full order           | P3           | 2026-11-13 | P1
        not at home          | P4           | 2026-11-13 | P2
        order ended today    | P5           | 2026-11-13 | P1
        order tomorrow       | P6           | 2026-11-13 | P1
        not said             | P7           | 2026-11-13 | P1
    """,
        care_visit="""
        child_id             | visit_id | visit_date | seen
        not said             | V1       | 2026-11-14 |
    """,
    )
    assert said(found, "rule_id", "record_id", "status") == [
        ("CLA-V1", "P3", "overdue"),
        ("CLA-V1", "P4", "overdue"),
        ("CLA-V1", "P5", "overdue"),
        ("CLA-V1", "P6", "overdue"),
        ("CLA-V7", "P1", "overdue"),
        ("CLA-V7", "P2", "overdue"),
        ("CLA-V7", "P7", "cannot_tell"),
    ]
