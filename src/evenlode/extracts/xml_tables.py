"""Tables out of an XML file: one pass over it, one table for each element that stands many times.

Which elements those are is declared by the formats (`Document`); nothing here knows any of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NoReturn
from xml.parsers import expat

import numpy as np
import pyarrow as pa

from evenlode.errors import CannotRead
from evenlode.extracts.archives import fit_to_show
from evenlode.extracts.grid import Grid, Remark
from evenlode.extracts.limits import (
    MAX_CELLS,
    MAX_XML_DEPTH,
    MAX_XML_KINDS,
    MAX_XML_TEXT,
    MAX_XML_TOKEN,
)
from evenlode.extracts.xml_documents import Document, Repeated
from evenlode.extracts.xml_text import XmlText, xml_text

_STEP = 262_144
"""Bytes that are parsed at a time; limits are looked at between."""
_AT_ONCE = 2_000
"""Rows that are held as rows."""
_BETWEEN = "; "
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_SCHEMA_ATTRIBUTES = ("http://www.w3.org/2001/XMLSchema-instance ", "http://www.w3.org/XML/1998/namespace ")
_DECLARATIONS = (
    "StartDoctypeDeclHandler",
    "EntityDeclHandler",
    "UnparsedEntityDeclHandler",
    "NotationDeclHandler",
    "ExternalEntityRefHandler",
    "SkippedEntityHandler",
)
"""What the parser says of declarations; `xml_text` has looked for them before."""
_BREAKS_OFF = {3, 5, 6, 20}
"""The parser's numbers for a file that ends too soon."""


def xml_grids(file: str, data: bytes, documents: Mapping[str, Document], la_code: str) -> list[Grid]:
    """One table for each list of which the file holds a row, with the line of each element.

    None where the outermost element is not known.  Raises CannotRead, with the line, where the file is no
    sound XML, declares a document type, or goes past a limit.
    """
    text = xml_text(file, data)
    document = documents.get(text.root.rpartition(":")[2])
    if document is None:
        return []
    reading = _Reading(file, text, document)
    reading.parse()
    grids = reading.grids()
    day = _DAY.match(reading.root_cells().get(document.as_of, ""))
    for grid in grids:
        grid.as_of = day[0] if day else ""
    if grids:
        said = document.says(reading.root_cells(), grids, la_code) if document.says else []
        grids[0].remarks += [*text.remarks, *reading.remarks(), *map(Remark, said)]
    return grids


class _Rows:
    """The rows of one repeated element while they are being gathered.

    rows: those not yet set down in columns; the last is the one being read.  before: how many are.
    """

    def __init__(self, of: Repeated, above: _Rows | None) -> None:
        self.of = of
        self.above = above
        self.headings = [of.heading(cell) for cell in of.cells]
        self.rows: list[list[str]] = []
        self.before = 0
        self.lines: list[int] = []
        self.parents: list[int] = []
        self.again: dict[int, int] = {}
        self.last = -1
        self.unordered: dict[int, int] = {}
        self.blank = [""] * len(self.headings)
        self._down: list[list[pa.Array]] = [[] for _ in self.headings]

    @property
    def count(self) -> int:
        """How many rows there are."""
        return self.before + len(self.rows)

    def begin(self, line: int) -> None:
        self.rows.append(self.blank.copy())
        self.lines.append(line)
        self.last = -1
        if self.above is not None:
            self.parents.append(self.above.count - 1)

    def set_down(self, left: int) -> None:
        """Puts rows into columns, all but the last few: they take less room there."""
        out = self.rows[: len(self.rows) - left]
        if out:
            self.rows = self.rows[len(out) :]
            self.before += len(out)
            for column, cells in zip(self._down, zip(*out, strict=True), strict=True):
                column.append(pa.array(cells, pa.string()))

    def columns(self) -> list[pa.Array]:
        """Its own cells, column by column, once everything is read."""
        self.set_down(0)
        self._down = [
            [pa.concat_arrays(column) if column else pa.array([], pa.string())] for column in self._down
        ]
        return [column[0] for column in self._down]

    def from_above(self, heading: str) -> pa.Array:
        """A cell of an element that this one stands in, row by row."""
        at, places = self.above, pa.array(self.parents, pa.int64())
        while at is not None:
            if heading in at.headings:
                return at.columns()[at.headings.index(heading)].take(places)
            places = pa.array(at.parents, pa.int64()).take(places) if at.above is not None else places
            at = at.above
        raise KeyError(heading)


class _Node:
    """One element that is known: what may stand in it, and what becomes of it."""

    __slots__ = ("cell", "children", "name", "place", "rows", "several")

    def __init__(self, name: str) -> None:
        self.name = name
        self.children: dict[str, _Node] = {}
        self.rows: _Rows | None = None
        self.cell: _Rows | None = None
        self.place = 0
        self.several = False

    def inside(self, path: str) -> _Node:
        """The element at a path below this one."""
        node = self
        for name in path.split("/") if path not in {"", "."} else ():
            node = node.children.setdefault(name, _Node(name))
        return node


class _Reading:
    """One pass over one file."""

    def __init__(self, file: str, text: XmlText, document: Document) -> None:
        self.file = file
        self.text = text
        self.top = _Node("")
        root = self.top.children.setdefault(document.root, _Node(document.root))
        self.lists = [self._place(root, one) for one in sorted(document.lists, key=_depth)]
        self.space = ""
        self.node = self.top
        self.opened: list[_Node] = []
        self.outside = 0
        self.heard: list[str] = []
        self.unknown: dict[str, tuple[int, int]] = {}
        self.stray: tuple[int, int] = (0, 0)
        self.parser = self._parser()

    def _place(self, root: _Node, one: Repeated) -> _Rows:
        """Puts a repeated element and its cells where they stand; those above come first."""
        node = root
        above = root.rows
        for name in one.path.split("/") if one.path else ():
            node = node.children.setdefault(name, _Node(name))
            above = node.rows or above
        rows = node.rows = _Rows(one, above if node is not root else None)
        for place, cell in enumerate(one.cells):
            at = node.inside(cell)
            at.cell, at.place, at.several = rows, place, rows.headings[place] in one.several
        return rows

    def _parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8", " ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.heard.append
        for name in _DECLARATIONS:
            setattr(parser, name, self._refuse_declaration)
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)
        return parser

    def parse(self) -> None:
        """Reads the file from end to end; a file that breaks off is refused whole."""
        data = memoryview(self.text.data)
        try:
            for start in range(0, len(data), _STEP):
                self.parser.Parse(data[start : start + _STEP], False)
                self._between_steps(min(start + _STEP, len(data)))
            self.parser.Parse(b"", True)
        except expat.ExpatError as fault:
            self._refuse_unsound(fault)
        finally:
            self.parser.StartElementHandler = self.parser.EndElementHandler = None
            for name in _DECLARATIONS:
                setattr(self.parser, name, None)

    def _line(self) -> int:
        return int(self.parser.CurrentLineNumber) + self.text.first_line - 1

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        heard = self.heard
        if heard:
            if len(heard) == 1 and heard[0].isspace():
                heard.clear()
            else:
                self._between()
        if self.outside:
            self.outside += 1
            if self.outside > MAX_XML_DEPTH:
                self._refuse(f"elements stand more than {MAX_XML_DEPTH} deep in one another")
            return
        node = self.node.children.get(name) or self._known(name)
        if node is None:
            self._set_outside(name)
            return
        if attributes:
            self._attributes(name, attributes)
        self.opened.append(self.node)
        self.node = node
        if node.rows is not None:
            node.rows.begin(self.parser.CurrentLineNumber)

    def _end(self, _: str) -> None:
        if self.outside:
            self.outside -= 1
            self.heard.clear()
            return
        node, heard = self.node, self.heard
        self.node = self.opened.pop()
        if not heard:
            return
        rows = node.cell
        if rows is None:
            self._between()
            return
        text = (heard[0] if len(heard) == 1 else "".join(heard)).strip()
        heard.clear()
        if node.place < rows.last:
            rows.unordered.setdefault(rows.count, self._line())
        rows.last = node.place
        row = rows.rows[-1]
        if not row[node.place]:
            row[node.place] = text
        elif text and node.several:
            row[node.place] += _BETWEEN + text
        elif text:
            rows.again.setdefault(node.place, self._line())

    def _known(self, name: str) -> _Node | None:
        """The element without its namespace, where that is the one of the document."""
        space, _, bare = name.rpartition(" ")
        if not space:
            return None
        if self.node is self.top:
            self.space = space
        if space != self.space:
            return None
        node = self.node.children.get(bare)
        if node is not None:
            self.node.children[name] = node
        return node

    def _set_outside(self, name: str) -> None:
        """An element that no list has is left out with all that it holds, and said once."""
        if self.node.cell is not None and not self.node.children:
            self._refuse(f"the element {self.node.name} holds another element where a value belongs")
        self.outside = 1
        self._unknown(f"the element {_shown(name)} in {self.node.name or 'the file'}")

    def _attributes(self, name: str, attributes: dict[str, str]) -> None:
        for attribute in attributes:
            if not attribute.startswith(_SCHEMA_ATTRIBUTES):
                self._unknown(f"the attribute {_shown(attribute)} of {_shown(name)}")

    def _unknown(self, what: str) -> None:
        if what not in self.unknown and len(self.unknown) >= MAX_XML_KINDS:
            what = "further elements"
        count, line = self.unknown.get(what, (0, self._line()))
        self.unknown[what] = (count + 1, line)

    def _between(self) -> None:
        """What stands between elements should be space."""
        blank = all(text.isspace() for text in self.heard)
        self.heard.clear()
        if self.outside or blank:
            return
        count, line = self.stray
        self.stray = (count + 1, line or self._line())

    def _between_steps(self, fed: int) -> None:
        if sum(map(len, self.heard)) > MAX_XML_TEXT:
            self._refuse(f"a text goes on for more than {MAX_XML_TEXT // 1024**2} MB")
        if fed - self.parser.CurrentByteIndex > MAX_XML_TOKEN:
            self._refuse(f"an element or remark goes on for more than {MAX_XML_TOKEN // 1024**2} MB")
        if sum(rows.count * max(len(rows.blank), 1) for rows in self.lists) > MAX_CELLS:
            self._refuse(f"the file holds more than {MAX_CELLS:,} cells")
        for rows in self.lists:
            if len(rows.rows) > _AT_ONCE:
                rows.set_down(1)

    def _refuse_declaration(self, *_: object) -> NoReturn:
        self._refuse("a declaration or reference that points outside the file stands there")

    def _refuse_unsound(self, fault: expat.ExpatError) -> NoReturn:
        line = fault.lineno + self.text.first_line - 1
        if fault.code in _BREAKS_OFF:
            raise CannotRead(
                f"{self.file}, line {line}: the file breaks off there, so that nobody can tell what is missing; "
                "export it again."
            ) from None
        raise CannotRead(
            f"{self.file}, line {line}: the file is no sound XML ({expat.ErrorString(fault.code)}); export it again."
        ) from None

    def _refuse(self, what: str) -> NoReturn:
        raise CannotRead(f"{self.file}, line {self._line()}: {what}; export the file again.")

    def root_cells(self) -> dict[str, str]:
        """The cells that stand once in the whole file, by heading."""
        top = next((rows for rows in self.lists if not rows.of.path and rows.count), None)
        cells = [column[0].as_py() for column in top.columns()] if top else []
        return dict(zip(top.headings, cells, strict=True)) if top else {}

    def grids(self) -> list[Grid]:
        """The lists of which there is a row, and those that are given with them."""
        given = {rows.of.as_list for rows in self.lists if rows.count and rows.of.as_list}
        return [
            self._grid(rows)
            for rows in self.lists
            if rows.of.as_list and (rows.count or rows.of.with_list in given)
        ]

    def _grid(self, rows: _Rows) -> Grid:
        one = rows.of
        name = one.path.rpartition("/")[2]
        columns = [rows.from_above(heading) for heading in one.above] + rows.columns()
        numbers = np.array(rows.lines, dtype=np.int64) + self.text.first_line - 1
        grid = Grid(
            f"{self.file}, {name}", [*one.above, *rows.headings], columns, numbers, as_list=one.as_list
        )
        if len(numbers) > 2 * len(np.unique(numbers)):
            grid.row_numbers = np.arange(1, len(numbers) + 1, dtype=np.int64)
            grid.remarks.append(
                Remark(f"several stand on one line of the file; a row here is the count of the {name}")
            )
        for place, line in rows.again.items():
            text = f"{rows.headings[place]} stands more than once in one {name} (first on line {line}); the first is read"
            grid.remarks.append(Remark(text))
        if rows.unordered:
            text = (
                f"the elements of {len(rows.unordered):,} {name} stand in another order than in the schema "
                f"(first on line {min(rows.unordered.values())}); read all the same"
            )
            grid.remarks.append(Remark(text))
        return grid

    def remarks(self) -> list[Remark]:
        """What was met that no list has."""
        said = [
            Remark(f"{what} is not known (met {count:,} times, first on line {line}); not read")
            for what, (count, line) in self.unknown.items()
        ]
        count, line = self.stray
        if count:
            said.append(
                Remark(f"text stands between elements ({count:,} times, first by line {line}); not read")
            )
        return said


def _depth(one: Repeated) -> int:
    """Elements are placed before those that stand in them."""
    return one.path.count("/") + 1 if one.path else 0


def _shown(name: str) -> str:
    """An element's name, without its namespace and no longer than a person reads."""
    return fit_to_show(name.rpartition(" ")[2])[:60]
