"""Signing in through the council's own provider by OpenID Connect: there, back, and matched to an account."""

from __future__ import annotations

import logging
import secrets
from typing import Any
from urllib.parse import urlsplit

import requests
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.internal import statekit
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from evenlode.web.environment import OutsideProvider
from evenlode.web.sign_in.backend import is_cut_off
from evenlode.web.sign_in.models import OutsideIdentity
from evenlode.web.sign_in.network import is_loopback_name
from evenlode.web.sign_in.sessions import let_in
from evenlode.web.sign_in.tokens import DoesNotHold, Expected, Subject, checked
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.views import safe_next
from evenlode.web.sign_in.words import Because, Did, What

log = logging.getLogger("evenlode.sign_in")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
FAULTS = (requests.RequestException, OAuth2Error, DoesNotHold, KeyError, TypeError, ValueError)
"""Whatever may be wrong with what a provider answers; the person is told that it could not be used."""


class CouncilAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """allauth's own, with what the provider says of itself looked at before it is used."""

    def __init__(self, request: HttpRequest, provider_id: str = OutsideProvider.ID) -> None:
        super().__init__(request, provider_id)

    def get_provider(self) -> CouncilProvider:
        """The provider of the settings."""
        return CouncilProvider(
            self.request, app=get_adapter().get_app(self.request, provider=self.provider_id)
        )

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself; refused where it names another issuer or an address without TLS."""
        config: dict[str, Any] = super().openid_config
        if config.get("issuer") != here().issuer:
            raise DoesNotHold("issuer of the provider's own description")
        if not all(travels_safely(str(config.get(name, ""))) for name in ENDPOINTS):
            raise DoesNotHold("address without TLS")
        return config

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 - ours is always the same
        """Where the provider sends people back to."""
        return request.build_absolute_uri(reverse("sign-in-council-back"))

    def keys(self) -> dict[str, Any]:
        """The provider's public keys of now."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
            found: dict[str, Any] = answer.json()
        return found


class CouncilProvider(OpenIDConnectProvider):  # type: ignore[misc]
    """allauth's own, which goes out and comes back through the adapter above."""

    oauth2_adapter_class = CouncilAdapter


def here() -> OutsideProvider:
    """The provider of the settings; without one there are no such pages."""
    provider: OutsideProvider | None = settings.EVENLODE.provider
    if provider is None:
        raise Http404
    return provider


def travels_safely(address: str) -> bool:
    """Whether an address is met over TLS, or lies on this machine."""
    parts = urlsplit(address)
    return parts.scheme == "https" or (parts.scheme == "http" and is_loopback_name(parts.hostname or ""))


@login_not_required
@require_POST
@never_cache
def to_council(request: HttpRequest) -> HttpResponseBase:
    """Sends somebody to the council's provider, by a page rather than a redirection: a form may only lead to us."""
    here()
    nonce = secrets.token_urlsafe(32)
    try:
        answer = (
            CouncilAdapter(request)
            .get_provider()
            .redirect(
                request,
                process="login",
                next_url=safe_next(request),
                data={"nonce": nonce},
                auth_params={"nonce": nonce},
            )
        )
    except FAULTS as fault:
        return _cannot(request, fault)
    page = render(request, "evenlode/sign_in/to_council.html", {"address": answer.url})
    page.headers["Refresh"] = f"0; url={answer.url}"
    return page


@login_not_required
@require_safe
@never_cache
def from_council(request: HttpRequest) -> HttpResponseBase:
    """Where the provider sends somebody back to: checked, matched by issuer and subject, and let in or refused."""
    provider = here()
    state = statekit.unstash_state(
        request, provider_id=OutsideProvider.ID, state_id=request.GET.get("state", "")
    )
    if state is None:
        return _refused(request, "state")
    if request.GET.get("error") or not request.GET.get("code"):
        return _refused(request, "no code")
    if request.GET.get("iss", provider.issuer) != provider.issuer:
        return _refused(request, "issuer of the answer")
    try:
        who = _who(request, provider, state)
    except requests.RequestException as fault:
        return _cannot(request, fault)
    except FAULTS as fault:
        return _refused(request, _part(fault))
    return _matched(request, who, safe_next(request, state.get("next", "/")))


def _who(request: HttpRequest, provider: OutsideProvider, state: dict[str, Any]) -> Subject:
    adapter = CouncilAdapter(request)
    app = adapter.get_provider().app
    client = adapter.get_client(request, app)
    answer = adapter.get_access_token_data(
        request, app, client, pkce_code_verifier=state["pkce_code_verifier"]
    )
    expected = Expected(provider.issuer, provider.client_id, state["data"]["nonce"], provider.tenant)
    return checked(answer["id_token"], adapter.keys(), expected)


def _matched(request: HttpRequest, who: Subject, wanted: str) -> HttpResponseBase:
    identity = (
        OutsideIdentity.objects.select_related("account__person")
        .filter(issuer=who.issuer, subject=who.subject)
        .first()
    )
    if identity is None:
        why, person_id = Because.UNKNOWN_SUBJECT, None
    elif is_cut_off(identity.account.person):
        why, person_id = Because.CUT_OFF, identity.account.person_id
    elif not identity.account.is_active:
        why, person_id = Because.CLOSED, identity.account.person_id
    else:
        let_in(request, identity.account, Because.PROVIDER)
        return HttpResponseRedirect(wanted)
    told(Did.SIGN_IN, What.OUTSIDE, why, person_id=person_id, allowed=False)
    return render(request, "evenlode/sign_in/not_known.html", {"subject": who.subject}, status=403)


def _refused(request: HttpRequest, part: str) -> HttpResponse:
    log.warning("an answer of the provider was refused", extra={"why": part})
    told(Did.SIGN_IN, What.OUTSIDE, Because.TOKEN, person_id=None, allowed=False)
    return render(request, "evenlode/sign_in/council_refused.html", status=403)


def _cannot(request: HttpRequest, fault: Exception) -> HttpResponse:
    log.error("the provider could not be used", extra={"why": _part(fault)})
    return render(request, "evenlode/sign_in/council_away.html", status=503)


def _part(fault: Exception) -> str:
    """Which part does not fit, or the kind of fault: never what a provider or a browser sent."""
    return str(fault) if isinstance(fault, DoesNotHold) else type(fault).__name__
