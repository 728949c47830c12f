"""QA-01 to QA-05: how audits are graded, and whether auditors and moderators agree."""

from __future__ import annotations

import pytest
from tests.measures.asking import by_unit, figure, tell

AS_AT = "2026-11-20"
WORDS = {4: "Outstanding", 3: "Good", 2: "Requires improvement", 1: "Inadequate", None: ""}


def audits(*pairs, day="2026-06-01", more=""):
    """An audit list of (grade, moderated grade, how many)."""
    rows = [(a, b) for a, b, many in pairs for _ in range(many)]
    return {
        "audit": "audit_id | child_id | audit_date | grade | moderated_grade | moderated_on | team_id\n"
        + "\n".join(f"Q{n} | {n} | {day} | {WORDS[a]} | {WORDS[b]} | | T1" for n, (a, b) in enumerate(rows))
        + more
    }


def test_audits_are_shared_out_by_their_grade_and_an_odd_word_is_left_out_and_counted():
    found = audits(
        (4, None, 1), (3, None, 5), (2, None, 3), (1, None, 1), more="\nX | 90 | 2026-06-01 | Met | | | T1"
    )
    assert [figure(f"QA-01{letter}", AS_AT, **found) for letter in "abcd"] == [
        ("1", "10", "10.0"),
        ("5", "10", "50.0"),
        ("3", "10", "30.0"),
        ("1", "10", "10.0"),
    ]
    assert tell("QA-01a", AS_AT, **found).note == (
        "left out, audits whose grade is a word on no list of the policy, or blank: 1"
    )


def test_agreement_and_direction_are_shares_of_the_audits_that_were_moderated():
    # 8 of 10 alike; two were called good (3) and lowered, to 2 and to 1: 3 grades too generous in 10.
    found = audits((3, 3, 8), (3, 2, 1), (3, 1, 1), (3, None, 30))
    assert figure("QA-02", AS_AT, **found) == ("8", "10", "80.0")
    assert figure("QA-03", AS_AT, **found) == ("3", "10", "0.30")
    assert figure("QA-04a", AS_AT, **found) == ("9", "10", "90.0")
    assert figure("QA-05", AS_AT, **found) == ("10", "40", "25.0")


def test_auditors_who_are_too_hard_give_a_direction_below_nought():
    assert figure("QA-03", AS_AT, **audits((2, 3, 5), (3, 3, 5))) == ("-5", "10", "-0.50")


def test_under_ten_moderated_audits_only_the_counts_are_shown():
    row = tell("QA-02", AS_AT, **audits((3, 3, 9)))
    assert (row.numerator, row.denominator, row.value) == (9, 9, None)
    assert (row.status, row.why) == ("cannot_tell", "fewer than 10: only the counts are shown")
    assert figure("QA-02", AS_AT, **audits((3, 3, 10))) == ("10", "10", "100.0")


def test_from_thirty_on_agreement_is_set_beside_chance():
    # Graded 15 good, 15 requires improvement; moderated 10, 15 and 5 inadequate.  Seen: 10 grades apart.
    # By chance, of 30: 15 x 15 + 2 x 15 x 5 + 15 x 10 + 15 x 5 = 600, / 30 = 20.  1 - 10 / 20 = 0.5.
    pairs = ((3, 3, 10), (2, 2, 10), (3, 2, 5), (2, 1, 5))
    assert figure("QA-04b", AS_AT, **audits(*pairs)) == ("10", "30", "0.50")
    assert figure("QA-04b", AS_AT, **audits((3, 3, 9), *pairs[1:])) == ("10", "29", "")


def test_where_everybody_gave_one_grade_there_is_no_agreement_beyond_chance_to_show():
    assert tell("QA-04b", AS_AT, **audits((3, 3, 30))).why == "everybody gave one grade"


def test_a_moderation_that_has_not_happened_yet_and_a_word_on_no_list_are_no_pair():
    later = "\nX | 90 | 2026-06-01 | Good | Good | 2026-11-21 | T1\nY | 91 | 2026-06-01 | Good | Met | | T1"
    row = tell("QA-02", AS_AT, **audits((3, 3, 10), more=later))
    assert (row.numerator, row.denominator) == (10, 10)
    assert row.note == "left out, moderated audits of which a grade is a word on no list of the policy: 1"
    assert figure("QA-05", AS_AT, **audits((3, 3, 10), more=later)) == ("11", "12", "91.7")


@pytest.mark.parametrize(
    ("day", "counted"), [("2025-11-20", "0"), ("2025-11-21", "10"), ("2026-11-20", "10"), ("2026-11-21", "0")]
)
def test_audits_are_those_of_the_twelve_months(day, counted):
    assert figure("QA-05", AS_AT, **audits((3, 3, 10), day=day))[1] == counted


def test_an_audit_counts_for_the_team_that_it_names():
    found = audits((3, 3, 10), more="\nX | 90 | 2026-06-01 | Good | | | T2")
    assert by_unit("QA-05", "team", AS_AT, **found) == {"T1": ("10", "10", "100.0"), "T2": ("0", "1", "0.0")}


def test_audits_without_moderation_in_the_list_cannot_tell_agreement():
    row = tell("QA-02", AS_AT, missing=["audit.moderated_grade"], **audits((3, None, 12)))
    assert (row.status, row.why) == ("cannot_tell", "not in the files: moderated_grade of audit")
