"""Rows that were set aside in reading are counted here too, and listed without what they held."""

from __future__ import annotations

from tests.quality.asking import quality
from tests.small_council import COUNCIL

from evenlode.quality.answer import Counted
from evenlode.quality.book import SET_ASIDE
from evenlode.record.delivery import Action, Delivery, Problem, TableCount

READ = Delivery(
    "ssd",
    "ssd",
    counts=[TableCount("person.csv", "child", 10, 9, 1), TableCount("visits.csv", "cp_visit", 5, 5, 0)],
    problems=[
        Problem("person.csv", "child", 4, "C1", "pers_person_id", "repeats id C1", Action.QUARANTINED),
        Problem("person.csv", "child", 5, "C2", "pers_dob", "is blank", Action.KEPT),
    ],
)


def set_aside(*councils: str) -> list[Counted]:
    said = quality([SET_ASIDE.id], deliveries=[READ], councils=councils)
    return [said.of(la, SET_ASIDE) for la in councils]


def test_one_of_fifteen_rows_was_set_aside_and_is_listed_by_its_file_and_row():
    (one,) = set_aside(COUNCIL)
    assert (one.found, one.of) == (1, 15)
    said = quality([SET_ASIDE.id], deliveries=[READ])
    assert [(r.record_id, r.wrong) for r in said.rows] == [
        ("C1", "person.csv, row 4: pers_person_id repeats id C1")
    ]


def test_what_rests_on_the_table_is_said_with_it_and_nothing_of_the_table_that_was_whole():
    (one,) = set_aside(COUNCIL)
    assert "CP-06" in one.spoilt.rules, "CP-06 needs the list of children"
    assert "CP-05" not in one.spoilt.rules, "CP-05 rests on visits, of which none was set aside"


def test_of_a_file_that_several_councils_share_nobody_can_say_whose_row_was_set_aside():
    assert [(c.found, str(c.status)) for c in set_aside("301", "302")] == [(None, "cannot_tell")] * 2
