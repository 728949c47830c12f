"""Spark: one machine here, a cluster such as Databricks by the same code."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from evenlode.errors import CannotGoOn

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession


def opened() -> Spark:
    """A session: the one that runs already (on Databricks), else one on this machine."""
    try:
        from pyspark.sql import SparkSession  # noqa: PLC0415 - half a gigabyte that only this engine needs
    except ImportError:
        raise CannotGoOn(
            "Spark is not installed here; install it with: pip install 'evenlode[spark]'."
        ) from None
    running = SparkSession.getActiveSession()
    if running is not None:
        return Spark(running, own=False)
    builder = (
        SparkSession.builder.master("local[2]")
        .appName("evenlode")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.ansi.enabled", "true")
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.driver.memory", "2g")
        .config("spark.log.level", "ERROR")
    )
    try:
        return Spark(builder.getOrCreate(), own=True)
    except Exception as fault:
        raise CannotGoOn(
            f"Spark does not start here ({type(fault).__name__}); it needs Java 17 or later on this machine."
        ) from fault


class Spark:
    """A session and a folder in which each table is kept as Parquet once it is worked out."""

    dialect = "pyspark"

    def __init__(self, session: SparkSession, *, own: bool) -> None:
        self._session = session
        self._own = own
        self._folder = Path(tempfile.mkdtemp(prefix="evenlode-spark-"))
        self._schemas: dict[str, object] = {}

    def put(self, name: str, schema: pa.Schema, rows: duckdb.DuckDBPyRelation) -> None:
        """A table written as Parquet and read from there."""
        path = self._folder / name
        path.mkdir()
        pq.write_table(rows.to_arrow_table().cast(schema), path / "rows.parquet")
        self._show(name)

    def make(self, name: str, sql: str) -> None:
        """A table from a query, worked out once."""
        self._write(name, self._session.sql(sql), "overwrite")

    def append(self, name: str, sql: str) -> None:
        """Rows added to a table."""
        self._write(name, self._session.sql(sql), "append")

    def rows(self, sql: str, schema: pa.Schema | None = None) -> pa.Table:
        """The rows of a query."""
        table: pa.Table = self._session.sql(sql.replace('"', "`")).toArrow()
        return table if schema is None else table.select(schema.names).cast(schema)

    def _write(self, name: str, frame: DataFrame, mode: str) -> None:
        frame.coalesce(1).write.mode(mode).parquet(str(self._folder / name))
        self._show(name)

    def _show(self, name: str) -> None:
        self._session.read.parquet(str(self._folder / name)).createOrReplaceTempView(name)

    def close(self) -> None:
        """Takes the tables away, and ends the session where it was started here."""
        for path in self._folder.iterdir():
            self._session.catalog.dropTempView(path.name)
        shutil.rmtree(self._folder, ignore_errors=True)
        if self._own:
            self._session.stop()
