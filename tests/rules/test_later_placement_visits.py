"""CLA-V2, V3 and V4: is every looked-after child visited often enough after the first visit of a placement?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

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
        # 9 October + 42 days = 22 to 31 October + 20 = 20 November 2026.
        pytest.param("2026-11-20", [], id="the day six weeks on is still in time"),
        pytest.param(
            "2026-11-21",
            [
                ("CLA-V2", "child", "first year", "P1", "overdue", "statute", "red", "2026-11-20", 1),
                (
                    "CLA-V2",
                    "child",
                    "year up since visit",
                    "P2",
                    "overdue",
                    "statute",
                    "red",
                    "2026-11-20",
                    1,
                ),
                (
                    "CLA-V3",
                    "child",
                    "visited on year's day",
                    "P3",
                    "overdue",
                    "statute",
                    "red",
                    "2026-11-20",
                    1,
                ),
            ],
            id="the day after it is late",
        ),
    ],
)
def test_in_the_first_year_of_a_placement_and_where_it_is_not_for_good_six_weeks_pass_at_most(
    as_at, expected
):
    found = visits_asked(
        as_at,
        care_episode=in_care(
            "first year",
            "year up since visit",
            "visited on year's day",
            "settled",
        ),
        placement="""
        child_id              | placement_id | start_date | placement_type
        first year            | P1           | 2026-01-01 | U5
        year up since visit   | P2           | 2025-10-10 | U4
        visited on year's day | P3           | 2025-10-09 | U5
        settled               | P4           | 2025-10-09 | U4
    """,
        care_visit="""
        child_id              | visit_id | visit_date | seen
        first year            | V1       | 2026-10-09 | Y
        first year            | V5       | 2026-09-01 | Y
        year up since visit   | V2       | 2026-10-09 | Y
        visited on year's day | V3       | 2026-10-09 | Y
        settled               | V4       | 2026-10-09 | Y
    """,
    )
    # 10 October 2025 + 12 months = 10 October 2026: the visit of the 9th fell in the first year.
    # 9 October 2025 + 12 months = 9 October 2026: that day itself is after the first year.
    assert said(found, *WHOLE) == expected


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 20 August + 3 months = 20 November.  20 August + 42 = 11 to 31 August + 30 + 1 = 1 October.
        pytest.param("2026-11-20", [("CLA-V3", "U3", "2026-10-01", 50)], id="three months on is in time"),
        pytest.param(
            "2026-11-21",
            [
                ("CLA-V3", "U3", "2026-10-01", 51),
                ("CLA-V4", "U1", "2026-11-20", 1),
                ("CLA-V4", "U4", "2026-11-20", 1),
                ("CLA-V4", "turned long term", "2026-11-20", 1),
            ],
            id="the day after is late",
        ),
    ],
)
def test_after_a_year_in_a_long_term_placement_three_months_pass_at_most(as_at, expected):
    found = visits_asked(
        as_at,
        care_episode=in_care("U1", "U3", "U4", "turned long term"),
        placement="""
        child_id         | placement_id | provider_number | start_date | end_date   | placement_type
        U1               | P1           | SC1             | 2025-01-01 |            | U1
        U3               | P2           | SC1             | 2025-01-01 |            | U3
        U4               | P3           | SC1             | 2025-01-01 |            | U4
        turned long term | P4           | SC1             | 2025-01-01 | 2026-07-01 | U5
        turned long term | P5           | SC1             | 2026-07-01 |            | U4
    """,
        care_visit="""
        child_id         | visit_id | visit_date | seen
        U1               | V1       | 2026-08-20 | Y
        U3               | V2       | 2026-08-20 | Y
        U4               | V3       | 2026-08-20 | Y
        turned long term | V4       | 2026-08-20 | Y
    """,
    )
    # A merged placement began with its first row and is of the type of its latest.
    assert said(found, "rule_id", "subject_id", "due_date", "days_over") == expected


def test_a_year_and_three_months_end_with_february():
    # 29 February 2024 + 12 months = 28 February 2025: a visit on that day is after the first year.
    # 30 November 2026 + 3 months = 28 February 2027.
    found = visits_asked(
        "2027-03-01",
        care_episode=in_care("leap", "autumn"),
        placement="""
        child_id | placement_id | start_date | placement_type
        leap     | P1           | 2024-02-29 | U5
        autumn   | P2           | 2024-01-01 | U1
    """,
        care_visit="""
        child_id | visit_id | visit_date | seen
        leap     | V1       | 2025-02-28 | Y
        autumn   | V2       | 2026-11-30 | Y
    """,
    )
    # 28 February 2025 + 42 = 11 April 2025: 31 days of March and 11.  From there to 1 March 2027 it is two
    # years, 730 days, less the 41 from 1 March to 11 April: 689.
    assert said(found, "rule_id", "subject_id", "due_date", "days_over") == [
        ("CLA-V3", "leap", "2025-04-11", 689),
        ("CLA-V4", "autumn", "2027-02-28", 1),
    ]


def test_a_later_visit_that_does_not_say_whether_the_child_was_seen_may_leave_it_untold():
    who = (
        "not said",
        "not said too old",
        "settled, not said",
        "not settled, not said",
        "settled, second year",
    )
    found = visits_asked(
        "2026-11-21",
        care_episode=in_care(*who),
        placement="""
        child_id              | placement_id | start_date | placement_type
        not said              | P1           | 2026-01-01 | U5
        not said too old      | P2           | 2026-01-01 | U5
        settled, not said     | P3           | 2024-01-01 | U4
        not settled, not said | P4           | 2024-01-01 | U5
        settled, second year  | P5           | 2025-08-01 | U4
    """,
        care_visit="""
        child_id              | visit_id | visit_date | seen
        not said              | A1       | 2026-09-01 | Y
        not said              | A2       | 2026-10-10 |
        not said too old      | B1       | 2026-09-01 | Y
        not said too old      | B2       | 2026-10-09 |
        settled, not said     | C1       | 2026-08-01 | Y
        settled, not said     | C2       | 2026-08-21 |
        not settled, not said | D1       | 2026-08-01 | Y
        not settled, not said | D2       | 2026-08-21 |
        settled, second year  | E1       | 2026-07-01 | Y
        settled, second year  | E2       | 2026-08-21 |
    """,
    )
    # 1 September + 42 = 29 days of September and 13 = 13 October.  1 August + 42 = 30 days of August and 12 =
    # 12 September.  21 August + 3 months = 21 November, in time; 21 August + 42 = 2 October, late.
    # Where the first year ended on 1 August, a visit on 21 August would have lasted those three months.
    assert said(found, *LATE) == [
        ("CLA-V2", "not said", "cannot_tell", None, None),
        ("CLA-V2", "not said too old", "overdue", "2026-10-13", 39),
        ("CLA-V2", "settled, second year", "cannot_tell", None, None),
        ("CLA-V3", "not settled, not said", "overdue", "2026-09-12", 70),
        ("CLA-V4", "settled, not said", "cannot_tell", None, None),
    ]
