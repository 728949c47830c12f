"""CIN-02 and CIN-05: are children in need visited in time, and do their plans come to an end?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

from evenlode.rules.book import CONTRACT

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")


def plans(start: str, *children: str) -> str:
    """One plan a child from that day; the plan's id is the child's name with "plan" before it."""
    rows = [f"{child} | plan {child} | {start}" for child in children]
    return "\n".join(["child_id | plan_id | start_date", *rows])


# CIN-02 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Friday 23 October + 20 working days = four weeks = Friday 20 November 2026.
        pytest.param("2026-11-20", [], id="on its last day a visit is not late"),
        pytest.param(
            "2026-11-21",
            [("child", "visited", "plan visited", "overdue", "norm", "amber", "2026-11-20", 1)],
            id="the day after it is",
        ),
    ],
)
def test_a_child_in_need_is_visited_within_twenty_working_days_of_the_last_visit(as_at, expected):
    found = ask(
        "CIN-02",
        as_at,
        cin_plan=plans("2026-09-01", "visited", "visited again"),
        cin_visit="""
        child_id      | visit_id | visit_date | seen
        visited       | V1       | 2026-10-23 | Y
        visited       | V2       | 2026-10-01 | Y
        visited again | V3       | 2026-10-23 | Y
        visited again | V4       | 2026-10-26 | Y
    """,
    )
    assert said(found, *WHOLE) == expected


def test_until_the_first_visit_of_a_plan_the_clock_runs_from_its_start():
    found = ask(
        "CIN-02",
        "2026-11-21",
        cin_plan="""
        child_id             | plan_id | start_date
        never visited        | P1      | 2026-10-23
        visited before       | P2      | 2026-10-23
        visited on the start | P3      | 2026-10-23
        visited since        | P4      | 2026-10-23
        new                  | P5      | 2026-10-26
    """,
        cin_visit="""
        child_id             | visit_id | visit_date | seen
        visited before       | V2       | 2026-10-22 | Y
        visited on the start | V3       | 2026-10-23 | Y
        visited since        | V4       | 2026-10-26 | Y
    """,
    )
    # From Monday 26 October the twentieth working day is Monday 23 November.
    assert said(found, *LATE) == [
        ("never visited", "overdue", "2026-11-20", 1),
        ("visited before", "overdue", "2026-11-20", 1),
        ("visited on the start", "overdue", "2026-11-20", 1),
    ]


def test_a_visit_counts_for_the_child_whichever_plan_it_names_and_only_from_the_table_of_these_visits():
    # A visit on Monday 26 October lasts until Monday 23 November; without it
    # Tuesday 1 September + 20 = Tuesday 29 September, 1 + 31 + 21 = 53 days before.
    found = ask(
        "CIN-02",
        "2026-11-21",
        cin_plan="""
        child_id         | plan_id | start_date
        own plan         | P1      | 2026-09-01
        another plan     | P2      | 2026-09-01
        two plans        | P3      | 2026-09-01
        two plans        | P4      | 2026-09-01
        second plan new  | P5      | 2026-09-01
        second plan new  | P6      | 2026-10-27
        protection visit | P7      | 2026-09-01
        care visit       | P8      | 2026-09-01
    """,
        cin_visit="""
        child_id         | plan_id | visit_id | visit_date | seen
        own plan         | P1      | V1       | 2026-10-26 | Y
        another plan     | P99     | V2       | 2026-10-26 | Y
        two plans        | P3      | V3       | 2026-10-26 | Y
        second plan new  | P6      | V5       | 2026-10-26 | Y
    """,
        cp_visit="""
        child_id         | visit_id | visit_date | seen
        protection visit | V7       | 2026-10-26 | Y
    """,
        care_visit="""
        child_id         | visit_id | visit_date | seen
        care visit       | V8       | 2026-10-26 | Y
    """,
    )
    assert said(found, "record_id", "due_date", "days_over") == [
        ("P7", "2026-09-29", 53),
        ("P8", "2026-09-29", 53),
    ]


def test_a_visit_counts_where_the_child_was_seen_and_one_that_does_not_say_may_leave_it_untold():
    found = ask(
        "CIN-02",
        "2026-11-21",
        cin_plan=plans(
            "2026-09-01",
            "not seen",
            "not said",
            "not said too old",
            "not said tomorrow",
            "seen since",
        ),
        cin_visit="""
        child_id          | visit_id | visit_date | seen
        not seen          | A1       | 2026-11-20 | N
        not said          | B1       | 2026-10-26 |
        not said too old  | C1       | 2026-10-23 |
        not said tomorrow | D1       | 2026-11-22 |
        seen since        | E1       | 2026-10-26 |
        seen since        | E2       | 2026-10-27 | Y
    """,
    )
    assert said(found, *LATE) == [
        ("not said", "cannot_tell", None, None),
        ("not said tomorrow", "overdue", "2026-09-29", 53),
        ("not said too old", "overdue", "2026-09-29", 53),
        ("not seen", "overdue", "2026-09-29", 53),
    ]


def test_while_a_child_is_unborn_any_visit_counts_and_at_birth_the_clock_starts_again():
    found = ask(
        "CIN-02",
        "2026-11-21",
        child="""
        child_id     | dob        | expected_dob
        unborn       |            | 2027-01-10
        born late    | 2026-10-23 |
        born in time | 2026-10-26 |
        age unknown  |            |
    """,
        cin_plan=plans("2026-09-01", "unborn", "born late", "born in time", "age unknown"),
        cin_visit="""
        child_id     | visit_id | visit_date | seen
        unborn       | A1       | 2026-10-26 | N
        born late    | B1       | 2026-10-22 | Y
        born in time | C1       | 2026-09-10 | N
        age unknown  | D1       | 2026-10-26 | N
    """,
    )
    assert said(found, *LATE) == [
        ("age unknown", "overdue", "2026-09-29", 53),
        ("born late", "overdue", "2026-11-20", 1),
    ]


def test_visits_are_asked_of_open_plans_whatever_the_age_and_beside_a_protection_plan_too():
    found = ask(
        "CIN-02",
        "2026-11-21",
        child="""
        child_id         | dob        | death_date
        grown up         | 2000-01-01 |
        died             | 2020-01-01 | 2026-11-21
    """,
        cin_plan="""
        child_id         | plan_id | start_date | end_date
        ends tomorrow    | P1      | 2026-10-23 | 2026-11-22
        ended today      | P2      | 2026-10-23 | 2026-11-21
        grown up         | P3      | 2026-10-23 |
        died             | P4      | 2026-10-23 |
        not begun        | P5      | 2026-11-22 |
        protected too    | P6      | 2026-10-23 |
    """,
        cp_plan="""
        child_id         | plan_id | start_date
        protected too    | Q6      | 2026-10-23
    """,
    )
    assert said(found, "record_id") == [("P1",), ("P3",), ("P6",)]


def test_over_christmas_only_working_days_count():
    # Friday 27 November + 20: 4 December makes 5, 11 makes 10, 18 makes 15, 24 makes 19; 25 and 28 are bank
    # holidays; Tuesday 29 December makes 20.
    found = ask("CIN-02", "2026-12-31", cin_plan=plans("2026-11-27", "winter"))
    assert said(found, "due_date", "days_over") == [("2026-12-29", 2)]


def test_a_plan_with_impossible_dates_cannot_be_told_and_is_silent_under_every_other_rule():
    found = evaluation(
        "2026-11-21",
        rules=CONTRACT,
        cin_plan="""
        child_id    | plan_id | start_date | end_date
        reversed    | P1      | 2024-01-01 | 2023-12-31
        never began | P2      |            |
        only ended  | P3      |            | 2026-01-01
    """,
    ).findings.to_pylist()
    assert said(found, "rule_id", "record_id", "status", "due_date", "days_over") == [
        ("CIN-02", "P1", "cannot_tell", None, None),
        ("CIN-02", "P2", "cannot_tell", None, None),
    ]


# CIN-05 ---------------------------------------------------------------------------------------------------


def test_a_long_plan_is_raised_higher_from_the_very_day_it_reaches_6_9_and_12_months():
    found = ask(
        "CIN-05",
        "2026-11-20",
        cin_plan="""
        child_id             | plan_id | start_date
        a day short of six   | P05     | 2026-05-21
        six today            | P06     | 2026-05-20
        a day short of nine  | P08     | 2026-02-21
        nine today           | P09     | 2026-02-20
        a day short of 12    | P11     | 2025-11-21
        twelve today         | P12     | 2025-11-20
        two years            | P24     | 2024-11-20
    """,
    )
    # 21 August to 20 November = 10 + 30 + 31 + 20 = 91 days; 20 November 2025 is 365 days ago.
    assert said(found, "record_id", "status", "kind", "severity", "due_date", "days_over") == [
        ("P06", "flag", "local", "note", "2026-11-20", 0),
        ("P08", "flag", "local", "note", "2026-08-21", 91),
        ("P09", "flag", "local", "amber", "2026-11-20", 0),
        ("P11", "flag", "local", "amber", "2026-08-21", 91),
        ("P12", "flag", "local", "red", "2026-11-20", 0),
        ("P24", "flag", "local", "red", "2025-11-20", 365),
    ]
    assert sorted((r["record_id"], r["evidence"]["tier"]) for r in found) == [
        ("P06", 6),
        ("P08", 6),
        ("P09", 9),
        ("P11", 9),
        ("P12", 12),
        ("P24", 12),
    ]


def test_the_long_plan_of_a_disabled_child_is_only_ever_noted():
    found = ask(
        "CIN-05",
        "2026-11-20",
        episode="""
        child_id        | episode_id | referral_date | primary_need
        disabled        | E1         | 2025-01-01    | N2
        disabled too    | E2         | 2025-01-01    | N2
        abuse           | E3         | 2025-01-01    | N1
        need not stated | E4         | 2025-01-01    |
    """,
        cin_plan="""
        child_id        | plan_id | episode_id | start_date
        disabled        | P1      | E1         | 2025-11-20
        disabled too    | P2      | E2         | 2026-02-20
        abuse           | P3      | E3         | 2025-11-20
        need not stated | P4      | E4         | 2025-11-20
    """,
    )
    assert said(found, "record_id", "due_date", "severity") == [
        ("P1", "2026-11-20", "note"),
        ("P2", "2026-11-20", "note"),
        ("P3", "2026-11-20", "red"),
        ("P4", "2026-11-20", "red"),
    ]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 29, 30 and 31 August + 6 months = 28 February 2027; 1 September + 6 months = 1 March.
        pytest.param("2027-02-27", [], id="the day before the last of February is too soon"),
        pytest.param("2027-02-28", [("P29", "2027-02-28"), ("P31", "2027-02-28")], id="the last is the day"),
    ],
)
def test_six_months_from_the_end_of_august_end_with_february(as_at, expected):
    found = ask(
        "CIN-05",
        as_at,
        cin_plan="""
        child_id | plan_id | start_date
        a        | P29     | 2026-08-29
        b        | P31     | 2026-08-31
        c        | P1      | 2026-09-01
    """,
    )
    assert said(found, "record_id", "due_date") == expected


def test_a_long_plan_is_flagged_only_while_open_and_for_the_living():
    found = ask(
        "CIN-05",
        "2026-11-20",
        child="""
        child_id      | dob        | death_date
        grown up      | 2000-01-01 |
        died          | 2020-01-01 | 2026-11-20
    """,
        cin_plan="""
        child_id      | plan_id | start_date | end_date
        ends tomorrow | P1      | 2025-01-01 | 2026-11-21
        ended today   | P2      | 2025-01-01 | 2026-11-20
        impossible    | P3      | 2025-01-01 | 2024-12-31
        grown up      | P4      | 2025-01-01 |
        died          | P5      | 2025-01-01 |
    """,
    )
    assert said(found, "record_id") == [("P1",), ("P4",)]
