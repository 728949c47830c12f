"""Somebody with an account of their own, a clock that a test sets, and what the audit trail was told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.web.sign_in.issuer import CLIENT, SECRET, TENANT, Issuer
from tests.web.sign_in.people import BEGIN, Clock, made

from evenlode.web.environment import OutsideProvider
from evenlode.web.sign_in import outside
from evenlode.web.trail import trail


@pytest.fixture
def clock(monkeypatch):
    clock = Clock(BEGIN)
    monkeypatch.setattr("django.utils.timezone.now", clock)
    return clock


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def ann(db, clock):
    """A worker with a password and an app."""
    return made("ann", "p-ann")


@pytest.fixture
def told(db):
    """What the trail was told since the test began: (person, verb, thing, outcome, why), oldest first."""
    before = len(list(trail().rows()))

    def entries():
        return [(row[2], row[3], row[4], row[5], row[6]) for row in list(trail().rows())[before:]]

    return entries


@pytest.fixture
def issuer(settings):
    """The provider of the tests, set as the council's."""
    issuer = Issuer()
    provider = OutsideProvider(issuer.address, CLIENT, SECRET, TENANT)
    settings.EVENLODE = replace(settings.EVENLODE, provider=provider)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider.app]}}
    yield issuer
    issuer.close()


@pytest.fixture
def tied(db, issuer):
    """Somebody who signs in through the provider alone."""
    somebody = made("ann", "p-ann", app=False)
    somebody.account.set_password(None)
    somebody.account.save()
    outside.tie(somebody.account, issuer=issuer.address, subject="subject-1", tied_by="p-admin")
    return somebody
