"""CW-02: has a child had too many lead workers in a year?"""

from __future__ import annotations

from tests.small_council import ask, said

D = "2026-11-20"

WORKERS = """
    worker_id | staff_number | name
    W1        | S1           | Ann Reed
    W2        | S2           | Ben Hall
    W3        | S3           | Cat Ford
    P1        |              | Duty Worker
    L1        | S4           | Dan Shaw
"""


def changes(involvement, **tables):
    """(Child, status) of CW-02 for rows of child, worker, role, start and end; every child is open."""
    rows = [line.split("|") for line in involvement.strip().splitlines()]
    tables.setdefault(
        "episode",
        "\n".join(
            [
                "child_id | episode_id | referral_date",
                *(f"{c} | R {c} | 2026-01-05" for c in sorted({r[0].strip() for r in rows})),
            ]
        ),
    )
    found = ask(
        "CW-02",
        D,
        worker=WORKERS,
        establishment="staff_number | leaving_date\nS4 | 2026-02-01",
        involvement="\n".join(
            [
                "involvement_id | child_id | worker_id | role | start_date | end_date",
                *(f"{n} | {' | '.join(r)}" for n, r in enumerate(rows, start=1)),
            ]
        ),
        **tables,
    )
    return said(found, "subject_id", "status")


def test_a_child_with_three_lead_workers_in_twelve_months_has_had_too_many():
    found = ask(
        "CW-02",
        D,
        worker=WORKERS,
        episode="""
            child_id | episode_id | referral_date
            three    | R1         | 2026-01-05
            two      | R2         | 2026-01-05
        """,
        involvement="""
            involvement_id | child_id | worker_id | role | team_id | start_date | end_date
            1              | three    | W1        | CW   | T1      | 2026-01-05 | 2026-03-01
            2              | three    | W2        | CW   | T1      | 2026-03-01 | 2026-06-01
            3              | three    | W3        | CW   | T2      | 2026-06-01 |
            4              | two      | W1        | CW   | T1      | 2026-01-05 | 2026-06-01
            5              | two      | W2        | CW   | T1      | 2026-06-01 |
        """,
    )
    assert said(
        found,
        "subject_kind",
        "subject_id",
        "record_id",
        "status",
        "kind",
        "severity",
        "due_date",
        "days_over",
        "worker_id",
        "team_id",
    ) == [("child", "three", "", "breach", "norm", "amber", None, None, "W3", "T2")]


def test_a_worker_counts_on_whole_days_of_the_twelve_months_to_the_day():
    # The window is 21 November 2025 to 20 November 2026.  An end on 22 November 2025 means that the
    # last whole day was the 21st, inside; an end on the 21st means the 20th, outside.
    assert changes("""
        inside    | W1 | CW | 2025-01-05 | 2025-11-22
        inside    | W2 | CW | 2025-11-22 | 2026-06-01
        inside    | W3 | CW | 2026-06-01 |
        outside   | W1 | CW | 2025-01-05 | 2025-11-21
        outside   | W2 | CW | 2025-11-21 | 2026-06-01
        outside   | W3 | CW | 2026-06-01 |
        today     | W1 | CW | 2026-01-05 | 2026-06-01
        today     | W2 | CW | 2026-06-01 | 2026-11-20
        today     | W3 | CW | 2026-11-20 |
        tomorrow  | W1 | CW | 2026-01-05 | 2026-06-01
        tomorrow  | W2 | CW | 2026-06-01 | 2026-11-21
        tomorrow  | W3 | CW | 2026-11-21 |
        not a day | W1 | CW | 2026-01-05 | 2026-06-01
        not a day | W2 | CW | 2026-06-01 | 2026-06-01
        not a day | W3 | CW | 2026-06-01 |
    """) == [("inside", "breach"), ("today", "breach")]


def test_a_worker_who_leaves_and_comes_back_counts_once():
    assert changes("""
        back     | W1 | CW | 2026-01-05 | 2026-03-01
        back     | W2 | CW | 2026-03-01 | 2026-06-01
        back     | W1 | CW | 2026-06-01 | 2026-09-01
        back     | W2 | CW | 2026-09-01 |
        not back | W1 | CW | 2026-01-05 | 2026-03-01
        not back | W2 | CW | 2026-03-01 | 2026-06-01
        not back | W3 | CW | 2026-06-01 |
    """) == [("not back", "breach")]


def test_leavers_placeholders_and_unknown_workers_count_and_rows_without_a_worker_do_not():
    assert changes("""
        leaver      | W1 | CW | 2026-01-05 | 2026-03-01
        leaver      | L1 | CW | 2026-03-01 | 2026-06-01
        leaver      | W2 | CW | 2026-06-01 |
        placeholder | W1 | CW | 2026-01-05 | 2026-03-01
        placeholder | P1 | CW | 2026-03-01 | 2026-06-01
        placeholder | W2 | CW | 2026-06-01 |
        unknown     | W1 | CW | 2026-01-05 | 2026-03-01
        unknown     | X9 | CW | 2026-03-01 | 2026-06-01
        unknown     | W2 | CW | 2026-06-01 |
        no worker   | W1 | CW | 2026-01-05 | 2026-03-01
        no worker   |    | CW | 2026-03-01 | 2026-06-01
        no worker   | W2 | CW | 2026-06-01 |
    """) == [("leaver", "breach"), ("placeholder", "breach"), ("unknown", "breach")]


def test_only_lead_roles_count_and_they_count_even_where_another_lead_was_the_latest():
    assert changes("""
        co-worker | W1 | CW               | 2026-01-05 | 2026-03-01
        co-worker | W2 | CO-WORKER        | 2026-03-01 | 2026-06-01
        co-worker | W3 | CW               | 2026-06-01 |
        adviser   | W1 | CW               | 2026-01-05 | 2026-03-01
        adviser   | W2 | PERSONAL ADVISER | 2026-03-01 | 2026-06-01
        adviser   | W3 | CW               | 2026-06-01 |
        any case  | W1 | cw               | 2026-01-05 | 2026-03-01
        any case  | W2 | Social Worker    | 2026-03-01 | 2026-06-01
        any case  | W3 | CW               | 2026-06-01 |
        in shadow | W1 | CW               | 2026-02-01 |
        in shadow | W2 | CW               | 2026-01-05 | 2026-02-01
        in shadow | W3 | CW               | 2026-01-15 |
    """) == [("any case", "breach"), ("in shadow", "breach")]


def test_a_reversed_row_makes_the_answer_uncertain_only_where_it_would_decide():
    # A row of 1 June to 1 May is impossible.  Two sure workers and a third in such a row: who knows.
    assert changes("""
        decides       | W1 | CW        | 2026-01-05 | 2026-05-01
        decides       | W2 | CW        | 2026-05-01 |
        decides       | W3 | CW        | 2026-06-01 | 2026-05-01
        three anyway  | W1 | CW        | 2026-01-05 | 2026-03-01
        three anyway  | W2 | CW        | 2026-03-01 | 2026-05-01
        three anyway  | W3 | CW        | 2026-05-01 |
        three anyway  | P1 | CW        | 2026-06-01 | 2026-05-01
        one of two    | W1 | CW        | 2026-01-05 | 2026-05-01
        one of two    | W2 | CW        | 2026-05-01 |
        one of two    | W1 | CW        | 2026-06-01 | 2026-05-01
        only two      | W1 | CW        | 2026-01-05 |
        only two      | W2 | CW        | 2026-06-01 | 2026-05-01
        two reversed  | W1 | CW        | 2026-01-05 |
        two reversed  | W2 | CW        | 2026-06-01 | 2026-05-01
        two reversed  | W3 | CW        | 2026-06-01 | 2026-05-01
        no lead       | W1 | CW        | 2026-01-05 | 2026-05-01
        no lead       | W2 | CW        | 2026-05-01 |
        no lead       | W3 | CO-WORKER | 2026-06-01 | 2026-05-01
        no worker     | W1 | CW        | 2026-01-05 | 2026-05-01
        no worker     | W2 | CW        | 2026-05-01 |
        no worker     |    | CW        | 2026-06-01 | 2026-05-01
        not yet       | W1 | CW        | 2026-01-05 | 2026-05-01
        not yet       | W2 | CW        | 2026-05-01 |
        not yet       | W3 | CW        | 2026-12-01 | 2026-11-30
    """) == [("decides", "cannot_tell"), ("three anyway", "breach"), ("two reversed", "cannot_tell")]


def test_changes_of_worker_are_asked_of_open_children_only():
    three = """
        {c} | W1 | CW | 2026-01-05 | 2026-03-01
        {c} | W2 | CW | 2026-03-01 | 2026-06-01
        {c} | W3 | CW | 2026-06-01 |
    """
    assert changes(
        "".join(three.strip("\n").format(c=c) for c in ("17", "18", "closed", "dead", "care")),
        child="""
            child_id | dob        | death_date
            17       | 2008-11-21 |
            18       | 2008-11-20 |
            dead     | 2012-03-01 | 2026-10-01
        """,
        episode="""
            child_id | episode_id | referral_date | close_date
            17       | 1          | 2026-01-05    |
            18       | 2          | 2026-01-05    |
            closed   | 3          | 2026-01-05    | 2026-11-20
            dead     | 4          | 2026-01-05    |
        """,
        care_episode="""
            child_id | care_episode_id | period_id | start_date
            care     | 1               | C1        | 2026-01-05
        """,
    ) == [("17", "breach"), ("care", "breach")]
