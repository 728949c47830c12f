"""Children: every child within scope, with status, worker, team and the next date of each kind."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpResponse

from evenlode.access import Thing
from evenlode.oversight.words import so_many
from evenlode.rules.rule import Status
from evenlode.web.council import policy
from evenlode.web.lists import Cell, Column, Filter, ListPage, Reader, answer, team_choices, worker_choices
from evenlode.web.lists.choices import of_worker
from evenlode.web.models import ChildFigure, FindingFigure
from evenlode.web.page import Asked, of
from evenlode.web.writing.children import NEXT

STATUSES: dict[str, str] = {
    "CP": "Child protection plan",
    "CLA": "Looked after",
    "CIN": "Child in need plan",
    "ASSESSMENT": "Being assessed",
    "REFERRAL": "Referred, not yet assessed",
    "LEAVER": "Left care",
}
"""A child's status as a table says it."""
DUE: dict[str, str] = {
    "next_visit": "Visit due",
    "next_review": "Review due",
    "next_supervision": "Supervision due",
    "next_action": "Action due",
}
"""The dates of a child's row, and their headings."""
AT_ONCE = 400


def children(request: Asked) -> HttpResponse:
    """Every child within the reader's scope whose work goes on, and those who left care."""
    mine = ChildFigure.objects.visible_to(request.door.visible(Thing.CHILD_RECORD))
    rows = mine.filter(Q(open=True) | Q(status="LEAVER"), figures=of(request))
    return answer(request, CHILDREN, rows, "evenlode/children.html")


def status_cell(row: ChildFigure, _: Reader) -> Cell:
    """A child's status on the day, and what else holds of them."""
    marks = [STATUSES[s] for s in row.statuses.split() if s in STATUSES and s != row.status]
    return Cell(
        STATUSES.get(row.status, "" if row.open else "Closed"),
        small=tuple(f"also: {mark.lower()}" for mark in marks),
    )


@dataclass(frozen=True)
class Dates:
    """What the dates of a list are read by.  soon: up to this day a date is near; unsure: dates not told, by child."""

    soon: date
    unsure: Mapping[str, set[str]]


def due_cell(field: str) -> Callable[[ChildFigure, Reader], Cell]:
    """A date with how far off it is; where the record does not tell, it says so."""

    def cell(row: ChildFigure, reader: Reader) -> Cell:
        dates: Dates = reader.gathered
        due: date | None = getattr(row, field)
        if due is None:
            unsure = field in dates.unsure.get(row.child_id, ())
            return Cell(None, "Cannot tell", shape="cannot_tell") if unsure else Cell(None)
        days = (due - reader.figures.as_at).days
        if days < 0:
            return Cell(due, reader.day(due), shape="over", small=(f"{so_many(-days, 'day')} over",))
        left = "today" if not days else f"in {so_many(days, 'day')}"
        return Cell(due, reader.day(due), shape="near" if due <= dates.soon else "", small=(left,))

    return cell


def dates_of(rows: Sequence[ChildFigure], reader: Reader) -> Dates:
    """By what the dates of these children are read."""
    as_at = reader.figures.as_at
    return Dates(policy().on(as_at).clock("due_soon").due(as_at), _unsure_dates(rows, reader))


def _unsure_dates(rows: Sequence[ChildFigure], reader: Reader) -> dict[str, set[str]]:
    of_rule = {rule: field for field, rules in NEXT.items() for rule in rules}
    found: dict[str, set[str]] = {}
    visible = reader.door.visible(Thing.CHILD_RECORD)
    ids = [row.child_id for row in rows]
    unsure = FindingFigure.objects.visible_to(visible).filter(
        figures=reader.figures, status=Status.CANNOT_TELL, rule_id__in=of_rule
    )
    for start in range(0, len(ids), AT_ONCE):
        some = unsure.filter(child_id__in=ids[start : start + AT_ONCE]).order_by()
        for child, rule in some.values_list("child_id", "rule_id"):
            found.setdefault(child, set()).add(of_rule[rule])
    return found


def _by_status(rows: QuerySet[ChildFigure], status: str, _: Reader) -> QuerySet[ChildFigure]:
    """Children of whom it holds, beside whatever else does."""
    return rows.filter(Q(status=status) | Q(statuses__contains=status))


def _statuses(rows: Any, _: Reader) -> list[tuple[str, str]]:
    found = rows.order_by().values_list("status", "statuses").distinct()
    there = {status for pair in found for said in pair for status in said.split()}
    return [(s, words) for s, words in STATUSES.items() if s in there]


def _dates(rows: QuerySet[ChildFigure], which: str, reader: Reader) -> QuerySet[ChildFigure]:
    return rows.filter(**{f"{which}__lt": reader.figures.as_at})


STATUS_FILTER = Filter("status", "Status", _statuses, _by_status)
TEAM_FILTER = Filter("team", "Team", team_choices(), lambda rows, team, _: rows.filter(team_id=team))
WORKER_FILTER = Filter("worker", "Worker", worker_choices(), of_worker)
OVER_FILTER = Filter(
    "over",
    "Date that is over",
    lambda _rows, _reader: [(name, words.removesuffix(" due")) for name, words in DUE.items()],
    _dates,
    every="Any or none",
)

CHILD = Column("Child", "child", lambda row, reader: reader.child(row.child_id), ("by_name",), width=28)
AGE = Column(
    "Age", "age", lambda row, r: r.names.age((r.figures.la_code, row.child_id)), page=False, width=10
)
STATUS = Column("Status", "status", status_cell, ("status", "by_name"), width=24)
WORKER = Column(
    "Worker",
    "worker",
    lambda row, reader: reader.worker(row.worker_id),
    ("by_worker",),
    blank="nobody",
    width=24,
)
TEAM = Column("Team", "team", lambda row, reader: reader.team(row.team_id), ("by_team",), width=24)

CHILDREN = ListPage(
    name="children",
    title="Children",
    noun="child/children",
    columns=(
        CHILD,
        AGE,
        STATUS,
        WORKER,
        TEAM,
        *(
            Column(heading, name.removeprefix("next_"), due_cell(name), (name, "by_name"), blank="none")
            for name, heading in DUE.items()
        ),
    ),
    filters=(STATUS_FILTER, TEAM_FILTER, WORKER_FILTER, OVER_FILTER),
    first=("by_name",),
    none="No child is within your scope.",
    gathers=dates_of,
)
