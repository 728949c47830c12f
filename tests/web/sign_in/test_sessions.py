"""A sign-in ends: after disuse, after twelve hours, by signing out, and at once when somebody is cut off."""

from __future__ import annotations

import pytest
from django.contrib.sessions.models import Session

from evenlode.web.sign_in import sessions


@pytest.fixture
def inside(ann, clock):
    ann.sign_in(clock())
    return ann


def test_twenty_minutes_without_use_end_a_session_on_the_server(inside, clock, told):
    before = len(told())
    clock.on(minutes=20)
    answer = inside.get("/my-sign-in")
    assert answer.url == "/sign-in?next=%2Fmy-sign-in&ended=unused"
    assert Session.objects.count() == 0
    assert told()[before:] == [("p-ann", "sign out", "account", "allowed", "not used for too long")]
    assert b"nothing was done for 20 minutes" in inside.get(answer.url).content


def test_just_under_twenty_minutes_do_not(inside, clock):
    clock.on(minutes=19, seconds=59)
    assert inside.is_in()


def test_each_use_begins_the_twenty_minutes_again(inside, clock):
    for _ in range(4):
        clock.on(minutes=15)
        assert inside.is_in()


def test_after_twelve_hours_a_session_ends_however_much_it_is_used(inside, clock, told):
    for _ in range(47):
        clock.on(minutes=15)
        assert inside.is_in()
    clock.on(minutes=15)
    assert inside.get("/my-sign-in").url.endswith("ended=long")
    assert told()[-1] == ("p-ann", "sign out", "account", "allowed", "open for too long")


def test_signing_out_everywhere_else_does_not_lengthen_the_twelve_hours(inside, clock):
    for _ in range(47):
        clock.on(minutes=15)
        inside.post("/my-sign-in/elsewhere")
    assert inside.is_in()
    clock.on(minutes=15)
    assert not inside.is_in()


def test_signing_out_ends_the_session_on_the_server(inside, told):
    kept = inside.client.cookies["__Host-session"].value
    answer = inside.post("/sign-out")
    assert answer.url == "/sign-in?ended=out"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert not Session.objects.filter(session_key=kept).exists()
    inside.client.cookies["__Host-session"] = kept
    assert not inside.is_in()
    assert told()[-1] == ("p-ann", "sign out", "account", "allowed", "asked for by the person")


def test_nobody_is_signed_out_by_following_a_link(inside):
    assert inside.get("/sign-out").status_code == 405
    assert inside.is_in()


def test_a_disabled_account_is_out_at_its_next_click(inside, told):
    inside.account.is_active = False
    inside.account.save()
    assert not inside.is_in()
    assert Session.objects.count() == 0
    assert told()[-1] == ("p-ann", "sign out", "account", "allowed", "the account is closed")


def test_a_person_who_is_cut_off_is_out_at_their_next_click(inside, clock, told):
    inside.account.person.cut_off_at = clock()
    inside.account.person.save()
    assert not inside.is_in()
    assert told()[-1] == ("p-ann", "sign out", "account", "allowed", "the person has been cut off")


def test_whoever_is_to_be_cut_off_later_works_until_then(inside, clock):
    inside.account.person.cut_off_at = clock().replace(hour=9, minute=10)
    inside.account.person.save()
    assert inside.is_in()
    clock.on(minutes=10)
    assert not inside.is_in()


@pytest.mark.parametrize("who", ["disabled", "cut off"])
def test_whoever_is_disabled_or_cut_off_is_answered_like_a_wrong_password(ann, clock, who):
    wrong = ann.elsewhere().give_password("wrong password altogether").content
    if who == "disabled":
        ann.account.is_active = False
        ann.account.save()
    else:
        ann.account.person.cut_off_at = clock()
        ann.account.person.save()
    right = ann.elsewhere().give_password().content
    assert without_token(right) == without_token(wrong)


def without_token(page):
    import re

    return re.sub(rb'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+', b"", page)


def test_a_session_that_says_nothing_of_how_it_began_is_no_sign_in(ann, clock):
    from evenlode.web.sign_in.backend import PATH

    ann.client.force_login(ann.account, backend=PATH)
    assert not ann.is_in()


def test_a_session_of_the_demonstration_does_not_hold_in_a_real_service(ann, clock):
    from evenlode.web.sign_in.backend import PATH
    from evenlode.web.sign_in.words import Because

    ann.client.force_login(ann.account, backend=PATH)
    session = ann.client.session
    sessions.begin(session, Because.READY)
    session.save()
    assert not ann.is_in()


def test_a_session_ends_that_began_before_its_account_was_set_up_anew(inside, clock):
    clock.on(seconds=1)
    sessions.end_all(inside.account)
    assert not inside.is_in()


def test_a_piece_of_a_page_that_is_fetched_too_late_sends_the_whole_page_to_sign_in(inside, clock):
    clock.on(minutes=21)
    answer = inside.get("/my-sign-in", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"].startswith("/sign-in?")


def test_what_everybody_may_open_stays_open_when_a_session_has_ended(inside, clock):
    clock.on(minutes=21)
    assert inside.get("/health").status_code == 200
