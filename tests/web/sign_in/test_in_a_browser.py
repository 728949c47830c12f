"""The pages of sign-in in a real browser: no barrier that can be told by machine, and nothing that the policy stops.

The browser's requests are answered by Django in this very process, so that they see the test's own data.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from urllib.parse import urlsplit

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from axe_playwright_python.sync_playwright import Axe
from django.contrib.staticfiles import finders
from django.test import Client
from playwright.sync_api import sync_playwright
from tests.web.sign_in.people import BEGIN, PASSWORD, made

from evenlode.web.sign_in import factor, links

pytestmark = pytest.mark.browser
HOME = "https://testserver"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@pytest.fixture
def in_browser(db):
    """in_browser(script): runs script(page) in a thread of its own, while this one answers what the browser asks.

    So the browser's driver has its loop to itself, and Django the test's own connection.
    """

    def run(script):
        asked, fault = Queue(), []
        browsing = Thread(target=browse, args=(script, asked, fault))
        browsing.start()
        client = Client(enforce_csrf_checks=True)
        while browsing.is_alive() or not asked.empty():
            try:
                request, answered = asked.get(timeout=0.05)
            except Empty:
                continue
            answered.put(answer(client, *request))
        browsing.join()
        if fault:
            raise fault[0]

    return run


def browse(script, asked, fault):
    try:
        with sync_playwright() as driver:
            browser = driver.chromium.launch(
                executable_path=shutil.which("chromium"), args=["--no-sandbox", "--disable-dev-shm-usage"]
            )
            page = browser.new_context(base_url=HOME).new_page()
            page.set_default_timeout(10_000)
            page.said = []
            page.on("console", lambda m: page.said.append(m.text) if m.type == "error" else None)
            page.on("pageerror", lambda wrong: page.said.append(str(wrong)))
            page.context.route("**/*", lambda route: hand_on(route, asked))
            script(page)
            browser.close()
    except BaseException as wrong:  # noqa: BLE001 - it is raised again in the test's own thread
        fault.append(wrong)


def hand_on(route, asked):
    """Puts a request by for the other thread, and gives the browser its answer."""
    parts = urlsplit(route.request.url)
    if parts.path.startswith("/static/"):
        found = Path(finders.find(parts.path.removeprefix("/static/")))
        route.fulfill(body=found.read_bytes(), headers={"Content-Type": KINDS[found.suffix]})
        return
    answered = Queue()
    sent = route.request
    asked.put(((sent.method, f"{parts.path}?{parts.query}", sent.post_data or "", sent.headers), answered))
    status, body, headers = answered.get(timeout=20)
    route.fulfill(status=status, body=body, headers=headers)


def answer(client, method, address, data, headers):
    """Django's answer; a redirection as a page that leads on, since the driver follows none that it is handed."""
    more = {"secure": True, "headers": {"Referer": headers.get("referer", "")}}
    if method == "POST":
        said = client.post(address, data, content_type=headers["content-type"], **more)
    else:
        said = client.get(address, **more)
    if said.status_code in {301, 302, 303}:
        on = f'<meta http-equiv="refresh" content="0; url={said.headers["Location"]}">'
        return 200, on, {"Content-Type": "text/html"}
    return said.status_code, said.content, dict(said.headers)


def no_barrier(page):
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()
    assert [said for said in page.said if "Failed to load resource" not in said] == []


def code_on(page):
    """What an app shows that read the letters of the page."""
    secret = page.locator("main code").inner_text().replace(" ", "")
    return format_hotp_value(hotp_value(secret, factor.step_of(BEGIN)))


def test_a_new_person_sets_up_their_account_and_is_in(in_browser, clock):
    somebody = made("new", "p-new", app=False)
    link = links.one_time_link(somebody.account, made_by="p-admin")

    def script(page):
        page.goto(link)
        no_barrier(page)
        page.get_by_label("New password", exact=True).fill("heron biscuit plaster moss")
        page.get_by_label("New password again").fill("heron biscuit plaster moss")
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="Set up an authenticator app").wait_for()
        no_barrier(page)
        assert page.locator("main svg").bounding_box()["width"] > 150
        page.get_by_label("Code from the app").fill(code_on(page))
        page.get_by_role("button", name="Go on").click()
        page.get_by_role("heading", name="Your recovery codes").wait_for()
        no_barrier(page)
        assert page.locator("main li code").count() == 10

    in_browser(script)


def test_somebody_signs_in_with_the_keyboard_alone_and_looks_at_their_sign_in(in_browser, clock, ann):
    code = ann.code(clock())

    def script(page):
        page.goto("/sign-in")
        no_barrier(page)
        page.get_by_label("User name").focus()
        page.keyboard.type("ann")
        page.keyboard.press("Tab")
        page.keyboard.type(PASSWORD)
        page.keyboard.press("Enter")
        page.get_by_label("Code").focus()
        no_barrier(page)
        page.keyboard.type(code)
        page.keyboard.press("Enter")
        page.wait_for_url(f"{HOME}/")
        for address in ("", "/password", "/new-app", "/recovery-codes"):
            page.goto(f"/my-sign-in{address}")
            no_barrier(page)
        page.goto("/my-sign-in/password")
        page.get_by_role("button", name="Change it").click()
        page.get_by_role("heading", name="There is something to mend").wait_for()
        no_barrier(page)

    in_browser(script)


@pytest.mark.parametrize("address", ["/sign-in?ended=unused", "/sign-in/first/made-up"])
def test_pages_that_need_no_account_have_no_barrier(in_browser, address):
    def script(page):
        page.goto(address)
        no_barrier(page)

    in_browser(script)


def test_the_page_that_asks_to_wait_has_no_barrier(in_browser, clock, ann):
    def script(page):
        for _ in range(5):
            page.goto("/sign-in")
            page.get_by_label("User name").fill("ann")
            page.get_by_label("Password").fill("wrong password altogether")
            page.get_by_role("button", name=re.compile("^Sign in$")).click()
            page.get_by_role("heading", name=re.compile("mend|Wait")).wait_for()
        page.get_by_role("heading", name="Wait before you try again").wait_for()
        no_barrier(page)

    in_browser(script)
