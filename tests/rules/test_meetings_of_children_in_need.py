"""CIN-01, 03, 04, 06, 07, 08: meetings, reviews, minutes and orders of children in need, and who may hold.

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")
D = "2026-11-20"


def key_dates(*rows: str) -> str:
    """Rows of child, kind, start, due, done; each kind's list begins on 5 January with another child."""
    kinds = sorted({row.split("|")[1].strip() for row in rows} | {"planning meeting", "cin review"})
    kinds += ["review minutes", "supervision order review", "not seen alone reported"]
    begins = [f"another | {kind} | | | 2026-01-05" for kind in dict.fromkeys(kinds)]
    return "\n".join(["child_id | date_kind | start_date | due_date | done_date", *begins, *rows])


# CIN-01 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Signed off on Thursday 5 November; + 10 working days = Thursday 19 November.
        pytest.param("2026-11-19", [], id="on the tenth working day there is still time"),
        pytest.param(
            "2026-11-20",
            [("child", "1", "P1", "overdue", "norm", "amber", "2026-11-19", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_a_plan_has_its_first_meeting_within_ten_working_days_of_the_assessment(as_at, expected):
    found = ask(
        "CIN-01",
        as_at,
        cin_plan="child_id | plan_id | episode_id | start_date\n1 | P1 | R1 | 2026-11-09",
        assessment="""
        child_id | assessment_id | episode_id | start_date | authorised_date
        1        | A0            | R0         | 2026-01-05 | 2026-02-02
        1        | A1            | R1         | 2026-09-21 | 2026-11-05
        1        | A2            | R1         | 2026-11-10 | 2026-11-12
    """,
        key_date=key_dates("1 | planning meeting | | | 2026-11-04"),
    )
    assert said(found, *WHOLE) == expected


def test_a_plan_after_a_protection_plan_counts_from_its_end_and_any_other_from_its_own_start():
    found = ask(
        "CIN-01",
        D,
        cin_plan="""
        child_id         | plan_id | start_date
        stepped down     | P1      | 2026-11-05
        long after       | P2      | 2026-11-05
        met              | P3      | 2026-11-05
        reviewed         | P4      | 2026-10-05
        before the list  | P5      | 2025-12-01
    """,
        cp_plan="""
        child_id     | plan_id | start_date | end_date
        stepped down | C1      | 2026-01-05 | 2026-11-04
        long after   | C2      | 2025-01-06 | 2026-08-05
    """,
        key_date=key_dates("met | planning meeting | | | 2026-11-05", "reviewed | cin review | | | 2026-11-02"),
    )  # fmt: skip
    # 4 November + 10 working days = 18 November; 5 November + 10 = 19 November.
    assert said(found, *LATE) == [
        ("before the list", "cannot_tell", None, None),
        ("long after", "overdue", "2026-11-19", 1),
        ("stepped down", "overdue", "2026-11-18", 2),
    ]


# CIN-03 ---------------------------------------------------------------------------------------------------


def test_a_plan_is_reviewed_within_three_months_of_the_last_review_or_of_its_start():
    found = ask(
        "CIN-03",
        D,
        cin_plan="""
        child_id             | plan_id | start_date
        three months today   | P1      | 2026-03-02
        a day more           | P2      | 2026-03-02
        none since the start | P3      | 2026-08-19
        new                  | P4      | 2026-08-20
        before the list      | P5      | 2025-06-02
    """,
        key_date=key_dates(
            "three months today | cin review | | | 2026-08-20",
            "a day more | cin review | | | 2026-08-19",
            "none since the start | cin review | | | 2026-08-18",
        ),
    )
    assert said(found, *WHOLE) == [
        ("child", "a day more", "P2", "overdue", "norm", "amber", "2026-11-19", 1),
        ("child", "before the list", "P5", "cannot_tell", "norm", "amber", None, None),
        ("child", "none since the start", "P3", "overdue", "norm", "amber", "2026-11-19", 1),
    ]


def test_a_review_that_the_childs_own_plan_wants_sooner_is_due_then():
    found = ask(
        "CIN-03",
        D,
        cin_plan="""
        child_id | plan_id | start_date
        sooner   | P1      | 2026-10-05
        later    | P2      | 2026-08-03
        passed   | P3      | 2026-10-05
    """,
        plan_interval="""
        child_id | plan_id | next_review_due
        sooner   |         | 2026-11-18
                 | P2      | 2027-01-05
        passed   | P3      | 2026-10-01
    """,
        key_date=key_dates("passed | cin review | | | 2026-10-06"),
    )
    # The interval: 3 August + 3 months = 3 November.
    assert said(found, *LATE) == [("later", "overdue", "2026-11-03", 17), ("sooner", "overdue", "2026-11-18", 2)]  # fmt: skip


def test_where_a_council_keeps_no_reviews_the_day_that_the_plan_names_stands_alone():
    found = ask(
        "CIN-03",
        D,
        missing=["key_date=cin review"],
        cin_plan="""
        child_id  | plan_id | start_date
        passed    | P1      | 2026-01-05
        ahead     | P2      | 2026-01-05
        not named | P3      | 2026-01-05
    """,
        plan_interval="plan_id | next_review_due\nP1 | 2026-11-19\nP2 | 2026-11-20\nP3 |",
    )
    assert said(found, *LATE) == [
        ("not named", "cannot_tell", None, None),
        ("passed", "overdue", "2026-11-19", 1),
    ]


# CIN-04 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "told", "visits", "expected"),
    [
        # Not seen alone on Thursday 12 November: a manager is told by Saturday 14, a visit by Thursday 19.
        pytest.param("2026-11-14", "", "", [], id="two days later"),
        pytest.param("2026-11-15", "", "", [("overdue", "2026-11-14", 1)], id="three days later"),
        pytest.param("2026-11-15", "2026-11-12", "", [], id="a manager was told"),
        pytest.param("2026-11-15", "2026-11-11", "", [("overdue", "2026-11-14", 1)], id="told of another visit"),
        pytest.param("2026-11-19", "2026-11-12", "", [], id="five working days later"),
        pytest.param("2026-11-20", "2026-11-12", "", [("overdue", "2026-11-19", 1)], id="the day after that"),
        pytest.param("2026-11-20", "", "1 | V2 | 2026-11-18 | Y", [], id="seen alone since"),
        pytest.param("2026-11-20", "", "1 | V2 | 2026-11-12 | Y", [], id="seen alone on the same day"),
        pytest.param("2026-11-20", "", "1 | V2 | 2026-11-13 |", [("cannot_tell", None, None)], id="a later visit that does not say"),
    ],
)  # fmt: skip
def test_a_manager_is_told_in_two_days_and_the_child_visited_again_in_five_working_days(
    as_at, told, visits, expected
):
    rows = [f"1 | not seen alone reported | 2026-11-12 | | {told}"] if told else []
    found = ask(
        "CIN-04",
        as_at,
        child="child_id | dob\n1 | 2015-03-01",
        cin_plan="child_id | plan_id | start_date\n1 | P1 | 2026-06-01",
        cin_visit=f"child_id | visit_id | visit_date | seen_alone\n1 | V1 | 2026-11-12 | N\n{visits}",
        key_date=key_dates(*rows),
    )
    assert said(found, "status", "due_date", "days_over") == expected


def test_a_small_child_need_not_be_seen_alone_and_one_of_unknown_age_cannot_be_told():
    found = ask(
        "CIN-04",
        D,
        child="child_id | dob\nthree | 2022-11-21\nfour | 2022-11-20",
        cin_plan="child_id | plan_id | start_date\nthree | P1 | 2026-06-01\nfour | P2 | 2026-06-01\nno age | P3 | 2026-06-01",
        cin_visit="""
        child_id | visit_id | visit_date | seen_alone
        three    | V1       | 2026-11-02 | N
        four     | V2       | 2026-11-02 | N
        no age   | V3       | 2026-11-02 | N
    """,
        key_date=key_dates(),
    )
    assert said(found, *LATE) == [("four", "overdue", "2026-11-04", 16), ("no age", "cannot_tell", None, None)]  # fmt: skip


# CIN-06 ---------------------------------------------------------------------------------------------------


def test_the_minutes_of_the_last_review_go_out_within_five_working_days():
    children = ("fifth day", "day after", "sent", "awaited", "before the plan")
    found = ask(
        "CIN-06",
        D,
        cin_plan="\n".join(
            ["child_id | plan_id | start_date", *(f"{c} | P {c} | 2026-06-01" for c in children)]
        ),
        key_date=key_dates(
            "fifth day | cin review | | | 2026-11-13",
            "day after | cin review | | | 2026-11-12",
            "sent | cin review | | | 2026-11-02",
            "sent | review minutes | 2026-11-02 | | 2026-11-05",
            "awaited | review minutes | 2026-11-02 | |",
            "before the plan | cin review | | | 2026-05-29",
        ),
    )
    # Thursday 12 November + 5 working days = Thursday 19; Monday 2 November + 5 = Monday 9.
    assert said(found, *LATE) == [
        ("awaited", "overdue", "2026-11-09", 11),
        ("day after", "overdue", "2026-11-19", 1),
    ]


# CIN-07 ---------------------------------------------------------------------------------------------------


def test_a_supervision_order_is_reviewed_in_four_weeks_then_six_monthly_and_before_it_ends():
    found = ask(
        "CIN-07",
        D,
        legal_status="""
        child_id       | legal_status_id | status            | start_date | end_date
        in time        | 1               | Supervision Order | 2026-10-23 |
        late           | 2               | supervision order | 2026-10-22 |
        no such order  | 3               | C1                | 2026-01-05 |
        ended          | 4               | Supervision order | 2025-11-03 | 2026-11-20
        six months     | 5               | Supervision order | 2026-01-05 |
        ends soon      | 6               | Supervision order | 2026-01-05 | 2026-12-19
        reviewed first | 7               | Supervision order | 2026-01-05 | 2026-12-19
    """,
        key_date=key_dates(
            "kept as a date | supervision order | 2026-10-22 | |",
            "six months | supervision order review | | | 2026-05-19",
            "ends soon | supervision order review | | | 2026-10-18",
            "reviewed first | supervision order review | | | 2026-10-19",
        ),
    )
    # 22 October + 28 days = 19 November; 19 May + 6 months = 19 November; an order that ends on 19 December
    # has a review from 19 October to 19 November.
    assert said(found, *WHOLE) == [
        ("child", "ends soon", "2026-01-05", "overdue", "local", "amber", "2026-11-19", 1),
        ("child", "kept as a date", "2026-10-22", "overdue", "local", "amber", "2026-11-19", 1),
        ("child", "late", "2026-10-22", "overdue", "local", "amber", "2026-11-19", 1),
        ("child", "six months", "2026-01-05", "overdue", "local", "amber", "2026-11-19", 1),
    ]


# CIN-08 ---------------------------------------------------------------------------------------------------

HELD = {
    "worker": """
        worker_id | staff_number | name | title                 | swe_number
        SW        | S1           | Ann  | Social Worker         | SW123
        HR        | S2           | Ben  | Social Worker         |
        OUT       | S3           | Cat  | Social Worker         | SW456
        LP        | S4           | Dan  | family support worker |
        NONE      | S5           | Eve  | Social Worker         |
    """,
    "establishment": """
        staff_number | swe_number | registration_ends
        S2           | SW789      | 2026-11-21
        S3           | SW456      | 2026-11-20
    """,
    "involvement": "\n".join(
        [
            "child_id | involvement_id | worker_id | role | start_date",
            *(f"{w} | I {w} | {w} | CW | 2026-06-01" for w in ("SW", "HR", "OUT", "LP", "NONE")),
        ]
    ),
}


def test_a_protection_plan_is_led_by_a_registered_social_worker():
    plans = "\n".join(
        ["child_id | plan_id | start_date"]
        + [f"{w} | P {w} | 2026-06-01" for w in ("SW", "HR", "OUT", "LP", "NONE")]
    )
    found = ask("CIN-08", D, cp_plan=plans, **HELD)
    assert said(found, "subject_id", "status", "kind", "severity", "worker_id") == [
        ("LP", "breach", "guidance", "red", "LP"),
        ("NONE", "cannot_tell", "guidance", "red", "NONE"),
        ("OUT", "breach", "guidance", "red", "OUT"),
    ]


def test_so_is_an_open_enquiry_but_a_child_in_need_plan_may_be_led_by_somebody_else():
    enquiry = "child_id | enquiry_id | start_date | end_date\nLP | S1 | 2026-11-16 |"
    assert said(ask("CIN-08", D, enquiry=enquiry, **HELD), "subject_id", "status") == [("LP", "breach")]
    plan = "child_id | plan_id | start_date\nLP | P1 | 2026-06-01"
    assert ask("CIN-08", D, cin_plan=plan, **HELD) == []


def test_where_no_file_tells_of_registration_it_cannot_be_judged():
    found = evaluation(
        D,
        rules=["CIN-08"],
        missing=["worker.swe_number", "establishment.swe_number"],
        cp_plan="child_id | plan_id | start_date\nNONE | P1 | 2026-06-01",
        **HELD,
    ).findings.to_pylist()
    assert said(found, "subject_kind", "status") == [("council", "cannot_tell")]
