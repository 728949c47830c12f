"""What one worked case holds."""

from dataclasses import dataclass
from datetime import date

from .raw_rows import Fact

AS_AT = date(2026, 11, 20)
"""Friday 20 November 2026: the as-at date of every case."""


@dataclass(frozen=True)
class Said:
    status: str
    severity: str
    due: date | None = None
    days_over: int | None = None


def overdue(severity, due, days_over):
    return (Said("overdue", severity, date.fromisoformat(due), days_over),)


def flag(severity, due, days_over):
    return (Said("flag", severity, date.fromisoformat(due), days_over),)


def breach(severity):
    return (Said("breach", severity),)


NOTHING = ()
"""The rule has nothing to say of this child or worker."""


@dataclass(frozen=True)
class Case:
    """One child or worker under one rule.

    says: every finding of that rule about them, no more and no fewer.  record: whose clock it is.
    rows: the raw rows the sum rests on.  sum: how it was worked out, for a manager to follow.
    """

    who: str
    rule: str
    says: tuple[Said, ...]
    sum: str
    rows: tuple[Fact, ...]
    record: str = ""

    def __str__(self):
        return f"{self.rule} {self.who}"
