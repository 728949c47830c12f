"""How far long work has come: a bar in a terminal, plain lines elsewhere."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

QUIET_FOR = 2.0
"""Without a terminal, a line at most so often (seconds)."""


class Steps:
    """Shows steps on standard error; `step` is what the rooms below call."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bar: Progress | None = None
        self._task: TaskID | None = None
        self._said, self._last = "", 0.0

    def __enter__(self) -> Self:
        if self._console.is_terminal:
            self._bar = Progress(
                TextColumn("{task.description}", markup=False),
                BarColumn(bar_width=30),
                TextColumn("{task.completed}/{task.total}"),
                TimeElapsedColumn(),
                console=self._console,
                transient=True,
            )
            self._bar.start()
            self._task = self._bar.add_task("Starting", total=1)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar:
            self._bar.stop()

    def step(self, text: str, done: int, total: int) -> None:
        """One step of the work: what is being done, how much of it is done."""
        if self._bar and self._task is not None:
            self._bar.update(self._task, description=text, completed=done, total=max(total, 1))
            return
        now = time.monotonic()
        if text.split(" ", maxsplit=1)[0] != self._said and now - self._last >= QUIET_FOR:
            click.echo(f"evenlode: {text} ({done} of {total})", err=True)
            self._said, self._last = text.split(" ", maxsplit=1)[0], now
