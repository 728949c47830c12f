"""Reading a record that an earlier Evenlode wrote.

Stored files are never rewritten: each keeps the columns it was written with, and says so.  A step
of migration says how the tables of one schema version read in the next, and every reading of an
older file passes through the steps between.  So nothing is lost if a migration turns out wrong,
old manifests stay readable, and an upgrade cannot stop half-way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from evenlode.errors import RecordFault
from evenlode.record.tables import SCHEMA_VERSION


@dataclass(frozen=True)
class TableChange:
    """How one table of the next version is read from a file of the version before.

    was: the table's name before, where it had another.
    renamed: new column name to the old one.
    worked_out: new column name to SQL over the old columns.
    dropped: old columns that are no more.
    added: columns that nothing before told of: blank in every old row.
    """

    was: str = ""
    renamed: Mapping[str, str] = field(default_factory=dict)
    worked_out: Mapping[str, str] = field(default_factory=dict)
    dropped: tuple[str, ...] = ()
    added: Mapping[str, str] = field(default_factory=dict)

    def sql(self, source: str) -> str:
        """The table in its new form, as a query over the old form."""
        out = f" EXCLUDE ({', '.join(map(quoted, self.dropped))})" if self.dropped else ""
        pairs = ", ".join(f"{quoted(old)} AS {quoted(new)}" for new, old in self.renamed.items())
        out += f" RENAME ({pairs})" if pairs else ""
        more = "".join(f", {sql} AS {quoted(new)}" for new, sql in self.worked_out.items())
        more += "".join(f", CAST(NULL AS {kind}) AS {quoted(new)}" for new, kind in self.added.items())
        return f"(SELECT *{out}{more} FROM {source})"


@dataclass(frozen=True)
class Step:
    """What changed between one schema version and the next, by the tables' new names."""

    words: str
    changes: Mapping[str, TableChange] = field(default_factory=dict)


_TEXT, _DATE, _WHOLE, _NUMBER = "VARCHAR", "DATE", "BIGINT", "DECIMAL(18, 6)"
STEPS: dict[int, Step] = {
    1: Step(
        "Columns for what councils keep in lists of their own.",
        {
            "cp_plan": TableChange(added={"earlier_plans": _WHOLE}),
            "establishment": TableChange(
                added={
                    "programme": _TEXT,
                    "registered_from": _DATE,
                    "registration_ends": _DATE,
                    "registration_checked_on": _DATE,
                    "leaving_reason": _TEXT,
                    "sick_days": _NUMBER,
                    "post_kind": _TEXT,
                }
            ),
            "supervision": TableChange(
                added={
                    "recorded_date": _DATE,
                    "minutes": _WHOLE,
                    "state": _TEXT,
                    "cancelled_by": _TEXT,
                    "cancel_reason": _TEXT,
                    "actions_reviewed": _TEXT,
                    "plan_progress": _TEXT,
                    "child_voice": _TEXT,
                    "risk_considered": _TEXT,
                    "decision_reason": _TEXT,
                    "drift_question": _TEXT,
                    "dates_checked": _TEXT,
                    "signed_date": _DATE,
                }
            ),
            "action": TableChange(
                added={
                    "first_target_date": _DATE,
                    "times_moved": _WHOLE,
                    "proof": _TEXT,
                    "intended_change": _TEXT,
                    "about_child": _TEXT,
                    "replaced_by": _TEXT,
                    "withdrawal_reason": _TEXT,
                    "agreed_at": _TEXT,
                    "plan_id": _TEXT,
                    "audit_id": _TEXT,
                    "practice_changed": _TEXT,
                }
            ),
            "audit": TableChange(
                added={
                    "moderated_grade": _TEXT,
                    "moderated_on": _DATE,
                    "moderator_id": _TEXT,
                    "team_id": _TEXT,
                }
            ),
            "key_date": TableChange(
                added={"start_date": _DATE, "worker_id": _TEXT, "outcome": _TEXT, "done_by": _TEXT}
            ),
        },
    ),
    2: Step(
        "What a worker's own supervision looked at.",
        {
            "supervision": TableChange(
                added={"wellbeing": _TEXT, "workload_considered": _TEXT, "learning": _TEXT}
            )
        },
    ),
}
"""The version that a step starts from, to the step; version 1 is the first that was released."""


def quoted(name: str) -> str:
    """A name as SQL takes it."""
    return '"' + name.replace('"', '""') + '"'


def check_version(found: int, place: str) -> None:
    """Refuses a record that is newer than this program, or so old that no step leads here."""
    if found > SCHEMA_VERSION:
        raise RecordFault(
            f"{place} was written by a newer Evenlode (schema version {found}, this one reads up to "
            f"{SCHEMA_VERSION}): update Evenlode, or open the home with the newer one."
        )
    missing = [v for v in range(found, SCHEMA_VERSION) if v not in STEPS]
    if missing:
        raise RecordFault(
            f"{place} has schema version {found}, and this Evenlode has no way from version "
            f"{missing[0]} to {missing[0] + 1}: load the extracts again into a new home."
        )


def name_at(table: str, version: int) -> str:
    """What a table of today was called in files of an earlier version."""
    for step in range(SCHEMA_VERSION - 1, version - 1, -1):
        change = STEPS[step].changes.get(table)
        table = (change.was or table) if change else table
    return table


def as_today(table: str, source: str, version: int) -> str:
    """A query that reads rows written by an earlier version as today's columns."""
    names = {SCHEMA_VERSION: table}
    for step in range(SCHEMA_VERSION - 1, version - 1, -1):
        names[step] = name_at(table, step)
    for step in range(version, SCHEMA_VERSION):
        change = STEPS[step].changes.get(names[step + 1])
        source = change.sql(source) if change else source
    return source
