"""The terminal that a person reads."""

from __future__ import annotations

from rich.console import Console

WIDE = 120
"""How wide lines are where the output goes to a file or a pipe."""


def console() -> Console:
    """Standard output: as wide as the terminal, or wide enough for the tables elsewhere."""
    shown = Console()
    return shown if shown.is_terminal else Console(width=WIDE)
