"""Work that takes longer than a page: asked for by a page, done by a process of its own."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models


class JobKind(StrEnum):
    """What is to be done."""

    LOAD = "load"
    WITHDRAW = "withdraw"
    REFRESH = "refresh"
    PREVIEW = "preview"


class JobState(StrEnum):
    """How far it is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    BROKEN_OFF = "broken off"


OVER = (JobState.DONE, JobState.FAILED, JobState.BROKEN_OFF)


class Job(models.Model):
    """One piece of work.  ref: what stands for it in addresses and on the disk.

    step, done, of: what it is at.  sentence: what came of it, or what was wrong and the mend.
    asked: what it was asked to do, no name of a child in it.
    """

    ref = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=12, choices=[(str(k), str(k)) for k in JobKind])
    state = models.CharField(max_length=12, choices=[(str(s), str(s)) for s in JobState], db_index=True)
    by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=300, blank=True)
    done = models.BigIntegerField(default=0)
    of = models.BigIntegerField(default=0)
    sentence = models.TextField(blank=True)
    load_id = models.CharField(max_length=20, blank=True)
    asked: models.JSONField[dict[str, object], dict[str, object]] = models.JSONField(default=dict)

    objects: ClassVar[models.Manager[Job]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["kind", "asked_at"])]

    @property
    def over(self) -> bool:
        """Whether nothing more will come of it."""
        return self.state in OVER

    @property
    def percent(self) -> int:
        """How much of the present step is done."""
        return min(100, round(100 * self.done / self.of)) if self.of else 0
