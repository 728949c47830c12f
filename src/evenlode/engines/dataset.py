"""The Standard Safeguarding Dataset straight out of a council's database.

Every table is written out as it stands, as text, into a folder of CSV files, which is then read like any
other extract: the same recognition, the same account of every row.  Nothing in the database is changed.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import parse_qs, unquote, urlsplit

import psycopg
from psycopg import sql as parts

from evenlode.errors import CannotGoOn, CannotRead

ADDRESS = re.compile(r"^(postgresql|postgres|mssql):/{1,2}(?=[^/])")
"""How the address of a database begins; a path on the disk never does."""
NOT_DATA = frozenset(
    {
        "ssd_version_log",
        "ssd_api_data_staging",
        "ssd_api_data_staging_anon",
        "ssd_cohort",
        "ssd_dim_date",
        "ssd_pre_cla_care_plan",
    }
)
"""Tables of the dataset's own housekeeping."""
_AT_ONCE = 5_000

Step = Callable[[str, int, int], None]


class Dataset(Protocol):
    """A database that holds the dataset's tables."""

    def tables(self) -> list[tuple[str, str]]:
        """Schema and name of every table of the dataset."""

    def write(self, schema: str, table: str, path: Path) -> None:
        """One table as CSV with its headings, every value as text."""

    def close(self) -> None:
        """Ends the session."""


def is_address(said: str) -> bool:
    """Whether EXTRACTS names a database and not a file."""
    return ADDRESS.match(said) is not None


def write_dataset(said: str, folder: Path, step: Step) -> Path:
    """Writes every table of the dataset into the folder, and answers the folder.

    said: postgresql://user@server/database or mssql://user@server/database, with ?schema=NAME where
    several schemas hold the tables.  The password comes from the environment or a password file
    (PGPASSWORD, .pgpass; EVENLODE_MSSQL_PASSWORD), never from the address.
    Raises CannotGoOn where the database does not let us in, CannotRead where it holds no dataset.
    """
    address = ADDRESS.sub(lambda found: f"{found[1]}://", said)
    told = urlsplit(address)
    if told.password is not None:
        raise CannotGoOn(
            "A password does not belong into the address, where others on this machine can read it; put it "
            "into the environment (PGPASSWORD or EVENLODE_MSSQL_PASSWORD) or a password file (.pgpass)."
        )
    wanted = parse_qs(told.query).get("schema", [""])[0]
    place = f"{unquote(told.path.strip('/'))} on {told.hostname or 'this machine'}"
    dataset = _opened(told.scheme, address.partition("?")[0])
    try:
        found = _chosen(dataset.tables(), wanted, place)
        for at, (schema, table) in enumerate(found):
            step(f"Reading {schema}.{table}", at, len(found))
            dataset.write(schema, table, folder / f"{schema}.{table}.csv")
    finally:
        dataset.close()
    return folder


def _opened(scheme: str, address: str) -> Dataset:
    if scheme == "mssql":
        opened: Callable[[str], Dataset] = import_module("evenlode.engines.mssql").opened
        return opened(address)
    return PostgresDataset(address)


def _chosen(found: Sequence[tuple[str, str]], wanted: str, place: str) -> list[tuple[str, str]]:
    """The tables of one schema; refused where there are none, or where several schemas hold the same table."""
    tables = [(s, t) for s, t in found if t.lower() not in NOT_DATA and (not wanted or s == wanted)]
    if not tables:
        where = f"the schema {wanted} of " if wanted else ""
        raise CannotRead(
            f"{where}{place} holds no table whose name begins with ssd_; name the right database."
        )
    schemas = sorted({schema for schema, _ in tables})
    if len({table.lower() for _, table in tables}) < len(tables):
        raise CannotRead(
            f"{place}: several schemas hold the dataset ({', '.join(schemas)}); add ?schema= and the name of one."
        )
    return sorted(tables)


class PostgresDataset:
    """The dataset in PostgreSQL, read as of one moment and without the right to change anything."""

    LIST = (
        "SELECT table_schema, table_name FROM information_schema.tables "
        "WHERE lower(table_name) LIKE 'ssd\\_%' AND table_schema NOT LIKE 'pg\\_%'"
    )

    def __init__(self, address: str) -> None:
        try:
            self._connection = psycopg.connect(address)
            self._connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            self._connection.read_only = True
            self._connection.execute("SET LOCAL DateStyle = 'ISO'")
        except psycopg.Error as fault:
            raise CannotGoOn(
                f"The database does not let us in ({_why(fault)}); check the address, the user and the password."
            ) from None

    def tables(self) -> list[tuple[str, str]]:
        """Schema and name of every table of the dataset."""
        return [(str(s), str(t)) for s, t in self._connection.execute(self.LIST.encode()).fetchall()]

    def write(self, schema: str, table: str, path: Path) -> None:
        """One table, as one stream."""
        copy = parts.SQL("COPY (SELECT * FROM {}) TO STDOUT (FORMAT csv, HEADER)").format(
            parts.Identifier(schema, table)
        )
        try:
            with path.open("wb") as file, self._connection.cursor() as cursor, cursor.copy(copy) as stream:
                for piece in stream:
                    file.write(piece)
        except psycopg.Error as fault:
            raise CannotRead(
                f"{schema}.{table} cannot be read ({_why(fault)}); ask for the right to read it."
            ) from None

    def close(self) -> None:
        """Ends the session."""
        self._connection.close()


def write_rows(path: Path, headings: Sequence[str], fetch: Callable[[int], Sequence[Sequence[Any]]]) -> None:
    """Rows of a database cursor as CSV, some thousand at a time."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(headings)
        while rows := fetch(_AT_ONCE):
            writer.writerows(["" if cell is None else cell for cell in row] for row in rows)


def _why(fault: psycopg.Error) -> str:
    """The server's first words, without anything that could be a secret."""
    said = str(fault).splitlines()[0] if str(fault) else type(fault).__name__
    return " ".join("(address)" if "://" in word or "password=" in word else word for word in said.split())
