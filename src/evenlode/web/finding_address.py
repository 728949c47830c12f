"""From the address of a page to the thing that it names; what is not there and what is not theirs look alike."""

from __future__ import annotations

from evenlode.access import Target, Thing
from evenlode.measures.book import MEASURE_BY_ID
from evenlode.web.door import child_of
from evenlode.web.models import ChildFigure, TeamFigure, UnitRow, WorkerFigure
from evenlode.web.page import Asked, Find, Found, NotThere


def rows(thing: Thing) -> Find:
    """A page of rows: whoever may have it gets those within their scope."""

    def find(_: Asked) -> Found:
        return Found(Target(thing=thing))

    return find


council = rows
"""A page about the council as a whole."""


def child(thing: Thing = Thing.CHILD_RECORD, *, reason: bool = False) -> Find:
    """The child whose reference stands in the address."""

    def find(request: Asked, ref: str) -> Found:
        figures = request.figures
        row = ChildFigure.objects.whole().filter(figures=figures, ref=ref).first() if figures else None
        if row is None or figures is None:
            raise NotThere
        said = bool(reason and request.POST.get("reason", "").strip())
        return Found(Target(thing=thing, child=child_of(figures, row), reason_given=said), row, row.child_id)

    return find


def worker(thing: Thing = Thing.WORKER_FIGURES) -> Find:
    """The worker whose reference stands in the address."""

    def find(request: Asked, ref: str) -> Found:
        row = WorkerFigure.objects.whole().filter(figures=request.figures, ref=ref).first()
        if row is None:
            raise NotThere
        return Found(Target(thing=thing, worker_id=row.worker_id), row, row.worker_id)

    return find


def team(thing: Thing = Thing.TEAM_PAGE) -> Find:
    """The team or service whose id stands in the address."""

    def find(request: Asked, unit: str) -> Found:
        row = TeamFigure.objects.whole().filter(figures=request.figures, team_id=unit).first()
        known = row is not None or UnitRow.objects.filter(unit_id=unit).exists()
        if not known:
            raise NotThere
        return Found(Target(thing=thing, unit_id=unit), row, unit)

    return find


def measure(request: Asked, measure: str) -> Found:
    """The measure whose number stands in the address."""
    del request
    if measure not in MEASURE_BY_ID:
        raise NotThere
    return Found(Target(thing=Thing.COUNCIL_MEASURES), MEASURE_BY_ID[measure], measure)
