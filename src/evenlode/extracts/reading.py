"""Reads everything that was handed over, and gives one delivery for each source found in it."""

from __future__ import annotations

import hashlib
from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from evenlode.errors import CannotRead
from evenlode.extracts.action_ids import give_action_ids
from evenlode.extracts.convert import Converter
from evenlode.extracts.derived import constant
from evenlode.extracts.doubts import list_doubts
from evenlode.extracts.forms.book import FORM_OF, GAPS, ONCE, known_lists
from evenlode.extracts.forms.cin_flat import dates_for_numbers
from evenlode.extracts.forms.dfe_api_lists import NAMES_CHILD, PARTS
from evenlode.extracts.forms.documents import DOCUMENTS
from evenlode.extracts.forms.unfold import each_once, unfold, unfold_together
from evenlode.extracts.grid import Grid
from evenlode.extracts.json_parts import child_grids
from evenlode.extracts.layouts import SSD, Layout, layouts
from evenlode.extracts.mapping import Mapping, default_mapping
from evenlode.extracts.overflow import Overflow
from evenlode.extracts.passed_over import not_a_table, not_ours, other_xml, same_as
from evenlode.extracts.periods import tie_to_periods
from evenlode.extracts.progress import Progress, Silent
from evenlode.extracts.recognise import Recognised, recognise
from evenlode.extracts.repeats import set_repeats_aside
from evenlode.extracts.signature import Sort, left_by_system, named_as_table
from evenlode.extracts.sources import HandedFile, open_extracts
from evenlode.extracts.stack import Piece, Stack, by_table, read_piece
from evenlode.extracts.text_tables import text_table
from evenlode.extracts.ties import tie_to_children
from evenlode.extracts.workbooks import workbook_tables
from evenlode.extracts.xml_tables import xml_grids
from evenlode.record.delivery import Delivery, FileRead, Problem
from evenlode.record.tables import TABLES

_In = TypeVar("_In")
_Out = TypeVar("_Out")
_BOOKS = (Sort.WORKBOOK, Sort.OLD_WORKBOOK)
_AT_ONCE = 2
"""Files read side by side; more would only fill the memory."""
_START = 65_536
"""Bytes of an XML file that tell its root element."""
_LARGE = 256 * 1024**2
"""Bytes of the files that are read side by side."""


@dataclass
class _FromFile:
    """What one file gave.  lists: what is made into pieces once every file of the list has been read."""

    file: FileRead
    pieces: list[Piece] = field(default_factory=list)
    lists: list[tuple[Grid, Recognised]] = field(default_factory=list)
    passed_over: list[Problem] = field(default_factory=list)


def read_extracts(
    path: Path,
    *,
    la_code: str,
    mapping: Mapping | None = None,
    progress: Progress | None = None,
    overflow: Overflow | None = None,
) -> list[Delivery]:
    """One delivery for each source in a folder, archive, workbook or single file.

    A source is one format from one system: "ssd" for all tables of the Standard Safeguarding
    Dataset, and one for each of a council's own layouts.  Raises CannotRead, with one sentence that
    names the file, the place and the mend, where something cannot be read; rows that cannot be read
    are set aside in the delivery instead.  Files that are not ours are named in the first delivery's
    problems and otherwise left alone.

    overflow: where rows go that do not fit in memory together; they read as if they were in memory.
    """
    reader = _Reader(mapping or default_mapping(), progress or Silent(), overflow or Overflow(), la_code)
    found = _each_once(list(reader.files(path)))
    reader.fill_from_lists(found)
    pieces = [piece for one in found for piece in one.pieces]
    passed_over = [problem for one in found for problem in one.passed_over]
    if not pieces:
        raise CannotRead(_nothing_known(path, passed_over))
    stacks = reader.stacks(pieces)
    tables = reader.tables(stacks, la_code)
    sources = sorted({s.source for s in stacks}, key=lambda s: (s != SSD, s))
    deliveries = [_delivery(source, stacks, tables, found) for source in sources]
    for delivery in deliveries:
        delivery.let_go = reader.overflow.let_go
    deliveries[0].problems += passed_over
    pa.default_memory_pool().release_unused()
    return deliveries


def _each_once(found: list[_FromFile]) -> list[_FromFile]:
    """A file handed over twice under two names is read once, and that is said."""
    first: dict[str, str] = {}
    for one in found:
        known = one.pieces or one.lists
        if known and first.setdefault(one.file.sha256, one.file.name) != one.file.name:
            one.pieces, one.lists = [], []
            one.passed_over = [same_as(one.file.name, first[one.file.sha256])]
    return found


def _nothing_known(path: Path, passed_over: list[Problem]) -> str:
    said = f" ({passed_over[0].file}: {passed_over[0].problem})" if passed_over else ""
    return (
        f"{path.name}: nothing in it has the headings of an extract that is known{said}; "
        "hand over the folder of exports, or name the council's headings in the mapping file."
    )


class _Reader:
    """Reads with one council's headings, words and codes."""

    def __init__(self, mapping: Mapping, progress: Progress, overflow: Overflow, la_code: str) -> None:
        self.overflow = overflow
        self.la_code = la_code
        self.mapping = mapping
        self.progress = progress
        self.known: tuple[Layout, ...] = (*layouts(mapping), *known_lists(mapping))
        self.converter = Converter(mapping.words)

    def files(self, path: Path) -> Iterator[_FromFile]:
        """What each file gave, in order; two are read at a time, but of large ones no more than one."""
        handed = open_extracts(path)
        self.overflow.expect(handed.size)
        done = 0
        waiting: deque[tuple[HandedFile, Future[_FromFile]]] = deque()
        pool = ThreadPoolExecutor(_AT_ONCE)
        try:
            for file in handed.files():
                self.progress.step(f"Reading {file.name}", min(done, handed.size), handed.size)
                while waiting and (
                    len(waiting) > _AT_ONCE or sum(f.size for f, _ in waiting) + file.size > _LARGE
                ):
                    first, given = waiting.popleft()
                    yield given.result()
                    done += first.size
                waiting.append((file, pool.submit(self._file, file)))
            for _, given in waiting:
                yield given.result()
        finally:
            pool.shutdown(cancel_futures=True)
        self.progress.step("Checking what was read", handed.size, handed.size)

    def _file(self, file: HandedFile) -> _FromFile:
        if left_by_system(file.name) or file.sort not in {Sort.TEXT, Sort.XML, Sort.JSON, *_BOOKS}:
            return _FromFile(
                FileRead(file.name, "", file.size), passed_over=[not_a_table(file.name, file.sort)]
            )
        data = file.load()
        self.overflow.count(len(data))
        given = _FromFile(FileRead(file.name, hashlib.sha256(data).hexdigest(), len(data)))
        try:
            start = data[:_START] if file.sort is Sort.XML else b""
            grids = self._grids(file, data)
            del data
            for grid in grids:
                known = recognise(grid.file, grid.headings, self._may_be(grid))
                if known is None:
                    given.passed_over.append(not_ours(grid))
                    continue
                form = FORM_OF.get(known.layout.table.name)
                if form is not None and form.prepare is not None:
                    given.lists.append((grid, known))
                    continue
                given.pieces += self._pieces(grid, known)
        except CannotRead:
            if named_as_table(file.name) or file.sort in {Sort.XML, Sort.JSON}:
                raise
            given.passed_over.append(not_a_table(file.name, Sort.BINARY))
        nothing = not given.pieces and not given.lists
        if file.sort is Sort.XML and nothing:
            given.passed_over.append(other_xml(file.name, start))
        if file.sort is Sort.JSON and nothing:
            given.passed_over.append(not_a_table(file.name, file.sort))
        self.overflow.let_go()
        return given

    def _may_be(self, grid: Grid) -> Sequence[Layout]:
        """The layouts that a table may have: the one of its list, where the file itself says which that is."""
        if not grid.as_list:
            return self.known
        return [layout for layout in self.known if layout.table.name == grid.as_list]

    def _pieces(self, grid: Grid, known: Recognised) -> list[Piece]:
        """A table of the record as it stands, or the tables that a list fills."""
        form = FORM_OF.get(known.layout.table.name)
        if form is not None:
            return unfold(grid, known, form, self.converter, self.mapping.codes, self.overflow)
        codes = self.mapping.codes.get(known.layout.table.name, {})
        return [read_piece(grid, known, self.converter, codes, self.overflow)]

    def fill_from_lists(self, found: list[_FromFile]) -> None:
        """The tables that lists fill whose rows are made ready over all files together."""
        lists = [(one, *a_list) for one in found for a_list in one.lists]
        for form in dict.fromkeys(FORM_OF[known.layout.table.name] for _, _, known in lists):
            mine = [(one, grid, known) for one, grid, known in lists if known.layout.table is form.list]
            files = [(grid, known) for _, grid, known in mine]
            made = unfold_together(files, form, self.converter, self.mapping.codes, self.overflow)
            for (one, _, _), pieces in zip(mine, made, strict=True):
                one.pieces += pieces

    def _grids(self, file: HandedFile, data: bytes) -> Iterable[Grid]:
        """The tables of a file; the bytes of a text file are not needed once it is read."""
        if file.sort in _BOOKS:
            return workbook_tables(file.name, data, file.sort, self.known)
        if file.sort is Sort.XML:
            return xml_grids(file.name, data, DOCUMENTS, self.la_code)
        if file.sort is Sort.JSON:
            return child_grids(file.name, data, PARTS, NAMES_CHILD)
        return [text_table(file.name, data, self.known)]

    def stacks(self, pieces: list[Piece]) -> list[Stack]:
        """The rows of each table of each source, checked; of files that say their day, the newest first."""
        pieces = sorted(pieces, key=lambda piece: piece.fill.as_of, reverse=True)
        grouped: dict[tuple[str, str], list[Piece]] = defaultdict(list)
        for piece in each_once(dates_for_numbers(pieces), ONCE, GAPS):
            layout = piece.recognised.layout
            grouped[layout.source, layout.table.name].append(piece)
        stacks = self._each(
            lambda key: Stack(key[0], TABLES[key[1]], grouped[key], self.overflow), list(grouped)
        )
        tie_to_children(stacks)
        tie_to_periods(stacks)
        self._each(_count_once, stacks)
        self._each(lambda stack: list_doubts(stack, by_table(stacks, stack.source)), stacks)
        return stacks

    def tables(self, stacks: list[Stack], la_code: str) -> dict[tuple[str, str], pa.Table]:
        """The rows of each source and table that are in, as the record declares them."""
        longest = max(stack.size for stack in stacks)
        owners = {
            source: {
                "la_code": self.overflow.put(constant(la_code, longest)),
                "source": self.overflow.put(constant(source, longest)),
            }
            for source in {stack.source for stack in stacks}
        }
        ready = self._each(lambda stack: stack.finish(owners[stack.source], self.mapping.words), stacks)
        return {(s.source, s.table.name): table for s, table in zip(stacks, ready, strict=True)}

    def _each(self, work: Callable[[_In], _Out], those: Sequence[_In]) -> list[_Out]:
        """The same work for each, in order: two at a time, or one where memory is short."""

        def one(those: _In) -> _Out:
            try:
                return work(those)
            finally:
                self.overflow.let_go()

        with ThreadPoolExecutor(1 if self.overflow.in_use else _AT_ONCE) as pool:
            return list(pool.map(one, those))


def _count_once(stack: Stack) -> None:
    """Sets repeats aside; actions then get ids where their export gave none."""
    set_repeats_aside(stack)
    if stack.table.name == "action":
        give_action_ids(stack)


def _delivery(
    source: str, stacks: list[Stack], tables: dict[tuple[str, str], pa.Table], found: list[_FromFile]
) -> Delivery:
    """Everything that one source handed over."""
    given = Delivery(source, source)
    for stack in stacks:
        if stack.source == source:
            given.tells[stack.table.name] = stack.tells()
            given.tables[stack.table.name] = tables[source, stack.table.name]
            given.counts += stack.counts()
            given.problems += stack.problems
            given.quarantined += stack.quarantined()
    given.files = [one.file for one in found if any(p.recognised.layout.source == source for p in one.pieces)]
    return given
