"""What an engine has to be able to do, and which there are."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Protocol

import duckdb
import pyarrow as pa

from evenlode.errors import CannotGoOn

ADDRESS = "EVENLODE_ENGINE_URL"
"""The environment variable that holds a database's address; never an option, so never in a list of processes."""


class Engine(Protocol):
    """A place where tables are put and queries of its dialect become further tables.

    All of it is gone once the engine is closed.
    """

    dialect: str

    def put(self, name: str, schema: pa.Schema, rows: duckdb.DuckDBPyRelation) -> None:
        """A table from outside, text compared byte by byte as everywhere in Evenlode."""

    def make(self, name: str, sql: str) -> None:
        """A table from a query over those that are there."""

    def append(self, name: str, sql: str) -> None:
        """Rows of a query, added to a table."""

    def rows(self, sql: str, schema: pa.Schema | None = None) -> pa.Table:
        """The rows of a query."""

    def close(self) -> None:
        """Takes everything away again."""


ENGINES: dict[str, str] = {
    "postgres": "evenlode.engines.postgres",
    "spark": "evenlode.engines.spark",
}
"""The engines besides the embedded one, each with the module that holds it."""


def open_engine(name: str) -> Engine:
    """An engine by its name; the address of a server comes from the environment or a file.

    Raises CannotGoOn where it is not known, not installed or does not answer.
    """
    if name not in ENGINES:
        raise CannotGoOn(f'"{name}" is no engine; use duckdb, {" or ".join(ENGINES)}.')
    opened: Callable[[], Engine] = import_module(ENGINES[name]).opened
    return opened()


def address() -> str:
    """The address of the database server, from the environment or from the file that it names.

    Raises CannotGoOn where neither says one.
    """
    told = os.environ.get(ADDRESS, "")
    if told.startswith("file:"):
        path = Path(told.removeprefix("file:"))
        try:
            told = path.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError):
            raise CannotGoOn(f"{path}: the file with the database's address cannot be read.") from None
    if not told:
        raise CannotGoOn(
            f"The database's address is not known; put it into the environment as {ADDRESS}, or there "
            "file: and the path of a file that holds it."
        )
    return told
