"""The tables of one day's working out, in a place of their own beside the record.

Every step is a table that later ones read.  Steps that do not wait for each other run side by side:
most of the time goes into planning small queries, which one core does at a time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from itertools import count
from queue import SimpleQueue
from typing import Any

import duckdb
import pyarrow as pa

from evenlode.rules.compiled import Query

Told = Callable[[str, int, int], None]

_NUMBERS = count(1)
CORES = os.cpu_count() or 1
SIDE_BY_SIDE = min(4, CORES)


class DayTables:
    """A database in memory that lasts as long as one day is being looked at."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self._name = f"day_{next(_NUMBERS)}"
        self._connection = connection
        home = connection.cursor()
        home.execute(f"ATTACH ':memory:' AS {self._name}")
        found = home.execute("SELECT current_database()").fetchone()
        self._record = found[0] if found else "memory"
        home.close()
        self.cursor = self.open()

    def open(self) -> duckdb.DuckDBPyConnection:
        """A cursor that finds the day's tables first and then the record's."""
        cursor = self._connection.cursor()
        cursor.execute(f"SET search_path = '{self._name}.main,{self._record}.main'")
        return cursor

    def record_table(self, name: str) -> str:
        """The record's own table of that name, even where the day has one too."""
        return f'"{self._record}".main."{name}"'

    def put(self, name: str, table: pa.Table) -> None:
        """A table made outside the engine."""
        self._put("CREATE TABLE", name, table)

    def put_again(self, name: str, table: pa.Table) -> None:
        """The same, in place of an earlier one."""
        self._put("CREATE OR REPLACE TABLE", name, table)

    def _put(self, make: str, name: str, table: pa.Table) -> None:
        self.cursor.register("given", table)
        self.cursor.execute(f'{make} {self._name}.main."{name}" AS SELECT * FROM given')
        self.cursor.unregister("given")

    def councils_of(self, sql: str) -> set[str]:
        """The council codes that a query gives."""
        return {la for (la,) in self.cursor.execute(sql).fetchall()}

    def rows_of_each(self, texts: Sequence[str]) -> list[list[tuple[Any, ...]]]:
        """The rows of several queries that change nothing, asked side by side."""
        cursors: SimpleQueue[duckdb.DuckDBPyConnection] = SimpleQueue()
        for _ in range(SIDE_BY_SIDE):
            cursors.put(self.open())

        def rows(sql: str) -> list[tuple[Any, ...]]:
            cursor = cursors.get()
            try:
                return cursor.execute(sql).fetchall()
            finally:
                cursors.put(cursor)

        try:
            with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
                return list(pool.map(rows, texts))
        finally:
            while not cursors.empty():
                cursors.get().close()

    def view(self, name: str, sql: str) -> None:
        """A view in front of the record's table of the same name."""
        self.cursor.execute(f'CREATE VIEW {self._name}.main."{name}" AS {sql}')

    def replace(self, name: str, sql: str) -> None:
        """A table from a query, in place of an earlier one."""
        self.cursor.execute(f'CREATE OR REPLACE TABLE {self._name}.main."{name}" AS {sql}')

    def run_steps(
        self, steps: Sequence[Query], told: Callable[[int], None], there: Iterable[str] = ()
    ) -> None:
        """Each step becomes a table, as soon as what it needs is there.

        there: the steps that have been worked out before.
        """
        self._run(steps, lambda q: f'CREATE TABLE {self._name}.main."{q.name}" AS {q.sql}', told, set(there))

    def run_rules(self, rules: Sequence[Query], told: Callable[[int], None]) -> None:
        """Each rule adds its answers to the table `found`."""
        self._run(
            [Query(q.name, q.sql, ()) for q in rules],
            lambda q: f"INSERT INTO {self._name}.main.found {q.sql}",
            told,
            set(),
        )

    def _run(
        self,
        queries: Sequence[Query],
        text: Callable[[Query], str],
        told: Callable[[int], None],
        done: set[str],
    ) -> None:
        waiting = list(queries)
        running: dict[Future[str], str] = {}
        cursors = [self.open() for _ in range(SIDE_BY_SIDE)]
        self._threads(max(1, CORES // SIDE_BY_SIDE))
        free = list(cursors)

        def work(query: Query, cursor: duckdb.DuckDBPyConnection) -> str:
            cursor.execute(text(query))
            free.append(cursor)
            return query.name

        try:
            with ThreadPoolExecutor(SIDE_BY_SIDE) as pool:
                while waiting or running:
                    for query in [q for q in waiting if done.issuperset(q.needs)]:
                        if not free:
                            break
                        waiting.remove(query)
                        running[pool.submit(work, query, free.pop())] = query.name
                    finished, _ = wait(running, return_when=FIRST_COMPLETED)
                    for future in finished:
                        done.add(future.result())
                        del running[future]
                    told(len(done))
        finally:
            self._threads(CORES)
            for cursor in cursors:
                cursor.close()

    def _threads(self, number: int) -> None:
        """How many cores one query may use: few where several run side by side."""
        self.cursor.execute(f"SET threads = {number}")

    def close(self) -> None:
        """Lets go of everything that was worked out."""
        self.cursor.close()
        last = self._connection.cursor()
        last.execute(f"DETACH {self._name}")
        last.close()
