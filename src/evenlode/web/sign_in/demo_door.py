"""Ready sign-ins of the demonstration: one a role, on this machine alone, and nowhere else there at all."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenlode.web.models import Account, PostRow, UnitRow
from evenlode.web.sign_in.backend import is_cut_off
from evenlode.web.sign_in.network import from_this_machine
from evenlode.web.sign_in.sessions import let_in
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.words import Because, Did, What

PREFIX = "demo-"
"""Accounts of the demonstration begin so; nobody else's may."""


class Ready(NamedTuple):
    """One ready sign-in: the account, its roles and where, in words."""

    account: Account
    role: str
    unit: str


def demo_is_here(request: HttpRequest) -> bool:
    """Whether this is the demonstration and the browser is on the same machine."""
    return bool(settings.EVENLODE.demo) and from_this_machine(request)


def ready_sign_ins() -> list[Ready]:
    """The demonstration's accounts with what they are: for a page that only the demonstration shows."""
    today = timezone.localdate()
    accounts = Account.objects.filter(username__startswith=PREFIX, is_active=True).select_related("person")
    open_ones = [a for a in accounts.order_by("pk") if not is_cut_off(a.person)]
    posts: dict[str, list[PostRow]] = {}
    for post in PostRow.objects.filter(person__in=[a.person for a in open_ones], since__lte=today):
        if (post.until is None or post.until > today) and post.approved_by:
            posts.setdefault(post.person_id, []).append(post)
    names = {unit.unit_id: unit.name for unit in UnitRow.objects.order_by("since")}
    return [
        Ready(account, _together(p.role for p in theirs), _together(names.get(p.unit_id, "") for p in theirs))
        for account in open_ones
        for theirs in [posts.get(account.person_id, [])]
    ]


@login_not_required
@require_POST
@never_cache
def ready(request: HttpRequest) -> HttpResponseBase:
    """Signs in as one of the demonstration's people; there is no such page anywhere else."""
    if not demo_is_here(request):
        if settings.EVENLODE.demo:
            told(Did.SIGN_IN, What.ACCOUNT, Because.NOT_LOOPBACK, person_id=None, allowed=False)
        raise Http404
    wanted = request.POST.get("account", "")
    account = next((r.account for r in ready_sign_ins() if r.account.username == wanted), None)
    if account is None:
        raise Http404
    let_in(request, account, Because.READY)
    return HttpResponseRedirect("/")


def _together(words: object) -> str:
    return ", ".join(dict.fromkeys(word for word in words if word))  # type: ignore[attr-defined]
