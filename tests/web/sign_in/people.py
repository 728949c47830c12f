"""People with accounts, their browsers and their phones, and a clock that a test sets."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.test import Client

from evenlode.web.models import Account, PersonRow
from evenlode.web.sign_in import factor

PASSWORD = "otter lantern gravel tea"  # noqa: S105 - an invented one
BEGIN = datetime(2026, 11, 20, 9, 0, 0, tzinfo=UTC)


class Clock:
    """The server's time; it goes on when it is told to."""

    def __init__(self, moment):
        self.moment = moment

    def __call__(self):
        return self.moment

    def on(self, **more):
        self.moment += timedelta(**more)


@dataclass
class Somebody:
    """A person with an account, their browser, and their phone."""

    account: Account
    client: Client

    def get(self, path, **more):
        return self.client.get(path, secure=True, **more)

    def post(self, path, data=None, **more):
        return self.client.post(path, data or {}, secure=True, **more)

    def code(self, moment, ahead=0):
        held = Authenticator.objects.get(user=self.account, type="totp")
        secret = get_adapter().decrypt(held.data["secret"])
        return format_hotp_value(hotp_value(secret, factor.step_of(moment) + ahead))

    def give_password(self, password=PASSWORD, **more):
        return self.post("/sign-in", {"username": self.account.username, "password": password}, **more)

    def sign_in(self, moment):
        self.give_password()
        return self.post("/sign-in/code", {"code": self.code(moment)})

    def elsewhere(self, **more):
        """The same person in another browser."""
        return Somebody(self.account, Client(**more))

    def is_in(self):
        return self.get("/my-sign-in").status_code == 200


def made(username, person_id, *, app=True):
    person = PersonRow(person_id=person_id, name="Kennet Flagstone")
    person.save()
    account = Account.objects.create_user(username=username, person=person, password=PASSWORD)
    if app:
        factor.set_factor(account, factor.new_secret(), 0)
    return Somebody(account, Client())
