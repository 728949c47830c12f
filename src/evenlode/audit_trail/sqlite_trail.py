"""The audit trail in SQLite: its table, what guards it, how entries are added and read."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenlode.audit_trail.entry import COLUMNS, Entry, Head, chained, first_head
from evenlode.audit_trail.verify import Row
from evenlode.errors import CannotGoOn

TABLE = "audit_entry"
_NULLABLE = {"thing_id", "child_id", "scope", "purpose", "request_id"}
_DECLARED = ", ".join(f"{c} TEXT{'' if c in _NULLABLE else ' NOT NULL'}" for c in COLUMNS)
_STORED = ", ".join(("seq", *COLUMNS, "mac"))

SET_UP = (
    f"CREATE TABLE {TABLE} (seq INTEGER PRIMARY KEY, {_DECLARED}, mac BLOB NOT NULL) STRICT",
    f"CREATE INDEX {TABLE}_child ON {TABLE} (child_id, seq) WHERE child_id IS NOT NULL",
    f"CREATE INDEX {TABLE}_person ON {TABLE} (person_id, seq)",
    f"""CREATE TRIGGER {TABLE}_insert BEFORE INSERT ON {TABLE}
        WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM {TABLE})
        BEGIN SELECT RAISE(ABORT, 'an audit entry is only ever added after the last'); END""",
    f"""CREATE TRIGGER {TABLE}_update BEFORE UPDATE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'an audit entry is never changed'); END""",
    f"""CREATE TRIGGER {TABLE}_delete BEFORE DELETE ON {TABLE}
        BEGIN SELECT RAISE(ABORT, 'an audit entry is never removed'); END""",
)
"""Run once, by whoever sets the database up, before the guard stands."""

_ALWAYS_REFUSED = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
_REFUSED_PRAGMAS = {
    "writable_schema",
    "ignore_check_constraints",
    "recursive_triggers",
    "schema_version",
    "legacy_alter_table",
    "trusted_schema",
    "journal_mode",
    "synchronous",
}
_REFUSED_FUNCTIONS = {"load_extension", "writefile", "edit", "fts3_tokenizer"}
_LOOKING = {sqlite3.SQLITE_READ, sqlite3.SQLITE_SELECT, sqlite3.SQLITE_FUNCTION, sqlite3.SQLITE_ANALYZE}


def guard(con: sqlite3.Connection) -> None:
    """From now on no SQL of this connection changes, removes, shadows or rebuilds the audit trail.

    Reading and adding stay.  Everything else in the database is as free as before, save attaching other files
    (and VACUUM, which does) and settings under which SQLite would not keep what it promised.
    What is done to the file from outside is found by `verify`.
    """
    con.set_authorizer(_allowed)


def _allowed(action: int, one: str | None, two: str | None, _database: str | None, inside: str | None) -> int:
    refused = action in _ALWAYS_REFUSED
    if action == sqlite3.SQLITE_PRAGMA:
        name = (one or "").casefold()
        refused = name == "writable_schema" or (name in _REFUSED_PRAGMAS and two is not None)
    elif action == sqlite3.SQLITE_FUNCTION:
        refused = (two or "").casefold() in _REFUSED_FUNCTIONS
    elif action == sqlite3.SQLITE_INSERT:
        refused = _ours(one) and inside is not None
    elif action not in _LOOKING:
        refused = refused or _ours(one) or _ours(two) or one == "sqlite_dbpage"
    return sqlite3.SQLITE_DENY if refused else sqlite3.SQLITE_OK


def _ours(name: str | None) -> bool:
    return name is not None and name.casefold().startswith(TABLE)


class SqliteTrail:
    """The trail in one SQLite database.

    An entry is added inside the caller's transaction where one is open, so that it stands or falls with what
    it tells of; else in one of its own.
    """

    def __init__(self, con: sqlite3.Connection) -> None:
        self._con = con

    def append(self, key: bytes, entries: list[Entry]) -> Head:
        """Adds entries after the last and answers where the trail now stands; sqlite3.Error where it cannot."""
        with self._transaction():
            written = chained(key, self.head(key), entries)
            marks = ", ".join("?" * (len(COLUMNS) + 2))
            self._con.executemany(
                f"INSERT INTO main.{TABLE} ({_STORED}) VALUES ({marks})",
                [(seq, *row, mac) for seq, row, mac in written],
            )
        return Head(written[-1][0], written[-1][2]) if written else self.head(key)

    def head(self, key: bytes) -> Head:
        """Where the trail stands."""
        last = self._con.execute(f"SELECT seq, mac FROM main.{TABLE} ORDER BY seq DESC LIMIT 1").fetchone()
        return Head(*last) if last else first_head(key)

    def rows(self) -> Iterator[Row]:
        """Every entry as it lies there, in the order of its number."""
        yield from self._con.execute(f"SELECT {_STORED} FROM main.{TABLE} NOT INDEXED ORDER BY seq")

    def found(self, where: str, values: list[str], most: int) -> list[tuple[str | int | None, ...]]:
        """Entries that a condition holds for, newest first; the condition is one of this package's own."""
        asked = f"SELECT seq, {', '.join(COLUMNS)} FROM main.{TABLE} WHERE {where} ORDER BY seq DESC LIMIT {most:d}"
        return self._con.execute(asked, values).fetchall()

    def about(self) -> int:
        """The number of the last entry."""
        (last,) = self._con.execute(f"SELECT coalesce(max(seq), 0) FROM main.{TABLE}").fetchone()
        return int(last)

    mark = "?"

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        if self._con.in_transaction:
            yield
            return
        self._con.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._con.execute("ROLLBACK")
            raise
        self._con.execute("COMMIT")


def set_up(con: sqlite3.Connection) -> None:
    """Makes the table of the trail with what guards it."""
    for statement in SET_UP:
        con.execute(statement)
    con.commit()


def open_to_read(path: Path) -> sqlite3.Connection:
    """A database file opened for reading alone; CannotGoOn where it holds no audit trail."""
    if not path.is_file():
        raise CannotGoOn(f"{path} is not there: name the database that holds the audit trail")
    con = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    try:
        con.execute(f"SELECT mac FROM main.{TABLE} LIMIT 0")
    except sqlite3.DatabaseError:
        con.close()
        raise CannotGoOn(
            f"{path} holds no audit trail that can be read: name the database of the service"
        ) from None
    return con
