"""SUP-11, SUP-13, SQ-01 to SQ-11: what is on record of a child's case supervision."""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

D = "2026-11-20"
CHILD = {
    "child": "child_id | dob\n1 | 2015-03-01\nother | 2015-03-01",
    "episode": "child_id | episode_id | referral_date\n1 | R1 | 2026-06-01\nother | R2 | 2026-06-01",
    "cin_plan": "child_id | plan_id | start_date\n1 | N1 | 2026-06-01",
}

ELEMENTS = [
    ("SQ-02", "plan_progress"),
    ("SQ-03", "child_voice"),
    ("SQ-04", "risk_considered"),
    ("SQ-05", "reflective"),
    ("SQ-06", "decision_reason"),
    ("SQ-08", "drift_question"),
    ("SQ-09", "dates_checked"),
]


def talks(rule, columns, *rows, as_at=D, **tables):
    """(Record, status, severity) of one rule; rows: held date, and those columns.

    Another child's supervision is as it should be, so that the council is seen to fill in the column.
    """
    lines = [f"child_id | note_id | note_type | held_date | {columns}"]
    good = {"SQ-11": "2026-06-09", "SUP-11": "2026-06-09", "SUP-13": ""}.get(rule, "Y")
    lines += [f"other | T0 | Case Supervision | 2026-06-08 | {good}" + " |" * columns.count("|")]
    lines += [f"1 | T{n} | Case Supervision | {row}" for n, row in enumerate(rows, 1)]
    found = ask(rule, as_at, supervision="\n".join(lines), **{**CHILD, **tables})
    return said(found, "record_id", "status", "severity")


@pytest.mark.parametrize(("rule", "column"), ELEMENTS)
def test_a_last_supervision_that_lacks_an_element_is_noted_and_one_that_has_it_is_not(rule, column):
    assert talks(rule, column, "2026-11-02 | N") == [("T1", "breach", "note")]
    assert talks(rule, column, "2026-11-02 | Y") == []
    assert talks(rule, column, "2026-11-02 |") == [("T1", "cannot_tell", "note")]


def test_only_the_last_supervision_held_in_this_episode_is_looked_at():
    assert talks("SQ-02", "plan_progress", "2026-10-02 | N", "2026-11-02 | Y") == []
    assert talks("SQ-02", "plan_progress", "2026-10-02 | Y", "2026-11-02 | N") == [("T2", "breach", "note")]
    assert talks("SQ-02", "plan_progress", "2026-10-02 | N", "2026-11-21 | Y") == [("T1", "breach", "note")]
    assert talks("SQ-02", "plan_progress", "2026-05-30 | N") == []
    assert talks("SQ-02", "plan_progress | state", "2026-10-02 | N |", "2026-11-02 | Y | Cancelled") == [
        ("T1", "breach", "note")
    ]


def test_two_notes_of_one_day_are_one_supervision():
    assert talks("SQ-03", "child_voice", "2026-11-02 | N", "2026-11-02 | Y") == []


def test_nobody_asks_about_a_child_whose_case_is_closed():
    closed = "child_id | episode_id | referral_date | close_date\n1 | R1 | 2026-06-01 | 2026-11-10\n"
    closed += "other | R2 | 2026-06-01 |"
    assert talks("SQ-02", "plan_progress", "2026-11-02 | N", episode=closed, cin_plan="child_id\n") == []


@pytest.mark.parametrize("rule", ["SQ-03", "SQ-11"])
@pytest.mark.parametrize("missing", [[], ["supervision"]])
def test_a_council_that_never_records_an_element_is_told_once_and_not_of_every_child(rule, missing):
    talks = "child_id | note_type | held_date\n1 | Case Supervision | 2026-11-02"
    supervision = {} if missing else {"supervision": talks}
    found = evaluation(D, rules=[rule], missing=missing, **CHILD, **supervision).findings.to_pylist()
    told = [(r["subject_kind"], r["status"]) for r in found if r["rule_id"] == rule]
    assert told == [("council", "cannot_tell")]


ACTIONS = "action_id | child_id | set_date | completed_date | status\nelse | 2 | 2026-01-05 | | Open\n"


@pytest.mark.parametrize(
    ("reviewed", "action", "expected"),
    [
        ("N", "", [("T1", "breach", "note")]),
        ("Y", "", []),
        ("Y", "a | 1 | 2026-10-05 | |", [("T1", "breach", "note")]),
        ("", "a | 1 | 2026-10-05 | |", [("T1", "breach", "note")]),
        ("", "a | 1 | 2026-10-05 | | Open", []),
        ("", "a | 1 | 2026-10-05 | 2026-11-02 |", []),
        # Agreed at this very session: nothing to review yet.
        ("", "a | 1 | 2026-11-02 | |", []),
    ],
)
def test_every_action_open_at_the_last_supervision_is_given_a_state(reviewed, action, expected):
    found = talks("SQ-01", "actions_reviewed", f"2026-11-02 | {reviewed}", action=ACTIONS + action)
    assert found == expected


def test_actions_of_a_council_whose_list_gives_no_states_prove_nothing():
    unset = "action_id | child_id | set_date | completed_date | status\na | 1 | 2026-10-05 | |"
    assert talks("SQ-01", "actions_reviewed", "2026-11-02 | Y", action=unset) == []
    assert talks("SQ-01", "actions_reviewed", "2026-11-02 |", action=unset) == [("T1", "cannot_tell", "note")]


@pytest.mark.parametrize(
    ("as_at", "signed", "expected"),
    [
        # Monday 2 November + 5 working days = Monday 9 November.
        ("2026-11-09", "", []),
        ("2026-11-10", "", [("T1", "overdue", "note")]),
        ("2026-11-20", "2026-11-09", []),
        ("2026-11-20", "2026-11-10", [("T1", "flag", "note")]),
        # A signature of tomorrow is none yet.
        ("2026-11-20", "2026-11-21", [("T1", "overdue", "note")]),
    ],
)
def test_a_supervision_is_signed_by_both_within_five_working_days(as_at, signed, expected):
    assert talks("SQ-11", "signed_date", f"2026-11-02 | {signed}", as_at=as_at) == expected


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [
        # Monday 2 November + 5 working days = Monday 9 November.
        ("2026-11-09", []),
        ("2026-11-10", [("T1", "flag", "note")]),
        ("", [("T1", "cannot_tell", "note")]),
    ],
)
def test_a_supervision_is_on_record_within_five_working_days(recorded, expected):
    assert talks("SUP-11", "recorded_date", f"2026-11-02 | {recorded}") == expected


def test_late_recording_is_shown_for_four_weeks():
    # 2 November + 28 = 30 November.
    late = "2026-11-02 | 2026-11-17"
    assert talks("SUP-11", "recorded_date", late, as_at="2026-11-30") == [("T1", "flag", "note")]
    assert talks("SUP-11", "recorded_date", late, as_at="2026-12-01") == []


def test_a_visit_is_on_record_within_two_working_days():
    # Friday 13 November + 2 working days = Tuesday 17 November.
    found = ask(
        "SUP-11",
        D,
        visit_note="""
            child_id | visit_date | recorded_date
            1        | 2026-11-13 | 2026-11-18
            1        | 2026-11-12 | 2026-11-16
            closed   | 2026-11-13 | 2026-11-18
        """,
        **CHILD,
    )
    assert said(found, "subject_id", "record_id", "status", "due_date") == [
        ("1", "visit 2026-11-13", "flag", "2026-11-17")
    ]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2026-10-05 | Cancelled", "2026-11-02 | Not held"], [("", "flag", "amber")]),
        (["2026-11-02 | Cancelled"], []),
        (["2026-10-05 | Cancelled", "2026-10-06 |", "2026-11-02 | Cancelled"], []),
        (["2026-10-05 | Cancelled", "2026-11-02 | Cancelled", "2026-11-09 | Planned"], [("", "flag", "amber")]),
    ],
)  # fmt: skip
def test_two_cancelled_case_supervisions_one_after_another_are_shown(rows, expected):
    assert talks("SUP-13", "state", *rows) == expected


@pytest.mark.parametrize(
    ("state", "due"),
    [("", "2026-11-06"), ("Held", "2026-11-06"), ("Cancelled", "2026-07-27"), ("planned", "2026-07-27")],
)
def test_a_supervision_that_was_not_held_never_restarts_the_childs_clock(state, due):
    # In need: 11 September + 56 = 6 November; from the referral, 1 June + 56 = 27 July.
    found = ask(
        "SUP-06",
        D,
        supervision=f"child_id | note_type | held_date | state\n1 | Case Supervision | 2026-09-11 | {state}",
        **CHILD,
    )
    assert said(found, "due_date") == [(due,)]
