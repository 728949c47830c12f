"""What stands around every page: whose service it is, who is signed in, which figures these are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from evenlode.access import Thing, Verb
from evenlode.web.council import council_name
from evenlode.web.door import Door
from evenlode.web.menu import menu
from evenlode.web.models import Figures, PersonRow, UnitRow

STALE = timedelta(days=2)
"""Figures that are older say so on every page."""


@dataclass(frozen=True)
class Site:
    """Whose service it is."""

    council_name: str
    demo: bool


@dataclass(frozen=True)
class Shown:
    """Who is signed in, as the heading says it."""

    name: str
    role: str
    unit: str


@dataclass(frozen=True)
class FiguresBar:
    """Which figures these are: the bar of every page."""

    as_at_words: str
    loaded_words: str
    set_aside: int
    set_aside_url: str
    stale_words: str


def around(request: HttpRequest) -> dict[str, Any]:
    """The context of every page."""
    door: Door | None = getattr(request, "door", None)
    figures: Figures | None = getattr(request, "figures", None)
    return {
        "site": Site(council_name(), settings.EVENLODE.demo),
        "person": _person(door) if door else None,
        "nav": menu(request, door) if door else [],
        "open_record_url": reverse("glass") if door and door.may_list(Thing.BREAK_GLASS, Verb.RECORD) else "",
        "figures": _bar(figures, door) if figures and door else None,
        "glass": getattr(request, "glass", None),
    }


def _person(door: Door) -> Shown:
    name = PersonRow.objects.filter(pk=door.person_id).values_list("name", flat=True).first() or ""
    unit = UnitRow.objects.filter(unit_id=door.unit_id).order_by("-since").first() if door.unit_id else None
    return Shown(name, str(door.roles[0]) if door.roles else "no post today", unit.name if unit else "")


def _bar(figures: Figures, door: Door) -> FiguresBar:
    now = timezone.localtime(door.at)
    loaded = timezone.localtime(figures.loaded_at)
    when = (
        f"today at {loaded:%H:%M}"
        if loaded.date() == now.date()
        else f"on {loaded.day} {loaded:%B} at {loaded:%H:%M}"
    )
    days = (now.date() - figures.as_at).days
    return FiguresBar(
        f"{figures.as_at:%A} {figures.as_at.day} {figures.as_at:%B %Y}",
        when,
        figures.set_aside,
        f"{reverse('data')}#set-aside" if door.may_list(Thing.LOADS, Verb.SEE) else "",
        f"These figures are {days} days old." if timedelta(days=days) > STALE else "",
    )
