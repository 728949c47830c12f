"""VN-01 to VN-03: what is written of the last visits to a child."""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

D = "2026-11-20"
CHILD = {
    "child": "child_id | dob | expected_dob\n1 | 2015-03-01 |\nother | 2015-03-01 |\nunborn | | 2027-01-05",
    "episode": "child_id | episode_id | referral_date\n1 | R1 | 2026-06-01\nunborn | R2 | 2026-06-01\n"
    "other | R3 | 2026-06-01",
}


def written(rule, column, *rows, child="1"):
    lines = "\n".join(["other | 2026-11-02 | Y", *(f"{child} | {r}" for r in rows)])
    found = ask(rule, D, visit_note=f"child_id | visit_date | {column}\n{lines}", **CHILD)
    return said(found, "subject_id", "status", "severity")


@pytest.mark.parametrize(("rule", "column"), [("VN-01", "purpose"), ("VN-02", "wishes")])
@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2026-11-02 | Y"], []),
        (["2026-11-02 | N"], [("1", "flag", "note")]),
        (["2026-11-02 |"], [("1", "cannot_tell", "note")]),
        (["2026-10-02 | N", "2026-11-02 | Y"], []),
        (["2026-10-02 | Y", "2026-11-02 | N", "2026-11-21 | Y"], [("1", "flag", "note")]),
        # Before this episode.
        (["2026-05-31 | N"], []),
        # Two notes of one day: either will do.
        (["2026-11-02 | N", "2026-11-02 | Y"], []),
    ],
)
def test_the_last_visit_has_its_purpose_and_the_childs_wishes_on_record(rule, column, rows, expected):
    assert written(rule, column, *rows) == expected


def test_an_unborn_childs_wishes_are_not_asked_for_but_a_purpose_is():
    assert written("VN-02", "wishes", "2026-11-02 | N", child="unborn") == []
    assert written("VN-01", "purpose", "2026-11-02 | N", child="unborn") == [("unborn", "flag", "note")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (["2026-09-02 | N", "2026-10-02 | N", "2026-11-02 | N"], [("1", "flag", "note")]),
        (["2026-09-02 | Y", "2026-10-02 | N", "2026-11-02 | N"], []),
        (["2026-08-02 | Y", "2026-09-02 | N", "2026-10-02 | N", "2026-11-02 | N"], [("1", "flag", "note")]),
        (["2026-09-02 | N", "2026-10-02 |", "2026-11-02 | N"], [("1", "cannot_tell", "note")]),
        (["2026-10-02 | N", "2026-11-02 | N"], []),
    ],
)
def test_three_visits_without_the_second_parent_are_noted(rows, expected):
    assert written("VN-03", "second_parent", *rows) == expected
