"""What a delivery adds to, changes in and takes from the one before: counted row by row.

Rows are matched by their id.  Rows of a table without ids, and rows whose id is blank, are the
same row only where they are the same in every column.
"""

from __future__ import annotations

from dataclasses import dataclass

import duckdb
import pyarrow as pa

from evenlode.record.columns import Kind, Table
from evenlode.record.migration import quoted

_BATCH = 122_880
"""Rows that come out of the engine at a time."""


@dataclass(frozen=True)
class Difference:
    """How many rows were added, changed, left as they were and removed."""

    added: int
    changed: int
    unchanged: int
    removed: int


def difference(con: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table, before: str) -> Difference:
    """Compares delivered rows with a query for the rows that stood before."""
    con.register("delivered", rows)
    try:
        if table.key is None or rows.column(table.key).null_count:
            return _by_whole_rows(con, table, before, rows.num_rows)
        return _by_id(con, table, table.key, before, rows.num_rows)
    finally:
        con.unregister("delivered")


def _by_id(con: duckdb.DuckDBPyConnection, table: Table, key: str, before: str, kept: int) -> Difference:
    """One pass over both, matched by id; an id that stands twice asks for the slower way."""
    name = quoted(key)
    others = [column for column in _columns(table) if column != name]
    differs = " OR ".join(f"n.{c} IS DISTINCT FROM o.{c}" for c in others) or "false"
    added, changed, unchanged, removed = con.execute(
        f"""
        SELECT count(*) FILTER (o.here IS NULL),
               count(*) FILTER (n.here AND o.here AND ({differs})),
               count(*) FILTER (n.here AND o.here AND NOT ({differs})),
               count(*) FILTER (n.here IS NULL)
        FROM (SELECT *, true AS here FROM delivered) n
        FULL JOIN (SELECT *, true AS here FROM ({before})) o ON n.{name} = o.{name}
        """
    ).fetchall()[0]
    if added + changed + unchanged != kept:
        return _by_whole_rows(con, table, before, kept)
    return Difference(added, changed, unchanged, removed)


def _by_whole_rows(con: duckdb.DuckDBPyConnection, table: Table, before: str, kept: int) -> Difference:
    """Rows that are wholly alike first; then what shares an id with a row that is not alike."""
    alike = " AND ".join(f"n.{c} IS NOT DISTINCT FROM o.{c}" for c in _columns(table))
    same_id = "false" if table.key is None else f"n.{quoted(table.key)} = o.{quoted(table.key)}"
    unchanged, known, removed = con.execute(
        f"""
        WITH old AS ({before}),
             fresh AS (SELECT * FROM delivered n ANTI JOIN old o ON {alike}),
             left_over AS (SELECT * FROM old n ANTI JOIN delivered o ON {alike})
        SELECT {kept} - (SELECT count(*) FROM fresh),
               (SELECT count(*) FROM fresh n SEMI JOIN old o ON {same_id}),
               (SELECT count(*) FROM left_over n ANTI JOIN delivered o ON {same_id})
        """
    ).fetchall()[0]
    return Difference(kept - unchanged - known, known, unchanged, removed)


def merged(
    con: duckdb.DuckDBPyConnection, table: Table, before: str, brought: list[str]
) -> pa.RecordBatchReader:
    """The rows before with partial deliveries laid over them, in their order: the later row stays."""
    alike = " AND ".join(f"n.{c} IS NOT DISTINCT FROM o.{c}" for c in _columns(table))
    query = before
    for rows in brought:
        stays = f"SELECT * FROM ({query}) n ANTI JOIN ({rows}) o ON {alike}"
        if table.key is not None:
            same_id = f"n.{quoted(table.key)} = o.{quoted(table.key)}"
            stays = f"SELECT * FROM ({stays}) n ANTI JOIN ({rows}) o ON {same_id}"
        query = f"({stays}) UNION ALL ({rows})"
    return con.sql(f"SELECT * FROM ({query})").to_arrow_reader(_BATCH)


def _columns(table: Table) -> list[str]:
    """What makes a row the same: everything it says, not where in the file it stood."""
    return [quoted(c.name) for c in table.columns if c.kind is not Kind.PLACE]
