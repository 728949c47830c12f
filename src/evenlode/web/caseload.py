"""The children whom one worker holds, a line each: status, next visit, review, supervision and action."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from evenlode.access import Thing
from evenlode.web.council import policy
from evenlode.web.door import Door
from evenlode.web.due import due, soon_until
from evenlode.web.lists import Cell, Column, Filter, ListPage, Reader
from evenlode.web.models import ChildFigure, Figures, Holder
from evenlode.web.views.children import STATUS, STATUS_FILTER, Dates, dates_of

DATES: dict[str, str] = {
    "next_visit": "Next visit",
    "next_review": "Next review",
    "next_supervision": "Next talked about in supervision",
    "next_action": "Next action",
}
"""The dates of a line and their headings."""


def held_by(door: Door, figures: Figures, worker_id: str) -> QuerySet[ChildFigure]:
    """The children whom a worker leads or works beside, of those whom the reader may list."""
    running = Q(until__isnull=True) | Q(until__gt=door.at.date())
    theirs = Holder.objects.filter(running, figures=figures, worker_id=worker_id)
    rows = ChildFigure.objects.visible_to(door.visible(Thing.CHILD_RECORD)).filter(figures=figures)
    return rows.filter(Q(worker_id=worker_id) | Q(child_id__in=theirs.values("child_id")))


def held_list(
    worker_id: str, *, name: str, title: str, none: str, filters: tuple[Filter, ...] = ()
) -> ListPage:
    """The list of one worker's children, a line a child."""

    def child(row: ChildFigure, reader: Reader) -> Cell:
        beside = () if row.worker_id == worker_id else ("worked beside the lead worker",)
        return reader.child(row.child_id, *beside)

    return ListPage(
        name=name,
        title=title,
        noun="child/children",
        columns=(
            Column("Child", "child", child, ("by_name",), width=28),
            STATUS,
            *(
                Column(
                    heading, field.removeprefix("next_"), _date(field), (field, "by_name"), blank="none due"
                )
                for field, heading in DATES.items()
            ),
        ),
        filters=filters,
        first=("by_name",),
        none=none,
        gathers=dates_of,
    )


def _date(field: str) -> Callable[[ChildFigure, Reader], Cell]:
    """A date with its state: over, due within five working days, in time; where nobody can tell, it says so."""

    def cell(row: ChildFigure, reader: Reader) -> Cell:
        as_at = reader.figures.as_at
        dates: Dates = reader.gathered
        untold = field in dates.unsure.get(row.child_id, ())
        told = due(getattr(row, field), as_at, dates.soon, untold=untold)
        if not told.shape:
            return Cell(None)
        return Cell(told.day, told.words, shape=told.shape, small=(told.when,) if told.when else ())

    return cell


def _soon(rows: QuerySet[ChildFigure], which: str, reader: Reader) -> QuerySet[ChildFigure]:
    as_at = reader.figures.as_at
    first, last = {
        "over": (None, as_at),
        "soon": (as_at, soon_until(policy().on(as_at), as_at)),
    }[which]
    wanted = Q()
    for field in DATES:
        one = Q(**{f"{field}__lt": last}) if first is None else Q(**{f"{field}__range": (first, last)})
        wanted |= one
    return rows.filter(wanted)


def _choices(_rows: Any, _reader: Reader) -> list[tuple[str, str]]:
    return [("over", "Over"), ("soon", "Due within five working days")]


SOON_FILTER = Filter("date", "A date that is", _choices, _soon, every="Any or none")


FILTERS = (STATUS_FILTER, SOON_FILTER)
"""What narrows a long caseload."""


def counts(rows: QuerySet[ChildFigure], figures: Figures) -> dict[str, int]:
    """How many children there are, how many have a date that is over, and how many one that is due soon."""
    as_at = figures.as_at
    soon = soon_until(policy().on(as_at), as_at)
    days = list(rows.values_list(*DATES))
    return {
        "children": len(days),
        "over": sum(any(day and day < as_at for day in one) for one in days),
        "soon": sum(any(day and as_at <= day <= soon for day in one) for one in days),
    }
