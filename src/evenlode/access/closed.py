"""Records closed to most staff, and the glass that may be broken for a child outside one's scope.

Source: safety-bars.md B3 and B4.  Both are facts with their times; nothing here reads a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from evenlode.access.days import day_of

REVIEW_DAYS = 90
"""A restriction is looked at again within so many days; a council may ask for it sooner, never later."""
OPEN_FOR = timedelta(minutes=60)
"""How long a broken glass stays open; a council may make it shorter, never longer."""
SHORTEST_REASON = 10
"""A reason of fewer characters says nothing."""


class RestrictionCategory(StrEnum):
    """Why a record is closed to most staff."""

    STAFF_FAMILY = "family of a member of staff"
    ADOPTION = "adoption"
    HIGH_PROFILE = "high profile"
    HIGH_RISK = "high risk"


class OpeningCategory(StrEnum):
    """Why somebody opens a child's record that is outside their scope."""

    IMMEDIATE_RISK = "immediate risk to a child"
    DUTY = "duty or out-of-hours contact"
    COVER = "covering for a colleague"
    INVESTIGATION = "complaint, investigation or subject access request"
    MENDING = "mending the data or the system"


@dataclass(frozen=True, kw_only=True)
class Restriction:
    """A child's record that is there only for those named on it.

    named: ids of people; the owner is always one of them.  Past its review date it still holds: that it is
    overdue is shown to information governance.  It is lifted only when one person asked and another agreed.
    """

    restriction_id: str
    child_id: str
    category: RestrictionCategory
    owner_id: str
    named: frozenset[str]
    since: datetime
    review_on: date
    break_glass: bool = False
    lifted_at: datetime | None = None
    lift_asked_by: str | None = None
    lift_approved_by: str | None = None

    def __post_init__(self) -> None:
        if self.owner_id not in self.named:
            raise ValueError("the owner of a restriction is always named on it")
        if self.review_on > day_of(self.since) + timedelta(days=REVIEW_DAYS):
            raise ValueError(f"a restriction is reviewed within {REVIEW_DAYS} days")

    def in_force(self, at: datetime) -> bool:
        """Whether it holds at that moment; a lifting that only one person stands behind is none."""
        two_people = (
            bool(self.lift_asked_by and self.lift_approved_by) and self.lift_asked_by != self.lift_approved_by
        )
        lifted = self.lifted_at is not None and self.lifted_at <= at and two_people
        return self.since <= at and not lifted

    def overdue(self, at: datetime) -> bool:
        """Whether its review is overdue on that day: overdue begins on the day after."""
        return self.in_force(at) and self.review_on < day_of(at)


@dataclass(frozen=True, kw_only=True)
class Opening:
    """One breaking of the glass: one person, one child, for a short time, with a reason.

    reason: free text; kept beside the opening and never written to the audit trail or a log.
    review: it waits until somebody other than the person has closed it.
    """

    opening_id: str
    person_id: str
    child_id: str
    category: OpeningCategory
    reason: str = field(repr=False)
    opened_at: datetime
    lasts: timedelta = OPEN_FOR
    ended_at: datetime | None = None
    reviewed_by: str | None = None

    def __post_init__(self) -> None:
        if not timedelta(0) < self.lasts <= OPEN_FOR:
            raise ValueError("a broken glass stays open for 60 minutes at most")
        if len(self.reason.strip()) < SHORTEST_REASON:
            raise ValueError("say in a few words why this record must be opened")

    def in_force(self, at: datetime) -> bool:
        """Whether it still opens the record at that moment."""
        ends = self.opened_at + self.lasts
        if self.ended_at is not None:
            ends = min(ends, self.ended_at)
        return self.opened_at <= at < ends

    @property
    def waits_for_review(self) -> bool:
        """Whether nobody else has looked at it yet; one's own look at it does not count."""
        return self.reviewed_by in {None, "", self.person_id}
