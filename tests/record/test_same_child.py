"""A council that hands over several formats: who is the same child, and which source speaks."""

import pytest

from evenlode.record import connect

from .making import delivery, load, standing

SSD_CHILDREN = """
    child_id  child_id_order  upn            dob
    007       0001007         A123456789012  2015-03-01
    8         00018           -              2016-04-01
    9         00019           B123456789012  2017-05-01
"""
CENSUS_CHILDREN = """
    child_id  child_id_order  upn            dob
    C-1       1C-1            a123456789012  2015-03-01
    8         00018           -              2016-04-01
    9         00019           -              2019-01-01
    C-4       1C-4            B123456789012  2017-05-02
"""
"""The first by pupil number and birthday; the second by id and birthday; the third has another
child's id; the fourth another child's pupil number."""


@pytest.fixture
def both(record):
    load(
        record,
        delivery(child=SSD_CHILDREN, episode="episode_id child_id referral_date\n E1 007 2026-01-05"),
        delivery(
            "b",
            source="cin_census",
            child=CENSUS_CHILDREN,
            episode="episode_id child_id referral_date\n C-1|2026-01-05 C-1 2026-01-05",
            pre_proceedings="pre_proceedings_id child_id\n P1 C-1\n P2 9",
        ),
    )
    return record


def test_a_child_is_found_by_pupil_number_or_id_with_the_birthday_and_never_by_one_alone(both):
    with connect(both) as connection:
        found = connection.con.sql(
            "SELECT child_id, the_child, method FROM same_child WHERE source = 'cin_census' ORDER BY 1"
        ).fetchall()
    assert found == [
        ("8", "8", "id and date of birth"),
        ("9", "cin_census:9", "not found"),
        ("C-1", "007", "pupil number and date of birth"),
        ("C-4", "C-4", "not found"),
    ]


def test_how_children_were_matched_is_counted(both):
    with connect(both) as connection:
        assert [(m.source, m.method, m.children) for m in connection.matched] == [
            ("cin_census", "id and date of birth", 1),
            ("cin_census", "not found", 2),
            ("cin_census", "pupil number and date of birth", 1),
        ]


def test_the_fuller_source_speaks_for_a_table_that_both_carry(both):
    assert standing(both, "episode", "episode_id") == [("E1",)]


def test_a_table_that_only_the_second_source_carries_stands_under_the_first_ones_ids(both):
    assert standing(both, "pre_proceedings", "pre_proceedings_id", "child_id") == [
        ("P1", "007"),
        ("P2", "cin_census:9"),
    ]


def test_children_whom_the_first_source_does_not_know_are_added(both):
    assert standing(both, "child", "child_id") == [
        ("007",),
        ("8",),
        ("9",),
        ("C-4",),
        ("cin_census:9",),
    ]


def test_a_council_with_one_format_beside_a_mixed_one_stays_as_it_is(both):
    other = delivery("c", la_code="302", child="child_id dob\n C-1 2015-03-01")
    load(both, other)
    assert ("302", "C-1") in standing(both, "child", "la_code", "child_id")


def test_what_the_speaking_source_does_not_tell_is_known_to_whoever_asks(record):
    given = delivery(source="annex_a", involvement="involvement_id child_id worker_id\n 1 c1 w1")
    given.tells = {"involvement": frozenset({"involvement_id", "child_id", "worker_id", "role", "team_id"})}
    load(record, given)
    with connect(record) as connection:
        assert ("301", "involvement:history") in connection.untold
        assert ("301", "involvement.start_date") in connection.untold
        assert ("301", "involvement.role") not in connection.untold
