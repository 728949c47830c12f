"""Setting the service up, and what it looks at before it starts: it refuses to run where a record could be lost."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from psycopg import sql

from evenlode.audit_trail import set_up, set_up_statements
from evenlode.audit_trail.postgres_trail import SCHEMA, grant_statements
from evenlode.errors import CannotGoOn
from evenlode.web.environment import make_keys
from evenlode.web.sqlite_engine.log import check_log

MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))
"""The releases of SQLite in which a commit is no longer lost when the log is reset."""


def take_home(home: Path) -> None:
    """Makes the home with its keys where it is not there, and names it for what follows."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    make_keys(home)
    os.environ["EVENLODE_HOME"] = str(home)


def set_up_database() -> None:
    """Makes or renews the service's tables and the audit trail; run again it changes nothing."""
    if connection.vendor == "sqlite":
        _trail_in_sqlite(Path(str(connection.settings_dict["NAME"])))
        call_command("migrate", verbosity=0, interactive=False)
    else:
        _set_up_postgres()


def _trail_in_sqlite(path: Path) -> None:
    """The trail is made on a connection of its own, before the guard stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    check_log(path)
    con = sqlite3.connect(path)
    try:
        con.execute("PRAGMA journal_mode=WAL")
        there = con.execute("SELECT 1 FROM sqlite_master WHERE name = 'audit_entry'").fetchone()
        if not there:
            set_up(con)
        path.chmod(0o600)
    finally:
        con.close()


def _set_up_postgres() -> None:
    """Tables under the owner's role; the service's own role may read and write rows, and of the trail read and add."""
    owner_url = settings.EVENLODE.owner_url
    role = str(connection.settings_dict["USER"])
    with psycopg.connect(owner_url, autocommit=True) as con:
        known = con.execute("SELECT 1 FROM pg_namespace WHERE nspname = %s", [SCHEMA]).fetchone()
        if not known:
            with con.transaction():
                for statement in set_up_statements(role):
                    con.execute(statement.as_string(con).encode())
    _migrate_as_owner(owner_url)
    grant_rights(owner_url, role)


def grant_rights(owner_url: str, role: str) -> None:
    """Gives the service's own role what it may do, and no more: rows of its tables, and of the trail to read and add."""
    grants = (
        "GRANT USAGE ON SCHEMA public TO {}",
        "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
        "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
    )
    with psycopg.connect(owner_url, autocommit=True) as con:
        for grant in grants:
            con.execute(sql.SQL(grant).format(sql.Identifier(role)))
        for statement in grant_statements(role):
            con.execute(statement.as_string(con).encode())


def _migrate_as_owner(owner_url: str) -> None:
    """Migrations run on a connection of the owner's, which is closed again."""
    import dj_database_url  # noqa: PLC0415 - wanted for set-up alone
    from django.db import connections  # noqa: PLC0415

    owner: dict[str, Any] = dict(dj_database_url.parse(owner_url))
    connections.databases["owner"] = {**connections.databases["default"], "OPTIONS": {}, **owner}
    try:
        call_command("migrate", database="owner", verbosity=0, interactive=False)
    finally:
        connections["owner"].close()
        del connections["owner"]
        del connections.databases["owner"]


def check_durable() -> None:
    """Raises CannotGoOn where the database could lose what it has acknowledged (safety-bars E3)."""
    if connection.vendor == "sqlite":
        _check_sqlite()
    else:
        _check_postgres()


def _check_sqlite() -> None:
    version = sqlite3.sqlite_version_info
    if not sqlite_is_mended(version):
        raise CannotGoOn(
            f"The SQLite library is {sqlite3.sqlite_version}, which can lose a commit when its log is reset: "
            "install pysqlite3, or use PostgreSQL (EVENLODE_DATABASE_URL)."
        )
    with connection.cursor() as cursor:
        (mode,) = cursor.execute("PRAGMA journal_mode").fetchone()
        (synchronous,) = cursor.execute("PRAGMA synchronous").fetchone()
    if mode != "wal" or synchronous < 2:
        raise CannotGoOn(
            f"The database is not durable (journal_mode {mode}, synchronous {synchronous}): "
            "put the home on a local disk."
        )


def sqlite_is_mended(version: tuple[int, ...]) -> bool:
    """Whether a release of SQLite has the mend, or a later one."""
    newest = MENDED[0]
    return version >= newest or any(version[:2] == mended[:2] and version >= mended for mended in MENDED)


def _check_postgres() -> None:
    wanted = {"fsync": "on", "synchronous_commit": "on", "data_checksums": "on", "full_page_writes": "on"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, setting FROM pg_settings WHERE name = ANY(%s)", [list(wanted)])
        found = dict(cursor.fetchall())
    off = [
        name
        for name, value in wanted.items()
        if found.get(name) not in {value, "remote_apply", "remote_write"}
    ]
    if off:
        raise CannotGoOn(
            f"PostgreSQL runs without {', '.join(off)}, so a record could be lost: ask whoever runs it to switch "
            "them on (data_checksums is set with pg_checksums while the server is down)."
        )
