"""The menu: the pages that somebody may open, in one order for everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from evenlode.access import Role, Scope, Thing, Verb
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
    """A word, the page it leads to, and the cell of the matrix that must be open for it.

    counts: the number beside it.  when: what must be so beside.  under: the beginnings of other addresses that belong to it.
    """

    label: str
    name: str
    thing: Thing
    verb: Verb
    counts: Callable[[Door, Figures], int] | None = None
    when: Callable[[Door], bool] = lambda _: True
    under: tuple[str, ...] = ()

    def current(self, path: str) -> bool:
        """Whether a page belongs to this word."""
        url = reverse(self.name)
        return path == url or path.startswith((f"{url.rstrip('/')}/", *self.under))


HOLDERS = frozenset({Role.SOCIAL_WORKER, Role.PERSONAL_ADVISER, Role.PRACTICE_SUPERVISOR})
"""Those whose first role is to hold children themselves."""


def _holds_children(door: Door) -> bool:
    return bool(door.worker_id and door.roles and door.roles[0] in HOLDERS)


def _one_team(door: Door) -> bool:
    return door.visible(Thing.TEAM_PAGE, Verb.SEE).widest < Scope.SERVICE


def _several_teams(door: Door) -> bool:
    return not _one_team(door)


ITEMS: tuple[Item, ...] = (
    Item("Today", "today", Thing.TODAY, Verb.LIST),
    Item("My caseload", "my-caseload", Thing.CHILD_RECORD, Verb.LIST, when=_holds_children),
    Item("Team", "own-team", Thing.TEAM_PAGE, Verb.SEE, when=_one_team, under=("/worker/", "/hours/")),
    Item(
        "Teams",
        "teams",
        Thing.TEAM_PAGE,
        Verb.SEE,
        when=_several_teams,
        under=("/team/", "/worker/", "/hours/"),
    ),
    Item("Children", "children", Thing.CHILD_RECORD, Verb.LIST),
    Item("Waiting", "waiting", Thing.WAITING_LIST, Verb.LIST, counts=how_many_wait),
    Item("Watch lists", "watch", Thing.WATCH_LIST, Verb.LIST),
    Item("Search", "search", Thing.SEARCH, Verb.LIST),
    Item("Service", "service", Thing.SERVICE_PAGE, Verb.SEE),
    Item("Council", "council", Thing.COUNCIL_MEASURES, Verb.SEE),
    Item("Rules", "rules", Thing.RULES, Verb.SEE),
    Item("Policy", "policy", Thing.POLICY, Verb.SEE),
    Item("Data", "data", Thing.LOADS, Verb.SEE),
    Item("People and access", "people", Thing.PEOPLE, Verb.LIST, under=("/tokens", "/whole-tables")),
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
        Entry(item.label, reverse(item.name), item.current(request.path), _count(item, request, door))
        for item in ITEMS
        if door.may_list(item.thing, item.verb) and item.when(door)
    ]
