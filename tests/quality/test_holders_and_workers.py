"""Children led by nobody, and workers whose own row cannot be relied on."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from tests.quality.asking import doubt

from evenlode.policy import shipped_policy


def led(*pairs: str) -> dict[str, str]:
    """Open children, each led by a worker: "C1 W1"."""
    episodes = ["episode_id | child_id | referral_date"]
    rows = ["involvement_id | child_id | worker_id | role | start_date"]
    for pair in pairs:
        child, worker = pair.split()
        episodes.append(f"E{child} | {child} | 2026-01-01")
        rows.append(f"I{child} | {child} | {worker} | CW | 2026-01-02")
    return {"episode": "\n".join(episodes), "involvement": "\n".join(rows)}


def test_a_child_led_by_somebody_who_left_today_is_in_doubt_and_one_whose_worker_leaves_tomorrow_is_not():
    said = doubt(
        "DQ-19",
        worker="worker_id | staff_number\nW1 | S1\nW2 | S2",
        establishment="""
            staff_number | leaving_date
            S1           | 2026-11-20
            S2           | 2026-11-21
        """,
        **led("C1 W1", "C2 W2"),
    )
    assert (said.found, said.of, said.records) == (1, 2, ["C1"])


def test_without_leaving_dates_nobody_can_say_who_is_led_by_a_leaver():
    said = doubt("DQ-19", missing=["establishment"], worker="worker_id\nW1", **led("C1 W1"))
    assert said.found is None
    assert "establishment" in said.why


@pytest.mark.parametrize(
    ("worker_id", "name", "found"),
    [
        ("W1", "Duty Desk North", 1),
        ("W1", "Allocations Pool", 1),
        ("DUTY01", "D Smith", 1),
        ("TRAY_2", "D Smith", 1),
        ("W1", "Judy Poole", 0),
        ("jpoole", "Judy Poole", 0),
        ("W1", "Dutyman Patel", 0),
        ("W1", "Anna Marsh", 0),
    ],
)
def test_a_name_or_id_that_says_tray_is_no_person(worker_id, name, found):
    said = doubt(
        "DQ-20",
        worker=f"worker_id | name | swe_number\n{worker_id} | {name} | SW1",
        **led(f"C1 {worker_id}"),
    )
    assert (said.found, said.of) == (found, 1)


def test_a_title_is_not_looked_at_because_a_duty_social_worker_is_a_person():
    said = doubt(
        "DQ-20",
        worker="worker_id | name | title | swe_number\nW1 | Anna Marsh | Duty Social Worker | SW1",
        **led("C1 W1"),
    )
    assert (said.found, said.of) == (0, 1)


def test_more_children_than_a_person_can_hold_under_somebody_unregistered_are_a_tray():
    policy = shipped_policy()
    policy = replace(policy, numbers={**policy.numbers, "tray_children": Decimal(2)})
    said = doubt(
        "DQ-20",
        policy=policy,
        worker="worker_id | name | swe_number\nW1 | Anna Marsh |\nW2 | Ben Hill | SW2\nW3 | Cal Ford |",
        **led("C1 W1", "C2 W1", "C3 W2", "C4 W2", "C5 W3"),
    )
    assert (said.found, said.of, said.records) == (2, 5, ["C1", "C2"])
    assert said.wrong[0] == "2 children under somebody without a registration number"


@pytest.mark.parametrize(("fte", "found"), [("", 1), ("0", 1), ("0.1", 0), ("1", 0)])
def test_who_holds_children_has_hours(fte, found):
    said = doubt(
        "DQ-21",
        worker=f"worker_id | name | fte\nW1 | Anna Marsh | {fte}\nW2 | Ben Hill |",
        **led("C1 W1"),
    )
    assert (said.found, said.of) == (found, 1), "who holds nobody is not looked at"


@pytest.mark.parametrize(("fte", "found"), [("1.2", 0), ("1.21", 1), ("37", 1), ("-0.5", 1), ("0", 0)])
def test_nobody_works_more_than_a_little_over_full_time_or_less_than_nothing(fte, found):
    said = doubt("DQ-22", worker=f"worker_id | name | fte\nW1 | Anna Marsh | {fte}\nW2 | Ben Hill | 1")
    assert (said.found, said.of) == (found, 2)


def test_two_ids_of_the_case_system_with_one_staff_number_are_both_in_doubt():
    said = doubt(
        "DQ-23",
        worker="""
            worker_id | staff_number | swe_number
            W1        | S1           |
            W2        | S1           |
            W3        | S3           |
        """,
    )
    assert (said.found, said.of, said.records) == (2, 3, ["W1", "W2"])


def test_a_staff_row_that_has_ended_is_no_second_post():
    said = doubt(
        "DQ-23",
        establishment="""
            staff_number | swe_number | leaving_date
            S1           | SW1        | 2025-01-01
            S2           | SW1        |
            S3           | SW3        |
            S4           | SW3        |
        """,
    )
    assert (said.found, said.of, said.records) == (2, 3, ["S3", "S4"])


def test_who_leads_open_children_has_a_registration_number_in_either_list():
    said = doubt(
        "DQ-24",
        worker="""
            worker_id | name       | staff_number | swe_number
            W1        | Anna Marsh | S1           |
            W2        | Ben Hill   | S2           |
            W3        | Cal Ford   | S3           | SW3
            W4        | Dee Lane   | S4           |
        """,
        establishment="staff_number | swe_number\nS2 | SW2",
        **led("C1 W1", "C2 W2", "C3 W3"),
    )
    assert (said.found, said.of, said.records) == (1, 3, ["W1"])


def test_one_of_the_two_dates_says_since_when_somebody_is_qualified():
    said = doubt(
        "DQ-25",
        worker="worker_id | name | staff_number | swe_number\nW1 | Ann A | S1 | SW1\nW2 | Ben B | S2 | SW2\nW3 | Cy C | S3 |",
        establishment="""
            staff_number | qualified_date | registered_from
            S1           |                |
            S2           |                | 2020-01-01
            S3           |                |
        """,
        **led("C1 W1", "C2 W2", "C3 W3"),
    )
    assert (said.found, said.of, said.records) == (1, 2, ["W1"]), "who is not registered is DQ-24's"
