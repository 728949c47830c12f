"""A named table of plain values, and the ways in which it is written to a file."""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, TextIO

import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter

from evenlode.errors import CannotGoOn
from evenlode.reports.safe_text import guard

Value = str | int | Decimal | date | bool | None

_ARROW = {
    "date": pa.date32(),
    "int": pa.int64(),
    "bool": pa.bool_(),
    "text": pa.string(),
    "decimal": pa.decimal128(18, 3),
}


@dataclass(frozen=True)
class Heading:
    """One column of a file: its name, what it holds (text, int, decimal, bool or date), its width."""

    name: str
    holds: str = "text"
    width: int = 14


@dataclass(frozen=True)
class Sheet:
    """A table with headings, ready to be written.

    note: a sentence that stands above the table in a workbook.
    """

    name: str
    headings: tuple[Heading, ...]
    rows: Sequence[Sequence[Value]]
    note: str = ""


FORMATS = ("csv", "json", "parquet", "xlsx")


def format_of(path: Path, asked: str | None) -> str:
    """Which format a file is to have: what was asked for, else what its name says, else CSV.

    Raises CannotGoOn for a name or a word that is no format.
    """
    found = (asked or path.suffix.lstrip(".") or "csv").lower()
    if found not in FORMATS:
        raise CannotGoOn(
            f'"{path.name}": "{found}" is no format that can be written; use {", ".join(FORMATS)}.'
        )
    return found


def write_sheet(sheet: Sheet, path: Path, kind: str) -> None:
    """One table as one file."""
    writers: dict[str, Callable[[Sheet, Path], None]] = {
        "csv": _write_csv,
        "json": _write_json,
        "parquet": _write_parquet,
        "xlsx": lambda s, p: _write_workbook([s], p),
    }
    _whole(path, lambda part: writers[kind](sheet, part))


def write_workbook(sheets: Iterable[Sheet], path: Path) -> None:
    """Several tables as one workbook that can be sent to a manager."""
    every = list(sheets)
    _whole(path, lambda part: _write_workbook(every, part))


def csv_bytes(sheet: Sheet) -> bytes:
    """A table as CSV for whoever opens it in a spreadsheet: UTF-8 with the mark that spreadsheets look for.

    Nothing of it ever lies on a disk.
    """
    text = StringIO(newline="")
    _csv_into(sheet, text)
    return text.getvalue().encode("utf-8-sig")


def workbook_bytes(sheets: Iterable[Sheet]) -> bytes:
    """Several tables as one workbook that never lies on a disk."""
    target = BytesIO()
    _workbook_into(list(sheets), target, {"in_memory": True})
    return target.getvalue()


def _whole(path: Path, write: Callable[[Path], None]) -> None:
    """Writes beside the target and moves into place, so that nobody ever sees half a file."""
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
        os.close(handle)
    except OSError as fault:
        raise CannotGoOn(
            f"{path} cannot be written: {fault.strerror}. Choose another place for it."
        ) from None
    part = Path(name)
    try:
        write(part)
        part.chmod(0o640)
        part.replace(path)
    except OSError as fault:
        raise CannotGoOn(f"{path} cannot be written: {fault.strerror}. Nothing was left behind.") from None
    finally:
        part.unlink(missing_ok=True)


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return guard(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_csv(sheet: Sheet, path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        _csv_into(sheet, file)


def _csv_into(sheet: Sheet, file: TextIO) -> None:
    writer = csv.writer(file)
    writer.writerow([h.name for h in sheet.headings])
    writer.writerows([_text(v) for v in row] for row in sheet.rows)


def _write_json(sheet: Sheet, path: Path) -> None:
    names = [h.name for h in sheet.headings]
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for place, row in enumerate(sheet.rows):
            whole = {n: as_json(n, v) for n, v in zip(names, row, strict=True)}
            file.write((",\n " if place else "\n ") + json.dumps(whole, ensure_ascii=False))
        file.write("\n]\n")


def as_json(name: str, value: Value) -> Any:
    """A value as JSON has it: evidence and parts as data, days and exact decimals as text."""
    if isinstance(value, str) and name in {"evidence", "parts"}:
        return json.loads(value)
    return str(value) if isinstance(value, (date, Decimal)) else value


def _write_parquet(sheet: Sheet, path: Path) -> None:
    columns = list(zip(*sheet.rows, strict=True)) or [()] * len(sheet.headings)
    schema = pa.schema([(h.name, _ARROW[h.holds]) for h in sheet.headings])
    arrays = [pa.array(list(c), type=schema.field(i).type) for i, c in enumerate(columns)]
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), path)


def _write_workbook(sheets: list[Sheet], path: Path) -> None:
    _workbook_into(sheets, str(path), {"constant_memory": True})


_PLAIN_TEXT = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def _workbook_into(sheets: list[Sheet], target: str | BytesIO, how: dict[str, bool]) -> None:
    book = xlsxwriter.Workbook(target, {**how, **_PLAIN_TEXT})
    looks = {
        "head": book.add_format(
            {"bold": True, "bg_color": "#12436D", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        ),
        "date": book.add_format({"num_format": "dd/mm/yyyy"}),
        "decimal": book.add_format({"num_format": "0.000"}),
        "note": book.add_format({"italic": True}),
    }
    for sheet in sheets:
        _write_page(book.add_worksheet(sheet.name[:31]), sheet, looks)
    book.close()


def _write_page(page: Any, sheet: Sheet, looks: dict[str, Any]) -> None:
    top = 0
    for column, heading in enumerate(sheet.headings):
        page.set_column(column, column, heading.width)
    if sheet.note:
        page.write_string(0, 0, sheet.note, looks["note"])
        top = 1
    for column, heading in enumerate(sheet.headings):
        page.write_string(top, column, heading.name, looks["head"])
    for place, row in enumerate(sheet.rows, start=top + 1):
        for column, value in enumerate(row):
            _write_cell(page, place, column, value, looks)
    page.freeze_panes(top + 1, 0)
    page.autofilter(top, 0, top + max(len(sheet.rows), 1), len(sheet.headings) - 1)


def _write_cell(page: Any, row: int, column: int, value: Value, looks: dict[str, Any]) -> None:
    if value is None or value == "":
        return
    if isinstance(value, bool):
        page.write_boolean(row, column, value)
    elif isinstance(value, date):
        page.write_datetime(row, column, value, looks["date"])
    elif isinstance(value, int):
        page.write_number(row, column, value)
    elif isinstance(value, Decimal):
        page.write_number(row, column, float(value), looks["decimal"])
    else:
        page.write_string(row, column, value[:32767])
