"""What stands on Today and in which order: declared, so that a manager can read why a line is where it is.

A family or a worker has one line: in the first group that takes any finding of theirs.  Every group has
a line kept for it, so that a flood in one hides no other; what is left of the twelve goes to the groups
in their order.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from evenlode.rules.rule import Severity, Status

MOST_LINES = 12
"""Today is a digest, never a flood."""

LATE = frozenset({Status.OVERDUE, Status.BREACH, Status.FLAG})
SOON = frozenset({Status.DUE_SOON})
ANY = frozenset(Severity)
PRESSING = frozenset({Severity.RED, Severity.AMBER})
RED = frozenset({Severity.RED})


class By(StrEnum):
    """What puts one line of a group before another."""

    TAKEN = "in the order of the group's rules"
    UNDER_ONE = "unborn children and those under one first"
    RED = "red first"
    NEVER = "where it never happened first"
    TO_COME = "days that can still be kept first"
    DATE = "the earliest due date first"
    LONGEST = "the longest first"


class Role(StrEnum):
    """For whom a Today is made."""

    WORKER = "social worker"
    TEAM_MANAGER = "team manager"
    HEAD_OF_SERVICE = "head of service"
    DIRECTOR = "director"


@dataclass(frozen=True)
class Takes:
    """Findings that a group takes: of these rules, in these states and this pressing."""

    rules: tuple[str, ...]
    statuses: frozenset[Status] = LATE
    severities: frozenset[Severity] = ANY


@dataclass(frozen=True)
class Group:
    """One heading of Today: what it takes (the most telling first), its order, how many lines at most."""

    name: str
    title: str
    takes: tuple[Takes, ...]
    order: tuple[By, ...]
    at_most: int = MOST_LINES
    roles: frozenset[Role] = frozenset(Role)


VISITS = (
    *(
        "CP-08b",
        "CP-08",
        "CP-05",
        "CP-05b",
        "CLA-V7",
        "CLA-V6",
        "CLA-V8",
        "CLA-V1",
        "CLA-V2",
        "CLA-V3",
        "CLA-V4",
    ),
    *(
        "CLA-V5",
        "CLA-V9",
        "CLA-V10",
        "PF-01",
        "PF-02",
        "PF-03",
        "AL-05",
        "ASM-03",
        "CIN-02",
        "CL-05",
        "CL-06",
    ),
)
"""Children who were to be seen by a date."""

LEGAL_VISITS = (
    *("CLA-V7", "CLA-V6", "CLA-V8", "CLA-V1", "CLA-V2", "CLA-V3", "CLA-V4", "CLA-V5", "CLA-V9"),
    *("PF-01", "PF-02", "PF-03", "CL-05", "CL-06"),
)
LEGAL_DATES = (
    *("S47-01", "S47-02", "CP-03", "CP-04", "CP-01", "REF-01", "ASM-04", "CLA-R1", "CLA-R2", "CLA-R3"),
    *("CLA-P1", "CLA-H1", "CLA-H2", "CLA-E1", "CLA-M1", "CT-01", "CL-04", "CL-02"),
)
"""Dates set by law or statutory guidance, other than visits."""

STRENGTH = "strength"

GROUPS: tuple[Group, ...] = (
    Group(
        "nobody",
        "Nobody is holding the child",
        (Takes(("AL-01",), severities=RED), Takes(("AL-04",)), Takes(("AL-12",)), Takes(("AL-01", "AL-08"))),
        (By.TAKEN, By.UNDER_ONE, By.LONGEST),
    ),
    Group(
        "not_seen",
        "Not seen",
        (Takes(VISITS),),
        (By.UNDER_ONE, By.RED, By.LONGEST),
    ),
    Group(
        "legal",
        "Legal dates: the next 5 working days, and any gone by",
        (Takes((*LEGAL_DATES, *LEGAL_VISITS), SOON), Takes(LEGAL_DATES)),
        (By.TO_COME, By.DATE),
    ),
    Group(
        "complex",
        "Complex work without an experienced co-worker",
        (
            Takes(("NQ-13", "CIN-08")),
            Takes(("NQ-07", "NQ-08", "NQ-09", "NQ-10"), severities=PRESSING),
            Takes(("DR-17",), severities=RED),
        ),
        (By.RED, By.UNDER_ONE, By.LONGEST),
    ),
    Group(
        "supervision",
        "Supervision",
        (
            Takes(("SUP-01", "SUP-02", "SUP-03"), severities=RED),
            Takes(("SUP-05", "SUP-06", "SUP-07", "SUP-08", "SUP-09"), severities=RED),
        ),
        (By.NEVER, By.TAKEN, By.LONGEST),
    ),
    Group(
        "decision",
        "A decision you owe",
        (
            Takes(("CLA-S3",)),
            Takes(("TM-01",)),
            Takes(("NQ-14",)),
            Takes(("CLA-S4",)),
            Takes(("CP-11",)),
            Takes(("CT-02",), severities=RED),
            Takes(("CP-10",), severities=PRESSING),
            Takes(("CIN-05",), severities=PRESSING),
        ),
        (By.TAKEN, By.RED, By.LONGEST),
        at_most=1,
        roles=frozenset(Role) - {Role.WORKER},
    ),
    Group(STRENGTH, "Going well", (), (), at_most=1),
)
"""In the order in which they are read; strengths are no findings and are handed in."""
