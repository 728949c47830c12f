"""A finding that a manager has explained: off Today until its end, never out of the counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from evenlode.oversight.finding import Finding, Key


class Reason(StrEnum):
    """Why a date need not be kept as it stands; a closed list."""

    AGREED_INTERVAL = "another interval was agreed for this child"
    ABROAD = "the child is abroad"
    IN_HOSPITAL = "the child is in hospital"
    MISSING = "the child is missing and being looked for"
    HELD_ELSEWHERE = "another council or team holds the child"
    BOOKED = "it is booked for a day that was agreed"
    RECORD_IS_WRONG = "the record is wrong and is being mended"


@dataclass(frozen=True)
class Explanation:
    """One explanation: of which finding, why, in whose words, by whom, from which day, until which.

    until is the last day on which it holds.  by: the id of whoever explained.  A text is asked for, so that
    the next reader knows what was agreed.  Raises ValueError where the text is blank or it ends before it
    begins.
    """

    finding: Key
    reason: Reason
    text: str
    by: str
    since: date
    until: date

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("Say in a few words what was agreed.")
        if self.until < self.since:
            raise ValueError("The end date is before the first day; choose a later one.")

    def holds(self, day: date) -> bool:
        """Whether it holds on a day: its first and its last day are within it."""
        return self.since <= day <= self.until


def holding(explanations: Iterable[Explanation], day: date) -> dict[Key, Explanation]:
    """Those that hold on a day, by finding; of several, the one that ends last."""
    by_end = sorted((e for e in explanations if e.holds(day)), key=lambda e: (e.until, e.since))
    return {e.finding: e for e in by_end}


def explained(
    findings: Iterable[Finding], holds: Mapping[Key, Explanation]
) -> tuple[tuple[Finding, Explanation], ...]:
    """The findings that are explained, the next to come back first.

    What we cannot tell is never explained away: it is not known to be late.
    """
    found = [(f, holds[f.key]) for f in findings if f.key in holds and not f.unsure]
    return tuple(sorted(found, key=lambda pair: (pair[1].until, pair[0].key)))
