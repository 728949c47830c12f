"""A damaged write-ahead log (safety bar E2): the service opens on whole work that came before, or says what is damaged.

The database is a service's own, with its audit trail.  Work is written through the service's own connection; each
piece adds to the trail, adds an explanation and an opening, and changes explanations that stand, so that a piece
of which only a part came through is seen.  Then the files are copied as a kill or a power cut leaves them, the log
is cut off, loses a sector or has a bit flipped, and the service's connection opens what is left.
"""

from __future__ import annotations

import hashlib
import random
import re
import shutil
from collections import Counter
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import DatabaseError, connections, transaction
from tests.audit_trail.making import entry
from tests.web.running.conftest import Home

from evenlode.audit_trail import SqliteTrail, verify
from evenlode.errors import CannotGoOn
from evenlode.web.sqlite_engine import base, log

BEFORE = 160
"""So many pieces of work are in the database already when the log begins, so that there is something old to mix with."""
PIECES = 200
SHORT = 256 * 1024
"""The log is emptied sixteen times as often as shipped where a test writes too little for that."""
TABLES = ("web_explanationrow", "web_openingrow", "audit_entry")
SHIPPED = {
    "timeout": 10,
    "transaction_mode": "IMMEDIATE",
    "init_command": settings.DATABASES["default"]["OPTIONS"]["init_command"],
}
ALIAS = "damaged"
STOPPED = re.compile(r"service\.sqlite3(-wal)? is damaged.*restore the newest backup")


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A home with its tables and nothing in them."""
    home = Home(tmp_path_factory.mktemp("empty") / "home")
    home.must("set-up")
    return home


@pytest.fixture(autouse=True)
def _opened(django_db_blocker):
    with django_db_blocker.unblock():
        yield


def connected(path):
    """The service's own connection to a database file."""
    there = {**connections["default"].settings_dict, "NAME": str(path), "OPTIONS": SHIPPED}
    con = connections[ALIAS] = base.DatabaseWrapper(there, ALIAS)
    try:
        con.ensure_connection()
    except BaseException:
        gone(con)
        raise
    return con


def gone(con):
    con.close()
    del connections[ALIAS]


def content(con):
    """Everything that the pieces of work write, in one digest."""
    told = hashlib.sha256()
    for table in TABLES:
        for row in con.connection.execute(f"SELECT * FROM {table} ORDER BY 1"):
            told.update(repr(row).encode())
    return told.hexdigest()


def write(con, key, number, chance):
    """One piece of work, all of it or nothing."""
    at = "2026-11-20 09:00:00"
    with transaction.atomic(using=ALIAS), con.cursor() as cursor:
        SqliteTrail(con.connection).append(key, [entry(number)])
        cursor.execute(
            "INSERT INTO web_explanationrow (la_code, rule_id, subject_kind, subject_id, record_id, reason, text, "
            '"by", recorded_at, since, until, ended_by) '
            "VALUES ('999', 'CP-05', 'child', %s, '', 'r', %s, 'p', %s, '2026-11-20', '2026-12-20', '')",
            [f"c-{number}", "x" * chance.randint(1, 1500), at],
        )
        cursor.execute(
            "INSERT INTO web_openingrow (opening_id, person_id, child_id, category, reason, opened_at, minutes, "
            "reviewed_by, review_note) VALUES (%s, 'p', 'c', 'd', %s, %s, 60, '', '')",
            [f"o-{number}", "y" * chance.randint(1, 900), at],
        )
        for earlier in chance.sample(range(1, number + 1), min(number, 3)):
            changed = 'UPDATE web_explanationrow SET "by" = %s WHERE subject_id = %s'
            cursor.execute(changed, [f"p{number:04d}", f"c-{earlier}"])


def work(home, key, folder, how, monkeypatch):
    """Writes pieces of work, and copies the files as they lie at the end; what stood after each piece."""
    if how == "kept by a reader":
        monkeypatch.setattr(base, "MOST", SHORT)
    shutil.copytree(home.path, folder)
    path, chance = folder / "service.sqlite3", random.Random(7)  # noqa: S311 - the same every time
    con = connected(path)
    reader = None
    states = {}
    for number in range(1, PIECES + 1):
        if how == "kept by a reader" and number == BEFORE + 10:
            reader = connected_reader(path)
        write(con, key, number, chance)
        if number == BEFORE or (how == "begun anew" and number == BEFORE + 20):
            assert log.empty_log(con.connection, path)
        if number >= BEFORE:
            states[content(con)] = number
    if how == "copied and not yet emptied":
        reader = connected_reader(path)
        assert not log.empty_log(con.connection, path)
    left = {p.name: p.read_bytes() for p in folder.glob("service.sqlite3*")}
    if reader:
        reader.close()
    gone(con)
    return states, left


def connected_reader(path):
    """Somebody who reads for a long time, so that the log cannot be emptied."""
    reader = base.Database.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM web_openingrow").fetchone()
    return reader


def harmed(whole, chance):
    """The log with one harm."""
    what, at = chance.choice(["cut", "torn", "flipped"]), chance.randrange(len(whole))
    if what == "cut":
        return what, whole[:at]
    changed = bytearray(whole)
    if what == "torn":
        at -= at % 512
        changed[at : at + 512] = bytes(len(changed[at : at + 512]))
    else:
        changed[at] ^= 1 << chance.randrange(8)
    return what, bytes(changed)


def found(path, key, states):
    """What the service finds there: so many whole pieces of work, or the sentence in which it stops."""
    try:
        con = connected(path)
    except CannotGoOn as fault:
        return str(fault)
    try:
        here = content(con)
        assert here in states, "half a piece of work"
        number = states[here]
        assert con.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        verdict = verify(SqliteTrail(con.connection).rows(), key)
        assert (verdict.broken, verdict.entries) == (None, number)
        return number
    finally:
        gone(con)


HOW = ("written", "begun anew", "kept by a reader", "copied and not yet emptied")


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("variants", [10, pytest.param(300, marks=pytest.mark.long)])
def test_a_damaged_log_leaves_whole_work_or_a_sentence(empty, tmp_path, how, variants, monkeypatch):
    key = empty.audit_key
    states, left = work(empty, key, tmp_path / "home", how, monkeypatch)
    chance, outcomes = random.Random(variants), Counter()  # noqa: S311 - seeded, so that a failure can be run again
    for number in range(variants):
        what, bytes_left = harmed(left["service.sqlite3-wal"], chance)
        folder = tmp_path / "variant"
        folder.mkdir()
        for name, whole in left.items():
            if not name.endswith("-shm") or number % 2:
                (folder / name).write_bytes(whole)
        (folder / "service.sqlite3-wal").write_bytes(bytes_left)
        pieces = found(folder / "service.sqlite3", key, states)
        stopped = isinstance(pieces, str)
        assert not stopped or STOPPED.search(pieces), pieces
        outcomes[what, "stopped" if stopped else "went on"] += 1
        shutil.rmtree(folder)
    print(how, dict(outcomes))
    if how == "written":
        assert not any(said == "stopped" for _, said in outcomes)
    if how == "copied and not yet emptied":
        assert any(said == "stopped" for _, said in outcomes)


@pytest.mark.long
def test_without_the_note_of_the_copying_damaged_logs_would_be_opened_with_half_a_piece_of_work(
    empty, tmp_path, monkeypatch
):
    states, left = work(empty, empty.audit_key, tmp_path / "home", HOW[3], monkeypatch)
    chance, halves, sound = random.Random(100), 0, 0  # noqa: S311 - seeded, so that a failure can be run again
    monkeypatch.setattr(base, "check_log", lambda _: None)
    for _ in range(100):
        folder = tmp_path / "variant"
        folder.mkdir()
        for name, whole in left.items():
            (folder / name).write_bytes(whole)
        _, bytes_left = harmed(left["service.sqlite3-wal"], chance)
        (folder / "service.sqlite3-wal").write_bytes(bytes_left)
        with suppress(CannotGoOn, DatabaseError, base.Database.DatabaseError):
            con = connected(folder / "service.sqlite3")
            try:
                if content(con) not in states:
                    halves += 1
                    sound += con.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            finally:
                gone(con)
        shutil.rmtree(folder)
    print(f"without the note: {halves} of 100 half, of which SQLite's own check finds {sound} sound")
    assert halves > 0


@pytest.mark.parametrize("how", HOW)
def test_an_unharmed_log_is_read_to_its_end(empty, tmp_path, how, monkeypatch):
    states, left = work(empty, empty.audit_key, tmp_path / "home", how, monkeypatch)
    folder = tmp_path / "killed"
    folder.mkdir()
    for name, whole in left.items():
        (folder / name).write_bytes(whole)
    assert found(folder / "service.sqlite3", empty.audit_key, states) == PIECES


def test_a_log_that_has_grown_long_is_emptied(empty, tmp_path, monkeypatch):
    monkeypatch.setattr(base, "MOST", SHORT)
    shutil.copytree(empty.path, tmp_path / "home")
    path, chance = tmp_path / "home" / "service.sqlite3", random.Random(7)  # noqa: S311 - the same every time
    con = connected(path)
    longest = 0
    for number in range(1, PIECES + 1):
        write(con, empty.audit_key, number, chance)
        longest = max(longest, log.log_of(path).stat().st_size)
    gone(con)
    assert longest < 2 * SHORT
    assert log.mark_of(path).stat().st_size == 0


def test_a_database_that_is_none_is_named_with_the_mend(tmp_path):
    (tmp_path / "service.sqlite3").write_bytes(b"no database " * 1000)
    with pytest.raises(CannotGoOn, match=r"service\.sqlite3 is damaged .*restore the newest backup"):
        connected(tmp_path / "service.sqlite3")
