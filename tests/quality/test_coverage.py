"""Is the low figure real, or is the extract thin?  Rows a month and team beside the children."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from tests.quality.asking import quality
from tests.small_council import COUNCIL

from evenlode.policy import shipped_policy
from evenlode.quality.answer import Quality
from evenlode.quality.book import STOPS_EARLY, THIN_MONTH, THIN_TEAM
from evenlode.quality.coverage import EVENTS, Coverage, Reach
from evenlode.record.newest import HAPPENED

COVERAGE = (THIN_MONTH.id, THIN_TEAM.id, STOPS_EARLY.id)


def policy(**numbers: str):
    """Three months back, and small numbers judged, so that a case can be worked by hand."""
    shipped = shipped_policy()
    given = {"coverage_months": "3", "coverage_fewest": "4", "coverage_fewest_none": "2", **numbers}
    return replace(shipped, numbers={**shipped.numbers, **{k: Decimal(v) for k, v in given.items()}})


def plans(*rows: str) -> str:
    return "\n".join(["plan_id | child_id | start_date | end_date", *rows])


def visits(*days: str) -> str:
    """Visits as "2026-08 C1 4": so many in a month, on its first days."""
    lines = ["visit_id | child_id | visit_date"]
    for given in days:
        month, child, times = given.split()
        lines += [f"V{len(lines)}x{n} | {child} | {month}-{n:02}" for n in range(1, int(times) + 1)]
    return "\n".join(lines)


def cp_month(said: Quality, month: date, team: str | None = None) -> Coverage:
    (line,) = [c for c in said.coverage if (c.event.table, c.month, c.team_id) == ("cp_visit", month, team)]
    return line


def cp_reach(said: Quality) -> Reach:
    (found,) = [r for r in said.reaches if r.event.table == "cp_visit"]
    return found


TWO = plans("P1 | C1 | 2026-01-01 |", "P2 | C2 | 2026-01-01 |")


def test_a_month_with_less_than_half_of_what_the_councils_own_median_makes_likely_is_thin():
    # Two children. August 6 visits, September 2, October 8: rates 3, 1, 4; the median is 3, so 6 are
    # likely in a whole month, and 2 is less than half of 6.  In the 20 of 30 days of November 4 are.
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=TWO,
        cp_visit=visits("2026-08 C1 6", "2026-09 C2 2", "2026-10 C1 8", "2026-11 C1 3"),
    )
    months = [date(2026, m, 1) for m in (8, 9, 10, 11)]
    lines = [cp_month(said, month) for month in months]
    assert [(c.children, c.rows) for c in lines] == [(2, 6), (2, 2), (2, 8), (2, 3)]
    assert [c.likely for c in lines] == [6, 6, 6, 4]
    assert [c.thin for c in lines] == [False, True, False, False]
    one = said.of(COUNCIL, THIN_MONTH)
    assert (one.found, one.of) == (1, 4)


def test_exactly_half_of_what_is_likely_is_not_thin():
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=TWO,
        cp_visit=visits("2026-08 C1 6", "2026-09 C2 3", "2026-10 C1 6"),
    )
    assert not cp_month(said, date(2026, 9, 1)).thin


def test_where_few_rows_are_likely_a_few_less_say_nothing_and_none_at_all_does():
    few = {"coverage_fewest": "7", "coverage_fewest_none": "6"}
    said = quality(
        COVERAGE,
        policy=policy(**few),
        cp_plan=TWO,
        cp_visit=visits("2026-08 C1 6", "2026-09 C2 1", "2026-10 C1 8"),
    )
    assert not cp_month(said, date(2026, 9, 1)).thin
    none = quality(
        COVERAGE,
        policy=policy(**few),
        cp_plan=TWO,
        cp_visit=visits("2026-08 C1 6", "2026-10 C1 6"),
    )
    assert cp_month(none, date(2026, 9, 1)).thin


def test_a_child_counts_in_a_month_only_where_the_plan_ran_on_a_day_of_it():
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=plans(
            "P1 | C1 | 2026-01-01 | 2026-09-01",
            "P2 | C2 | 2026-01-01 | 2026-09-02",
            "P3 | C3 | 2026-09-30 |",
            "P4 | C4 | 2026-10-01 |",
            "P5 | C3 | 2026-01-01 | 2026-09-15",
        ),
        cp_visit=visits("2026-09 C2 1"),
    )
    # C1 ended on the first of September, so no day of September was on the plan; C3 counts once.
    assert cp_month(said, date(2026, 9, 1)).children == 2


def test_a_month_without_children_or_a_table_without_rows_is_not_judged():
    said = quality(COVERAGE, policy=policy(), cp_plan=plans("P1 | C1 | 2026-10-01 |"))
    assert cp_month(said, date(2026, 10, 1)).likely is None
    assert not cp_month(said, date(2026, 10, 1)).judged


LED = """
    involvement_id | child_id | worker_id | role | team_id | start_date | end_date
    I1             | C1       | W1        | CW   | T1      | 2026-01-01 |
    I2             | C2       | W2        | CW   | T2      | 2026-01-01 |
"""


def test_a_team_with_far_fewer_rows_than_the_council_in_the_same_months_is_thin():
    # Four visits a month for two children: two are likely for each team in each of three whole months.
    # T1 has all 12, T2 none, where 6 are likely.
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=TWO,
        involvement=LED,
        cp_visit=visits("2026-08 C1 4", "2026-09 C1 4", "2026-10 C1 4"),
    )
    teams = {t.team_id: t for t in said.teams if t.event.table == "cp_visit"}
    assert {t: (r.rows, r.likely, r.thin) for t, r in teams.items()} == {
        "T1": (12, 6, False),
        "T2": (0, 6, True),
    }
    assert said.of(COUNCIL, THIN_TEAM).found == 1


def test_a_month_that_is_thin_for_everybody_is_no_teams_fault():
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=TWO,
        involvement=LED,
        cp_visit=visits("2026-08 C1 3", "2026-08 C2 3", "2026-10 C1 3", "2026-10 C2 3"),
    )
    assert cp_month(said, date(2026, 9, 1)).thin
    assert said.of(COUNCIL, THIN_TEAM).found == 0


def test_a_child_stands_in_the_team_that_led_last_in_the_month():
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=plans("P1 | C1 | 2026-01-01 |"),
        involvement="""
            involvement_id | child_id | worker_id | role      | team_id | start_date | end_date
            I1             | C1       | W1        | CW        | T1      | 2026-01-01 | 2026-09-15
            I2             | C1       | W2        | CW        | T2      | 2026-09-15 |
            I3             | C1       | W3        | CO-WORKER | T3      | 2026-09-20 |
        """,
        cp_visit=visits("2026-08 C1 1", "2026-09 C1 1"),
    )
    assert cp_month(said, date(2026, 8, 1), "T1").rows == 1
    assert cp_month(said, date(2026, 9, 1), "T2").rows == 1


def test_a_table_that_stops_three_weeks_before_the_others_is_said_to():
    # Six visits a month for two children until 30 October; contacts run to 20 November, 21 days later.
    # Likely since: 3 x 2 x 21 x 12/365 = 4.1.
    told = {
        "cp_plan": TWO,
        "cp_visit": visits("2026-08 C1 6", "2026-09 C1 6", "2026-10 C1 5") + "\nV99 | C1 | 2026-10-30",
        "contact": "contact_id | child_id | contact_date\nK1 | C1 | 2026-11-20",
    }
    said = cp_reach(quality(COVERAGE, policy=policy(), **told))
    assert (said.newest, said.others) == (date(2026, 10, 30), date(2026, 11, 20))
    assert said.likely == Fraction(3 * 2 * 21 * 12, 365)
    assert said.stops
    assert not cp_reach(quality(COVERAGE, policy=policy(coverage_quiet_days="21"), **told)).stops
    assert not cp_reach(quality(COVERAGE, policy=policy(coverage_fewest_none="5"), **told)).stops


def test_a_visit_dated_in_the_future_does_not_make_a_table_reach_further():
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=TWO,
        cp_visit=visits("2026-08 C1 6") + "\nV99 | C1 | 2027-10-30",
        contact="contact_id | child_id | contact_date\nK1 | C1 | 2026-11-20",
    )
    assert cp_reach(said).newest == date(2026, 8, 6)


def test_a_table_that_holds_nothing_while_children_are_there_stops_too():
    said = quality(
        COVERAGE,
        policy=policy(),
        cp_plan=TWO,
        contact="contact_id | child_id | contact_date\nK1 | C1 | 2026-11-20",
    )
    assert cp_reach(said).stops
    assert cp_reach(said).newest is None


def test_a_table_that_was_not_handed_over_is_not_thin_but_unknown():
    said = quality(COVERAGE, policy=policy(), missing=["cp_visit"], cp_plan=TWO)
    unknown = [c for c in said.counted if c.table == "cp_visit"]
    assert {(c.found, c.of, str(c.status), c.why) for c in unknown} == {
        (None, None, "cannot_tell", "without cp_visit")
    }


@pytest.mark.parametrize("event", EVENTS, ids=lambda e: e.table)
def test_every_table_whose_coverage_is_told_is_one_of_what_happened(event):
    assert (event.table, event.column) in HAPPENED
