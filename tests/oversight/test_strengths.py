"""What is praised, and only where the record leaves no doubt: three children seen for three months."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oversight.council import a_day

from evenlode.calendar import ENGLAND
from evenlode.oversight.people import names_of
from evenlode.oversight.strengths import Strength, Visited, in_time_since, strengths, visited
from evenlode.policy import shipped_policy

POLICY = shipped_policy()


def walked(
    seen: list[str], *, first: str, as_at: str, start: str = "2026-08-03", clock: str = "cp_visit"
) -> int | None:
    days = tuple(sorted(date.fromisoformat(d) for d in seen))
    plan = Visited(("999", "1"), ("999", "W1"), ("999", "T1"), None, clock, date.fromisoformat(start), days)
    return in_time_since(plan, date.fromisoformat(first), date.fromisoformat(as_at), POLICY)


# From Monday 3 August ten working days run to the 17th; from the 17th to Tuesday 1 September (the 31st is a holiday).
@pytest.mark.parametrize(
    ("seen", "as_at", "visits"),
    [
        (["2026-08-17"], "2026-09-01", 1),
        (["2026-08-17"], "2026-09-02", None),
        (["2026-08-18"], "2026-08-20", 1),
        (["2026-08-19"], "2026-08-20", None),
        (["2026-08-17", "2026-09-01"], "2026-09-15", 2),
    ],
)
def test_visits_are_in_time_where_on_no_day_the_date_had_gone_by(seen, as_at, visits):
    assert walked(seen, first="2026-08-10", as_at=as_at) == visits


def test_a_visit_that_was_late_before_the_three_months_does_not_count_against_them():
    assert walked(["2026-08-25"], first="2026-08-25", as_at="2026-09-01") == 1


@settings(max_examples=80, deadline=None)
@given(st.lists(st.integers(1, 80), max_size=8, unique=True), st.integers(10, 90))
def test_it_agrees_with_looking_at_every_single_day(steps, length):
    start = date(2026, 8, 3)
    seen = sorted(start + timedelta(days=n) for n in steps)
    as_at, first = start + timedelta(days=length), start + timedelta(days=5)
    late = False
    for n in range((as_at - first).days + 1):
        day = first + timedelta(days=n)
        base = max([d for d in seen if d <= day], default=start)
        late = late or ENGLAND.add(base, 10) < day
    told = walked([d.isoformat() for d in seen], first=first.isoformat(), as_at=as_at.isoformat())
    assert (told is None) is late


def council(
    children: int = 3, *, led_since: str = "2026-06-01", visits_until: str = "2026-11-18"
) -> dict[str, str]:
    """So many children on plans since 1 June, led by one worker, seen every second Wednesday."""
    ids = [str(n) for n in range(1, children + 1)]
    wednesdays = [date(2026, 6, 3) + timedelta(days=14 * n) for n in range(13)]
    visits = [
        f"V{c}-{n} | {c} | P{c} | {d} | Y | Y"
        for c in ids
        for n, d in enumerate(wednesdays)
        if d <= date.fromisoformat(visits_until)
    ]

    def table(head: str, rows: list[str]) -> str:
        return "\n".join([head, *rows])

    return {
        "child": table("child_id | dob", [f"{c} | 2015-01-01" for c in ids]),
        "cp_plan": table("child_id | plan_id | start_date", [f"{c} | P{c} | 2026-06-01" for c in ids]),
        "cp_visit": table("visit_id | child_id | plan_id | visit_date | seen | seen_alone", visits),
        "involvement": table(
            "involvement_id | child_id | worker_id | team_id | role | start_date",
            [f"I{c} | {c} | W1 | T1 | CW | {led_since}" for c in ids],
        ),
        "worker": "worker_id | name\nW1 | Chidi Harebell",
    }


def found(as_at: str = "2026-11-20", **tables: str) -> tuple[Strength, ...]:
    with a_day(as_at, rules=["CP-05", "CIN-02", "AL-01", "CL-04", "PF-01", "CLA-S3"], **tables) as (day, _):
        plans, untold = visited(day)
        return strengths(plans, untold, names=names_of(day), policy=day.policy)


def test_a_worker_who_saw_all_their_children_in_time_is_told_with_the_figures():
    # Thirteen Wednesdays from 3 June to 18 November; since 20 August: 26 August and six more, of three children.
    (one,) = found(**council())
    assert one.sentence == (
        "Chidi Harebell has seen all 3 of their children on a plan in time for three months, 21 visits. "
        "Worth saying at the next supervision."
    )


@pytest.mark.parametrize(
    "tables",
    [
        council(2),
        council(led_since="2026-10-01"),
        council(visits_until="2026-11-04"),
        {**council(), "plan_interval": "child_id | plan_id | visit_every_days\n1 | P1 | 7"},
    ],
    ids=["too few to say it", "not led for so long", "one is late now", "an interval of their own"],
)
def test_nothing_is_said_where_it_is_not_certain(tables):
    as_at = "2026-11-20"
    assert found(as_at, **tables) == ()
