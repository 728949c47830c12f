"""Set-up links: by one a person sets their first password and their second factor, once, within three days."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from evenlode.web.models import Account
from evenlode.web.sign_in.devices import digest_of
from evenlode.web.sign_in.models import SetUpLink
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.words import Because, Did, What

GOOD_FOR = timedelta(days=3)


def one_time_link(account: Account, *, made_by: str, why: Because = Because.OPERATOR) -> str:
    """The address, within the service, of a new link for an account; links given before stop working.

    made_by: the person id of who asked for it.  Hand it over in person or by a way that only that person reads:
    whoever has it sets the password.  It does not touch a password or a second factor that is there until it is used.
    """
    secret = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        SetUpLink.objects.filter(account=account, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
        SetUpLink.objects.create(
            account=account, digest=digest_of(secret), made_by=made_by, made_at=now, ends_at=now + GOOD_FOR
        )
        told(Did.MAKE, What.LINK, why, person_id=made_by, thing_id=account.person_id)
    return reverse("sign-in-first", args=[secret])


def link_of(secret: str) -> SetUpLink | None:
    """The link with that secret, if it still works: not used, not withdrawn, not too old, its account open."""
    return (
        SetUpLink.objects.select_related("account__person")
        .filter(
            digest=digest_of(secret),
            used_at=None,
            withdrawn_at=None,
            ends_at__gt=timezone.now(),
            account__is_active=True,
        )
        .first()
    )


def use(link: SetUpLink) -> bool:
    """Marks a link as used; of two who try at once only one is told yes."""
    return bool(
        SetUpLink.objects.filter(pk=link.pk, used_at=None, withdrawn_at=None).update(used_at=timezone.now())
    )
