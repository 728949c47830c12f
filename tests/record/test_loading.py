from dataclasses import replace
from datetime import date

import pyarrow as pa
import pytest

from evenlode.errors import RecordFault
from evenlode.record import (
    EVENLODE_SOURCE,
    TABLES,
    Delivery,
    Record,
    connect,
)
from evenlode.record.engine import start

from .making import (
    EARLIER_VISITS,
    LATER_VISITS,
    NEW_SUPERVISION,
    SUPERVISION,
    VISITS,
    delivery,
    files_of,
    load,
    one,
    rows,
    standing,
)


def test_a_first_load_adds_every_row(record):
    receipt = load(record, delivery(cp_visit=VISITS))
    assert one(receipt, "cp_visit") == (3, 0, 0, 0)
    assert standing(record, "cp_visit", "la_code", "source", "visit_id", "visit_date", "seen") == [
        ("301", "ssd", "1", date(2026, 10, 1), "Y"),
        ("301", "ssd", "2", date(2026, 10, 15), "Y"),
        ("301", "ssd", "3", date(2026, 10, 20), None),
    ]


def test_a_full_load_replaces_what_its_source_handed_over_before(record):
    load(record, delivery(cp_visit=VISITS))
    receipt = load(record, delivery("b", cp_visit=LATER_VISITS))
    assert one(receipt, "cp_visit") == (1, 1, 1, 1)  # 4 came, 3 was seen after all, 1 is as it was, 2 went
    assert standing(record, "cp_visit", "visit_id") == [("1",), ("3",), ("4",)]


def test_a_full_load_without_a_table_takes_its_rows_away_and_says_so(record):
    load(record, delivery(cp_visit=VISITS, supervision=SUPERVISION))
    receipt = load(record, delivery("b", cp_visit=VISITS))
    assert one(receipt, "supervision") == (0, 0, 0, 2)
    assert standing(record, "supervision", "child_id") == []
    with connect(record) as connection:
        assert connection.delivered == {("301", "cp_visit")}


def test_a_partial_load_changes_and_adds_by_id_and_removes_nothing(record):
    load(record, delivery(cp_visit=VISITS, supervision=SUPERVISION))
    receipt = load(record, delivery("b", cp_visit=LATER_VISITS), partial=True)
    assert one(receipt, "cp_visit") == (1, 1, 1, 0)
    assert standing(record, "cp_visit", "visit_id", "seen") == [
        ("1", "Y"),
        ("2", "Y"),
        ("3", "Y"),
        ("4", "Y"),
    ]
    assert len(standing(record, "supervision", "child_id")) == 2


def test_a_partial_load_of_rows_without_ids_adds_only_what_is_wholly_new(record):
    load(record, delivery(supervision=SUPERVISION))
    receipt = load(record, delivery("b", supervision=NEW_SUPERVISION), partial=True)
    assert one(receipt, "supervision") == (1, 0, 1, 0)
    assert standing(record, "supervision", "child_id", "note_type") == [
        ("c1", "Case"),
        ("c1", "Personal"),
        ("c2", "Case"),
    ]


def test_rows_without_ids_are_added_and_removed_whole_by_a_full_load(record):
    load(record, delivery(supervision=SUPERVISION))
    receipt = load(record, delivery("b", supervision=NEW_SUPERVISION))
    assert one(receipt, "supervision") == (1, 0, 1, 1)


def test_rows_with_a_blank_id_are_compared_whole_and_none_is_lost(record):
    blank = "visit_id child_id visit_date\n - c1 2026-10-01\n - c1 2026-10-02\n 7 c1 2026-10-03"
    other = "visit_id child_id visit_date\n - c1 2026-10-02\n - c1 2026-10-09\n 7 c1 2026-10-04"
    load(record, delivery(cp_visit=blank))
    assert one(load(record, delivery("b", cp_visit=other), partial=True), "cp_visit") == (1, 1, 1, 0)
    assert standing(record, "cp_visit", "visit_id", "visit_date") == [
        ("7", date(2026, 10, 4)),
        (None, date(2026, 10, 1)),
        (None, date(2026, 10, 2)),
        (None, date(2026, 10, 9)),
    ]


def test_an_id_that_a_case_system_gives_twice_still_leaves_a_receipt_that_adds_up(record):
    twice = "visit_id child_id visit_date\n 1 c1 2026-10-01\n 1 c1 2026-10-02"
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=twice), allow_older=True)
    receipt = load(record, delivery("c", cp_visit=VISITS))
    assert sum(one(receipt, "cp_visit")[:3]) == 3


def test_other_sources_and_other_councils_stay_as_they_were(record):
    load(record, delivery(cp_visit=VISITS), delivery(la_code="302", cp_visit=EARLIER_VISITS))
    load(record, delivery("s", source="supervision", supervision=SUPERVISION))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    assert standing(record, "cp_visit", "la_code", "visit_id") == [
        ("301", "1"),
        ("301", "3"),
        ("301", "4"),
        ("302", "1"),
        ("302", "2"),
    ]
    assert len(standing(record, "supervision", "child_id")) == 2


def test_what_is_recorded_in_evenlode_itself_lies_beside_the_extract_in_the_same_table(record):
    load(record, delivery("s", source="supervision", supervision=SUPERVISION))
    own = "child_id held_date note_type\n c1 2026-11-20 Case"
    load(record, delivery("e", source=EVENLODE_SOURCE, supervision=own), partial=True)
    load(record, delivery("t", source="supervision", supervision=NEW_SUPERVISION))
    assert standing(record, "supervision", "source", "child_id", "held_date") == [
        ("evenlode", "c1", date(2026, 11, 20)),
        ("supervision", "c1", date(2026, 10, 5)),
        ("supervision", "c2", date(2026, 10, 6)),
    ]


def test_a_table_delivered_without_a_row_is_empty_and_one_that_nobody_delivered_is_missing(record):
    load(record, delivery(cp_visit=VISITS, cin_visit="visit_id child_id visit_date"))
    with connect(record) as connection:
        assert connection.delivered == {("301", "cp_visit"), ("301", "cin_visit")}
        for table in ("cin_visit", "care_visit"):
            assert connection.con.execute(f"SELECT count(*) FROM {table}").fetchall() == [(0,)]


def test_every_declared_table_can_be_asked_with_its_declared_columns_and_types(record):
    load(record, delivery(cp_visit=VISITS))
    with connect(record) as connection:
        for name, table in TABLES.items():
            found = connection.con.sql(f"SELECT * FROM {name}").to_arrow_table().schema
            assert found.equals(table.arrow_schema), name


def test_a_load_is_all_or_nothing_where_one_of_its_sources_cannot_be_taken(record):
    load(record, delivery("s", source="supervision", supervision=NEW_SUPERVISION))
    before = files_of(record.home)
    older = delivery("t", source="supervision", supervision="child_id held_date\n c1 2026-01-01")
    with pytest.raises(RecordFault):
        load(record, delivery(cp_visit=VISITS), older)
    assert files_of(record.home) == before


def test_a_disk_that_fills_up_leaves_the_record_as_it_was_and_is_said_in_one_sentence(record, monkeypatch):
    load(record, delivery(cp_visit=VISITS))
    before = files_of(record.home)

    def full(*args, **kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("evenlode.record.loading.write_reports", full)
    with pytest.raises(RecordFault, match=r"No space left on device.*nothing was changed"):
        load(record, delivery("b", cp_visit=LATER_VISITS))
    assert files_of(record.home) == before
    monkeypatch.undo()
    assert one(load(record, delivery("b", cp_visit=LATER_VISITS)), "cp_visit") == (1, 1, 1, 1)


def test_two_loads_never_run_at_once_and_the_second_says_why(record):
    with record._change(), pytest.raises(RecordFault, match="Another load or withdrawal is at work"):
        load(Record.open(record.home), delivery(cp_visit=VISITS))
    load(record, delivery(cp_visit=VISITS))


def test_the_record_can_be_read_while_a_load_is_under_way(record):
    load(record, delivery(cp_visit=VISITS))
    with record._change():
        assert len(standing(Record.open(record.home), "cp_visit", "visit_id")) == 3


def test_one_council_and_source_comes_once_in_a_load(record):
    with pytest.raises(RecordFault, match="Source ssd was handed over twice"):
        load(record, delivery("a", cp_visit=VISITS), delivery("b", cp_visit=VISITS))


def test_the_council_is_the_one_that_the_rows_name_where_the_reader_does_not_say(record):
    given = delivery(cp_visit=VISITS)
    given.la_code = ""
    empty = Delivery(
        "supervision", "supervision", {"supervision": TABLES["supervision"].arrow_schema.empty_table()}
    )
    receipt = load(record, given, empty)
    assert [s.la_code for s in receipt.sources] == ["301", "301"]


def test_rows_of_two_councils_in_one_delivery_are_refused(record):
    given = delivery(la_code="", cp_visit=VISITS)
    both = [rows("cp_visit", VISITS, la_code=code) for code in ("301", "302")]
    given.tables["cp_visit"] = pa.concat_tables(both)
    with pytest.raises(RecordFault, match=r"rows of 2 councils \(301, 302\)"):
        load(record, given)


@pytest.mark.parametrize("partial", [False, True])
def test_a_source_that_brings_no_table_at_all_never_empties_the_record(record, partial):
    load(record, delivery(cp_visit=VISITS))
    with pytest.raises(RecordFault, match="Source ssd brings no table at all"):
        load(record, delivery("b"), partial=partial)
    assert len(standing(record, "cp_visit", "visit_id")) == 3


def test_nothing_to_load_is_said(record):
    with pytest.raises(RecordFault, match="nothing to load"):
        load(record)


@pytest.mark.parametrize(
    ("tables", "words"),
    [
        ({"cp_visits": rows("cp_visit", VISITS)}, "brings table cp_visits, which the record does not"),
        ({"cp_visit": rows("cp_visit", VISITS).drop_columns("seen")}, "in another form than the record"),
    ],
)
def test_a_reader_at_fault_is_named_and_nothing_is_loaded(record, tables, words):
    with pytest.raises(RecordFault, match=words):
        load(record, replace(delivery(), tables=tables))
    assert record.manifest().number == 0


def test_a_table_in_another_order_of_columns_or_with_larger_types_is_taken(record):
    given = rows("cp_visit", VISITS)
    turned = given.select(given.column_names[::-1])
    wide = turned.set_column(0, turned.column_names[0], turned.column(0).cast(pa.large_string()))
    load(record, replace(delivery(), tables={"cp_visit": wide}))
    assert len(standing(record, "cp_visit", "visit_id")) == 3


def test_a_home_whose_path_holds_odd_letters_works(tmp_path):
    home = tmp_path / "o'brien [1] *?{a} x=y"
    load(Record.create(home), delivery(cp_visit=VISITS))
    assert len(standing(Record.open(home), "cp_visit", "visit_id")) == 3


def test_no_name_from_outside_becomes_part_of_a_path(record):
    load(record, delivery(source="../../etc", la_code="/srv/x", name="../../passwd", cp_visit=VISITS))
    assert [p.name for p in (record.home / "record" / "deliveries").iterdir()] == ["0001-1"]
    assert standing(record, "cp_visit", "DISTINCT source") == [("../../etc",)]


def test_a_record_for_one_look_is_gone_afterwards():
    with Record.temporary() as record:
        load(record, delivery(cp_visit=VISITS))
        assert len(standing(record, "cp_visit", "visit_id")) == 3
    assert not record.home.exists()


def test_a_home_without_a_record_is_said_with_what_to_do(tmp_path):
    with pytest.raises(RecordFault, match="holds no record: load extracts into it first"):
        Record.open(tmp_path)


def test_a_home_that_cannot_be_made_is_said_with_what_to_do(tmp_path):
    (tmp_path / "home").write_text("a file")
    with pytest.raises(RecordFault, match=r"No record can be made in .*name a folder"):
        Record.create(tmp_path / "home")


def test_making_a_record_where_there_is_one_opens_it(record):
    load(record, delivery(cp_visit=VISITS))
    assert len(standing(Record.create(record.home), "cp_visit", "visit_id")) == 3


def test_the_files_of_the_record_are_closed_to_other_users_of_the_machine(record):
    load(record, delivery(cp_visit=VISITS))
    assert (record.home / "record").stat().st_mode & 0o077 == 0


def test_what_does_not_fit_in_the_engines_memory_goes_to_the_records_overflow(tmp_path):
    paths = Record.create(tmp_path).paths
    con = start(paths, memory_limit="60MiB", threads=1)
    sorted_rows = "SELECT i, md5(CAST(i AS VARCHAR)) AS m FROM range(2000000) t(i) ORDER BY m"
    con.execute(f"CREATE TEMP TABLE sorted AS {sorted_rows}")
    assert con.execute("SELECT count(*) FROM sorted").fetchall() == [(2_000_000,)]
    assert any(paths.overflow.iterdir())
    con.close()
