"""Partial deliveries laid over what stood before, so that the result stands whole by itself."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq

from evenlode.record.compare import merged
from evenlode.record.engine import Engine
from evenlode.record.newest import HAPPENED, happened_by, newest_by_table
from evenlode.record.parquet_files import files_sql, rows_sql, write_tables
from evenlode.record.paths import Paths
from evenlode.record.stored import Stored, StoredFile
from evenlode.record.tables import SCHEMA_VERSION, TABLES


@dataclass(frozen=True)
class Part:
    """One table of one delivery: a query for its rows, and the file where it can be taken over whole."""

    sql: str
    path: Path | None = None
    file: StoredFile | None = None


def parts_of(paths: Paths, stored: Stored, *, own: bool = False) -> dict[str, Part]:
    """The tables of a delivery; with `own`, only the rows that it brought itself."""
    parts: dict[str, Part] = {}
    for table in TABLES:
        sql = rows_sql(paths, stored, table, own=own)
        if sql is None:
            continue
        whole = stored.tables.get(table) if stored.schema_version == SCHEMA_VERSION else None
        taken = None if own and len(stored.lineage) > 1 else whole
        parts[table] = Part(sql, paths.delivery(stored.id) / taken.name if taken else None, taken)
    return parts


def fresh_parts(folder: Path, written: Mapping[str, StoredFile]) -> dict[str, Part]:
    """The tables of a delivery that is being written."""
    return {
        table: Part(files_sql(table, [folder / file.name], SCHEMA_VERSION)) for table, file in written.items()
    }


def merge(
    machine: Engine,
    folder: Path,
    parts: Sequence[Mapping[str, Part]],
    owner: tuple[str, str],
    newest: Mapping[str, date],
    not_after: date,
) -> tuple[dict[str, StoredFile], dict[str, date]]:
    """Writes the first part with the others laid over it, and the newest events of the result.

    newest: those of the first part, kept for tables that no other part touches.
    """
    durable = machine.paths.durable
    files: dict[str, StoredFile] = {}
    days: dict[str, date] = {}
    for table in TABLES:
        having = [part[table] for part in parts if table in part]
        if not having:
            continue
        first, *others = having
        if not others and first.path is not None and first.file is not None and table in parts[0]:
            _take_over(first.path, folder / first.path.name)
            files[table] = first.file
            days.update({table: newest[table]} if table in newest else {})
            continue
        rows = merged(machine.con, TABLES[table], first.sql, [p.sql for p in others])
        files |= write_tables(folder, {table: rows}, owner, durable=durable)
        dates = [column for of, column in HAPPENED if of == table]
        written = pq.read_table(folder / files[table].name, columns=dates)
        days |= newest_by_table(happened_by({table: written}, not_after))
    return files, days


def _take_over(path: Path, into: Path) -> None:
    """Gives an unchanged file a second name, or copies it where the disk has no second names."""
    try:
        os.link(path, into)
    except OSError:
        shutil.copyfile(path, into)
