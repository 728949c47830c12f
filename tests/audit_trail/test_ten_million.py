"""With ten million entries the two questions are still answered at once (safety-bars.md C5)."""

from __future__ import annotations

import sqlite3
import time

import pytest

from evenlode.audit_trail import SqliteTrail, what_opened, who_opened
from evenlode.audit_trail.sqlite_trail import SET_UP

ENTRIES = 10_000_000
TABLE, *REST = SET_UP
FILLED = f"""
    WITH RECURSIVE n(seq) AS (SELECT 1 UNION ALL SELECT seq + 1 FROM n WHERE seq < {ENTRIES})
    INSERT INTO audit_entry
    SELECT seq, '2026-01-01T00:00:00.000000Z', 'p-' || (seq * 7919 % 600), 'see', 'child''s record',
           iif(seq % 50, 'allowed', 'denied'), 'within scope', NULL, 'c-' || (seq * 104729 % 80000), 'team', NULL,
           NULL, zeroblob(32)
    FROM n
"""


@pytest.mark.long
def test_both_questions_are_answered_within_two_seconds_at_ten_million_entries(tmp_path):
    con = sqlite3.connect(tmp_path / "trail.db")
    con.execute("PRAGMA journal_mode = OFF")
    con.execute("PRAGMA synchronous = OFF")
    con.execute(TABLE)
    con.execute(FILLED)  # codes are not asked for here, so none are made
    for statement in REST:
        con.execute(statement)
    con.commit()
    trail = SqliteTrail(con)
    took = {}
    for name, ask, count in (
        ("child", lambda: who_opened(trail, "c-4242"), ENTRIES // 80_000),
        ("person", lambda: what_opened(trail, "p-42"), -(-ENTRIES // 600)),
    ):
        start = time.perf_counter()
        found = ask()
        took[name] = time.perf_counter() - start
        assert abs(len(found.rows) - count) <= 1
        assert {r["outcome"] for r in found.rows} <= {"allowed", "denied"}
    print(took)
    con.close()
    assert max(took.values()) <= 2
