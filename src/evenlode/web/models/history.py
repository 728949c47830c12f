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
