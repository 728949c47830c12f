"""What somebody searched, opened or saved in the last minutes: counted, and dropped when it is older."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class TakenRow(models.Model):
    """One search, opening or saved list of a person; what it was about stands in the audit trail alone."""

    person_id = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["person_id", "kind", "at"])]
