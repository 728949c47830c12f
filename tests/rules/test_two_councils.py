"""A record may hold several councils; an id of one says nothing about the same id of another."""

from __future__ import annotations

from tests.small_council import evaluation, said

from evenlode.rules.book import CONTRACT


def test_children_of_two_councils_who_share_an_id_are_never_taken_for_one():
    # In 998 everything was done in time and child 1 has died; in 999 nothing was done.
    found = evaluation(
        "2026-11-21",
        rules=CONTRACT,
        child="""
        la_code | child_id | dob        | death_date
        999     | 1        | 2015-01-01 |
        998     | 1        | 2015-01-01 | 2026-11-21
    """,
        episode="""
        la_code | child_id | episode_id | referral_date | close_date
        999     | 1        | E1         | 2026-03-16    |
        998     | 1        | E1         | 2026-03-16    | 2026-04-16
        998     | 1        | E2         | 2026-01-16    | 2026-02-16
    """,
        assessment="""
        la_code | child_id | assessment_id | episode_id | start_date | authorised_date
        999     | 1        | A2            | E1         | 2026-03-18 |
        998     | 1        | A1            | E1         | 2026-03-17 | 2026-04-16
    """,
        enquiry="""
        la_code | child_id | enquiry_id | start_date | says_conference
        999     | 1        | S1         | 2026-10-30 | Y
    """,
        conference="""
        la_code | child_id | conference_id | enquiry_id | held_date
        998     | 1        | I1            | S1         | 2026-11-02
    """,
        cp_plan="""
        la_code | child_id | plan_id | conference_id | start_date | end_date
        999     | 1        | P1      | I1            | 2026-11-06 |
        998     | 1        | P0      | I0            | 2020-01-01 | 2026-11-05
    """,
        cp_visit="""
        la_code | child_id | plan_id | visit_id | visit_date | seen
        998     | 1        | P1      | V1       | 2026-11-20 | Y
        998     | 1        |         | V2       | 2026-11-20 | Y
    """,
        cin_plan="""
        la_code | child_id | plan_id | start_date
        999     | 1        | N1      | 2026-10-23
    """,
        cin_visit="""
        la_code | child_id | visit_id | visit_date | seen
        998     | 1        | W1       | 2026-11-20 | Y
    """,
        care_episode="""
        la_code | child_id | care_episode_id | period_id | start_date | end_date   | end_reason
        999     | 1        | C1              | K1        | 2026-10-23 |            |
        998     | 1        | C2              | K1        | 2026-11-01 | 2026-11-15 | E4A
    """,
        legal_status="""
        la_code | child_id | legal_status_id | status | start_date
        998     | 1        | L1              | V4     | 2026-10-23
    """,
        placement="""
        la_code | child_id | placement_id | provider_number | start_date | end_date   | placement_type
        999     | 1        | D1           | SC1             | 2026-11-13 |            | U5
        998     | 1        | D2           | SC1             | 2026-10-23 | 2026-11-13 | U5
        998     | 1        | D3           | SC2             | 2026-10-01 | 2026-10-23 | U5
    """,
        care_visit="""
        la_code | child_id | visit_id | visit_date | seen
        998     | 1        | X1       | 2026-11-20 | Y
    """,
        care_review="""
        la_code | review_id | period_id | held_date
        998     | R1        | K1        | 2026-11-02
    """,
    ).findings.to_pylist()
    asked = (
        "REF",
        "OPN",
        "ASM",
        "S47",
        "CP",
        "CIN",
        "CLA-V1",
        "CLA-V2",
        "CLA-R1",
        "CLA-R2",
        "CLA-R3",
        "CLA-S1",
    )
    clocks = [r for r in found if r["rule_id"].startswith(asked) and r["rule_id"] != "CLA-V10"]
    # 16 March + 45 working days = 21 May.  30 October and 6 November + 15 and 10 working days = 20 November.
    assert said(clocks, "la_code", "rule_id", "record_id", "status", "due_date") == [
        ("999", "ASM-04", "A2", "overdue", "2026-05-21"),
        ("999", "CIN-02", "N1", "overdue", "2026-11-20"),
        ("999", "CLA-R1", "K1", "overdue", "2026-11-20"),
        ("999", "CLA-V1", "D1", "overdue", "2026-11-20"),
        ("999", "CP-05", "P1", "overdue", "2026-11-20"),
        ("999", "CP-08", "P1", "cannot_tell", None),
        ("999", "S47-01", "S1", "overdue", "2026-11-20"),
    ]
