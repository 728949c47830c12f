"""Failures: one answer for every reason, slowed, locked for a while, and never a way to lock staff out for good."""

from __future__ import annotations

import re

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from tests.web.sign_in.people import PASSWORD

from evenlode.web.sign_in import tries
from evenlode.web.sign_in.models import Tries

WRONG = "wrong password altogether"
HERE, THERE = "192.0.2.1", "198.51.100.7"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is worked through."""

    worked = 0

    def encode(self, password, salt):
        type(self).worked += 1
        return super().encode(password, salt)


def without_token(page):
    return re.sub(rb'csrfmiddlewaretoken" value="\w+"|X-CSRFToken": "\w+', b"", page)


def fail(somebody, times, clock, *, from_=HERE, name="ann", password=WRONG):
    """Fails so often, each time after the wait that is asked for; answers the last answer."""
    for _ in range(times):
        answer = somebody.post("/sign-in", {"username": name, "password": password}, REMOTE_ADDR=from_)
        clock.on(seconds=70)
    return answer


def attempt(somebody, *, from_=HERE):
    return somebody.give_password(REMOTE_ADDR=from_).status_code


def test_a_wrong_name_and_a_wrong_password_are_answered_with_the_same_page(ann, clock):
    answers = [
        ann.elsewhere().post("/sign-in", {"username": name, "password": WRONG}) for name in ("ann", "nobody")
    ]
    assert [a.status_code for a in answers] == [200, 200]
    name, nobody = (
        without_token(a.content).replace(b'value="ann"', b"").replace(b'value="nobody"', b"") for a in answers
    )
    assert name == nobody
    first, second = (sorted(answer.headers) for answer in answers)
    assert first == second


@pytest.mark.parametrize("name", ["ann", "nobody"])
def test_a_name_that_nobody_has_costs_the_same_work_as_a_wrong_password(ann, settings, name):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    ann.account.set_password(PASSWORD)
    ann.account.save()
    CountingHasher.worked = 0
    ann.post("/sign-in", {"username": name, "password": WRONG})
    assert CountingHasher.worked == 1


def test_the_name_that_was_typed_is_written_nowhere(ann, told):
    ann.post("/sign-in", {"username": "my-password-by-mistake", "password": WRONG})
    assert told() == [("nobody known", "sign in", "account", "denied", "no such account")]
    assert all("mistake" not in row.key for row in Tries.objects.all())


@pytest.mark.parametrize(("failures", "seconds"), [(4, 1), (5, 2), (6, 4), (7, 8), (8, 16), (9, 32)])
def test_from_the_fourth_failure_each_one_doubles_the_wait(ann, clock, failures, seconds):
    fail(ann, failures, clock)
    clock.on(seconds=-70)
    held = ann.give_password(REMOTE_ADDR=HERE)
    assert (held.status_code, held.headers["Retry-After"]) == (429, str(seconds))


def test_the_first_three_failures_cost_no_wait(ann, clock):
    fail(ann, 3, clock)
    clock.on(seconds=-70)
    assert attempt(ann) == 302


def test_a_try_within_the_wait_is_not_looked_at_even_with_the_right_password(ann, clock):
    fail(ann, 4, clock)
    clock.on(seconds=-70)
    assert attempt(ann) == 429
    clock.on(seconds=1)
    assert attempt(ann) == 302


def test_the_tenth_failure_locks_for_a_quarter_of_an_hour(ann, clock, told):
    fail(ann, 10, clock)
    clock.on(seconds=-70)
    assert told()[-1] == ("p-ann", "lock", "account", "denied", "too many failures")
    held = ann.give_password(REMOTE_ADDR=HERE)
    assert held.status_code == 429
    assert b"try again in 15 minutes" in held.content
    clock.on(minutes=14, seconds=59)
    assert attempt(ann) == 429
    clock.on(seconds=1)
    assert attempt(ann) == 302


def test_a_name_that_nobody_has_is_slowed_and_locked_in_the_same_way(ann, clock):
    known = [fail(ann, 1, clock).status_code for _ in range(12)]
    unknown = [fail(ann, 1, clock, name="nobody").status_code for _ in range(12)]
    assert known == unknown == [200] * 10 + [429] * 2


def test_a_lock_from_one_network_leaves_the_person_free_in_another(ann, clock):
    fail(ann, 10, clock, from_=THERE)
    assert attempt(ann, from_=THERE) == 429
    assert attempt(ann, from_=HERE) == 302


def test_a_stranger_in_the_same_network_does_not_lock_out_a_browser_that_is_known(ann, clock):
    ann.give_password(REMOTE_ADDR=HERE)
    ann.post("/sign-in/code", {"code": ann.code(clock())}, REMOTE_ADDR=HERE)
    ann.post("/sign-out")
    stranger = ann.elsewhere()
    fail(stranger, 10, clock)
    assert attempt(stranger) == 429
    assert attempt(ann) == 302


def test_guessing_from_very_many_networks_closes_the_name_to_strangers_for_a_while_only(ann, clock):
    ann.sign_in(clock())
    ann.post("/sign-out")
    stranger = ann.elsewhere()
    for at in range(tries.WIDE):
        stranger.give_password(WRONG, REMOTE_ADDR=f"203.0.{at}.1")
        clock.on(seconds=10)
    assert attempt(stranger, from_="203.0.250.1") == 429
    assert attempt(ann) == 302
    clock.on(hours=1)
    assert attempt(stranger, from_="203.0.250.1") == 302


def test_guessing_at_very_many_names_closes_the_network_to_strangers_for_a_while_only(ann, clock):
    ann.sign_in(clock())
    ann.post("/sign-out")
    stranger = ann.elsewhere()
    for at in range(tries.WIDE):
        stranger.post("/sign-in", {"username": f"name{at}", "password": WRONG}, REMOTE_ADDR=HERE)
    assert attempt(stranger) == 429
    assert attempt(stranger, from_=THERE) == 302
    assert attempt(ann) == 302
    clock.on(minutes=15)
    assert attempt(stranger) == 302


def test_locks_grow_longer_but_never_beyond_an_hour(ann, clock):
    lengths = []
    for _ in range(4):
        fail(ann, 10, clock)
        clock.on(seconds=-70)
        lengths.append(int(ann.give_password(REMOTE_ADDR=HERE).headers["Retry-After"]) // 60)
        clock.on(minutes=lengths[-1])
    assert lengths == [15, 30, 60, 60]


def test_a_complete_sign_in_forgets_the_failures_before_it(ann, clock):
    fail(ann, 9, clock)
    assert attempt(ann) == 302
    ann.post("/sign-in/code", {"code": ann.code(clock())}, REMOTE_ADDR=HERE)
    ann.post("/sign-out")
    assert fail(ann.elsewhere(), 3, clock).status_code == 200


def test_a_right_password_without_its_code_does_not_begin_the_count_again(ann, clock):
    fail(ann, 9, clock)
    assert attempt(ann) == 302
    fail(ann, 1, clock)
    clock.on(seconds=-70)
    assert attempt(ann) == 429


def test_codes_are_slowed_and_locked_as_passwords_are(ann, clock, told):
    ann.give_password()
    for _ in range(10):
        ann.post("/sign-in/code", {"code": "000000"})
        clock.on(seconds=33)
    assert ann.post("/sign-in/code", {"code": ann.code(clock())}).status_code == 429
    assert told()[-1] == ("p-ann", "lock", "account", "denied", "too many failures")


def test_guessing_codes_elsewhere_does_not_hold_back_a_browser_that_is_known(ann, clock):
    ann.sign_in(clock())
    ann.post("/sign-out")
    thief = ann.elsewhere()
    thief.give_password()
    for _ in range(10):
        thief.post("/sign-in/code", {"code": "000000"})
        clock.on(seconds=33)
    clock.on(seconds=30)
    ann.sign_in(clock())
    assert ann.is_in()


def test_many_tries_at_once_cannot_outrun_the_count(ann, clock):
    keys = tries.stranger("ann", HERE)
    begun = [tries.begin(keys) for _ in range(6)]
    assert [type(one).__name__ for one in begun] == ["Try"] * 4 + ["Held"] * 2


def test_a_try_that_went_well_takes_back_its_own_count_and_no_other(ann, clock):
    keys = tries.stranger("ann", HERE)
    first, second = tries.begin(keys), tries.begin(keys)
    second.went_well()
    assert {row.failures for row in Tries.objects.all()} == {1}
    first.went_well()
    assert {row.failures for row in Tries.objects.all()} == {0}


def test_counts_of_the_day_before_yesterday_are_swept_away(ann, clock):
    tries.begin(tries.stranger("ann", HERE))
    clock.on(days=3)
    tries.begin(tries.known(1))
    assert Tries.objects.count() == 1


def test_the_cookie_of_a_known_browser_is_of_use_to_its_own_account_alone(ann, clock):
    from tests.web.sign_in.people import made

    bob = made("bob", "p-bob")
    bob.sign_in(clock())
    thief = ann.elsewhere()
    thief.client.cookies["__Host-device"] = bob.client.cookies["__Host-device"].value
    fail(thief, 10, clock)
    assert attempt(thief) == 429
