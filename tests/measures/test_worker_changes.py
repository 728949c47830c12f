"""CW-01, CW-03 and CW-06: how many workers children had, how often they changed, and why."""

from __future__ import annotations

import pytest
from tests.measures.asking import figure, tell

AS_AT = "2026-11-20"
# Child 1: Ann, Bob, Ann again: two different workers, two hand-overs.  Child 2: Ann alone.  Child 3: nobody.
# Child 4, looked after: Ann, Bob, Cat: three workers, two hand-overs.
COUNCIL = {
    "child": "child_id | dob\n" + "\n".join(f"{n} | 2015-01-01" for n in range(1, 5)),
    "episode": "child_id | episode_id | referral_date\n"
    + "\n".join(f"{n} | R{n} | 2025-12-01" for n in range(1, 5)),
    "care_episode": "child_id | care_episode_id | period_id | start_date\n4 | E4 | L4 | 2025-12-01",
    "worker": "worker_id | name\na | Ann\nb | Bob\nc | Cat",
    "involvement": """
involvement_id | child_id | role | worker_id | start_date | end_date   | change_reason
11             | 1        | CW   | a         | 2025-12-01 | 2026-03-01 | FCONTA
12             | 1        | CW   | b         | 2026-03-01 | 2026-06-01 | LEFTRL
13             | 1        | CW   | a         | 2026-06-01 |            | absenc
21             | 2        | CW   | a         | 2025-12-01 |            | FCONTA
41             | 4        | CW   | a         | 2025-12-01 | 2026-02-01 | FCONTA
42             | 4        | CW   | b         | 2026-02-01 | 2026-04-01 | Moved on
43             | 4        | CW   | c         | 2026-04-01 |            |
""",
}


def test_a_worker_who_comes_back_counts_once():
    # 2 + 1 + 0 + 3 = 6 workers of 4 children; 3 of the one who is looked after.
    assert figure("CW-01b", AS_AT, **COUNCIL) == ("6", "4", "1.50")
    assert figure("CW-01a", AS_AT, **COUNCIL) == ("3", "1", "3.00")


def test_children_are_shared_out_by_how_many_workers_they_had():
    assert [figure(f"CW-01b{n}", AS_AT, **COUNCIL) for n in (1, 2, 3)] == [("1", "4", "25.0")] * 3
    assert figure("CW-02b", AS_AT, **COUNCIL) == ("1", "4", "25.0")


def test_hand_overs_count_each_change_and_coming_back_is_one():
    # Child 1 two, child 4 two: 4 of 4 children, half of them twice.
    assert figure("CW-03b", AS_AT, **COUNCIL) == ("4", "4", "1.00")
    assert figure("CW-03b1", AS_AT, **COUNCIL) == ("2", "4", "50.0")
    assert figure("CW-03b2", AS_AT, **COUNCIL) == ("2", "4", "50.0")
    assert figure("CW-03a", AS_AT, **COUNCIL) == ("2", "1", "2.00")


def test_a_change_of_a_year_ago_is_out_of_the_twelve_months():
    # Ann to Bob on 1 March 2026 leaves the twelve months on 1 March 2027; the other three are inside.
    assert figure("CW-03b", "2027-02-01", **COUNCIL)[0] == "3"  # child 4's of 1 February 2026 is out
    assert figure("CW-03b", "2027-03-01", **COUNCIL)[0] == "2"


@pytest.mark.parametrize(
    ("letter", "number"),
    [("c", "1"), ("f", "1"), ("j", "1"), ("k", "1"), ("b", "0"), ("a", "0")],
)
def test_reasons_are_counted_by_code_whatever_the_case_with_other_words_and_blanks_apart(letter, number):
    # Of four hand-overs: the worker left, absence, other words, and none said.  First contact is no hand-over.
    assert figure(f"CW-06{letter}", AS_AT, **COUNCIL)[:2] == (number, "4")


def test_where_no_change_has_a_reason_nothing_is_told_of_reasons():
    silent = COUNCIL["involvement"]
    for word in ("FCONTA", "LEFTRL", "absenc", "Moved on"):
        silent = silent.replace(word, " " * len(word))
    row = tell("CW-06a", AS_AT, **COUNCIL | {"involvement": silent})
    assert (row.status, row.why) == ("cannot_tell", "no change of worker says why")
    assert figure("CW-06k", AS_AT, **COUNCIL | {"involvement": silent}) == ("4", "4", "100.0")


@pytest.mark.parametrize("measure", ["CW-01a", "CW-02a", "CW-02b", "CW-03b1", "CW-06a"])
def test_an_extract_that_names_only_todays_worker_tells_no_change(measure):
    row = tell(measure, AS_AT, missing=["involvement:history"], **COUNCIL)
    assert (row.status, row.why) == ("cannot_tell", "not in the files: history of involvement")
