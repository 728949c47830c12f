"""The indicators of drift, DR-01 to DR-20 of practice-standards 8: which findings make each one true.

An indicator that is made of other rules' findings is no finding of its own: it would tell the same
thing twice.  `drift_list` reads them off what the rules said.
"""

from __future__ import annotations

from dataclasses import dataclass

from evenlode.rules.rule import Severity

CHILD, WORKER = "child", "worker"


@dataclass(frozen=True)
class Part:
    """One rule whose findings make an indicator true.

    only: the severities that count; all of them where it is empty.
    since: the name in the evidence of the day since when, where the finding has no due date.
    apart: the name in the evidence of a yes by which the finding is listed apart and not counted.
    """

    rule_id: str
    only: tuple[Severity, ...] = ()
    since: str = ""
    apart: str = ""


@dataclass(frozen=True)
class Indicator:
    """One sign of drift.

    question: what a manager would ask.  about: a child, or the worker who leads the child; what is true
    of a worker is said beside each of their children and counted for none of them.
    """

    id: str
    name: str
    question: str
    parts: tuple[Part, ...]
    about: str = CHILD


RED = (Severity.RED,)

INDICATORS: tuple[Indicator, ...] = (
    Indicator(
        "DR-01",
        "Long protection plan",
        "Has the protection plan run for nine months or longer?",
        (Part("CP-10"), Part("CP-11")),
    ),
    Indicator(
        "DR-02",
        "Long child in need plan",
        "Has the child in need plan run for six months or longer?",
        (Part("CIN-05", apart="only_noted"),),
    ),
    Indicator(
        "DR-03",
        "Repeat work",
        "Has the child come back, been planned for before, or been assessed again and again?",
        (
            Part("CP-12", since="start_date"),
            Part("REF-02", since="referral_date"),
            Part("DR-03a", since="last_start"),
        ),
    ),
    Indicator(
        "DR-04",
        "Assessment delay",
        "Does the assessment run late, or was it signed off late?",
        (Part("ASM-01", since="was_due"), Part("ASM-04")),
    ),
    Indicator(
        "DR-05",
        "Allocation delay",
        "Does the child wait too long for a worker, or for one of the long-term team?",
        (Part("AL-09"), Part("AL-04")),
    ),
    Indicator(
        "DR-06",
        "No supervision",
        "Has the child not been talked about for one and a half times as long as agreed?",
        tuple(Part(rule, RED) for rule in ("SUP-05", "SUP-06", "SUP-07", "SUP-08", "SUP-09")),
    ),
    Indicator(
        "DR-07",
        "Actions stuck",
        "Does an agreed action drift, or is half of what was agreed overdue?",
        (Part("DR-07"),),
    ),
    Indicator(
        "DR-08",
        "Plan without dates",
        "Has the plan no review date, or actions without one?",
        (Part("DR-08", since="start_date"),),
    ),
    Indicator(
        "DR-09",
        "Visits not happening",
        "Were two visits missed one after another, or has nobody seen the child?",
        (Part("DR-09"),),
    ),
    Indicator(
        "DR-10",
        "Child not seen alone",
        "Has the child not been seen alone for three intervals?",
        (Part("DR-10"),),
    ),
    Indicator(
        "DR-11",
        "Review missed or not brought forward",
        "Is a review late, or was none held after a placement broke down?",
        tuple(Part(rule) for rule in ("CP-03", "CP-04", "CLA-R1", "CLA-R2", "CLA-R3", "CLA-R5")),
    ),
    Indicator(
        "DR-12",
        "Placement instability",
        "Has the child moved too often, or live in a home that is not registered?",
        (Part("CLA-S1"), Part("CLA-S3"), Part("CLA-S4", since="last_end")),
    ),
    Indicator(
        "DR-13",
        "Worker churn",
        "Have too many workers come and gone, or was there a long gap between two?",
        (Part("CW-02"), Part("CW-04", since="last_change"), Part("CW-08", RED, since="last_ended")),
    ),
    Indicator(
        "DR-14",
        "Stalled court track",
        "Have proceedings or pre-proceedings run too long, or is a child in care by agreement without a plan?",
        (Part("CT-01"), Part("CT-02", RED), Part("CT-04")),
    ),
    Indicator("DR-15", "Absent worker", "Is the worker away, with nobody covering?", (Part("AL-12"),)),
    Indicator(
        "DR-16", "No manager's voice", "Has no manager written on the record in time?", (Part("DR-16"),)
    ),
    Indicator(
        "DR-17",
        "Mismatch",
        "Does a new worker hold what a new worker should not hold alone?",
        (Part("DR-17"),),
    ),
    Indicator(
        "DR-18",
        "Overload",
        "Does the child's worker hold more than there is room for?",
        (Part("DR-18"), Part("DR-18a")),
        WORKER,
    ),
    Indicator("DR-19", "Nothing recorded", "Has nothing been recorded for 30 days?", (Part("DR-19"),)),
    Indicator("DR-20", "Pathway plan stale", "Is the pathway plan out of date?", (Part("DR-20"),)),
)

INDICATOR_BY_ID: dict[str, Indicator] = {i.id: i for i in INDICATORS}
