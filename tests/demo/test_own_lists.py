"""What was planted in the lists that the council keeps itself, checked by hand against the rows as written."""

from __future__ import annotations

from datetime import date, timedelta

from evenlode.demo.dates import add_months, add_wd, date_of, day_of

from .conftest import AS_AT


def uk(text: str) -> date:
    d, m, y = text.split("/")
    return date(int(y), int(m), int(d))


def sessions_of(files, worker_id: str) -> list[dict[str, str]]:
    """A worker's own sessions, oldest first."""
    number = files.one("ssd_professionals", "prof_professional_id", worker_id)["prof_staff_id"]
    rows = [r for r in files.rows("worker_supervision_export") if r["Recorded For Worker"] == number]
    return sorted(rows, key=lambda row: uk(row["Date of Note"]))


def test_supervision_of_an_experienced_worker_is_due_a_month_after_the_last(files):
    rows = files.found("SUP-03")
    assert rows
    for row in rows:
        last = uk(sessions_of(files, row["subject_id"])[-1]["Date of Note"])
        assert date.fromisoformat(row["due_date"]) == date_of(add_months(day_of(last), 1)) < AS_AT


def test_a_new_worker_is_supervised_weekly_in_the_first_six_weeks(files):
    for rule, days, least, most in (("SUP-01", 7, 0, 42), ("SUP-02", 14, 43, 184)):
        row = files.found(rule)[0]
        number = files.one("ssd_professionals", "prof_professional_id", row["subject_id"])["prof_staff_id"]
        start = uk(files.one("hr_establishment_export", "Staff Number", number)["ASYE Start"])
        last = uk(sessions_of(files, row["subject_id"])[-1]["Date of Note"])
        assert start + timedelta(days=least) <= last <= start + timedelta(days=most)
        assert date.fromisoformat(row["due_date"]) == last + timedelta(days=days) < AS_AT


def test_a_short_session_is_shorter_than_ninety_minutes(files):
    for row in files.found("SUP-04"):
        minutes = sessions_of(files, row["subject_id"])[-1]["Duration (minutes)"]
        assert minutes == "" if row["status"] == "cannot_tell" else int(minutes) < 90


def test_what_the_last_record_leaves_out_is_planted_for_its_rule(files):
    columns = {"SQ-01": "actions_reviewed", "SQ-03": "child_voice", "SQ-09": "dates_checked"}
    for rule, column in columns.items():
        rows = files.found(rule)
        assert rows
        for row in rows:
            note = files.one("supervision_case_notes_export", "Case Note ID", row["record_id"])
            assert note["Person ID"] == row["subject_id"]
            assert note[column] == "N"


def test_a_record_not_signed_was_to_be_signed_after_five_working_days(files):
    rows = files.found("SQ-11")
    assert rows
    for row in rows:
        note = files.one("supervision_case_notes_export", "Case Note ID", row["record_id"])
        due = date_of(add_wd(day_of(uk(note["Date of Note"])), 5))
        assert date.fromisoformat(row["due_date"]) == due < AS_AT
        assert (note["signed_date"] == "") == (row["status"] == "overdue")


def done_dates(files, kind: str, child_id: str) -> list[date]:
    """When a child's dates of a kind were done, oldest first."""
    rows = [r for r in files.rows("key_dates") if (r["kind"], r["child_id"]) == (kind, child_id)]
    return sorted(uk(r["done_date"]) for r in rows if r["done_date"])


def due(row: dict[str, str]) -> date:
    return date.fromisoformat(row["due_date"])


def working_days_after(start: date, n: int) -> date:
    return date_of(add_wd(day_of(start), n))


def test_a_first_core_group_is_due_ten_working_days_after_the_plan_began(files):
    rows = [row for row in files.found("CP-01") if row["status"] == "overdue"]
    assert rows
    for row in rows:
        plan = files.one("ssd_cp_plans", "cppl_cp_plan_id", row["record_id"])
        start = date.fromisoformat(plan["cppl_cp_plan_start_date"][:10])
        assert [day for day in done_dates(files, "core group", row["subject_id"]) if day >= start] == []
        assert due(row) == working_days_after(start, 10) < AS_AT


def test_a_later_core_group_is_due_thirty_working_days_after_the_last(files):
    rows = files.found("CP-02")
    assert rows
    for row in rows:
        last = done_dates(files, "core group", row["subject_id"])[-1]
        assert due(row) == working_days_after(last, 30) < AS_AT


def test_a_child_in_need_plan_is_reviewed_every_three_months(files):
    rows = files.found("CIN-03")
    assert rows
    for row in rows:
        last = done_dates(files, "cin review", row["subject_id"])[-1]
        assert due(row) == date_of(add_months(day_of(last), 3)) < AS_AT


def test_minutes_are_due_five_working_days_after_the_last_review(files):
    rows = [row for row in files.found("CIN-06") if row["status"] == "overdue"]
    assert rows
    for row in rows:
        last = done_dates(files, "cin review", row["subject_id"])[-1]
        assert due(row) == working_days_after(last, 5) < AS_AT
        assert [d for d in done_dates(files, "review minutes", row["subject_id"]) if d >= last] == []


def test_a_child_born_on_a_plan_has_had_no_core_group_since(files):
    row = files.found("CP-15")[0]
    born = date.fromisoformat(files.one("ssd_person", "pers_person_id", row["subject_id"])["pers_dob"][:10])
    assert done_dates(files, "core group", row["subject_id"])[-1] < born
    assert due(row) == working_days_after(born, 10) < AS_AT


def notes_of(files, child_id: str) -> list[dict[str, str]]:
    """The notes of the visits to a child, oldest first."""
    rows = [row for row in files.rows("visit_notes") if row["child_id"] == child_id]
    return sorted(rows, key=lambda row: uk(row["visit_date"]))


def test_a_last_visit_without_purpose_or_wishes_says_so_in_its_note(files):
    for rule, column in (("VN-01", "purpose_recorded"), ("VN-02", "wishes_recorded")):
        rows = files.found(rule)
        assert rows
        assert {notes_of(files, row["subject_id"])[-1][column] for row in rows} == {"N"}


def test_a_second_parent_was_seen_at_none_of_the_last_three_visits(files):
    rows = files.found("VN-03")
    assert rows
    for row in rows:
        last = notes_of(files, row["subject_id"])[-3:]
        assert [note["second_parent_seen"] for note in last] == ["N", "N", "N"]


def test_a_bedroom_was_seen_at_neither_of_the_last_two_visits(files):
    rows = files.found("CP-07")
    assert rows
    for row in rows:
        seen = [
            v
            for v in files.rows("ssd_cp_visits")
            if v["cppv_cp_plan_id"] == row["record_id"] and v["cppv_cp_visit_seen"] == "Y"
        ]
        last = sorted(seen, key=lambda v: v["cppv_cp_visit_date"])[-2:]
        assert [v["cppv_cp_visit_bedroom"] for v in last] == ["N", "N"]


def test_where_nothing_was_recorded_there_is_neither_entry_nor_visit_for_thirty_days(files):
    rows = files.found("DR-19")
    assert rows
    for row in rows:
        last = due(row) - timedelta(days=30)
        child = row["subject_id"]
        assert child not in {entry["child_id"] for entry in files.rows("case_entries")}
        notes = [n for n in files.rows("supervision_case_notes_export") if n["Person ID"] == child]
        assert all(uk(note["Date of Note"]) <= last for note in notes)
        assert all(uk(note["visit_date"]) <= last for note in notes_of(files, child))
        assert due(row) < AS_AT


def born(files, child_id: str) -> date:
    return date.fromisoformat(files.one("ssd_person", "pers_person_id", child_id)["pers_dob"][:10])


def assessed(files, child_id: str) -> list[date]:
    """When a looked-after child's health was assessed, oldest first."""
    return sorted(
        date.fromisoformat(row["clah_health_check_date"][:10])
        for row in files.rows("ssd_cla_health")
        if row["clah_person_id"] == child_id and "assessment" in row["clah_health_check_type"]
    )


def test_a_first_health_assessment_is_due_twenty_working_days_after_entry_to_care(files):
    rows = files.found("CLA-H1")
    assert rows
    for row in rows:
        care = files.one("ssd_cla_episodes", "clae_cla_id", row["record_id"])
        entered = date.fromisoformat(care["clae_entered_care_date"][:10])
        assert assessed(files, row["subject_id"]) == []
        assert due(row) == working_days_after(entered, 20) < AS_AT


def test_health_is_assessed_every_six_months_under_five_and_every_twelve_after_that(files):
    rows = files.found("CLA-H2")
    assert rows
    for row in rows:
        last = assessed(files, row["subject_id"])[-1]
        fifth = date_of(add_months(day_of(born(files, row["subject_id"])), 60))
        assert due(row) == date_of(add_months(day_of(last), 6 if last < fifth else 12)) < AS_AT


def test_a_visit_asked_for_is_due_within_a_week(files):
    rows = files.found("CLA-V10")
    assert rows
    for row in rows:
        asked = date.fromisoformat(row["record_id"].removeprefix("visit requested "))
        assert due(row) == asked + timedelta(days=7) < AS_AT
        seen = [
            v["clav_cla_visit_date"][:10]
            for v in files.rows("ssd_cla_visits")
            if v["clav_person_id"] == row["subject_id"] and v["clav_cla_visit_seen"] != "N"
        ]
        assert all(date.fromisoformat(when) < asked for when in seen)


def test_a_new_home_is_visited_within_a_week_of_moving(files):
    rows = files.found("CL-05")
    assert rows
    for row in rows:
        moves = [
            uk(r["start_date"])
            for r in files.rows("key_dates")
            if r["kind"] == "new accommodation" and r["child_id"] == row["subject_id"]
        ]
        assert due(row) == max(moves) + timedelta(days=7) < AS_AT
        assert all(day < max(moves) for day in done_dates(files, "adviser visit", row["subject_id"]))


def test_on_short_breaks_visits_are_as_often_as_the_plan_says(files):
    rows = files.found("CLA-V9")
    assert rows
    for row in rows:
        child = row["subject_id"]
        every = int(files.one("plan_intervals", "child_id", child)["visit_every_days"])
        status = files.one("ssd_legal_status", "lega_legal_status_id", row["record_id"])
        days = [status["lega_legal_status_start_date"][:10]]
        days += [
            v["clav_cla_visit_date"][:10]
            for v in files.rows("ssd_cla_visits")
            if v["clav_person_id"] == child
        ]
        last = max(date.fromisoformat(day) for day in days)
        assert due(row) == last + timedelta(days=every) < AS_AT


def test_a_waiting_child_is_looked_at_every_week(files):
    rows = files.found("AL-03")
    waiting = {row["subject_id"] for row in files.found("AL-01")}
    assert rows
    for row in rows:
        assert row["subject_id"] in waiting
        late = [d for d in done_dates(files, "unallocated review", row["subject_id"]) if d > due(row)]
        assert late == []
        assert due(row) < AS_AT


def test_a_goodbye_is_due_ten_working_days_after_the_worker_changed(files):
    rows = files.found("CW-07")
    assert rows
    for row in rows:
        starts = [
            date.fromisoformat(s["invo_involvement_start_date"][:10])
            for s in files.rows("ssd_involvements")
            if s["invo_person_id"] == row["subject_id"] and s["invo_professional_role_id"] == "CW"
        ]
        assert due(row) == working_days_after(max(starts), 10) < AS_AT
        said = done_dates(files, "hand-over visit", row["subject_id"])
        assert [day for day in said if day >= max(starts) - timedelta(days=28)] == []


def test_a_team_whose_manager_is_away_waits_twenty_working_days(files):
    row = files.found("TM-01")[0]
    team = files.one("teams", "team_id", row["subject_id"])
    staff = files.one("ssd_professionals", "prof_professional_id", team["manager_id"])["prof_staff_id"]
    away = uk(files.one("hr_establishment_export", "Staff Number", staff)["Absent From"])
    assert due(row) == working_days_after(away, 20) < AS_AT


def test_a_manager_of_too_many_is_line_manager_of_eight_or_more(files):
    row = files.found("TM-02")[0]
    team = files.one("teams", "team_id", row["subject_id"])
    staff = files.one("ssd_professionals", "prof_professional_id", team["manager_id"])["prof_staff_id"]
    people = [r for r in files.rows("hr_establishment_export") if r["Line Manager"] == staff]
    assert sum(1 for r in people if not r["Leaving Date"] or uk(r["Leaving Date"]) > AS_AT) >= 8


def test_a_new_worker_is_observed_within_four_months(files):
    row = files.found("NQ-05")[0]
    staff = files.one("ssd_professionals", "prof_professional_id", row["subject_id"])["prof_staff_id"]
    start = uk(files.one("hr_establishment_export", "Staff Number", staff)["ASYE Start"])
    assert due(row) == date_of(add_months(day_of(start), 4)) < AS_AT
    assert [
        r
        for r in files.rows("key_dates")
        if (r["kind"], r["worker_id"]) == ("direct observation", row["subject_id"])
    ] == []


def test_an_audit_below_good_without_action_has_none_from_it(files):
    rows = files.found("QA-06")
    assert rows
    led = {row["audit_id"] for row in files.rows("supervision_actions_export")}
    for row in rows:
        audit = files.one("audits", "audit_id", row["record_id"])
        assert audit["audit_id"] not in led
        assert (
            audit["grade"] == "" if row["status"] == "cannot_tell" else audit["grade"].startswith("Requires")
        )


def test_an_audit_moderated_lower_fell_by_two_grades(files):
    rows = files.found("QA-03")
    assert rows
    for row in rows:
        audit = files.one("audits", "audit_id", row["record_id"])
        assert (audit["grade"], audit["moderated_grade"]) == ("Outstanding", "Requires improvement")


def test_open_actions_of_leavers_are_expected_once_for_each(files):
    left = {r["Staff Number"] for r in files.rows("hr_establishment_export") if r["Leaving Date"]}
    theirs = sorted(
        row["Person ID"]
        for row in files.rows("supervision_actions_export")
        if not row["Completed Date"] and row["owner_id"] in left
    )
    assert sorted(row["subject_id"] for row in files.found("ACT-04")) == theirs != []


def test_privately_fostered_children_are_visited_by_how_long_the_council_has_known(files):
    for rule, days in (("PF-02", 42), ("PF-03", 84)):
        rows = files.found(rule)
        assert rows
        for row in rows:
            known = date.fromisoformat(row["record_id"])
            last = done_dates(files, "private fostering visit", row["subject_id"])[-1]
            year = date_of(add_months(day_of(known), 12))
            assert (last < year) == (rule == "PF-02")
            assert due(row) == last + timedelta(days=days) < AS_AT


def test_a_first_visit_to_a_privately_fostered_child_is_due_in_seven_working_days(files):
    row = files.found("PF-01")[0]
    assert done_dates(files, "private fostering visit", row["subject_id"]) == []
    assert due(row) == working_days_after(date.fromisoformat(row["record_id"]), 7) < AS_AT


def test_a_report_that_is_awaited_was_due_five_working_days_after_its_visit(files):
    rows = files.found("PF-05b")
    assert rows
    for row in rows:
        awaited = [
            uk(r["start_date"])
            for r in files.rows("key_dates")
            if (r["kind"], r["child_id"], r["done_date"])
            == ("private fostering report", row["subject_id"], "")
        ]
        assert len(awaited) == 1
        assert awaited[0] in done_dates(files, "private fostering visit", row["subject_id"])
        assert due(row) == working_days_after(awaited[0], 5) < AS_AT


def test_a_child_seen_by_no_agency_was_last_seen_by_anybody_six_weeks_before_the_due_date(files):
    rows = files.found("CP-08b")
    assert rows
    for row in rows:
        alarm = next(r for r in files.found("CP-08") if r["subject_id"] == row["subject_id"])
        last = due(alarm) - timedelta(days=28)
        assert max(done_dates(files, "seen by another agency", row["subject_id"])) < last
        assert due(row) == last + timedelta(days=42) < AS_AT


def test_visits_not_happening_follow_from_a_late_visit_by_as_long_again(files):
    rows = files.found("DR-09", "one after another")
    late = {(r["subject_id"], r["record_id"]): r for rule in ("CP-05", "CIN-02") for r in files.found(rule)}
    plans = [row for row in rows if (row["subject_id"], row["record_id"]) in late]
    assert plans
    for row in plans:
        first = late[row["subject_id"], row["record_id"]]
        days = 10 if first["rule_id"] == "CP-05" else 20
        assert due(row) == working_days_after(due(first), days) < AS_AT


def test_a_child_accommodated_by_agreement_has_a_plan_after_six_months(files):
    rows = files.found("CT-04")
    assert rows
    for row in rows:
        plans = [p for p in files.rows("ssd_cla_care_plan") if p["lacp_person_id"] == row["subject_id"]]
        assert all('"Y"' not in plan["lacp_cla_care_plan_json"] for plan in plans)
        entered = files.one("ssd_cla_episodes", "clae_cla_id", row["record_id"])["clae_entered_care_date"]
        assert due(row) >= date_of(add_months(day_of(date.fromisoformat(entered[:10])), 6))
        assert due(row) < AS_AT
