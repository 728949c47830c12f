"""Watch lists: children who stay on a manager's mind whether or not a date has gone by."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from evenlode.access import Target, Thing
from evenlode.oversight.watch_lists import WATCH_LISTS, WatchList
from evenlode.oversight.words import so_many
from evenlode.web.lists import Cell, Column, ListPage, Reader, answer
from evenlode.web.models import WatchFigure
from evenlode.web.page import Asked, Found, NotThere, of
from evenlode.web.views.children import AGE, CHILD, TEAM, TEAM_FILTER, WORKER, WORKER_FILTER

NONE = "None of your children is on this list."
BY_NAME: dict[str, WatchList] = {one.name: one for one in WATCH_LISTS}


def find_watch_list(_: Asked, name: str) -> Found:
    """The list that an address names."""
    if name not in BY_NAME:
        raise NotThere
    return Found(Target(thing=Thing.WATCH_LIST), BY_NAME[name], name)


def watch_lists(request: Asked) -> HttpResponse:
    """Every list with its sentence and how many children of the reader's are on it."""
    counted = dict(_rows(request).order_by().values_list("watch_list").annotate(n=Count("pk")))
    lists = [
        {
            "title": one.title,
            "url": reverse("watch-list", args=[one.name]),
            "count": counted.get(one.name, 0),
            "sentence": _sentence(request, one, counted.get(one.name, 0)),
        }
        for one in WATCH_LISTS
    ]
    return render(request, "evenlode/watch_lists.html", {"lists": lists})


def watch_list(request: Asked, one: WatchList) -> HttpResponse:
    """The children on one list, the longest first."""
    rows = _rows(request).filter(watch_list=one.name)
    around = {
        "watch_list": one,
        "sentence": _sentence(request, one, rows.count()),
        "crumbs": [("Watch lists", reverse("watch")), (one.title, "")],
    }
    return answer(request, LISTS[one.name], rows, "evenlode/watch_list.html", around)


def _sentence(request: Asked, one: WatchList, number: int) -> str:
    """What stands above the list; whoever sees only some children is told of those, and not of the council."""
    if not number and not request.door.visible(Thing.WATCH_LIST).everything:
        return NONE
    return one.sentence_of(number)


def _rows(request: Asked) -> Any:
    visible = request.door.visible(Thing.WATCH_LIST)
    return WatchFigure.objects.visible_to(visible).filter(figures=of(request))


def _cell(place: int) -> Any:
    """What stands in one of a list's own columns."""

    def cell(row: WatchFigure, _: Reader) -> str:
        return row.cells[place] if place < len(row.cells) else ""

    return cell


def _days(row: WatchFigure, reader: Reader) -> Cell:
    if row.days is None:
        return Cell(
            None, "Cannot tell" if row.cannot_tell else "", shape="cannot_tell" if row.cannot_tell else ""
        )
    return Cell(row.days, so_many(row.days, "day"), small=(f"since {reader.day(row.since)}",))


def _why(row: WatchFigure, _: Reader) -> Cell:
    doubt = ("one of them we cannot tell",) if row.cannot_tell else ()
    return Cell(", ".join(row.rules), small=doubt)


def _list_page(one: WatchList) -> ListPage:
    return ListPage(
        name=f"watch-{one.name.replace('_', '-')}",
        title=one.title,
        noun="child/children",
        columns=(
            CHILD,
            AGE,
            Column("How long", "days", _days, ("since", "by_name")),
            Column("Since", "since", lambda row, _: row.since, page=False),
            *(
                Column(c.heading, f"own-{n}", _cell(n), blank="not told", width=24)
                for n, c in enumerate(one.columns)
            ),
            WORKER,
            TEAM,
            Column("Rules", "rules", _why, blank="none is late", width=20),
        ),
        filters=(TEAM_FILTER, WORKER_FILTER),
        first=("since", "by_name"),
        none=NONE,
    )


LISTS: dict[str, ListPage] = {one.name: _list_page(one) for one in WATCH_LISTS}
"""How each list is shown."""
