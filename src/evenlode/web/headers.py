"""Headers that stand on every answer, faults too (safety-bars G2)."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

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
