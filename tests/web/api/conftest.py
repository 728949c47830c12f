"""Keys of the demonstration's people, and a program that shows them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from evenlode.access import Role
from evenlode.web.models import TokenRow
from evenlode.web.tokens import agree_to_token, ask_for_token, collect


@pytest.fixture
def token_of(signed_in):
    """Makes a key for somebody by their role: token_of(Role.DIRECTOR) → (what is shown once, its row)."""

    def make(role: Role) -> tuple[str, TokenRow]:
        at = timezone.now()
        person = signed_in(role).account.person
        row = ask_for_token(
            person, reason="the report", until=at.date() + timedelta(days=30), by="administrator", at=at
        )
        agree_to_token(row, by="governance", at=at)
        return collect(row, by=person.person_id, at=at), row

    return make


@pytest.fixture
def ask(db):
    """Asks the service as a program does: ask("findings", token, page=2)."""

    def get(path: str, token: str | None, **params):
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        return Client().get(f"/api/v1/{path}", params, secure=True, headers=headers)

    return get
