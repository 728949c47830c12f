"""Where the headings of a text file stand, and what separates its cells."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evenlode.extracts.headings import shown
from evenlode.extracts.layouts import Layout
from evenlode.extracts.recognise import heading_row, strength

SEPARATORS = (",", ";", "\t", "|")
_HEAD = 65_536
"""Bytes in which the headings have to be found."""
_ROWS = 12
_DECLARED = re.compile(r'"?sep=(.)"?[;,\t|]*', re.IGNORECASE)


@dataclass(frozen=True)
class Head:
    """The headings of a text file.

    row_number: the headings' row as a spreadsheet counts.  start: where the first byte after them is.
    """

    separator: str
    headings: list[str]
    row_number: int
    start: int


def find_head(data: bytes, known: Sequence[Layout]) -> Head:
    """The headings: in the first rows, with whichever separator makes most of them known."""
    text = data[:_HEAD].decode("utf-8", errors="ignore")
    best: tuple[int, int, Head] | None = None
    for separator in _candidates(text):
        rows, ends = _first_rows(text, separator)
        at = heading_row(rows, known)
        size = strength(rows[at], known) if at is not None else 0
        if at is None:
            at = next(
                (i for i, row in enumerate(rows) if any(c.strip() for c in row) and not _declares(row)), None
            )
        if at is None:
            continue
        start = len(text[: ends[at]].encode("utf-8"))
        head = Head(separator, [shown(h) for h in rows[at]], at + 1, start)
        if best is None or (size, len(rows[at])) > best[:2]:
            best = (size, len(rows[at]), head)
    return best[2] if best else Head(",", [], 1, len(data))


def _candidates(text: str) -> tuple[str, ...]:
    """Excel may say it in a first line of its own: `sep=;`."""
    declared = _DECLARED.fullmatch(text.split("\n", 1)[0].strip())
    return (declared[1],) if declared and declared[1] in SEPARATORS else SEPARATORS


def _declares(row: Sequence[str]) -> bool:
    return bool(_DECLARED.fullmatch(row[0].strip())) or row[0].strip().lower() == "sep="


def _first_rows(text: str, separator: str) -> tuple[list[list[str]], list[int]]:
    """The first rows, and where in the text each of them ends."""
    reached = [0]

    def lines() -> Iterator[str]:
        for line in io.StringIO(text, newline=""):
            reached.append(reached[-1] + len(line))
            yield line

    reader = csv.reader(lines(), delimiter=separator)
    rows: list[list[str]] = []
    ends: list[int] = []
    try:
        for row in reader:
            rows.append(row)
            ends.append(reached[reader.line_num])
            if len(rows) >= _ROWS:
                break
    except csv.Error:
        pass
    return rows, ends
