"""The menu: the pages that somebody may open, in one order for everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from evenlode.access import Thing, Verb
from evenlode.web.door import Door
from evenlode.web.models import Figures
from evenlode.web.unallocated import how_many_wait


@dataclass(frozen=True)
class Entry:
    """One word of the menu; count: a number beside it, None for none."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Item:
    """A word, the page it leads to, the cell of the matrix that must be open for it; counts: the number beside it."""

    label: str
    name: str
    thing: Thing
    verb: Verb
    counts: Callable[[Door, Figures], int] | None = None


ITEMS: tuple[Item, ...] = (
    Item("Today", "today", Thing.TODAY, Verb.LIST),
    Item("Children", "children", Thing.CHILD_RECORD, Verb.LIST),
    Item("Waiting", "waiting", Thing.WAITING_LIST, Verb.LIST, how_many_wait),
    Item("Watch lists", "watch", Thing.WATCH_LIST, Verb.LIST),
    Item("Search", "search", Thing.SEARCH, Verb.LIST),
    Item("People and access", "people", Thing.PEOPLE, Verb.LIST),
    Item("Audit", "audit", Thing.AUDIT_LOG, Verb.SEE),
)
"""In the order in which they stand."""


def _count(item: Item, request: HttpRequest, door: Door) -> int | None:
    figures: Figures | None = getattr(request, "figures", None)
    if item.counts is None or figures is None:
        return None
    return item.counts(door, figures) or None


def menu(request: HttpRequest, door: Door) -> list[Entry]:
    """The menu of the person who asks."""
    return [
        Entry(
            item.label,
            reverse(item.name),
            request.path.startswith(reverse(item.name)),
            _count(item, request, door),
        )
        for item in ITEMS
        if door.may_list(item.thing, item.verb)
    ]
