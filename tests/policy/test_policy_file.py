"""A council's policy file: followed where it can be, and otherwise answered with a line number."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from evenlode.calendar import Clock, Unit
from evenlode.errors import PolicyFault
from evenlode.policy import CLOCKS, Authority, read_policy, shipped_policy
from evenlode.policy.tariff import presets, tariff_from
from evenlode.policy.visit_presets import VISIT_PRESETS


@pytest.fixture
def policy_of(tmp_path):
    def read(text: str):
        path = tmp_path / "policy.yaml"
        path.write_text(text, "utf-8")
        return read_policy(path)

    return read


def test_what_a_file_leaves_out_stays_as_shipped(policy_of):
    chosen = policy_of("clocks:\n  cp_visit: {n: 14, unit: days}\n")
    assert chosen.clocks["cp_visit"] == Clock(14, Unit.DAYS)
    assert chosen.changed == {"cp_visit"}
    assert chosen.clocks["cin_visit"] == shipped_policy().clocks["cin_visit"]


def test_an_empty_file_is_the_shipped_policy(policy_of):
    assert policy_of("# nothing yet\n").fingerprint == shipped_policy().fingerprint


def test_a_changed_setting_changes_the_fingerprint(policy_of):
    assert policy_of("numbers: {workers_in_window: 4}\n").fingerprint != shipped_policy().fingerprint


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("clocks:\n  cp_visits: {n: 3}\n", r'policy.yaml, line 2: "cp_visits" is no clock'),
        ("\nclock:\n  cp_visit: {n: 3}\n", r'line 2: "clock" is no section'),
        ("clocks:\n  cp_visit: {n: 0}\n", r"line 2: n of cp_visit must be a whole number from 1"),
        ("clocks:\n  cp_visit: {n: 3, unit: weeks}\n", r"line 2: unit of cp_visit must be"),
        ("clocks:\n  cp_visit: 3\n", r"line 2: cp_visit must be written as"),
        ("clocks:\n  cp_visit: {n: 3, count_start_day: maybe}\n", r"line 2: count_start_day"),
        ("clocks:\n  supervision_cp: {n: 1, unit: months}\n", r"line 2: supervision_cp is counted in days"),
        ("clocks:\n  care_visit: {n: 60}\n", r"line 2: care_visit is set by law .* not longer"),
        ("visits:\n  cp: cp-3wk\n", r'line 2: "cp-3wk" is no way to visit for cp; there are: cp-10wd'),
        ("visits:\n  cin: cp-2wk\n", r'line 2: "cp-2wk" is no way to visit for cin'),
        ("visits:\n  cla: cp-2wk\n", r'line 2: "cla" is no kind of plan for visits'),
        ("numbers:\n  workers_in_window: many\n", r"line 2: workers_in_window must be a number"),
        ("numbers:\n  workers_in_window: -1\n", r"line 2: workers_in_window must be a number of 0"),
        ("lists:\n  lead_roles: CW\n", r"line 2: lead_roles must be a list"),
        ("closures: [Christmas]\n", r"line 1: closures must be dates"),
        ("lists:\n  school_term_ends: [Easter]\n", r"line 2: school_term_ends must be months and days"),
        ("workload: {preset: wirral}\n", r'line 1: "wirral" is no workload preset'),
        ("workload:\n  tariff: {cp: 3}\n", r'line 2: "cp" is no tariff entry'),
        ("clocks: [\n", r"line \d: this is not well-formed YAML"),
        ("- a list\n", r"line 1: the file must hold sections"),
        ("clocks: cp_visit\n", r"line 1: clocks must be a list of names"),
    ],
)
def test_a_mistake_is_answered_with_its_line_and_the_mend(policy_of, text, words):
    with pytest.raises(PolicyFault, match=words):
        policy_of(text)


def test_a_way_to_visit_is_chosen_by_name(policy_of):
    chosen = policy_of("visits: {cp: cp-2wk, cin: cin-20wd-incl}\n")
    assert chosen.clocks["cp_visit"] == Clock(14, Unit.DAYS)
    assert chosen.clocks["cin_visit"] == Clock(20, Unit.WORKING_DAYS, count_start_day=True)
    assert chosen.numbers["two_visit_clocks"] == 0


def test_two_clocks_are_chosen_together_and_an_interval_of_the_files_own_goes_before(policy_of):
    chosen = policy_of("visits: {cp: cp-6wk-stat}\nclocks: {cp_full_visit: {n: 35, unit: days}}\n")
    assert chosen.clocks["cp_visit"] == Clock(14, Unit.DAYS)
    assert chosen.clocks["cp_full_visit"] == Clock(35, Unit.DAYS)
    assert chosen.numbers["two_visit_clocks"] == 1


def test_the_shipped_ways_to_visit_are_among_those_with_a_name():
    shipped = shipped_policy().clocks
    assert shipped["cp_visit"] == VISIT_PRESETS["cp-10wd"].clock
    assert shipped["cin_visit"] == VISIT_PRESETS["cin-20wd"].clock


def test_a_clock_set_by_law_may_be_made_shorter(policy_of):
    assert policy_of("clocks: {care_visit: {n: 28}}\n").clocks["care_visit"].n == 28


def test_a_council_closure_never_moves_a_clock_set_by_law(policy_of):
    chosen = policy_of("closures: [2026-11-20]\n")
    day = date(2026, 11, 19)
    for setting in CLOCKS:
        closed = not chosen.calendar_for(setting.name).is_working_day(date(2026, 11, 20))
        assert closed is (setting.authority is not Authority.STATUTE), setting.name
    assert chosen.clock("cp_visit").due(day, chosen.calendar_for("cp_visit")) == date(2026, 12, 4)


def test_a_file_that_is_not_there_or_not_text_is_said_in_one_sentence(tmp_path):
    with pytest.raises(PolicyFault, match="cannot be opened"):
        read_policy(tmp_path / "none.yaml")
    bad = tmp_path / "bad.yaml"
    bad.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(PolicyFault, match="not UTF-8"):
        read_policy(bad)


@pytest.mark.parametrize("preset", ["wirral-frame", "berkshire-frame"])
def test_a_frame_with_unseen_values_refuses_to_score_and_says_what_is_missing(preset):
    with pytest.raises(PolicyFault, match=r"cannot score: nobody has published tariff\.\w+"):
        tariff_from(presets()[preset])


@pytest.mark.parametrize("preset", ["devon-adjusted-headcount", "western-australia-cap", "dfe-benchmark"])
def test_a_comparison_is_no_tariff(preset):
    with pytest.raises(PolicyFault, match="gives a comparison and no points"):
        tariff_from(presets()[preset])


def test_a_council_can_fill_a_frame_and_then_it_scores(policy_of):
    chosen = policy_of(
        "workload:\n  preset: wirral-frame\n  agreed: true\n  sibling_share: 0.5\n  co_working_share: 0\n"
        "  tariff: {assessment_open: 4, cin: 3, cp_plan: 6, cla_tier_2: 5, care_proceedings: 9, care_leaver: 2}\n"
    )
    assert chosen.tariff.points["cp_plan"] == Decimal(6)
    assert chosen.tariff.stable_points == Decimal(15)
    assert not chosen.tariff.illustrative


def test_a_value_outside_a_scheme_is_refused(policy_of):
    with pytest.raises(PolicyFault, match=r"allows 4 to 10 points a case, but tariff\.cin is 2"):
        policy_of(
            "workload:\n  preset: berkshire-frame\n  sibling_share: 1\n  co_working_share: 0\n"
            "  ceiling_per_fte: 90\n  newly_qualified_factor: 0.9\n"
            "  bands: [{name: room, from: 0}, {name: over, from: 1}]\n"
            "  tariff: {s47_open: 8, cp_plan: 8, cla_tier_1: 8, cla_tier_2: 5, cin: 2}\n"
        )


def test_a_utilisation_on_a_boundary_is_in_the_worse_band():
    tariff = shipped_policy().tariff
    said = [tariff.band(Decimal(u)) for u in ("0.849", "0.85", "0.999", "1.00", "1.099", "1.10")]
    assert said == ["room", "green", "green", "amber", "amber", "red"]
