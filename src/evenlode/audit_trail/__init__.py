"""The audit trail: who opened what, in a chain under a key, so that a change, a gap or a cut tail shows.

Not to be taken for the audit of a child's case, which is a reading of practice.
Pure of any web framework and clock: times are handed in.
"""

from __future__ import annotations

from evenlode.audit_trail.anchors import Anchor, drop_anchor, read_anchors
from evenlode.audit_trail.entry import Entry, Head, Outcome, Purpose
from evenlode.audit_trail.key import NoAuditKey, read_key
from evenlode.audit_trail.of_decision import entry_of
from evenlode.audit_trail.postgres_trail import PostgresTrail, set_up_statements
from evenlode.audit_trail.questions import Found, refused, what_opened, who_opened
from evenlode.audit_trail.sqlite_trail import SqliteTrail, guard, open_to_read, set_up
from evenlode.audit_trail.verify import Broken, Verdict, verify

__all__ = [
    "Anchor",
    "Broken",
    "Entry",
    "Found",
    "Head",
    "NoAuditKey",
    "Outcome",
    "PostgresTrail",
    "Purpose",
    "SqliteTrail",
    "Verdict",
    "drop_anchor",
    "entry_of",
    "guard",
    "open_to_read",
    "read_anchors",
    "read_key",
    "refused",
    "set_up",
    "set_up_statements",
    "verify",
    "what_opened",
    "who_opened",
]
