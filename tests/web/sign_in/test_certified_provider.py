"""The council's door against a certified OpenID provider that others wrote, on loopback."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
import requests
from tests.web.sign_in.issuer import CLIENT, SECRET, TENANT
from tests.web.sign_in.people import made

from evenlode.web.environment import OutsideProvider
from evenlode.web.sign_in import outside

BACK = "https://testserver/sign-in/council/back"
FOLDER = os.environ.get("EVENLODE_TEST_OIDC_PROVIDER", "")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        not FOLDER or not shutil.which("node"),
        reason="needs Node, and EVENLODE_TEST_OIDC_PROVIDER naming the folder in which npm installed oidc-provider",
    ),
]


@pytest.fixture
def provider(settings):
    """The provider, running and set as the council's."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    script = Path(__file__).parent / "provider" / "provider.mjs"
    running = subprocess.Popen(
        ["node", str(script), FOLDER, str(port), BACK],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    while "listening" not in "".join(said):
        line = running.stdout.readline()
        assert line, "".join(said)
        said.append(line)
    provider = OutsideProvider(f"http://127.0.0.1:{port}", CLIENT, SECRET, TENANT)
    settings.EVENLODE = replace(settings.EVENLODE, provider=provider)
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [provider.app]}}
    yield provider
    running.terminate()
    running.communicate(timeout=10)


def go_there(address, subject):
    """Signs in at the provider's own pages; answers the address that it sends the browser back to."""
    browser = requests.Session()
    answer = browser.get(address, allow_redirects=False, timeout=10)
    for _ in range(12):
        if answer.is_redirect:
            address = urljoin(answer.url, answer.headers["Location"])
            if address.startswith(BACK):
                return address
            answer = browser.get(address, allow_redirects=False, timeout=10)
            continue
        prompt = re.search(r'name="prompt" value="(\w+)"', answer.text)[1]
        action = re.search(r'action="([^"]+)"', answer.text)[1]
        form = {"prompt": prompt, "login": subject, "password": "any"}
        answer = browser.post(urljoin(answer.url, action), form, allow_redirects=False, timeout=10)
    raise AssertionError(answer.text)


def sent_back(somebody, subject):
    page = somebody.post("/sign-in/council")
    return go_there(page.headers["Refresh"].partition("url=")[2], subject)


def test_a_person_signs_in_through_a_certified_provider(db, provider):
    ann = made("ann", "p-ann", app=False)
    outside.tie(ann.account, issuer=provider.issuer, subject="subject-1", tied_by="p-admin")
    assert ann.get(sent_back(ann, "subject-1")).url == "/"
    assert ann.is_in()


def test_a_subject_of_it_that_is_tied_to_nobody_is_refused(db, provider):
    ann = made("ann", "p-ann", app=False)
    answer = ann.get(sent_back(ann, "subject-2"))
    assert answer.status_code == 403
    assert b"subject-2" in answer.content
    assert not ann.is_in()


def test_a_code_of_it_is_of_no_use_in_another_browser(db, provider):
    ann = made("ann", "p-ann", app=False)
    outside.tie(ann.account, issuer=provider.issuer, subject="subject-1", tied_by="p-admin")
    stolen = parse_qs(urlsplit(sent_back(ann, "subject-1")).query)["code"][0]
    thief = ann.elsewhere()
    page = thief.post("/sign-in/council")
    state = parse_qs(urlsplit(page.headers["Refresh"]).query)["state"][0]
    assert thief.get(f"/sign-in/council/back?code={stolen}&state={state}").status_code == 403
    assert not thief.is_in()
