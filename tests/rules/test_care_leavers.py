"""CL-04 and CL-07: is each care leaver's plan reviewed, and is the council in touch?"""

from __future__ import annotations

from tests.small_council import ask, evaluation, said

from evenlode.policy import read_policy

D = "2026-11-20"

WORKERS = """
    worker_id | staff_number | name
    W1        | S1           | Ann Reed
    PA1       | S2           | Pat Adams
"""


def of_both_rules(as_at, **tables):
    """(Rule, young person, status) of the two rules at once."""
    rows = evaluation(as_at, **tables).findings.to_pylist()
    return said([r for r in rows if r["rule_id"] in ("CL-04", "CL-07")], "rule_id", "subject_id", "status")


def test_a_pathway_plan_is_to_be_reviewed_within_six_calendar_months():
    # 20 May + 6 months = 20 November, the last day.  19 May: 19 November, one day late.
    # 31 August 2025 + 6 months = 28 February 2026 (there is no 31st); to 20 November are
    # 31+30+31+30+31+31+30+31+20 = 265 days.
    found = ask(
        "CL-04",
        D,
        care_leaver="""
            child_id | eligibility     | pathway_review_date
            1        | Former Relevant | 2026-05-20
            2        | Former Relevant | 2026-05-19
            3        | Former Relevant | 2025-08-31
        """,
    )
    assert said(found, "subject_id", "status", "due_date", "days_over") == [
        ("2", "overdue", "2026-11-19", 1),
        ("3", "overdue", "2026-02-28", 265),
    ]


def test_without_a_review_date_that_has_come_nobody_can_tell_whether_a_pathway_plan_is_stale():
    found = ask(
        "CL-04",
        D,
        care_leaver="""
            child_id | eligibility     | pathway_review_date
            1        | Former Relevant |
            2        | Relevant        | 2026-11-21
            3        | Relevant        | 2026-11-20
        """,
    )
    assert said(found, "subject_id", "status", "due_date", "days_over") == [
        ("1", "cannot_tell", None, None),
        ("2", "cannot_tell", None, None),
    ]


def test_a_stale_pathway_plan_is_a_breach_of_law_and_shown_with_the_adviser_and_their_team():
    found = ask(
        "CL-04",
        D,
        worker=WORKERS,
        care_leaver="""
            child_id | eligibility | pathway_review_date
            1        | Relevant    | 2026-01-10
        """,
        involvement="""
            involvement_id | child_id | worker_id | role   | team_id | start_date
            1              | 1        | PA1       | 16PLUS | T9      | 2026-02-01
        """,
    )
    assert said(
        found, "subject_kind", "subject_id", "record_id", "kind", "severity", "worker_id", "team_id"
    ) == [("child", "1", "", "statute", "red", "PA1", "T9")]


def test_the_council_is_to_be_in_touch_with_a_care_leaver_every_eight_weeks():
    # 25 September + 56 = 20 November (5 + 31 + 20), the last day; 24 September: 19 November.
    # 1 July + 56 = 26 August, not 1 September: eight weeks are not two months.
    # From 26 August to 20 November are 5 + 30 + 31 + 20 = 86 days.
    found = ask(
        "CL-07",
        D,
        care_leaver="""
            child_id | eligibility     | latest_contact_date
            1        | Former Relevant | 2026-09-25
            2        | Former Relevant | 2026-09-24
            3        | Relevant        | 2026-07-01
        """,
    )
    assert said(found, "subject_id", "record_id", "status", "kind", "due_date", "days_over") == [
        ("2", "", "overdue", "norm", "2026-11-19", 1),
        ("3", "", "overdue", "norm", "2026-08-26", 86),
    ]


def test_a_care_leaver_who_does_not_want_or_need_contact_is_only_noted():
    found = ask(
        "CL-07",
        D,
        care_leaver="""
            child_id | eligibility     | in_touch | latest_contact_date
            yes      | Former Relevant | YES      | 2026-01-10
            no       | Former Relevant | NO       | 2026-01-10
            blank    | Former Relevant |          | 2026-01-10
            refu     | Former Relevant | REFU     | 2026-01-10
            nreq     | Former Relevant | NREQ     | 2026-01-10
            rhom     | Former Relevant | RHOM     | 2026-01-10
        """,
    )
    assert said(found, "severity", "subject_id") == [
        ("amber", "blank"),
        ("amber", "no"),
        ("amber", "yes"),
        ("note", "nreq"),
        ("note", "refu"),
        ("note", "rhom"),
    ]


def test_a_contact_that_is_blank_or_still_to_come_is_no_contact():
    found = ask(
        "CL-07",
        D,
        care_leaver="""
            child_id | eligibility     | in_touch | latest_contact_date
            1        | Former Relevant | YES      |
            2        | Former Relevant | REFU     |
            3        | Former Relevant | YES      | 2026-11-21
        """,
    )
    assert said(found, "subject_id", "status", "due_date", "days_over") == [
        (i, "cannot_tell", None, None) for i in "123"
    ]


def test_a_care_leaver_is_eligible_relevant_or_former_relevant_and_nobody_else():
    assert of_both_rules(
        D,
        care_leaver="""
            child_id | eligibility     | latest_contact_date | pathway_review_date
            1        | Former Relevant | 2026-01-10          | 2026-01-10
            2        | Relevant        | 2026-01-10          | 2026-01-10
            3        | Eligible        | 2026-01-10          | 2026-01-10
            4        | Qualifying      | 2026-01-10          | 2026-01-10
            5        |                 | 2026-01-10          | 2026-01-10
        """,
    ) == [
        # Keeping in touch is not asked of the eligible, who are still looked after.
        ("CL-04", "1", "overdue"),
        ("CL-04", "2", "overdue"),
        ("CL-04", "3", "overdue"),
        ("CL-07", "1", "overdue"),
        ("CL-07", "2", "overdue"),
    ]


CARE_LEAVERS_OF_EVERY_AGE = """
    child_id | eligibility     | latest_contact_date | pathway_review_date
    17       | Relevant        | 2026-01-10          | 2026-01-10
    20       | Former Relevant | 2026-01-10          | 2026-01-10
    21       | Former Relevant | 2026-01-10          | 2026-01-10
    24       | Former Relevant | 2026-01-10          | 2026-01-10
    unknown  | Former Relevant | 2026-01-10          | 2026-01-10
"""

THEIR_BIRTHDAYS = """
    child_id | dob
    17       | 2009-03-01
    20       | 2005-11-21
    21       | 2005-11-20
    24       | 2002-03-01
    unknown  |
"""


def test_the_rules_for_care_leavers_stop_on_the_twenty_first_birthday():
    # Born 21 November 2005: 20 years old on 20 November 2026, 21 tomorrow.
    assert of_both_rules(D, child=THEIR_BIRTHDAYS, care_leaver=CARE_LEAVERS_OF_EVERY_AGE) == [
        (rule, child, "overdue") for rule in ("CL-04", "CL-07") for child in ("17", "20", "unknown")
    ]


def test_a_council_may_ask_the_same_for_young_people_up_to_twenty_five(tmp_path):
    file = tmp_path / "policy.yaml"
    file.write_text("clocks: {care_leaver_limit: {n: 300, unit: months}}", encoding="utf-8")
    assert of_both_rules(
        D, policy=read_policy(file), child=THEIR_BIRTHDAYS, care_leaver=CARE_LEAVERS_OF_EVERY_AGE
    ) == [
        (rule, child, "overdue")
        for rule in ("CL-04", "CL-07")
        for child in ("17", "20", "21", "24", "unknown")
    ]


def test_nothing_is_said_of_a_young_person_who_has_died():
    assert of_both_rules(
        D,
        child="""
            child_id | dob        | death_date
            1        | 2007-03-01 |
            2        | 2007-03-01 | 2026-11-20
            3        | 2007-03-01 | 2026-11-21
        """,
        care_leaver="""
            child_id | eligibility     | in_touch | latest_contact_date | pathway_review_date
            1        | Former Relevant | DIED     |                     | 2026-01-10
            2        | Former Relevant | YES      |                     | 2026-01-10
            3        | Former Relevant | YES      |                     | 2026-01-10
        """,
    ) == [("CL-04", "3", "overdue"), ("CL-07", "3", "cannot_tell")]


def test_of_several_rows_of_one_care_leaver_the_latest_of_each_date_counts():
    # Latest review 10 April + 6 months = 10 October; latest contact 1 September + 56 = 27 October
    # (29 + 27).  Child 2's contact of tomorrow has not happened: 1 September stands.
    rows = evaluation(
        D,
        care_leaver="""
            care_leaver_id | child_id | eligibility     | latest_contact_date | pathway_review_date
            1              | 1        | Former Relevant | 2026-09-01          | 2026-01-10
            2              | 1        | Former Relevant | 2026-05-01          | 2026-04-10
            3              | 2        | Former Relevant | 2026-09-01          | 2026-11-01
            4              | 2        | Former Relevant | 2026-11-21          | 2026-11-01
        """,
    ).findings.to_pylist()
    assert said(
        [r for r in rows if r["rule_id"] in ("CL-04", "CL-07")], "rule_id", "subject_id", "due_date"
    ) == [
        ("CL-04", "1", "2026-10-10"),
        ("CL-07", "1", "2026-10-27"),
        ("CL-07", "2", "2026-10-27"),
    ]


def test_a_looked_after_young_person_of_seventeen_has_a_pathway_plan_too():
    assert of_both_rules(
        D,
        child="""
            child_id | dob
            1        | 2009-03-01
        """,
        care_episode="""
            child_id | care_episode_id | period_id | start_date | entered_care_date
            1        | E1              | C1        | 2020-01-01 | 2020-01-01
        """,
        care_leaver="""
            child_id | eligibility | latest_contact_date | pathway_review_date
            1        | Eligible    | 2026-01-10          | 2026-01-10
        """,
    ) == [("CL-04", "1", "overdue")]


def test_a_care_leaver_is_led_by_their_adviser_or_worker_whoever_came_last_else_by_those_of_the_table():
    found = ask(
        "CL-04",
        D,
        worker=WORKERS,
        care_leaver="""
            care_leaver_id | child_id       | eligibility | pathway_review_date | adviser   | worker_id | team_id
            1              | adviser        | Relevant    | 2026-01-10          |           |           |
            2              | before table   | Relevant    | 2026-01-10          | W1        |           | T5
            3              | worker later   | Relevant    | 2026-01-10          |           |           |
            4              | adviser later  | Relevant    | 2026-01-10          |           |           |
            5              | ended          | Relevant    | 2026-01-10          | W1        |           | T5
            6              | table          | Relevant    | 2026-01-10          | PA1       | W1        | T5
            7              | only a name    | Relevant    | 2026-01-10          | Pat Adams | W1        | T5
            8              | name, no more  | Relevant    | 2026-01-10          | Pat Adams |           | T5
            9              | nobody's ids   | Relevant    | 2026-01-10          | X9        | X8        | T5
            10             | only co-worked | Relevant    | 2026-01-10          |           |           |
        """,
        child="""
            child_id       | dob
            adviser        | 2007-03-01
            before table   | 2007-03-01
            worker later   | 2007-03-01
            adviser later  | 2007-03-01
            ended          | 2007-03-01
            table          | 2007-03-01
            only a name    | 2007-03-01
            name, no more  | 2007-03-01
            nobody's ids   | 2007-03-01
            only co-worked | 2007-03-01
        """,
        involvement="""
            involvement_id | child_id       | worker_id | role             | team_id | start_date | end_date
            1              | adviser        | PA1       | personal adviser | T9      | 2026-02-01 |
            2              | before table   | PA1       | Personal Advisor | T9      | 2026-02-01 |
            3              | worker later   | PA1       | 16PLUS           | T9      | 2026-02-01 |
            4              | worker later   | W1        | CW               | T1      | 2026-03-01 |
            5              | adviser later  | W1        | CW               | T1      | 2026-02-01 |
            6              | adviser later  | PA1       | 16PLUS           | T9      | 2026-03-01 |
            7              | ended          | PA1       | 16PLUS           | T9      | 2026-02-01 | 2026-11-20
            8              | only co-worked | PA1       | CO-WORKER        | T9      | 2026-02-01 |
        """,
    )
    assert said(found, "subject_id", "worker_id", "team_id") == [
        ("adviser", "PA1", "T9"),
        ("adviser later", "PA1", "T9"),
        ("before table", "PA1", "T9"),
        ("ended", "W1", "T5"),
        ("name, no more", "", ""),
        ("nobody's ids", "", ""),
        ("only a name", "W1", "T5"),
        ("only co-worked", "", ""),
        ("table", "PA1", "T5"),
        ("worker later", "W1", "T1"),
    ]


def test_of_several_rows_the_first_adviser_who_is_in_the_worker_list_leads_a_care_leaver():
    found = ask(
        "CL-04",
        D,
        worker=WORKERS,
        care_leaver="""
            care_leaver_id | child_id | eligibility | pathway_review_date | adviser
            8              | 1        | Relevant    | 2026-01-10          | Pat Adams
            9              | 1        | Relevant    | 2026-01-10          | PA1
            10             | 1        | Relevant    | 2026-01-10          | W1
        """,
    )
    assert said(found, "subject_id", "worker_id") == [("1", "PA1")]


def test_a_row_of_the_care_leaver_table_that_has_no_id_of_its_own_names_the_adviser_all_the_same():
    found = ask(
        "CL-04",
        D,
        worker=WORKERS,
        care_leaver="""
            care_leaver_id | child_id | eligibility | pathway_review_date | adviser | team_id
                           | 1        | Relevant    | 2026-01-10          | PA1     | T5
        """,
    )
    assert said(found, "subject_id", "worker_id", "team_id") == [("1", "PA1", "T5")]
