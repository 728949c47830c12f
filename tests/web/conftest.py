"""A made-up council of forty children, loaded once, with everybody who may look at it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from evenlode.access import Role
from evenlode.audit_trail import guard, set_up, set_up_statements
from evenlode.cli.asking import deliveries_of
from evenlode.demo import build_council
from evenlode.policy import shipped_policy
from evenlode.record import Record
from evenlode.rules.compiled import rules_version
from evenlode.web import standing_register
from evenlode.web.demonstration import PREFIX, make_sign_ins
from evenlode.web.models import Account, ChildFigure, Figures
from evenlode.web.sign_in.backend import PATH
from evenlode.web.sign_in.sessions import begin
from evenlode.web.sign_in.words import Because
from evenlode.web.writing.refresh import Refreshing, refresh

os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the browser's driver runs a loop of its own
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 6, 4, tzinfo=UTC)


class Quiet:
    """Steps that nobody watches."""

    def step(self, stage, done, of):
        """Says nothing."""


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database with the audit trail in it, and the council loaded."""
    with django_db_blocker.unblock():
        _trail()
        _council()
    standing_register.forget()


def _trail():
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        con = connection.connection
        con.set_authorizer(None)
        set_up(con)
        guard(con)
    else:
        for statement in set_up_statements(str(connection.settings_dict["USER"])):
            connection.connection.execute(statement)


def _council():
    home = Path(settings.EVENLODE.home)
    built = build_council(home / "made-up", as_at=DAY, children=40)
    record = Record.create(home)
    deliveries = deliveries_of(built.extracts, "999", None, Quiet())
    record.load(deliveries, at=NOW, by="test", as_at=DAY, rules_version=rules_version())
    at = Refreshing(record, shipped_policy(), NOW, Quiet().step)
    refresh(at, as_at=DAY - timedelta(days=1), to_compare=True)
    make_sign_ins(refresh(at, as_at=DAY), NOW)


@pytest.fixture(autouse=True)
def _fresh_register():
    standing_register.forget()
    yield
    standing_register.forget()


@dataclass
class SignedIn:
    """A browser of somebody who is signed in."""

    client: Client
    account: Account

    @property
    def person_id(self):
        """By which the audit trail knows them."""
        return self.account.person_id

    def get(self, path, **more):
        """Opens a page over TLS."""
        return self.client.get(path, secure=True, **more)

    def post(self, path, data=None, **more):
        """Sends a form over TLS."""
        return self.client.post(path, data or {}, secure=True, **more)


@pytest.fixture
def signed_in(db):
    """Signs somebody in by their role: signed_in(Role.DIRECTOR)."""

    def sign_in(role: Role) -> SignedIn:
        account = Account.objects.get(username=PREFIX + str(role).replace(" ", "-"))
        client = Client()
        client.force_login(account, backend=PATH)
        session = client.session
        begin(session, Because.CODE)
        session.save()
        return SignedIn(client, account)

    return sign_in


@pytest.fixture
def figures(db):
    """The figures that stand."""
    return Figures.objects.get(standing=True)


@pytest.fixture
def children(figures):
    """Every child of the council, by the record's id."""
    return {c.child_id: c for c in ChildFigure.objects.whole().filter(figures=figures)}
