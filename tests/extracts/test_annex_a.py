"""Ofsted's Annex A: one row a child, worker and team by name, newest dates only."""

from pathlib import Path

import openpyxl
import pytest

from evenlode.extracts import read_extracts

from .handing import hand, read, rows, said

SHARED = Path(__file__).parents[3] / "shared" / "data" / "annex-a"

DEMO = "Child Unique ID,Gender,Ethnicity,Date of Birth,Age of Child (Years)"
LIST_6 = f"""{DEMO},Does the Child have a Disability,CIN Start Date,Primary Need Code,Date Child Was Last Seen,CIN Closure Date,Reason for Closure,Case Status,Allocated Team,Allocated Worker
100,a) Male,a) WBRI,01/03/2015,11,b) No,02/02/2026,N1 - Abuse or neglect,10/11/2026,,,c) Child in need plan,North,"Dummyford, Wren"
101,b) Female,BOTH,01/03/2012,14,a) Yes,05/05/2025,N2 - Disability,,,,CP,North,Wren\u00a0Dummyford
102,M,x,01/12/2026,-1,U,01/09/2026,N4,,,,Assessment,,
"""
LIST_7 = f"""{DEMO},Child Protection Plan Start Date,Initial Category of Abuse,Latest Category of Abuse,Date of the Last Statutory Visit,Was the Child Seen Alone?,Date of latest review conference,Child Protection Plan End Date,Number of Previous Child Protection Plans,Allocated Team,Allocated Worker
101,b) Female,BOTH,01/03/2012,14,10/06/2025,a) Neglect,Likelihood of Neglect,12/11/2026,b) No,08/09/2026,,1,South,Zed Sample
"""
LIST_8 = f"""{DEMO},Date Started to be Looked After,Child's Category of Need,Start date of current legal status,Child's Legal Status,Date of Latest Statutory Review,Date of Last Social Work Visit,What is the permanence plan for this child?,Date Ceased to be Looked After,Reason Ceased to be Looked After,Start Date of Most Recent Placement,Placement Type,Placement Provider,URN of Placement,Allocated Team,Allocated Worker
103,a) Male,a) WBRI,01/03/2010,16,01/02/2020,N1,03/03/2021,C2: FCO,01/10/2026,02/11/2026,f) Long-term fostering,,,05/05/2022,d) U4: Foster placement - long term,b) PR1 - Own provision,SC123456,Care,Ann Trial
"""


def of(given, table, *columns):
    """Those columns of a table that Annex A filled."""
    return rows(given["annex_a"], table, *columns)


def test_a_child_of_several_lists_is_one_child_and_the_row_with_a_date_of_birth_is_kept(tmp_path):
    without = LIST_7.replace("01/03/2012,14,10/06/2025", ",14,10/06/2025")
    given = read(hand(tmp_path, a=without, b=LIST_6))
    assert [(r["child_id"], str(r.get("dob"))) for r in of(given, "child")] == [
        ("100", "2015-03-01"),
        ("101", "2012-03-01"),
        ("102", "None"),
    ]


def test_an_age_of_minus_one_makes_the_date_an_expected_one(tmp_path):
    given = read(hand(tmp_path, a=LIST_6))
    unborn = of(given, "child")[2]
    assert str(unborn["expected_dob"]) == "2026-12-01"
    assert "dob" not in unborn


def test_list_6_gives_the_episode_the_plan_where_the_status_says_so_and_the_worker_by_name(tmp_path):
    given = read(hand(tmp_path, a=LIST_6))
    assert [r["primary_need"] for r in of(given, "episode")] == ["N1", "N2", "N4"]
    assert of(given, "cin_plan", "child_id") == [("100",)]
    assert of(given, "cin_visit", "child_id", "seen") == [("100", "Y")]
    assert of(given, "involvement", "child_id", "worker_id", "team_id") == [
        ("100", "name: Wren Dummyford", "name: North"),
        ("101", "name: Wren Dummyford", "name: North"),
    ]
    assert of(given, "worker", "name") == [("Wren Dummyford",)]


def test_where_lists_disagree_about_the_worker_list_6_stands(tmp_path):
    given = read(hand(tmp_path, a=LIST_7, b=LIST_6))
    assert ("101", "name: Wren Dummyford") in of(given, "involvement", "child_id", "worker_id")
    given = read(hand(tmp_path / "alone", a=LIST_7))
    assert of(given, "involvement", "child_id", "worker_id") == [("101", "name: Zed Sample")]


def test_not_seen_alone_leaves_open_whether_the_child_was_seen(tmp_path):
    given = read(hand(tmp_path, a=LIST_7))
    assert [(r.get("seen"), r["seen_alone"]) for r in of(given, "cp_visit")] == [(None, "N")]
    given = read(hand(tmp_path / "yes", a=LIST_7.replace("b) No", "a) Yes")))
    assert of(given, "cp_visit", "seen", "seen_alone") == [("Y", "Y")]


def test_list_7_gives_the_plan_its_categories_its_last_review_and_how_many_there_were_before(tmp_path):
    given = read(hand(tmp_path, a=LIST_7))
    assert of(given, "cp_plan", "first_category", "category", "earlier_plans") == [("NEG", "NEG", 1)]
    assert [str(r["held_date"]) for r in of(given, "cp_review")] == ["2026-09-08"]


def test_list_8_gives_the_period_of_care_with_codes_out_of_their_words(tmp_path):
    given = read(hand(tmp_path, a=LIST_8))
    assert of(given, "legal_status", "status") == [("C2",)]
    assert of(given, "placement", "placement_type", "provider", "provider_number") == [
        ("U4", "PR1", "SC123456")
    ]
    assert of(given, "care_plan", "options") == [('{"LTFOST18": "Y"}',)]


def test_what_annex_a_cannot_tell_is_said(tmp_path):
    told = read(hand(tmp_path, a=LIST_6, b=LIST_7, c=LIST_8))["annex_a"].tells
    assert "start_date" not in told["involvement"]
    assert "history" not in told["involvement"]
    assert "start_date" not in told["cin_plan"]
    assert "seen" not in told["care_visit"]
    assert {"start_date", "end_date"} <= told["cp_plan"]


def test_a_row_without_a_child_is_set_aside_whole_with_the_lists_own_headings(tmp_path):
    given = read(hand(tmp_path, a=LIST_7.replace("101,", ",")))
    [aside] = [q for q in given["annex_a"].quarantined if q.table == "cp_plan"]
    assert aside.row_number == 2
    assert aside.values["Latest Category of Abuse"] == "Likelihood of Neglect"
    assert "no child's id" in aside.reason


def test_the_headings_may_stand_below_a_title_in_a_workbook_with_sheets_of_codes(tmp_path):
    book = openpyxl.Workbook()
    codes = book.active
    codes.title = "Codes_used"
    codes.append(
        ["Gender", "Ethnicity", "Does the Child have a Disability", "Placement Type", "Placement Provider"]
    )
    codes.append(["a) Male", "a) WBRI", "a) Yes", "a) U1", "a) PR0"])
    sheet = book.create_sheet("List_8")
    sheet.append(["List 8: Children in care"])
    for line in LIST_8.strip().splitlines():
        sheet.append(line.split(","))
    book.save(tmp_path / "annex.xlsx")
    given = {d.source: d for d in read_extracts(tmp_path, la_code="301")}
    assert rows(given["annex_a"], "care_episode", "child_id") == [("103",)]
    assert any("not recognised" in line for line in said(given["annex_a"]))


SAMPLES = {
    "liia_Annex_A_2024_Jan.xlsx": {
        "cp_plan": 7,
        "care_episode": 5,
        "care_leaver": 6,
        "adopter": 5,
        "contact": 5,
    },
    "cscdp_annexa_example.xlsx": {"cp_plan": 3, "care_episode": 3, "enquiry": 4},
    "cleaner_2015-01-sample.xlsx": {"episode": 5},
    "cleaner_example-A-2005.xls": {"early_help": 11, "cp_visit": 0, "involvement": 0},
}
"""Rows of the lists as they are counted in the workbooks by hand."""


@pytest.mark.parametrize("name", SAMPLES)
def test_every_public_sample_loads_and_every_row_is_accounted_for(name):
    path = SHARED / name
    if not path.exists():
        pytest.skip("the public samples are not beside this checkout")
    [given] = read_extracts(path, la_code="301")
    assert given.source == "annex_a"
    for table, count in SAMPLES[name].items():
        assert given.tables[table].num_rows == count, table
    assert all(c.read == c.kept + c.quarantined for c in given.counts)
