"""AL-04 and AL-12: since when has a child waited for a named worker, or for cover of one who is away?"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

D = "2026-11-20"

WORKERS = """
    worker_id | staff_number | name
    W1        | S1           | Ann Reed
    W2        | S2           | Ben Hall
    L1        | S3           | Cat Ford
    L2        | S4           | Dan Shaw
    P1        |              | Duty Worker
"""

LEAVERS = """
    staff_number | leaving_date
    S3           | 2026-10-12
    S4           | 2026-08-01
"""


def waits(involvement="", since="2026-09-01", as_at=D, **tables):
    """(Child, due date) of AL-04; one episode since 1 September for every child of the involvements."""
    rows = [line.split("|") for line in involvement.strip().splitlines()]
    children = sorted({r[0].strip() for r in rows})
    tables.setdefault(
        "episode",
        "\n".join(["child_id | episode_id | referral_date", *(f"{c} | R {c} | {since}" for c in children)]),
    )
    found = ask(
        "AL-04",
        as_at,
        worker=WORKERS,
        establishment=LEAVERS,
        involvement="\n".join(
            [
                "involvement_id | child_id | worker_id | role | start_date | end_date",
                *(f"{n} | {' | '.join(r)}" for n, r in enumerate(rows, start=1)),
            ]
            if rows
            else ["involvement_id"]
        ),
        **tables,
    )
    return said(found, "subject_id", "due_date")


def test_nobody_waits_longer_than_fourteen_days_for_a_named_worker():
    found = ask(
        "AL-04",
        D,
        episode="""
            child_id | episode_id | referral_date
            on time  | R1         | 2026-11-06
            late     | R2         | 2026-11-05
            long     | R3         | 2026-10-01
        """,
    )
    # 6 November + 14 = 20 November, the last day; 5 November: 19; 1 October: 15 October, and from
    # there to 20 November are 16 + 20 = 36 days.
    assert said(found, "subject_kind", "subject_id", "record_id", "status", "due_date", "days_over") == [
        ("child", "late", "", "overdue", "2026-11-19", 1),
        ("child", "long", "", "overdue", "2026-10-15", 36),
    ]
    assert {(r["kind"], r["severity"]) for r in found} == {("norm", "red")}


def test_a_protected_child_who_waits_is_late_after_the_same_fourteen_days():
    found = ask(
        "AL-04",
        D,
        cp_plan="""
            child_id | plan_id | start_date
            on time  | P1      | 2026-11-06
            late     | P2      | 2026-11-05
        """,
    )
    assert said(found, "subject_id", "due_date", "severity") == [("late", "2026-11-19", "red")]


def test_a_child_waits_from_the_day_on_which_a_named_workers_part_ended():
    # The last worker's part ended on 10 October: the first day without anybody; + 14 = 24 October.
    assert waits("""
        never        |    |    | 2026-09-01 |
        ended        | W1 | CW | 2026-09-02 | 2026-10-10
        ended twice  | W1 | CW | 2026-09-02 | 2026-09-20
        ended twice  | W2 | CW | 2026-10-05 | 2026-10-08
        handed over  | W1 | CW | 2026-09-02 | 2026-10-10
        handed over  | W2 | CW | 2026-10-10 | 2026-10-20
        held         | W1 | CW | 2026-09-02 | 2026-10-10
        held         | W2 | CW | 2026-10-10 |
    """) == [
        ("ended", "2026-10-24"),
        ("ended twice", "2026-10-22"),
        ("handed over", "2026-11-03"),
        ("never", "2026-09-15"),
    ]


def test_a_child_waits_from_the_day_on_which_their_worker_left_whatever_the_involvement_says():
    # L1 left on 12 October: + 14 = 26 October.  L2 had left on 1 August, before the part began:
    # nobody ever was there, so from the start of the episode, 1 September + 14 = 15 September.
    assert waits("""
        left            | L1 | CW | 2026-09-02 |
        left, then over | L1 | CW | 2026-09-02 | 2026-10-31
        over, then left | L1 | CW | 2026-09-02 | 2026-10-05
        gone before     | L2 | CW | 2026-09-02 |
    """) == [
        ("gone before", "2026-09-15"),
        ("left", "2026-10-26"),
        ("left, then over", "2026-10-26"),
        ("over, then left", "2026-10-19"),
    ]


def test_a_child_waits_from_the_day_on_which_nobody_in_particular_took_over():
    # From 5 October the lead is no person: + 14 = 19 October.  An earlier worker's part that still
    # runs does not help, but takes over again once the placeholder's part has ended.
    assert waits("""
        duty         | W1 | CW | 2026-09-02 |
        duty         | P1 | CW | 2026-10-05 |
        unknown      | W1 | CW | 2026-09-02 |
        unknown      | X9 | CW | 2026-10-05 |
        leaver       | W1 | CW | 2026-09-02 |
        leaver       | L1 | CW | 2026-10-05 |
        duty is over | W1 | CW | 2026-09-02 |
        duty is over | P1 | CW | 2026-10-05 | 2026-10-09
        no id        | W1 | CW | 2026-09-02 |
        no id        |    | CW | 2026-10-05 |
    """) == [("duty", "2026-10-19"), ("leaver", "2026-10-26"), ("unknown", "2026-10-19")]


def test_an_earlier_worker_whose_part_goes_on_holds_the_child_again():
    # W2 leads to 10 October, then W1 again until 20 October: + 14 = 3 November.
    # Where W1 had ended on 5 October, the child waits from the 10th: + 14 = 24 October.
    assert waits("""
        outlasts    | W1 | CW | 2026-09-02 | 2026-10-20
        outlasts    | W2 | CW | 2026-09-20 | 2026-10-10
        ends sooner | W1 | CW | 2026-09-02 | 2026-10-05
        ends sooner | W2 | CW | 2026-09-20 | 2026-10-10
    """) == [("ends sooner", "2026-10-24"), ("outlasts", "2026-11-03")]


def test_only_a_whole_day_with_a_named_worker_in_a_lead_role_breaks_the_wait():
    # On 5 October somebody held the child for one day: waiting since the 6th, + 14 = 20 October.
    # None of the others ever did: 1 September + 14 = 15 September.
    assert waits("""
        one day    | W1 | CW               | 2026-10-05 | 2026-10-06
        same day   | W1 | CW               | 2026-10-05 | 2026-10-05
        reversed   | W1 | CW               | 2026-10-05 | 2026-10-01
        co-worker  | W1 | CO-WORKER        | 2026-10-05 | 2026-10-06
        adviser    | W1 | PERSONAL ADVISER | 2026-10-05 | 2026-10-06
        duty       | P1 | CW               | 2026-10-05 | 2026-10-06
        to come    | W1 | CW               | 2026-11-21 |
        no start   | W1 | CW               |            | 2026-10-06
    """) == [
        ("adviser", "2026-09-15"),
        ("co-worker", "2026-09-15"),
        ("duty", "2026-09-15"),
        ("no start", "2026-09-15"),
        ("one day", "2026-10-20"),
        ("reversed", "2026-09-15"),
        ("same day", "2026-09-15"),
        ("to come", "2026-09-15"),
    ]


def test_a_child_never_waits_from_before_the_current_episode_began():
    # The last worker stopped on 1 May, long before the episode of 1 September: + 14 = 15 September.
    # One who held the child across the referral counts: 3 September + 14 = 17 September.
    assert waits("""
        before | W1 | CW | 2026-01-05 | 2026-05-01
        across | W1 | CW | 2026-01-05 | 2026-09-03
        to it  | W1 | CW | 2026-01-05 | 2026-09-01
    """) == [("across", "2026-09-17"), ("before", "2026-09-15"), ("to it", "2026-09-15")]


def test_the_current_episode_is_the_open_one_of_the_latest_referral_else_the_earliest_plan_or_care():
    # two open: 1 October + 14 = 15 October.  newer closed: the older one is current, 1 March + 14.
    # need goes first: the referral of 1 October and not the plan of 1 February.
    # plan and care: the earlier, 1 February + 14 = 15 February.
    assert waits(
        "",
        episode="""
            child_id     | episode_id | referral_date | close_date
            two open     | 1          | 2026-03-01    |
            two open     | 2          | 2026-10-01    |
            newer closed | 3          | 2026-03-01    |
            newer closed | 4          | 2026-10-01    | 2026-10-20
            to come      | 5          | 2026-10-01    |
            to come      | 6          | 2026-11-21    |
            need first   | 7          | 2026-10-01    |
        """,
        cp_plan="""
            child_id      | plan_id | start_date
            need first    | 1       | 2026-02-01
            plan and care | 2       | 2026-02-01
        """,
        care_episode="""
            child_id      | care_episode_id | period_id | start_date
            plan and care | 1               | C1        | 2026-04-01
            care          | 2               | C2        | 2026-04-01
        """,
    ) == [
        ("care", "2026-04-15"),
        ("need first", "2026-10-15"),
        ("newer closed", "2026-03-15"),
        ("plan and care", "2026-02-15"),
        ("to come", "2026-10-15"),
        ("two open", "2026-10-15"),
    ]


def rows(header, *lines):
    return "\n".join([header, *lines])


def referred(*children):
    return rows("child_id | episode_id | referral_date", *(f"{c} | R {c} | 2026-01-05" for c in children))


def parts(text):
    """An involvement table from lines of child, worker, role, start and end."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return rows(
        "involvement_id | child_id | worker_id | role | start_date | end_date",
        *(f"{n} | {line}" for n, line in enumerate(lines)),
    )


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # Absent from Monday 2 November: 3 working days are up on Thursday 5 (3, 4, 5), ten on Monday 16
        # (3 to 6, 9 to 13, 16).  From 5 to 16 November are 11 days.
        ("2026-11-05", []),
        ("2026-11-06", [(c, "2026-11-05", 1) for c in ("care", "cp", "theirs")]),
        ("2026-11-16", [(c, "2026-11-05", 11) for c in ("care", "cp", "theirs")]),
        (
            "2026-11-17",
            [
                ("care", "2026-11-05", 12),
                ("cp", "2026-11-05", 12),
                ("need", "2026-11-16", 1),
                ("theirs", "2026-11-05", 12),
            ],
        ),
    ],
)
def test_an_absent_workers_child_has_cover_in_three_working_days_if_protected_or_in_care_else_in_ten(
    as_at, expected
):
    found = ask(
        "AL-12",
        as_at,
        worker=WORKERS,
        establishment=rows("staff_number | absent_from", "S1 | 2026-11-02"),
        episode=referred("need"),
        cp_plan=rows(
            "child_id | plan_id | start_date | other_council",
            "cp | P1 | 2026-01-05 |",
            "theirs | P2 | 2026-01-05 | Y",
        ),
        care_episode=rows("child_id | care_episode_id | period_id | start_date", "care|E1|C1|2026-01-05"),
        involvement=parts(
            "\n".join(f"{c} | W1 | CW | 2026-01-05 |" for c in ("need", "cp", "theirs", "care"))
        ),
    )
    assert said(found, "subject_id", "due_date", "days_over") == expected
    assert {(r["record_id"], r["status"], r["kind"], r["severity"], r["worker_id"]) for r in found} <= {
        ("", "overdue", "local", "red", "W1")
    }


def test_a_worker_is_absent_until_the_day_they_return():
    # Protected children on 20 November; absent from 2 November, cover was due on the 5th.
    # f: Tuesday 17 + 3 working days = Friday 20, in time.  g: Monday 16 + 3 = Thursday 19, late.
    found = ask(
        "AL-12",
        D,
        worker=rows("worker_id | staff_number | name", *(f"{w} | {w} | Ann Reed" for w in "abcdefg")),
        establishment="""
            staff_number | absent_from | return_date
            a            | 2026-11-02  |
            b            | 2026-11-02  | 2026-11-20
            c            | 2026-11-02  | 2026-11-21
            d            | 2026-11-21  |
            e            |             |
            f            | 2026-11-17  |
            g            | 2026-11-16  |
        """,
        cp_plan=rows("child_id | plan_id | start_date", *(f"{w} | {w} | 2026-01-05" for w in "abcdefg")),
        involvement=parts("\n".join(f"{w} | {w} | CW | 2026-01-05 |" for w in "abcdefg")),
    )
    assert said(found, "subject_id", "due_date") == [
        ("a", "2026-11-05"),
        ("c", "2026-11-05"),
        ("g", "2026-11-19"),
    ]


def test_cover_is_another_named_and_present_lead_or_co_worker():
    cover = """
        co-worker    | W2 | CO-WORKER    | 2026-11-03 |
        joint        | W2 | JOINT WORKER | 2026-11-03 |
        earlier lead | W2 | CW           | 2026-01-01 |
        back         | W5 | CO-WORKER    | 2026-11-03 |
        same worker  | W1 | CO-WORKER    | 2026-11-03 |
        ended        | W2 | CO-WORKER    | 2026-01-05 | 2026-11-20
        not begun    | W2 | CO-WORKER    | 2026-11-21 |
        other role   | W2 | IRO          | 2026-01-05 |
        duty         | P1 | CO-WORKER    | 2026-11-03 |
        unknown      | W9 | CO-WORKER    | 2026-11-03 |
        absent too   | W3 | CO-WORKER    | 2026-11-03 |
        left         | W4 | CO-WORKER    | 2026-11-03 |
    """
    children = [line.split("|")[0].strip() for line in cover.strip().splitlines()]
    found = ask(
        "AL-12",
        D,
        episode=referred(*children),
        worker=f"{WORKERS.strip()}\nW3|S5|Eve Pike\nW4|S6|Fay Holt\nW5|S7|Gil Nash",
        establishment="""
            staff_number | absent_from | return_date | leaving_date
            S1           | 2026-10-01  |             |
            S5           | 2026-11-19  |             |
            S6           |             |             | 2026-11-20
            S7           | 2026-11-01  | 2026-11-20  |
        """,
        involvement=parts("\n".join([cover, *(f"{c} | W1 | CW | 2026-01-05 |" for c in children)])),
    )
    bad = ("absent too", "duty", "ended", "left", "not begun", "other role", "same worker", "unknown")
    assert said(found, "subject_id") == [(c,) for c in bad]


def test_a_child_whose_absent_worker_has_left_is_unallocated_and_not_waiting_for_cover():
    tables = {
        "worker": WORKERS,
        "episode": referred("1"),
        "establishment": rows("staff_number | absent_from | leaving_date", "S1 | 2026-10-01 | 2026-11-20"),
        "involvement": parts("1 | W1 | CW | 2026-01-05 |"),
    }
    assert ask("AL-12", D, **tables) == []
    assert said(ask("AL-01", D, **tables), "subject_id") == [("1",)]
