"""The planted findings, some of them checked by hand against the rows as written."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from evenlode.demo import build_council
from evenlode.demo.dates import add_months, add_wd, date_of, day_of
from evenlode.demo.expected import RULES

from .conftest import AS_AT, day, read


def after(start: date, working_days: int) -> date:
    return date_of(add_wd(day_of(start), working_days))


def months(start: date, n: int) -> date:
    return date_of(add_months(day_of(start), n))


def uk(text: str) -> date:
    d, m, y = text.split("/")
    return date(int(y), int(m), int(d))


@pytest.mark.parametrize("seed", [1, 2, 3, 7, 2026])
def test_every_rule_is_planted_at_400_children(tmp_path, seed):
    built = build_council(tmp_path, as_at=AS_AT, seed=seed)
    assert list(built.findings_by_rule) == RULES
    assert [rule for rule, many in built.findings_by_rule.items() if not many] == []


def test_the_expected_file_is_whole(files):
    assert len(files.expected) == sum(files.built.findings_by_rule.values())
    assert {row["status"] for row in files.expected} == {"overdue", "breach", "flag", "cannot_tell"}
    for row in files.expected:
        assert row["why"]
        assert row["subject_id"]
        assert not (row["status"] == "cannot_tell" and row["due_date"])
        assert not (row["status"] == "overdue" and not row["due_date"])
        assert not row["due_date"] or date.fromisoformat(row["due_date"]) <= AS_AT


def test_some_things_nobody_can_tell(files):
    rules = {row["rule_id"] for row in files.expected if row["status"] == "cannot_tell"}
    assert rules >= {
        "ASM-04",
        "S47-02",
        "CP-05",
        "CP-06",
        "CP-08",
        "CIN-02",
        "CLA-V1",
        "CLA-V3",
        "CLA-R1",
        "CL-04",
        "CL-07",
        "SUP-08",
        "CW-02",
    }


def test_a_late_protection_visit_is_ten_working_days_after_the_last_sighting(files):
    rows = [row for row in files.found("CP-05", "planted: visit missed") if row["status"] == "overdue"]
    assert rows
    for row in rows:
        seen = [
            day(v["cppv_cp_visit_date"])
            for v in files.rows("ssd_cp_visits")
            if v["cppv_cp_plan_id"] == row["record_id"] and v["cppv_cp_visit_seen"] == "Y"
        ]
        assert date.fromisoformat(row["due_date"]) == after(max(seen), 10) < AS_AT
        assert max(seen) + timedelta(days=28) >= AS_AT


def test_a_child_not_seen_for_four_weeks_breaks_both_clocks(files):
    rows = [row for row in files.found("CP-08") if row["status"] == "overdue"]
    late = {row["subject_id"] for row in files.found("CP-05")}
    assert rows
    for row in rows:
        assert row["subject_id"] in late
        seen = [
            day(v["cppv_cp_visit_date"])
            for v in files.rows("ssd_cp_visits")
            if v["cppv_person_id"] == row["subject_id"] and v["cppv_cp_visit_seen"] == "Y"
        ]
        assert date.fromisoformat(row["due_date"]) == max(seen) + timedelta(days=28)


def test_a_late_assessment_is_counted_from_its_referral(files):
    rows = files.found("ASM-04", "of referral")
    assert rows
    for row in rows:
        assessment = files.one("ssd_cin_assessments", "cina_assessment_id", row["record_id"])
        referral = files.one("ssd_cin_episodes", "cine_referral_id", assessment["cina_referral_id"])
        assert assessment["cina_assessment_auth_date"] == ""
        assert date.fromisoformat(row["due_date"]) == after(day(referral["cine_referral_date"]), 45) < AS_AT


def test_the_baby_is_held_by_a_worker_who_has_left(files):
    rows = files.found("AL-04", "has left")
    babies = []
    for row in rows:
        spell = next(
            s
            for s in files.rows("ssd_involvements")
            if s["invo_person_id"] == row["subject_id"] and not s["invo_involvement_end_date"]
        )
        worker = files.one("ssd_professionals", "prof_professional_id", spell["invo_professional_id"])
        post = files.one("hr_establishment_export", "Staff Number", worker["prof_staff_id"])
        assert date.fromisoformat(row["due_date"]) == uk(post["Leaving Date"]) + timedelta(days=14)
        child = files.one("ssd_person", "pers_person_id", row["subject_id"])
        if AS_AT - day(child["pers_dob"]) < timedelta(days=365):
            babies.append(row)
    assert babies
    plans = {p["cppl_person_id"] for p in files.rows("ssd_cp_plans") if not p["cppl_cp_plan_end_date"]}
    assert {row["subject_id"] for row in babies} <= plans


def test_newly_qualified_workers_lead_plans_with_nobody_alongside(files):
    rows = files.found("NQ-07")
    assert rows
    for row in rows:
        spells = [
            s
            for s in files.rows("ssd_involvements")
            if s["invo_person_id"] == row["subject_id"] and not s["invo_involvement_end_date"]
        ]
        assert [s["invo_professional_role_id"] for s in spells] == ["CW"]
        worker = files.one("ssd_professionals", "prof_professional_id", spells[0]["invo_professional_id"])
        post = files.one("hr_establishment_export", "Staff Number", worker["prof_staff_id"])
        assert uk(post["ASYE Start"]) <= AS_AT < months(uk(post["ASYE Start"]), 12)


def test_supervision_stopped_when_the_manager_went(files):
    rows = files.found("SUP-05", "no manager present")
    assert rows
    for row in rows:
        talks = [
            uk(note["Date of Note"])
            for note in files.rows("supervision_case_notes_export")
            if note["Person ID"] == row["subject_id"] and note["Case Note Type"] != "Management Oversight"
        ]
        plan = next(
            p
            for p in files.rows("ssd_cp_plans")
            if p["cppl_person_id"] == row["subject_id"] and not p["cppl_cp_plan_end_date"]
        )
        last, start = max(talks, default=date.min), day(plan["cppl_cp_plan_start_date"])
        if last >= start:
            assert date.fromisoformat(row["due_date"]) == last + timedelta(days=28)
        assert last < AS_AT - timedelta(days=60)


def test_an_open_action_past_its_date_is_expected_once_for_each(files):
    late = sorted(
        (action["Person ID"], uk(action["Target Date"]).isoformat())
        for action in files.rows("supervision_actions_export")
        if not action["Completed Date"] and "/" in action["Target Date"] and uk(action["Target Date"]) < AS_AT
    )
    assert sorted((row["subject_id"], row["due_date"]) for row in files.found("ACT-02")) == late


def test_a_looked_after_visit_in_a_long_term_home_is_due_after_three_months(files):
    rows = files.found("CLA-V4")
    assert rows
    for row in rows:
        home = files.one("ssd_cla_placement", "clap_cla_placement_id", row["record_id"])
        seen = max(
            day(v["clav_cla_visit_date"])
            for v in files.rows("ssd_cla_visits")
            if v["clav_person_id"] == row["subject_id"] and v["clav_cla_visit_seen"] == "Y"
        )
        assert home["clap_cla_placement_type"] in {"U1", "U4"}
        assert seen >= months(day(home["clap_cla_placement_start_date"]), 12)
        assert date.fromisoformat(row["due_date"]) == months(seen, 3)


def test_the_strong_team_has_nothing_planted(files):
    team = next(
        t["dept_team_id"] for t in files.rows("ssd_department") if t["dept_team_name"] == "Safeguarding Alder"
    )
    led = {
        s["invo_person_id"]
        for s in files.rows("ssd_involvements")
        if s["invo_professional_team"] == team
        and not s["invo_involvement_end_date"]
        and s["invo_professional_role_id"] == "CW"
    }
    assert len(led) > 10
    assert [
        row for row in files.expected if row["subject_id"] in led and row["why"].startswith("planted")
    ] == []


def test_of_the_dead_nothing_is_asked(files):
    dead = {row["pers_person_id"] for row in files.rows("ssd_person") if row["pers_death_date"]}
    dead |= {
        row["clea_person_id"]
        for row in files.rows("ssd_care_leavers")
        if row["clea_care_leaver_in_touch"] == "DIED"
    }
    assert len(dead) == 2
    assert not dead & {row["subject_id"] for row in files.expected}


def test_re_referrals_and_second_plans_follow_the_published_rates(tmp_path):
    built = build_council(tmp_path, as_at=AS_AT, children=3000)
    year_ago = months(AS_AT, -12)
    referrals = [
        day(row["cine_referral_date"]) for row in read(built.extracts / "ssd" / "ssd_cin_episodes.csv")
    ]
    lately = sum(year_ago < when <= AS_AT for when in referrals)
    assert built.findings_by_rule["REF-02"] / lately == pytest.approx(0.226, abs=0.03)
    assert built.findings_by_rule["CP-12"] / built.counts["child_protection"] == pytest.approx(
        0.245, abs=0.06
    )
    assert built.findings_by_rule["CLA-S1"] / built.counts["looked_after"] == pytest.approx(0.10, abs=0.04)


def test_the_faults_are_in_the_files(files):
    faults = read(files.built.expected_faults)
    assert {row["problem"].split(";")[0] for row in faults} >= {
        "the same person twice",
        "the same worker twice",
        "no such child in the extract",
        "after the day of the extract",
        "ends before it starts",
        "closed before it was received",
    }


def test_the_story_names_children_by_name_and_number(files):
    text = files.built.story.read_text(encoding="utf-8")
    assert "Safeguarding Alder" in text
    number = files.found("NQ-07")[0]["subject_id"]
    assert f"({number})" in text
