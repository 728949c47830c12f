"""The two questions that a trail is kept for: who opened this child's record, and what did this person open?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol

from evenlode.audit_trail.entry import COLUMNS, Outcome

MOST = 100_000
"""So many answers at most; whoever needs more asks for a shorter time."""


class Trail(Protocol):
    """What a trail can be asked, whichever database holds it."""

    mark: str

    def found(self, where: str, values: list[str], most: int) -> list[tuple[str | int | None, ...]]:
        """Entries that a condition holds for, newest first."""


@dataclass(frozen=True)
class Found:
    """Entries that answer a question, newest first, as rows of ids and words; more: there were more than `MOST`."""

    rows: list[dict[str, str | int | None]]
    more: bool = False


def who_opened(
    trail: Trail, child_id: str, *, since: datetime | None = None, until: datetime | None = None
) -> Found:
    """Everybody who opened, or tried to open, something of this child: refusals are among the rows.

    since: from this moment; until: before this moment.  A list on which the child stood is not among them.
    """
    return _asked(trail, "child_id", child_id, since, until)


def what_opened(
    trail: Trail, person_id: str, *, since: datetime | None = None, until: datetime | None = None
) -> Found:
    """Everything that this person opened or did, or tried to."""
    return _asked(trail, "person_id", person_id, since, until)


def refused(found: Found) -> list[dict[str, str | int | None]]:
    """The rows that were not let."""
    return [row for row in found.rows if row["outcome"] == Outcome.DENIED]


def _asked(trail: Trail, column: str, value: str, since: datetime | None, until: datetime | None) -> Found:
    conditions, values = [f"{column} = {trail.mark}"], [value]
    for moment, sign in ((since, ">="), (until, "<")):
        if moment is not None:
            conditions.append(f"at {sign} {trail.mark}")
            values.append(moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ"))
    found = trail.found(" AND ".join(conditions), values, MOST + 1)
    names = ("seq", *COLUMNS)
    return Found([dict(zip(names, row, strict=True)) for row in found[:MOST]], len(found) > MOST)
