"""Rows of the lists that a council keeps itself; each becomes one row of one local file (see files.py)."""

from __future__ import annotations

from dataclasses import dataclass, field

from evenlode.demo.facts import Worker

PRIVATE = ("wellbeing", "workload_considered", "learning")


@dataclass(slots=True, eq=False)
class Session:
    """One supervision of a worker's own; `holds` says Y or N to each of PRIVATE."""

    worker: Worker
    day: int
    supervisor: str
    minutes: int | None = 90
    state: str = ""
    holds: tuple[str, ...] = ("Y", "Y", "Y")


@dataclass(slots=True)
class Kept:
    """Everything in the council's own lists."""

    sessions: dict[str, list[Session]] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)

    def sessions_of(self, worker: Worker) -> list[Session]:
        """A worker's own supervision, in order of date."""
        return self.sessions.setdefault(worker.id, [])
