"""PostgreSQL: the rules asked where the data may live already."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import duckdb
import psycopg
import pyarrow as pa
from psycopg import sql as parts

from evenlode.engines.engine import address
from evenlode.errors import CannotGoOn

_PIECE = 1 << 20
_ANALYZE_FROM = 1_000
"""Rows from which on the planner is told what is in a table."""


def opened() -> Postgres:
    """A session of its own on the server whose address the environment holds."""
    return Postgres(address())


class Postgres:
    """One session; its tables are temporary and are gone with it."""

    dialect = "postgres"

    def __init__(self, where: str) -> None:
        try:
            self._connection = psycopg.connect(where, autocommit=True)
        except psycopg.Error as fault:
            said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
            raise CannotGoOn(
                f"PostgreSQL does not let us in ({_without_secrets(said)}); check the address, the user and the server."
            ) from None
        self._connection.execute("SET DateStyle = 'ISO'")
        self._connection.execute("SET jit = off")

    def put(self, name: str, schema: pa.Schema, rows: duckdb.DuckDBPyRelation) -> None:
        """A temporary table; the rows go over as one stream."""
        columns = parts.SQL(", ").join(
            parts.SQL("{} {}").format(parts.Identifier(field.name), parts.SQL(_kind(field.type)))
            for field in schema
        )
        self._connection.execute(
            parts.SQL("CREATE TEMP TABLE {} ({})").format(parts.Identifier(name), columns)
        )
        count = self._stream(name, rows)
        if count >= _ANALYZE_FROM:
            self._connection.execute(parts.SQL("ANALYZE {}").format(parts.Identifier(name)))

    def _stream(self, name: str, rows: duckdb.DuckDBPyRelation) -> int:
        with tempfile.TemporaryDirectory(prefix="evenlode-") as folder:
            path = Path(folder) / "rows.csv"
            rows.to_csv(str(path), header=False, na_rep="\\N", quoting="ALL")
            copy = parts.SQL("COPY {} FROM STDIN (FORMAT csv, NULL '\\N')").format(parts.Identifier(name))
            with self._connection.cursor() as cursor:
                with path.open("rb") as file, cursor.copy(copy) as stream:
                    while piece := file.read(_PIECE):
                        stream.write(piece)
                return cursor.rowcount

    def make(self, name: str, sql: str) -> None:
        """A temporary table from a query."""
        self._run(f'CREATE TEMP TABLE "{name}" AS {sql}')
        self._run(f'ANALYZE "{name}"')

    def append(self, name: str, sql: str) -> None:
        """Rows added to a temporary table."""
        self._run(f'INSERT INTO "{name}" {sql}')

    def rows(self, sql: str, schema: pa.Schema | None = None) -> pa.Table:
        """The rows of a query, as Arrow."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql.encode())
            names = [column.name for column in cursor.description or ()]
            found = cursor.fetchall()
        columns: dict[str, list[Any]] = {n: [row[at] for row in found] for at, n in enumerate(names)}
        if schema is None:
            return pa.table(columns)
        return pa.table({n: pa.array(columns[n], schema.field(n).type) for n in schema.names})

    def _run(self, sql: str) -> None:
        self._connection.execute(sql.encode())

    def close(self) -> None:
        """Ends the session; the server drops its temporary tables."""
        self._connection.close()


def _kind(kind: pa.DataType) -> str:
    """A column type as PostgreSQL names it; text is compared byte by byte, as in every engine here."""
    if pa.types.is_date(kind):
        return "date"
    if pa.types.is_decimal(kind):
        return f"numeric({kind.precision}, {kind.scale})"
    if pa.types.is_integer(kind):
        return "bigint"
    if pa.types.is_boolean(kind):
        return "boolean"
    return 'text COLLATE "C"'


def _without_secrets(said: str) -> str:
    """A server's words without anything that looks like an address with a password in it."""
    return " ".join("(address)" if "://" in word or "password=" in word else word for word in said.split())
