"""An upgrade that is stopped half-way (safety bar E6): run again it ends, and every row and the trail are as they were.

There is no earlier release yet, so an older database is made here: the tables of the packages that sign-in stands on
are taken back to an earlier form, in a database that holds a council's figures and a trail.  From the first release
on, `keep_release` puts a backup of a small home beside this file, and the last two are brought up to date here too.
"""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from tests.audit_trail.making import entry
from tests.web.cluster import a_cluster, addresses, can_make_one
from tests.web.running.conftest import SRC, Home, make
from tests.web.running.test_backup_drill import rows_of

from evenlode.audit_trail import PostgresTrail

RELEASED = Path(__file__).with_name("released")
SCRIPT = Path(__file__).with_name("stopped_set_up.py")
ITS_OWN = {"django_migrations", "django_content_type", "auth_permission"}
"""What an upgrade writes about itself."""


def keep_release(home, version):
    """Keeps a backup of a home that this release made, with its keys and the key that opens it, for later releases."""
    kept = RELEASED / version
    kept.mkdir(parents=True)
    shutil.copy(home.keys / "backup", kept / "backup.key")
    home.must("backup", "--with-keys", "--out", kept / "home.backup")


def last_two_releases(folder):
    """Homes of the last two releases, restored by this one."""
    for kept in sorted(RELEASED.glob("*"), reverse=True)[:2]:
        home = Home(folder / kept.name)
        home.must("restore", kept / "home.backup", "--key-file", kept / "backup.key")
        yield home


def script(home, what):
    bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
    return subprocess.run(
        [sys.executable, str(SCRIPT), str(what)],
        env={**bare, "PYTHONPATH": str(SRC), "EVENLODE_HOME": str(home.path), **home.environ},
        capture_output=True,
        text=True,
        check=False,
    )


def taken_back(home):
    """Takes the tables of a home to their earlier form."""
    done = script(home, "older")
    assert done.returncode == 0, done.stderr[-3000:]


def asked_in_all(home):
    """How often an upgrade asks the database; it has ended then."""
    done = script(home, 0)
    assert done.returncode == 0, done.stderr[-3000:]
    return int(done.stdout)


def on_sqlite(home):
    return {t: rows for t, rows in rows_of(home.path / "service.sqlite3").items() if t not in ITS_OWN}


def on_postgres(home):
    with psycopg.connect(home.environ["EVENLODE_DATABASE_OWNER_URL"]) as con:
        named = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', 'evenlode_audit')"
        return {
            table: sorted(
                map(repr, con.execute(sql.SQL("SELECT * FROM {}").format(sql.Identifier(schema, table))))
            )
            for schema, table in con.execute(named).fetchall()
            if table not in ITS_OWN
        }


def is_as_it_was(home, before, rows, database):
    """A plain re-run ends, and says again that nothing is left to do; rows and trail are what they were."""
    home.must("set-up")
    assert rows(home) == before
    told = home.must("verify-audit", database, EVENLODE_AUDIT_KEY_FILE=home.path / "keys" / "audit").stdout
    assert told.startswith(f"Whole: {len(before['audit_entry'])} entries")


@pytest.mark.long
@pytest.mark.parametrize("kills", [1, 25])
def test_an_upgrade_killed_anywhere_ends_when_it_is_run_again(home, tmp_path, kills):
    older = Home(tmp_path / "older")
    shutil.copytree(home.path, older.path)
    before = on_sqlite(older)
    taken_back(older)
    measured = Home(tmp_path / "measured")
    shutil.copytree(older.path, measured.path)
    asked = asked_in_all(measured)
    assert on_sqlite(measured) == before
    chance = random.Random(kills)  # noqa: S311 - seeded, so that a failure can be run again
    for kill in range(kills):
        killed = Home(tmp_path / f"killed-{kill}")
        shutil.copytree(older.path, killed.path)
        assert script(killed, chance.randint(1, asked)).returncode == -9
        is_as_it_was(killed, before, on_sqlite, killed.path / "service.sqlite3")
        shutil.rmtree(killed.path)
    for released in last_two_releases(tmp_path / "released"):
        released.must("set-up")
    print(f"{kills} kills of {asked} places on SQLite")


@pytest.mark.long
@pytest.mark.postgres
def test_an_upgrade_on_postgresql_killed_anywhere_ends_when_it_is_run_again(tmp_path, extracts, keys):
    if not can_make_one():
        pytest.skip("no PostgreSQL server is installed here")
    with a_cluster("upgrade") as cluster:
        home = make(Home(tmp_path / "home", addresses(cluster)), extracts, keys)
        with psycopg.connect(home.environ["EVENLODE_DATABASE_URL"], autocommit=True) as con:
            PostgresTrail(con).append(home.audit_key, [entry(n) for n in range(1, 21)])
        before = on_postgres(home)
        taken_back(home)
        asked = asked_in_all(home)
        assert on_postgres(home) == before
        chance = random.Random(25)  # noqa: S311 - seeded, so that a failure can be run again
        for _ in range(25):
            taken_back(home)
            assert script(home, chance.randint(1, asked)).returncode == -9
            is_as_it_was(home, before, on_postgres, home.environ["EVENLODE_DATABASE_URL"])
        print(f"25 kills of {asked} places on PostgreSQL")


@pytest.mark.long
def test_a_first_set_up_killed_anywhere_ends_when_it_is_run_again(tmp_path):
    kills = 10
    measured = Home(tmp_path / "measured")
    measured.must("set-up")
    schema = set(rows_of(measured.path / "service.sqlite3"))
    (measured.path / "service.sqlite3").unlink()
    asked = asked_in_all(measured)
    chance = random.Random(kills)  # noqa: S311 - seeded, so that a failure can be run again
    for kill in range(kills):
        killed = Home(tmp_path / f"killed-{kill}")
        shutil.copytree(measured.path / "keys", killed.path / "keys")
        assert script(killed, chance.randint(1, asked)).returncode == -9
        killed.must("set-up")
        assert set(rows_of(killed.path / "service.sqlite3")) == schema
        told = killed.must(
            "verify-audit",
            killed.path / "service.sqlite3",
            EVENLODE_AUDIT_KEY_FILE=killed.path / "keys" / "audit",
        )
        assert told.stdout.startswith("Whole: 0 entries")
    print(f"{kills} kills of {asked} places in a first set-up")
