"""The public schema of the record, written out from the declarations for docs/reference/record.md."""

from __future__ import annotations

from evenlode.record.columns import Column, IfUnreadable, Kind, Table
from evenlode.record.parquet_files import sql_type
from evenlode.record.tables import SCHEMA_VERSION, TABLES

HEAD = f"""# The record: tables and columns

This page is written from the declarations in `evenlode.record`; a test asks that it is up to date.

Schema version {SCHEMA_VERSION}.
Each table is one Parquet file in each delivery, under `record/deliveries/` in the home.
The names and types below are published and stable: a change raises the schema version and is in the changelog.
Every table begins with two more columns, both text: `la_code`, the council, and `source`, the system and format that the row came from.
A row is named by council, source and its key; tables without a key have rows that are the same only where they are wholly the same.
Which deliveries make up the record now is in `record/manifests/`, in the file whose number is in `record/current`.
"""

MEANINGS: dict[Kind, str] = {
    Kind.ID: "id, text exactly as in the extract",
    Kind.TEXT: "text",
    Kind.DATE: "date",
    Kind.FLAG: "Y, N or blank for unknown",
    Kind.NUMBER: "decimal number",
    Kind.INTEGER: "whole number",
    Kind.JSON: "JSON as text",
    Kind.ORDER: "text to sort by",
    Kind.WORDS: "text to look for words in",
    Kind.PLACE: "whole number, the row's place",
}


def schema_markdown() -> str:
    """The reference page of the record: every table and column, in words and types."""
    contents = "\n".join(f"- [`{t.name}`](#{t.name}): {_first_words(t)}" for t in TABLES.values())
    return "\n".join([HEAD, contents, "", *(_section(table) for table in TABLES.values())])


def _section(table: Table) -> str:
    lines = [f"## {table.name}", "", table.row]
    lines += [f"Named `{table.ssd}` in the Standard Safeguarding Dataset."] if table.ssd else []
    lines += [table.note] if table.note else []
    key = f"Key: `{table.key}`." if table.key else "No key of its own."
    lines += [key]
    for group in table.needs_one_of:
        names = ", ".join(f"`{name}`" for name in group)
        lines.append(f"An extract must have at least one of {names}.")
    lines += ["", "| column | holds | type | meaning | in extracts | where it cannot be read |"]
    lines += ["|---|---|---|---|---|---|", *(_row(column) for column in table.columns), ""]
    return "\n".join(lines)


def _row(column: Column) -> str:
    meaning = column.meaning
    meaning += " Personal." if column.personal else ""
    cells = [
        f"`{column.name}`",
        MEANINGS[column.kind],
        sql_type(column.kind),
        meaning,
        _source(column),
        _if_unreadable(column),
    ]
    return f"| {' | '.join(cell.replace('|', '&#124;') for cell in cells)} |"


def _source(column: Column) -> str:
    if column.derived_from is not None:
        return f"worked out from `{column.derived_from}`"
    names = ", ".join(f"`{name}`" for name in column.source)
    return f"{names} (required)" if column.required else names


def _if_unreadable(column: Column) -> str:
    if column.kind not in {Kind.DATE, Kind.FLAG, Kind.NUMBER, Kind.INTEGER}:
        return ""
    if column.derived_from is not None:
        return ""
    return "row set aside" if column.if_unreadable is IfUnreadable.QUARANTINE else "taken as blank"


def _first_words(table: Table) -> str:
    return table.row[0].lower() + table.row[1:]
