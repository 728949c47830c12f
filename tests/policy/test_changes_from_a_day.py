"""A council's settings change from a day on, and last year's figure can still be worked out again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from tests.small_council import COUNCIL, delivered_but, evaluation, stored

from evenlode.calendar import Clock, Unit
from evenlode.errors import PolicyFault
from evenlode.measures.answer import history
from evenlode.policy import read_policy, shipped_policy
from evenlode.policy.policy import differences
from evenlode.rules.compiled import Compiled, compiled

CHANGES = """
clocks:
  cp_visit: {n: 20, unit: working_days}
workload:
  tariff: {cp_plan: 6, cp_plan_first_90_days: 6}
  ceiling_per_fte: 60
changes:
  - from: 2026-04-01
    visits: {cp: cp-2wk}
    workload:
      tariff: {cp_plan: 9, cp_plan_first_90_days: 9}
  - from: 2026-10-01
    numbers: {workers_in_window: 5}
    lists: {lead_roles: [CW, LEAD]}
"""


@pytest.fixture
def policy_of(tmp_path):
    def read(text: str):
        path = tmp_path / "policy.yaml"
        path.write_text(text, "utf-8")
        return read_policy(path)

    return read


@pytest.mark.parametrize(
    ("day", "cp_visit", "cp_plan", "workers"),
    [
        ("2020-01-01", Clock(20, Unit.WORKING_DAYS), 6, 3),
        ("2026-03-31", Clock(20, Unit.WORKING_DAYS), 6, 3),
        ("2026-04-01", Clock(14, Unit.DAYS), 9, 3),
        ("2026-09-30", Clock(14, Unit.DAYS), 9, 3),
        ("2026-10-01", Clock(14, Unit.DAYS), 9, 5),
        ("2030-01-01", Clock(14, Unit.DAYS), 9, 5),
    ],
)
def test_each_change_holds_from_its_day_on_and_what_it_leaves_out_carries_on(
    policy_of, day, cp_visit, cp_plan, workers
):
    in_force = policy_of(CHANGES).on(date.fromisoformat(day))
    assert in_force.clocks["cp_visit"] == cp_visit
    assert in_force.tariff.points["cp_plan"] == cp_plan
    assert in_force.tariff.ceiling_per_fte == 60
    assert in_force.numbers["workers_in_window"] == workers


def test_a_tariff_says_since_when_it_holds(policy_of):
    policy = policy_of(CHANGES)
    assert policy.on(date(2026, 3, 31)).tariff.effective_from == date(2026, 1, 1)  # the shipped one's
    assert policy.on(date(2026, 4, 1)).tariff.effective_from == date(2026, 4, 1)
    assert policy.on(date(2026, 10, 1)).tariff.effective_from == date(2026, 4, 1)  # unchanged since


def test_a_policy_without_changes_is_the_same_on_every_day(policy_of):
    policy = policy_of("clocks: {cp_visit: {n: 14, unit: days}}\n")
    assert policy.on(date(2020, 1, 1)) is policy


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("changes:\n  - clocks: {cp_visit: {n: 5}}\n", r"line 2: a change must say from which day it holds"),
        ("changes:\n  - from: April\n    clocks: {cp_visit: {n: 5}}\n", r"line 2: a change must say from"),
        ("changes:\n  from: 2026-04-01\n", r"line 1: changes must be a list"),
        ("changes:\n  - from: 2026-04-01\n", r"line 2: nothing changes from 2026-04-01"),
        (
            "changes:\n  - from: 2026-04-01\n    clocks:\n      cp_visits: {n: 5}\n",
            r'policy.yaml, line 4: "cp_visits" is no clock',
        ),
        (
            "changes:\n  - from: 2026-04-01\n    closures: [2026-12-29]\n",
            r'line 3: "closures" is no part of a change; there are: from, visits, clocks',
        ),
        (
            (
                "changes:\n  - from: 2026-04-01\n    clocks: {cp_visit: {n: 5}}\n"
                "  - from: 2026-04-01\n    numbers: {workers_in_window: 4}\n"
            ),
            r"line 4: two changes are from 2026-04-01; write them as one",
        ),
        (
            (
                "changes:\n  - from: 2026-04-01\n    clocks: {cp_visit: {n: 5}}\n"
                "  - from: 2025-04-01\n    numbers: {workers_in_window: 4}\n"
            ),
            r"line 4: the change from 2025-04-01 stands after the one from 2026-04-01; put them in order",
        ),
        (
            (
                "clocks: {care_visit: {n: 28}}\nchanges:\n  - from: 2026-04-01\n    clocks:\n"
                "      care_visit: {n: 43}\n"
            ),
            r"line 5: care_visit is set by law .* not longer",
        ),
        (
            "changes:\n  - from: 2026-04-01\n    workload:\n      tariff:\n        cp: 4\n",
            r'line 5: "cp" is no tariff entry',
        ),
        (
            "changes:\n  - from: 2026-04-01\n    workload: {effective_from: 2026-05-01}\n",
            r'line 3: "effective_from" is no workload setting',
        ),
        ("dates:\n  early_career_programme: soon\n", r"line 2: early_career_programme must be a day"),
        ("dates:\n  asye: 2027-09-01\n", r'line 2: "asye" is no date'),
        (
            "clocks:\n  cp_visit: {n: 5}\n  cp_visit: {n: 6}\n",
            r"line 3: cp_visit is already written in line 2; keep one of them",
        ),
    ],
)
def test_a_mistake_in_a_change_is_answered_with_its_line_and_the_mend(policy_of, text, words):
    with pytest.raises(PolicyFault, match=words):
        policy_of(text)


ONE_WORKER = {
    "child": "child_id | dob\n1 | 2015-01-01\n2 | 2016-01-01",
    "episode": "child_id | episode_id | referral_date\n1 | E1 | 2025-01-06\n2 | E2 | 2025-01-06",
    "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2025-02-03\n2 | P2 | 2025-02-03",
    "involvement": "child_id | worker_id | role | start_date\n1 | W | CW | 2025-01-07\n2 | W | CW | 2025-01-07",
    "worker": "worker_id | name | fte\nW | Ann Lee | 1",
}

STAFF = """worker_id | fte | start_date | leaving_date
W   | 1 | 2024-01-01 |
OLD | 1 | 2020-01-01 | 2025-12-31"""
"""With somebody who left, so that the hours of earlier months are known."""


@pytest.mark.parametrize(
    ("day", "utilisation"),
    [
        ("2025-11-20", "0.2"),  # two plans of 6 points in 60
        ("2026-03-31", "0.2"),
        ("2026-04-01", "0.3"),  # two plans of 9 points in 60
        ("2026-11-20", "0.3"),
    ],
)
def test_last_years_utilisation_is_worked_out_with_last_years_weights(policy_of, day, utilisation):
    (load,) = evaluation(day, policy=policy_of(CHANGES), **ONE_WORKER).loads
    assert load.load.utilisation == Decimal(utilisation)


def test_a_visit_is_due_by_the_interval_in_force_on_the_day_that_is_looked_at(policy_of):
    """Seen on 16 March: 20 working days run out on 15 April (Easter between), 14 days on 30 March."""
    policy = policy_of(CHANGES)
    rows = {
        **ONE_WORKER,
        "cp_visit": "plan_id | visit_id | visit_date | seen\nP1 | V1 | 2026-03-16 | Y\nP2 | V2 | 2026-03-16 | Y",
    }
    before = evaluation("2026-03-31", policy=policy, rules=["CP-05"], **rows)
    assert (before.findings.num_rows, before.due_soon.num_rows) == (0, 0)
    after = evaluation("2026-04-01", policy=policy, rules=["CP-05"], **rows)
    assert [(r["subject_id"], r["due_date"]) for r in after.findings.to_pylist()] == [
        ("1", date(2026, 3, 30)),
        ("2", date(2026, 3, 30)),
    ]


def test_earlier_month_ends_are_told_by_the_weights_of_their_day(policy_of):
    rows = history(
        stored({**ONE_WORKER, "establishment": STAFF}),
        as_at=date(2026, 5, 1),
        months=2,
        policy=policy_of(CHANGES),
        delivered=delivered_but(),
    )
    told = {
        r.as_at.isoformat(): r.numerator
        for r in rows
        if r.measure.id == "WL-02" and r.level == "council" and r.la_code == COUNCIL
    }
    assert told == {"2026-04-30": Decimal(18), "2026-03-31": Decimal(12)}


def test_the_compiled_rules_are_kept_once_for_all_days_of_one_policy(policy_of, tmp_path, monkeypatch):
    monkeypatch.setenv("EVENLODE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(
        "evenlode.rules.build.build", lambda policy, dialect: Compiled(dialect, (), (), "", "")
    )
    policy = policy_of(CHANGES)
    kept = []
    for day in (date(2026, 3, 30), date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)):
        compiled(policy.on(day))
        kept.append(len(list((tmp_path / "cache").glob("*.json"))))
    assert kept == [1, 1, 2, 2]


def test_the_text_of_an_earlier_policy_is_never_used_for_a_later_day(policy_of):
    policy = policy_of(CHANGES)
    whole = [policy.on(date(2026, 3, 31)), policy.on(date(2026, 4, 1)), policy.on(date(2026, 10, 1)), policy]
    assert len({p.fingerprint for p in whole}) == 4
    assert policy.on(date(2026, 4, 1)).fingerprint == policy.on(date(2026, 9, 30)).fingerprint


def test_what_a_change_changes_is_said_with_both_values(policy_of):
    policy = policy_of(CHANGES)
    assert differences(policy.on(date(2026, 3, 31)), policy.on(date(2026, 4, 1))) == [
        "cp_visit 20 working days becomes 14 days",
        "workload cp_plan_first_90_days 6 becomes 9",
        "workload cp_plan 6 becomes 9",
    ]
    assert differences(shipped_policy(), shipped_policy()) == []


def test_a_change_may_choose_another_scheme_and_begins_it_anew(policy_of):
    policy = policy_of(
        "workload: {tariff: {cin: 9}}\nchanges:\n  - from: 2026-04-01\n    workload:\n"
        "      preset: wirral-frame\n      sibling_share: 0.5\n      co_working_share: 0\n"
        "      tariff: {assessment_open: 4, cin: 3, cp_plan: 6, cla_tier_2: 5, care_proceedings: 9, care_leaver: 2}\n"
    )
    assert policy.on(date(2026, 3, 31)).tariff.points["cin"] == 9
    assert policy.on(date(2026, 4, 1)).tariff.points["cin"] == 3
    assert policy.on(date(2026, 4, 1)).tariff.ceiling_per_fte == 100
