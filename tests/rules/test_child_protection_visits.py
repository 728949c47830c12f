"""CP-05: is every child on a protection plan visited in time?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.small_council import ask, evaluation, said

from evenlode.policy import shipped_policy
from evenlode.rules.book import CONTRACT

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")

PLAN = """
    child_id | plan_id | start_date
    1        | P1      | 2026-10-01
"""


def plans(start: str, *children: str) -> str:
    """One plan a child from that day; the plan's id is the child's name with "plan" before it."""
    rows = [f"{child} | plan {child} | {start}" for child in children]
    return "\n".join(["child_id | plan_id | start_date", *rows])


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Friday 6 November + 10 working days = Friday 20 November 2026.
        pytest.param("2026-11-20", [], id="on its last day a visit is not late"),
        pytest.param(
            "2026-11-21",
            [("child", "1", "P1", "overdue", "norm", "red", "2026-11-20", 1)],
            id="the day after it is",
        ),
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
        1        | P1      | V2       | 2026-10-20 | Y
    """,
    )
    assert said(found, *WHOLE) == expected


def test_until_the_first_visit_of_a_plan_the_clock_runs_from_its_start():
    # Friday 6 November + 10 = Friday 20 November; Monday 9 November + 10 = Monday 23 November.
    found = ask(
        "CP-05",
        "2026-11-21",
        cp_plan="""
        child_id             | plan_id | start_date
        never visited        | P1      | 2026-11-06
        visited before       | P2      | 2026-11-06
        visited on the start | P3      | 2026-11-06
        visited since        | P4      | 2026-11-06
        new                  | P5      | 2026-11-09
    """,
        cp_visit="""
        child_id             | plan_id | visit_id | visit_date | seen
        visited before       | P2      | V2       | 2026-11-05 | Y
        visited on the start | P3      | V3       | 2026-11-06 | Y
        visited since        | P4      | V4       | 2026-11-09 | Y
    """,
    )
    assert said(found, *LATE) == [
        ("never visited", "overdue", "2026-11-20", 1),
        ("visited before", "overdue", "2026-11-20", 1),
        ("visited on the start", "overdue", "2026-11-20", 1),
    ]


def test_a_visit_counts_for_the_plan_it_names_or_where_it_names_none_for_every_plan_of_the_child():
    # A visit on Monday 9 November lasts until Monday 23 November; without it 1 October + 10 = 15 October.
    found = ask(
        "CP-05",
        "2026-11-21",
        cp_plan="""
        child_id       | plan_id | start_date
        own plan       | P1      | 2026-10-01
        no plan named  | P2      | 2026-10-01
        another plan   | P3      | 2026-10-01
        no child named | P4      | 2026-10-01
        in need visit  | P5      | 2026-10-01
        two plans      | P6      | 2026-10-01
        two plans      | P7      | 2026-10-01
        two plans once | P8      | 2026-10-01
        two plans once | P9      | 2026-10-01
        a sister       | P10     | 2026-10-01
    """,
        cp_visit="""
        child_id       | plan_id | visit_id | visit_date | seen
        own plan       | P1      | V1       | 2026-11-09 | Y
        no plan named  |         | V2       | 2026-11-09 | Y
        another plan   | P99     | V3       | 2026-11-09 | Y
                       | P4      | V4       | 2026-11-09 | Y
        two plans      | P6      | V6       | 2026-11-09 | Y
        two plans once |         | V8       | 2026-11-09 | Y
    """,
        cin_visit="""
        child_id       | visit_id | visit_date | seen
        in need visit  | N5       | 2026-11-09 | Y
    """,
    )
    # 15 October to 21 November is 16 + 21 = 37 days.
    assert said(found, "record_id", "due_date", "days_over") == [
        ("P10", "2026-10-15", 37),
        ("P3", "2026-10-15", 37),
        ("P5", "2026-10-15", 37),
        ("P7", "2026-10-15", 37),
    ]


def test_a_visit_counts_where_the_child_was_seen_and_one_that_does_not_say_may_leave_it_untold():
    found = ask(
        "CP-05",
        "2026-11-21",
        cp_plan=plans(
            "2026-10-01",
            "not seen",
            "not said",
            "not said too old",
            "not said tomorrow",
            "only unseen",
            "seen after",
            "not said before the plan",
        ),
        cp_visit="""
        child_id                 | visit_id | visit_date | seen
        not seen                 | A1       | 2026-10-05 | Y
        not seen                 | A2       | 2026-11-20 | N
        not said                 | B1       | 2026-10-05 | Y
        not said                 | B2       | 2026-11-09 |
        not said too old         | C1       | 2026-10-05 | Y
        not said too old         | C2       | 2026-11-06 |
        not said tomorrow        | D1       | 2026-10-05 | Y
        not said tomorrow        | D2       | 2026-11-22 |
        only unseen              | E1       | 2026-11-20 | N
        seen after               | F1       | 2026-11-09 |
        seen after               | F2       | 2026-11-10 | Y
        not said before the plan | G1       | 2026-09-30 |
    """,
    )
    # 5 October + 10 = 19 October, 12 + 21 = 33 days before; 1 October + 10 = 15 October, 37 days before.
    # B2 would last to Monday 23 November; C2 only to Friday 20 November, late already.
    assert said(found, *LATE) == [
        ("not said", "cannot_tell", None, None),
        ("not said before the plan", "overdue", "2026-10-15", 37),
        ("not said tomorrow", "overdue", "2026-10-19", 33),
        ("not said too old", "overdue", "2026-10-19", 33),
        ("not seen", "overdue", "2026-10-19", 33),
        ("only unseen", "overdue", "2026-10-15", 37),
    ]


def test_while_a_child_is_unborn_any_visit_counts_and_at_birth_the_clock_starts_again():
    found = ask(
        "CP-05",
        "2026-11-21",
        child="""
        child_id          | dob        | expected_dob
        unborn            |            | 2027-01-10
        expected past     |            | 2026-11-01
        birth date ahead  | 2026-11-22 |
        unborn late       |            | 2027-01-10
        born late         | 2026-11-06 |
        born in time      | 2026-11-09 |
        seen on the day   | 2026-11-06 |
        missed on the day | 2026-11-09 |
        seen since        | 2026-11-02 |
        age unknown       |            |
    """,
        cp_plan=plans(
            "2026-10-01",
            "unborn",
            "expected past",
            "birth date ahead",
            "unborn late",
            "born late",
            "born in time",
            "seen on the day",
            "missed on the day",
            "seen since",
            "age unknown",
        ),
        cp_visit="""
        child_id          | visit_id | visit_date | seen
        unborn            | A1       | 2026-11-09 | N
        expected past     | B1       | 2026-11-09 |
        birth date ahead  | C1       | 2026-11-09 | N
        unborn late       | D1       | 2026-11-06 | N
        born late         | E1       | 2026-11-05 | Y
        born in time      | F1       | 2026-10-20 | N
        seen on the day   | G1       | 2026-11-06 | Y
        missed on the day | H1       | 2026-11-09 | N
        seen since        | I1       | 2026-11-09 | Y
        age unknown       | J1       | 2026-11-09 | N
    """,
    )
    # From 6 November the tenth working day is 20 November, from 9 November 23 November.
    assert said(found, *LATE) == [
        ("age unknown", "overdue", "2026-10-15", 37),
        ("born late", "overdue", "2026-11-20", 1),
        ("seen on the day", "overdue", "2026-11-20", 1),
        ("unborn late", "overdue", "2026-11-20", 1),
    ]


def test_only_an_open_plan_of_our_own_asks_for_visits():
    found = ask(
        "CP-05",
        "2026-11-21",
        child="""
        child_id        | dob        | death_date
        grown up        | 2000-01-01 |
        died            | 2020-01-01 | 2026-11-21
    """,
        cp_plan="""
        child_id        | plan_id | start_date | end_date   | other_council
        ends tomorrow   | P1      | 2026-11-06 | 2026-11-22 | N
        ended today     | P2      | 2026-11-06 | 2026-11-21 |
        other council's | P3      | 2026-11-06 |            | Y
        grown up        | P4      | 2026-11-06 |            |
        died            | P5      | 2026-11-06 |            |
        not begun       | P6      | 2026-11-22 |            |
    """,
    )
    assert said(found, "record_id", "status") == [("P1", "overdue"), ("P4", "overdue")]


def test_a_protection_plan_with_impossible_dates_cannot_be_told_and_is_silent_under_every_other_rule():
    found = evaluation(
        "2026-11-21",
        rules=CONTRACT,
        child="""
        child_id    | dob        | death_date
        reversed    | 2015-01-01 |
        never began | 2015-01-01 |
        died        | 2015-01-01 | 2026-11-21
    """,
        cp_plan="""
        child_id    | plan_id | start_date | end_date
        reversed    | P1      | 2024-01-01 | 2023-12-31
        never began | P2      |            |
        only ended  | P3      |            | 2026-01-01
        will end    | P4      |            | 2026-11-22
        died        | P5      | 2024-01-01 | 2023-12-31
    """,
        cp_visit="""
        child_id    | plan_id | visit_id | visit_date | seen | seen_alone
        reversed    | P1      | V1       | 2024-02-01 | Y    | N
        reversed    | P1      | V2       | 2024-03-01 | Y    | N
    """,
    ).findings.to_pylist()
    assert said(found, "rule_id", "subject_id", "record_id", "status", "due_date", "days_over") == [
        ("CP-05", "never began", "P2", "cannot_tell", None, None),
        ("CP-05", "reversed", "P1", "cannot_tell", None, None),
        ("CP-05", "will end", "P4", "cannot_tell", None, None),
    ]


def test_a_day_on_which_the_council_is_closed_moves_its_own_clocks_and_none_set_by_law():
    # With Wednesday 11 November closed, 6 November + 10 = Monday 23 November, but a first review in care is
    # still due on 23 October + 20 = Friday 20 November.
    closed = replace(shipped_policy(), closures=(date(2026, 11, 11),))
    found = evaluation(
        "2026-11-24",
        rules=CONTRACT,
        policy=closed,
        cp_plan="""
        child_id | plan_id | start_date
        plan     | P1      | 2026-11-06
    """,
        care_episode="""
        child_id | care_episode_id | period_id | start_date
        care     | E1              | K1        | 2026-10-23
    """,
    ).findings.to_pylist()
    clocks = [r for r in found if r["rule_id"] in {"CP-05", "CLA-R1"}]
    assert said(clocks, "rule_id", "due_date", "days_over") == [
        ("CLA-R1", "2026-11-20", 4),
        ("CP-05", "2026-11-23", 1),
    ]
