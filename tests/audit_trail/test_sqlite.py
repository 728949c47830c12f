"""The trail in SQLite: nothing that SQL can say changes it, and what is done to the file is found."""

from __future__ import annotations

import shutil
import sqlite3
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.audit_trail.making import KEY, NINE, entry, sqlite_trail

from evenlode.audit_trail import (
    Outcome,
    SqliteTrail,
    guard,
    open_to_read,
    refused,
    verify,
    what_opened,
    who_opened,
)
from evenlode.errors import CannotGoOn

VALUES = "(1, 'x', 'p', 'see', 'finding', 'allowed', 'w', NULL, NULL, NULL, NULL, NULL, x'00')"
HARM = [
    "UPDATE audit_entry SET person_id = 'nobody'",
    "UPDATE main.audit_entry SET mac = x'00' WHERE seq = 2",
    "UPDATE OR REPLACE audit_entry SET seq = 3 WHERE seq = 2",
    "DELETE FROM audit_entry",
    "DELETE FROM AUDIT_ENTRY WHERE seq = 3",
    f"INSERT OR REPLACE INTO audit_entry VALUES {VALUES}",
    f"REPLACE INTO audit_entry VALUES {VALUES}",
    f"INSERT OR IGNORE INTO audit_entry VALUES {VALUES.replace('(1', '(9')}",
    f"INSERT INTO audit_entry VALUES {VALUES} ON CONFLICT DO UPDATE SET person_id = 'nobody'",
    f"INSERT INTO audit_entry VALUES {VALUES.replace('(1', '(NULL')}",
    "DROP TABLE audit_entry",
    "DROP TABLE main.Audit_Entry",
    "DROP TRIGGER audit_entry_delete",
    "DROP INDEX audit_entry_child",
    "ALTER TABLE audit_entry RENAME TO gone",
    "ALTER TABLE audit_entry DROP COLUMN request_id",
    "ALTER TABLE audit_entry ADD COLUMN more TEXT",
    "CREATE TEMP TABLE audit_entry (seq)",
    "CREATE TEMP VIEW Audit_Entry AS SELECT 1",
    "CREATE TRIGGER t BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(IGNORE); END",
    "CREATE TEMP TRIGGER t BEFORE INSERT ON main.audit_entry BEGIN SELECT RAISE(IGNORE); END",
    "CREATE UNIQUE INDEX one_each ON audit_entry (person_id)",
    "PRAGMA writable_schema = 1",
    "PRAGMA Writable_Schema",
    "PRAGMA main.writable_schema = RESET",
    "PRAGMA ignore_check_constraints = 1",
    "PRAGMA journal_mode = OFF",
    "PRAGMA schema_version = 1",
    "DELETE FROM sqlite_master WHERE name = 'audit_entry'",
    "UPDATE sqlite_master SET sql = '' WHERE name = 'audit_entry_delete'",
    "ATTACH DATABASE ':memory:' AS other",
    "VACUUM",
    "VACUUM INTO 'copy.db'",
    "SELECT load_extension('x')",
    "UPDATE sqlite_dbpage SET data = zeroblob(4096)",
]


REFUSAL = "not authorized|authorization denied|prohibited|an audit entry is|may not be modified|sqlite_dbpage"


@pytest.fixture
def guarded(tmp_path):
    con, trail = sqlite_trail([entry(n) for n in range(1, 6)], tmp_path / "trail.db")
    con.execute("CREATE TABLE note (id INTEGER PRIMARY KEY, said TEXT)")
    con.execute("INSERT INTO note VALUES (1, 'x')")
    con.commit()
    guard(con)
    yield con, trail
    con.close()


@pytest.mark.parametrize("statement", HARM)
def test_no_statement_changes_removes_or_shadows_an_entry(guarded, statement):
    con, trail = guarded
    before = list(trail.rows())
    with pytest.raises(sqlite3.Error, match=REFUSAL):
        con.execute(statement)
    con.rollback()
    assert list(trail.rows()) == before


def test_a_trigger_on_another_table_cannot_be_used_to_reach_the_trail(guarded):
    con, trail = guarded
    for body in (
        "DELETE FROM audit_entry;",
        f"INSERT INTO audit_entry VALUES {VALUES.replace('(1', '(6')};",
    ):
        con.execute("DROP TRIGGER IF EXISTS t")
        con.execute(f"CREATE TRIGGER t AFTER UPDATE ON note BEGIN {body} END")
        with pytest.raises(sqlite3.Error, match=REFUSAL):
            con.execute("UPDATE note SET said = 'y'")
        con.rollback()
    assert trail.about() == 5


def test_the_triggers_refuse_by_themselves_where_no_guard_stands(tmp_path):
    con, trail = sqlite_trail([entry(n) for n in range(1, 6)], tmp_path / "trail.db")
    for statement in HARM[:9]:
        with pytest.raises(sqlite3.Error, match="an audit entry is"):
            con.execute(statement)
    con.rollback()
    assert verify(trail.rows(), KEY).entries == 5
    con.close()


def test_a_guarded_connection_still_reads_adds_and_does_its_other_work(guarded):
    con, trail = guarded
    trail.append(KEY, [entry(6), entry(7)])
    con.execute("UPDATE note SET said = 'y'")
    con.execute("CREATE TABLE other (a)")
    con.execute("ALTER TABLE other ADD COLUMN b")
    con.execute("DROP TABLE other")
    con.execute("PRAGMA foreign_keys = ON")
    con.execute("ANALYZE")
    con.commit()
    assert verify(trail.rows(), KEY).entries == 7


def test_an_entry_stands_or_falls_with_the_transaction_that_it_was_written_in(guarded):
    con, trail = guarded
    con.execute("BEGIN IMMEDIATE")
    con.execute("UPDATE note SET said = 'z'")
    trail.append(KEY, [entry(6)])
    con.execute("ROLLBACK")
    assert trail.about() == 5
    con.execute("BEGIN IMMEDIATE")
    trail.append(KEY, [entry(6)])
    con.execute("COMMIT")
    assert verify(trail.rows(), KEY).entries == 6


def test_two_connections_that_add_in_turn_make_one_chain(tmp_path):
    first, one = sqlite_trail([entry(1)], tmp_path / "trail.db")
    second = sqlite3.connect(tmp_path / "trail.db")
    other = SqliteTrail(second)
    for n in range(2, 8):
        (one if n % 2 else other).append(KEY, [entry(n)])
    assert verify(one.rows(), KEY).entries == 7
    first.close()
    second.close()


def test_an_entry_that_cannot_be_written_leaves_nothing_behind(tmp_path):
    con, trail = sqlite_trail([entry(1)], tmp_path / "trail.db")
    con.execute("PRAGMA query_only = ON")
    with pytest.raises(sqlite3.OperationalError):
        trail.append(KEY, [entry(2)])
    con.execute("PRAGMA query_only = OFF")
    assert trail.about() == 1
    assert not con.in_transaction
    con.close()


@pytest.fixture(scope="module")
def file_of_thirty(tmp_path_factory):
    path = tmp_path_factory.mktemp("trail") / "trail.db"
    con, trail = sqlite_trail([entry(n) for n in range(1, 31)], path)
    rows = list(trail.rows())
    con.close()
    return path, rows


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_a_byte_changed_in_the_database_file_is_found_wherever_it_alters_what_is_read(
    file_of_thirty, tmp_path_factory, data
):
    path, rows = file_of_thirty
    whole = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(whole) - 1))
    whole[place] ^= data.draw(st.integers(1, 255))
    changed = tmp_path_factory.mktemp("changed") / "trail.db"
    changed.write_bytes(whole)
    con = sqlite3.connect(changed)
    try:
        read = list(SqliteTrail(con).rows())
    except (sqlite3.Error, UnicodeDecodeError):
        read = None
    verdict = verify(SqliteTrail(con).rows(), KEY)
    con.close()
    shutil.rmtree(changed.parent)
    if read != rows:
        assert verdict.broken is not None or verdict.entries < len(rows)
    else:
        assert verdict.broken is None


def outside(path, *statements):
    """What somebody with the file and any SQLite tool can do: take the triggers away first."""
    con = sqlite3.connect(path)
    con.execute("DROP TRIGGER audit_entry_update")
    con.execute("DROP TRIGGER audit_entry_delete")
    con.execute("DROP TRIGGER audit_entry_insert")
    for statement in statements:
        con.execute(statement)
    con.commit()
    con.close()


@pytest.mark.parametrize(
    ("statements", "first"),
    [
        (["UPDATE audit_entry SET person_id = 'p-9' WHERE seq = 11"], 11),
        (["UPDATE audit_entry SET child_id = NULL WHERE seq = 12"], 12),
        (["DELETE FROM audit_entry WHERE seq = 13"], 13),
        (["DELETE FROM audit_entry WHERE seq = 1"], 1),
        (["DELETE FROM audit_entry WHERE seq = 14", "UPDATE audit_entry SET seq = seq - 1 WHERE seq > 14"], 14),
        (["CREATE TABLE copied AS SELECT * FROM audit_entry WHERE seq = 30", "UPDATE copied SET seq = 31",
          "INSERT INTO audit_entry SELECT * FROM copied"], 31),
        (["UPDATE audit_entry SET seq = 99 WHERE seq = 15", "UPDATE audit_entry SET seq = 15 WHERE seq = 16",
          "UPDATE audit_entry SET seq = 16 WHERE seq = 99"], 15),
    ],
    ids="changed blanked removed first-removed removed-and-renumbered added reordered".split(),
)  # fmt: skip
def test_what_is_done_from_outside_is_found_and_the_first_entry_of_it_named(
    file_of_thirty, tmp_path, statements, first
):
    path = shutil.copy(file_of_thirty[0], tmp_path / "trail.db")
    outside(path, *statements)
    con = open_to_read(path)
    assert verify(SqliteTrail(con).rows(), KEY).broken.seq == first
    con.close()


def test_a_trail_can_be_checked_while_the_service_adds_to_it(tmp_path):
    path = tmp_path / "trail.db"
    con = sqlite3.connect(path)
    con.execute("PRAGMA journal_mode = WAL")
    con.close()
    con, trail = sqlite_trail([entry(n) for n in range(1, 6)], path)
    reading = open_to_read(path)
    rows = SqliteTrail(reading).rows()
    first = next(rows)
    trail.append(KEY, [entry(6)])
    assert verify([first, *rows], KEY).entries == 5
    assert verify(SqliteTrail(reading).rows(), KEY).entries == 6
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reading.execute("DELETE FROM audit_entry")
    reading.close()
    con.close()


def test_a_database_without_a_trail_is_refused(tmp_path):
    (tmp_path / "other.txt").write_text("nothing of the kind, but long enough to look like something")
    sqlite3.connect(tmp_path / "empty.db").close()
    for name in ("gone.db", "other.txt", "empty.db"):
        with pytest.raises(CannotGoOn, match="audit trail"):
            open_to_read(tmp_path / name)


@pytest.fixture
def asked():
    written = [
        entry(1, child_id="c-1", person_id="p-1"),
        entry(2, child_id="c-2", person_id="p-1", thing="finding", thing_id="f-7"),
        entry(
            3, child_id="c-1", person_id="p-2", outcome=Outcome.DENIED, why="outside their scope", scope=None
        ),
        entry(4, child_id=None, thing_id=None, verb="list", person_id="p-1"),
        entry(5, child_id="c-1", person_id="p-1", verb="export"),
    ]
    con, trail = sqlite_trail(written)
    yield trail
    con.close()


def test_who_opened_this_childs_record_is_answered_newest_first_with_those_who_were_refused(asked):
    found = who_opened(asked, "c-1")
    assert [(r["seq"], r["person_id"], r["outcome"]) for r in found.rows] == [
        (5, "p-1", "allowed"),
        (3, "p-2", "denied"),
        (1, "p-1", "allowed"),
    ]
    assert [r["why"] for r in refused(found)] == ["outside their scope"]


def test_what_this_person_opened_is_answered_for_a_time(asked):
    all_of_it = what_opened(asked, "p-1")
    assert [r["seq"] for r in all_of_it.rows] == [5, 4, 2, 1]
    part = what_opened(asked, "p-1", since=NINE + timedelta(minutes=2), until=NINE + timedelta(minutes=5))
    assert [r["seq"] for r in part.rows] == [4, 2]


def test_a_hostile_id_is_only_an_id(asked):
    assert who_opened(asked, "c-1' OR '1'='1").rows == []
