"""What people change of their own sign-in."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from tests.web.sign_in.people import PASSWORD

from evenlode.web.models import Account
from evenlode.web.sign_in import factor

NEW = "heron biscuit plaster moss"
GUESS = "a guess at it"


@pytest.fixture
def inside(ann, clock):
    ann.sign_in(clock())
    clock.on(seconds=60)
    return ann


def change(somebody, password=PASSWORD, new=NEW):
    return somebody.post("/my-sign-in/password", {"password": password, "new_password": new, "again": new})


def test_a_password_is_changed_by_whoever_knows_the_one_of_now(inside, told):
    assert change(inside).url == "/my-sign-in?done=password"
    assert Account.objects.get(username="ann").check_password(NEW)
    assert inside.is_in()
    assert told()[-1] == ("p-ann", "set", "password", "allowed", "asked for by the person")


def test_a_new_password_signs_the_person_out_everywhere_else(inside, clock):
    other = inside.elsewhere()
    other.sign_in(clock())
    assert other.is_in()
    change(inside)
    assert not other.is_in()
    assert inside.is_in()


def test_without_the_password_of_now_it_stays(inside, told):
    answer = change(inside, password=GUESS)
    assert b"That is not your password" in answer.content
    assert Account.objects.get(username="ann").check_password(PASSWORD)
    assert told()[-1] == ("p-ann", "sign in", "account", "denied", "wrong password")


def test_guessing_the_password_at_an_open_screen_is_locked_too(inside, clock):
    for _ in range(10):
        change(inside, password=GUESS)
        clock.on(seconds=70)
    assert change(inside).status_code == 429


def test_a_common_password_is_refused_here_too(inside):
    assert b"easy to guess" in change(inside, new="Password1234").content


def test_a_new_app_takes_the_place_of_the_old_after_a_code_of_each(inside, clock, told):
    old = inside.code(clock(), ahead=1)
    assert inside.post("/my-sign-in/new-app", {"code": inside.code(clock())}).url.endswith("/confirm")
    page = inside.get("/my-sign-in/new-app/confirm").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    code = format_hotp_value(hotp_value(secret, factor.step_of(clock())))
    assert inside.post("/my-sign-in/new-app/confirm", {"code": code}).url == "/my-sign-in?done=app"
    assert inside.is_in()
    assert told()[-1] == ("p-ann", "set", "second factor", "allowed", "asked for by the person")
    clock.on(seconds=30)
    other = inside.elsewhere()
    other.give_password()
    other.post("/sign-in/code", {"code": old})
    assert not other.is_in()
    other.post("/sign-in/code", {"code": other.code(clock())})
    assert other.is_in()


def test_a_new_app_signs_the_person_out_everywhere_else(inside, clock):
    other = inside.elsewhere()
    other.sign_in(clock())
    clock.on(seconds=60)
    inside.post("/my-sign-in/new-app", {"code": inside.code(clock())})
    page = inside.get("/my-sign-in/new-app/confirm").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    code = format_hotp_value(hotp_value(secret, factor.step_of(clock())))
    inside.post("/my-sign-in/new-app/confirm", {"code": code})
    assert inside.is_in()
    assert not other.is_in()


@pytest.mark.parametrize("path", ["/my-sign-in/new-app", "/my-sign-in/recovery-codes"])
def test_whoever_only_finds_a_screen_open_changes_no_second_factor(inside, path):
    before = list(inside.account.authenticator_set.values_list("pk", flat=True))
    assert b"That code does not work" in inside.post(path, {"code": "000000"}).content
    assert inside.get("/my-sign-in/new-app/confirm").url == "/my-sign-in/new-app"
    assert list(inside.account.authenticator_set.values_list("pk", flat=True)) == before


def test_new_recovery_codes_put_the_old_ones_out_of_use(inside, clock, told):
    old, *_ = factor.new_recovery_codes(inside.account)
    page = inside.post("/my-sign-in/recovery-codes", {"code": inside.code(clock())}).content.decode()
    new, *_ = re.findall(r"<code>([a-z2-7-]{29})</code>", page)
    assert not factor.use_recovery_code(inside.account, old)
    assert factor.use_recovery_code(inside.account, new)
    assert told()[-1] == ("p-ann", "set", "recovery codes", "allowed", "asked for by the person")


def test_signing_out_everywhere_else_keeps_only_this_browser(inside, clock):
    other = inside.elsewhere()
    other.sign_in(clock())
    clock.on(seconds=1)
    inside.post("/my-sign-in/elsewhere")
    assert inside.is_in()
    assert not other.is_in()


@pytest.mark.parametrize(
    "path", ["", "/password", "/new-app", "/new-app/confirm", "/recovery-codes", "/elsewhere"]
)
def test_none_of_these_pages_opens_without_signing_in(ann, path):
    for answer in (ann.get(f"/my-sign-in{path}"), ann.post(f"/my-sign-in{path}")):
        assert answer.url.startswith("/sign-in")


def test_the_page_says_how_many_recovery_codes_are_left(inside):
    factor.new_recovery_codes(inside.account)
    assert b"10 left" in inside.get("/my-sign-in").content
