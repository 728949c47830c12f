"""CLA-S3, S4 and M1: unregistered settings, placements that break down, children who were missing.

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, position, said

D = "2026-11-20"
WHOLE = ("subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


def in_care(*children: str, since: str = "2020-01-01") -> str:
    """One open period of care for each of those children."""
    rows = [f"{child} | episode of {child} | care of {child} | {since}" for child in children]
    return "\n".join(["child_id | care_episode_id | period_id | start_date", *rows])


# CLA-S3 ---------------------------------------------------------------------------------------------------

LIVING = {
    "child": """
        child_id          | dob
        home, number      | 2010-01-01
        home, none        | 2010-01-01
        home, blank       | 2010-01-01
        home, cleared     | 2010-01-01
        supported at 16   | 2010-11-20
        supported at 15   | 2010-11-21
        checked: no       | 2012-01-01
        checked: no, yes  | 2012-01-01
        checked elsewhere | 2012-01-01
        foster            | 2012-01-01
    """,
    "care_episode": in_care(
        "home, number",
        "home, none",
        "home, blank",
        "home, cleared",
        "supported at 16",
        "supported at 15",
        "checked: no",
        "checked: no, yes",
        "checked elsewhere",
        "foster",
    ),
    "placement": """
        child_id          | placement_id | start_date | placement_type | provider_number
        home, number      | 1            | 2026-10-01 | K2             | SC123456
        home, none        | 2            | 2026-10-01 | K2             | XXXXXXX
        home, blank       | 3            | 2026-10-01 | K2             |
        home, cleared     | 4            | 2026-10-01 | K2             |
        supported at 16   | 5            | 2026-10-01 | K3             | SC200000
        supported at 15   | 6            | 2026-10-01 | K3             | SC200000
        checked: no       | 7            | 2026-10-01 | Z1             | SC300000
        checked: no, yes  | 8            | 2026-10-01 | Z1             | SC300000
        checked elsewhere | 9            | 2026-10-01 | Z1             | SC300000
        foster            | 10           | 2026-10-01 | U5             |
    """,
    "placement_check": """
        child_id          | check_date | registered | senior_sign_off | liberty_restricted
        home, cleared     | 2026-10-05 | Y          |                 |
        checked: no       | 2026-10-05 | Y          |                 |
        checked: no       | 2026-11-10 | N          | Y               | Y
        checked: no       | 2026-11-15 |            |                 |
        checked: no, yes  | 2026-10-05 | N          |                 | Y
        checked: no, yes  | 2026-11-10 | Y          |                 | N
        checked elsewhere | 2026-09-30 | N          |                 |
    """,
    "care_visit": """
        child_id          | visit_id | visit_date | seen
        checked: no       | 1        | 2026-11-12 | Y
    """,
}


def test_a_child_in_a_setting_that_should_be_registered_and_is_not_is_always_red():
    assert said(ask("CLA-S3", D, **LIVING), *WHOLE) == [
        ("checked: no", "7", "breach", "statute", "red", None, None),
        ("home, blank", "3", "cannot_tell", "statute", "red", None, None),
        ("home, none", "2", "breach", "statute", "red", None, None),
        ("supported at 15", "6", "breach", "statute", "red", None, None),
    ]


def test_meanwhile_the_child_is_visited_and_a_senior_manager_looks_every_week():
    found = {f["subject_id"]: f["evidence"] for f in ask("CLA-S3", D, **LIVING)}
    # Seen on 12 November, signed off and restricted on the 10th: a week on, the 19th and the 17th.
    assert found["checked: no"] == {
        "why": "a manager's check says that it is not registered",
        "visit_by": "2026-11-19",
        "senior_review_by": "2026-11-17",
        "liberty_restricted_since": "2026-11-10",
    }
    # Never visited, never signed off: a week from the start of the placement.
    assert found["home, none"]["visit_by"] == found["home, none"]["senior_review_by"] == "2026-10-08"


@pytest.mark.parametrize(
    ("as_at", "type_", "dob", "expected"),
    [
        ("2021-09-08", "H5", "2010-01-01", []),
        ("2021-09-09", "H5", "2010-01-01", ["breach"]),
        ("2023-10-27", "H5", "2006-06-01", []),
        ("2023-10-28", "H5", "2006-06-01", ["breach"]),
        ("2023-10-28", "P2", "2006-06-01", []),
    ],
)
def test_the_law_on_unregistered_settings_counts_from_the_day_it_came_into_force(as_at, type_, dob, expected):
    found = ask(
        "CLA-S3",
        as_at,
        child=f"child_id | dob\n1 | {dob}",
        care_episode=in_care("1"),
        placement=f"""
            child_id | placement_id | start_date | placement_type | provider_number
            1        | P1           | 2021-01-01 | {type_}        | 9999999
        """,
    )
    assert [f["status"] for f in found] == expected


def test_liberty_is_restricted_by_an_order_that_runs_or_as_the_newest_check_says():
    found = position(
        D,
        "restricted_now",
        **LIVING,
        liberty_order="""
            child_id     | start_date | end_date
            foster       | 2026-09-01 |
            home, none   | 2026-09-01 | 2026-11-20
            checked: no  | 2026-11-01 |
        """,
    )
    assert said(found, "child_id", "restricted_since", "by_order", "by_check") == [
        ("checked: no", "2026-11-01", True, True),
        ("foster", "2026-09-01", True, False),
    ]


# CLA-S4 ---------------------------------------------------------------------------------------------------


def test_two_placements_that_broke_down_in_six_months_are_red():
    # 21 May + 6 months = 21 November, still counted on the 20th; 20 May + 6 months = 20 November, not.
    rows = {
        "care_episode": in_care("twice", "once, long ago", "once", "no reasons"),
        "placement": """
            child_id       | placement_id | start_date | end_date   | change_reason | placement_type
            twice          | 1            | 2026-01-01 | 2026-05-21 | CREQB         | U5
            twice          | 2            | 2026-05-21 | 2026-11-20 | STAND         | U5
            once, long ago | 3            | 2026-01-01 | 2026-05-20 | CREQB         | U5
            once, long ago | 4            | 2026-05-20 | 2026-11-20 | STAND         | U5
            once           | 5            | 2026-01-01 | 2026-10-01 | CARPL         | U5
            once           | 6            | 2026-10-01 | 2026-11-01 | LAREQ         | U5
            no reasons     | 7            | 2026-01-01 | 2026-10-01 | CHILD         | U5
            no reasons     | 8            | 2026-10-01 | 2026-11-01 |               | U5
        """,
        "missing_episode": """
            child_id | missing_id | start_date | end_date   | missing_type
            twice    | 1          | 2026-11-19 |            | Missing
            twice    | 2          | 2026-11-01 | 2026-11-02 | Missing
        """,
    }
    found = ask("CLA-S4", D, **rows)
    assert said(found, *WHOLE) == [
        ("no reasons", "care of no reasons", "cannot_tell", "local", "red", None, None),
        ("twice", "care of twice", "breach", "local", "red", None, None),
    ]
    evidence = next(f["evidence"] for f in found if f["subject_id"] == "twice")
    assert (evidence["unplanned_ends"], evidence["missing_since"]) == (2, "2026-11-19")


def test_who_is_missing_today_is_known_and_who_is_only_away_is_not_among_them():
    found = position(
        D,
        "missing_now",
        missing_episode="""
            child_id | missing_id | start_date | end_date   | missing_type
            missing  | 1          | 2026-11-18 |            | Missing
            missing  | 2          | 2026-11-19 |            | M
            away     | 3          | 2026-11-18 |            | Away
            found    | 4          | 2026-11-18 | 2026-11-20 | Missing
            tomorrow | 5          | 2026-11-21 |            | Missing
            until    | 6          | 2026-11-18 | 2026-11-21 | Missing
        """,
    )
    assert said(found, "child_id", "missing_since") == [("missing", "2026-11-18"), ("until", "2026-11-18")]


# CLA-M1 ---------------------------------------------------------------------------------------------------

FOUND = {
    "care_episode": in_care(
        "not offered", "blank", "declined", "held", "not needed", "away", "contradiction", "not held", "late", "old"
    ),
    "missing_episode": """
        child_id      | missing_id | start_date | end_date   | missing_type | return_interview_offered | return_interview_accepted
        not offered   | 1          | 2026-11-15 | 2026-11-17 | Missing      | N                        | N
        blank         | 2          | 2026-11-15 | 2026-11-17 | M            |                          |
        declined      | 3          | 2026-11-15 | 2026-11-17 | Missing      | Y                        | N
        held          | 4          | 2026-11-15 | 2026-11-17 | Missing      | Y                        | Y
        not needed    | 5          | 2026-11-15 | 2026-11-17 | Missing      | NA                       | NA
        away          | 6          | 2026-11-15 | 2026-11-17 | Away         | N                        | N
        contradiction | 7          | 2026-11-15 | 2026-11-17 | Missing      | N                        | Y
        not held      | 8          | 2026-11-15 | 2026-11-17 | Missing      | Y                        | Y
        late          | 9          | 2026-11-01 | 2026-11-02 | Missing      |                          |
        old           | 10         | 2026-05-20 | 2026-05-21 | Missing      | N                        | N
        not open      | 11         | 2026-11-15 | 2026-11-17 | Missing      | N                        | N
        held          | 12         | 2026-11-20 |            | Missing      | N                        | N
    """,
    "key_date": """
        child_id      | date_kind        | start_date | done_date
        not held      | return interview | 2026-11-17 |
        late          | Return interview | 2026-11-02 | 2026-11-10
    """,
}  # fmt: skip


def test_a_child_who_was_found_has_a_return_interview_within_three_days():
    # 17 November + 3 = 20 November.  The one found on 21 May is shown for six months: not on 21 November.
    assert said(ask("CLA-M1", D, **FOUND), "subject_id") == [("old",)]
    assert said(ask("CLA-M1", "2026-11-21", **FOUND), *WHOLE) == [
        ("blank", "2", "cannot_tell", "guidance", "red", None, None),
        ("contradiction", "7", "cannot_tell", "guidance", "red", None, None),
        ("not held", "8", "overdue", "guidance", "red", "2026-11-20", 1),
        ("not offered", "1", "breach", "guidance", "red", "2026-11-20", 1),
    ]
