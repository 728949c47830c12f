"""One child's page and one worker's page say what the whole council's list says."""

from __future__ import annotations

from datetime import date

import pytest
from tests.small_council import COUNCIL, delivered_but, stored

from evenlode.policy import shipped_policy
from evenlode.rules.book import CONTRACT, RULES
from evenlode.rules.evaluate import children_of_worker, evaluate

AS_AT = date(2026, 11, 20)

CHILDREN = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "010")

COUNCIL_ROWS = {
    "child": """
        child_id | dob        | death_date
        1        | 2015-03-01 |
        2        | 2017-03-01 |
        3        | 2012-03-01 |
        4        | 2010-03-01 |
        5        | 2007-03-01 |
        6        | 2014-03-01 |
        7        |            |
        8        | 2019-03-01 |
        9        | 2012-03-01 | 2026-05-01
        010      | 2011-03-01 |
    """,
    "episode": """
        child_id | episode_id | referral_date | close_date
        1        | R1         | 2026-01-05    |
        2        | R2         | 2026-01-05    |
        4        | R4         | 2025-12-01    | 2026-03-01
        4        | R5         | 2026-09-01    |
        7        | R7         | 2026-06-01    |
        8        | R8         | 2026-01-05    |
        9        | R9         | 2026-01-05    |
        010      | R10        | 2026-10-01    |
    """,
    "cp_plan": """
        child_id | plan_id | start_date | end_date   | conference_id
        1        | P1      | 2025-10-01 |            | C1
        1        | P0      | 2020-10-01 | 2024-10-01 |
        8        | P8      | 2026-10-01 |            |
    """,
    "cp_visit": """
        child_id | plan_id | visit_id | visit_date | seen | seen_alone
        1        | P1      | V1       | 2026-10-01 | Y    | N
        1        |         | V2       | 2026-10-09 | Y    |
        8        | P8      | V3       | 2026-11-18 | Y    | N
    """,
    "cp_review": """
        child_id | plan_id | review_id | due_date   | held_date
        1        | P1      | CR1       | 2026-01-01 | 2025-12-20
    """,
    "conference": """
        child_id | conference_id | enquiry_id | held_date
        1        | C1            |            | 2025-10-01
    """,
    "cin_plan": """
        child_id | plan_id | start_date
        2        | N2      | 2026-01-05
    """,
    "cin_visit": """
        child_id | visit_id | visit_date | seen
        2        | V1       | 2026-06-01 | Y
    """,
    "assessment": """
        child_id | episode_id | assessment_id | start_date
        7        | R7         | A7            | 2026-06-10
    """,
    "enquiry": """
        child_id | episode_id | enquiry_id | start_date | outcome | says_conference
        010      | R10        | S1         | 2026-10-05 |         | Y
    """,
    "care_episode": """
        child_id | care_episode_id | period_id | start_date | end_date   | end_reason
        3        | E1              | L3        | 2024-01-05 | 2026-06-01 | X1
        3        | E2              | L3        | 2026-06-01 |            |
        6        | E6              | L6        | 2026-01-05 |            |
    """,
    "legal_status": """
        child_id | legal_status_id | status | start_date
        3        | 1               | C2     | 2024-01-05
        6        | 2               | V4     | 2026-01-05
    """,
    "placement": """
        placement_id | child_id | period_id | start_date | end_date   | provider_number | placement_type
        1            | 3        | L3        | 2024-01-05 | 2026-06-01 | SC001           | U6
        2            | 3        | L3        | 2026-06-01 | 2026-08-01 | SC002           | U6
        3            | 3        | L3        | 2026-08-01 |            | SC003           | U6
        4            | 6        | L6        | 2026-01-05 |            | SC001           | U6
    """,
    "care_visit": """
        child_id | period_id | visit_id | visit_date | seen
        3        | L3        | V1       | 2026-09-01 | Y
    """,
    "care_review": """
        child_id | period_id | review_id | held_date
        3        | L3        | 1         | 2026-01-20
    """,
    "care_leaver": """
        care_leaver_id | child_id | eligibility     | adviser | worker_id | team_id | latest_contact_date
        1              | 5        | Former Relevant | W3      |           | T3      | 2026-01-05
    """,
    "family": """
        family_row_id | family_id | child_id
        1             | 9         | 1
        2             | 10        | 2
        3             | 9         | 2
        4             | 9         | 8
        5             | 9         | 3
    """,
    "worker": """
        worker_id | staff_number | name      | title         | fte
        W1        | S1           | Ann Reed  | Social Worker | 0.1
        W2        | S2           | Ben Hall  | Team Manager  | 0.1
        W3        | S3           | Cat Ford  |               |
        W4        | S4           | Dan Shaw  |               | 1
        P1        |              | Duty Desk |               |
    """,
    "establishment": """
        staff_number | programme_start | absent_from | leaving_date
        S1           | 2026-02-01      |             |
        S2           |                 | 2026-10-01  |
        S4           |                 |             | 2026-10-20
    """,
    "involvement": """
        involvement_id | child_id | worker_id | role      | team_id | start_date | end_date
        1              | 1        | W4        | CW        | T1      | 2025-10-01 | 2026-03-01
        2              | 1        | W2        | CW        | T1      | 2026-02-01 | 2026-04-01
        3              | 1        | W1        | CW        | T1      | 2026-04-01 |
        4              | 2        | W1        | CW        | T1      | 2026-04-01 |
        5              | 2        | W3        | CO-WORKER | T1      | 2026-04-01 |
        6              | 3        | W2        | CW        | T2      | 2026-04-01 |
        7              | 4        | W4        | CW        | T2      | 2026-09-02 |
        8              | 7        | P1        | CW        | T2      | 2026-09-02 |
        9              | 8        | W1        | CW        | T1      | 2026-10-01 |
        10             | 8        | W3        | CO-WORKER | T1      | 2026-10-01 |
        11             | 9        | W1        | CW        | T1      | 2026-01-05 |
        12             | 010      | W3        | CW        | T3      | 2026-10-01 |
    """,
    "supervision": """
        child_id | held_date  | note_type
        1        | 2026-08-01 | Case Supervision
        2        | 2026-08-01 | Case Supervision
        3        | 2026-06-01 | Case Supervision
        7        | 2026-09-01 | Management Oversight
    """,
    "action": """
        action_id | child_id | set_date   | action      | target_date
        A1        | 1        | 2026-08-01 | Visit Gran. | 2026-09-01
        A2        | 2        | 2026-08-01 |             |
    """,
}


ALONE = [r.id for r in RULES if r.id in CONTRACT or (r.subject == "child" and r.goes_by is None)]
"""Rules that ask whether a council's notes can be gone by at all are asked of the whole council."""


@pytest.fixture(scope="module")
def record():
    return stored(COUNCIL_ROWS)


def asked(record, children=None):
    return evaluate(
        record,
        as_at=AS_AT,
        policy=shipped_policy(),
        delivered=delivered_but(),
        children=None if children is None else [(COUNCIL, c) for c in children],
        rules=ALONE,
    )


@pytest.fixture(scope="module")
def whole(record):
    return asked(record)


def about(evaluation, kind, subjects):
    rows = [*evaluation.findings.to_pylist(), *evaluation.due_soon.to_pylist()]
    return [r for r in rows if r["subject_kind"] == kind and r["subject_id"] in subjects]


def test_the_council_of_these_tests_has_something_to_say_of_nearly_everybody(whole):
    said = {r["subject_id"]: set() for r in whole.findings.to_pylist() if r["rule_id"] in CONTRACT}
    for row in [r for r in whole.findings.to_pylist() if r["rule_id"] in CONTRACT]:
        said[row["subject_id"]].add(row["rule_id"])
    assert {"CP-05", "CP-10", "CW-02", "NQ-07", "SUP-05", "ACT-02"} <= said["1"]
    assert {"CIN-02", "SUP-06", "SQ-07"} <= said["2"]
    assert {"CLA-V2", "CLA-R2", "CLA-S1", "AL-12", "AL-14"} <= said["3"]
    assert {"AL-01", "AL-04", "REF-02"} <= said["4"]
    assert {"CL-04", "CL-07", "SUP-08"} <= said["5"]
    assert "DR-18" in said["W1"]
    assert {"6", "9"}.isdisjoint(said)  # short breaks, and a child who has died


@pytest.mark.parametrize("child", CHILDREN)
def test_a_child_asked_about_alone_gets_the_same_findings_as_within_the_council(record, whole, child):
    alone = asked(record, [child])
    assert about(alone, "child", CHILDREN) == about(whole, "child", [child])


def test_several_children_asked_about_together_get_the_same_findings_too(record, whole):
    some = asked(record, ["2", "010", "5"])
    assert about(some, "child", CHILDREN) == about(whole, "child", ["2", "010", "5"])


@pytest.mark.parametrize("worker", ["W1", "W2", "W3", "W4", "P1"])
def test_a_worker_asked_about_alone_gets_the_same_load_and_findings(record, whole, worker):
    children = children_of_worker(record, COUNCIL, worker)
    alone = asked(record, [c for _, c in children])
    assert [w for w in alone.loads if w.worker_id == worker] == [
        w for w in whole.loads if w.worker_id == worker
    ]
    assert about(alone, "worker", [worker]) == about(whole, "worker", [worker])


def test_a_worker_who_is_named_only_by_the_care_leaver_table_has_that_young_person(record):
    assert set(children_of_worker(record, COUNCIL, "W3")) == {(COUNCIL, c) for c in ("2", "5", "8", "010")}


def test_nothing_is_said_of_a_child_whom_nobody_knows(record):
    assert about(asked(record, ["no such child"]), "child", CHILDREN) == []
    assert about(asked(record, []), "child", CHILDREN) == []


def test_a_visit_that_names_the_plan_counts_for_it_alone_as_well_whatever_child_it_names():
    # The plan's visits are found by plan id (contract 2), so a slip in the child's id changes nothing.
    record = stored(
        {
            "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2026-01-05",
            "cp_visit": "child_id | plan_id | visit_id | visit_date | seen\n2 | P1 | V1 | 2026-11-18 | Y",
        }
    )
    rows = [
        [r for r in about(e, "child", ["1"]) if r["rule_id"] == "CP-05"]
        for e in (asked(record), asked(record, ["1"]))
    ]
    assert rows[0] == rows[1]
