"""What a workforce census tells when there is no list of staff: each figure worked out by hand."""

from __future__ import annotations

from decimal import Decimal

from tests.measures.asking import by_unit, figure, tell

AS_AT = "2026-11-20"
# Employed on the day: 1.0 + 0.5 + 0.8 = 2.3; agency 1.0.  One employee of 0.4 left in March; one moved from one
# post to another.  An older census stands beside it.
CENSUS = """
census_row_id | census_date | swe_number | agency | role_end   | fte | cases | days_lost
1             | 2026-09-30  | SW1        | N      |            | 1.0 | 15    | 10
2             | 2026-09-30  | SW2        | N      |            | 0.5 | 8     | 0
3             | 2026-09-30  | SW3        | N      |            | 0.8 | 0     |
4             | 2026-09-30  | SW4        | Y      |            | 1.0 | 17    | 3
5             | 2026-09-30  | SW5        | N      | 2026-03-31 | 0.4 |       | 20
6             | 2026-09-30  | SW2        | N      | 2026-04-30 | 0.5 |       |
7             | 2025-09-30  | SW1        | N      |            | 1.0 | 99    | 99
"""
VACANCY = """
census_row_id | census_date | vacant_fte | agency_fte
1             | 2026-09-30  | 0.7        | 1.0
2             | 2025-09-30  | 9.9        | 9.9
"""
COUNCIL = {"census_worker": CENSUS, "census_vacancy": VACANCY}


def test_the_newest_census_gives_caseload_agency_vacancy_turnover_and_cover():
    assert figure("WF-05c", AS_AT, **COUNCIL) == ("40", "2.5", "16.0")  # 15 + 8 + 17 over 1.0 + 0.5 + 1.0
    assert figure("WF-06c", AS_AT, **COUNCIL) == ("1", "3.3", "30.3")
    assert figure("WF-07c", AS_AT, **COUNCIL) == ("0.7", "3", "23.3")
    assert figure("WF-08c", AS_AT, **COUNCIL) == ("0.4", "2.3", "17.4")  # who keeps another post has not left
    assert figure("WF-09c", AS_AT, **COUNCIL) == ("1", "0.7", "142.9")


def test_sickness_is_days_lost_over_the_working_days_of_those_of_whom_it_is_known():
    # 10 + 0 days over (1.0 + 0.5) x 253 = 379.5.
    row = tell("WF-10c", AS_AT, **COUNCIL)
    assert (row.numerator, row.denominator, str(row.value)) == (10, 379.5, "2.6")
    assert (
        "left out, employed social workers of the census whose hours or days lost are not known: 1"
        in row.note
    )


def test_a_census_year_with_a_29_february_has_one_working_day_more():
    stayed = "\n".join(CENSUS.strip().splitlines()[:3]).replace("2026-09-30", "{}")
    for day, days in (("2024-09-30", 381), ("2025-09-30", "379.5")):  # 1.5 x 254, 1.5 x 253
        assert tell("WF-10c", AS_AT, census_worker=stayed.format(day, day)).denominator == Decimal(days)


def test_how_old_the_census_is_is_said_beside_the_figure():
    # 30 September to 20 November: 31 + 20 = 51.
    assert tell("WF-06c", AS_AT, **COUNCIL).note == "days since the census day: 51"


def test_a_census_of_a_later_day_is_not_looked_at():
    assert figure("WF-05c", "2026-09-29", **COUNCIL) == ("99", "1", "99.0")
    row = tell("WF-05c", "2025-09-29", **COUNCIL)
    assert (row.status, row.why) == ("cannot_tell", "no census day in the files is on or before this day")


def test_vacancies_of_another_census_day_are_not_put_to_the_workers_of_this_one():
    row = tell(
        "WF-07c", AS_AT, census_worker=CENSUS, census_vacancy=VACANCY.replace("2026-09-30", "2024-09-30")
    )
    assert (row.status, row.why) == (
        "cannot_tell",
        "the vacancies are of another census day than the workers, or of none",
    )


def test_a_census_names_no_team_so_nothing_is_told_of_teams():
    assert by_unit("WF-06c", "team", AS_AT, **COUNCIL) == {}


def test_without_a_census_nothing_is_taken_for_nought():
    row = tell("WF-07c", AS_AT, missing=["census_worker", "census_vacancy"])
    assert row.value is None
    assert row.why == "not in the files: census_vacancy; not in the files: census_worker"
