"""A name, a password and a code open the service, and nothing less does."""

from __future__ import annotations

import re

import pytest
from django.contrib.sessions.models import Session
from tests.web.sign_in.people import PASSWORD, made

from evenlode.web import trail
from evenlode.web.sign_in import factor


def session_id(somebody):
    return somebody.client.cookies["__Host-session"].value


def test_a_name_a_password_and_a_code_sign_a_person_in(ann, clock, told):
    first = ann.give_password()
    assert (first.status_code, first.url) == (302, "/sign-in/code")
    done = ann.post("/sign-in/code", {"code": ann.code(clock())})
    assert (done.status_code, done.url) == (302, "/")
    assert ann.is_in()
    assert told() == [("p-ann", "sign in", "account", "allowed", "password and code")]


def test_case_and_spaces_round_a_name_do_not_matter(ann):
    assert ann.post("/sign-in", {"username": " ANN ", "password": PASSWORD}).status_code == 302


def test_a_password_alone_opens_no_page(ann):
    ann.give_password()
    assert ann.get("/my-sign-in").url == "/sign-in?next=%2Fmy-sign-in"
    assert ann.get("/").url == "/sign-in"


def test_an_account_without_a_second_factor_is_not_let_in(db, clock, told):
    bob = made("bob", "p-bob", app=False)
    answer = bob.give_password()
    assert answer.status_code == 403
    assert b"no second factor yet" in answer.content
    assert not bob.is_in()
    assert told() == [("p-bob", "sign in", "account", "denied", "no second factor is set up")]


def test_the_page_for_the_code_is_there_only_after_the_password(ann):
    assert ann.get("/sign-in/code").url == "/sign-in"


def test_ten_minutes_after_the_password_the_code_comes_too_late(ann, clock):
    ann.give_password()
    clock.on(minutes=10, seconds=1)
    assert ann.post("/sign-in/code", {"code": ann.code(clock())}).url == "/sign-in"
    assert not ann.is_in()


def test_a_password_that_was_changed_meanwhile_needs_to_be_given_again(ann, clock):
    ann.give_password()
    ann.account.set_password("something else entirely new")
    ann.account.save()
    assert ann.post("/sign-in/code", {"code": ann.code(clock())}).url == "/sign-in"


def test_a_wrong_code_does_not_sign_in(ann, clock, told):
    ann.give_password()
    answer = ann.post("/sign-in/code", {"code": "000000"})
    assert b"That code does not work" in answer.content
    assert not ann.is_in()
    assert told() == [("p-ann", "sign in", "account", "denied", "wrong or used code")]


def test_a_code_works_once_even_while_it_still_shows(ann, clock):
    code = ann.code(clock())
    ann.sign_in(clock())
    again = ann.elsewhere()
    again.give_password()
    assert b"That code does not work" in again.post("/sign-in/code", {"code": code}).content
    assert not again.is_in()


def test_an_earlier_code_does_not_work_after_a_later_one(ann, clock):
    earlier = ann.code(clock(), ahead=-1)
    ann.sign_in(clock())
    again = ann.elsewhere()
    again.give_password()
    assert again.post("/sign-in/code", {"code": earlier}).status_code == 200


@pytest.mark.parametrize(("ahead", "works"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_half_a_minute_early_or_late_and_no_more(ann, clock, ahead, works):
    ann.give_password()
    ann.post("/sign-in/code", {"code": ann.code(clock(), ahead)})
    assert ann.is_in() is works


def test_a_recovery_code_stands_in_for_the_app_once(ann, clock, told):
    code, *_ = factor.new_recovery_codes(ann.account)
    ann.give_password()
    ann.post("/sign-in/code", {"code": code.upper().replace("-", " ")})
    assert ann.is_in()
    assert factor.recovery_codes_left(ann.account) == 9
    assert told()[-1] == ("p-ann", "sign in", "account", "allowed", "password and recovery code")
    again = ann.elsewhere()
    again.give_password()
    again.post("/sign-in/code", {"code": code})
    assert not again.is_in()


def test_the_recovery_codes_of_one_person_do_not_work_for_another(ann, clock):
    bob = made("bob", "p-bob")
    factor.new_recovery_codes(bob.account)
    code, *_ = factor.new_recovery_codes(ann.account)
    bob.give_password()
    bob.post("/sign-in/code", {"code": code})
    assert not bob.is_in()


def test_the_secret_of_an_app_lies_sealed_in_the_database(ann):
    held = ann.account.authenticator_set.get(type="totp")
    assert not re.fullmatch("[A-Z2-7=]+", held.data["secret"])
    assert ann.code(trail.timezone.now()).isdigit()


def test_signing_in_gives_a_new_session_and_the_old_id_leads_nowhere(ann, clock):
    ann.give_password()
    before = session_id(ann)
    ann.post("/sign-in/code", {"code": ann.code(clock())})
    assert session_id(ann) != before
    assert not Session.objects.filter(session_key=before).exists()
    ann.client.cookies["__Host-session"] = before
    assert not ann.is_in()


def test_the_cookie_of_a_session_is_kept_from_scripts_other_sites_and_plain_lines(ann, clock):
    ann.sign_in(clock())
    cookie = ann.client.cookies["__Host-session"]
    assert cookie["secure"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert (cookie["path"], cookie["domain"], cookie["max-age"]) == ("/", "", "")


def test_whoever_was_sent_to_sign_in_comes_back_to_where_they_wanted(ann, clock):
    ann.post("/sign-in", {"username": "ann", "password": PASSWORD, "next": "/my-sign-in"})
    assert ann.post("/sign-in/code", {"code": ann.code(clock())}).url == "/my-sign-in"


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", "x"]
)
def test_nobody_is_sent_to_another_site_after_signing_in(ann, clock, wanted):
    ann.post("/sign-in", {"username": "ann", "password": PASSWORD, "next": wanted})
    assert ann.post("/sign-in/code", {"code": ann.code(clock())}).url == "/"


def test_what_was_searched_for_is_not_carried_into_the_address_of_the_sign_in_page(ann):
    assert ann.get("/my-sign-in?q=Name").url == "/sign-in?next=%2Fmy-sign-in"


def test_where_the_trail_cannot_be_written_nobody_is_signed_in(ann, clock, monkeypatch):
    ann.give_password()
    code = ann.code(clock())

    def cannot(_):
        raise trail.NotWritten("disk")

    monkeypatch.setattr(trail, "append", cannot)
    assert ann.post("/sign-in/code", {"code": code}).status_code == 503
    monkeypatch.undo()
    assert not ann.is_in()


@pytest.mark.parametrize("path", ["/sign-in", "/sign-out", "/sign-in/ready", "/sign-in/council"])
def test_a_form_from_another_site_is_refused(db, path):
    from django.test import Client

    assert Client(enforce_csrf_checks=True).post(path, {}, secure=True).status_code == 403


@pytest.mark.parametrize(
    "path", ["/accounts/login/", "/accounts/signup/", "/sign-up", "/accounts/password/reset/"]
)
def test_nobody_makes_an_account_or_a_password_for_themselves(db, client, path):
    assert client.get(path, secure=True).status_code == 404
