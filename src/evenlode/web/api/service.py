"""The JSON service: its addresses made from their table, its refusals in words, its description of itself."""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, ValidationError

from evenlode.access import NOT_THERE
from evenlode.reports.sheets import Heading, Value, as_json
from evenlode.web.api.guard import Token, door_for
from evenlode.web.api.routes import API_ROUTES, UNDER, ApiRoute
from evenlode.web.api.shapes import AskedFor, Refused, asked_shape, page_shape
from evenlode.web.door import Door, standing_figures
from evenlode.web.limits import TooMany
from evenlode.web.page import NotThere
from evenlode.web.standing_tables import StandingTable, asking, reaches_of
from evenlode.web.trail import NotWritten, append

log = logging.getLogger("evenlode.api")
REFUSALS = dict.fromkeys((401, 404, 422, 429, 503), Refused)

service = NinjaAPI(
    title="Evenlode",
    version="1",
    description="Findings, workload, measures and rules of the figures that stand, as far as the person whose "
    "token it is may see them. Read only; every answer is in the audit trail.",
    docs_url=None,
    openapi_url=None,
    auth=Token(),
    urls_namespace="api",
)


class NoFigures(Exception):
    """No extract has been loaded yet."""


def _operation(route: ApiRoute, table: StandingTable) -> Callable[..., dict[str, Any]]:
    """What answers at one address."""

    def answer(request: HttpRequest, asked: Any) -> dict[str, Any]:
        began = time.perf_counter()
        door = door_for(route, request.auth)  # type: ignore[attr-defined]
        made = _page(table, door, asked)
        append(door.entries)
        _say(route, door, began)
        return made

    answer.__annotations__["asked"] = Query[asked_shape(table)]  # type: ignore[misc]
    answer.__annotations__["request"] = HttpRequest
    answer.__name__ = answer.__qualname__ = table.name
    return answer


def _page(table: StandingTable, door: Door, asked: AskedFor) -> dict[str, Any]:
    figures = standing_figures()
    if figures is None:
        raise NoFigures
    at = asking(figures, reaches_of(door))
    rows = table.rows(at)
    narrowed = {name: said for name in table.narrows if (said := getattr(asked, name)) is not None}
    if isinstance(rows, QuerySet):
        rows = rows.filter(**narrowed)
        total = rows.count()
    else:
        total = len(rows)
    first = (asked.page - 1) * asked.size
    told = table.tell(at, rows[first : first + asked.size])
    return {
        "la_code": figures.la_code,
        "as_at": figures.as_at,
        "manifest": figures.manifest,
        "rules_version": figures.rules_version,
        "policy_fingerprint": figures.policy_fingerprint,
        "total": total,
        "page": asked.page,
        "pages": -(-total // asked.size),
        "rows": [_row(table.headings, row) for row in told],
    }


def _row(headings: tuple[Heading, ...], row: tuple[Value, ...]) -> dict[str, Any]:
    return {h.name: as_json(h.name, value) for h, value in zip(headings, row, strict=True)}


def _description(route: ApiRoute) -> Callable[..., HttpResponse]:
    """What describes the service, under the same guard as the rest of it."""

    def answer(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        door = door_for(route, request.auth)  # type: ignore[attr-defined]
        said = service.get_openapi_schema(path_prefix=UNDER)
        append(door.entries)
        _say(route, door, began)
        return JsonResponse(json.loads(json.dumps(said, default=str)))

    answer.__annotations__ = {"request": HttpRequest, "return": HttpResponse}
    return answer


def _say(route: ApiRoute, door: Door, began: float) -> None:
    log.info(
        "answered",
        extra={
            "request_id": door.request_id,
            "person_id": door.person_id,
            "route": route.name,
            "method": "GET",
            "status": 200,
            "ms": round((time.perf_counter() - began) * 1000),
        },
    )


for _route in API_ROUTES:
    if _route.table is None:
        service.get(_route.path, include_in_schema=False, url_name=_route.name)(_description(_route))
    else:
        service.get(
            _route.path,
            response={200: page_shape(_route.table), **REFUSALS},
            operation_id=_route.table.name,
            summary=_route.table.in_words,
            url_name=_route.name,
        )(_operation(_route, _route.table))


def _refusal(status: int, says: str, **headers: str) -> HttpResponse:
    return JsonResponse({"says": says}, status=status, headers=headers)


@service.exception_handler(AuthenticationError)
def _no_token(_: HttpRequest, fault: Exception) -> HttpResponse:
    del fault
    return _refusal(
        401, "Show a token that holds: Authorization: Bearer ….", **{"WWW-Authenticate": "Bearer"}
    )


@service.exception_handler(NotThere)
def _not_theirs(_: HttpRequest, fault: Exception) -> HttpResponse:
    del fault
    return _refusal(404, NOT_THERE)


@service.exception_handler(NoFigures)
def _nothing_loaded(_: HttpRequest, fault: Exception) -> HttpResponse:
    del fault
    return _refusal(503, "No extract has been loaded yet.")


@service.exception_handler(ValidationError)
def _bad_question(_: HttpRequest, fault: ValidationError) -> HttpResponse:
    names = sorted({str(one["loc"][-1]) for one in fault.errors if one.get("loc")})
    return _refusal(422, f"This cannot be asked: look at {', '.join(names)}.")


@service.exception_handler(TooMany)
def _too_many(_: HttpRequest, fault: TooMany) -> HttpResponse:
    says = f"More than {fault.most} {fault.kind} in {fault.minutes} minutes: ask again later."
    return _refusal(429, says, **{"Retry-After": str(fault.minutes * 60)})


@service.exception_handler(NotWritten)
def _not_written(_: HttpRequest, fault: NotWritten) -> HttpResponse:
    log.error("the audit trail could not be written", extra={"why": str(fault)})
    return _refusal(503, "The audit trail could not be written, so nothing is shown.")
