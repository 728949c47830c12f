"""QA-03 and QA-05 to QA-07: what came of audits of a child's record."""

from __future__ import annotations

import json

import pytest
from tests.small_council import COUNCIL, ask, evaluation, said

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


def agreement(*pairs, unmoderated=0, day="2026-10-01"):
    """What QA-05 says of a council's audits: (grade, moderated grade, how many), and some not moderated."""
    rows = [f"{a} | {b}" for a, b, many in pairs for _ in range(many)] + ["Good |"] * unmoderated
    found = evaluation(
        D,
        rules=["QA-05"],
        audit="audit_id | audit_date | grade | moderated_grade\n"
        + "\n".join(f"Q{n} | {day} | {row}" for n, row in enumerate(rows)),
    ).findings.to_pylist()
    words = ("too_seldom_alike", "too_generous", "too_hard", "too_few_moderated")
    for r in found:
        assert (r["subject_kind"], r["subject_id"], r["worker_id"], r["team_id"]) == (
            "council",
            COUNCIL,
            "",
            "",
        )
    return [(r["status"], r["severity"], [w for w in words if json.loads(r["evidence"])[w]]) for r in found]


ALIKE = ("Good", "Good")
LOWERED = ("Good", "Requires improvement")
RAISED = ("Requires improvement", "Good")


@pytest.mark.parametrize(
    ("pairs", "unmoderated", "expected"),
    [
        # 15 of 20 alike is 75 %, and 5 grades in 20 are 0.25: just tolerated.
        pytest.param([(*ALIKE, 15), (*LOWERED, 5)], 0, [], id="at the limits"),
        pytest.param(
            [(*ALIKE, 14), (*LOWERED, 6)],
            0,
            [("flag", "amber", ["too_seldom_alike", "too_generous"])],
            id="14 of 20 alike, 0.30 too generous",
        ),
        # Three up and three down: 14 of 20 alike, and no way to lean.
        pytest.param(
            [(*ALIKE, 14), (*LOWERED, 3), (*RAISED, 3)],
            0,
            [("flag", "amber", ["too_seldom_alike"])],
            id="both ways",
        ),
        # Eight of ten alike; two raised by two grades are 0.40 too hard.
        pytest.param(
            [(*ALIKE, 8), ("Inadequate", "Good", 2)], 0, [("flag", "note", ["too_hard"])], id="too hard"
        ),
        pytest.param([(*LOWERED, 9)], 0, [], id="nine moderated audits say nothing yet"),
        # 10 of 100 is a tenth; 10 of 101 is less.
        pytest.param([(*ALIKE, 10)], 90, [], id="a tenth moderated"),
        pytest.param(
            [(*ALIKE, 10)], 91, [("flag", "note", ["too_few_moderated"])], id="less than a tenth moderated"
        ),
        pytest.param([], 9, [], id="nine audits in all"),
    ],
)
def test_audits_and_moderation_are_held_to_the_councils_tolerance(pairs, unmoderated, expected):
    assert agreement(*pairs, unmoderated=unmoderated) == expected


def test_audits_of_more_than_a_year_ago_are_past():
    assert agreement((*LOWERED, 12), day="2025-11-20") != []
    assert agreement((*LOWERED, 12), day="2025-11-19") == []
