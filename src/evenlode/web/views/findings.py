"""Findings: everything that is true of somebody's children and workers, rule by rule."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponse

from evenlode.access import Thing, Visible
from evenlode.oversight.words import WHO_SAYS_SO
from evenlode.policy import Authority
from evenlode.rules.book import RULE_BY_ID
from evenlode.rules.rule import Status
from evenlode.web.lists import Cell, Column, Filter, ListPage, Reader, answer, team_choices, worker_choices
from evenlode.web.lists.choices import of_worker
from evenlode.web.models import ExplanationRow, Figures, FindingFigure
from evenlode.web.morning import explanations, key_of, late, theirs
from evenlode.web.page import Asked, of

STATES: dict[str, str] = {
    "late": "Late or true now",
    "soon": "Due soon",
    "unknown": "Cannot tell",
    "explained": "Explained",
}
"""What a finding can be narrowed to, and how that is said."""


def findings(request: Asked) -> HttpResponse:
    """Every finding within the reader's scope, or those of one rule."""
    rule = RULE_BY_ID.get(request.GET.get("rule", ""))
    mine = theirs(request.door, of(request), Thing.FINDING)
    return answer(request, FINDINGS, mine, "evenlode/findings.html", {"rule": rule})


def explained(rows: QuerySet[FindingFigure], figures: Figures, day: Any) -> QuerySet[FindingFigure]:
    """The findings that an explanation holds for on a day."""
    same = ("la_code", "rule_id", "subject_kind", "subject_id", "record_id")
    holds = ExplanationRow.objects.filter(
        **{name: OuterRef(name) for name in same},
        ended_at__isnull=True,
        since__lte=day,
        until__gte=day,
    )
    there: QuerySet[FindingFigure] = late(rows)
    return there.filter(Exists(holds), la_code=figures.la_code)


def _in_state(rows: QuerySet[FindingFigure], state: str, reader: Reader) -> QuerySet[FindingFigure]:
    if state == "explained":
        return explained(rows, reader.figures, reader.door.at.date())
    if state == "late":
        return late(rows)  # type: ignore[no-any-return]
    return rows.filter(status=Status.DUE_SOON if state == "soon" else Status.CANNOT_TELL)


def _rules(rows: Any, _: Reader) -> list[tuple[str, str]]:
    there = set(rows.order_by().values_list("rule_id", flat=True).distinct())
    return [(r, f"{rule.name} ({r})") for r, rule in RULE_BY_ID.items() if r in there]


def whom(row: FindingFigure, reader: Reader) -> Cell | str:
    """Whom a finding is about, as a link."""
    if row.subject_kind == "child":
        return reader.child(row.subject_id)
    if row.subject_kind == "worker":
        return reader.worker(row.subject_id)
    return reader.team(row.subject_id) if row.subject_kind == "team" else "The council"


def state(row: FindingFigure, reader: Reader) -> Cell:
    """The state with its shape; an explanation that holds is said under it."""
    said = reader.gathered.get(key_of(row)) if reader.gathered else None
    under = (row.when, f"explained until {reader.day(said.until)}" if said else "")
    return Cell(row.state, row.state, shape=row.shape, small=tuple(part for part in under if part))


def who_says_so(row: FindingFigure, _: Reader) -> Cell:
    """Who says so, with the rule's id."""
    return Cell(row.who_says_so, small=(row.rule_id,))


def _explanations(_: Sequence[FindingFigure], reader: Reader) -> Any:
    return explanations(reader.figures, reader.door.at.date())


def within(visible: Visible) -> Q:
    """Which findings a reach takes in: of children, workers and teams."""
    return FindingFigure.within(visible) | FindingFigure.of_workers(visible) | FindingFigure.of_units(visible)


def rule_name(row: FindingFigure, _: Reader) -> str:
    """The name of the rule."""
    rule = RULE_BY_ID.get(row.rule_id)
    return rule.name if rule else row.rule_id


def how_worked_out(row: FindingFigure, _: Reader) -> Cell:
    """The sum; what has none is a fact of the record, or something that the record does not tell."""
    untold = "the record does not tell" if row.status == Status.CANNOT_TELL else "a fact of the record"
    return Cell(row.sum) if row.sum else Cell("", small=(untold,))


def known_since(row: FindingFigure, _: Reader) -> Cell:
    """Since when it is known; what is not late has no such day."""
    if row.known_since is not None:
        return Cell(row.known_since)
    return Cell(None, small=("cannot tell" if row.status == Status.CANNOT_TELL else "not late",))


STATE = Column("State", "state", state, ("by_state", "place"), width=18)
SENTENCE = Column("What the record shows", "sentence", lambda row, _: row.sentence, width=70)
SUM = Column("How it was worked out", "sum", how_worked_out, width=50)
WHO = Column("Who says so", "who", who_says_so, ("kind", "rule_id"), width=20)
SINCE = Column("Known since", "since", known_since, ("known_since",))
WORKER = Column(
    "Worker",
    "worker",
    lambda row, reader: reader.worker(row.worker_id),
    ("by_worker",),
    blank="nobody",
    width=24,
)

FINDINGS = ListPage(
    name="findings",
    title="Findings",
    noun="finding",
    columns=(
        Column("About", "about", whom, ("by_name",), width=28),
        SENTENCE,
        STATE,
        SUM,
        WHO,
        SINCE,
        WORKER,
        Column(
            "Team", "team", lambda row, reader: reader.team(row.of_team), ("by_team",), page=False, width=24
        ),
        Column("Rule", "rule", lambda row, _: row.rule_id, page=False, width=10),
        Column("Rule's name", "rule-name", rule_name, page=False, width=36),
        Column("Due", "due", lambda row, _: row.due_date, page=False),
        Column("What to do", "do", lambda row, _: row.do, page=False, width=50),
    ),
    filters=(
        Filter("rule", "Rule", _rules, lambda rows, rule, _: rows.filter(rule_id=rule)),
        Filter("state", "State", lambda _rows, _reader: list(STATES.items()), _in_state),
        Filter("team", "Team", team_choices("of_team"), lambda rows, team, _: rows.filter(of_team=team)),
        Filter("worker", "Worker", worker_choices(), of_worker),
        Filter(
            "who",
            "Who says so",
            lambda _rows, _reader: [(str(a), words) for a, words in WHO_SAYS_SO.items()],
            lambda rows, who, _: rows.filter(kind=Authority(who)),
        ),
    ),
    first=("by_state", "place"),
    none="Nothing that the rules ask about is late, near or unknown.",
    within=within,
    gathers=_explanations,
    defers=("evidence",),
)
