"""How we work things out: one short page, for everybody."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from evenlode.web.page import Asked


def how(request: Asked) -> HttpResponse:
    """From the extract to a finding, in plain words."""
    return render(request, "evenlode/how.html")
