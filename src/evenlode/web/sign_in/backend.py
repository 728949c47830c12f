"""Who a name and a password belong to."""

from __future__ import annotations

from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from django.utils import timezone

from evenlode.web.models import Account, PersonRow

PATH = "evenlode.web.sign_in.backend.Backend"


class Backend(AuthenticationBackend):  # type: ignore[misc]
    """allauth's own, which works as long for a name that nobody has; an account comes with its person in one reading."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account of a session, unless it is closed or its person has been cut off."""
        account = Account.objects.select_related("person", "standing").filter(pk=user_id).first()
        return account if account is not None and self.user_can_authenticate(account) else None

    def user_can_authenticate(self, user: Any) -> bool:
        """Whether the account is open and its person has not been cut off."""
        return bool(user.is_active) and not is_cut_off(user.person)


def is_cut_off(person: PersonRow) -> bool:
    """Whether every request of a person is refused from now on."""
    return person.cut_off_at is not None and person.cut_off_at <= timezone.now()
