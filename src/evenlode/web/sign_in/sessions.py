"""How long a sign-in holds: a new session at sign-in, ended after disuse, after twelve hours, or at once (G3, B5).

The server's own time decides; the browser's cookie has no say in it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import SESSION_KEY, login
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from evenlode.web.models import Account
from evenlode.web.sign_in.backend import PATH, is_cut_off
from evenlode.web.sign_in.models import Standing
from evenlode.web.sign_in.network import from_this_machine
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.words import Because, Did, What
from evenlode.web.trail import NotWritten

log = logging.getLogger("evenlode.sign_in")
HOW, BEGAN, ANEW, USED = "evenlode_how", "evenlode_began", "evenlode_anew", "evenlode_used"
"""In a session: how it began and when, when its owner last ended all others, when it was last used."""
LONGEST = timedelta(hours=12)
NOTED_EVERY = timedelta(seconds=15)
"""The last use is written down when it is this much later, so that not every request writes."""
WAYS = frozenset({Because.CODE, Because.RECOVERY_CODE, Because.PROVIDER, Because.LINK})
"""Ways to be signed in that two factors or the council's own provider stand behind."""
DEMO_WAYS = frozenset({Because.READY, Because.PASSWORD_ALONE})
"""Ways that the demonstration alone has."""


def let_in(request: HttpRequest, account: Account, how: Because) -> None:
    """Signs somebody in: a session with a new id that holds nothing of the one before, written down first."""
    with transaction.atomic():
        told(Did.SIGN_IN, What.ACCOUNT, how, person_id=account.person_id)
        request.session.flush()
        login(request, account, backend=PATH)
        begin(request.session, how)


def begin(session: SessionBase, how: Because) -> None:
    """Writes into a session how and when it began."""
    session[HOW] = str(how)
    session[BEGAN] = session[ANEW] = session[USED] = timezone.now().timestamp()


def only_this(request: HttpRequest, account: Account) -> None:
    """Ends every session of an account but the one that asks, which gets a new id and no longer a life."""
    end_all(account)
    request.session.cycle_key()
    request.session[ANEW] = timezone.now().timestamp()


def let_out(request: HttpRequest, why: Because) -> None:
    """Ends the session on the server; its id leads nowhere from now on."""
    person_id = getattr(request.user, "person_id", None) or _person_of(request)
    request.session.flush()
    request.user = AnonymousUser()
    told(Did.SIGN_OUT, What.ACCOUNT, why, person_id=person_id)


def end_all(account: Account) -> None:
    """Ends every session of an account that has begun so far."""
    Standing.objects.update_or_create(account=account, defaults={"sessions_from": timezone.now()})


class SessionsEnd:
    """Ends sessions whose time is over, before any page opens; whoever is sent to sign in is told why."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer; a page that asks for a sign-in is answered with where to sign in."""
        request.session_over = None  # type: ignore[attr-defined]
        if SESSION_KEY in request.session:
            why = over(request)
            if why is not None:
                request.session_over = why  # type: ignore[attr-defined]
                try:
                    let_out(request, why)
                except NotWritten:
                    return not_now(request)
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponseBase], *_: object
    ) -> HttpResponseBase | None:
        """Nobody passes who is not signed in, save to views that say themselves that they need no sign-in."""
        if request.user.is_authenticated or not getattr(view, "login_required", True):
            return None
        return to_sign_in(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponseBase | None:
        """What could not be written down did not happen: the answer is that the service cannot, just now."""
        return not_now(request) if isinstance(fault, NotWritten) else None


def not_now(request: HttpRequest) -> HttpResponseBase:
    """The answer where the audit trail cannot be written."""
    log.error("the audit trail could not be written")
    return render(request, "503.html", status=503)


def over(request: HttpRequest) -> Because | None:
    """Why the session of a request is over; None while it holds."""
    account = request.user
    if not isinstance(account, Account):
        return _closed(request) if SESSION_KEY in request.session else None
    now = timezone.now()
    began, anew, used = (_moment(request.session.get(key)) for key in (BEGAN, ANEW, USED))
    if began is None or anew is None or used is None or not _properly(request):
        return Because.NO_FACTOR
    standing = getattr(account, "standing", None)
    if standing is not None and standing.sessions_from is not None and anew < standing.sessions_from:
        return Because.CHANGED
    if now - began >= LONGEST:
        return Because.LONG
    if now - used >= timedelta(minutes=settings.IDLE_MINUTES):
        return Because.IDLE
    if now - used >= NOTED_EVERY:
        request.session[USED] = now.timestamp()
    return None


def to_sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sends a person to sign in and from there back; the address alone, since a search may hold a name."""
    said = {"next": request.path} if request.method in {"GET", "HEAD"} and request.path != "/" else {}
    why = getattr(request, "session_over", None)
    if why in {Because.IDLE, Because.LONG}:
        said["ended"] = "unused" if why is Because.IDLE else "long"
    address = reverse("sign-in") + (f"?{urlencode(said)}" if said else "")
    if request.headers.get("HX-Request") == "true":
        return HttpResponseClientRedirect(address)
    return HttpResponseRedirect(address)


def _properly(request: HttpRequest) -> bool:
    how = request.session.get(HOW)
    if how in DEMO_WAYS:
        return bool(settings.EVENLODE.demo) and from_this_machine(request)
    return how in WAYS


def _closed(request: HttpRequest) -> Because:
    account = Account.objects.select_related("person").filter(pk=request.session[SESSION_KEY]).first()
    if account is not None and is_cut_off(account.person):
        return Because.CUT_OFF
    return Because.CLOSED


def _person_of(request: HttpRequest) -> str | None:
    account = Account.objects.filter(pk=request.session[SESSION_KEY]).first()
    return account.person_id if account else None


def _moment(said: object) -> datetime | None:
    if not isinstance(said, float):
        return None
    return datetime.fromtimestamp(said, timezone.get_current_timezone())
