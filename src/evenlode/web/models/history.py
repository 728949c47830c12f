"""What outlasts a load: a row a day, from which trends are drawn.  No row is about a child."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from evenlode.access import Visible
from evenlode.web.models.scoped import ScopedManager, worker_q


class LoadDay(models.Model):
    """One worker's load on one day."""

    worker_id = models.CharField(max_length=200)
    as_at = models.DateField()
    children = models.PositiveIntegerField()
    points = models.DecimalField(max_digits=9, decimal_places=3)
    capacity = models.DecimalField(max_digits=9, decimal_places=3)
    utilisation = models.DecimalField(max_digits=9, decimal_places=3, null=True)
    band = models.CharField(max_length=40)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["worker_id", "as_at"], name="one_load_day"),
        ]

    @classmethod
    def within(cls, visible: Visible) -> models.Q:
        """Which workers' days are a person's."""
        return worker_q(visible)


class RuleDay(models.Model):
    """How often one rule was true in one team on one day."""

    as_at = models.DateField()
    team_id = models.CharField(max_length=200, blank=True)
    rule_id = models.CharField(max_length=20)
    late = models.PositiveIntegerField()
    due_soon = models.PositiveIntegerField()
    cannot_tell = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["as_at", "rule_id", "team_id"], name="one_rule_day"),
        ]


class HeadingDay(models.Model):
    """How many families and workers one heading of Today held in one team on one day."""

    as_at = models.DateField()
    team_id = models.CharField(max_length=200, blank=True)
    heading = models.CharField(max_length=20)
    held = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["as_at", "team_id", "heading"], name="one_heading_day"),
        ]


class MeasureMonth(models.Model):
    """One measure of the council, a service or a team at one month end: worked out once, and kept.

    manifest: the record it was worked out from; when a load is withdrawn, what came after it is worked out anew.
    """

    measure_id = models.CharField(max_length=80)
    level = models.CharField(max_length=12)
    unit_id = models.CharField(max_length=200, blank=True)
    unit_name = models.CharField(max_length=200, blank=True)
    as_at = models.DateField()
    numerator = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    denominator = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    value = models.DecimalField(max_digits=18, decimal_places=6, null=True)
    status = models.CharField(max_length=20)
    why = models.TextField(blank=True)
    note = models.TextField(blank=True)
    manifest = models.PositiveIntegerField()

    objects: ClassVar[models.Manager[MeasureMonth]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["as_at", "level", "unit_id", "measure_id"], name="one_measure_month"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["level", "unit_id"])]
