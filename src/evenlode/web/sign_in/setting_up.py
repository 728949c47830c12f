"""The first sign-in by a link: a password, an authenticator app, recovery codes; nothing counts until all is done."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from evenlode.web.models import Account
from evenlode.web.page import at_the_door
from evenlode.web.sign_in import devices, factor, links, tries
from evenlode.web.sign_in.backend import is_cut_off
from evenlode.web.sign_in.forms import AppCodeForm, NewPasswordForm
from evenlode.web.sign_in.models import SetUpLink
from evenlode.web.sign_in.sessions import end_all, let_in
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.views import WRONG_CODE, wait
from evenlode.web.sign_in.words import Because, Did, What

SETTING_UP = "evenlode_setting_up"


@login_not_required
@sensitive_post_parameters("new_password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first(request: HttpRequest, secret: str) -> HttpResponseBase:
    """The page that a link leads to: choose a password; a link that does not work leads nowhere."""
    link = links.link_of(secret)
    if link is None or is_cut_off(link.account.person):
        return render(request, "evenlode/sign_in/link_over.html", status=404)
    form = NewPasswordForm(request.POST or None, account=link.account)
    if request.method != "POST" or not form.is_valid():
        return render(
            request, "evenlode/sign_in/first.html", {"form": form, "username": link.account.username}
        )
    request.session.flush()
    request.session[SETTING_UP] = {
        "secret": secret,
        "password": make_password(form.cleaned_data["new_password"]),
        "app": factor.new_secret(),
    }
    return HttpResponseRedirect(reverse("sign-in-first-app"))


@login_not_required
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def first_app(request: HttpRequest) -> HttpResponseBase:
    """The page that sets up the authenticator app; with its first code everything is kept at once."""
    said: dict[str, Any] | None = request.session.get(SETTING_UP)
    link = links.link_of(said["secret"]) if said else None
    if said is None or link is None:
        raise Http404
    form = AppCodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        begun = tries.begin(tries.codes(link.account.pk, None))
        if isinstance(begun, tries.Held):
            return wait(request, begun)
        step = factor.fitting_step(said["app"], form.cleaned_data["code"], timezone.now())
        if step is not None:
            begun.went_well()
            return _all_kept(request, link, said, step)
        form.add_error("code", WRONG_CODE)
    return render(request, "evenlode/sign_in/app.html", app_context(link.account, said["app"], form))


def app_context(account: Account, secret: str, form: AppCodeForm) -> dict[str, Any]:
    """What the page needs that shows an app's secret as a picture and as letters."""
    drawn = mark_safe(factor.picture(account, secret))  # noqa: S308 - drawn by ourselves from letters and digits
    return {"form": form, "picture": drawn, "secret": factor.in_fours(secret)}


def _all_kept(request: HttpRequest, link: SetUpLink, said: dict[str, Any], step: int) -> HttpResponseBase:
    account = link.account
    with transaction.atomic():
        if not links.use(link):
            raise Http404
        account.password = said["password"]
        account.save(update_fields=["password"])
        end_all(account)
        devices.forget_all(account)
        factor.set_factor(account, said["app"], step)
        codes = factor.new_recovery_codes(account)
        for what in (What.PASSWORD, What.FACTOR, What.RECOVERY):
            told(Did.SET, what, Because.LINK, person_id=account.person_id)
        let_in(request, account, Because.LINK)
        at_the_door(request, account.person_id)
        answer = render(request, "evenlode/sign_in/recovery_codes.html", {"codes": codes})
        devices.remember(request, answer, account)
    return answer
