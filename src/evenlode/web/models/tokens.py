"""Keys by which programs read: asked for, agreed, collected once by the person whose they are, ended."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models

from evenlode.web.models.kept import Kept
from evenlode.web.models.people import PersonRow


class TokenRow(Kept):
    """One token; hashed: what is kept of it, blank until the person has collected it.

    person: whose posts say what it reads.  until: the last day on which it holds.
    """

    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="tokens")
    person_id: str
    reason = models.TextField()
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True)
    until = models.DateField()
    collected_at = models.DateTimeField(null=True)
    hashed = models.CharField(max_length=64, blank=True, db_index=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=40, blank=True)

    objects: ClassVar[models.Manager[Self]] = models.Manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["hashed"], condition=~models.Q(hashed=""), name="one_token_of_a_hash"
            ),
        ]
