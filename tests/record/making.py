"""Rows, deliveries and loads in few words, for the tests of the record."""

import hashlib
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from evenlode.record import TABLES, Delivery, FileRead, connect

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
AT_AND_BY = {"at": AT, "by": "An Analyst"}


def rows(table, text, source="ssd", la_code="301"):
    """A record table from a small text table: a line of column names, then the rows; - is blank."""
    schema = TABLES[table].arrow_schema
    head, *lines = [line.split() for line in text.strip().splitlines()]
    columns = {name: [None] * len(lines) for name in schema.names}
    columns |= {"la_code": [la_code] * len(lines), "source": [source] * len(lines)}
    for place, name in enumerate(head):
        cells = [None if line[place] == "-" else line[place] for line in lines]
        if schema.field(name).type == pa.date32():
            cells = [cell and date.fromisoformat(cell) for cell in cells]
        if schema.field(name).type == pa.int64():
            cells = [cell and int(cell) for cell in cells]
        columns[name] = cells
    return pa.table(columns, schema=schema)


def file(content="a", name="cp_visits.csv"):
    """A file read with this content."""
    return FileRead(name, hashlib.sha256(content.encode()).hexdigest(), len(content))


def delivery(content="a", *, source="ssd", la_code="301", name="cp_visits.csv", counts=(), **tables):
    """A delivery read from one file; each table as a text table."""
    made = {table: rows(table, text, source, la_code) for table, text in tables.items()}
    return Delivery(source, source, made, [file(content, name)], list(counts), la_code=la_code)


def load(record, *deliveries, **how):
    """Loads at the fixed time, by the fixed person."""
    return record.load(list(deliveries), **{**AT_AND_BY, "rules_version": "1", **how})


def withdraw(record, load_id, why="wrong file"):
    return record.withdraw(load_id, why=why, **AT_AND_BY)


def standing(record, table, *columns, manifest=None):
    """The rows of a table as they stand, sorted."""
    with connect(record, manifest) as connection:
        found = connection.con.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
    return sorted(found, key=repr)


def one(receipt, table):
    """Added, changed, unchanged and removed of one table."""
    line = receipt.tables[table]
    return (line.added, line.changed, line.unchanged, line.removed)


def files_of(home: Path):
    """Every file of a record and its content, the lock aside."""
    return {
        str(path.relative_to(home)): path.read_bytes()
        for path in sorted(home.rglob("*"))
        if path.is_file() and path.name != "lock"
    }


VISITS = """
    visit_id  child_id  visit_date  seen
    1         c1        2026-10-01  Y
    2         c1        2026-10-15  Y
    3         c2        2026-10-20  -
"""
EARLIER_VISITS = """
    visit_id  child_id  visit_date  seen
    1         c1        2026-10-01  Y
    2         c1        2026-10-15  Y
"""
LATER_VISITS = """
    visit_id  child_id  visit_date  seen
    1         c1        2026-10-01  Y
    3         c2        2026-10-20  Y
    4         c2        2026-11-03  Y
"""
SUPERVISION = """
    child_id  held_date   note_type
    c1        2026-10-05  Case
    c1        2026-10-05  Personal
"""
NEW_SUPERVISION = """
    child_id  held_date   note_type
    c1        2026-10-05  Case
    c2        2026-10-06  Case
"""
