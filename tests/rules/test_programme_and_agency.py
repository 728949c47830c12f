"""The first-year programme, experience that is not known, and agency workers."""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

D = "2026-11-20"
WORKER = "worker_id | staff_number | name\nN1 | S1 | Ann Reed"


def of_worker(rule, hr, as_at=D, **tables):
    """What the rule says of N1; hr: heading and cells of the HR row."""
    head, cells = hr
    return ask(rule, as_at, worker=WORKER, establishment=f"staff_number | {head}\nS1 | {cells}", **tables)


@pytest.mark.parametrize(
    ("hr", "found"),
    [
        (("programme_start | programme_end | fte", "2026-02-01 | 2027-01-31 | 1"), True),
        (("programme_start | programme_end | fte", "2026-02-01 | 2027-02-01 | 1"), False),
        (("programme_start | programme_end | fte", "2026-02-01 | | 1"), False),
        (("programme_start | programme_end | fte", "2026-02-01 | | 0.6"), True),
        (("programme_start | programme_end | fte", "2026-02-01 | 2027-09-01 | 0.6"), False),
        (("programme_start | programme_end | absent_from", "2026-02-01 | | 2026-06-01"), True),
        (("programme_start | programme_end | absent_from", "2025-02-01 | 2026-01-01 | 2026-06-01"), False),
    ],
)
def test_a_programme_lasts_a_year_and_longer_for_part_time_and_absent_workers(hr, found):
    assert said(of_worker("NQ-01", hr), "subject_id", "subject_kind", "status", "severity") == (
        [("N1", "worker", "flag", "note")] if found else []
    )


def dates(kind, *done):
    return "\n".join(["worker_id | date_kind | done_date", *(f"N1 | {kind} | {d}" for d in done)])


STARTED = ("programme_start", "2026-06-01")


@pytest.mark.parametrize(
    ("rule", "kind", "done", "expected"),
    [
        ("NQ-03", "protected time", ["2026-11-13"], []),
        ("NQ-03", "protected time", ["2026-11-12"], [("overdue", "note", "2026-11-19", 1)]),
        ("NQ-03", "protected time", ["2026-10-23"], [("overdue", "note", "2026-10-30", 21)]),
        ("NQ-03", "protected time", ["2026-10-22"], [("overdue", "amber", "2026-10-29", 22)]),
        ("NQ-04", "programme review", ["2026-08-20"], []),
        ("NQ-04", "programme review", ["2026-08-19"], [("overdue", "amber", "2026-11-19", 1)]),
        # A review before the programme began is none: 1 June + 3 months.
        ("NQ-04", "programme review", ["2026-05-31"], [("overdue", "amber", "2026-09-01", 80)]),
        # One in each four months: none by 1 October is late, one is in time until 1 February.
        ("NQ-05", "direct observation", ["2026-05-01"], [("overdue", "note", "2026-10-01", 50)]),
        ("NQ-05", "direct observation", ["2026-09-01"], []),
    ],
)
def test_development_time_reviews_and_observations_are_kept(rule, kind, done, expected):
    rows = of_worker(rule, STARTED, key_date=dates(kind, *done))
    assert said(rows, "status", "severity", "due_date", "days_over") == expected


def test_three_observations_are_enough_and_two_are_due_a_third_by_the_end():
    done = ["2026-07-01", "2026-09-01"]
    late = ("programme_start | programme_end", "2025-11-01 | 2026-12-31")
    assert said(of_worker("NQ-05", late, key_date=dates("direct observation", *done)), "status") == []
    late = ("programme_start", "2026-01-01")
    two = of_worker("NQ-05", late, as_at="2026-09-05", key_date=dates("direct observation", done[0]))
    assert said(two, "due_date", "days_over") == [("2026-09-01", 4)]


@pytest.mark.parametrize("hr", [("programme_start | absent_from", "2026-06-01 | 2026-11-01"), ("leaving_date | programme_start", "2026-11-01 | 2026-06-01"), ("programme_start", "2025-11-20")])  # fmt: skip
def test_nothing_is_asked_of_a_worker_who_is_away_or_gone_or_through(hr):
    for rule, kind in (("NQ-03", "protected time"), ("NQ-04", "programme review")):
        assert of_worker(rule, hr, key_date=dates(kind, "2026-01-01")) == []


def test_a_case_holder_without_any_date_of_qualification_is_a_question_and_not_a_failing():
    tables = {
        "worker": "worker_id | staff_number | name | title\na | a | Ann Reed |\nb | b | Ben Hall |\n"
        "c | c | Cat Ford | Family Support Worker\nd | d | Dan Shaw |",
        "establishment": "staff_number | qualified_date | registered_from\na | |\nb | | 2015-01-01\nc | |\nd | |",
        "child": "child_id | dob\n1 | 2015-01-01\n2 | 2015-01-01\n3 | 2015-01-01",
        "episode": "child_id | episode_id | referral_date\n1 | 1 | 2026-01-05\n2 | 2 | 2026-01-05\n3 | 3 | 2026-01-05",
        "involvement": "involvement_id | child_id | worker_id | role | start_date\n1 | 1 | a | CW | 2026-01-05\n"
        "2 | 2 | b | CW | 2026-01-05\n3 | 3 | c | CW | 2026-01-05",
    }
    columns = ("subject_id", "status", "severity", "due_date")
    assert said(ask("NQ-12", D, **tables), *columns) == [("a", "cannot_tell", "note", None)]


@pytest.mark.parametrize(
    ("hr", "expected"),
    [
        (("agency | qualified_date", "Y | 2023-11-21"), [("flag", "guidance", "amber")]),
        (("agency | qualified_date", "Y | 2023-11-20"), []),
        (("agency | qualified_date", "N | 2025-01-01"), []),
        (("contract | registered_from", "agency | 2025-01-01"), [("flag", "guidance", "amber")]),
        (("agency | qualified_date", "Y |"), [("cannot_tell", "guidance", "note")]),
        (("agency | qualified_date | leaving_date", "Y | 2025-01-01 | 2026-11-01"), []),
    ],
)
def test_an_agency_worker_has_three_years_behind_them(hr, expected):
    assert said(of_worker("AGY-01", hr), "status", "kind", "severity") == expected
