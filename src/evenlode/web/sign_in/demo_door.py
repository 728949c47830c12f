"""Ready sign-ins of the demonstration: one a role, on this machine alone, and nowhere else there at all."""

from __future__ import annotations

from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from evenlode.access import Role
from evenlode.web.demonstration import PREFIX
from evenlode.web.door import RANK
from evenlode.web.models import Account, PostRow, UnitRow
from evenlode.web.sign_in.backend import is_cut_off
from evenlode.web.sign_in.network import from_this_machine
from evenlode.web.sign_in.sessions import let_in
from evenlode.web.sign_in.told import told
from evenlode.web.sign_in.words import Because, Did, What


class Ready(NamedTuple):
    """One ready sign-in: the account, the role that names its person and where they have it, in words."""

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
    posts: dict[str, list[PostRow]] = {}
    for post in PostRow.objects.filter(person__account__in=accounts, since__lte=today).exclude(
        approved_by=""
    ):
        if post.until is None or post.until > today:
            posts.setdefault(post.person_id, []).append(post)
    names = {unit.unit_id: unit.name for unit in UnitRow.objects.order_by("since")}
    found = []
    for account in accounts.order_by("pk"):
        theirs = sorted(posts.get(account.person_id, []), key=lambda post: RANK.index(Role(post.role)))
        if not is_cut_off(account.person):
            role, unit = (theirs[0].role, theirs[0].unit_id) if theirs else ("", "")
            found.append(Ready(account, role, names.get(unit, "")))
    return found


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
