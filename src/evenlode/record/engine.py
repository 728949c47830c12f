"""The engine that reads the record: DuckDB in memory, shut off from everything but the home."""

from __future__ import annotations

import shutil
from contextlib import suppress
from functools import cached_property

import duckdb

from evenlode.record.paths import Paths

MEMORY = "1GiB"
"""What comparing and merging may take; the rest goes to the overflow, so that a load stays below 2 GiB."""


def start(
    paths: Paths, *, memory_limit: str | None = None, threads: int | None = None
) -> duckdb.DuckDBPyConnection:
    """The engine in memory: no network, no extension from outside, overflow inside the home."""
    with suppress(OSError):  # a record that may only be read has no overflow, and seldom wants one
        paths.overflow.parent.mkdir(mode=0o700, exist_ok=True)
    config: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "temp_directory": str(paths.overflow),
    }
    if memory_limit is not None:
        config["memory_limit"] = memory_limit
    if threads is not None:
        config["threads"] = threads
    return duckdb.connect(":memory:", config=config)


class Engine:
    """An engine that starts only when rows have to be compared or merged."""

    def __init__(self, paths: Paths) -> None:
        self.paths = paths

    @cached_property
    def con(self) -> duckdb.DuckDBPyConnection:
        """The engine, started at first need."""
        return start(self.paths, memory_limit=MEMORY)

    def close(self) -> None:
        """Ends the engine if it was started."""
        if "con" in self.__dict__:
            self.con.close()
            shutil.rmtree(self.paths.overflow, ignore_errors=True)
