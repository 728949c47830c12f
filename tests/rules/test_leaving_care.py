"""CL-01, 02, 03, 05, 06, 08 and 09: help with leaving care.

Each row of a table is a young person of their own, named after what is special about them.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.small_council import ask, said

from evenlode.policy import shipped_policy
from evenlode.position.days_told import birthday_window_end

D = "2026-11-20"
WHOLE = ("subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")

# Born 20 November 2010: 14 on 20 November 2024, 16 on 20 November 2026.
ENTITLED = {
    "child": """
        child_id         | dob
        sixteen          | 2010-11-20
        fifteen          | 2010-11-21
        new to care      | 2010-06-01
        long enough      | 2010-06-01
        with before      | 2010-06-01
        left care        | 2010-06-01
        listed           | 2010-06-01
        eighteen         | 2008-11-20
        no birthday      |
    """,
    "care_episode": """
        child_id         | care_episode_id | period_id | start_date | end_date   | end_reason
        sixteen          | 1               | L1        | 2020-01-01 |            |
        fifteen          | 2               | L2        | 2020-01-01 |            |
        new to care      | 3               | L3        | 2026-08-22 |            |
        long enough      | 4               | L4        | 2026-08-21 |            |
        with before      | 5               | L5        | 2025-01-01 | 2025-03-01 | E4A
        with before      | 6               | L6        | 2026-10-19 |            |
        left care        | 7               | L7        | 2020-01-01 | 2026-11-01 | E4A
        listed           | 8               | L8        | 2020-01-01 |            |
        eighteen         | 9               | L9        | 2020-01-01 |            |
        no birthday      | 10              | L10       | 2020-01-01 |            |
    """,
    "care_leaver": """
        care_leaver_id | child_id | eligibility | pathway_review_date
        1              | listed   | Eligible    | 2026-11-01
        2              | sixteen  | Qualifying  |
    """,
}


def test_a_young_person_of_16_or_17_with_13_weeks_in_care_since_14_is_on_the_list_of_care_leavers():
    # 21 August + 91 days = 20 November (10 + 30 + 31 + 20).  1 January to 1 March 2025 are 59 days;
    # 19 October + the 32 that are missing = 20 November.
    found = ask("CL-01", D, **ENTITLED)
    assert said(found, *WHOLE) == [
        ("long enough", "L4", "flag", "statute", "amber", None, None),
        ("sixteen", "L1", "flag", "statute", "amber", None, None),
        ("with before", "L6", "flag", "statute", "amber", None, None),
    ]
    assert {f["subject_id"]: f["evidence"]["eligible_on"] for f in found} == {
        "long enough": "2026-11-20", "sixteen": "2026-11-20", "with before": "2026-11-20"
    }  # fmt: skip
    # From 14 (20 November 2024) to 16 are 730 days.
    assert [f["evidence"]["days_in_care_since_14"] for f in found if f["subject_id"] == "sixteen"] == [730]


BECAME_ENTITLED = {
    "child": """
        child_id    | dob
        sixteenth   | 2010-08-20
        later       | 2010-01-01
        assessed    | 2010-08-20
        not yet     | 2010-08-20
    """,
    "care_episode": """
        child_id    | care_episode_id | period_id | start_date
        sixteenth   | 1               | L1        | 2020-01-01
        later       | 2               | L2        | 2026-05-21
        assessed    | 3               | L3        | 2020-01-01
        not yet     | 4               | L4        | 2020-01-01
    """,
}


def test_needs_are_assessed_within_three_months_of_becoming_entitled():
    # 20 August + 3 months = 20 November.  In care since 21 May: + 91 days = 20 August too
    # (10 + 30 + 31 + 20).
    dates = """
        child_id  | date_kind        | done_date
        assessed  | needs assessment | 2026-11-20
        not yet   | Needs assessment | 2026-11-30
        sixteenth | pathway plan     | 2026-09-01
    """
    assert ask("CL-02", D, **BECAME_ENTITLED, key_date=dates) == []
    assert said(ask("CL-02", "2026-11-21", **BECAME_ENTITLED, key_date=dates), *WHOLE) == [
        ("later", "L2", "overdue", "statute", "red", "2026-11-20", 1),
        ("not yet", "L4", "overdue", "statute", "red", "2026-11-20", 1),
        ("sixteenth", "L1", "overdue", "statute", "red", "2026-11-20", 1),
    ]


def test_a_pathway_plan_is_made_by_the_same_day():
    rows = {
        **BECAME_ENTITLED,
        "key_date": "child_id | date_kind | done_date\nassessed | Pathway plan | 2026-11-19",
        "care_leaver": """
            care_leaver_id | child_id | eligibility | pathway_review_date
            1              | not yet  | Eligible    | 2026-11-01
            2              | later    | Eligible    |
        """,
    }
    assert ask("CL-03", D, **rows) == []
    assert said(ask("CL-03", "2026-11-21", **rows), *WHOLE) == [
        ("later", "L2", "overdue", "local", "amber", "2026-11-20", 1),
        ("sixteenth", "L1", "overdue", "local", "amber", "2026-11-20", 1),
    ]


# Advisers' visits -----------------------------------------------------------------------------------------

VISITED = {
    "child": "child_id | dob\ntwenty-one | 2005-11-20",
    "care_leaver": """
        care_leaver_id | child_id    | eligibility     | accommodation
        1              | not visited | Former Relevant | U
        2              | visited     | Former Relevant | U
        3              | moved again | Relevant        | U
        4              | undated     | Relevant        | U
        5              | foyer       | Relevant        | T
        6              | foyer, seen | Relevant        | T
        7              | own home    | Relevant        | U
        8              | twenty-one  | Former Relevant | T
        9              | qualifying  | Qualifying      | T
    """,
    "key_date": """
        child_id    | date_kind         | start_date | done_date
        not visited | new accommodation | 2026-11-13 |
        not visited | adviser visit     |            | 2026-11-12
        visited     | new accommodation | 2026-11-01 |
        visited     | adviser visit     |            | 2026-11-01
        moved again | new accommodation | 2026-09-01 |
        moved again | new accommodation | 2026-11-15 |
        undated     | new accommodation |            |
        foyer, seen | adviser visit     |            | 2026-09-20
        twenty-one  | new accommodation | 2026-09-01 |
        qualifying  | new accommodation | 2026-09-01 |
    """,
}


def test_the_adviser_visits_a_new_home_within_a_week():
    # 13 November + 7 = 20 November; the newest move counts.
    assert said(ask("CL-05", D, **VISITED), "subject_id", "status") == [("undated", "cannot_tell")]
    assert said(ask("CL-05", "2026-11-21", **VISITED), *WHOLE) == [
        ("not visited", "", "overdue", "statute", "red", "2026-11-20", 1),
        ("undated", "", "cannot_tell", "statute", "red", None, None),
    ]


def test_where_the_council_provides_the_home_the_adviser_visits_every_two_months():
    # 20 September + 2 months = 20 November.
    unknown = [("foyer", "cannot_tell", None), ("undated", "cannot_tell", None)]
    assert said(ask("CL-06", D, **VISITED), "subject_id", "status", "due_date") == unknown
    found = said(ask("CL-06", "2026-11-21", **VISITED), *WHOLE)
    assert [f for f in found if f[2] == "overdue"] == [
        ("foyer, seen", "", "overdue", "statute", "red", "2026-11-20", 1)
    ]


# CL-08 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "born", "expected"),
    [
        # The 18th birthday on 20 October 2026: the window closes on 20 November.
        ("2026-11-20", "2008-10-20", []),
        ("2026-11-21", "2008-10-20", [("overdue", "norm", "amber", "2026-11-20", 1)]),
        # 17 on 21 February 2027: its window opens on 21 November, and nothing was asked before.
        ("2026-11-20", "2010-02-21", []),
        # 21 already.
        ("2026-11-20", "2005-11-20", []),
    ],
)
def test_round_each_birthday_the_council_knows_how_a_care_leaver_is(as_at, born, expected):
    found = ask(
        "CL-08",
        as_at,
        child="\n".join(
            ["child_id | dob", *(f"{c} | {born}" for c in ("unknown", "known", "lost", "in care"))]
        ),
        care_leaver="""
            care_leaver_id | child_id | eligibility     | in_touch | accommodation | activity
            1              | unknown  | Former Relevant | YES      | R             | F1
            2              | known    | Former Relevant | YES      | U             | F1
            3              | lost     | Former Relevant | NO       |               |
            4              | in care  | Eligible        |          |               |
        """,
    )
    assert {f["subject_id"] for f in found} == ({"unknown"} if expected else set())
    assert said(found, "status", "kind", "severity", "due_date", "days_over") == expected


def test_without_a_birthday_nobody_can_tell_when_it_is_to_be_known():
    found = ask("CL-08", D, care_leaver="child_id | eligibility | in_touch\n1 | Relevant |")
    assert said(found, "subject_id", "status", "due_date") == [("1", "cannot_tell", None)]


def test_the_window_round_a_birthday_opens_three_months_before_it():
    # 17 on 20 February 2027: opens on 20 November 2026 and closes on 20 March 2027.
    days = np.array(["2010-02-20", "2010-02-21"], dtype="datetime64[D]")
    found = birthday_window_end(days, date(2026, 11, 20), shipped_policy())
    assert [str(day) for day in found] == ["2027-03-20", "NaT"]


# CL-09 ----------------------------------------------------------------------------------------------------


def test_a_pathway_plan_is_reviewed_within_20_working_days_of_a_change():
    # Friday 23 October + 20 working days = Friday 20 November.
    rows = {
        "care_leaver": """
            care_leaver_id | child_id       | eligibility     | pathway_review_date
            1              | changed        | Former Relevant | 2026-08-01
            2              | moved home     | Former Relevant | 2026-08-01
            3              | moved in care  | Eligible        | 2026-08-01
            4              | reviewed       | Former Relevant | 2026-10-23
            5              | reviewed for   | Former Relevant | 2026-08-01
            6              | never reviewed | Former Relevant |
            7              | nothing        | Former Relevant | 2026-08-01
        """,
        "care_episode": "child_id | care_episode_id | period_id | start_date\nmoved in care | 1 | L1 | 2020-01-01",
        "placement": """
            child_id      | placement_id | start_date | end_date   | placement_type
            moved in care | 1            | 2020-01-01 | 2026-10-23 | U5
            moved in care | 2            | 2026-10-23 |            | U5
        """,
        "key_date": """
            child_id       | date_kind               | start_date | done_date
            changed        | Change of circumstances | 2026-10-23 |
            moved home     | new accommodation       | 2026-10-23 |
            reviewed       | change of circumstances | 2026-10-01 |
            reviewed for   | change of circumstances | 2026-10-01 | 2026-10-15
            never reviewed | change of circumstances | 2026-10-01 |
        """,
    }
    assert said(ask("CL-09", D, **rows), "subject_id", "status") == [("never reviewed", "cannot_tell")]
    assert said(ask("CL-09", "2026-11-21", **rows), *WHOLE) == [
        ("changed", "", "overdue", "local", "amber", "2026-11-20", 1),
        ("moved home", "", "overdue", "local", "amber", "2026-11-20", 1),
        ("moved in care", "", "overdue", "local", "amber", "2026-11-20", 1),
        ("never reviewed", "", "cannot_tell", "local", "amber", None, None),
    ]
