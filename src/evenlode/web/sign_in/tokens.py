"""Whether the identity token of the council's provider holds: each claim on its own, and nothing taken on trust.

allauth fetches the token by its code; of the token itself it would check less than is wanted here: no signature
(it came over TLS), no nonce, no tenant, and any algorithm that the token names (safety-bars G6).
Source: OpenID Connect Core 1.0, section 3.1.3.7; RFC 8725.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from typing import Any

import jwt

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""Signatures with a key that only the issuer has; never one that a shared secret could make, never none."""
CLAIMS = ("iss", "sub", "aud", "exp", "iat", "nonce")
LEEWAY = 30
"""Seconds that the two clocks may be apart."""
LONGEST_SUBJECT = 255


class DoesNotHold(Exception):
    """The token, or what the provider says of itself, is not what was asked for; says which part, never its value."""


@dataclass(frozen=True)
class Expected:
    """What a token must say: who made it, for whom, for which asking, and within which tenant (blank: none is asked)."""

    issuer: str
    client_id: str
    nonce: str
    tenant: str


@dataclass(frozen=True)
class Subject:
    """Whom a token is about: all that is taken from it."""

    issuer: str
    subject: str


def checked(token: str, keys: dict[str, Any], expected: Expected) -> Subject:
    """Whom the token is about; DoesNotHold names the part that does not fit."""
    try:
        head = jwt.get_unverified_header(token)
        key = _key(head, keys)
        claims = jwt.decode(
            token,
            key=key,
            algorithms=[head["alg"]],
            audience=expected.client_id,
            issuer=expected.issuer,
            leeway=LEEWAY,
            options={"require": list(CLAIMS)},
        )
    except (jwt.PyJWTError, KeyError, TypeError, ValueError) as fault:
        raise DoesNotHold(type(fault).__name__) from None
    if claims["aud"] not in (expected.client_id, [expected.client_id]):
        raise DoesNotHold("audience")
    if claims.get("azp", expected.client_id) != expected.client_id:
        raise DoesNotHold("authorised party")
    if not _same(claims["nonce"], expected.nonce):
        raise DoesNotHold("nonce")
    if expected.tenant and not _same(claims.get("tid"), expected.tenant):
        raise DoesNotHold("tenant")
    subject = claims["sub"]
    if not isinstance(subject, str) or not subject.strip() or len(subject) > LONGEST_SUBJECT:
        raise DoesNotHold("subject")
    return Subject(expected.issuer, subject)


def _key(head: dict[str, Any], keys: dict[str, Any]) -> jwt.PyJWK:
    """The issuer's key that the token names, for the algorithm that both allow."""
    algorithm = head["alg"]
    if algorithm not in ALGORITHMS:
        raise DoesNotHold("algorithm")
    named = [
        key for key in keys["keys"] if key.get("kid") == head.get("kid") and key.get("use", "sig") == "sig"
    ]
    if len(named) != 1 or named[0].get("alg", algorithm) != algorithm:
        raise DoesNotHold("key")
    return jwt.PyJWK(named[0], algorithm=algorithm)


def _same(said: object, expected: str) -> bool:
    return isinstance(said, str) and hmac.compare_digest(said.encode(), expected.encode())
