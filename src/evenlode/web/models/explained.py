"""Findings that a manager has explained: kept for good, ended and never deleted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenlode.oversight.explained import Reason
from evenlode.web.models.kept import Kept


class ExplanationRow(Kept):
    """One explanation; finding: the finding's key, by which it is known from load to load."""

    la_code = models.CharField(max_length=20)
    rule_id = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=10)
    subject_id = models.CharField(max_length=200)
    record_id = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=60, choices=[(str(r), str(r).capitalize()) for r in Reason])
    text = models.TextField()
    by = models.CharField(max_length=40)
    recorded_at = models.DateTimeField()
    since = models.DateField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.CharField(max_length=40, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["subject_kind", "subject_id", "rule_id"]),
            models.Index(fields=["until"]),
        ]
