"""The entry that a decision leaves behind."""

from __future__ import annotations

from datetime import datetime

from evenlode.access import Decision, Scope, Target, Verb
from evenlode.audit_trail.entry import Entry, Outcome, Purpose


def entry_of(
    decision: Decision,
    *,
    at: datetime,
    person_id: str,
    verb: Verb,
    target: Target,
    thing_id: str | None = None,
    purpose: Purpose | None = None,
    request_id: str | None = None,
) -> Entry:
    """What is written about one decision, allowed or refused: the same `at` that it was decided for.

    thing_id: the thing's own id; without it the child's, worker's, unit's or person's that it belongs to.
    """
    child_id = target.child.child_id if target.child else None
    own = thing_id or child_id or target.worker_id or target.unit_id or target.person_id
    return Entry(
        at=at,
        person_id=person_id,
        verb=verb,
        thing=target.thing,
        outcome=Outcome.ALLOWED if decision.allowed else Outcome.DENIED,
        why=decision.why,
        thing_id=own,
        child_id=child_id,
        scope=None if decision.scope is Scope.NONE else decision.scope.word,
        purpose=purpose,
        request_id=request_id,
    )
