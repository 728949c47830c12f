"""Text tables read all at once, where nothing in them is out of the ordinary."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from pyarrow import csv

_Bytes = npt.NDArray[np.uint8]
_QUOTE = ord('"')
_BLOCK = 1 << 20
_HUGE = 1 << 26
_FEED, _RETURN = ord("\n"), ord("\r")


def quick_columns(data: bytes, start: int, separator: str, width: int) -> list[pa.Array] | None:
    """Every column as text; None where a row, a quote or a byte wants a more careful reader."""
    end = len(data)
    while end > start and data[end - 1] in {_FEED, _RETURN}:
        end -= 1
    if end == start:
        return [pa.array([], pa.string())] * width
    if width < 2 or data[start] in {_FEED, _RETURN} or data.find(b"\x00", start, end) >= 0:
        return None
    body = np.frombuffer(data, dtype=np.uint8, count=end - start, offset=start)
    quoted = data.find(b'"', start, end) >= 0
    if quoted and not _sound_quotes(body, ord(separator)):
        return None
    columns = _parsed(body, separator, width, quoted=quoted)
    if columns is None or (quoted and len(columns[0]) != _lines(body)):
        return None
    return columns


def _parsed(body: _Bytes, separator: str, width: int, *, quoted: bool) -> list[pa.Array] | None:
    """The letters are known to be UTF-8 by now.  Files are read side by side, so only a huge one is split up."""
    names = [f"c{place}" for place in range(width)]
    try:
        table = csv.read_csv(
            pa.BufferReader(pa.py_buffer(body)),
            read_options=csv.ReadOptions(
                column_names=names, block_size=_BLOCK, use_threads=body.size > _HUGE
            ),
            parse_options=csv.ParseOptions(
                delimiter=separator, quote_char='"' if quoted else False, ignore_empty_lines=False
            ),
            convert_options=csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )
    except pa.ArrowInvalid:
        return None
    return [_whole(column) for column in table.columns]


def _whole(column: pa.ChunkedArray) -> pa.Array:
    if column.num_chunks == 0:
        return pa.array([], pa.string())
    return column.chunk(0) if column.num_chunks == 1 else pa.concat_arrays(column.chunks)


def _lines(body: _Bytes) -> int:
    """Lines, the last of which has no end."""
    feeds = int(np.count_nonzero(body == _FEED))
    returns = np.flatnonzero(body == _RETURN)
    if not returns.size:
        return feeds + 1
    alone = np.count_nonzero(body[np.minimum(returns + 1, body.size - 1)] != _FEED)
    return feeds + int(alone) + 1


def _sound_quotes(body: _Bytes, separator: int) -> bool:
    """Every quote either opens a cell, closes one, or is doubled inside one."""
    quotes = np.flatnonzero(body == _QUOTE)
    if quotes.size % 2:
        return False
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
