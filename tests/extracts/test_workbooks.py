import datetime as dt

import openpyxl
import pytest

from evenlode.errors import CannotRead

from .handing import PEOPLE, VISITS, cells, hand, read, read_text, rows, said, set_aside, workbook, zipped

VISIT_HEADINGS = ["cppv_cp_visit_id", "cppv_person_id", "cppv_cp_visit_date", "cppv_cp_visit_seen"]


def read_book(folder, content, name="extract.xlsx"):
    (given,) = read(hand(folder, **{name: content}) / name).values()
    return given


def test_each_sheet_of_a_workbook_is_a_table(tmp_path):
    given = read_book(tmp_path, workbook(one=cells(PEOPLE), two=cells(VISITS)))
    assert rows(given, "child", "child_id") == [("100",), ("101",)]
    assert rows(given, "cp_visit", "visit_date")[0] == (dt.date(2026, 10, 1),)
    assert [(c.file, c.read) for c in given.counts] == [
        ("extract.xlsx, sheet one", 2),
        ("extract.xlsx, sheet two", 3),
    ]
    assert [f.name for f in given.files] == ["extract.xlsx"]


def test_numbers_dates_and_flags_of_a_workbook_are_read_as_people_see_them(tmp_path):
    given = read_book(
        tmp_path,
        workbook(
            visits=[
                VISIT_HEADINGS,
                [1, 100.0, dt.date(2026, 10, 1), True],
                ["2", "0100", dt.datetime(2026, 10, 2, 15, 30), False],  # noqa: DTZ001 - a workbook knows no zones
                [3.0, 100, 46054, 1],
                ["V4", 100, "05/10/2026", "N"],
            ]
        ),
    )
    assert rows(given, "cp_visit", "visit_id", "child_id", "visit_date", "seen") == [
        ("1", "100", dt.date(2026, 10, 1), "Y"),
        ("2", "0100", dt.date(2026, 10, 2), "N"),
        ("3", "100", dt.date(2026, 2, 1), "Y"),
        ("V4", "100", dt.date(2026, 10, 5), "N"),
    ]


def test_an_id_that_excel_took_for_a_date_or_could_not_hold_is_set_aside(tmp_path):
    given = read_book(
        tmp_path,
        workbook(
            visits=[
                VISIT_HEADINGS,
                ["V1", dt.date(2026, 3, 1), "2026-10-01", "Y"],
                ["V2", 1234567890123456789, "2026-10-01", "Y"],
            ]
        ),
    )
    assert set_aside(given) == [
        (2, "the value is a date where an id belongs: Excel changed it, and the true id is lost"),
        (3, "the value is a number that Excel shortened, and the true id is lost"),
    ]


def test_titles_above_the_headings_and_blank_rows_between_count_as_rows(tmp_path):
    given = read_book(
        tmp_path,
        workbook(
            visits=[
                ["Visits this year"],
                [],
                VISIT_HEADINGS,
                ["V1", 100, "x", "Y"],
                [None] * 4,
                ["V2", 100, "2026-10-01", "Y"],
                ["V3", 100, "y", "Y"],
            ]
        ),
    )
    assert rows(given, "cp_visit", "visit_id") == [("V2",)]
    assert [row for row, _ in set_aside(given)] == [4, 7]
    assert [c.read for c in given.counts] == [3]


def test_sheets_that_are_not_ours_are_named_and_empty_ones_are_not(tmp_path):
    given = read_book(tmp_path, workbook(Guidance=[["How to fill this in"]], Empty=[], people=cells(PEOPLE)))
    assert said(given) == ["- : not recognised: its headings are How to fill this in; kept out"]
    assert given.problems[0].file == "extract.xlsx, sheet Guidance"


def test_a_sheet_with_headings_alone_is_a_table_without_rows(tmp_path):
    assert read_book(tmp_path, workbook(visits=[VISIT_HEADINGS])).tables["cp_visit"].num_rows == 0


def test_a_formula_gives_the_value_that_was_saved_with_it(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(VISIT_HEADINGS)
    book.active.append(["V1", 100, "2026-10-01", '=IF(1=1,"Y","N")'])
    path = tmp_path / "a.xlsx"
    book.save(path)
    (given,) = read(path).values()
    assert rows(given, "cp_visit", "seen") == [(None,)]


def test_a_workbook_cut_short_is_refused(tmp_path):
    whole = workbook(people=cells(PEOPLE))
    for size in (30, 200, len(whole) // 2, len(whole) - 30):
        with pytest.raises(CannotRead, match=r"^extract.xlsx: .*(damaged|cut off)"):
            read_book(tmp_path, whole[:size])


def test_a_workbook_with_a_damaged_part_is_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"^extract.xlsx: the workbook is damaged"):
        read_book(
            tmp_path,
            zipped({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<workbook", "_rels/.rels": "<"}),
        )


def test_a_locked_workbook_is_refused_by_name(tmp_path):
    locked = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\x00" * 600
        + "EncryptedPackage".encode("utf-16-le")
        + b"\x00" * 600
    )
    with pytest.raises(
        CannotRead, match=r"^extract.xlsx: the workbook is locked with a password; save it without one"
    ):
        read_book(tmp_path, locked)


def test_an_old_workbook_that_is_none_is_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"^extract.xls: the workbook is damaged"):
        read_book(tmp_path, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, name="extract.xls")


@pytest.mark.parametrize("name", ["extract.ods", "extract.xlsb", "extract.docx.csv"])
def test_other_office_documents_are_refused_where_their_name_promises_a_table(tmp_path, name):
    with pytest.raises(
        CannotRead,
        match=r"this is an office document, whatever its name says; hand over the export as CSV or xlsx",
    ):
        read_text(tmp_path, zipped({"[Content_Types].xml": "<x/>", "content.xml": "<x/>"}), name=name)


def test_a_missing_column_is_refused_with_the_sheet_named(tmp_path):
    with pytest.raises(
        CannotRead,
        match=r"^extract.xlsx, sheet visits: these are the headings of ssd_cp_visits, but the column cppv_cp_visit_date",
    ):
        read_book(
            tmp_path,
            workbook(visits=[["cppv_cp_visit_id", "cppv_person_id", "cppv_cp_visit_seen"], ["1", "2", "Y"]]),
        )
