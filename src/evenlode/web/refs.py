"""What stands for a child or a worker in an address: opaque, the same from load to load, made under a key."""

from __future__ import annotations

import hmac

from django.conf import settings


def ref_of(kind: str, own_id: str) -> str:
    """The reference of a "child" or a "worker"; without the key nobody can make one or read the id out of it."""
    key = settings.SECRET_KEY.encode()
    return hmac.digest(key, f"{kind}\x1f{own_id}".encode(), "sha256").hex()[:24]
