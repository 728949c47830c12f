"""People of a small council, and findings written by hand, for the tests of what is said of them."""

from __future__ import annotations

from datetime import date
from typing import Any

from evenlode.oversight.finding import Finding, opened
from evenlode.oversight.names import ChildNamed, Names, WorkerNamed
from evenlode.oversight.sentences import Said, Speaker
from evenlode.policy import shipped_policy
from evenlode.rules.book import RULE_BY_ID

LA = "999"
AS_AT = date(2026, 11, 20)  # a Friday

NAMES = Names(
    AS_AT,
    children={
        (LA, "1"): ChildNamed("Juniper", "Saltmarsh", "F", date(2026, 6, 1)),
        (LA, "2"): ChildNamed("Otis", "Larkspur", "M", date(2021, 3, 1), family="F1"),
        (LA, "3"): ChildNamed("Fenn", "Larkspur", "F", date(2023, 3, 1), family="F1"),
        (LA, "4"): ChildNamed("Tansy", "Millrace", "F", date(2026, 10, 1)),
        (LA, "5"): ChildNamed("Kit", "Tormentil", "", date(2017, 3, 1)),
        (LA, "6"): ChildNamed("", "", "", None, unborn=True),
    },
    workers={
        (LA, "W1"): WorkerNamed("Leila Teasel", team_id="T1"),
        (LA, "W2"): WorkerNamed("Jory Fennel", left_on=date(2026, 11, 6), team_id="T1"),
        (LA, "W3"): WorkerNamed("Duty team", placeholder=True),
    },
    teams={(LA, "T1"): "Kestrel team"},
    actions={(LA, "A1"): "Refer for a parenting assessment"},
)
SPEAKER = Speaker(NAMES, shipped_policy())


def finding(
    rule_id: str,
    subject: str,
    *,
    due: str = "",
    state: str = "overdue",
    severity: str = "",
    worker: str = "W1",
    team: str = "T1",
    record: str = "",
    **evidence: Any,
) -> Finding:
    rule = RULE_BY_ID[rule_id]
    day = date.fromisoformat(due) if due else None
    return Finding(
        LA,
        rule_id,
        rule.subject,
        subject,
        record,
        state,
        str(rule.kind),
        severity or str(rule.severities[0]),
        day,
        None if day is None else (AS_AT - day).days,
        worker if rule.subject == "child" else subject if rule.subject == "worker" else "",
        team,
        {name: opened(value) for name, value in evidence.items()},
    )


def said(*args: Any, children: list[str] | None = None, aged: bool = True, **more: Any) -> Said:
    whom = [(LA, c) for c in children] if children else None
    return SPEAKER.say(finding(*args, **more), whom, aged=aged)


def plain(text: str) -> str:
    """Without the spaces that keep day and month together."""
    return text.replace("\u00a0", " ")
