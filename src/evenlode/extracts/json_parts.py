"""Tables out of a JSON file of children: one table for each part of which a child may have several.

Which parts those are is declared by the format (`Part`).  JSON has no rows: a row here is the place of the
child in the file, so that row 17 is something of the seventeenth child.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np
import pyarrow as pa

from evenlode.errors import CannotRead
from evenlode.extracts.archives import fit_to_show
from evenlode.extracts.encodings import to_utf8
from evenlode.extracts.grid import Grid, Remark, SetAside
from evenlode.extracts.limits import MAX_JSON, MAX_JSON_TEXT

PURGE = "purge"
_ROWS = "JSON has no rows: a row here is the place of the child in the file, the first child being row 1"
_PURGED = (
    "is marked purge, so that nothing of it was taken; what an earlier load or another file holds of it stays "
    "until that load is withdrawn or a full extract without it is loaded"
)


@dataclass(frozen=True)
class Part:
    """One part of a child, each of which gives a row.

    as_list: the list that the rows make, by its name.
    path: keys from the child to the part; one with [] holds several.
    keys: its own cells, as paths inside it; "." is the part itself, where it is a text.
    id: the key that tells it apart, which stays in the load report of one that is marked purge.
    above: cells of the child or of the parts that it stands in: how deep, and the key.
    several: keys that hold a list of texts, taken as a list in JSON.
    """

    as_list: str
    path: tuple[str, ...]
    keys: tuple[str, ...]
    id: str = ""
    above: tuple[tuple[int, str], ...] = ()
    several: tuple[str, ...] = ()

    def heading(self, key: str) -> str:
        """What a cell is called in a load report: the part and the key."""
        part = self.path[-1].removesuffix("[]") if self.path else ""
        return part if key == "." else f"{part}/{key}" if part else key


def child_grids(file: str, data: bytes, parts: Sequence[Part], names_child: str) -> list[Grid]:
    """One table for each part that any child of the file has.

    names_child: the key that every child has; a file without it is none of ours and gives nothing.
    Raises CannotRead, with the place, where the file is no sound JSON or holds something else than its
    format says.
    """
    if names_child.encode() not in data.replace(b"\x00", b""):
        return []
    children = _Parsing(file, names_child).children(data)
    reading = _Reading(file, parts)
    for place, child in enumerate(children, 1):
        reading.child(place, child)
    return reading.grids()


class _Parsing:
    """Parses one file, and knows which child it has come to where something is wrong."""

    def __init__(self, file: str, names_child: str) -> None:
        self.file = file
        self.names_child = names_child
        self.done = 0

    def children(self, data: bytes) -> list[dict[str, Any]]:
        if len(data) > MAX_JSON:
            raise CannotRead(
                f"{self.file}: the file is larger than {MAX_JSON // 1024**2} MB; split it by children."
            )
        try:
            found = json.loads(
                to_utf8(self.file, data).data,
                object_pairs_hook=self._object,
                parse_constant=self._constant,
                parse_int=str,
                parse_float=str,
            )
        except json.JSONDecodeError as fault:
            self._refuse(f"is broken or cut off at line {fault.lineno}, letter {fault.colno}")
        except RecursionError:
            self._refuse("holds things inside things to a depth that no payload has")
        except UnicodeDecodeError:
            self._refuse("holds bytes that are no letters")
        if isinstance(found, dict):
            found = [found]
        if not isinstance(found, list):
            self._refuse("is not a list of children")
        for place, child in enumerate(found, 1):
            if not isinstance(child, dict):
                raise CannotRead(
                    f"{self.file}: child {place} is not an object; send the payload as it was made."
                )
        return found

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) != len(pairs):
            keys = [key for key, _ in pairs]
            twice = next(key for key in keys if keys.count(key) > 1)
            self._refuse(f"holds the key {_shown(twice)} twice in one object")
        if self.names_child in made:
            self.done += 1
        return made

    def _constant(self, name: str) -> NoReturn:
        self._refuse(f"holds {name}, which is no value in JSON")

    def _refuse(self, what: str) -> NoReturn:
        raise CannotRead(
            f"{self.file}: the JSON {what} (in or after child {self.done + 1}); make or send the payload again."
        )


class _Rows:
    """The rows of one part while they are being gathered.

    steps: the keys to the part, and whether each holds several.  rows: cells from above, then its own.
    """

    def __init__(self, of: Part) -> None:
        self.of = of
        self.steps = tuple((key.removesuffix("[]"), key.endswith("[]")) for key in of.path)
        self.is_text = of.keys == (".",)
        self.own = tuple((key, "/" in key, key in of.several) for key in of.keys)
        self.rows: list[list[str]] = []
        self.places: list[int] = []
        self.purged: list[SetAside] = []
        self.met = False


class _Reading:
    """The parts of all children of one file."""

    def __init__(self, file: str, parts: Sequence[Part]) -> None:
        self.file = file
        self.parts = [_Rows(part) for part in parts]
        self.known = _known_keys(parts)
        self.unknown: dict[str, int] = {}
        self.emptied: dict[str, set[int]] = {}

    def child(self, place: int, child: dict[str, Any]) -> None:
        self._look_for_unknown(child)
        for rows in self.parts:
            for chain in self._walk(rows, place, [child]):
                self._row(rows, place, chain)

    def _walk(self, rows: _Rows, place: int, chain: list[Any]) -> Iterator[list[Any]]:
        """The chains of objects from the child to each of its parts of one kind; nothing below what is purged."""
        here, depth = chain[-1], len(chain) - 1
        whole = depth == len(rows.steps)
        if isinstance(here, dict) and PURGE in here and self._purged(place, here):
            if whole:
                rows.met = True
                rows.purged.append(SetAside(place, _PURGED, self._ids(rows.of, chain)))
            elif depth and not rows.steps[depth - 1][1]:
                self.emptied.setdefault(rows.steps[depth - 1][0], set()).add(place)
            return
        if whole:
            yield chain
            return
        key, several = rows.steps[depth]
        found = here.get(key)
        if found is None:
            return
        if several is not isinstance(found, list):
            self._refuse(place, key, "a list" if several else "an object")
        last = depth + 1 == len(rows.steps)
        rows.met = rows.met or last
        for one in found if several else (found,):
            if not isinstance(one, dict) and not (last and rows.is_text):
                self._refuse(place, key, "a list of objects" if several else "an object")
            yield from self._walk(rows, place, [*chain, one])

    def _purged(self, place: int, part: dict[str, Any]) -> bool:
        mark = part[PURGE]
        if mark is not None and not isinstance(mark, bool):
            self._refuse(place, PURGE, "true or false")
        return mark is True

    def _row(self, rows: _Rows, place: int, chain: list[Any]) -> None:
        row = [self._text(place, key, chain[depth].get(key)) for depth, key in rows.of.above]
        here = chain[-1]
        for key, deep, several in rows.own:
            value = here if rows.is_text else self._inside(place, here, key) if deep else here.get(key)
            if several and value is not None:
                value = self._list(place, key, value)
            row.append(self._text(place, key, value))
        rows.rows.append(row)
        rows.places.append(place)

    def _inside(self, place: int, part: Any, key: str) -> Any:
        """A cell of an object of which the part has one."""
        *above, last = key.split("/")
        for name in above:
            part = part.get(name)
            if part is None:
                return None
            if not isinstance(part, dict):
                self._refuse(place, name, "an object")
            if PURGE in part and self._purged(place, part):
                self.emptied.setdefault(name, set()).add(place)
                return None
        return part.get(last)

    def _list(self, place: int, key: str, value: Any) -> str:
        if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
            self._refuse(place, key, "a list of texts")
        return json.dumps(value)

    def _text(self, place: int, key: str, value: Any) -> str:
        if value is None:
            return ""
        if isinstance(value, bool):
            return "Y" if value else "N"
        if not isinstance(value, str):
            self._refuse(place, key, "a text")
        if len(value) > MAX_JSON_TEXT:
            raise CannotRead(
                f"{self.file}: {_shown(key)} of child {place} has {len(value):,} letters, more than any cell of "
                "a payload; make or send the payload again."
            )
        if not value.isascii() and any("\ud800" <= letter <= "\udfff" for letter in value):
            self._refuse(place, key, "a text of whole letters")
        return value

    def _refuse(self, place: int, key: str, wanted: str) -> NoReturn:
        raise CannotRead(
            f"{self.file}: {_shown(key)} of child {place} should hold {wanted} and does not; "
            "make or send the payload again."
        )

    def _ids(self, part: Part, chain: list[Any]) -> dict[str, str]:
        """Of a part that is marked purge only the ids are kept, for the load report."""
        ids = {key: str(chain[depth].get(key) or "") for depth, key in part.above}
        if part.id:
            ids[part.heading(part.id)] = str(chain[-1].get(part.id) or "")
        return {key: value[:MAX_JSON_TEXT].encode(errors="replace").decode() for key, value in ids.items()}

    def _look_for_unknown(self, child: dict[str, Any]) -> None:
        """Counts keys that the format does not have, at any depth that it has."""
        waiting: list[tuple[str, Any]] = [("", child)]
        while waiting:
            path, found = waiting.pop()
            known = self.known.get(path, frozenset())
            for key, value in found.items():
                below = f"{path}/{key}" if path else key
                if key not in known:
                    self.unknown[_shown(key)] = self.unknown.get(_shown(key), 0) + 1
                elif below in self.known:
                    inside = value if isinstance(value, list) else [value]
                    waiting += [(below, one) for one in inside if isinstance(one, dict)]

    def grids(self) -> list[Grid]:
        grids = [self._grid(rows) for rows in self.parts if rows.met or rows.rows or rows.purged]
        if grids:
            said = [_ROWS]
            for name, places in sorted(self.emptied.items()):
                said.append(f"{name} is marked purge for {len(places):,} children and was not taken")
            if self.unknown:
                most = sorted(self.unknown, key=lambda k: (-self.unknown[k], k))[:6]
                more = f" and {len(self.unknown) - 6} more" if len(self.unknown) > 6 else ""
                said.append(f"keys that the format does not have were not read: {', '.join(most)}{more}")
            grids[0].remarks += [Remark(text) for text in said]
        return grids

    def _grid(self, rows: _Rows) -> Grid:
        part = rows.of
        headings, columns = [], []
        cells = list(zip(*rows.rows, strict=True)) or [()] * (len(part.above) + len(part.keys))
        named = [
            *((key, True) for _, key in part.above),
            *((part.heading(k), k == part.id) for k in part.keys),
        ]
        for (heading, always), column in zip(named, cells, strict=True):
            if always or any(column):
                headings.append(heading)
                columns.append(pa.array(column, pa.string()))
        name = part.path[-1].removesuffix("[]") if part.path else "children"
        grid = Grid(
            f"{self.file}, {name}", headings, columns, np.array(rows.places, dtype=np.int64), rows.purged
        )
        grid.as_list = part.as_list
        return grid


def _known_keys(parts: Sequence[Part]) -> Mapping[str, frozenset[str]]:
    """For each path that holds an object, the keys that it may have."""
    known: dict[str, set[str]] = {"": {PURGE}}

    def add(path: str) -> None:
        above, _, key = path.rpartition("/")
        known.setdefault(above, {PURGE}).add(key)
        if above:
            add(above)

    for part in parts:
        base = "/".join(key.removesuffix("[]") for key in part.path)
        if base:
            add(base)
        for key in part.keys:
            if key != ".":
                add(f"{base}/{key}" if base else key)
    return {path: frozenset(keys) for path, keys in known.items()}


def _shown(key: str) -> str:
    return fit_to_show(key.encode(errors="replace").decode())[:60]
