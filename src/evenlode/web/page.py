"""How a page is declared, and what stands around every view: sign-in, decision, audit, and only then the answer."""

from __future__ import annotations

import logging
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from evenlode.access import Decision, Target, Thing, Verb
from evenlode.web.door import Door, standing_figures
from evenlode.web.glass import GlassBar, glass_bar
from evenlode.web.limits import TooMany, refusal, take
from evenlode.web.models import Figures
from evenlode.web.standing_register import register
from evenlode.web.trail import NotWritten, append

log = logging.getLogger("evenlode.pages")
View = Callable[..., HttpResponseBase]
Finder = TypeVar("Finder", bound=Callable[..., Any])


class Asked(HttpRequest):
    """A request that has come through the door: what views read beside Django's own."""

    door: Door
    figures: Figures | None
    decision: Decision
    glass: GlassBar | None


def must(request: Asked) -> None:
    """Before anything is written: every condition of the matrix is met, a reason or a second person too."""
    if not request.decision.allowed:
        raise NotThere


def of(request: Asked) -> Figures:
    """The figures that a page shows; the guard has seen to it that there are some."""
    if request.figures is None:
        raise NotThere
    return request.figures


class NotThere(Exception):
    """What was asked for does not exist, or is not theirs: one answer for both."""


@dataclass(frozen=True)
class Found:
    """What a page's address names: the target that is decided on, and the object that the view is handed."""

    target: Target
    thing: Any = None
    thing_id: str | None = None


Find = Callable[..., Found]


@dataclass(frozen=True)
class Page:
    """One address of the service: declared once, from which its route, its guard and its tests are made.

    thing, verb: the cell of the access matrix that opens it.  find: from the address to what it names.
    changes: it is a POST that changes something; then a GET is refused, and without this a POST is.
    form: it shows a form by GET and takes it by POST.
    without_figures: it is there before any extract has been loaded.
    """

    path: str
    name: str
    view: View
    thing: Thing
    verb: Verb
    find: Find
    changes: bool = False
    form: bool = False
    without_figures: bool = False
    in_words: str = ""

    @property
    def methods(self) -> list[str]:
        """What may be done with it."""
        if self.form:
            return ["GET", "HEAD", "POST"]
        return ["POST"] if self.changes else ["GET", "HEAD"]

    @property
    def guarded(self) -> View:
        """The view with everything around it."""
        return guard(self)


def at_the_door(request: HttpRequest, person_id: str) -> None:
    """Puts beside a request who asks, the moment, and the figures that stand: what every page and its heading read."""
    request.door = Door(person_id, timezone.now(), register(), uuid.uuid4().hex)  # type: ignore[attr-defined]
    request.figures = standing_figures()  # type: ignore[attr-defined]


def guard(page: Page) -> View:
    """Signed in, decided, written down, and only then sent."""

    @never_cache
    @wraps(page.view)
    def guarded(request: HttpRequest, **address: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        began = time.perf_counter()
        at_the_door(request, request.user.person_id)
        answer = _answered(page, request, address)  # type: ignore[arg-type]
        _say(page, request, answer, began)  # type: ignore[arg-type]
        return answer

    return require_http_methods(page.methods)(guarded)


def _answered(page: Page, request: Asked, address: dict[str, Any]) -> HttpResponseBase:
    try:
        if request.figures is None and not page.without_figures:
            return render(request, "evenlode/no_extract.html")
        if request.method == "POST":
            with transaction.atomic():
                return _decided(page, request, address)
        return _decided(page, request, address)
    except NotThere:
        return _refused(request)
    except TooMany as over:
        append([*request.door.entries[:-1], refusal(request.door)])
        return render(request, "429.html", {"over": over}, status=429)
    except NotWritten as fault:
        return _not_written(request, fault)


def _decided(page: Page, request: Asked, address: dict[str, Any]) -> HttpResponseBase:
    if any("\0" in str(named) for named in address.values()):
        raise NotThere  # PostgreSQL takes no such letter, and nothing is called so
    found = page.find(request, **address)
    asks = request.door.look if page.form and request.method != "POST" else request.door.ask
    decision = asks(page.verb, found.target, thing_id=found.thing_id)
    if not decision.within:
        raise NotThere
    if request.door.entries[-1].verb == page.verb:
        take(request.door, page.verb, page.thing)
    request.decision = decision
    request.glass = glass_bar(request.door)
    answer = page.view(request) if found.thing is None else page.view(request, found.thing)
    if isinstance(answer, HttpResponse) and answer.status_code == 404:
        raise NotThere
    append(request.door.entries)
    return answer


def _refused(request: Asked) -> HttpResponse:
    """The same answer for what is not there and what is not theirs; the trail tells the two apart."""
    if request.door.entries:
        try:
            append(request.door.entries)
        except NotWritten as fault:
            return _not_written(request, fault)
    return render(request, "404.html", status=404)


def _not_written(request: Asked, fault: NotWritten) -> HttpResponse:
    """Where the trail cannot be written nothing is shown, a refusal neither."""
    log.error("the audit trail could not be written", extra={"why": str(fault)})
    return render(request, "503.html", status=503)


def _say(page: Page, request: Asked, answer: HttpResponseBase, began: float) -> None:
    log.info(
        "answered",
        extra={
            "request_id": request.door.request_id,
            "person_id": request.door.person_id,
            "route": page.name,
            "method": request.method,
            "status": answer.status_code,
            "ms": round((time.perf_counter() - began) * 1000),
        },
    )
