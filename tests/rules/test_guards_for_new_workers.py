"""What somebody new should not hold alone, and who may decide otherwise."""

from __future__ import annotations

import pytest
from tests.rules.new_worker import D, found, held
from tests.small_council import ask, said

COURT = """
    child_id | legal_status_id | status | start_date
    1        | 1               | C1     | 2026-09-01
    2        | 2               | C1     | 2026-09-01
    3        | 3               | C1     | 2026-09-01
    4        | 4               | C2     | 2026-09-01
    5        | 5               | C1     | 2026-09-01
"""


def test_court_work_is_not_held_alone_in_the_first_year():
    # 1: alone in the programme.  2: with a co-worker of eleven years.  3: led by that worker.  4: a full
    # order, so no proceedings.  5: qualified in December 2025, not in a programme, and alone.
    rows = """
        1 | N1 | CW
        2 | N1 | CW
        2 | E1 | CO-WORKER
        3 | E1 | CW
        4 | N1 | CW
        5 | N2 | CW
    """
    columns = ("subject_id", "status", "kind", "severity", "worker_id")
    assert found("NQ-08", rows, *columns, legal_status=COURT) == [
        ("1", "breach", "norm", "red", "N1"),
        ("5", "breach", "norm", "red", "N2"),
    ]


@pytest.mark.parametrize(
    ("qualified", "alarm"),
    [("2025-11-21", True), ("2025-11-20", False), ("2026-11-21", False), ("", False)],
    ids=["a day short of a year", "a year today", "qualifies tomorrow", "unknown"],
)
def test_the_first_year_ends_on_its_anniversary_and_an_unknown_date_is_not_held_against_anybody(
    qualified, alarm
):
    hr = f"staff_number | qualified_date\nN1 | {qualified}"
    rows = found("NQ-08", "1 | N1 | CW", "subject_id", legal_status=COURT, establishment=hr)
    assert rows == ([("1",)] if alarm else [])


@pytest.mark.parametrize(
    ("table", "rows", "work"),
    [
        (
            "pre_proceedings",
            "child_id | pre_proceedings_id | decision_date\n1 | P | 2026-10-01",
            "pre-proceedings",
        ),
        (
            "key_date",
            "child_id | date_kind | start_date\n1 | Care proceedings | 2026-10-01",
            "care proceedings",
        ),
    ],
)
def test_court_work_is_also_known_from_the_council_s_own_lists(table, rows, work):
    finding = ask("NQ-08", D, **held("1 | N1 | CW", **{table: rows}))
    assert [(f["evidence"]["work"], f["evidence"]["since"]) for f in finding] == [(work, "2026-10-01")]


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        (
            "pre_proceedings",
            "child_id | pre_proceedings_id | decision_date | end_date\n1 | P | 2026-10-01 | 2026-11-20",
        ),
        (
            "key_date",
            "child_id | date_kind | start_date | done_date\n1 | care proceedings | 2026-01-01 | 2026-11-20",
        ),
        ("key_date", "child_id | date_kind | start_date\n1 | care proceedings | 2026-11-21"),
    ],
)
def test_court_work_that_is_over_or_to_come_breaches_no_guard(table, rows):
    assert found("NQ-08", "1 | N1 | CW", "subject_id", **{table: rows}) == []


def test_a_co_worker_helps_only_when_present_named_somebody_else_and_experienced():
    rows = """
        new     | N1 | CW
        new     | N2 | CO-WORKER
        self    | N1 | CW
        self    | N1 | CO-WORKER
        away    | N1 | CW
        away    | E1 | CO-WORKER
        unknown | N1 | CW
        unknown | E2 | CO-WORKER
    """
    hr = """
        staff_number | programme_start | qualified_date | absent_from
        N1           | 2026-06-01      |                |
        N2           |                 | 2025-12-01     |
        E1           |                 | 2015-05-01     | 2026-11-01
    """
    orders = "\n".join(
        [
            "child_id | legal_status_id | status | start_date",
            *(f"{c} | {c} | C1 | 2026-09-01" for c in ("new", "self", "away", "unknown")),
        ]
    )
    assert found("NQ-08", rows, "subject_id", legal_status=orders, establishment=hr) == [
        ("away",),
        ("new",),
        ("self",),
    ]


ENQUIRIES = """
    child_id | enquiry_id | start_date | end_date
    1        | S1         | 2026-11-10 |
    2        | S2         | 2026-11-10 |
    3        | S3         | 2026-11-10 |
    4        | S4         | 2026-10-10 | 2026-11-01
"""
FOUND_19B = {
    "assessment": "child_id | assessment_id | start_date | authorised_date\n3 | A3 | 2026-02-01 | 2026-03-01",
    "assessment_factor": 'assessment_id | factor_row_id | factors\nA3 | F3 | ["4B", "19B"]',
}


def test_an_enquiry_is_led_with_an_experienced_co_worker_and_one_of_sexual_abuse_not_at_all():
    # 1: alone.  2: with a co-worker.  3: with a co-worker, but sexual abuse was found.  4: ended.
    rows = """
        1 | N1 | CW
        2 | N1 | CW
        2 | E1 | CO-WORKER
        3 | N1 | CW
        3 | E1 | CO-WORKER
        4 | N1 | CW
    """
    result = ask("NQ-09", D, **held(rows, enquiry=ENQUIRIES, **FOUND_19B))
    assert said(result, "subject_id", "record_id", "severity") == [("1", "S1", "amber"), ("3", "S3", "red")]
    assert {f["subject_id"]: f["evidence"]["would_put_right"] for f in result} == {
        "1": "a co-worker with 12 months or more since qualifying",
        "3": "a lead worker with 12 months or more since qualifying",
    }


PLACED = {
    "care_episode": "child_id | care_episode_id | period_id | start_date\n1 | E1 | L1 | 2026-08-01",
    "placement": """
        placement_id | child_id | period_id | start_date | provider_number | placement_type
        1            | 1        | L1        | 2026-09-01 | SC001           | U6
    """,
}


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            {**PLACED, "placement_check": "child_id | check_date | registered\n1 | 2026-09-02 | N"},
            [("unregistered placement", "red")],
        ),
        ({**PLACED, "placement_check": "child_id | check_date | registered\n1 | 2026-09-02 | Y"}, []),
        (
            {
                **PLACED,
                "placement_check": "child_id | check_date | registered\n1 | 2026-09-02 | N\n1 | 2026-10-02 | Y",
            },
            [],
        ),
        ({**PLACED, "placement_check": "child_id | check_date | registered\n1 | 2026-08-30 | N"}, []),
        (
            {"liberty_order": "child_id | start_date\n1 | 2026-10-01"},
            [("deprivation of liberty", "red")],
        ),
        ({"liberty_order": "child_id | start_date | end_date\n1 | 2026-10-01 | 2026-11-20"}, []),
        (
            {"key_date": "child_id | date_kind | start_date\n1 | fabricated illness | 2026-10-01"},
            [("fabricated illness", "amber")],
        ),
        (
            {
                "key_date": "child_id | date_kind | done_date\n1 | earlier child removed | 2021-10-01",
                "child": "child_id | dob | expected_dob\n1 | | 2027-01-01",
            },
            [("unborn, an earlier child removed", "amber")],
        ),
        ({"key_date": "child_id | date_kind | done_date\n1 | earlier child removed | 2021-10-01"}, []),
        (
            {
                "assessment": "child_id | assessment_id | start_date | authorised_date\n1 | A | 2026-02-01 | 2026-03-01",
                "assessment_factor": 'assessment_id | factor_row_id | factors\nA | F | {"24A": "Yes"}',
                "missing_episode": "child_id | missing_id | start_date | end_date\n1 | M | 2026-10-01 | 2026-10-02",
            },
            [("complex exploitation", "amber")],
        ),
        (
            {
                "assessment": "child_id | assessment_id | start_date | authorised_date\n1 | A | 2026-02-01 | 2026-03-01",
                "assessment_factor": 'assessment_id | factor_row_id | factors\nA | F | ["24A"]',
            },
            [],
        ),
    ],
)
def test_high_risk_work_is_not_held_alone_in_the_first_year(tables, expected):
    result = ask("NQ-10", D, **held("1 | N1 | CW", **tables))
    assert [(f["evidence"]["work"], f["severity"]) for f in result] == expected
    helped = "1 | N1 | CW\n1 | E1 | CO-WORKER"
    assert found("NQ-10", helped, "subject_id", **tables) == []


REGISTERED = """
    staff_number | swe_number | registered_from | registration_ends
    N1           | SW1        | 2020-01-01      | 2026-11-20
    N2           | SW2        | 2020-01-01      | 2026-11-19
    E1           |            |                 |
    E2           | SW4        | 2026-11-21      |
"""


def test_a_protection_plan_is_led_by_somebody_whose_registration_is_recorded_and_runs():
    rows = "1 | N1 | CW\n2 | N2 | CW\n3 | E1 | CW\n4 | E2 | CW"
    plans = "\n".join(["child_id | plan_id | start_date", *(f"{c} | P{c} | 2026-09-01" for c in "1234")])
    result = ask("NQ-13", D, **held(rows, cp_plan=plans, establishment=REGISTERED))
    assert sorted((f["subject_id"], f["severity"], f["evidence"]["why"]) for f in result) == [
        ("2", "red", "registration has run out"),
        ("3", "red", "no registration recorded"),
        ("4", "red", "not registered yet"),
    ]


def test_a_student_leads_no_enquiry_but_may_hold_a_child_in_need():
    workers = "worker_id | staff_number | name | title\nN1 | N1 | Ann Reed | student social worker"
    enquiry = "child_id | enquiry_id | start_date\n1 | S1 | 2026-11-10"
    rows = found("NQ-13", "1 | N1 | CW\n2 | N1 | CW", "subject_id", worker=workers, enquiry=enquiry)
    assert rows == [("1",)]


PLAN = "child_id | plan_id | start_date\n1 | P1 | 2026-09-01"
OVERRIDE = "child_id | guard | worker_id | manager_id | reason_recorded | decided_on | review_by\n"


@pytest.mark.parametrize(
    ("override", "severity", "fault"),
    [
        # Decided on 1 November: four weeks are up on the 29th.
        ("1 | NQ-07 | N1 | M1 | Y | 2026-11-01 | 2026-11-29", "note", None),
        ("1 | nq-07 |    | M1 | Y | 2026-11-01 | 2026-11-20", "note", None),
        ("1 | NQ-07 | N1 | M1 | Y | 2026-11-01 | 2026-11-19", "red", "past"),
        ("1 | NQ-07 | N1 | M1 | Y | 2026-11-01 | 2026-11-30", "red", "review date too far off"),
        ("1 | NQ-07 | N1 | M1 | Y | 2026-11-01 |", "red", "no review date"),
        ("1 | NQ-07 | N1 | M1 |   | 2026-11-01 | 2026-11-25", "red", "no reason recorded"),
        ("1 | NQ-07 | N1 |    | Y | 2026-11-01 | 2026-11-25", "red", "no manager named"),
        ("1 | NQ-07 | N2 | M1 | Y | 2026-11-01 | 2026-11-25", "red", None),
        ("1 | NQ-08 | N1 | M1 | Y | 2026-11-01 | 2026-11-25", "red", None),
        ("1 | NQ-07 | N1 | M1 | Y | 2026-11-21 | 2026-11-25", "red", None),
    ],
)
def test_an_override_moves_a_guard_to_a_note_only_with_a_manager_a_reason_and_a_near_review(
    override, severity, fault
):
    tables = held("1 | N1 | CW", cp_plan=PLAN, guard_override=OVERRIDE + override)
    assert said(ask("NQ-07", D, **tables), "record_id", "severity") == [("P1", severity)]
    says = ask("NQ-14", D, **tables)
    if fault is None:
        assert says == []
    elif fault == "past":
        assert said(says, "record_id", "status", "due_date", "days_over") == [
            ("NQ-07", "overdue", "2026-11-19", 1)
        ]
    else:
        assert [(f["status"], f["due_date"], f["evidence"]["fault"]) for f in says] == [
            ("breach", None, fault)
        ]


def test_an_overridden_guard_stays_on_the_list_with_who_and_until_when():
    override = OVERRIDE + "1 | NQ-07 | N1 | M1 | Y | 2026-11-01 | 2026-11-25"
    (finding,) = ask("NQ-07", D, **held("1 | N1 | CW", cp_plan=PLAN, guard_override=override))
    assert (finding["evidence"]["overridden_by"], finding["evidence"]["override_until"]) == (
        "M1",
        "2026-11-25",
    )


def test_the_newest_override_of_a_guard_is_the_one_that_counts():
    override = (
        OVERRIDE
        + "1 | NQ-07 | N1 | M1 | Y | 2026-10-01 | 2026-10-20\n"
        + "1 | NQ-07 | N1 | M2 | Y | 2026-11-10 | 2026-11-25"
    )
    tables = held("1 | N1 | CW", cp_plan=PLAN, guard_override=override)
    assert ask("NQ-14", D, **tables) == []
    assert said(ask("NQ-07", D, **tables), "severity") == [("note",)]


def test_no_guard_names_anybody_who_should_help():
    (finding,) = ask("NQ-07", D, **held("1 | N1 | CW\n2 | E1 | CW", cp_plan=PLAN))
    assert "E1" not in str(finding["evidence"])
    assert finding["evidence"]["would_put_right"] == "a co-worker with 12 months or more since qualifying"
