"""The addresses: those of the table in `routes`, and the few that everybody may open."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.http import require_safe

from evenlode.web.api.routes import UNDER
from evenlode.web.api.service import service
from evenlode.web.open_pages import OPEN
from evenlode.web.routes import PAGES
from evenlode.web.sign_in.urls import urlpatterns as sign_in_patterns


def login_of_its_own(patterns: list[Any]) -> list[Any]:
    """Addresses that are opened with a key and not by signing in: each asks for it itself."""
    for pattern in patterns:
        pattern.callback = login_not_required(pattern.callback)
    return patterns


urlpatterns = [
    *(path(page.path, page.guarded, name=page.name) for page in PAGES),
    *(path(address, login_not_required(require_safe(view)), name=name) for address, name, view in OPEN),
    *sign_in_patterns,
    path(UNDER, (login_of_its_own(service.urls[0]), *service.urls[1:])),
]

handler404 = "evenlode.web.open_pages.not_there"
handler500 = "evenlode.web.open_pages.fault"
