"""What changed since the day before, and how what went away went away."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests.oversight.council import a_day

from evenlode.oversight.since import Changes, Gone, changes, known_since, standing_of
from evenlode.rules.results import Evaluation

PEOPLE = {
    "child": """
        child_id | dob
        1        | 2015-01-01
    """,
    "episode": """
        child_id | episode_id | referral_date | close_date
        1        | E1         | 2026-08-01    |
    """,
    "cp_plan": """
        child_id | plan_id | start_date | end_date
        1        | P1      | 2026-09-01 |
    """,
    "involvement": """
        involvement_id | child_id | worker_id | role | start_date
        I1             | 1        | W1        | CW   | 2026-09-01
    """,
    "worker": """
        worker_id | name
        W1        | Leila Teasel
    """,
}
RULES = ("CP-05", "CIN-02", "CLA-V1", "CLA-R1", "CL-04")
"""The rule that is looked at, and those by whose steps the records that are open are known."""

VISITS = """
    visit_id | child_id | plan_id | visit_date | seen | seen_alone
    V1       | 1        | P1      | 2026-10-30 | Y    | Y
"""
SEEN_AGAIN = VISITS + "    V2       | 1        | P1      | 2026-11-19 | Y    | Y\n"
SEEN_BLANK = VISITS + "    V2       | 1        | P1      | 2026-11-19 |      |\n"

# Last seen on 30 October: ten working days on is 13 November, so the visit is late from the 14th.


def on(day: str, visits: str = VISITS, **tables: str) -> Evaluation:
    with a_day(day, rules=RULES, cp_visit=visits, **{**PEOPLE, **tables}) as (_, evaluation):
        return evaluation


def since(later: str, visits: str = VISITS, *, before: Evaluation | None = None, **tables: str) -> Changes:
    earlier = before or on("2026-11-19")
    with a_day(later, rules=RULES, cp_visit=visits, **{**PEOPLE, **tables}) as (day, evaluation):
        return changes(earlier, evaluation, standing_of(day))


def gone(found: Changes) -> list[str]:
    return [how for _, how in found.put_right]


def test_a_visit_that_is_late_for_the_first_time_is_new():
    found = since("2026-11-14", before=on("2026-11-13"))
    assert [f.rule_id for f in found.new] == ["CP-05"]


def test_a_visit_that_is_late_on_both_days_is_still_there():
    found = since("2026-11-20")
    assert ([f.subject_id for f in found.still], found.new, found.put_right) == (["1"], (), ())


def test_a_visit_made_is_put_right_as_done():
    assert gone(since("2026-11-20", SEEN_AGAIN)) == [Gone.DONE]


def test_a_visit_whose_seen_is_blank_did_not_put_it_right():
    assert gone(since("2026-11-20", SEEN_BLANK)) == [Gone.CANNOT_TELL]


def test_a_plan_that_ended_is_not_called_a_visit_done():
    ended = PEOPLE["cp_plan"].replace("2026-09-01 |", "2026-09-01 | 2026-11-20")
    assert gone(since("2026-11-20", cp_plan=ended)) == [Gone.ENDED]


def test_a_child_who_was_closed_is_told_as_closed():
    ended = PEOPLE["cp_plan"].replace("2026-09-01 |", "2026-09-01 | 2026-11-20")
    closed = PEOPLE["episode"].replace("2026-08-01    |", "2026-08-01    | 2026-11-20")
    assert gone(since("2026-11-20", cp_plan=ended, episode=closed)) == [Gone.CHILD_CLOSED]


def test_what_went_away_with_another_policy_is_not_called_done():
    before = replace(on("2026-11-19"), policy_fingerprint="another")
    assert gone(since("2026-11-20", SEEN_AGAIN, before=before)) == [Gone.RULE_CHANGED]


def test_with_the_earlier_day_asked_again_by_the_new_policy_the_work_is_told_from_the_change():
    before = replace(on("2026-11-19"), policy_fingerprint="another")
    with a_day("2026-11-20", rules=RULES, cp_visit=SEEN_AGAIN, **PEOPLE) as (day, later):
        there = standing_of(day)
    assert gone(changes(before, later, there, again=on("2026-11-19"))) == [Gone.DONE]
    nothing = on("2026-11-13")
    assert gone(changes(before, later, there, again=nothing)) == [Gone.RULE_CHANGED]


def test_files_that_no_longer_hold_visits_put_nothing_right():
    with a_day("2026-11-20", rules=RULES, missing=["cp_visit"], **PEOPLE) as (day, later):
        found = changes(on("2026-11-19"), later, standing_of(day))
    assert gone(found) == [Gone.CANNOT_TELL]


def test_a_visit_made_late_again_has_moved():
    # Seen on 2 November instead: due on the 16th, and late on the 20th too.
    found = since("2026-11-20", VISITS.replace("2026-10-30", "2026-11-02"))
    assert [(was.due_date, now.due_date) for was, now in found.moved] == [
        (date(2026, 11, 13), date(2026, 11, 16))
    ]


def test_known_since_is_the_first_day_of_the_run_up_to_the_newest():
    days = [on(d) for d in ("2026-11-14", "2026-11-16")] + [on("2026-11-19", SEEN_AGAIN), on("2026-11-20")]
    assert list(known_since(days[:2]).values()) == [date(2026, 11, 14)]
    assert known_since(days[:3]) == {}
    assert list(known_since(days).values()) == [date(2026, 11, 20)]


def test_days_told_out_of_their_order_are_refused():
    day = on("2026-11-14")
    with pytest.raises(ValueError, match="in their order"):
        known_since([day, day])
