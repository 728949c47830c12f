"""Entries made up for tests."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

from evenlode.audit_trail import Entry, Outcome, Purpose, SqliteTrail, set_up

KEY = bytes(range(32))
NINE = datetime(2026, 11, 20, 9, tzinfo=UTC)


def entry(number=1, **more):
    parts = {
        "at": NINE + timedelta(minutes=number),
        "person_id": f"p-{number % 3}",
        "verb": "see",
        "thing": "child's record",
        "outcome": Outcome.ALLOWED,
        "why": "within scope",
        "thing_id": f"c-{number}",
        "child_id": f"c-{number}",
        "scope": "team",
        "purpose": Purpose.OVERSIGHT,
        "request_id": f"r-{number}",
    }
    return Entry(**parts | more)


def sqlite_trail(entries, path=":memory:"):
    con = sqlite3.connect(path)
    set_up(con)
    trail = SqliteTrail(con)
    trail.append(KEY, list(entries))
    return con, trail


def rows_of(count):
    _, trail = sqlite_trail(entry(n) for n in range(1, count + 1))
    return list(trail.rows())
