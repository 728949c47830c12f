"""Ties a subject of the council's provider to an account, and takes the tie away again."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from evenlode.errors import CannotGoOn
from evenlode.web.models import Account
from evenlode.web.sign_in.models import OutsideIdentity
from evenlode.web.sign_in.sessions import end_all
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.words import Because, Did, What


def tie(account: Account, *, issuer: str, subject: str, tied_by: str) -> OutsideIdentity:
    """From now on that subject of that issuer signs in as this account; CannotGoOn where it is another's already."""
    if not subject.strip() or not issuer.strip():
        raise CannotGoOn("an outside identity needs its issuer and its subject: name both.")
    with transaction.atomic():
        held = OutsideIdentity.objects.filter(issuer=issuer, subject=subject).first()
        if held is not None and held.account_id != account.pk:
            raise CannotGoOn("that subject is tied to another account: untie it there first.")
        if held is not None:
            return held
        told(Did.SET, What.OUTSIDE, Because.OPERATOR, person_id=tied_by, thing_id=account.person_id)
        return OutsideIdentity.objects.create(
            issuer=issuer, subject=subject, account=account, tied_by=tied_by, tied_at=timezone.now()
        )


def untie(account: Account, *, untied_by: str) -> int:
    """Takes every tie of an account away, and answers how many; its sessions end."""
    with transaction.atomic():
        count, _ = OutsideIdentity.objects.filter(account=account).delete()
        if count:
            told(Did.REMOVE, What.OUTSIDE, Because.OPERATOR, person_id=untied_by, thing_id=account.person_id)
            end_all(account)
    return count
