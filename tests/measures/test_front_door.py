"""Referrals, assessments and first conferences, each worked out by hand."""

from __future__ import annotations

import pytest
from tests.measures.asking import by_unit, figure, tell

AS_AT = "2026-11-20"

# Child 1 came in May 2025, in May 2026 (on the very day, so a re-referral) and in June 2026 (again).
# Child 2 came in January 2025 and in February 2026: 13 months. Child 3 came once. Child 4 came too early.
REFERRALS = """
episode_id | child_id | referral_date | close_date | team_id
1          | 1        | 2025-05-04    | 2025-06-01 | T1
2          | 1        | 2026-05-04    | 2026-05-20 | T1
3          | 1        | 2026-06-01    |            | T2
4          | 2        | 2025-01-10    | 2025-02-01 | T1
5          | 2        | 2026-02-10    |            | T1
6          | 3        | 2026-03-02    |            | T2
7          | 4        | 2025-11-20    |            | T2
"""


def test_referrals_of_the_twelve_months_to_the_day_are_counted():
    assert figure("REF-00", AS_AT, episode=REFERRALS)[0] == "4"
    assert figure("REF-00", AS_AT, episode=REFERRALS, since="2025-11-20")[0] == "5"


def test_re_referrals_by_referral_and_by_child_are_two_figures():
    assert figure("REF-02a", AS_AT, episode=REFERRALS) == ("2", "4", "50.0")
    assert figure("REF-02b", AS_AT, episode=REFERRALS) == ("1", "3", "33.3")


def test_a_referral_a_day_after_twelve_months_is_no_re_referral():
    later = REFERRALS.replace("2026-05-04", "2026-05-05").replace("2026-06-01", "2027-06-01")
    assert figure("REF-02a", AS_AT, episode=later)[0] == "0"


def test_two_referrals_on_one_day_are_not_each_others_earlier_one():
    same = "episode_id | child_id | referral_date\n1 | 1 | 2026-05-04\n2 | 1 | 2026-05-04\n"
    assert figure("REF-02a", AS_AT, episode=same) == ("0", "2", "0.0")


def test_referrals_stand_under_the_team_that_took_them():
    assert by_unit("REF-00", "team", AS_AT, episode=REFERRALS) == {"T1": ("2", "", "2"), "T2": ("2", "", "2")}


# Mon 16 March 2026 + 45 working days = Thu 21 May 2026 (practice-standards 1.1).
ASSESSMENTS = """
assessment_id | child_id | episode_id | start_date | authorised_date
A1            | 1        | 1          | 2026-03-16 | 2026-05-21
A2            | 2        | 2          | 2026-03-16 | 2026-05-22
A3            | 3        | 3          | 2026-03-16 | 2026-03-16
A4            | 4        | 4          | 2026-03-16 |
A5            | 5        | 5          | 2026-03-16 | 2026-03-10
A6            | 6        | 6          | 2024-03-16 | 2024-04-10
"""
ASSESSED = """
episode_id | child_id | referral_date
1          | 1        | 2026-03-13
2          | 2        | 2026-03-16
3          | 3        | 2026-03-16
4          | 4        | 2026-03-16
5          | 5        | 2026-03-16
6          | 6        | 2024-03-16
"""


def test_assessments_count_from_their_start_in_the_published_measure():
    row = tell("ASM-01b", AS_AT, assessment=ASSESSMENTS, episode=ASSESSED)
    assert (str(row.numerator), str(row.denominator), str(row.value)) == ("2.000000", "3.000000", "66.7")
    assert row.note == "left out, assessments with impossible dates or without a start: 1"


def test_a_first_assessment_counts_from_the_referral_in_our_own_measure():
    # A1's referral was on Friday the 13th: its 45th working day is Wednesday 20 May, so 21 May is late.
    assert figure("ASM-01a", AS_AT, assessment=ASSESSMENTS, episode=ASSESSED) == ("1", "3", "33.3")


@pytest.mark.parametrize(
    ("done", "band"),
    [
        ("2026-03-16", "ASM-01c0"),
        ("2026-03-17", "ASM-01c1"),  # 1
        ("2026-03-30", "ASM-01c1"),  # 10
        ("2026-03-31", "ASM-01c2"),  # 11
        ("2026-05-14", "ASM-01c4"),  # 40: Good Friday, Easter Monday and May Day lie between
        ("2026-05-15", "ASM-01c5"),  # 41
        ("2026-05-21", "ASM-01c5"),  # 45
        ("2026-05-22", "ASM-01c6"),  # 46
        ("2026-05-29", "ASM-01c6"),  # 50: the spring bank holiday lies between
        ("2026-06-01", "ASM-01c7"),  # 51
        ("2026-06-12", "ASM-01c7"),  # 60
        ("2026-06-15", "ASM-01c8"),  # 61
    ],
)
def test_an_assessment_falls_into_one_of_the_published_bands(done, band):
    one = f"assessment_id | child_id | episode_id | start_date | authorised_date\nA | 1 | 1 | 2026-03-16 | {done}\n"
    bands = {f"ASM-01c{n}": figure(f"ASM-01c{n}", AS_AT, assessment=one)[0] for n in range(9)}
    assert [b for b, n in bands.items() if n == "1"] == [band]
    assert all(n == "0" for b, n in bands.items() if b != band)


# Fri 11 Dec 2026 + 15 working days = Wed 6 Jan 2027 (practice-standards 1.1).
ENQUIRIES = """
enquiry_id | child_id | start_date
Q1         | 1        | 2026-12-11
Q2         | 2        | 2026-12-11
Q3         | 3        | 2026-06-01
Q4         | 3        | 2026-12-11
"""
CONFERENCES = """
conference_id | enquiry_id | child_id | held_date  | transfer_in
C1            | Q1         | 1        | 2027-01-06 |
C2            | Q2         | 2        | 2027-01-07 |
C3            |            | 3        | 2027-01-06 |
C4            |            | 4        | 2027-01-06 |
C5            | Q1         | 1        | 2027-01-06 | Y
C6            |            | 2        |            |
"""


def test_a_conference_is_in_time_to_the_fifteenth_working_day():
    row = tell("S47-01", "2027-02-01", enquiry=ENQUIRIES, conference=CONFERENCES)
    assert (str(row.numerator), str(row.denominator), str(row.value)) == ("2.000000", "3.000000", "66.7")
    assert row.note == (
        "left out, conferences without an enquiry before them, or moved in from another council: 2"
    )


def test_conferences_fall_into_the_published_bands():
    found = [
        figure(f"S47-01c{n}", "2027-02-01", enquiry=ENQUIRIES, conference=CONFERENCES)[0] for n in range(4)
    ]
    assert found == ["0", "2", "1", "0"]


def test_where_there_was_nothing_to_divide_by_there_is_no_rate():
    row = tell("S47-01", AS_AT)
    assert (row.status, row.value, row.why) == ("cannot_tell", None, "there is nothing to divide by")
