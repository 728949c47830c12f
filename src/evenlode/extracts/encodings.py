"""The bytes of a text file as UTF-8, or a refusal that names the line and the encoding."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from evenlode.errors import CannotRead
from evenlode.extracts.grid import Remark

_UTF16 = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_PIECE = 1 << 24
_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
"""A letter beyond ASCII as UTF-8 writes it."""


@dataclass
class Text:
    """A text file as UTF-8 without a byte order mark.

    cut: the file ends in the middle of a letter, so its last row is damaged.
    """

    data: bytes
    remarks: list[Remark] = field(default_factory=list)
    cut: bool = False


def to_utf8(file: str, data: bytes) -> Text:
    """UTF-8 with or without a mark, UTF-16 with one, and Windows-1252; anything else is refused."""
    for mark, name in _UTF16:
        if data.startswith(mark):
            return _from_utf16(file, data, name)
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.isascii():
        _refuse_unmarked_utf16(file, data)
        return Text(data)
    fault = _fault_in_utf8(data)
    return Text(data) if fault is None else _not_utf8(file, data, fault)


def _fault_in_utf8(data: bytes) -> UnicodeDecodeError | None:
    """Looked for piece by piece, since a long text takes up to four times its room as letters."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _PIECE):
            decoder.decode(data[start : start + _PIECE], final=start + _PIECE >= len(data))
    except UnicodeDecodeError:
        try:
            data.decode("utf-8")
        except UnicodeDecodeError as fault:
            return fault
    return None


def _from_utf16(file: str, data: bytes, name: str) -> Text:
    shown = name.upper()
    try:
        text = data.decode(name)
    except UnicodeDecodeError:
        raise CannotRead(
            f"{file}: the file is {shown} but is cut off or damaged; export it again, as UTF-8."
        ) from None
    try:
        return Text(text.removeprefix("\ufeff").encode("utf-8"), [Remark(f"read as {shown}", repaired=True)])
    except UnicodeEncodeError:
        raise CannotRead(f"{file}: the file is {shown} but damaged; export it again, as UTF-8.") from None


def _refuse_unmarked_utf16(file: str, data: bytes) -> None:
    head = data[:2_000]
    if head.count(b"\x00") * 3 > len(head):
        raise CannotRead(
            f"{file}: the file looks like UTF-16 without a mark that says so; export it again, as UTF-8."
        )


def _not_utf8(file: str, data: bytes, fault: UnicodeDecodeError) -> Text:
    if fault.end == len(data) and fault.reason == "unexpected end of data":
        return Text(data[: fault.start], [Remark("the file ends in the middle of a letter")], cut=True)
    line = data.count(b"\n", 0, fault.start) + 1
    _refuse_unmarked_utf16(file, data)
    if _LETTER.search(data):
        raise CannotRead(
            f"{file}, line {line}: the file mixes UTF-8 with another encoding (probably Windows-1252), so that letters "
            "would be lost; export it again, all of it as UTF-8."
        )
    pieces = []
    for start in range(0, len(data), _PIECE):
        try:
            pieces.append(data[start : start + _PIECE].decode("cp1252").encode("utf-8"))
        except UnicodeDecodeError as other:
            line = data.count(b"\n", 0, start + other.start) + 1
            raise CannotRead(
                f"{file}, line {line}: the file is neither UTF-8 nor Windows-1252; export it again, as UTF-8."
            ) from None
    return Text(b"".join(pieces), [Remark("read as Windows-1252, since it is not UTF-8", repaired=True)])
