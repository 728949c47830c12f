"""The ready sign-ins of the demonstration, and everywhere that they are not."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import Client

from evenlode.web.sign_in.demo_door import ready_sign_ins

HERE = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1"}
DIRECTOR = {"account": "demo-director"}


@pytest.fixture
def demo(settings):
    """As the demonstration runs: the setting, and cookies that go without TLS."""
    settings.EVENLODE = replace(settings.EVENLODE, demo=True)
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False
    settings.SESSION_COOKIE_NAME = "sessionid"


def test_the_page_lists_one_ready_sign_in_a_role(db, demo):
    page = Client().get("/sign-in", **HERE).content.decode()
    assert page.count('name="account" value="demo-') == 12


def test_each_says_its_roles_and_where_in_words(db):
    found = {a.username: (role, unit) for a, role, unit in ready_sign_ins()}
    assert found["demo-director"][0] == "director"
    assert found["demo-team-manager"][0] == "team manager"
    assert found["demo-team-manager"][1]


def test_a_button_signs_in_as_that_person(db, demo, told):
    client = Client()
    assert client.post("/sign-in/ready", DIRECTOR, **HERE).url == "/"
    assert client.get("/my-sign-in", **HERE).status_code == 200
    assert told()[-1][1:] == ("sign in", "account", "allowed", "ready sign-in of the demonstration")


def test_a_real_service_has_no_ready_sign_ins(db):
    client = Client()
    assert b"demo-" not in client.get("/sign-in", secure=True, **HERE).content
    assert client.post("/sign-in/ready", DIRECTOR, secure=True, **HERE).status_code == 404


@pytest.mark.parametrize(
    "meta",
    [
        {"REMOTE_ADDR": "192.0.2.1", "HTTP_HOST": "127.0.0.1"},
        {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "testserver"},
        {**HERE, "HTTP_X_FORWARDED_FOR": "127.0.0.1"},
        {**HERE, "HTTP_FORWARDED": "for=127.0.0.1"},
        {**HERE, "HTTP_X_REAL_IP": "127.0.0.1"},
    ],
    ids=["another machine", "another name", "a proxy", "a proxy, told otherwise", "a proxy, a third way"],
)
def test_the_demonstration_has_none_for_anybody_but_a_browser_of_this_machine(db, demo, told, meta):
    client = Client()
    assert b"demo-" not in client.get("/sign-in", **meta).content
    assert client.post("/sign-in/ready", DIRECTOR, **meta).status_code == 404
    assert told()[-1] == ("nobody known", "sign in", "account", "denied", "not from this machine")


def test_a_ready_session_that_is_carried_to_another_machine_ends(db, demo):
    client = Client()
    client.post("/sign-in/ready", DIRECTOR, **HERE)
    away = {**HERE, "REMOTE_ADDR": "192.0.2.1"}
    assert client.get("/my-sign-in", **away).status_code == 302


@pytest.mark.parametrize("username", ["ann", "demo-nobody", ""])
def test_an_account_that_is_not_of_the_demonstration_has_no_button(ann, demo, username):
    assert Client().post("/sign-in/ready", {"account": username}, **HERE).status_code == 404


def test_a_ready_sign_in_is_no_link_to_follow(db, demo):
    assert Client().get("/sign-in/ready", **HERE).status_code == 405


def test_a_disabled_account_is_not_listed(db, demo):
    from evenlode.web.models import Account

    Account.objects.filter(username="demo-director").update(is_active=False)
    assert "demo-director" not in [ready.account.username for ready in ready_sign_ins()]
    assert Client().post("/sign-in/ready", DIRECTOR, **HERE).status_code == 404


def test_in_the_demonstration_a_password_alone_will_do_on_this_machine(demo, db, clock):
    from tests.web.sign_in.people import PASSWORD, made

    made("bob", "p-bob", app=False)
    client = Client()
    said = {"username": "bob", "password": PASSWORD}
    assert client.post("/sign-in", said, REMOTE_ADDR="192.0.2.1", HTTP_HOST="127.0.0.1").status_code == 403
    assert client.post("/sign-in", said, **HERE).url == "/"
    assert client.get("/my-sign-in", **HERE).status_code == 200
