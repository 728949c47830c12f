"""Failures counted: slowed after a few, locked for a while after ten, and never for good (safety-bars G5).

A failure is counted under several keys at once.  A name from one network is slowed and locked first.  A name from
anywhere and a network with any name have a longer count, against guessing spread out over many.  A browser in which
the account once signed in completely has a key of its own instead of all of these, so that no stranger's failures
hold it back.  What was typed is not kept: a key is a digest under the service's own secret.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from evenlode.web.sign_in.models import Tries

LOCK_AFTER = 10
"""Failures of one name from one network, after which it is locked."""
UNSLOWED = 3
"""Failures before a wait is asked for; it then doubles with each: 1, 2, 4 … seconds."""
WIDE = 100
"""Failures of one name from anywhere, or of one network with any name, before both are closed to strangers."""
FIRST_LOCK, LONGEST_LOCK = timedelta(minutes=15), timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Counted:
    """One key under which failures are counted: how many in which span lock it, and whether it slows before."""

    key: str
    limit: int
    span: timedelta
    slows: bool

    @classmethod
    def of(cls, sort: str, *parts: str, limit: int, span: timedelta, slows: bool = False) -> Counted:
        """A key made of its sort and what it is about."""
        said = "\n".join([sort, *parts])
        return cls(salted_hmac("evenlode.tries", said, algorithm="sha256").hexdigest(), limit, span, slows)


def plain_name(typed: str) -> str:
    """A name as all its spellings share it."""
    return unicodedata.normalize("NFKC", typed).strip().casefold()[:150]


def stranger(name: str, network: str) -> list[Counted]:
    """The keys of somebody in a browser that the account has never been used in."""
    return [
        Counted.of("name and network", name, network, limit=LOCK_AFTER, span=DAY, slows=True),
        Counted.of("name", name, limit=WIDE, span=timedelta(hours=1)),
        Counted.of("network", network, limit=WIDE, span=timedelta(minutes=15)),
    ]


def known(device: int) -> list[Counted]:
    """The one key of a browser in which the account has signed in before."""
    return [Counted.of("device", str(device), limit=LOCK_AFTER, span=DAY, slows=True)]


def codes(account: int, device: int | None) -> list[Counted]:
    """The key of codes: whoever comes so far has the password, so it is counted by account."""
    return [
        Counted.of("code", str(account), str(device or "elsewhere"), limit=LOCK_AFTER, span=DAY, slows=True)
    ]


@dataclass(frozen=True)
class Held:
    """It is refused without looking, until then; whether it is locked or only slowed."""

    until: datetime
    locked: bool

    @property
    def seconds(self) -> int:
        """How long still, in whole seconds."""
        return max(1, -int((timezone.now() - self.until).total_seconds() // 1))


@dataclass(frozen=True)
class Try:
    """One try that was let through to be looked at; it counts as failed until it is taken back.

    locked: the keys that it locked.
    """

    keys: tuple[str, ...]
    locked: tuple[str, ...]

    def went_well(self) -> None:
        """It did not fail: what was counted for it is taken back, and nothing else."""
        with transaction.atomic():
            for row in Tries.objects.select_for_update().filter(key__in=self.keys):
                row.failures = max(0, row.failures - 1)
                if row.key in self.locked:
                    row.locked, row.locks = False, max(0, row.locks - 1)
                if not row.locked:
                    row.not_before = None
                row.save()


def begin(keys: Sequence[Counted]) -> Try | Held:
    """Counts a try before it is looked at, so that many at once cannot outrun the count; Held refuses it."""
    now = timezone.now()
    with transaction.atomic():
        rows = [(counted, _row(counted, now)) for counted in keys]
        held = [
            Held(row.not_before, row.locked) for _, row in rows if row.not_before and row.not_before > now
        ]
        if held:
            return max(held, key=lambda h: h.until)
        Tries.objects.filter(last_at__lt=now - 2 * DAY).delete()
        for counted, row in rows:
            _count(counted, row, now)
            row.save()
        return Try(tuple(row.key for _, row in rows), tuple(row.key for _, row in rows if row.locked))


def forget(keys: Sequence[Counted]) -> None:
    """After a complete sign-in: what is about this name in this place begins again; wider counts stay."""
    Tries.objects.filter(key__in=[counted.key for counted in keys if counted.slows]).delete()


def _row(counted: Counted, now: datetime) -> Tries:
    row, made = Tries.objects.select_for_update().get_or_create(
        key=counted.key, defaults={"first_at": now, "last_at": now}
    )
    if not made:
        if now - row.last_at > DAY:
            row.locks = 0
        if now - row.first_at > counted.span and not (row.not_before and row.not_before > now):
            row.failures, row.first_at, row.not_before, row.locked = 0, now, None, False
        if row.locked and row.not_before and row.not_before <= now:
            row.failures, row.first_at, row.not_before, row.locked = 0, now, None, False
    return row


def _count(counted: Counted, row: Tries, now: datetime) -> None:
    row.failures += 1
    row.last_at = now
    if row.failures >= counted.limit:
        row.locked = True
        row.not_before = now + min(FIRST_LOCK * 2**row.locks, LONGEST_LOCK)
        row.locks += 1
    elif counted.slows and row.failures > UNSLOWED:
        row.not_before = now + timedelta(seconds=2 ** (row.failures - UNSLOWED - 1))
