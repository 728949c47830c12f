"""REF-02 and OPN-01: does a new referral lead anywhere in time?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


# REF-02 ---------------------------------------------------------------------------------------------------


def test_a_child_referred_a_second_time_within_a_year_is_noted_and_a_child_referred_once_is_not():
    found = ask(
        "REF-02",
        "2026-11-20",
        episode="""
        child_id | episode_id | referral_date | close_date
        again    | A1         | 2025-12-01    | 2026-02-01
        again    | A2         | 2026-10-01    |
        once     | B1         | 2026-10-01    |
    """,
    )
    assert said(found, *WHOLE) == [("child", "again", "A2", "flag", "norm", "note", None, None)]


def test_a_child_is_referred_again_up_to_the_same_day_of_the_next_year_and_after_the_first_day():
    found = ask(
        "REF-02",
        "2026-11-20",
        episode="""
        child_id           | episode_id | referral_date
        to the day         | A1         | 2025-10-05
        to the day         | A2         | 2026-10-05
        a day too far      | B1         | 2025-10-04
        a day too far      | B2         | 2026-10-05
        twice on one day   | C1         | 2026-10-05
        twice on one day   | C2         | 2026-10-05
        on following days  | D1         | 2026-10-05
        on following days  | D2         | 2026-10-06
    """,
    )
    # 5 October 2025 + 12 months = 5 October 2026; 4 October 2025 + 12 months = 4 October 2026.
    assert said(found, "subject_id", "record_id") == [("on following days", "D2"), ("to the day", "A2")]


def test_only_referrals_of_the_last_twelve_months_are_noted_the_day_itself_included():
    found = ask(
        "REF-02",
        "2026-11-20",
        episode="""
        child_id      | episode_id | referral_date
        a year ago    | A1         | 2025-08-01
        a year ago    | A2         | 2025-11-20
        since then    | B1         | 2025-08-01
        since then    | B2         | 2025-11-21
        today         | C1         | 2026-08-01
        today         | C2         | 2026-11-20
        tomorrow      | D1         | 2026-08-01
        tomorrow      | D2         | 2026-11-21
    """,
    )
    # 20 November 2026 - 12 months = 20 November 2025, itself outside.
    assert said(found, "record_id") == [("B2",), ("C2",)]


def test_every_repeat_referral_of_a_child_is_noted_closed_or_without_further_action_too():
    found = ask(
        "REF-02",
        "2026-11-20",
        episode="""
        child_id | episode_id | referral_date | close_date | no_further_action
        thrice   | T1         | 2026-01-10    | 2026-01-12 | Y
        thrice   | T2         | 2026-03-10    | 2026-03-11 | Y
        thrice   | T3         | 2026-06-10    | 2026-09-01 |
    """,
    )
    assert said(found, "record_id", "status") == [("T2", "flag"), ("T3", "flag")]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 29 February 2024 + 12 months = 28 February 2025.
        pytest.param("2025-06-01", [("L2",)], id="a referral of 29 February is a year old on 28 February"),
        # 28 February 2026 - 12 months = 28 February 2025, so L2 is no longer among the last twelve months.
        pytest.param("2026-02-28", [], id="and is past twelve months later"),
        # 28 February 2025 - 12 months = 28 February 2024, so a referral of the 29th is among them.
        pytest.param("2025-02-28", [("K2",), ("L2",)], id="the leap day itself is less than a year ago"),
    ],
)
def test_a_year_from_a_leap_day_ends_with_february(as_at, expected):
    found = ask(
        "REF-02",
        as_at,
        episode="""
        child_id | episode_id | referral_date
        on it    | K1         | 2024-01-15
        on it    | K2         | 2024-02-29
        leap     | L1         | 2024-02-29
        leap     | L2         | 2025-02-28
        after    | M1         | 2024-02-29
        after    | M2         | 2025-03-01
    """,
    )
    assert said(found, "record_id") == expected


def test_a_repeat_referral_is_noted_at_any_age_but_not_for_somebody_who_has_died():
    found = ask(
        "REF-02",
        "2026-11-20",
        child="""
        child_id | dob        | death_date
        grown up | 2000-01-01 |
        died     | 2020-01-01 | 2026-11-20
        dies     | 2020-01-01 | 2026-11-21
    """,
        care_leaver="""
        care_leaver_id | child_id     | eligibility     | in_touch
        1              | died in care | Former Relevant | DIED
    """,
        episode="""
        child_id     | episode_id | referral_date
        grown up     | G1         | 2026-01-01
        grown up     | G2         | 2026-02-01
        died         | D1         | 2026-01-01
        died         | D2         | 2026-02-01
        dies         | E1         | 2026-01-01
        dies         | E2         | 2026-02-01
        died in care | F1         | 2026-01-01
        died in care | F2         | 2026-02-01
    """,
    )
    assert said(found, "record_id") == [("E2",), ("G2",)]


# OPN-01 ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Friday 6, Saturday 7 and Sunday 8 November + 10 working days = Friday 20 November 2026.
        pytest.param("2026-11-20", [], id="the tenth working day is still in time"),
        pytest.param(
            "2026-11-21",
            [
                ("child", who, record, "overdue", "norm", "red", "2026-11-20", 1)
                for who, record in (("friday", "F"), ("saturday", "S"), ("sunday", "U"))
            ],
            id="the day after it is late",
        ),
    ],
)
def test_a_referred_child_has_a_next_step_within_ten_working_days(as_at, expected):
    found = ask(
        "OPN-01",
        as_at,
        episode="""
        child_id | episode_id | referral_date
        friday   | F          | 2026-11-06
        saturday | S          | 2026-11-07
        sunday   | U          | 2026-11-08
        monday   | M          | 2026-11-09
    """,
    )
    assert said(found, *WHOLE) == expected


def test_christmas_and_its_substitute_day_are_no_working_days():
    # Friday 11 December + 5 = 18, + 9 = Thursday 24; 25 and 28 are bank holidays; + 10 = Tuesday 29.
    episode = """
        child_id | episode_id | referral_date
        winter   | W          | 2026-12-11
    """
    assert ask("OPN-01", "2026-12-29", episode=episode) == []
    found = ask("OPN-01", "2026-12-30", episode=episode)
    assert said(found, "record_id", "due_date", "days_over") == [("W", "2026-12-29", 1)]


def test_a_child_for_whom_any_work_has_begun_has_had_a_next_step():
    found = ask(
        "OPN-01",
        "2026-11-21",
        episode="""
        child_id                | episode_id | referral_date | close_date
        nothing yet             | E0         | 2026-11-06    |
        assessed now            | E1         | 2026-11-06    |
        old assessment unsigned | E2         | 2026-11-06    |
        old assessment unsigned | E2old      | 2025-01-06    | 2025-02-06
        enquiry                 | E3         | 2026-11-06    |
        enquiry without action  | E4         | 2026-11-06    |
        in need plan            | E5         | 2026-11-06    |
        protection plan         | E6         | 2026-11-06    |
        other council's plan    | E7         | 2026-11-06    |
        looked after            | E8         | 2026-11-06    |
    """,
        assessment="""
        child_id                | assessment_id | episode_id | start_date | authorised_date
        assessed now            | A1            | E1         | 2026-11-10 | 2026-11-22
        old assessment unsigned | A2            | E2old      | 2025-01-08 |
    """,
        enquiry="""
        child_id               | enquiry_id | start_date | no_further_action
        enquiry                | S3         | 2026-11-10 |
        enquiry without action | S4         | 2026-11-10 | Y
    """,
        cin_plan="""
        child_id     | plan_id | start_date
        in need plan | N5      | 2026-11-10
    """,
        cp_plan="""
        child_id             | plan_id | start_date | other_council
        protection plan      | P6      | 2026-11-10 |
        other council's plan | P7      | 2026-11-10 | Y
    """,
        care_episode="""
        child_id     | care_episode_id | period_id | start_date
        looked after | C8              | K8        | 2026-11-10
    """,
    )
    assert said(found, "subject_id") == [("nothing yet",)]


def test_work_that_is_over_not_begun_impossible_or_outside_care_is_no_next_step():
    found = ask(
        "OPN-01",
        "2026-11-21",
        episode="""
        child_id              | episode_id | referral_date
        assessment signed off | E1         | 2026-11-06
        assessment tomorrow   | E2         | 2026-11-06
        enquiry over          | E3         | 2026-11-06
        plan over today       | E4         | 2026-11-06
        plan impossible       | E5         | 2026-11-06
        short breaks          | E6         | 2026-11-06
    """,
        assessment="""
        child_id              | assessment_id | episode_id | start_date | authorised_date
        assessment signed off | A1            | E1         | 2026-11-07 | 2026-11-21
        assessment tomorrow   | A2            | E2         | 2026-11-22 |
    """,
        enquiry="""
        child_id     | enquiry_id | start_date | end_date
        enquiry over | S3         | 2026-11-07 | 2026-11-21
    """,
        cin_plan="""
        child_id        | plan_id | start_date | end_date
        plan over today | N4      | 2026-11-07 | 2026-11-21
    """,
        cp_plan="""
        child_id        | plan_id | start_date | end_date
        plan impossible | P5      | 2026-11-07 | 2026-11-06
    """,
        care_episode="""
        child_id     | care_episode_id | period_id | start_date
        short breaks | C6              | K6        | 2026-11-07
    """,
        legal_status="""
        child_id     | legal_status_id | status | start_date
        short breaks | L6              | V4     | 2026-11-07
    """,
    )
    assert said(found, "record_id") == [(f"E{n}",) for n in range(1, 7)]


def test_only_an_open_child_waits_for_a_next_step():
    found = ask(
        "OPN-01",
        "2026-11-21",
        child="""
        child_id         | dob        | expected_dob | death_date
        eighteen today   | 2008-11-21 |              |
        eighteen soon    | 2008-11-22 |              |
        unborn           |            | 2027-01-10   |
        age unknown      |            |              |
        died             | 2020-01-01 |              | 2026-11-12
    """,
        episode="""
        child_id         | episode_id | referral_date | close_date
        eighteen today   | E1         | 2026-11-06    |
        eighteen soon    | E2         | 2026-11-06    |
        unborn           | E3         | 2026-11-06    |
        age unknown      | E4         | 2026-11-06    |
        died             | E5         | 2026-11-06    |
        closed today     | E6         | 2026-11-06    | 2026-11-21
        closes tomorrow  | E7         | 2026-11-06    | 2026-11-22
        closed too early | E8         | 2026-11-06    | 2026-11-05
    """,
    )
    assert said(found, "record_id") == [("E2",), ("E3",), ("E4",), ("E7",)]


def test_a_child_with_several_open_referrals_waits_on_the_latest_and_of_one_day_on_the_highest_id():
    found = ask(
        "OPN-01",
        "2026-11-21",
        episode="""
        child_id | episode_id | referral_date
        later    | Z          | 2026-09-01
        later    | A          | 2026-11-06
        one day  | 9          | 2026-11-06
        one day  | 10         | 2026-11-06
        renewed  | B1         | 2026-09-01
        renewed  | B2         | 2026-11-09
    """,
    )
    assert said(found, "subject_id", "record_id") == [("later", "A"), ("one day", "10")]


def test_a_finding_names_the_lead_worker_of_the_day_and_the_team_of_that_involvement():
    found = ask(
        "OPN-01",
        "2026-11-21",
        episode="""
        child_id | episode_id | referral_date
        held     | E1         | 2026-11-06
        nobody's | E2         | 2026-11-06
    """,
        involvement="""
        involvement_id | child_id | worker_id | role      | team_id | start_date | end_date
        1              | held     | W1        | CW        | T1      | 2026-11-06 |
        2              | held     | W2        | cw        | T2      | 2026-11-10 |
        3              | held     | W3        | CO-WORKER | T3      | 2026-11-12 |
        4              | held     | W4        | CW        | T4      | 2026-11-11 | 2026-11-21
    """,
    )
    assert said(found, "subject_id", "worker_id", "team_id") == [("held", "W2", "T2"), ("nobody's", "", "")]
