"""What is said of the data itself: loads with their receipts, rows set aside, doubts and coverage."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.db.models import Q

from evenlode.access import Visible
from evenlode.web.models.figures import Figures
from evenlode.web.models.scoped import ScopedManager


class LoadRow(models.Model):
    """One load or withdrawal of the record, as its receipt tells it; kept for good.

    load_id: the record's own number.  by: who ran it: a person's id, or the name of the account on the server.
    withdraws: the load that a withdrawal took out; withdrawn_by: the withdrawal that took this load out.
    sources, tables: counts alone, as the receipt has them.  stands: whether any of it is in the record now.
    """

    load_id = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12)
    at = models.DateTimeField()
    by = models.CharField(max_length=200)
    as_at = models.DateField(null=True)
    manifest = models.PositiveIntegerField()
    sentence = models.TextField()
    partial = models.BooleanField(default=False)
    why = models.TextField(blank=True)
    withdraws = models.CharField(max_length=20, blank=True)
    withdrawn_by = models.CharField(max_length=20, blank=True)
    stands = models.BooleanField(default=False)
    brought = models.BooleanField(default=False)
    sources: models.JSONField[list[dict[str, object]], list[dict[str, object]]] = models.JSONField(
        default=list
    )
    tables: models.JSONField[list[dict[str, object]], list[dict[str, object]]] = models.JSONField(
        default=list
    )

    objects: ClassVar[models.Manager[LoadRow]] = models.Manager()


class SetAsideRow(models.Model):
    """One row that was set aside in reading, as it came: it can hold anything about a child.

    values: the row's cells as JSON text.
    """

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    load = models.CharField(max_length=20)
    source = models.CharField(max_length=60)
    file = models.CharField(max_length=255)
    table = models.CharField(max_length=60)
    row_number = models.PositiveIntegerField(null=True)
    reason = models.TextField()
    values = models.TextField()

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["figures", "file", "row_number"])]

    @classmethod
    def within(cls, visible: Visible) -> Q:
        """The rows of whoever sees the whole council; never one that names a child who is closed to them."""
        if not visible.everything:
            return Q(pk__in=[])
        wanted = Q()
        for child_id in sorted(visible.closed - visible.opened):
            wanted &= ~Q(values__contains=f'"{child_id}"')
        return wanted


class DoubtFigure(models.Model):
    """One doubt about the data, counted over the council: so many of so many; no child."""

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    doubt_id = models.CharField(max_length=20)
    severity = models.CharField(max_length=10)
    found = models.PositiveIntegerField(null=True)
    of = models.PositiveIntegerField(null=True)
    status = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    tables: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    rules: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    measures: models.JSONField[list[str], list[str]] = models.JSONField(default=list)

    objects: ClassVar[models.Manager[DoubtFigure]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["figures", "doubt_id"])]


class CoverageFigure(models.Model):
    """How many rows a table holds for a month or a team, beside the children whom they could be about.

    level: as the coverage file has it (a table, a team, a month).
    """

    figures = models.ForeignKey(Figures, on_delete=models.CASCADE)
    level = models.CharField(max_length=20)
    table = models.CharField(max_length=60)
    month = models.DateField(null=True)
    team_id = models.CharField(max_length=200, blank=True)
    beside = models.CharField(max_length=200)
    children = models.PositiveIntegerField(null=True)
    rows = models.PositiveIntegerField(null=True)
    likely = models.DecimalField(max_digits=12, decimal_places=1, null=True)
    newest = models.DateField(null=True)
    others = models.DateField(null=True)
    verdict = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager[CoverageFigure]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["figures", "level", "table"])]
