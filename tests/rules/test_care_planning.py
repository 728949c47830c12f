"""CLA-P1, R4, R5, R6: care plans, reviews out of turn and the reviewing officer.

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

from tests.small_council import ask, position, said

LATE = ("subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


def in_care(since: str, *children: str) -> str:
    """One open period of care for each of those children."""
    rows = [f"{child} | episode of {child} | care of {child} | {since}" for child in children]
    return "\n".join(["child_id | care_episode_id | period_id | start_date", *rows])


# CLA-P1 ---------------------------------------------------------------------------------------------------

PLANNED = {
    "care_episode": in_care(
        "2026-11-05", "none", "planned", "before", "earlier care", "undated", "later", "placed later"
    ),
    "placement": """
        child_id     | placement_id | start_date | placement_type
        none         | 1            | 2026-11-06 | U5
        placed later | 2            | 2026-11-09 | U5
    """,
    "care_plan": """
        child_id     | care_plan_id | start_date | end_date
        planned      | 1            | 2026-11-20 |
        before       | 2            | 2026-10-01 |
        earlier care | 3            | 2024-01-01 | 2024-06-01
        undated      | 4            |            |
        later        | 5            | 2026-11-23 |
    """,
}


def test_a_care_plan_is_made_within_ten_working_days_of_the_first_placement():
    # Friday 6 November + 10 working days = Friday 20 November; Thursday 5 November (no placement
    # recorded): 19 November.  Monday 9 November: 23 November.
    found = said(ask("CLA-P1", "2026-11-20", **PLANNED), "subject_id", "status", "due_date")
    assert found == [
        ("earlier care", "overdue", "2026-11-19"),
        ("later", "overdue", "2026-11-19"),
        ("undated", "cannot_tell", None),
    ]
    found = said(ask("CLA-P1", "2026-11-21", **PLANNED), *LATE)
    assert ("none", "care of none", "overdue", "statute", "red", "2026-11-20", 1) in found
    assert [f[0] for f in found] == ["earlier care", "later", "none", "undated"]


# CLA-R4 ---------------------------------------------------------------------------------------------------


def test_an_early_review_that_the_reviewing_officer_asked_for_is_held_within_20_working_days():
    # Friday 23 October + 20 working days = Friday 20 November.
    rows = {
        "care_episode": in_care("2025-01-01", "waiting", "held", "reviewed", "own date", "undated"),
        "key_date": """
            child_id | date_kind          | start_date | due_date   | done_date
            waiting  | early review asked | 2026-10-23 |            |
            held     | early review asked | 2026-09-01 |            | 2026-10-30
            reviewed | early review asked | 2026-09-01 |            |
            own date | Early Review Asked | 2026-10-23 | 2026-11-06 |
            undated  | early review asked |            |            |
        """,
        "care_review": """
            review_id | period_id        | held_date
            1         | care of reviewed | 2026-09-01
            2         | care of waiting  | 2026-10-22
        """,
    }
    others = [("own date", "overdue", "2026-11-06"), ("undated", "cannot_tell", None)]
    found = ask("CLA-R4", "2026-11-20", **rows)
    assert said(found, "subject_id", "status", "due_date") == others
    found = ask("CLA-R4", "2026-11-21", **rows)
    assert said(found, *LATE)[-1] == (
        "waiting", "care of waiting", "overdue", "local", "amber", "2026-11-20", 1
    )  # fmt: skip
    assert len(found) == 3


# CLA-R5 ---------------------------------------------------------------------------------------------------

MOVED = {
    "care_episode": in_care(
        "2025-01-01",
        "broke down",
        "reviewed",
        "planned",
        "status only",
        "no reason",
        "other",
        "respite",
        "twice",
    ),
    "placement": """
        child_id    | placement_id | start_date | end_date   | change_reason | placement_type
        broke down  | 1            | 2025-01-01 | 2026-10-23 | CREQB         | U5
        broke down  | 2            | 2026-10-23 |            |               | U5
        reviewed    | 3            | 2025-01-01 | 2026-09-01 | LAREQ         | U5
        planned     | 4            | 2025-01-01 | 2026-09-01 | CARPL         | U5
        status only | 5            | 2025-01-01 | 2026-09-01 | PLACE         | U5
        no reason   | 6            | 2025-01-01 | 2026-10-23 |               | U5
        other       | 7            | 2025-01-01 | 2026-10-23 | other         | U5
        respite     | 8            | 2025-01-01 | 2026-09-01 | CREQB         | T3
        twice       | 9            | 2025-01-01 | 2026-09-01 | allegation    | U5
        twice       | 10           | 2026-09-01 | 2026-10-23 | ALLEG         | U5
        twice       | 11           | 2026-10-23 | 2026-11-02 | CHILD         | U5
    """,
    "care_review": """
        review_id | period_id        | held_date  | cancelled
        1         | care of reviewed | 2026-11-15 |
        2         | care of planned  | 2026-01-01 |
        3         | care of twice    | 2026-10-01 |
        4         | care of twice    | 2026-11-10 | Y
    """,
}


def test_after_a_placement_broke_down_a_review_is_held_within_20_working_days():
    # Friday 23 October + 20 working days = Friday 20 November.
    assert ask("CLA-R5", "2026-11-20", **MOVED) == []
    assert said(ask("CLA-R5", "2026-11-21", **MOVED), *LATE) == [
        ("broke down", "care of broke down", "overdue", "local", "amber", "2026-11-20", 1),
        ("no reason", "care of no reason", "cannot_tell", "local", "amber", None, None),
        ("other", "care of other", "cannot_tell", "local", "amber", None, None),
        ("twice", "care of twice", "overdue", "local", "amber", "2026-11-20", 1),
    ]


def test_which_placements_ended_unplanned_is_worked_out_for_every_child_in_care():
    found = position("2026-11-21", "unplanned_end", **MOVED)
    assert said(found, "child_id", "placement_id", "end_date", "unplanned", "unsaid") == [
        ("broke down", "1", "2026-10-23", True, False),
        ("no reason", "6", "2026-10-23", False, True),
        ("other", "7", "2026-10-23", False, True),
        ("planned", "4", "2026-09-01", False, False),
        ("reviewed", "3", "2026-09-01", True, False),
        ("twice", "10", "2026-10-23", True, False),
        ("twice", "11", "2026-11-02", True, False),
        ("twice", "9", "2026-09-01", False, True),
    ]


# CLA-R6 ---------------------------------------------------------------------------------------------------


def test_a_reviewing_officer_is_named_within_five_working_days():
    # Friday 13 November + 5 working days = Friday 20 November.
    rows = {
        "care_episode": """
            child_id    | care_episode_id | period_id | start_date | last_iro_contact_date
            nobody      | 1               | L1        | 2026-11-13 |
            named       | 2               | L2        | 2026-11-13 |
            in contact  | 3               | L3        | 2026-11-13 | 2026-11-16
            old contact | 4               | L4        | 2026-11-13 | 2026-10-01
            reviewed    | 5               | L5        | 2026-10-01 |
            to be named | 6               | L6        | 2026-11-13 |
        """,
        "care_review": "review_id | period_id | held_date\n1 | L5 | 2026-10-20",
        "key_date": """
            child_id    | date_kind               | start_date | done_date
            named       | reviewing officer named | 2026-11-13 | 2026-11-18
            nobody      | reviewing officer named | 2024-01-01 | 2024-01-05
            to be named | reviewing officer named | 2026-11-13 | 2026-11-30
        """,
    }
    assert ask("CLA-R6", "2026-11-20", **rows) == []
    assert said(ask("CLA-R6", "2026-11-21", **rows), *LATE) == [
        ("nobody", "L1", "overdue", "norm", "amber", "2026-11-20", 1),
        ("old contact", "L4", "overdue", "norm", "amber", "2026-11-20", 1),
        ("to be named", "L6", "overdue", "norm", "amber", "2026-11-20", 1),
    ]
