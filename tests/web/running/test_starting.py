"""The service does not start where a record that was acknowledged could be lost (safety-bars E3)."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from types import SimpleNamespace

import psycopg
import pytest
from tests.web.running.conftest import SERVER, SRC

from evenlode.errors import CannotGoOn
from evenlode.web import starting
from evenlode.web.environment import make_keys

SOUND = {"fsync": "on", "synchronous_commit": "on", "data_checksums": "on", "full_page_writes": "on"}


@pytest.mark.parametrize("version", [(3, 40, 1), (3, 44, 5), (3, 45, 3), (3, 49, 2), (3, 50, 6), (3, 51, 2)])
def test_an_sqlite_that_can_lose_a_commit_is_none_to_start_on(version, monkeypatch):
    assert not starting.sqlite_is_mended(version)
    monkeypatch.setattr(starting.sqlite3, "sqlite_version_info", version)
    monkeypatch.setattr(starting.sqlite3, "sqlite_version", ".".join(map(str, version)))
    with pytest.raises(CannotGoOn, match=r"can lose a commit when its log is reset: install pysqlite3"):
        starting._check_sqlite()


@pytest.mark.parametrize("version", [(3, 44, 6), (3, 44, 7), (3, 50, 7), (3, 51, 3), (3, 52, 0), (4, 0, 0)])
def test_an_sqlite_with_the_mend_will_do(version):
    assert starting.sqlite_is_mended(version)


class Told:
    """A cursor of a database that answers as it is told to."""

    def __init__(self, answers):
        self.answers, self.last = answers, None

    def execute(self, asked, values=None):
        self.last = next(answer for begins, answer in self.answers.items() if asked.startswith(begins))
        return self

    def fetchone(self):
        return self.last

    def fetchall(self):
        return self.last


def database(vendor, answers):
    @contextmanager
    def cursor():
        yield Told(answers)

    return SimpleNamespace(vendor=vendor, cursor=cursor)


@pytest.mark.parametrize(
    ("mode", "synchronous"), [("delete", 2), ("memory", 2), ("wal", 1), ("wal", 0), ("off", 0)]
)
def test_a_database_file_that_does_not_wait_for_the_disk_is_refused(mode, synchronous, monkeypatch):
    answers = {"PRAGMA journal_mode": (mode,), "PRAGMA synchronous": (synchronous,)}
    monkeypatch.setattr(starting, "connection", database("sqlite", answers))
    monkeypatch.setattr(starting.sqlite3, "sqlite_version_info", (3, 51, 3))
    with pytest.raises(CannotGoOn, match=rf"journal_mode {mode}, synchronous {synchronous}.*local disk"):
        starting.check_durable()


@pytest.mark.parametrize("synchronous", [2, 3])
def test_a_database_file_with_its_log_and_full_waiting_will_do(synchronous, monkeypatch):
    answers = {"PRAGMA journal_mode": ("wal",), "PRAGMA synchronous": (synchronous,)}
    monkeypatch.setattr(starting, "connection", database("sqlite", answers))
    monkeypatch.setattr(starting.sqlite3, "sqlite_version_info", (3, 51, 3))
    starting.check_durable()


@pytest.mark.parametrize("name", SOUND)
def test_a_postgresql_server_without_one_of_its_safeguards_is_refused_by_name(name, monkeypatch):
    answers = {"SELECT name, setting": list((SOUND | {name: "off"}).items())}
    monkeypatch.setattr(starting, "connection", database("postgresql", answers))
    with pytest.raises(CannotGoOn, match=rf"PostgreSQL runs without {name}, so a record could be lost"):
        starting.check_durable()


@pytest.mark.parametrize("said", ["off", "local"])
def test_a_commit_that_is_acknowledged_before_it_is_safe_is_refused(said, monkeypatch):
    answers = {"SELECT name, setting": list((SOUND | {"synchronous_commit": said}).items())}
    monkeypatch.setattr(starting, "connection", database("postgresql", answers))
    with pytest.raises(CannotGoOn, match="synchronous_commit"):
        starting.check_durable()


def test_a_server_with_every_safeguard_will_do(monkeypatch):
    answers = {"SELECT name, setting": list((SOUND | {"synchronous_commit": "remote_apply"}).items())}
    monkeypatch.setattr(starting, "connection", database("postgresql", answers))
    starting.check_durable()


@pytest.mark.postgres
@pytest.mark.skipif(not SERVER, reason="no PostgreSQL server is named by EVENLODE_TEST_POSTGRES_URL")
def test_a_real_session_that_does_not_wait_for_the_disk_is_refused_by_name(monkeypatch):
    with psycopg.connect(SERVER, autocommit=True) as con:
        con.execute("SET synchronous_commit = off")
        monkeypatch.setattr(starting, "connection", SimpleNamespace(vendor="postgresql", cursor=con.cursor))
        with pytest.raises(CannotGoOn, match="synchronous_commit"):
            starting.check_durable()
        con.execute("SET synchronous_commit = on")
        off = [n for n in SOUND if con.execute(f"SHOW {n}").fetchone() == ("off",)]
        if off:  # a server made for tests may lack a safeguard of its own: then it is that one that is named
            with pytest.raises(CannotGoOn, match=f"runs without {', '.join(off)}, so"):
                starting.check_durable()
        else:
            starting.check_durable()


COMMITS = 5
WRITES = f"""
import os, sys
from pathlib import Path
from evenlode.cli.service import start_django
start_django(Path(os.environ["EVENLODE_HOME"]))
from evenlode.web.starting import check_durable, set_up_database
set_up_database()
check_durable()
from evenlode.audit_trail import Outcome
from evenlode.web import trail
for number in range({COMMITS}):
    os.write(1, b"begin %d\\n" % number)
    trail.note(person_id="p-1", verb="see", thing="child's record", outcome=Outcome.ALLOWED, why="within scope")
    os.write(1, b"end %d\\n" % number)
"""


def test_every_entry_is_on_the_disk_before_anybody_is_answered(tmp_path):
    if not shutil.which("strace"):
        pytest.skip("strace is not installed, so what is asked of the disk cannot be seen")
    make_keys(tmp_path / "home")
    log = tmp_path / "calls"
    bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
    words = [
        "strace",
        "-f",
        "-y",
        "-e",
        "trace=fsync,fdatasync,write",
        "-o",
        str(log),
        sys.executable,
        "-c",
        WRITES,
    ]
    done = subprocess.run(
        words,
        env={**bare, "PYTHONPATH": str(SRC), "EVENLODE_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    calls = log.read_text()
    for number in range(COMMITS):
        between = calls.partition(f'"begin {number}\\n"')[2].partition(f'"end {number}\\n"')[0]
        assert re.search(r"f(data)?sync\(\d+<[^>]*service\.sqlite3", between), (
            f"commit {number} was not synced"
        )
