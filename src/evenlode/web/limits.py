"""How much one person may look for, open and save in a short time (safety-bars G9).

Whoever needs more in ten minutes than anybody's work needs is stopped, told so plainly, and written down.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings

from evenlode.access import Thing, Verb
from evenlode.audit_trail import Entry, Outcome
from evenlode.web.door import Door
from evenlode.web.models import TakenRow

log = logging.getLogger("evenlode.limits")
IN = timedelta(minutes=10)
"""The time in which things are counted."""


class Kind(StrEnum):
    """What is counted, in the words in which a page tells of it."""

    SEARCH = "searches"
    CHILD = "openings of children's records"
    EXPORT = "saved lists"
    WHOLE = "whole tables"
    API = "answers to a program"
    STRANGE_TOKEN = "tokens that nobody knows"  # noqa: S105 - the name of a thing, no secret


MOST: dict[Kind, int] = {
    Kind.SEARCH: 60,
    Kind.CHILD: 120,
    Kind.EXPORT: 20,
    Kind.WHOLE: 2,
    Kind.API: 300,
    Kind.STRANGE_TOKEN: 60,
}
"""So many of each at most in that time; `EVENLODE_LIMITS` in the settings may say less."""

COUNTED: dict[tuple[Verb, Thing], Kind] = {
    (Verb.SEE, Thing.CHILD_RECORD): Kind.CHILD,
    (Verb.EXPORT, Thing.LIST_EXPORT): Kind.EXPORT,
    (Verb.EXPORT, Thing.BULK_EXPORT): Kind.WHOLE,
    (Verb.LIST, Thing.SEARCH): Kind.SEARCH,
}
"""Which questions to the access matrix are counted, and as what."""


class TooMany(Exception):
    """Somebody has had as much as they may for now."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(str(kind))
        self.kind = kind

    @property
    def most(self) -> int:
        """How many there may be."""
        return most_of(self.kind)

    @property
    def minutes(self) -> int:
        """In how many minutes."""
        return int(IN.total_seconds() // 60)


def most_of(kind: Kind) -> int:
    """How many of a kind there may be in the time."""
    return int(getattr(settings, "EVENLODE_LIMITS", {}).get(kind.name, MOST[kind]))


def take(door: Door, verb: Verb, thing: Thing) -> None:
    """Counts one more of what is counted.

    Raises TooMany where that is more than there may be; then it is not counted.  What is counted stands on its
    own: a request that is refused later has been made all the same.
    """
    kind = COUNTED.get((verb, thing))
    if kind is None:
        return
    count(door.person_id, kind, door.at)


def count(who: str, kind: Kind, at: datetime) -> None:
    """Counts one more for a person or a token.  Raises TooMany where that is more than there may be."""
    mine = TakenRow.objects.filter(person_id=who, kind=kind.name)
    lately = mine.filter(at__gt=at - IN).count()
    if lately >= most_of(kind):
        raise TooMany(kind)
    if not lately:
        mine.delete()
    TakenRow.objects.create(person_id=who, kind=kind.name, at=at)


def refusal(door: Door) -> Entry:
    """The alert: what was asked for last, as the trail tells of it now that it is refused."""
    last = door.entries[-1]
    log.warning(
        "over the limit",
        extra={"request_id": door.request_id, "person_id": door.person_id, "thing": last.thing},
    )
    return replace(last, outcome=Outcome.DENIED, why=WHY, scope=None)


WHY = "more than the limit for ten minutes"
"""By which the trail is searched for it."""
