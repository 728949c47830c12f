"""What stands around every answer to a program: the token, the limit, the decision, the trail, and only then rows."""

from __future__ import annotations

import uuid

from django.http import HttpRequest
from django.utils import timezone
from ninja.security import HttpBearer

from evenlode.access import Target, Thing, Verb
from evenlode.audit_trail import Outcome
from evenlode.web.api.routes import ApiRoute
from evenlode.web.door import Door
from evenlode.web.limits import WHY, Kind, TooMany, count
from evenlode.web.models import TokenRow
from evenlode.web.page import NotThere
from evenlode.web.standing_register import register
from evenlode.web.tokens import token_of, why_not
from evenlode.web.trail import append, note

NOBODY = "nobody"
"""Who asks with a token that nobody knows."""


class Token(HttpBearer):
    """The token in the header `Authorization: Bearer …`; no cookie of a browser opens this service."""

    def authenticate(self, request: HttpRequest, token: str) -> TokenRow | None:  # noqa: ARG002
        """The token that was shown, where it holds; every other is written down and refused.

        Raises TooMany for a token that has asked too often, or where strange tokens come in numbers.
        """
        at = timezone.now()
        row = token_of(token)
        if row is None:
            count(NOBODY, Kind.STRANGE_TOKEN, at)
            _refuse(NOBODY, "no such token", None)
            return None
        if (why := why_not(row, at)) is not None:
            count(name_of(row), Kind.API, at)
            _refuse(row.person_id, why, row)
            return None
        try:
            count(name_of(row), Kind.API, at)
        except TooMany:
            _refuse(row.person_id, WHY, row)
            raise
        return row


def _refuse(person_id: str, why: str, row: TokenRow | None) -> None:
    note(
        person_id=person_id,
        verb=str(Verb.SEE),
        thing=str(Thing.API_TOKEN),
        outcome=Outcome.DENIED,
        why=why,
        thing_id=None if row is None else name_of(row),
    )


def name_of(row: TokenRow) -> str:
    """What the trail calls a token."""
    return f"token {row.pk}"


def door_for(route: ApiRoute, token: TokenRow) -> Door:
    """The door of the person whose token it is, once the address has been decided on.

    Raises NotThere where it is not theirs; that is written down before.
    """
    door = Door(token.person_id, timezone.now(), register(), uuid.uuid4().hex)
    if not door.ask(route.verb, Target(thing=route.thing), thing_id=name_of(token)).allowed:
        append(door.entries)
        raise NotThere
    return door
