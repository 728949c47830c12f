"""The measures at month ends: each is worked out once, kept, and outlasts the load that it came from."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction

from evenlode.measures.answer import MeasureRow, at_month_ends, month_ends
from evenlode.policy import Policy
from evenlode.record import RecordConnection
from evenlode.web.models import HeadingDay, LoadDay, MeasureMonth, RuleDay
from evenlode.web.writing.findings import Told

MONTHS = 12
"""So many month ends stand on a page."""


def ends_wanted(as_at: date, policy: Policy) -> list[date]:
    """The month ends that pages show on a day, the newest first; the last is the one before the last inspection."""
    ends = month_ends(as_at, MONTHS)
    inspected = policy.on(as_at).dates["last_inspection"]
    if inspected is not None and inspected <= as_at:
        ends.append(month_before(inspected))
    return list(dict.fromkeys(ends))


def month_before(day: date) -> date:
    """The last month end before a day."""
    return day.replace(day=1) - timedelta(days=1)


def bring_months(stored: RecordConnection, la_code: str, as_at: date, policy: Policy, told: Told) -> None:
    """Works out the month ends that are not kept yet, and keeps them."""
    there = set(MeasureMonth.objects.values_list("as_at", flat=True).distinct())
    lacking = [end for end in ends_wanted(as_at, policy) if end not in there]
    if not lacking:
        return
    what = "Working out the measures of earlier months"
    told(what, 0, len(lacking))
    rows = at_month_ends(
        stored.con,
        lacking,
        as_at=as_at,
        policy=policy,
        delivered=stored.delivered,
        told=lambda done: told(what, done, len(lacking)),
    )
    kept = [_month(row, stored.manifest.number) for row in rows if row.la_code == la_code]
    with transaction.atomic():
        MeasureMonth.objects.filter(as_at__in=lacking).delete()
        MeasureMonth.objects.bulk_create([MeasureMonth(**row) for row in kept], batch_size=2000)


def _month(row: MeasureRow, manifest: int) -> dict[str, Any]:
    return {
        "measure_id": row.measure.id,
        "level": str(row.level),
        "unit_id": row.unit_id,
        "unit_name": row.unit_name,
        "as_at": row.as_at,
        "numerator": row.numerator,
        "denominator": row.denominator,
        "value": row.value,
        "status": str(row.status),
        "why": row.why,
        "note": row.note,
        "manifest": manifest,
    }


def forget_after_withdrawal(manifest: int, as_at: date | None) -> None:
    """Drops what was kept from a load that has been taken out again.

    manifest: the one that the load had made; what was worked out from it or after it is worked out anew.
    as_at: the newest day that still stands; the days after it were the wrong load's.  None: nothing stands.
    """
    MeasureMonth.objects.filter(manifest__gte=manifest).delete()
    for model in (RuleDay, HeadingDay):
        days = model.objects.all() if as_at is None else model.objects.filter(as_at__gt=as_at)
        days.delete()
    loads = LoadDay.objects.whole()
    (loads if as_at is None else loads.filter(as_at__gt=as_at)).delete()
