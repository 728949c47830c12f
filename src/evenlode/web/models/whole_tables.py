"""Whole tables that somebody asked to take out of the service: asked for, agreed or refused, fetched once."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from evenlode.web.models.kept import Kept


class WholeTableRow(Kept):
    """One asking; table: its name; with_codes: codes stand in it in place of children and workers.

    decided_at: when somebody agreed or refused.  approved_by: who agreed; refused_by: who refused.
    """

    table = models.CharField(max_length=40)
    with_codes = models.BooleanField()
    reason = models.TextField()
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True)
    refused_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True)
    fetched_at = models.DateTimeField(null=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()
