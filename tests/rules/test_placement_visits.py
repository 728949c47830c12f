"""CLA-V1: is every looked-after child visited in the first week of a placement, and who is looked after?

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


# CLA-V1: the first week -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 13 November + 7 days = 20 November 2026.
        pytest.param("2026-11-20", [], id="the seventh day is still in time"),
        pytest.param(
            "2026-11-21",
            [("CLA-V1", "child", "not visited", "P1", "overdue", "statute", "red", "2026-11-20", 1)],
            id="the day after it is late",
        ),
    ],
)
def test_a_child_is_visited_within_a_week_of_the_start_of_a_placement(as_at, expected):
    found = visits_asked(
        as_at,
        care_episode=in_care("not visited", "visited", "a day newer"),
        placement="""
        child_id    | placement_id | start_date | placement_type
        not visited | P1           | 2026-11-13 | U5
        visited     | P2           | 2026-11-13 | U5
        a day newer | P3           | 2026-11-14 | U5
    """,
        care_visit="""
        child_id    | visit_id | visit_date | seen
        visited     | V2       | 2026-11-20 | Y
    """,
    )
    assert said(found, *WHOLE) == expected


def test_only_a_visit_since_the_start_at_which_the_child_was_seen_makes_the_first_week_good():
    who = (
        "on the start",
        "day before",
        "not seen",
        "not said",
        "not said long ago",
        "tomorrow",
        "in need visit",
    )
    found = visits_asked(
        "2026-11-21",
        care_episode=in_care(*who),
        placement="\n".join(
            [
                "child_id | placement_id | start_date | placement_type",
                *(f"{c} | P {c} | 2026-10-01 | U5" for c in who),
            ]
        ),
        care_visit="""
        child_id          | period_id | visit_id | visit_date | seen
        on the start      |           | V1       | 2026-10-01 | Y
        on the start      | elsewhere | V2       | 2026-11-01 | Y
        day before        |           | V3       | 2026-09-30 | Y
        not seen          |           | V4       | 2026-11-20 | N
        not said          |           | V5       | 2026-10-10 |
        not said long ago |           | V6       | 2026-10-09 |
        tomorrow          |           | V7       | 2026-11-22 | Y
    """,
        cin_visit="""
        child_id          | visit_id | visit_date | seen
        in need visit     | V8       | 2026-11-20 | Y
    """,
    )
    # 1 October + 7 = 8 October, 23 + 21 = 44 days before.  10 October + 42 = 21 November: if the child was
    # seen then, no visit is late; 9 October + 42 = 20 November: late all the same.
    assert said(found, *LATE) == [
        ("CLA-V1", "day before", "overdue", "2026-10-08", 44),
        ("CLA-V1", "in need visit", "overdue", "2026-10-08", 44),
        ("CLA-V1", "not said", "cannot_tell", None, None),
        ("CLA-V1", "not said long ago", "overdue", "2026-10-08", 44),
        ("CLA-V1", "not seen", "overdue", "2026-10-08", 44),
        ("CLA-V1", "tomorrow", "overdue", "2026-10-08", 44),
    ]


def test_every_move_starts_the_first_week_again_but_a_new_row_for_the_same_provider_is_no_move():
    found = visits_asked(
        "2026-11-21",
        care_episode=in_care(
            "same provider",
            "three rows",
            "other provider",
            "a day between",
            "no provider",
            "all X",
            "all nines",
            "respite inside",
            "overlapping",
        ),
        placement="""
        child_id       | placement_id | provider_number | start_date | end_date   | placement_type
        same provider  | A1           | SC100           | 2026-09-01 | 2026-11-01 | U5
        same provider  | A2           | SC100           | 2026-11-01 |            | U5
        three rows     | B1           | SC100           | 2026-08-01 | 2026-09-01 | U5
        three rows     | B2           | SC100           | 2026-09-01 | 2026-11-01 | U5
        three rows     | B3           | SC100           | 2026-11-01 |            | U5
        other provider | C1           | SC100           | 2026-09-01 | 2026-11-01 | U5
        other provider | C2           | SC200           | 2026-11-01 |            | U5
        a day between  | D1           | SC100           | 2026-09-01 | 2026-10-31 | U5
        a day between  | D2           | SC100           | 2026-11-01 |            | U5
        no provider    | E1           |                 | 2026-09-01 | 2026-11-01 | U5
        no provider    | E2           |                 | 2026-11-01 |            | U5
        all X          | F1           | XXXXXXX         | 2026-09-01 | 2026-11-01 | U5
        all X          | F2           | XXXXXXX         | 2026-11-01 |            | U5
        all nines      | G1           | 9999999         | 2026-09-01 | 2026-11-01 | U5
        all nines      | G2           | 9999999         | 2026-11-01 |            | U5
        respite inside | H1           | SC100           | 2026-09-01 | 2026-11-01 | U5
        respite inside | H2           | SC200           | 2026-10-25 | 2026-11-01 | T3
        respite inside | H3           | SC100           | 2026-11-01 |            | U5
        overlapping    | I1           | SC100           | 2026-09-01 | 2026-11-05 | U5
        overlapping    | I2           | SC100           | 2026-11-01 |            | U5
    """,
        care_visit="""
        child_id       | visit_id | visit_date | seen
        same provider  | V1       | 2026-10-09 | Y
        three rows     | V2       | 2026-08-21 | Y
        other provider | V3       | 2026-10-09 | Y
        a day between  | V4       | 2026-10-09 | Y
        no provider    | V5       | 2026-10-09 | Y
        all X          | V6       | 2026-10-09 | Y
        all nines      | V7       | 2026-10-09 | Y
        respite inside | V8       | 2026-10-09 | Y
        overlapping    | V9       | 2026-10-09 | Y
    """,
    )
    # 1 November + 7 = 8 November.  Where the rows are one placement the last visit counts:
    # 9 October + 42 = 20 November; 21 August + 42 = 2 October, 29 + 21 = 50 days before.
    assert said(found, "rule_id", "record_id", "due_date", "days_over") == [
        ("CLA-V1", "C2", "2026-11-08", 13),
        ("CLA-V1", "D2", "2026-11-08", 13),
        ("CLA-V1", "E2", "2026-11-08", 13),
        ("CLA-V1", "F2", "2026-11-08", 13),
        ("CLA-V1", "G2", "2026-11-08", 13),
        ("CLA-V1", "I2", "2026-11-08", 13),
        ("CLA-V2", "A2", "2026-11-20", 1),
        ("CLA-V2", "B3", "2026-10-02", 50),
        ("CLA-V2", "H3", "2026-11-20", 1),
    ]


def test_the_placement_that_began_last_is_the_current_one_a_temporary_one_too():
    found = visits_asked(
        "2026-11-21",
        care_episode=in_care(
            "on respite",
            "back from respite",
            "moves tomorrow",
            "no placement",
            "ends tomorrow",
        ),
        placement="""
        child_id          | placement_id | start_date | end_date   | placement_type
        on respite        | A1           | 2026-01-01 |            | U5
        on respite        | A2           | 2026-11-13 |            | T3
        back from respite | B1           | 2026-11-01 |            | U5
        back from respite | B2           | 2026-11-13 | 2026-11-21 | T3
        moves tomorrow    | C1           | 2026-11-01 | 2026-11-22 | U5
        moves tomorrow    | C2           | 2026-11-22 |            | U5
        no placement      | D1           | 2026-11-01 | 2026-11-21 | U5
        ends tomorrow     | E1           | 2026-11-13 | 2026-11-22 | U5
    """,
        care_visit="""
        child_id          | visit_id | visit_date | seen
        on respite        | V1       | 2026-11-12 | Y
        back from respite | V2       | 2026-11-03 | Y
        moves tomorrow    | V3       | 2026-11-03 | Y
    """,
    )
    assert said(found, "rule_id", "record_id", "due_date") == [
        ("CLA-V1", "A2", "2026-11-20"),
        ("CLA-V1", "E1", "2026-11-20"),
    ]


# Who is looked after --------------------------------------------------------------------------------------


def test_visits_are_asked_of_children_in_an_open_period_of_care_that_is_not_one_of_short_breaks():
    who = (
        "left care",
        "moved on",
        "leaves tomorrow",
        "latest row ended",
        "short breaks",
        "order after breaks",
        "breaks after order",
        "breaks ended",
        "breaks tomorrow",
        "grown up",
        "died",
        "not in care",
    )
    found = visits_asked(
        "2026-11-21",
        child="""
        child_id           | dob        | death_date
        grown up           | 2000-01-01 |
        died               | 2020-01-01 | 2026-11-21
    """,
        care_episode="""
        child_id           | care_episode_id | period_id | start_date | end_date   | end_reason
        left care          | E1              | K1        | 2026-01-01 | 2026-11-21 | E4A
        moved on           | E2              | K2        | 2026-01-01 | 2026-11-13 | X1
        leaves tomorrow    | E3              | K3        | 2026-01-01 | 2026-11-22 | E4A
        latest row ended   | E4              | K4        | 2026-01-01 |            |
        latest row ended   | E5              | K4        | 2026-05-01 | 2026-11-14 | E4A
        short breaks       | E6              | K6        | 2026-01-01 |            |
        order after breaks | E7              | K7        | 2026-01-01 |            |
        breaks after order | E8              | K8        | 2026-01-01 |            |
        breaks ended       | E9              | K9        | 2026-01-01 |            |
        breaks tomorrow    | E10             | K10       | 2026-01-01 |            |
        grown up           | E11             | K11       | 2026-01-01 |            |
        died               | E12             | K12       | 2026-01-01 |            |
    """,
        legal_status="""
        child_id           | legal_status_id | status | start_date | end_date
        short breaks       | L6              | V4     | 2026-01-01 |
        order after breaks | L7a             | V3     | 2026-01-01 |
        order after breaks | L7b             | C2     | 2026-05-01 |
        breaks after order | L8a             | C2     | 2026-01-01 |
        breaks after order | L8b             | V3     | 2026-05-01 |
        breaks ended       | L9a             | C2     | 2026-01-01 |
        breaks ended       | L9b             | V4     | 2026-05-01 | 2026-11-21
        breaks tomorrow    | L10a            | C2     | 2026-01-01 |
        breaks tomorrow    | L10b            | V4     | 2026-11-22 |
    """,
        placement="\n".join(
            [
                "child_id | placement_id | start_date | placement_type",
                *(f"{c} | P {c} | 2026-11-13 | U5" for c in who),
            ]
        ),
    )
    assert said(found, "subject_id", "rule_id") == [
        ("breaks ended", "CLA-V1"),
        ("breaks tomorrow", "CLA-V1"),
        ("grown up", "CLA-V1"),
        ("leaves tomorrow", "CLA-V1"),
        ("moved on", "CLA-V1"),
        ("order after breaks", "CLA-V1"),
    ]


def test_an_impossible_placement_cannot_be_told_and_another_may_be_the_current_one():
    found = visits_asked(
        "2026-11-21",
        care_episode=in_care("reversed", "never began", "has another"),
        placement="""
        child_id     | placement_id | provider_number | start_date | end_date   | placement_type
        reversed     | P1           | SC1             | 2026-11-13 | 2026-11-12 | U5
        never began  | P2           | SC1             |            |            | U5
        only ended   | P3           | SC1             |            | 2026-11-01 | U5
        not in care  | P4           | SC1             | 2026-11-13 | 2026-11-12 | U5
        has another  | P5           | SC1             | 2026-11-15 | 2026-11-12 | U5
        has another  | P6           | SC1             | 2026-11-12 |            | U5
    """,
    )
    # 12 November + 7 = 19 November.
    assert said(found, "rule_id", "record_id", "status", "due_date", "days_over") == [
        ("CLA-V1", "P1", "cannot_tell", None, None),
        ("CLA-V1", "P2", "cannot_tell", None, None),
        ("CLA-V1", "P4", "cannot_tell", None, None),
        ("CLA-V1", "P5", "cannot_tell", None, None),
        ("CLA-V1", "P6", "overdue", "2026-11-19", 2),
    ]
