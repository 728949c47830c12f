"""The menu: the pages that somebody may open, in one order for everybody."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from evenlode.access import Thing, Verb
from evenlode.web.door import Door


@dataclass(frozen=True)
class Entry:
    """One word of the menu; count: a number beside it, None for none."""

    label: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True)
class Item:
    """A word, the page it leads to, and the cell of the matrix that must be open for it."""

    label: str
    name: str
    thing: Thing
    verb: Verb


ITEMS: tuple[Item, ...] = (
    Item("Today", "today", Thing.TODAY, Verb.LIST),
    Item("Service", "service", Thing.SERVICE_PAGE, Verb.SEE),
    Item("Council", "council", Thing.COUNCIL_MEASURES, Verb.SEE),
    Item("Rules", "rules", Thing.RULES, Verb.SEE),
    Item("Policy", "policy", Thing.POLICY, Verb.SEE),
    Item("Data", "data", Thing.LOADS, Verb.SEE),
    Item("People and access", "people", Thing.PEOPLE, Verb.LIST),
    Item("Audit", "audit", Thing.AUDIT_LOG, Verb.SEE),
)
"""In the order in which they stand."""


def menu(request: HttpRequest, door: Door) -> list[Entry]:
    """The menu of the person who asks."""
    return [
        Entry(item.label, reverse(item.name), request.path.startswith(reverse(item.name)))
        for item in ITEMS
        if door.may_list(item.thing, item.verb)
    ]
