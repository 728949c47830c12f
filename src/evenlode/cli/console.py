"""The terminal that a person reads."""

from __future__ import annotations

from rich.console import Console

WIDE = 120
"""How wide lines are where the output goes to a file or a pipe."""


def console(*, drawn: bool = False) -> Console:
    """Standard output: as wide as the terminal, or wide enough for the tables elsewhere.

    A name out of an extract is only text here, whatever brackets it holds.  drawn: what is shown
    will be saved as a picture.
    """
    wide = None if Console().is_terminal and not drawn else WIDE
    return Console(width=wide, record=drawn, markup=False, emoji=False, highlight=False)
