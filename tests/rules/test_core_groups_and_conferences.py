"""CP-01, CP-02, CP-14, CP-15: do core groups meet, do reports come in time, and what follows a birth?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")
LIST_BEGINS = (
    "child_id | date_kind | start_date | due_date | done_date\nanother | core group | | | 2026-01-05"
)


def core_groups(*rows: str) -> str:
    """Rows of child, due date and done date; the council's list begins in January with another child."""
    return "\n".join(
        [LIST_BEGINS, *(f"{r.split('|')[0]} | core group | | {r.split('|', 1)[1]}" for r in rows)]
    )


# CP-01 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # The conference met on Tuesday 3 November; + 10 working days = Tuesday 17 November.
        pytest.param("2026-11-17", [], id="on the tenth working day there is still time"),
        pytest.param(
            "2026-11-18",
            [("child", "1", "P1", "overdue", "guidance", "red", "2026-11-17", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_the_first_core_group_meets_within_ten_working_days_of_the_conference(as_at, expected):
    found = ask(
        "CP-01",
        as_at,
        cp_plan="child_id | plan_id | start_date | conference_id\n1 | P1 | 2026-11-05 | C1",
        conference="child_id | conference_id | held_date\n1 | C1 | 2026-11-03",
        key_date=core_groups(),
    )
    assert said(found, *WHOLE) == expected


def test_a_core_group_since_the_conference_or_the_start_of_the_plan_counts():
    found = ask(
        "CP-01",
        "2026-11-20",
        cp_plan="""
        child_id            | plan_id | start_date | other_council
        met                 | P1      | 2026-10-05 |
        met before the plan | P2      | 2026-10-05 |
        only planned        | P3      | 2026-10-05 |
        another council's   | P4      | 2026-10-05 | Y
    """,
        key_date=core_groups(
            "met | | 2026-10-05", "met before the plan | | 2026-10-02", "only planned | 2026-10-15 |"
        ),
    )
    # Monday 5 October + 10 working days = Monday 19 October; to 20 November 12 + 20 = 32 days.
    assert said(found, *LATE) == [
        ("met before the plan", "overdue", "2026-10-19", 32),
        ("only planned", "overdue", "2026-10-19", 32),
    ]


def test_a_plan_whose_first_core_group_was_due_before_the_list_begins_cannot_be_judged():
    found = ask(
        "CP-01",
        "2026-11-20",
        cp_plan="""
        child_id    | plan_id | start_date
        long before | P1      | 2025-12-01
        just before | P2      | 2025-12-16
        since       | P3      | 2025-12-17
    """,
        key_date=core_groups(),
    )
    # 16 December + 10 working days, without Christmas, Boxing Day and New Year's Day = 2 January 2026, before
    # the list's first row on 5 January; from 17 December it is 5 January.
    assert said(found, "subject_id", "status", "due_date") == [
        ("just before", "cannot_tell", None),
        ("long before", "cannot_tell", None),
        ("since", "overdue", "2026-01-05"),
    ]


def test_a_council_that_keeps_no_core_groups_is_told_so_once_and_no_plan_is_late():
    found = evaluation(
        "2026-11-20",
        rules=["CP-01"],
        missing=["key_date=core group"],
        cp_plan="child_id | plan_id | start_date\n1 | P1 | 2026-01-05\n2 | P2 | 2026-01-05",
    ).findings.to_pylist()
    ours = [r for r in found if r["rule_id"] == "CP-01"]
    assert said(ours, "subject_kind", "status", "due_date") == [("council", "cannot_tell", None)]


# CP-02 ----------------------------------------------------------------------------------------------------

ON_A_PLAN = "child_id | plan_id | start_date\n1 | P1 | 2026-06-01"


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Friday 9 October + 30 working days = six weeks = Friday 20 November.
        pytest.param("2026-11-20", [], id="after six weeks there is still time"),
        pytest.param(
            "2026-11-21",
            [("child", "1", "P1", "overdue", "norm", "amber", "2026-11-20", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_the_next_core_group_meets_within_thirty_working_days(as_at, expected):
    found = ask(
        "CP-02", as_at, cp_plan=ON_A_PLAN, key_date=core_groups("1 | | 2026-06-08", "1 | | 2026-10-09")
    )
    assert said(found, *WHOLE) == expected


def test_a_core_group_planned_for_an_earlier_day_is_due_then():
    found = ask(
        "CP-02",
        "2026-11-20",
        cp_plan=ON_A_PLAN,
        key_date=core_groups("1 | | 2026-10-09", "1 | 2026-11-06 |", "1 | 2026-09-01 |"),
    )
    assert said(found, *LATE) == [("1", "overdue", "2026-11-06", 14)]


def test_until_a_first_core_group_has_met_a_later_one_is_not_asked_about():
    assert ask("CP-02", "2026-11-20", cp_plan=ON_A_PLAN, key_date=core_groups()) == []


# CP-14 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Monday 23 November is two working days after Thursday 19, and five after Monday 16.
        pytest.param("2026-11-16", [], id="five working days before the review"),
        pytest.param("2026-11-17", [("review", "2026-11-16", 1)], id="the day after that"),
        pytest.param(
            "2026-11-19", [("review", "2026-11-16", 3)], id="two working days before the first conference"
        ),
        pytest.param(
            "2026-11-20", [("first", "2026-11-19", 1), ("review", "2026-11-16", 4)], id="the day after that"
        ),
    ],
)
def test_a_report_is_shared_two_working_days_before_a_first_conference_and_five_before_a_review(
    as_at, expected
):
    found = ask(
        "CP-14",
        as_at,
        cp_plan="child_id | plan_id | start_date\nreview | P1 | 2026-06-01",
        key_date="""
        child_id | date_kind         | start_date
        review   | Conference report | 2026-11-23
        first    | conference report | 2026-11-23
    """,
    )
    assert said(found, "subject_id", "due_date", "days_over") == expected
    assert {(r["kind"], r["severity"]) for r in found} <= {("norm", "amber")}


def test_a_conference_on_a_day_off_counts_back_from_the_working_days_before_it():
    found = ask(
        "CP-14",
        "2026-11-20",
        key_date="child_id | date_kind | start_date\n1 | conference report | 2026-11-21",
    )
    # A Saturday: the second working day after Wednesday 18 November is Friday 20, the last before it.
    assert said(found, *LATE) == [("1", "overdue", "2026-11-18", 2)]


def test_a_report_that_came_or_is_no_longer_wanted_is_not_late_and_one_without_a_conference_cannot_be_told():
    found = ask(
        "CP-14",
        "2026-11-20",
        key_date="""
        child_id         | date_kind         | start_date | done_date  | outcome
        shared           | conference report | 2026-11-23 | 2026-11-19 |
        cancelled        | conference report | 2026-11-23 |            | cancelled
        no day           | conference report |            |            |
        a month ago      | conference report | 2026-10-20 |            |
        a day short of it | conference report | 2026-10-21 |           |
    """,
    )
    # Wednesday 21 October: two working days before is Monday 19 October.
    assert said(found, *LATE) == [
        ("a day short of it", "overdue", "2026-10-19", 32),
        ("no day", "cannot_tell", None, None),
    ]


# CP-15 ----------------------------------------------------------------------------------------------------

BORN = """
    child_id | dob
    1        | 2026-11-05
"""
BEFORE_BIRTH = "child_id | plan_id | start_date\n1 | P1 | 2026-08-03"


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Thursday 5 November + 10 working days = Thursday 19 November.
        pytest.param("2026-11-19", [], id="on the tenth working day there is still time"),
        pytest.param(
            "2026-11-20",
            [("child", "1", "P1", "overdue", "norm", "amber", "2026-11-19", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_a_child_born_on_a_plan_has_a_review_or_core_group_within_ten_working_days(as_at, expected):
    found = ask("CP-15", as_at, child=BORN, cp_plan=BEFORE_BIRTH, key_date=core_groups("1 | | 2026-09-01"))
    assert said(found, *WHOLE) == expected


@pytest.mark.parametrize(
    "tables",
    [
        pytest.param({"key_date": core_groups("1 | | 2026-11-05")}, id="a core group on the day of birth"),
        pytest.param(
            {
                "key_date": core_groups(),
                "cp_review": "child_id | plan_id | review_id | held_date\n1 | P1 | 1 | 2026-11-10",
            },
            id="a review since",
        ),
        pytest.param(
            {
                "key_date": core_groups(),
                "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2026-11-05",
            },
            id="the plan began after the birth",
        ),
    ],
)
def test_nothing_is_late_where_somebody_met_since_the_birth_or_the_plan_is_younger(tables):
    assert ask("CP-15", "2026-11-20", **{"child": BORN, "cp_plan": BEFORE_BIRTH, **tables}) == []
