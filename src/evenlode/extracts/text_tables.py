"""One table out of a text file: encoding, separator, headings, rows."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from evenlode.extracts.csv_careful import careful_table
from evenlode.extracts.csv_quick import quick_columns
from evenlode.extracts.encodings import to_utf8
from evenlode.extracts.grid import Grid, Remark, without_blank_rows
from evenlode.extracts.layouts import Layout
from evenlode.extracts.separators import find_head


def text_table(file: str, data: bytes, known: Sequence[Layout]) -> Grid:
    """The table of a text file, as text.

    Raises CannotRead where the letters cannot be told.
    """
    text = to_utf8(file, data)
    head = find_head(text.data, known)
    width = len(head.headings)
    columns = None if text.cut else quick_columns(text.data, head.start, head.separator, width)
    if columns is not None:
        numbers = np.arange(len(columns[0]) if columns else 0, dtype=np.int64) + head.row_number + 1
        grid = Grid(file, head.headings, columns, numbers)
    else:
        table = careful_table(
            text.data, head.separator, head.headings, head.row_number + 1, cut=text.cut, start=head.start
        )
        grid = Grid(file, head.headings, table.columns, table.row_numbers, table.set_aside)
    grid.remarks += text.remarks
    if len(text.data) > head.start and text.data[-1] not in b"\r\n":
        grid.remarks.append(
            Remark("the last line has no line end; if the file was cut off, its last row may be incomplete")
        )
    return without_blank_rows(grid)
