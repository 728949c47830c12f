"""Taking a whole table out of the service: one person asks, another agrees, the first fetches it once within a day.

Source: safety-bars B6 (a bulk export needs a second person, never oneself).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from evenlode.access import Thing, Verb
from evenlode.access.pseudonyms import Codes, new_key
from evenlode.reports.sheets import Sheet
from evenlode.web.door import Door
from evenlode.web.exporting import sheet_of
from evenlode.web.models import Figures, WholeTableRow
from evenlode.web.standing_tables import TABLES, Reaches, asking

OFFERED = ("findings", "workload")
"""The tables that two people stand behind; the others hold no child and no worker and are had on their pages."""
WITHIN = timedelta(days=1)
"""So long after the second person's word the table can be fetched."""


class State(StrEnum):
    """How far an asking has come."""

    WAITS = "waits for a second person"
    REFUSED = "refused"
    READY = "can be fetched, once"
    FETCHED = "fetched"
    RUN_OUT = "agreed to and not fetched within a day"


def state_of(row: WholeTableRow, at: datetime) -> State:
    """How far an asking has come at a moment."""
    if row.refused_by:
        return State.REFUSED
    if row.fetched_at is not None:
        return State.FETCHED
    if row.decided_at is None or not row.approved_by:
        return State.WAITS
    return State.READY if at < row.decided_at + WITHIN else State.RUN_OUT


def ask_for(table: str, *, with_codes: bool, reason: str, by: str, at: datetime) -> WholeTableRow:
    """Asks for a whole table; ValueError says what to mend."""
    if table not in OFFERED:
        raise ValueError("Choose a table from the list.")
    if not reason.strip():
        raise ValueError("Say in a few words what the table is for.")
    return WholeTableRow.objects.create(
        table=table, with_codes=with_codes, reason=reason.strip(), asked_by=by, asked_at=at
    )


def decide_on(row: WholeTableRow, *, agreed: bool, by: str, at: datetime) -> None:
    """Another agrees or refuses; ValueError where it is the one who asked, or where it was decided already."""
    if by == row.asked_by:
        raise ValueError("Somebody else has to decide on this.")
    waiting = WholeTableRow.objects.filter(pk=row.pk, decided_at__isnull=True)
    if not waiting.update(decided_at=at, **{"approved_by" if agreed else "refused_by": by}):
        raise ValueError("This has been decided already.")


def fetch(row: WholeTableRow, *, figures: Figures, door: Door) -> Sheet:
    """The table, for the one who asked and only once.  ValueError where it cannot be had, or any more.

    It holds what the one who asked may take out, from the figures that stand now, and no child whose record is
    closed to most staff.
    """
    ready = row.asked_by == door.person_id and state_of(row, door.at) is State.READY
    if not ready or not WholeTableRow.objects.filter(pk=row.pk, fetched_at__isnull=True).update(
        fetched_at=door.at
    ):
        raise ValueError("This table cannot be fetched.")
    codes = Codes(new_key()) if row.with_codes else None
    return sheet_of(TABLES[row.table], asking(figures, _reach(door)), codes)


def _reach(door: Door) -> Reaches:
    """What the one who asked may take out: never a closed record, whoever is named on it or has it open."""
    closed = frozenset(r.child_id for r in door.register.restrictions if r.in_force(door.at))
    visible = door.visible(Thing.BULK_EXPORT, Verb.EXPORT)
    all_of_it = replace(visible, closed=closed, named=frozenset(), opened=frozenset())
    return Reaches(all_of_it, all_of_it, all_of_it, all_of_it)
