"""How many points a child is worth, and how many of them a worker carries (contract section 5)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.small_council import delivered_but, evaluation, said, stored

from evenlode.policy import shipped_policy
from evenlode.rules.evaluate import standing

D = "2026-11-20"


def rows(header, *lines):
    return "\n".join([header, *lines])


def led_one_each(*children):
    """A worker list and involvements in which each child has a worker of the same name."""
    lines = (f"{c} | {c} | {c} | CW | 2026-01-05" for c in children)
    return {
        "worker": rows("worker_id | name", *(f"{c} | Ann Reed" for c in children)),
        "involvement": rows("involvement_id | child_id | worker_id | role | start_date", *lines),
    }


def led_by(pairs):
    """Involvements of "child worker" pairs."""
    lines = (
        f"{child} | {child} | {worker} | CW | 2026-01-05"
        for child, worker in map(str.split, pairs.split(", "))
    )
    return rows("involvement_id | child_id | worker_id | role | start_date", *lines)


def open_since_january(*children):
    return rows("child_id | episode_id | referral_date", *(f"{c} | {c} | 2026-01-05" for c in children))


def points(**tables):
    """Worker to (children, points)."""
    return {w.worker_id: (w.children, w.load.points) for w in evaluation(D, **tables).loads}


def points_of_children(*children, **tables):
    """Child to points, each led by a worker of their own."""
    found = points(**led_one_each(*children), **tables)
    return {child: int(value) for child, (_, value) in found.items()}


def test_each_entry_of_the_tariff_gives_a_child_its_points():
    open_now = ("need", "assessed", "enquiry", "plan", "new plan", "court", "before court")
    assert points_of_children(
        *open_now,
        *("in care", "new to care", "leaver", "leaver 24"),
        episode=open_since_january(*open_now),
        child="child_id | dob\nleaver | 2007-03-01\nleaver 24 | 2002-03-01",
        assessment="child_id | assessment_id | start_date\nassessed | 1 | 2026-11-01",
        enquiry="child_id | enquiry_id | start_date\nenquiry | 1 | 2026-11-01",
        cp_plan="child_id | plan_id | start_date\nplan | 1 | 2026-01-05\nnew plan | 2 | 2026-11-01",
        legal_status="child_id | legal_status_id | status | start_date\ncourt | 1 | C1 | 2026-11-01",
        pre_proceedings="child_id | pre_proceedings_id | decision_date\nbefore court | 1 | 2026-11-01",
        care_episode="""
            child_id    | care_episode_id | period_id | start_date
            in care     | 1               | C1        | 2024-01-05
            new to care | 2               | C2        | 2026-01-05
        """,
        care_leaver="""
            care_leaver_id | child_id  | eligibility
            1              | leaver    | Relevant
            2              | leaver 24 | Former Relevant
        """,
    ) == {
        "need": 4,
        "assessed": 5,
        "enquiry": 7,
        "plan": 7,
        "new plan": 8,
        "court": 10,
        "before court": 9,
        "in care": 5,
        "new to care": 8,
        "leaver": 4,
        "leaver 24": 4,
    }


def test_the_highest_entry_that_applies_counts_and_only_that():
    assert points_of_children(
        "assessed, enquiry",
        "plan, assessed",
        "care, enquiry",
        "care, court",
        "leaver in care",
        episode=open_since_january("assessed, enquiry", "plan, assessed"),
        child="child_id | dob\nleaver in care | 2009-03-01",
        assessment="""
            child_id          | assessment_id | start_date
            assessed, enquiry | 1             | 2026-11-01
            plan, assessed    | 2             | 2026-11-01
        """,
        enquiry="""
            child_id          | enquiry_id | start_date
            assessed, enquiry | 1          | 2026-11-01
            care, enquiry     | 2          | 2026-11-01
        """,
        cp_plan="child_id | plan_id | start_date\nplan, assessed | 1 | 2026-01-05",
        care_episode="""
            child_id       | care_episode_id | period_id | start_date
            care, enquiry  | 1               | C1        | 2024-01-05
            care, court    | 2               | C2        | 2026-01-05
            leaver in care | 3               | C3        | 2024-01-05
        """,
        legal_status="child_id | legal_status_id | status | start_date\ncare, court | 1 | C1 | 2026-01-05",
        care_leaver="care_leaver_id | child_id | eligibility\n1 | leaver in care | Eligible",
    ) == {
        "assessed, enquiry": 7,
        "plan, assessed": 7,
        "care, enquiry": 7,
        "care, court": 10,
        "leaver in care": 5,
    }


def test_work_that_is_over_or_still_to_come_gives_no_points():
    children = ("assessed", "to be assessed", "enquiry", "plan", "court", "later", "signed off tomorrow")
    assert points_of_children(
        *children,
        episode=open_since_january(*children),
        assessment="""
            child_id            | assessment_id | start_date | authorised_date
            assessed            | 1             | 2026-10-01 | 2026-11-20
            to be assessed      | 2             | 2026-11-21 |
            signed off tomorrow | 3             | 2026-10-01 | 2026-11-21
        """,
        enquiry="""
            child_id | enquiry_id | start_date | end_date
            enquiry  | 1          | 2026-10-01 | 2026-11-20
        """,
        cp_plan="""
            child_id | plan_id | start_date | end_date
            plan     | 1       | 2026-10-01 | 2026-11-20
        """,
        legal_status="""
            child_id | legal_status_id | status | start_date | end_date
            court    | 1               | C1     | 2026-10-01 | 2026-11-20
            later    | 2               | C2     | 2026-10-01 |
        """,
    ) == {**dict.fromkeys(children, 4), "signed off tomorrow": 5}


def test_a_protection_plan_is_new_up_to_and_including_its_ninetieth_day():
    # 22 August + 90 = 20 November (9 + 30 + 31 + 20); 21 August + 90 = 19 November, over.
    assert points_of_children(
        "on day 90",
        "on day 91",
        "theirs",
        cp_plan="""
            child_id  | plan_id | start_date | other_council
            on day 90 | 1       | 2026-08-22 |
            on day 91 | 2       | 2026-08-21 |
            theirs    | 3       | 2026-08-22 | Y
        """,
    ) == {"on day 90": 8, "on day 91": 7, "theirs": 8}


def test_a_looked_after_child_weighs_more_in_the_first_twelve_months():
    # 20 November 2025 + 12 months = 20 November 2026: not after D, so settled.
    assert points_of_children(
        "settled",
        "new",
        "by the column",
        care_episode="""
            child_id      | care_episode_id | period_id | start_date | entered_care_date
            settled       | 1               | C1        | 2025-11-20 |
            new           | 2               | C2        | 2025-11-21 |
            by the column | 3               | C3        | 2025-11-21 | 2025-11-20
        """,
    ) == {"settled": 5, "new": 8, "by the column": 5}


def test_a_looked_after_child_weighs_more_after_two_moves_in_six_months():
    # After 20 May 2026 (D - 6 months), so from 21 May on.  All entered care in 2024.
    children = (
        "two moves",
        "one too early",
        "one move",
        "one place",
        "stayed",
        "for a while",
        "to come",
        "wrong",
    )
    assert points_of_children(
        *children,
        care_episode=rows(
            "child_id | care_episode_id | period_id | start_date",
            *(f"{c} | E {c} | C {c} | 2024-01-05" for c in children),
        ),
        placement="""
            placement_id | child_id      | period_id       | start_date | end_date   | provider_number | placement_type
            1            | two moves     | C two moves     | 2026-05-21 | 2026-08-01 | SC001           | U6
            2            | two moves     | C two moves     | 2026-08-01 |            | SC002           | U6
            3            | one too early | C one too early | 2026-05-20 | 2026-08-01 | SC001           | U6
            4            | one too early | C one too early | 2026-08-01 |            | SC002           | U6
            5            | one move      | C one move      | 2024-01-05 | 2026-08-01 | SC001           | U6
            6            | one move      | C one move      | 2026-08-01 |            | SC002           | U6
            7            | one place     | C one place     | 2026-05-21 | 2026-08-01 | SC001           | U6
            8            | one place     | C one place     | 2026-08-01 |            | SC001           | U3
            9            | stayed        | C stayed        | 2024-01-05 | 2026-06-01 | SC001           | U6
            10           | stayed        | C stayed        | 2026-06-01 | 2026-08-01 | SC001           | U6
            11           | stayed        | C stayed        | 2026-08-01 |            | SC002           | U6
            12           | for a while   | C for a while   | 2026-06-01 | 2026-06-10 | SC001           | T1
            13           | for a while   | C for a while   | 2026-06-10 |            | SC002           | U6
            14           | to come       | C to come       | 2026-08-01 |            | SC001           | U6
            15           | to come       | C to come       | 2026-11-21 |            | SC002           | U6
            16           | wrong         | C wrong         | 2026-08-01 | 2026-07-01 | SC001           | U6
            17           | wrong         | C wrong         | 2026-08-01 |            | SC002           | U6
        """,
    ) == {**dict.fromkeys(children, 5), "two moves": 8, "for a while": 8}


def test_who_is_no_open_child_and_no_care_leaver_or_has_died_counts_for_nothing():
    nobodys = ("closed", "grown up", "dead", "said dead", "short break", "qualifying")
    assert points(
        **led_one_each("open", *nobodys),
        cp_plan="""
            child_id | plan_id | start_date
            dead     | 1       | 2026-01-05
        """,
        episode="""
            child_id | episode_id | referral_date | close_date
            open     | 1          | 2026-01-05    |
            closed   | 2          | 2026-01-05    | 2026-11-20
            grown up | 3          | 2026-01-05    |
            dead     | 4          | 2026-01-05    |
        """,
        child="""
            child_id   | dob        | death_date
            grown up   | 2008-11-20 |
            dead       | 2015-03-01 | 2026-11-20
            said dead  | 2006-03-01 |
            qualifying | 2006-03-01 |
        """,
        care_leaver="""
            care_leaver_id | child_id   | eligibility | in_touch
            1              | said dead  | Relevant    | DIED
            2              | qualifying | Qualifying  | YES
        """,
        care_episode="""
            child_id    | care_episode_id | period_id | start_date
            short break | 1               | C1        | 2026-01-05
        """,
        legal_status="""
            child_id    | legal_status_id | status | start_date
            short break | 1               | V4     | 2026-01-05
        """,
    ) == {"open": (1, 4), **dict.fromkeys(nobodys, (0, 0))}


def test_a_plan_that_still_runs_at_eighteen_gives_its_points_but_no_open_child():
    # Points look at the record and not at age; only an open child counts among the children.
    assert points(
        **led_one_each("on a plan", "in care"),
        child="child_id | dob\non a plan|2008-11-20\nin care|2008-11-20",
        cp_plan="child_id | plan_id | start_date\non a plan | 1 | 2026-01-05",
        care_episode="child_id | care_episode_id | period_id | start_date\nin care | 1 | C1 | 2024-01-05",
    ) == {"on a plan": (0, 7), "in care": (0, 5)}


FAMILIES = """
    family_row_id | family_id | child_id
    1             | F1        | a
    2             | F1        | b
    3             | F1        | c
    4             | F2        | d
    5             | F2        | e
"""


def test_of_siblings_under_one_worker_the_highest_scorer_counts_whole_and_the_others_six_tenths():
    # W1: 7 + 0.6 x 7 + 0.6 x 4 = 13.6.  W2 and W3 lead one each of two siblings: 7 and 7.
    # W4 leads two children of no family: 4 + 4 = 8.
    assert points(
        worker="worker_id | name\nW1 | Ann Reed\nW2 | Ben Hall\nW3 | Cat Ford\nW4 | Dan Shaw",
        family=FAMILIES,
        episode=open_since_january("c", "f", "g"),
        cp_plan="child_id | plan_id | start_date\n" + "\n".join(f"{c}|{c}|2026-01-05" for c in "abde"),
        involvement=led_by("a W1, b W1, c W1, d W2, e W3, f W4, g W4"),
    ) == {"W1": (3, Decimal("13.6")), "W2": (1, 7), "W3": (1, 7), "W4": (2, 8)}


def test_a_child_of_several_families_belongs_to_the_lowest_compared_as_a_number():
    # W1: 9 < 10, so the two share family 9: 4 + 0.6 x 4 = 6.4.  W2: families 19 and 110: 4 + 4 = 8.
    assert points(
        worker="worker_id | name\nW1 | Ann Reed\nW2 | Ben Hall",
        episode=open_since_january(*"abcd"),
        family="""
            family_row_id | family_id | child_id
            1             | 10        | a
            2             | 9         | a
            3             | 9         | b
            4             | 110       | c
            5             | 19        | c
            6             | 110       | d
        """,
        involvement=led_by("a W1, b W1, c W2, d W2"),
    ) == {"W1": (2, Decimal("6.4")), "W2": (2, 8)}


def shares(children, worked, *, known=True):
    """(Worker, child, part, points, share, counted) of every sum, all children of one family."""
    header = "involvement_id | child_id | worker_id | role | start_date"
    on_plans = [c for c, kind in children.items() if kind == "plan"]
    tables = {
        "worker": "worker_id | name\nW1 | Ann Reed\nW2 | Ben Hall",
        "episode": open_since_january(*children),
        "child": rows("child_id", *(children if known else ())),
        "family": rows("family_row_id | family_id | child_id", *(f"{c} | F1 | {c}" for c in children)),
        "cp_plan": rows("child_id | plan_id | start_date", *(f"{c}|{c}|2026-01-05" for c in on_plans)),
        "involvement": rows(header, *(f"{n} | {row}" for n, row in enumerate(worked))),
    }
    with standing(
        stored(tables), as_at=date.fromisoformat(D), policy=shipped_policy(), delivered=delivered_but()
    ) as day:
        parts = [{"worker": w, **part} for (_, w), several in day.parts().items() for part in several]
        assert {w.worker_id: w.load.points for w in day.loads if w.load.points} == {
            worker: sum(Decimal(p["counted"]) for p in parts if p["worker"] == worker)
            for worker in {p["worker"] for p in parts}
        }
    return said(parts, "worker", "child_id", "part", "points", "share", "counted")


@pytest.mark.parametrize(
    "known", [pytest.param(True, id="in the list of children"), pytest.param(False, id="in no list")]
)
@pytest.mark.parametrize(
    ("lowest", "others"),
    [
        pytest.param("9", ["10", "A1"], id="9 before 10"),
        pytest.param("007", ["7", "10"], id="equal numbers as text"),
    ],
)
def test_of_siblings_who_score_the_same_the_lowest_id_counts_whole(lowest, others, known):
    found = shares(
        dict.fromkeys([lowest, *others], "need"),
        [f"{c} | W1 | CW | 2026-01-05" for c in (*others, lowest)],
        known=known,
    )
    assert found == sorted(
        [("W1", lowest, "led", "4", "1", "4"), *(("W1", c, "led", "4", "0.6", "2.4") for c in others)]
    )


def test_the_highest_scorer_counts_whole_whatever_the_ids():
    assert shares({"1": "need", "2": "plan"}, ["1 | W1 | CW | 2026-01-05", "2 | W1 | CW | 2026-01-05"]) == [
        ("W1", "1", "led", "4", "0.6", "2.4"),
        ("W1", "2", "led", "7", "1", "7"),
    ]


def test_a_co_worker_carries_a_quarter_of_the_childs_own_points_once_and_never_as_the_lead():
    # W2 co-works two siblings: 0.25 x 7 and 0.25 x 4, before the sibling rule and whatever the number of
    # involvements.  W1 leads both, and the co-working row of W1 adds nothing.
    assert shares(
        {"1": "need", "2": "plan"},
        [
            "1 | W1 | CW | 2026-01-05",
            "2 | W1 | CW | 2026-01-05",
            "2 | W1 | CO-WORKER | 2026-01-05",
            "1 | W2 | CO-WORKER | 2026-01-05",
            "1 | W2 | JOINT WORKER | 2026-02-05",
            "2 | W2 | co worker | 2026-01-05",
            "2 | W2 | IRO | 2026-01-05",
        ],
    ) == [
        ("W1", "1", "led", "4", "0.6", "2.4"),
        ("W1", "2", "led", "7", "1", "7"),
        ("W2", "1", "co-worked", "4", "0.25", "1"),
        ("W2", "2", "co-worked", "7", "0.25", "1.75"),
    ]
