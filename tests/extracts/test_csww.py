import datetime as dt
import xml.etree.ElementTree as ET
from decimal import Decimal

import pytest

from .censuses import CSWW, tags, worker, workforce
from .handing import SAMPLE, adds_up, hand, read, read_text, rows, said, workbook

DAY = dt.date(2026, 9, 30)
VACANCIES = "<LALevelVacancies>" + tags(NumberOfVacancies="6.50", NoAgencyFTE="7.40", NoAgencyHeadcount="8")
VACANCIES += "</LALevelVacancies>\n"


def of(tmp_path, *workers, **head):
    return read_text(tmp_path, workforce(*workers, **head), "csww.xml")


def test_a_worker_is_read_as_at_the_census_day(tmp_path):
    given = of(
        tmp_path,
        worker(
            OrgRole="5", RoleStartDate="2024-06-23", StartOrigin="1", FTE30="0.6", Cases30="14", WorkingDaysLost="3.00",
            CFKSSstatus="1", QualLevel="2", PersonBirthDate="1990-01-31", GenderCurrent="2", Ethnicity="WBRI",
        ),
    )  # fmt: skip
    wanted = (
        "census_date",
        "swe_number",
        "agency",
        "role",
        "role_start",
        "start_origin",
        "fte",
        "cases",
        "standing",
    )
    assert rows(given, "census_worker", *wanted) == [
        (DAY, "SW0000012345", "N", "5", dt.date(2024, 6, 23), "1", Decimal("0.6"), Decimal(14), "1")
    ]


@pytest.mark.parametrize(
    ("hours", "fte"),
    [
        ({"FTE": "1.0", "FTE30": "0.5"}, "0.5"),
        ({"FTE": "0.8"}, "0.8"),
        ({"FTE": "1", "FTE30": "0"}, "0"),
        ({}, None),
    ],
)
def test_hours_on_the_day_stand_before_those_of_the_record(tmp_path, hours, fte):
    found = rows(of(tmp_path, worker(**hours)), "census_worker", "fte")
    assert found == [(None if fte is None else Decimal(fte),)]


def test_two_posts_of_one_person_stay_two_rows(tmp_path):
    given = of(tmp_path, worker(FTE30="0.5"), worker(FTE30="0.4"), worker(FTE30="0.5"))
    assert rows(given, "census_worker", "census_row_id", "swe_number", "fte") == [
        ("2026-09-30|1", "SW0000012345", Decimal("0.5")),
        ("2026-09-30|2", "SW0000012345", Decimal("0.4")),
        ("2026-09-30|3", "SW0000012345", Decimal("0.5")),
    ]


@pytest.mark.parametrize(
    "number", ["SW0000000000", "0", "XX9999999999", "SW1234567890", "SW9876543210", "AGENCY"]
)
def test_a_number_that_stands_for_none_is_taken_as_blank_and_said(tmp_path, number):
    given = of(tmp_path, worker(SWENo=number), worker())
    assert rows(given, "census_worker", "swe_number") == [(None,), ("SW0000012345",)]
    assert any("SWENo stands for no number in 1 rows" in line for line in said(given))


def test_a_short_number_that_counts_up_may_be_somebody_s(tmp_path):
    assert rows(of(tmp_path, worker(SWENo="SW123456")), "census_worker", "swe_number") == [("SW123456",)]


def test_elements_that_stand_several_times_are_joined(tmp_path):
    several = (
        tags(Absat30Sept="0") + tags(Absat30Sept="1") + tags(ReasonAbsence="SIC") + tags(ReasonAbsence="MAT")
    )
    several += tags(CFKSSstatus="2") + tags(CFKSSstatus="1")
    post = worker().replace("</CSWWWorker>", several + "</CSWWWorker>")
    given = of(tmp_path, post)
    assert rows(given, "census_worker", "absent", "absence_reason", "standing") == [("Y", "MAT; SIC", "1; 2")]


def test_vacancies_are_a_row_of_the_council(tmp_path):
    given = of(tmp_path, worker(), vacancies=VACANCIES)
    assert rows(given, "census_vacancy", "census_date", "vacant_fte", "agency_fte", "agency_headcount") == [
        (DAY, Decimal("6.5"), Decimal("7.4"), Decimal(8))
    ]


def test_another_order_of_elements_is_read_and_said(tmp_path):
    given = of(tmp_path, worker(QualLevel="1", QualInst="Sample University"))
    assert rows(given, "census_worker", "qualification_level") == [("1",)]
    assert any("elements of 1 CSWWWorker stand in another order" in line for line in said(given))


def test_a_census_day_that_is_not_30_september_is_said(tmp_path):
    given = of(tmp_path, worker(), day="2026-03-31")
    assert any("is not the census day, which ends in 09-30" in line for line in said(given))


SHEET = "ReferenceDate,AgencyWorker,SWENo,OrgRole,FTE30,Cases30,Absat30Sept\n"
SHEET_ROWS = "2026-09-30,0,SW0000012345,5,0.6,14,0\n2026-09-30,1,SW0000054321,5,1,20,1\n"


@pytest.mark.parametrize(
    ("head", "day"), [(SHEET, "2026-09-30,"), (SHEET.replace("ReferenceDate", "Year"), "2026,")]
)
def test_the_same_items_in_a_spreadsheet_are_the_census_too(tmp_path, head, day):
    given = read_text(tmp_path, head + SHEET_ROWS.replace("2026-09-30,", day))
    assert given.source == "csww"
    assert rows(given, "census_worker", "census_date", "agency", "cases", "absent") == [
        (DAY, "N", Decimal(14), "N"),
        (DAY, "Y", Decimal(20), "Y"),
    ]


def test_a_workbook_of_workers_and_vacancies_is_the_census_too(tmp_path):
    book = workbook(
        Workers=[["Year", "AgencyWorker", "SWENo", "FTE30"], ["2026", "0", "SW0000012345", "1"]],
        Vacancies=[
            ["Year", "NumberOfVacancies", "NoAgencyFTE", "NoAgencyHeadcount"],
            ["2026", "6.5", "7.4", "8"],
        ],
    )
    given = read_text(tmp_path, book, "census.xlsx")
    assert rows(given, "census_worker", "census_date", "fte") == [(DAY, Decimal(1))]
    assert rows(given, "census_vacancy", "census_date", "vacant_fte") == [(DAY, Decimal("6.5"))]


def test_a_spreadsheet_without_a_census_day_says_which_column_is_wanted(tmp_path):
    given = read_text(tmp_path, "AgencyWorker,SWENo,FTE30,Cases30\n0,SW0000012345,1,14\n")
    assert rows(given, "census_worker", "census_date") == [(None,)]
    assert any("no census day in 1 rows; add a column ReferenceDate or Year" in line for line in said(given))


def test_censuses_of_two_years_stand_side_by_side(tmp_path):
    older = workforce(worker(), day="2025-09-30", year="2025")
    given = read(hand(tmp_path, **{"a.xml": older, "b.xml": workforce(worker(), worker())}))["csww"]
    assert sorted(rows(given, "census_worker", "census_row_id")) == [
        ("2025-09-30|1",), ("2026-09-30|1",), ("2026-09-30|2",),
    ]  # fmt: skip
    assert not given.quarantined


FILES = [CSWW / "social_work_workforce_2022.xml", SAMPLE / "csww_2026.xml"]


@pytest.mark.skipif(not CSWW.exists(), reason="the samples ../shared/data/csww are not there")
@pytest.mark.parametrize("path", FILES, ids=lambda p: p.name)
def test_the_samples_give_what_another_reader_counts(path):
    (given,) = read(path).values()
    assert adds_up([given])
    workers = list(ET.parse(path).getroot().iter("CSWWWorker"))  # noqa: S314 - a sample of our own
    found = given.tables["census_worker"]
    assert found.num_rows == len(workers)
    assert given.tables["census_vacancy"].num_rows == 1
    agency = sum(w.findtext("AgencyWorker") == "1" for w in workers)
    assert found["agency"].to_pylist().count("Y") == agency
    hours = sum(Decimal(w.findtext("FTE30") or w.findtext("FTE") or 0) for w in workers)
    assert sum(v or 0 for v in found["fte"].to_pylist()) == hours
    cases = sum(int(w.findtext("Cases30") or 0) for w in workers)
    assert sum(v or 0 for v in found["cases"].to_pylist()) == cases
