"""Proposed changes of the council's policy: kept for good, whatever became of them."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from django.db import models


class ProposalState(StrEnum):
    """What became of a proposal."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    REFUSED = "refused"
    TAKEN_BACK = "taken back"


class PolicyProposal(models.Model):
    """A change of one setting from a day on.

    section, setting, value: as the policy file writes them.  before, after: the setting in words.
    preview: what it would change, once that has been worked out; preview_why: why it could not be.
    written_at: when it stood in the policy file; file_before, file_after: the file on both sides of it.
    """

    ref = models.CharField(max_length=32, unique=True)
    section = models.CharField(max_length=20)
    setting = models.CharField(max_length=100)
    value: models.JSONField[object, object] = models.JSONField()
    before = models.TextField()
    after = models.TextField()
    since = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=12, choices=[(str(s), str(s)) for s in ProposalState])
    by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    decided_by = models.CharField(max_length=40, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_why = models.TextField(blank=True)
    preview: models.JSONField[dict[str, object] | None, dict[str, object] | None] = models.JSONField(
        null=True
    )
    preview_job = models.CharField(max_length=32, blank=True)
    written_at = models.DateTimeField(null=True, blank=True)
    file_before = models.TextField(blank=True)
    file_after = models.TextField(blank=True)

    objects: ClassVar[models.Manager[PolicyProposal]] = models.Manager()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["section", "setting"]),
            models.Index(fields=["state", "asked_at"]),
        ]
