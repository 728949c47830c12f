"""What is said of files that hold no table of ours."""

from __future__ import annotations

import re

from evenlode.errors import CannotRead
from evenlode.extracts.grid import Grid
from evenlode.extracts.signature import Sort, left_by_system, named_as_table
from evenlode.extracts.xml_text import root_name
from evenlode.record.delivery import Action, Problem

_LIKE_A_HEADING = re.compile(r"[^\W\d_][\w .,:/?&()'#-]{0,59}")


def not_a_table(name: str, sort: Sort) -> Problem:
    """Says that a file is something else; refuses it where its name promises a table."""
    if left_by_system(name):
        return _kept_out(name, "not read: the operating system left it there")
    if named_as_table(name):
        if sort is Sort.EMPTY:
            raise CannotRead(f"{name}: the file is empty (0 bytes); export it again, or take it out.")
        if sort is Sort.ARCHIVE:
            raise CannotRead(f"{name}: this is an archive inside an archive; unpack it first.")
        raise CannotRead(
            f"{name}: this is {sort}, whatever its name says; hand over the export as CSV or xlsx."
        )
    return _kept_out(name, f"not recognised: it is {sort}")


def other_xml(name: str, data: bytes) -> Problem:
    """Says that an XML file is no document that is known; refuses it where its name promises a table."""
    if named_as_table(name):
        return not_a_table(name, Sort.XML)
    root = root_name(data)
    return _kept_out(
        name, f"not recognised: its root element is {root}" if root else "not recognised: no XML"
    )


def not_ours(grid: Grid) -> Problem:
    """Says that a table's headings are those of no layout; names them where they are plainly headings."""
    filled = [h for h in grid.headings if h]
    if not filled:
        return _kept_out(grid.file, "not recognised: it has no headings")
    if not all(_LIKE_A_HEADING.fullmatch(h) for h in filled):
        return _kept_out(grid.file, "not recognised: its first row holds no headings")
    more = f" and {len(filled) - 6} more" if len(filled) > 6 else ""
    return _kept_out(grid.file, f"not recognised: its headings are {', '.join(filled[:6])}{more}")


def same_as(name: str, other: str) -> Problem:
    """Says that a file was handed over twice."""
    return _kept_out(name, f"not read twice: it is the same file as {other}, byte for byte")


def _kept_out(file: str, text: str) -> Problem:
    return Problem(file, "", None, "", "", f"{text}; kept out", Action.KEPT)
