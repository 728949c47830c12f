"""The children whom one worker holds, a line each: status, next visit, review, supervision and action."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from evenlode.access import Thing, Visible
from evenlode.oversight.words import STANDING
from evenlode.web.council import policy
from evenlode.web.door import Door
from evenlode.web.due import Due, due, soon_until
from evenlode.web.models import ChildFigure, Figures, FindingFigure, Holder
from evenlode.web.people_of import names_of
from evenlode.web.writing.children import NEXT

COLUMNS: dict[str, str] = {
    "next_visit": "Next visit",
    "next_review": "Next review",
    "next_supervision": "Talked about in supervision",
    "next_action": "Next action",
}
"""The dates of a line and their headings."""


@dataclass(frozen=True)
class HeldChild:
    """One line: dates stand in the order of COLUMNS; shared: worked beside another worker, who leads."""

    ref: str
    name: str
    age: str
    status: str
    statuses: tuple[str, ...]
    shared: bool
    since: date | None
    dates: tuple[Due, ...]
    order_name: str

    @property
    def first(self) -> date | None:
        """The earliest of the dates."""
        return min((d.day for d in self.dates if d.day), default=None)

    @property
    def labelled(self) -> list[tuple[str, Due]]:
        """Each date with its heading, for a narrow page."""
        return list(zip(COLUMNS.values(), self.dates, strict=True))


def held_by(door: Door, figures: Figures, worker_id: str) -> list[HeldChild]:
    """The children whom a worker leads or works beside, of those whom the reader may list, by name."""
    visible = door.visible(Thing.CHILD_RECORD)
    theirs = Holder.objects.filter(figures=figures, worker_id=worker_id).filter(
        Q(until__isnull=True) | Q(until__gt=door.at.date())
    )
    rows = ChildFigure.objects.visible_to(visible).filter(figures=figures)
    rows = rows.filter(Q(worker_id=worker_id) | Q(child_id__in=theirs.values("child_id")))
    found = list(rows)
    untold = _untold(figures, visible, [row.child_id for row in found])
    soon = soon_until(policy().on(figures.as_at), figures.as_at)
    lines = [_line(row, figures, worker_id, soon, untold) for row in found]
    return sorted(lines, key=lambda line: (line.order_name, line.ref))


def _untold(figures: Figures, visible: Visible, children: list[str]) -> set[tuple[str, str]]:
    """Which child's date of which kind a rule could not tell."""
    kind_of = {rule: kind for kind, rules in NEXT.items() for rule in rules}
    rows = (
        FindingFigure.objects.visible_to(visible)
        .filter(figures=figures, child_id__in=children, status="cannot_tell", rule_id__in=kind_of)
        .values_list("child_id", "rule_id")
    )
    return {(child, kind_of[rule]) for child, rule in rows}


def _line(
    row: ChildFigure, figures: Figures, worker_id: str, soon: date, untold: set[tuple[str, str]]
) -> HeldChild:
    names = names_of(figures)
    me = (figures.la_code, row.child_id)
    return HeldChild(
        row.ref,
        names.child(me),
        names.age(me),
        status_words(row),
        tuple(row.statuses.split()),
        row.worker_id != worker_id,
        row.lead_since,
        tuple(
            due(getattr(row, kind), figures.as_at, soon, untold=(row.child_id, kind) in untold)
            for kind in COLUMNS
        ),
        f"{row.surname} {row.forename}".casefold(),
    )


def status_words(row: ChildFigure) -> str:
    """A child's status in words."""
    return STANDING.get(row.status, "left care" if row.status == "LEAVER" else "").capitalize()
