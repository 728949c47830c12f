"""Reads a folder of published files: known by their headings, nothing guessed, nothing dropped silently."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

from evenlode.errors import CannotRead
from evenlode.published.figures import SEPARATOR, Figure, number_or_mark
from evenlode.published.layouts import LAYOUTS, MARKS, NEIGHBOURS, Indicator, Layout

LEVELS = {"National": "england", "Regional": "region", "Local authority": "council"}
Row = dict[str, str]


@dataclass
class Published:
    """Every figure that a folder holds.

    neighbours: each council's ten statistical neighbours, the closest first.
    passed_over: files that are not of a known form.  odd_marks: cells that hold neither a number
    nor a known mark; they are missing, and counted here.
    """

    figures: list[Figure] = field(default_factory=list)
    neighbours: dict[str, tuple[str, ...]] = field(default_factory=dict)
    neighbours_from: str = ""
    files: list[str] = field(default_factory=list)
    passed_over: list[str] = field(default_factory=list)
    odd_marks: dict[tuple[str, str], int] = field(default_factory=dict)


def read_published(folder: Path) -> Published:
    """Every known file of the folder and of folders in it.

    A folder named after a day (2026-04-27) says when the files in it were published; two editions
    of one figure are both kept.  Raises CannotRead for a folder that is not there or holds no known
    file, and for a file that is cut short or is not UTF-8.
    """
    if not folder.is_dir():
        raise CannotRead(f"{folder} is not a folder; --published takes the folder of the published files.")
    found = Published()
    for path in sorted(folder.rglob("*.csv")):
        _read_file(path, str(path.relative_to(folder)), found)
    if not found.files:
        names = ", ".join(layout.title for layout in LAYOUTS[:3])
        raise CannotRead(
            f"{folder} holds no published file whose headings are known (such as {names}); "
            "docs/how-to/measures.md lists them."
        )
    return found


def _read_file(path: Path, name: str, found: Published) -> None:
    headings = _headings(path, name)
    is_neighbours = set(headings) >= NEIGHBOURS
    layouts = [layout for layout in LAYOUTS if layout.columns <= set(headings)]
    if not (layouts or is_neighbours):
        found.passed_over.append(name)
        return
    rows = _rows(path, name, headings)
    found.files.append(name)
    if is_neighbours:
        found.neighbours.update(_neighbours(rows))
        found.neighbours_from = name
        return
    goes_to = max((_year(row, name) for row in rows), default=0)
    published = next((p for p in reversed(Path(name).parts[:-1]) if _is_day(p)), "")
    for layout in layouts:
        for row in rows:
            for indicator in layout.indicators:
                if all(row[c].strip() == words for c, words in indicator.where.items()):
                    _note_marks(row, indicator, name, found)
                    found.figures.append(_figure(row, layout, indicator, name, goes_to, published))


def _headings(path: Path, name: str) -> list[str]:
    """The first line: known headings are plain letters, so any encoding will do to know them by."""
    try:
        with path.open("rb") as file:
            first = file.readline(100_000).removeprefix(b"\xef\xbb\xbf")
    except OSError as fault:
        raise CannotRead(f"{name} cannot be read: {fault.strerror}.") from None
    line = first.decode("latin-1").strip("\r\n")
    return [h.strip() for h in next(csv.reader([line]), [])]


def _rows(path: Path, name: str, headings: list[str]) -> list[Row]:
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise CannotRead(
            f"{name}: byte {fault.start} is not UTF-8; fetch the file again as the Department publishes it."
        ) from None
    if not text.endswith("\n"):
        raise CannotRead(f"{name} ends in the middle of a line; it was cut short, so fetch it again.")
    rows = []
    try:
        for number, cells in enumerate(csv.reader(text.splitlines(keepends=True), strict=True), start=1):
            if number == 1 or not cells:
                continue
            if len(cells) != len(headings):
                raise CannotRead(
                    f"{name}, row {number} has {len(cells)} cells under {len(headings)} headings; "
                    "it was cut short or changed, so fetch it again."
                )
            rows.append(dict(zip(headings, cells, strict=True)))
    except csv.Error as fault:
        raise CannotRead(f"{name} is no readable CSV ({fault}); fetch it again.") from None
    return rows


def _neighbours(rows: list[Row]) -> dict[str, tuple[str, ...]]:
    return {
        row["old_la_code"].strip(): tuple(
            code for n in range(1, 11) if (code := row.get(f"SN_{n}", "").strip())
        )
        for row in rows
    }


def _year(row: Row, name: str) -> int:
    text = row["time_period"].strip()
    if not re.fullmatch(r"\d{4}|\d{6}", text):
        raise CannotRead(f'{name}: the time period "{text[:20]}" is no year; fetch the file again.')
    return int(text) if len(text) == 4 else int(text[:2] + text[4:])


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _note_marks(row: Row, indicator: Indicator, name: str, found: Published) -> None:
    for column in indicator.columns - set(indicator.where):
        value, mark = number_or_mark(row[column])
        if value is None and mark not in MARKS:
            found.odd_marks[name, mark] = found.odd_marks.get((name, mark), 0) + 1


def _figure(
    row: Row, layout: Layout, indicator: Indicator, name: str, goes_to: int, published: str
) -> Figure:
    level = LEVELS.get(row["geographic_level"].strip(), row["geographic_level"].strip())
    area = {
        "england": row["country_code"],
        "region": row["region_code"],
        "council": row["new_la_code"],
    }.get(level, "")
    shown = {"england": "England", "region": row["region_name"]}.get(level, row["la_name"])
    value, mark = number_or_mark(row[indicator.value]) if indicator.value else (None, "")
    parts = {fact: _sum(row, columns) for fact, columns in indicator.parts.items()}
    if not indicator.value:
        mark = next(
            (
                number_or_mark(row[c])[1]
                for columns in indicator.parts.values()
                for c in columns
                if number_or_mark(row[c])[0] is None
            ),
            "",
        )
    codes = row["old_la_code"].strip() if level == "council" else ""
    return Figure(
        indicator.id,
        _year(row, name),
        level,
        area.strip(),
        shown.strip(),
        row["region_code"].strip(),
        tuple(c.strip() for c in codes.split(SEPARATOR) if c.strip()),
        value,
        mark,
        parts,
        name,
        goes_to,
        published,
        layout.taken,
    )


def _sum(row: Row, columns: tuple[str, ...]) -> Decimal | None:
    numbers = [number_or_mark(row[c])[0] for c in columns]
    if any(n is None for n in numbers):
        return None
    return sum((n for n in numbers if n is not None), Decimal(0))
