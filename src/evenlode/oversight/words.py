"""Days, numbers, names and who says so, as sentences write them (the look, "Words")."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from evenlode.calendar import ENGLAND, WorkingCalendar
from evenlode.policy import Authority

KEPT_TOGETHER = "\u00a0"
"""Stands between day and month, so that a line never ends between them."""

WHO_SAYS_SO: dict[Authority, str] = {
    Authority.STATUTE: "Law",
    Authority.GUIDANCE: "Statutory guidance",
    Authority.NORM: "Common practice",
    Authority.LOCAL: "Local setting",
}
"""What stands beside every finding."""

NEVER_SAID: tuple[str, ...] = (
    "breach",
    "compliant",
    "compliance",
    "failing",
    "failed",
    "failure",
    "RAG",
    "KPI",
    "risk score",
    "worst",
    "poor",
)
"""Words that no sentence holds: a finding is a fact about a date, never somebody's fault."""

STANDING: dict[str, str] = {
    "CP": "on a child protection plan",
    "CLA": "looked after",
    "CIN": "on a child in need plan",
    "ASSESSMENT": "being assessed",
    "REFERRAL": "referred and not yet assessed",
}
"""A child's status on the day, in words (contract section 2, "Statuses")."""

YEAR_OF_WEEKS = 12
"""A baby's age is told in weeks for so many weeks, then in months up to the first birthday."""


def day_words(day: date, as_at: date, *, short: bool = False, weekday: bool = False) -> str:
    """A day as sentences write it: "3 November", "Tuesday 3 November"; short: "3 Nov", "Tue 3 Nov".

    The year stands where it is not that of the as-at date.
    """
    text = f"{day.day}{KEPT_TOGETHER}{day:%b}" if short else f"{day.day}{KEPT_TOGETHER}{day:%B}"
    if weekday:
        text = f"{day:%a}{KEPT_TOGETHER}{text}" if short else f"{day:%A} {text}"
    return text if day.year == as_at.year else f"{text}{KEPT_TOGETHER}{day.year}"


def so_many(number: int, noun: str) -> str:
    """A number with its noun: "1 day", "3 days"; a noun that has a plural of its own is given as "child/children"."""
    one, _, more = noun.partition("/")
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """Words in a row: "A", "A and B", "A, B and C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def age_words(born: date | None, as_at: date, *, unborn: bool = False) -> str:
    """A child's age: "7 weeks", "5 months", "9", "unborn"; blank where it is not known."""
    if unborn or (born is not None and born > as_at):
        return "unborn"
    if born is None:
        return ""
    weeks = (as_at - born).days // 7
    if weeks < YEAR_OF_WEEKS:
        return so_many(weeks, "week")
    months = (as_at.year - born.year) * 12 + as_at.month - born.month - (as_at.day < born.day)
    return so_many(months, "month") if months < 12 else str(months // 12)


def last_working_day(day: date, calendar: WorkingCalendar = ENGLAND) -> date:
    """The last working day on which one can still act for a date: the day itself, where it is worked."""
    return day if calendar.is_working_day(day) else calendar.add(calendar.add(day, 1), -1)
