"""ASM-04, S47-01, S47-02: are assessments signed off, and enquiries brought to a conference, in time?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

from evenlode.rules.book import CONTRACT

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "record_id", "status", "due_date", "days_over")


# ASM-04 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Monday 16 March 2026 + 45 working days = Thursday 21 May: 9 weeks, and 3 bank holidays on the way
        # (3 and 6 April, 4 May).
        pytest.param("2026-05-21", [], id="the 45th working day is still in time"),
        pytest.param(
            "2026-05-22",
            [("child", "referred", "A1", "overdue", "guidance", "red", "2026-05-21", 1)],
            id="the day after it is late",
        ),
    ],
)
def test_the_first_assessment_of_a_referral_is_signed_off_within_45_working_days_of_the_referral(
    as_at, expected
):
    found = ask(
        "ASM-04",
        as_at,
        episode="""
        child_id   | episode_id | referral_date
        referred   | E1         | 2026-03-16
        signed off | E2         | 2026-03-16
    """,
        assessment="""
        child_id   | assessment_id | episode_id | start_date | authorised_date
        referred   | A1            | E1         | 2026-03-20 |
        signed off | A2            | E2         | 2026-03-20 | 2026-05-21
    """,
    )
    assert said(found, *WHOLE) == expected


def test_an_assessment_without_a_referral_of_its_own_runs_from_its_own_start():
    # 16 March + 45 = 21 May.  17 March + 45 = Friday 22 May, still in time on that day.
    found = ask(
        "ASM-04",
        "2026-05-22",
        episode="""
        child_id          | episode_id | referral_date
        reviewed          | E1         | 2026-01-05
        reviewed in time  | E2         | 2026-01-05
        two on one day    | E3         | 2026-03-16
        first impossible  | E4         | 2026-03-16
    """,
        assessment="""
        child_id          | assessment_id | episode_id | start_date | authorised_date
        reviewed          | R1            | E1         | 2026-01-08 | 2026-02-01
        reviewed          | R2            | E1         | 2026-03-16 |
        reviewed in time  | S1            | E2         | 2026-01-08 | 2026-02-01
        reviewed in time  | S2            | E2         | 2026-03-17 |
        two on one day    | 9             | E3         | 2026-03-17 |
        two on one day    | 10            | E3         | 2026-03-17 |
        referral unknown  | U1            | elsewhere  | 2026-03-16 |
        without referral  | W1            |            | 2026-03-16 |
        first impossible  | I1            | E4         | 2026-03-17 | 2026-03-01
        first impossible  | I2            | E4         | 2026-03-18 |
    """,
    )
    late = [r for r in found if r["status"] == "overdue"]
    # Of two that began on one day the lower id is the first, and 9 is lower than 10.
    assert said(late, "subject_id", "record_id", "due_date", "days_over") == [
        ("first impossible", "I2", "2026-05-21", 1),
        ("referral unknown", "U1", "2026-05-21", 1),
        ("reviewed", "R2", "2026-05-21", 1),
        ("two on one day", "9", "2026-05-21", 1),
        ("without referral", "W1", "2026-05-21", 1),
    ]


def test_an_assessment_is_waited_for_while_its_referral_is_open_and_it_is_not_signed_off():
    found = ask(
        "ASM-04",
        "2026-05-22",
        child="""
        child_id        | dob        | death_date
        grown up        | 2000-01-01 |
        died            | 2020-01-01 | 2026-05-01
    """,
        episode="""
        child_id        | episode_id | referral_date | close_date
        signed today    | E1         | 2026-03-16    |
        signed tomorrow | E2         | 2026-03-16    |
        closed today    | E3         | 2026-03-16    | 2026-05-22
        closes tomorrow | E4         | 2026-03-16    | 2026-05-23
        closed too soon | E5         | 2026-03-16    | 2026-03-15
        grown up        | E6         | 2026-03-16    |
        died            | E7         | 2026-03-16    |
        begins tomorrow | E8         | 2026-03-16    |
    """,
        assessment="""
        child_id        | assessment_id | episode_id | start_date | authorised_date
        signed today    | A1            | E1         | 2026-03-16 | 2026-05-22
        signed tomorrow | A2            | E2         | 2026-03-16 | 2026-05-23
        closed today    | A3            | E3         | 2026-03-16 |
        closes tomorrow | A4            | E4         | 2026-03-16 |
        closed too soon | A5            | E5         | 2026-03-16 |
        grown up        | A6            | E6         | 2026-03-16 |
        died            | A7            | E7         | 2026-03-16 |
        begins tomorrow | A8            | E8         | 2026-05-23 |
    """,
    )
    assert said(found, "subject_id", "record_id", "status") == [
        ("closes tomorrow", "A4", "overdue"),
        ("grown up", "A6", "overdue"),
        ("signed tomorrow", "A2", "overdue"),
    ]


def test_an_assessment_from_a_saturday_over_christmas_counts_only_working_days():
    # Saturday 14 November + 45 = Wednesday 20 January 2027: 25 and 28 December and 1 January do not count.
    tables = {
        "episode": """
            child_id | episode_id | referral_date
            winter   | E1         | 2026-11-14
        """,
        "assessment": """
            child_id | assessment_id | episode_id | start_date
            winter   | A1            | E1         | 2026-11-16
        """,
    }
    assert ask("ASM-04", "2027-01-20", **tables) == []
    assert said(ask("ASM-04", "2027-01-23", **tables), "due_date", "days_over") == [("2027-01-20", 3)]


def test_an_impossible_assessment_or_enquiry_cannot_be_told_and_is_silent_everywhere_else():
    found = evaluation(
        "2026-11-20",
        rules=CONTRACT,
        assessment="""
        child_id          | assessment_id | episode_id | start_date | authorised_date
        signed before     | A1            | E1         | 2026-03-16 | 2026-03-15
        never began       | A2            | E2         |            |
        on closed case    | A3            | E3         | 2026-03-16 | 2026-03-15
        only signed       | A4            | E4         |            | 2026-03-15
    """,
        episode="""
        child_id          | episode_id | referral_date | close_date
        on closed case    | E3         | 2026-03-01    | 2026-04-01
    """,
        enquiry="""
        child_id          | enquiry_id | start_date | end_date   | says_conference | no_further_action
        ended before      | S1         | 2026-03-16 | 2026-03-15 | Y               |
        never began       | S2         |            |            | N               |
        nothing to follow | S3         | 2026-03-16 | 2026-03-15 | N               | Y
        only ended        | S4         |            | 2026-03-15 | Y               |
    """,
    ).findings.to_pylist()
    assert said(found, "rule_id", "subject_id", "record_id", "status", "due_date", "days_over") == [
        ("ASM-04", "never began", "A2", "cannot_tell", None, None),
        ("ASM-04", "on closed case", "A3", "cannot_tell", None, None),
        ("ASM-04", "signed before", "A1", "cannot_tell", None, None),
        ("S47-02", "ended before", "S1", "cannot_tell", None, None),
        ("S47-02", "never began", "S2", "cannot_tell", None, None),
        ("S47-02", "nothing to follow", "S3", "cannot_tell", None, None),
    ]


# S47-01 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "rule_id", "expected"),
    [
        # Friday 11 December 2026 + 15 = Wednesday 6 January 2027: 25 and 28 December and 1 January do not
        # count, so 14-18 make 5, 21-24 make 9, 29-31 make 12, 4, 5 and 6 January make 15.
        pytest.param("2027-01-06", "S47-01", [], id="a conference on its last day is in time"),
        pytest.param(
            "2027-01-07",
            "S47-01",
            [
                ("child", "conference", "S1", "overdue", "guidance", "red", "2027-01-06", 1),
                ("child", "ended", "S2", "overdue", "guidance", "red", "2027-01-06", 1),
                ("child", "said both", "S3", "overdue", "guidance", "red", "2027-01-06", 1),
            ],
            id="a conference not held by then is late, whether the enquiry has ended or not",
        ),
        pytest.param("2027-01-06", "S47-02", [], id="an enquiry on its last day is in time"),
        pytest.param(
            "2027-01-07",
            "S47-02",
            [
                ("child", "ends tomorrow", "S7", "overdue", "guidance", "red", "2027-01-06", 1),
                ("child", "no word", "S4", "overdue", "guidance", "red", "2027-01-06", 1),
                ("child", "not needed", "S5", "overdue", "guidance", "red", "2027-01-06", 1),
            ],
            id="an enquiry still open by then without a word of a conference is late",
        ),
    ],
)
def test_an_enquiry_comes_to_a_conference_or_an_end_within_fifteen_working_days(as_at, rule_id, expected):
    found = ask(
        rule_id,
        as_at,
        enquiry="""
        child_id        | enquiry_id | start_date | end_date   | says_conference | no_further_action
        conference      | S1         | 2026-12-11 |            | Y               |
        ended           | S2         | 2026-12-11 | 2026-12-18 | Y               | N
        said both       | S3         | 2026-12-11 |            | Y               | Y
        no word         | S4         | 2026-12-11 |            |                 |
        not needed      | S5         | 2026-12-11 |            | N               | N
        ends today      | S6         | 2026-12-11 | 2027-01-07 | N               |
        ends tomorrow   | S7         | 2026-12-11 | 2027-01-08 | N               |
        no action       | S8         | 2026-12-11 |            | N               | Y
        monday          | S9         | 2026-12-14 |            | Y               |
    """,
    )
    assert said(found, *WHOLE) == expected


@pytest.mark.parametrize(("rule_id", "says"), [("S47-01", "Y"), ("S47-02", "N")])
def test_a_conference_held_for_the_child_from_the_start_of_the_enquiry_ends_the_wait(rule_id, says):
    who = (
        "held today",
        "held tomorrow",
        "not held",
        "names no enquiry",
        "names another",
        "before the start",
        "another child",
    )
    found = ask(
        rule_id,
        "2027-01-07",
        enquiry="\n".join(
            [
                "child_id | enquiry_id | start_date | says_conference",
                *(f"{child} | S{n} | 2026-12-11 | {says}" for n, child in enumerate(who, start=1)),
            ]
        ),
        conference="""
        child_id          | conference_id | enquiry_id | held_date
        held today        | I1            | S1         | 2027-01-07
        held tomorrow     | I2            | S2         | 2027-01-08
        not held          | I3            | S3         |
        names no enquiry  | I4            |            | 2026-12-20
        names another     | I5            | S99        | 2026-12-11
        before the start  | I6            |            | 2026-12-10
        a brother         | I7            |            | 2026-12-20
    """,
    )
    assert said(found, "subject_id", "status", "due_date") == [
        ("another child", "overdue", "2027-01-06"),
        ("before the start", "overdue", "2027-01-06"),
        ("held tomorrow", "overdue", "2027-01-06"),
        ("not held", "overdue", "2027-01-06"),
    ]


def test_a_conference_that_names_the_enquiry_ends_the_wait_whatever_else_its_row_says():
    found = ask(
        "S47-01",
        "2027-01-07",
        enquiry="""
        child_id        | enquiry_id | start_date | says_conference
        without a child | S1         | 2026-12-11 | Y
        dated before    | S2         | 2026-12-11 | Y
        still waiting   | S3         | 2026-12-11 | Y
    """,
        conference="""
        child_id        | conference_id | enquiry_id | held_date
                        | I1            | S1         | 2026-12-20
        dated before    | I2            | S2         | 2026-12-10
    """,
    )
    assert said(found, "subject_id") == [("still waiting",)]


def test_a_child_already_on_a_plan_when_the_enquiry_began_needs_no_conference():
    tables = {
        "enquiry": """
            child_id          | enquiry_id | start_date | says_conference
            on a plan         | S1         | 2026-12-11 | Y
            plan that day     | S2         | 2026-12-11 | Y
            plan the day next | S3         | 2026-12-11 | Y
            plan ended before | S4         | 2026-12-11 | Y
            plan ended since  | S5         | 2026-12-11 | Y
            other council's   | S6         | 2026-12-11 | Y
            impossible plan   | S7         | 2026-12-11 | Y
            no word           | S8         | 2026-12-11 |
        """,
        "cp_plan": """
            child_id          | plan_id | start_date | end_date   | other_council
            on a plan         | P1      | 2026-11-01 |            |
            plan that day     | P2      | 2026-12-11 |            |
            plan the day next | P3      | 2026-12-12 |            |
            plan ended before | P4      | 2026-06-01 | 2026-12-11 |
            plan ended since  | P5      | 2026-06-01 | 2026-12-12 |
            other council's   | P6      | 2026-11-01 |            | Y
            impossible plan   | P7      | 2026-11-01 | 2026-10-01 |
            no word           | P8      | 2026-11-01 |            |
        """,
    }
    # A plan that ended on the day itself was no longer active on it.
    assert said(ask("S47-01", "2027-01-07", **tables), "subject_id") == [
        ("impossible plan",),
        ("plan ended before",),
        ("plan the day next",),
    ]
    # An enquiry that says nothing is not excused by a plan.
    assert said(ask("S47-02", "2027-01-07", **tables), "subject_id") == [("no word",)]


@pytest.mark.parametrize(("rule_id", "says"), [("S47-01", "Y"), ("S47-02", "")])
def test_an_enquiry_is_looked_at_whatever_the_age_but_not_before_it_begins_nor_after_a_death(rule_id, says):
    found = ask(
        rule_id,
        "2027-01-07",
        child="""
        child_id | dob        | expected_dob | death_date
        grown up | 2000-01-01 |              |
        unborn   |            | 2027-03-01   |
        died     | 2020-01-01 |              | 2027-01-07
    """,
        enquiry=f"""
        child_id     | enquiry_id | start_date | says_conference
        grown up     | S1         | 2026-12-11 | {says}
        unborn       | S2         | 2026-12-11 | {says}
        died         | S3         | 2026-12-11 | {says}
        not yet      | S4         | 2027-01-08 | {says}
        twice        | S5         | 2026-12-11 | {says}
        twice        | S6         | 2026-12-10 | {says}
    """,
    )
    # Thursday 10 December + 15 is one working day less far: Tuesday 5 January.
    assert said(found, *LATE) == [
        ("grown up", "S1", "overdue", "2027-01-06", 1),
        ("twice", "S5", "overdue", "2027-01-06", 1),
        ("twice", "S6", "overdue", "2027-01-05", 2),
        ("unborn", "S2", "overdue", "2027-01-06", 1),
    ]
