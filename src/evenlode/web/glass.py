"""Opening a child outside one's scope: recorded before anything is shown, for an hour, and looked at by somebody else."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone

from evenlode.access import Opening, OpeningCategory
from evenlode.access.closed import OPEN_FOR
from evenlode.web.door import Door
from evenlode.web.models import OpeningRow


@dataclass(frozen=True)
class GlassBar:
    """What stands on every page while a glass is broken."""

    words: str
    ends_words: str
    end_url: str


def glass_bar(door: Door) -> GlassBar | None:
    """The banner of whoever has a record open outside their scope; None for everybody else."""
    mine = [o for o in door.register.openings if o.person_id == door.person_id and o.in_force(door.at)]
    if not mine:
        return None
    ends = timezone.localtime(max(o.opened_at + o.lasts for o in mine))
    many = (
        "A record outside your reach is" if len(mine) == 1 else f"{len(mine)} records outside your reach are"
    )
    return GlassBar(
        f"{many} open to you. Information governance has been told and will look at it.",
        f"It closes at {ends:%H:%M}.",
        reverse("glass-end"),
    )


def break_glass(
    *,
    child_id: str,
    category: OpeningCategory,
    reason: str,
    by: str,
    at: datetime,
    lasts: timedelta = OPEN_FOR,
) -> OpeningRow:
    """Opens one child for one person for an hour at most; ValueError where the reason says too little."""
    opening = Opening(
        opening_id=uuid.uuid4().hex,
        person_id=by,
        child_id=child_id,
        category=category,
        reason=reason,
        opened_at=at,
        lasts=lasts,
    )
    row = OpeningRow(
        opening_id=opening.opening_id,
        person_id=by,
        child_id=child_id,
        category=str(category),
        reason=reason.strip(),
        opened_at=at,
        minutes=int(lasts.total_seconds() // 60),
    )
    row.save()
    return row


def end_openings(*, by: str, at: datetime) -> int:
    """Ends every opening of a person early; answers how many there were."""
    rows = [o for o in OpeningRow.objects.filter(person_id=by, ended_at__isnull=True) if _runs(o, at)]
    for row in rows:
        row.ended_at = at
        row.save()
    return len(rows)


def _runs(row: OpeningRow, at: datetime) -> bool:
    return row.opened_at <= at < row.opened_at + timedelta(minutes=row.minutes)


def close_review(row: OpeningRow, *, note: str, by: str, at: datetime) -> None:
    """Somebody else has looked at an opening; ValueError where it is the one who opened, or where it was closed."""
    if by == row.person_id:
        raise ValueError("Somebody else has to look at your own opening.")
    if row.reviewed_by:
        raise ValueError("Somebody has closed this already.")
    if not note.strip():
        raise ValueError("Say in a few words what you found.")
    row.reviewed_by, row.reviewed_at, row.review_note = by, at, note.strip()
    row.save()
