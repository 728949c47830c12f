"""A set-up link: first password, second factor and recovery codes, all or nothing, once."""

from __future__ import annotations

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client
from tests.web.sign_in.people import Somebody, made

from evenlode.web.models import Account
from evenlode.web.sign_in import factor, links
from evenlode.web.sign_in.models import SetUpLink

NEW = "heron biscuit plaster moss"


@pytest.fixture
def new(db, clock):
    """Somebody whose account was made and never used."""
    somebody = made("new", "p-new", app=False)
    somebody.account.set_password(None)
    somebody.account.save()
    return somebody


def choose(somebody, link, password=NEW, again=None):
    return somebody.post(link, {"new_password": password, "again": again or password})


def shown_code(somebody, clock):
    """What an app shows that was told the letters on the page."""
    page = somebody.get("/sign-in/first/app").content.decode()
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    return format_hotp_value(hotp_value(secret, factor.step_of(clock())))


def set_up(somebody, link, clock):
    choose(somebody, link)
    return somebody.post("/sign-in/first/app", {"code": shown_code(somebody, clock)})


def test_a_link_leads_to_a_password_an_app_recovery_codes_and_in(new, clock, told):
    link = links.one_time_link(new.account, made_by="p-admin")
    assert choose(new, link).url == "/sign-in/first/app"
    page = new.post("/sign-in/first/app", {"code": shown_code(new, clock)})
    assert len(re.findall(r"<code>([a-z2-7]{4}(?:-[a-z2-7]{4}){5})</code>", page.content.decode())) == 10
    assert new.is_in()
    assert told() == [
        ("p-admin", "make", "set-up link", "allowed", "asked for by whoever runs the service"),
        ("p-new", "set", "password", "allowed", "set-up link"),
        ("p-new", "set", "second factor", "allowed", "set-up link"),
        ("p-new", "set", "recovery codes", "allowed", "set-up link"),
        ("p-new", "sign in", "account", "allowed", "set-up link"),
    ]


def test_after_it_the_new_password_and_the_app_sign_in(new, clock):
    set_up(new, links.one_time_link(new.account, made_by="p-admin"), clock)
    new.post("/sign-out")
    clock.on(seconds=30)
    new.give_password(NEW)
    new.post("/sign-in/code", {"code": new.code(clock())})
    assert new.is_in()


def test_the_code_that_confirmed_the_app_is_used_up(new, clock):
    set_up(new, links.one_time_link(new.account, made_by="p-admin"), clock)
    other = new.elsewhere()
    other.give_password(NEW)
    other.post("/sign-in/code", {"code": other.code(clock())})
    assert not other.is_in()


def test_until_the_app_is_confirmed_nothing_is_kept_and_the_link_still_works(new, clock):
    link = links.one_time_link(new.account, made_by="p-admin")
    choose(new, link)
    new.post("/sign-in/first/app", {"code": "000000"})
    assert not Account.objects.get(pk=new.account.pk).has_usable_password()
    assert not factor.has_factor(new.account)
    set_up(new.elsewhere(), link, clock)
    assert factor.has_factor(new.account)


def test_a_link_works_once(new, clock):
    link = links.one_time_link(new.account, made_by="p-admin")
    set_up(new, link, clock)
    answer = new.elsewhere().get(link)
    assert answer.status_code == 404
    assert b"This link does not work" in answer.content


def test_two_who_use_a_link_at_once_are_not_both_let_in(new, clock):
    link = links.one_time_link(new.account, made_by="p-admin")
    one, other = new, new.elsewhere()
    choose(one, link)
    choose(other, link, "another long enough phrase")
    code = shown_code(other, clock)
    one.post("/sign-in/first/app", {"code": shown_code(one, clock)})
    assert other.post("/sign-in/first/app", {"code": code}).status_code == 404
    assert Account.objects.get(pk=new.account.pk).check_password(NEW)


def test_a_link_is_good_for_three_days(new, clock):
    link = links.one_time_link(new.account, made_by="p-admin")
    clock.on(days=2, hours=23)
    assert new.get(link).status_code == 200
    clock.on(hours=1)
    assert new.get(link).status_code == 404


def test_a_newer_link_puts_the_older_one_out_of_use(new):
    older = links.one_time_link(new.account, made_by="p-admin")
    newer = links.one_time_link(new.account, made_by="p-admin")
    assert new.get(older).status_code == 404
    assert new.get(newer).status_code == 200


@pytest.mark.parametrize("who", ["disabled", "cut off"])
def test_a_link_of_somebody_who_is_disabled_or_cut_off_does_not_work(new, clock, who):
    link = links.one_time_link(new.account, made_by="p-admin")
    if who == "disabled":
        new.account.is_active = False
        new.account.save()
    else:
        new.account.person.cut_off_at = clock()
        new.account.person.save()
    assert new.get(link).status_code == 404


def test_a_link_that_nobody_was_given_leads_nowhere(db, client):
    assert client.get("/sign-in/first/made-up", secure=True).status_code == 404


def test_the_page_for_the_app_is_there_only_after_a_link(db, client):
    assert client.get("/sign-in/first/app", secure=True).status_code == 404


def test_what_the_link_holds_is_not_kept_in_the_database(new):
    secret = links.one_time_link(new.account, made_by="p-admin").rpartition("/")[2]
    assert secret not in str(SetUpLink.objects.values())
    assert len(secret) >= 43


def test_looking_at_a_link_does_not_use_it(new):
    link = links.one_time_link(new.account, made_by="p-admin")
    assert [new.get(link).status_code for _ in range(3)] == [200, 200, 200]


def test_a_link_for_somebody_who_has_an_account_in_use_changes_nothing_until_it_is_used(ann, clock):
    ann.sign_in(clock())
    links.one_time_link(ann.account, made_by="p-admin")
    assert ann.is_in()


def test_setting_up_anew_ends_every_session_and_forgets_the_old_app(ann, clock):
    ann.sign_in(clock())
    old = ann.account.authenticator_set.get(type="totp").pk
    clock.on(minutes=1)
    set_up(Somebody(ann.account, Client()), links.one_time_link(ann.account, made_by="p-admin"), clock)
    assert not ann.is_in()
    assert ann.account.authenticator_set.get(type="totp").pk != old


@pytest.mark.parametrize(
    ("password", "again", "says"),
    [
        ("short", None, b"too short"),
        ("Password1234", None, b"easy to guess"),
        (NEW, "heron biscuit plaster fern", b"not the same"),
        ("p-new new account", None, b""),
    ],
)
def test_a_poor_password_is_refused_with_what_to_do(new, password, again, says):
    answer = choose(new, links.one_time_link(new.account, made_by="p-admin"), password, again)
    assert (answer.status_code, says in answer.content) == (200 if says else 302, True)


def test_the_square_for_the_app_stands_in_the_page_itself_and_names_no_person(new, clock):
    choose(new, links.one_time_link(new.account, made_by="p-admin"))
    page = new.get("/sign-in/first/app").content.decode()
    assert "<svg" in page
    assert "<?xml" not in page
    assert "style=" not in page[page.index("<svg") : page.index("</svg>")]
    assert "Kennet" not in page
