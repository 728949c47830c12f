"""CP-06: is every child of four or more on a protection plan seen alone, at least every other time?

Each row of a table is a child of its own, named after what is special about it.
"""

from __future__ import annotations

import pytest
from tests.small_council import ask, said

WHOLE = ("subject_kind", "subject_id", "record_id", "status", "kind", "severity", "due_date", "days_over")


def school_child(*children: str) -> dict[str, str]:
    """Those children, born in 2015, each on a plan from 1 September 2026."""
    return {
        "child": "\n".join(["child_id | dob", *(f"{c} | 2015-01-01" for c in children)]),
        "cp_plan": "\n".join(
            [
                "child_id | plan_id | start_date",
                *(f"{c} | plan {c} | 2026-09-01" for c in children),
            ]
        ),
    }


def test_a_child_not_seen_alone_on_either_of_the_last_two_visits_is_a_breach():
    found = ask(
        "CP-06",
        "2026-11-20",
        **school_child(
            "never alone",
            "alone last time",
            "alone time before",
            "alone long ago",
            "visited once",
        ),
        cp_visit="""
        child_id          | visit_id | visit_date | seen | seen_alone
        never alone       | A1       | 2026-10-12 | Y    | N
        never alone       | A2       | 2026-11-12 | Y    | N
        alone last time   | B1       | 2026-10-12 | Y    | N
        alone last time   | B2       | 2026-11-12 | Y    | Y
        alone time before | C1       | 2026-10-12 | Y    | Y
        alone time before | C2       | 2026-11-12 | Y    | N
        alone long ago    | D1       | 2026-09-12 | Y    | Y
        alone long ago    | D2       | 2026-10-12 | Y    | N
        alone long ago    | D3       | 2026-11-12 | Y    | N
        visited once      | E1       | 2026-11-12 | Y    | N
    """,
    )
    assert said(found, *WHOLE) == [
        ("child", "alone long ago", "plan alone long ago", "breach", "norm", "amber", None, None),
        ("child", "never alone", "plan never alone", "breach", "norm", "amber", None, None),
    ]


@pytest.mark.parametrize(
    ("as_at", "expected"),
    [
        pytest.param(
            "2028-02-28", [("turned four",), ("turned four yesterday",)], id="not on the day before"
        ),
        pytest.param(
            "2028-02-29",
            [("leap day",), ("turned four",), ("turned four yesterday",)],
            id="on the fourth birthday itself",
        ),
    ],
)
def test_a_child_is_to_be_seen_alone_from_the_fourth_birthday(as_at, expected):
    tables = {
        "child": """
            child_id              | dob
            turned four yesterday | 2024-02-27
            turned four           | 2024-02-28
            leap day              | 2024-02-29
            later                 | 2024-03-01
        """,
        "cp_plan": """
            child_id              | plan_id | start_date
            turned four yesterday | P1      | 2027-12-01
            turned four           | P2      | 2027-12-01
            leap day              | P3      | 2027-12-01
            later                 | P4      | 2027-12-01
        """,
        "cp_visit": """
            plan_id | visit_id | visit_date | seen | seen_alone
            P1      | A1       | 2028-01-10 | Y    | N
            P1      | A2       | 2028-02-10 | Y    | N
            P2      | B1       | 2028-01-10 | Y    | N
            P2      | B2       | 2028-02-10 | Y    | N
            P3      | C1       | 2028-01-10 | Y    | N
            P3      | C2       | 2028-02-10 | Y    | N
            P4      | D1       | 2028-01-10 | Y    | N
            P4      | D2       | 2028-02-10 | Y    | N
        """,
    }
    assert said(ask("CP-06", as_at, **tables), "subject_id") == expected


def test_where_a_visit_does_not_say_whether_the_child_was_alone_it_cannot_be_told():
    found = ask(
        "CP-06",
        "2026-11-20",
        **school_child(
            "last not said",
            "before not said",
            "neither said",
            "not said and alone",
            "alone and not said",
            "third not said",
        ),
        cp_visit="""
        child_id           | visit_id | visit_date | seen | seen_alone
        last not said      | A1       | 2026-10-12 | Y    | N
        last not said      | A2       | 2026-11-12 | Y    |
        before not said    | B1       | 2026-10-12 | Y    |
        before not said    | B2       | 2026-11-12 | Y    | N
        neither said       | C1       | 2026-10-12 | Y    |
        neither said       | C2       | 2026-11-12 | Y    |
        not said and alone | D1       | 2026-10-12 | Y    |
        not said and alone | D2       | 2026-11-12 | Y    | Y
        alone and not said | E1       | 2026-10-12 | Y    | Y
        alone and not said | E2       | 2026-11-12 | Y    |
        third not said     | F1       | 2026-09-12 | Y    |
        third not said     | F2       | 2026-10-12 | Y    | N
        third not said     | F3       | 2026-11-12 | Y    | N
    """,
    )
    assert said(found, "subject_id", "status", "due_date") == [
        ("before not said", "cannot_tell", None),
        ("last not said", "cannot_tell", None),
        ("neither said", "cannot_tell", None),
        ("third not said", "breach", None),
    ]


def test_a_visit_that_does_not_say_whether_the_child_was_seen_matters_only_where_it_would_end_the_breach():
    found = ask(
        "CP-06",
        "2026-11-20",
        **school_child(
            "alone if seen",
            "alone if seen between",
            "alone too long ago",
            "not alone if seen",
            "not seen alone",
        ),
        cp_visit="""
        child_id              | visit_id | visit_date | seen | seen_alone
        alone if seen         | A1       | 2026-10-12 | Y    | N
        alone if seen         | A2       | 2026-11-12 | Y    | N
        alone if seen         | A3       | 2026-11-16 |      | Y
        alone if seen between | B1       | 2026-10-12 | Y    | N
        alone if seen between | B2       | 2026-11-02 |      | Y
        alone if seen between | B3       | 2026-11-12 | Y    | N
        alone too long ago    | C1       | 2026-09-12 |      | Y
        alone too long ago    | C2       | 2026-10-12 | Y    | N
        alone too long ago    | C3       | 2026-11-12 | Y    | N
        not alone if seen     | D1       | 2026-10-12 | Y    | N
        not alone if seen     | D2       | 2026-11-12 | Y    | N
        not alone if seen     | D3       | 2026-11-16 |      | N
        not seen alone        | E1       | 2026-10-12 | Y    | N
        not seen alone        | E2       | 2026-11-12 | Y    | N
        not seen alone        | E3       | 2026-11-16 | N    | Y
    """,
    )
    assert said(found, "subject_id", "status") == [
        ("alone if seen", "cannot_tell"),
        ("alone if seen between", "cannot_tell"),
        ("alone too long ago", "breach"),
        ("not alone if seen", "breach"),
        ("not seen alone", "breach"),
    ]


def test_visits_count_for_the_plan_they_name_and_only_those_since_its_start_and_up_to_the_day():
    found = ask(
        "CP-06",
        "2026-11-20",
        **school_child(
            "no plan named",
            "another plan's",
            "one before the start",
            "one tomorrow",
            "in need visits",
            "one on the start",
        ),
        cp_visit="""
        child_id             | plan_id               | visit_id | visit_date | seen | seen_alone
        no plan named        |                       | A1       | 2026-10-12 | Y    | N
        no plan named        |                       | A2       | 2026-11-12 | Y    | N
        another plan's       | plan another plan's   | B1       | 2026-10-12 | Y    | N
        another plan's       | P99                   | B2       | 2026-11-12 | Y    | N
        one before the start |                       | C1       | 2026-08-31 | Y    | N
        one before the start |                       | C2       | 2026-11-12 | Y    | N
        one on the start     |                       | D1       | 2026-09-01 | Y    | N
        one on the start     |                       | D2       | 2026-11-12 | Y    | N
        one tomorrow         |                       | E1       | 2026-11-12 | Y    | N
        one tomorrow         |                       | E2       | 2026-11-21 | Y    | N
    """,
        cin_visit="""
        child_id             | visit_id | visit_date | seen | seen_alone
        in need visits       | N1       | 2026-10-12 | Y    | N
        in need visits       | N2       | 2026-11-12 | Y    | N
    """,
    )
    assert said(found, "subject_id") == [("no plan named",), ("one on the start",)]


def test_who_is_asked_about():
    found = ask(
        "CP-06",
        "2026-11-20",
        child="""
        child_id             | dob        | expected_dob | death_date
        age unknown          |            |              |
        age unknown and once |            |              |
        unborn               |            | 2027-01-10   |
        grown up             | 2000-01-01 |              |
        died                 | 2015-01-01 |              | 2026-11-20
        other council's      | 2015-01-01 |              |
        ended                | 2015-01-01 |              |
    """,
        cp_plan="""
        child_id             | plan_id | start_date | end_date   | other_council
        age unknown          | P1      | 2026-09-01 |            |
        age unknown and once | P2      | 2026-09-01 |            |
        unborn               | P3      | 2026-09-01 |            |
        grown up             | P4      | 2026-09-01 |            |
        died                 | P5      | 2026-09-01 |            |
        other council's      | P6      | 2026-09-01 |            | Y
        ended                | P7      | 2026-09-01 | 2026-11-20 |
    """,
        cp_visit="\n".join(
            [
                "plan_id | visit_id | visit_date | seen | seen_alone",
                *(f"P{n} | P{n}A | 2026-10-12 | Y | N" for n in (1, 3, 4, 5, 6, 7)),
                *(f"P{n} | P{n}B | 2026-11-12 | Y | N" for n in range(1, 8)),
            ]
        ),
    )
    assert said(found, "subject_id", "status") == [("age unknown", "cannot_tell"), ("grown up", "breach")]
