"""The way of a browser to the provider and back, and what a refusal looks like."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit


def begin(somebody, **form):
    """What the browser is sent to ask of the provider."""
    page = somebody.post("/sign-in/council", form)
    assert page.status_code == 200, page.status_code
    address = page.headers["Refresh"].partition("url=")[2]
    return dict(parse_qsl(urlsplit(address).query))


def come_back(somebody, code, state, **more):
    return somebody.client.get("/sign-in/council/back", {"code": code, "state": state, **more}, secure=True)


def sign_in(somebody, issuer, **form):
    asked = begin(somebody, **form)
    return come_back(somebody, issuer.agree(asked), asked["state"])


def refused(answer, somebody, told):
    assert answer.status_code == 403
    assert not somebody.is_in()
    assert told()[-1] == (
        "nobody known",
        "sign in",
        "outside identity",
        "denied",
        "the answer of the provider does not hold",
    )
    return True
