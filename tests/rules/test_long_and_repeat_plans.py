"""CP-10, CP-11, CP-12: which protection plans have run long, and which are not the child's first?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


def tiers(found):
    """Each plan with the length it has reached."""
    return sorted((r["record_id"], r["evidence"]["tier"], r["severity"]) for r in found)


# CP-10 ----------------------------------------------------------------------------------------------------


def test_a_plan_is_raised_higher_from_the_very_day_it_reaches_9_12_15_and_21_months():
    found = ask(
        "CP-10",
        "2026-11-20",
        cp_plan="""
        child_id             | plan_id | start_date
        a day short of nine  | P08     | 2026-02-21
        nine today           | P09     | 2026-02-20
        a day short of 12    | P11     | 2025-11-21
        twelve today         | P12     | 2025-11-20
        a day short of 15    | P14     | 2025-08-21
        fifteen today        | P15     | 2025-08-20
        a day short of 21    | P20     | 2025-02-21
        twenty-one today     | P21     | 2025-02-20
        two years today      | P24     | 2024-11-20
    """,
    )
    # 21 August to 20 November = 10 + 30 + 31 + 20 = 91 days; 21 May to 20 November = 92 more = 183;
    # 20 August to 20 November = 92.
    assert said(found, "record_id", "status", "kind", "severity", "due_date", "days_over") == [
        ("P09", "flag", "norm", "note", "2026-11-20", 0),
        ("P11", "flag", "norm", "note", "2026-08-21", 91),
        ("P12", "flag", "norm", "amber", "2026-11-20", 0),
        ("P14", "flag", "norm", "amber", "2026-08-21", 91),
        ("P15", "flag", "norm", "red", "2026-11-20", 0),
        ("P20", "flag", "norm", "red", "2026-05-21", 183),
        ("P21", "flag", "norm", "red", "2026-11-20", 0),
        ("P24", "flag", "norm", "red", "2026-08-20", 92),
    ]
    assert tiers(found) == [
        ("P09", 9, "note"),
        ("P11", 9, "note"),
        ("P12", 12, "amber"),
        ("P14", 12, "amber"),
        ("P15", 15, "red"),
        ("P20", 15, "red"),
        ("P21", 21, "red"),
        ("P24", 21, "red"),
    ]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 31 May 2027 + 9 months = 29 February 2028.
        pytest.param("2028-02-28", [], id="28 February of a leap year is too soon"),
        pytest.param("2028-02-29", [("P1", "2028-02-29", 0)], id="the leap day is the day"),
    ],
)
def test_nine_months_from_the_end_of_may_end_with_february(as_at, expected):
    found = ask(
        "CP-10",
        as_at,
        cp_plan="""
        child_id | plan_id | start_date
        a        | P1      | 2027-05-31
        b        | P2      | 2027-06-01
    """,
    )
    assert said(found, "record_id", "due_date", "days_over") == expected


# CP-11 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        pytest.param("2026-11-19", [], id="not the day before"),
        pytest.param(
            "2026-11-20",
            [("child", "a", "P1", "flag", "norm", "red", "2026-11-20", 0)],
            id="from the day itself",
        ),
        # 20 to 30 November = 10 days; P2 reaches two years on 21 November.
        pytest.param(
            "2026-11-30",
            [
                ("child", "a", "P1", "flag", "norm", "red", "2026-11-20", 10),
                ("child", "b", "P2", "flag", "norm", "red", "2026-11-21", 9),
            ],
            id="and ever after",
        ),
    ],
)
def test_a_plan_of_two_years_is_flagged_from_the_day_it_reaches_them(as_at, expected):
    found = ask(
        "CP-11",
        as_at,
        cp_plan="""
        child_id | plan_id | start_date
        a        | P1      | 2024-11-20
        b        | P2      | 2024-11-21
    """,
    )
    assert said(found, *WHOLE) == expected


def test_two_years_from_a_leap_day_are_reached_on_28_february():
    # 29 February 2024 + 24 months = 28 February 2026.
    found = ask(
        "CP-11",
        "2026-02-28",
        cp_plan="""
        child_id | plan_id | start_date
        a        | P1      | 2024-02-29
        b        | P2      | 2024-03-01
    """,
    )
    assert said(found, "record_id", "due_date", "days_over") == [("P1", "2026-02-28", 0)]


# All three ------------------------------------------------------------------------------------------------


def test_long_and_repeat_plans_are_flagged_only_while_open_possible_and_our_own():
    names = (
        "ends tomorrow",
        "ended today",
        "other council's",
        "impossible",
        "grown up",
        "unborn",
        "died",
        "died in care",
    )
    found = evaluation(
        "2026-11-20",
        child="""
        child_id        | dob        | expected_dob | death_date
        grown up        | 2000-01-01 |              |
        unborn          |            | 2027-01-10   |
        died            | 2020-01-01 |              | 2026-11-01
    """,
        care_leaver="""
        care_leaver_id | child_id     | eligibility | in_touch
        1              | died in care | Eligible    | DIED
    """,
        cp_plan="\n".join(
            [
                "child_id        | plan_id | start_date | end_date   | other_council",
                "ends tomorrow   | P1      | 2024-06-01 | 2026-11-21 | N",
                "ended today     | P2      | 2024-06-01 | 2026-11-20 |",
                "other council's | P3      | 2024-06-01 |            | Y",
                "impossible      | P4      | 2024-06-01 | 2024-05-31 |",
                "grown up        | P5      | 2024-06-01 |            |",
                "unborn          | P6      | 2024-06-01 |            |",
                "died            | P7      | 2024-06-01 |            |",
                "died in care    | P8      | 2024-06-01 |            |",
                *(f"{name} | earlier {name} | 2023-01-01 | 2023-02-01 |" for name in names),
            ]
        ),
    ).findings.to_pylist()
    long_or_again = [r for r in found if r["rule_id"] in {"CP-10", "CP-11", "CP-12"}]
    assert said(long_or_again, "rule_id", "record_id") == [
        (rule_id, plan) for rule_id in ("CP-10", "CP-11", "CP-12") for plan in ("P1", "P5", "P6")
    ]


# CP-12 ----------------------------------------------------------------------------------------------------


def within(found):
    """Each plan with whether an earlier one ended within 24 months, and how grave that is."""
    return sorted((r["record_id"], r["evidence"]["within_24_months"], r["severity"]) for r in found)


def test_a_second_plan_is_flagged_and_more_gravely_where_the_first_ended_within_24_months_of_its_start():
    found = ask(
        "CP-12",
        "2026-11-20",
        cp_plan="""
        child_id        | plan_id | start_date | end_date
        within          | A1      | 2024-01-01 | 2024-11-01
        within          | A2      | 2026-11-01 |
        a day too long  | B1      | 2024-01-01 | 2024-10-31
        a day too long  | B2      | 2026-11-01 |
        long ago        | C1      | 2012-01-01 | 2012-06-01
        long ago        | C2      | 2026-11-01 |
        first plan      | D1      | 2026-11-01 |
        of a brother    | E1      | 2024-01-01 | 2024-11-01
    """,
    )
    # 1 November 2024 + 24 months = 1 November 2026; 31 October 2024 + 24 months = 31 October 2026.
    assert said(found, *WHOLE) == [
        ("child", "a day too long", "B2", "flag", "norm", "amber", None, None),
        ("child", "long ago", "C2", "flag", "norm", "amber", None, None),
        ("child", "within", "A2", "flag", "norm", "red", None, None),
    ]
    assert within(found) == [("A2", True, "red"), ("B2", False, "amber"), ("C2", False, "amber")]


def test_an_earlier_plan_that_is_still_open_or_overlaps_counts_as_within_24_months():
    found = ask(
        "CP-12",
        "2026-11-20",
        cp_plan="""
        child_id        | plan_id | start_date | end_date
        still open      | A1      | 2020-01-01 |
        still open      | A2      | 2026-11-01 |
        overlapped      | B1      | 2020-01-01 | 2026-11-10
        overlapped      | B2      | 2026-11-01 |
        ends tomorrow   | C1      | 2020-01-01 | 2026-11-21
        ends tomorrow   | C2      | 2026-11-01 |
    """,
    )
    assert within(found) == [("A2", True, "red"), ("B2", True, "red"), ("C2", True, "red")]


def test_earlier_means_begun_on_an_earlier_day_by_start_dates_alone_and_in_any_council():
    found = ask(
        "CP-12",
        "2026-11-20",
        cp_plan="""
        child_id         | plan_id | start_date | end_date   | other_council
        the same day     | A1      | 2026-11-01 | 2026-11-05 |
        the same day     | A2      | 2026-11-01 |            |
        the day before   | B1      | 2026-10-31 | 2026-11-05 |
        the day before   | B2      | 2026-11-01 |            |
        impossible first | C1      | 2026-10-31 | 2026-10-01 |
        impossible first | C2      | 2026-11-01 |            |
        never began      | D1      |            |            |
        never began      | D2      | 2026-11-01 |            |
        other council's  | E1      | 2026-10-01 | 2026-10-31 | Y
        other council's  | E2      | 2026-11-01 |            |
        later one        | F1      | 2026-11-01 |            |
        later one        | F2      | 2026-11-10 | 2026-11-15 |
    """,
    )
    assert said(found, "record_id") == [("B2",), ("C2",), ("E2",)]


def test_of_several_earlier_plans_the_latest_to_end_decides_and_the_finding_stands_once():
    found = ask(
        "CP-12",
        "2026-11-20",
        cp_plan="""
        child_id     | plan_id | start_date | end_date
        thrice       | A1      | 2012-01-01 | 2012-06-01
        thrice       | A2      | 2025-01-01 | 2025-06-01
        thrice       | A3      | 2026-11-01 |
        long and old | B1      | 2012-01-01 | 2025-06-01
        long and old | B2      | 2014-01-01 | 2015-06-01
        long and old | B3      | 2026-11-01 |
        third open   | C1      | 2012-01-01 | 2012-06-01
        third open   | C2      | 2026-10-01 |
        third open   | C3      | 2026-11-01 |
    """,
    )
    # C2 follows one that ended in 2012; C3 follows C2, which has no end.
    assert within(found) == [
        ("A3", True, "red"),
        ("B3", True, "red"),
        ("C2", False, "amber"),
        ("C3", True, "red"),
    ]


def test_24_months_from_a_leap_day_end_on_28_february():
    # 29 February 2024 + 24 months = 28 February 2026.
    found = ask(
        "CP-12",
        "2026-03-20",
        cp_plan="""
        child_id     | plan_id | start_date | end_date
        that day     | A1      | 2023-01-01 | 2024-02-29
        that day     | A2      | 2026-02-28 |
        the day next | B1      | 2023-01-01 | 2024-02-29
        the day next | B2      | 2026-03-01 |
    """,
    )
    assert within(found) == [("A2", True, "red"), ("B2", False, "amber")]
