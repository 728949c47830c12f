"""What sign-in remembers: links given out, devices known, failures counted, outside identities tied to accounts.

Nothing here holds a password, a code or a name that was typed: only keyed or plain digests of them.
"""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models


class Standing(models.Model):
    """What holds for the sign-ins of one account; without a row nothing has happened yet.

    sessions_from: sessions that began before are over.  last_step: the latest half minute whose code was used,
    so that no code works twice.
    """

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="standing", primary_key=True
    )
    sessions_from = models.DateTimeField(null=True, blank=True)
    last_step = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.account_id}"


class SetUpLink(models.Model):
    """A link that was given to a person for their first password and second factor; it works once."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="set_up_links"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_by = models.CharField(max_length=40)
    made_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.pk} of {self.account_id}"


class OutsideIdentity(models.Model):
    """Whom the council's own provider means by a subject: the issuer and the subject, and never an address."""

    issuer = models.CharField(max_length=500)
    subject = models.CharField(max_length=255)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="outside_identities"
    )
    tied_by = models.CharField(max_length=40)
    tied_at = models.DateTimeField()

    class Meta:
        """One account for a subject."""

        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_for_a_subject")
        ]

    def __str__(self) -> str:
        return f"{self.pk} of {self.account_id}"


class KnownDevice(models.Model):
    """A browser in which an account once signed in completely: strangers' failures do not hold it back."""

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="known_devices"
    )
    digest = models.CharField(max_length=64, unique=True)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.pk} of {self.account_id}"


class Tries(models.Model):
    """Failures counted under one key: a name from a network, a name from anywhere, a network, a device."""

    key = models.CharField(max_length=64, unique=True)
    failures = models.PositiveIntegerField(default=0)
    locks = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField(db_index=True)
    not_before = models.DateTimeField(null=True, blank=True)
    locked = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.pk}"
