"""The second factor: an authenticator app's code every half minute, and recovery codes for the day it is lost."""

from __future__ import annotations

import base64
import hmac
import secrets
from datetime import datetime

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, generate_totp_secret, hotp_value
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from evenlode.web.models import Account
from evenlode.web.sign_in.models import Standing

SECONDS = 30
RECOVERY_CODES = 10
RECOVERY_BYTES = 15
"""120 bits each: what is kept of one can be plain digests (ASVS 5.0, 6.5.2)."""

new_secret = generate_totp_secret


def has_factor(account: Account) -> bool:
    """Whether an authenticator app is set up for the account."""
    return bool(Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).exists())


def step_of(moment: datetime) -> int:
    """The half minute that a moment falls in."""
    return int(moment.timestamp()) // SECONDS


def fitting_step(secret: str, code: str, moment: datetime, after: int = 0) -> int | None:
    """The half minute whose code this is: this one, the one before or the one after, never one that was used."""
    typed = "".join(code.split())
    found = None
    for step in (step_of(moment) + ahead for ahead in (-1, 0, 1)):
        right = format_hotp_value(hotp_value(secret, step))
        if hmac.compare_digest(right.encode(), typed.encode()) and step > after:
            found = step
    return found


def use_code(account: Account, code: str) -> bool:
    """Whether it is the app's code of now; used it is used up, on every process at once."""
    held = Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).first()
    if held is None:
        return False
    step = fitting_step(get_adapter().decrypt(held.data["secret"]), code, timezone.now())
    if step is None:
        return False
    Standing.objects.get_or_create(account=account)
    used = Standing.objects.filter(account=account, last_step__lt=step).update(last_step=step)
    if used:
        Authenticator.objects.filter(pk=held.pk).update(last_used_at=timezone.now())
    return bool(used)


def use_recovery_code(account: Account, code: str) -> bool:
    """Whether it is one of the account's recovery codes that are left; used it is gone."""
    with transaction.atomic():
        held = (
            Authenticator.objects.select_for_update()
            .filter(user=account, type=Authenticator.Type.RECOVERY_CODES)
            .first()
        )
        if held is None:
            return False
        digest = _digest(account, code)
        left = [kept for kept in held.data["digests"] if not hmac.compare_digest(kept, digest)]
        if len(left) == len(held.data["digests"]):
            return False
        held.data["digests"] = left
        held.last_used_at = timezone.now()
        held.save(update_fields=["data", "last_used_at"])
        return True


def recovery_codes_left(account: Account) -> int:
    """How many recovery codes are still unused."""
    held = Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).first()
    return len(held.data["digests"]) if held else 0


def set_factor(account: Account, secret: str, step: int) -> None:
    """Sets the app up in the place of any before; the code that confirmed it is used up."""
    with transaction.atomic():
        Authenticator.objects.filter(user=account, type=Authenticator.Type.TOTP).delete()
        Authenticator.objects.create(
            user=account, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt(secret)}
        )
        Standing.objects.update_or_create(account=account, defaults={"last_step": step})


def new_recovery_codes(account: Account) -> list[str]:
    """Ten new ones in the place of any before; they are told once, and only digests are kept."""
    codes = [_spelled(secrets.token_bytes(RECOVERY_BYTES)) for _ in range(RECOVERY_CODES)]
    with transaction.atomic():
        Authenticator.objects.filter(user=account, type=Authenticator.Type.RECOVERY_CODES).delete()
        Authenticator.objects.create(
            user=account,
            type=Authenticator.Type.RECOVERY_CODES,
            data={"digests": [_digest(account, code) for code in codes]},
        )
    return codes


def remove_factor(account: Account) -> None:
    """Takes the app and the recovery codes away; until a new set-up nobody gets in with the password."""
    Authenticator.objects.filter(user=account).delete()


def picture(account: Account, secret: str) -> str:
    """The square that an authenticator app reads, as SVG to stand in the page."""
    adapter = get_adapter()
    svg: str = adapter.build_totp_svg(adapter.build_totp_url(account, secret))
    return svg[svg.index("<svg") :]


def in_fours(secret: str) -> str:
    """A secret as a person types it: in groups of four."""
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _spelled(random: bytes) -> str:
    text = base64.b32encode(random).decode().lower()
    return "-".join(text[at : at + 4] for at in range(0, len(text), 4))


def _digest(account: Account, code: str) -> str:
    plain = "".join(letter for letter in code.casefold() if letter.isalnum())
    return salted_hmac(
        "evenlode.recovery", f"{account.pk}\n{plain}", secret=settings.SECRET_KEY, algorithm="sha256"
    ).hexdigest()
