"""Closing a child's record to everybody but those named, changing who is named, and lifting it with a second person."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from evenlode.access import Restriction, RestrictionCategory
from evenlode.access.closed import REVIEW_DAYS
from evenlode.web.explaining import drop_kept
from evenlode.web.models import Figures, RestrictionRow


def restrict(
    *,
    child_id: str,
    category: RestrictionCategory,
    named: Iterable[str],
    review_on: date | None,
    by: str,
    at: datetime,
    reason: str = "",
) -> RestrictionRow:
    """Closes a record; the one who does it owns it and is named on it.  ValueError as `Restriction` has it.

    reason: in their own words; it is shown on the child's page alone, to those who may still open it.
    """
    people = frozenset(named) | {by}
    on = review_on or at.date() + timedelta(days=REVIEW_DAYS)
    Restriction(
        restriction_id="0",
        child_id=child_id,
        category=category,
        owner_id=by,
        named=people,
        since=at,
        review_on=on,
    )
    row = RestrictionRow(
        child_id=child_id,
        category=str(category),
        owner_id=by,
        reason=reason.strip(),
        named=sorted(people),
        since=at,
        review_on=on,
    )
    row.save()
    _forget_pages()
    return row


def ask_to_lift(row: RestrictionRow, *, reason: str, by: str) -> None:
    """One person asks; nothing changes until another agrees."""
    if not reason.strip():
        raise ValueError("Say why the record can be open again.")
    row.lift_asked_by, row.lift_reason = by, reason.strip()
    row.save()


def lift(row: RestrictionRow, *, by: str, at: datetime) -> None:
    """Another agrees: the record is there again for everybody within whose reach it lies."""
    if not row.lift_asked_by or by == row.lift_asked_by:
        raise ValueError("Somebody else has to agree.")
    row.lift_approved_by, row.lifted_at = by, at
    row.save()
    _forget_pages()


def _forget_pages() -> None:
    for figures in Figures.objects.filter(standing=True):
        drop_kept(figures)
