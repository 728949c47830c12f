"""Writes an export of the figures that stand: it is in the audit trail before the first file is there."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from evenlode.access import Thing, Verb
from evenlode.access.pseudonyms import Codes, new_key
from evenlode.audit_trail import Outcome
from evenlode.errors import CannotGoOn
from evenlode.reports.sheets import write_sheet
from evenlode.web.door import standing_figures
from evenlode.web.exporting import sheets
from evenlode.web.standing_register import register
from evenlode.web.standing_tables import asking, whole_council
from evenlode.web.trail import note

KINDS = ("csv", "parquet")
BY = "command line"
"""Who took it, as the trail says: whoever has the home and its keys."""


def write_export(folder: Path, *, at: datetime, pseudonymised: bool) -> tuple[date, list[str]]:
    """Every table into the folder; answers the day of the figures and the tables' names.

    Each file is there whole or not at all.  Children whose record is closed to most staff are in none.
    Raises CannotGoOn before the first load, and NotWritten where the trail cannot be written.
    """
    figures = standing_figures()
    if figures is None:
        raise CannotGoOn("No extract has been loaded yet: load one, and run evenlode refresh.")
    codes = Codes(new_key()) if pseudonymised else None
    made = sheets(asking(figures, whole_council(register(), at)), codes)
    note(
        person_id=BY,
        verb=str(Verb.EXPORT),
        thing=str(Thing.BULK_EXPORT),
        outcome=Outcome.ALLOWED,
        why="taken on the server, with codes" if pseudonymised else "taken on the server, with ids",
        thing_id=f"load {figures.manifest}",
    )
    for sheet in made:
        for kind in KINDS:
            write_sheet(sheet, folder / f"{sheet.name}.{kind}", kind)
    return figures.as_at, [sheet.name for sheet in made]
