"""Numbers that stand for cells or rows, to tell quickly that no two of them are the same.

Two fingerprints that differ prove that the cells differ.  Two that agree prove nothing: whoever
finds some compares those cells themselves.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.text_columns import cells

Prints = npt.NDArray[np.uint64]

_ODD = np.uint64(0x9E3779B97F4A7C15)
_STEP = np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT = np.uint64(29)


def fingerprints(column: pa.Array) -> Prints:
    """One number for each cell; a blank has one of its own."""
    if pa.types.is_string(column.type):
        starts, data = cells(column)
        width = int(starts[1]) if len(column) else 0
        if not column.null_count and 0 < width <= 64 and data.size == width * len(column):
            lengths = starts[1:] - starts[:-1]
            if (lengths == width).all():
                return _of_equal_length(data, width, len(column))
    return codes(column) * _ODD


def _of_equal_length(data: npt.NDArray[np.uint8], width: int, rows: int) -> Prints:
    """Eight letters at a time; the last eight may overlap the ones before."""
    mixed: Prints = np.zeros(rows, dtype=np.uint64)
    if width < 8:
        for at in range(width):
            mixed = (mixed << np.uint64(8)) | data[at::width]
        return mix(mixed, mixed >> np.uint64(32))
    for at in [*range(0, width - 7, 8), *([width - 8] if width % 8 else [])]:
        word = np.ndarray((rows,), "<u8", data, at, (width,))
        mixed = mix(mixed, word)
    return mixed


def mix(so_far: Prints, more: Prints) -> Prints:
    """One number for two."""
    both = (so_far * _STEP ^ more) * _ODD
    found: Prints = (both ^ (both >> _SHIFT)) * _STEP
    return found


def some_agree(prints: Prints) -> bool:
    """Whether any two are the same."""
    in_order = np.sort(prints)
    return bool((in_order[1:] == in_order[:-1]).any())


def agreeing(prints: Prints) -> npt.NDArray[np.int64]:
    """The places of those that are not alone."""
    order = np.argsort(prints, kind="stable")
    same = prints[order][1:] == prints[order][:-1]
    shared = np.zeros(len(prints), dtype=bool)
    shared[order[1:]] |= same
    shared[order[:-1]] |= same
    return np.flatnonzero(shared)


def codes(column: pa.Array) -> Prints:
    """A number for each different value, and 0 where blank: equal numbers are equal values."""
    if pa.types.is_date32(column.type):
        return _filled(pc.add(pc.cast(column.view(pa.int32()), pa.int64()), 10**7))
    return _filled(pc.add(pc.cast(pc.dictionary_encode(column).indices, pa.int64()), 1))


def _filled(numbers: pa.Array) -> Prints:
    found: Prints = pc.fill_null(numbers, 0).to_numpy(zero_copy_only=False).astype(np.uint64)
    return found


def exact(columns: list[Prints]) -> Prints:
    """A number for each different row of codes; no two different rows share one."""
    mixed = columns[0]
    for column in columns[1:]:
        _, left = np.unique(mixed, return_inverse=True)
        _, right = np.unique(column, return_inverse=True)
        mixed = left.astype(np.uint64) * np.uint64(int(right.max()) + 1) + right.astype(np.uint64)
    return mixed
