"""Who signs in, who stands where, who supervises whom: the rows that the access register is made from."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models, transaction
from django.utils import timezone

from evenlode.access import Role, UnitKind
from evenlode.web.models.kept import Kept

ROLES = [(str(role), str(role)) for role in Role]
UNIT_KINDS = [(str(kind), str(kind)) for kind in UnitKind]


class RegisterNumber(models.Model):
    """One row: it counts up with every change of the register, so that every process knows when to read it again."""

    number = models.PositiveBigIntegerField(default=0)

    @classmethod
    def step(cls) -> None:
        """Says that the register has changed, inside the transaction that changes it."""
        changed = cls.objects.filter(pk=1).update(number=models.F("number") + 1)
        if not changed:
            cls.objects.create(pk=1, number=1)


class Registered(Kept):
    """A row of the register: each change of one is told to every process."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keeps the row and says that the register has changed."""
        with transaction.atomic():
            super().save(*args, **kwargs)
            RegisterNumber.step()


class PersonRow(Registered):
    """Somebody who signs in, or whose work is looked at.

    person_id: opaque; what the audit trail writes.  worker_id: their id in the record.
    from_record: made from the worker list, so that its posts follow the list too.
    """

    person_id = models.CharField(max_length=40, primary_key=True)
    name = models.CharField(max_length=200)
    worker_id = models.CharField(max_length=200, blank=True, db_index=True)
    cut_off_at = models.DateTimeField(null=True, blank=True)
    from_record = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.person_id


class UnitRow(Registered):
    """A team, a service or the council, with the unit above it, for a spell."""

    unit_id = models.CharField(max_length=200, db_index=True)
    kind = models.CharField(max_length=10, choices=UNIT_KINDS)
    name = models.CharField(max_length=200)
    parent_id = models.CharField(max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)


class PostRow(Registered):
    """A role that a person has in a unit for a spell; it needs two people behind it."""

    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="posts")
    role = models.CharField(max_length=40, choices=ROLES)
    unit_id = models.CharField(max_length=200)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    asked_by = models.CharField(max_length=40)
    asked_at = models.DateTimeField(default=timezone.now)
    approved_by = models.CharField(max_length=40, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(null=True, blank=True)
    from_record = models.BooleanField(default=False)


class LineRow(Registered):
    """Who supervises whom for a spell."""

    supervisor = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="supervises")
    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="supervised_by")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    from_record = models.BooleanField(default=False)


class CoverRow(Registered):
    """Who stands in for somebody who is away."""

    away = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="covered")
    by = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="covers")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    asked_by = models.CharField(max_length=40)
    approved_by = models.CharField(max_length=40, blank=True)


class Accounts(BaseUserManager["Account"]):
    """Makes accounts."""

    def create_user(
        self, *, username: str, person: PersonRow, password: str | None, email: str = ""
    ) -> Account:
        """An account for a person; without a password it can only sign in through the council's provider."""
        account = self.model(username=username, person=person, email=email)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """By which a person signs in."""

    username = models.CharField(max_length=150, unique=True)
    email = models.EmailField(blank=True)
    person = models.OneToOneField(PersonRow, on_delete=models.PROTECT, related_name="account")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.person_id
