"""SUP-01 to SUP-04, SUP-13W and SUP-14: is each worker supervised often enough, and for long enough?"""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.small_council import ask, evaluation, said

from evenlode.calendar import Clock, Unit
from evenlode.policy import shipped_policy

RULES = ("SUP-01", "SUP-02", "SUP-03")

STAFF = {
    "worker": "worker_id | staff_number | name\nW1 | S1 | Ann Reed\nW2 | S2 | Ben Hall",
    "involvement": """
        involvement_id | child_id | worker_id | role | start_date
        1              | c        | W1        | CW   | 2026-01-05
        2              | d        | W2        | CW   | 2026-01-05
    """,
}
SOMEBODY_ELSE = "S2 | Personal Supervision | 2026-01-05"


def gaps(as_at, hr, *sessions, policy=None, **tables):
    """(Rule, status, due date, severity) of W1, whose HR row is given; a note of W2 joins too."""
    rows = [*sessions, SOMEBODY_ELSE]
    found = evaluation(
        as_at,
        policy=policy,
        rules=RULES,
        establishment=f"staff_number | start_date | programme_start | absent_from | return_date\nS1 | {hr}\n"
        "S2 | 2020-01-06 | | |",
        supervision="worker | note_type | held_date\n" + "\n".join(rows),
        **{**STAFF, **tables},
    ).findings.to_pylist()
    return said([r for r in found if r["subject_id"] == "W1"], "rule_id", "status", "due_date", "severity")


def session(day, of="S1"):
    return f"{of} | Personal Supervision | {day}"


NEW = "2026-09-01 | 2026-09-01 | |"
OLD = "2020-01-06 | | |"


@pytest.mark.parametrize(
    ("as_at", "held", "expected"),
    [
        # None yet: started on 1 September, + 7 = 8 September.
        ("2026-09-08", None, []),
        ("2026-09-09", None, [("SUP-01", "overdue", "2026-09-08", "amber")]),
        # 1.5 weeks is 10.5 days: the first whole day over is 1 + 11 = 12 September.
        ("2026-09-11", None, [("SUP-01", "overdue", "2026-09-08", "amber")]),
        ("2026-09-12", None, [("SUP-01", "overdue", "2026-09-08", "red")]),
        # The first weeks last to 1 September + 42 = 13 October, that day included.
        ("2026-10-20", "2026-10-13", []),
        ("2026-10-21", "2026-10-13", [("SUP-01", "overdue", "2026-10-20", "amber")]),
        # The day after, the fortnight begins: 14 October + 14 = 28 October; red from 4 November.
        ("2026-10-28", "2026-10-14", []),
        ("2026-10-29", "2026-10-14", [("SUP-02", "overdue", "2026-10-28", "amber")]),
        ("2026-11-03", "2026-10-14", [("SUP-02", "overdue", "2026-10-28", "amber")]),
        ("2026-11-04", "2026-10-14", [("SUP-02", "overdue", "2026-10-28", "red")]),
        # Six months from 1 September is 1 March, that day included.
        ("2027-03-16", "2027-03-01", [("SUP-02", "overdue", "2027-03-15", "amber")]),
        # From 2 March monthly: 2 April.
        ("2027-04-02", "2027-03-02", []),
        ("2027-04-03", "2027-03-02", [("SUP-03", "overdue", "2027-04-02", "amber")]),
    ],
)
def test_a_new_worker_is_supervised_weekly_then_fortnightly_then_monthly(as_at, held, expected):
    assert gaps(as_at, NEW, *([session(held)] if held else [])) == expected


def test_the_interval_is_that_of_the_day_of_the_last_session_and_not_of_today():
    # Last seen in week five; by 20 November the fortnightly months have long begun: 5 October + 7.
    assert gaps("2026-11-20", NEW, session("2026-10-05")) == [("SUP-01", "overdue", "2026-10-12", "red")]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 10 October + 1 month = 10 November; red from half a month (15 days) later: 25 November.
        ("2026-11-10", []),
        ("2026-11-11", [("SUP-03", "overdue", "2026-11-10", "amber")]),
        ("2026-11-24", [("SUP-03", "overdue", "2026-11-10", "amber")]),
        ("2026-11-25", [("SUP-03", "overdue", "2026-11-10", "red")]),
    ],
)
def test_an_experienced_worker_is_supervised_monthly_from_their_first_day(as_at, expected):
    assert gaps(as_at, OLD, session("2026-10-10")) == expected


def test_an_experienced_workers_first_session_is_due_a_month_after_they_start():
    # 15 September + 1 month = 15 October.
    assert gaps("2026-10-15", "2026-09-15 | | |") == []
    assert gaps("2026-10-16", "2026-09-15 | | |") == [("SUP-03", "overdue", "2026-10-15", "amber")]


def test_a_council_that_counts_four_weeks_says_so_in_its_policy():
    # 10 October + 28 = 7 November; red from 21 November.
    shipped = shipped_policy()
    four_weeks = replace(shipped, clocks={**shipped.clocks, "worker_supervision": Clock(28, Unit.DAYS)})
    late = [("SUP-03", "overdue", "2026-11-07", "amber")]
    assert gaps("2026-11-20", OLD, session("2026-10-10"), policy=four_weeks) == late


def test_a_session_before_the_first_day_here_restarts_nothing():
    # A student until 31 August, newly qualified from 1 September: due 8 September all the same.
    assert gaps("2026-09-09", NEW, session("2026-08-31")) == [("SUP-01", "overdue", "2026-09-08", "amber")]


def test_a_worker_who_was_here_before_qualifying_starts_anew_with_the_programme():
    assert gaps("2026-09-09", "2019-04-01 | 2026-09-01 | |") == [("SUP-01", "overdue", "2026-09-08", "amber")]


@pytest.mark.parametrize(
    ("hr", "as_at", "expected"),
    [
        # Seen on 1 September, due 1 October.  Away from 10 September to 20 October, 40 days: 10 November.
        ("2020-01-06 | | 2026-09-10 | 2026-10-20", "2026-11-10", []),
        (
            "2020-01-06 | | 2026-09-10 | 2026-10-20",
            "2026-11-11",
            [("SUP-03", "overdue", "2026-11-10", "amber")],
        ),
        # Ten working days from Thursday 10 September end on 24 September: not more than ten.
        (
            "2020-01-06 | | 2026-09-10 | 2026-09-24",
            "2026-10-02",
            [("SUP-03", "overdue", "2026-10-01", "amber")],
        ),
        # A day more is: 15 days away, due 16 October.
        ("2020-01-06 | | 2026-09-10 | 2026-09-25", "2026-10-16", []),
        (
            "2020-01-06 | | 2026-09-10 | 2026-09-25",
            "2026-10-17",
            [("SUP-03", "overdue", "2026-10-16", "amber")],
        ),
        # Still away, back expected or not: the clock stands still.
        ("2020-01-06 | | 2026-09-10 |", "2026-11-20", []),
        ("2020-01-06 | | 2026-09-10 | 2026-12-01", "2026-11-20", []),
        # Late before going away: still late.
        ("2020-01-06 | | 2026-10-02 |", "2026-11-20", [("SUP-03", "overdue", "2026-10-01", "red")]),
        # Came back before the last session: nothing to add.
        (
            "2020-01-06 | | 2026-07-01 | 2026-08-20",
            "2026-10-02",
            [("SUP-03", "overdue", "2026-10-01", "amber")],
        ),
    ],
)
def test_a_long_absence_stops_the_workers_clock_and_a_short_one_does_not(hr, as_at, expected):
    assert gaps(as_at, hr, session("2026-09-01")) == expected


def test_a_childs_clock_never_stops_for_the_workers_absence():
    # In need since 1 August: + 56 = 26 September, whether or not the worker is away.
    found = ask(
        "SUP-06",
        "2026-11-20",
        episode="child_id | episode_id | referral_date\nc | R1 | 2026-08-01",
        cin_plan="child_id | plan_id | start_date\nc | N1 | 2026-08-01",
        establishment="staff_number | absent_from\nS1 | 2026-08-10",
        **STAFF,
    )
    assert said(found, "subject_id", "status", "due_date") == [("c", "overdue", "2026-09-26")]


def test_a_note_joins_by_worker_id_or_staff_number_and_never_by_name():
    late = [("SUP-03", "overdue", "2020-02-06", "red")]
    assert gaps("2026-11-20", OLD, session("2026-11-02", of="W1")) == []
    assert gaps("2026-11-20", OLD, session("2026-11-02", of="S1")) == []
    assert gaps("2026-11-20", OLD, session("2026-11-02", of="Ann Reed")) == late


def test_a_staff_number_that_two_workers_share_joins_neither():
    shared = {"worker": "worker_id | staff_number | name\nW1 | S1 | Ann Reed\nW2 | S1 | Ben Hall"}
    found = evaluation(
        "2026-11-20",
        rules=["SUP-03"],
        establishment="worker_id | start_date\nW1 | 2020-01-06\nW2 | 2020-01-06",
        supervision=f"worker | note_type | held_date\n{session('2026-11-02')}\n{session('2026-11-02', of='W2')}",
        **{**STAFF, **shared},
    ).findings.to_pylist()
    assert [r["subject_id"] for r in found] == ["W1"]


def test_case_supervision_is_no_supervision_of_the_worker():
    case = "S1 | Case Supervision | 2026-11-18"
    assert gaps("2026-11-20", OLD, case) == [("SUP-03", "overdue", "2020-02-06", "red")]


def test_a_worker_with_neither_a_start_date_nor_a_session_cannot_be_judged():
    assert gaps("2026-11-20", "| | |") == [("SUP-03", "cannot_tell", None, "amber")]
    assert gaps("2026-11-20", "| | |", session("2026-11-02")) == []


def test_nobody_asks_after_leavers_placeholders_those_yet_to_start_or_those_who_hold_nobody():
    found = evaluation(
        "2026-11-20",
        rules=RULES,
        worker="""
            worker_id | staff_number | name
            left      | 1            | Ann Reed
            duty      | 2            | Duty Worker
            to come   | 3            | Ben Hall
            clerk     | 4            | Cat Ford
            holds     | 5            | Dan Shaw
        """,
        establishment="""
            staff_number | start_date | leaving_date
            1            | 2020-01-06 | 2026-11-20
            2            | 2020-01-06 |
            3            | 2026-11-21 |
            4            | 2020-01-06 |
            5            | 2020-01-06 |
        """,
        involvement="""
            involvement_id | child_id | worker_id | role | start_date
            1              | a        | left      | CW   | 2026-01-05
            2              | b        | duty      | CW   | 2026-01-05
            3              | c        | to come   | CW   | 2026-01-05
            4              | d        | holds     | CW   | 2026-01-05
        """,
        supervision="worker | note_type | held_date\nleft | Personal Supervision | 2026-01-09",
    ).findings.to_pylist()
    assert [r["subject_id"] for r in found] == ["holds"]


def test_where_no_note_joins_to_any_worker_the_council_cannot_be_judged_and_no_worker_is_named():
    found = evaluation(
        "2026-11-20",
        rules=["SUP-03"],
        establishment="staff_number | start_date\nS1 | 2020-01-06",
        supervision="worker | note_type | held_date\nAnn Reed | Personal Supervision | 2026-11-02",
        **STAFF,
    ).findings.to_pylist()
    assert said(found, "rule_id", "subject_kind", "status") == [("SUP-03", "council", "cannot_tell")]
    assert "by an id of the worker list" in found[0]["evidence"]


def with_states(rule, *rows, as_at="2026-11-20"):
    return ask(
        rule,
        as_at,
        establishment="staff_number | start_date\nS1 | 2020-01-06\nS2 | 2020-01-06",
        supervision="worker | note_type | held_date | state | minutes\n"
        + "\n".join(f"S1 | Personal Supervision | {r}" for r in rows)
        + "\nS2 | Personal Supervision | 2026-11-19 | | 90",
        **STAFF,
    )


@pytest.mark.parametrize(
    ("state", "since_then"),
    [("Cancelled", "cancelled"), ("Missed", "cancelled"), ("Planned", "planned, not said to be held")],
)
def test_a_session_that_was_not_held_restarts_nothing_and_is_told_apart(state, since_then):
    found = with_states("SUP-03", "2026-10-10 | |", f"2026-11-09 | {state} |")
    assert said(found, "subject_id", "due_date") == [("W1", "2026-11-10")]
    assert found[0]["evidence"]["since_then"] == since_then


def test_a_session_whose_state_is_blank_or_held_counts():
    assert with_states("SUP-03", "2026-11-09 | |") == []
    assert with_states("SUP-03", "2026-11-09 | Held |") == []


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2026-11-09 | | 90"], []),
        (["2026-11-09 | | 89"], [("W1", "breach", "note")]),
        (["2026-11-09 | |"], [("W1", "cannot_tell", "note")]),
        # The last one held decides; one that was cancelled has no length.
        (["2026-10-09 | | 45", "2026-11-09 | | 95"], []),
        (["2026-10-09 | | 45", "2026-11-09 | Cancelled |"], [("W1", "breach", "note")]),
        # Two sittings of one day are one supervision.
        (["2026-11-09 | | 45", "2026-11-09 | | 50"], []),
    ],
)
def test_a_workers_supervision_takes_ninety_minutes(rows, expected):
    assert said(with_states("SUP-04", *rows), "subject_id", "status", "severity") == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2026-10-09 | Cancelled |", "2026-11-09 | Missed |"], [("W1", "flag", "amber")]),
        (["2026-11-09 | Cancelled |"], []),
        (["2026-10-09 | Cancelled |", "2026-10-12 | |", "2026-11-09 | Cancelled |"], []),
        (["2026-10-09 | Cancelled |", "2026-11-09 | Cancelled |", "2026-11-09 | Held |"], []),
        (["2026-10-09 | Cancelled |", "2026-11-21 | Cancelled |"], []),
    ],
)
def test_two_cancelled_sessions_one_after_another_are_shown(rows, expected):
    assert said(with_states("SUP-13W", *rows), "subject_id", "status", "severity") == expected


@pytest.mark.parametrize(
    ("private", "expected"),
    [
        ("Y | Y | Y", []),
        ("Y | N | Y", [("W1", "breach", "note")]),
        ("| N |", [("W1", "breach", "note")]),
        ("Y | Y |", [("W1", "cannot_tell", "note")]),
    ],
)
def test_the_last_supervision_looks_at_the_workers_own_wellbeing_workload_and_learning(private, expected):
    found = ask(
        "SQ-10",
        "2026-11-20",
        establishment="staff_number | start_date\nS1 | 2020-01-06\nS2 | 2020-01-06",
        supervision="worker | note_type | held_date | wellbeing | workload_considered | learning\n"
        # An earlier one that lacked everything is past.
        "S1 | Personal Supervision | 2026-09-01 | N | N | N\n"
        f"S1 | Personal Supervision | 2026-11-02 | {private}\n"
        # A child's case supervision is no supervision of the worker's own.
        "S1 | Case Supervision | 2026-11-10 | N | N | N",
        **STAFF,
    )
    assert said(found, "subject_id", "status", "severity") == expected


def test_a_council_that_never_fills_them_in_is_told_so_once_and_no_worker_is():
    found = evaluation(
        "2026-11-20",
        rules=["SQ-10"],
        supervision="worker | note_type | held_date\nS1 | Personal Supervision | 2026-11-02",
        **STAFF,
    ).findings.to_pylist()
    assert said(found, "subject_kind", "status") == [("council", "cannot_tell")]
