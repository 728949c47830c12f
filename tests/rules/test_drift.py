"""DR-09, DR-10, DR-16, DR-19 and DR-20: nobody visits, sees the child alone, writes or leads."""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

CHILD = {
    "child": "child_id | dob\n1 | 2015-03-01",
    "episode": "child_id | episode_id | referral_date\n1 | R1 | 2026-09-01",
}
CP = {**CHILD, "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2026-09-01"}
CIN = {**CHILD, "cin_plan": "child_id | plan_id | start_date\n1 | N1 | 2026-09-01"}


def placed(kind):
    return {
        "child": CHILD["child"],
        "care_episode": "child_id | care_episode_id | period_id | start_date\n1 | E1 | L1 | 2024-03-01",
        "placement": "child_id | placement_id | period_id | start_date | provider_number | placement_type\n"
        f"1 | PL1 | L1 | 2024-03-01 | SC001 | {kind}",
        "care_visit": "child_id | visit_id | visit_date | seen\n1 | V1 | 2026-07-01 | Y",
    }


def asked(rule, as_at, **tables):
    return said(ask(rule, as_at, **tables), "record_id", "status", "due_date", "severity")


@pytest.mark.parametrize(
    ("tables", "last_day", "day_after", "record"),
    [
        # 1 September + 10 working days = 15 September, + 10 = 29 September.
        pytest.param(CP, "2026-09-29", "2026-09-30", "P1", id="protection plan"),
        # 1 September + 40 working days = 8 weeks = 27 October.
        pytest.param(CIN, "2026-10-27", "2026-10-28", "N1", id="in need"),
        # 1 July + 42 + 42 = 23 September.
        pytest.param(placed("U6"), "2026-09-23", "2026-09-24", "PL1", id="in a placement"),
        # 1 July + 3 months + 3 months = 1 January.
        pytest.param(placed("U4"), "2027-01-01", "2027-01-02", "PL1", id="settled for good"),
    ],
)
def test_two_visits_missed_one_after_another_are_shown(tables, last_day, day_after, record):
    assert asked("DR-09", last_day, **tables) == []
    assert asked("DR-09", day_after, **tables) == [(record, "flag", last_day, "red")]


def test_a_visit_starts_the_two_intervals_anew_and_one_with_seen_blank_leaves_it_open():
    def visited(seen):
        visit = f"child_id | plan_id | visit_id | visit_date | seen\n1 | P1 | V1 | 2026-09-22 | {seen}"
        return asked("DR-09", "2026-09-30", cp_visit=visit, **CP)

    assert visited("Y") == []
    assert visited("N") == [("P1", "flag", "2026-09-29", "red")]
    assert visited("") == [("P1", "cannot_tell", None, "red")]


def test_a_child_whom_nobody_has_seen_for_four_weeks_is_shown_though_holidays_stretch_the_intervals():
    # Seen on Monday 14 December: + 28 = 11 January.  Two visits are due by 14 January, since 25 and 28 December
    # and 1 January are holidays.
    visit = "child_id | plan_id | visit_id | visit_date | seen\n1 | P1 | V1 | 2026-12-14 | Y"
    assert asked("DR-09", "2027-01-11", cp_visit=visit, **CP) == []
    assert asked("DR-09", "2027-01-12", cp_visit=visit, **CP) == [("P1", "flag", "2027-01-11", "red")]


def test_a_child_not_seen_alone_for_three_intervals_is_shown():
    # 1 September + 30 working days = six weeks = 13 October.
    assert asked("DR-10", "2026-10-13", **CP) == []
    assert asked("DR-10", "2026-10-14", **CP) == [("", "flag", "2026-10-13", "amber")]


@pytest.mark.parametrize("table", ["cp_visit", "cin_visit", "care_visit"])
def test_time_alone_in_any_kind_of_visit_counts(table):
    def seen(alone):
        visit = {table: f"child_id | visit_id | visit_date | seen_alone\n1 | V1 | 2026-09-22 | {alone}"}
        return asked("DR-10", "2026-10-14", **CP, **visit)

    assert seen("Y") == []
    assert seen("N") == [("", "flag", "2026-10-13", "amber")]
    assert seen("") == [("", "cannot_tell", None, "amber")]


def test_the_shortest_of_a_childs_intervals_counts_and_a_child_too_young_is_not_asked_for():
    both = {**CP, "cin_plan": CIN["cin_plan"]}
    assert asked("DR-10", "2026-10-14", **both) == [("", "flag", "2026-10-13", "amber")]
    # Four on 15 October: a day too young.
    young = {**CP, "child": "child_id | dob\n1 | 2022-10-15"}
    assert asked("DR-10", "2026-10-14", **young) == []
    unknown = {**CP, "child": "child_id | dob\n1 |"}
    assert asked("DR-10", "2026-10-14", **unknown) == [("", "cannot_tell", None, "amber")]


@pytest.mark.parametrize(
    ("tables", "due", "day_after"),
    [
        # 1 September + 42 = 13 October; + 28 = 29 September.
        pytest.param(CIN, "2026-10-13", "2026-10-14", id="in need"),
        pytest.param(CP, "2026-09-29", "2026-09-30", id="on a protection plan"),
        pytest.param(
            {**CIN, "legal_status": "child_id | legal_status_id | status | start_date\n1 | 1 | C1 | 2026-09-01"},
            "2026-09-29",
            "2026-09-30",
            id="under an interim order",
        ),
        pytest.param(
            {**CIN, "key_date": "child_id | date_kind | start_date\n1 | Care Proceedings | 2026-09-01"},
            "2026-09-29",
            "2026-09-30",
            id="in proceedings",
        ),
    ],
)  # fmt: skip
def test_a_manager_writes_on_every_open_childs_record(tables, due, day_after):
    assert asked("DR-16", due, **tables) == []
    assert asked("DR-16", day_after, **tables) == [("", "overdue", due, "amber")]


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        ({"case_entry": "child_id | entry_date | by_manager\n1 | 2026-09-05 | Y"}, []),
        ({"case_entry": "child_id | entry_date | by_manager\n1 | 2026-09-05 | N"}, ["2026-10-13"]),
        ({"case_entry": "child_id | entry_date | by_manager\n1 | 2026-09-05 |"}, ["2026-10-13"]),
        ({"supervision": "child_id | held_date | note_type\n1 | 2026-09-05 | Case Supervision"}, []),
        ({"supervision": "child_id | held_date | note_type\n1 | 2026-09-05 | Management Oversight"}, []),
        (
            {
                "supervision": "child_id | held_date | note_type | state\n"
                "1 | 2026-09-05 | Case Supervision | Cancelled"
            },
            ["2026-10-13"],
        ),
    ],
)
def test_a_managers_entry_a_supervision_or_an_oversight_note_is_a_managers_voice(tables, expected):
    found = said(ask("DR-16", "2026-10-14", **CIN, **tables), "due_date")
    assert found == [(d,) for d in expected]


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("cp_visit", "child_id | visit_id | visit_date\n1 | V1 | 2026-09-15"),
        ("cin_visit", "child_id | visit_id | visit_date\n1 | V1 | 2026-09-15"),
        ("care_visit", "child_id | visit_id | visit_date\n1 | V1 | 2026-09-15"),
        ("visit_note", "child_id | visit_date\n1 | 2026-09-15"),
        ("case_entry", "child_id | entry_date\n1 | 2026-09-15"),
        ("assessment", "child_id | assessment_id | start_date | authorised_date\n1 | A1 | 2026-09-15 |"),
        ("enquiry", "child_id | enquiry_id | start_date | end_date\n1 | S1 | 2026-09-02 | 2026-09-15"),
        ("conference", "child_id | conference_id | held_date\n1 | C1 | 2026-09-15"),
        ("cp_review", "child_id | review_id | held_date\n1 | 1 | 2026-09-15"),
        ("care_review", "child_id | review_id | period_id | held_date\n1 | 1 | L1 | 2026-09-15"),
        ("action", "child_id | action_id | set_date\n1 | A1 | 2026-09-15"),
        ("key_date", "child_id | date_kind | done_date\n1 | core group | 2026-09-15"),
        ("supervision", "child_id | note_type | held_date\n1 | Case Supervision | 2026-09-15"),
    ],
)
def test_whatever_is_recorded_of_a_child_counts_as_something(table, row):
    # 15 September + 30 = 15 October; without it 1 September + 30 = 1 October.
    assert asked("DR-19", "2026-10-15", **CIN, **{table: row}) == []
    found = [("", "overdue", "2026-10-15", "amber")]
    assert asked("DR-19", "2026-10-16", **CIN, **{table: row}) == found


def test_a_child_of_whom_nothing_is_recorded_for_thirty_days_is_shown():
    assert asked("DR-19", "2026-10-01", **CIN) == []
    assert asked("DR-19", "2026-10-02", **CIN) == [("", "overdue", "2026-10-01", "amber")]
    tomorrow = "child_id | entry_date\n1 | 2026-10-03"
    assert asked("DR-19", "2026-10-02", case_entry=tomorrow, **CIN) == [
        ("", "overdue", "2026-10-01", "amber")
    ]


def leaver(review, change=""):
    return {
        "child": "child_id | dob\n1 | 2007-03-01",
        "care_leaver": "child_id | care_leaver_id | eligibility | pathway_review_date\n"
        f"1 | 1 | Relevant | {review}",
        "key_date": f"child_id | date_kind | start_date | done_date\n{change}",
    }


def test_a_pathway_plan_is_stale_once_six_months_old():
    # 11 February + 6 months = 11 August.
    assert asked("DR-20", "2026-08-11", **leaver("2026-02-11")) == []
    assert asked("DR-20", "2026-08-12", **leaver("2026-02-11")) == [("", "flag", "2026-08-11", "amber")]
    assert asked("DR-20", "2026-08-12", **leaver("")) == [("", "cannot_tell", None, "amber")]


def test_a_pathway_plan_is_stale_when_a_change_has_not_led_to_a_review():
    # Monday 2 November + 20 working days = Monday 30 November.
    change = "1 | Change of circumstances | 2026-11-02 |"
    assert asked("DR-20", "2026-11-30", **leaver("2026-10-01", change)) == []
    assert asked("DR-20", "2026-12-01", **leaver("2026-10-01", change)) == [
        ("", "flag", "2026-11-30", "amber")
    ]
    assert asked("DR-20", "2026-12-01", **leaver("2026-11-10", change)) == []
    reviewed = change + " 2026-11-10"
    assert asked("DR-20", "2026-12-01", **leaver("2026-10-01", reviewed)) == []
