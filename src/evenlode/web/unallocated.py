"""Children without a named worker within somebody's scope: who they are, and how many."""

from __future__ import annotations

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from evenlode.access import Thing
from evenlode.web.door import Door
from evenlode.web.models import ChildFigure, Figures


def waiting_rows(door: Door, figures: Figures) -> QuerySet[ChildFigure]:
    """Children without a worker, with how much it presses: protected or looked after first."""
    visible = door.visible(Thing.WAITING_LIST)
    presses = Case(
        When(Q(statuses__contains="CP") | Q(statuses__contains="CLA"), then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    rows = ChildFigure.objects.visible_to(visible).filter(figures=figures, waiting_since__isnull=False)
    return rows.annotate(presses=presses)


def how_many_wait(door: Door, figures: Figures) -> int:
    """The number beside "Waiting" in the menu."""
    visible = door.visible(Thing.WAITING_LIST)
    return (
        ChildFigure.objects.visible_to(visible).filter(figures=figures, waiting_since__isnull=False).count()
    )
