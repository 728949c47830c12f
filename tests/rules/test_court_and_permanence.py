"""CT-01 to CT-05: does court, and the way there, keep its time, and is there a plan for permanence?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")
D = "2026-11-20"

# CT-01 ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 22 May + 182 days: 9 in May, 30 + 31 + 31 + 30 + 31 = 153, and 20 in November = 20 November.
        pytest.param("2026-11-20", [], id="on the last day of 26 weeks"),
        pytest.param(
            "2026-11-21",
            [("child", "1", "2026-05-22", "overdue", "statute", "red", "2026-11-20", 1)],
            id="the day after",
        ),
    ],
)
def test_care_proceedings_end_within_26_weeks_of_issue(as_at, expected):
    rows = "child_id | date_kind | start_date\n1 | Care Proceedings | 2026-05-22"
    assert said(ask("CT-01", as_at, key_date=rows), *WHOLE) == expected


def test_the_court_may_allow_longer_and_proceedings_that_ended_are_over():
    found = ask(
        "CT-01",
        D,
        key_date="""
        child_id           | date_kind        | start_date | due_date   | done_date
        allowed to today   | care proceedings | 2026-03-02 |            |
        allowed to today   | court extension  |            | 2026-11-20 | 2026-08-20
        allowed till before | care proceedings | 2026-03-02 |           |
        allowed till before | court extension  |            | 2026-11-19 | 2026-08-20
        earlier extension  | care proceedings | 2026-03-02 |            |
        earlier extension  | court extension  |            | 2025-11-19 | 2025-08-20
        ended              | care proceedings | 2026-03-02 |            | 2026-11-20
        no issue           | care proceedings |            |            |
    """,
    )
    # 2 March + 182 days: 29 in March, 30 + 31 + 30 + 31 = 122, and 31 in August = 31 August; 81 days.
    assert said(found, *LATE) == [
        ("allowed till before", "overdue", "2026-11-19", 1),
        ("earlier extension", "overdue", "2026-08-31", 81),
        ("no issue", "cannot_tell", None, None),
    ]


# CT-02 and CT-03 ------------------------------------------------------------------------------------------


def begun(letter: str, *, child: str = "1", more: str = "") -> str:
    return (
        "child_id | pre_proceedings_id | decision_date | letter_date | first_meeting_date | outcome | end_date\n"
        f"{child} | PP1 | 2026-01-05 | {letter} | {more or '| |'}"
    )


REVIEWS_KEPT = (
    "child_id | date_kind | start_date | done_date\nanother | pre-proceedings review | | 2026-01-05"
)


@pytest.mark.parametrize(
    ("letter", "key_dates", "expected"),
    [
        # 25 September + 56 days = 20 November; 31 July + 112 days = 20 November.
        pytest.param("2026-09-25", REVIEWS_KEPT, [], id="eight weeks to the day"),
        pytest.param("2026-09-24", REVIEWS_KEPT, [("PP1", "amber", "2026-11-19", 1)], id="a day more"),
        pytest.param("2026-09-24", "", [], id="a council that keeps no reviews"),
        pytest.param(
            "2026-09-24",
            f"{REVIEWS_KEPT}\n1 | pre-proceedings review | | 2026-11-02",
            [],
            id="a review was held",
        ),
        pytest.param(
            "2026-07-31", f"{REVIEWS_KEPT}\n1 | pre-proceedings review | | 2026-09-02", [], id="16 weeks to the day"
        ),
        pytest.param(
            "2026-07-30",
            f"{REVIEWS_KEPT}\n1 | pre-proceedings review | | 2026-09-02",
            [("PP1", "red", "2026-11-19", 1)],
            id="a day more than 16 weeks",
        ),
        pytest.param("2026-07-30", REVIEWS_KEPT, [("PP1", "red", "2026-11-19", 1)], id="past both, the end counts"),
        pytest.param(
            "2026-07-30", f"{REVIEWS_KEPT}\n1 | care proceedings | 2026-10-01 |", [], id="proceedings were issued"
        ),
    ],
)  # fmt: skip
def test_pre_proceedings_are_reviewed_within_8_weeks_and_end_within_16(letter, key_dates, expected):
    tables = {"key_date": key_dates} if key_dates else {}
    found = ask("CT-02", D, pre_proceedings=begun(letter), **tables)
    assert said(found, "record_id", "severity", "due_date", "days_over") == expected


@pytest.mark.parametrize("more", ["| STEP DOWN |", "| | 2026-11-20"], ids=["an outcome", "an end"])
def test_pre_proceedings_that_came_to_an_end_are_not_late(more):
    assert ask("CT-02", D, pre_proceedings=begun("2026-03-02", more=more)) == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param("2026-11-15 | |", [], id="five days after the decision"),
        pytest.param("2026-11-14 | |", [("PP1", "note", "2026-11-19", 1)], id="the day after that"),
        pytest.param("2026-11-02 | 2026-11-13 |", [], id="seven days after the letter"),
        pytest.param(
            "2026-11-02 | 2026-11-12 |", [("PP1", "note", "2026-11-19", 1)], id="the day after those"
        ),
        pytest.param("2026-11-02 | 2026-11-12 | 2026-11-20", [], id="the meeting was held"),
        pytest.param("| |", [], id="nothing was decided"),
    ],
)
def test_the_letter_follows_the_decision_in_five_days_and_the_meeting_the_letter_in_seven(row, expected):
    rows = (
        f"child_id | pre_proceedings_id | decision_date | letter_date | first_meeting_date\n1 | PP1 | {row}"
    )
    found = ask("CT-03", D, pre_proceedings=rows)
    assert said(found, "record_id", "severity", "due_date", "days_over") == expected


# CT-04 ----------------------------------------------------------------------------------------------------


def in_care(*rows: str) -> dict[str, str]:
    """Rows of child, entered care, and then legal statuses as "V2 2026-05-20"."""
    episodes = ["child_id | care_episode_id | period_id | start_date"]
    legal = ["child_id | legal_status_id | status | start_date"]
    for row in rows:
        child, entered, *statuses = (cell.strip() for cell in row.split("|"))
        episodes.append(f"{child} | E {child} | L {child} | {entered}")
        for place, spell in enumerate(statuses):
            status, start = spell.split()
            legal.append(f"{child} | {child}{place} | {status} | {start}")
    return {"care_episode": "\n".join(episodes), "legal_status": "\n".join(legal)}


def test_a_child_accommodated_by_agreement_for_six_months_has_a_decision_about_permanence():
    found = ask(
        "CT-04",
        D,
        **in_care(
            "six months today | 2026-05-20 | V2 2026-05-20",
            "a day more | 2026-05-19 | V2 2026-05-19",
            "renewed | 2026-05-19 | V2 2026-05-19 | V2 2026-08-03",
            "after another order | 2026-01-05 | C1 2026-01-05 | V2 2026-08-03",
            "under an order now | 2026-01-05 | V2 2026-01-05 | C1 2026-08-03",
        ),
    )
    assert said(found, *WHOLE) == [
        ("child", "a day more", "L a day more", "overdue", "local", "amber", "2026-11-19", 1),
        ("child", "renewed", "L renewed", "overdue", "local", "amber", "2026-11-19", 1),
    ]


DECIDED = {
    "a key date": {"key_date": "child_id | date_kind | done_date\n1 | permanence decision | 2026-03-02"},
    "a care plan": {
        "care_plan": 'child_id | care_plan_id | start_date | options\n1 | C1 | 2026-03-02 | {"LTFOST18": "Y"}'
    },
    "a decision to place": {
        "permanence": "child_id | permanence_id | adoption_decision_date\n1 | M1 | 2026-03-02"
    },
}


@pytest.mark.parametrize("where", list(DECIDED))
def test_a_decision_counts_wherever_it_is_recorded(where):
    assert ask("CT-04", D, **in_care("1 | 2026-01-05 | V2 2026-01-05"), **DECIDED[where]) == []


@pytest.mark.parametrize(
    ("plan", "status"),
    [
        pytest.param(
            '2026-03-02 | {"LTFOST18": "N"}', "overdue", id="a care plan that says no to everything"
        ),
        pytest.param('2025-03-02 | {"LTFOST18": "Y"}', "overdue", id="a plan of an earlier stay in care"),
        pytest.param('| {"LTFOST18": "Y"}', "cannot_tell", id="a plan without a date"),
    ],
)
def test_a_plan_that_decides_nothing_is_no_decision_and_one_without_a_date_leaves_a_doubt(plan, status):
    found = ask(
        "CT-04",
        D,
        **in_care("1 | 2026-01-05 | V2 2026-01-05"),
        care_plan=f"child_id | care_plan_id | start_date | options\n1 | C1 | {plan}",
    )
    assert said(found, "status") == [(status,)]


# CT-05 ----------------------------------------------------------------------------------------------------


def test_permanence_is_agreed_by_the_second_review():
    found = ask(
        "CT-05",
        D,
        **in_care("two reviews | 2026-01-05 | C1 2026-01-05", "one review | 2026-01-05 | C1 2026-01-05"),
        care_review="""
        child_id    | period_id     | review_id | held_date
        two reviews | L two reviews | 1         | 2026-02-02
        two reviews | L two reviews | 2         | 2026-05-01
        one review  | L one review  | 3         | 2026-02-02
        one review  | L one review  | 4         | 2026-11-21
    """,
    )
    assert said(found, *WHOLE) == [
        ("child", "two reviews", "L two reviews", "breach", "guidance", "amber", None, None)
    ]


def test_where_no_file_tells_of_permanence_it_cannot_be_judged():
    found = evaluation(
        D,
        rules=["CT-05"],
        missing=["care_plan", "permanence", "key_date=permanence decision"],
        **in_care("1 | 2026-01-05 | C1 2026-01-05"),
        care_review="""
        child_id | period_id | review_id | held_date
        1        | L 1       | 1         | 2026-02-02
        1        | L 1       | 2         | 2026-05-01
    """,
    )
    ours = [r for r in found.findings.to_pylist() if r["rule_id"] == "CT-05"]
    assert said(ours, "subject_kind", "status") == [("council", "cannot_tell")]
