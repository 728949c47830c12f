"""Forms with script switched off; pages at 320 pixels, and in a browser that forces its own colours."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from evenlode.access import Role

from .conftest import signed_in

LATER = date.today() + timedelta(days=30)  # noqa: DTZ011 - as on the person's own clock
NARROW = 320
"""A desk of 1280 pixels at 400 per cent (WCAG 1.4.10)."""


def first_child(page):
    page.goto("/today")
    page.locator(".ev-line__sentence a[href^='/child/']").first.click()


def explain(page, _):
    first_child(page)
    page.get_by_role("link", name="Mark explained").first.click()
    page.get_by_label("The child is in hospital").check()
    page.get_by_label("What was agreed").fill("Agreed with the ward.")
    page.get_by_label("Until when").fill(f"{LATER:%d/%m/%Y}")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("It is off Today until then").wait_for()
    page.get_by_role("button", name="End this now").first.click()
    page.get_by_text("The explanation has ended").wait_for()


def hours(page, served):
    page.goto(served.pages["worker"])
    page.get_by_role("link", name="Record fewer hours").click()
    page.get_by_label("Study or training days").check()
    page.get_by_label("Hours a week").fill("1")
    page.get_by_label("Last day").fill(f"{LATER:%d/%m/%Y}")
    page.get_by_role("button", name="Show the effect").click()
    page.get_by_role("heading", name="What this does").wait_for()
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Recorded until").wait_for()
    page.get_by_role("link", name=re.compile("^End what stands")).first.click()
    page.get_by_label("It was recorded by mistake").check()
    page.get_by_role("button", name="End it now").click()
    page.get_by_text("Ended. What was recorded stays").wait_for()


def policy(page, _):
    page.goto("/policy/setting/cin_visit")
    page.get_by_role("button", name="Propose a change").click()
    page.get_by_label("How many").fill("19")
    page.get_by_label("From which day").fill(f"{LATER:%d/%m/%Y}")
    page.get_by_label("Why", exact=True).fill("Agreed at the practice board.")
    page.get_by_role("button", name="Propose it").click()
    page.get_by_text("A second person approves it").wait_for()
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("Taken back").first.wait_for()


def send(page, _):
    page.goto("/data")
    page.get_by_role("button", name="Send extracts").click()
    page.get_by_label("Files", exact=True).set_input_files(
        [{"name": "nothing.csv", "mimeType": "text/csv", "buffer": b"a,b\n1,2\n"}]
    )
    page.get_by_role("button", name="Send", exact=True).click()
    for _ in range(120):
        if page.get_by_role("alert").count():
            break
        page.wait_for_timeout(1000)
        again = page.get_by_role("link", name="Look again")
        (again.click if again.count() else page.reload)()
    assert "Not done" in page.get_by_role("alert").inner_text()


def glass(page, served):
    page.goto("/open-a-record")
    page.get_by_label("The child's number").fill("no such number")
    page.get_by_label("Duty or out-of-hours contact").check()
    page.get_by_label("In a few words, why").fill("The police rang the duty desk about this child.")
    page.get_by_role("button", name="Open the record").click()
    page.get_by_text("No record can be opened for you under that number").first.wait_for()


FORMS = (
    (Role.TEAM_MANAGER, explain),
    (Role.TEAM_MANAGER, hours),
    (Role.DIRECTOR, policy),
    (Role.PERFORMANCE_ANALYST, send),
    (Role.SOCIAL_WORKER, glass),
)


@pytest.mark.parametrize(
    ("role", "fill_in"),
    [(r, f) if f is explain else pytest.param(r, f, marks=pytest.mark.long) for r, f in FORMS],
    ids=[form.__name__ for _, form in FORMS],
)
def test_a_form_can_be_filled_in_and_sent_without_script(served, opened, role, fill_in):
    page = opened(role, script=False)
    fill_in(page, served)


@pytest.mark.long
@pytest.mark.parametrize("role", Role, ids=str)
def test_no_page_scrolls_sideways_at_400_per_cent(served, opened, role):
    page = opened(role, width=NARROW)
    wide = {}
    for name, address in served.pages.items():
        if page.goto(address).status == 200:
            across = page.evaluate("document.documentElement.scrollWidth")
            if across > NARROW:
                wide[name] = across
    assert not wide


@pytest.mark.long
@pytest.mark.parametrize("role", [Role.TEAM_MANAGER, Role.DIRECTOR], ids=str)
def test_a_page_says_the_same_in_a_browser_that_forces_its_own_colours(served, browser, role):
    """Each chart keeps its sentence and its table, and each state its word."""
    plain, forced = (
        signed_in(browser, served.url, role),
        signed_in(browser, served.url, role, forced_colors="active"),
    )
    for name, address in served.pages.items():
        if name != "who-opened" and plain.goto(address).status == 200:  # that one lists what was just opened
            forced.goto(address)
            assert forced.evaluate("matchMedia('(forced-colors: active)').matches")
            assert forced.locator("main").inner_text() == plain.locator("main").inner_text(), name
            assert not forced.faults, name
    plain.context.close()
    forced.context.close()
