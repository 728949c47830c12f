"""CP-07, CP-12 by number, CP-13: the bedroom, earlier plans of which only the number is known, and step-down.

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

from tests.small_council import ask, evaluation, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


def plans(*children: str) -> str:
    return "\n".join(["child_id | plan_id | start_date", *(f"{c} | P {c} | 2026-06-01" for c in children)])


def visits(**seen: str) -> str:
    """For each child visits on 2, 9, 16 November: for each the bedroom (Y, N, -), or ? where seen is blank."""
    rows = ["child_id | plan_id | visit_id | visit_date | seen | bedroom"]
    for child, said_of in seen.items():
        name = child.replace("_", " ")
        for place, letter in enumerate(said_of):
            was_seen, room = ("", "Y") if letter == "?" else ("Y", "" if letter == "-" else letter)
            day = f"2026-11-{2 + 7 * place:02d}"
            rows.append(f"{name} | P {name} | {name}{place} | {day} | {was_seen} | {room}")
    return "\n".join(rows)


# CP-07 ----------------------------------------------------------------------------------------------------


def test_the_bedroom_is_seen_at_one_of_the_last_two_visits():
    found = ask(
        "CP-07",
        "2026-11-20",
        cp_plan=plans("never", "before", "last", "one visit", "not said", "perhaps"),
        cp_visit=visits(never="NN", before="YNN", last="NY", one_visit="N", not_said="N-", perhaps="NN?"),
    )
    assert said(found, "subject_id", "record_id", "status", "kind", "severity", "due_date") == [
        ("before", "P before", "breach", "norm", "amber", None),
        ("never", "P never", "breach", "norm", "amber", None),
        ("not said", "P not said", "cannot_tell", "norm", "amber", None),
        ("perhaps", "P perhaps", "cannot_tell", "norm", "amber", None),
    ]


def test_an_unborn_child_has_no_bedroom():
    found = ask(
        "CP-07",
        "2026-11-20",
        child="child_id | expected_dob\n1 | 2027-01-10",
        cp_plan=plans("1"),
        cp_visit=visits(**{"1": "NN"}),
    )
    assert found == []


def test_a_format_that_does_not_tell_of_bedrooms_cannot_be_judged():
    found = evaluation(
        "2026-11-20",
        rules=["CP-07"],
        missing=["cp_visit.bedroom"],
        cp_plan=plans("1"),
        cp_visit=visits(**{"1": "--"}),
    ).findings.to_pylist()
    assert said(found, "subject_kind", "status") == [("council", "cannot_tell")]


# CP-12 ----------------------------------------------------------------------------------------------------


def test_where_only_the_number_of_earlier_plans_is_known_a_plan_is_a_second_one_and_how_recent_is_not_told():
    found = ask(
        "CP-12",
        "2026-11-20",
        missing=["cp_plan:history"],
        cp_plan="""
        child_id | plan_id | start_date | end_date   | earlier_plans
        none     | P1      | 2026-06-01 |            | 0
        not said | P2      | 2026-06-01 |            |
        two      | P3      | 2026-06-01 |            | 2
        both     | P4      | 2026-06-01 |            | 1
        both     | P5      | 2020-01-06 | 2021-01-04 |
    """,
    )
    assert said(found, *WHOLE) == [
        ("child", "both", "P4", "flag", "norm", "amber", None, None),
        ("child", "two", "P3", "flag", "norm", "amber", None, None),
    ]
    assert {r["record_id"]: r["evidence"]["within_24_months"] for r in found} == {"P3": None, "P4": False}
    assert [r["evidence"]["earlier_plans"] for r in found if r["record_id"] == "P3"] == [2]


def test_a_format_that_tells_neither_earlier_plans_nor_their_number_cannot_be_judged():
    found = ask(
        "CP-12",
        "2026-11-20",
        missing=["cp_plan:history", "cp_plan.earlier_plans"],
        cp_plan="child_id | plan_id | start_date | earlier_plans\n1 | P1 | 2026-06-01 | 1",
    )
    assert said(found, "subject_id", "status") == [("1", "cannot_tell")]


# CP-13 ----------------------------------------------------------------------------------------------------


def closed(**ended_and_closed: str) -> dict[str, str]:
    """For each child the day the plan ended, the day of closing and its reason."""
    plan_rows = ["child_id | plan_id | start_date | end_date"]
    episodes = ["child_id | episode_id | referral_date | close_date | close_reason"]
    for child, cells in ended_and_closed.items():
        name = child.replace("_", " ")
        ended, close, reason = cells.split()
        plan_rows.append(f"{name} | P {name} | 2026-01-05 | {ended}")
        episodes.append(f"{name} | R {name} | 2025-12-01 | {close} | {reason}")
    return {"cp_plan": "\n".join(plan_rows), "episode": "\n".join(episodes)}


def test_a_child_closed_within_three_months_of_a_plans_end_is_flagged():
    # 3 August + 3 months = 3 November.
    found = ask(
        "CP-13",
        "2026-11-20",
        **closed(
            the_same_day="2026-09-01 2026-09-01 RC7",
            a_day_short="2026-08-03 2026-11-02 RC7",
            after_three_months="2026-08-03 2026-11-03 RC7",
            adopted="2026-09-01 2026-09-01 RC1",
            closed_before="2026-10-01 2026-09-30 RC7",
        ),
    )
    assert said(found, *WHOLE) == [
        ("child", "a day short", "R a day short", "flag", "norm", "amber", None, None),
        ("child", "the same day", "R the same day", "flag", "norm", "amber", None, None),
    ]


def test_the_flag_is_shown_for_three_months_after_closing():
    found = ask(
        "CP-13",
        "2026-11-20",
        **closed(three_months_ago="2026-08-10 2026-08-20 RC7", a_day_short_of_it="2026-08-10 2026-08-21 RC7"),
    )
    assert said(found, "subject_id") == [("a day short of it",)]


def test_a_child_who_came_back_or_has_grown_up_is_not_flagged():
    tables = closed(back="2026-09-01 2026-10-01 RC7", grown_up="2026-09-01 2026-10-01 RC7")
    tables["episode"] += "\nback | R9 | 2026-11-02 | |"
    found = ask("CP-13", "2026-11-20", child="child_id | dob\ngrown up | 2008-11-20", **tables)
    assert found == []
