"""Who reads a list, and how it names and links the people on it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import NoReverseMatch, reverse

from evenlode.access import Scope, Thing, Verb
from evenlode.oversight.names import Names
from evenlode.oversight.words import day_words
from evenlode.web.door import Door
from evenlode.web.lists.cell import Cell
from evenlode.web.models import Figures
from evenlode.web.people_of import names_of
from evenlode.web.refs import ref_of


@dataclass
class Reader:
    """What a column needs beside its row.  gathered: what the list looked up for the rows that are shown."""

    door: Door
    figures: Figures
    gathered: Any = None

    @cached_property
    def names(self) -> Names:
        """Who is who."""
        return names_of(self.figures)

    def child(self, child_id: str, *small: str) -> Cell:
        """A child by name, as a link to the page; the age stands under it."""
        me = (self.figures.la_code, child_id)
        age = self.names.age(me)
        under = tuple(
            part for part in (age and f"Age {age}" if age[:1].isdigit() else age.capitalize(), *small) if part
        )
        return Cell(self.names.child(me), url=reverse("child", args=[ref_of("child", child_id)]), small=under)

    def worker(self, worker_id: str) -> Cell:
        """A worker by name, as a link where the reader may open the page; blank for nobody."""
        name = self.names.worker((self.figures.la_code, worker_id)) if worker_id else ""
        reached = bool(name) and self._workers.worker(worker_id)[1] is not Scope.NONE
        return Cell(name, url=address("worker", ref_of("worker", worker_id)) if reached else "")

    def team(self, team_id: str) -> str:
        """A team by name; blank for none."""
        return self.names.team((self.figures.la_code, team_id)) if team_id else ""

    def day(self, day: date | None) -> str:
        """A day as tables write it; blank for none."""
        return day_words(day, self.figures.as_at, short=True) if day else ""

    @cached_property
    def _workers(self) -> Any:
        return self.door.visible(Thing.WORKER_FIGURES, Verb.SEE)


def address(name: str, *parts: str) -> str:
    """The address of a page; blank where the service has no such page."""
    try:
        return reverse(name, args=parts)
    except NoReverseMatch:
        return ""


def reader_of(door: Door, figures: Figures) -> Reader:
    """The reader of a request's lists."""
    return Reader(door, figures)


def with_gathered(reader: Reader, gathered: Any) -> Reader:
    """The same reader, with what was looked up for the rows that are shown."""
    return replace(reader, gathered=gathered)
