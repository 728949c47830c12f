"""AL-01, AL-12 and AL-14: has each open child a named worker, and one who is there?"""

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

LONG_OPEN = "child_id | episode_id | referral_date"


def open_since_january(*children):
    """An episode of need for each child, open since January: every grace is long over."""
    return "\n".join([LONG_OPEN, *(f"{c} | R{n} | 2026-01-05" for n, c in enumerate(children))])


def unallocated(as_at=D, **tables):
    return [c for (c,) in said(ask("AL-01", as_at, **tables), "subject_id")]


@pytest.mark.parametrize(
    ("as_at", "episodes", "expected"),
    [
        # Friday 13, Saturday 14 and Sunday 15 November + 1 working day = Monday 16; Monday 16 + 1 = 17.
        pytest.param("2026-11-17", {"fri": "2026-11-13", "sat": "2026-11-14", "sun": "2026-11-15",
                                    "mon": "2026-11-16"}, ["fri", "sat", "sun"], id="over a weekend"),
        # Thursday 24 December + 1 = Tuesday 29: Friday 25 is Christmas, Monday 28 stands in for Boxing Day.
        pytest.param("2026-12-29", {"thu": "2026-12-24"}, [], id="over Christmas, on the last day"),
        pytest.param("2026-12-30", {"thu": "2026-12-24"}, ["thu"], id="over Christmas, the day after"),
    ],
)
def test_a_new_child_may_wait_one_working_day_for_a_first_worker(as_at, episodes, expected):
    rows = "\n".join(f"{child} | R{child} | {day}" for child, day in episodes.items())
    assert unallocated(as_at, episode=f"{LONG_OPEN}\n{rows}") == expected


def test_a_child_who_had_a_named_worker_and_lost_them_may_not_wait_at_all():
    # All were referred on Monday 16 November; on Tuesday 17 the first working day is not over.
    children = ("lost", "never", "same day", "not on the list", "last year", "duty", "leaver")
    assert unallocated("2026-11-17", worker=WORKERS, episode="\n".join(
        [LONG_OPEN, *(f"{c} | R {c} | 2026-11-16" for c in children)]
    ), establishment="""
        staff_number | leaving_date
        S2           | 2026-11-17
    """, involvement="""
        involvement_id | child_id        | worker_id | role | start_date | end_date
        1              | lost            | W1        | CW   | 2026-11-16 | 2026-11-17
        2              | same day        | W1        | CW   | 2026-11-16 | 2026-11-16
        3              | not on the list | W9        | CW   | 2026-11-16 | 2026-11-17
        4              | last year       | W1        | CW   | 2025-01-01 | 2025-12-31
        5              | duty            | P1        | CW   | 2026-11-16 | 2026-11-17
        6              | leaver          | W2        | CW   | 2026-11-16 |
    """) == ["leaver", "lost"]


def test_a_protected_or_looked_after_child_may_not_wait_a_day_and_is_shown_in_red():
    found = ask("AL-01", D, cp_plan="""
        child_id | plan_id | start_date | other_council
        ours     | P1      | 2026-11-20 |
        theirs   | P2      | 2026-11-20 | Y
    """, care_episode="""
        child_id | care_episode_id | period_id | start_date
        in care  | E1              | C1        | 2026-11-20
    """, episode="""
        child_id | episode_id | referral_date
        in need  | R1         | 2026-11-01
        new      | R2         | 2026-11-20
    """, cin_plan="""
        child_id | plan_id | start_date
        in need  | N1      | 2026-11-01
    """)
    assert said(found, "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over") == [
        ("in care", "", "breach", "norm", "red", None, None),
        ("in need", "", "breach", "norm", "amber", None, None),
        ("ours", "", "breach", "norm", "red", None, None),
        ("theirs", "", "breach", "norm", "red", None, None)]
    assert {r["subject_id"] for r in found if r["evidence"]["rule"] == "AL-02"} == {
        "in care", "ours", "theirs"}


def test_only_a_person_of_the_worker_list_who_has_not_left_is_a_named_worker():
    names = {
        "W1": "Ann Reed", "left today": "Ben Hall", "leaves tomorrow": "Cat Ford",
        "D1": "Duty Worker", "D2": "UNALLOCATED", "D3": "(Vacant) Post 12", "D4": "North Team",
        "D5": "Screening-Duty", "N1": "Jo Teamer", "N2": "Al Dutyson", "N3": "Vi Vacantia", "N4": ""}
    found = ask(
        "AL-01", D, episode=open_since_january(*names, "W9"),
        worker="\n".join(["worker_id | staff_number | name",
                          *(f"{w} | S {w} | {name}" for w, name in names.items())]),
        establishment="""
            staff_number      | leaving_date
            S left today      | 2026-11-20
            S leaves tomorrow | 2026-11-21
        """,
        involvement="\n".join(["involvement_id | child_id | worker_id | role | team_id | start_date",
                               *(f"{w} | {w} | {w} | CW | T1 | 2026-01-05" for w in [*names, "W9"])]))
    # Who the system names as lead is shown all the same, so that somebody can be asked.
    assert said(found, "subject_id", "worker_id", "team_id") == [
        (w, w, "T1") for w in ("D1", "D2", "D3", "D4", "D5", "W9", "left today")]


def test_an_earlier_lead_does_not_make_up_for_a_later_one_who_is_nobody():
    assert unallocated(worker=WORKERS, episode=open_since_january("duty", "unknown", "no id", "swapped"),
                       involvement="""
        involvement_id | child_id | worker_id | role | start_date
        1              | duty     | W1        | CW   | 2026-01-05
        2              | duty     | P1        | CW   | 2026-10-05
        3              | unknown  | W1        | CW   | 2026-01-05
        4              | unknown  | W9        | CW   | 2026-10-05
        5              | no id    | W1        | CW   | 2026-01-05
        6              | no id    |           | CW   | 2026-10-05
        7              | swapped  | P1        | CW   | 2026-01-05
        8              | swapped  | W1        | CW   | 2026-10-05
    """) == ["duty", "unknown"]


def test_only_a_lead_role_holds_a_child_and_an_adviser_never_leads_an_open_child():
    roles = ("CW", "cw", "Allocated Case Worker", "social worker", "CO-WORKER", "IRO",
             "16PLUS", "PERSONAL ADVISER", "Personal Advisor", "SENIOR SOCIAL WORKER", "")
    children = dict(zip("abcdefghijk", roles, strict=True))
    assert unallocated(
        worker=WORKERS, episode=open_since_january(*children), involvement="\n".join(
            ["involvement_id | child_id | worker_id | role | start_date",
             *(f"{c} | {c} | W1 | {role} | 2026-01-05" for c, role in children.items())]),
        # Child i is a care leaver of unknown age, and so an open child: the adviser does not lead.
        care_leaver="care_leaver_id | child_id | eligibility | adviser | worker_id\n"
        "1 | i | Eligible | W1 | W1") == list("efghijk")


def test_a_worker_holds_a_child_from_the_first_day_of_the_involvement_to_the_day_before_it_ends():
    spells = {
        "from today": "2026-11-20 |", "from tomorrow": "2026-11-21 |",
        "to today": "2026-01-05 | 2026-11-20", "to tomorrow": "2026-01-05 | 2026-11-21",
        "reversed": "2026-06-01 | 2026-05-01", "no start": "|"}
    assert unallocated(
        worker=WORKERS, episode=open_since_january(*spells), involvement="\n".join(
            ["involvement_id | child_id | worker_id | role | start_date | end_date",
             *(f"{c} | {c} | W1 | CW | {spell}" for c, spell in spells.items())])
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
    assert unallocated(
        worker=WORKERS, episode=open_since_january("A", "B", "C", "D", "no rows"), involvement=f"""
        involvement_id | child_id | worker_id | role | start_date
        9              | A        | {first}   | CW   | 2026-01-05
        10             | A        | {second}  | CW   | 2026-01-05
        007            | B        | {first}   | CW   | 2026-01-05
        7              | B        | {second}  | CW   | 2026-01-05
        99             | C        | {first}   | CW   | 2026-01-05
        X1             | C        | {second}  | CW   | 2026-01-05
        Y10            | D        | {first}   | CW   | 2026-01-05
        Y9             | D        | {second}  | CW   | 2026-01-05
    """) == expected


def test_a_leaver_is_found_by_staff_number_and_never_by_name():
    assert unallocated(worker="""
        worker_id | staff_number | name
        W1        | S1           | Ann Reed
        W2        | S2           | Ann Reed
        W3        |              | Ann Reed
        W4        | 07           | Ann Reed
    """, establishment="""
        staff_number | name     | leaving_date
        S2           | Jo Moore | 2026-10-01
        S9           | Ann Reed | 2026-10-01
        W1           | Ann Reed | 2026-10-01
        7            | Ann Reed | 2026-10-01
    """, episode=open_since_january("1", "2", "3", "4"), involvement="""
        involvement_id | child_id | worker_id | role | start_date
        1              | 1        | W1        | CW   | 2026-01-05
        2              | 2        | W2        | CW   | 2026-01-05
        3              | 3        | W3        | CW   | 2026-01-05
        4              | 4        | W4        | CW   | 2026-01-05
    """) == ["2"]


def test_a_child_is_open_by_need_protection_or_care_until_their_eighteenth_birthday():
    assert unallocated(child="""
        child_id       | dob        | expected_dob | death_date
        a 17           | 2008-11-21 |              |
        b 18           | 2008-11-20 |              |
        c unborn       |            | 2027-02-01   |
        d unborn       | 2026-11-21 |              |
        e no age       |            |              |
        f dead         | 2015-03-01 |              | 2026-11-20
        g alive        | 2015-03-01 |              | 2026-11-21
        h leaver 17    | 2009-03-01 |              |
        i leaver 18    | 2008-03-01 |              |
        j said dead    | 2008-12-01 |              |
    """, episode=open_since_january(
        "a 17", "b 18", "c unborn", "d unborn", "e no age", "f dead", "g alive", "h leaver 17",
        "i leaver 18", "j said dead",
    ), care_leaver="""
        care_leaver_id | child_id    | eligibility | in_touch
        1              | h leaver 17 | Relevant    | YES
        2              | i leaver 18 | Relevant    | YES
        3              | j said dead | Relevant    | DIED
    """) == ["a 17", "c unborn", "d unborn", "e no age", "g alive", "h leaver 17"]


def test_a_child_is_open_only_while_an_episode_a_protection_plan_or_a_period_of_care_is():
    assert unallocated(episode="""
        child_id | episode_id | referral_date | close_date
        a        | 1          | 2026-01-05    | 2026-11-21
        b        | 2          | 2026-01-05    | 2026-11-20
        c        | 3          | 2026-01-05    | 2026-01-04
        d        | 4          | 2026-11-21    |
    """, cp_plan="""
        child_id | plan_id | start_date | end_date   | other_council
        e        | 1       | 2026-01-05 |            |
        f        | 2       | 2026-01-05 | 2026-11-20 |
        g        | 3       | 2026-01-05 | 2026-01-04 |
        h        | 4       | 2026-01-05 |            | Y
    """, cin_plan="""
        child_id | plan_id | start_date
        i        | 1       | 2026-01-05
    """, care_episode="""
        child_id | care_episode_id | period_id | start_date | end_date   | end_reason
        j        | 1               | C1        | 2026-01-05 |            |
        k        | 2               | C2        | 2026-01-05 | 2026-11-20 | E4
        l        | 3               | C3        | 2026-01-05 | 2026-11-01 | X1
        m        | 4               | C4        | 2026-01-05 |            |
        n        | 5               | C5        | 2026-01-05 |            |
        o        | 6               | C6        | 2026-01-05 |            |
    """, legal_status="""
        child_id | legal_status_id | status | start_date | end_date
        m        | 1               | V3     | 2026-01-05 |
        n        | 2               | V4     | 2026-01-05 | 2026-11-20
        o        | 3               | V4     | 2026-01-05 |
        o        | 4               | C2     | 2026-03-01 |
    """) == ["a", "e", "h", "j", "l", "n", "o"]


def test_a_child_held_by_a_manager_is_noted_by_the_title_of_hr_else_of_the_case_system():
    titles = {  # worker: (title in the case system, row of HR or None)
        "a": ("Team Manager", None), "b": ("service manager", None), "c": ("Head of Service", ""),
        "d": ("Social Worker", "HEAD OF SERVICE"), "e": ("Team Manager", "Social Worker"),
        "f": ("Assistant Team Manager", None), "g": ("Team Manager (North)", None), "h": ("", None),
        "left": ("Team Manager", None), "closed": ("Team Manager", None)}
    found = ask(
        "AL-14", D, episode=open_since_january(*(w for w in titles if w != "closed")),
        worker="\n".join(["worker_id | staff_number | name | title",
                          *(f"{w} | S{w} | Ann Reed | {t}" for w, (t, _) in titles.items())]),
        establishment="\n".join(["staff_number | title | leaving_date", "Sleft | | 2026-10-01",
                                 *(f"S{w} | {hr} |" for w, (_, hr) in titles.items() if hr is not None)]),
        involvement="\n".join(["involvement_id | child_id | worker_id | role | team_id | start_date",
                               *(f"{w} | {w} | {w} | CW | T1 | 2026-01-05" for w in titles)]))
    assert said(
        found, "subject_id", "record_id", "status", "kind", "severity", "due_date", "worker_id", "team_id"
    ) == [(w, "", "flag", "local", "note", None, w, "T1") for w in "abcd"]


ABSENT = """
    staff_number | absent_from | return_date
    S1           | 2026-11-02  |
"""


def test_an_absent_workers_child_has_cover_in_three_working_days_where_protected_or_in_care_else_in_ten():
    # Absent from Monday 2 November: 3 working days are up on Thursday 5 (3, 4, 5), ten on Monday 16
    # (3 to 6, 9 to 13, 16).  On Tuesday 17: 12 days and 1 day over.  On Monday 16: 11 days.
    tables = {
        "worker": WORKERS, "establishment": ABSENT,
        "episode": open_since_january("need"),
        "cp_plan": "child_id | plan_id | start_date | other_council\n"
        "cp | P1 | 2026-01-05 |\ntheirs | P2 | 2026-01-05 | Y",
        "care_episode": "child_id | care_episode_id | period_id | start_date\ncare | E1 | C1 | 2026-01-05",
        "involvement": "\n".join(["involvement_id | child_id | worker_id | role | team_id | start_date",
                                  *(f"{c} | {c} | W1 | CW | T1 | 2026-01-05"
                                    for c in ("need", "cp", "theirs", "care"))])}
    on_the_last_day = ask("AL-12", "2026-11-16", **tables)
    assert said(on_the_last_day, "subject_id", "days_over") == [("care", 11), ("cp", 11), ("theirs", 11)]
    the_day_after = ask("AL-12", "2026-11-17", **tables)
    assert said(the_day_after, "subject_id", "due_date", "days_over") == [
        ("care", "2026-11-05", 12), ("cp", "2026-11-05", 12), ("need", "2026-11-16", 1),
        ("theirs", "2026-11-05", 12)]
    assert {(r["record_id"], r["status"], r["kind"], r["severity"], r["worker_id"], r["team_id"])
            for r in the_day_after} == {("", "overdue", "local", "red", "W1", "T1")}


def test_a_worker_is_absent_until_the_day_they_return():
    # Protected children on 20 November; absent from 2 November, cover was due on the 5th.
    hr = {"a": "2026-11-02 |", "b": "2026-11-02 | 2026-11-20", "c": "2026-11-02 | 2026-11-21",
          "d": "2026-11-21 |", "e": "|", "f": "2026-11-17 |", "g": "2026-11-16 |"}
    # f: Tuesday 17 + 3 working days = Friday 20, in time.  g: Monday 16 + 3 = Thursday 19, late.
    found = ask(
        "AL-12", D,
        worker="\n".join(["worker_id | staff_number | name", *(f"{w} | S{w} | Ann Reed" for w in hr)]),
        establishment="\n".join(["staff_number | absent_from | return_date",
                                 *(f"S{w} | {dates}" for w, dates in hr.items())]),
        cp_plan="\n".join(["child_id | plan_id | start_date", *(f"{w} | {w} | 2026-01-05" for w in hr)]),
        involvement="\n".join(["involvement_id | child_id | worker_id | role | start_date",
                               *(f"{w} | {w} | {w} | CW | 2026-01-05" for w in hr)]))
    assert said(found, "subject_id", "due_date") == [
        ("a", "2026-11-05"), ("c", "2026-11-05"), ("g", "2026-11-19")]


def test_cover_is_another_named_and_present_lead_or_co_worker():
    cover = {  # child: the second involvement
        "co-worker": "W2 | CO-WORKER | 2026-11-03 |", "joint": "W2 | JOINT WORKER | 2026-11-03 |",
        "earlier lead": "W2 | CW | 2026-01-01 |",
        "same worker": "W1 | CO-WORKER | 2026-11-03 |", "ended": "W2 | CO-WORKER | 2026-01-05 | 2026-11-20",
        "not begun": "W2 | CO-WORKER | 2026-11-21 |", "other role": "W2 | IRO | 2026-01-05 |",
        "duty": "P1 | CO-WORKER | 2026-11-03 |", "unknown": "W9 | CO-WORKER | 2026-11-03 |",
        "absent too": "W3 | CO-WORKER | 2026-11-03 |", "left": "W4 | CO-WORKER | 2026-11-03 |",
        "back": "W5 | CO-WORKER | 2026-11-03 |"}
    found = ask(
        "AL-12", D, episode=open_since_january(*cover), worker=f"""{WORKERS.rstrip()}
            W3 | S3 | Cat Ford |
            W4 | S4 | Dan Shaw |
            W5 | S5 | Eve Pike |
        """, establishment="""
            staff_number | absent_from | return_date | leaving_date
            S1           | 2026-10-01  |             |
            S3           | 2026-11-19  |             |
            S4           |             |             | 2026-11-20
            S5           | 2026-11-01  | 2026-11-20  |
        """, involvement="\n".join(
            ["involvement_id | child_id | worker_id | role | start_date | end_date",
             *(f"1 {c} | {c} | W1 | CW | 2026-01-05 |\n2 {c} | {c} | {second}"
               for c, second in cover.items())]))
    assert said(found, "subject_id") == [
        (c,) for c in ("absent too", "duty", "ended", "left", "not begun", "other role", "same worker",
                       "unknown")]


def test_a_child_whose_absent_worker_has_left_is_unallocated_and_not_waiting_for_cover():
    tables = {"worker": WORKERS, "episode": open_since_january("1"), "establishment": """
        staff_number | absent_from | leaving_date
        S1           | 2026-10-01  | 2026-11-20
    """, "involvement": "involvement_id | child_id | worker_id | role | start_date\n1|1|W1|CW|2026-01-05"}
    assert (ask("AL-12", D, **tables), unallocated(**tables)) == ([], ["1"])
