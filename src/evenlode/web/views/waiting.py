"""Waiting: children without a named worker, with what is owed to them meanwhile and what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet
from django.http import HttpResponse

from evenlode.access import Thing
from evenlode.oversight.groups import VISITS
from evenlode.oversight.words import so_many
from evenlode.web.door import Door
from evenlode.web.lists import Cell, Column, Filter, ListPage, Reader, answer
from evenlode.web.models import ChildFigure, Figures, FindingFigure, RuleDay
from evenlode.web.morning import late
from evenlode.web.page import Asked, of
from evenlode.web.unallocated import waiting_rows
from evenlode.web.views.children import AGE, AT_ONCE, CHILD, STATUS, STATUS_FILTER, TEAM, TEAM_FILTER

WEEKLY, TWO_WEEKS = "AL-03", "AL-04"
OWED: dict[str, str] = {
    "AL-05": "Being seen",
    "AL-06": "Signed look at the risk",
    "AL-07": "Letter to the family",
}
"""What else is owed to a child who waits, by rule."""
OF_WAITING = {"AL-01", "AL-02", WEEKLY, TWO_WEEKS, *OWED, "AL-08", "AL-09", "AL-10", "AL-11"}
"""Rules that only say that the child waits: they are no change."""


@dataclass
class Meanwhile:
    """Of one child: the findings about waiting by rule, and what became late or true while the child waited."""

    owed: dict[str, FindingFigure] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)


def waiting(request: Asked) -> HttpResponse:
    """The children without a named worker within the reader's scope."""
    figures = of(request)
    rows = waiting_rows(request.door, figures)
    around = {
        "facts": _facts(rows, late(of_waiting(request.door, figures))),
        "weekly_unknown": WEEKLY in _missing(figures),
    }
    return answer(request, WAITING, rows, "evenlode/waiting.html", around)


def of_waiting(door: Door, figures: Figures) -> QuerySet[FindingFigure]:
    """The findings about waiting that are the reader's."""
    visible = door.visible(Thing.WAITING_LIST)
    return FindingFigure.objects.visible_to(visible).filter(figures=figures, rule_id__in=OF_WAITING)


def _facts(rows: Any, owed: Any) -> list[dict[str, str]]:
    first = rows.order_by("waiting_since").values_list("waiting_since", flat=True).first()
    presses = rows.filter(presses=0).count()
    counted: dict[str, set[str]] = {rule: set() for rule in (TWO_WEEKS, WEEKLY)}
    for rule, child in owed.filter(rule_id__in=counted).values_list("rule_id", "child_id"):
        counted[rule].add(child)
    return [
        {"label": "On a protection plan or looked after", "words": f"{presses:,}"},
        {"label": "Waiting more than two weeks", "words": f"{len(counted[TWO_WEEKS]):,}"},
        {"label": "This week's look by a manager is over", "words": f"{len(counted[WEEKLY]):,}"},
        {
            "label": "Longest waiting since",
            "words": f"{first.day} {first:%B %Y}" if first else "nobody waits",
        },
    ]


def meanwhile(rows: Sequence[ChildFigure], reader: Reader) -> dict[str, Meanwhile]:
    """What is owed to these children, and what changed since each began to wait."""
    since = {row.child_id: row.waiting_since for row in rows}
    found = {child: Meanwhile() for child in since}
    watched_from = RuleDay.objects.aggregate(first=Min("as_at"))["first"]
    visible = reader.door.visible(Thing.WAITING_LIST)
    about = FindingFigure.objects.visible_to(visible).filter(figures=reader.figures).defer("evidence")
    ids = list(since)
    for start in range(0, len(ids), AT_ONCE):
        for row in about.filter(child_id__in=ids[start : start + AT_ONCE]).order_by("place"):
            of_child = found[row.child_id]
            if row.rule_id in OF_WAITING:
                of_child.owed.setdefault(row.rule_id, row)
            elif _changed(row, since[row.child_id], watched_from):
                of_child.changed.append(row.sentence)
    return found


def _changed(row: FindingFigure, since: date | None, watched_from: date | None) -> bool:
    """Whether a finding became late or true while the child waited; a visit that is late counts whenever it was due."""
    if row.status in {"due_soon", "cannot_tell"} or since is None:
        return False
    if row.rule_id in VISITS:
        return True
    if row.due_date is not None:
        return row.due_date >= since
    known = row.known_since
    return known is not None and watched_from is not None and known >= since and known > watched_from


def _missing(figures: Figures) -> dict[str, str]:
    told = figures.told.get("missing")
    return told if isinstance(told, dict) else {}


def days(row: ChildFigure, reader: Reader) -> Cell:
    """How many days a child has waited, and since when."""
    if row.waiting_since is None:
        return Cell(None)
    n = (reader.figures.as_at - row.waiting_since).days
    return Cell(n, so_many(n, "day"), small=(f"since {reader.day(row.waiting_since)}",))


def weekly_look(row: ChildFigure, reader: Reader) -> Cell:
    """Whether a manager looked this week."""
    finding = _of(row, reader).owed.get(WEEKLY)
    if finding is not None:
        return _state(finding)
    if WEEKLY in _missing(reader.figures):
        return Cell("Cannot tell", "Cannot tell", shape="cannot_tell")
    return Cell("In time", "In time", shape="in time")


def escalation(row: ChildFigure, reader: Reader) -> Cell:
    """Whether two weeks are up, when the head of service is told."""
    finding = _of(row, reader).owed.get(TWO_WEEKS)
    if finding is None:
        return Cell(None)
    said = _state(finding)
    act = ("tell the head of service",) if finding.status not in {"due_soon", "cannot_tell"} else ()
    return Cell(said.value, said.words, shape=said.shape, small=(*said.small, *act))


def owed(row: ChildFigure, reader: Reader) -> Cell:
    """What else is owed meanwhile: being seen, a signed look at the risk, a letter."""
    lines = tuple(
        f"{words}: {finding.state[:1].lower()}{finding.state[1:]}"
        for rule, words in OWED.items()
        if (finding := _of(row, reader).owed.get(rule)) is not None
    )
    return Cell("; ".join(lines), lines=lines)


def changed(row: ChildFigure, reader: Reader) -> Cell:
    """What became late or true since the child began to wait."""
    lines = tuple(_of(row, reader).changed)
    return Cell(" ".join(lines), lines=lines)


def _of(row: ChildFigure, reader: Reader) -> Meanwhile:
    return reader.gathered[row.child_id]  # type: ignore[no-any-return]


def _state(finding: FindingFigure) -> Cell:
    return Cell(
        finding.state, finding.state, shape=finding.shape, small=(finding.when,) if finding.when else ()
    )


def _told(rows: QuerySet[ChildFigure], rule: str, reader: Reader) -> QuerySet[ChildFigure]:
    owing = late(of_waiting(reader.door, reader.figures)).filter(rule_id=rule)
    return rows.filter(child_id__in=owing.values("child_id"))


def _words(_: Any, __: Reader) -> list[tuple[str, str]]:
    return [
        (WEEKLY, "This week's look by a manager"),
        (TWO_WEEKS, "More than two weeks"),
        *OWED.items(),
    ]


WAITING = ListPage(
    name="waiting",
    title="Waiting for a worker",
    noun="child/children",
    columns=(
        CHILD,
        AGE,
        STATUS,
        Column("Waiting", "waiting", days, ("-waiting_since",), width=12),
        Column("Waiting since", "since", lambda row, _: row.waiting_since, page=False),
        Column("This week's look", "look", weekly_look),
        Column("Two weeks", "two-weeks", escalation, blank="not yet"),
        Column("Also owed", "owed", owed, blank="nothing late", width=40),
        Column("Changed while waiting", "changed", changed, blank="nothing that we know", width=70),
        TEAM,
    ),
    filters=(
        STATUS_FILTER,
        TEAM_FILTER,
        Filter("over", "What is over", _words, _told, every="Anything or nothing"),
    ),
    first=("presses", "waiting_since", "by_name"),
    none="Every open child within your scope has a named worker.",
    gathers=meanwhile,
)
