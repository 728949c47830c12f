"""Headers that stand on every answer, faults too (safety-bars G2); and no key of a program in the clear."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, JsonResponse

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


class ProgramsByTls:
    """A program that shows its key without TLS is refused and not sent on to TLS: sent on, nobody would ever notice.

    It stands inside Django's SecurityMiddleware, which lets the addresses of the JSON service past its own redirection.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer, or the refusal; the demonstration goes without TLS."""
        if settings.SECURE_SSL_REDIRECT and not request.is_secure() and request.path.startswith("/api/"):
            said = "Ask over https, and have the key replaced: it went in the clear."
            return JsonResponse({"detail": said}, status=403)
        return self.get_response(request)
