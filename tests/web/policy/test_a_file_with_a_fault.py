"""A policy file that somebody broke: every page says so in plain words, and all is well once it is mended."""

from __future__ import annotations

import logging
import os

import pytest
from django.test import Client

from evenlode.access import Role
from evenlode.web.council import policy_path

pytestmark = pytest.mark.django_db


@pytest.fixture
def broken():
    """The home's policy file with a fault in it."""
    path = policy_path()
    before = path.read_text("utf-8") if path.exists() else None
    path.write_text("visits: {cp: nonsense}\n", "utf-8")
    os.utime(path, ns=(1, 1))  # another time than the one before, however quick this is
    yield path
    if before is None:
        path.unlink(missing_ok=True)
    else:
        path.write_text(before, "utf-8")


@pytest.mark.parametrize("address", ["/today", "/council", "/policy", "/sign-in"])
def test_no_page_is_shown_by_settings_that_nobody_can_read(signed_in, broken, caplog, address):
    who = Client() if address == "/sign-in" else signed_in(Role.DIRECTOR).client
    with caplog.at_level(logging.ERROR, logger="evenlode.policy"):
        answer = who.get(address, secure=True)
    assert answer.status_code == 503
    assert "settings cannot be read" in answer.content.decode()
    assert "nonsense" not in answer.content.decode()
    assert any("policy" in record.name for record in caplog.records)


def test_every_page_is_back_once_the_file_is_mended(signed_in, broken):
    director = signed_in(Role.DIRECTOR)
    assert director.get("/today").status_code == 503
    broken.unlink()
    assert director.get("/today").status_code == 200
