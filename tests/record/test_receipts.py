import hashlib
from datetime import date

import pytest

from evenlode.errors import RecordFault
from evenlode.record import (
    Action,
    Problem,
    QuarantinedRow,
    TableCount,
    connect,
)

from .making import (
    AT,
    EARLIER_VISITS,
    LATER_VISITS,
    NEW_SUPERVISION,
    SUPERVISION,
    VISITS,
    delivery,
    files_of,
    load,
    one,
    standing,
)


def test_the_same_files_again_change_nothing_and_the_receipt_says_so(record):
    load(record, delivery(cp_visit=VISITS))
    before = files_of(record.home)
    receipt = load(record, delivery(cp_visit=VISITS))
    assert receipt.nothing_changed
    assert receipt.sentence() == "Load 0002: these files are loaded already; 3 rows, nothing changed."
    assert receipt.manifest == record.manifest().number == 1
    assert record.receipt("0002") == receipt
    after = files_of(record.home)
    assert after.pop("record/receipts/0002.json")
    assert after == before


def test_the_same_bytes_under_a_new_name_change_nothing(record):
    load(record, delivery(cp_visit=VISITS))
    assert load(record, delivery(cp_visit=VISITS, name="visits (2).csv")).nothing_changed


def test_the_same_rows_in_other_bytes_are_loaded_and_counted_as_unchanged(record):
    load(record, delivery("a", cp_visit=VISITS))
    receipt = load(record, delivery("a with other line ends", cp_visit=VISITS))
    assert not receipt.nothing_changed
    assert one(receipt, "cp_visit") == (0, 0, 3, 0)
    assert receipt.manifest == 2


def test_rows_that_only_stand_elsewhere_in_the_file_are_unchanged(record):
    load(record, delivery(care_leaver="care_leaver_id child_id place\n 1 c2 0\n 2 c1 1"))
    receipt = load(record, delivery("b", care_leaver="care_leaver_id child_id place\n 2 c1 0\n 1 c2 1"))
    assert one(receipt, "care_leaver") == (0, 0, 2, 0)


def test_the_same_file_read_otherwise_because_its_mapping_was_mended_is_loaded(record):
    load(record, delivery(cp_visit=VISITS))
    mended = VISITS.replace("2026-10-20  -", "2026-10-20  Y")
    receipt = load(record, delivery(cp_visit=mended))
    assert not receipt.nothing_changed
    assert one(receipt, "cp_visit") == (0, 1, 2, 0)


def test_the_full_files_again_after_a_partial_load_put_the_full_delivery_back(record):
    load(record, delivery("a", cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS), partial=True)
    receipt = load(record, delivery("a", cp_visit=VISITS), allow_older=True)
    assert not receipt.nothing_changed
    assert len(standing(record, "cp_visit", "visit_id")) == 3


def test_the_same_file_first_brought_as_partial_and_then_as_full_stands_as_full(record):
    load(record, delivery(cp_visit=VISITS), partial=True)
    receipt = load(record, delivery(cp_visit=VISITS))
    assert not receipt.nothing_changed
    assert [line.full for line in record.manifest().standing(("301", "ssd"))] == [True]


def test_in_one_load_a_source_that_is_the_same_is_left_and_another_is_loaded(record):
    local = {"source": "supervision", "supervision": SUPERVISION}
    load(record, delivery(cp_visit=VISITS), delivery("s", **local))
    receipt = load(
        record, delivery(cp_visit=VISITS), delivery("t", **local | {"supervision": NEW_SUPERVISION})
    )
    assert [s.nothing_changed for s in receipt.sources] == [True, False]
    assert not receipt.nothing_changed
    assert [a.delivery for a in record.manifest().active] == ["0001-1", "0002-2"]


def test_an_older_extract_does_not_take_the_place_of_a_newer_one_unasked(record):
    load(record, delivery(cp_visit=LATER_VISITS))
    before = files_of(record.home)
    with pytest.raises(RecordFault, match="ends on 15 October 2026, but the record already goes to 3 Nov"):
        load(record, delivery("b", cp_visit=EARLIER_VISITS))
    assert files_of(record.home) == before


def test_an_older_extract_that_is_meant_is_loaded_and_the_receipt_keeps_the_choice(record):
    load(record, delivery(cp_visit=LATER_VISITS))
    receipt = load(record, delivery("b", cp_visit=EARLIER_VISITS), allow_older=True)
    assert receipt.allow_older
    assert receipt.sources[0].newest_event == date(2026, 10, 15)
    assert receipt.sources[0].older_than == date(2026, 11, 3)
    assert record.receipt(receipt.load_id) == receipt


def test_a_partial_extract_is_held_only_against_the_tables_that_it_brings(record):
    load(record, delivery(cp_visit=VISITS, supervision="child_id held_date\n c1 2026-11-20"))
    load(record, delivery("b", cp_visit=LATER_VISITS), partial=True)
    with pytest.raises(RecordFault, match="ends on 15 October 2026"):
        load(record, delivery("c", cp_visit=EARLIER_VISITS), partial=True)


def test_an_older_extract_of_one_source_is_not_held_against_another_source(record):
    load(record, delivery(cp_visit=LATER_VISITS))
    load(record, delivery("s", source="supervision", supervision=SUPERVISION))
    assert len(record.manifest().active) == 2


def test_the_receipt_says_who_when_from_which_files_and_what_became_of_every_row(record):
    counts = [TableCount("a.csv", "cp_visit", 3, 2, 1), TableCount("b.csv", "cp_visit", 1, 1, 0)]
    given = delivery("content", cp_visit=VISITS, counts=counts)
    receipt = load(record, given, as_at=date(2026, 11, 20), rules_version="7")
    line = receipt.tables["cp_visit"]
    assert (line.read, line.kept, line.quarantined, line.added) == (4, 3, 1, 3)
    assert (receipt.at, receipt.by, receipt.as_at, receipt.rules_version) == (
        AT,
        "An Analyst",
        date(2026, 11, 20),
        "7",
    )
    source = receipt.sources[0]
    assert source.files[0].sha256 == hashlib.sha256(b"content").hexdigest()
    assert source.files[0].size == 7
    assert source.newest_event == date(2026, 10, 20)
    assert not receipt.partial
    second = load(record, delivery("b", cp_visit=LATER_VISITS))
    assert (second.sources[0].replaced, second.sources[0].replaced_load) == ("0001-1", "0001")
    assert record.history() == [receipt, second]
    assert second.sentence() == (
        "Load 0002: 3 rows kept (1 added, 1 changed, 1 unchanged), 0 set aside, 1 removed."
    )


def test_a_reader_whose_counts_do_not_fit_its_rows_is_refused(record):
    given = delivery(cp_visit=VISITS, counts=[TableCount("a.csv", "cp_visit", 4, 4, 0)])
    with pytest.raises(RecordFault, match="says that it kept 4 rows of cp_visit, but handed over 3"):
        load(record, given)


def test_the_load_report_and_the_rows_set_aside_are_kept_whole_beside_the_delivery(record):
    given = delivery(cp_visit=VISITS, counts=[TableCount("a.csv", "cp_visit", 4, 3, 1)])
    problem = "31/02/2026 is not a date"
    given.problems.append(Problem("a.csv", "cp_visit", 5, "9", "visit_date", problem, Action.QUARANTINED))
    given.quarantined.append(
        QuarantinedRow("a.csv", "cp_visit", 5, problem, {"cppv_cp_visit_date": "31/02/2026"})
    )
    load(record, given)
    assert record.problems().to_pylist() == [
        {
            "la_code": "301",
            "source": "ssd",
            "load": "0001",
            "file": "a.csv",
            "table": "cp_visit",
            "row_number": 5,
            "record_id": "9",
            "field": "visit_date",
            "problem": problem,
            "action": "quarantined",
        }
    ]
    assert record.quarantined().to_pylist()[0]["values"] == '{"cppv_cp_visit_date": "31/02/2026"}'


def test_a_file_of_which_every_row_was_set_aside_still_counts_as_delivered(record):
    given = delivery(cp_visit=VISITS, counts=[TableCount("w.csv", "worker", 2, 0, 2)])
    receipt = load(record, given)
    assert receipt.tables["worker"].quarantined == 2
    with connect(record) as connection:
        assert ("301", "worker") in connection.delivered
