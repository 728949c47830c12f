"""Headers that stand on every answer, faults too (safety-bars G2); and no key of a program in the clear."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.middleware.security import SecurityMiddleware

POLICY = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


class AnswerHeaders:
    """No copy of a page of somebody who is signed in is kept anywhere; nothing of the device is asked for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer with its headers."""
        answer = self.get_response(request)
        answer.headers.setdefault("Permissions-Policy", POLICY)
        answer.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if not request.path.startswith("/static/"):
            answer.headers["Cache-Control"] = "no-store, private"
        return answer


class Transport(SecurityMiddleware):
    """Pages are sent on to TLS; a program that shows its key without it is refused: sent on, nobody would ever notice."""

    def process_request(self, request: HttpRequest) -> HttpResponseBase | None:  # type: ignore[override]  # a refusal too
        """The redirection or the refusal; the demonstration goes without TLS."""
        if self.redirect and not request.is_secure() and request.path.startswith("/api/"):
            said = "Ask over https, and have the key replaced: it went in the clear."
            return JsonResponse({"detail": said}, status=403)
        return super().process_request(request)
