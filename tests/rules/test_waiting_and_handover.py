"""What is owed to a child who waits, and how one worker and team follows another."""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

D = "2026-11-20"

WAITING = {
    "child": "child_id | dob\n1 | 2015-03-01",
    "episode": "child_id | episode_id | referral_date\n1 | R1 | 2026-10-01",
    "worker": "worker_id | staff_number | name\nW1 | S1 | Ann Reed",
    "involvement": "involvement_id | child_id | worker_id | role | start_date | end_date\n"
    "1 | 1 | W1 | CW | 2026-10-02 | 2026-10-20",
}
"""Referred on 1 October, held until 20 October, and waiting since."""
COLUMNS = ("status", "kind", "severity", "due_date", "days_over")


def kept(kind, *done):
    return {"key_date": "\n".join(["child_id | date_kind | done_date", *(f"1 | {kind} | {d}" for d in done)])}


PLAN = {"cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2026-10-05"}


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (kept("unallocated review", "2026-11-13"), []),
        (kept("unallocated review", "2026-11-12"), [("overdue", "norm", "amber", "2026-11-19", 1)]),
        ({**kept("unallocated review", "2026-11-12"), **PLAN}, [("overdue", "norm", "red", "2026-11-19", 1)]),
        # A review before the child began to wait is none: 20 October + 7 days.
        (kept("unallocated review", "2026-10-19"), [("overdue", "norm", "amber", "2026-10-27", 24)]),
    ],
)
def test_a_manager_looks_at_each_waiting_child_every_week(tables, expected):
    assert said(ask("AL-03", D, **WAITING, **tables), *COLUMNS) == expected


@pytest.mark.parametrize(
    ("visit", "expected"),
    [
        ("1 | V1 | 2026-10-23 | Y", []),
        ("1 | V1 | 2026-10-22 | Y", [("overdue", "norm", "amber", "2026-11-19", 1)]),
        ("1 | V1 | 2026-11-10 | N", [("overdue", "norm", "amber", "2026-11-17", 3)]),
        ("1 | V1 | 2026-11-10 |", [("cannot_tell", "norm", "amber", None, None)]),
        ("1 | V1 | 2026-10-19 | Y", [("overdue", "norm", "amber", "2026-11-17", 3)]),
    ],
)
def test_a_waiting_child_is_seen_every_four_weeks(visit, expected):
    # Waiting since 20 October: + 28 days is 17 November.
    cin_visit = f"child_id | visit_id | visit_date | seen\n{visit}"
    assert said(ask("AL-05", D, **WAITING, cin_visit=cin_visit), *COLUMNS) == expected


@pytest.mark.parametrize(
    ("rule", "kind", "severity"),
    [
        ("AL-06", "unallocated risk assessment", "amber"),
        ("AL-07", "family told whom to contact", "note"),
    ],
)
def test_the_risk_is_assessed_and_the_family_told_in_the_first_week(rule, kind, severity):
    # Five working days after Tuesday 20 October is Tuesday 27 October.
    assert said(ask(rule, D, **WAITING, **kept(kind, "2026-10-19")), *COLUMNS) == [
        ("overdue", "local", severity, "2026-10-27", 24)
    ]
    assert said(ask(rule, "2026-10-27", **WAITING), *COLUMNS) == []
    assert said(ask(rule, D, **WAITING, **kept(kind, "2026-10-20")), *COLUMNS) == []


def test_a_new_referral_has_a_worker_in_one_working_day_and_the_first_gap_alone_counts():
    # Referred on Tuesday 17 November: one working day on is the 18th.
    new = {**WAITING, "episode": "child_id | episode_id | referral_date\n1 | R1 | 2026-11-17"}
    del new["involvement"]
    assert said(ask("AL-08", D, **new), *COLUMNS) == [("overdue", "norm", "amber", "2026-11-18", 2)]
    assert ask("AL-08", "2026-11-18", **new) == []
    assert ask("AL-08", D, **WAITING) == []


def test_nothing_is_asked_for_a_child_who_has_a_worker():
    held = {**WAITING, "involvement": "involvement_id | child_id | worker_id | role | start_date\n1 | 1 | W1 | CW | 2026-10-02"}  # fmt: skip
    for rule in ("AL-03", "AL-05", "AL-06", "AL-07", "AL-08"):
        assert ask(rule, D, **held) == []


TEAMS = "team_id | name\nA | Assessment North\nL | Safeguarding West"


def passed_on(team, *, assessed="2026-11-12", nfa="N", **tables):
    """A child assessed by that day, led since October by a worker in that team."""
    worker = "W1" if team else ""
    return {
        **WAITING,
        "team": TEAMS,
        "involvement": "involvement_id | child_id | worker_id | team_id | role | start_date\n"
        f"1 | 1 | {worker} | {team} | CW | 2026-10-02",
        "assessment": "child_id | episode_id | assessment_id | start_date | authorised_date | no_further_action\n"
        f"1 | R1 | A1 | 2026-10-05 | {assessed} | {nfa}",
        **tables,
    }


TRANSFER = "child_id | date_kind | start_date | done_date\n1 | transfer | {} | {}"


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        # Five working days after Thursday 12 November is Thursday the 19th; after the 13th, the 20th.
        (passed_on("A"), [("A1", "overdue", "local", "amber", "2026-11-19", 1)]),
        (passed_on("A", assessed="2026-11-13"), []),
        (passed_on("L"), []),
        (passed_on(""), [("A1", "overdue", "local", "amber", "2026-11-19", 1)]),
        (passed_on("A", nfa="Y"), []),
        (passed_on("A", nfa=""), []),
        (
            passed_on("A", nfa="", cin_plan="child_id | plan_id | start_date\n1 | C1 | 2026-11-12"),
            [("A1", "overdue", "local", "amber", "2026-11-19", 1)],
        ),
        (passed_on("A", key_date=TRANSFER.format("2026-11-13", "2026-11-18")), []),
        (passed_on("A", key_date=TRANSFER.format("2026-11-16", "")), []),
        (passed_on("A", assessed="2026-09-30"), []),
    ],
)
def test_after_an_assessment_that_leads_on_a_long_term_worker_is_named_in_five_working_days(tables, expected):
    assert said(ask("AL-09", D, **tables), "record_id", *COLUMNS) == expected


def test_a_child_who_was_handed_on_in_time_and_lost_that_worker_since_is_not_late_here():
    # Assessed on 2 November, so due on the 9th; handed to the long-term team then, who left on the 16th.
    leads = """
        involvement_id | child_id | worker_id | team_id | role | start_date | end_date
        1              | 1        | W1        | A       | CW   | 2026-10-02 | 2026-11-09
        2              | 1        | W1        | L       | CW   | 2026-11-09 | {}
    """
    lost = passed_on("L", assessed="2026-11-02", involvement=leads.format("2026-11-16"))
    assert ask("AL-09", D, **lost) == []
    never = leads.split("2              |", maxsplit=1)[0]
    unheld = passed_on("A", assessed="2026-11-02", involvement=never)
    assert said(ask("AL-09", D, **unheld), "due_date", "days_over") == [("2026-11-09", 11)]


@pytest.mark.parametrize(
    ("team", "start", "expected"),
    [
        # Ten working days after Thursday 5 November is Thursday the 19th.
        ("A", "2026-11-05", [("P1", "overdue", "norm", "amber", "2026-11-19", 1)]),
        ("A", "2026-11-06", []),
        ("L", "2026-11-05", []),
    ],
)
def test_a_child_on_a_protection_plan_has_the_receiving_worker_by_the_first_core_group(team, start, expected):
    plan = f"child_id | plan_id | start_date\n1 | P1 | {start}"
    assert said(ask("AL-10", D, **passed_on(team, cp_plan=plan)), "record_id", *COLUMNS) == expected


@pytest.mark.parametrize(
    ("team", "reviews", "expected"),
    [
        ("A", ["2026-08-19"], [("L1", "overdue", "norm", "amber", "2026-11-19", 1)]),
        ("A", ["2026-08-20"], []),
        ("A", ["2026-08-20", "2026-11-10"], [("L1", "overdue", "norm", "amber", "2026-11-10", 10)]),
        ("A", [], []),
        ("L", ["2026-08-19"], []),
    ],
)
def test_a_looked_after_child_has_the_receiving_worker_by_the_second_review(team, reviews, expected):
    tables = passed_on(
        team,
        care_episode="child_id | care_episode_id | period_id | start_date\n1 | E1 | L1 | 2026-08-01",
        care_review="\n".join(["period_id | review_id | held_date", *(f"L1 | {d} | {d}" for d in reviews)]),
    )
    assert said(ask("AL-11", D, **tables), "record_id", *COLUMNS) == expected


def led(*spells, referred="2025-01-06"):
    """A child led by these: worker, from, to, reason."""
    head = "involvement_id | child_id | worker_id | role | start_date | end_date | change_reason"
    return {
        "child": "child_id | dob\n1 | 2015-03-01",
        "episode": f"child_id | episode_id | referral_date\n1 | R1 | {referred}",
        "involvement": "\n".join([head, *(f"{n} | 1 | {w} | CW | {a} | {b} | {r}" for n, (w, a, b, r) in enumerate(spells))]),
    }  # fmt: skip


A1 = ("A", "2025-01-06", "2026-02-01", "")
THERE_AND_BACK = (A1, ("B", "2026-02-01", "2026-04-01", ""), ("A", "2026-04-01", "2026-06-01", ""))


def test_there_and_back_and_there_again_are_three_changes_between_two_workers():
    (finding,) = ask("CW-04", D, **led(*THERE_AND_BACK, ("B", "2026-06-01", "", "")))
    assert (finding["status"], finding["kind"], finding["severity"]) == ("breach", "local", "amber")
    assert (finding["evidence"]["changes"], finding["evidence"]["different_workers"]) == (3, 2)
    assert ask("CW-04", D, **led(*THERE_AND_BACK)) == []


@pytest.mark.parametrize(
    "last",
    [
        # Monday 1 June + 5 working days is Monday the 8th: the same worker back by then is no change.
        ("A", "2026-06-08", "", ""),
        ("B", "2026-06-01", "", "Return from parental leave"),
        ("B", "2026-11-21", "", ""),
    ],
    ids=["the same worker back", "a listed reason", "tomorrow"],
)
def test_some_changes_are_not_counted(last):
    assert ask("CW-04", D, **led(*THERE_AND_BACK, last)) == []


def test_the_same_worker_back_after_longer_is_a_change():
    assert len(ask("CW-04", D, **led(*THERE_AND_BACK, ("A", "2026-06-09", "", "")))) == 1


def test_a_change_of_a_year_ago_and_the_first_worker_of_a_new_episode_are_not_counted():
    old = (("A", "2025-01-06", "2025-11-20", ""), ("B", "2025-11-20", "2026-04-01", ""))
    assert (
        ask("CW-04", D, **led(*old, ("A", "2026-04-01", "2026-06-01", ""), ("B", "2026-06-01", "", ""))) == []
    )
    back = led(*THERE_AND_BACK, ("B", "2026-10-02", "", ""), referred="2026-10-01")
    assert ask("CW-04", D, **back) == []


@pytest.mark.parametrize(
    ("changed", "visited", "expected"),
    [
        # Ten working days after Thursday 5 November is Thursday the 19th.
        ("2026-11-05", "", [("overdue", "local", "note", "2026-11-19", 1)]),
        ("2026-11-06", "", []),
        ("2026-11-05", "2026-10-08", []),
        ("2026-11-05", "2026-10-07", [("overdue", "local", "note", "2026-11-19", 1)]),
        ("2026-11-05", "2026-11-20", []),
        ("2026-08-19", "", []),
    ],
    ids=["late", "in time", "28 days before", "29 days before", "made today", "over three months ago"],
)
def test_a_change_of_worker_comes_with_a_goodbye(changed, visited, expected):
    spells = (("A", "2025-01-06", changed, ""), ("B", changed, "", ""))
    assert said(ask("CW-07", D, **led(*spells), **kept("hand-over visit", visited)), *COLUMNS) == expected


@pytest.mark.parametrize(
    ("spells", "expected"),
    [
        # A left on Friday 2 October: five working days on is Friday the 9th.
        ((("A", "2025-01-06", "2026-10-02", ""), ("B", "2026-10-09", "", "")), [("flag", "note", 7)]),
        ((("A", "2025-01-06", "2026-10-02", ""), ("B", "2026-10-10", "", "")), [("flag", "red", 8)]),
        ((("A", "2025-01-06", "2026-10-02", ""), ("B", "2026-10-02", "", "")), []),
        (
            (("A", "2025-01-06", "", ""), ("C", "2026-01-05", "2026-02-01", ""), ("B", "2026-10-10", "", "")),
            [],
        ),
        ((("A", "2025-01-06", "2025-10-02", ""), ("B", "2025-11-20", "", "")), []),
        ((("A", "2025-01-06", "2026-10-02", ""),), []),
    ],
    ids=[
        "five working days",
        "a day longer",
        "the same day",
        "covered by another",
        "over a year ago",
        "running",
    ],
)
def test_days_between_two_workers_are_a_gap(spells, expected):
    rows = ask("CW-08", D, **led(*spells))
    assert [(r["status"], r["severity"], r["evidence"]["longest_days"]) for r in rows] == expected
