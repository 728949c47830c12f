"""Tells the audit trail what happened in signing in."""

from __future__ import annotations

from evenlode.audit_trail import Outcome
from evenlode.web import trail
from evenlode.web.sign_in.words import NOBODY, Because, Did, What


def told(
    did: Did,
    what: What,
    why: Because,
    *,
    person_id: str | None,
    allowed: bool = True,
    thing_id: str | None = None,
) -> None:
    """One entry, on disk when the transaction that is open has ended; raises NotWritten where it cannot be kept."""
    trail.note(
        person_id=person_id or NOBODY,
        verb=did,
        thing=what,
        outcome=Outcome.ALLOWED if allowed else Outcome.DENIED,
        why=why,
        thing_id=thing_id,
    )
