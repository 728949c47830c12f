"""Children looked after and care leavers, each worked out by hand."""

from __future__ import annotations

import pytest
from tests.measures.asking import figure, tell

AS_AT = "2026-11-20"
EPISODES = """
care_episode_id | child_id | period_id | start_date | end_date | end_reason | entered_care_date
1               | 1        | C1        | 2024-01-10 |          |            | 2024-01-10
2               | 2        | C2        | 2026-06-01 |          |            | 2026-06-01
"""
CHILDREN = "child_id | dob\n1 | 2014-01-01\n2 | 2014-01-01\n"
# Child 1 lived in one place from January 2024; child 2 in three since June.
PLACEMENTS = """
placement_id | child_id | period_id | start_date | end_date   | placement_type | provider_number
1            | 1        | C1        | 2024-01-10 |            | U1             | A
2            | 2        | C2        | 2026-06-01 | 2026-07-01 | U6             | B
3            | 2        | C2        | 2026-07-01 | 2026-08-01 | U6             | C
4            | 2        | C2        | 2026-08-01 |            | U6             | D
"""
CARE = {"care_episode": EPISODES, "child": CHILDREN, "placement": PLACEMENTS}


def test_three_placements_in_the_year_are_counted_over_children_looked_after():
    assert figure("CLA-S1", AS_AT, **CARE) == ("1", "2", "50.0")


def test_two_placements_are_not_three():
    two = "\n".join(line for line in PLACEMENTS.splitlines() if not line.startswith("3 "))
    assert figure("CLA-S1", AS_AT, **CARE | {"placement": two}) == ("0", "2", "0.0")


def test_a_period_with_an_impossible_episode_is_left_out_and_counted():
    wrong = EPISODES + "3 | 2 | C2 | 2026-09-01 | 2026-08-01 | X1 | 2026-06-01\n"
    row = tell("CLA-S1", AS_AT, **CARE | {"care_episode": wrong})
    assert (str(row.denominator), row.note) == (
        "1.000000",
        "left out, children whose period of care has an impossible episode: 1",
    )


@pytest.mark.parametrize(
    ("as_at", "found"),
    [
        ("2026-07-09", ("0", "0", "")),  # a day short of two and a half years
        ("2026-07-10", ("1", "1", "100.0")),
        ("2029-12-31", ("1", "2", "50.0")),  # both, the day before they are 16
        ("2030-01-01", ("0", "0", "")),
    ],
)
def test_long_term_stability_is_of_under_16s_two_and_a_half_years_in_care(as_at, found):
    settled = PLACEMENTS.replace("2026-08-01 |            | U6", "2028-06-01 |            | U6")
    assert figure("CLA-S2", as_at, **CARE | {"placement": settled}) == found


def test_two_years_in_one_placement_are_reached_on_the_day():
    moved = PLACEMENTS.replace("2024-01-10 |            | U1", "2024-11-20 |            | U1")
    assert figure("CLA-S2", "2026-11-19", **CARE | {"placement": moved})[0] == "0"
    assert figure("CLA-S2", "2026-11-20", **CARE | {"placement": moved})[0] == "1"


LED = """
involvement_id | worker_id | role | child_id | start_date | end_date
1              | 1         | CW   | 1        | 2024-01-10 | 2026-01-10
2              | 2         | CW   | 1        | 2026-01-10 | 2026-05-10
3              | 1         | CW   | 1        | 2026-05-10 | 2026-06-10
4              | 3         | CW   | 1        | 2026-06-10 |
5              | 1         | CW   | 2        | 2026-06-01 | 2026-07-01
6              | 2         | CW   | 2        | 2026-07-01 | 2026-08-01
7              | 1         | CW   | 2        | 2026-08-01 |
"""


def test_three_workers_in_the_year_are_three_different_people():
    assert figure("CW-02a", AS_AT, **CARE, involvement=LED) == ("1", "2", "50.0")
    assert figure("CW-02b", AS_AT, **CARE, involvement=LED) == ("1", "2", "50.0")


# Mon 1 June + 20 working days = Mon 29 June; held on the day; + 3 months = 29 September, held on the 30th;
# + 6 months = 30 March.
REVIEWS = """
review_id | period_id | held_date  | cancelled
1         | C2        | 2026-06-29 |
2         | C2        | 2026-09-29 | Y
3         | C2        | 2026-09-30 |
"""
YOUNG = "\n".join(line for line in EPISODES.splitlines() if not line.startswith("1 "))


def test_reviews_in_time_follow_the_first_second_and_later_clock():
    care = CARE | {"care_episode": YOUNG, "care_review": REVIEWS}
    assert figure("CLA-R", AS_AT, **care) == ("1", "2", "50.0")
    assert figure("CLA-R", "2027-03-30", **care)[1] == "2"
    assert figure("CLA-R", "2027-03-31", **care) == ("1", "3", "33.3")


# One placement from 1 June: within a week, then every six weeks (42 days).
ONE = """
placement_id | child_id | period_id | start_date | end_date | placement_type | provider_number
2            | 2        | C2        | 2026-06-01 |          | {kind}         | B
"""
SEEN = """
visit_id | child_id | visit_date | seen
1        | 2        | 2026-06-08 | Y
2        | 2        | 2026-07-20 | Y
3        | 2        | 2026-09-01 | Y
"""


def test_visits_to_a_placement_fall_due_after_a_week_and_then_every_six():
    # 8 June: met. 8 June + 42 = 20 July: met. 20 July + 42 = 31 August: missed. 1 Sept + 42 = 13 October: missed.
    care = {
        "care_episode": YOUNG,
        "child": CHILDREN,
        "placement": ONE.format(kind="U6"),
        "care_visit": SEEN,
    }
    assert figure("CLA-V", AS_AT, **care) == ("2", "4", "50.0")


def test_under_an_interim_order_with_parents_visits_are_weekly_until_a_review_and_then_four_weekly():
    care = {
        "care_episode": YOUNG,
        "child": CHILDREN,
        "placement": ONE.format(kind="P1"),
        "care_visit": SEEN,
        "legal_status": "legal_status_id | child_id | status | start_date\n1 | 2 | C1 | 2026-06-01\n",
        "care_review": "review_id | period_id | held_date\n1 | C2 | 2026-06-29\n",
    }
    # 8 June: met. 15 June: missed, so to the visit of 20 July, after the review: 17 August missed.
    # 1 September + 28 = 29 September: missed.
    assert figure("CLA-V", AS_AT, **care) == ("1", "4", "25.0")


def test_a_settled_placement_has_three_months_after_its_first_year():
    placed = """
placement_id | child_id | period_id | start_date | end_date | placement_type | provider_number
1            | 1        | C1        | 2024-01-10 |          | U1             | A
"""
    visits = "visit_id | child_id | visit_date | seen\n1 | 1 | 2026-03-10 | Y\n2 | 1 | 2026-06-10 | Y\n"
    care = {"care_episode": EPISODES.splitlines()[1] + "\n" + EPISODES.splitlines()[2], "child": CHILDREN}
    # From the visit of 10 March: 10 June, met. From 10 June: 10 September, missed.
    # Before 10 March nothing had been visited: the first was due on 17 January 2024, outside the year.
    assert figure("CLA-V", AS_AT, **care, placement=placed, care_visit=visits) == ("1", "2", "50.0")


LEAVERS = """
care_leaver_id | child_id | eligibility     | in_touch | accommodation_suitable | activity | latest_contact_date
1              | 11       | Former Relevant | YES      | 1                      | F2       | 2026-11-01
2              | 12       | Former Relevant | NO       | 2                      | G4       | 2026-11-01
3              | 13       | Relevant        | YES      | 1                      | P1       | 2026-11-01
4              | 14       | Former Relevant | YES      |                        |          | 2026-11-01
5              | 15       | Eligible        | YES      | 1                      | F2       | 2026-11-01
6              | 16       | Former Relevant | DIED     |                        |          | 2026-01-01
7              | 11       | Former Relevant | NO       | 2                      | G5       | 2025-11-01
"""
# 11, 12 and 14 are 19 to 21; 13 turned 17 on the day; 15 is still looked after; 16 has died.
BORN = """
child_id | dob
11       | 2006-01-01
12       | 2007-11-20
13       | 2009-11-20
14       | 2005-01-01
15       | 2009-01-01
16       | 2006-01-01
"""


@pytest.mark.parametrize(
    ("measure", "found"),
    [
        ("CL-08a1", ("1", "1", "100.0")),
        ("CL-08a2", ("2", "3", "66.7")),
        ("CL-08b1", ("1", "1", "100.0")),
        ("CL-08b2", ("1", "3", "33.3")),
        ("CL-08c1", ("1", "1", "100.0")),
        ("CL-08c2", ("1", "3", "33.3")),
    ],
)
def test_care_leavers_are_told_by_age_from_their_newest_row(measure, found):
    assert figure(measure, AS_AT, care_leaver=LEAVERS, child=BORN) == found


def test_what_the_extract_does_not_say_of_a_care_leaver_is_said():
    row = tell("CL-08b2", AS_AT, care_leaver=LEAVERS, child=BORN)
    assert row.note == "of whom the extract says nothing: 1"


def test_a_care_leaver_of_unknown_age_is_left_out_and_counted():
    some = "\n".join(line for line in BORN.splitlines() if not line.startswith("11"))
    row = tell("CL-08a2", AS_AT, care_leaver=LEAVERS, child=some)
    assert str(row.denominator) == "2.000000"
    assert row.note == "left out, care leavers whose age is not known: 1"
