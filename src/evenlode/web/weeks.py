"""Loads of the last twelve weeks, from what was kept day by day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from decimal import Decimal

from evenlode.access import Thing
from evenlode.web.charts import Chart, Point, Weeks, small_trend, weeks_heatmap
from evenlode.web.door import Door
from evenlode.web.models import Figures, LoadDay, WorkerFigure

WEEKS = 12
WEEK = timedelta(days=7)


def week_ends(as_at: date) -> list[date]:
    """The last days of twelve weeks, the oldest first; the newest is the day of the figures."""
    return [as_at - WEEK * back for back in reversed(range(WEEKS))]


def loads_by_week(door: Door, figures: Figures, workers: Iterable[str]) -> dict[str, list[LoadDay | None]]:
    """Each worker's load at the end of each week: the newest day of the week that was kept, None without one."""
    ends = week_ends(figures.as_at)
    ids = list(workers)
    kept = (
        LoadDay.objects.visible_to(door.visible(Thing.WORKER_FIGURES))
        .filter(worker_id__in=ids, as_at__gt=ends[0] - WEEK, as_at__lte=figures.as_at)
        .order_by("as_at")
    )
    found: dict[str, list[LoadDay | None]] = {worker: [None] * WEEKS for worker in ids}
    for row in kept:
        found[row.worker_id][WEEKS - 1 - (figures.as_at - row.as_at).days // 7] = row
    return found


def heatmap(door: Door, figures: Figures, workers: Sequence[WorkerFigure]) -> Chart:
    """Load against the ceiling, a row a worker in the order given, a column a week."""
    found = loads_by_week(door, figures, [row.worker_id for row in workers])
    return weeks_heatmap(
        week_ends(figures.as_at),
        [Weeks(row.name, tuple(_share(day) for day in found[row.worker_id])) for row in workers],
        figures.as_at,
    )


def trend(door: Door, figures: Figures, row: WorkerFigure) -> Chart:
    """One worker's load over the weeks."""
    (days,) = loads_by_week(door, figures, [row.worker_id]).values()
    points = [
        Point(f"{end.day} {end:%b}", _share(day))
        for end, day in zip(week_ends(figures.as_at), days, strict=True)
    ]
    says = ""
    if days[-1] is not None and days[-1].utilisation is None:
        says = f"{row.name} has no capacity on the day of the figures, so there is no share of a ceiling to tell."
    return small_trend("Share of the ceiling", points, unit="%", says=says)


def _share(day: LoadDay | None) -> Decimal | None:
    return None if day is None or day.utilisation is None else day.utilisation * 100
