"""Files that are handed over: whole, safe to open, and the same in every format."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from decimal import Decimal

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evenlode.errors import CannotGoOn
from evenlode.reports.safe_text import guard, unguard
from evenlode.reports.sheets import Heading, Sheet, format_of, write_sheet, write_workbook

HOSTILE = ["=1+1", "+44 20", "-2+3", "@SUM(A1)", "\tx", "'=1", "=cmd|' /C calc'!A0", "''-x"]

SHEET = Sheet(
    "Findings",
    (
        Heading("name"),
        Heading("due_date", "date"),
        Heading("days_over", "int"),
        Heading("share", "decimal"),
        Heading("whole", "bool"),
        Heading("evidence"),
    ),
    [
        ("=1+1", date(2026, 11, 20), 1, Decimal("0.850"), True, '{"due": "2026-11-20"}'),
        ("Siân O’Brien", None, None, None, False, "{}"),  # noqa: RUF001
    ],
    note="A note",
)


@given(st.text())
def test_text_comes_back_exactly_and_never_opens_as_a_formula(text):
    safe = guard(text)
    assert unguard(safe) == text
    number = text[:1] == "-" and text[1:].replace(".", "", 1).isdigit()
    assert number or not safe.startswith(("=", "+", "@", "\t", "\r", "-"))


@pytest.mark.parametrize("text", ["-3", "-0.5", "12"])
def test_a_genuine_number_stays_one(text):
    assert guard(text) == text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_only_text_in_csv_and_in_a_workbook(tmp_path, text):
    sheet = Sheet("S", (Heading("a"),), [(text,)])
    write_sheet(sheet, tmp_path / "s.csv", "csv")
    with (tmp_path / "s.csv").open(encoding="utf-8", newline="") as file:
        cell = list(csv.reader(file))[1][0]
    assert unguard(cell) == text
    assert cell.startswith("'")
    write_sheet(sheet, tmp_path / "s.xlsx", "xlsx")
    written = openpyxl.load_workbook(tmp_path / "s.xlsx").active["A2"]
    assert (written.data_type, written.value) == ("s", text)


def test_every_format_holds_the_same_rows(tmp_path):
    for kind in ("csv", "json", "parquet"):
        write_sheet(SHEET, tmp_path / f"f.{kind}", kind)
    with (tmp_path / "f.csv").open(encoding="utf-8", newline="") as file:
        first = next(csv.DictReader(file))
    assert first == {
        "name": "'=1+1",
        "due_date": "2026-11-20",
        "days_over": "1",
        "share": "0.850",
        "whole": "true",
        "evidence": '{"due": "2026-11-20"}',
    }
    told = json.loads((tmp_path / "f.json").read_text("utf-8"))
    assert told[0]["evidence"] == {"due": "2026-11-20"}
    assert told[1]["due_date"] is None
    assert told[1]["name"] == "Siân O’Brien"  # noqa: RUF001
    rows = pq.read_table(tmp_path / "f.parquet").to_pylist()
    assert rows[0]["due_date"] == date(2026, 11, 20)
    assert rows[0]["name"] == "=1+1"


def test_a_workbook_has_filters_a_frozen_header_and_real_dates(tmp_path):
    write_workbook([SHEET, Sheet("Empty", (Heading("a"),), [])], tmp_path / "f.xlsx")
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    page = book["Findings"]
    assert page["A1"].value == "A note"
    assert page.freeze_panes == "A3"
    assert page.auto_filter.ref == "A2:F4"
    assert page["B3"].value.date() == date(2026, 11, 20)
    assert page["B3"].number_format == "dd/mm/yyyy"
    assert page["C3"].value == 1
    assert page["B4"].value is None
    assert book.sheetnames == ["Findings", "Empty"]


def test_a_file_is_whole_or_not_there_at_all(tmp_path):
    broken = Sheet("S", (Heading("a", "int"),), [("not a number",)])
    with pytest.raises(Exception, match="number"):
        write_sheet(broken, tmp_path / "s.parquet", "parquet")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(CannotGoOn, match="cannot be written"):
        write_sheet(SHEET, tmp_path / "no" / "s.csv", "csv")


def test_the_format_is_what_is_asked_for_else_what_the_name_says(tmp_path):
    assert format_of(tmp_path / "f.XLSX", None) == "xlsx"
    assert format_of(tmp_path / "f.out", "json") == "json"
    assert format_of(tmp_path / "f", None) == "csv"
    with pytest.raises(CannotGoOn, match='"pdf" is no format'):
        format_of(tmp_path / "f.pdf", None)


READERS_TAKE_ONE_AWAY = re.compile(r"^'+[=+@\t\r-]")
"""What `evenlode.extracts` takes one apostrophe from (convert.py)."""


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00")))
def test_what_we_write_our_own_readers_give_back_exactly(text):
    written = guard(text)
    assert (written[1:] if READERS_TAKE_ONE_AWAY.match(written) else written) == text
