"""Columns of text as arrays of bytes: quick questions about all cells at once."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]

_SPACE, _BLANK, _TELLING = 1, 2, 4
_LOOK = np.zeros(256, dtype=np.uint8)
_LOOK[:33] = _SPACE
_LOOK[127:] = _SPACE
_LOOK[list(b"=+@-'#")] = _TELLING
_INVISIBLE = ("\ufeff", "\u200b", "\u2060")
_NBSP = "\u00a0"
_PIECE = 1 << 20


class Blanks:
    """The words that mean nothing, ready to be looked for in a whole column."""

    def __init__(self, words: Iterable[str]) -> None:
        filled = sorted(w for w in words if w)
        self.words = pa.array(filled, pa.string())
        self.longest = max((len(w.encode()) for w in filled), default=0)
        self.look = _LOOK.copy()
        self.look[[w.encode()[0] for w in filled]] |= _BLANK


def cells(column: pa.Array) -> tuple[npt.NDArray[np.int32], Bytes]:
    """Where each cell begins (and the last one ends), and the bytes of all of them."""
    if not len(column):
        return np.zeros(1, dtype=np.int32), np.zeros(0, dtype=np.uint8)
    _, places, letters = column.buffers()
    starts = np.frombuffer(places, dtype=np.int32)[column.offset : column.offset + len(column) + 1]
    data = np.zeros(0, dtype=np.uint8) if letters is None else np.frombuffer(letters, dtype=np.uint8)
    if starts[0]:
        starts = starts - starts[0]
        data = data[int(np.frombuffer(places, dtype=np.int32)[column.offset]) :]
    return starts, data[: starts[-1]]


def tidy(raw: pa.Array, blanks: Blanks, *, keep_inside: bool = False) -> pa.Array:
    """Cells without spaces round them, and null where they hold nothing.

    keep_inside: leave everything between the first and the last letter alone (JSON).
    """
    text = _trimmed(raw, keep_inside=keep_inside)
    starts, data = cells(text)
    if not data.size:
        return pa.nulls(len(raw), pa.string())
    empty = starts[1:] == starts[:-1]
    look = blanks.look.take(data.take(starts[:-1], mode="clip"))
    if np.bitwise_or.reduce(look) & _BLANK:
        maybe = np.flatnonzero((look & _BLANK > 0) & (starts[1:] - starts[:-1] <= blanks.longest) & ~empty)
        said = as_mask(pc.is_in(text.take(pa.array(maybe)), value_set=blanks.words))
        if said.any():
            empty[maybe[said]] = True
            return pc.if_else(pa.array(empty), pa.scalar(None, pa.string()), text)
    return nulls_at(text, empty)


def _trimmed(raw: pa.Array, *, keep_inside: bool) -> pa.Array:
    """Without spaces round the cells; the same column where there are none."""
    starts, data = cells(raw)
    if not data.size or (int(data.min()) > 32 and int(data.max()) < 127):
        return raw
    first = _LOOK.take(data.take(starts[:-1], mode="clip"))
    last = _LOOK.take(data.take(starts[1:] - 1, mode="clip"))
    if (((first | last) & _SPACE > 0) & (starts[1:] > starts[:-1])).any():
        return pc.utf8_trim_whitespace(_visible(raw, data))
    return raw if keep_inside else _visible(raw, data)


def nothing_where_empty(raw: pa.Array) -> pa.Array:
    """The same cells, null where they are empty."""
    starts, _ = cells(raw)
    return nulls_at(raw, starts[1:] == starts[:-1])


def _visible(text: pa.Array, data: Bytes) -> pa.Array:
    """Without letters that nobody can see, and with plain spaces in place of hard ones."""
    if int(data.max()) <= 127:
        return text
    for mark in _INVISIBLE:
        text = _replaced(text, mark, "")
    return _replaced(text, _NBSP, " ")


def _replaced(text: pa.Array, mark: str, by: str) -> pa.Array:
    _, data = cells(text)
    if mark.encode() not in data.tobytes():
        return text
    return pc.replace_substring(text, mark, by)


def nulls_at(text: pa.Array, empty: Mask) -> pa.Array:
    """The same cells, null where they are empty, without a copy of the letters."""
    if not empty.any():
        return text
    if text.offset:
        return pc.if_else(pa.array(empty), pa.scalar(None, pa.string()), text)
    valid = pa.py_buffer(np.packbits(~empty, bitorder="little"))
    return pa.Array.from_buffers(pa.string(), len(text), [valid, *text.buffers()[1:]])


def same_letters(raw: pa.Array, text: pa.Array) -> bool:
    """Whether a column of text is the raw one itself, but for blanks."""
    if not pa.types.is_string(text.type) or raw.offset or text.offset:
        return False
    pairs = zip(raw.buffers()[1:], text.buffers()[1:], strict=True)
    return all(a is not None and b is not None and a.address == b.address for a, b in pairs)


def without_nulls(text: pa.Array) -> pa.Array:
    """The same cells, empty where they are blank, without a copy of the letters."""
    return pa.Array.from_buffers(pa.string(), len(text), [None, *text.buffers()[1:]], 0, text.offset)


def telling_rows(text: pa.Array) -> npt.NDArray[np.int64]:
    """Cells whose first letter is one of = + @ - ' # and which therefore want a closer look."""
    starts, data = cells(text)
    if not data.size:
        return np.zeros(0, dtype=np.int64)
    look = _LOOK.take(data.take(starts[:-1], mode="clip"))
    if not np.bitwise_or.reduce(look) & _TELLING:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero((look & _TELLING > 0) & (starts[1:] > starts[:-1]))


def rows_with(text: pa.Array, letter: str) -> npt.NDArray[np.int64]:
    """Cells that hold this letter anywhere."""
    _, data = cells(text)
    mark = letter.encode()
    if not data.size or not _holds(data, mark[0]):
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(as_mask(pc.match_substring(text, letter)))


def _holds(data: Bytes, letter: int) -> bool:
    """Whether a byte is anywhere in there; looked for in pieces, so that the answers take little room."""
    return any(bool((data[start : start + _PIECE] == letter).any()) for start in range(0, data.size, _PIECE))


def rows_with_control(text: pa.Array) -> npt.NDArray[np.int64]:
    """Cells that hold a line break or another letter that cannot be printed."""
    _, data = cells(text)
    if not data.size or int(data.min()) >= 32:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero(as_mask(pc.match_substring_regex(text, "[\x00-\x1f]")))


def rows_longer(text: pa.Array, most: int) -> npt.NDArray[np.int64]:
    """Cells of more than so many bytes."""
    starts, _ = cells(text)
    return np.flatnonzero(starts[1:] - starts[:-1] > most)


def filled_rows(text: pa.Array) -> Mask:
    """Where a column of raw cells holds anything at all."""
    starts, _ = cells(text)
    filled: Mask = starts[1:] > starts[:-1]
    return filled


def all_one_of(text: pa.Array, letters: bytes) -> bool:
    """Whether every cell that is not empty is one of these letters."""
    starts, data = cells(text)
    if data.size > len(text):
        return False
    found: Mask = np.zeros(data.size, dtype=bool)
    for letter in letters:
        found |= data == letter
    return bool(found.all()) and data.size == np.count_nonzero(starts[1:] != starts[:-1])


def as_mask(answers: pa.Array) -> Mask:
    """True where the answer is yes, and not where it is no or unknown."""
    mask: Mask = pc.fill_null(answers, False).to_numpy(zero_copy_only=False)
    return mask


def null_mask(column: pa.Array) -> Mask:
    """Where a column is blank."""
    if not column.null_count:
        return np.zeros(len(column), dtype=bool)
    mask: Mask = pc.is_null(column).to_numpy(zero_copy_only=False)
    return mask


def distinct(text: pa.Array) -> tuple[list[str], npt.NDArray[np.int64]]:
    """The different cells, and for each row which of them it holds (-1 where blank)."""
    coded = pc.dictionary_encode(text)
    codes = pc.fill_null(coded.indices, -1).to_numpy(zero_copy_only=False).astype(np.int64)
    return coded.dictionary.to_pylist(), codes
