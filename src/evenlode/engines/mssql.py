"""The dataset in SQL Server: written for it and parsed in tests, and not run, since no server was at hand."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from evenlode.engines.dataset import write_rows
from evenlode.errors import CannotGoOn

PASSWORD = "EVENLODE_MSSQL_PASSWORD"  # noqa: S105 - the name of a variable, not what it holds
LIST = (
    "SELECT TABLE_SCHEMA, TABLE_NAME FROM INFORMATION_SCHEMA.TABLES "
    "WHERE LOWER(TABLE_NAME) LIKE 'ssd[_]%' ORDER BY TABLE_SCHEMA, TABLE_NAME"
)
COLUMNS = (
    "SELECT COLUMN_NAME, DATA_TYPE FROM INFORMATION_SCHEMA.COLUMNS "
    "WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION"
)
_DAYS = {"date", "datetime", "datetime2", "smalldatetime", "datetimeoffset"}


def opened(address: str) -> MssqlDataset:
    """A session; its password comes from the environment."""
    try:
        pyodbc = import_module("pyodbc")
    except ImportError:
        raise CannotGoOn(
            "SQL Server needs pyodbc and Microsoft's ODBC driver; install them with: pip install pyodbc, "
            "and the package msodbcsql18."
        ) from None
    told = urlsplit(address)
    words = {
        "DRIVER": "{ODBC Driver 18 for SQL Server}",
        "SERVER": f"{told.hostname},{told.port or 1433}",
        "DATABASE": unquote(told.path.strip("/")),
        "APP": "evenlode",
        "ApplicationIntent": "ReadOnly",
    }
    if told.username:
        words |= {"UID": unquote(told.username), "PWD": os.environ.get(PASSWORD, "")}
    else:
        words["Trusted_Connection"] = "yes"
    try:
        return MssqlDataset(pyodbc.connect(";".join(f"{k}={_value(v)}" for k, v in words.items())))
    except pyodbc.Error as fault:
        raise CannotGoOn(
            f"SQL Server does not let us in ({fault.args[0] if fault.args else 'no reason given'}); check the "
            f"address, the user and {PASSWORD}."
        ) from None


def _value(text: str) -> str:
    """A word of the connection, so that nothing in it ends it early."""
    return text if text.startswith("{ODBC") else "{" + text.replace("}", "}}") + "}"


def select(schema: str, table: str, columns: list[tuple[str, str]]) -> str:
    """The query for a whole table with every value as text, dates in their international form."""
    cells = ", ".join(
        f"CONVERT(NVARCHAR(40), {quoted(name)}, 126) AS {quoted(name)}"
        if kind in _DAYS
        else f"CAST({quoted(name)} AS NVARCHAR(MAX)) AS {quoted(name)}"
        for name, kind in columns
    )
    return f"SELECT {cells} FROM {quoted(schema)}.{quoted(table)}"


def quoted(name: str) -> str:
    """A name as SQL Server takes it."""
    return "[" + name.replace("]", "]]") + "]"


class MssqlDataset:
    """The dataset in SQL Server."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def tables(self) -> list[tuple[str, str]]:
        """Schema and name of every table of the dataset."""
        return [(str(s), str(t)) for s, t in self._connection.execute(LIST).fetchall()]

    def write(self, schema: str, table: str, path: Path) -> None:
        """One table, some thousand rows at a time."""
        columns = [(str(n), str(k)) for n, k in self._connection.execute(COLUMNS, schema, table).fetchall()]
        cursor = self._connection.execute(select(schema, table, columns))
        write_rows(path, [name for name, _ in columns], cursor.fetchmany)

    def close(self) -> None:
        """Ends the session."""
        self._connection.close()
