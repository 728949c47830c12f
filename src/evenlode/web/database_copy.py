"""The database in a backup: copied while the service works, with what it holds counted in the same moment."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import evenlode.web.newer_sqlite  # isort: skip  # noqa: F401 - takes its place before SQLite is asked for
import sqlite3  # isort: skip

import dj_database_url
import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from evenlode.audit_trail import Entry, PostgresTrail, SqliteTrail, guard
from evenlode.audit_trail.postgres_trail import SCHEMA
from evenlode.errors import CannotGoOn
from evenlode.web.sealed_stream import BackupFault
from evenlode.web.sqlite_engine.log import check_log

SQLITE_FILE = "database.sqlite3"
POSTGRES_FILE = "database.dump"
_VARIABLES = {
    "host": "PGHOST",
    "hostaddr": "PGHOSTADDR",
    "port": "PGPORT",
    "dbname": "PGDATABASE",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "passfile": "PGPASSFILE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
    "options": "PGOPTIONS",
}
_OURS = "SELECT schemaname, tablename FROM pg_tables WHERE schemaname IN ('public', %s) ORDER BY 1, 2"


@dataclass(frozen=True)
class Held:
    """What a database holds: rows by table, and the newest entry of the audit trail (0 and blank for none)."""

    rows: dict[str, int]
    seq: int
    mac: str


def is_sqlite(url: str) -> bool:
    """Whether the service's database is a file."""
    return url.startswith("sqlite")


def sqlite_path(url: str) -> Path:
    """Where that file is."""
    return Path(str(dj_database_url.parse(url)["NAME"]))


def append_to(database_url: str, key: bytes, entry: Entry) -> None:
    """Adds an entry to the audit trail of a database; BackupFault where it cannot."""
    try:
        if not is_sqlite(database_url):
            with _connected(database_url) as server:
                PostgresTrail(server).append(key, [entry])
            return
        path = sqlite_path(database_url)
        if not path.is_file():
            raise BackupFault(f"{path} is not there: set the service up first (evenlode set-up).")
        check_log(path)
        with closing(sqlite3.connect(path, timeout=10)) as con:
            con.execute("PRAGMA synchronous=FULL")
            guard(con)
            SqliteTrail(con).append(key, [entry])
    except (sqlite3.Error, psycopg.Error) as fault:
        raise BackupFault(
            f"The audit trail could not be told of the backup ({type(fault).__name__}), so none was taken: nothing was "
            "left behind; is there room for the database, and does it answer?"
        ) from None


def copy_sqlite(source: Path, target: Path) -> Held:
    """Copies the file on a connection of its own; whoever writes meanwhile neither waits nor gets in."""
    if not source.is_file():
        raise BackupFault(f"{source} is not there: set the service up first (evenlode set-up).")
    target.touch(mode=0o600)
    try:
        with (
            closing(sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True)) as con,
            closing(sqlite3.connect(target)) as copy,
        ):
            con.backup(copy, pages=-1)
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, and no log beside it
    except sqlite3.Error as fault:
        raise BackupFault(
            f"The database could not be copied ({fault}): nothing was left behind; is there room in {source.parent} "
            "for a second copy of it?"
        ) from None
    return held_by_sqlite(target)


def held_by_sqlite(path: Path) -> Held:
    """What a database file holds; BackupFault where SQLite itself finds it damaged."""
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as con:
        (said,) = con.execute("PRAGMA quick_check(1)").fetchone()
        if said != "ok":
            raise BackupFault(f"{path.name} is damaged: SQLite's own check finds a fault in it.")
        named = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
        tables = [name for (name,) in con.execute(named)]
        rows = {t: int(con.execute(f'SELECT count(*) FROM "{t}"').fetchone()[0]) for t in tables}
        last = con.execute("SELECT seq, mac FROM audit_entry ORDER BY seq DESC LIMIT 1").fetchone()
    return Held(rows, *((last[0], last[1].hex()) if last else (0, "")))


def copy_postgres(owner_url: str, target: Path) -> Held:
    """Dumps the database under its owner's role; the dump and the counts are of one moment."""
    dump = _tool("pg_dump", "make")
    with _connected(owner_url) as con, con.transaction():
        con.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        (snapshot,) = con.execute("SELECT pg_export_snapshot()").fetchone() or ("",)
        held = _held_by_postgres(con)
        words = [dump, "--format=custom", "--no-password", f"--snapshot={snapshot}"]
        words += ["--no-owner", "--no-acl"]
        target.touch(mode=0o600)
        with target.open("wb") as file:
            done = _run(words, owner_url, stdout=file)
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise BackupFault(f"pg_dump could not copy the database: {said[-1] if said else done.returncode}")
    return held


def check_postgres_is_empty(owner_url: str) -> None:
    """Raises BackupFault where the database that is to be restored into holds tables of the service."""
    _tool("pg_restore", "restore")
    with _connected(owner_url) as con:
        found = con.execute(_OURS, [SCHEMA]).fetchone()
    if found:
        raise BackupFault(
            "The database that EVENLODE_DATABASE_OWNER_URL names is not empty: make a new one (createdb) and name that."
        )


def restore_postgres(owner_url: str, source: Path) -> Held:
    """Brings a dump into an empty database, all of it or nothing, and says what it then holds."""
    restore = _tool("pg_restore", "restore")
    name = str(conninfo_to_dict(owner_url).get("dbname") or "")
    words = [restore, "--no-password", "--single-transaction", "--exit-on-error", "--no-owner", "--no-acl"]
    done = _run([*words, f"--dbname={name}", str(source)], owner_url, stdout=subprocess.DEVNULL)
    if done.returncode:
        # What it says may hold a value of a row, so it is not repeated.
        raise BackupFault(
            f"pg_restore stopped with {done.returncode} and the database is as it was: is PostgreSQL as new as the "
            "one that the backup was taken from, and may the owner make schemas in it?"
        )
    with _connected(owner_url) as con:
        return _held_by_postgres(con)


def _held_by_postgres(con: psycopg.Connection[Any]) -> Held:
    rows = {}
    for schema, table in con.execute(_OURS, [SCHEMA]).fetchall():
        counted = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        (rows[f"{schema}.{table}"],) = con.execute(counted).fetchone() or (0,)
    asked = sql.SQL("SELECT seq, mac FROM {} ORDER BY seq DESC LIMIT 1")
    last = con.execute(asked.format(sql.Identifier(SCHEMA, "audit_entry"))).fetchone()
    return Held(rows, *((last[0], bytes(last[1]).hex()) if last else (0, "")))


def _connected(url: str) -> psycopg.Connection[Any]:
    try:
        return psycopg.connect(url, autocommit=True, connect_timeout=10)
    except psycopg.Error:
        raise BackupFault(
            "The database does not let us in: name it under its owner's role in EVENLODE_DATABASE_OWNER_URL."
        ) from None


def _tool(name: str, verb: str) -> str:
    found = shutil.which(name)
    if found is None:
        raise CannotGoOn(
            f"{name} is not installed, and without it PostgreSQL cannot {verb} a backup: install the client of the "
            "server's own version (Debian: postgresql-client)."
        )
    return found


def _run(words: list[str], url: str, *, stdout: Any) -> subprocess.CompletedProcess[bytes]:
    """A PostgreSQL tool, told of the database in its environment, where no other user of the machine reads it."""
    said = {_VARIABLES[k]: str(v) for k, v in conninfo_to_dict(url).items() if k in _VARIABLES and v}
    return subprocess.run(  # noqa: S603 - our own words, and no shell
        words, env={**os.environ, **said}, stdout=stdout, stderr=subprocess.PIPE, check=False
    )
