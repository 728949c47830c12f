"""Reading the record: one view for each declared table, over all councils and sources."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import TracebackType
from typing import Self

import duckdb

from evenlode.record.columns import Table
from evenlode.record.delivery import OF_TIME
from evenlode.record.engine import start
from evenlode.record.key_dates import KEY_DATES, need_of
from evenlode.record.manifest import Manifest
from evenlode.record.migration import quoted
from evenlode.record.newest import HAPPENED, newest_of
from evenlode.record.parquet_files import empty_sql, files_sql
from evenlode.record.paths import Paths
from evenlode.record.same_child import (
    SHARED,
    Carried,
    Matched,
    match_children,
    mixed,
    ranked,
    speakers,
    those_not_known,
    with_the_child,
)
from evenlode.record.store import Record
from evenlode.record.stored import Stored, check_files
from evenlode.record.tables import TABLES


@dataclass(frozen=True)
class RecordConnection:
    """The engine with the record's tables in it.

    delivered: council and table wherever some delivery carried the table, even without a row: a
    table that nobody delivered is missing, which is not the same as empty.
    untold: council and "table.column" or "table:history" for what whoever speaks for the table does
    not tell, and "key_date=core group" for a kind of date of which the council's list has no row.
    matched: how children of several formats were found to be the same.
    """

    con: duckdb.DuckDBPyConnection
    manifest: Manifest
    delivered: frozenset[tuple[str, str]]
    paths: Paths
    untold: frozenset[tuple[str, str]] = frozenset()
    matched: tuple[Matched, ...] = ()

    def newest_event(self, not_after: date) -> tuple[date, str] | None:
        """The newest date of something that happened by a day in the record, and in words what it is."""
        found: dict[tuple[str, str], date] = {}
        for table, column in HAPPENED:
            query = f"SELECT max({quoted(column)}) FROM {quoted(table)} WHERE {quoted(column)} <= ?"
            [(day,)] = self.con.execute(query, [not_after]).fetchall()
            found.update({(table, column): day} if day is not None else {})
        return newest_of(found, not_after)

    def close(self) -> None:
        """Ends the engine and removes what it put on disk."""
        self.con.close()
        shutil.rmtree(self.paths.overflow, ignore_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def connect(
    record: Record,
    manifest: Manifest | None = None,
    *,
    memory_limit: str | None = None,
    threads: int | None = None,
    councils: Collection[str] | None = None,
) -> RecordConnection:
    """Opens the record as it stands, or as a manifest says it stood, for reading.

    councils: the codes of those to read; else all.
    Every file is proved unaltered first; a damaged one is a fault that names it and the mend.
    """
    manifest = manifest or record.manifest()
    stored = [s for s in record.stored(manifest) if councils is None or s.la_code in councils]
    check_files(record.paths, stored)
    con = start(record.paths, memory_limit=memory_limit, threads=threads)
    try:
        carried = {table: _carried(record.paths, stored, table) for table in TABLES}
        several = mixed(one for found in carried.values() for one in found)
        matched = match_children(con, carried["child"]) if several else []
        views = (
            f"CREATE VIEW {quoted(t)} AS {_table_sql(record.paths, stored, t, carried[t], several)}"
            for t in TABLES
        )
        con.execute(f"BEGIN; {'; '.join(views)}; COMMIT")
        untold = {*_untold(stored, carried), *_kinds_never_kept(con, carried["key_date"])}
    except BaseException:
        con.close()
        raise
    delivered = frozenset((s.la_code, table) for s in stored for table in s.table_names())
    return RecordConnection(con, manifest, delivered, record.paths, frozenset(untold), tuple(matched))


def _carried(paths: Paths, stored: Iterable[Stored], table: str) -> list[Carried]:
    """A table of every delivery that carries it."""
    found = []
    for one in stored:
        path = one.file_of(paths, table)
        if path is not None:
            found.append(Carried(one.la_code, one.source, files_sql(table, [path], one.schema_version)))
    return found


def _table_sql(
    paths: Paths, stored: Iterable[Stored], table: str, carried: list[Carried], several: set[str]
) -> str:
    """A table's rows from every delivery that speaks for it, those of one schema version together."""
    if any(one.la_code in several for one in carried):
        return _mixed_sql(TABLES[table], carried, several)
    files = [(s.schema_version, path) for s in stored if (path := s.file_of(paths, table)) is not None]
    files.sort(key=lambda pair: pair[0])
    queries = [
        files_sql(table, [path for _, path in group], version)
        for version, group in groupby(files, key=lambda pair: pair[0])
    ]
    return " UNION ALL ".join(queries) or empty_sql(TABLES[table])


def _mixed_sql(table: Table, carried: list[Carried], several: set[str]) -> str:
    """The same where a council hands over several formats: who speaks, under the ids of the first."""
    columns = [c.name for c in table.columns]
    speaking = sorted(speakers(carried, table.name), key=lambda one: (one.la_code, ranked(one.source) or 0))
    queries: list[str] = []
    before: dict[str, list[str]] = {}
    for one in speaking:
        sql = with_the_child(one.sql, columns) if one.la_code in several else one.sql
        earlier = before.setdefault(one.la_code, [])
        if table.name in SHARED and table.key:
            queries.append(those_not_known(sql, table.key, earlier))
            earlier.append(sql)
        else:
            queries.append(sql)
    return " UNION ALL ".join(queries)


def _untold(stored: Iterable[Stored], carried: dict[str, list[Carried]]) -> Iterator[tuple[str, str]]:
    """What whoever speaks for a table of a council does not tell of it."""
    by_source = {(s.la_code, s.source): s for s in stored}
    for table, found in carried.items():
        speaking: dict[str, list[frozenset[str]]] = {}
        for one in speakers(found, table):
            speaking.setdefault(one.la_code, []).append(by_source[one.la_code, one.source].untold(table))
        for la_code, untold in speaking.items():
            for what in frozenset.intersection(*untold):
                yield la_code, f"{table}:{what}" if what in OF_TIME else f"{table}.{what}"


def _kinds_never_kept(
    con: duckdb.DuckDBPyConnection, carried: Iterable[Carried]
) -> Iterator[tuple[str, str]]:
    """The kinds of date of which a council that hands over key dates has no row at all.

    Such a council keeps that date somewhere else, or nowhere: its rules cannot be answered, and it
    is no sign that nothing was done.
    """
    councils = {one.la_code for one in carried}
    if not councils:
        return
    kept = set(con.execute("SELECT DISTINCT la_code, lower(trim(date_kind)) FROM key_date").fetchall())
    for la_code in councils:
        for declared in KEY_DATES:
            if (la_code, declared.kind) not in kept:
                yield la_code, need_of(declared.kind)
