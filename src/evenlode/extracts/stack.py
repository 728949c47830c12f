"""All rows of one table in one delivery, while they are being checked."""

from __future__ import annotations

from collections.abc import Mapping as Codes
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.errors import CannotRead
from evenlode.extracts.convert import Converter, Fault
from evenlode.extracts.derived import derive
from evenlode.extracts.grid import Grid, Rows
from evenlode.extracts.layouts import SSD
from evenlode.extracts.overflow import Overflow
from evenlode.extracts.quick_dates import WrittenDates
from evenlode.extracts.recognise import Recognised
from evenlode.extracts.report import lines
from evenlode.extracts.text_columns import (
    Mask,
    as_mask,
    filled_rows,
    null_mask,
    same_letters,
    without_nulls,
)
from evenlode.extracts.words import Words
from evenlode.record.columns import ARROW_TYPES, Table
from evenlode.record.delivery import HISTORY, NEWEST, Action, Problem, QuarantinedRow, TableCount

OWN_IDS: dict[str, str] = {
    "establishment": "staff_number",
    "supervision": "note_id",
    "action": "action_id",
    "audit": "audit_id",
}
"""The column that names a row, in tables that may come without one."""
_HOPELESS = 50
"""Rows from which on a column without one readable cell is a fault of the export and not of its rows."""
NOT_READ = {"supervision"}
"""Tables whose columns that are not ours hold free text; it is left out even of rows set aside."""


@dataclass(frozen=True)
class Fills:
    """What a piece tells of its table.

    rank: of rows that lists repeat, the one with the highest stands.  latest_only: it tells the newest
    row of each child and nothing of those before.  not_told: columns that stand in for what it does not
    tell.  as_of: the day of which its file tells, where the file says so.  year_only: it tells the rows of
    its year, so that no row means nothing about the years before.
    """

    rank: int = 0
    latest_only: bool = False
    not_told: tuple[str, ...] = ()
    as_of: str = ""
    year_only: bool = False

    @property
    def of_time(self) -> frozenset[str]:
        """Whether it tells rows of the past, and the newest one of each child."""
        if self.year_only:
            return frozenset()
        return frozenset({NEWEST} if self.latest_only else {NEWEST, HISTORY})


@dataclass
class Piece:
    """The rows of one table in one file, with every column that we know made what it should be."""

    grid: Grid
    recognised: Recognised
    columns: dict[str, pa.Array]
    faults: list[Fault]
    fill: Fills = Fills()

    def take(self, rows: Rows) -> Piece:
        """The same piece with these rows only."""
        at = pa.array(rows)
        new_place = np.full(len(self.grid.row_numbers), -1, dtype=np.int64)
        new_place[rows] = np.arange(len(rows))
        faults = []
        for fault in self.faults:
            places = new_place[fault.rows]
            inside = places >= 0
            said = [s for s, i in zip(fault.said, inside, strict=True) if i]
            if said:
                faults.append(Fault(fault.column, fault.kind, fault.action, places[inside], said))
        columns = {name: column.take(at) for name, column in self.columns.items()}
        return Piece(self.grid.take(rows), self.recognised, columns, faults, self.fill)


def read_piece(
    grid: Grid,
    recognised: Recognised,
    converter: Converter,
    codes: Codes[str, Codes[str, str]],
    overflow: Overflow,
) -> Piece:
    """Converts every column of a file that its layout knows, and puts all of them where there is room."""
    columns: dict[str, pa.Array] = {}
    faults = _repeated_headings(grid, recognised)
    for column in recognised.layout.table.read_columns:
        place = recognised.places.get(column.name)
        if place is None:
            continue
        done = converter.convert(
            column, grid.columns[place], codes.get(column.name, {}), grid.date_cells.get(place)
        )
        _refuse_hopeless(grid, place, done.values, done.faults)
        columns[column.name] = overflow.put(done.values)
        if done.written is not None:
            grid.columns[place] = WrittenDates(columns[column.name], done.written.form)
        elif same_letters(grid.columns[place], done.values):
            grid.columns[place] = without_nulls(columns[column.name])
        else:
            grid.columns[place] = overflow.put(grid.columns[place])
        faults += done.faults
    for place in set(range(len(grid.columns))) - set(recognised.places.values()):
        grid.columns[place] = overflow.put(grid.columns[place])
    grid.row_numbers = overflow.put_rows(grid.row_numbers)
    return Piece(grid, recognised, columns, faults)


def _refuse_hopeless(grid: Grid, place: int, values: pa.Array, faults: list[Fault]) -> None:
    """A long column of which not one cell can be read was exported wrongly: a table without rows would say less."""
    lost = [f for f in faults if f.action is Action.QUARANTINED]
    rows = sum(len(f.rows) for f in lost)
    if (
        rows >= _HOPELESS
        and values.null_count == len(values)
        and rows >= np.count_nonzero(filled_rows(grid.columns[place]))
    ):
        raise CannotRead(
            f"{grid.file}: not one of the {rows:,} cells in the column {grid.headings[place]} can be read (each {lost[0].kind}); "
            "mend the export."
        )


def _repeated_headings(grid: Grid, recognised: Recognised) -> list[Fault]:
    """Files put one after the other hold the headings again among their rows."""
    places = sorted(recognised.places.values())
    rows = np.flatnonzero(as_mask(pc.equal(grid.columns[places[0]], grid.headings[places[0]])))
    if not len(rows):
        return []
    same = [all(row[grid.headings[p]] == grid.headings[p] for p in places) for row in grid.rows(rows)]
    again = rows[np.array(same, dtype=bool)]
    column = next(name for name, place in recognised.places.items() if place == places[0])
    kind = "is the heading again: the row repeats the headings"
    return (
        [Fault(column, kind, Action.QUARANTINED, again, [f"the cell {kind}"] * len(again))]
        if len(again)
        else []
    )


@dataclass
class Stack:
    """The pieces of one table on top of each other, in the order of the files.

    kept: which rows are still in.  Rows are spoken of by their place in the stack.
    """

    source: str
    table: Table
    pieces: list[Piece]
    overflow: Overflow
    columns: dict[str, pa.Array] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    kept: Mask = field(default_factory=lambda: np.zeros(0, dtype=bool))
    _reasons: dict[int, list[str]] = field(default_factory=dict)
    _starts: Rows = field(default_factory=lambda: np.zeros(1, dtype=np.int64))

    def __post_init__(self) -> None:
        lengths = [len(p.grid.row_numbers) for p in self.pieces]
        self._starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
        self.kept = np.ones(int(self._starts[-1]), dtype=bool)
        for column in self.table.read_columns:
            parts = [
                p.columns.get(column.name, pa.nulls(n, ARROW_TYPES[column.kind]))
                for p, n in zip(self.pieces, lengths, strict=True)
            ]
            whole = parts[0] if len(parts) == 1 else self.overflow.put(pa.concat_arrays(parts))
            self.columns[column.name] = whole
        self._report_files()
        self._report_faults()

    @property
    def size(self) -> int:
        """Rows in all, those set aside included."""
        return len(self.kept)

    @property
    def own_id(self) -> str | None:
        """The column that names a row."""
        return self.table.key or OWN_IDS.get(self.table.name)

    def tells(self) -> frozenset[str]:
        """The columns that the files of this table tell, with "newest" and "history" where they tell those."""
        columns = {name for p in self.pieces for name in p.columns if name not in p.fill.not_told}
        history = frozenset().union(*(p.fill.of_time for p in self.pieces))
        return frozenset(columns | history)

    def has(self, column: str) -> bool:
        """Whether any file of this table carries the column."""
        return any(column in p.columns for p in self.pieces)

    def note(self, fault: Fault) -> None:
        """Writes a fault down; rows that it quarantines are out, and rows that are out give no further notes."""
        rows, said = fault.rows, fault.said
        if fault.action is Action.QUARANTINED:
            for row, reason in zip(rows.tolist(), said, strict=True):
                self._reasons.setdefault(row, []).append(reason)
            self.kept[rows] = False
        elif len(rows):
            inside = self.kept[rows]
            rows, said = rows[inside], [s for s, i in zip(said, inside, strict=True) if i]
        for at, piece in enumerate(self.pieces):
            mine = (rows >= self._starts[at]) & (rows < self._starts[at + 1])
            if mine.any():
                self._note_piece(
                    piece,
                    int(self._starts[at]),
                    fault,
                    rows[mine],
                    [s for s, m in zip(said, mine, strict=True) if m],
                )

    def say(self, column: str, text: str, action: Action) -> None:
        """One line about the table as a whole."""
        self.problems.append(
            Problem(
                self.pieces[0].grid.file,
                self.table.name,
                None,
                "",
                self._heading(self.pieces[0], column),
                text,
                action,
            )
        )

    def place(self, row: int) -> str:
        """Where a row stands, in words."""
        at = int(np.searchsorted(self._starts, row, side="right")) - 1
        piece = self.pieces[at]
        return f"row {piece.grid.row_numbers[row - self._starts[at]]} of {piece.grid.file}"

    def finish(self, owner: Codes[str, pa.Array], words: Words) -> pa.Table:
        """The rows that are in, with every column of the table's published schema.

        owner: council and source by column, each at least as long as the table.
        """
        columns = dict(self.columns)
        put = self.overflow.put
        if not self.kept.all():
            keep = pa.array(self.kept)
            for name, column in self.columns.items():
                columns[name] = put(column.filter(keep))
        derive(self.table, columns, words, put)
        rows = int(np.count_nonzero(self.kept))
        schema = self.table.arrow_schema
        ready = {name: column.slice(0, rows) for name, column in owner.items()} | columns
        return pa.table([ready[name] for name in schema.names], schema=schema)

    def counts(self) -> list[TableCount]:
        """Read, kept and quarantined, file by file."""
        found = []
        for at, piece in enumerate(self.pieces):
            kept = int(np.count_nonzero(self.kept[self._starts[at] : self._starts[at + 1]]))
            read = len(piece.grid.row_numbers) + len(piece.grid.set_aside)
            found.append(TableCount(piece.grid.file, self.table.name, read, kept, read - kept))
        return found

    def quarantined(self) -> list[QuarantinedRow]:
        """Every row that is out, whole, with its reasons."""
        found = []
        out = np.array(sorted(self._reasons), dtype=np.int64)
        for at, piece in enumerate(self.pieces):
            mine = out[(out >= self._starts[at]) & (out < self._starts[at + 1])]
            places = mine - self._starts[at]
            rows = zip(
                piece.grid.row_numbers[places].tolist(), piece.grid.rows(places), mine.tolist(), strict=True
            )
            whole = [(number, "; ".join(self._reasons[row]), values) for number, values, row in rows]
            whole += [(a.row_number, a.reason, a.values) for a in piece.grid.set_aside]
            found += [
                QuarantinedRow(piece.grid.file, self.table.name, number, reason, self._whole(piece, values))
                for number, reason, values in sorted(whole, key=lambda w: w[0])
            ]
        return found

    def _whole(self, piece: Piece, values: dict[str, str]) -> dict[str, str]:
        if self.table.name not in NOT_READ:
            return values
        known = {piece.grid.headings[place] for place in piece.recognised.places.values()}
        return {name: value if name in known else "(not read)" for name, value in values.items()}

    def _report_files(self) -> None:
        for piece in self.pieces:
            grid = piece.grid
            for remark in grid.remarks:
                action = Action.REPAIRED if remark.repaired else Action.KEPT
                self.problems.append(Problem(grid.file, self.table.name, None, "", "", remark.text, action))
            for place in piece.recognised.unused:
                text = "not read: another heading gives the same column"
                self.problems.append(
                    Problem(grid.file, self.table.name, None, "", grid.headings[place], text, Action.KEPT)
                )
            self.problems += [
                Problem(
                    grid.file,
                    self.table.name,
                    a.row_number,
                    "",
                    "",
                    f"the row {a.reason}",
                    Action.QUARANTINED,
                )
                for a in grid.set_aside
            ]

    def _report_faults(self) -> None:
        placed = [
            Fault(f.column, f.kind, f.action, f.rows + start, f.said)
            for piece, start in zip(self.pieces, self._starts, strict=False)
            for f in piece.faults
        ]
        for fault in sorted(placed, key=lambda f: f.action is not Action.QUARANTINED):
            self.note(fault)

    def _note_piece(self, piece: Piece, start: int, fault: Fault, rows: Rows, said: list[str]) -> None:
        numbers = piece.grid.row_numbers[rows - start].tolist()
        ids = self.columns[self.own_id].take(pa.array(rows)).to_pylist() if self.own_id else [""] * len(rows)
        self.problems += lines(
            file=piece.grid.file,
            table=self.table.name,
            field=self._heading(piece, fault.column),
            kind=fault.kind,
            action=fault.action,
            rows=[(n, i or "", s) for n, i, s in zip(numbers, ids, said, strict=True)],
        )

    def _heading(self, piece: Piece, column: str) -> str:
        place = piece.recognised.places.get(column)
        if place is not None:
            return piece.grid.headings[place]
        return piece.recognised.layout.heading_of(column) if column else ""

    def kept_of(self, *names: str) -> list[pa.Array]:
        """Columns of the rows that are in and have a value in each of them."""
        columns = [self.columns[name] for name in names]
        if self.kept.all() and not any(column.null_count for column in columns):
            return columns
        full = self.kept.copy()
        for column in columns:
            full &= ~null_mask(column)
        keep = pa.array(full)
        return [pc.filter(column, keep) for column in columns]


def by_table(stacks: Sequence[Stack], source: str = SSD) -> dict[str, Stack]:
    """Each table's stack; where two sources carry a table, that source's, else the Standard Safeguarding Dataset's."""
    return {s.table.name: s for s in sorted(stacks, key=lambda s: (s.source == source, s.source == SSD))}
