"""Browsers in which an account once signed in completely, told by a cookie that says nothing else."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from evenlode.web.models import Account
from evenlode.web.sign_in.models import KnownDevice

KEPT = timedelta(days=90)
MOST = 20
"""So many browsers are remembered for an account; the one that was used longest ago goes first."""


def cookie_name() -> str:
    """Its name: without TLS, in the demonstration alone, the prefix is not allowed."""
    return "device" if settings.EVENLODE.demo else "__Host-device"


def digest_of(secret: str) -> str:
    """What is kept of a secret with more than a hundred bits of chance in it."""
    return hashlib.sha256(secret.encode()).hexdigest()


def device_of(request: HttpRequest, name: str) -> KnownDevice | None:
    """The browser, where this account signed in from it before; another account's does not count."""
    said = request.COOKIES.get(cookie_name(), "")
    if not said:
        return None
    return KnownDevice.objects.filter(
        digest=digest_of(said), account__username__iexact=name, last_at__gt=timezone.now() - KEPT
    ).first()


def remember(request: HttpRequest, answer: HttpResponseBase, account: Account) -> None:
    """Remembers the browser for next time."""
    now = timezone.now()
    device = device_of(request, account.username)
    said = request.COOKIES.get(cookie_name(), "")
    if device is None:
        said = secrets.token_urlsafe(32)
        KnownDevice.objects.create(account=account, digest=digest_of(said), first_at=now, last_at=now)
        kept = account.known_devices.order_by("-last_at").values_list("pk", flat=True)[:MOST]
        account.known_devices.exclude(pk__in=list(kept)).delete()
    else:
        KnownDevice.objects.filter(pk=device.pk).update(last_at=now)
    answer.set_cookie(
        cookie_name(),
        said,
        max_age=KEPT,
        secure=not settings.EVENLODE.demo,
        httponly=True,
        samesite="Strict",
    )


def forget_all(account: Account) -> None:
    """No browser is known any more: its sign-in was set up anew."""
    KnownDevice.objects.filter(account=account).delete()
