"""CLA-R1, R2, R3 and CLA-S1: is every child's care reviewed in time, and has the child moved too often?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

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


def in_care(since: str, *children: str) -> str:
    """One open period of care for each of those children."""
    rows = [f"{child} | episode of {child} | care of {child} | {since}" for child in children]
    return "\n".join(["child_id | care_episode_id | period_id | start_date", *rows])


def reviews_asked(as_at: str, **tables: str):
    """What the rules of reviews of care say, whichever of them speaks."""
    rules = [f"CLA-R{n}" for n in (1, 2, 3)]
    return evaluation(as_at, rules=rules, **tables).findings.to_pylist()


# CLA-R: reviews -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Friday 23 October + 20 working days = four weeks = Friday 20 November 2026.
        # 20 August + 3 months and 20 May + 6 months = 20 November.
        pytest.param("2026-11-20", [], id="each on its last day is in time"),
        pytest.param(
            "2026-11-21",
            [
                ("CLA-R1", "child", "none", "K1", "overdue", "statute", "red", "2026-11-20", 1),
                ("CLA-R2", "child", "one", "K2", "overdue", "statute", "red", "2026-11-20", 1),
                ("CLA-R3", "child", "three", "K4", "overdue", "statute", "red", "2026-11-20", 1),
                ("CLA-R3", "child", "two", "K3", "overdue", "statute", "red", "2026-11-20", 1),
            ],
            id="the day after they are late",
        ),
    ],
)
def test_care_is_reviewed_after_20_working_days_then_3_months_then_every_6_months(as_at, expected):
    found = reviews_asked(
        as_at,
        care_episode="""
        child_id     | care_episode_id | period_id | start_date
        none         | E1              | K1        | 2026-10-23
        one          | E2              | K2        | 2026-08-01
        two          | E3              | K3        | 2026-02-01
        three        | E4              | K4        | 2025-02-01
        none, newer  | E5              | K5        | 2026-10-26
        one, newer   | E6              | K6        | 2026-08-01
        two, newer   | E7              | K7        | 2026-02-01
    """,
        care_review="""
        review_id | period_id | held_date
        R2        | K2        | 2026-08-20
        R3a       | K3        | 2026-02-20
        R3b       | K3        | 2026-05-20
        R4a       | K4        | 2025-02-20
        R4b       | K4        | 2026-05-20
        R4c       | K4        | 2025-05-20
        R6        | K6        | 2026-08-21
        R7a       | K7        | 2026-02-20
        R7b       | K7        | 2026-05-21
    """,
    )
    assert said(found, *WHOLE) == expected


def test_only_reviews_of_this_period_that_were_held_by_the_day_and_not_cancelled_count():
    found = reviews_asked(
        "2026-11-21",
        care_episode=in_care(
            "2026-08-03",
            "cancelled",
            "second cancelled",
            "tomorrow",
            "not held",
            "another period",
        ),
        care_review="""
        review_id | period_id                | due_date   | held_date  | cancelled
        R1        | care of cancelled        |            | 2026-08-20 | Y
        R2        | care of second cancelled |            | 2026-08-20 | N
        R3        | care of second cancelled |            | 2026-11-01 | Y
        R4        | care of tomorrow         |            | 2026-11-22 |
        R5        | care of not held         | 2026-08-10 |            |
        R6        | an earlier care          |            | 2026-08-20 |
    """,
    )
    # Monday 3 August + 20: 28 August makes 19, 31 August is a bank holiday, Tuesday 1 September makes 20.
    # From 1 September to 21 November = 29 + 31 + 21 = 81 days.  A due date in the record moves nothing.
    assert said(found, "rule_id", "subject_id", "due_date", "days_over") == [
        ("CLA-R1", "another period", "2026-09-01", 81),
        ("CLA-R1", "cancelled", "2026-09-01", 81),
        ("CLA-R1", "not held", "2026-09-01", 81),
        ("CLA-R1", "tomorrow", "2026-09-01", 81),
        ("CLA-R2", "second cancelled", "2026-11-20", 1),
    ]


def test_care_began_on_the_day_the_record_gives_the_earliest_of_several_or_with_the_first_episode():
    found = reviews_asked(
        "2026-11-21",
        care_episode="""
        child_id         | care_episode_id | period_id | start_date | end_date   | end_reason | entered_care_date
        given            | E1              | K1        | 2026-10-27 |            |            | 2026-10-23
        given twice      | E2              | K2        | 2026-10-22 | 2026-11-01 | X1         | 2026-10-26
        given twice      | E3              | K2        | 2026-11-01 |            |            | 2026-10-22
        first episode    | E4              | K4        | 2026-10-23 | 2026-11-01 | X1         |
        first episode    | E5              | K4        | 2026-11-01 |            |            |
        second stay      | E6              | K6        | 2026-01-01 | 2026-03-01 | E4A        |
        second stay      | E7              | K7        | 2026-10-23 |            |            |
        new episode only | E8              | K8        | 2026-10-26 |            |            |
    """,
    )
    # Thursday 22 October + 20 = Thursday 19 November; Monday 26 October + 20 = Monday 23 November.
    assert said(found, "rule_id", "record_id", "due_date", "days_over") == [
        ("CLA-R1", "K1", "2026-11-20", 1),
        ("CLA-R1", "K2", "2026-11-19", 2),
        ("CLA-R1", "K4", "2026-11-20", 1),
        ("CLA-R1", "K7", "2026-11-20", 1),
    ]


def test_months_between_reviews_end_with_february_and_christmas_makes_no_working_days():
    # 30 November 2027 + 3 and 31 August 2027 + 6 months = 29 February 2028.
    # Friday 3 December 2027 + 20: 24 December makes 15, 27 and 28 are bank holidays, 31 December makes 18,
    # 3 January is a bank holiday, Wednesday 5 January 2028 makes 20: 26 + 29 + 1 = 56 days before 1 March.
    found = reviews_asked(
        "2028-03-01",
        care_episode=in_care("2027-12-03", "winter", "second", "third"),
        care_review="""
        review_id | period_id      | held_date
        R1        | care of second | 2027-11-30
        R2        | care of third  | 2027-06-30
        R3        | care of third  | 2027-08-31
    """,
    )
    assert said(found, "rule_id", "subject_id", "due_date", "days_over") == [
        ("CLA-R1", "winter", "2028-01-05", 56),
        ("CLA-R2", "second", "2028-02-29", 1),
        ("CLA-R3", "third", "2028-02-29", 1),
    ]


def test_reviews_are_asked_of_open_periods_of_care_that_are_not_short_breaks():
    found = reviews_asked(
        "2026-11-21",
        child="""
        child_id        | dob        | death_date
        grown up        | 2000-01-01 |
        died            | 2020-01-01 | 2026-11-21
    """,
        care_episode="""
        child_id        | care_episode_id | period_id | start_date | end_date   | end_reason
        left care       | E1              | K1        | 2026-10-23 | 2026-11-21 | E4A
        moved on        | E2              | K2        | 2026-10-23 | 2026-11-13 | X1
        leaves tomorrow | E3              | K3        | 2026-10-23 | 2026-11-22 | E4A
        short breaks    | E4              | K4        | 2026-10-23 |            |
        not begun       | E5              | K5        | 2026-11-22 |            |
        grown up        | E6              | K6        | 2026-10-23 |            |
        died            | E7              | K7        | 2026-10-23 |            |
    """,
        legal_status="""
        child_id        | legal_status_id | status | start_date
        short breaks    | L4              | V3     | 2026-10-23
    """,
    )
    assert said(found, "record_id") == [("K2",), ("K3",), ("K6",)]


def test_a_period_with_an_impossible_episode_cannot_be_told_and_is_visited_but_not_judged_further():
    found = evaluation(
        "2026-11-21",
        care_episode="""
        child_id    | care_episode_id | period_id | start_date | end_date
        reversed    | E1              | K1        | 2026-10-23 | 2026-10-22
        never began | E2              | K2        |            |
        half good   | E3              | K3        | 2026-01-01 |
        half good   | E4              | K3        | 2026-05-01 | 2026-04-30
        only ended  | E5              | K5        |            | 2026-10-22
    """,
        placement="""
        child_id    | placement_id | start_date | end_date   | placement_type
        reversed    | P1           | 2026-10-23 |            | U5
        half good   | P2           | 2026-01-01 | 2026-05-01 | U5
        half good   | P3           | 2026-05-01 | 2026-11-13 | U5
        half good   | P4           | 2026-11-13 |            | U5
    """,
        care_review="""
        review_id | period_id | held_date
        R1        | K3        | 2026-02-01
    """,
    ).findings.to_pylist()
    care = [r for r in found if r["rule_id"] in ("CLA-R1", "CLA-R2", "CLA-R3", "CLA-S1", "CLA-V1", "CLA-V2")]
    assert said(care, "rule_id", "subject_id", "record_id", "status", "due_date") == [
        ("CLA-R1", "half good", "K3", "cannot_tell", None),
        ("CLA-R1", "never began", "K2", "cannot_tell", None),
        ("CLA-R1", "reversed", "K1", "cannot_tell", None),
        ("CLA-V1", "half good", "P4", "overdue", "2026-11-20"),
    ]


# CLA-S1: moves --------------------------------------------------------------------------------------------


def test_three_placements_in_twelve_months_are_a_breach_and_two_are_not():
    found = ask(
        "CLA-S1",
        "2026-11-20",
        care_episode=in_care("2025-01-01", "three", "two"),
        placement="""
        child_id | placement_id | start_date | end_date   | placement_type
        three    | A1           | 2025-01-01 | 2026-03-01 | U5
        three    | A2           | 2026-03-01 | 2026-07-01 | U5
        three    | A3           | 2026-07-01 |            | K2
        two      | B1           | 2025-01-01 | 2026-03-01 | U5
        two      | B2           | 2026-03-01 |            | U5
    """,
    )
    assert said(found, *WHOLE) == [
        ("CLA-S1", "child", "three", "care of three", "breach", "norm", "amber", None, None),
    ]


def test_a_placement_counts_where_it_was_active_on_some_whole_day_of_the_twelve_months():
    who = (
        "ended 21 November",
        "ended 22 November",
        "began today",
        "begins tomorrow",
        "ended that day",
        "overnight",
    )
    found = ask(
        "CLA-S1",
        "2026-11-20",
        care_episode=in_care("2025-01-01", *who),
        placement="\n".join(
            [
                "child_id | placement_id | start_date | end_date | placement_type",
                *(f"{c} | {c} 1 | 2026-01-01 | 2026-05-01 | U5" for c in who),
                *(f"{c} | {c} 2 | 2026-05-01 | | U5" for c in who),
                "ended 21 November | A3 | 2025-01-01 | 2025-11-21 | U5",
                "ended 22 November | B3 | 2025-01-01 | 2025-11-22 | U5",
                "began today       | C3 | 2026-11-20 |            | U5",
                "begins tomorrow   | D3 | 2026-11-21 |            | U5",
                "ended that day    | E3 | 2026-05-01 | 2026-05-01 | U5",
                "overnight         | F3 | 2026-05-01 | 2026-05-02 | U5",
            ]
        ),
    )
    # 20 November 2026 - 12 months = 20 November 2025: the first day that counts is the 21st, and a placement
    # that ended on the 21st was no longer active on it.
    assert said(found, "subject_id") == [("began today",), ("ended 22 November",), ("overnight",)]


def test_temporary_and_impossible_placements_and_new_rows_of_the_same_provider_are_no_moves():
    who = (
        "temporary",
        "impossible",
        "same provider",
        "no provider",
        "all nines",
        "a day between",
        "there and back",
    )
    found = ask(
        "CLA-S1",
        "2026-11-20",
        care_episode=in_care("2025-01-01", *who),
        placement="""
        child_id       | placement_id | provider_number | start_date | end_date   | placement_type
        temporary      | A1           | SC1             | 2025-01-01 | 2026-05-01 | U5
        temporary      | A2           | SC2             | 2026-05-01 |            | U5
        temporary      | A3           | SC3             | 2026-06-01 | 2026-06-08 | T0
        temporary      | A4           | SC4             | 2026-07-01 | 2026-07-08 | T1
        temporary      | A5           | SC5             | 2026-08-01 | 2026-08-08 | T4
        impossible     | B1           | SC1             | 2025-01-01 | 2026-05-01 | U5
        impossible     | B2           | SC2             | 2026-05-01 |            | U5
        impossible     | B3           | SC3             | 2026-05-01 | 2026-04-01 | U5
        same provider  | C1           | SC1             | 2025-01-01 | 2026-05-01 | U5
        same provider  | C2           | SC1             | 2026-05-01 | 2026-07-01 | U5
        same provider  | C3           | SC2             | 2026-07-01 |            | U5
        no provider    | D1           |                 | 2025-01-01 | 2026-05-01 | U5
        no provider    | D2           |                 | 2026-05-01 | 2026-07-01 | U5
        no provider    | D3           | XXXXXXX         | 2026-07-01 |            | U5
        all nines      | E1           | 9999999         | 2025-01-01 | 2026-05-01 | U5
        all nines      | E2           | 9999999         | 2026-05-01 | 2026-07-01 | U5
        all nines      | E3           | 9999999         | 2026-07-01 |            | U5
        a day between  | F1           | SC1             | 2025-01-01 | 2026-05-01 | U5
        a day between  | F2           | SC1             | 2026-05-02 | 2026-07-01 | U5
        a day between  | F3           | SC2             | 2026-07-01 |            | U5
        there and back | G1           | SC1             | 2025-01-01 | 2026-05-01 | U5
        there and back | G2           | SC2             | 2026-05-01 | 2026-07-01 | U5
        there and back | G3           | SC1             | 2026-07-01 |            | U5
    """,
    )
    assert said(found, "subject_id") == [
        ("a day between",),
        ("all nines",),
        ("no provider",),
        ("there and back",),
    ]


def test_moves_are_counted_for_children_looked_after_that_day_over_all_their_care_of_the_year():
    who = ("earlier stay", "breaks before", "on breaks", "left care", "died", "grown up")
    found = ask(
        "CLA-S1",
        "2026-11-20",
        child="""
        child_id      | dob        | death_date
        grown up      | 2000-01-01 |
        died          | 2020-01-01 | 2026-11-20
    """,
        care_episode="""
        child_id      | care_episode_id | period_id | start_date | end_date   | end_reason
        earlier stay  | E1              | K1        | 2026-01-01 | 2026-03-01 | E4A
        earlier stay  | E2              | K2        | 2026-05-01 |            |
        breaks before | E3              | K3        | 2026-01-01 | 2026-03-01 | E4A
        breaks before | E4              | K4        | 2026-05-01 |            |
        on breaks     | E5              | K5        | 2026-01-01 |            |
        left care     | E6              | K6        | 2026-01-01 | 2026-11-20 | E4A
        died          | E7              | K7        | 2026-01-01 |            |
        grown up      | E8              | K8        | 2026-01-01 |            |
    """,
        legal_status="""
        child_id      | legal_status_id | status | start_date | end_date
        breaks before | L1              | V3     | 2026-01-01 | 2026-03-01
        breaks before | L2              | C2     | 2026-05-01 |
        on breaks     | L3              | V4     | 2026-01-01 |
    """,
        placement="\n".join(
            [
                "child_id | placement_id | start_date | end_date | placement_type",
                *(f"{c} | {c} 1 | 2026-01-01 | 2026-03-01 | U5" for c in who),
                *(f"{c} | {c} 2 | 2026-05-01 | 2026-07-01 | U5" for c in who),
                *(f"{c} | {c} 3 | 2026-07-01 | | U5" for c in who),
            ]
        ),
    )
    assert said(found, "subject_id", "record_id") == [
        ("breaks before", "K4"),
        ("earlier stay", "K2"),
        ("grown up", "K8"),
    ]
