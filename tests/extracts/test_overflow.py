"""Columns that do not fit in memory together."""

import numpy as np
import pyarrow as pa
import pytest

from evenlode.errors import CannotGoOn
from evenlode.extracts import read_extracts
from evenlode.extracts.overflow import Overflow

from .handing import PEOPLE, VISITS, adds_up, hand, zipped

SPOILT = """
pers_person_id,pers_forename,pers_surname,pers_dob,Local Note
100,Ash,Alder,2015-03-01,first
,Nobody,None,2015-03-01,without an id
100,Ash,Alder,2015-03-01,again
101,Bay,"Beech, née Birch",15/07/2012,second
102,Cob,,not a date,third
"""
OTHER_VISITS = """
cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen
V3,101,P2,2026-10-05,Y
V4,,P2,05/11/2026,N
V5,999,P2,,N
"""
COLUMNS = [
    pa.array(["a", "", None, "Zoë"]),
    pa.array(["a", "b", "c", "d", "e"]).slice(1, 3),
    pa.array([1, None, 3], pa.int64()),
    pa.array([1, None, 20000], pa.int32()).view(pa.date32()),
    pa.array([None, None], pa.string()),
    pa.array([], pa.string()),
]


@pytest.fixture
def overflow(tmp_path):
    made = Overflow(tmp_path, most=0)
    made.expect(1)
    return made


@pytest.mark.parametrize("column", COLUMNS)
def test_a_column_reads_as_before_from_the_overflow_and_after_its_memory_was_given_back(overflow, column):
    kept = overflow.put(column)
    assert kept.equals(column)
    overflow.let_go()
    assert kept.equals(column)
    assert kept.null_count == column.null_count


def test_positions_read_as_before_from_the_overflow(overflow):
    assert overflow.put_rows(np.arange(5, dtype=np.int64)).tolist() == [0, 1, 2, 3, 4]


def test_what_fits_stays_in_memory():
    column = pa.array(["a"])
    overflow = Overflow(most=10)
    overflow.expect(10)
    assert overflow.put(column) is column
    overflow.count(11)
    assert overflow.put(column) is not column


def test_a_packed_extract_counts_by_what_it_unpacks_to(tmp_path):
    path = hand(tmp_path, **{"a.zip": zipped({"people.csv": PEOPLE + "\n" * 100_000})}) / "a.zip"
    overflow = Overflow(most=path.stat().st_size * 2)
    read_extracts(path, la_code="999", overflow=overflow)
    assert overflow.in_use


def test_the_overflow_leaves_nothing_in_the_folder_while_it_is_in_use_or_after(tmp_path, overflow):
    kept = overflow.put(pa.array(["a child's name"]))
    assert kept.to_pylist() == ["a child's name"]
    assert list(tmp_path.iterdir()) == []


def test_a_folder_without_room_is_one_sentence_with_the_mend(tmp_path):
    overflow = Overflow(tmp_path / "gone", most=0)
    overflow.expect(1)
    with pytest.raises(CannotGoOn, match=r"no room in .*gone .*make room there"):
        overflow.put(pa.array(["a"]))


def test_the_same_is_read_and_said_whether_or_not_it_fits_in_memory(tmp_path):
    folder = hand(
        tmp_path,
        people=SPOILT,
        visits=VISITS,
        more=OTHER_VISITS,
        notes="Person ID,Case Note Type,Date of Note,Author,Recorded For Worker\n"
        "100,Supervision,01/10/2026,A B,C D\n100,Supervision,01/10/2026,A B,C D\n",
        actions="Person ID,Supervision Date,Agreed Action,Target Date\n100,01/10/2026,Visit,08/10/2026\n",
    )
    within = read_extracts(folder, la_code="999")
    outside = read_extracts(folder, la_code="999", overflow=Overflow(tmp_path, most=0))
    assert adds_up(outside)
    assert [vars(d) | {"let_go": None} for d in outside] == [vars(d) | {"let_go": None} for d in within]
    assert {d.source for d in outside} == {"ssd", "supervision", "actions"}
    assert sum(len(d.quarantined) for d in outside) == 5
