"""Restricted records and broken glass, as `evenlode.access.closed` means them, with who and when."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from evenlode.access import OpeningCategory, RestrictionCategory
from evenlode.web.models.people import Registered


class RestrictionRow(Registered):
    """A child's record that is there only for those named on it; reason: in their owner's words, for those who open it."""

    child_id = models.CharField(max_length=200, db_index=True)
    category = models.CharField(max_length=60, choices=[(str(c), str(c)) for c in RestrictionCategory])
    owner_id = models.CharField(max_length=40)
    reason = models.TextField(blank=True)
    named: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    since = models.DateTimeField()
    review_on = models.DateField()
    break_glass = models.BooleanField(default=False)
    lift_asked_by = models.CharField(max_length=40, blank=True)
    lift_reason = models.TextField(blank=True)
    lift_approved_by = models.CharField(max_length=40, blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)


class OpeningRow(Registered):
    """One breaking of the glass; its reason is kept here and in no log."""

    opening_id = models.CharField(max_length=40, unique=True)
    person_id = models.CharField(max_length=40, db_index=True)
    child_id = models.CharField(max_length=200, db_index=True)
    category = models.CharField(max_length=80, choices=[(str(c), str(c)) for c in OpeningCategory])
    reason = models.TextField()
    opened_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=60)
    ended_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=40, blank=True)
    reviewed_at = models.DateTimeField(null=True, blank=True)
    review_note = models.TextField(blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["reviewed_by", "opened_at"])]
