import hashlib
import json

import pyarrow.parquet as pq
import pytest

from evenlode.errors import RecordFault
from evenlode.record import SCHEMA_VERSION, Record, connect
from evenlode.record.durable import read_sealed, write_sealed
from evenlode.record.migration import STEPS, Step, TableChange

from .making import LATER_VISITS, VISITS, delivery, load, one, standing, withdraw

OLD_TO_NEW = Step(
    "Visits were called cp_visits, their date was called held_on, and seen was yes or no.",
    {
        "cp_visit": TableChange(
            was="cp_visits",
            renamed={"visit_date": "held_on"},
            worked_out={"seen": "CASE seen_word WHEN 'yes' THEN 'Y' WHEN 'no' THEN 'N' END"},
            dropped=("seen_word", "colour"),
        )
    },
)


def reseal(path, change):
    body = read_sealed(path, mend="")
    change(body)
    return write_sealed(path, body, durable=False)


@pytest.fixture
def old_record(record, monkeypatch):
    """A record as a version 0 would have written it, and the step that leads from it to today."""
    load(record, delivery(cp_visit=VISITS))
    folder = record.paths.delivery("0001-1")
    new = pq.read_table(folder / "cp_visit.parquet")
    old = new.rename_columns(["held_on" if n == "visit_date" else n for n in new.column_names])
    words = old.column("seen").to_pylist()
    old = old.drop_columns("seen").append_column("colour", [["red"] * 3])
    old = old.append_column("seen_word", [[{"Y": "yes", "N": "no"}.get(word) for word in words]])
    (folder / "cp_visit.parquet").unlink()
    path = folder / "cp_visits.parquet"
    pq.write_table(old, path)

    def as_version_0(body):
        sha256 = hashlib.sha256(path.read_bytes()).hexdigest()
        file = {"name": path.name, "rows": 3, "size": path.stat().st_size, "sha256": sha256}
        body.update(schema_version=0, tables={"cp_visits": file})

    seal = reseal(folder / "delivery.json", as_version_0)
    reseal(record.paths.manifest(1), lambda body: body["seals"].update({"0001-1": seal}))
    reseal(record.paths.schema, lambda body: body.update(schema_version=0))
    monkeypatch.setitem(STEPS, 0, OLD_TO_NEW)
    return record


def test_an_older_record_opens_and_reads_as_todays_tables(old_record):
    opened = Record.open(old_record.home)
    assert standing(opened, "cp_visit", "visit_id", "CAST(visit_date AS VARCHAR)", "seen") == [
        ("1", "2026-10-01", "Y"),
        ("2", "2026-10-15", "Y"),
        ("3", "2026-10-20", None),
    ]
    with connect(opened) as connection:
        assert connection.delivered == {("301", "cp_visit")}
        assert "colour" not in connection.con.sql("SELECT * FROM cp_visit").columns


def test_reading_an_older_record_leaves_every_file_as_it_was_and_a_load_raises_its_version(old_record):
    path = old_record.paths.delivery("0001-1") / "cp_visits.parquet"
    before = path.read_bytes()
    Record.open(old_record.home)
    assert old_record.schema_version() == 0
    load(old_record, delivery("s", source="supervision", supervision="child_id held_date\n c1 2026-10-05"))
    assert old_record.schema_version() == SCHEMA_VERSION
    assert path.read_bytes() == before
    assert len(standing(old_record, "cp_visit", "visit_id")) == 3


def test_a_new_load_is_compared_with_the_older_rows_row_by_row(old_record):
    assert one(load(old_record, delivery("b", cp_visit=LATER_VISITS)), "cp_visit") == (1, 1, 1, 1)


def test_a_partial_load_is_laid_over_the_older_rows_and_can_be_withdrawn(old_record):
    load(old_record, delivery("b", cp_visit=LATER_VISITS), partial=True)
    assert len(standing(old_record, "cp_visit", "visit_id")) == 4
    withdraw(old_record, "0002")
    assert len(standing(old_record, "cp_visit", "visit_id")) == 3


def test_councils_of_different_versions_stand_in_one_table(old_record):
    load(old_record, delivery(la_code="302", cp_visit=LATER_VISITS))
    assert len(standing(old_record, "cp_visit", "la_code", "visit_date", "seen")) == 6


def test_a_record_of_a_newer_version_is_refused_in_one_sentence(record):
    reseal(record.paths.schema, lambda body: body.update(schema_version=SCHEMA_VERSION + 1))
    with pytest.raises(RecordFault, match=r"written by a newer Evenlode .*: update Evenlode") as fault:
        Record.open(record.home)
    assert "\n" not in str(fault.value)


def test_a_version_from_which_no_step_leads_here_is_refused(record):
    reseal(record.paths.schema, lambda body: body.update(schema_version=-1))
    with pytest.raises(RecordFault, match="has no way from version -1 to 0"):
        Record.open(record.home)


def test_every_parquet_file_says_its_table_and_schema_version(record):
    load(record, delivery(cp_visit=VISITS))
    load(record, delivery("b", cp_visit=LATER_VISITS), partial=True)
    for path in record.home.rglob("*.parquet"):
        metadata = pq.ParquetFile(path).metadata.metadata
        assert metadata[b"evenlode.table"].decode() == path.stem
        assert int(metadata[b"evenlode.schema_version"]) == SCHEMA_VERSION


def test_every_version_so_far_has_a_step_to_the_next():
    assert set(STEPS) == set(range(1, SCHEMA_VERSION))


def test_the_schema_file_holds_the_version_in_plain_sight(record):
    assert json.loads(record.paths.schema.read_text())["body"] == {"schema_version": SCHEMA_VERSION}
