"""The audit trail in PostgreSQL: owned by one role, added to and read by another that can do nothing else to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, LiteralString

import psycopg
from psycopg import sql

from evenlode.audit_trail.entry import COLUMNS, Entry, Head, chained, first_head
from evenlode.audit_trail.verify import Row

SCHEMA = "evenlode_audit"
TABLE = sql.SQL("evenlode_audit.audit_entry")
_STORED = sql.SQL(", ").join(map(sql.Identifier, ("seq", *COLUMNS, "mac")))
_LOCK = 5_830_441
"""The number under which those who add entries wait for each other; any number that nothing else here uses."""
_AT_ONCE = 10_000
_TEXT_COLUMNS: LiteralString = """
    at text NOT NULL, person_id text NOT NULL, verb text NOT NULL, thing text NOT NULL, outcome text NOT NULL,
    why text NOT NULL, thing_id text, child_id text, scope text, purpose text, request_id text"""

_SET_UP: tuple[LiteralString, ...] = (
    "CREATE SCHEMA evenlode_audit",
    "REVOKE ALL ON SCHEMA evenlode_audit FROM PUBLIC",
    "CREATE TABLE evenlode_audit.audit_entry (seq bigint PRIMARY KEY CHECK (seq > 0), "
    + _TEXT_COLUMNS
    + ", mac bytea NOT NULL)",
    "CREATE INDEX audit_entry_child ON evenlode_audit.audit_entry (child_id, seq) WHERE child_id IS NOT NULL",
    "CREATE INDEX audit_entry_person ON evenlode_audit.audit_entry (person_id, seq)",
    """CREATE FUNCTION evenlode_audit.refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
       BEGIN RAISE EXCEPTION 'an audit entry is never changed or removed'; END $$""",
    """CREATE FUNCTION evenlode_audit.only_after_the_last() RETURNS trigger LANGUAGE plpgsql SET search_path = '' AS $$
       BEGIN
         IF NEW.seq <> (SELECT coalesce(max(seq), 0) + 1 FROM evenlode_audit.audit_entry) THEN
           RAISE EXCEPTION 'an audit entry is only ever added after the last';
         END IF;
         RETURN NEW;
       END $$""",
    """CREATE TRIGGER audit_entry_refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON evenlode_audit.audit_entry
       FOR EACH STATEMENT EXECUTE FUNCTION evenlode_audit.refuse()""",
    """CREATE TRIGGER audit_entry_insert BEFORE INSERT ON evenlode_audit.audit_entry
       FOR EACH ROW EXECUTE FUNCTION evenlode_audit.only_after_the_last()""",
    "REVOKE ALL ON evenlode_audit.audit_entry FROM PUBLIC",
)
_GRANTS: tuple[LiteralString, ...] = (
    "GRANT USAGE ON SCHEMA evenlode_audit TO {role}",
    "GRANT SELECT, INSERT ON evenlode_audit.audit_entry TO {role}",
)


def set_up_statements(application_role: str) -> list[sql.Composable]:
    """What the owner of the trail runs once: the table, what guards it, and the application's two rights.

    application_role: the role under which the service runs.  It must own nothing here and must not be a member
    of the owner's role; a test asks the server.
    """
    return [sql.SQL(s) for s in _SET_UP] + grant_statements(application_role)


def grant_statements(application_role: str) -> list[sql.Composable]:
    """The application's two rights alone, for a trail that is there already; run again they change nothing."""
    role = sql.Identifier(application_role)
    return [sql.SQL(s).format(role=role) for s in _GRANTS]


class PostgresTrail:
    """The trail in one PostgreSQL database; entries are added inside the caller's transaction, or one of their own."""

    mark = "%s"

    def __init__(self, con: psycopg.Connection[Any]) -> None:
        self._con = con

    def append(self, key: bytes, entries: list[Entry]) -> Head:
        """Adds entries after the last and answers where the trail now stands; psycopg.Error where it cannot.

        Whoever adds at the same time waits until this transaction has ended.
        """
        with self._con.transaction(), self._con.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
            written = chained(key, self.head(key), entries)
            marks = sql.SQL(", ").join([sql.Placeholder()] * (len(COLUMNS) + 2))
            cursor.executemany(
                sql.SQL("INSERT INTO {} ({}) VALUES ({})").format(TABLE, _STORED, marks),
                [(seq, *row, mac) for seq, row, mac in written],
            )
        return Head(written[-1][0], written[-1][2]) if written else self.head(key)

    def head(self, key: bytes) -> Head:
        """Where the trail stands."""
        asked = sql.SQL("SELECT seq, mac FROM {} ORDER BY seq DESC LIMIT 1").format(TABLE)
        last = self._con.execute(asked).fetchone()
        return Head(*last) if last else first_head(key)

    def rows(self) -> Iterator[Row]:
        """Every entry as it lies there, in the order of its number, a block at a time."""
        with self._con.transaction(), self._con.cursor(name="audit") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(sql.SQL("SELECT {} FROM {} ORDER BY seq").format(_STORED, TABLE))
            yield from cursor

    def found(self, where: str, values: list[str], most: int) -> list[tuple[str | int | None, ...]]:
        """Entries that a condition holds for, newest first; the condition is one of this package's own."""
        columns = sql.SQL(", ").join(map(sql.Identifier, ("seq", *COLUMNS)))
        asked = sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY seq DESC LIMIT {}").format(
            columns,
            TABLE,
            sql.SQL(where),
            sql.Literal(most),
        )
        return self._con.execute(asked, values).fetchall()

    def about(self) -> int:
        """The number of the last entry."""
        asked = sql.SQL("SELECT coalesce(max(seq), 0) FROM {}").format(TABLE)
        (last,) = self._con.execute(asked).fetchone() or (0,)
        return int(last)
