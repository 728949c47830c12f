"""Which table a file holds, told by its column headings and never by its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from evenlode.errors import CannotRead
from evenlode.extracts.headings import plain, shown
from evenlode.extracts.layouts import SSD, Layout
from evenlode.record.tables import TABLES

_HEADING_ROWS = 10
"""A title may stand above the headings; further down nobody puts them."""


@dataclass(frozen=True)
class Recognised:
    """A layout, and where in the file each of its columns stands.

    unused: headings that name a column which another heading already gives.
    """

    layout: Layout
    places: dict[str, int]
    unused: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Match:
    layout: Layout
    places: dict[str, list[int]]

    @property
    def size(self) -> int:
        return len(self.places)

    @property
    def missing(self) -> list[tuple[str, ...]]:
        return [group for group in self.layout.required if not any(c in self.places for c in group)]


def recognise(file: str, headings: Sequence[str], known: Sequence[Layout]) -> Recognised | None:
    """The layout of a file with these headings; None where it is none of ours.

    Raises CannotRead where the headings fit two layouts equally, where one of them stands twice, and
    where the file plainly is one of ours but lacks a column that cannot be done without.
    """
    names = [plain(h) for h in headings]
    filled = sum(1 for n in names if n)
    matches = [m for m in (_match(names, layout) for layout in known) if _enough(m, filled)]
    if not matches:
        return None
    matches.sort(key=lambda m: (m.size, -len(m.missing)), reverse=True)
    best = matches[0]
    if best.missing:
        if not _certain(best, filled):
            return None
        _refuse_missing(file, best)
    _refuse_doubtful(file, best, matches[1:])
    _refuse_repeated(file, headings, best)
    return _settle(best)


def heading_row(rows: Sequence[Sequence[str]], known: Sequence[Layout]) -> int | None:
    """Which of a file's first rows holds the headings: the one with most headings that are known."""
    best, most = None, 1
    for at, row in enumerate(rows[:_HEADING_ROWS]):
        count = strength(row, known)
        if count > most or (count == 1 == most and best is None):
            best, most = at, count
    return best


def strength(headings: Sequence[str], known: Sequence[Layout]) -> int:
    """How many of these headings the layout that fits best knows."""
    index = _index(tuple(known))
    found: Counter[int] = Counter()
    for name in {plain(h) for h in headings}:
        found.update(index.get(name, ()))
    return max(found.values(), default=0)


@lru_cache(maxsize=4)
def _index(known: tuple[Layout, ...]) -> dict[str, list[int]]:
    """The layouts that know a heading."""
    index: dict[str, list[int]] = {}
    for at, layout in enumerate(known):
        for name in layout.names:
            index.setdefault(name, []).append(at)
    return index


def _match(names: Sequence[str], layout: Layout) -> _Match:
    places: dict[str, list[int]] = {}
    for place, name in enumerate(names):
        column = layout.names.get(name)
        if column:
            places.setdefault(column, []).append(place)
    rank = {name: at for at, name in enumerate(layout.names)}
    for found in places.values():
        found.sort(key=lambda place: rank[names[place]])
    return _Match(layout, places)


def _enough(match: _Match, filled: int) -> bool:
    """Two headings, or all of them; a local layout's headings are everyday words, so more is asked."""
    if match.size < 2:
        return match.size == filled == 1 and not match.missing
    if match.layout.source == SSD:
        return True
    return match.size >= 4 or match.size * 2 >= filled


def _certain(match: _Match, filled: int) -> bool:
    """The file is this one though a column is missing: refuse it rather than pass it over.

    Lists of one format share their first columns, so a list is only known by half of its own; without
    the child's id it is a sheet of codes or of counts.
    """
    table = match.layout.table
    if table.name not in TABLES:
        return "child_id" in match.places and match.size * 2 >= len(table.read_columns)
    return match.layout.source == SSD or (match.size >= 3 and match.size * 2 >= filled)


def _refuse_missing(file: str, match: _Match) -> None:
    group = match.missing[0]
    wanted = " or ".join(match.layout.heading_of(c) for c in group)
    raise CannotRead(
        f"{file}: these are the headings of {match.layout.title}, but the column {wanted} is missing; "
        f"export it too, or name its heading in the mapping file under headings: {match.layout.table.name}: {group[0]}."
    )


def _refuse_doubtful(file: str, best: _Match, others: Sequence[_Match]) -> None:
    for other in others:
        equal = other.size == best.size and bool(other.missing) == bool(best.missing)
        key = other.layout.table.key
        joined = (
            best.layout.source == other.layout.source == SSD
            and not other.missing
            and key in other.places
            and other.size * 2 > best.size
            and not _shares(best, other)
        )
        if equal or joined:
            raise CannotRead(
                f"{file}: the headings fit both {best.layout.title} and {other.layout.title}; "
                "export one table a file, with the columns of that table only."
            )


def _shares(best: _Match, other: _Match) -> bool:
    """Whether one heading is counted for both layouts."""
    places = {p for at in best.places.values() for p in at}
    return any(p in places for at in other.places.values() for p in at)


def _refuse_repeated(file: str, headings: Sequence[str], match: _Match) -> None:
    mapped = [p for places in match.places.values() for p in places]
    for name, count in Counter(plain(headings[p]) for p in mapped).items():
        if count > 1:
            heading = next(shown(h) for h in headings if plain(h) == name)
            raise CannotRead(
                f"{file}: the heading {heading} stands {count} times, so that nobody can tell which column is meant; "
                "take the other out."
            )


def _settle(match: _Match) -> Recognised:
    """Of two headings for one column, the one that the layout names first is read."""
    places: dict[str, int] = {}
    unused: list[int] = []
    for column, found in match.places.items():
        places[column] = found[0]
        unused += found[1:]
    return Recognised(match.layout, places, tuple(unused))
