"""REF-01, ASM-01 to ASM-03 and STR-01: is the front door decided on, looked at and seen in time?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")

# REF-01 ---------------------------------------------------------------------------------------------------

REFERRED = """
    child_id | episode_id | referral_date
    asked    | R1         | 2026-11-19
"""


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Thursday 19 November + 1 working day = Friday 20 November.
        pytest.param("2026-11-20", [], id="on the next working day there is still time"),
        pytest.param(
            "2026-11-21",
            [("child", "asked", "R1", "overdue", "guidance", "red", "2026-11-20", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_a_referral_is_decided_on_within_a_working_day(as_at, expected):
    assert said(ask("REF-01", as_at, episode=REFERRED), *WHOLE) == expected


def test_a_decision_since_the_referral_ends_the_wait_and_one_before_it_does_not():
    found = ask(
        "REF-01",
        "2026-11-20",
        episode="""
        child_id       | episode_id | referral_date
        decided        | R1         | 2026-11-10
        decided before | R2         | 2026-11-10
        not decided    | R3         | 2026-11-10
    """,
        key_date="""
        child_id       | date_kind         | start_date | done_date
        decided        | Referral decision | 2026-11-10 | 2026-11-12
        decided before | referral decision | 2026-03-02 | 2026-03-03
        not decided    | referral decision | 2026-11-12 |
    """,
    )
    # 10 November + 1 working day = 11 November; received on Thursday 12 November + 1 = Friday 13 November.
    assert said(found, *LATE) == [
        ("decided before", "overdue", "2026-11-11", 9),
        ("not decided", "overdue", "2026-11-13", 7),
    ]


def test_a_child_for_whom_more_was_begun_is_asked_about_only_where_the_list_awaits_a_decision():
    found = ask(
        "REF-01",
        "2026-11-20",
        episode="""
        child_id          | episode_id | referral_date
        assessed          | R1         | 2026-11-02
        assessed, awaited | R2         | 2026-11-02
        dropped           | R3         | 2026-11-02
    """,
        assessment="""
        child_id          | episode_id | assessment_id | start_date
        assessed          | R1         | A1            | 2026-11-03
        assessed, awaited | R2         | A2            | 2026-11-03
        dropped           | R3         | A3            | 2026-11-03
    """,
        key_date="""
        child_id          | date_kind         | start_date | outcome
        assessed, awaited | referral decision | 2026-11-02 |
        dropped           | referral decision | 2026-11-02 | Not needed
    """,
    )
    assert said(found, *LATE) == [("assessed, awaited", "overdue", "2026-11-03", 17)]


def test_a_council_that_keeps_no_decisions_is_told_so_once_and_no_referral_is_late():
    found = evaluation(
        "2026-11-20", rules=["REF-01"], missing=["key_date=referral decision"], episode="""
        child_id | episode_id | referral_date
        asked    | R1         | 2026-11-02
    """
    ).findings.to_pylist()  # fmt: skip
    ours = [r for r in found if r["rule_id"] == "REF-01"]
    assert [(r["status"], r["due_date"]) for r in ours] == [("cannot_tell", None)]
    assert ours[0]["evidence"] == '{"missing": "key dates of the kind \\"referral decision\\""}'


# ASM-01 ---------------------------------------------------------------------------------------------------


def test_a_late_sign_off_of_the_last_six_months_is_noted():
    found = ask(
        "ASM-01",
        "2026-11-20",
        episode="child_id | episode_id | referral_date\n1 | R1 | 2026-08-10",
        # Monday 10 August + 45 working days: 31 August is a bank holiday, so Tuesday 13 October.
        assessment="""
        child_id | episode_id | assessment_id | start_date | authorised_date
        on time  |            | A1            | 2026-08-10 | 2026-10-13
        late     |            | A2            | 2026-08-10 | 2026-10-14
        referred | R1         | A3            | 2026-08-20 | 2026-10-14
        open     |            | A4            | 2026-08-10 |
        later    |            | A5            | 2026-08-10 | 2026-11-21
    """,
    )
    assert said(found, *WHOLE) == [
        ("child", "late", "A2", "flag", "guidance", "note", None, None),
        ("child", "referred", "A3", "flag", "guidance", "note", None, None),
    ]
    assert {r["evidence"]["was_due"] for r in found} == {"2026-10-13"}


def test_a_late_sign_off_is_history_after_six_months():
    found = ask(
        "ASM-01",
        "2026-11-20",
        assessment="""
        child_id         | assessment_id | start_date | authorised_date
        six months ago   | A1            | 2026-01-05 | 2026-05-20
        a day short of it | A2           | 2026-01-05 | 2026-05-21
    """,
    )
    assert said(found, "subject_id") == [("a day short of it",)]


# ASM-02 ---------------------------------------------------------------------------------------------------

RUNNING_ASSESSMENT = """
    child_id | assessment_id | start_date
    1        | A1            | 2026-10-05
"""


def looked(*days: str) -> str:
    return "\n".join(
        ["child_id | date_kind | done_date", *(f"1 | assessment checkpoint | {day}" for day in days)]
    )


@pytest.mark.parametrize(
    ("as_at", "days", "expected"),
    [
        # Monday 5 October + 10 working days = Monday 19 October, + 25 = Monday 9 November.
        pytest.param("2026-10-19", (), [], id="on day 10 the first look is not late"),
        pytest.param("2026-10-20", (), [("2026-10-19", 1)], id="the day after it is"),
        pytest.param("2026-10-20", ("2026-10-19",), [], id="a look on day 10 will do"),
        pytest.param("2026-10-20", ("2026-10-02",), [("2026-10-19", 1)], id="one before the start will not"),
        pytest.param("2026-11-09", ("2026-10-19",), [], id="on day 25 the second look is not late"),
        pytest.param("2026-11-10", ("2026-10-19",), [("2026-11-09", 1)], id="the day after it is"),
        pytest.param("2026-11-10", ("2026-10-06", "2026-10-19"), [("2026-11-09", 1)], id="both were early"),
        pytest.param("2026-11-10", ("2026-10-19", "2026-10-20"), [], id="a second look was taken"),
    ],
)
def test_a_manager_looks_at_a_running_assessment_by_day_10_and_again_by_day_25(as_at, days, expected):
    tables = {"key_date": looked(*days)} if days else {}
    found = ask("ASM-02", as_at, assessment=RUNNING_ASSESSMENT, **tables)
    assert said(found, "due_date", "days_over") == expected


# ASM-03 ---------------------------------------------------------------------------------------------------


def assessments(*children: str, start: str = "2026-11-09", seen: str = "N") -> str:
    rows = [f"{child} | A{place} | {start} | {seen}" for place, child in enumerate(children)]
    return "\n".join(["child_id | assessment_id | start_date | child_seen", *rows])


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Allocated on Tuesday 10 November; + 5 working days = Tuesday 17 November.
        pytest.param("2026-11-17", [], id="on the fifth working day the child is not late"),
        pytest.param(
            "2026-11-18",
            [("child", "1", "A0", "overdue", "norm", "amber", "2026-11-17", 1)],
            id="the day after they are",
        ),
    ],
)
def test_a_child_is_seen_within_five_working_days_of_having_a_worker(as_at, expected):
    found = ask(
        "ASM-03",
        as_at,
        assessment=assessments("1"),
        involvement="child_id | involvement_id | worker_id | role | start_date\n1 | I1 | W1 | CW | 2026-11-10",
    )
    assert said(found, *WHOLE) == expected


def test_a_worker_held_from_before_counts_from_the_assessment_and_so_does_a_child_without_one():
    found = ask(
        "ASM-03",
        "2026-11-17",
        assessment=assessments("held before", "held by nobody", "worker left"),
        involvement="""
        child_id    | involvement_id | worker_id | role | start_date | end_date
        held before | I1             | W1        | CW   | 2026-06-01 |
        worker left | I2             | W1        | CW   | 2026-06-01 | 2026-07-01
    """,
    )
    # Monday 9 November + 5 working days = Monday 16 November.
    assert said(found, *LATE) == [
        ("held before", "overdue", "2026-11-16", 1),
        ("held by nobody", "overdue", "2026-11-16", 1),
        ("worker left", "overdue", "2026-11-16", 1),
    ]


def test_an_open_enquiry_asks_for_the_next_working_day():
    found = ask(
        "ASM-03",
        "2026-11-13",
        assessment=assessments("1", "2"),
        enquiry="""
        child_id | enquiry_id | start_date | end_date
        1        | S1         | 2026-11-11 |
        2        | S2         | 2026-11-11 | 2026-11-12
    """,
    )
    # The enquiry began on Wednesday 11 November; + 1 working day = Thursday 12 November.
    assert said(found, *LATE) == [("1", "overdue", "2026-11-12", 1)]


def test_a_child_seen_on_any_visit_since_or_as_the_assessment_says_is_seen():
    found = ask(
        "ASM-03",
        "2026-11-20",
        assessment=assessments("on a plan visit", "in care", "before it began", "at no visit")
        + "\nsays so | A9 | 2026-11-09 | Y",
        cin_visit="child_id | visit_id | visit_date | seen\non a plan visit | V1 | 2026-11-09 | Y",
        care_visit="child_id | visit_id | visit_date | seen\nin care | V2 | 2026-11-10 | Y",
        cp_visit="child_id | visit_id | visit_date | seen\nbefore it began | V3 | 2026-11-08 | Y",
    )
    assert said(found, "subject_id") == [("at no visit",), ("before it began",)]


def test_where_nothing_says_whether_the_child_was_seen_it_cannot_be_told_once_it_is_late():
    tables = {
        "assessment": assessments("silent", "blank visit", "not seen at a visit", seen=""),
        "cin_visit": """
        child_id            | visit_id | visit_date | seen
        blank visit         | V1       | 2026-11-10 |
        not seen at a visit | V2       | 2026-11-10 | N
    """,
    }
    assert said(ask("ASM-03", "2026-11-16", **tables), *LATE) == []
    assert said(ask("ASM-03", "2026-11-17", **tables), *LATE) == [
        ("blank visit", "cannot_tell", None, None),
        ("not seen at a visit", "overdue", "2026-11-16", 1),
        ("silent", "cannot_tell", None, None),
    ]


def test_an_unborn_child_is_not_to_be_seen():
    found = ask(
        "ASM-03",
        "2026-11-20",
        child="child_id | expected_dob\n1 | 2027-01-10",
        assessment=assessments("1"),
    )
    assert found == []


# STR-01 ---------------------------------------------------------------------------------------------------

DECIDED = "child_id | date_kind | start_date | done_date\n1 | strategy discussion | 2026-11-19 |"


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Thursday 19 November + 1 working day = Friday 20 November.
        pytest.param("2026-11-20", [], id="on the next working day there is still time"),
        pytest.param(
            "2026-11-21",
            [("child", "1", "2026-11-19", "overdue", "norm", "red", "2026-11-20", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_a_strategy_discussion_is_held_within_a_working_day_of_the_decision(as_at, expected):
    assert said(ask("STR-01", as_at, key_date=DECIDED), *WHOLE) == expected


def test_a_discussion_that_was_held_dropped_or_followed_by_an_enquiry_is_not_awaited():
    found = ask(
        "STR-01",
        "2026-11-20",
        key_date="""
        child_id       | date_kind           | start_date | due_date   | done_date  | outcome
        held           | strategy discussion | 2026-11-02 |            | 2026-11-02 |
        dropped        | strategy discussion | 2026-11-02 |            |            | cancelled
        enquiry since  | strategy discussion | 2026-11-02 |            |            |
        enquiry before | strategy discussion | 2026-11-02 |            |            |
        no start       | strategy discussion |            |            |            |
        only due       | strategy discussion |            | 2026-11-18 |            |
    """,
        enquiry="""
        child_id       | enquiry_id | start_date
        enquiry since  | S1         | 2026-11-02
        enquiry before | S2         | 2026-11-01
    """,
    )
    assert said(found, *LATE) == [
        ("enquiry before", "overdue", "2026-11-03", 17),
        ("no start", "cannot_tell", None, None),
        ("only due", "overdue", "2026-11-18", 2),
    ]
