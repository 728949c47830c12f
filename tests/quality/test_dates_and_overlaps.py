"""Dates that cannot be, and things that cannot both be."""

from __future__ import annotations

import pytest
from tests.quality.asking import doubt

from evenlode.quality.dates import BEFORE_BIRTH_TOO
from evenlode.record.tables import TABLES


def test_a_plan_that_ends_before_it_begins_is_in_doubt_and_one_of_a_single_day_is_not():
    said = doubt(
        "DQ-08",
        cp_plan="""
            plan_id | child_id | start_date | end_date
            P1      | C1       | 2026-05-02 | 2026-05-01
            P2      | C2       | 2026-05-02 | 2026-05-02
            P3      | C3       | 2026-05-02 |
        """,
    )
    assert (said.found, said.of, said.records) == (1, 2, ["P1"]), "an open plan has no end to be wrong"
    assert said.wrong == ["end date is before start date"]


def test_a_placement_before_the_birth_is_in_doubt_and_a_plan_in_the_pregnancy_is_not():
    # 294 days before 1 June 2026 is 11 August 2025.
    said = doubt(
        "DQ-09",
        child="child_id | dob\nC1 | 2026-06-01",
        placement="placement_id | child_id | start_date\nL1 | C1 | 2026-05-31\nL2 | C1 | 2026-06-01",
        cp_plan="plan_id | child_id | start_date\nP1 | C1 | 2025-08-11\nP2 | C1 | 2025-08-10",
    )
    assert (said.found, said.of, sorted(said.records)) == (2, 4, ["L1", "P2"])


def test_what_is_dated_before_the_birth_is_not_asked_of_a_child_whose_birth_is_not_known():
    said = doubt(
        "DQ-09",
        child="child_id | dob\nC1 |",
        placement="placement_id | child_id | start_date\nL1 | C1 | 2026-05-31",
    )
    assert (said.found, said.of) == (0, 0)


def test_every_table_of_work_that_may_come_before_a_birth_is_a_table_of_the_record():
    assert set(TABLES) >= BEFORE_BIRTH_TOO


def test_a_visit_dated_tomorrow_is_in_doubt_and_one_of_today_is_not():
    said = doubt(
        "DQ-10",
        cin_visit="visit_id | child_id | visit_date\nV1 | C1 | 2026-11-21\nV2 | C1 | 2026-11-20",
        supervision="child_id | note_type | held_date\nC1 | Case Supervision | 2027-01-05",
    )
    assert (said.found, said.of) == (2, 3)
    assert "a visit to a child in need that has not happened yet" in said.wrong


def test_a_planned_end_that_lies_ahead_is_no_doubt():
    said = doubt(
        "DQ-10",
        cin_plan="plan_id | child_id | start_date | end_date\nP1 | C1 | 2026-05-01 | 2026-12-31",
    )
    assert (said.found, said.of) == (0, 1), "only the start is looked at"


def test_a_plan_that_runs_on_under_a_closed_referral_is_in_doubt():
    said = doubt(
        "DQ-11",
        episode="""
            episode_id | child_id | referral_date | close_date
            E1         | C1       | 2026-01-01    | 2026-11-20
            E2         | C2       | 2026-01-01    | 2026-11-21
            E3         | C3       | 2026-01-01    |
        """,
        cin_plan="""
            plan_id | child_id | episode_id | start_date | end_date
            P1      | C1       | E1         | 2026-02-01 |
            P2      | C2       | E2         | 2026-02-01 |
            P3      | C3       | E3         | 2026-02-01 |
            P4      | C1       | E1         | 2026-02-01 | 2026-11-20
        """,
    )
    assert (said.found, said.of, said.records) == (1, 3, ["P1"])


def test_an_enquiry_that_ended_without_an_outcome_is_in_doubt():
    said = doubt(
        "DQ-12",
        enquiry="""
            enquiry_id | child_id | start_date | end_date   | no_further_action | outcome
            S1         | C1       | 2026-05-01 | 2026-05-10 |                   |
            S2         | C2       | 2026-05-01 | 2026-05-10 | Y                 |
            S3         | C3       | 2026-05-01 | 2026-05-10 |                   | {"X": "Y"}
            S4         | C4       | 2026-05-01 |            |                   |
        """,
    )
    assert (said.found, said.of, said.records) == (1, 3, ["S1"])


def test_a_move_without_a_reason_is_in_doubt_and_leaving_care_is_no_move():
    said = doubt(
        "DQ-12",
        placement="""
            placement_id | child_id | start_date | end_date   | change_reason
            L1           | C1       | 2026-01-01 | 2026-05-01 |
            L2           | C1       | 2026-05-01 | 2026-07-01 |
            L3           | C2       | 2026-01-01 | 2026-05-01 | CARPL
            L4           | C2       | 2026-05-01 |            |
        """,
    )
    assert (said.found, said.of, said.records) == (1, 2, ["L1"])


def test_a_supervision_without_a_date_is_in_doubt():
    said = doubt(
        "DQ-13",
        supervision="note_id | child_id | held_date\nN1 | C1 |\nN2 | C1 | 2026-11-01",
    )
    assert (said.found, said.of, said.records) == (1, 2, ["N1"])


@pytest.mark.parametrize(("second_start", "found"), [("2026-05-31", 1), ("2026-06-01", 0), ("2026-06-02", 0)])
def test_an_episode_that_begins_before_the_earlier_one_was_closed_overlaps_it(second_start, found):
    said = doubt(
        "DQ-14",
        episode=f"""
            episode_id | child_id | referral_date  | close_date
            E1         | C1       | 2026-01-01     | 2026-06-01
            E2         | C1       | {second_start} |
            E3         | C2       | 2026-02-01     |
        """,
    )
    assert (said.found, said.of) == (found, 3)
    assert said.records == ["E2"] * found


def test_an_overlap_is_seen_even_where_a_short_row_lies_between():
    said = doubt(
        "DQ-15",
        cp_plan="""
            plan_id | child_id | start_date | end_date
            P1      | C1       | 2026-01-01 |
            P2      | C1       | 2026-02-01 | 2026-03-01
            P3      | C1       | 2026-06-01 |
        """,
    )
    assert (said.found, said.of, said.records) == (2, 3, ["P2", "P3"])


def test_an_overlap_that_was_over_more_than_a_year_ago_is_left_alone():
    said = doubt(
        "DQ-15",
        cp_plan="""
            plan_id | child_id | start_date | end_date
            P1      | C1       | 2024-01-01 | 2025-03-01
            P2      | C1       | 2024-02-01 | 2025-04-01
            P3      | C1       | 2026-02-01 |
        """,
    )
    assert (said.found, said.of) == (0, 1)


def test_a_row_that_ends_before_it_begins_overlaps_nothing():
    said = doubt(
        "DQ-15",
        cin_plan="""
            plan_id | child_id | start_date | end_date
            P1      | C1       | 2026-05-01 | 2026-04-01
            P2      | C1       | 2026-04-15 |
        """,
    )
    assert (said.found, said.of) == (0, 1)


def test_a_respite_stay_inside_a_placement_is_no_overlap_and_a_second_home_is():
    said = doubt(
        "DQ-16",
        placement="""
            placement_id | child_id | start_date | end_date   | placement_type
            L1           | C1       | 2026-01-01 |            | U4
            L2           | C1       | 2026-06-01 | 2026-06-08 | T1
            L3           | C2       | 2026-01-01 |            | U4
            L4           | C2       | 2026-06-01 |            | K2
        """,
    )
    assert (said.found, said.of, said.records) == (1, 3, ["L4"])


def test_two_people_in_a_lead_role_are_one_too_many_and_a_co_worker_is_not():
    said = doubt(
        "DQ-17",
        episode="episode_id | child_id | referral_date\nE1 | C1 | 2026-01-01\nE2 | C2 | 2026-01-01",
        involvement="""
            involvement_id | child_id | worker_id | role      | start_date | end_date
            I1             | C1       | W1        | CW        | 2026-01-01 |
            I2             | C1       | W2        | CW        | 2026-03-01 |
            I3             | C2       | W1        | CW        | 2026-01-01 |
            I4             | C2       | W2        | CO-WORKER | 2026-03-01 |
            I5             | C2       | W3        | CW        | 2025-03-01 | 2026-01-01
        """,
    )
    assert (said.found, said.of, said.records) == (1, 2, ["C1"])


def test_two_open_periods_of_care_are_one_too_many():
    said = doubt(
        "DQ-18",
        care_episode="""
            care_episode_id | child_id | period_id | start_date | end_date   | end_reason
            A1              | C1       | P1        | 2025-01-01 |            |
            A2              | C1       | P2        | 2026-01-01 |            |
            A3              | C2       | P3        | 2025-01-01 | 2025-06-01 | E4A
            A4              | C2       | P4        | 2026-01-01 |            |
        """,
    )
    assert (said.found, said.of, said.records) == (1, 2, ["C1"])
