"""What managers recorded about loads by hand: versions that end and are never deleted."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models

from evenlode.access import Visible
from evenlode.web.models.kept import Kept
from evenlode.web.models.scoped import OfChild, ScopedManager, worker_q
from evenlode.workload.by_hand import CapacityKind


class ByHand(Kept):
    """One version of something recorded; number: the same for all its versions, and what addresses name.

    by, recorded_at: set by the server.  until: the last day on which it holds.  ended_at: it was ended or
    replaced by a later version, and holds no more.
    """

    number = models.CharField(max_length=32)
    version = models.PositiveSmallIntegerField(default=1)
    since = models.DateField()
    until = models.DateField()
    by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)
    ended_why = models.TextField(blank=True)

    class Meta:
        abstract = True

    def holds(self, day: date) -> bool:
        """Whether it holds on a day: its first and its last day are within it."""
        return self.ended_at is None and self.since <= day <= self.until


class CapacityRow(ByHand):
    """Hours of a worker's week that are not there for children's cases; no remark stands with it."""

    worker_id = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=12, choices=[(str(k), str(k)) for k in CapacityKind])
    reason = models.CharField(max_length=60)
    hours = models.DecimalField(max_digits=5, decimal_places=2)

    objects: ClassVar[ScopedManager[Self]] = ScopedManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number", "version"], name="one_capacity_version"),
        ]

    @classmethod
    def within(cls, visible: Visible) -> models.Q:
        """Which of them are a person's."""
        return worker_q(visible)


class WeightRow(ByHand, OfChild):
    """How many points more or fewer one child weighs, and the reason, which is about the work."""

    points = models.DecimalField(max_digits=4, decimal_places=2)
    reason = models.TextField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["number", "version"], name="one_weight_version"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["child_id", "until"])]
