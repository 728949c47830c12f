"""CLA-V5, V6, V8, V9, V10: visits to looked-after children that the general clock does not cover.

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.small_council import ask, evaluation, said

from evenlode.policy import shipped_policy

LATE = ("subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


def in_care(*children: str, since: str = "2020-01-01") -> str:
    """One open period of care for each of those children."""
    rows = [f"{child} | episode of {child} | care of {child} | {since}" for child in children]
    return "\n".join(["child_id | care_episode_id | period_id | start_date", *rows])


# CLA-V5: fewer visits, where the council says so ----------------------------------------------------------

LONG_TERM = {
    "care_episode": in_care("agreed", "agreed sooner", "not agreed", "other type"),
    "placement": """
        child_id      | placement_id | start_date | placement_type
        agreed        | P1           | 2024-01-01 | U1
        agreed sooner | P2           | 2024-01-01 | U1
        not agreed    | P3           | 2024-01-01 | U1
        other type    | P4           | 2024-01-01 | U4
    """,
    "care_visit": """
        child_id      | visit_id | visit_date | seen
        agreed        | V1       | 2026-05-20 | Y
        agreed sooner | V2       | 2026-07-23 | Y
        not agreed    | V3       | 2026-08-20 | Y
        other type    | V4       | 2026-08-20 | Y
    """,
    "plan_interval": """
        child_id      | visit_every_days
        agreed        | 200
        agreed sooner | 120
        other type    | 200
    """,
}


def seldom_allowed():
    policy = shipped_policy()
    return replace(policy, lists={**policy.lists, "seldom_visited_placements": ("U1",)})


def visits_asked(as_at, policy):
    found = evaluation(as_at, policy=policy, rules=["CLA-V4", "CLA-V5"], **LONG_TERM).findings.to_pylist()
    return said(found, "rule_id", "subject_id", "due_date")


def test_a_council_may_let_visits_drop_to_six_months_where_the_childs_own_plan_says_how_often():
    # 20 May + 6 months = 20 November, before 200 days; 23 July + 120 days = 20 November;
    # 20 August + 3 months = 20 November.
    assert visits_asked("2026-11-20", seldom_allowed()) == []
    assert visits_asked("2026-11-21", seldom_allowed()) == [
        ("CLA-V4", "not agreed", "2026-11-20"),
        ("CLA-V4", "other type", "2026-11-20"),
        ("CLA-V5", "agreed", "2026-11-20"),
        ("CLA-V5", "agreed sooner", "2026-11-20"),
    ]


def test_until_a_council_says_so_every_settled_child_is_visited_every_three_months():
    # 20 May + 3 months = 20 August; 23 July + 3 months = 23 October.
    assert visits_asked("2026-11-21", shipped_policy()) == [
        ("CLA-V4", "agreed", "2026-08-20"),
        ("CLA-V4", "agreed sooner", "2026-10-23"),
        ("CLA-V4", "not agreed", "2026-11-20"),
        ("CLA-V4", "other type", "2026-11-20"),
    ]


# CLA-V6: at home before the assessment was finished -------------------------------------------------------

EARLY_HOME = {
    "care_episode": in_care("early", "reviewed", "assessed before", "full order", "interim", "foster"),
    "placement": """
        child_id        | placement_id | start_date | placement_type
        early           | P1           | 2026-10-01 | P1
        reviewed        | P2           | 2026-09-01 | P1
        assessed before | P3           | 2026-10-01 | P1
        full order      | P4           | 2026-10-01 | P1
        interim         | P5           | 2026-10-01 | P1
        foster          | P6           | 2026-10-01 | U5
    """,
    "assessment": """
        child_id        | assessment_id | start_date | authorised_date
        early           | A1            | 2026-09-20 |
        reviewed        | A2            | 2026-08-20 | 2026-09-15
        assessed before | A3            | 2026-08-20 | 2026-10-01
        full order      | A4            | 2026-09-20 |
        interim         | A5            | 2026-09-20 |
        foster          | A6            | 2026-09-20 |
    """,
    "legal_status": """
        child_id   | legal_status_id | status | start_date
        full order | 1               | C2     | 2025-01-01
        interim    | 2               | C1     | 2025-01-01
    """,
    "care_visit": """
        child_id        | visit_id | visit_date | seen
        early           | V1       | 2026-11-13 | Y
        reviewed        | V2       | 2026-10-10 | Y
        assessed before | V3       | 2026-11-01 | Y
        full order      | V4       | 2026-11-01 | Y
        interim         | V5       | 2026-11-20 | Y
        foster          | V6       | 2026-11-01 | Y
    """,
    "care_review": """
        review_id | period_id        | held_date
        R1        | care of reviewed | 2026-09-20
    """,
}


def test_a_child_sent_home_before_the_assessment_was_finished_is_seen_weekly_until_a_review():
    # 13 November + 7 = 20 November.  Once reviewed: 10 October + 42 = 21 November, as CLA-V2 says too.
    assert ask("CLA-V6", "2026-11-20", **EARLY_HOME) == []
    assert said(ask("CLA-V6", "2026-11-22", **EARLY_HOME), *LATE) == [
        ("early", "P1", "overdue", "statute", "red", "2026-11-20", 2)
    ]


def test_a_visit_without_a_word_on_who_was_seen_leaves_the_weekly_clock_open_to_doubt():
    visits = EARLY_HOME["care_visit"] + "        early           | V9       | 2026-11-18 |\n"
    found = ask("CLA-V6", "2026-11-22", **{**EARLY_HOME, "care_visit": visits})
    assert said(found, "subject_id", "status", "due_date") == [("early", "cannot_tell", None)]


# CLA-V8: at home under a full care order ------------------------------------------------------------------

HOME_UNDER_ORDER = {
    "care_episode": in_care("not since", "since", "perhaps since", "moved since", "foster"),
    "placement": """
        child_id      | placement_id | start_date | placement_type
        not since     | P1           | 2026-06-01 | P1
        since         | P2           | 2026-06-01 | P1
        perhaps since | P3           | 2026-06-01 | P1
        moved since   | P4           | 2026-11-14 | P1
        foster        | P5           | 2026-06-01 | U5
    """,
    "legal_status": """
        child_id      | legal_status_id | status | start_date
        not since     | 1               | C2     | 2026-11-13
        since         | 2               | C2     | 2026-11-13
        perhaps since | 3               | C2     | 2026-11-13
        moved since   | 4               | C2     | 2026-11-13
        foster        | 5               | C2     | 2026-11-13
    """,
    "care_visit": """
        child_id      | visit_id | visit_date | seen
        not since     | V1       | 2026-11-12 | Y
        since         | V2       | 2026-11-13 | Y
        perhaps since | V3       | 2026-11-12 | Y
        perhaps since | V4       | 2026-11-16 |
        foster        | V5       | 2026-11-12 | Y
    """,
}


def test_a_child_at_home_is_visited_within_a_week_of_the_full_care_order():
    # 13 November + 7 = 20 November.  A child who moved home after the order has the week of CLA-V1.
    assert ask("CLA-V8", "2026-11-20", **HOME_UNDER_ORDER) == []
    assert said(ask("CLA-V8", "2026-11-21", **HOME_UNDER_ORDER), *LATE) == [
        ("not since", "P1", "overdue", "statute", "red", "2026-11-20", 1),
        ("perhaps since", "P3", "cannot_tell", "statute", "red", None, None),
    ]


# CLA-V9: short breaks -------------------------------------------------------------------------------------

SHORT_BREAKS = {
    "care_episode": in_care("visited", "never", "nothing agreed", "perhaps"),
    "legal_status": """
        child_id       | legal_status_id | status | start_date
        visited        | 1               | V4     | 2026-01-01
        never          | 2               | V3     | 2026-09-21
        nothing agreed | 3               | V4     | 2026-01-01
        perhaps        | 4               | V4     | 2026-01-01
        in care        | 5               | V2     | 2026-01-01
    """,
    "care_visit": """
        child_id | visit_id | visit_date | seen
        visited  | V1       | 2026-09-21 | Y
        visited  | V2       | 2026-11-10 | N
        perhaps  | V3       | 2026-08-01 | Y
        perhaps  | V4       | 2026-11-01 |
    """,
    "plan_interval": """
        child_id | visit_every_days
        visited  | 60
        never    | 60
        perhaps  | 60
        in care  | 60
    """,
}


def test_during_short_breaks_a_child_is_visited_as_often_as_the_own_plan_says():
    # 21 September + 60 days = 20 November (9 days of September, 31 of October, 20 of November).
    found = said(ask("CLA-V9", "2026-11-20", **SHORT_BREAKS), "subject_id", "status")
    assert found == [("nothing agreed", "cannot_tell"), ("perhaps", "cannot_tell")]
    found = ask("CLA-V9", "2026-11-21", **SHORT_BREAKS)
    assert said(found, *LATE) == [
        ("never", "2", "overdue", "statute", "red", "2026-11-20", 1),
        ("nothing agreed", "3", "cannot_tell", "statute", "red", None, None),
        ("perhaps", "4", "cannot_tell", "statute", "red", None, None),
        ("visited", "1", "overdue", "statute", "red", "2026-11-20", 1),
    ]


# CLA-V10: a visit that was asked for ----------------------------------------------------------------------

ASKED = {
    "care_episode": in_care("waiting", "made", "seen since", "perhaps", "own date", "undated"),
    "key_date": """
        child_id    | date_kind       | start_date | due_date   | done_date
        waiting     | Visit requested | 2026-11-13 |            |
        made        | visit requested | 2026-11-01 |            | 2026-11-03
        seen since  | visit requested | 2026-11-01 |            |
        perhaps     | visit requested | 2026-11-01 |            |
        own date    | visit requested | 2026-11-13 | 2026-11-16 |
        undated     | visit requested |            |            |
        not in care | visit requested | 2026-11-01 |            |
        waiting     | core group      | 2026-01-01 |            |
    """,
    "care_visit": """
        child_id   | visit_id | visit_date | seen
        waiting    | V1       | 2026-11-12 | Y
        seen since | V2       | 2026-11-01 | Y
        perhaps    | V3       | 2026-11-05 |
    """,
}


@pytest.mark.parametrize(
    ("as_at", "waiting"),
    [
        # 13 November + 7 = 20 November.
        ("2026-11-20", []),
        (
            "2026-11-21",
            [("waiting", "visit requested 2026-11-13", "overdue", "local", "amber", "2026-11-20", 1)],
        ),
    ],
)
def test_a_visit_that_a_child_or_carer_asks_for_is_made_within_a_week_or_by_the_day_agreed(as_at, waiting):
    found = said(ask("CLA-V10", as_at, **ASKED), *LATE)
    assert [f for f in found if f[0] == "waiting"] == waiting
    assert [f[:3] + f[5:6] for f in found if f[0] != "waiting"] == [
        ("own date", "visit requested 2026-11-13", "overdue", "2026-11-16"),
        ("perhaps", "visit requested 2026-11-01", "cannot_tell", None),
        ("undated", "visit requested", "cannot_tell", None),
    ]
