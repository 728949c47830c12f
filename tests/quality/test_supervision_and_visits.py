"""Supervision and visits whose record cannot be right."""

from __future__ import annotations

import pytest
from tests.quality.asking import doubt

OPEN = "episode_id | child_id | referral_date\nE1 | C1 | 2026-01-01"
HELD = """
    involvement_id | child_id | worker_id | role | start_date | end_date
    I1             | C1       | W1        | CW   | 2026-02-01 | 2026-06-01
    I2             | C1       | W2        | CW   | 2026-06-01 |
"""
WORKERS = "worker_id | name | staff_number\nW1 | Anna Marsh | S1\nW2 | Ben Hill | S2\nW3 | Cal Ford | S3"
NOTE = "note_id | child_id | note_type | held_date | worker | state\nN1 | C1 | {}"


def before_allocation(note: str):
    return doubt("DQ-26", episode=OPEN, involvement=HELD, worker=WORKERS, supervision=NOTE.format(note))


@pytest.mark.parametrize(
    ("note", "found"),
    [
        ("Case Supervision | 2026-05-31 | W2 |", 1),
        ("Case Supervision | 2026-06-01 | W2 |", 0),
        ("Case Supervision | 2026-05-31 | S2 |", 1),
        ("Case Supervision | 2026-05-31 | W1 |", 0),
        ("Case Supervision | 2026-05-31 | W3 |", 1),
        ("Case Supervision | 2026-01-31 | Ben Hill |", 1),
        ("Case Supervision | 2026-05-31 | Ben Hill |", 0),
    ],
)
def test_case_supervision_comes_after_the_allocation_to_that_worker(note, found):
    said = before_allocation(note)
    assert (said.found, said.of) == (found, 1)


@pytest.mark.parametrize(
    "note", ["Case Supervision | 2026-05-31 | W2 | cancelled", "Personal | 2026-05-31 | W2 |"]
)
def test_what_was_cancelled_or_is_no_case_supervision_is_not_asked(note):
    assert before_allocation(note).of == 0


def test_without_past_allocations_nobody_can_say_what_came_before_them():
    said = doubt("DQ-26", missing=["involvement:history"], episode=OPEN, involvement=HELD)
    assert said.found is None


def test_supervision_without_a_child_or_without_a_worker_that_joins_is_in_doubt():
    said = doubt(
        "DQ-27",
        worker=WORKERS,
        supervision="""
            note_id | child_id | note_type            | held_date  | worker
            N1      | C1       | Case Supervision     | 2026-06-01 | W1
            N2      |          | Case Supervision     | 2026-06-01 | W1
            N3      | C1       | Case Supervision     | 2026-06-01 |
            N4      | C1       | Case Supervision     | 2026-06-01 | Ben Hill
            N5      |          | Personal Supervision | 2026-06-01 | S2
            N6      | C1       | Telephone call       | 2026-06-01 |
        """,
    )
    assert (said.found, said.of, said.records) == (3, 5, ["N2", "N3", "N4"])


def test_nothing_is_written_down_or_signed_before_it_took_place():
    said = doubt(
        "DQ-28",
        supervision="""
            note_id | child_id | held_date  | recorded_date | signed_date
            N1      | C1       | 2026-06-02 | 2026-06-01    |
            N2      | C1       | 2026-06-02 | 2026-06-02    | 2026-06-01
            N3      | C1       | 2026-06-02 |               |
        """,
    )
    assert (said.found, said.of, said.records) == (2, 3, ["N1", "N2"])
    assert said.wrong == ["written down before it took place", "signed before it took place"]


def test_a_visit_of_the_last_year_says_whether_the_child_was_seen():
    # The twelve months to 20 November 2026 begin on 21 November 2025.
    said = doubt(
        "DQ-29",
        cin_visit="""
            visit_id | child_id | visit_date | seen
            V1       | C1       | 2026-06-01 |
            V2       | C1       | 2026-06-02 | N
            V3       | C1       | 2025-11-20 |
            V4       | C1       | 2025-11-21 | Y
        """,
    )
    assert (said.found, said.of, said.records) == (1, 3, ["V1"])
