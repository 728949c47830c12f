"""SUP-05 to SUP-09: is each child talked about in supervision often enough for what is happening?"""

from __future__ import annotations

import pytest
from tests.small_council import evaluation, said

from evenlode.policy import read_policy

D = "2026-11-20"
RULES = ("SUP-05", "SUP-06", "SUP-07", "SUP-08", "SUP-09")


def gaps(as_at=D, columns="subject_id rule_id due_date severity", talks="", **tables):
    """Those columns of what SUP-05 to SUP-09 say; talks: rows of child, date and kind of note."""
    rows = [line.split("|") for line in talks.strip().splitlines()]
    notes = "\n".join(
        [
            "child_id | held_date | note_type",
            *(f"{c} | {day} | {' '.join(kind) or 'Case Supervision'}" for c, day, *kind in rows),
        ]
    )
    found = evaluation(as_at, supervision=notes, **tables).findings.to_pylist()
    return said([r for r in found if r["rule_id"] in RULES], *columns.split())


def each(header, since, *children):
    """A table of one row a child, all of the same dates."""
    return "\n".join([header, *(f"{c} | {n} | {since}" for n, c in enumerate(children, start=1))])


def episodes(since, *children):
    return each("child_id | episode_id | referral_date", since, *children)


def plans(since, *children):
    return each("child_id | plan_id | start_date", since, *children)


def assessments(since, *children):
    return each("child_id | assessment_id | start_date", since, *children)


def enquiries(since, *children):
    return each("child_id | enquiry_id | start_date", since, *children)


def care(since, *children):
    rows = (f"{c} | E {c} | C {c} | {since}" for c in children)
    return "\n".join(["child_id | care_episode_id | period_id | start_date", *rows])


def test_each_status_has_its_interval_and_a_gap_is_red_from_one_and_a_half():
    # By 20 November, counted back: 14 days to 6 November and 21 to 30 October; 28 to 23 October and 42 to
    # 9 October; 56 to 25 September and 84 to 28 August.  One day more is late, and at 1.5 it is red.
    of_14 = ("2026-11-06", "2026-11-05", "2026-10-31", "2026-10-30")
    of_28 = ("2026-10-23", "2026-10-22", "2026-10-10", "2026-10-09")
    of_56 = ("2026-09-25", "2026-09-24", "2026-08-29", "2026-08-28")
    last_talks = {"assessed": of_14, "enquiry": of_14, "cp": of_28, "cin": of_56, "care": of_56, "new": of_56}
    each_of = {status: [f"{status} {n}" for n in (1, 2, 3, 4)] for status in last_talks}
    since = "2026-01-05"
    found = gaps(
        D,
        talks="\n".join(
            f"{s} {n} | {d}" for s, days in last_talks.items() for n, d in enumerate(days, start=1)
        ),
        episode=episodes(since, *(c for s, four in each_of.items() if s != "care" for c in four)),
        cp_plan=plans(since, *each_of["cp"]),
        cin_plan=plans(since, *each_of["cin"]),
        assessment=assessments(since, *each_of["assessed"]),
        enquiry=enquiries(since, *each_of["enquiry"]),
        care_episode=care(since, *each_of["care"]),
    )
    assert found == [
        (f"{status} {n}", rule, due, severity)
        for status, rule, dues in (
            ("assessed", "SUP-09", ("2026-11-19", "2026-11-14", "2026-11-13")),
            ("care", "SUP-07", ("2026-11-19", "2026-10-24", "2026-10-23")),
            ("cin", "SUP-06", ("2026-11-19", "2026-10-24", "2026-10-23")),
            ("cp", "SUP-05", ("2026-11-19", "2026-11-07", "2026-11-06")),
            ("enquiry", "SUP-09", ("2026-11-19", "2026-11-14", "2026-11-13")),
        )
        for n, severity, due in zip((2, 3, 4), ("amber", "amber", "red"), dues, strict=True)
    ]


def test_a_gap_is_a_local_finding_about_the_child_shown_with_the_worker_and_their_team():
    assert gaps(
        "2026-07-01",
        "subject_kind subject_id record_id status kind due_date days_over worker_id team_id",
        talks="cp | 2026-06-01",
        episode=episodes("2026-01-05", "cp"),
        cp_plan=plans("2026-01-05", "cp"),
        worker="worker_id | name\nW1 | Ann Reed",
        involvement="""
            involvement_id | child_id | worker_id | role | team_id | start_date
            1              | cp       | W1        | CW   | T1      | 2026-01-05
        """,
    ) == [("child", "cp", "", "overdue", "local", "2026-06-29", 2, "W1", "T1")]


@pytest.mark.parametrize(
    ("as_at", "april_5", "april_25"),
    [
        # In need since 1 March (56 days), on a plan from 20 April (28 days).  Last talk on 5 April:
        # min(5 April + 56, 20 April + 28) = min(31 May, 18 May) = 18 May; red from 18 May + 14 = 1 June.
        # Last talk on 25 April: 25 April + 28 = 23 May; red from 25 April + 42 = 6 June.
        ("2026-05-18", [], []),
        ("2026-05-19", [("amber", 1)], []),
        ("2026-05-23", [("amber", 5)], []),
        ("2026-05-24", [("amber", 6)], [("amber", 1)]),
        ("2026-05-31", [("amber", 13)], [("amber", 8)]),
        ("2026-06-01", [("red", 14)], [("amber", 9)]),
        ("2026-06-05", [("red", 18)], [("amber", 13)]),
        ("2026-06-06", [("red", 19)], [("red", 14)]),
    ],
)
def test_a_child_who_goes_on_a_plan_after_the_last_talk_is_talked_about_within_the_plans_interval(
    as_at, april_5, april_25
):
    found = gaps(
        as_at,
        "subject_id rule_id severity days_over",
        talks="april 5 | 2026-04-05\napril 25 | 2026-04-25",
        episode=episodes("2026-03-01", "april 5", "april 25"),
        cin_plan=plans("2026-03-01", "april 5", "april 25"),
        cp_plan=plans("2026-04-20", "april 5", "april 25"),
    )
    assert found == [("april 25", "SUP-05", *x) for x in april_25] + [
        ("april 5", "SUP-05", *x) for x in april_5
    ]


@pytest.mark.parametrize(("as_at", "severity"), [("2026-06-13", "amber"), ("2026-06-14", "red")])
def test_a_change_of_status_never_puts_off_the_next_talk_beyond_eight_weeks(as_at, severity):
    # Last talk on 5 April, plan from 10 May: min(5 April + 56, 10 May + 28) = min(31 May, 7 June) = 31 May;
    # red from 31 May + 14 = 14 June, although 1.5 intervals from the talk were over on 17 May.
    assert gaps(
        as_at,
        talks="1 | 2026-04-05",
        episode=episodes("2026-03-01", "1"),
        cp_plan=plans("2026-05-10", "1"),
    ) == [("1", "SUP-05", "2026-05-31", severity)]


@pytest.mark.parametrize(
    ("as_at", "severities"),
    [("2026-10-25", ("amber", "amber")), ("2026-10-26", ("red", "amber")), ("2026-10-31", ("red", "red"))],
)
def test_an_assessment_is_talked_about_within_two_weeks_of_its_start_or_of_the_last_talk(as_at, severities):
    # New, never talked about: base 1 October; min(1 October + 56, 5 October + 14 = 19 October);
    # red from 19 October + 7 = 26 October.  Talked about on the 10th: 10 + 14 = 24 October; red from
    # 10 October + 21 = 31 October.
    assert gaps(
        as_at,
        talks="talked | 2026-10-10",
        episode=episodes("2026-10-01", "new", "talked"),
        assessment=assessments("2026-10-05", "new", "talked"),
    ) == [("new", "SUP-09", "2026-10-19", severities[0]), ("talked", "SUP-09", "2026-10-24", severities[1])]


def test_the_shortest_interval_that_applies_is_used_and_names_the_rule():
    # Everything began on 5 January and was last talked about on 1 June: + 14, + 28 or + 56.
    children = ("cp cin", "cp care", "all but assessed", "everything", "cin care", "cin enquiry")
    assert gaps(
        talks="\n".join(f"{c} | 2026-06-01" for c in children),
        episode=episodes("2026-01-05", *children),
        cp_plan=plans("2026-01-05", "cp cin", "cp care", "all but assessed", "everything"),
        cin_plan=plans("2026-01-05", "cp cin", "all but assessed", "everything", "cin care", "cin enquiry"),
        care_episode=care("2026-01-05", "cp care", "all but assessed", "everything", "cin care"),
        enquiry=enquiries("2026-01-05", "cin enquiry"),
        assessment=assessments("2026-01-05", "everything"),
    ) == [
        ("all but assessed", "SUP-05", "2026-06-29", "red"),
        ("cin care", "SUP-06", "2026-07-27", "red"),
        ("cin enquiry", "SUP-09", "2026-06-15", "red"),
        ("cp care", "SUP-05", "2026-06-29", "red"),
        ("cp cin", "SUP-05", "2026-06-29", "red"),
        ("everything", "SUP-09", "2026-06-15", "red"),
    ]


@pytest.mark.parametrize(
    ("clock", "days", "rule", "due"),
    [
        # 1 June + 28 = 29 June; + 27 = 28 June.  The first rule of the book names a tie.
        ("supervision_cin", 28, "SUP-05", "2026-06-29"),
        ("supervision_cin", 27, "SUP-06", "2026-06-28"),
        pytest.param("supervision_assessment", 28, "SUP-05", "2026-06-29", marks=pytest.mark.long),
    ],
)
def test_of_two_equal_intervals_the_first_rule_is_named(tmp_path, clock, days, rule, due):
    file = tmp_path / "policy.yaml"
    file.write_text(f"clocks: {{{clock}: {{n: {days}, unit: days}}}}", encoding="utf-8")
    second = {"supervision_cin": ("cin_plan", plans), "supervision_assessment": ("assessment", assessments)}
    table, rows_of = second[clock]
    assert gaps(
        D,
        talks="1 | 2026-06-01",
        policy=read_policy(file),
        episode=episodes("2026-01-05", "1"),
        cp_plan=plans("2026-01-05", "1"),
        **{table: rows_of("2026-01-05", "1")},
    ) == [("1", rule, due, "red")]


def test_only_a_case_supervision_of_the_current_episode_that_has_been_held_counts():
    # Protected, referred on 1 September: base is the last talk since then, else that day; + 28.
    # 1 September + 28 = 29 September; 20 October + 28 = 17 November (11 + 17).
    children = "none, before, first day, last, to come, no date, other words, any case, personal, oversight"
    counted = ("last", "other words", "any case")
    assert gaps(
        talks="""
            before      | 2026-08-31
            first day   | 2026-09-01
            last        | 2026-10-20
            last        | 2026-09-20
            to come     | 2026-11-21
            no date     |
            other words | 2026-10-20 | Supervision - Case Discussion
            any case    | 2026-10-20 | case SUPERVISION
            personal    | 2026-10-20 | Personal Supervision
            oversight   | 2026-10-20 | Management Oversight
                        | 2026-10-20 | Case Supervision
        """,
        episode=episodes("2026-09-01", *children.split(", ")),
        cp_plan=plans("2026-01-05", *children.split(", ")),
    ) == [
        (c, "SUP-05", "2026-11-17" if c in counted else "2026-09-29", "amber" if c in counted else "red")
        for c in sorted(children.split(", "))
    ]


def test_management_oversight_restarts_the_clock_of_an_assessment_and_no_other():
    # Talked about on 1 November, overseen on 5 November.  Under assessment: 5 + 14 = 19 November,
    # one day over; without the oversight 15 November.  All others run from the talk.
    # 1 October + 28 = 29 October for the protected child; in need: 1 September + 56 = 27 October.
    assert gaps(
        talks="""
            overseen | 2026-11-01
            overseen | 2026-11-05 | management oversight
            talked   | 2026-11-01
            personal | 2026-11-01
            personal | 2026-11-05 | Personal Supervision
            cp       | 2026-10-01
            cp       | 2026-11-05 | Management Oversight
            cin      | 2026-09-01
            cin      | 2026-11-05 | Management Oversight
            care     | 2026-09-01
            care     | 2026-11-05 | Management Oversight
            leaver   | 2026-08-01
            leaver   | 2026-11-05 | Management Oversight
        """,
        episode=episodes("2026-01-05", "overseen", "talked", "personal", "cp", "cin"),
        assessment=assessments("2026-01-05", "overseen", "talked", "personal"),
        cp_plan=plans("2026-01-05", "cp"),
        cin_plan=plans("2026-01-05", "cin"),
        care_episode=care("2026-01-05", "care"),
        child="child_id | dob\nleaver | 2007-03-01",
        care_leaver="care_leaver_id | child_id | eligibility\n1 | leaver | Relevant",
    ) == [  # the care leaver: 1 August + 84 = 24 October (30 + 30 + 24)
        ("care", "SUP-07", "2026-10-27", "amber"),
        ("cin", "SUP-06", "2026-10-27", "amber"),
        ("cp", "SUP-05", "2026-10-29", "red"),
        ("leaver", "SUP-08", "2026-10-24", "amber"),
        ("overseen", "SUP-09", "2026-11-19", "amber"),
        ("personal", "SUP-09", "2026-11-15", "amber"),
        ("talked", "SUP-09", "2026-11-15", "amber"),
    ]


def test_a_child_who_is_only_referred_or_whose_plans_are_over_has_no_interval():
    children = ("referred", "plan over", "plan reversed", "assessed", "enquired", "plan to come")
    found = gaps(
        episode=episodes("2026-01-05", *children),
        cin_plan="""
            child_id      | plan_id | start_date | end_date
            plan over     | 1       | 2026-02-01 | 2026-11-20
            plan reversed | 2       | 2026-02-01 | 2026-01-20
            plan to come  | 3       | 2026-11-21 |
        """,
        assessment="""
            child_id | assessment_id | start_date | authorised_date
            assessed | 1             | 2026-02-01 | 2026-11-20
        """,
        enquiry="""
            child_id | enquiry_id | start_date | end_date
            enquired | 1          | 2026-02-01 | 2026-11-20
        """,
    )
    assert found == []


def test_an_open_assessment_of_a_closed_referral_and_an_enquiry_without_an_end_are_talked_about():
    # The episode of 1 October is current; the status is older than base: 1 October + 14 = 15 October.
    # By the earliest open record: 5 October + 14 = 19 October, not 20 October + 14.
    # An assessment to be signed off tomorrow is open today.
    assert gaps(
        "2026-10-20",
        episode="""
            child_id   | episode_id | referral_date | close_date
            assessed   | 1          | 2025-06-01    | 2025-09-01
            assessed   | 2          | 2026-10-01    |
            enquiry    | 3          | 2026-10-01    |
            of two     | 4          | 2026-10-01    |
            tomorrow   | 5          | 2026-10-01    |
            all closed | 6          | 2026-10-01    | 2026-10-10
            of each    | 7          | 2026-10-01    |
        """,
        assessment="""
            child_id   | episode_id | assessment_id | start_date | authorised_date
            assessed   | 1          | 1             | 2025-06-01 |
            of two     | 4          | 2             | 2026-10-05 |
            of two     | 4          | 3             | 2026-10-20 |
            of each    | 7          | 6             | 2026-10-12 |
            tomorrow   | 5          | 4             | 2026-10-01 | 2026-10-21
            all closed | 6          | 5             | 2026-10-01 |
        """,
        enquiry="""
            child_id | enquiry_id | start_date | end_date | no_further_action
            enquiry  | 1          | 2026-09-15 |          | Y
            of each  | 2          | 2026-10-05 |          |
        """,
    ) == [
        ("assessed", "SUP-09", "2026-10-15", "amber"),
        ("enquiry", "SUP-09", "2026-10-15", "amber"),
        ("of each", "SUP-09", "2026-10-19", "amber"),
        ("of two", "SUP-09", "2026-10-19", "amber"),
        ("tomorrow", "SUP-09", "2026-10-15", "amber"),
    ]


def test_another_councils_plan_asks_for_the_same_supervision_and_runs_from_its_start():
    # No episode here: base is the start of the plan, 1 October + 28 = 29 October.
    # Entered care on 1 July by the column, although the first row is of 1 August: + 56 = 26 August.
    assert gaps(
        cp_plan=each("child_id | plan_id | start_date | other_council", "2026-10-01 | Y", "theirs"),
        care_episode="""
            child_id | care_episode_id | period_id | start_date | entered_care_date
            care     | 1               | C1        | 2026-08-01 | 2026-07-01
        """,
    ) == [("care", "SUP-07", "2026-08-26", "red"), ("theirs", "SUP-05", "2026-10-29", "red")]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        # 28 August + 84 = 20 November (3 + 30 + 31 + 20); red from 28 August + 126 = 1 January 2027.
        ("2026-11-20", []),
        ("2026-11-21", [("SUP-08", "overdue", "2026-11-20", "amber")]),
        ("2026-12-31", [("SUP-08", "overdue", "2026-11-20", "amber")]),
        ("2027-01-01", [("SUP-08", "overdue", "2026-11-20", "red")]),
    ],
)
def test_a_care_leaver_is_talked_about_every_twelve_weeks(as_at, expected):
    found = gaps(
        as_at,
        "rule_id status due_date severity",
        talks="1 | 2026-08-28",
        child="child_id | dob\n1 | 2007-03-01",
        care_leaver="care_leaver_id | child_id | eligibility\n1 | 1 | Former Relevant",
    )
    assert found == expected


def test_a_care_leavers_clock_runs_from_the_last_talk_else_from_their_episode_else_nobody_can_tell():
    # talked: 1 May + 84 = 24 July (30 + 30 + 24), whatever the later episode.
    # episode: 1 July + 84 = 23 September (30 + 31 + 23).  At 17 with an open episode and a plan for a child in
    # need: SUP-06, 1 July + 56 = 26 August.
    leavers = ("talked", "episode", "closed", "nothing", "child", "21", "dead")
    assert gaps(
        D,
        "subject_id rule_id status due_date",
        talks="talked | 2026-05-01\nnothing | 2026-11-21",
        child="""
            child_id | dob        | death_date
            child    | 2009-03-01 |
            21       | 2005-11-20 |
            dead     | 2007-03-01 | 2026-11-20
            talked   | 2007-03-01 |
            episode  | 2007-03-01 |
        """,
        care_leaver=each("child_id | care_leaver_id | eligibility | in_touch", "Relevant | YES", *leavers)
        + "\ndied | 9 | Relevant | DIED",
        episode="""
            child_id | episode_id | referral_date | close_date
            talked   | 1          | 2026-07-01    |
            episode  | 2          | 2026-07-01    |
            closed   | 3          | 2026-07-01    | 2026-11-20
            child    | 4          | 2026-07-01    |
        """,
        cin_plan=plans("2026-07-01", "child"),
    ) == [
        ("child", "SUP-06", "overdue", "2026-08-26"),
        ("closed", "SUP-08", "cannot_tell", None),
        ("episode", "SUP-08", "overdue", "2026-09-23"),
        ("nothing", "SUP-08", "cannot_tell", None),
        ("talked", "SUP-08", "overdue", "2026-07-24"),
    ]
