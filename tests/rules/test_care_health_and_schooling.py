"""CLA-H1, H2 and E1: health assessments and personal education plans.

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from tests.small_council import ask, said

from evenlode.policy import shipped_policy
from evenlode.position.days_told import next_term_end

LATE = ("subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


def in_care(since: str, *children: str) -> str:
    """One open period of care for each of those children."""
    rows = [f"{child} | episode of {child} | care of {child} | {since}" for child in children]
    return "\n".join(["child_id | care_episode_id | period_id | start_date", *rows])


# CLA-H1 ---------------------------------------------------------------------------------------------------


def test_health_is_assessed_within_20_working_days_of_becoming_looked_after_or_shortly_before():
    # Friday 23 October + 20 working days = Friday 20 November.  An assessment on 23 July counts
    # (+ 3 months = 23 October); one on 22 July does not.
    rows = {
        "care_episode": in_care(
            "2026-10-23",
            "none",
            "made",
            "just before",
            "long before",
            "refused",
            "dentist",
            "undated",
            "to come",
        ),
        "health_check": """
            child_id    | health_check_id | check_type                | check_date | status
            made        | 1               | Initial HEALTH ASSESSMENT | 2026-11-20 |
            just before | 2               | health assessment         | 2026-07-23 |
            long before | 3               | health assessment         | 2026-07-22 |
            refused     | 4               | Health Assessment         | 2026-11-01 | refused
            dentist     | 5               | Dental check              | 2026-11-01 |
            undated     | 6               | Health Assessment         |            |
            to come     | 7               | Health Assessment         | 2026-11-23 |
        """,
    }
    assert said(ask("CLA-H1", "2026-11-20", **rows), "subject_id", "status") == [("undated", "cannot_tell")]
    found = said(ask("CLA-H1", "2026-11-21", **rows), *LATE)
    assert [f[0] for f in found] == ["dentist", "long before", "none", "refused", "to come", "undated"]
    assert found[2] == ("none", "care of none", "overdue", "statute", "red", "2026-11-20", 1)


# CLA-H2 ---------------------------------------------------------------------------------------------------


def test_a_young_childs_health_is_assessed_every_six_months_an_older_childs_every_twelve():
    # 20 May + 6 months and 20 November 2025 + 12 months = 20 November 2026.  Born 20 May 2021: five on
    # the day of the last assessment, so twelve months; born a day later: still four, so six.
    rows = {
        "child": """
            child_id    | dob
            young       | 2022-01-01
            older       | 2012-01-01
            just five   | 2021-05-20
            nearly five | 2021-05-21
            no birthday |
        """,
        "care_episode": in_care("2024-01-01", "young", "older", "just five", "nearly five", "no birthday"),
        "health_check": """
            child_id    | health_check_id | check_type               | check_date
            young       | 1               | Review health assessment | 2026-05-20
            older       | 2               | Review health assessment | 2025-11-20
            just five   | 3               | Review health assessment | 2026-05-20
            nearly five | 4               | Review health assessment | 2026-05-20
            no birthday | 5               | Review health assessment | 2026-05-20
        """,
    }
    assert ask("CLA-H2", "2026-11-20", **rows) == []
    assert said(ask("CLA-H2", "2026-11-21", **rows), *LATE) == [
        ("nearly five", "care of nearly five", "overdue", "statute", "red", "2026-11-20", 1),
        ("no birthday", "care of no birthday", "cannot_tell", "statute", "red", None, None),
        ("older", "care of older", "overdue", "statute", "red", "2026-11-20", 1),
        ("young", "care of young", "overdue", "statute", "red", "2026-11-20", 1),
    ]


def test_a_health_assessment_without_a_date_may_be_the_one_that_is_missed():
    rows = {
        "child": "child_id | dob\n1 | 2012-01-01",
        "care_episode": in_care("2024-01-01", "1"),
        "health_check": """
            child_id | health_check_id | check_type        | check_date
            1        | 1               | Health assessment | 2025-01-01
            1        | 2               | Health assessment |
        """,
    }
    assert said(ask("CLA-H2", "2026-11-21", **rows), "status") == [("cannot_tell",)]


# CLA-E1 ---------------------------------------------------------------------------------------------------

SCHOOLED = {
    "child": """
        child_id      | dob
        none          | 2015-01-01
        this term     | 2015-01-01
        last term     | 2015-01-01
        term before   | 2015-01-01
        too young     | 2023-01-01
        turned four   | 2022-11-06
        earlier care  | 2015-01-01
        no birthday   |
    """,
    "care_episode": in_care(
        "2026-11-06",
        "none", "too young", "no birthday", "turned four", "earlier care",
    ) + "\n" + "\n".join(in_care("2025-01-01", "this term", "last term", "term before").split("\n")[1:]),
    "key_date": """
        child_id     | date_kind               | done_date
        this term    | Personal Education Plan | 2026-10-01
        last term    | personal education plan | 2026-06-01
        term before  | personal education plan | 2026-03-01
        earlier care | personal education plan | 2026-11-05
        none         | personal education plan | 2026-12-01
    """,
}  # fmt: skip


def test_an_education_plan_is_made_within_ten_working_days_and_looked_at_every_term():
    # Friday 6 November + 10 working days = Friday 20 November.  The plan of 1 March (spring, to 15 April)
    # was due again by the end of the summer term and its holiday, 31 August: to 20 November are
    # 30 + 31 + 20 = 81 days.  That of 1 June is due by 31 December.
    before = ("term before", "care of term before", "overdue", "guidance", "amber", "2026-08-31")
    assert said(ask("CLA-E1", "2026-11-20", **SCHOOLED), *LATE) == [(*before, 81)]
    assert said(ask("CLA-E1", "2026-11-21", **SCHOOLED), *LATE) == [
        ("earlier care", "care of earlier care", "overdue", "guidance", "red", "2026-11-20", 1),
        ("no birthday", "care of no birthday", "cannot_tell", "guidance", "red", None, None),
        ("none", "care of none", "overdue", "guidance", "red", "2026-11-20", 1),
        (*before, 82),
        ("turned four", "care of turned four", "overdue", "guidance", "red", "2026-11-20", 1),
    ]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2026-09-01", "2027-04-15"),
        ("2026-12-31", "2027-04-15"),
        ("2027-01-01", "2027-08-31"),
        ("2027-04-15", "2027-08-31"),
        ("2027-04-16", "2027-12-31"),
        ("2027-08-31", "2027-12-31"),
    ],
)
def test_an_education_plan_holds_until_the_end_of_the_next_term(day, due):
    days = np.array([day], dtype="datetime64[D]")
    assert str(next_term_end(days, date(2027, 9, 1), shipped_policy())[0]) == due
