"""The sample council as at 20 November 2026: doubts and coverage against the raw files, counted here anew."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.handworked.raw_rows import MADE_HERE

from evenlode.extracts import read_extracts
from evenlode.policy import shipped_policy
from evenlode.quality.answer import Quality, questioned
from evenlode.quality.book import DOUBT_BY_ID
from evenlode.record import Record, connect
from evenlode.rules.evaluate import standing

COUNCIL, AS_AT = "999", date(2026, 11, 20)

pytestmark = pytest.mark.skipif(
    not MADE_HERE.is_dir(), reason="the shared sample council does not lie beside this repository"
)


def raw(name: str) -> list[dict[str, str]]:
    with next(MADE_HERE.rglob(f"{name}.csv")).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def day(text: str) -> date | None:
    if not text.strip():
        return None
    if "/" in text:
        return datetime.strptime(text.strip(), "%d/%m/%Y").replace(tzinfo=UTC).date()
    return date.fromisoformat(text[:10])


@pytest.fixture(scope="module")
def said() -> Quality:
    deliveries = read_extracts(MADE_HERE, la_code=COUNCIL)
    with Record.temporary() as record:
        at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
        record.load(deliveries, at=at, by="test", as_at=AS_AT, rules_version="test")
        with (
            connect(record) as stored,
            standing(
                stored.con,
                as_at=AS_AT,
                policy=shipped_policy(),
                delivered=stored.delivered,
                untold=stored.untold,
            ) as position,
        ):
            return questioned(position, deliveries)


def records(said: Quality, doubt_id: str, table: str) -> set[str]:
    return {r.record_id for r in said.rows if (r.doubt.id, r.table) == (doubt_id, table)}


def test_the_involvements_of_children_in_no_list_are_those_of_the_raw_files(said):
    known = {p["pers_person_id"] for p in raw("ssd_person")}
    rows = [i for i in raw("ssd_involvements") if i["invo_person_id"]]
    lost = {i["invo_involvements_id"] for i in rows if i["invo_person_id"] not in known}
    assert records(said, "DQ-02", "involvement") == lost == {"51100788", "51100789", "51100790"}
    assert said.of(COUNCIL, DOUBT_BY_ID["DQ-02"]).found == 3


def test_the_spans_that_end_before_they_begin_are_those_of_the_raw_files(said):
    turned = set()
    for row in raw("ssd_involvements"):
        start, end = day(row["invo_involvement_start_date"]), day(row["invo_involvement_end_date"])
        if start and end and end < start:
            turned.add(row["invo_involvements_id"])
    assert records(said, "DQ-08", "involvement") == turned == {"51100262", "51100736"}


def test_the_one_visit_of_next_year_is_found(said):
    late = {v["cinv_cin_visit_id"] for v in raw("ssd_cin_visits") if day(v["cinv_cin_visit_date"]) > AS_AT}
    assert records(said, "DQ-10", "cin_visit") == late
    assert len(late) == 1


def test_the_row_that_was_set_aside_is_counted_and_told_by_its_file_and_row(said):
    (row,) = [r for r in said.rows if r.doubt.id == "DQ-01"]
    assert row.record_id == "960263"
    assert "ssd_person.csv, row 236" in row.wrong


def test_no_supervision_of_this_export_names_its_worker_by_an_id(said):
    ids = {w[c] for w in raw("ssd_professionals") for c in ("prof_professional_id", "prof_staff_id")}
    kinds = {"Case Supervision", "Supervision - Case Discussion"}
    notes = [
        n
        for n in raw("supervision_case_notes_export")
        if n["Case Note Type"] in kinds and day(n["Date of Note"]) <= AS_AT
    ]
    unknown = [n for n in notes if n["Recorded For Worker"] not in ids]
    one = said.of(COUNCIL, DOUBT_BY_ID["DQ-27"])
    assert (one.found, one.of) == (len(unknown), len(notes)) == (1198, 1198)


def test_enquiries_and_conferences_stop_in_the_raw_files_on_the_days_that_are_said(said):
    stops = {r.event.table: r.newest for r in said.reaches if r.stops}
    assert stops == {
        "enquiry": max(day(e["s47e_s47_start_date"]) for e in raw("ssd_s47_enquiry")),
        "conference": max(
            held for c in raw("ssd_initial_cp_conference") if (held := day(c["icpc_icpc_date"]))
        ),
    }


def test_visits_and_children_in_need_of_each_month_are_those_of_the_raw_files(said):
    plans, visits = raw("ssd_cin_plans"), raw("ssd_cin_visits")
    lines = [c for c in said.coverage if c.event.table == "cin_visit" and c.team_id is None]
    assert len(lines) == 13
    for line in lines:
        last = min((line.month + timedelta(days=31)).replace(day=1) - timedelta(days=1), AS_AT)
        children = {
            p["cinp_person_id"]
            for p in plans
            if day(p["cinp_cin_plan_start_date"]) <= last
            and (
                (end := day(p["cinp_cin_plan_end_date"])) is None
                or (end > line.month and end > day(p["cinp_cin_plan_start_date"]))
            )
        }
        there = [v for v in visits if line.month <= day(v["cinv_cin_visit_date"]) <= last]
        assert (line.children, line.rows) == (len(children), len(there))
