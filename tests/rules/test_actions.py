"""ACT-02 and SQ-07: are agreed actions done by their date, and can anybody tell by when?"""

from __future__ import annotations

from tests.small_council import ask, evaluation, said

D = "2026-11-20"


def both(action, **tables):
    """(Rule, action) of the two rules; action: rows of a text table."""
    rows = evaluation(D, action=action, **tables).findings.to_pylist()
    return said([r for r in rows if r["rule_id"] in ("ACT-02", "SQ-07")], "rule_id", "record_id")


def test_an_action_is_overdue_from_the_day_after_its_target_date():
    found = ask(
        "ACT-02",
        D,
        action="""
            action_id | child_id | set_date   | action      | target_date
            today     | 1        | 2026-11-01 | Visit Gran. | 2026-11-20
            yesterday | 1        | 2026-11-01 | See school. | 2026-11-19
            long ago  | 2        | 2026-10-01 | Call GP.    | 2026-10-31
        """,
    )
    assert said(
        found,
        "record_id",
        "subject_kind",
        "subject_id",
        "status",
        "kind",
        "severity",
        "due_date",
        "days_over",
    ) == [
        ("long ago", "child", "2", "overdue", "local", "amber", "2026-10-31", 20),
        ("yesterday", "child", "1", "overdue", "local", "amber", "2026-11-19", 1),
    ]


def test_an_overdue_action_is_shown_with_todays_lead_worker_whoever_was_to_do_it():
    found = ask(
        "ACT-02",
        D,
        action="""
            action_id | child_id | set_date   | action      | target_date | owner
            A1        | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  | W1
        """,
        worker="worker_id | name\nW1 | Ann Reed\nW2 | Ben Hall",
        involvement="""
            involvement_id | child_id | worker_id | role | team_id | start_date | end_date
            1              | 1        | W1        | CW   | T1      | 2026-01-05 | 2026-10-20
            2              | 1        | W2        | CW   | T2      | 2026-10-20 |
        """,
        episode="child_id | episode_id | referral_date\n1 | R1 | 2026-01-05",
    )
    assert said(found, "record_id", "worker_id", "team_id") == [("A1", "W2", "T2")]


def test_an_action_is_open_until_the_day_it_was_done():
    assert both("""
        action_id  | child_id | set_date   | action      | target_date | completed_date | status
        not done   | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  |                |
        open       | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  |                | Open
        done late  | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  | 2026-10-20     |
        done today | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  | 2026-11-20     |
        done after | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  | 2026-11-21     |
        said done  | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  |                | Completed
    """) == [("ACT-02", "done after"), ("ACT-02", "not done"), ("ACT-02", "open")]


def test_an_action_that_was_superseded_or_withdrawn_is_asked_for_no_more():
    assert both("""
        action_id  | child_id | set_date   | action      | target_date | status
        superseded | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  | Superseded
        withdrawn  | 1        | 2026-09-01 |             | 2026-10-01  | withdrawn
        open       | 1        | 2026-09-01 | Visit Gran. | 2026-10-01  | open
    """) == [("ACT-02", "open")]


def test_an_action_of_a_supervision_still_to_come_does_not_exist_yet():
    assert both("""
        action_id     | child_id | set_date   | action      | target_date
        from today    | 1        | 2026-11-20 | Visit Gran. | 2026-11-19
        from tomorrow | 1        | 2026-11-21 | Visit Gran. | 2026-11-19
        no text       | 1        | 2026-11-21 |             |
    """) == [("ACT-02", "from today")]


def test_an_action_without_text_or_without_a_real_date_cannot_be_followed_up():
    # "ASAP" is read as no date at all, so it is a blank here.
    found = ask(
        "SQ-07",
        D,
        action="""
            action_id     | child_id | set_date   | action      | target_date
            good          | 1        | 2026-11-01 | Visit Gran. | 2026-12-01
            no date       | 1        | 2026-11-01 | Visit Gran. |
            no text       | 2        | 2026-11-01 |             | 2026-12-01
            neither       | 2        | 2026-11-01 |             |
        """,
    )
    assert said(
        found,
        "record_id",
        "subject_kind",
        "subject_id",
        "status",
        "kind",
        "severity",
        "due_date",
        "days_over",
    ) == [
        ("neither", "child", "2", "breach", "local", "note", None, None),
        ("no date", "child", "1", "breach", "local", "note", None, None),
        ("no text", "child", "2", "breach", "local", "note", None, None),
    ]


def test_an_action_without_a_date_is_never_overdue_and_one_without_text_can_be():
    assert both("""
        action_id | child_id | set_date   | action      | target_date
        no date   | 1        | 2025-01-01 | Visit Gran. |
        no text   | 1        | 2026-09-01 |             | 2026-10-01
    """) == [("ACT-02", "no text"), ("SQ-07", "no date"), ("SQ-07", "no text")]


def test_nobody_asks_how_a_closed_action_was_written():
    assert both("""
        action_id  | child_id | set_date   | action | target_date | completed_date | status
        open       | 1        | 2026-09-01 |        |             |                |
        done       | 1        | 2026-09-01 |        |             | 2026-11-20     |
        done after | 1        | 2026-09-01 |        |             | 2026-11-21     |
        superseded | 1        | 2026-09-01 |        |             |                | Superseded
        withdrawn  | 1        | 2026-09-01 |        |             |                | Withdrawn
    """) == [("SQ-07", "done after"), ("SQ-07", "open")]


def test_an_action_outlives_the_childs_episode_and_their_worker_but_not_the_child():
    assert both(
        """
        action_id | child_id | set_date   | action      | target_date
        open      | open     | 2026-09-01 | Visit Gran. | 2026-10-01
        closed    | closed   | 2026-09-01 | Visit Gran. | 2026-10-01
        adult     | adult    | 2026-09-01 | Visit Gran. | 2026-10-01
        dead      | dead     | 2026-09-01 |             | 2026-10-01
        said dead | leaver   | 2026-09-01 |             | 2026-10-01
    """,
        child="""
            child_id | dob        | death_date
            adult    | 2006-03-01 |
            dead     | 2012-03-01 | 2026-11-20
        """,
        episode="""
            child_id | episode_id | referral_date | close_date
            open     | 1          | 2026-01-05    |
            closed   | 2          | 2026-01-05    | 2026-10-10
            dead     | 3          | 2026-01-05    |
        """,
        care_leaver="""
            care_leaver_id | child_id | eligibility | in_touch
            1              | leaver   | Relevant    | DIED
        """,
    ) == [("ACT-02", "adult"), ("ACT-02", "closed"), ("ACT-02", "open")]
