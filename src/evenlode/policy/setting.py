"""How a setting is declared: its shipped value, what it means, who says so and where."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from evenlode.calendar import Clock, Unit


class Authority(StrEnum):
    """Who says that a thing must be done by a date."""

    STATUTE = "statute"
    GUIDANCE = "guidance"
    NORM = "norm"
    LOCAL = "local"


@dataclass(frozen=True)
class ClockSetting:
    """An interval that a council may change; one set by law it may only tighten.

    before: it is also counted back, from a day that is booked to the last day that is in time for it.
    """

    name: str
    clock: Clock
    meaning: str
    authority: Authority
    source: str
    before: bool = False


@dataclass(frozen=True)
class NumberSetting:
    """A threshold that a council may change."""

    name: str
    value: Decimal
    meaning: str
    authority: Authority
    source: str


@dataclass(frozen=True)
class ListSetting:
    """A list of words or codes of the council's systems, compared without regard to case."""

    name: str
    values: tuple[str, ...]
    meaning: str
    source: str


@dataclass(frozen=True)
class DateSetting:
    """A day from which something holds; None until somebody fixes it."""

    name: str
    day: date | None
    meaning: str
    authority: Authority
    source: str


STATUTE, GUIDANCE, NORM, LOCAL = Authority


def working_days(name: str, n: int, meaning: str, who: Authority, source: str) -> ClockSetting:
    """An interval in working days."""
    return ClockSetting(name, Clock(n, Unit.WORKING_DAYS), meaning, who, source)


def days(name: str, n: int, meaning: str, who: Authority, source: str) -> ClockSetting:
    """An interval in calendar days."""
    return ClockSetting(name, Clock(n, Unit.DAYS), meaning, who, source)


def months(name: str, n: int, meaning: str, who: Authority, source: str) -> ClockSetting:
    """An interval in calendar months."""
    return ClockSetting(name, Clock(n, Unit.MONTHS), meaning, who, source)


def also_before(setting: ClockSetting) -> ClockSetting:
    """The same, counted back too: "two working days before the conference"."""
    return replace(setting, before=True)


def number(name: str, value: str, meaning: str, who: Authority, source: str) -> NumberSetting:
    """A threshold."""
    return NumberSetting(name, Decimal(value), meaning, who, source)
