"""Teams with many new workers, without a manager, or with a manager of too many."""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

D = "2026-11-20"
TEAM = "team_id | name | manager_id\nT1 | Safeguarding | M1"


def share(*people):
    """NQ-11 for a team whose case holders are (FTE, qualified) pairs."""
    ids = range(len(people))
    return ask(
        "NQ-11",
        D,
        team=TEAM,
        worker="\n".join(["worker_id | staff_number | name", *(f"{n} | {n} | Ann Reed" for n in ids)]),
        establishment="\n".join(
            [
                "staff_number | team | fte | qualified_date",
                *(f"{n} | Safeguarding | {fte} | {day}" for n, (fte, day) in zip(ids, people, strict=True)),
            ]
        ),
        child="\n".join(["child_id | dob", *(f"{n} | 2015-01-01" for n in ids)]),
        episode="\n".join(["child_id | episode_id | referral_date", *(f"{n} | {n} | 2026-01-05" for n in ids)]),
        involvement="\n".join(
            ["involvement_id | child_id | worker_id | role | start_date", *(f"{n} | {n} | {n} | CW | 2026-01-05" for n in ids)]
        ),
    )  # fmt: skip


OLD, NEW, TWO_YEARS = "2015-01-01", "2024-11-21", "2024-11-20"


def test_a_team_of_which_four_in_ten_are_new_is_found_as_a_team():
    (finding,) = share((1, NEW), (1, NEW), (1, OLD), (1, OLD), (1, OLD))
    assert (finding["subject_kind"], finding["subject_id"], finding["team_id"], finding["worker_id"]) == (
        "team",
        "T1",
        "T1",
        "",
    )
    assert (finding["status"], finding["kind"], finding["severity"]) == ("flag", "local", "amber")
    assert (finding["evidence"]["newly_qualified_fte"], finding["evidence"]["caseholding_fte"]) == (2, 5)


def test_part_time_hours_count_as_hours_and_two_years_today_is_no_longer_new():
    assert share((1, NEW), (0.9, NEW), (1, OLD), (1, OLD), (1, OLD)) == []
    assert share((1, NEW), (1, TWO_YEARS), (1, OLD), (1, OLD), (1, OLD)) == []


def test_a_small_team_is_shown_in_people():
    (finding,) = share((1, NEW), (1, OLD))
    evidence = finding["evidence"]
    assert (evidence["newly_qualified_workers"], evidence["workers"]) == (1, 2)
    assert (evidence["newly_qualified_fte"], evidence["caseholding_fte"]) == (None, None)


def test_where_unknown_experience_would_decide_it_cannot_be_told():
    assert said(share((1, NEW), (1, ""), (1, OLD), (1, OLD), (1, OLD)), "status", "severity") == [
        ("cannot_tell", "note")
    ]


HR = "staff_number | absent_from | leaving_date\nM1 | {} | {}\nC1 | |"
MANAGERS = "worker_id | staff_number | name\nM1 | M1 | Ann Reed\nC1 | C1 | Ben Hall"


@pytest.mark.parametrize(
    ("absent", "left", "vacancy", "expected"),
    [
        # Twenty working days after Thursday 22 October is Thursday 19 November; after the 23rd, the 20th.
        ("2026-10-22", "", "", [("T1", "overdue", "2026-11-19", 1)]),
        ("2026-10-23", "", "", []),
        ("", "2026-10-22", "", [("T1", "overdue", "2026-11-19", 1)]),
        ("", "", "", []),
        ("", "", "T1 | Team Manager | 2026-10-22 |", [("T1", "overdue", "2026-11-19", 1)]),
        ("", "", "T1 | Team Manager | 2026-10-22 | C1", []),
        ("2026-10-22", "", "T1 | Team Manager | 2026-10-22 | C1", []),
        ("", "", "T1 | Social Worker | 2026-10-22 |", []),
    ],
)
def test_no_team_is_without_a_manager_for_twenty_working_days(absent, left, vacancy, expected):
    rows = ask(
        "TM-01",
        D,
        team=TEAM,
        worker=MANAGERS,
        establishment=HR.format(absent, left),
        vacancy=f"team_id | post | vacant_from | covered_by\n{vacancy}",
    )
    assert said(rows, "subject_id", "status", "due_date", "days_over") == expected


@pytest.mark.parametrize(("people", "found"), [(7, False), (8, True)])
def test_a_manager_supervises_no_more_than_seven(people, found):
    staff = range(people)
    rows = ask(
        "TM-02",
        D,
        team=TEAM,
        worker="\n".join(["worker_id | staff_number | name", "M1 | S9 | Ann Reed", *(f"{n} | S0{n} | Ben Hall" for n in staff)]),
        establishment="\n".join(
            ["staff_number | line_manager | leaving_date", "S9 | |", "S99 | S9 | 2026-11-01", *(f"S0{n} | {'M1' if n else 'S9'} |" for n in staff)]
        ),
    )  # fmt: skip
    assert [(r["subject_id"], r["evidence"]["supervisees"]) for r in rows] == ([("T1", 8)] if found else [])
