"""Text tables read block by block, where nothing in them is out of the ordinary."""

from __future__ import annotations

from codecs import BOM_UTF8
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

_Bytes = npt.NDArray[np.uint8]
_QUOTE = ord('"')
_LOOK = 1 << 22
"""Bytes looked at together, so that what is worked out about each letter takes little room."""
_BLOCK = 1 << 20
_HUGE = 1 << 26
"""Files are read side by side, so only a larger one is split up between the cores."""
_AT_ONCE = 2
_NO_START = (b"\n", b"\r", BOM_UTF8)
_NO_END = (b"\n\n", b"\n\r\n", b"\r\r\n")
"""A blank line, or a mark of the encoding, of which nobody would hear where a block begins or ends with it."""
_FEED, _RETURN = ord("\n"), ord("\r")


def quick_columns(data: bytes, start: int, separator: str, width: int) -> list[pa.Array] | None:
    """Every column as text; None where a row, a quote or a byte wants a more careful reader."""
    end = len(data)
    while end > start and data[end - 1] in {_FEED, _RETURN}:
        end -= 1
    if end == start:
        return [pa.array([], pa.string())] * width
    if width < 2 or data.find(b"\x00", start, end) >= 0:
        return None
    quoted = data.find(b'"', start, end) >= 0
    blocks = _blocks(data, start, end, quoted=quoted)
    if blocks is None:
        return None
    parts: list[list[pa.Array]] = [[] for _ in range(width)]
    read = partial(_read, separator=separator, width=width, quoted=quoted)
    with ThreadPoolExecutor(_AT_ONCE if end - start > _HUGE else 1) as pool:
        for table in pool.map(read, blocks):
            if table is None:
                pool.shutdown(wait=False, cancel_futures=True)
                return None
            for chunks, column in zip(parts, table.columns, strict=True):
                chunks.extend(column.chunks)
    return [_whole(parts.pop(0)) for _ in range(width)]


def _blocks(data: bytes, start: int, end: int, *, quoted: bool) -> list[_Bytes] | None:
    """The bytes in pieces that end where a row ends; None where a cell runs over several lines."""
    blocks = []
    while start < end:
        cut = data.find(b"\n", min(start + _LOOK, end), end) + 1 or end
        if quoted and data.count(b'"', start, cut) % 2:
            return None
        blocks.append(np.frombuffer(data, dtype=np.uint8, count=cut - start, offset=start))
        start = cut
    return blocks


def _read(body: _Bytes, *, separator: str, width: int, quoted: bool) -> pa.Table | None:
    """The rows of a block, or None where they are not what they should be."""
    if body[:3].tobytes().startswith(_NO_START) or body[-3:].tobytes().endswith(_NO_END):
        return None
    if quoted and not _sound_quotes(body, ord(separator)):
        return None
    table = _parsed(body, separator, width, quoted=quoted)
    return None if table is None or (quoted and table.num_rows != _lines(body)) else table


def _parsed(body: _Bytes, separator: str, width: int, *, quoted: bool) -> pa.Table | None:
    """The letters are known to be UTF-8 by now."""
    names = [f"c{place}" for place in range(width)]
    try:
        return csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=csv.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=False),
            parse_options=csv.ParseOptions(
                delimiter=separator, quote_char='"' if quoted else False, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None


def _whole(chunks: list[pa.Array]) -> pa.Array:
    if not chunks:
        return pa.array([], pa.string())
    return chunks[0] if len(chunks) == 1 else pa.concat_arrays(chunks)


def _lines(body: _Bytes) -> int:
    """Lines, the last of which may have no end."""
    feeds = int(np.count_nonzero(body == _FEED)) + int(body[-1] != _FEED)
    returns = np.flatnonzero(body == _RETURN)
    if not returns.size:
        return feeds
    alone = np.count_nonzero(body[np.minimum(returns + 1, body.size - 1)] != _FEED)
    return feeds + int(alone)


def _sound_quotes(body: _Bytes, separator: int) -> bool:
    """Every quote either opens a cell, closes one, or is doubled inside one."""
    quotes = np.flatnonzero(body == _QUOTE)
    if quotes.size % 2 or not quotes.size:
        return not quotes.size
    edges = np.zeros(256, dtype=bool)
    edges[[separator, _FEED, _RETURN]] = True
    opening, closing = quotes[0::2], quotes[1::2]
    opens = edges.take(body.take(opening - 1, mode="clip"))
    closes = edges.take(body.take(closing + 1, mode="clip"))
    opens[0] |= opening[0] == 0
    closes[-1] |= closing[-1] == body.size - 1
    doubled = opening[1:] - closing[:-1] == 1
    opens[1:] |= doubled
    closes[:-1] |= doubled
    return bool(opens.all() and closes.all())
