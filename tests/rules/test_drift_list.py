"""The drift list: which signs are true of a child, since when, and in which order children stand."""

from __future__ import annotations

import json
from datetime import date

import pyarrow as pa
import pytest
from tests.small_council import COUNCIL, evaluation

from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.drift_list import drift_list
from evenlode.rules.indicators import INDICATORS
from evenlode.rules.results import FOUND_SCHEMA, Evaluation

D = "2026-11-20"


def said_by_rules(*findings: str, missing=()) -> Evaluation:
    """Findings written as "rule_id | id | status | severity | due_date | evidence"; an id "w…" is a worker."""
    rows = []
    for finding in findings:
        rule, subject, status, severity, due, evidence = (c.strip() for c in finding.split("|"))
        due_date = date.fromisoformat(due) if due else None
        worker = subject.startswith("w")
        rows.append(
            {
                "la_code": COUNCIL,
                "rule_id": rule,
                "subject_kind": "worker" if worker else "child",
                "subject_id": subject,
                "record_id": "",
                "status": status,
                "kind": str(RULE_BY_ID[rule].kind),
                "severity": severity,
                "due_date": due_date,
                "days_over": (date.fromisoformat(D) - due_date).days if due_date else None,
                "worker_id": subject if worker else "w1",
                "team_id": "T1",
                "evidence": evidence or "{}",
            }
        )
    return Evaluation(
        as_at=date.fromisoformat(D),
        rules_version="",
        policy_fingerprint="",
        findings=pa.Table.from_pylist(rows, schema=FOUND_SCHEMA),
        due_soon=pa.Table.from_pylist([], schema=FOUND_SCHEMA),
        loads=(),
        in_time={},
        missing={(COUNCIL, rule): why for rule, why in missing},
    )


def listed(found: Evaluation, *, on_plan="", in_care=""):
    return drift_list(
        found,
        on_plan={(COUNCIL, c) for c in on_plan.split()},
        in_care={(COUNCIL, c) for c in in_care.split()},
    )


def ids(indicators) -> str:
    return " ".join(i.id for i in indicators)


def true_of(found: Evaluation) -> dict[str, str]:
    """Each child on the list, with the ids of what is true."""
    return {row.child_id: ids(row.indicators) for row in listed(found).rows if row.signs}


TRUE = [
    ("DR-01", "CP-10", "flag", "note"),
    ("DR-01", "CP-11", "flag", "red"),
    ("DR-02", "CIN-05", "flag", "note"),
    ("DR-03", "CP-12", "flag", "amber"),
    ("DR-03", "REF-02", "flag", "note"),
    ("DR-03", "DR-03a", "flag", "note"),
    ("DR-04", "ASM-01", "flag", "note"),
    ("DR-04", "ASM-04", "overdue", "red"),
    ("DR-05", "AL-09", "overdue", "amber"),
    ("DR-05", "AL-04", "overdue", "red"),
    *(("DR-06", f"SUP-0{n}", "overdue", "red") for n in range(5, 10)),
    ("DR-07", "DR-07", "flag", "note"),
    ("DR-08", "DR-08", "flag", "amber"),
    ("DR-09", "DR-09", "flag", "red"),
    ("DR-10", "DR-10", "flag", "amber"),
    *(("DR-11", rule, "overdue", "red") for rule in ("CP-03", "CP-04", "CLA-R1", "CLA-R2", "CLA-R3")),
    ("DR-11", "CLA-R5", "overdue", "amber"),
    ("DR-12", "CLA-S1", "breach", "amber"),
    ("DR-12", "CLA-S3", "breach", "red"),
    ("DR-12", "CLA-S4", "breach", "red"),
    ("DR-13", "CW-02", "breach", "amber"),
    ("DR-13", "CW-04", "breach", "amber"),
    ("DR-13", "CW-08", "flag", "red"),
    ("DR-14", "CT-01", "overdue", "red"),
    ("DR-14", "CT-02", "overdue", "red"),
    ("DR-14", "CT-04", "overdue", "amber"),
    ("DR-15", "AL-12", "overdue", "red"),
    ("DR-16", "DR-16", "overdue", "amber"),
    ("DR-17", "DR-17", "flag", "red"),
    ("DR-19", "DR-19", "overdue", "amber"),
    ("DR-20", "DR-20", "flag", "amber"),
]


@pytest.mark.parametrize(("indicator", "rule", "status", "severity"), TRUE)
def test_each_finding_that_shows_drift_puts_its_child_on_the_list(indicator, rule, status, severity):
    assert true_of(said_by_rules(f"{rule} | 1 | {status} | {severity} | |")) == {"1": indicator}


@pytest.mark.parametrize(("indicator", "rule", "status", "severity"), TRUE)
def test_what_a_record_cannot_tell_is_counted_and_puts_nobody_on_the_list(indicator, rule, status, severity):
    found = listed(said_by_rules(f"{rule} | 1 | cannot_tell | {severity} | |"))
    assert found.rows == ()
    assert {t.indicator.id: (t.children, t.unknown) for t in found.told if t.unknown} == {indicator: (0, 1)}


def test_every_indicator_but_the_workers_own_is_shown_to_be_true_by_some_case():
    assert {i for i, *_ in TRUE} == {i.id for i in INDICATORS if i.about == "child"}


@pytest.mark.parametrize(
    ("rule", "severity"),
    [
        pytest.param("SUP-05", "amber", id="supervision over its interval, not yet by half"),
        pytest.param("CW-08", "note", id="a gap of five working days or fewer"),
        pytest.param("CT-02", "amber", id="the review of pre-proceedings is late, sixteen weeks are not up"),
        pytest.param("CP-05", "red", id="one visit missed"),
    ],
)
def test_a_finding_that_is_late_and_no_drift_yet_does_not_count(rule, severity):
    assert true_of(said_by_rules(f"{rule} | 1 | overdue | {severity} | 2026-11-01 |")) == {}


def test_one_indicator_shown_by_two_findings_counts_once_and_shows_both():
    (row,) = listed(
        said_by_rules(
            'CW-04 | 1 | breach | amber | | {"last_change": "2026-10-01"}', "CW-02 | 1 | breach | amber | |"
        )
    ).rows
    assert ids(row.indicators) == "DR-13"
    assert [s.rule_id for s in row.signs] == ["CW-02", "CW-04"]


def test_a_sign_is_true_since_the_day_that_was_missed_or_that_the_evidence_names():
    (row,) = listed(
        said_by_rules(
            'ASM-01 | 1 | flag | note | | {"was_due": "2026-07-07"}',
            "SUP-06 | 1 | overdue | red | 2026-09-01 |",
            "CW-02 | 1 | breach | amber | |",
        )
    ).rows
    told = {s.rule_id: (s.since and s.since.isoformat(), s.days_over) for s in row.signs}
    # 1 September to 20 November: 29 + 31 + 20 = 80 days.
    assert told == {"ASM-01": ("2026-07-07", None), "SUP-06": ("2026-09-01", 80), "CW-02": (None, None)}
    assert (row.since, row.days_over) == (date(2026, 7, 7), 80)


def test_children_stand_in_the_order_of_law_then_plan_or_care_then_signs_then_days():
    found = said_by_rules(
        # Of no plan: three signs, long overdue.
        "DR-07 | 5 | flag | note | |",
        "DR-16 | 5 | overdue | amber | 2026-01-01 |",
        "DR-19 | 5 | overdue | amber | 2026-01-01 |",
        # On a plan: one sign, one day overdue.
        "DR-16 | 4 | overdue | amber | 2026-11-19 |",
        # In care: two signs.
        "DR-07 | 3 | flag | note | |",
        "DR-16 | 3 | overdue | amber | 2026-11-19 |",
        # Of no plan, and a visit that the law asks for is late: it is no sign of drift, and comes first.
        "DR-07 | 2 | flag | note | |",
        "PF-02 | 2 | overdue | red | 2026-11-19 |",
        # On a plan: one sign, two days overdue; 10 comes after 9, ids being numbers.
        "DR-16 | 10 | overdue | amber | 2026-11-18 |",
        "DR-16 | 9 | overdue | amber | 2026-11-18 |",
        # Nothing was due at all.
        "CW-02 | 6 | breach | amber | |",
    )
    rows = listed(found, on_plan="4 9 10 6", in_care="3").rows
    assert [r.child_id for r in rows] == ["2", "3", "9", "10", "4", "6", "5"]
    assert {r.child_id: r.statute for r in rows if r.statute} == {"2": ("PF-02",)}


def test_a_duty_that_may_yet_be_kept_or_cannot_be_told_is_no_breach():
    (row,) = listed(
        said_by_rules(
            "DR-07 | 1 | flag | note | |", "PF-02 | 1 | cannot_tell | red | |", "CL-01 | 1 | flag | amber | |"
        )
    ).rows
    assert row.statute == ()


def test_a_broken_duty_without_a_sign_of_drift_is_not_on_the_list():
    assert listed(said_by_rules("PF-02 | 1 | overdue | red | 2026-11-19 |")).rows == ()


def test_the_long_plan_of_a_disabled_child_is_listed_apart_and_last():
    apart = 'CIN-05 | {} | flag | note | 2026-01-01 | {{"only_noted": true}}'
    rows = listed(
        said_by_rules(apart.format(1), apart.format(2), "DR-07 | 2 | flag | note | |"), on_plan="1"
    ).rows
    assert [(r.child_id, ids(r.indicators), ids(s.indicator for s in r.apart)) for r in rows] == [
        ("2", "DR-07", "DR-02"),
        ("1", "", "DR-02"),
    ]


@pytest.mark.parametrize("rule", ["DR-18", "DR-18a"])
def test_an_overloaded_worker_is_said_beside_each_child_and_counted_for_none(rule):
    found = listed(said_by_rules(f"{rule} | w1 | breach | note | |", "DR-07 | 1 | flag | note | |"))
    assert [(r.child_id, ids(r.indicators), ids(s.indicator for s in r.of_worker)) for r in found.rows] == [
        ("1", "DR-07", "DR-18")
    ]
    assert {t.indicator.id: t.children for t in found.told if t.children} == {"DR-07": 1, "DR-18": 1}
    assert listed(said_by_rules(f"{rule} | w1 | breach | note | |")).rows == ()


def test_what_one_finding_shows_is_not_unknown_because_another_cannot_tell():
    (row,) = listed(
        said_by_rules(
            "CLA-S1 | 1 | breach | amber | |",
            "CLA-S3 | 1 | cannot_tell | red | |",
            "DR-10 | 1 | cannot_tell | amber | |",
        )
    ).rows
    assert (ids(row.indicators), ids(row.unknown)) == ("DR-12", "DR-10")


def test_what_the_councils_files_lack_is_said_of_the_indicator():
    found = listed(said_by_rules(missing=[("CT-01", "a"), ("CT-02", "b"), ("CT-04", "c"), ("CP-11", "d")]))
    lacking = {t.indicator.id: t.not_at_all for t in found.told if t.missing}
    assert lacking == {"DR-01": False, "DR-14": True}


def test_a_list_can_be_narrowed_to_one_team():
    found = listed(said_by_rules("DR-07 | 1 | flag | note | |"))
    assert [r.child_id for r in found.of_team("T1").rows] == ["1"]
    assert found.of_team("T2").rows == ()


# From rows of the record, through the rules: the last day on which nothing is true, and the next.

BORN = "child_id | dob\n1 | 2015-03-01"
OPEN = {
    "child": BORN,
    "episode": "child_id | episode_id | referral_date | primary_need\n1 | R1 | 2026-01-05 | {}",
}


def opened(need="N1", **tables):
    return {"child": BORN, "episode": OPEN["episode"].format(need), **tables}


def protected(start):
    return opened(cp_plan=f"child_id | plan_id | start_date\n1 | P1 | {start}")


def in_need(start, need="N1"):
    return opened(need, cin_plan=f"child_id | plan_id | start_date | episode_id\n1 | N1 | {start} | R1")


def talked_about(day):
    return in_need("2026-01-05") | {
        "supervision": f"child_id | note_id | note_type | held_date\n1 | S1 | Case Supervision | {day}"
    }


def assessed(first):
    return opened(
        assessment="child_id | assessment_id | episode_id | start_date | authorised_date\n"
        f"1 | A1 | R0 | {first} | 2025-01-10\n1 | A2 | R0 | 2025-06-02 | 2025-06-20\n"
        "1 | A3 | R0 | 2026-01-05 | 2026-01-30"
    )


def assessment_of(referral):
    return {
        "child": BORN,
        "episode": f"child_id | episode_id | referral_date\n1 | R1 | {referral}",
        "assessment": f"child_id | assessment_id | episode_id | start_date\n1 | A1 | R1 | {referral}",
    }


def in_court(issued):
    return opened(key_date=f"child_id | date_kind | start_date\n1 | care proceedings | {issued}")


def led_by(third):
    spells = f"1 | a | 2025-01-06 | 2026-01-31\n2 | b | 2026-02-01 | {third}\n3 | c | {third} |"
    return opened(
        worker="worker_id | name\na | Ann\nb | Bob\nc | Cat",
        involvement="involvement_id | child_id | role | worker_id | start_date | end_date\n"
        + "\n".join(
            "{} | 1 | CW | {} | {} | {}".format(*(c.strip() for c in s.split("|")))
            for s in spells.split("\n")
        ),
    )


@pytest.mark.parametrize(
    ("indicator", "rules", "shown", "clean"),
    [
        # 20 February + 9 months = 20 November, reached on the day.
        ("DR-01", ["CP-10", "CP-11"], protected("2026-02-20"), protected("2026-02-21")),
        # 20 May + 6 months = 20 November.
        ("DR-02", ["CIN-05"], in_need("2026-05-20"), in_need("2026-05-21")),
        # Three in 24 months: an assessment begun on 20 November 2024 is out of them today.
        ("DR-03", ["DR-03a"], assessed("2024-11-21"), assessed("2024-11-20")),
        # 17 September + 45 working days = nine weeks = 19 November.
        ("DR-04", ["ASM-04"], assessment_of("2026-09-17"), assessment_of("2026-09-18")),
        # 5 November + 14 days = 19 November.
        ("DR-05", ["AL-04"], assessment_of("2026-11-05"), assessment_of("2026-11-06")),
        # 56 days and half of it again: 28 August + 84 days = 20 November, red on the day.
        ("DR-06", ["SUP-06"], talked_about("2026-08-28"), talked_about("2026-08-29")),
        # 19 August + 3 months = 19 November.
        ("DR-11", ["CP-03"], protected("2026-08-19"), protected("2026-08-20")),
        # 21 May + 182 days = 19 November.
        ("DR-14", ["CT-01"], in_court("2026-05-21"), in_court("2026-05-22")),
    ],
)
def test_a_sign_becomes_true_on_its_day_and_not_before(indicator, rules, shown, clean):
    assert true_of(evaluation(D, rules=rules, **shown)) == {"1": indicator}
    assert true_of(evaluation(D, rules=rules, **clean)) == {}


def test_a_third_worker_within_the_year_is_churn():
    assert true_of(evaluation(D, rules=["CW-02", "CW-04", "CW-08"], **led_by("2026-06-01"))) == {"1": "DR-13"}
    # Ann's spell ended before the twelve months began.
    earlier = led_by("2026-06-01")
    earlier["involvement"] = (
        earlier["involvement"].replace("2026-01-31", "2025-11-20").replace("2026-02-01", "2025-11-20")
    )
    assert true_of(evaluation(D, rules=["CW-02", "CW-04", "CW-08"], **earlier)) == {}


def test_the_plan_of_a_child_whose_need_is_a_disability_is_apart():
    (row,) = listed(evaluation(D, rules=["CIN-05"], **in_need("2025-01-06", "N2"))).rows
    assert (ids(row.indicators), ids(s.indicator for s in row.apart)) == ("", "DR-02")


def test_assessments_of_a_child_who_is_no_longer_open_are_not_repeat_work():
    closed = assessed("2024-11-21")
    closed["episode"] = "child_id | episode_id | referral_date | close_date\n1 | R1 | 2026-01-05 | 2026-02-01"
    assert true_of(evaluation(D, rules=["DR-03a"], **closed)) == {}


def holders(*children):
    """The findings of DR-18a for one team whose workers lead so many children each."""
    led = [(worker, child) for worker, many in enumerate(children) for child in range(many)]
    found = evaluation(
        D,
        rules=["DR-18a"],
        team="team_id | name\nT1 | North",
        worker="\n".join(
            ["worker_id | name | department", *(f"{w} | Ann Reed | North" for w in range(len(children)))]
        ),
        child="\n".join(["child_id | dob", *(f"{w}-{c} | 2015-01-01" for w, c in led)]),
        episode="\n".join(
            ["child_id | episode_id | referral_date", *(f"{w}-{c} | {w}-{c} | 2026-01-05" for w, c in led)]
        ),
        involvement="\n".join(
            [
                "involvement_id | child_id | worker_id | role | start_date",
                *(f"{w}-{c} | {w}-{c} | {w} | CW | 2026-01-05" for w, c in led),
            ]
        ),
    )
    return {
        r["subject_id"]: json.loads(r["evidence"])["team_upper_quartile"]
        for r in found.findings.to_pylist()
        if r["subject_kind"] == "worker"
    }


def test_a_worker_far_above_three_quarters_of_the_team_is_shown():
    # Of four, the third holds 4: a quarter above it is 5, and 6 is over that.
    assert holders(4, 4, 4, 6) == {"3": 4}
    assert holders(4, 4, 4, 5) == {}


def test_a_very_small_team_is_not_compared():
    assert holders(1, 1, 6) == {}
