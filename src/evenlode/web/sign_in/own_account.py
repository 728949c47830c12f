"""What a person does with their own sign-in: a new password, a new app, new recovery codes."""

from __future__ import annotations

from django.contrib.auth import update_session_auth_hash
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from evenlode.web.models import Account
from evenlode.web.page import at_the_door
from evenlode.web.sign_in import devices, factor, tries
from evenlode.web.sign_in.forms import AppCodeForm, ChangePasswordForm, CodeForm
from evenlode.web.sign_in.sessions import only_this
from evenlode.web.sign_in.setting_up import app_context
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.views import WRONG_CODE, tell_wrong, wait
from evenlode.web.sign_in.words import Because, Did, What

NEW_APP = "evenlode_new_app"
"""Where the session keeps the secret of an app that is not confirmed yet; there only after a right code."""


@require_safe
@never_cache
def own_sign_in(request: HttpRequest) -> HttpResponseBase:
    """The page of one's own sign-in: how it stands, and what may be changed."""
    account = _own(request)
    context = {
        "username": account.username,
        "has_password": account.has_usable_password(),
        "has_factor": factor.has_factor(account),
        "codes_left": factor.recovery_codes_left(account),
        "done": request.GET.get("done", ""),
    }
    return render(request, "evenlode/sign_in/own.html", context)


@sensitive_post_parameters("password", "new_password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: HttpRequest) -> HttpResponseBase:
    """Another password for the one of now; sessions elsewhere end."""
    account = _own(request)
    form = ChangePasswordForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        begun = tries.begin(_keys(request, account))
        if isinstance(begun, tries.Held):
            return wait(request, begun)
        if account.check_password(form.cleaned_data["password"]):
            begun.went_well()
            with transaction.atomic():
                told(Did.SET, What.PASSWORD, Because.ASKED, person_id=account.person_id)
                account.set_password(form.cleaned_data["new_password"])
                account.save(update_fields=["password"])
                update_session_auth_hash(request, account)
            return _done("password")
        tell_wrong(account, Because.WRONG_PASSWORD, begun)
        form.add_error("password", "That is not your password.")
    return render(request, "evenlode/sign_in/password.html", {"form": form})


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_app(request: HttpRequest) -> HttpResponseBase:
    """First step to another authenticator app: a code of the one that goes, or a recovery code."""
    account = _own(request)
    return _with_code(request, account, "Set up another authenticator app", _begin_app)


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_app(request: HttpRequest) -> HttpResponseBase:
    """Second step: the new app shows its first code, and takes the place of the old; sessions elsewhere end."""
    account = _own(request)
    secret = request.session.get(NEW_APP)
    if secret is None:
        return HttpResponseRedirect(reverse("sign-in-new-app"))
    form = AppCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = tries.begin(_keys(request, account))
        if isinstance(begun, tries.Held):
            return wait(request, begun)
        step = factor.fitting_step(secret, form.cleaned_data["code"], timezone.now())
        if step is not None:
            begun.went_well()
            _keep_app(request, account, secret, step)
            return _done("app")
        form.add_error("code", WRONG_CODE)
    return render(request, "evenlode/sign_in/app.html", app_context(account, secret, form))


@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def recovery(request: HttpRequest) -> HttpResponseBase:
    """New recovery codes after a code; the old ones stop working."""
    return _with_code(request, _own(request), "Make new recovery codes", _new_codes)


@require_POST
@never_cache
def forget_devices(request: HttpRequest) -> HttpResponseBase:
    """Ends one's sessions everywhere else and forgets the browsers that were known."""
    account = _own(request)
    with transaction.atomic():
        devices.forget_all(account)
        told(Did.REMOVE, What.ACCOUNT, Because.ASKED, person_id=account.person_id)
        only_this(request, account)
    return _done("elsewhere")


def _with_code(request: HttpRequest, account: Account, heading: str, then: object) -> HttpResponseBase:
    if not factor.has_factor(account):
        return HttpResponseRedirect(reverse("sign-in-own"))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = tries.begin(_keys(request, account))
        if isinstance(begun, tries.Held):
            return wait(request, begun)
        said = form.cleaned_data["code"]
        if factor.use_code(account, said) or factor.use_recovery_code(account, said):
            begun.went_well()
            return then(request, account)  # type: ignore[no-any-return, operator]
        tell_wrong(account, Because.WRONG_CODE, begun)
        form.add_error("code", WRONG_CODE)
    return render(request, "evenlode/sign_in/code_first.html", {"form": form, "heading": heading})


def _begin_app(request: HttpRequest, _: Account) -> HttpResponseBase:
    request.session[NEW_APP] = factor.new_secret()
    return HttpResponseRedirect(reverse("sign-in-confirm-app"))


def _new_codes(request: HttpRequest, account: Account) -> HttpResponseBase:
    with transaction.atomic():
        told(Did.SET, What.RECOVERY, Because.ASKED, person_id=account.person_id)
        codes = factor.new_recovery_codes(account)
    return render(request, "evenlode/sign_in/recovery_codes.html", {"codes": codes})


def _keep_app(request: HttpRequest, account: Account, secret: str, step: int) -> None:
    with transaction.atomic():
        told(Did.SET, What.FACTOR, Because.ASKED, person_id=account.person_id)
        factor.set_factor(account, secret, step)
        devices.forget_all(account)
        del request.session[NEW_APP]
        only_this(request, account)


def _keys(request: HttpRequest, account: Account) -> list[tries.Counted]:
    device = devices.device_of(request, account.username)
    return tries.codes(account.pk, device.pk if device else None)


def _own(request: HttpRequest) -> Account:
    account = request.user
    if not isinstance(account, Account):
        raise TypeError("this page is for somebody who is signed in")
    at_the_door(request, account.person_id)
    return account


def _done(what: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{reverse('sign-in-own')}?done={what}")
