"""Signing in with a name, a password and a code, and signing out."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from evenlode.web.models import Account
from evenlode.web.sign_in import devices, factor, tries
from evenlode.web.sign_in.backend import is_cut_off
from evenlode.web.sign_in.demo_door import demo_is_here, ready_sign_ins
from evenlode.web.sign_in.forms import CodeForm, SignInForm
from evenlode.web.sign_in.network import network_of
from evenlode.web.sign_in.sessions import let_in, let_out
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.words import Because, Did, What

WRONG = "The user name or the password is wrong."
WRONG_CODE = "That code does not work. Wait for the next one in your app, and type it while it shows."
PENDING = "evenlode_pending"
CODE_WITHIN = 10 * 60
"""Seconds from the password to the code."""
ENDED = {
    "unused": "You were signed out because nothing was done for {minutes} minutes.",
    "long": "You were signed out because you had been signed in for 12 hours.",
    "out": "You have signed out.",
}


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """The page that asks for name and password; whoever is signed in already is taken on."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(safe_next(request))
    form = SignInForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return _sign_in_page(request, form)
    name = tries.plain_name(form.cleaned_data["username"])
    keys = _keys(request, name)
    begun = tries.begin(keys)
    if isinstance(begun, tries.Held):
        return wait(request, begun)
    account = authenticate(request, username=name, password=form.cleaned_data["password"])
    if not isinstance(account, Account):
        _tell_failure(name, begun)
        form.add_error(None, WRONG)
        return _sign_in_page(request, form)
    begun.went_well()
    return _after_password(request, account)


@login_not_required
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponseBase:
    """The page that asks for the second factor, for ten minutes after the password."""
    account = _pending(request)
    if account is None:
        return HttpResponseRedirect(reverse("sign-in"))
    form = CodeForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "evenlode/sign_in/code.html", {"form": form})
    device = devices.device_of(request, account.username)
    keys = tries.codes(account.pk, device.pk if device else None)
    begun = tries.begin(keys)
    if isinstance(begun, tries.Held):
        return wait(request, begun)
    how = _used(account, form.cleaned_data["code"])
    if how is None:
        tell_wrong(account, Because.WRONG_CODE, begun)
        form.add_error("code", WRONG_CODE)
        return render(request, "evenlode/sign_in/code.html", {"form": form})
    tries.forget(keys)
    return _complete(request, account, how)


@require_POST
@login_not_required
@never_cache
def sign_out(request: HttpRequest) -> HttpResponseBase:
    """Ends the session on the server and says so."""
    if request.user.is_authenticated:
        let_out(request, Because.ASKED)
    answer = HttpResponseRedirect(f"{reverse('sign-in')}?ended=out")
    answer.headers["Clear-Site-Data"] = '"cache", "storage"'
    return answer


def wait(request: HttpRequest, held: tries.Held) -> HttpResponse:
    """The answer to a try that is not looked at: the same for every name, known or not."""
    context = {"minutes": -(-held.seconds // 60), "seconds": held.seconds, "locked": held.locked}
    answer = render(request, "evenlode/sign_in/wait.html", context, status=429)
    answer.headers["Retry-After"] = str(held.seconds)
    return answer


def tell_wrong(account: Account | None, why: Because, begun: tries.Try) -> None:
    """Writes a failure down, and the lock that it began."""
    person_id = account.person_id if account else None
    told(Did.SIGN_IN, What.ACCOUNT, why, person_id=person_id, allowed=False)
    if begun.locked:
        told(Did.LOCK, What.ACCOUNT, Because.TOO_MANY, person_id=person_id, allowed=False)


def safe_next(request: HttpRequest, said: str | None = None) -> str:
    """Where to go after: an address of this service, or its first page."""
    wanted = said if said is not None else request.POST.get("next") or request.GET.get("next") or ""
    here = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if here and wanted.startswith("/") else "/"


def _after_password(request: HttpRequest, account: Account) -> HttpResponseBase:
    wanted = safe_next(request)
    if demo_is_here(request) and not factor.has_factor(account):
        return _complete(request, account, Because.PASSWORD_ALONE, wanted)
    if not factor.has_factor(account):
        told(Did.SIGN_IN, What.ACCOUNT, Because.NO_FACTOR, person_id=account.person_id, allowed=False)
        return render(request, "evenlode/sign_in/no_factor.html", status=403)
    request.session.flush()
    request.session[PENDING] = {
        "account": account.pk,
        "hash": account.get_session_auth_hash(),
        "at": timezone.now().timestamp(),
        "next": wanted,
    }
    return HttpResponseRedirect(reverse("sign-in-code"))


def _complete(
    request: HttpRequest, account: Account, how: Because, wanted: str | None = None
) -> HttpResponseBase:
    if wanted is None:
        wanted = safe_next(request, request.session[PENDING]["next"])
    with transaction.atomic():
        tries.forget(_keys(request, tries.plain_name(account.username)))
        let_in(request, account, how)
        answer = HttpResponseRedirect(wanted)
        devices.remember(request, answer, account)
    return answer


def _used(account: Account, said: str) -> Because | None:
    if factor.use_code(account, said):
        return Because.CODE
    if factor.use_recovery_code(account, said):
        told(Did.USE, What.RECOVERY, Because.ASKED, person_id=account.person_id)
        return Because.RECOVERY_CODE
    return None


def _pending(request: HttpRequest) -> Account | None:
    """Whose password was right a while ago, while it still is and the account is open."""
    said: dict[str, Any] | None = request.session.get(PENDING)
    if said is None:
        return None
    age = timezone.now() - datetime.fromtimestamp(said["at"], timezone.get_current_timezone())
    account = Account.objects.select_related("person").filter(pk=said["account"], is_active=True).first()
    same = account is not None and account.get_session_auth_hash() == said["hash"]
    if account is None or not same or age.total_seconds() > CODE_WITHIN or is_cut_off(account.person):
        request.session.flush()
        return None
    return account


def _keys(request: HttpRequest, name: str) -> list[tries.Counted]:
    device = devices.device_of(request, name)
    return tries.known(device.pk) if device else tries.stranger(name, network_of(request))


def _tell_failure(name: str, begun: tries.Try) -> None:
    account = Account.objects.select_related("person").filter(username__iexact=name).first()
    if account is None:
        why = Because.WRONG_NAME
    elif is_cut_off(account.person):
        why = Because.CUT_OFF
    elif not account.is_active:
        why = Because.CLOSED
    else:
        why = Because.WRONG_PASSWORD
    tell_wrong(account, why, begun)


def _sign_in_page(request: HttpRequest, form: SignInForm) -> HttpResponse:
    ended = ENDED.get(request.GET.get("ended", ""), "").format(minutes=settings.IDLE_MINUTES)
    return render(
        request,
        "evenlode/sign_in/sign_in.html",
        {
            "form": form,
            "ended": ended if request.method == "GET" else "",
            "next": request.POST.get("next") or request.GET.get("next", ""),
            "provider": settings.EVENLODE.provider,
            "ready": ready_sign_ins() if demo_is_here(request) else [],
        },
    )
