"""Who is on each watch list, worked by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.oversight.council import a_day
from tests.oversight.evidence import declared
from tests.oversight.told import LA, NAMES, finding, plain

from evenlode.oversight.finding import findings_of
from evenlode.oversight.names import WorkerNamed
from evenlode.oversight.people import names_of
from evenlode.oversight.watch_lists import WATCH_LISTS, Watched, watched
from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.build import STEPS

BY_NAME = {one.name: one for one in WATCH_LISTS}
BESIDE = {
    "due",
    "two_weeks",
    "in_name_of",
    "worker_left",
    "arrangement",
    "last_look",
    "signed_off_on",
    "began",
}


def listed(name: str, *findings, names=NAMES) -> Watched:
    return watched(BY_NAME[name], findings, names=names)


def test_waiting_children_stand_by_days_with_status_and_the_day_on_which_two_weeks_are_up():
    found = listed(
        "waiting",
        finding("AL-01", "5", state="breach", worker="", status="CIN", waiting_since="2026-11-12"),
        finding("AL-01", "4", state="breach", worker="W2", status="CP", waiting_since="2026-11-02"),
        finding("AL-04", "4", due="2026-11-16", worker="W2", status="CP", waiting_since="2026-11-02"),
    )
    assert [(r.name, r.age, r.days) for r in found.rows] == [
        ("Tansy Millrace", "7 weeks", 18),
        ("Kit Tormentil", "9", 8),
    ]
    assert [plain(c) for c in found.rows[0].cells] == ["on a child protection plan", "", "", "16 Nov"]
    assert found.rows[0].rules == ("AL-01", "AL-04")
    assert found.sentence == "2 children have no named worker. Those who have waited longest stand first."


def test_only_children_in_the_name_of_a_leaver_or_a_tray_are_on_that_list():
    found = listed(
        "leavers_and_trays",
        finding("AL-01", "1", state="breach", worker="W2", status="CP", waiting_since="2026-11-06"),
        finding("AL-01", "4", state="breach", worker="W3", status="CIN", waiting_since="2026-11-07"),
        finding("AL-01", "5", state="breach", worker="", status="CIN", waiting_since="2026-11-08"),
    )
    assert [(r.name, *map(plain, r.cells[1:])) for r in found.rows] == [
        ("Juniper Saltmarsh", "Jory Fennel", "6 Nov"),
        ("Tansy Millrace", "Duty team", ""),
    ]


def test_a_late_assessment_of_an_older_child_is_not_on_the_list_of_under_ones():
    late = {"due": "2026-11-12", "referral_date": "2026-09-10", "counted_from": "2026-09-10"}
    found = listed("babies", finding("ASM-04", "1", **late), finding("ASM-04", "5", **late))
    assert [r.name for r in found.rows] == ["Juniper Saltmarsh"]
    assert found.sentence == "1 child under one is waiting for an assessment that is late."


def test_a_care_leaver_of_whom_we_cannot_tell_is_on_the_list_and_marked_so():
    found = listed(
        "out_of_touch",
        finding("CL-07", "1", due="2026-11-01", latest_contact="2026-09-06"),
        finding("CL-07", "5", state="cannot_tell", latest_contact=None),
    )
    assert [(r.name, r.cannot_tell, r.days) for r in found.rows] == [
        ("Juniper Saltmarsh", False, 75),
        ("Kit Tormentil", True, None),
    ]


def test_a_day_inside_what_a_rule_says_reads_like_any_other_day():
    markers = "protection plan since 2026-09-07; section 47 enquiry since 2025-08-26"
    found = listed("new_workers", finding("DR-17", "1", state="flag", complexity_markers=markers))
    assert (
        plain(found.rows[0].cells[0]) == "protection plan since 7 Sep; section 47 enquiry since 26 Aug 2025"
    )


def test_what_is_only_due_soon_puts_nobody_on_a_list():
    soon = finding("AL-04", "5", state="due_soon", due="2026-11-24", status="CIN", waiting_since="2026-11-10")
    assert listed("waiting", soon).sentence == "Every open child has a named worker."


def test_a_private_arrangement_is_watched_though_nothing_about_it_is_late():
    tables = {
        "child": "child_id | forename | surname | dob\n7 | Wren | Pepperwort | 2016-05-01",
        "key_date": "child_id | date_kind | start_date | due_date | done_date\n7 | private fostering | 2026-10-01 | | ",
    }
    with a_day("2026-11-20", **tables) as (day, evaluation):
        found = watched(BY_NAME["arrangements"], findings_of(evaluation), names=names_of(day), day=day)
    assert [(r.child, r.since, r.cells[0]) for r in found.rows] == [
        ((LA, "7"), date(2026, 10, 1), "private fostering")
    ]


@pytest.mark.parametrize("one", WATCH_LISTS, ids=lambda one: one.name)
def test_every_list_rests_on_rules_columns_and_steps_that_there_are(one):
    assert set(one.rules) <= set(RULE_BY_ID)
    assert set(one.needs) <= {step.name for step in STEPS}
    known = set().union(*(declared()[rule].keys for rule in one.rules)) | BESIDE
    for names in (one.since, *(column.reads for column in one.columns)):
        assert set(names) & known, names


def test_a_worker_who_is_here_is_not_a_leaver():
    here = replace(NAMES, workers={(LA, "W2"): WorkerNamed("Jory Fennel")})
    found = listed(
        "leavers_and_trays",
        finding("AL-01", "1", state="breach", worker="W2", waiting_since="2026-11-06"),
        names=here,
    )
    assert found.rows == ()
