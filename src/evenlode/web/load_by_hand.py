"""Recording by hand what counts in a load: hours that are not there, and the weight of one child's case.

Nothing is overwritten: a change is a new version, an end is an end, and both say who and when.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from django.db import transaction

from evenlode.web.models import CapacityRow, Figures, WeightRow
from evenlode.web.writing.again import again, workers_with
from evenlode.workload.by_hand import REASONS, CapacityKind, Hours, Weight

LONGEST = timedelta(days=366)
"""For how long at most: what lasts longer belongs in the staff list or the tariff."""
BACK = timedelta(days=31)
"""How far back it may begin: figures of earlier days stay as they were."""

Row = TypeVar("Row", CapacityRow, WeightRow)


class ChangedMeanwhile(RuntimeError):
    """Somebody else changed or ended it first; nothing was written."""


@transaction.atomic
def record_hours(
    figures: Figures,
    *,
    worker_id: str,
    number: str,
    kind: CapacityKind,
    reason: str,
    hours: Decimal,
    since: date,
    until: date,
    by: str,
    at: datetime,
    instead_of: CapacityRow | None = None,
) -> CapacityRow:
    """Records hours of a worker's week that are not there for children's cases, or a new version of that.

    number: made before; the same number twice is one record.  Raises ValueError for hours, days or a reason that
    cannot be, and ChangedMeanwhile where `instead_of` stands no longer.
    """
    Hours(hours, since, until)
    check_days(since, until, at.date())
    if reason not in REASONS[kind]:
        raise ValueError("Choose a reason from the list.")
    row = _next(
        CapacityRow,
        instead_of,
        number=number,
        by=by,
        at=at,
        values={
            "worker_id": worker_id,
            "kind": str(kind),
            "reason": reason,
            "hours": hours,
            "since": since,
            "until": until,
        },
    )
    again(figures, {worker_id}, at)
    return row


@transaction.atomic
def record_weight(
    figures: Figures,
    *,
    child_id: str,
    number: str,
    points: Decimal,
    reason: str,
    since: date,
    until: date,
    by: str,
    at: datetime,
    instead_of: WeightRow | None = None,
) -> WeightRow:
    """Records how many points more or fewer a child weighs, or a new version of that; as `record_hours`.

    Raises ValueError too where another adjustment of the child stands in these days: one at a time, so that
    together they never move a weight further than one may.
    """
    Weight(child_id, points, since, until)
    check_days(since, until, at.date())
    if not reason.strip():
        raise ValueError("Say in a few words what makes the case weigh more or less.")
    if other := overlapping(child_id, since, until, but=number):
        raise ValueError(
            f"The weight of this child is changed already from {_words(other.since)} to {_words(other.until)}: "
            "change that, or end it first."
        )
    row = _next(
        WeightRow,
        instead_of,
        number=number,
        by=by,
        at=at,
        values={
            "child_id": child_id,
            "points": points,
            "reason": reason.strip(),
            "since": since,
            "until": until,
        },
    )
    again(figures, workers_with(figures, child_id), at)
    return row


@transaction.atomic
def end_hours(figures: Figures, row: CapacityRow, *, why: str, by: str, at: datetime) -> None:
    """Ends it now; it stays to be read.  Raises ChangedMeanwhile where it stands no longer."""
    _end(row, why=why, by=by, at=at)
    again(figures, {row.worker_id}, at)


@transaction.atomic
def end_weight(figures: Figures, row: WeightRow, *, why: str, by: str, at: datetime) -> None:
    """The same for the weight of a child's case."""
    _end(row, why=why, by=by, at=at)
    again(figures, workers_with(figures, row.child_id), at)


def check_days(since: date, until: date, today: date) -> None:
    """Raises ValueError where it would begin too long ago, is over already, or lasts too long."""
    if since < today - BACK:
        raise ValueError("Choose a first day of the last month or later: earlier figures stay as they were.")
    if until < today:
        raise ValueError("The end date has gone by; choose today or later.")
    if until - since > LONGEST:
        raise ValueError("Choose an end within a year: what lasts longer belongs in the staff list.")


def overlapping(child_id: str, since: date, until: date, *, but: str) -> WeightRow | None:
    """Another adjustment of a child's weight that stands on some day of these."""
    rows = WeightRow.objects.whole().filter(
        child_id=child_id, ended_at__isnull=True, since__lte=until, until__gte=since
    )
    return rows.exclude(number=but).order_by("since").first()


def _next(
    model: type[Row],
    instead_of: Row | None,
    *,
    number: str,
    by: str,
    at: datetime,
    values: dict[str, object],
) -> Row:
    """A new row, or the next version of one, which ends the version before."""
    if instead_of is None:
        there = model.objects.whole().filter(number=number).first()
        version = 1
        if there is not None:
            return there
    else:
        _end(instead_of, why="changed", by=by, at=at)
        version = instead_of.version + 1
    row = model(number=number, version=version, by=by, recorded_at=at, **values)
    row.save()
    return row


def _end(row: CapacityRow | WeightRow, *, why: str, by: str, at: datetime) -> None:
    still = type(row).objects.whole().filter(pk=row.pk, ended_at__isnull=True)
    ended = still.update(ended_at=at, ended_by=by, ended_why=why)
    if not ended:
        raise ChangedMeanwhile


def _words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
