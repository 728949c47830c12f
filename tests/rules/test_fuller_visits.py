"""CP-05b: a council with two clocks asks for a visit at home and alone beside any visit."""

from __future__ import annotations

from dataclasses import replace

from tests.small_council import ask, said

from evenlode.policy import shipped_policy
from evenlode.policy.visit_presets import VISIT_PRESETS, settings_of

LATE = ("subject_id", "status", "severity", "due_date", "days_over")


def two_clocks():
    shipped = shipped_policy()
    clocks, numbers = settings_of(VISIT_PRESETS["cp-6wk-stat"])
    return replace(shipped, clocks={**shipped.clocks, **clocks}, numbers={**shipped.numbers, **numbers})


CHILDREN = ("42 days", "43 days", "at school", "not alone", "not said", "never")
PLANS = "\n".join(["child_id | plan_id | start_date", *(f"{c} | P {c} | 2026-06-01" for c in CHILDREN)])
VISITS = """
    child_id  | plan_id     | visit_id | visit_date | seen | seen_alone
    42 days   | P 42 days   | V1       | 2026-10-09 | Y    | Y
    43 days   | P 43 days   | V2       | 2026-10-08 | Y    | Y
    at school | P at school | V3       | 2026-11-09 | Y    | Y
    not alone | P not alone | V4       | 2026-11-09 | Y    | N
    not said  | P not said  | V5       | 2026-11-09 | Y    | Y
"""
NOTES = """
    child_id  | visit_date | at_home
    42 days   | 2026-10-09 | Y
    43 days   | 2026-10-08 | Y
    at school | 2026-11-09 | N
    not alone | 2026-11-09 | Y
"""


def test_a_visit_at_home_and_alone_is_made_every_six_weeks():
    found = ask("CP-05b", "2026-11-20", policy=two_clocks(), cp_plan=PLANS, cp_visit=VISITS, visit_note=NOTES)
    # 8 October + 42 days = 19 November; 1 June + 42 = 13 July, and to 20 November 18 + 31 + 30 + 31 + 20 = 130.
    assert said(found, *LATE) == [
        ("43 days", "overdue", "red", "2026-11-19", 1),
        ("at school", "overdue", "red", "2026-07-13", 130),
        ("never", "overdue", "red", "2026-07-13", 130),
        ("not alone", "overdue", "red", "2026-07-13", 130),
        ("not said", "cannot_tell", "red", None, None),
    ]


def test_a_council_with_one_clock_is_not_asked():
    assert ask("CP-05b", "2026-11-20", cp_plan=PLANS, cp_visit=VISITS, visit_note=NOTES) == []


def test_any_visit_is_then_due_every_two_weeks():
    found = ask("CP-05", "2026-11-23", policy=two_clocks(), cp_plan=PLANS, cp_visit=VISITS, visit_note=NOTES)
    # 9 November + 14 days = 23 November.
    assert [r["subject_id"] for r in found if r["due_date"].isoformat() == "2026-11-23"] == []
    assert {r["subject_id"] for r in found} == {"42 days", "43 days", "never"}
