"""AL-01 and AL-14: has each open child a named worker?"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

D = "2026-11-20"  # a Friday

WORKERS = """
    worker_id | staff_number | name           | title
    W1        | S1           | Ann Reed       | Social Worker
    W2        | S2           | Ben Hall       | Social Worker
    P1        |              | Duty Worker    |
"""


def rows(header, *lines):
    return "\n".join([header, *lines])


def referred(day, *children):
    """An episode of need for each child from that day."""
    return rows("child_id | episode_id | referral_date", *(f"{c} | R {c} | {day}" for c in children))


def open_since_january(*children):
    """An episode of need for each child, open since January: every grace is long over."""
    return referred("2026-01-05", *children)


def parts(text):
    """An involvement table from lines of child, worker, role, start and end."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return rows(
        "involvement_id | child_id | worker_id | role | start_date | end_date",
        *(f"{n} | {line}" for n, line in enumerate(lines)),
    )


def each_led_by_one_of_the_same_name(*workers):
    return rows(
        "involvement_id | child_id | worker_id | role | team_id | start_date",
        *(f"{w} | {w} | {w} | CW | T1 | 2026-01-05" for w in workers),
    )


def unallocated(as_at=D, **tables):
    return [c for (c,) in said(ask("AL-01", as_at, **tables), "subject_id")]


@pytest.mark.parametrize(
    ("as_at", "episodes", "expected"),
    [
        # Friday 13, Saturday 14 and Sunday 15 November + 1 working day = Monday 16; Monday 16 + 1 = 17.
        pytest.param(
            "2026-11-17",
            "fri | 2026-11-13, sat | 2026-11-14, sun | 2026-11-15, mon | 2026-11-16",
            ["fri", "sat", "sun"],
            id="over a weekend",
        ),
        # Thursday 24 December + 1 = Tuesday 29: Friday 25 is Christmas, Monday 28 stands in for Boxing Day.
        pytest.param("2026-12-29", "thu | 2026-12-24", [], id="over Christmas, on the last day"),
        pytest.param("2026-12-30", "thu | 2026-12-24", ["thu"], id="over Christmas, the day after"),
    ],
)
def test_a_new_child_may_wait_one_working_day_for_a_first_worker(as_at, episodes, expected):
    lines = (f"{n} | {row}" for n, row in enumerate(episodes.split(", ")))
    assert unallocated(as_at, episode=rows("episode_id | child_id | referral_date", *lines)) == expected


def test_a_child_who_had_a_named_worker_and_lost_them_may_not_wait_at_all():
    # All were referred on Monday 16 November; on Tuesday 17 the first working day is not over.
    children = ("lost", "never", "same day", "not on the list", "last year", "duty", "leaver")
    assert unallocated(
        "2026-11-17",
        worker=WORKERS,
        episode=referred("2026-11-16", *children),
        establishment=rows("staff_number | leaving_date", "S2 | 2026-11-17"),
        involvement=parts("""
            lost            | W1 | CW | 2026-11-16 | 2026-11-17
            same day        | W1 | CW | 2026-11-16 | 2026-11-16
            not on the list | W9 | CW | 2026-11-16 | 2026-11-17
            last year       | W1 | CW | 2025-01-01 | 2025-12-31
            duty            | P1 | CW | 2026-11-16 | 2026-11-17
            leaver          | W2 | CW | 2026-11-16 |
        """),
    ) == ["leaver", "lost"]


def test_a_protected_or_looked_after_child_may_not_wait_a_day_and_is_shown_in_red():
    found = ask(
        "AL-01",
        D,
        cp_plan="""
            child_id | plan_id | start_date | other_council
            ours     | P1      | 2026-11-20 |
            theirs   | P2      | 2026-11-20 | Y
        """,
        care_episode="""
            child_id | care_episode_id | period_id | start_date
            in care  | E1              | C1        | 2026-11-20
        """,
        episode="""
            child_id | episode_id | referral_date
            in need  | R1         | 2026-11-01
            new      | R2         | 2026-11-20
        """,
        cin_plan=rows("child_id | plan_id | start_date", "in need | N1 | 2026-11-01"),
    )
    assert said(found, "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over") == [
        ("in care", "", "breach", "norm", "red", None, None),
        ("in need", "", "breach", "norm", "amber", None, None),
        ("ours", "", "breach", "norm", "red", None, None),
        ("theirs", "", "breach", "norm", "red", None, None),
    ]
    always = {r["subject_id"] for r in found if r["evidence"]["rule"] == "AL-02"}
    assert always == {"in care", "ours", "theirs"}


def test_only_a_person_of_the_worker_list_who_has_not_left_is_a_named_worker():
    workers = ("W1", "left today", "leaves tomorrow", *"ABCDEFGHI", "W9")
    found = ask(
        "AL-01",
        D,
        episode=open_since_january(*workers),
        involvement=each_led_by_one_of_the_same_name(*workers),
        worker="""
            worker_id       | staff_number | name
            W1              | S1           | Ann Reed
            left today      | S2           | Ben Hall
            leaves tomorrow | S3           | Cat Ford
            A               |              | Duty Worker
            B               |              | UNALLOCATED
            C               |              | (Vacant) Post 12
            D               |              | North Team
            E               |              | Screening-Duty
            F               |              | Jo Teamer
            G               |              | Al Dutyson
            H               |              | Vi Vacantia
            I               |              |
        """,
        establishment=rows("staff_number | leaving_date", "S2 | 2026-11-20", "S3 | 2026-11-21"),
    )
    # Who the system names as lead is shown all the same, so that somebody can be asked.
    assert said(found, "subject_id", "worker_id", "team_id") == [
        (w, w, "T1") for w in ("A", "B", "C", "D", "E", "W9", "left today")
    ]


def test_an_earlier_lead_does_not_make_up_for_a_later_one_who_is_nobody():
    assert unallocated(
        worker=WORKERS,
        episode=open_since_january("duty", "unknown", "no id", "swapped"),
        involvement=parts("""
            duty    | W1 | CW | 2026-01-05 |
            duty    | P1 | CW | 2026-10-05 |
            unknown | W1 | CW | 2026-01-05 |
            unknown | W9 | CW | 2026-10-05 |
            no id   | W1 | CW | 2026-01-05 |
            no id   |    | CW | 2026-10-05 |
            swapped | P1 | CW | 2026-01-05 |
            swapped | W1 | CW | 2026-10-05 |
        """),
    ) == ["duty", "unknown"]


def test_only_a_lead_role_holds_a_child_and_an_adviser_never_leads_an_open_child():
    assert unallocated(
        worker=WORKERS,
        episode=open_since_january(*"abcdefghijk"),
        involvement=parts("""
            a | W1 | CW                    | 2026-01-05 |
            b | W1 | cw                    | 2026-01-05 |
            c | W1 | Allocated Case Worker | 2026-01-05 |
            d | W1 | social worker         | 2026-01-05 |
            e | W1 | CO-WORKER             | 2026-01-05 |
            f | W1 | IRO                   | 2026-01-05 |
            g | W1 | 16PLUS                | 2026-01-05 |
            h | W1 | PERSONAL ADVISER      | 2026-01-05 |
            i | W1 | Personal Advisor      | 2026-01-05 |
            j | W1 | SENIOR SOCIAL WORKER  | 2026-01-05 |
            k | W1 |                       | 2026-01-05 |
        """),
        # Child i is a care leaver of unknown age, and so an open child: the adviser does not lead.
        care_leaver=rows(
            "care_leaver_id | child_id | eligibility | adviser | worker_id", "1 | i | Eligible | W1 | W1"
        ),
    ) == list("efghijk")


def test_a_worker_holds_a_child_from_the_first_day_of_the_involvement_to_the_day_before_it_ends():
    children = ("from today", "from tomorrow", "to today", "to tomorrow", "reversed", "no start")
    assert unallocated(
        worker=WORKERS,
        episode=open_since_january(*children),
        involvement=parts("""
            from today    | W1 | CW | 2026-11-20 |
            from tomorrow | W1 | CW | 2026-11-21 |
            to today      | W1 | CW | 2026-01-05 | 2026-11-20
            to tomorrow   | W1 | CW | 2026-01-05 | 2026-11-21
            reversed      | W1 | CW | 2026-06-01 | 2026-05-01
            no start      | W1 | CW |            |
        """),
    ) == ["from tomorrow", "no start", "reversed", "to today"]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("P1", "W1", ["no rows"], id="a person: the child is held"),
        pytest.param("W1", "P1", ["A", "B", "C", "D", "no rows"], id="a placeholder: it is not"),
    ],
)
def test_of_two_leads_who_began_on_one_day_the_one_with_the_higher_id_holds_the_child(
    first, second, expected
):
    # A: 9 < 10 as numbers.  B: 007 and 7 are equal numbers, so they compare as text.
    # C: numbers come before texts.  D: texts compare as texts.
    assert (
        unallocated(
            worker=WORKERS,
            episode=open_since_january("A", "B", "C", "D", "no rows"),
            involvement=f"""
                involvement_id | child_id | worker_id | role | start_date
                9              | A        | {first}   | CW   | 2026-01-05
                10             | A        | {second}  | CW   | 2026-01-05
                007            | B        | {first}   | CW   | 2026-01-05
                7              | B        | {second}  | CW   | 2026-01-05
                99             | C        | {first}   | CW   | 2026-01-05
                X1             | C        | {second}  | CW   | 2026-01-05
                Y10            | D        | {first}   | CW   | 2026-01-05
                Y9             | D        | {second}  | CW   | 2026-01-05
            """,
        )
        == expected
    )


def test_a_leaver_is_found_by_staff_number_and_never_by_name():
    assert unallocated(
        episode=open_since_january("W1", "W2", "W3", "W4"),
        involvement=each_led_by_one_of_the_same_name("W1", "W2", "W3", "W4"),
        worker="""
            worker_id | staff_number | name
            W1        | S1           | Ann Reed
            W2        | S2           | Ann Reed
            W3        |              | Ann Reed
            W4        | 07           | Ann Reed
        """,
        establishment="""
            staff_number | name     | leaving_date
            S2           | Jo Moore | 2026-10-01
            S9           | Ann Reed | 2026-10-01
            W1           | Ann Reed | 2026-10-01
            7            | Ann Reed | 2026-10-01
        """,
    ) == ["W2"]


def test_a_child_is_open_until_their_eighteenth_birthday_or_their_death():
    children = """
        a 17        | 2008-11-21 |            |
        b 18        | 2008-11-20 |            |
        c unborn    |            | 2027-02-01 |
        d unborn    | 2026-11-21 |            |
        e no age    |            |            |
        f dead      | 2015-03-01 |            | 2026-11-20
        g alive     | 2015-03-01 |            | 2026-11-21
        h leaver 17 | 2009-03-01 |            |
        i leaver 18 | 2008-03-01 |            |
        j said dead | 2008-12-01 |            |
    """
    assert unallocated(
        child=f"child_id | dob | expected_dob | death_date{children}",
        episode=open_since_january(*(line.split("|")[0].strip() for line in children.strip().splitlines())),
        care_leaver="""
            care_leaver_id | child_id    | eligibility | in_touch
            1              | h leaver 17 | Relevant    | YES
            2              | i leaver 18 | Relevant    | YES
            3              | j said dead | Relevant    | DIED
        """,
    ) == ["a 17", "c unborn", "d unborn", "e no age", "g alive", "h leaver 17"]


def test_a_child_is_open_only_while_an_episode_a_protection_plan_or_a_period_of_care_is():
    assert unallocated(
        episode="""
            child_id | episode_id | referral_date | close_date
            a        | 1          | 2026-01-05    | 2026-11-21
            b        | 2          | 2026-01-05    | 2026-11-20
            c        | 3          | 2026-01-05    | 2026-01-04
            d        | 4          | 2026-11-21    |
        """,
        cp_plan="""
            child_id | plan_id | start_date | end_date   | other_council
            e        | 1       | 2026-01-05 |            |
            f        | 2       | 2026-01-05 | 2026-11-20 |
            g        | 3       | 2026-01-05 | 2026-01-04 |
            h        | 4       | 2026-01-05 |            | Y
        """,
        cin_plan=rows("child_id | plan_id | start_date", "i | 1 | 2026-01-05"),
        care_episode="""
            child_id | care_episode_id | period_id | start_date | end_date   | end_reason
            j        | 1               | C1        | 2026-01-05 |            |
            k        | 2               | C2        | 2026-01-05 | 2026-11-20 | E4
            l        | 3               | C3        | 2026-01-05 | 2026-11-01 | X1
            m        | 4               | C4        | 2026-01-05 |            |
            n        | 5               | C5        | 2026-01-05 |            |
            o        | 6               | C6        | 2026-01-05 |            |
        """,
        legal_status="""
            child_id | legal_status_id | status | start_date | end_date
            m        | 1               | V3     | 2026-01-05 |
            n        | 2               | V4     | 2026-01-05 | 2026-11-20
            o        | 3               | V4     | 2026-01-05 |
            o        | 4               | C2     | 2026-03-01 |
        """,
    ) == ["a", "e", "h", "j", "l", "n", "o"]


def test_a_child_held_by_a_manager_is_noted_by_the_title_of_hr_else_of_the_case_system():
    workers = ("a", "b", "c", "d", "e", "f", "g", "h", "left", "closed")
    found = ask(
        "AL-14",
        D,
        episode=open_since_january(*workers[:-1]),
        involvement=each_led_by_one_of_the_same_name(*workers),
        worker="""
            worker_id | staff_number | name     | title
            a         |              | Ann Reed | Team Manager
            b         |              | Ann Reed | service manager
            c         | S3           | Ann Reed | Head of Service
            d         | S4           | Ann Reed | Social Worker
            e         | S5           | Ann Reed | Team Manager
            f         |              | Ann Reed | Assistant Team Manager
            g         |              | Ann Reed | Team Manager (North)
            h         |              | Ann Reed |
            left      | S6           | Ann Reed | Team Manager
            closed    |              | Ann Reed | Team Manager
        """,
        establishment="""
            staff_number | title           | leaving_date
            S3           |                 |
            S4           | HEAD OF SERVICE |
            S5           | Social Worker   |
            S6           |                 | 2026-10-01
        """,
    )
    assert said(
        found, "subject_id", "record_id", "status", "kind", "severity", "due_date", "worker_id", "team_id"
    ) == [(w, "", "flag", "local", "note", None, w, "T1") for w in "abcd"]
