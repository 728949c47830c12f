"""Flat files of the children in need census: the numbers that a tool gave, put back to dates.

A flat file of assessments or plans says which of the child's episodes it belongs to by a number, and the
file of episodes says which number is which.  Ids are made of the dates wherever those are known, so that
they are the same as those made of the XML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import pyarrow as pa

from evenlode.extracts.forms.cin_census import NUMBER, SOURCE
from evenlode.extracts.headings import plain
from evenlode.extracts.stack import Piece
from evenlode.extracts.text_columns import distinct
from evenlode.record.columns import Kind

_EPISODE = re.compile(rf"(.*?)\|{NUMBER}([^|]*)(.*)", re.DOTALL)
_PLAN = re.compile(rf"(.*\|)({NUMBER}[^|]*)(.*)", re.DOTALL)


def dates_for_numbers(pieces: Sequence[Piece]) -> Sequence[Piece]:
    """The same pieces, with the dates of episodes and plans in place of the numbers in their ids.

    A number that no file explains stays.
    """
    mine = [p for p in pieces if p.recognised.layout.source == SOURCE and _numbered(p)]
    episodes = _explained(mine, "episode", "episode_id", "CINdetailsID")
    for piece in mine:
        _rewrite(piece, lambda v: _with_date(v, episodes))
    plans = _explained(mine, "cp_plan", "plan_id", "CPPID")
    for piece in mine:
        _rewrite(piece, lambda v: _with_start(v, plans))
    return pieces


def _numbered(piece: Piece) -> bool:
    return any(plain(h) == "cindetailsid" for h in piece.grid.headings)


def _cells(piece: Piece, heading: str) -> list[str]:
    for place, found in enumerate(piece.grid.headings):
        if plain(found) == plain(heading):
            return [v.strip() for v in piece.grid.columns[place].to_pylist()]
    return [""] * len(piece.grid.row_numbers)


def _explained(pieces: Sequence[Piece], table: str, column: str, number: str) -> dict[str, str]:
    """For each id as a number would have it, the id by dates."""
    known: dict[str, str] = {}
    for piece in pieces:
        if piece.recognised.layout.table.name == table:
            ids = piece.columns[column].to_pylist()
            for whole, said in zip(ids, _cells(piece, number), strict=True):
                if whole and said:
                    known[f"{whole.rpartition('|')[0]}|{NUMBER}{said}"] = whole
    return known


def _with_date(value: str, episodes: dict[str, str]) -> str:
    found = _EPISODE.fullmatch(value)
    if found is None:
        return value
    dated = episodes.get(f"{found[1]}|{NUMBER}{found[2]}")
    return value if dated is None else dated + found[3]


def _with_start(value: str, plans: dict[str, str]) -> str:
    found = _PLAN.fullmatch(value)
    if found is None:
        return value
    dated = plans.get(found[1] + found[2])
    return value if dated is None else dated + found[3]


def _rewrite(piece: Piece, made: Callable[[str], str]) -> None:
    for column in piece.recognised.layout.table.read_columns:
        ids = piece.columns.get(column.name)
        if column.kind is not Kind.ID or ids is None or column.name == "child_id":
            continue
        values, codes = distinct(ids)
        if any("|" + NUMBER in v for v in values):
            changed = pa.array([made(v) for v in values], pa.string())
            piece.columns[column.name] = changed.take(pa.array(codes, mask=codes < 0))
