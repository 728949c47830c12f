import json

import pytest

from evenlode.errors import RecordFault
from evenlode.record import Record, connect

from .making import LATER_VISITS, VISITS, delivery, files_of, load, standing, withdraw

VISIT_FILE = "deliveries/0001-1/cp_visit.parquet"


def cut(path):
    path.write_bytes(path.read_bytes()[:-20])


def flip(path):
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def remove(path):
    path.unlink()


def empty(path):
    path.write_bytes(b"")


def no_json(path):
    path.write_text("{")


def another_body(path):
    outer = json.loads(path.read_text())
    outer["body"]["by"] = outer["body"]["load"] = "Somebody Else"
    path.write_text(json.dumps(outer))


HARMS = [cut, flip, remove, empty]
SEALED_HARMS = [*HARMS, no_json, another_body]


@pytest.mark.parametrize("harm", HARMS)
def test_a_damaged_table_is_named_with_the_mend_and_never_read(record, harm):
    load(record, delivery(cp_visit=VISITS))
    harm(record.paths.root / VISIT_FILE)
    with pytest.raises(RecordFault) as fault:
        connect(Record.open(record.home))
    said = str(fault.value)
    assert VISIT_FILE in said
    assert "withdraw load 0001, load the same extract again, or restore the file" in said


@pytest.mark.parametrize("harm", HARMS)
def test_loading_the_same_extract_again_mends_a_damaged_table(record, harm):
    load(record, delivery(cp_visit=VISITS))
    harm(record.paths.root / VISIT_FILE)
    receipt = load(record, delivery(cp_visit=VISITS))
    assert not receipt.nothing_changed
    assert receipt.tables["cp_visit"].added == 3
    assert "could not be compared" in receipt.sources[0].note
    assert len(standing(record, "cp_visit", "visit_id")) == 3


@pytest.mark.parametrize("harm", HARMS)
def test_withdrawing_a_damaged_load_brings_back_the_one_before(record, harm):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    harm(record.paths.root / "deliveries/0002-1/cp_visit.parquet")
    harm(record.paths.root / "deliveries/0002-1/delivery.json")
    withdraw(record, "0002")
    assert len(standing(record, "cp_visit", "visit_id")) == 3


def test_a_partial_load_is_not_laid_over_a_damaged_table(record):
    load(record, delivery(cp_visit=VISITS))
    cut(record.paths.root / VISIT_FILE)
    with pytest.raises(RecordFault, match=r"cp_visit.parquet is cut short"):
        load(record, delivery("b", cp_visit=LATER_VISITS), partial=True)


@pytest.mark.parametrize("harm", SEALED_HARMS)
@pytest.mark.parametrize("name", ["manifests/000001.json", "deliveries/0001-1/delivery.json"])
def test_a_damaged_manifest_or_account_is_named_with_the_mend(record, harm, name):
    load(record, delivery(cp_visit=VISITS))
    harm(record.paths.root / name)
    with pytest.raises(RecordFault, match=name.replace(".", "\\.") + ".*(restore|withdraw)"):
        connect(Record.open(record.home))


def test_after_a_damaged_manifest_the_record_goes_back_one_load_as_the_mend_says(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    cut(record.paths.manifest(2))
    with pytest.raises(RecordFault, match=f"write 1 into {record.paths.current} to go back one load"):
        record.manifest()
    record.paths.current.write_text("1")
    assert len(standing(record, "cp_visit", "visit_id")) == 3
    assert load(record, delivery("b", cp_visit=LATER_VISITS)).load_id == "0002"


def test_receipts_of_a_manifest_gone_back_from_do_not_pass_for_those_of_the_next(record):
    load(record, delivery(cp_visit=VISITS))
    for _ in range(2):  # the second changes nothing, and its receipt names the same manifest
        load(record, delivery("b", cp_visit=LATER_VISITS))
    cut(record.paths.manifest(2))
    record.paths.current.write_text("1")
    load(record, delivery("b", cp_visit=LATER_VISITS))
    assert [receipt.load_id for receipt in record.history()] == ["0001", "0002"]


@pytest.mark.parametrize("content", [b"", b"two", b"\xff\xfe", b"99"])
def test_a_damaged_pointer_is_said_in_one_sentence(record, content):
    load(record, delivery(cp_visit=VISITS))
    record.paths.current.write_bytes(content)
    with pytest.raises(RecordFault, match=r"current does not hold the number|000099.json is gone"):
        connect(Record.open(record.home))


@pytest.mark.parametrize("harm", SEALED_HARMS)
def test_a_damaged_schema_file_is_named_and_no_load_writes_over_it(record, harm):
    load(record, delivery(cp_visit=VISITS))
    harm(record.paths.schema)
    for attempt in (lambda: Record.open(record.home), lambda: load(record, delivery("b", cp_visit=VISITS))):
        with pytest.raises(RecordFault, match=r"schema.json"):
            attempt()
    if not record.paths.schema.exists():
        with pytest.raises(RecordFault, match=r"schema.json is gone"):
            Record.create(record.home)


@pytest.mark.parametrize("harm", SEALED_HARMS)
def test_a_damaged_receipt_is_named_but_does_not_stop_the_next_load(record, harm):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    harm(record.paths.receipt("0001"))
    assert load(record, delivery("c", cp_visit=LATER_VISITS)).load_id == "0003"
    if harm is not remove:
        with pytest.raises(RecordFault, match=r"0001.json"):
            record.history()


def test_a_file_altered_while_the_program_runs_is_noticed(record):
    load(record, delivery(cp_visit=VISITS))
    assert len(standing(record, "cp_visit", "visit_id")) == 3
    flip(record.paths.root / VISIT_FILE)
    with pytest.raises(RecordFault, match="its checksum differs"):
        connect(record)


def test_the_check_of_the_record_looks_at_every_file_of_the_standing_deliveries(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS), partial=True)
    record.check()
    flip(record.paths.root / "deliveries/0002-1/own/cp_visit.parquet")
    with pytest.raises(RecordFault, match=r"own/cp_visit.parquet was altered"):
        record.check()


def test_what_others_put_into_the_folders_of_the_record_is_left_alone_and_stops_nothing(record):
    for name in ("deliveries/.DS_Store", "manifests/000002 (copy).json", "receipts/notes.txt"):
        (record.paths.root / name).write_text("not ours")
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS))
    assert list(files_of(record.home).values()).count(b"not ours") == 3
    assert len(record.history()) == 2


def test_what_a_cut_off_load_left_is_cleared_by_the_next(record):
    load(record, delivery(cp_visit=VISITS))
    root = record.paths.root
    for folder in ("deliveries/.making-0002-1", "deliveries/0002-1", "overflow/999999999"):
        (root / folder).mkdir(parents=True)
        (root / folder / "cp_visit.parquet").write_bytes(b"half")
    for name in ("manifests/.making-000002.json", "receipts/.making-0002.json"):
        (root / name).write_bytes(b"half")
    (root / "manifests/000002.json").write_bytes(record.paths.manifest(1).read_bytes())
    assert len(standing(record, "cp_visit", "visit_id")) == 3
    assert load(record, delivery("b", cp_visit=LATER_VISITS)).load_id == "0002"
    record.check()
    assert not [path for path in files_of(record.home) if ".making-" in path]
    assert b"half" not in files_of(record.home).values()
    assert not (root / "overflow/999999999").exists()
