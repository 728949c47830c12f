"""Every address of the service, one by one: its headers (safety-bars G2), and that reading changes nothing (G4)."""

from __future__ import annotations

import hashlib
import json
import logging
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse
from tests.web.test_matrix import OURS, addresses, kinds, named  # noqa: F401 - named is a fixture
from tests.web.test_settings import HEADERS
from tests.web.walking import asked_of_the_database, every_pattern, first_who_opens, may_open

from evenlode.access import Role
from evenlode.web import page as guarding
from evenlode.web.api.routes import API_ROUTES, UNDER
from evenlode.web.log_lines import OneLine
from evenlode.web.routes import PAGES

pytestmark = pytest.mark.django_db

TAKES_A_FORM = [page for page in PAGES if "POST" in page.methods]
CAN_BE_READ = [page for page in PAGES if "GET" in page.methods]
SIGN_IN = {
    str(pattern.pattern): pattern
    for _, pattern in every_pattern()
    if pattern.callback.__module__.startswith("evenlode.web.sign_in")
}

WRITTEN_BY_READING = {
    "audit_entry": "who opened what is written down before it is shown",
    "django_session": "when a session was last used",
    "web_takenrow": "how much one person has opened, searched and saved, for the limits",
    "web_keptpage": "a page that was worked out once and can be thrown away at any time",
}
"""Tables that a GET may write, and why that changes nothing that anybody recorded."""


def headers_are_there(answer, *, kept=False):
    for name, value in HEADERS.items():
        assert answer[name] == value, name
    policy = answer["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "base-uri 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "camera=()" in answer["Permissions-Policy"]
    age, *more = answer["Strict-Transport-Security"].split("; ")
    assert int(age.removeprefix("max-age=")) >= 31_536_000
    assert "includeSubDomains" in more
    if not kept:
        assert answer["Cache-Control"] == "no-store, private"
    assert "Server" not in answer
    assert "X-Powered-By" not in answer


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.name)
def test_each_page_has_its_headers_whether_it_opens_is_refused_or_wants_a_sign_in(
    signed_in, named, figures, client, page
):
    url = reverse(page.name, kwargs=addresses(page, named, OURS, signed_in, figures))
    stranger = client.post(url, secure=True) if page.changes else client.get(url, secure=True)
    assert stranger.status_code == 302
    headers_are_there(stranger)
    them = signed_in(first_who_opens(page))
    opened = them.post(url) if page.changes else them.get(url)
    assert opened.status_code != 500
    headers_are_there(opened)
    refused = them.client.delete(url, secure=True)
    assert refused.status_code == 405
    headers_are_there(refused)


@pytest.mark.parametrize("address", [*SIGN_IN, "health", "council.css", "accessibility", "privacy"])
def test_each_address_that_opens_without_signing_in_has_its_headers_too(client, address):
    url = "/" + re.sub(r"<\w+:\w+>", "x", address)
    headers_are_there(client.get(url, secure=True))
    headers_are_there(client.post(url, secure=True))


@pytest.mark.parametrize("route", API_ROUTES, ids=lambda r: r.name)
def test_each_answer_to_a_program_has_its_headers_refusals_too(client, route):
    for answer in (
        client.get(f"/{UNDER}{route.path}", secure=True),
        client.post(f"/{UNDER}{route.path}", secure=True),
    ):
        assert answer.status_code in {401, 405}
        headers_are_there(answer)


def test_a_file_of_the_pages_has_the_headers_too(client, settings):
    settings.WHITENOISE_USE_FINDERS = True
    answer = client.get("/static/evenlode/evenlode.css", secure=True)
    assert b"".join(answer.streaming_content)
    answer.close()
    headers_are_there(answer, kept=True)


@pytest.mark.parametrize(
    "address", ["/static/", "/static/evenlode/", "/.git/config", "/static/../settings.py"]
)
def test_a_folder_is_not_listed_and_nothing_but_the_files_of_pages_is_sent(client, settings, address):
    settings.WHITENOISE_USE_FINDERS = True
    assert client.get(address, secure=True).status_code == 404


@pytest.mark.parametrize("address", ["/today", "/sign-in", "/health", "/privacy", f"/{UNDER}rules"])
def test_trace_is_refused_by_pages_open_pages_and_programs_addresses(signed_in, address):
    answer = signed_in(Role.DIRECTOR).client.trace(address, secure=True)
    assert answer.status_code == 405
    assert "TRACE" not in answer.content.decode()


def test_signing_out_clears_what_the_browser_kept(signed_in):
    answer = signed_in(Role.DIRECTOR).post("/sign-out")
    assert answer["Clear-Site-Data"] == '"cache", "storage"'


def test_a_line_of_the_log_stays_one_line_whatever_was_typed():
    said = logging.LogRecord("evenlode.pages", logging.INFO, "", 0, 'a"\r\n{"says": "b"}\u2028', None, None)
    said.route = 'x\n{"level": "error"}'
    line = OneLine().format(said)
    assert len(line.encode().splitlines()) == 1
    assert json.loads(line)["route"] == said.route


def test_a_host_that_is_not_ours_and_a_fault_of_ours_have_them_too(signed_in, client, monkeypatch):
    headers_are_there(client.get("/today", secure=True, headers={"host": "evil.example"}))

    def breaks(*_):
        raise ValueError("a fault")

    monkeypatch.setattr(guarding, "append", breaks)
    them = signed_in(Role.DIRECTOR)
    them.client.raise_request_exception = False
    broken = them.get("/today")
    assert broken.status_code == 500
    headers_are_there(broken)


def strict(client: Client) -> Client:
    client.handler.enforce_csrf_checks = True
    return client


@pytest.mark.parametrize("page", TAKES_A_FORM, ids=lambda p: p.name)
def test_no_page_takes_a_form_without_its_token_from_whoever_may_send_it(signed_in, named, figures, page):
    them = signed_in(first_who_opens(page))
    url = reverse(page.name, kwargs=addresses(page, named, OURS, signed_in, figures))
    strict(them.client)
    with asked_of_the_database() as asked:
        answer = them.post(url, {"reason": "x", "words": "ann"})
    assert answer.status_code == 403
    headers_are_there(answer)
    assert [q.sql for q in asked if q.writes] == []


@pytest.mark.parametrize("address", SIGN_IN)
def test_no_page_of_signing_in_takes_a_form_without_its_token(client, address):
    answer = strict(client).post("/" + re.sub(r"<\w+:\w+>", "x", address), {"username": "a"}, secure=True)
    assert answer.status_code in {403, 405}
    assert answer.status_code == 403 or "POST" not in answer["Allow"]


def test_the_same_form_with_its_token_is_taken(signed_in):
    """Else the tests above would say nothing."""
    them = signed_in(Role.DIRECTOR)
    strict(them.client)
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', them.get("/search").content.decode()).group(1)
    sent = them.post(
        "/search",
        {"words": "an", "csrfmiddlewaretoken": token},
        headers={"referer": "https://testserver/search"},
    )
    assert sent.status_code == 200


def test_nothing_is_let_off_the_token_but_what_only_answers_programs():
    free = [
        said
        for said, pattern in every_pattern()
        if getattr(pattern.callback, "csrf_exempt", False) and not said.startswith(UNDER)
    ]
    assert free == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("route", API_ROUTES, ids=lambda r: r.name)
def test_a_program_can_ask_and_do_nothing_else(client, route, method):
    answer = getattr(client, method)(f"/{UNDER}{route.path}", secure=True)
    assert answer.status_code == 405


EVERY_RUN = {Role.TEAM_MANAGER, Role.DIRECTOR, Role.INFORMATION_GOVERNANCE}
"""Between them they open every page that can be read but a few; the other roles look in the long suite."""


def rows_of_every_table() -> dict[str, str]:
    """Each table with a code of all that is in it, those that reading may write left out."""
    found = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in WRITTEN_BY_READING:
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            lines = sorted(repr(row) for row in cursor.fetchall())
            found[table] = f"{len(lines)} {hashlib.sha256(repr(lines).encode()).hexdigest()}"
    return found


def files_of_the_home() -> dict[str, tuple[int, int]]:
    home = Path(settings.EVENLODE.home)
    return {
        str(p.relative_to(home)): (p.stat().st_size, p.stat().st_mtime_ns)
        for p in home.rglob("*")
        if p.is_file() and "sqlite" not in p.name
    }


def table_of(sql: str) -> str:
    found = re.search(r'(?:INTO|UPDATE|FROM|TABLE)\s+"?(\w+)"?', sql, re.IGNORECASE)
    return found.group(1) if found else sql


@pytest.mark.parametrize(
    "role",
    [pytest.param(role, marks=[] if role in EVERY_RUN else pytest.mark.long) for role in Role],
)
def test_looking_at_every_page_that_a_role_may_open_changes_nothing(signed_in, named, figures, role):
    them = signed_in(role)
    urls = {
        page.name: reverse(page.name, kwargs=addresses(page, named, OURS, signed_in, figures))
        for page in CAN_BE_READ
        if may_open(page, role)
    }
    tables, files = rows_of_every_table(), files_of_the_home()
    seen = 0
    for name, url in urls.items():
        with asked_of_the_database() as asked:
            answer = them.get(url)
        assert answer.status_code in {200, 302, 422}, name
        seen += answer.status_code == 200
        wrote = {table_of(q.sql) for q in asked if q.writes}
        assert wrote <= WRITTEN_BY_READING.keys(), name
    assert seen > 8
    assert rows_of_every_table() == tables
    assert files_of_the_home() == files


def test_looking_at_the_pages_of_signing_in_changes_nothing(client):
    before = rows_of_every_table()
    for address in SIGN_IN:
        client.get("/" + re.sub(r"<\w+:\w+>", "x", address), secure=True)
    assert rows_of_every_table() == before


def test_a_page_that_wrote_would_be_noticed(signed_in):
    before = rows_of_every_table()
    them = signed_in(Role.DIRECTOR)
    with asked_of_the_database() as asked:
        them.account.username = "other"
        them.account.save()
    assert [table_of(q.sql) for q in asked if q.writes] == ["web_account"]
    assert rows_of_every_table() != before


def test_every_address_that_the_service_answers_is_walked_here():
    known = (
        {page.path for page in PAGES} | set(SIGN_IN) | {"health", "council.css", "accessibility", "privacy"}
    )
    known |= {UNDER + route.path for route in API_ROUTES} | {UNDER}
    assert {re.sub(r"^\^|\$$", "", said) for said, _ in every_pattern()} == known
    assert any(kinds(page) for page in PAGES)
