"""Tables written to and read from Parquet files.

Snappy, two files at a time, row groups of about 120,000 rows, dictionaries for everything but a
row's own id: of what was measured, this took least time to write and read together.  Rows keep
the order in which they came: sorting a council by child and date took twice as long as writing it,
and made reading a sixth faster at best.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from evenlode.errors import RecordFault
from evenlode.record.columns import IBIS_TYPES, Kind, Table
from evenlode.record.durable import sha256_of, sync
from evenlode.record.migration import as_today, quoted
from evenlode.record.paths import Paths
from evenlode.record.stored import Stored, StoredFile
from evenlode.record.tables import SCHEMA_VERSION, TABLES

ROW_GROUP = 122_880
_WRITTEN = 8 * ROW_GROUP
"""Rows written before the memory of those written is given back."""
WRITERS = 2
SQL_TYPES = {"string": "VARCHAR", "date": "DATE", "int64": "BIGINT", "decimal(18, 6)": "DECIMAL(18, 6)"}


Rows: TypeAlias = pa.Table | pa.RecordBatchReader
"""The rows of a table, or what gives them once, some at a time."""


def sql_type(kind: Kind) -> str:
    """The engine's type of a column."""
    return SQL_TYPES[IBIS_TYPES[kind]]


def sql_text(value: str) -> str:
    """A text as SQL takes it."""
    return "'" + value.replace("'", "''") + "'"


def in_declared_form(table: Table, rows: pa.Table) -> pa.Table:
    """The rows with exactly the declared columns and types; anything else is the reader's fault."""
    if rows.schema.equals(table.arrow_schema):
        return rows
    try:
        return rows.select(table.arrow_schema.names).cast(table.arrow_schema)
    except (KeyError, pa.ArrowInvalid, pa.ArrowNotImplementedError) as fault:
        raise RecordFault(
            f"Table {table.name} was handed over in another form than the record declares "
            f"({fault}): this is a fault of the reader, not of the extract."
        ) from None


def owned_by(rows: pa.Table, la_code: str, source: str) -> pa.Table:
    """The rows with the delivery's council and source in their first two columns."""
    zeros = np.zeros(rows.num_rows, dtype=np.int8)
    for place, (name, value) in enumerate((("la_code", la_code), ("source", source))):
        same = pa.DictionaryArray.from_arrays(pa.array(zeros), pa.array([value], pa.string()))
        rows = rows.set_column(place, name, same)
    return rows


def write_table(
    path: Path,
    rows: Rows,
    *,
    name: str,
    key: str | None,
    durable: bool,
    owner: tuple[str, str] | None = None,
    let_go: Callable[[], None] = lambda: None,
) -> StoredFile:
    """Writes one table and answers what was written, checksum included.

    owner: the council and source that all rows are given.
    let_go: called now and then, to give back the memory of rows that are written.
    """
    dictionaries = [c for c in rows.schema.names if c != key and not c.endswith("_order")]
    schema = owned_by(rows.schema.empty_table(), *owner).schema if owner else rows.schema
    written = 0
    with pq.ParquetWriter(
        path, schema, compression="snappy", use_dictionary=dictionaries, store_schema=False
    ) as writer:
        for some in _some_at_a_time(rows):
            writer.write_table(owned_by(some, *owner) if owner else some, row_group_size=ROW_GROUP)
            written += some.num_rows
            let_go()
        version = str(SCHEMA_VERSION)
        writer.add_key_value_metadata({"evenlode.table": name, "evenlode.schema_version": version})
    path.chmod(0o600)
    sync(path, durable=durable)
    return StoredFile(path.name, written, path.stat().st_size, sha256_of(path))


def _some_at_a_time(rows: Rows) -> Iterator[pa.Table]:
    """The rows in order, in pieces of whole row groups but for the last."""
    if isinstance(rows, pa.Table):
        for start in range(0, max(rows.num_rows, 1), _WRITTEN):
            yield rows.slice(start, _WRITTEN)
        return
    waiting = rows.schema.empty_table()
    for batch in rows:
        waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
        if waiting.num_rows >= _WRITTEN:
            yield waiting.slice(0, _WRITTEN)
            waiting = waiting.slice(_WRITTEN)
    yield waiting


def write_tables(
    folder: Path,
    tables: Mapping[str, Rows],
    owner: tuple[str, str],
    *,
    durable: bool,
    let_go: Callable[[], None] = lambda: None,
) -> dict[str, StoredFile]:
    """Writes the tables of a delivery of one council and source, the largest first."""

    def write(name: str) -> StoredFile:
        path, key = folder / f"{name}.parquet", TABLES[name].key
        rows = tables[name]
        return write_table(path, rows, name=name, key=key, durable=durable, owner=owner, let_go=let_go)

    by_size = sorted(tables, key=lambda name: -getattr(tables[name], "num_rows", 0))
    with ThreadPoolExecutor(WRITERS) as writers:
        written = dict(zip(by_size, writers.map(write, by_size), strict=True))
    return {name: written[name] for name in TABLES if name in written}


def rows_sql(paths: Paths, stored: Stored, table: str, *, own: bool = False) -> str | None:
    """A query for the rows of one table of a delivery, as today's columns; None where it has none."""
    path = stored.file_of(paths, table, own=own)
    return None if path is None else files_sql(table, [path], stored.schema_version)


def files_sql(table: str, files: Iterable[Path], version: int) -> str:
    """A query over files that one schema version wrote, as today's columns."""
    names = ", ".join(sql_text(str(file.absolute())) for file in files)
    source = f"read_parquet([{names}], hive_partitioning = false)"
    if version == SCHEMA_VERSION:
        return f"SELECT {columns_sql(TABLES[table])} FROM {source}"
    source = as_today(table, source, version)
    return f"SELECT {columns_sql(TABLES[table], cast=True)} FROM {source}"


def columns_sql(table: Table, *, cast: bool = False) -> str:
    """The declared columns of a table, council and source first, as a list for SELECT."""
    kinds = {"la_code": Kind.TEXT, "source": Kind.TEXT, **{c.name: c.kind for c in table.columns}}
    if not cast:
        return ", ".join(quoted(name) for name in kinds)
    return ", ".join(f"CAST({quoted(n)} AS {sql_type(k)}) AS {quoted(n)}" for n, k in kinds.items())


def empty_sql(table: Table) -> str:
    """A query for a table of which no delivery has a row, with the declared types."""
    kinds = {"la_code": Kind.TEXT, "source": Kind.TEXT, **{c.name: c.kind for c in table.columns}}
    nulls = (f"CAST(NULL AS {sql_type(kind)}) AS {quoted(name)}" for name, kind in kinds.items())
    return f"SELECT {', '.join(nulls)} WHERE false"
