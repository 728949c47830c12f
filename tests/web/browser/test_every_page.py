"""Every page, as everybody who may open it: no barrier, no fault, no sideways scroll, and all of it without script."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

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
    [
        Role.TEAM_MANAGER,
        *(pytest.param(role, marks=pytest.mark.long) for role in (Role.DIRECTOR, Role.PERFORMANCE_ANALYST)),
    ],
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


def test_a_manager_marks_a_finding_explained_by_keyboard_alone(opened):
    page = opened(Role.TEAM_MANAGER)
    page.goto("/today")
    page.locator(".ev-line__sentence a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/child/**")
    page.get_by_role("link", name=re.compile("Mark explained")).first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/explain/**")
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("Space")
    page.locator("textarea").focus()
    page.keyboard.type("Agreed with the school for a month.")
    page.get_by_label("Until when").focus()
    page.keyboard.type("1/1/2020")
    page.keyboard.press("Enter")
    page.locator(".govuk-error-summary").wait_for()
    page.get_by_label("Until when").fill("")
    page.get_by_label("Until when").focus()
    page.keyboard.type("1/12/2026")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/child/\w+$"))
    assert "Explained until 1 December 2026" in page.locator("main").inner_text()
