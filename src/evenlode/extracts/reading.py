"""Reads everything that was handed over, and gives one delivery for each source found in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evenlode.errors import CannotRead
from evenlode.extracts.action_ids import give_action_ids
from evenlode.extracts.convert import Converter
from evenlode.extracts.doubts import list_doubts
from evenlode.extracts.grid import Grid
from evenlode.extracts.headings import plain
from evenlode.extracts.layouts import SSD, Layout, layouts
from evenlode.extracts.mapping import Mapping, default_mapping
from evenlode.extracts.progress import Progress, Silent
from evenlode.extracts.recognise import recognise
from evenlode.extracts.repeats import set_repeats_aside
from evenlode.extracts.signature import Sort, named_as_table
from evenlode.extracts.sources import HandedFile, open_extracts
from evenlode.extracts.stack import Piece, Stack, read_piece
from evenlode.extracts.text_tables import text_table
from evenlode.extracts.ties import tie_to_children
from evenlode.extracts.workbooks import workbook_tables
from evenlode.record.delivery import Action, Delivery, FileRead, Problem

_ANNEX_A = "child_unique_id"
_BOOKS = (Sort.WORKBOOK, Sort.OLD_WORKBOOK)


@dataclass
class _FromFile:
    """What one file gave."""

    file: FileRead
    pieces: list[Piece] = field(default_factory=list)
    passed_over: list[Problem] = field(default_factory=list)


def read_extracts(
    path: Path, *, la_code: str, mapping: Mapping | None = None, progress: Progress | None = None
) -> list[Delivery]:
    """One delivery for each source in a folder, archive, workbook or single file.

    A source is one format from one system: "ssd" for all tables of the Standard Safeguarding
    Dataset, and one for each of a council's own layouts.  Raises CannotRead, with one sentence that
    names the file, the place and the mend, where something cannot be read; rows that cannot be read
    are set aside in the delivery instead.
    """
    reader = _Reader(mapping or default_mapping(), progress or Silent())
    found = list(reader.files(path))
    pieces = [piece for one in found for piece in one.pieces]
    passed_over = [problem for one in found for problem in one.passed_over]
    if not pieces:
        raise CannotRead(_nothing_known(path, passed_over))
    stacks = reader.stacks(pieces)
    deliveries = [reader.delivery(source, la_code, stacks, found) for source in _in_order(stacks)]
    deliveries[0].problems += passed_over
    return deliveries


def _in_order(stacks: dict[tuple[str, str], Stack]) -> list[str]:
    sources = dict.fromkeys(source for source, _ in stacks)
    return sorted(sources, key=lambda s: (s != SSD, s))


def _nothing_known(path: Path, passed_over: list[Problem]) -> str:
    said = f" ({passed_over[0].file}: {passed_over[0].problem})" if passed_over else ""
    return (
        f"{path.name}: nothing in it has the headings of an extract that is known{said}; "
        "hand over the folder of exports, or name the council's headings in the mapping file."
    )


class _Reader:
    """Reads with one council's headings, words and codes."""

    def __init__(self, mapping: Mapping, progress: Progress) -> None:
        self.mapping = mapping
        self.progress = progress
        self.known: tuple[Layout, ...] = layouts(mapping)
        self.converter = Converter(mapping.words)

    def files(self, path: Path) -> Iterator[_FromFile]:
        """What each file gave, in order."""
        handed = open_extracts(path)
        done = 0
        for file in handed.files():
            self.progress.step(f"Reading {file.name}", min(done, handed.size), handed.size)
            yield self._file(file)
            done += len(file.data)
        self.progress.step("Checking what was read", handed.size, handed.size)

    def _file(self, file: HandedFile) -> _FromFile:
        given = _FromFile(FileRead(file.name, file.sha256, len(file.data)))
        if file.sort not in {Sort.TEXT, Sort.JSON, *_BOOKS}:
            given.passed_over.append(_passed_over(file))
            return given
        for grid in self._grids(file):
            known = recognise(grid.file, grid.headings, self.known)
            if known is None:
                given.passed_over.append(_unknown_headings(grid))
                continue
            codes = self.mapping.codes.get(known.layout.table.name, {})
            given.pieces.append(read_piece(grid, known, self.converter, codes))
        return given

    def _grids(self, file: HandedFile) -> Iterator[Grid]:
        if file.sort in _BOOKS:
            yield from workbook_tables(file.name, file.data, file.sort, self.known)
        else:
            yield text_table(file.name, file.data, self.known)

    def stacks(self, pieces: list[Piece]) -> dict[tuple[str, str], Stack]:
        """The rows of each table of each source, checked."""
        grouped: dict[tuple[str, str], list[Piece]] = defaultdict(list)
        for piece in pieces:
            layout = piece.recognised.layout
            grouped[layout.source, layout.table.name].append(piece)
        stacks = {key: Stack(key[0], those[0].recognised.layout.table, those) for key, those in grouped.items()}
        by_table = {table: stack for (source, table), stack in sorted(stacks.items(), key=lambda s: s[0][0] == SSD)}
        tie_to_children(by_table)
        for stack in stacks.values():
            set_repeats_aside(stack)
            if stack.table.name == "action":
                give_action_ids(stack)
        list_doubts(by_table)
        return stacks

    def delivery(
        self, source: str, la_code: str, stacks: dict[tuple[str, str], Stack], found: list[_FromFile]
    ) -> Delivery:
        """Everything that one source handed over."""
        given = Delivery(source, source)
        for (owner, table), stack in stacks.items():
            if owner == source:
                given.tables[table] = stack.finish(la_code, self.mapping.words)
                given.counts += stack.counts()
                given.problems += stack.problems
                given.quarantined += stack.quarantined()
        given.files = [one.file for one in found if any(p.recognised.layout.source == source for p in one.pieces)]
        return given


def _passed_over(file: HandedFile) -> Problem:
    """A file that is no table: said where its name promises nothing, refused where it promises a table."""
    if named_as_table(file.name):
        if file.sort is Sort.EMPTY:
            raise CannotRead(f"{file.name}: the file is empty (0 bytes); export it again, or take it out.")
        raise CannotRead(f"{file.name}: this is {file.sort}, whatever its name says; hand over the export as CSV or xlsx.")
    what = "not read yet" if file.sort is Sort.XML else "not recognised"
    return Problem(file.name, "", None, "", "", f"{what}: it is {file.sort}; kept out", Action.KEPT)


def _unknown_headings(grid: Grid) -> Problem:
    if any(plain(h) == _ANNEX_A for h in grid.headings):
        return Problem(grid.file, "", None, "", "", "not read yet: it is a list of Annex A; kept out", Action.KEPT)
    named = ", ".join(h[:40] for h in grid.headings[:6] if h)
    return Problem(grid.file, "", None, "", "", f"not recognised: its headings are {named or 'blank'}; kept out", Action.KEPT)
