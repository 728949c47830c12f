"""Ids that lead nowhere, and children whose own row cannot be right."""

from __future__ import annotations

from tests.quality.asking import doubt


def test_a_visit_of_a_child_in_no_list_is_in_doubt_and_that_of_a_listed_child_is_not():
    said = doubt(
        "DQ-02",
        child="child_id\nC1",
        cp_visit="""
            visit_id | child_id | visit_date
            V1       | C1       | 2026-11-01
            V2       | C9       | 2026-11-01
        """,
    )
    assert (said.found, said.of, said.records) == (1, 2, ["V2"])
    assert said.wrong == ["child id C9 is not in child"]


def test_without_the_list_of_children_nobody_can_say_which_child_is_missing_from_it():
    said = doubt(
        "DQ-02", missing=["child"], cp_visit="visit_id | child_id | visit_date\nV1 | C1 | 2026-11-01"
    )
    assert (said.found, said.of) == (None, None)
    assert "without child" in said.why


def test_an_involvement_of_a_worker_in_no_list_is_in_doubt_and_one_without_a_worker_is_not_counted():
    said = doubt(
        "DQ-03",
        worker="worker_id\nW1",
        involvement="""
            involvement_id | child_id | worker_id | start_date
            I1             | C1       | W1        | 2026-01-01
            I2             | C2       | W9        | 2026-01-01
            I3             | C3       |           | 2026-01-01
        """,
    )
    assert (said.found, said.of, said.records) == (1, 2, ["I2"])


def test_a_review_of_a_plan_that_is_not_there_leads_nowhere():
    said = doubt(
        "DQ-04",
        cp_plan="plan_id | child_id | start_date\nP1 | C1 | 2026-01-01",
        cp_review="""
            review_id | child_id | plan_id | held_date
            R1        | C1       | P1      | 2026-03-01
            R2        | C1       | P2      | 2026-03-01
        """,
    )
    assert (said.found, said.of, said.records) == (1, 2, ["R2"])


def test_a_worker_missing_from_the_list_is_said_once_and_not_as_a_link_that_leads_nowhere_too():
    said = doubt(
        "DQ-04",
        worker="worker_id\nW1",
        involvement="involvement_id | child_id | worker_id | start_date\nI2 | C2 | W9 | 2026-01-01",
    )
    assert (said.found, said.of) == (0, 0)


OPEN = "episode_id | child_id | referral_date\n{}"


def opened(*children: str) -> str:
    return OPEN.format("\n".join(f"E{c} | {c} | 2026-10-01" for c in children))


def test_an_open_child_with_neither_birth_nor_expected_date_is_in_doubt():
    said = doubt(
        "DQ-05",
        child="""
            child_id | dob        | expected_dob
            C1       |            |
            C2       | 2015-01-01 |
            C3       |            | 2027-01-01
            C4       |            |
        """,
        episode=opened("C1", "C2", "C3"),
    )
    assert (said.found, said.of, said.records) == (1, 3, ["C1"]), "nothing is open of C4"


def test_a_birth_further_ahead_than_a_pregnancy_lasts_cannot_be():
    # 294 days after 20 November 2026 is 10 September 2027.
    said = doubt(
        "DQ-06",
        child="""
            child_id | dob        | expected_dob
            C1       | 2027-09-11 |
            C2       | 2027-09-10 |
            C3       |            | 2028-01-01
        """,
        episode=opened("C1", "C2", "C3"),
    )
    assert (said.found, said.of, said.records) == (2, 3, ["C1", "C3"])


def test_four_weeks_after_the_expected_date_the_birth_should_be_on_the_record():
    # 28 days before 20 November 2026 is 23 October 2026.
    said = doubt(
        "DQ-06",
        child="""
            child_id | dob        | expected_dob
            C1       |            | 2026-10-22
            C2       |            | 2026-10-23
            C3       | 2026-09-30 | 2026-09-28
        """,
        episode=opened("C1", "C2", "C3"),
    )
    assert (said.found, said.of, said.records) == (1, 3, ["C1"])


def test_two_children_with_one_pupil_number_are_both_in_doubt():
    said = doubt(
        "DQ-07",
        child="""
            child_id | upn
            C1       | A1
            C2       | A1
            C3       | B2
            C4       |
        """,
    )
    assert (said.found, said.of, said.records) == (2, 3, ["C1", "C2"])
