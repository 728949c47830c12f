"""The tables of the record that a child's timeline is read from, kept beside the figures in one file of their own.

Sorted by child, so that one child's rows are found at once.  It is read through `evenlode.web.one_child` alone.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

from evenlode.oversight.timeline import READS, STEPS
from evenlode.rules.evaluate import Day


def path_of(home: Path, manifest: int, as_at: str) -> Path:
    """Where the file of one load's figures lies."""
    return home / "figures" / f"{manifest:06d}-{as_at}.duckdb"


def write_timelines(day: Day, home: Path, manifest: int) -> Path:
    """Writes the file, whole or not at all, and drops those of other loads."""
    day.have(STEPS)
    path = path_of(home, manifest, day.as_at.isoformat())
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with duckdb.connect(str(part)) as con:
        for table in READS:
            rows = day.cursor.sql(f'SELECT * FROM "{table}" ORDER BY la_code, child_id').to_arrow_table()
            con.register("rows_of_it", rows)
            con.execute(f'CREATE TABLE "{table}" AS SELECT * FROM rows_of_it')
            con.unregister("rows_of_it")
    part.chmod(0o600)
    part.replace(path)
    return path


def drop_others(home: Path, keep: set[Path]) -> None:
    """Removes the files of loads whose figures are gone."""
    for old in (home / "figures").glob("*.duckdb"):
        if old not in keep:
            old.unlink(missing_ok=True)
