"""Events dated after the as-at date: they do not exist yet, and are said as data quality."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import duckdb

from evenlode.record.delivery import Action, Problem
from evenlode.record.newest import HAPPENED
from evenlode.record.tables import TABLES

ENDS = ("end_date", "close_date", "authorised_date", "completed_date")
"""An end that lies ahead is often planned; the row is open until then, which is no fault."""


def events_after(con: duckdb.DuckDBPyConnection, as_at: date, files: Mapping[str, str]) -> list[Problem]:
    """One line for each event that is dated after the day (contract 2, "events dated after D").

    con: a view a record table.  files: the files that each table came from, for the report.
    """
    found = []
    for (table, column), what in HAPPENED.items():
        if column in ENDS or table not in files:
            continue
        key = TABLES[table].key or ("child_id" if _has_child(table) else None)
        shown = f"coalesce(\"{key}\", '')" if key else "''"
        sql = f'SELECT {shown}, "{column}" FROM "{table}" WHERE "{column}" > $1 ORDER BY 2, 1'
        for record_id, day in con.execute(sql, [as_at]).fetchall():
            said = f"{day.isoformat()} is after {as_at.isoformat()}: {what} that has not happened yet, not counted"
            found.append(Problem(files[table], table, None, record_id, column, said, Action.KEPT))
    return found


def _has_child(table: str) -> bool:
    return any(c.name == "child_id" for c in TABLES[table].columns)
