"""What is there without signing in: the health of the service, its colour, and what it says of itself.

Nothing here knows a child, a worker or a figure.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render


def health(_: HttpRequest) -> HttpResponse:
    """Whether the service and its database answer: for whoever watches over it."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("well\n", content_type="text/plain")


def colour(_: HttpRequest) -> HttpResponse:
    """The council's own colour, as a stylesheet of one line."""
    return HttpResponse(f":root{{--council:{settings.EVENLODE.colour}}}\n", content_type="text/css")


def not_there(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The answer for an address that leads nowhere: the same as for one that is somebody else's."""
    del exception
    return render(request, "404.html", status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """The answer when something broke: nothing of what broke is on it."""
    return render(request, "500.html", status=500)


def accessibility(request: HttpRequest) -> HttpResponse:
    """What was tested for people who use these pages in other ways, and what was not."""
    return render(request, "evenlode/accessibility.html")


def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept of whom."""
    return render(request, "evenlode/privacy.html")


View = Callable[..., HttpResponseBase]
OPEN: tuple[tuple[str, str, View], ...] = (
    ("health", "health", health),
    ("council.css", "council-colour", colour),
    ("accessibility", "accessibility", accessibility),
    ("privacy", "privacy", privacy),
)
"""Address, name and view of each."""
