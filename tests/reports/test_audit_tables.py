"""What the audit trail answers can be handed over as a file."""

from __future__ import annotations

import csv

from tests.audit_trail.making import NINE, entry, sqlite_trail

from evenlode.audit_trail import Found, Outcome, who_opened
from evenlode.audit_trail.insider import Flag, InsiderReport, Opened, Sign
from evenlode.reports.audit_tables import asked_sheet, opened_sheet
from evenlode.reports.sheets import write_sheet


def rows_of(sheet, tmp_path):
    write_sheet(sheet, tmp_path / "out.csv", "csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_who_opened_a_childs_record_is_written_with_refusals_newest_first(tmp_path):
    written = [
        entry(1, child_id="c-1", person_id="p-1"),
        entry(
            2, child_id="c-1", person_id="p-2", outcome=Outcome.DENIED, why="outside their scope", scope=None
        ),
    ]
    con, trail = sqlite_trail(written)
    rows = rows_of(opened_sheet(who_opened(trail, "c-1")), tmp_path)
    con.close()
    assert [(r["seq"], r["person_id"], r["outcome"], r["why"], r["scope"]) for r in rows] == [
        ("2", "p-2", "denied", "outside their scope", ""),
        ("1", "p-1", "allowed", "within scope", "team"),
    ]
    assert rows[0]["at"] == "2026-11-20T09:02:00.000000Z"


def test_a_file_that_does_not_hold_every_entry_says_so():
    assert (
        opened_sheet(Found([], more=True)).note == "Only the newest 100,000 entries: ask for a shorter time."
    )
    assert opened_sheet(Found([])).note == ""


def test_an_id_that_a_spreadsheet_would_take_for_a_formula_stays_text(tmp_path):
    con, trail = sqlite_trail([entry(1, child_id="=1+1")])
    sheet = opened_sheet(who_opened(trail, "=1+1"))
    write_sheet(sheet, tmp_path / "out.csv", "csv")
    con.close()
    assert ",=1+1" not in (tmp_path / "out.csv").read_text("utf-8-sig")


def test_openings_to_ask_about_are_written_with_their_signs(tmp_path):
    opened = Opened(7, NINE, "p-1", "c-1")
    flags = [Flag(opened, frozenset({Sign.OWN_SURNAME, Sign.OUTSIDE_CASELOAD}))]
    sheet = asked_sheet(InsiderReport(flags, 90))
    [row] = rows_of(sheet, tmp_path)
    assert (row["signs"], row["child_id"]) == ("outside caseload; own surname", "c-1")
    assert sheet.note.startswith("1 of 90 openings.")
