"""The tables of the audit trail: who opened what, and the openings to ask about; ids and words, never a name."""

from __future__ import annotations

from evenlode.audit_trail import Found
from evenlode.audit_trail.entry import COLUMNS
from evenlode.audit_trail.insider import InsiderReport
from evenlode.audit_trail.questions import MOST
from evenlode.reports.sheets import Heading, Sheet

OPENED_HEADINGS = (Heading("seq", "int", 9), *(Heading(name, width=24) for name in COLUMNS))
"""The columns of a file of entries; times are universal time."""

ASKED_HEADINGS = (
    Heading("person_id"),
    Heading("seq", "int", 9),
    Heading("at", width=24),
    Heading("child_id"),
    Heading("ask_first", "bool", 10),
    Heading("signs", width=50),
)
"""The columns of the curious insider report."""


def opened_sheet(found: Found) -> Sheet:
    """One row an entry, newest first; the note says where there were more than one file holds."""
    rows = [tuple(row[h.name] for h in OPENED_HEADINGS) for row in found.rows]
    note = f"Only the newest {MOST:,} entries: ask for a shorter time." if found.more else ""
    return Sheet("Audit trail", OPENED_HEADINGS, rows, note)


def asked_sheet(report: InsiderReport) -> Sheet:
    """One row an opening that somebody should ask about, by person and time."""
    rows = [
        (
            flag.opened.person_id,
            flag.opened.seq,
            flag.opened.at.isoformat(),
            flag.opened.child_id,
            flag.ask_first,
            "; ".join(sorted(flag.signs)),
        )
        for flag in report.flags
    ]
    note = f"{len(rows):,} of {report.looked_at:,} openings. Most have a good reason: ask before you think."
    return Sheet("Openings to ask about", ASKED_HEADINGS, rows, note)
