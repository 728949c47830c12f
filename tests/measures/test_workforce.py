"""Workforce measures, each worked out by hand from a few workers."""

from __future__ import annotations

from decimal import Decimal

from tests.measures.asking import at_month_ends, by_unit, figure, tell

AS_AT = "2026-09-30"

TEAM = """
team_id | name  | parent_id | parent_name
T1      | North | S1        | Safeguarding
T2      | South | S1        | Safeguarding
T3      | Care  | S2        | Corporate parenting
"""
# Employed: Ann 1.0, Bob 0.6, Cat 0.8, Fay (unknown hours). Agency: Dan 1.0. Eve left in June with 0.5.
# Gil has no registration number; Hal's number is Ann's (a second post of 0.2).
WORKER = """
worker_id | staff_number | name
1         | A            | Ann
2         | B            | Bob
3         | C            | Cat
4         | D            | Dan
5         | E            | Eve
6         | F            | Fay
7         | G            | Gil
"""
HR = """
staff_number | team  | contract  | fte | start_date | leaving_date | swe_number | programme_start
A            | North | Permanent | 1.0 | 2019-01-01 |              | SW1        |
B            | North | Permanent | 0.6 | 2019-01-01 |              | SW2        | 2025-01-06
C            | Care  | Permanent | 0.8 | 2019-01-01 |              | SW3        |
D            | North | Agency    | 1.0 | 2019-01-01 |              | SW4        |
E            | South | Permanent | 0.5 | 2019-01-01 | 2026-06-15   | SW5        |
F            | South | Permanent |     | 2019-01-01 |              | SW6        |
G            | Care  | Permanent | 1.0 | 2019-01-01 |              |            |
"""
# Ann leads 3, Bob 2, Dan 1, Fay 1 (hours unknown), Gil 1 (no number); child 9 has nobody.
EPISODE = """
episode_id | child_id | referral_date
""" + "\n".join(f"E{n} | {n} | 2026-01-05" for n in range(1, 10))
CHILD = "child_id | dob\n" + "\n".join(f"{n} | 2015-01-01" for n in range(1, 10))
INVOLVEMENT = """
involvement_id | worker_id | role | team_id | child_id | start_date | end_date
1              | 1         | CW   | T1      | 1        | 2026-01-05 |
2              | 1         | CW   | T1      | 2        | 2026-01-05 |
3              | 1         | CW   | T1      | 3        | 2026-01-05 |
4              | 2         | CW   | T1      | 4        | 2026-01-05 |
5              | 2         | CW   | T1      | 5        | 2026-01-05 |
6              | 4         | CW   | T1      | 6        | 2026-01-05 |
7              | 6         | CW   | T2      | 7        | 2026-01-05 |
8              | 7         | CW   | T3      | 8        | 2026-01-05 |
9              | 5         | CW   | T2      | 9        | 2026-01-05 |
"""
VACANCY = """
team_id | post          | fte | vacant_from | covered_by
T1      | Social Worker | 1.0 | 2026-02-01  | 4
T2      | Social Worker | 0.6 | 2026-03-01  |
T2      | Social Worker | 1.0 | 2026-10-01  |
"""
COUNCIL = {
    "team": TEAM,
    "worker": WORKER,
    "establishment": HR,
    "episode": EPISODE,
    "child": CHILD,
    "involvement": INVOLVEMENT,
    "vacancy": VACANCY,
}


def test_employed_hours_add_up_and_somebody_of_unknown_hours_is_left_out_and_counted():
    row = tell("WF-01a", AS_AT, **COUNCIL)
    assert str(row.value) == "2.4"  # 1.0 + 0.6 + 0.8
    assert row.note == (
        "left out, social workers whose hours, or whose kind of contract, are not known: 1; "
        "in post without a registration number, so not counted as social workers: 1"
    )


def test_agency_hours_stand_apart_from_employed_hours():
    assert figure("WF-01b", AS_AT, **COUNCIL) == ("1", "", "1")


def test_people_are_counted_once_by_their_registration_number():
    twice = HR + "H | North | Permanent | 0.2 | 2019-01-01 | | SW1 |\n"
    assert figure("WF-02a", AS_AT, **COUNCIL | {"establishment": twice})[0] == "4"  # SW1, SW2, SW3, SW6
    assert figure("WF-01a", AS_AT, **COUNCIL | {"establishment": twice})[0] == "2.6"


def test_agency_doubles_are_not_removed_as_in_the_census():
    twice = HR + "H | North | Agency | 1.0 | 2019-01-01 | | SW4 |\n"
    assert figure("WF-02b", AS_AT, **COUNCIL | {"establishment": twice})[0] == "2"


def test_cases_are_children_led_by_registered_social_workers_and_the_rest_is_said_beside():
    row = tell("WF-03", AS_AT, **COUNCIL)
    assert str(row.value) == "7"  # 3 + 2 + 1 + 1
    assert row.note == (
        "led by workers without a registration number, outside this figure: 1; "
        "unallocated, so in nobody's figure: 1"
    )


def test_case_holders_are_people_whatever_their_hours():
    assert figure("WF-04", AS_AT, **COUNCIL)[0] == "4"  # Ann, Bob, Dan, Fay


def test_the_average_caseload_divides_by_the_hours_of_case_holders_agency_too():
    row = tell("WF-05", AS_AT, **COUNCIL)
    assert (str(row.numerator), str(row.value)) == ("6.000000", "2.3")  # 6 / 2.6 = 2.307...
    assert "left out, case holders whose hours are not known: 1" in row.note
    assert "unallocated, so in nobody's caseload: 1" in row.note


def test_children_who_wait_are_said_beside_the_caseload_even_when_there_are_none():
    led = INVOLVEMENT.replace("9              | 5 ", "9              | 1 ")
    assert (
        "unallocated, so in nobody's caseload: 0"
        in tell("WF-05", AS_AT, **COUNCIL | {"involvement": led}).note
    )


def test_agency_vacancy_and_cover_rates():
    assert figure("WF-06", AS_AT, **COUNCIL) == ("1", "3.4", "29.4")  # 1.0 / (1.0 + 2.4) = 29.41
    assert figure("WF-07", AS_AT, **COUNCIL) == ("1.6", "4", "40.0")  # the third falls vacant tomorrow
    assert figure("WF-09a", AS_AT, **COUNCIL) == ("1", "1", "100.0")
    assert figure("WF-09b", AS_AT, **COUNCIL) == ("1", "1.6", "62.5")


def test_turnover_is_leavers_of_the_year_over_those_in_post_at_its_end():
    assert figure("WF-08", AS_AT, **COUNCIL) == ("0.5", "2.4", "20.8")


def test_who_left_one_post_and_keeps_another_is_no_leaver():
    moved = HR + "E | North | Permanent | 0.5 | 2026-06-16 | | SW5 |\n"
    assert figure("WF-08", AS_AT, **COUNCIL | {"establishment": moved}) == ("0", "2.9", "0.0")


def test_turnover_cannot_be_told_from_an_export_that_lists_no_leavers():
    here = "\n".join(line for line in HR.splitlines() if not line.startswith("E "))
    row = tell("WF-08", AS_AT, **COUNCIL | {"establishment": here})
    assert (row.status, row.value) == ("cannot_tell", None)
    assert row.why == "the establishment holds no leaver, so it may list only those still here"


def test_agency_rate_cannot_be_told_where_nothing_says_who_is_agency():
    silent = HR.replace("Permanent", "         ").replace("Agency   ", "         ")
    row = tell("WF-06", AS_AT, **COUNCIL | {"establishment": silent})
    assert (row.status, row.why) == (
        "cannot_tell",
        "the establishment does not say who is agency and who is employed",
    )


def test_without_any_registration_number_nobody_is_taken_for_a_social_worker():
    unnumbered = HR
    for n in range(1, 7):
        unnumbered = unnumbered.replace(f"SW{n}", "   ")
    row = tell("WF-05", AS_AT, **COUNCIL | {"establishment": unnumbered})
    assert row.why == "no registration number is in the files, so who is a social worker is not known"


def test_a_table_that_nobody_delivered_is_missing_and_not_nought():
    row = tell("WF-07", AS_AT, missing=["vacancy"], **COUNCIL | {"vacancy": "team_id\n"})
    assert (row.status, row.value, row.why) == ("cannot_tell", None, "not in the files: vacancy")


def test_sickness_absence_takes_the_days_that_the_staff_list_gives():
    # Ann 10 days, Bob 0, Cat not known; 10 / ((1.0 + 0.6) x 253) = 10 / 404.8.  Agency Dan and leaver Eve are out.
    days = {"A": "10", "B": "0", "C": "", "D": "30", "E": "30", "F": "4", "G": "50"}
    head, *rows = HR.strip().splitlines()
    sick = "\n".join([f"{head} | sick_days", *(f"{r} | {days[r[0]]}" for r in rows)])
    row = tell("WF-10", AS_AT, **COUNCIL | {"establishment": sick})
    assert (row.numerator, row.denominator, str(row.value)) == (10, Decimal("404.8"), "2.5")
    # Cat's days and Fay's hours.
    assert row.note == "left out, employed social workers whose hours or days lost are not known: 2"


def test_sickness_absence_says_why_it_cannot_be_told():
    row = tell("WF-10", AS_AT, **COUNCIL)
    assert row.why == "the establishment says of nobody how many days were lost to sickness"


def test_a_newly_qualified_worker_counts_in_part_and_who_is_away_not_at_all():
    # Nine open children.  Ann 1.0, Bob newly qualified 0.6 x 0.6 = 0.36, Cat away, Dan 1.0; Fay unknown.
    away = HR.replace("programme_start", "programme_start | absent_from")
    away = "\n".join(
        line if "programme_start" in line else f"{line} | {'2026-09-01' if line.startswith('C') else ''}"
        for line in away.strip().splitlines()
    ).replace("2025-01-06", "2026-01-06")
    assert figure("NQ-06", AS_AT, **COUNCIL | {"establishment": away}) == ("9", "2.36", "3.8")


def test_the_newly_qualified_share_counts_hours_of_the_first_two_years():
    # Bob began the programme on 6 January 2025: 0.6 of 2.6, until 6 January 2027.
    assert figure("NQ-11", AS_AT, **COUNCIL) == ("0.6", "2.6", "23.1")
    assert figure("NQ-11", "2027-01-05", **COUNCIL)[0] == "0.6"
    assert figure("NQ-11", "2027-01-06", **COUNCIL)[0] == "0"


def test_caseloads_stand_by_team_and_by_service():
    assert by_unit("WF-05", "team", AS_AT, **COUNCIL) == {
        "T1": ("6", "2.6", "2.3"),
        "T2": ("0", "0", ""),
    }
    assert by_unit("WF-01a", "service", AS_AT, **COUNCIL) == {
        "S1": ("1.6", "", "1.6"),
        "S2": ("0.8", "", "0.8"),
    }


def test_a_small_team_is_told_to_read_counts_and_not_percentages():
    assert (
        "under 5 full-time posts: read the counts, not the percentage" in tell("WF-06", AS_AT, **COUNCIL).note
    )


def test_children_per_worker_counts_people_of_every_kind():
    row = tell("WL-01", AS_AT, **COUNCIL)
    assert (str(row.numerator), str(row.denominator), str(row.value)) == ("8.000000", "5.000000", "1.6")


def test_utilisation_is_points_over_capacity_and_unknown_hours_are_left_out():
    # Every child counts 4. Ann 12 of 85; Bob 8 of 85 x 0.6 = 51; Dan 4 of 85. Gil 4 of 85. Fay unknown.
    row = tell("WL-02", AS_AT, **COUNCIL)
    assert (str(row.numerator), str(row.denominator), str(row.value)) == ("28.000000", "306.000000", "9.2")
    assert "left out, workers whose hours are not known: 1" in row.note


def test_children_unallocated_and_how_long_they_wait():
    # Child 9's worker left on 15 June; 107 days to 30 September.
    assert figure("AL-13a", AS_AT, **COUNCIL) == ("1", "9", "11.1")
    assert figure("AL-13b", AS_AT, **COUNCIL) == ("107", "1", "107.0")
    assert figure("AL-13c", AS_AT, **COUNCIL) == ("107", "", "107")


def test_waiting_over_the_limit_begins_on_the_day_after_two_weeks():
    assert figure("AL-13d", "2026-06-29", **COUNCIL) == ("0", "1", "0.0")
    assert figure("AL-13d", "2026-06-30", **COUNCIL) == ("1", "1", "100.0")


def test_a_caseload_is_told_again_for_month_ends_since_leavers_are_listed():
    found = at_month_ends("WF-05", AS_AT, 4, **COUNCIL)
    assert list(found) == ["2026-08-31", "2026-07-31", "2026-06-30", "2026-05-31"]
    assert found["2026-06-30"] == (("6", "2.6", "2.3"), "")
    nothing, why = found["2026-05-31"]
    assert nothing == ("", "", "")
    assert (
        why == "the establishment lists no leaver before 15 June 2026, so who was in post then is not known"
    )


def test_cases_held_need_only_involvements_and_go_back_further():
    found = at_month_ends("WF-03", AS_AT, 4, **COUNCIL)
    assert found["2026-05-31"] == (("8", "", "8"), "")  # Eve still led child 9


def test_before_any_involvement_nothing_is_told_of_a_month_end():
    (_, why) = at_month_ends("WF-03", AS_AT, 9, **COUNCIL)["2025-12-31"]
    assert why == "the files hold no involvement that had begun by then"


def test_a_vacancy_rate_is_not_told_for_the_past():
    assert at_month_ends("WF-07", AS_AT, 2, **COUNCIL) == {}
