"""CP-03 and CP-04: is every protection plan reviewed in time?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "record_id", "status", "due_date", "days_over")


# CP-03: the first review ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 20 August + 3 months = 20 November 2026.
        pytest.param("2026-11-20", [], id="the day three months on is still in time"),
        pytest.param(
            "2026-11-21",
            [("child", "not reviewed", "P1", "overdue", "guidance", "red", "2026-11-20", 1)],
            id="the day after it is late",
        ),
    ],
)
def test_a_new_plan_is_reviewed_within_three_months(as_at, expected):
    found = ask(
        "CP-03",
        as_at,
        cp_plan="""
        child_id     | plan_id | start_date
        not reviewed | P1      | 2026-08-20
        reviewed     | P2      | 2026-08-20
        a day newer  | P3      | 2026-08-21
    """,
        cp_review="""
        child_id     | plan_id | review_id | held_date
        reviewed     | P2      | R2        | 2026-11-20
    """,
    )
    assert said(found, *WHOLE) == expected


def test_the_three_months_run_from_the_conference_that_the_plan_names_and_else_from_its_start():
    # 10 August + 3 months = 10 November, 11 days before 21 November; 20 August + 3 months = 20 November.
    found = ask(
        "CP-03",
        "2026-11-21",
        cp_plan="""
        child_id               | plan_id | conference_id | start_date
        conference before      | P1      | I1            | 2026-08-20
        conference after       | P2      | I2            | 2026-08-10
        conference not held    | P3      | I3            | 2026-08-20
        conference not given   | P4      | I99           | 2026-08-20
        names no conference    | P5      |               | 2026-08-20
        conference tomorrow    | P6      | I6            | 2026-08-20
    """,
        conference="""
        child_id               | conference_id | held_date
        conference before      | I1            | 2026-08-10
        conference after       | I2            | 2026-08-20
        conference not held    | I3            |
        another child          | I4            | 2026-08-10
        conference tomorrow    | I6            | 2026-11-22
    """,
    )
    assert said(found, *LATE) == [
        ("conference after", "P2", "overdue", "2026-11-20", 1),
        ("conference before", "P1", "overdue", "2026-11-10", 11),
        ("conference not given", "P4", "overdue", "2026-11-20", 1),
        ("conference not held", "P3", "overdue", "2026-11-20", 1),
        ("conference tomorrow", "P6", "overdue", "2026-11-20", 1),
        ("names no conference", "P5", "overdue", "2026-11-20", 1),
    ]


def test_a_recorded_due_date_brings_the_first_review_forward_and_never_puts_it_off():
    # 20 September + 3 months = 20 December 2026, not yet reached.
    found = ask(
        "CP-03",
        "2026-11-21",
        cp_plan="""
        child_id          | plan_id | start_date
        recorded earlier  | P1      | 2026-09-20
        earliest of two   | P2      | 2026-09-20
        recorded later    | P3      | 2026-08-20
        recorded today    | P4      | 2026-09-20
        held tomorrow     | P5      | 2026-09-20
        other plan's date | P6      | 2026-09-20
        nothing recorded  | P7      | 2026-09-20
    """,
        cp_review="""
        child_id          | plan_id | review_id | due_date   | held_date
        recorded earlier  | P1      | R1        | 2026-11-20 |
        earliest of two   | P2      | R2        | 2026-11-18 |
        earliest of two   | P2      | R3        | 2026-11-01 |
        recorded later    | P3      | R4        | 2027-01-05 |
        recorded today    | P4      | R5        | 2026-11-21 |
        held tomorrow     | P5      | R6        | 2026-11-10 | 2026-11-22
        other plan's date | P99     | R7        | 2026-11-01 |
        nothing recorded  | P7      | R8        |            |
    """,
    )
    # A review held tomorrow does not exist yet, so its due date is that of a review not held.
    assert said(found, *LATE) == [
        ("earliest of two", "P2", "overdue", "2026-11-01", 20),
        ("held tomorrow", "P5", "overdue", "2026-11-10", 11),
        ("recorded earlier", "P1", "overdue", "2026-11-20", 1),
        ("recorded later", "P3", "overdue", "2026-11-20", 1),
    ]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 30 November 2027 + 3 months: February 2028 has 29 days.
        pytest.param("2028-02-29", [("from 28 November", "2028-02-28", 1)], id="the leap day is in time"),
        pytest.param(
            "2028-03-01",
            [
                ("from 28 November", "2028-02-28", 2),
                ("from 29 November", "2028-02-29", 1),
                ("from 30 November", "2028-02-29", 1),
            ],
            id="1 March is late",
        ),
    ],
)
def test_three_months_from_the_end_of_november_end_with_february(as_at, expected):
    found = ask(
        "CP-03",
        as_at,
        cp_plan="""
        child_id         | plan_id | start_date
        from 28 November | P1      | 2027-11-28
        from 29 November | P2      | 2027-11-29
        from 30 November | P3      | 2027-11-30
        from 1 December  | P4      | 2027-12-01
    """,
    )
    assert said(found, "subject_id", "due_date", "days_over") == expected


@pytest.mark.parametrize("rule_id", ["CP-03", "CP-04"])
def test_reviews_are_asked_of_open_plans_of_our_own_whatever_the_age(rule_id):
    # Late either way on 21 November: 1 February + 3 months = 1 May; 1 May + 6 months = 1 November.
    held = "2026-05-01" if rule_id == "CP-04" else ""
    found = ask(
        rule_id,
        "2026-11-21",
        child="""
        child_id        | dob        | expected_dob | death_date
        grown up        | 2000-01-01 |              |
        unborn          |            | 2027-01-10   |
        died            | 2020-01-01 |              | 2026-11-01
    """,
        cp_plan="""
        child_id        | plan_id | start_date | end_date   | other_council
        ends tomorrow   | P1      | 2026-02-01 | 2026-11-22 | N
        ended today     | P2      | 2026-02-01 | 2026-11-21 |
        other council's | P3      | 2026-02-01 |            | Y
        impossible      | P4      | 2026-02-01 | 2026-01-31 |
        grown up        | P5      | 2026-02-01 |            |
        unborn          | P6      | 2026-02-01 |            |
        died            | P7      | 2026-02-01 |            |
    """,
        cp_review="\n".join(
            [
                "plan_id | review_id | held_date",
                *(f"P{n} | R{n} | {held}" for n in range(1, 8)),
            ]
        ),
    )
    assert said(found, "record_id", "status") == [("P1", "overdue"), ("P5", "overdue"), ("P6", "overdue")]


# CP-04: later reviews -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 20 May + 6 months = 20 November 2026.
        pytest.param("2026-11-20", [], id="the day six months on is still in time"),
        pytest.param(
            "2026-11-21",
            [("child", "reviewed once", "P1", "overdue", "guidance", "red", "2026-11-20", 1)],
            id="the day after it is late",
        ),
    ],
)
def test_a_reviewed_plan_is_reviewed_again_within_six_months_of_the_last_review(as_at, expected):
    found = ask(
        "CP-04",
        as_at,
        cp_plan="""
        child_id       | plan_id | start_date
        reviewed once  | P1      | 2026-03-01
        reviewed twice | P2      | 2026-03-01
        never reviewed | P3      | 2026-03-01
    """,
        cp_review="""
        child_id       | plan_id | review_id | held_date
        reviewed once  | P1      | R1        | 2026-05-20
        reviewed twice | P2      | R2        | 2026-05-20
        reviewed twice | P2      | R3        | 2026-05-21
        never reviewed | P3      | R4        |
    """,
    )
    assert said(found, *WHOLE) == expected


def test_reviews_belong_to_the_plan_they_name_whatever_their_date():
    tables = {
        "cp_plan": """
            child_id               | plan_id | start_date
            reviewed before start  | P1      | 2026-08-01
            other plan's review    | P2      | 2026-08-01
            reviewed tomorrow      | P3      | 2026-08-01
            names plan, not child  | P4      | 2026-08-01
        """,
        "cp_review": """
            child_id               | plan_id | review_id | held_date
            reviewed before start  | P1      | R1        | 2026-05-20
            other plan's review    | P99     | R2        | 2026-11-01
            reviewed tomorrow      | P3      | R3        | 2026-11-22
                                   | P4      | R4        | 2026-11-01
        """,
    }
    # A first review was due on 1 August + 3 months = 1 November, 20 days before 21 November.
    assert said(ask("CP-03", "2026-11-21", **tables), "record_id", "due_date", "days_over") == [
        ("P2", "2026-11-01", 20),
        ("P3", "2026-11-01", 20),
    ]
    # After a review on 20 May, before the plan began, the next was due on 20 November.
    assert said(ask("CP-04", "2026-11-21", **tables), "record_id", "due_date", "days_over") == [
        ("P1", "2026-11-20", 1),
    ]


def test_a_due_date_recorded_after_the_last_review_brings_the_next_forward_and_never_puts_it_off():
    found = ask(
        "CP-04",
        "2026-11-21",
        cp_plan="""
        child_id           | plan_id | start_date
        recorded earlier   | P1      | 2026-03-01
        before the last    | P2      | 2026-03-01
        on the last        | P3      | 2026-03-01
        day after the last | P4      | 2026-03-01
        recorded later     | P5      | 2026-03-01
        held at that date  | P6      | 2026-03-01
        earliest of two    | P7      | 2026-03-01
    """,
        cp_review="""
        child_id           | plan_id | review_id | due_date   | held_date
        recorded earlier   | P1      | R1        |            | 2026-06-20
        recorded earlier   | P1      | R2        | 2026-10-20 |
        before the last    | P2      | R3        |            | 2026-06-20
        before the last    | P2      | R4        | 2026-06-01 |
        on the last        | P3      | R5        |            | 2026-06-20
        on the last        | P3      | R6        | 2026-06-20 |
        day after the last | P4      | R7        |            | 2026-06-20
        day after the last | P4      | R8        | 2026-06-21 |
        recorded later     | P5      | R9        |            | 2026-05-20
        recorded later     | P5      | R10       | 2027-05-01 |
        held at that date  | P6      | R11       | 2026-06-21 | 2026-06-20
        earliest of two    | P7      | R12       |            | 2026-06-20
        earliest of two    | P7      | R13       | 2026-06-01 |
        earliest of two    | P7      | R14       | 2026-11-19 |
        earliest of two    | P7      | R15       | 2026-11-12 |
    """,
    )
    # From 20 June the next is due on 20 December; from 20 May on 20 November.
    # 20 October to 21 November = 11 + 21 = 32 days.  21 June to 21 November = 9 + 31 + 31 + 30 + 31 + 21 = 153.
    assert said(found, *LATE) == [
        ("day after the last", "P4", "overdue", "2026-06-21", 153),
        ("earliest of two", "P7", "overdue", "2026-11-12", 9),
        ("recorded earlier", "P1", "overdue", "2026-10-20", 32),
        ("recorded later", "P5", "overdue", "2026-11-20", 1),
    ]


def test_six_months_from_the_end_of_august_end_with_february():
    # 29, 30 and 31 August 2026 + 6 months = 28 February 2027, which has no 29th; 1 September + 6 = 1 March.
    found = ask(
        "CP-04",
        "2027-03-01",
        cp_plan="""
        child_id | plan_id | start_date
        a        | P28     | 2026-06-01
        b        | P29     | 2026-06-01
        c        | P31     | 2026-06-01
        d        | P1      | 2026-06-01
    """,
        cp_review="""
        plan_id | review_id | held_date
        P28     | R28       | 2026-08-28
        P29     | R29       | 2026-08-29
        P31     | R31       | 2026-08-31
        P1      | R1        | 2026-09-01
    """,
    )
    assert said(found, "record_id", "due_date", "days_over") == [
        ("P28", "2027-02-28", 1),
        ("P29", "2027-02-28", 1),
        ("P31", "2027-02-28", 1),
    ]
