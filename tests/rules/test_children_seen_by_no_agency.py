"""CP-08b: has every child on a protection plan been seen by some agency in the last six weeks?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

RULE = "CP-08b"
WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")
SINCE_JANUARY = "somebody else | 2026-01-05"


def plans(*children: str) -> str:
    """A plan a child from 1 September; the plan's id is the child's name with "plan" before it."""
    return "\n".join(["child_id | plan_id | start_date", *(f"{c} | plan {c} | 2026-09-01" for c in children)])


def visits(*rows: str) -> str:
    """Visits of the council's own, each "child | day" and "Y" where nothing else is said of seen."""
    full = (row if row.count("|") > 1 else f"{row} | Y" for row in rows)
    return "\n".join(["child_id | visit_date | seen", *full])


def elsewhere(*rows: str) -> str:
    """Sightings by other agencies, each "child | day" or "child | day | outcome"."""
    cells = ([c.strip() for c in (row + " | ").split("|")] for row in rows)
    return "\n".join(
        [
            "child_id | date_kind | done_date | outcome",
            *(f"{c[0]} | Seen by another agency | {c[1]} | {c[2]}" for c in cells),
        ]
    )


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 9 October + 42 days = 22 days to 31 October + 20 = 20 November.
        pytest.param("2026-11-20", [], id="the 42nd day is still in time"),
        pytest.param(
            "2026-11-21",
            [
                ("child", who, f"plan {who}", "overdue", "norm", "red", "2026-11-20", 1)
                for who in ("by school last", "by us last")
            ],
            id="the day after it is late, whoever saw the child last",
        ),
    ],
)
def test_no_child_on_a_plan_goes_unseen_by_any_agency_for_more_than_42_days(as_at, expected):
    found = ask(
        RULE,
        as_at,
        cp_plan=plans("by us last", "by school last", "by school a day later", "by us in need"),
        cp_visit=visits(
            "by us last | 2026-10-09", "by school last | 2026-09-04", "by school a day later | 2026-09-04"
        ),
        cin_visit=visits("by us in need | 2026-10-10"),
        key_date=elsewhere(
            SINCE_JANUARY,
            "by us last | 2026-09-20",
            "by school last | 2026-10-09",
            "by school a day later | 2026-10-10",
        ),
    )
    assert said(found, *WHOLE) == expected


def test_the_four_weeks_alarm_stands_whether_or_not_another_agency_saw_the_child():
    # Our own last visit was on 9 October: + 28 = 6 November, 15 days before.
    tables = {
        "cp_plan": plans("1"),
        "cp_visit": visits("1 | 2026-10-09"),
        "key_date": elsewhere(SINCE_JANUARY, "1 | 2026-11-20"),
    }
    assert said(ask("CP-08", "2026-11-21", **tables), *LATE) == [("1", "overdue", "2026-11-06", 15)]
    assert ask(RULE, "2026-11-21", **tables) == []


def test_a_sighting_before_birth_after_the_day_or_at_which_the_child_was_not_seen_is_none():
    found = ask(
        RULE,
        "2026-11-21",
        child="""
        child_id      | dob        | expected_dob
        before birth  | 2026-10-01 |
        unborn        |            | 2027-01-10
    """,
        cp_plan=plans("before birth", "unborn", "tomorrow", "not at home", "no word", "never seen"),
        cp_visit=visits(
            "before birth | 2026-10-02",
            "tomorrow | 2026-10-02",
            "not at home | 2026-10-02",
            "no word | 2026-10-02",
            "never seen | 2026-11-20 | N",
        ),
        key_date=elsewhere(
            SINCE_JANUARY,
            "before birth | 2026-09-30",
            "tomorrow | 2026-11-22",
            "not at home | 2026-11-20 | Not seen",
            "no word | 2026-11-20 | at school",
        ),
    )
    # 2 October + 42 = 13 November, 8 days before.
    assert said(found, *LATE) == [
        ("before birth", "overdue", "2026-11-13", 8),
        ("never seen", "cannot_tell", None, None),
        ("not at home", "overdue", "2026-11-13", 8),
        ("tomorrow", "overdue", "2026-11-13", 8),
    ]


def test_where_a_visit_of_ours_does_not_say_whether_the_child_was_seen_and_would_do_it_cannot_be_told():
    found = ask(
        RULE,
        "2026-11-21",
        cp_plan=plans("would do", "too old to do", "the school did see"),
        cp_visit=visits(
            "would do | 2026-10-01",
            "would do | 2026-10-10 |",
            "too old to do | 2026-10-01",
            "too old to do | 2026-10-09 |",
            "the school did see | 2026-10-01",
            "the school did see | 2026-10-10 |",
        ),
        key_date=elsewhere(SINCE_JANUARY, "the school did see | 2026-10-12"),
    )
    # 1 October + 42 = 12 November, 9 days before; 10 October + 42 = 21 November, in time.
    assert said(found, *LATE) == [
        ("too old to do", "overdue", "2026-11-12", 9),
        ("would do", "cannot_tell", None, None),
    ]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # A sighting on 9 October, the day before the list begins, would do until 20 November.
        pytest.param("2026-11-20", [("1", "cannot_tell", None, None)], id="a list of 41 days"),
        pytest.param("2026-11-21", [("1", "overdue", "2026-11-12", 9)], id="a list of 42 days"),
    ],
)
def test_a_list_of_sightings_that_is_younger_than_six_weeks_makes_no_child_late(as_at, expected):
    found = ask(
        RULE,
        as_at,
        cp_plan=plans("1"),
        cp_visit=visits("1 | 2026-10-01"),
        key_date=elsewhere("somebody else | 2026-10-10"),
    )
    assert said(found, *LATE) == expected


def test_each_open_plan_of_our_own_is_asked_about_and_no_other():
    found = ask(
        RULE,
        "2026-11-21",
        cp_plan="""
        child_id        | plan_id | start_date | end_date   | other_council
        two plans       | P1      | 2026-09-01 |            |
        two plans       | P2      | 2026-10-01 |            |
        ended           | P3      | 2026-09-01 | 2026-11-21 |
        other council's | P4      | 2026-09-01 |            | Y
    """,
        cp_visit=visits("two plans | 2026-10-02", "ended | 2026-10-02", "other council's | 2026-10-02"),
        key_date=elsewhere(SINCE_JANUARY, "two plans | 2026-10-09"),
    )
    assert said(found, "record_id", "due_date") == [("P1", "2026-11-20"), ("P2", "2026-11-20")]
    assert {key: found[0]["evidence"][key] for key in ("seen_by_us", "seen_by_other_agency")} == {
        "seen_by_us": "2026-10-02",
        "seen_by_other_agency": "2026-10-09",
    }


def test_a_council_that_keeps_no_sightings_by_other_agencies_is_told_so_once_and_no_child_is_late():
    found = evaluation(
        "2026-11-21",
        rules=[RULE],
        missing=["key_date=seen by another agency"],
        cp_plan=plans("1", "2"),
        cp_visit=visits("1 | 2026-09-04"),
    )
    assert said(found.findings.to_pylist(), "subject_kind", "status") == [("council", "cannot_tell")]
