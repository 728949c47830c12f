"""PF-01 to PF-06: are privately fostered children visited in time, alone, and still of an age for it?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, evaluation, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")
LATE = ("subject_id", "status", "due_date", "days_over")


def arrangements(*rows: str) -> str:
    """Rows of child, the day on which the council knew, and of visits: "child | visit | day | outcome"."""
    out = ["child_id | date_kind | start_date | done_date | outcome"]
    for row in rows:
        cells = [c.strip() for c in row.split("|")]
        if cells[1] == "visit":
            out.append(f"{cells[0]} | private fostering visit | | {cells[2]} | {cells[3]}")
        else:
            out.append(f"{cells[0]} | Private Fostering | {cells[1]} | {cells[2]} | {cells[3]}")
    return "\n".join(out)


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Known from Wednesday 11 November; + 7 working days = Friday 20 November.
        pytest.param("2026-11-20", [], id="on the seventh working day there is still time"),
        pytest.param(
            "2026-11-21",
            [("child", "1", "2026-11-11", "overdue", "statute", "red", "2026-11-20", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_a_privately_fostered_child_is_visited_within_seven_working_days_of_the_councils_knowing(
    as_at, expected
):
    assert said(ask("PF-01", as_at, key_date=arrangements("1 | 2026-11-11 | |")), *WHOLE) == expected


def test_an_arrangement_that_ended_was_dropped_or_is_visited_is_not_late_and_one_without_a_start_cannot_be_told():
    found = ask(
        "PF-01",
        "2026-11-20",
        key_date=arrangements(
            "ended | 2026-10-01 | 2026-10-05 |",
            "no such thing | 2026-10-01 | | Not needed",
            "visited | 2026-10-01 | |",
            "visited | visit | 2026-10-01 |",
            "visited before | 2026-10-01 | |",
            "visited before | visit | 2026-09-30 |",
            "no start | | |",
        ),
    )
    # Thursday 1 October + 7 working days = Monday 12 October; to 20 November 19 + 20 = 39 days.
    assert said(found, *LATE) == [
        ("no start", "cannot_tell", None, None),
        ("visited before", "overdue", "2026-10-12", 39),
    ]


@pytest.mark.parametrize(
    ("rule", "as_at", "visit", "expected"),
    [
        # Known from 1 December 2025.  9 October + 42 days = 20 November.
        pytest.param("PF-02", "2026-11-20", "2026-10-09", [], id="six weeks after a visit in the first year"),
        pytest.param(
            "PF-02",
            "2026-11-21",
            "2026-10-09",
            [("child", "1", "2025-12-01", "overdue", "statute", "red", "2026-11-20", 1)],
            id="the day after that",
        ),
        # 30 November 2026 is the last day of the first year: + 42 = 11 January 2027.
        pytest.param(
            "PF-02",
            "2027-01-12",
            "2026-11-30",
            [("child", "1", "2025-12-01", "overdue", "statute", "red", "2027-01-11", 1)],
            id="a visit on the last day of the first year",
        ),
        pytest.param("PF-03", "2027-01-12", "2026-11-30", [], id="which is no visit of a later year"),
        # 1 December 2026 begins the second year: + 84 = 23 February 2027.
        pytest.param("PF-02", "2027-02-24", "2026-12-01", [], id="a visit of the second year is no first-year one"),
        pytest.param("PF-03", "2027-02-23", "2026-12-01", [], id="twelve weeks after a visit of the second year"),
        pytest.param(
            "PF-03",
            "2027-02-24",
            "2026-12-01",
            [("child", "1", "2025-12-01", "overdue", "statute", "red", "2027-02-23", 1)],
            id="the day after those",
        ),
    ],
)  # fmt: skip
def test_visits_follow_every_six_weeks_in_the_first_year_and_every_twelve_after_it(
    rule, as_at, visit, expected
):
    rows = arrangements("1 | 2025-12-01 | |", "1 | visit | 2025-12-05 |", f"1 | visit | {visit} |")
    assert said(ask(rule, as_at, key_date=rows), *WHOLE) == expected


def test_the_child_is_spoken_to_alone_at_the_last_visit():
    rows = []
    for child, earlier, last in (
        ("alone", "not alone", "Seen alone"),
        ("not alone", "alone", "not alone"),
        ("not said", "alone", ""),
        ("another word", "alone", "ok"),
    ):
        rows += [f"{child} | 2026-06-01 | |", f"{child} | visit | 2026-10-01 | {earlier}"]
        rows += [f"{child} | visit | 2026-11-02 | {last}"]
    found = ask("PF-05", "2026-11-20", key_date=arrangements(*rows, "never visited | 2026-11-18 | |"))
    assert said(found, "subject_id", "status", "kind", "severity", "due_date") == [
        ("another word", "cannot_tell", "statute", "amber", None),
        ("not alone", "breach", "statute", "amber", None),
        ("not said", "cannot_tell", "statute", "amber", None),
    ]


def with_reports(*rows: str) -> str:
    """The same, and of reports: "child | report | the visit's day | day written"."""
    reports = [[c.strip() for c in row.split("|")] for row in rows if "| report |" in row]
    others = arrangements(*(row for row in rows if "| report |" not in row))
    return "\n".join([others, *(f"{c[0]} | private fostering report | {c[2]} | {c[3]} |" for c in reports)])


LISTED = ("somebody else | report | 2025-12-01 | 2025-12-03",)


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Visited on Thursday 12 November; + 5 working days = Thursday 19 November.
        pytest.param("2026-11-19", [], id="on the fifth working day there is still time"),
        pytest.param(
            "2026-11-20",
            [("child", "not written", "2026-06-01", "overdue", "local", "amber", "2026-11-19", 1)],
            id="the day after there is not",
        ),
    ],
)
def test_a_report_is_written_within_five_working_days_of_a_visit_to_a_privately_fostered_child(
    as_at, expected
):
    rows = with_reports(
        *LISTED,
        "not written | 2026-06-01 | |",
        "not written | visit | 2026-11-12 | alone",
        "written | 2026-06-01 | |",
        "written | visit | 2026-11-12 | alone",
        "written | report | 2026-11-12 | 2026-11-19",
    )
    assert said(ask("PF-05b", as_at, key_date=rows), *WHOLE) == expected


def test_every_visit_has_a_report_of_its_own_and_the_earliest_without_one_is_told():
    rows = with_reports(
        *LISTED,
        "1 | 2026-06-01 | |",
        "1 | visit | 2026-05-20 |",  # before the council knew of it
        "1 | visit | 2026-06-03 |",
        "1 | report | 2026-06-03 | 2026-06-05",
        "1 | visit | 2026-07-10 |",
        "1 | visit | 2026-08-17 |",
        "1 | report | 2026-08-17 | 2026-08-20",
        "1 | visit | 2026-09-25 |",
        "1 | report | 2026-09-25 |",  # awaited, not written
    )
    found = ask("PF-05b", "2026-11-20", key_date=rows)
    # Friday 10 July + 5 working days = Friday 17 July; to 20 November 14 + 31 + 30 + 31 + 20 = 126 days.
    assert said(found, *LATE) == [("1", "overdue", "2026-07-17", 126)]
    evidence = found[0]["evidence"]
    assert (evidence["visit"], evidence["visits_without_report"]) == ("2026-07-10", 2)


def test_a_report_without_the_day_of_its_visit_is_of_the_last_visit_before_it_was_written():
    rows = with_reports(
        *LISTED,
        "1 | 2026-06-01 | |",
        "1 | visit | 2026-06-03 |",
        "1 | visit | 2026-07-10 |",
        "1 | report | | 2026-07-14",
    )
    # Wednesday 3 June + 5 working days = Wednesday 10 June.
    assert said(ask("PF-05b", "2026-11-20", key_date=rows), "due_date") == [("2026-06-10",)]


@pytest.mark.parametrize(
    ("last_visit", "expected"),
    [
        # 2 November + 5 working days = 9 November, 11 days before; 13 November + 5 = 20 November.
        pytest.param("2026-11-02", [("1", "overdue", "2026-11-09", 11)], id="a later visit is late"),
        pytest.param("2026-11-13", [("1", "cannot_tell", None, None)], id="a later visit is in time"),
    ],
)
def test_a_visit_before_the_councils_list_of_reports_begins_cannot_be_judged(last_visit, expected):
    rows = with_reports(
        "somebody else | report | 2026-10-01 | 2026-10-05",
        "1 | 2026-06-01 | |",
        "1 | visit | 2026-06-03 |",
        f"1 | visit | {last_visit} |",
    )
    assert said(ask("PF-05b", "2026-11-20", key_date=rows), *LATE) == expected


def test_no_report_is_asked_for_where_the_arrangement_has_ended_or_nobody_has_visited_yet():
    rows = with_reports(
        *LISTED, "ended | 2026-06-01 | 2026-10-01 |", "ended | visit | 2026-06-03 |", "new | 2026-06-01 | |"
    )
    assert ask("PF-05b", "2026-11-20", key_date=rows) == []


def test_a_council_that_keeps_no_dates_of_reports_is_told_so_once_and_no_visit_is_late():
    rows = arrangements("1 | 2026-06-01 | |", "1 | visit | 2026-06-03 |", "2 | 2026-06-01 | |")
    missing = ["key_date=private fostering report"]
    found = evaluation("2026-11-20", rules=["PF-05b", "PF-05"], missing=missing, key_date=rows)
    ours = [r for r in found.findings.to_pylist() if r["rule_id"] == "PF-05b"]
    assert said(ours, "subject_kind", "status") == [("council", "cannot_tell")]


def test_a_child_of_16_is_too_old_for_private_fostering_and_a_disabled_one_of_18():
    children = ("sixteen today", "fifteen", "disabled, 16", "disabled, 18", "says none")
    found = ask(
        "PF-06",
        "2026-11-20",
        child="""
        child_id      | dob
        sixteen today | 2010-11-20
        fifteen       | 2010-11-21
        disabled, 16  | 2010-03-01
        disabled, 18  | 2008-11-20
        says none     | 2010-03-01
    """,
        disability="""
        child_id     | disability_id | code
        disabled, 16 | 1             | LD
        disabled, 18 | 2             | LD
        says none    | 3             | none
    """,
        key_date=arrangements(*(f"{c} | 2026-06-01 | |" for c in children)),
    )
    assert said(found, "subject_id", "status", "kind", "severity") == [
        ("disabled, 18", "flag", "local", "note"),
        ("says none", "flag", "local", "note"),
        ("sixteen today", "flag", "local", "note"),
    ]


@pytest.mark.parametrize("kind", ["private fostering", "private fostering visit"])
def test_a_council_that_keeps_no_such_dates_is_told_so_and_no_child_is_late(kind):
    rows = arrangements("1 | 2026-06-01 | |")
    found = evaluation("2026-11-20", rules=["PF-01"], missing=[f"key_date={kind}"], key_date=rows)
    ours = [r for r in found.findings.to_pylist() if r["rule_id"] == "PF-01"]
    assert said(ours, "subject_kind", "status") == [("council", "cannot_tell")]
