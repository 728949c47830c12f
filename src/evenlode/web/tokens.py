"""API tokens: one person asks with a reason, another agrees, the one whose it is collects it once; any may end it."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, datetime, timedelta

from evenlode.web.models import PersonRow, TokenRow

LONGEST = timedelta(days=366)
"""A token holds a year at most; then somebody has to say again why."""
BEGINS = "evenlode_"
"""So that a token that lies about somewhere is seen for what it is."""


def ask_for_token(person: PersonRow, *, reason: str, until: date, by: str, at: datetime) -> TokenRow:
    """Asks for a token that reads what a person may read; ValueError says what to mend."""
    if by == person.person_id:
        raise ValueError("Somebody else has to ask for a token of your own.")
    if not reason.strip():
        raise ValueError("Say in a few words what the token is for.")
    if not at.date() < until <= at.date() + LONGEST:
        raise ValueError("Choose a day from tomorrow on and within a year.")
    return TokenRow.objects.create(
        person=person, reason=reason.strip(), until=until, asked_by=by, asked_at=at
    )


def agree_to_token(row: TokenRow, *, by: str, at: datetime) -> None:
    """Another agrees: neither the one who asked nor the one whose it will be."""
    if by in {row.asked_by, row.person_id}:
        raise ValueError("Somebody else has to agree.")
    if row.approved_by or row.ended_at:
        raise ValueError("This has been decided already.")
    row.approved_by, row.approved_at = by, at
    row.save()


def end_token(row: TokenRow, *, by: str, at: datetime) -> None:
    """Refuses or withdraws it: its next request is refused."""
    if row.ended_at is None:
        row.ended_at, row.ended_by = at, by
        row.save()


def collect(row: TokenRow, *, by: str, at: datetime) -> str:
    """Makes the token and answers it, once: only its hash is kept.  ValueError where it cannot be had (any more)."""
    if by != row.person_id or not row.approved_by or row.collected_at or why_not(row, at) is not None:
        raise ValueError("This token cannot be collected.")
    token = BEGINS + secrets.token_urlsafe(32)
    changed = TokenRow.objects.filter(pk=row.pk, collected_at__isnull=True, ended_at__isnull=True).update(
        hashed=hash_of(token), collected_at=at
    )
    if not changed:
        raise ValueError("This token cannot be collected.")
    return token


def hash_of(token: str) -> str:
    """What is kept of a token: 32 bytes of chance need no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(said: str) -> TokenRow | None:
    """The token that somebody showed, whether it still holds or not."""
    if not said.startswith(BEGINS):
        return None
    return TokenRow.objects.filter(hashed=hash_of(said)).select_related("person").first()


def why_not(row: TokenRow, at: datetime) -> str | None:
    """Why a token does not hold at a moment, in words for the trail; None where it holds."""
    if row.ended_at is not None and row.ended_at <= at:
        return "the token was withdrawn"
    if not row.approved_by:
        return "nobody has agreed to the token"
    return "the token has run out" if at.date() > row.until else None
