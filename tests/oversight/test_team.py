"""One team on the day, worked by hand from small tables."""

from __future__ import annotations

from datetime import date

import pytest
from tests.oversight.council import a_day
from tests.oversight.told import LA, plain

from evenlode.oversight.people import names_of
from evenlode.oversight.team import Gap, SupervisionLine, Team, supervision_lines, team

TEAM = {
    "team": """
        team_id | name         | manager_id
        T1      | Kestrel team | M1
        T2      | Heron team   |
    """,
    "worker": """
        worker_id | staff_number | name             | department
        W1        | S1           | Leila Teasel     | T1
        W2        | S2           | Nia Cloudberry   | T1
        W3        | S3           | Amos Bedstraw    | T2
        M1        | S9           | Ruth Meadowsweet | T1
    """,
    "establishment": """
        staff_number | line_manager | start_date | qualified_date | programme_start | absent_from
        S1           | M1           | 2020-01-06 | 2019-09-01     |                 | 2026-11-02
        S2           | M1           | 2026-07-13 | 2026-07-01     | 2026-07-13      |
        S3           | X            | 2020-01-06 | 2019-09-01     |                 |
    """,
    "child": """
        child_id | forename | dob
        1        | Juniper  | 2015-01-01
        2        | Otis     | 2016-01-01
        3        | Tansy    | 2017-01-01
    """,
    "episode": """
        child_id | episode_id | referral_date | team_id
        1        | E1         | 2026-06-01    | T1
        2        | E2         | 2026-06-01    | T1
        3        | E3         | 2026-11-02    | T1
    """,
    "cp_plan": """
        child_id | plan_id | start_date
        1        | P1      | 2026-07-01
    """,
    "involvement": """
        involvement_id | child_id | worker_id | team_id | role | start_date
        I1             | 1        | W1        | T1      | CW   | 2026-06-01
        I2             | 2        | W2        | T1      | CW   | 2026-07-20
    """,
    "supervision": """
        note_id | note_type            | held_date  | worker
        N1      | Personal Supervision | 2026-08-03 | S2
        N2      | Personal Supervision | 2026-08-12 | S2
        N3      | Personal Supervision | 2026-09-15 | S2
    """,
}


@pytest.fixture(scope="module")
def kestrel() -> Team:
    with a_day("2026-11-20", **TEAM) as (day, _):
        return team(day, (LA, "T1"), names_of(day))


def test_workers_of_the_team_stand_by_name_and_nobody_elses_do(kestrel):
    assert [w.name for w in kestrel.workers] == ["Leila Teasel", "Nia Cloudberry", "Ruth Meadowsweet"]


def test_each_has_the_load_of_the_day_and_an_absent_worker_no_capacity(kestrel):
    leila, nia, _ = kestrel.workers
    assert (leila.children, leila.plans, leila.utilisation, leila.band) == (1, 1, None, "no capacity")
    # One child in need, 4 points, of 85 x 0.9 for the newly qualified.
    assert (nia.children, str(nia.points), str(nia.capacity), nia.newly_qualified) == (1, "4", "76.5", True)


def test_an_absent_worker_stands_with_the_children_whom_nobody_covers(kestrel):
    away = kestrel.workers[0].absence
    assert away is not None
    assert (away.since, away.until, away.uncovered) == (date(2026, 11, 2), None, ((LA, "1"),))
    assert kestrel.workers[1].absence is None


def test_the_mix_of_experience_names_those_of_whom_it_is_not_known(kestrel):
    assert kestrel.mix_in_words == "1 of 0-6 m, 1 of 5 y+ and 1 not known"


def test_children_of_the_team_without_a_worker_wait_since_their_referral(kestrel):
    assert kestrel.unallocated == (((LA, "3"), date(2026, 11, 2)),)
    assert plain(kestrel.waiting_in_words) == "1 child without a named worker, the first since 2 November."


def test_the_manager_sees_their_own_span(kestrel):
    assert kestrel.span_in_words == "Ruth Meadowsweet is line manager of 2 people."


def test_a_team_whose_manager_is_not_named_has_no_span():
    with a_day("2026-11-20", **TEAM) as (day, _):
        heron = team(day, (LA, "T2"), names_of(day))
    assert heron.span is None
    assert heron.waiting_in_words == "Every child of the team has a named worker."


def test_supervision_shows_what_was_held_and_the_days_on_which_one_was_due_and_not_held(kestrel):
    line = kestrel.workers[1].supervision
    assert [d.isoformat() for d in line.held] == ["2026-08-03", "2026-08-12", "2026-09-15"]
    # Weekly from 13 July, so the first was due on the 20th; six weeks end on 24 August, and a session after
    # that is due again in a fortnight: the one of 15 September asks for the next by the 29th.
    assert line.gaps == (
        Gap(date(2026, 7, 21), date(2026, 8, 2), away=False),
        Gap(date(2026, 8, 11), date(2026, 8, 11), away=False),
        Gap(date(2026, 8, 20), date(2026, 9, 14), away=False),
        Gap(date(2026, 9, 30), date(2026, 11, 20), away=False),
    )
    assert (line.last_held, line.next_due) == (date(2026, 9, 15), date(2026, 9, 29))


def test_where_no_session_joins_to_anybody_no_gap_is_claimed():
    without = {name: rows for name, rows in TEAM.items() if name != "supervision"}
    with a_day("2026-11-20", **without) as (day, _):
        assert supervision_lines(day, LA) == {}
        found = team(day, (LA, "T1"), names_of(day))
    assert found.workers[1].supervision == SupervisionLine((), (), None, None, known=False)


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        ((5, 1, 2), "Of 8 children with complex needs, one worker leads 5."),
        ((4, 4), ""),
        ((2, 2, 1), ""),
        ((2, 0), ""),
    ],
)
def test_an_uneven_share_of_complex_work_is_a_sentence_about_children_and_names_nobody(
    kestrel, shares, sentence
):
    from dataclasses import replace

    workers = tuple(replace(kestrel.workers[0], complex_children=n) for n in shares)
    assert replace(kestrel, workers=workers).uneven == sentence
