"""How a measure is declared: what is counted, what it is divided by, and where it misleads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import floor

Counts = Mapping[str, Decimal | None]


class Unit(StrEnum):
    """What the value of a measure is."""

    PERCENT = "percent"
    CHILDREN = "children"
    PEOPLE = "people"
    FTE = "full-time equivalent"
    PER_FTE = "children per full-time social worker"
    PER_PERSON = "people per worker"
    PER_CHILD = "per child"
    DAYS = "days"
    COUNT = "number"
    GRADES = "grades"
    AGREEMENT = "1 is full agreement, 0 chance"


class Level(StrEnum):
    """For whom a row speaks."""

    REGION = "region"
    COUNCIL = "council"
    SERVICE = "service"
    TEAM = "team"


INSIDE: tuple[Level, ...] = (Level.COUNCIL, Level.SERVICE, Level.TEAM)
"""The levels of one council, the largest first."""


class Status(StrEnum):
    """Whether there is a figure."""

    OK = "ok"
    CANNOT_TELL = "cannot_tell"
    SUPPRESSED = "suppressed"


def rounded(value: Fraction, places: int) -> Decimal:
    """The value to so many decimal places, half up, from the exact fraction."""
    return Decimal(floor(value * int(10**places) + Fraction(1, 2))).scaleb(-places)


def one_decimal(value: Fraction) -> Decimal:
    """The value to one decimal place, half up (WF-11)."""
    return rounded(value, 1)


def working_days_in_year(ends: date) -> int:
    """How many working days the absence rate takes in the year that ends on that day.

    253; in a year that holds a 29 February, 254.  With these every published council rate from 2017
    to 2025 comes out; with 253 throughout, 27 of the years ending in 2020 and 2024 do not.
    """
    starts = (
        ends.replace(year=ends.year - 1) if (ends.month, ends.day) != (2, 29) else date(ends.year - 1, 2, 28)
    )
    leap_day = next(
        (date(y, 2, 29) for y in (starts.year, ends.year) if y % 4 == 0 and (y % 100 or y % 400 == 0)), None
    )
    return 254 if leap_day and starts < leap_day <= ends else 253


@dataclass(frozen=True)
class Answer:
    """A numerator, a denominator (None where the measure is a plain count), the value, or why not."""

    numerator: Decimal | None
    denominator: Decimal | None
    value: Decimal | None
    why: str = ""


@dataclass(frozen=True)
class Formula:
    """Which counts are added up above the line, and which below.

    percent: times 100.  working_days: what is below the line is taken for each working day of the
    year (WF-10).  least: below so many there is no value, only the two counts.  places: decimals of
    the value.
    """

    above: tuple[str, ...]
    below: tuple[str, ...] = ()
    percent: bool = False
    working_days: bool = False
    least: int = 0
    places: int = 1

    @property
    def counts(self) -> tuple[str, ...]:
        """Every count that it uses."""
        return (*self.above, *self.below)

    def of(self, counts: Counts, *, year_ends: date) -> Answer:
        """The measure from its counts; a count that is None gives no value (missing is not nought)."""
        missing = [name for name in (*self.above, *self.below) if counts.get(name) is None]
        if missing:
            return Answer(None, None, None, "not known: " + ", ".join(dict.fromkeys(missing)))
        above = self._sum(counts, self.above)
        if not self.below:
            return Answer(
                above, None, one_decimal(Fraction(above)) if above % 1 else above.quantize(Decimal(1))
            )
        below = self._sum(counts, self.below)
        if self.working_days:
            below *= working_days_in_year(year_ends)
        if below == 0:
            return Answer(above, below, None, "there is nothing to divide by")
        if below < self.least:
            return Answer(above, below, None, f"fewer than {self.least}: only the counts are shown")
        scale = 100 if self.percent else 1
        return Answer(above, below, rounded(Fraction(above) * scale / Fraction(below), self.places))

    @staticmethod
    def _sum(counts: Counts, names: tuple[str, ...]) -> Decimal:
        return sum((value for name in names if (value := counts[name]) is not None), Decimal(0))


@dataclass(frozen=True)
class Fact:
    """Something that is counted once, and that several measures may use.

    means: what one of them is.  needs: the tables without which it cannot be counted.
    left_out: who is counted apart because something about them is not known.
    of_hours: rests on today's contracted hours, so that the past needs start and leaving dates.
    largest: the largest one is taken, not the sum.
    """

    name: str
    means: str
    needs: tuple[str, ...]
    left_out: str = ""
    of_hours: bool = False
    largest: bool = False


@dataclass(frozen=True)
class Counting:
    """One query that counts facts: rows of la_code, team_id, fact, amount.

    An amount that is not known is NULL: left out of the sum, and counted.  doubt: a query of
    la_code, fact, why for councils of which the fact cannot be told though its tables are there.
    """

    facts: tuple[Fact, ...]
    sql: str
    doubt: str = ""


@dataclass(frozen=True)
class Measure:
    """One measure.

    question: what a manager would ask.  source: who defines it.  traps: what it does not tell.
    yearly: counts what happened in the period, not what stands on the day.
    monthly: can be told again for earlier month ends.  beside: facts whose number must be said
    beside it, with the words for them.  council_only: what it is counted from names no team.
    """

    id: str
    name: str
    question: str
    unit: Unit
    formula: Formula
    source: str
    traps: tuple[str, ...]
    yearly: bool = False
    monthly: bool = False
    beside: tuple[tuple[str, str], ...] = ()
    council_only: bool = False

    @property
    def all_traps(self) -> tuple[str, ...]:
        """What it does not tell, with what holds for every measure of earlier month ends."""
        return (*self.traps, THIN_PAST) if self.monthly else self.traps

    @property
    def facts(self) -> tuple[str, ...]:
        """Every count the value is made of."""
        return tuple(dict.fromkeys(self.formula.counts))


THIN_PAST = (
    "For an earlier month end only children whom the extract still holds are counted: an extract of open "
    "children alone makes the past look smaller."
)
"""The trap of every measure that is told again for earlier month ends."""


def share(above: str, *below: str) -> Formula:
    """A percentage."""
    return Formula((above,), below, percent=True)


def plain(name: str) -> Formula:
    """A plain count, total or largest."""
    return Formula((name,))
