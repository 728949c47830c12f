"""What an attacker types: through every filter, order, search and address it finds no row more and breaks nothing (safety-bars G8)."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.web.api.conftest import ask, token_of  # noqa: F401 - fixtures
from tests.web.test_every_route import CAN_BE_READ, SIGN_IN, TAKES_A_FORM
from tests.web.test_matrix import OURS, addresses, kinds, named  # noqa: F401 - named is a fixture
from tests.web.walking import asked_of_the_database, first_who_opens, may_open

from evenlode.access import Role, Thing
from evenlode.web.api.routes import API_ROUTES
from evenlode.web.door import Door
from evenlode.web.folded import folded
from evenlode.web.models import ChildFigure, WorkerFigure
from evenlode.web.routes import PAGES
from evenlode.web.standing_register import register

pytestmark = pytest.mark.django_db

WEB = Path(__file__).parents[2] / "src" / "evenlode" / "web"
MARK = "zq7w"
"""Stands in every hostile value, so that it can be found again wherever it went."""
HOSTILE = {
    "a quote": f"{MARK}'",
    "a quote and a truth": f"{MARK}' OR '1'='1",
    "a comment": f'{MARK}"; DROP TABLE web_account; --',
    "a second question": f"{MARK}') UNION SELECT username, password FROM web_account --",
    "a wait": f"{MARK}'||(SELECT pg_sleep(9))||'",
    "wild cards": f"%{MARK}%_\\",
    "a lookup of Django": f"{MARK}__in",
    "operators": f'{MARK}[$ne]={{"$gt": ""}}',
    "a template": f"{{{{ {MARK} }}}}{{% debug %}}${{7*7}}",
    "mark-up": f"<script>{MARK}</script>",
    "a line of its own": f"{MARK}\r\nSet-Cookie: a=b",
    "a path": f"../../{MARK}/etc/passwd",
    "letters that look alike": f"{MARK}\u02bc\uff07\u2019 \u202e\U0001f9d2\u0301",
    "a zero": f"{MARK}\x00",
    "half a letter": f"{MARK}%ff%c0%af",
    "very long": MARK + "9" * 5000,
    "a huge number": "9" * 400,
    "a number that is none": "NaN",
    "below nothing": "-1",
}
ALWAYS = ("sort", "page", "file")
"""What may stand in the address of a list beside its own choices."""


def known(answer) -> set[str]:
    """The choices that a page offers in its address."""
    html = answer.content.decode()
    inputs = re.findall(r"<form[^>]*method=\"get\".*?</form>", html, re.DOTALL)
    names = {name for form in inputs for name in re.findall(r'name="([^"]+)"', form)}
    links = re.findall(r'href="[^"?]*\?([^"]+)"', html)
    names |= {part.split("=")[0] for link in links for part in unescape(link).split("&")}
    return names


def refs(answer) -> set[str]:
    """The children and workers to whom a page leads."""
    return set(re.findall(r"/(?:child|worker)/(\w{24})", answer.content.decode(errors="replace")))


def own(who) -> set[str]:
    """Every child and worker within somebody's reach, by what stands in addresses."""
    door = Door(who.person_id, timezone.now(), register(), "test")
    things = (
        Thing.CHILD_RECORD,
        Thing.SEARCH,
        Thing.FINDING,
        Thing.WAITING_LIST,
        Thing.WATCH_LIST,
        Thing.TODAY,
    )
    found = {
        row.ref for thing in things for row in ChildFigure.objects.visible_to(door.visible(thing)).only("ref")
    }
    return found | {
        row.ref for row in WorkerFigure.objects.visible_to(door.visible(Thing.WORKER_FIGURES)).only("ref")
    }


def never_in_a_statement(asked):
    """What was typed stands beside a statement as a value and never within it; a zero does not get even there."""
    assert [q.sql for q in asked if MARK in q.sql] == []
    assert [q for q in asked if any(isinstance(v, str) and "\x00" in v for v in q.values)] == []


def put(url: str, said: dict[str, str]) -> str:
    """An address with these choices; what is percent-encoded already stays so."""
    return url + "?" + "&".join(f"{name}={quote(value, safe='%')}" for name, value in said.items())


@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, pytest.param(Role.DIRECTOR, marks=pytest.mark.long)])
def test_no_choice_of_any_list_gives_a_row_that_is_not_theirs_or_breaks_the_page(
    signed_in, named, figures, settings, role
):
    settings.EVENLODE_LIMITS = {"EXPORT": 1000, "CHILD": 1000}
    them = signed_in(role)
    theirs = own(them)
    values = list(HOSTILE.values())
    turn = 0
    for page in CAN_BE_READ:
        if not may_open(page, role):
            continue
        url = reverse(page.name, kwargs=addresses(page, named, OURS, signed_in, figures))
        plain = them.get(url)
        if plain.status_code != 200 or "html" not in plain["Content-Type"]:
            continue
        names = sorted(known(plain) | {"sort"})
        tries = [
            {name: values[(turn + n) % len(values)] for n, name in enumerate(names)},
            {name: values[(turn + n + 7) % len(values)] for n, name in enumerate(ALWAYS)},
        ]
        turn += 3
        for said in tries:
            with asked_of_the_database() as asked:
                answer = them.get(put(url, said))
            assert answer.status_code in {200, 302, 404, 422}, (page.name, said)
            never_in_a_statement(asked)
            assert refs(answer) <= theirs | refs(plain), (page.name, said)


@pytest.mark.parametrize("address", ["/children", "/findings"])
def test_a_choice_that_is_none_of_the_lists_finds_nobody_and_an_order_that_is_none_changes_nothing(
    signed_in, address
):
    manager = signed_in(Role.TEAM_MANAGER)
    whole = refs(manager.get(address))
    assert whole
    assert refs(manager.get(put(address, dict.fromkeys(("sort", "order_by"), "-password")))) == whole
    for value in HOSTILE.values():
        narrowed = manager.get(put(address, {"team": value, "sort": value}))
        assert narrowed.status_code == 200
        assert refs(narrowed) == set()


@pytest.mark.parametrize(
    "page", [p for p in PAGES if "<str:" in p.path or "<int:" in p.path], ids=lambda p: p.name
)
def test_an_address_that_was_made_up_leads_nowhere(signed_in, named, figures, page):
    them = signed_in(first_who_opens(page))
    true = addresses(page, named, OURS, signed_in, figures)
    for value in HOSTILE.values():
        for kind in kinds(page):
            url = "/" + page.path
            for name in kinds(page):
                said = quote(value, safe="%") if name == kind else str(true[name])
                url = re.sub(rf"<\w+:{name}>", lambda _, said=said: said, url)
            with asked_of_the_database() as asked:
                answer = them.post(url, {"reason": "x"}) if page.changes else them.get(url)
            assert answer.status_code == 404, (url, answer.status_code)
            never_in_a_statement(asked)


@pytest.mark.parametrize("page", TAKES_A_FORM, ids=lambda p: p.name)
def test_no_form_breaks_whatever_is_typed_into_it(signed_in, named, figures, page):
    them = signed_in(first_who_opens(page))
    url = reverse(page.name, kwargs=addresses(page, named, OURS, signed_in, figures))
    html = "" if page.changes else them.get(url).content.decode()
    names = set(re.findall(r'<(?:input|select|textarea|button)[^>]*\bname="([^"]+)"', html)) | {
        "reason",
        "decision",
        "words",
        "page",
    }
    fields, values = sorted(names - {"csrfmiddlewaretoken"}), list(HOSTILE.values())
    for turn in range(0, len(values), 3):
        typed = {name: values[(turn + n) % len(values)] for n, name in enumerate(fields)}
        with asked_of_the_database() as asked:
            answer = them.post(url, typed)
        assert answer.status_code in {200, 302, 303, 400, 404, 409, 413, 422}, (page.name, typed)
        never_in_a_statement(asked)


@pytest.mark.parametrize("address", SIGN_IN)
def test_no_page_of_signing_in_breaks_whatever_is_typed_into_it(client, address):
    for value in HOSTILE.values():
        made = "/" + re.sub(r"<\w+:\w+>", lambda _, v=value: quote(v, safe="%"), address)
        typed = dict.fromkeys(
            ("username", "password", "code", "next", "ended", "done", "state", "iss", "new_password"), value
        )
        with asked_of_the_database() as asked:
            answers = [client.get(put(made, typed), secure=True), client.post(made, typed, secure=True)]
        assert all(a.status_code < 500 for a in answers), (made, [a.status_code for a in answers])
        assert all(a.get("Location", "/").startswith("/") for a in answers)
        assert all("Set-Cookie" not in str(a.headers) for a in answers)
        never_in_a_statement(asked)


@pytest.mark.parametrize("route", [r for r in API_ROUTES if r.table is not None], ids=lambda r: r.name)
def test_a_program_gets_no_row_more_for_a_hostile_question(ask, token_of, settings, route):
    settings.EVENLODE_LIMITS = {"API": 1000}
    token = (
        token_of(Role.TEAM_MANAGER)[0]
        if route.name in {"api-findings", "api-workload"}
        else token_of(Role.DIRECTOR)[0]
    )
    whole = ask(route.path, token).json()["total"]
    names = [*route.table.narrows, "page", "order_by"]
    for turn, (said, value) in enumerate(HOSTILE.items()):
        for name in names if said in {"a quote and a truth", "a zero"} else [names[turn % len(names)]]:
            with asked_of_the_database() as asked:
                answer = ask(route.path, token, size=1, **{name: value})
            assert answer.status_code in {200, 422}, (name, value[:20])
            if answer.status_code == 200:
                assert answer.json()["total"] == (whole if name == "order_by" else 0), name
            never_in_a_statement(asked)


def test_a_token_that_was_made_up_opens_nothing(ask, settings):
    settings.EVENLODE_LIMITS = {"STRANGE_TOKEN": 1000}
    for value in HOSTILE.values():
        said = value.encode("latin-1", "replace").decode("latin-1").replace("\r", "").replace("\n", "")
        assert ask("findings", said).status_code == 401


def test_a_choice_that_is_made_twice_counts_once_and_finds_nobody_else(signed_in):
    manager = signed_in(Role.TEAM_MANAGER)
    rows = refs(manager.get("/findings?state=late"))
    assert refs(manager.get("/findings?state=x&state=late")) == rows
    assert refs(manager.get("/findings?state=late&state=x")) == set()


def test_no_form_is_made_of_a_table_so_that_none_sets_what_it_does_not_show():
    code = [p for p in WEB.rglob("*.py") if "migrations" not in p.parts]
    assert len(code) > 100
    assert [p.name for p in code if "ModelForm" in p.read_text("utf-8")] == []


@given(words=st.text(alphabet="ae%_\\'\"*?.-; \u00e9\u2019\u0301\u0130", min_size=2, max_size=5))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_search_finds_those_whose_name_holds_what_was_typed_and_nobody_else(
    signed_in, settings_of_limits, words
):
    them = signed_in(Role.TEAM_MANAGER)
    with asked_of_the_database():
        answer = them.post("/search", {"words": words})
    if answer.status_code == 422:
        assert len(folded(words.strip()).replace(" ", "")) < 2
        return
    wanted = folded(words).split()
    rows = [
        row
        for row in [*ChildFigure.objects.whole(), *WorkerFigure.objects.whole()]
        if row.ref in refs(answer)
    ]
    assert answer.status_code == 200
    assert all(word in row.search for row in rows for word in wanted)


@pytest.fixture
def settings_of_limits(settings):
    settings.EVENLODE_LIMITS = {"SEARCH": 1000}
