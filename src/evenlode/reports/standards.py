"""Where each id of the practice standards is answered: its rules, measures, signs of drift and settings.

Most ids have a rule, a measure or a sign of drift of that very id, or of that id with a letter after it;
those are found by their ids.  `OTHERWISE` holds what is answered in another way.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evenlode.measures.book import MEASURES
from evenlode.policy import CLOCKS, DATES, LISTS, NUMBERS
from evenlode.rules.book import RULES
from evenlode.rules.indicators import INDICATOR_BY_ID, INDICATORS

UNDER_THEIR_OWN_ID = """
REF-01 REF-02 ASM-01 ASM-02 ASM-03 ASM-04 STR-01 S47-01 S47-02
CP-01 CP-02 CP-03 CP-04 CP-05 CP-06 CP-07 CP-08 CP-10 CP-11 CP-12 CP-13 CP-14 CP-15
CIN-01 CIN-02 CIN-03 CIN-04 CIN-05 CIN-06 CIN-07 CIN-08
CLA-V1 CLA-V2 CLA-V3 CLA-V4 CLA-V5 CLA-V6 CLA-V7 CLA-V8 CLA-V9 CLA-V10
CLA-P1 CLA-R1 CLA-R2 CLA-R3 CLA-R4 CLA-R5 CLA-R6 CLA-H1 CLA-H2 CLA-E1 CLA-S1 CLA-S2 CLA-S3 CLA-S4 CLA-M1
PF-01 PF-02 PF-03 PF-05 PF-06
CL-01 CL-02 CL-03 CL-04 CL-05 CL-06 CL-07 CL-08 CL-09
CT-01 CT-02 CT-03 CT-04 CT-05
AL-01 AL-03 AL-04 AL-05 AL-06 AL-07 AL-08 AL-09 AL-10 AL-11 AL-12 AL-13
CW-01 CW-02 CW-04 CW-06 CW-07 CW-08
SUP-01 SUP-02 SUP-03 SUP-04 SUP-05 SUP-06 SUP-07 SUP-08 SUP-09 SUP-11 SUP-13
SQ-01 SQ-02 SQ-03 SQ-04 SQ-05 SQ-06 SQ-07 SQ-08 SQ-09 SQ-10 SQ-11
ACT-01 ACT-02 ACT-03 ACT-04
NQ-01 NQ-02 NQ-03 NQ-04 NQ-05 NQ-06 NQ-07 NQ-08 NQ-09 NQ-10 NQ-11 NQ-12 NQ-13 NQ-14
WF-01 WF-02 WF-03 WF-04 WF-05 WF-06 WF-07 WF-08 WF-09 WF-10
DR-01 DR-02 DR-03 DR-04 DR-05 DR-06 DR-07 DR-08 DR-09 DR-10
DR-11 DR-12 DR-13 DR-14 DR-15 DR-16 DR-17 DR-18 DR-19 DR-20
QA-01 QA-02 QA-03 QA-04 QA-05 QA-06 QA-07
"""


@dataclass(frozen=True)
class Standard:
    """One id of the practice standards, and where it is answered.

    where: the modules that keep it, where it is a convention and no rule.  how: how it is kept, in words.
    """

    id: str
    name: str
    rules: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    indicators: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    where: tuple[str, ...] = ()
    how: str = ""


_CALENDAR, _DAYS = "evenlode.calendar.clocks", "evenlode.calendar.working_days"
_CASE_SUPERVISION = ("SUP-05", "SUP-06", "SUP-07", "SUP-08", "SUP-09")
_OWN_SUPERVISION = ("SUP-01", "SUP-02", "SUP-03")

OTHERWISE: tuple[Standard, ...] = (
    Standard(
        "G-01",
        "Working days",
        where=(_DAYS, "evenlode.policy.policy"),
        how="Bank holidays of England are shipped; a council's own closures move no clock set by law.",
    ),
    Standard("G-02", "Within so many working days", where=(_DAYS,), how="The day itself is day 0."),
    Standard(
        "G-03", "Within so many days", where=(_CALENDAR,), how="Calendar days unless a rule says working."
    ),
    Standard(
        "G-04",
        "At intervals of not more than",
        where=(_CALENDAR, "evenlode.position.today"),
        how="Counted from the day on which it happened, never from when it was due or written down.",
    ),
    Standard("G-05", "Months", where=(_CALENDAR,), how="Calendar months, clamped to the month's end."),
    Standard(
        "G-06",
        "The first day counted",
        where=(_CALENDAR, "evenlode.policy.policy_file"),
        how="`count_start_day` of any interval in the policy file; two of the shipped ways to visit have it.",
    ),
    Standard(
        "G-07",
        "What a finding says of its date",
        settings=("due_soon",),
        where=("evenlode.rules.rule",),
        how="overdue, breach, flag, cannot_tell and due_soon are rows; what is in time is counted.",
    ),
    Standard(
        "G-08",
        "The as-at date",
        where=("evenlode.rules.evaluate", "evenlode.record.after_the_day"),
        how="Given to every rule; nothing reads a clock, and events after the day do not exist.",
    ),
    Standard(
        "G-09",
        "Several statuses at once",
        rules=("SUP-05", "SUP-06", "SUP-07", "SUP-09"),
        where=("evenlode.position.people",),
        how="Every status that applies is kept; each has its rules, and the shortest supervision interval is used.",
    ),
    Standard(
        "G-10",
        "Each child apart",
        how="Every clock is a child's own; brothers and sisters have three clocks.",
    ),
    Standard(
        "G-11",
        "Written down late",
        rules=("SUP-11",),
        settings=("session_recorded", "visit_recorded"),
        how="Rules count from when it happened; how late it was written down is SUP-11.",
    ),
    Standard(
        "G-12",
        "Dates that cannot be",
        rules=("ASM-04", "S47-02", "CP-05", "CIN-02", "CLA-V1", "CLA-R1"),
        how="cannot_tell under the rule of the row's own clock, and a line in the load report.",
    ),
    Standard(
        "G-13",
        "Intervals that change on the way",
        rules=("CLA-V2", "CLA-V3", "CLA-V4", "PF-02", "PF-03", "SUP-01", "SUP-02", "SUP-03"),
        how="The last event that counts decides which interval holds.",
    ),
    Standard(
        "G-14",
        "Exact decimals",
        where=("evenlode.workload.load", "evenlode.policy.tariff", "evenlode.measures.measure"),
        how="Points, hours and rates are exact until they are shown; a boundary falls into the worse band.",
    ),
    Standard(
        "CP-09",
        "A core group is no visit",
        rules=("CP-05", "CP-01", "CP-02"),
        how="Visits are read from the visit table alone; core groups have a list of their own.",
    ),
    Standard(
        "PF-04",
        "When private fostering begins",
        rules=("PF-01", "PF-02", "PF-03"),
        how="Counted from the day on which the council was told.",
    ),
    Standard(
        "AL-02",
        "Who must always have a worker",
        rules=("AL-01",),
        how="AL-01 is red from the first day for a child on a protection plan or looked after; its evidence names AL-02. Of a privately fostered child alone it is amber.",
    ),
    Standard(
        "CW-03",
        "Changes of worker",
        rules=("CW-04",),
        settings=("changes_in_window", "worker_window_months"),
    ),
    Standard(
        "CW-05",
        "What is no change of worker",
        rules=("CW-04", "CW-07"),
        settings=("same_worker_back", "changes_not_counted", "lead_roles"),
        where=("evenlode.position.handover",),
    ),
    Standard(
        "SUP-10",
        "Amber and red gaps",
        rules=(*_CASE_SUPERVISION, *_OWN_SUPERVISION),
        indicators=("DR-06",),
        how="Amber past the interval, red past one and a half of it, which comes before two missed cycles.",
    ),
    Standard(
        "SUP-12",
        "Two kinds of supervision",
        rules=(*_CASE_SUPERVISION, *_OWN_SUPERVISION, "SQ-10"),
        settings=("case_supervision_notes", "personal_supervision_notes"),
        how="A worker's own session restarts no child's clock; of it only yes or no is read, never what was said.",
    ),
    Standard(
        "SUP-14",
        "Long absence",
        rules=_OWN_SUPERVISION,
        settings=("absence_pause",),
        how="A worker's clock stands still in a long absence; a child's never does.",
    ),
    Standard(
        "WF-11",
        "Rounding",
        where=("evenlode.measures.measure",),
        how="One decimal, half up, from exact figures.",
    ),
)


def _own(number: str) -> Standard:
    """The standard whose rules, measures and sign of drift carry its id."""
    named = re.compile(re.escape(number) + r"([a-z]\d*|W)?")
    rules = tuple(r for r in RULES if named.fullmatch(r.id))
    measures = tuple(m for m in MEASURES if named.fullmatch(m.id))
    indicator = INDICATOR_BY_ID.get(number)
    first = [*([indicator.name] if indicator else []), *(r.name for r in rules), *(m.name for m in measures)]
    if not first:
        raise ValueError(f"{number} has no rule, no measure and no sign of drift of its id")
    rule_ids = tuple(
        dict.fromkeys((*(r.id for r in rules), *(p.rule_id for p in (indicator.parts if indicator else ()))))
    )
    return Standard(
        number,
        first[0],
        rule_ids,
        tuple(m.id for m in measures),
        (number,)
        if indicator
        else tuple(i.id for i in INDICATORS if any(p.rule_id == number for p in i.parts)),
        tuple(dict.fromkeys(s for r in rules for s in r.policy)),
    )


def _with_own(said: Standard) -> Standard:
    """What is answered otherwise, with the measures that carry its id."""
    named = re.compile(re.escape(said.id) + r"[a-z]\d*")
    own = tuple(m.id for m in MEASURES if named.fullmatch(m.id))
    return Standard(
        said.id,
        said.name,
        said.rules,
        (*said.measures, *own),
        said.indicators,
        said.settings,
        said.where,
        said.how,
    )


STANDARDS: tuple[Standard, ...] = (
    *(_with_own(s) for s in OTHERWISE if s.id.startswith("G-")),
    *(_own(number) for number in UNDER_THEIR_OWN_ID.split()),
    *(_with_own(s) for s in OTHERWISE if not s.id.startswith("G-")),
)

SETTINGS: frozenset[str] = frozenset(
    one.name for settings in (CLOCKS, NUMBERS, LISTS, DATES) for one in settings
)
"""Every setting that an entry may name."""


def standards_page(made: str) -> str:
    """Each id of the practice standards and where it is answered."""
    lines = [
        made + "# Where each standard is answered\n",
        "The ids are those of the practice standards that the rule book is written from.",
        "What a rule cannot tell, and from which tables it is told, stands with the [rule](rules.md) and the [measure](measures.md).",
        "Signs of drift are on [the drift list](drift.md), settings on [their page](settings.md).\n",
        "| id | about | rules | measures | signs of drift | settings | how |",
        "|---|---|---|---|---|---|---|",
    ]
    for s in STANDARDS:
        how = " ".join((s.how, *(f"`{module}`" for module in s.where))).strip()
        settings = ", ".join(f"`{name}`" for name in s.settings)
        lines.append(
            f"| {s.id} | {s.name} | {', '.join(s.rules)} | {', '.join(s.measures)} | {', '.join(s.indicators)} "
            f"| {settings} | {how} |"
        )
    return "\n".join(lines) + "\n"
