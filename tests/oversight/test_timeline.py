"""One child's timeline: what happened, in plain words, and what needs attention with its sum."""

from __future__ import annotations

import pytest
from tests.oversight.council import a_day
from tests.oversight.told import LA, plain

from evenlode.oversight.finding import findings_of
from evenlode.oversight.people import names_of
from evenlode.oversight.sentences import Speaker
from evenlode.oversight.timeline import STEPS, Event, Timeline, timeline
from evenlode.oversight.timeline_kinds import KINDS, Lane
from evenlode.record.tables import TABLES

KIT = {
    "child": """
        child_id | forename | surname  | sex | dob
        5        | Kit      | Tormentil | M  | 2017-03-01
        6        | Robbie   | Tormentil | M  | 2020-03-01
    """,
    "episode": """
        child_id | episode_id | referral_date
        5        | E1         | 2026-01-05
    """,
    "cp_plan": """
        child_id | plan_id | start_date
        5        | P1      | 2026-08-18
    """,
    "cp_visit": """
        visit_id | child_id | plan_id | visit_date | seen | seen_alone | bedroom
        V1       | 5        | P1      | 2026-10-06 | Y    | Y          | Y
        V2       | 5        | P1      | 2026-10-20 | Y    | N          |
        V3       | 5        | P1      | 2026-10-27 | N    |            |
        V4       | 5        | P1      | 2026-11-03 | Y    | N          |
        V5       | 5        | P1      | 2026-12-03 | Y    | N          |
        V6       | 6        | P2      | 2026-11-03 | Y    | Y          |
    """,
    "involvement": """
        involvement_id | child_id | worker_id | team_id | role | start_date | end_date
        I1             | 5        | W2        | T1      | CW   | 2026-01-05 | 2026-08-18
        I2             | 5        | W1        | T1      | CW   | 2026-08-28 |
    """,
    "worker": """
        worker_id | name              | staff_number
        W1        | Rowan Thistlewood | S7001
        W2        | Perrin Quillwort  | S7002
    """,
    "supervision": """
        note_id | child_id | note_type        | held_date  | supervisor | recorded_date | state
        N1      | 5        | Case Supervision | 2026-10-07 | W2         | 2026-10-16    |
        N2      | 5        | Case Supervision | 2026-11-04 | W2         |               | Cancelled
    """,
    "action": """
        action_id | child_id | set_date   | action                         | target_date | completed_date | owner
        A1        | 5        | 2026-10-07 | Refer for parenting assessment | 2026-11-12  |                | S7001
        A2        | 5        | 2026-10-07 | Hold the school meeting        | 2026-10-21  | 2026-11-04     | the school
    """,
    "care_episode": """
        care_episode_id | child_id | period_id | start_date | entered_care_date | end_date   | end_reason
        C1              | 5        | D1        | 2026-02-01 | 2026-02-01        | 2026-03-01 | X1
        C2              | 5        | D1        | 2026-03-01 | 2026-02-01        | 2026-03-19 | E4A
    """,
    "placement": """
        placement_id | child_id | period_id | start_date | end_date   | placement_type
        L1           | 5        | D1        | 2026-02-01 | 2026-03-19 | U4
    """,
}


@pytest.fixture(scope="module")
def kit() -> Timeline:
    with a_day("2026-11-20", **KIT) as (day, evaluation):
        speaker = Speaker(names_of(day), day.policy)
        day.have(STEPS)
        return timeline(day, (LA, "5"), findings_of(evaluation), speaker)


def lane(found: Timeline, which: Lane) -> list[tuple[str, str]]:
    return [(e.on.isoformat(), e.words) for e in found.events if e.lane is which]


def of(found: Timeline, words: str) -> Event:
    return next(e for e in found.events if e.words == words)


def test_visits_say_whether_the_child_was_seen_and_alone_the_newest_first(kit):
    assert lane(kit, Lane.VISITS) == [
        ("2026-11-03", "Visit: seen with others"),
        ("2026-10-27", "Visit: not seen"),
        ("2026-10-20", "Visit: seen with others"),
        ("2026-10-06", "Visit: seen alone, bedroom seen"),
    ]


def test_the_sentence_above_counts_them(kit):
    assert plain(kit.visits_in_words) == (
        "4 visits since 6 October: seen alone at 1, seen with others at 2, not seen at 1."
    )


def test_what_is_dated_after_the_day_and_another_childs_visit_are_not_shown(kit):
    assert not [e for e in kit.events if e.record_id in {"V5", "V6"}]


def test_workers_stand_with_their_days_and_the_gap_between_them(kit):
    workers = [
        (e.on.isoformat(), e.until and e.until.isoformat(), e.words, e.who)
        for e in kit.events
        if e.lane is Lane.WORKERS
    ]
    assert workers == [
        ("2026-08-28", None, "CW", "Rowan Thistlewood"),
        ("2026-08-18", "2026-08-28", "No lead worker for 10 days", ""),
        ("2026-01-05", "2026-08-18", "CW", "Perrin Quillwort"),
    ]


def test_time_in_care_is_one_event_from_coming_in_to_its_end(kit):
    care = of(kit, "Looked after")
    assert (care.on.isoformat(), care.until and care.until.isoformat(), care.ongoing) == (
        "2026-02-01",
        "2026-03-19",
        False,
    )
    assert lane(kit, Lane.PLACEMENTS) == [("2026-02-01", "Foster home")]


def test_supervision_says_when_it_was_written_down_and_what_was_called_off(kit):
    talks = [
        (e.words, e.who, e.recorded and e.recorded.isoformat())
        for e in kit.events
        if e.lane is Lane.SUPERVISION
    ]
    assert talks == [
        ("Case Supervision (cancelled)", "Perrin Quillwort", None),
        ("Case Supervision", "Perrin Quillwort", "2026-10-16"),
    ]


def test_an_open_plan_goes_on_and_a_done_action_ends(kit):
    assert of(kit, "Child protection plan").ongoing
    done = of(kit, "Action: Hold the school meeting")
    assert (done.mark, done.until and done.until.isoformat()) == ("done", "2026-11-04")
    assert of(kit, "Action: Refer for parenting assessment").mark == "open"


def test_what_needs_attention_is_numbered_and_has_its_sum(kit):
    assert [a.number for a in kit.attention] == list(range(1, len(kit.attention) + 1))
    visit = next(a.said for a in kit.attention if a.said.rule_id == "CP-05")
    assert (
        plain(visit.sentence) == "Kit Tormentil was last seen on 3 November; a visit was due by 17 November."
    )
    assert plain(visit.sum) == "Due = last visit 3 Nov + 10 working days = 17 Nov"
    talk = next(a.said for a in kit.attention if a.said.rule_id == "SUP-05")
    assert plain(talk.sum) == "Due = last talked about 7 Oct + 28 days = 4 Nov"


def test_red_stands_before_amber_and_notes_last(kit):
    pressing = [a.finding.severity for a in kit.attention]
    assert pressing == sorted(pressing, key=["red", "amber", "note"].index)


def test_a_row_that_ends_before_it_starts_is_shown_in_doubt_and_a_row_without_a_date_is_counted():
    tables = {
        "child": "child_id | dob\n5 | 2017-03-01",
        "episode": "child_id | episode_id | referral_date\n5 | E1 | 2026-01-05",
        "cin_plan": "child_id | plan_id | start_date | end_date\n5 | P1 | 2026-08-18 | 2026-08-01\n5 | P2 | | ",
    }
    with a_day("2026-11-20", **tables) as (day, evaluation):
        day.have(STEPS)
        found = timeline(day, (LA, "5"), findings_of(evaluation), Speaker(names_of(day), day.policy))
    assert of(found, "Child in need plan").doubt
    assert found.undated == {"cin_plan": 1}
    assert found.visits_in_words == "No visit is on record."


def test_every_column_that_the_timeline_reads_is_in_the_record():
    for kind in KINDS:
        columns = {c.name for c in TABLES[kind.table].columns}
        assert {c for c in (kind.starts, kind.id, kind.ends, kind.recorded, *kind.who) if c} <= columns


def test_whoever_is_to_do_an_action_is_named_also_where_the_list_has_their_staff_number(kit):
    who = {e.record_id: e.who for e in kit.events if e.lane is Lane.ACTIONS}
    assert who == {"A1": "Rowan Thistlewood", "A2": "the school"}
