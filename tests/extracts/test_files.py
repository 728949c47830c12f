import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest

from evenlode.errors import CannotRead

from .handing import (
    PEOPLE,
    VISITS,
    adds_up,
    cells,
    hand,
    read,
    read_text,
    rows,
    said,
    set_aside,
    workbook,
    zipped,
)

NAMES = "pers_person_id,pers_forename,pers_surname\n1,Siân,O\u2019Brien\n2,Zoë,Ångström\n"
FAR = "pers_person_id,pers_forename,pers_surname\n1,Łukasz,Żak\n2,Zoë,O\u2019Brien\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_names_come_through_exactly_in_every_encoding_that_exports_use(tmp_path, encoding):
    given = read_text(tmp_path, NAMES.encode(encoding))
    assert rows(given, "child", "forename", "surname") == [("Siân", "O\u2019Brien"), ("Zoë", "Ångström")]
    repaired = [line for line in said(given, "repaired") if "read as" in line]
    assert bool(repaired) == (encoding not in {"utf-8", "utf-8-sig"})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_letters_beyond_western_europe_come_through_too(tmp_path, encoding):
    assert rows(read_text(tmp_path, FAR.encode(encoding)), "child", "forename") == [("Łukasz",), ("Zoë",)]


def test_a_file_of_two_encodings_is_refused_with_the_line(tmp_path):
    mixed = "pers_person_id,pers_forename\n1,Zoë\n".encode() + "2,Siân\n".encode("cp1252")
    with pytest.raises(
        CannotRead,
        match=r"^table.csv, line 3: the file mixes UTF-8 with another encoding \(probably Windows-1252\)",
    ):
        read_text(tmp_path, mixed)


def test_a_file_that_is_in_no_known_encoding_is_refused_with_the_line(tmp_path):
    with pytest.raises(CannotRead, match=r"^table.csv, line 2: the file is neither UTF-8 nor Windows-1252"):
        read_text(tmp_path, b"pers_person_id,pers_forename\n1,Zo\x81\n")


def test_utf16_without_its_mark_is_refused_by_name(tmp_path):
    with pytest.raises(CannotRead, match=r"looks like UTF-16 without a mark"):
        read_text(tmp_path, NAMES.encode("utf-16-le"))


def test_a_file_cut_in_the_middle_of_a_letter_loses_only_its_last_row(tmp_path):
    whole = "pers_person_id,pers_surname\n1,Zoë\n2,Zoë".encode()
    given = read_text(tmp_path, whole[:-1])
    assert rows(given, "child", "surname") == [("Zoë",)]
    assert set_aside(given) == [(3, "ends in the middle of a letter: the file was cut off")]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_cells_may_be_separated_by_comma_semicolon_tab_or_bar(tmp_path, separator):
    given = read_text(tmp_path, PEOPLE.replace(",", separator))
    assert rows(given, "child", "forename", "surname") == [("Ash", "Alder"), ("Bay", "Beech")]


def test_excel_may_say_the_separator_in_a_line_of_its_own(tmp_path):
    given = read_text(
        tmp_path, "sep=;\n" + PEOPLE.strip().replace(",", ";").replace("2012-07-15", "x") + "\n"
    )
    assert rows(given, "child", "child_id") == [("100",), ("101",)]
    assert said(given) == ["4 pers_dob: the value is not a date; taken as blank"]


def test_a_title_and_blank_lines_may_stand_above_the_headings(tmp_path):
    given = read_text(
        tmp_path, "Children open today,,,\n\n" + PEOPLE.strip().replace("2012-07-15", "x") + "\n"
    )
    assert rows(given, "child", "child_id") == [("100",), ("101",)]
    assert said(given) == ["5 pers_dob: the value is not a date; taken as blank"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_may_end_in_any_of_the_three_ways(tmp_path, end):
    given = read_text(tmp_path, PEOPLE.lstrip().replace("\n", end).encode())
    assert rows(given, "child", "child_id") == [("100",), ("101",)]


def test_quoted_cells_may_hold_separators_quotes_and_line_breaks(tmp_path):
    given = read_text(
        tmp_path, 'pers_person_id,pers_forename,pers_surname\n1,"A, B","O""C"\n2,"two\nlines",X\n3,Y,"Z"\n'
    )
    assert rows(given, "child", "forename", "surname") == [("A, B", 'O"C'), ("two\nlines", "X"), ("Y", "Z")]


def test_rows_without_a_filled_cell_are_no_rows(tmp_path):
    given = read_text(tmp_path, PEOPLE.strip() + "\n,,,\n\n  \n,,,\n")
    assert rows(given, "child", "child_id") == [("100",), ("101",)]
    assert [(c.read, c.kept) for c in given.counts] == [(2, 2)]


def test_a_file_with_headings_alone_is_a_table_without_rows(tmp_path):
    given = read_text(tmp_path, PEOPLE.strip().splitlines()[0])
    assert given.tables["child"].num_rows == 0
    assert [(c.read, c.kept, c.quarantined) for c in given.counts] == [(0, 0, 0)]


def test_a_row_with_too_few_cells_is_set_aside_with_its_number(tmp_path):
    given = read_text(tmp_path, VISITS + "V4,100,P1\nV5,100,P1,2026-10-20,Y\n")
    assert rows(given, "cp_visit", "visit_id") == [("V1",), ("V2",), ("V3",), ("V5",)]
    assert set_aside(given) == [
        (5, "has 3 cells where there are 5 headings: it was cut off, or cells are missing")
    ]
    assert given.quarantined[0].values == {
        "cppv_cp_visit_id": "V4",
        "cppv_person_id": "100",
        "cppv_cp_plan_id": "P1",
    }


def test_a_row_with_too_many_cells_is_set_aside_unless_they_are_blank(tmp_path):
    given = read_text(tmp_path, VISITS + "V4,100,P1,2026-10-20,Y,,\nV5,100,P1,2026-10-20,Y,,what\n")
    assert rows(given, "cp_visit", "visit_id")[-1] == ("V4",)
    assert set_aside(given) == [
        (6, "has 7 cells where there are 5 headings: a cell holds the separator without quotes round it")
    ]
    assert given.quarantined[0].values["(cell 7)"] == "what"


def test_a_stray_quote_costs_its_own_row_and_no_other(tmp_path):
    text = 'Person ID,Supervision Date,Agreed Action,Target Date,Completed Date\n1,01/10/2026,Call,,\n2,01/10/2026,"Call,,\n3,01/10/2026,Call,,\n'
    text += '4,01/10/2026,Say "hello" now,,\n5,01/10/2026,Call",,\n6,01/10/2026,Call,,\n'
    given = read_text(tmp_path, text)
    assert rows(given, "action", "child_id") == [("1",), ("3",), ("4",), ("6",)]
    assert set_aside(given) == [
        (3, "has a quote that is not closed, or one too many"),
        (6, "has a quote that is not closed, or one too many"),
    ]
    assert adds_up([given])


def test_a_quote_that_is_never_closed_costs_its_own_row_and_no_other(tmp_path):
    given = read_text(tmp_path, VISITS + 'V4,"100,P1,2026-10-20,Y\nV5,100,P1,2026-10-20,Y\n')
    assert rows(given, "cp_visit", "visit_id") == [("V1",), ("V2",), ("V3",), ("V5",)]


def test_a_row_with_a_nul_byte_is_set_aside(tmp_path):
    given = read_text(
        tmp_path, VISITS.lstrip().encode() + b"V4,10\x000,P1,2026-10-20,Y\nV5,100,P1,2026-10-20,Y\n"
    )
    assert rows(given, "cp_visit", "visit_id")[-1] == ("V5",)
    assert set_aside(given) == [(5, "holds a NUL byte: the file is damaged here")]


def test_a_last_line_without_an_end_is_read_and_said(tmp_path):
    given = read_text(tmp_path, VISITS.strip())
    assert rows(given, "cp_visit", "visit_id")[-1] == ("V3",)
    assert said(given) == [
        "- : the last line has no line end; if the file was cut off, its last row may be incomplete"
    ]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty (0 bytes); export it again, or take it out"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "this is a picture, whatever its name says"),
        (b"%PDF-1.7 rest", "this is a PDF file, whatever its name says"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "this is a web page, whatever its name says"),
        (b"<?xml version='1.0'?><a/>", "this is an XML file, whatever its name says"),
        (b"\x1f\x8b\x08\x00" + b"\x01" * 30, "this is a packed file, whatever its name says"),
        (bytes(range(256)) * 4, "this is no text, whatever its name says"),
        (b"PK\x03\x04 and then nothing", "the archive is damaged or cut off"),
    ],
)
def test_the_wrong_sort_of_file_under_a_good_name_is_refused(tmp_path, content, what):
    with pytest.raises(CannotRead) as refused:
        read(hand(tmp_path, **{"people.csv": PEOPLE, "visits.csv": content}))
    assert str(refused.value).startswith("visits.csv: " + what)


def test_other_files_in_the_folder_are_named_and_left_alone(tmp_path):
    hand(
        tmp_path,
        **{
            "people.csv": PEOPLE,
            "read me.md": "What is in here\n",
            "plan.pdf": b"%PDF-1.7",
            "payload.json": b'[{"forename": "Ash"}]',
            ".DS_Store": b"\x00\x00\x00\x01Bud1" * 20,
            "~$people.xlsx": b"\x05Ash" + b" " * 50,
            "notes.dat": b"\xff\x00\x81\x82" * 90,
        },
    )
    assert said(read(tmp_path)["ssd"]) == [
        "- : not read: the operating system left it there; kept out",
        "- : not recognised: it is no text; kept out",
        "- : not recognised: it is a JSON file; kept out",
        "- : not recognised: it is a PDF file; kept out",
        "- : not recognised: its headings are What is in here; kept out",
        "- : not read: the operating system left it there; kept out",
    ]


def test_a_workbook_named_csv_is_read_as_what_it_is(tmp_path):
    given = read_text(tmp_path, workbook(people=cells(PEOPLE)))
    assert rows(given, "child", "child_id") == [("100",), ("101",)]


def test_a_text_file_named_xlsx_is_read_as_what_it_is(tmp_path):
    assert rows(read_text(tmp_path, PEOPLE, name="people.xlsx"), "child", "child_id") == [("100",), ("101",)]


def test_a_path_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"^nowhere: there is no such file or folder; check the path"):
        read(tmp_path / "nowhere")


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"the folder is empty"):
        read(tmp_path)


def test_a_folder_of_something_else_is_refused(tmp_path):
    with pytest.raises(CannotRead, match=r"nothing in it has the headings of an extract that is known"):
        read(hand(tmp_path, **{"a.pdf": b"%PDF-1.7", "b.md": "notes\n"}))


def test_a_pipe_or_a_device_is_refused(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(CannotRead, match=r"neither a file nor a folder"):
        read(tmp_path / "pipe")
    with pytest.raises(CannotRead, match=r"the folder is empty"):
        read(tmp_path)


@contextmanager
def as_an_ordinary_user():
    """The superuser may read everything, so as the superuser a test goes on as nobody."""
    was = os.geteuid()
    if was == 0:
        os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(was)


def test_a_file_that_may_not_be_read_is_refused():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        hand(folder, people=PEOPLE)
        (folder / "people.csv").chmod(0)
        with as_an_ordinary_user(), pytest.raises(CannotRead, match=r"cannot be opened"):
            read(folder)


def test_one_file_may_be_handed_over_alone(tmp_path):
    assert list(read(hand(tmp_path, people=PEOPLE) / "people.csv")) == ["ssd"]


def test_an_archive_is_read_as_its_folder_is(tmp_path):
    hand(tmp_path, **{"all.zip": zipped({"ssd/people.csv": PEOPLE, "ssd/visits.csv": VISITS})})
    given = read(tmp_path / "all.zip")["ssd"]
    assert [f.name for f in given.files] == ["ssd/people.csv", "ssd/visits.csv"]
    inside = read(tmp_path)["ssd"]
    assert [f.name for f in inside.files] == ["all.zip/ssd/people.csv", "all.zip/ssd/visits.csv"]
    assert [f.sha256 for f in inside.files] == [f.sha256 for f in given.files]
