"""Somebody with an account of their own, a clock that a test sets, and what the audit trail was told."""

from __future__ import annotations

import pytest
from tests.web.sign_in.people import BEGIN, Clock, made

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
