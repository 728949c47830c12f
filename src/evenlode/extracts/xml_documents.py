"""How an XML document is declared: which of its elements stand many times, and what becomes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from evenlode.extracts.grid import Grid


@dataclass(frozen=True)
class Repeated:
    """One element that stands many times in a document; each gives a row.

    as_list: the list that the rows make, by the name of its table; blank where they only lend their cells.
    path: the element from the root on, without the root: "Children/Child"; blank is the root itself.
    cells: elements inside it that stand once, as paths; the last name is the heading.  "." is its own text.
    above: headings of elements that it stands in, whose cells stand beside its own.
    several: headings of cells that may stand more than once; their texts are joined.
    with_list: given, though the file holds none of it, where that list is given.
    """

    as_list: str
    path: str
    cells: tuple[str, ...]
    above: tuple[str, ...] = ()
    several: tuple[str, ...] = ()
    with_list: str = ""

    def heading(self, cell: str) -> str:
        """What a cell is called."""
        return (self.path if cell == "." else cell).rpartition("/")[2]


@dataclass(frozen=True)
class Document:
    """Every list of the documents with one outermost element.

    as_of: the cell of the root that names the day of which a file tells.
    says: what is to be remarked of the root's own cells and the lists found, for a council's code.
    """

    root: str
    lists: tuple[Repeated, ...]
    as_of: str = ""
    says: Callable[[Mapping[str, str], Sequence[Grid], str], list[str]] | None = None
