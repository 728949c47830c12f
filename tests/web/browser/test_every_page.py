"""Every page, as everybody who may open it: no barrier, no fault, no sideways scroll, and all of it without script."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import resolve

from evenlode.access import Role

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


FEW = {Role.SOCIAL_WORKER, Role.TEAM_MANAGER, Role.DIRECTOR}
"""They open most pages between them; the others, and the pages that only they open, are asked in the long suite."""
WHO = [role if role in FEW else pytest.param(role, marks=pytest.mark.long) for role in Role]


@pytest.fixture(scope="session")
def looked_through():
    """The pages that axe has gone through already: the same page as another role is opened, and asked for faults."""
    return set()


@pytest.mark.parametrize("role", WHO, ids=str)
def test_nothing_stands_in_anybodys_way_on_any_page_that_is_theirs(served, opened, looked_through, role):
    desk, phone = opened(role), opened(role, width=390)
    seen = []
    for name, address in served.pages.items():
        answer = desk.goto(address)
        faults, desk.faults = [*desk.faults], []
        if answer.status == 404:
            continue
        seen.append(name)
        assert answer.status == 200, f"{name}: {answer.status}"
        assert not faults, f"{name}: {faults}"
        if role in FEW and name in looked_through:
            continue
        looked_through.add(name)
        found = Axe().run(desk, options=AXE).response["violations"]
        assert not found, f"{name}: {[(v['id'], v['nodes'][0]['html'][:200]) for v in found]}"
        phone.goto(address)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390, f"{name} scrolls sideways"
    assert "who-opened" in seen


@pytest.mark.parametrize(
    "role",
    [role if role is Role.TEAM_MANAGER else pytest.param(role, marks=pytest.mark.long) for role in Role],
    ids=str,
)
def test_every_page_is_the_same_without_script(served, opened, role):
    with_script, without = opened(role), opened(role, script=False)
    for name, address in served.pages.items():
        if with_script.goto(address).status == 404:
            continue
        without.goto(address)
        assert headings(without) == headings(with_script), name
        assert with_script.locator("main h1").count() == 1, name


def headings(page):
    """What a reader sees; the calendar of a date field is drawn by script and stays shut."""
    return [text.strip() for text in page.locator("main h1:visible, main h2:visible").all_inner_texts()]


def test_no_title_of_a_page_names_a_child(served, opened):
    page = opened(Role.DIRECTOR)
    page.goto(served.pages["child"])
    name = page.locator("h1").inner_text().split(",")[0]
    assert len(name) > 3
    assert not any(part in page.title() for part in name.split())


NO_LINK = {
    "my-caseload": "those who hold no children may open it, and it says that they hold none",
    "own-team": "the menu has the list of teams for those with several",
    "teams": "the menu has the one team for those with one",
    "service-of": "the menu has the one service for those with one",
    "restrict": "information governance may close a record, and a manager who sees the child does",
}
"""Pages that somebody may open and that no link of theirs leads to, each with the reason."""
ENOUGH = 3
"""So many addresses of one page are followed."""


@pytest.mark.long
@pytest.mark.parametrize("role", Role, ids=str)
def test_every_page_that_is_somebodys_is_reached_by_links_from_their_menu(served, opened, role):
    browser = opened(role)
    ask = browser.request.get
    theirs = {name for name, address in served.pages.items() if ask(address).status == 200}
    to_look_at, followed = ["/today", "/rules", "/my-sign-in"], {}
    while to_look_at:
        address = to_look_at.pop(0)
        answer = ask(address)
        if answer.status != 200:
            continue
        for link in re.findall(r'<a[^>]* href="(/[^"#?]*)', answer.text()):
            name = resolve(link).url_name
            seen = followed.setdefault(name, [])
            if link not in seen and len(seen) < ENOUGH and "file" not in str(name):
                seen.append(link)
                to_look_at.append(link)
    lost = theirs - set(followed) - set(NO_LINK)
    assert not lost, f"no link leads to {sorted(lost)}"
