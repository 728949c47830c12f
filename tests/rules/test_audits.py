"""QA-03, QA-06 and QA-07: what came of audits of a child's record."""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

D = "2026-11-20"


def unanswered(grade, *, moderated="", text="", day="2026-10-01", action=""):
    found = ask(
        "QA-06",
        D,
        audit=f"audit_id | child_id | audit_date | grade | moderated_grade | action_required\n"
        f"Q1 | 1 | {day} | {grade} | {moderated} | {text}",
        action=f"action_id | child_id | audit_id | set_date\n{action}",
    )
    return said(found, "subject_id", "record_id", "status", "severity")


@pytest.mark.parametrize(
    ("grade", "expected"),
    [
        ("Outstanding", []),
        ("Good", []),
        ("Requires Improvement", [("1", "Q1", "flag", "note")]),
        ("inadequate", [("1", "Q1", "flag", "amber")]),
        ("1", [("1", "Q1", "flag", "amber")]),
        ("Met", [("1", "Q1", "cannot_tell", "note")]),
        ("", [("1", "Q1", "cannot_tell", "note")]),
    ],
)
def test_an_audit_below_good_leads_to_an_action(grade, expected):
    assert unanswered(grade) == expected


def test_an_action_on_the_list_or_in_the_audits_own_words_answers_it():
    assert unanswered("Inadequate", action="A1 | 1 | Q1 | 2026-10-05") == []
    assert unanswered("Inadequate", text="Redo the chronology.") == []
    assert unanswered("Inadequate", action="A1 | 1 | Q9 | 2026-10-05") == [("1", "Q1", "flag", "amber")]
    assert unanswered("Inadequate", action="A1 | 1 | Q1 | 2026-11-21") == [("1", "Q1", "flag", "amber")]


def test_the_grade_after_moderation_stands():
    assert unanswered("Inadequate", moderated="Good") == []
    assert unanswered("Good", moderated="Inadequate") == [("1", "Q1", "flag", "amber")]


def test_audits_are_followed_up_for_a_year():
    assert unanswered("Inadequate", day="2025-11-20") == [("1", "Q1", "flag", "amber")]
    assert unanswered("Inadequate", day="2025-11-19") == []
    assert unanswered("Inadequate", day="2026-11-21") == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("Q1 | 2026-10-01 | Y", []),
        ("Q1 | 2026-10-01 | N", [("A1", "flag", "note")]),
        ("Q1 | 2026-10-01 |", [("A1", "flag", "note")]),
        ("Q1 | 2026-11-21 |", []),
        ("Q1 | |", []),
        ("| 2026-10-01 |", []),
        ("Q1 | 2025-11-19 |", []),
    ],
)
def test_an_action_from_an_audit_is_finished_when_practice_is_seen_to_have_changed(row, expected):
    found = ask(
        "QA-07",
        D,
        action=f"action_id | child_id | audit_id | completed_date | practice_changed\nA1 | 1 | {row}",
    )
    assert said(found, "record_id", "status", "severity") == expected


@pytest.mark.parametrize(
    ("grade", "moderated", "on", "expected"),
    [
        ("Outstanding", "Requires improvement", "2026-10-20", [("Q1", "flag", "note")]),
        ("Good", "Inadequate", "2026-10-20", [("Q1", "flag", "note")]),
        ("Good", "Requires improvement", "2026-10-20", []),
        ("Requires improvement", "Outstanding", "2026-10-20", []),
        ("Good", "", "", []),
        ("Good", "Unclear", "2026-10-20", []),
        ("Good", "Inadequate", "2026-11-21", []),
    ],
)
def test_an_audit_that_moderation_lowered_by_two_grades_is_shown(grade, moderated, on, expected):
    found = ask(
        "QA-03",
        D,
        audit="audit_id | child_id | audit_date | grade | moderated_grade | moderated_on\n"
        f"Q1 | 1 | 2026-10-01 | {grade} | {moderated} | {on}\n"
        "Q2 | | 2026-10-01 | Outstanding | Inadequate | 2026-10-20",
    )
    assert said(found, "record_id", "status", "severity") == expected
