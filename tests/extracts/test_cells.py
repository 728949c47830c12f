from datetime import date
from decimal import Decimal

import pytest

from evenlode.extracts import read_extracts
from evenlode.extracts.dates import read_date

from .handing import hand, read, read_text, rows, said, set_aside


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-01",
        "2026-2-1",
        "2026-02-01 00:00:00.000",
        "2026-02-01 00:00:00",
        "2026-02-01 00:00",
        "2026-02-01T00:00:00",
        "2026-02-01T00:00:00Z",
        "2026-02-01T00:00:00.000Z",
        "2026-02-01T09:30:00+00:00",
        "2026-02-01 00:00:00+00",
        "2026-02-01 00:00:00.0000000",
        "2026/02/01",
        "20260201",
        "01/02/2026",
        "1/2/2026",
        "01-02-2026",
        "01.02.2026",
        "01/02/2026 14:30",
        "01/02/2026 02:30:00 PM",
        "01-Feb-2026",
        "1 February 2026",
        "01 feb 2026",
        "Feb  1 2026 12:00AM",
        "46054",
        "46054.0",
        "46054.75",
    ],
)
def test_a_date_is_read_in_every_form_that_extracts_use(text):
    assert read_date(text).day == date(2026, 2, 1)


@pytest.mark.parametrize(
    "text", ["1900-01-01", "01/01/1900", "2300-01-01 00:00:00.000", "9999-12-31", "31/12/9999", "2958465"]
)
def test_a_date_that_stands_for_none_is_blank(text):
    assert read_date(text).day is None
    assert not read_date(text).fault


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("31/02/2026", '"31/02/2026" is not a date'),
        ("2026-02-30", '"2026-02-30" is not a date'),
        ("2023-02-29", '"2023-02-29" is not a date'),
        (
            "04/13/2026",
            '"04/13/2026" is not a date: it looks as if the month stands before the day, as Americans write it',
        ),
        ("2026-13-04", '"2026-13-04" is not a date: it looks as if day and month were swapped'),
        ("01/02/26", '"01/02/26" has a year of two digits, so that the century is not known'),
        ("01-Feb-26", "the value has a year of two digits, so that the century is not known"),
        ("2206-01-05", '"2206-01-05" is outside the years 1920 to 2120'),
        ("0202-01-05", '"0202-01-05" is outside the years 1920 to 2120'),
        ("ASAP", "the value is not a date"),
        ("when mum is back", "the value is not a date"),
        ("2026", '"2026" is not a date'),
        ("0", '"0" is not a date'),
        ("-5", '"-5" is not a date'),
        ("1.23E+11", "the value is not a date"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(text, why):
    assert read_date(text).day is None
    assert read_date(text).fault == why


def test_midnight_in_summer_written_as_utc_is_the_next_day_in_england():
    assert read_date("2026-06-30T23:00:00Z").day == date(2026, 7, 1)
    assert read_date("2026-06-30 23:00:00+00").day == date(2026, 7, 1)
    assert read_date("2026-12-31T23:00:00Z").day == date(2026, 12, 31)
    assert read_date("2026-06-30T23:00:00+01:00").day == date(2026, 6, 30)


def visit(tmp_path, when, seen="Y", child="100"):
    return read_text(
        tmp_path,
        f"cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date,cppv_cp_visit_seen\nV0,100,2026-01-31,Y\nV1,{child},{when},{seen}\n",
    )


def test_a_visit_whose_date_cannot_be_read_is_set_aside_whole(tmp_path):
    given = visit(tmp_path, "31/02/2026")
    assert rows(given, "cp_visit", "visit_id") == [("V0",)]
    assert set_aside(given) == [(3, '"31/02/2026" is not a date')]
    assert given.quarantined[0].values == {
        "cppv_cp_visit_id": "V1",
        "cppv_person_id": "100",
        "cppv_cp_visit_date": "31/02/2026",
        "cppv_cp_visit_seen": "Y",
    }
    assert said(given) == ['3 cppv_cp_visit_date: "31/02/2026" is not a date']


def test_a_date_of_birth_that_cannot_be_read_is_taken_as_blank_and_never_repeated(tmp_path):
    given = read_text(tmp_path, "pers_person_id,pers_dob\n100,31/02/2015\n101,2015-03-01\n")
    assert rows(given, "child", "child_id", "dob") == [("100", None), ("101", date(2015, 3, 1))]
    assert said(given) == ["2 pers_dob: the value is not a date; taken as blank"]


def test_words_where_a_target_date_belongs_are_taken_as_blank(tmp_path):
    given = read_text(
        tmp_path,
        "Person ID,Supervision Date,Agreed Action,Target Date,Completed Date\n100,01/10/2026,Call,ASAP,\n",
    )
    assert rows(given, "action", "target_date") == [(None,)]
    assert said(given) == ["2 Target Date: the value is not a date; taken as blank"]


def test_where_a_column_shows_american_dates_the_doubtful_ones_are_set_aside_too(tmp_path):
    given = read_text(
        tmp_path,
        "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date\nV1,100,04/13/2026\nV2,100,05/06/2026\nV3,100,07/07/2026\nV4,100,2026-01-05\n",
    )
    assert rows(given, "cp_visit", "visit_id", "visit_date") == [
        ("V3", date(2026, 7, 7)),
        ("V4", date(2026, 1, 5)),
    ]
    assert set_aside(given) == [
        (
            2,
            '"04/13/2026" is not a date: it looks as if the month stands before the day, as Americans write it',
        ),
        (3, "the date could be day or month first, and the column holds dates with the month first"),
    ]


def test_one_american_date_among_english_ones_is_set_aside_alone(tmp_path):
    given = read_text(
        tmp_path,
        "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date\nV1,100,04/13/2026\nV2,100,05/06/2026\nV3,100,25/07/2026\n",
    )
    assert rows(given, "cp_visit", "visit_id", "visit_date") == [
        ("V2", date(2026, 6, 5)),
        ("V3", date(2026, 7, 25)),
    ]


@pytest.mark.parametrize(
    "text", ["", "NULL", "null", "Null", "nan", "NaN", "NaT", "PLACEHOLDER_DATA", "<NA>", "  ", "\u00a0"]
)
def test_what_stands_for_nothing_is_blank_in_every_kind_of_column(tmp_path, text):
    given = read_text(
        tmp_path,
        "cppl_cp_plan_id,cppl_person_id,cppl_cp_plan_start_date,cppl_cp_plan_end_date,cppl_cp_plan_ola,cppl_cp_plan_latest_category,"
        f"cppl_icpc_id\nP1,100,2026-01-05,{text},{text},{text},{text}\n",
    )
    assert rows(given, "cp_plan", "end_date", "other_council", "category", "conference_id") == [
        (None, None, None, None)
    ]


def test_minus_one_is_nobody_where_an_id_belongs_and_stays_where_it_does_not(tmp_path):
    given = read_text(
        tmp_path,
        "prof_professional_id,prof_staff_id,prof_professional_name,prof_professional_job_title\n-1,-1,Nobody,x\nW1,-1,Ann,-1\n",
    )
    assert rows(given, "worker", "worker_id", "staff_number", "title") == [("W1", None, "-1")]
    assert set_aside(given) == [(2, "the row has no id of its own, so that nothing can name it")]


def test_a_family_called_null_keeps_its_name(tmp_path):
    given = read_text(tmp_path, "pers_person_id,pers_forename,pers_surname\n100,Nan,Null\n")
    assert rows(given, "child", "forename", "surname") == [("Nan", "Null")]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("Y", "Y"),
        ("y", "Y"),
        ("1", "Y"),
        ("True", "Y"),
        ("YES", "Y"),
        ("N", "N"),
        ("0", "N"),
        ("false", "N"),
        ("no", "N"),
        ("U", None),
        ("NA", None),
    ],
)
def test_yes_and_no_are_read_however_they_are_written(tmp_path, text, flag):
    given = visit(tmp_path, "2026-02-01", seen=text)
    assert rows(given, "cp_visit", "seen") == [("Y",), (flag,)]
    assert said(given) == []


def test_a_flag_that_is_neither_yes_nor_no_is_taken_as_blank_and_said(tmp_path):
    given = visit(tmp_path, "2026-02-01", seen="maybe")
    assert rows(given, "cp_visit", "seen") == [("Y",), (None,)]
    assert said(given) == ["3 cppv_cp_visit_seen: the value is neither yes nor no; taken as blank"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0.6", "0.6"),
        ('"0,6"', "0.6"),
        ("60%", "0.6"),
        ("1", "1"),
        (".5", "0.5"),
        ("0.333333333", "0.333333"),
        ('"1,234.5"', "1234.5"),
        ("6E-1", "0.6"),
    ],
)
def test_numbers_are_read_however_they_are_written(tmp_path, text, number):
    given = read_text(tmp_path, f"prof_professional_id,prof_full_time_equivalency\nW1,{text}\n")
    assert rows(given, "worker", "fte") == [(Decimal(number).quantize(Decimal("0.000001")),)]


@pytest.mark.parametrize("text", ["full time", '"1,234"', "1e400", "inf", "9999999999999999999"])
def test_what_is_no_number_is_taken_as_blank_and_said(tmp_path, text):
    given = read_text(tmp_path, f"prof_professional_id,prof_full_time_equivalency\nW1,{text}\n")
    assert rows(given, "worker", "fte") == [(None,)]
    assert len(said(given)) == 1


def test_whole_numbers_may_carry_a_nought_after_the_point(tmp_path):
    given = read_text(tmp_path, "csdq_table_id,csdq_person_id,csdq_sdq_score\n1,100,12.0\n2,100,12.5\n")
    assert rows(given, "sdq_score", "score") == [(12,), (None,)]


def test_ids_are_text_and_keep_their_noughts(tmp_path):
    given = read_text(tmp_path, "pers_person_id,pers_surname\n007,A\n7,B\n7.0,C\n{8A-B},D\n")
    assert rows(given, "child", "child_id") == [("007",), ("7",), ("7.0",), ("{8A-B}",)]


@pytest.mark.parametrize("text", ["1.23E+11", "1.23457e+11", "1E+05", '"1,23E+11"'])
def test_an_id_that_excel_shortened_is_set_aside_because_the_true_one_is_lost(tmp_path, text):
    given = visit(tmp_path, "2026-02-01", child=text)
    assert set_aside(given) == [(3, "the value is a number that Excel shortened, and the true id is lost")]


@pytest.mark.parametrize("text", ["#N/A", "#REF!"])
def test_an_error_of_a_spreadsheet_is_no_id(tmp_path, text):
    assert set_aside(visit(tmp_path, "2026-02-01", child=text)) == [
        (3, "the value is an error of the spreadsheet")
    ]


def test_an_id_over_several_lines_or_far_too_long_is_set_aside(tmp_path):
    assert set_aside(visit(tmp_path, "2026-02-01", child='"1\n2"')) == [
        (3, "the value holds a line break or a letter that cannot be printed")
    ]
    assert set_aside(visit(tmp_path, "2026-02-01", child="1" * 300)) == [
        (3, "the value is longer than 255 characters, so that it is no id")
    ]


@pytest.mark.parametrize("text", ["=1+1", "@home", "+call school", "-chase", "=HYPERLINK(1)"])
def test_a_cell_that_begins_as_a_formula_is_kept_as_text_and_said(tmp_path, text):
    given = read_text(
        tmp_path,
        f"Person ID,Supervision Date,Agreed Action,Target Date,Completed Date\n100,01/10/2026,{text},02/10/2026,\n",
    )
    assert rows(given, "action", "action") == [(text,)]
    assert said(given) == ["2 Agreed Action: the value begins as a formula does; kept as text"]


def test_the_mark_that_guards_a_formula_in_our_own_exports_comes_off_again(tmp_path):
    given = read_text(
        tmp_path,
        "Person ID,Supervision Date,Agreed Action,Target Date,Completed Date\n100,01/10/2026,'=1+1,02/10/2026,\n101,01/10/2026,''=x,02/10/2026,\n",
    )
    assert rows(given, "action", "action") == [("=1+1",), ("'=x",)]


def test_a_negative_number_and_a_dash_are_no_formulas(tmp_path):
    given = read_text(tmp_path, "child_id,rated_on,score,rated_by,reason\n100,2026-01-01,-2,W1,-\n")
    assert rows(given, "complexity", "score", "reason") == [("-2", "-")]
    assert said(given) == []


def test_a_replacement_character_never_enters(tmp_path):
    given = read_text(tmp_path, "pers_person_id,pers_surname\n100,O\ufffdBrien\n1\ufffd1,Beech\n")
    assert rows(given, "child", "child_id", "surname") == [("100", None)]
    assert set_aside(given) == [
        (3, "the value holds a replacement character: the true letter was lost before the export")
    ]
    assert said(given)[-1].endswith("the true letter was lost before the export; taken as blank")


def test_json_that_is_not_sound_is_kept_as_it_came_and_gives_no_flag(tmp_path):
    given = read_text(
        tmp_path,
        "s47e_s47_enquiry_id,s47e_person_id,s47e_s47_start_date,s47e_s47_end_date,s47e_s47_outcome_json\n"
        'E1,100,2026-01-01,,"{""CP_CONFERENCE_FLAG"": ""Y""}"\n'
        'E2,100,2026-01-02,,"{""cp_conference_flag"": 0}"\n'
        'E3,100,2026-01-03,,"{""CP_CONFERENCE_FLAG"": """"}"\n'
        'E4,100,2026-01-04,,"{CP_CONFERENCE_FLAG: Y"\n'
        'E5,100,2026-01-05,,"{""NFA_FLAG"": true, ""CP_CONFERENCE_FLAG"": true}"\n'
        "E6,100,2026-01-06,,\n",
    )
    assert rows(given, "enquiry", "enquiry_id", "says_conference") == [
        ("E1", "Y"), ("E2", "N"), ("E3", None), ("E4", None), ("E5", "Y"), ("E6", None)
    ]  # fmt: skip
    assert rows(given, "enquiry", "outcome")[3] == ("{CP_CONFERENCE_FLAG: Y",)
    assert said(given) == [
        "5 s47e_s47_outcome_json: the value is not sound JSON; kept as it came, and nothing was read from it"
    ]


def test_factors_may_be_a_list_or_an_object(tmp_path):
    given = read_text(
        tmp_path,
        'cinf_table_id,cinf_assessment_id,cinf_assessment_factors_json\n1,A1,"[""1A"", ""2B""]"\n2,A2,"{""1A"": ""Yes""}"\n',
    )
    assert said(given) == []


def test_hard_spaces_and_marks_that_nobody_sees_are_taken_off(tmp_path):
    given = read_text(
        tmp_path,
        "Person ID,Case Note Type,Date of Note\n\u00a0100 ,Case\u00a0Supervision,\ufeff01/10/2026\u200b\n",
    )
    assert rows(given, "supervision", "child_id", "note_type", "held_date") == [
        ("100", "Case Supervision", date(2026, 10, 1))
    ]


def test_a_thousand_notes_of_one_kind_are_listed_and_more_are_counted(tmp_path):
    def told(number):
        text = "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date,cppv_cp_visit_seen\n"
        text += "".join(f"V{i},100,2026-01-05,?\n" for i in range(number))
        return said(read_text(tmp_path, text))

    assert len(told(1_000)) == 1_000
    assert told(1_001) == [
        "- cppv_cp_visit_seen: is neither yes nor no (1,001 rows, the first of them row 2)"
    ]


def test_quarantined_rows_are_never_counted_instead_of_listed(tmp_path):
    text = "cppv_cp_visit_id,cppv_person_id,cppv_cp_visit_date\n" + "".join(
        f"V{i},100,31/02/2026\n" for i in range(1_200)
    )
    given = read_text(tmp_path, text + "V,100,2026-02-01\n")
    assert len(given.quarantined) == len(given.problems) == 1_200


def test_the_report_never_holds_a_name_a_birthday_or_free_text(tmp_path):
    private = "Zebedee Quillfeather"
    hand(
        tmp_path,
        people=f"pers_person_id,pers_forename,pers_surname,pers_dob,pers_send_flag\n100,={private},{private}\ufffd,32/01/2015,{private}\n",
        acts=f"Person ID,Supervision Date,Agreed Action,Target Date,Completed Date\n100,{private},{private},{private},{private}\n",
    )
    given = read(tmp_path)
    lines = "\n".join(f"{p}" for d in given.values() for p in d.problems)
    assert lines
    assert "Zebedee" not in lines
    assert "2015" not in lines


def test_nothing_is_read_from_a_clock_or_the_network():
    import ast
    from pathlib import Path

    import evenlode.extracts as package

    assert read_extracts
    for module in Path(package.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(module.read_text())):
            assert not (isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}), module
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("evenlode."):
                assert node.module.split(".")[1] in {"calendar", "record", "errors", "extracts"}, module
