"""How far the cells of a sheet reach, told from its text before anything makes a table of it."""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Za-z]{1,4})(\d{1,10})["']""")
_SPACES = np.frombuffer(b" \t\r\n\f\v", np.uint8)
_QUOTES = np.frombuffer(b"\"'", np.uint8)
_OVERLAP = 32
"""A place that a piece's end cuts in two is found whole with the next piece."""

Bytes = npt.NDArray[np.uint8]


class Reach:
    """The furthest row and column of a sheet, seen piece by piece.

    A sheet of a few bytes can name a cell in its last row and column, of which a reader would make a
    table of billions.
    """

    def __init__(self) -> None:
        self.rows = 0
        self.columns = 0
        self._rest = b""

    def look(self, piece: bytes) -> None:
        """Looks at the next piece of the sheet's XML."""
        text = self._rest + piece
        self._rest = text[-_OVERLAP:]
        rows, columns = _furthest(text)
        self.rows = max(self.rows, rows)
        self.columns = max(self.columns, columns)


def _furthest(text: bytes) -> tuple[int, int]:
    """The furthest row and column that any cell of the text names, all places at once.

    Text with blanks about an equals sign, which no spreadsheet writes, is read place by place.
    """
    letters = np.frombuffer(text + b"\0" * 20, np.uint8)
    at = np.flatnonzero(letters[1:-20] == ord("r")) + 1
    at = at[~_of_word(letters[at - 1])]
    equals = letters[at + 1] == ord("=")
    if (
        np.isin(letters[at + 1], _SPACES).any()
        or np.isin(letters[at[equals] + 2], _SPACES).any()
        or text[:1] == b"r"
    ):
        found = _PLACE.findall(text)
        return (
            max((int(row) for _, row in found), default=0),
            max((_column_number(name) for name, _ in found), default=0),
        )
    at = at[equals]
    return _of_places(letters, at[np.isin(letters[at + 2], _QUOTES)] + 3)


def _of_places(letters: Bytes, at: npt.NDArray[np.int64]) -> tuple[int, int]:
    """The same for places that begin at these positions: one to four letters, one to ten figures, a quote."""
    column = np.zeros(len(at), np.int64)
    length = np.zeros(len(at), np.int64)
    for _ in range(4):
        letter = letters[at + length]
        more = _is_letter(letter)
        column = np.where(more, column * 26 + (letter & 31), column)
        length += more
    named = length > 0
    row = np.zeros(len(at), np.int64)
    figures = np.zeros(len(at), np.int64)
    for _ in range(10):
        figure = letters[at + length + figures]
        more = (figure >= ord("0")) & (figure <= ord("9"))
        row = np.where(more, row * 10 + (figure - ord("0")), row)
        figures += more
    whole = named & (figures > 0) & np.isin(letters[at + length + figures], _QUOTES)
    if not whole.any():
        return 0, 0
    return int(row[whole].max()), int(column[whole].max())


def _is_letter(letters: Bytes) -> npt.NDArray[np.bool_]:
    small = letters | 32
    found: npt.NDArray[np.bool_] = (small >= ord("a")) & (small <= ord("z"))
    return found


def _of_word(letters: Bytes) -> npt.NDArray[np.bool_]:
    figure = (letters >= ord("0")) & (letters <= ord("9"))
    found: npt.NDArray[np.bool_] = _is_letter(letters) | figure | (letters == ord("_"))
    return found


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + (letter & 31)
    return number
