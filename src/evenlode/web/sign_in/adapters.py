"""What allauth asks of us: nobody makes an account for themselves, and secrets lie sealed in the database."""

from __future__ import annotations

import base64
from functools import partial
from typing import Any

import requests
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.http import HttpRequest

ANSWER_WITHIN = 10
"""Seconds that the council's provider has for an answer."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by `evenlode account` and by administrators, and by nobody for themselves."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the answer is always the same
        """Never."""
        return False


class OutsideAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """The council's own provider, from the settings alone; nobody is let in that was not tied to an account."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Never."""
        return False

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[Any]:  # noqa: ARG002
        """The providers of the settings; a row in the database adds none."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def get_requests_session(self) -> requests.Session:
        """A connection that follows no redirection, so that a secret goes nowhere else, and does not wait for ever."""
        session = requests.Session()
        session.request = partial(  # type: ignore[method-assign]
            session.request, timeout=ANSWER_WITHIN, allow_redirects=False
        )
        return session


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """The secret of a second factor lies sealed under the service's own key, which is not in the database."""

    def encrypt(self, text: str) -> str:
        """Sealed."""
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Opened again."""
        return _seal().decrypt(encrypted_text.encode()).decode()


def _seal() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(str(key))) for key in keys])


def _derived(key: str) -> bytes:
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"evenlode second factor")
    return base64.urlsafe_b64encode(kdf.derive(key.encode()))
