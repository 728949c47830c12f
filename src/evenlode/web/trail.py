"""Writes the audit trail from the service: before anything is sent, inside whatever it tells of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from evenlode.audit_trail import Entry, Head, Outcome, PostgresTrail, SqliteTrail, drop_anchor, read_key


class NotWritten(RuntimeError):
    """The trail could not be written, so nothing may be shown."""


@cache
def key() -> bytes:
    """The key of the chain, from its file; it never lies in the database."""
    return read_key({}, settings.EVENLODE.audit_key_file)


def trail() -> SqliteTrail | PostgresTrail:
    """The trail in the service's database, on this thread's connection."""
    connection.ensure_connection()
    con: Any = connection.connection
    return PostgresTrail(con) if connection.vendor == "postgresql" else SqliteTrail(con)


def append(entries: Sequence[Entry]) -> Head:
    """Adds entries; they are on disk when the transaction that is open, or else their own, has ended.

    Raises NotWritten whatever stopped it: then nothing that they tell of may be sent.
    """
    try:
        with transaction.atomic():
            return trail().append(key(), list(entries))
    except Exception as fault:
        raise NotWritten(type(fault).__name__) from fault


def note(
    *, person_id: str, verb: str, thing: str, outcome: Outcome, why: str, thing_id: str | None = None
) -> None:
    """One entry about something that is no page of the matrix: a sign-in, a refusal, a key that was made."""
    append(
        [
            Entry(
                at=timezone.now(),
                person_id=person_id,
                verb=verb,
                thing=thing,
                outcome=outcome,
                why=why,
                thing_id=thing_id,
            )
        ]
    )


def anchor(at: datetime) -> None:
    """Drops an anchor of where the chain stands, outside the database."""
    drop_anchor(settings.EVENLODE.anchors, key(), trail().head(key()), at)
