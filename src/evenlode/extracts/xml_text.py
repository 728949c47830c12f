"""The letters of an XML file as UTF-8, and the refusal of whatever would make a reader open other files."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass, field

from evenlode.errors import CannotRead
from evenlode.extracts.archives import fit_to_show
from evenlode.extracts.encodings import to_utf8
from evenlode.extracts.grid import Remark

_DECLARED = re.compile(rb"""\A<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._:-]{0,40})["']""")
_ROOT = re.compile(rb"<([^\s<>/!?=\"'&]{1,200})[\s/>]")
_AS_TEXT = {"utf-8", "ascii", "cp1252", "iso8859-1"}
"""Encodings of which the bytes themselves show which it is."""
_WIDE = {"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"}
_TYPE = "<!DOCTYPE"
_OTHER_DECLARATIONS = ("<!ENTITY", "<!ELEMENT", "<!ATTLIST", "<!NOTATION")


@dataclass
class XmlText:
    """An XML file as UTF-8, without a mark and without space before it.

    root: the name of its outermost element.  first_line: the line of the file on which it begins.
    """

    data: bytes
    root: str
    first_line: int = 1
    remarks: list[Remark] = field(default_factory=list)


def xml_text(file: str, data: bytes) -> XmlText:
    """The text of an XML file.

    Raises CannotRead for any document type declaration, wherever it stands and before anything is
    parsed, for an encoding that is not read, and for a file that breaks off before its first element.
    """
    refuse_declarations(file, data)
    wide = _wide(data)
    data, remarks = _from_wide(file, data, wide) if wide else _from_narrow(file, data)
    bare = data.lstrip()
    first_line = data[: len(data) - len(bare)].count(b"\n") + 1
    return XmlText(bare, _root(file, bare), first_line, remarks)


def refuse_declarations(file: str, data: bytes) -> None:
    """Refuses a file that declares a document type or an entity, in the letters in which it is written.

    The bytes are searched as they are: nothing is parsed or decoded first.
    """
    wide = _wide(data)
    for said in (_TYPE, *_OTHER_DECLARATIONS):
        for written in {said, said.lower()}:
            if written.encode(wide or "ascii") in data:
                raise CannotRead(
                    f"{file}: the file holds a declaration ({said[2:]}) by which a reader can be made to open other "
                    "files or to fill the memory; no census has one, and nothing of it was read; take the file out, "
                    "or export it again."
                )


def root_name(data: bytes) -> str:
    """The name of the outermost element, as it may be shown; blank where it cannot be told."""
    wide = _wide(data)
    head = data[:65_536].decode(wide, "ignore").encode() if wide else data[:65_536]
    found = _ROOT.search(_past_prolog(head.removeprefix(codecs.BOM_UTF8).lstrip()))
    return fit_to_show(found[1].decode("utf-8", "replace"))[:60] if found else ""


def _wide(data: bytes) -> str | None:
    """The encoding of a file whose letters take two or four bytes each."""
    for mark, name in (
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return name
    for name in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        if data.startswith("<".encode(name)):
            return name
    return None


def _from_wide(file: str, data: bytes, name: str) -> tuple[bytes, list[Remark]]:
    shown = name[:6].upper()
    try:
        text = data.decode(name).removeprefix("\ufeff").encode("utf-8")
    except (UnicodeDecodeError, UnicodeEncodeError):
        raise CannotRead(
            f"{file}: the file is {shown} but is cut off or damaged; export it again, as UTF-8."
        ) from None
    return text, [Remark(f"read as {shown}", repaired=True)]


def _from_narrow(file: str, data: bytes) -> tuple[bytes, list[Remark]]:
    found = _DECLARED.match(data.removeprefix(codecs.BOM_UTF8).lstrip()[:400])
    declared = found[1].decode() if found else ""
    known = _codec(declared) if declared else "utf-8"
    if known not in _AS_TEXT | _WIDE:
        raise CannotRead(
            f"{file}: the file says that its letters are written as {declared}, which is not read; "
            "export it again, as UTF-8."
        )
    text = to_utf8(file, data)
    if known in {"cp1252", "iso8859-1"} and text.remarks and not text.cut:
        return text.data, []
    if known not in {"utf-8", "ascii"} and not text.remarks and (known in _WIDE or not data.isascii()):
        said = f"says that it is {declared}, but its letters are UTF-8; read as UTF-8"
        return text.data, [Remark(said, repaired=True)]
    return text.data, text.remarks


def _codec(declared: str) -> str:
    try:
        return codecs.lookup(declared).name
    except LookupError:
        return ""


def _root(file: str, data: bytes) -> str:
    rest = _past_prolog(data)
    found = _ROOT.match(rest)
    if found is None:
        raise CannotRead(
            f"{file}: the file is no sound XML: it breaks off, or something else stands where its first element "
            "belongs; export it again."
        )
    return found[1].decode("utf-8")


def _past_prolog(data: bytes) -> bytes:
    """From the first element on, past the XML line, instructions and comments."""
    at = 0
    while True:
        while data[at : at + 1].isspace():
            at += 1
        if data.startswith(b"<?", at):
            end, mark = data.find(b"?>", at), 2
        elif data.startswith(b"<!--", at):
            end, mark = data.find(b"-->", at + 4), 3
        else:
            return data[at : at + 1_000]
        if end < 0:
            return b""
        at = end + mark
