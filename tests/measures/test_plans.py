"""Protection plans and child in need plans: length, repeats, reviews and visits, each worked out by hand."""

from __future__ import annotations

import pytest
from tests.measures.asking import by_unit, figure, tell

AS_AT = "2026-11-20"

# Child 1: second plan. Child 2: first. Child 3: the earlier one was another council's.
# Child 4: begun before the year. Child 5: another council's plan, which is not ours.
PLANS = """
plan_id | child_id | start_date | end_date   | other_council
P0      | 1        | 2019-01-01 | 2019-06-01 |
P1      | 1        | 2026-01-10 |            |
P2      | 2        | 2025-11-21 |            |
P3      | 3        | 2020-01-01 | 2020-05-01 | Y
P4      | 3        | 2026-05-01 | 2026-09-01 |
P5      | 4        | 2025-11-20 |            |
P6      | 5        | 2026-05-01 |            | Y
"""


def test_second_plans_look_back_for_ever_and_at_other_councils_too():
    assert figure("CP-12", AS_AT, cp_plan=PLANS) == ("2", "3", "66.7")


@pytest.mark.parametrize(
    ("start", "band"),
    [
        ("2026-08-20", "CP-10c0"),  # three months to the day
        ("2026-08-19", "CP-10c1"),
        ("2026-05-20", "CP-10c1"),  # six months to the day
        ("2026-05-19", "CP-10c2"),
        ("2025-11-21", "CP-10c2"),
        ("2025-11-20", "CP-10c3"),  # a year
        ("2024-11-21", "CP-10c3"),
        ("2024-11-20", "CP-11"),  # two years
    ],
)
def test_an_open_plan_falls_into_one_of_the_published_bands(start, band):
    one = f"plan_id | child_id | start_date\nP | 1 | {start}\n"
    found = {b: figure(b, AS_AT, cp_plan=one) for b in ("CP-10c0", "CP-10c1", "CP-10c2", "CP-10c3", "CP-11")}
    assert [b for b, (above, _, _) in found.items() if above == "1"] == [band]
    assert {below for _, below, _ in found.values()} == {"1"}


# P1: conference 10 January, first review due 10 April, held on the day; next due 10 October, held 9 October.
# P2: first review held 11 April, a day late. P3: nothing held by its day. P4: younger than three months.
REVIEWED = """
plan_id | child_id | start_date | conference_id
P1      | 1        | 2026-01-12 | C1
P2      | 2        | 2026-01-10 |
P3      | 3        | 2026-01-10 |
P4      | 4        | 2026-08-21 |
"""
CONFERENCE = "conference_id | child_id | plan_id | held_date\nC1 | 1 | P1 | 2026-01-10\n"
REVIEWS = """
review_id | plan_id | child_id | held_date
R1        | P1      | 1        | 2026-04-10
R2        | P1      | 1        | 2026-10-09
R3        | P2      | 2        | 2026-04-11
R4        | P2      | 2        | 2026-10-11
R5        | P3      | 3        |
"""
HELD = {"cp_plan": REVIEWED, "conference": CONFERENCE, "cp_review": REVIEWS}


def test_a_plan_is_reviewed_in_time_when_every_review_so_far_was():
    assert figure("CP-04a", AS_AT, **HELD) == ("1", "3", "33.3")


def test_a_review_that_is_overdue_today_counts_against_the_plan():
    # R2 was held on 9 October 2026, so the next is due by 9 April 2027.
    assert figure("CP-04a", "2027-04-09", **HELD)[0] == "1"
    assert figure("CP-04a", "2027-04-10", **HELD)[0] == "0"


def test_reviews_that_fell_due_in_the_period_are_in_time_or_not():
    # P1: 10 April and 10 October met. P2: 10 April missed, 11 October met. P3: 10 April missed. P4: not due yet...
    # ... on 21 November 2026.
    assert figure("CP-04b", AS_AT, **HELD) == ("3", "5", "60.0")
    assert figure("CP-04b", "2026-11-21", **HELD)[1] == "5"
    assert figure("CP-04b", "2026-11-22", **HELD)[1] == "6"


def test_nothing_is_due_once_the_plan_has_ended():
    ended = "plan_id | child_id | start_date | end_date\nP1 | 1 | 2026-01-10 | 2026-04-10\n"
    assert figure("CP-04b", AS_AT, cp_plan=ended)[1] == "0"
    later = ended.replace("2026-04-10\n", "2026-04-11\n")
    assert figure("CP-04b", AS_AT, cp_plan=later) == ("0", "1", "0.0")


# Ten working days: Mon 7 Sept + 10 = Mon 21 Sept; + 10 = Mon 5 Oct; Wed 7 Oct + 10 = Wed 21 Oct;
# Tue 20 Oct + 10 = Tue 3 Nov; + 10 = Tue 17 Nov.
PLAN = "plan_id | child_id | start_date\nP1 | 1 | 2026-09-07\n"
CHILD = "child_id | dob\n1 | 2015-01-01\n"
VISITS = """
visit_id | child_id | plan_id | visit_date | seen
1        | 1        | P1      | 2026-09-21 | Y
2        | 1        | P1      | 2026-10-07 | Y
3        | 1        | P1      | 2026-10-20 | Y
4        | 1        | P1      | 2026-10-30 | N
5        | 1        |         | 2026-11-03 |
"""


def test_a_visit_meets_its_day_and_the_next_is_counted_from_when_it_happened():
    # Due 21 Sept: met. Due 5 Oct: missed (made on the 7th). Due 21 Oct: met. Due 3 Nov: only a visit with a
    # blank "seen", so not known.
    row = tell("CP-05", AS_AT, cp_plan=PLAN, child=CHILD, cp_visit=VISITS)
    assert (str(row.numerator), str(row.denominator), str(row.value)) == ("2.000000", "3.000000", "66.7")
    assert row.note == 'left out, visits due that only a visit with a blank "seen" could have met: 1'


def test_a_visit_without_the_child_seen_meets_nothing():
    unseen = VISITS.replace("2026-11-03 |", "2026-11-03 | N")
    assert figure("CP-05", AS_AT, cp_plan=PLAN, child=CHILD, cp_visit=unseen) == ("2", "4", "50.0")


def test_a_due_date_on_the_day_itself_is_not_late_yet():
    bare = {"cp_plan": PLAN, "child": CHILD}
    assert figure("CP-05", "2026-09-21", **bare)[1] == "0"
    assert figure("CP-05", "2026-09-22", **bare) == ("0", "1", "0.0")


def test_a_childs_visits_count_from_birth_where_the_plan_was_made_before():
    born = "child_id | dob\n1 | 2026-10-20\n"
    # From 20 October: due 3 November, missed.
    assert figure("CP-05", "2026-11-05", cp_plan=PLAN, child=born) == ("0", "1", "0.0")


def test_nothing_is_due_after_a_child_has_died():
    died = "child_id | dob | death_date\n1 | 2015-01-01 | 2026-09-30\n"
    # Due 21 September: missed. The next would be late from the same day on, and no later one is asked for.
    assert figure("CP-05", AS_AT, cp_plan=PLAN, child=died) == ("0", "1", "0.0")
    sooner = died.replace("09-30", "09-21")
    assert figure("CP-05", AS_AT, cp_plan=PLAN, child=sooner) == ("0", "0", "")


def test_child_in_need_visits_have_twenty_working_days():
    plan = PLAN.replace("P1", "N1")
    # Mon 7 Sept + 20 = Mon 5 Oct.
    for day, in_time in (("2026-10-05", "1"), ("2026-10-06", "0")):
        visit = f"visit_id | child_id | visit_date | seen\n1 | 1 | {day} | Y\n"
        assert figure("CIN-02", "2026-10-20", cin_plan=plan, child=CHILD, cin_visit=visit)[:2] == (
            in_time,
            "1",
        )


def test_a_visit_stands_under_the_team_of_the_lead_worker_on_its_due_date():
    led = """
involvement_id | worker_id | role | team_id | child_id | start_date | end_date
1              | 1         | CW   | T1      | 1        | 2026-09-01 | 2026-10-01
2              | 2         | CW   | T2      | 1        | 2026-10-01 |
"""
    found = by_unit(
        "CP-05", "team", "2026-10-30", cp_plan=PLAN, child=CHILD, cp_visit=VISITS, involvement=led
    )
    assert found == {"T1": ("1", "1", "100.0"), "T2": ("1", "2", "50.0")}
