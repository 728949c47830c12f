"""A real browser on the pages of a small demonstration, signed in as whoever is wanted."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
CHROMIUM = next(
    (p for name in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(name))), None
)
PREFIX = "demo-"
"""What the user names of the ready sign-ins begin with."""
QUIET = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "browser" in item.path.parts:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium: apt-get install chromium"))


@dataclass(frozen=True)
class Served:
    """Where the pages are, each page's address by its name, and the home."""

    url: str
    pages: dict[str, str]
    home: Path


@contextmanager
def start_serving(folder, variables=None):
    """The demonstration, served by the product itself in a process of its own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
    log = (folder / "log").open("w")
    process = subprocess.Popen(
        [
            *(sys.executable, str(Path(__file__).with_name("served_home.py")), str(folder), str(port)),
            json.dumps(variables or {}),
        ],
        env={**bare, "PYTHONPATH": str(ROOT / "src")},
        stdout=log,
        stderr=log,
    )
    try:
        _wait(process, folder, f"http://127.0.0.1:{port}/health")
        told = json.loads((folder / "told.json").read_text("utf-8"))
        yield Served(f"http://127.0.0.1:{port}", told["pages"], folder / "home")
    finally:
        process.terminate()
        process.wait(30)
        log.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory):
    """The demonstration on SQLite."""
    with start_serving(tmp_path_factory.mktemp("served")) as told:
        yield told


def _wait(process, folder, address):
    for _ in range(1500):
        if process.poll() is not None:
            raise AssertionError((folder / "log").read_text()[-3000:])
        if (folder / "told.json").exists():
            try:
                with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own loopback
                    return
            except OSError:
                pass
        time.sleep(0.2)
    raise AssertionError("the demonstration did not start")


@pytest.fixture(scope="module")
def browser():
    """Chromium, started once for each file: while its driver's loop runs, nothing else in the process may start one."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        chromium.close()


@pytest.fixture
def opened(served, browser):
    """Opens a page as somebody: opened(Role.DIRECTOR, width=390, script=False).goto("/today")."""
    contexts = []

    def sign_in(role=None, **more):
        page = signed_in(browser, served.url, role, **more)
        contexts.append(page.context)
        return page

    yield sign_in
    for context in contexts:
        context.close()


def signed_in(browser, url, role=None, *, width=1280, script=True, **more):
    """A page in a browser of its own, signed in as the ready sign-in of a role; `faults` fills while it is used."""
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, base_url=url, **more
    )
    context.set_default_timeout(10_000)
    page = context.new_page()
    if role is not None:
        page.goto("/sign-in")
        page.locator(f'button[value="{PREFIX}{str(role).replace(" ", "-")}"]').click()
        page.get_by_role("button", name="Sign out").wait_for()
    page.faults = []
    page.on("console", lambda m: page.faults.append(m.text) if m.type in {"error", "warning"} else None)
    page.on("pageerror", lambda fault: page.faults.append(str(fault)))
    return page
