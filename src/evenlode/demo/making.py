"""What every maker of rows is handed: the day of the extract, the dice, and the next free ids."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from random import Random


class Numbers:
    """Gives every row an id of its own, table by table, in the order in which rows are made."""

    def __init__(self) -> None:
        """Start every table at a number of its own."""
        self._next: dict[str, Callable[[], int]] = {}

    def give(self, table: str, prefix: str, first: int) -> str:
        """The next id of a table."""
        if table not in self._next:
            self._next[table] = count(first).__next__
        return f"{prefix}{self._next[table]()}"


@dataclass(slots=True, eq=False)
class Making:
    """What every maker of rows needs: the day of the extract, dice, and the next free ids.

    dice: other dice, for the council's own lists, so that a new list changes nothing that was there before.
    """

    as_at: int
    rng: Random
    ids: Numbers
    year_ago: int
    visit_pace: float = 1.0
    note_pace: float = 1.0
    dice: Random = field(default_factory=lambda: Random(0))
