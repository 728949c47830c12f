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


@dataclass(slots=True, eq=False)
class KeyDate:
    """One date of a kind, of a child or of a worker."""

    kind: str
    child: str = ""
    worker: str = ""
    start: int | None = None
    due: int | None = None
    done: int | None = None
    outcome: str = ""


@dataclass(slots=True, eq=False)
class VisitNote:
    """What was written about one visit; the answers are Y or N."""

    child: str
    day: int
    worker: str
    recorded: int
    purpose: str = "Y"
    at_home: str = "Y"
    wishes: str = "Y"
    second_parent: str = "Y"


@dataclass(slots=True, eq=False)
class Entry:
    """One entry on a child's record: that it was made, and whether a manager made it."""

    child: str
    day: int
    kind: str
    by_manager: str


@dataclass(slots=True, eq=False)
class HealthCheck:
    """One health assessment or dental check."""

    child: str
    type: str
    day: int


@dataclass(slots=True, eq=False)
class Audit:
    """One audit of a child's record."""

    id: str
    child: str
    day: int
    auditor: str
    grade: str
    team: str
    moderated: str = ""
    moderated_on: int | None = None
    moderator: str = ""


@dataclass(slots=True, eq=False)
class Override:
    """A manager's decision to go past a guard for the newly qualified."""

    child: str
    guard: str
    manager: str
    reason: str
    decided: int
    review: int


@dataclass(slots=True)
class Kept:
    """Everything in the council's own lists."""

    sessions: dict[str, list[Session]] = field(default_factory=dict)
    spoiled: set[str] = field(default_factory=set)
    dates: dict[str, list[KeyDate]] = field(default_factory=dict)
    visit_notes: dict[str, list[VisitNote]] = field(default_factory=dict)
    entries: list[Entry] = field(default_factory=list)
    health: dict[str, list[HealthCheck]] = field(default_factory=dict)
    visit_every: dict[str, int] = field(default_factory=dict)
    audits: list[Audit] = field(default_factory=list)
    overrides: list[Override] = field(default_factory=list)

    def sessions_of(self, worker: Worker) -> list[Session]:
        """A worker's own supervision, in order of date."""
        return self.sessions.setdefault(worker.id, [])

    def date(
        self,
        kind: str,
        child: str = "",
        *,
        worker: str = "",
        start: int | None = None,
        due: int | None = None,
        done: int | None = None,
        outcome: str = "",
    ) -> KeyDate:
        """Write down one date."""
        row = KeyDate(kind, child, worker, start, due, done, outcome)
        self.dates.setdefault(kind, []).append(row)
        return row

    def dates_of(self, kind: str, subject: str) -> list[KeyDate]:
        """The dates of one kind of one child or worker."""
        return [row for row in self.dates.get(kind, []) if subject in (row.child, row.worker)]

    def drop(self, kind: str, subject: str, since: int = 0) -> None:
        """Take away a child's or worker's dates of a kind that were done, or begun, on a day or later; plans stay."""
        self.dates[kind] = [
            row
            for row in self.dates.get(kind, [])
            if subject not in (row.child, row.worker)
            or (row.done is None and row.start is None)
            or (row.done or row.start or 0) < since
        ]

    def since(self, kind: str) -> int | None:
        """When the list of a kind begins: what fell due before cannot be told."""
        days = [row.done if row.done is not None else row.start for row in self.dates.get(kind, [])]
        return min((day for day in days if day is not None), default=None)
