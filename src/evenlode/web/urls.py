"""The addresses: those of the table in `routes`, and the few that everybody may open."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.urls import path

from evenlode.web.open_pages import OPEN
from evenlode.web.routes import PAGES
from evenlode.web.sign_in.urls import urlpatterns as sign_in_patterns

urlpatterns = [
    *(path(page.path, page.guarded, name=page.name) for page in PAGES),
    *(path(address, login_not_required(view), name=name) for address, name, view in OPEN),
    *sign_in_patterns,
]

handler404 = "evenlode.web.open_pages.not_there"
handler500 = "evenlode.web.open_pages.fault"
