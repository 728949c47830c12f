"""How a reader says how far it has come."""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Whoever wants to show progress gives one of these; readers never print."""

    def step(self, text: str, done: int, total: int) -> None:
        """`done` of `total` bytes are behind us, and `text` says what is being done now."""


class Silent:
    """Shows nothing."""

    def step(self, text: str, done: int, total: int) -> None:
        """Nothing."""
