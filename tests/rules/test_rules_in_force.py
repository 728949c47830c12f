"""Rules and programmes by their dates: what the law asks on a day, and not what it asks today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.small_council import ask, evaluation, position, said

from evenlode.policy import CLOCKS, DATES, LISTS, NUMBERS, shipped_policy
from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.in_force import dates_in_words, not_in_force, why_not
from evenlode.rules.rule import InForce

AGENCY = {
    "worker": "worker_id | staff_number | name\nN1 | S1 | Ann Reed",
    "establishment": "staff_number | agency | qualified_date\nS1 | Y | 2023-06-01",
}


def fixed(day: str | None):
    """The shipped policy in which the day of the multi-agency teams is fixed."""
    shipped = shipped_policy()
    first = date.fromisoformat(day) if day else None
    return replace(shipped, dates={**shipped.dates, "lead_child_protection_practitioner": first})


@pytest.mark.parametrize(("day", "found"), [("2024-10-30", []), ("2024-10-31", ["N1"])])
def test_agency_workers_are_asked_about_from_the_day_of_the_guidance(day, found):
    assert [s for (s,) in said(ask("AGY-01", day, **AGENCY), "subject_id")] == found


def test_a_rule_that_is_not_in_force_is_not_called_unanswered_where_its_files_are_missing():
    missing = ["establishment"]
    before = evaluation("2024-10-30", missing=missing, rules=["AGY-01"])
    after = evaluation("2024-10-31", missing=missing, rules=["AGY-01"])
    assert (before.findings.num_rows, len(before.missing)) == (0, 0)
    assert (after.findings.num_rows, len(after.missing)) == (1, 1)


def test_why_a_rule_is_not_asked_is_said_in_words():
    policy = shipped_policy()
    assert not_in_force(policy, date(2024, 10, 30)) == {
        "AGY-01": "in force from 31 October 2024",
        "CP-16": "the day from which it holds is not fixed (setting lead_child_protection_practitioner)",
    }
    assert list(not_in_force(policy, date(2026, 11, 20))) == ["CP-16"]
    assert not_in_force(fixed("2027-11-01"), date(2027, 10, 31)) == {"CP-16": "in force from 1 November 2027"}
    assert not_in_force(fixed("2027-11-01"), date(2027, 11, 1)) == {}


def test_a_rule_is_asked_on_its_last_day_and_not_on_the_day_after():
    ended = replace(RULE_BY_ID["REF-02"], in_force=InForce(last=date(2027, 3, 31)))
    assert why_not(ended, shipped_policy(), date(2027, 3, 31)) == ""
    assert why_not(ended, shipped_policy(), date(2027, 4, 1)) == "in force until 31 March 2027"
    assert dates_in_words(ended, shipped_policy()) == "until 31 March 2027"


PLANS = {
    "worker": """
        worker_id | name | title
        SW | Ann Lee  | Social Worker
        LC | Ben Fox  | lead child protection practitioner
        NT | Cat Hill |
    """,
    "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2027-09-06\n2 | P2 | 2027-09-06\n3 | P3 | 2027-09-06\n4 | P4 | 2027-09-06",
    "involvement": """
        involvement_id | child_id | worker_id | role | start_date
        a | 1 | SW | CW        | 2027-09-01
        b | 2 | LC | CW        | 2027-09-01
        c | 3 | SW | CW        | 2027-09-01
        d | 3 | LC | CO-WORKER | 2027-09-01
        e | 4 | NT | CW        | 2027-09-01
    """,
}


@pytest.mark.parametrize(
    ("fixed_for", "day", "found"),
    [
        (None, "2027-12-01", []),
        ("2027-11-01", "2027-10-31", []),
        ("2027-11-01", "2027-11-01", [("1", "flag"), ("4", "cannot_tell")]),
    ],
)
def test_a_lead_child_protection_practitioner_is_asked_for_once_the_council_has_set_the_day(
    fixed_for, day, found
):
    rows = evaluation(day, policy=fixed(fixed_for), rules=["CP-16"], **PLANS).findings.to_pylist()
    assert said(rows, "subject_id", "status") == found


HELD = {
    "worker": "worker_id | name | title | swe_number\nFSW | Dan Ash | Family Support Worker |",
    "cin_plan": "child_id | plan_id | start_date\n1 | P1 | 2023-06-05",
    "involvement": "child_id | worker_id | role | start_date\n1 | FSW | CW | 2023-06-05",
}


@pytest.mark.parametrize(("day", "found"), [("2023-12-14", [("1", "breach")]), ("2023-12-15", [])])
def test_a_child_in_need_plan_needed_a_social_worker_until_working_together_2023(day, found):
    assert said(ask("CIN-08", day, **HELD), "subject_id", "status") == found


def placed(kind: str, born: str, day: str) -> list[str]:
    """Why CLA-S3 speaks of one child in one placement, without a word from any check."""
    found = ask(
        "CLA-S3",
        day,
        child=f"child_id | dob\n1 | {born}",
        care_episode="child_id | care_episode_id | period_id | start_date\n1 | E | C | 2020-01-06",
        placement="child_id | placement_id | placement_type | provider_number | start_date\n"
        f"1 | L | {kind} | XXXXXXX | 2020-01-06",
    )
    return [why for (why,) in said(found, "status")]


@pytest.mark.parametrize(
    ("kind", "born", "day", "found"),
    [
        # Under 16: not in supported accommodation from 9 September 2021.
        ("K3", "2008-01-01", "2021-09-08", []),
        ("K3", "2008-01-01", "2021-09-09", ["breach"]),
        # 16 and 17: supported accommodation must be registered from 28 October 2023.
        ("K3", "2006-06-01", "2023-10-27", []),
        ("K3", "2006-06-01", "2023-10-28", ["breach"]),
        # A children's home always needed it.
        ("K1", "2008-01-01", "2021-09-08", ["breach"]),
    ],
)
def test_what_must_be_registered_depends_on_the_day(kind, born, day, found):
    assert placed(kind, born, day) == found


def worker(day: str, hr: str, cells: str, columns: tuple[str, ...] = ("programme", "newly_qualified")):
    (row,) = position(
        day,
        "worker_now",
        worker="worker_id | staff_number | name\nN1 | S1 | Ann Reed",
        establishment=f"staff_number | {hr}\nS1 | {cells}",
    )
    return tuple(row[c] for c in columns)


@pytest.mark.parametrize(
    ("hr", "cells", "programme"),
    [
        ("programme_start", "2027-08-31", "ASYE"),
        ("programme_start", "2027-09-01", "ECDP"),
        ("programme_start | programme", "2027-09-06 | ASYE", "ASYE"),
        ("programme_start | programme", "2027-07-05 | ecdp", "ECDP"),
        ("programme_start | programme", "2026-07-05 | none", "ASYE"),
        ("programme_start | programme", " | ECDP", "none"),
    ],
)
def test_a_programme_is_what_the_staff_list_says_and_else_what_began_on_that_day(hr, cells, programme):
    assert worker("2027-10-01", hr, cells, ("programme",)) == (programme,)


@pytest.mark.parametrize(
    ("start", "day", "newly_qualified", "in_programme"),
    [
        # ASYE: twelve months, and newly qualified throughout.
        ("2027-03-01", "2028-02-29", True, True),
        ("2027-03-01", "2028-03-01", False, False),
        # ECDP: two years, of which the allowance lasts the first.
        ("2027-09-06", "2028-09-05", True, True),
        ("2027-09-06", "2028-09-06", False, True),
        ("2027-09-06", "2029-09-05", False, True),
        ("2027-09-06", "2029-09-06", False, False),
    ],
)
def test_allowances_hang_on_months_since_the_start_and_not_on_the_programmes_name(
    start, day, newly_qualified, in_programme
):
    columns = ("newly_qualified", "in_programme")
    assert worker(day, "programme_start", start, columns) == (newly_qualified, in_programme)


def test_a_two_year_programme_that_ends_after_one_is_shorter_than_it_should_be():
    found = ask(
        "NQ-01",
        "2028-11-01",
        worker="worker_id | staff_number | name\nN1 | S1 | Ann\nN2 | S2 | Ben",
        establishment="staff_number | programme_start | programme_end | fte\n"
        "S1 | 2027-09-06 | 2029-06-01 | 1\nS2 | 2027-09-06 | 2029-09-06 | 1",
    )
    assert said(found, "subject_id") == [("N1",)]
    assert found[0]["evidence"]["full_length_until"] == "2029-09-06"


@pytest.mark.parametrize(
    ("day", "standards"),
    [("2027-03-31", "knowledge and skills statement"), ("2027-04-01", "early career standards")],
)
def test_a_programme_review_is_measured_by_the_standards_of_its_day(day, standards):
    (row,) = ask(
        "NQ-04",
        day,
        worker="worker_id | staff_number | name\nN1 | S1 | Ann",
        establishment="staff_number | programme_start\nS1 | 2026-12-01",
    )
    assert row["evidence"]["standards"] == standards


def test_every_setting_has_a_name_of_its_own():
    names = [s.name for s in (*CLOCKS, *NUMBERS, *LISTS, *DATES)]
    assert sorted(names) == sorted(set(names))


def test_every_rule_names_settings_that_there_are():
    names = {s.name for s in (*CLOCKS, *NUMBERS, *LISTS, *DATES)}
    assert {p for r in RULE_BY_ID.values() for p in r.policy} <= names
