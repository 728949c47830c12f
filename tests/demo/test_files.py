"""The extract files: any size, any seed, the same bytes each time, and no row that belongs to nobody but the planted ones."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from evenlode.demo import build_council
from evenlode.demo.headings import LOCAL_HEADINGS, SSD_HEADINGS

from .conftest import AS_AT, day, read

PERSON_COLUMNS = {
    "ssd_family": "fami_person_id",
    "ssd_disability": "disa_person_id",
    "ssd_contacts": "cont_person_id",
    "ssd_cin_episodes": "cine_person_id",
    "ssd_cin_assessments": "cina_person_id",
    "ssd_s47_enquiry": "s47e_person_id",
    "ssd_initial_cp_conference": "icpc_person_id",
    "ssd_cin_plans": "cinp_person_id",
    "ssd_cin_visits": "cinv_person_id",
    "ssd_cp_plans": "cppl_person_id",
    "ssd_cp_visits": "cppv_person_id",
    "ssd_cp_reviews": "cppr_person_id",
    "ssd_legal_status": "lega_person_id",
    "ssd_cla_episodes": "clae_person_id",
    "ssd_cla_placement": "clap_person_id",
    "ssd_cla_visits": "clav_person_id",
    "ssd_care_leavers": "clea_person_id",
    "ssd_involvements": "invo_person_id",
    "supervision_case_notes_export": "Person ID",
    "supervision_actions_export": "Person ID",
}
# table, column, the table and column it points at; blanks point nowhere
LINKS = [
    ("ssd_cin_assessments", "cina_referral_id", "ssd_cin_episodes", "cine_referral_id"),
    ("ssd_assessment_factors", "cinf_assessment_id", "ssd_cin_assessments", "cina_assessment_id"),
    ("ssd_s47_enquiry", "s47e_referral_id", "ssd_cin_episodes", "cine_referral_id"),
    ("ssd_initial_cp_conference", "icpc_s47_enquiry_id", "ssd_s47_enquiry", "s47e_s47_enquiry_id"),
    ("ssd_cp_plans", "cppl_icpc_id", "ssd_initial_cp_conference", "icpc_icpc_id"),
    ("ssd_cp_reviews", "cppr_cp_plan_id", "ssd_cp_plans", "cppl_cp_plan_id"),
    ("ssd_cp_visits", "cppv_cp_plan_id", "ssd_cp_plans", "cppl_cp_plan_id"),
    ("ssd_cla_reviews", "clar_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    ("ssd_cla_placement", "clap_cla_id", "ssd_cla_episodes", "clae_cla_id"),
    ("ssd_cla_episodes", "clae_cla_placement_id", "ssd_cla_placement", "clap_cla_placement_id"),
    ("ssd_involvements", "invo_professional_id", "ssd_professionals", "prof_professional_id"),
    ("ssd_involvements", "invo_professional_team", "ssd_department", "dept_team_id"),
    ("hr_establishment_export", "Staff Number", "ssd_professionals", "prof_staff_id"),
]
UNIQUE = {
    "ssd_cin_episodes": "cine_referral_id",
    "ssd_cin_assessments": "cina_assessment_id",
    "ssd_cp_plans": "cppl_cp_plan_id",
    "ssd_cp_visits": "cppv_cp_visit_id",
    "ssd_cin_visits": "cinv_cin_visit_id",
    "ssd_cla_visits": "clav_cla_visit_id",
    "ssd_involvements": "invo_involvements_id",
    "ssd_cla_placement": "clap_cla_placement_id",
}


def all_bytes(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.mark.parametrize("children", [30, 31, 45, 77, 130, 400, 900])
@pytest.mark.parametrize("seed", [1, 99])
def test_any_size_and_seed_builds_just_so_many_open_children(tmp_path, children, seed):
    built = build_council(tmp_path, as_at=AS_AT, children=children, seed=seed)
    assert built.counts["open_children"] == children
    assert {row["measure"]: int(row["count"]) for row in read(built.totals)}["open_children"] == children


@pytest.mark.parametrize(
    "as_at", [date(2019, 1, 1), date(2022, 2, 28), date(2024, 2, 29), date(2026, 4, 4), date(2028, 12, 25)]
)
def test_any_day_will_do(tmp_path, as_at):
    assert build_council(tmp_path, as_at=as_at, children=60).as_at == as_at


def test_the_same_seed_gives_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        build_council(tmp_path / name, as_at=AS_AT, children=60, seed=5)
    build_council(tmp_path / "other", as_at=AS_AT, children=60, seed=6)
    assert all_bytes(tmp_path / "one") == all_bytes(tmp_path / "two")
    assert all_bytes(tmp_path / "one") != all_bytes(tmp_path / "other")


def test_building_again_in_a_folder_replaces_what_was_there(tmp_path):
    build_council(tmp_path, as_at=AS_AT, children=90, seed=1)
    build_council(tmp_path, as_at=AS_AT, children=40, seed=5)
    build_council(tmp_path / "fresh", as_at=AS_AT, children=40, seed=5)
    fresh = all_bytes(tmp_path / "fresh")
    assert {name: text for name, text in all_bytes(tmp_path).items() if not name.startswith("fresh")} == fresh


@pytest.mark.parametrize(
    ("children", "as_at"), [(29, AS_AT), (400, date(2017, 12, 31)), (400, date(2030, 1, 1))]
)
def test_what_cannot_be_built_is_refused_in_a_sentence(tmp_path, children, as_at):
    with pytest.raises(ValueError, match=r"was asked for|were asked for"):
        build_council(tmp_path, as_at=as_at, children=children)


def test_volumes_can_be_asked_for(tmp_path):
    built = build_council(
        tmp_path, as_at=AS_AT, children=100, closed=600, visits_per_open=120, notes_per_open=60
    )
    visits = sum(built.counts[table] for table in ("ssd_cin_visits", "ssd_cp_visits", "ssd_cla_visits"))
    assert visits == pytest.approx(12_000, rel=0.25)
    assert built.counts["supervision_case_notes_export"] == pytest.approx(6_000, rel=0.25)


def test_staff_can_be_asked_for(tmp_path):
    built = build_council(tmp_path, as_at=AS_AT, children=1000, workers=70)
    here = [
        row
        for row in read(built.extracts / "local" / "hr_establishment_export.csv")
        if not row["Leaving Date"]
    ]
    assert len(here) == pytest.approx(70, abs=12)
    assert built.findings_by_rule["DR-18"] > 10


def test_every_file_has_its_headings(files):
    for folder, headings in (("ssd", SSD_HEADINGS), ("local", LOCAL_HEADINGS)):
        for table, heading in headings.items():
            lines = (files.built.extracts / folder / f"{table}.csv").read_text(encoding="utf-8").split("\n")
            assert lines[0].rstrip("\r") == heading
            width = len(heading.split(","))
            assert all(None not in row and len(row) == width for row in files.rows(table))


def test_only_the_planted_orphans_belong_to_no_child(files):
    known = {row["pers_person_id"] for row in files.rows("ssd_person")}
    strays = {
        (table, row[column])
        for table, column in PERSON_COLUMNS.items()
        for row in files.rows(table)
        if row[column] not in known
    }
    assert strays == {("ssd_involvements", "599999999"), ("ssd_cp_visits", "599999999")}


@pytest.mark.parametrize(("table", "column", "target", "key"), LINKS)
def test_ids_lead_somewhere(files, table, column, target, key):
    known = {row[key] for row in files.rows(target)} | {""}
    strays = [row[column] for row in files.rows(table) if row[column] not in known]
    assert strays == (["53999999"] if table == "ssd_cp_visits" else [])


@pytest.mark.parametrize(("table", "column"), UNIQUE.items())
def test_ids_are_given_once(files, table, column):
    ids = [row[column] for row in files.rows(table)]
    assert len(ids) == len(set(ids))


def test_one_child_and_one_worker_are_there_twice(files):
    for table, column in (("ssd_person", "pers_person_id"), ("ssd_professionals", "prof_professional_id")):
        ids = [row[column] for row in files.rows(table)]
        assert len(ids) == len(set(ids)) + 1


def test_nothing_happens_after_the_day_but_one_visit(files):
    happened = {
        "ssd_cin_visits": "cinv_cin_visit_date",
        "ssd_cp_visits": "cppv_cp_visit_date",
        "ssd_cla_visits": "clav_cla_visit_date",
        "ssd_cp_reviews": "cppr_cp_review_date",
        "ssd_cla_reviews": "clar_cla_review_date",
        "ssd_cin_episodes": "cine_referral_date",
        "ssd_involvements": "invo_involvement_start_date",
        "ssd_cla_placement": "clap_cla_placement_start_date",
    }
    later = [
        (table, row)
        for table, column in happened.items()
        for row in files.rows(table)
        if row[column] and day(row[column]) > AS_AT
    ]
    assert [table for table, _ in later] == ["ssd_cin_visits"]


def test_names_are_plainly_invented(files):
    plants = {row["pers_surname"] for row in files.rows("ssd_person")}
    assert "Fennel" in plants
    assert not plants & {"Smith", "Jones", "Williams", "Brown", "Taylor"}


def test_two_members_of_staff_share_a_name(files):
    names = [row["Name"] for row in files.rows("hr_establishment_export")]
    assert len(names) == len(set(names)) + 1
