"""The cells of one list while they are being made into columns of the record."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.convert import Converter, Fault
from evenlode.extracts.grid import Grid, Rows, SetAside
from evenlode.extracts.recognise import Recognised
from evenlode.extracts.text_columns import distinct, null_mask
from evenlode.record.columns import Kind


@dataclass
class Cells:
    """Looks up a list's cells by column; a column that the file lacks is blank all through.

    notes: what was noticed across rows, to be said of the list's first table, by that table's columns.
    """

    grid: Grid
    recognised: Recognised
    converter: Converter
    notes: list[Fault] = field(default_factory=list)
    _read: dict[str, pa.Array] = field(default_factory=dict)
    _days: dict[str, pa.Array] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """How many rows there are."""
        return len(self.grid.row_numbers)

    def has(self, column: str) -> bool:
        """Whether the file carries the column."""
        return column in self.recognised.places

    def text(self, column: str) -> pa.Array:
        """The cells of a column, trimmed, and null where they hold nothing; dates as ISO text where they can be read."""
        if column not in self._read:
            self._read[column] = self._text(column)
        return self._read[column]

    def _text(self, column: str) -> pa.Array:
        if not self.has(column):
            return pa.nulls(self.size, pa.string())
        place = self.recognised.places[column]
        declared = self.recognised.layout.table[column]
        raw = self.grid.columns[place]
        done = self.converter.convert(declared, raw, {}, self.grid.date_cells.get(place))
        if declared.kind is not Kind.DATE:
            return done.values.cast(pa.string())
        self._days[column] = done.values
        written = done.values.cast(pa.string())
        if done.written is not None:
            return written
        left = pc.utf8_trim_whitespace(raw)
        return pc.coalesce(written, pc.if_else(pc.equal(left, ""), pa.scalar(None, pa.string()), left))

    def dates(self, column: str) -> pa.Array:
        """The cells of a column of dates, null where they are blank or cannot be read."""
        self.text(column)
        return self._days.get(column, pa.nulls(self.size, pa.date32()))

    def add(self, name: str, cells: pa.Array) -> None:
        """Adds a column that no cell tells by itself."""
        self._read[name] = cells

    def filled(self, column: str) -> pa.Array:
        """Which rows have something in a column."""
        return pc.is_valid(self.text(column))

    def by_value(self, column: str, said: Callable[[str], str | None]) -> pa.Array:
        """A column with each of its different values put through one function."""
        values, codes = distinct(self.text(column))
        made = pa.array([said(v) for v in values] or [None], pa.string())
        return made.take(pa.array(codes, mask=codes < 0))

    def coded(self, column: str, meanings: Mapping[str, str], read: Callable[[str], str]) -> pa.Array:
        """A column put through a list of words; what the list does not know stays as it is."""
        return self.by_value(column, lambda said: meanings.get(read(said), said))

    def joined(self, *columns: str, mark: str = "|") -> pa.Array:
        """Cells of several columns as one text: the id of a row whose format gives it none."""
        parts = [pc.fill_null(self.text(c), "") for c in columns]
        made = pc.binary_join_element_wise(*parts, mark)
        nothing = np.logical_and.reduce([null_mask(self.text(c)) for c in columns])
        return pc.if_else(pa.array(nothing), pa.scalar(None, pa.string()), made)

    def take(self, rows: Rows) -> Cells:
        """The same list with these rows only."""
        at = pa.array(rows)
        read = {name: column.take(at) for name, column in self._read.items()}
        days = {name: column.take(at) for name, column in self._days.items()}
        return Cells(self.grid.take(rows), self.recognised, self.converter, [], read, days)

    def without(self, reasons: Mapping[int, str]) -> Cells:
        """The same list without these rows, each set aside whole with its reason."""
        if not reasons:
            return self
        out = np.array(sorted(reasons), dtype=np.int64)
        kept = self.take(np.setdiff1d(np.arange(self.size), out))
        numbers = self.grid.row_numbers[out].tolist()
        aside = [
            SetAside(number, reasons[row], values)
            for number, row, values in zip(numbers, out.tolist(), self.grid.rows(out), strict=True)
        ]
        kept.grid.set_aside = [*self.grid.set_aside, *aside]
        return kept
