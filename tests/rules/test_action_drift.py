"""ACT-01, ACT-03, ACT-04, DR-07 and DR-08: actions that drift, and plans without dates."""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

D = "2026-11-20"
CHILD = {
    "child": "child_id | dob\n1 | 2015-03-01",
    "episode": "child_id | episode_id | referral_date\n1 | R1 | 2026-01-05",
}


def talked(*days):
    return "child_id | note_type | held_date\n" + "\n".join(f"1 | Case Supervision | {d}" for d in days)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Superseded | | 2026-10-01 | | A2 |", []),
        ("Superseded | | 2026-10-01 | | |", [("breach", "amber", "replacement")]),
        ("Withdrawn | | 2026-10-01 | | | Y", []),
        ("Withdrawn | | 2026-10-01 | | | N", [("breach", "amber", "reason")]),
        ("Withdrawn | | 2026-10-01 | | |", [("cannot_tell", "amber", "reason")]),
        ("Done | 2026-10-01 | | Y | |", []),
        ("Done | 2026-10-01 | | N | |", [("breach", "note", "proof")]),
        ("Done | 2026-10-01 | | | |", [("cannot_tell", "note", "proof")]),
        # Open, and done only tomorrow: it has not ended.
        ("Open | | 2026-10-01 | | |", []),
        ("| 2026-11-21 | | N | |", []),
        # Done on 20 May it is asked for until 20 November; on 19 May no more.
        ("Done | 2026-05-20 | | N | |", [("breach", "note", "proof")]),
        ("Done | 2026-05-19 | | N | |", []),
    ],
)
def test_an_action_ends_with_a_replacement_a_reason_or_proof(row, expected):
    found = ask(
        "ACT-01",
        D,
        action="action_id | child_id | set_date | status | completed_date | target_date | proof "
        f"| replaced_by | withdrawal_reason\nA1 | 1 | 2026-01-05 | {row}",
        **CHILD,
    )
    assert [(r["status"], r["severity"], r["evidence"]["lacks"]) for r in found] == expected


def test_what_a_panel_asked_for_needs_its_proof_more():
    found = ask(
        "ACT-01",
        D,
        action="action_id | child_id | set_date | completed_date | proof | agreed_at\n"
        "A1 | 1 | 2026-09-01 | 2026-10-01 | N | Safety Panel",
        **CHILD,
    )
    assert said(found, "record_id", "severity") == [("A1", "amber")]


def drifting(action, *days):
    found = ask("ACT-03", D, action=action, supervision=talked(*days), **CHILD)
    return [r["record_id"] for r in found]


def test_an_action_put_off_twice_drifts():
    assert sorted(drifting("""
        action_id | child_id | set_date   | target_date | first_target_date | times_moved
        once      | 1        | 2026-09-01 | 2026-12-01  | 2026-10-01        | 1
        twice     | 1        | 2026-09-01 | 2026-12-01  | 2026-10-01        | 2
        never     | 1        | 2026-09-01 | 2026-12-01  |                   |
        moved     | 1        | 2026-09-01 | 2026-12-01  | 2026-10-01        |
    """)) == ["twice"]  # fmt: skip


def test_an_action_open_over_more_than_three_supervisions_drifts():
    action = "action_id | child_id | set_date | target_date\nA1 | 1 | 2026-06-01 | 2026-12-01"
    three = ("2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01")
    # The supervision of 1 June is where it was agreed; two notes of one day are one supervision.
    assert drifting(action, *three, "2026-09-01") == []
    assert drifting(action, *three, "2026-10-01") == ["A1"]


def test_a_finished_action_does_not_drift():
    action = (
        "action_id | child_id | set_date | completed_date | times_moved\nA1 | 1 | 2026-06-01 | 2026-11-20 | 5"
    )
    assert drifting(action) == []


LEFT = {
    "worker": "worker_id | staff_number | name\nW1 | S1 | Ann Reed\nW2 | S2 | Ben Hall",
    "establishment": "staff_number | leaving_date\nS1 | 2026-11-20\nS2 | 2026-11-21",
}


def test_an_open_action_of_somebody_who_has_left_needs_a_new_owner():
    found = ask(
        "ACT-04",
        D,
        action="""
            action_id   | child_id | set_date   | owner    | completed_date
            by id       | 1        | 2026-09-01 | W1       |
            by number   | 1        | 2026-09-01 | S1       |
            by name     | 1        | 2026-09-01 | Ann Reed |
            still here  | 1        | 2026-09-01 | W2       |
            done        | 1        | 2026-09-01 | W1       | 2026-10-01
        """,
        **LEFT,
        **CHILD,
    )
    assert said(found, "record_id", "status", "severity") == [
        ("by id", "breach", "amber"),
        ("by number", "breach", "amber"),
    ]


def test_where_owners_are_names_alone_the_council_cannot_be_judged():
    found = evaluation(
        D,
        rules=["ACT-04"],
        action="action_id | child_id | set_date | owner\nA1 | 1 | 2026-09-01 | Ann Reed",
        **LEFT,
        **CHILD,
    ).findings.to_pylist()
    assert said(found, "rule_id", "subject_kind", "status") == [("ACT-04", "council", "cannot_tell")]


@pytest.mark.parametrize(
    ("late", "in_time", "expected"),
    [(0, 2, []), (1, 2, []), (1, 1, [("flag", "note")]), (2, 2, [("flag", "amber")]), (1, 0, [("flag", "note")])],
)  # fmt: skip
def test_a_childs_actions_are_stuck_when_half_of_those_open_are_overdue(late, in_time, expected):
    rows = [f"L{n} | 1 | 2026-09-01 | 2026-11-19" for n in range(late)]
    rows += [f"T{n} | 1 | 2026-09-01 | 2026-11-20" for n in range(in_time)]
    found = ask(
        "DR-07", D, action="action_id | child_id | set_date | target_date\n" + "\n".join(rows), **CHILD
    )
    assert said(found, "status", "severity") == expected


def test_one_action_that_drifts_is_enough_and_a_closed_childs_are_not_counted():
    action = """
        action_id | child_id | set_date   | target_date | times_moved
        A1        | 1        | 2026-09-01 | 2026-12-01  | 2
        A2        | closed   | 2026-09-01 | 2026-10-01  | 2
    """
    assert said(ask("DR-07", D, action=action, **CHILD), "subject_id", "severity") == [("1", "amber")]


PLANS = {
    **CHILD,
    "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2026-06-01\n2 | P2 | 2026-06-01",
}


def dateless(**tables):
    return said(ask("DR-08", D, **{**PLANS, **tables}), "record_id", "status", "severity")


def test_a_plan_has_a_review_date_on_record():
    review = "review_id | plan_id | due_date | held_date\n"
    assert dateless(cp_review=review + "1 | P1 | 2027-01-10 |") == [("P2", "flag", "amber")]
    # A review that was held is not the next one; one to be held after today is.
    both = review + "1 | P1 | 2027-01-10 |\n2 | P2 | 2026-08-25 | 2026-08-25"
    assert dateless(cp_review=both) == [("P2", "flag", "amber")]
    assert dateless(cp_review=review + "1 | P1 | 2027-01-10 |\n2 | P2 | 2027-01-12 | 2027-01-12") == []


def test_the_plans_own_interval_tells_the_review_date_too():
    review = "review_id | plan_id | due_date\n1 | P1 | 2027-01-10"
    by_child = "child_id | next_review_due\n2 | 2027-01-10"
    by_plan = "plan_id | next_review_due\nP2 | 2027-01-10"
    assert dateless(cp_review=review, plan_interval=by_child) == []
    assert dateless(cp_review=review, plan_interval=by_plan) == []


def test_a_council_that_records_no_review_dates_of_such_plans_is_not_asked_plan_by_plan():
    assert dateless() == []
    need = {"cin_plan": "child_id | plan_id | start_date\n1 | N1 | 2026-06-01\n2 | N2 | 2026-06-01"}
    assert said(ask("DR-08", D, **CHILD, **need), "record_id") == []
    dates = "child_id | date_kind | due_date\n1 | CIN Review | 2027-01-10"
    assert said(ask("DR-08", D, key_date=dates, **CHILD, **need), "record_id") == [("N2",)]


def test_a_plan_of_which_over_a_quarter_of_the_actions_have_no_date_has_no_dates():
    def undated(many):
        rows = [f"A{n} | 1 | P1 | {'' if n < many else '2026-12-01'}" for n in range(4)]
        return dateless(action="action_id | child_id | plan_id | target_date\n" + "\n".join(rows))

    assert undated(1) == []
    assert undated(2) == [("P1", "flag", "amber")]
