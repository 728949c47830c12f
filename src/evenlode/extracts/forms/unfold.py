"""One list of a format made into pieces of the tables that it fills."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from evenlode.extracts.convert import Converter
from evenlode.extracts.forms.cells import Cells
from evenlode.extracts.forms.form import Fill, Form, Maker
from evenlode.extracts.grid import Grid, Remark, Rows
from evenlode.extracts.headings import plain
from evenlode.extracts.layouts import Layout
from evenlode.extracts.overflow import Overflow
from evenlode.extracts.recognise import Recognised
from evenlode.extracts.stack import Fills, Piece, read_piece
from evenlode.extracts.text_columns import as_mask
from evenlode.record.tables import TABLES

Codes = Mapping[str, Mapping[str, Mapping[str, str]]]


def unfold(
    grid: Grid,
    recognised: Recognised,
    form: Form,
    converter: Converter,
    codes: Codes,
    overflow: Overflow,
) -> list[Piece]:
    """The pieces that one list gives, table by table, each with the list's own rows and headings beside it.

    A load report therefore speaks of the council's file, row and heading, and a row that is set aside is
    kept as it came.
    """
    return fill_tables(Cells(grid, recognised, converter), form, converter, codes, overflow)


def unfold_together(
    files: Sequence[tuple[Grid, Recognised]],
    form: Form,
    converter: Converter,
    codes: Codes,
    overflow: Overflow,
) -> list[list[Piece]]:
    """The same of every file of a list whose rows are made ready together: the pieces of each file."""
    cells = [Cells(grid, recognised, converter) for grid, recognised in files]
    ready = form.prepare(cells) if form.prepare else cells
    return [fill_tables(one, form, converter, codes, overflow) for one in ready]


def fill_tables(
    cells: Cells, form: Form, converter: Converter, codes: Codes, overflow: Overflow
) -> list[Piece]:
    """The tables that one file of a list fills."""
    cells.grid.remarks += [Remark(text) for say in form.says if (text := say(cells))]
    pieces = []
    headed = {column.name for column in form.list.columns}
    for fill in form.fills:
        if not all(cells.has(column) for column in fill.where if column in headed):
            continue
        mine = _rows(cells, fill)
        accounts = fill is form.fills[0] and bool(cells.grid.set_aside)
        if not mine.size and not accounts and _says_nothing(cells, fill):
            continue
        pieces.append(_piece(mine, form, fill, converter, codes.get(fill.table, {}), overflow))
        if len(pieces) > 1:
            pieces[-1].grid.set_aside, pieces[-1].grid.remarks = [], []
    return pieces


def _says_nothing(cells: Cells, fill: Fill) -> bool:
    """A column that stands empty under its heading says that there is none; an element that is not there says nothing."""
    return bool(cells.grid.as_list) and bool(fill.where or fill.only or fill.once)


def _rows(cells: Cells, fill: Fill) -> Cells:
    keep = np.ones(cells.size, dtype=bool)
    for column in fill.where:
        keep &= as_mask(cells.filled(column))
    if fill.only is not None:
        keep &= as_mask(fill.only(cells))
    return cells if keep.all() else cells.take(np.flatnonzero(keep))


def _piece(
    cells: Cells,
    form: Form,
    fill: Fill,
    converter: Converter,
    codes: Mapping[str, Mapping[str, str]],
    overflow: Overflow,
) -> Piece:
    table = TABLES[fill.table]
    headings, columns = list(cells.grid.headings), list(cells.grid.columns)
    places: dict[str, int] = {}
    for column in table.read_columns:
        maker = fill.columns.get(column.name)
        if maker is None or (maker.of and not any(cells.has(c) for c in maker.of)):
            continue
        own = cells.recognised.places[maker.of[0]] if maker.plain else None
        if own is not None and own not in places.values():
            places[column.name] = own
            continue
        places[column.name] = len(headings)
        headings.append(_heading(cells, maker, column.name))
        columns.append(_text(maker.make(cells)) if own is None else columns[own])
    names = {plain(headings[place]): name for name, place in places.items()}
    old = cells.grid
    grid = Grid(
        old.file, headings, columns, old.row_numbers, old.set_aside, old.remarks, dict(old.date_cells)
    )
    layout = Layout(form.source, table, names)
    piece = read_piece(grid, Recognised(layout, places), converter, codes, overflow)
    piece.faults += cells.notes if fill is form.fills[0] else []
    piece.fill = Fills(fill.rank, fill.latest_only, fill.not_told, old.as_of, fill.year_only)
    return piece


def _text(made: pa.Array) -> pa.Array:
    """Made cells as a reader hands them on: text, and never null."""
    return made.cast(pa.string()).fill_null("")


def _heading(cells: Cells, maker: Maker, column: str) -> str:
    """What a load report calls a made column: the heading that it was made of."""
    place = next((cells.recognised.places[c] for c in maker.of if cells.has(c)), None)
    return column if place is None else cells.grid.headings[place]


def each_once(
    pieces: Sequence[Piece], fill_once: Mapping[tuple[str, str], str], gaps: Collection[tuple[str, str]] = ()
) -> list[Piece]:
    """Children, workers and teams that every list repeats: one row each, the newest, of those the fullest and of those the first.

    fill_once: (source, table) to the column that names a row.  gaps: those whose rows fill one another's
    gaps.  Nothing is lost by it: a list's row stands in the tables that it is about.
    """
    chosen: dict[int, Rows] = {}
    for key, column in fill_once.items():
        mine = [at for at, piece in enumerate(pieces) if _key(piece) == key]
        if mine:
            chosen |= _best(pieces, mine, column)
    kept = []
    empty: dict[tuple[str, str], Piece] = {}
    for at, piece in enumerate(pieces):
        key = _key(piece)
        if key not in fill_once:
            kept.append(piece)
        elif at in chosen or piece.grid.remarks or piece.grid.set_aside:
            one = piece.take(chosen.get(at, np.zeros(0, dtype=np.int64)))
            if key in gaps:
                _fill_gaps(one, [p for p in pieces if p is not piece and _key(p) == key], fill_once[key])
            kept.append(one)
        else:
            empty.setdefault(key, piece.take(np.zeros(0, dtype=np.int64)))
    there = {_key(piece) for piece in kept}
    return [*kept, *(piece for key, piece in empty.items() if key not in there)]


def _best(pieces: Sequence[Piece], those: Sequence[int], column: str) -> dict[int, Rows]:
    """Of the pieces that fill one table, the rows that stand."""
    names = pa.concat_arrays([pieces[at].columns[column] for at in those])
    codes = names.dictionary_encode().indices.fill_null(-1).to_numpy().astype(np.int64)
    sizes = [len(pieces[at].grid.row_numbers) for at in those]
    days = sorted({pieces[at].fill.as_of for at in those})
    as_of = np.repeat([days.index(pieces[at].fill.as_of) for at in those], sizes)
    rank = np.repeat([pieces[at].fill.rank for at in those], sizes)
    fullness = np.concatenate([_fullness(pieces[at]) for at in those])
    order = np.lexsort((np.arange(len(codes)), -fullness, -rank, -as_of, codes))
    order = order[codes[order] >= 0]
    first = np.concatenate([[True], np.diff(codes[order]) != 0]) if len(order) else order.astype(bool)
    stands = np.sort(order[first])
    starts = np.cumsum([0, *sizes])
    found = {}
    for place, at in enumerate(those):
        mine = stands[(stands >= starts[place]) & (stands < starts[place + 1])] - starts[place]
        if len(mine):
            found[at] = mine
    return found


def _key(piece: Piece) -> tuple[str, str]:
    return piece.recognised.layout.source, piece.recognised.layout.table.name


def _fill_gaps(piece: Piece, others: Sequence[Piece], column: str) -> None:
    """Takes what a row lacks from the rows of the same id in other files, and says from which."""
    for other in others:
        places = pc.index_in(piece.columns[column], value_set=other.columns[column], skip_nulls=True)
        filled = 0
        for name, cells in other.columns.items():
            found = cells.take(places)
            mine = piece.columns.get(name, pa.nulls(len(found), found.type))
            piece.columns[name] = pc.coalesce(mine, found)
            filled += mine.null_count - piece.columns[name].null_count
        if filled:
            text = f"{filled:,} cells are filled in from {other.grid.file}, by {column}"
            piece.grid.remarks.append(Remark(text, repaired=True))


def _fullness(piece: Piece) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """How many of a row's columns hold anything; a date of birth outweighs the rest."""
    total = np.zeros(len(piece.grid.row_numbers), dtype=np.int64)
    for name, column in piece.columns.items():
        total += as_mask(column.is_valid()).astype(np.int64) * (100 if name == "dob" else 1)
    return total
