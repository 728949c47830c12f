"""What has not been delivered is never held against a child or a worker."""

from __future__ import annotations

import pytest
from tests.small_council import evaluation

from evenlode.position.case_session import ELEMENTS
from evenlode.position.worker_supervision import PRIVATE

D = "2026-11-20"

SIBLINGS = ("s1", "s2", "s3", "s4", "s5")

WORKERS = ("W1", "W2", "N1", "PA", "W5")
TALKS = (
    "need | 2026-11-02 | Case Supervision",
    "plan | 2026-11-02 | Case Supervision",
    "care | 2026-10-30 | Case Supervision",
    "leaver | 2026-10-05 | Case Supervision",
    "assessed | 2026-10-30 | Case Supervision",
    "assessed | 2026-11-10 | Management Oversight",
    "enquiry | 2026-11-10 | Case Supervision",
    *(f"{c} | 2026-11-02 | Case Supervision" for c in SIBLINGS),
)

WELL_RUN = {
    "child": """
        child_id     | dob        | death_date
        need         | 2015-03-01 |
        plan         | 2017-03-01 |
        care         | 2012-03-01 |
        breaks       | 2013-03-01 |
        leaver       | 2007-03-01 |
        new          | 2019-03-01 |
        assessed     | 2019-03-01 |
        enquiry      | 2018-03-01 |
        two clocks   | 2016-03-01 |
    """,
    "episode": "\n".join(
        [
            """
        child_id   | episode_id | referral_date | close_date
        need       | R1         | 2026-08-03    |
        plan       | R2         | 2026-05-01    |
        leaver     | R3         | 2025-01-06    |
        new        | R4         | 2026-11-19    |
        assessed   | R5         | 2026-10-20    |
        assessed   | R6         | 2025-01-06    | 2025-04-06
        enquiry    | R7         | 2026-10-20    |
        two clocks | R8         | 2026-11-02    |""",
            *(f"{c} | R{c} | 2026-08-03 |" for c in SIBLINGS),
        ]
    ),
    "cin_plan": "\n".join(
        [
            "child_id | plan_id | start_date",
            "need | N1 | 2026-08-10",
            *(f"{c} | N{c} | 2026-08-10" for c in SIBLINGS),
        ]
    ),
    "cin_visit": "\n".join(
        [
            "child_id | visit_id | visit_date | seen | seen_alone",
            "need | V1 | 2026-11-10 | Y | Y",
            *(f"{c} | V{c} | 2026-11-10 | Y | Y" for c in SIBLINGS),
        ]
    ),
    "cp_plan": """
        child_id   | plan_id | start_date | conference_id
        plan       | P1      | 2026-06-01 | C1
        two clocks | P2      | 2026-03-02 | C2
    """,
    "cp_visit": """
        child_id   | plan_id | visit_id | visit_date | seen | seen_alone | bedroom
        plan       | P1      | V1       | 2026-11-03 | Y    | Y          | Y
        plan       | P1      | V2       | 2026-11-13 | Y    | Y          | N
        two clocks | P2      | V3       | 2026-11-03 | Y    | Y          | Y
        two clocks | P2      | V4       | 2026-11-13 | Y    | Y          | N
    """,
    "cp_review": """
        child_id   | plan_id | review_id | due_date   | held_date
        plan       | P1      | 1         | 2026-08-27 | 2026-08-25
        two clocks | P2      | 2         | 2026-06-01 | 2026-05-28
    """,
    "conference": """
        child_id   | conference_id | enquiry_id | held_date
        plan       | C1            | S1         | 2026-06-01
        two clocks | C2            |            | 2026-03-02
        enquiry    | C3            | S3         | 2026-05-01
    """,
    "enquiry": """
        child_id | episode_id | enquiry_id | start_date | end_date   | says_conference
        plan     | R2         | S1         | 2026-05-20 | 2026-06-01 | Y
        plan     | R2         | S2         | 2026-07-01 | 2026-07-08 | Y
        enquiry  | R7         | S4         | 2026-11-10 |            |
        enquiry  |            | S3         | 2026-04-20 |            |
    """,
    "assessment": """
        child_id | episode_id | assessment_id | start_date | authorised_date | child_seen
        assessed | R5         | A1            | 2026-10-21 |                 | Y
        assessed | R6         | A2            | 2025-01-08 |                 | Y
        need     | R1         | A3            | 2026-08-04 | 2026-09-01      | Y
    """,
    "care_episode": """
        child_id | care_episode_id | period_id | start_date
        care     | E1              | L1        | 2024-03-01
        breaks   | E2              | L2        | 2024-03-01
    """,
    "legal_status": """
        child_id | legal_status_id | status | start_date
        care     | 1               | C2     | 2024-03-01
        breaks   | 2               | V4     | 2024-03-01
    """,
    "placement": """
        placement_id | child_id | period_id | start_date | provider_number | placement_type
        1            | care     | L1        | 2024-03-01 | SC001           | U4
        2            | breaks   | L2        | 2024-03-01 | SC002           | U6
    """,
    "care_visit": """
        child_id | period_id | visit_id | visit_date | seen | seen_alone
        care     | L1        | V1       | 2026-09-15 | Y    | Y
        breaks   | L2        | V2       | 2026-11-02 | Y    | Y
    """,
    "care_review": """
        child_id | period_id | review_id | held_date
        care     | L1        | 1         | 2024-03-20
        care     | L1        | 2         | 2024-06-10
        care     | L1        | 3         | 2026-07-01
    """,
    "care_plan": """
        child_id | care_plan_id | start_date | options
        care     | C1           | 2024-03-01 | {"LTFOST18": "Y"}
    """,
    "care_leaver": """
        child_id | eligibility     | in_touch | latest_contact_date | pathway_review_date | accommodation | activity
        leaver   | Former Relevant | YES      | 2026-11-02          | 2026-09-01          | U             | F1
    """,
    "health_check": """
        child_id | health_check_id | check_type        | check_date
        care     | 1               | Health assessment | 2026-03-02
    """,
    "plan_interval": "child_id | visit_every_days\nbreaks | 366",
    "family": "\n".join(["family_row_id | family_id | child_id", *(f"{c} | F1 | {c}" for c in SIBLINGS)]),
    "worker": """
        worker_id | staff_number | name     | title         | fte  | swe_number
        W1        | S1           | Ann Reed | Social Worker | 1    | SW1
        W2        | S2           | Ben Hall | Social Worker | 1    | SW2
        N1        | S3           | Cat Ford | Social Worker | 1    | SW3
        PA        | S4           | Dan Shaw | Adviser       | 1    |
        W5        | S5           | Eve Pike | Social Worker | 0.15 | SW5
    """,
    "establishment": """
        staff_number | fte  | programme_start | absent_from | return_date | qualified_date
        S1           | 1    |                 | 2026-08-01  | 2026-09-01  | 2015-09-01
        S2           | 1    |                 |             |             | 2015-09-01
        S3           | 1    | 2026-09-01      |             |             | 2026-07-01
        S4           | 1    |                 |             |             | 2015-09-01
        S5           | 0.15 |                 |             |             | 2015-09-01
    """,
    "involvement": "\n".join(
        [
            """
        involvement_id | child_id   | worker_id | role      | start_date
        1              | need       | W1        | CW        | 2026-08-03
        2              | plan       | N1        | CW        | 2026-05-01
        3              | plan       | W1        | CO-WORKER | 2026-05-01
        4              | care       | W2        | CW        | 2024-03-01
        5              | leaver     | PA        | 16PLUS    | 2025-01-06
        6              | assessed   | W1        | CW        | 2026-10-20
        7              | enquiry    | W1        | CW        | 2026-10-20
        8              | two clocks | W2        | CW        | 2026-03-02""",
            *(f"{c} | {c} | W5 | CW | 2026-08-03" for c in SIBLINGS),
        ]
    ),
    "supervision": "\n".join(
        [
            " | ".join(
                ["child_id | held_date | note_type", *ELEMENTS, "signed_date | worker | minutes", *PRIVATE]
            ),
            *(f"{talk} | {'Y | ' * len(ELEMENTS)} 2026-11-05 | | | | |" for talk in TALKS),
            *(
                f"| 2026-11-16 | Personal Supervision | {'| ' * len(ELEMENTS)} | {w} | 90 | Y | Y | Y"
                for w in WORKERS
            ),
        ]
    ),
    "visit_note": """
        child_id | visit_date | purpose | wishes | second_parent
        plan     | 2026-11-13 | Y       | Y      | Y
    """,
    "case_entry": """
        child_id | entry_date | by_manager
        care     | 2026-11-02 | N
    """,
    "action": """
        action_id | child_id | set_date   | action      | target_date | owner
        1         | need     | 2026-11-02 | Visit Gran. | 2026-12-01  | W1
    """,
    "key_date": "\n".join(
        [
            """
        child_id   | date_kind               | start_date | outcome | done_date | worker_id
        new        | referral decision       | 2026-11-19 |         | 2026-11-20 |
        assessed   | assessment checkpoint   | 2026-10-21 |         | 2026-11-03 |
        enquiry    | strategy discussion     | 2026-11-10 |         | 2026-11-10 |
        plan       | core group              |            |         | 2026-06-08 |
        plan       | core group              |            |         | 2026-10-26 |
        two clocks | core group              |            |         | 2026-03-09 |
        two clocks | core group              |            |         | 2026-10-26 |
        two clocks | conference report       | 2026-12-07 |         |         |
        care       | personal education plan |            |         | 2026-10-05 |
        care       | permanence decision     |            |         | 2024-06-03 |
        care       | care proceedings        | 2024-03-04 |         | 2024-08-30 |
        hosted     | private fostering       | 2026-11-02 |         |         |
        hosted     | private fostering visit |            | alone   | 2026-11-04 |
        hosted     | private fostering report | 2026-11-04 |        | 2026-11-06 |
        plan       | seen by another agency  |            |         | 2026-11-16 |
        need       | planning meeting        |            |         | 2026-09-10 |
        need       | cin review              |            |         | 2026-11-02 |
        need       | review minutes          | 2026-11-02 |         | 2026-11-06 |""",
            "| protected time | | | 2026-11-16 | N1",
            *(f"{c} | planning meeting | | | 2026-08-20 |" for c in SIBLINGS),
            *(f"{c} | cin review | | | 2026-11-02 |" for c in SIBLINGS),
            *(f"{c} | review minutes | 2026-11-02 | | 2026-11-06 |" for c in SIBLINGS),
        ]
    ),
}
"""Nobody here is late or over anything on 20 November: what is found once a table is missing is a
false alarm.  W5 holds five siblings, 4 + 4 x 2.4 = 13.6 of 12.75 (1.067)."""


def without(*missing, **more):
    """The findings, as (rule, subject, status), once those tables are not delivered."""
    tables = {name: rows for name, rows in {**WELL_RUN, **more}.items() if name not in missing}
    found = evaluation(D, missing=missing, **tables).findings.to_pylist()
    return sorted((r["rule_id"], r["subject_id"], r["status"]) for r in found)


def test_in_the_well_run_council_of_these_tests_nothing_is_amiss():
    assert without() == []


KEPT_IN_LISTS = {
    *(
        "REF-01",
        "ASM-02",
        "STR-01",
        "CP-01",
        "CP-02",
        "CP-14",
        "CP-15",
        "CIN-01",
        "CIN-03",
        "CIN-04",
        "CIN-06",
    ),
    *("CIN-07", "CP-08b", "PF-01", "PF-02", "PF-03", "PF-05", "PF-05b", "PF-06", "CT-01"),
}
"""What is answered from a council's own lists of dates."""

STAYS = {
    "legal_status": {
        (rule, "breaks") for rule in ("AL-01", "AL-03", "AL-04", "AL-06", "AL-07", "AL-08", "SUP-07")
    },
}
"""A child on short breaks looks looked after where no legal status was delivered.  What the law asks for
is then cannot_tell; whether anybody holds and talks about the child is still asked, since leaving that
out would silence it for every child."""


@pytest.mark.parametrize(
    ("table", "cannot_be_told"),
    [
        ("action", {"ACT-01", "ACT-02", "ACT-03", "ACT-04", "DR-07", "QA-07", "SQ-07"}),
        ("assessment", {"ASM-01", "ASM-02", "ASM-03", "ASM-04", "CIN-01", "OPN-01", "REF-01"}),
        ("audit", {"QA-03", "QA-05", "QA-06"}),
        ("care_episode", {"CLA-R1", "CLA-R2", "CLA-R3", "CLA-S1", "CLA-V1", "CLA-V2", "OPN-01"}),
        ("care_leaver", {"CL-04", "CL-07", "CL-08", "SUP-08"}),
        ("care_plan", {"CLA-P1"}),
        ("care_review", {"CLA-R1", "CLA-R2", "CLA-R3", "CT-05"}),
        ("care_visit", {"CLA-V1", "CLA-V2", "CLA-V3", "CLA-V4", "DR-09", "DR-10"}),
        ("case_entry", {"DR-19"}),
        ("cin_plan", {"CIN-01", "CIN-02", "CIN-03", "CIN-04", "CIN-05", "CIN-06", "OPN-01"}),
        ("cin_visit", {"ASM-03", "CIN-02", "CIN-04"}),
        ("conference", {"CP-01", "S47-01", "S47-02"}),
        (
            "cp_plan",
            {"CP-01", "CP-02", "CP-05", "CP-07", "CP-10", "CP-12", "CP-13", "CP-14", "NQ-07", "OPN-01"},
        ),
        ("cp_review", {"CP-03", "CP-04", "CP-15"}),
        ("cp_visit", {"ASM-03", "CP-05", "CP-06", "CP-07", "CP-08", "DR-09", "DR-10"}),
        ("disability", {"PF-06"}),
        ("enquiry", {"ASM-03", "OPN-01", "S47-01", "S47-02", "STR-01"}),
        ("episode", {"ASM-01", "ASM-02", "ASM-03", "ASM-04", "CP-13", "OPN-01", "REF-01", "REF-02"}),
        ("establishment", {"ACT-04", "AL-12", "NQ-02", "NQ-07", "SUP-01", "SUP-02", "SUP-03"}),
        ("health_check", {"CLA-H1", "CLA-H2"}),
        ("involvement", {"AL-01", "AL-04", "AL-12", "AL-14", "CW-02", "DR-18", "NQ-02", "NQ-07"}),
        ("key_date", KEPT_IN_LISTS),
        ("legal_status", {"CLA-R1", "CLA-S1", "CLA-V1", "CT-04", "CT-05"}),
        ("missing_episode", {"CLA-M1"}),
        ("placement", {"CLA-S1", "CLA-V1", "CLA-V2", "CLA-V3", "CLA-V4", "CLA-V7"}),
        ("plan_interval", {"CLA-V9"}),
        ("pre_proceedings", {"CT-02", "CT-03"}),
        (
            "supervision",
            {
                "DR-16",
                "SQ-02",
                "SQ-10",
                "SQ-11",
                "SUP-01",
                "SUP-03",
                "SUP-04",
                "SUP-05",
                "SUP-06",
                "SUP-07",
                "SUP-08",
                "SUP-09",
                "SUP-13",
            },
        ),
        ("visit_note", {"VN-01", "VN-02", "VN-03"}),
        (
            "worker",
            {
                "ACT-04",
                "AL-01",
                "AL-04",
                "AL-12",
                "AL-14",
                "CIN-08",
                "DR-18",
                "NQ-02",
                "NQ-07",
                "SUP-01",
                "SUP-02",
                "SUP-03",
                "SUP-04",
                "SUP-13W",
            },
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_table_that_was_not_delivered_gives_no_false_alarm_and_no_false_comfort(table, cannot_be_told):
    found = without(table)
    assert [f for f in found if f[2] != "cannot_tell" and f[:2] not in STAYS.get(table, set())] == []
    assert cannot_be_told <= {rule for rule, _, _ in found}


SEEN_ELSEWHERE = {
    # On a plan since 1 October; last seen for it on 12 October (CP-08: + 28 = 9 November), but on another
    # kind of visit on 16 November.
    "cp_plan": "child_id | plan_id | start_date\n1 | P1 | 2026-10-01",
    "cp_visit": "child_id | plan_id | visit_id | visit_date | seen\n1 | P1 | V1 | 2026-10-12 | Y",
}


@pytest.mark.parametrize(
    ("rule", "missing", "tables"),
    [
        pytest.param(
            "CP-08",
            "cin_visit",
            {
                **SEEN_ELSEWHERE,
                "cin_visit": "child_id | visit_id | visit_date | seen\n1 | V2 | 2026-11-16 | Y",
            },
            id="seen on a visit to a child in need",
        ),
        pytest.param(
            "CP-08",
            "care_visit",
            {
                **SEEN_ELSEWHERE,
                "care_visit": "child_id | visit_id | visit_date | seen\n1 | V2 | 2026-11-16 | Y",
            },
            id="seen on a visit to a looked-after child",
        ),
        # The plan of 10 August came with the child; its conference here was on 21 August, + 3 months =
        # 21 November, not over.  From the plan it would be 10 November.
        pytest.param(
            "CP-03",
            "conference",
            {
                "cp_plan": "child_id | plan_id | start_date | conference_id\n1 | P1 | 2026-08-10 | C1",
                "conference": "child_id | conference_id | plan_id | held_date\n1 | C1 | P1 | 2026-08-21",
            },
            id="the conference from which the first review is counted",
        ),
    ],
)
def test_a_date_that_would_have_been_in_a_missing_table_is_not_held_against_the_child(rule, missing, tables):
    def alarms(absent):
        rows = evaluation(D, missing=absent, **{k: v for k, v in tables.items() if k not in absent})
        return [r for r in rows.findings.to_pylist() if r["rule_id"] == rule and r["status"] != "cannot_tell"]

    assert (alarms(()), alarms((missing,))) == ([], [])


def test_where_nobody_is_there_to_ask_about_the_council_is_told_what_is_missing():
    found = evaluation(D, missing=["supervision", "action"]).findings.to_pylist()
    assert {(r["subject_kind"], r["status"]) for r in found} == {("council", "cannot_tell")}
    without_them = {"ACT-02", "SQ-07", "SUP-05", "SUP-06", "SUP-07", "SUP-08", "SUP-09", "SQ-02", "DR-07"}
    assert without_them <= {r["rule_id"] for r in found}
    assert len(found) == len({r["rule_id"] for r in found})
