"""Script that somebody wrote into a field or into an export runs in nobody's browser: every page shows it as words."""

from __future__ import annotations

import json
import re
import sqlite3
from datetime import date, timedelta
from itertools import cycle

import pytest

from evenlode.access import Role

from .conftest import signed_in, start_serving
from .installed import Installed
from .stored_script import PAYLOADS, WORKED_OUT

LOOK = """() => ({
  ran: window.hit || 0,
  made: [...document.querySelectorAll("[data-stored]")].map((one) => one.outerHTML.slice(0, 160)),
  lead: [...document.querySelectorAll("[href], [src], [action], [formaction]")].filter((one) =>
    ["href", "src", "action", "formaction"].some((name) => /^\\s*(javascript|data):/i.test(one.getAttribute(name) || ""))
  ).map((one) => one.outerHTML.slice(0, 160)),
})"""
READERS = (
    Role.TEAM_MANAGER, Role.SOCIAL_WORKER, Role.DIRECTOR, Role.PERFORMANCE_ANALYST,
    Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE,
)  # fmt: skip
"""Between them they open every page."""
MANY = 4
"""So many addresses of one page are opened as one role."""


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A demonstration whose extract holds the payloads in names, ids and texts."""
    with start_serving(tmp_path_factory.mktemp("written"), {"stored script": "yes"}) as told:
        yield told


def watched(page):
    """The page, with what a script that ran would have left behind kept beside it."""
    page.left = []
    page.on("dialog", lambda dialog: (page.left.append(f"dialog {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda sent: page.left.append(sent.url) if "example.invalid" in sent.url else None)
    return page


def nothing_ran(page):
    found = page.evaluate(LOOK)
    faults = [fault for fault in page.faults if "status of 4" not in fault]
    page.faults.clear()
    assert not found["ran"], f"{page.url}: script {found['ran']} ran"
    assert not found["made"], f"{page.url}: {found['made']}"
    assert not found["lead"], f"{page.url}: {found['lead']}"
    assert not page.left, f"{page.url}: {page.left}"
    assert not faults, f"{page.url}: {faults}"
    assert WORKED_OUT not in page.locator("body").inner_text(), page.url


@pytest.mark.parametrize(
    "payloads", [PAYLOADS[::8], pytest.param(PAYLOADS, marks=pytest.mark.long)], ids=["some", "every one"]
)
def test_what_is_typed_into_the_search_and_the_filters_is_shown_as_words(opened, payloads):
    page = watched(opened(Role.DIRECTOR))
    for payload in payloads:
        page.goto("/search")
        page.get_by_label("A child's or a worker's name").fill(payload[:100])
        page.get_by_role("button", name="Search").click()
        page.get_by_role("heading", name=re.compile("Children|mend")).wait_for()
        nothing_ran(page)
        page.goto("/policy")
        page.get_by_label("With the words").fill(payload[:60])
        page.get_by_role("button", name="Show").click()
        page.get_by_text("Showing 0 of").or_(page.get_by_text(re.compile("Showing [1-9]"))).wait_for()
        nothing_ran(page)


def fill(page, words, **known):
    """Writes the words into every field of the form that takes words, and chooses something everywhere else."""
    later = date.today() + timedelta(days=30)  # noqa: DTZ011 - as on the person's own clock
    form = page.locator("main form").filter(has=page.locator("textarea, input[type=text]")).first
    for field in form.locator("textarea, input[type=text]").all():
        name, sort = field.get_attribute("name"), field.get_attribute("class") or ""
        longest = int(field.get_attribute("maxlength") or 100)
        text = " ".join(next(words) for _ in range(4)) if longest >= 400 else next(words)
        field.fill(known.get(name) or (f"{later:%d/%m/%Y}" if "datepicker" in sort else text[:longest]))
    for group in {one.get_attribute("name") for one in form.locator("input[type=radio]").all()}:
        form.locator(f"input[type=radio][name={group}]").first.check(force=True)
    for choice in form.locator("select").all():
        choice.select_option(index=min(1, choice.locator("option").count() - 1))
    form.locator("button").first.click()
    page.wait_for_load_state()


def addresses_of(page, address, pattern, most):
    """The first few addresses of a kind that a page leads to."""
    page.goto(address)
    found = re.findall(rf'href="({pattern})"', page.content())
    return list(dict.fromkeys(found))[:most]


def write_everywhere(opened, served):
    """Every field of the service in which somebody can write holds one or several of the payloads."""
    words = cycle(PAYLOADS)
    manager, director, worker, analyst, admin, governance = (watched(opened(role)) for role in [
        Role.TEAM_MANAGER, Role.DIRECTOR, Role.SOCIAL_WORKER, Role.PERFORMANCE_ANALYST,
        Role.SYSTEM_ADMINISTRATOR, Role.INFORMATION_GOVERNANCE,
    ])  # fmt: skip

    def write(page, address, **known):
        answer = page.goto(address)
        assert answer.status == 200, address
        fill(page, words, **known)
        nothing_ran(page)

    children = addresses_of(manager, "/children", r"/child/\w+", 8)
    for child in children:
        for finding in addresses_of(manager, child, r"/child/\w+/explain/\w+", 2):
            write(manager, finding)
        write(manager, f"{child}/weight", points="")
    for setting in addresses_of(director, "/policy", r"/policy/setting/\w+", 6):
        write(director, f"{setting}/propose")
    with sqlite3.connect(f"file:{served.home / 'service.sqlite3'}?mode=ro", uri=True) as con:
        rows = con.execute(
            "SELECT c.child_id, c.ref FROM web_childfigure c JOIN web_figures f ON f.id = c.figures_id "
            "WHERE f.standing AND c.open ORDER BY c.child_id DESC"
        ).fetchall()
    far = [row for row in rows if worker.request.get(f"/child/{row[1]}").status == 404][:5]
    for number, _ in far:
        write(worker, "/open-a-record", number=number)
    write(worker, "/open-a-record")
    for ref in [ref for _, ref in far[:2]]:
        write(director, f"/child/{ref}/close")
    for opening in addresses_of(governance, "/openings", r"/openings/\w+", 3):
        write(governance, opening)
    for address in (
        "/audit",
        "/audit/file",
        *addresses_of(governance, "/closed-records", r"/closed-records/\d+/ask", 1),
    ):
        write(governance, address)
    for _ in range(3):
        write(admin, "/tokens/ask")
    write(analyst, "/data/load/0001/take-out", reason=" ")
    analyst.goto("/data/send")
    analyst.get_by_label("Files", exact=True).set_input_files(
        [
            {"name": one.replace("/", "")[:80] + ".csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}
            for one in PAYLOADS
        ]
    )
    analyst.get_by_role("button", name="Send", exact=True).click()
    analyst.wait_for_url("**/data/task/*")
    analyst.get_by_role("alert").filter(has_text="Not done").wait_for(timeout=120_000)
    nothing_ran(analyst)


def read_everything(page, served):
    """Every page that somebody may open, and a few of each kind that those lead to."""
    to_read, seen = list(served.pages.values()), {}
    while to_read:
        address = to_read.pop(0)
        if page.goto(address).status != 200:
            continue
        nothing_ran(page)
        for link in page.locator("a[href^='/']").evaluate_all(
            "all => all.map((one) => one.getAttribute('href'))"
        ):
            path = link.partition("#")[0]
            kind = re.sub(r"[0-9a-f]{8,}|\d+|=[^&]*|(?<=setting/)\w+|(?<=rules/)\S+|(?<=team/)\S+", "", path)
            told = seen.setdefault(kind, set())
            if path not in told and len(told) < MANY and "file" not in path:
                told.add(path)
                to_read.append(path)
    return seen


@pytest.mark.long
def test_nothing_that_was_written_into_a_field_or_an_extract_runs_on_any_page(written, browser):
    pages = []

    def opened(role):
        pages.append(signed_in(browser, written.url, role))
        return pages[-1]

    write_everywhere(opened, written)
    shown = 0
    for role in READERS:
        page = watched(opened(role))
        shown += sum(len(found) for found in read_everything(page, written).values())
    assert shown > 200
    for page in pages:
        page.context.close()


@pytest.mark.long
def test_a_councils_own_name_is_shown_as_words(browser, tmp_path):
    name = " ".join(PAYLOADS[:20])
    council = Installed(tmp_path / "home", {"EVENLODE_HOSTS": "localhost,127.0.0.1"})
    council.run("set-up")
    (council.home / "policy.yaml").write_text(json.dumps({"council": {"name": name}}), "utf-8")
    with council.served():
        page = watched(signed_in(browser, council.url, ignore_https_errors=True))
        page.goto("/sign-in")
        nothing_ran(page)
        assert page.locator(".ev-head__council").inner_text() == name
        assert name in page.title()
        page.context.close()
