"""What makes a child's situation complex, how experienced the worker is, and where the two do not match."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.rules.new_worker import D, found, held
from tests.small_council import ask, position, said

from evenlode.policy import shipped_policy

ASSESSED = "child_id | assessment_id | start_date | authorised_date\n1 | A | 2026-02-01 | 2026-03-01"


def factors(text):
    return {
        "assessment": ASSESSED,
        "assessment_factor": f"assessment_id | factor_row_id | factors\nA | F | {text}",
    }


def missing(day):
    return {"missing_episode": f"child_id | missing_id | start_date\n1 | M | {day}"}


def enquiry(start, end=""):
    return {"enquiry": f"child_id | enquiry_id | start_date | end_date\n1 | S | {start} | {end}"}


def placed(distance="", *starts):
    head = "placement_id | child_id | period_id | start_date | end_date | provider_number | placement_type | distance"
    ends = [*starts[1:], ""]
    return {
        "care_episode": "child_id | care_episode_id | period_id | start_date\n1 | E1 | L1 | 2026-01-05",
        "placement": "\n".join(
            [
                head,
                *(
                    f"{n} | 1 | L1 | {start} | {end} | SC{n} | U6 | {distance}"
                    for n, (start, end) in enumerate(zip(starts, ends, strict=True))
                ),
            ]
        ),
    }


def family(*births):
    children = ["1", *(f"s{n}" for n in range(1, len(births)))]
    return {
        "family": "\n".join(["family_row_id | family_id | child_id", *(f"{c} | F | {c}" for c in children)]),
        "child": "\n".join(
            ["child_id | dob", *(f"{c} | {b}" for c, b in zip(children, births, strict=True))]
        ),
    }


def met(*rows):
    return {
        "attendance": "\n".join(["child_id | meeting_date | agency | attended", *(f"1 | {r}" for r in rows)])
    }


YOUNG = "2015-03-01"


@pytest.mark.parametrize(
    ("tables", "markers"),
    [
        pytest.param({"cp_plan": "child_id | plan_id | start_date\n1 | P | 2026-09-01"}, [("plan", "2026-09-01")], id="plan"),
        pytest.param({"cp_plan": "child_id | plan_id | start_date | end_date\n1 | P | 2026-09-01 | 2026-11-20"}, [], id="plan ended today"),
        pytest.param(
            {"cp_plan": "child_id | plan_id | start_date | end_date\n1 | P | 2026-09-01 |\n1 | O | 2019-01-01 | 2020-01-01"},
            [("plan", "2026-09-01"), ("second_plan", "2026-09-01")],
            id="second plan",
        ),
        pytest.param(
            {"cp_plan": "child_id | plan_id | start_date | earlier_plans\n1 | P | 2026-09-01 | 1"},
            [("plan", "2026-09-01"), ("second_plan", "2026-09-01")],
            id="second plan, told as a number",
        ),
        pytest.param(
            {"cp_plan": "child_id | plan_id | start_date | category\n1 | P | 2026-09-01 | SAB"},
            [("plan", "2026-09-01"), ("sexual_abuse", "2026-09-01")],
            id="category of sexual abuse",
        ),
        pytest.param(
            {"legal_status": "child_id | legal_status_id | status | start_date\n1 | 1 | C1 | 2026-09-01"},
            [("court", "2026-09-01")],
            id="interim order",
        ),
        # 21 August + 3 months is 21 November; 20 August + 3 months is today, and over.
        pytest.param(enquiry("2026-08-21", "2026-09-01"), [("enquiry", "2026-08-21")], id="enquiry of three months"),
        pytest.param(enquiry("2026-08-20", "2026-09-01"), [], id="enquiry a day older"),
        pytest.param(enquiry("2026-01-20"), [("enquiry", "2026-01-20")], id="old enquiry, still open"),
        pytest.param(enquiry("2026-11-01", "2026-10-01"), [], id="enquiry that ended before it began"),
        pytest.param(family(YOUNG, YOUNG, YOUNG, YOUNG), [("siblings", None)], id="four children"),
        pytest.param(family(YOUNG, YOUNG, YOUNG), [], id="three children"),
        pytest.param(family(YOUNG, YOUNG, YOUNG, "2008-11-20"), [], id="three and one who is 18 today"),
        pytest.param(family(YOUNG, YOUNG, YOUNG, "2008-11-21"), [("siblings", None)], id="three and one of 17"),
        pytest.param(factors('["4B", "19C"]'), [("sexual_abuse", "2026-03-01")], id="factor in a list"),
        pytest.param(factors('["19C","4B"]'), [("sexual_abuse", "2026-03-01")], id="factor first in a list"),
        pytest.param(factors('{"19B": "Yes", "4B": "Yes"}'), [("sexual_abuse", "2026-03-01")], id="factor that says yes"),
        pytest.param(factors('{"19B": "No", "4B": "Yes"}'), [], id="factor that says no"),
        pytest.param(factors('["9A"]'), [], id="another factor"),
        pytest.param(factors('["24A"]'), [("exploitation", "2026-03-01")], id="exploited"),
        # 21 May + 6 months is 21 November.
        pytest.param(missing("2026-05-21"), [("exploitation", "2026-05-21")], id="missing in the last six months"),
        pytest.param(missing("2026-05-20"), [], id="missing a day longer ago"),
        pytest.param(placed("", "2026-01-05", "2026-03-01", "2026-06-01"), [("placement", "2026-06-01")], id="third placement"),
        pytest.param(placed("", "2026-01-05", "2026-03-01"), [], id="second placement"),
        pytest.param(placed("20.1", "2026-01-05"), [("distance", "2026-01-05")], id="over 20 miles"),
        pytest.param(placed("20", "2026-01-05"), [], id="20 miles"),
        pytest.param(placed("999.9", "2026-01-05"), [], id="distance unknown"),
        pytest.param(
            met("2026-09-01 | Family | N", "2026-10-01 | mother | N", "2026-10-01 | School | Y"),
            [("not_engaged", "2026-10-01")],
            id="family stayed away twice",
        ),
        pytest.param(met("2026-09-01 | Family | N", "2026-10-01 | Family | Y"), [], id="family came once"),
        pytest.param(met("2026-10-01 | Family | N"), [], id="family stayed away once"),
        pytest.param({"disability": "child_id | disability_id | code\n1 | 1 | CON"}, [("complex_health", None)], id="complex health"),
        pytest.param({"disability": "child_id | disability_id | code\n1 | 1 | HEAR"}, [], id="another disability"),
        pytest.param({"child": "child_id | dob\n1 | 2025-11-21"}, [("infant", "2025-11-21")], id="a day short of one"),
        pytest.param({"child": "child_id | dob\n1 | 2025-11-20"}, [], id="one today"),
        pytest.param({"child": "child_id | dob | expected_dob\n1 | | 2027-01-01"}, [("infant", None)], id="unborn"),
        pytest.param(
            {**factors('["3B"]'), "key_date": "child_id | date_kind | done_date\n1 | conference on domestic abuse | 2026-06-01"},
            [("risk_conference", "2026-06-01")],
            id="domestic abuse and a conference",
        ),
        pytest.param(factors('["3B"]'), [], id="domestic abuse without one"),
    ],
)  # fmt: skip
def test_each_marker_is_told_with_its_date_and_its_near_miss_is_not(tables, markers):
    rows = position(D, "complexity_marker", **held("1 | E1 | CW", **tables))
    assert sorted((r["marker"], r["since"] and r["since"].isoformat()) for r in rows) == markers


def test_three_changes_of_worker_are_a_marker_and_two_are_not():
    leads = "involvement_id | child_id | worker_id | role | start_date | end_date\n"
    four = "1 | 1 | E1 | CW | 2026-02-01 | 2026-03-01\n2 | 1 | N1 | CW | 2026-03-01 | 2026-04-01\n"
    four += "3 | 1 | E2 | CW | 2026-04-01 | 2026-05-01\n"
    last = "4 | 1 | E1 | CW | 2026-05-01 |"

    def markers(rows):
        return [
            r["marker"]
            for r in position(D, "complexity_marker", **held("1 | E1 | CW", involvement=leads + rows))
        ]

    assert markers(four + last) == ["changes"]
    assert markers(four) == []


def test_markers_are_of_open_children_only():
    closed = "child_id | episode_id | referral_date | close_date\n1 | R | 2026-01-05 | 2026-11-01"
    assert (
        position(D, "complexity_marker", **held("1 | E1 | CW", episode=closed, **missing("2026-10-01"))) == []
    )


BANDS = """
    staff_number | qualified_date | registered_from | start_date
    a            | 2026-05-21     |                 |
    b            | 2026-05-20     |                 |
    c            | 2025-11-20     |                 |
    d            | 2024-11-20     |                 |
    e            | 2021-11-20     |                 |
    f            |                | 2026-06-01      |
    g            |                |                 | 2026-06-01
    h            | 2026-12-01     |                 |
"""


def test_experience_is_counted_from_qualifying_and_never_from_the_start_here():
    # 21 May + 6 months is tomorrow, 20 May + 6 months today; so with a year, two and five.
    workers = "\n".join(["worker_id | staff_number | name", *(f"{w} | {w} | Ann Reed" for w in "abcdefgh")])
    rows = position(D, "worker_experience", worker=workers, establishment=BANDS)
    assert {r["worker_id"]: r["band"] for r in rows} == {
        "a": "0-6 m",
        "b": "6-12 m",
        "c": "12-24 m",
        "d": "2-5 y",
        "e": "5 y+",
        "f": "0-6 m",
        "g": "unknown",
        "h": "unknown",
    }


FOUR = {
    "cp_plan": "child_id | plan_id | start_date | category\n1 | P | 2026-09-01 | SAB",
    **missing("2026-10-01"),
    "disability": "child_id | disability_id | code\n1 | 1 | CON",
}
"""Plan, sexual abuse, missing and complex health: four markers."""


@pytest.mark.parametrize(
    ("leads", "hr", "expected"),
    [
        ("1 | N2 | CW", "2025-11-21", [("1", "flag", "local", "amber", "N2")]),
        ("1 | N2 | CW\n1 | E1 | CO-WORKER", "2025-11-21", [("1", "flag", "local", "note", "N2")]),
        ("1 | N2 | CW", "2025-11-20", []),
        ("1 | N2 | CW", "", []),
    ],
    ids=["under a year", "with an experienced co-worker", "a year today", "unknown"],
)
def test_four_markers_held_in_the_first_year_are_a_mismatch(leads, hr, expected):
    establishment = f"staff_number | qualified_date\nN2 | {hr}\nE1 | 2015-01-01"
    columns = ("subject_id", "status", "kind", "severity", "worker_id")
    assert found("DR-17", leads, *columns, establishment=establishment, **FOUR) == expected


def test_the_markers_stand_in_the_evidence_with_their_dates():
    (finding,) = ask("DR-17", D, **held("1 | N2 | CW", **FOUR))
    assert finding["evidence"]["markers"] == 4
    assert finding["evidence"]["complexity_markers"] == (
        "protection plan since 2026-09-01; sexual abuse since 2026-09-01; "
        "exploitation or missing since 2026-10-01; disability with complex health"
    )


def test_three_markers_are_none_unless_a_guard_is_breached():
    three = {k: v for k, v in FOUR.items() if k != "disability"}
    assert found("DR-17", "1 | N2 | CW", "subject_id", **three) == []
    (finding,) = ask("DR-17", D, **held("1 | N1 | CW", **three))
    assert (finding["severity"], finding["evidence"]["guards"]) == ("red", "NQ-07")


def test_a_marker_that_a_council_does_not_use_is_not_counted():
    policy = shipped_policy()
    policy = replace(policy, lists={**policy.lists, "markers_off": ("complex_health",)})
    assert said(ask("DR-17", D, policy=policy, **held("1 | N2 | CW", **FOUR)), "subject_id") == []


@pytest.mark.parametrize(
    ("rated", "severity"),
    [("2026-10-01 | Low", "note"), ("2026-10-01 | High", "amber"), ("2026-11-21 | Low", "amber")],
)
def test_the_council_s_own_rating_stands_beside_the_markers(rated, severity):
    rating = f"child_id | rated_on | score\n1 | {rated}"
    assert found("DR-17", "1 | N2 | CW", "severity", complexity=rating, **FOUR) == [(severity,)]


def test_a_rating_of_complex_is_enough_and_a_low_one_hides_no_guard():
    high = "child_id | rated_on | score\n1 | 2026-10-01 | high"
    assert found("DR-17", "1 | N2 | CW", "subject_id", complexity=high) == [("1",)]
    assert found("DR-17", "1 | E1 | CW", "subject_id", complexity=high) == []
    low = "child_id | rated_on | score\n1 | 2026-10-01 | low"
    assert found("DR-17", "1 | N1 | CW", "severity", complexity=low, **FOUR) == [("red",)]
