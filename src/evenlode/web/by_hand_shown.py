"""What stands recorded by hand about loads, as pages show it: what, from when, until when, why, and who."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from django.db.models import QuerySet
from django.urls import reverse

from evenlode.access import Target, Thing, Verb
from evenlode.web.door import Door
from evenlode.web.models import CapacityRow, Figures, PersonRow, WeightRow
from evenlode.web.models.by_hand import ByHand
from evenlode.web.people_of import names_of
from evenlode.web.refs import ref_of
from evenlode.web.writing.again import judged_on
from evenlode.workload.by_hand import CapacityKind
from evenlode.workload.workers import plain

Row = TypeVar("Row", CapacityRow, WeightRow)


@dataclass(frozen=True)
class Shown:
    """One thing recorded, in words; began: it counts today.  The addresses are blank where one may not."""

    whose: str
    ref: str
    about_child: bool
    what: str
    why: str
    since: date
    until: date
    began: bool
    by: str
    on: date
    change_url: str = ""
    end_url: str = ""


def hours_of(door: Door, figures: Figures, workers: Iterable[str]) -> list[CapacityRow]:
    """What stands about these workers' hours, or is to come, of those whom the reader may see."""
    visible = door.visible(Thing.CAPACITY_PERIOD, Verb.SEE)
    if visible.why_not is not None:
        return []
    rows = CapacityRow.objects.visible_to(visible).filter(worker_id__in=list(workers))
    return list(_not_over(rows, figures, door))


def weights_of(door: Door, figures: Figures, children: Iterable[str]) -> list[WeightRow]:
    """The same about the weight of these children's cases."""
    visible = door.visible(Thing.CASE_WEIGHT, Verb.SEE)
    if visible.why_not is not None:
        return []
    rows = WeightRow.objects.visible_to(visible).filter(child_id__in=list(children))
    return list(_not_over(rows, figures, door))


def _not_over(rows: QuerySet[Row], figures: Figures, door: Door) -> QuerySet[Row]:
    day = judged_on(figures, door.at)
    return rows.filter(ended_at__isnull=True, until__gte=day).order_by("since", "number")


def standing(rows: Iterable[CapacityRow], figures: Figures, door: Door) -> list[CapacityRow]:
    """Those of them that count today."""
    day = judged_on(figures, door.at)
    return [row for row in rows if row.holds(day)]


def shown(
    door: Door, figures: Figures, hours: Iterable[CapacityRow], weights: Iterable[WeightRow]
) -> list[Shown]:
    """Both in words, workers first, each in the order of its first day."""
    hours, weights = list(hours), list(weights)
    people = PersonRow.objects.filter(pk__in={row.by for row in [*hours, *weights]})
    who = dict(people.values_list("person_id", "name"))
    may = _changeable(door, weights)
    return [
        *(_hours(door, figures, row, who) for row in hours),
        *(_weight(door, figures, row, who, may=row.pk in may) for row in weights),
    ]


def _changeable(door: Door, weights: list[WeightRow]) -> set[int]:
    """Which of these the reader may change: all of them where one reaches as far as for reading."""
    theirs, seen = (door.visible(Thing.CASE_WEIGHT, verb) for verb in (Verb.RECORD, Verb.SEE))
    if theirs.why_not is not None:
        return set()
    if (theirs.everything, theirs.workers, theirs.units) == (seen.everything, seen.workers, seen.units):
        closed = seen.named | seen.opened
        return {row.pk for row in weights if row.child_id not in closed or row.child_id in theirs.named}
    rows = WeightRow.objects.visible_to(theirs).filter(pk__in=[row.pk for row in weights])
    return set(rows.values_list("pk", flat=True))


def _hours(door: Door, figures: Figures, row: CapacityRow, who: dict[str, str]) -> Shown:
    name = names_of(figures).worker((figures.la_code, row.worker_id))
    may = row.worker_id != door.worker_id and door.may(
        Verb.CHANGE, Target(thing=Thing.CAPACITY_PERIOD, worker_id=row.worker_id)
    )
    return _shown(
        door,
        figures,
        row,
        who,
        whose=(name, ref_of("worker", row.worker_id)),
        what=hours_words(row),
        why=row.reason,
        names=("hours", may),
    )


def _weight(door: Door, figures: Figures, row: WeightRow, who: dict[str, str], *, may: bool) -> Shown:
    name = names_of(figures).child((figures.la_code, row.child_id))
    return _shown(
        door,
        figures,
        row,
        who,
        whose=(name, ref_of("child", row.child_id)),
        what=weight_words(row),
        why=row.reason,
        names=("weight", may),
    )


def _shown(
    door: Door,
    figures: Figures,
    row: ByHand,
    who: dict[str, str],
    *,
    whose: tuple[str, str],
    what: str,
    why: str,
    names: tuple[str, bool],
) -> Shown:
    page, may = names
    return Shown(
        whose[0],
        whose[1],
        page == "weight",
        what,
        why,
        row.since,
        row.until,
        row.holds(judged_on(figures, door.at)),
        who.get(row.by, "somebody who is no longer listed"),
        row.recorded_at.date(),
        reverse(f"{page}-change", args=[row.number]) if may else "",
        reverse(f"{page}-end", args=[row.number]) if may else "",
    )


def hours_words(row: CapacityRow) -> str:
    """What was recorded about hours: "7.5 hours a week for duty rota"."""
    hours = f"{plain(row.hours)} hour{'' if row.hours == 1 else 's'} a week"
    return f"{hours} less" if row.kind == CapacityKind.REDUCTION else f"{hours} of extra duty"


def weight_words(row: WeightRow) -> str:
    """What was recorded about a child's weight: "1.5 points more"."""
    points = plain(abs(row.points))
    more = "more" if row.points > 0 else "fewer"
    return f"{points} point{'' if abs(row.points) == 1 else 's'} {more}"


__all__ = ["Shown", "hours_of", "hours_words", "shown", "standing", "weight_words", "weights_of"]
