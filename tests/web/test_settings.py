"""The settings as they ship are the safe ones, on every answer."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.urls import reverse

from evenlode.access import Role
from evenlode.web.environment import make_keys

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_the_check_for_deployment_finds_nothing_to_say(tmp_path):
    make_keys(tmp_path)
    bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
    done = subprocess.run(
        [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"],
        env={**bare, "DJANGO_SETTINGS_MODULE": "evenlode.web.settings", "EVENLODE_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/today", "/no-such-page", "/child/" + "0" * 24, "/health", "/accessibility"]
)
def test_every_answer_has_the_headers_that_keep_it_to_itself(signed_in, address):
    answer = signed_in(Role.DIRECTOR).get(address)
    for name, value in HEADERS.items():
        assert answer[name] == value
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert int(answer["Strict-Transport-Security"].split("max-age=")[1].split(";")[0]) >= 31_536_000
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_a_host_that_is_not_named_gets_nothing(client):
    assert client.get("/health", secure=True, headers={"host": "evil.example"}).status_code == 400


@pytest.mark.django_db
def test_without_tls_one_is_sent_to_tls(client):
    answer = client.get(reverse("today"))
    assert answer.status_code == 301
    assert answer["Location"].startswith("https://")


def test_the_cookies_that_ship_hold_to_their_host_and_to_tls(settings):
    assert settings.SESSION_COOKIE_NAME.startswith("__Host-")
    assert settings.CSRF_COOKIE_NAME.startswith("__Host-")
    assert settings.SESSION_COOKIE_SECURE
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.CSRF_COOKIE_SECURE


@pytest.mark.django_db
@pytest.mark.parametrize("role", Role)
def test_no_page_changes_anything_for_a_form_without_its_token(signed_in, role):
    who = signed_in(role)
    who.client.handler.enforce_csrf_checks = True
    assert who.post("/open-a-record/end").status_code == 403
