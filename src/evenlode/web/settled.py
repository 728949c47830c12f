"""What is answered while the council's policy file cannot be read: one plain page, and the fault in the log."""

from __future__ import annotations

import logging
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.template.loader import render_to_string

from evenlode.errors import PolicyFault

log = logging.getLogger("evenlode.policy")


class PolicyReadable:
    """No page is shown by settings that nobody can read, and nobody is shown a fault that is not ours."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The answer."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
        """503 where it is the policy file; anything else is somebody else's to answer."""
        if not isinstance(fault, PolicyFault):
            return None
        log.error("the policy file cannot be read", extra={"why": str(fault), "method": request.method})
        return HttpResponse(render_to_string("policy_fault.html"), status=503)
