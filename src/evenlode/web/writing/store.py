"""Writes a load's figures: all in one transaction, so that no page ever shows half a load."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import models, transaction

from evenlode.web.models import (
    ChildFigure,
    CoverageFigure,
    DoubtFigure,
    Figures,
    FindingFigure,
    GoneFigure,
    HeadingDay,
    Holder,
    LoadDay,
    MeasureFigure,
    RuleDay,
    SetAsideRow,
    TeamFigure,
    WatchFigure,
    WorkerFigure,
)
from evenlode.web.writing.gathered import Gathered, Rows

KEEP = 2
"""So many loads' figures are kept: the one that stands, and the one before it."""
AT_ONCE = 2000


@transaction.atomic
def write(
    gathered: Gathered, *, manifest: int, loaded_at: datetime, now: datetime, set_aside: int
) -> Figures:
    """Writes the figures and makes them the ones that stand; older ones are dropped, their trends stay."""
    Figures.objects.filter(standing=True).update(standing=False)
    figures = Figures.objects.create(
        manifest=manifest,
        la_code=gathered.la_code,
        as_at=gathered.as_at,
        loaded_at=loaded_at,
        written_at=now,
        rules_version=gathered.rules_version,
        policy_fingerprint=gathered.policy_fingerprint,
        set_aside=set_aside,
        standing=True,
        before=gathered.before,
        totals=gathered.totals,
        told=gathered.told,
    )
    for model, rows in (
        (ChildFigure, gathered.children),
        (Holder, gathered.holders),
        (WorkerFigure, gathered.workers),
        (FindingFigure, gathered.findings),
        (GoneFigure, gathered.gone),
        (TeamFigure, gathered.teams),
        (WatchFigure, gathered.watched),
        (MeasureFigure, gathered.measures),
        (DoubtFigure, gathered.doubts),
        (CoverageFigure, gathered.coverage),
        (SetAsideRow, gathered.set_aside),
    ):
        _all(model, [{**row, "figures": figures} for row in rows])
    _days(gathered)
    old = Figures.objects.order_by("-pk").values_list("pk", flat=True)[KEEP:]
    Figures.objects.filter(pk__in=list(old)).delete()
    return figures


@transaction.atomic
def write_load_days(rows: Rows) -> None:
    """Writes loads of days gone by: the weeks before the first load."""
    _keep_days(LoadDay, rows)


def _days(gathered: Gathered) -> None:
    _keep_days(LoadDay, gathered.loads)
    _keep_days(RuleDay, gathered.rule_days)
    _keep_days(HeadingDay, gathered.heading_days)


def _keep_days(model: type[models.Model], rows: Rows) -> None:
    """Rows of a day replace those of the same day that were written before."""
    if not rows:
        return
    whole = _queryset(model)
    whole.filter(as_at__in={row["as_at"] for row in rows}).delete()
    _all(model, rows)


def _all(model: type[models.Model], rows: Iterable[dict[str, Any]]) -> None:
    _queryset(model).bulk_create([model(**row) for row in rows], batch_size=AT_ONCE)


def _queryset(model: type[models.Model]) -> models.QuerySet[Any]:
    return models.QuerySet(model)
