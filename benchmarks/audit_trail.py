"""Times the reading of a long audit trail from its beginning, and the two questions that it is kept for.

    .venv/bin/python benchmarks/audit_trail.py [--entries 1000000] [--folder DIR]

The trail is made in SQLite first, which is not in the time.  The bar (safety-bars C2) is a million entries in
30 seconds on two cores; C5 asks for an answer within two seconds at ten million.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from evenlode.audit_trail import (
    Entry,
    Outcome,
    SqliteTrail,
    open_to_read,
    set_up,
    verify,
    what_opened,
    who_opened,
)

KEY = bytes(range(32))
BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
AT_ONCE = 20_000


def made(first: int, count: int, chance: random.Random) -> list[Entry]:
    found = []
    for n in range(first, first + count):
        child = f"{chance.randrange(80_000):07d}"
        found.append(
            Entry(
                at=BEGAN + timedelta(seconds=n),
                person_id=f"person-{chance.randrange(600):04d}",
                verb="see",
                thing="child's record",
                outcome=Outcome.ALLOWED,
                why="within scope",
                thing_id=child,
                child_id=child,
                scope="team",
                request_id=f"{chance.getrandbits(64):016x}",
            )
        )
    return found


def timed(name: str, run: object) -> None:
    start, busy = time.perf_counter(), time.process_time()
    answer = run()  # type: ignore[operator]
    took, busy = time.perf_counter() - start, time.process_time() - busy
    print(f"{name:<42}{took:>9.3f} s, of which {busy:.3f} s at work   {answer}")


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    words.add_argument("--entries", type=int, default=1_000_000)
    words.add_argument("--folder", default=None)
    chosen = words.parse_args()
    chance = random.Random(7)
    with tempfile.TemporaryDirectory(dir=chosen.folder) as folder:
        path = Path(folder) / "trail.db"
        con = sqlite3.connect(path)
        con.execute("PRAGMA journal_mode = WAL")
        set_up(con)
        start = time.perf_counter()
        for first in range(0, chosen.entries, AT_ONCE):
            SqliteTrail(con).append(KEY, made(first, min(AT_ONCE, chosen.entries - first), chance))
        print(f"{chosen.entries:,} entries made in {time.perf_counter() - start:.0f} s")
        con.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        con.close()
        print(f"{path.stat().st_size / 2**20:,.0f} MiB\n")
        trail = SqliteTrail(open_to_read(path))
        timed("read and checked from the beginning", lambda: f"{verify(trail.rows(), KEY).entries:,} good")
        timed("who opened this child's record", lambda: f"{len(who_opened(trail, '0000042').rows):,} rows")
        timed("what this person opened", lambda: f"{len(what_opened(trail, 'person-0042').rows):,} rows")


if __name__ == "__main__":
    main()
