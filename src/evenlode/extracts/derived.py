"""Columns worked out at load from another column: how ids sort, the words of a text, a flag out of JSON."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.text_columns import distinct
from evenlode.extracts.values import read_outcome
from evenlode.extracts.words import Words
from evenlode.record.columns import Column, Kind, Table

_LENGTHS = pa.array([f"0{n:03d}" for n in range(1_000)])
_PIECE = 1 << 17
"""Ids worked on together, so that what lies between takes little room."""
_NOT_A_WORD = re.compile(r"[\W_]+")


def derive(
    table: Table, columns: dict[str, pa.Array], words: Words, put: Callable[[pa.Array], pa.Array]
) -> None:
    """Adds to `columns` every column of the table that is worked out from another, where `put` puts it."""
    for column in table.columns:
        if column.derived_from is not None:
            columns[column.name] = put(_derived(column, columns[column.derived_from], words))


def _derived(column: Column, of: pa.Array, words: Words) -> pa.Array:
    if column.kind is Kind.ORDER:
        pieces = [order_keys(of.slice(start, _PIECE)) for start in range(0, len(of), _PIECE)]
        return pieces[0] if len(pieces) == 1 else pa.concat_arrays(pieces or [of])
    if column.kind is Kind.WORDS:
        return spaced_words(of)
    if column.kind is Kind.PLACE:
        return pa.array(np.arange(len(of), dtype=np.int64))
    return json_flags(of, column.json_flag or "", words)


def order_keys(ids: pa.Array) -> pa.Array:
    """Texts that sort as the contract says of ids: all-digit ones first and as whole numbers.

    Equal numbers (7 and 007) sort as text, as do all other ids, after the numbers.
    """
    other = pc.binary_join_element_wise(pa.scalar("1"), ids, "")
    number = pc.ascii_is_decimal(ids)
    if not pc.any(number).as_py():
        return other
    bare = pc.if_else(number, pc.ascii_ltrim(ids, characters="0"), pa.scalar("", pa.string()))
    length = _LENGTHS.take(pc.min_element_wise(pc.binary_length(bare), pa.scalar(999, pa.int32())))
    return pc.if_else(number, pc.binary_join_element_wise(length, bare, ids, ""), other)


def spaced_words(texts: pa.Array) -> pa.Array:
    """Lower-case words with one space between them and one at each end."""
    values, codes = distinct(texts)
    said = pa.array([f" {_NOT_A_WORD.sub(' ', v.lower()).strip()} " for v in values] or [""], pa.string())
    return said.take(pa.array(codes, mask=codes < 0))


def json_flags(texts: pa.Array, name: str, words: Words) -> pa.Array:
    """Y, N or unknown for each cell of JSON."""
    values, codes = distinct(texts)
    flags = pa.array([read_outcome(v, name, words).flag for v in values] or [None], pa.string())
    return flags.take(pa.array(codes, mask=codes < 0))


def constant(text: str, length: int) -> pa.Array:
    """The same text in every row."""
    return pa.repeat(pa.scalar(text, pa.string()), length)
