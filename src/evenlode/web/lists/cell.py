"""One field of a list: the same on the page and in a file, as far as the two can hold it."""

from __future__ import annotations

from dataclasses import dataclass

from evenlode.reports.sheets import Value


@dataclass(frozen=True)
class Cell:
    """What stands in one column of one row.

    value: what a file holds.  words: what the page says instead, where it says it another way; url: where it leads.
    shape: it is a state, drawn with this shape (over, near, in time, note, cannot_tell).  small: lines under it.
    lines: what the page says instead of the value, each on a line of its own.
    """

    value: Value
    words: str = ""
    url: str = ""
    shape: str = ""
    small: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
