"""What a file is, by its first bytes."""

from __future__ import annotations

import io
import re
import zipfile
from enum import StrEnum


class Sort(StrEnum):
    """The sorts of file that are told apart."""

    EMPTY = "an empty file (0 bytes)"
    ARCHIVE = "an archive"
    WORKBOOK = "a workbook"
    OLD_WORKBOOK = "an old workbook or a locked one"
    XML = "an XML file"
    HTML = "a web page"
    JSON = "a JSON file"
    TEXT = "a text file"
    PDF = "a PDF file"
    PICTURE = "a picture"
    PACKED = "a packed file"
    PARQUET = "a Parquet file"
    DOCUMENT = "an office document"
    BINARY = "no text"


_SIGNATURES: tuple[tuple[bytes, Sort], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Sort.OLD_WORKBOOK),
    (b"%PDF", Sort.PDF),
    (b"\x89PNG", Sort.PICTURE),
    (b"\xff\xd8\xff", Sort.PICTURE),
    (b"GIF8", Sort.PICTURE),
    (b"BM", Sort.PICTURE),
    (b"II*\x00", Sort.PICTURE),
    (b"\x1f\x8b", Sort.PACKED),
    (b"7z\xbc\xaf", Sort.PACKED),
    (b"Rar!", Sort.PACKED),
    (b"BZh", Sort.PACKED),
    (b"PAR1", Sort.PARQUET),
)
_NAMED_AS_TABLE = (".csv", ".tsv", ".txt", ".tab", ".psv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".zip")
_CONTROL = bytes(b for b in range(32) if b not in b"\t\n\r\x0b\x0c\x1a\x1b")
_LIST = re.compile(rb"\[\s*(\{|\]|$)")
"""How a list of objects begins in JSON; a schema name such as [dbo] does not."""
_LITTER = ("thumbs.db", "desktop.ini", ".ds_store")


def sort_of(data: bytes) -> Sort:
    """What the bytes say, whatever the name says; of most files the first few thousand are enough."""
    if not data:
        return Sort.EMPTY
    if data.startswith(b"PK"):
        found = _packed_sort(data)
        if found is not None:
            return found
    for start, sort in _SIGNATURES:
        if data.startswith(start) and (len(start) > 2 or b"\x00" in data[:64]):
            return sort
    return _text_sort(data[:4_096])


def _packed_sort(data: bytes) -> Sort | None:
    if data[:4] not in {b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"}:
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = {n.replace("\\", "/").lower() for n in packed.namelist()}
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the archive's reader says so
        return Sort.ARCHIVE
    if "xl/workbook.xml" in names:
        return Sort.WORKBOOK
    if "[content_types].xml" in names or "mimetype" in names:
        return Sort.DOCUMENT
    return Sort.ARCHIVE


def _text_sort(start: bytes) -> Sort:
    text = (
        start.replace(b"\x00", b"")
        .removeprefix(b"\xef\xbb\xbf")
        .removeprefix(b"\xff\xfe")
        .removeprefix(b"\xfe\xff")
    )
    said = text.lstrip().lower()
    if said.startswith((b"<!doctype html", b"<html", b"<table")):
        return Sort.HTML
    if said.startswith(b"<"):
        return Sort.XML
    if said.startswith(b"{") or _LIST.match(said):
        return Sort.JSON
    marked = start.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff"))
    odd = len(start) - len(start.translate(None, _CONTROL))
    return Sort.BINARY if not marked and odd * 50 > len(start) and not _unmarked_utf16(start) else Sort.TEXT


def _unmarked_utf16(start: bytes) -> bool:
    """Every other byte is nought: text, though nothing says so; its reader asks for UTF-8."""
    halves = start[0::2], start[1::2]
    return any(half.count(0) * 3 > len(half) * 2 for half in halves)


def left_by_system(name: str) -> bool:
    """Whether the file is something that an operating system or an office program leaves about."""
    parts = name.lower().split("/")
    return "__macosx" in parts or parts[-1] in _LITTER or parts[-1].startswith(("._", "~$"))


def named_as_table(name: str) -> bool:
    """Whether its name promises a table, so that it must not be passed over in silence."""
    return name.lower().endswith(_NAMED_AS_TABLE)
