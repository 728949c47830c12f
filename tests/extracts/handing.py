"""Hands small extracts over, written as text, and shows what was read from them."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import openpyxl

from evenlode.extracts import read_extracts

SAMPLE = Path(__file__).parents[3] / "shared" / "data" / "ssd" / "made-here"

PEOPLE = """
pers_person_id,pers_forename,pers_surname,pers_dob
100,Ash,Alder,2015-03-01
101,Bay,Beech,2012-07-15
"""
VISITS = """
cppv_cp_visit_id,cppv_person_id,cppv_cp_plan_id,cppv_cp_visit_date,cppv_cp_visit_seen
V1,100,P1,2026-10-01,Y
V2,100,P1,2026-10-12,N
V3,101,P2,2026-10-05,Y
"""


def hand(folder, **files):
    """Writes each text as a CSV file of that name; bytes are written as they are."""
    for name, content in files.items():
        path = folder / (name if "." in name else f"{name}.csv")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.lstrip("\n").encode())
    return folder


def read(path, **settings):
    """The deliveries by source."""
    return {d.source: d for d in read_extracts(Path(path), la_code="999", **settings)}


def read_text(folder, text, name="table.csv", **settings):
    """The only delivery of one file with this text."""
    (given,) = read(hand(folder, **{name: text}) / name, **settings).values()
    return given


def rows(delivery, table, *columns):
    """The rows of one table, each a dict; with columns named, each the values of those."""
    found = delivery.tables[table].drop_columns(["la_code", "source"]).to_pylist()
    if columns:
        return [tuple(row[c] for c in columns) for row in found]
    return [{k: v for k, v in row.items() if v is not None} for row in found]


def said(delivery, action=None):
    """What the load report says, one line each: row, field, problem."""
    return [
        f"{p.row_number or '-'} {p.field}: {p.problem}"
        for p in delivery.problems
        if action in {None, p.action}
    ]


def set_aside(delivery):
    """Row number and reason of every row that was set aside."""
    return [(q.row_number, q.reason) for q in delivery.quarantined]


def adds_up(deliveries):
    """Every file's rows are accounted for: read = kept + quarantined, and each quarantined row is there whole."""
    for delivery in deliveries:
        kept = {name: table.num_rows for name, table in delivery.tables.items()}
        for name, number in kept.items():
            counts = [c for c in delivery.counts if c.table == name]
            assert sum(c.kept for c in counts) == number
            assert all(c.read == c.kept + c.quarantined for c in counts)
        assert sum(c.quarantined for c in delivery.counts) == len(delivery.quarantined)
    return True


def zipped(files, *, compression=zipfile.ZIP_DEFLATED):
    """An archive of texts by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content if isinstance(content, bytes) else content.lstrip("\n"))
    return packed.getvalue()


def workbook(**sheets):
    """A workbook with a sheet for each list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in sheets.items():
        sheet = book.create_sheet(title)
        for number, line in enumerate(lines, 1):
            for place, value in enumerate(line, 1):
                cell = sheet.cell(number, place, value)
                if isinstance(value, str):
                    cell.data_type = "s"
    packed = io.BytesIO()
    book.save(packed)
    return packed.getvalue()


def cells(text, separator=","):
    """The rows of a text table as lists."""
    return [line.split(separator) for line in text.strip().splitlines()]
