"""The addresses: those of the table in `routes`, and the few that everybody may open."""

from __future__ import annotations

from django.urls import path

from evenlode.web.open_pages import OPEN
from evenlode.web.routes import PAGES

urlpatterns = [
    *(path(page.path, page.guarded, name=page.name) for page in PAGES),
    *(path(address, view, name=name) for address, name, view in OPEN),
]

handler404 = "evenlode.web.open_pages.not_there"
handler500 = "evenlode.web.open_pages.fault"
