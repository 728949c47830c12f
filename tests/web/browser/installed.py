"""A council's own installation: set up, served and given its first people by the product's commands alone."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from .conftest import ROOT
from .front import tls_in_front_of

PASSWORD = "heron biscuit plaster moss"  # noqa: S105 - an invented one
SECONDS = 30


@dataclass
class Installed:
    """A home, the variables it runs under, and where its pages are once it is served."""

    home: Path
    variables: dict[str, str]
    url: str = ""
    apps: dict[str, str] = field(default_factory=dict)

    def run(self, *words):
        """What a command says; the test fails where it does not end well."""
        done = subprocess.run(
            self._command(*words), env=self._environ(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def make_account(self, name, *whose):
        """The set-up link of a new account, as the command prints it."""
        said = self.run("account", "make", name, *whose)
        return re.search(r"https://\S+?(/sign-in/first/\S+)", said)[1]

    def _command(self, *words):
        start = "import sys; from evenlode.cli import main; sys.exit(main())"
        return [sys.executable, "-c", start, "--home", str(self.home), *words]

    def _environ(self):
        bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
        return {**bare, **self.variables, "PYTHONPATH": str(ROOT / "src"), "COLUMNS": "200"}

    @contextmanager
    def served(self):
        """Its pages, behind a proxy that ends TLS."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        log = (self.home.parent / "serve-log").open("w")
        process = subprocess.Popen(
            self._command("serve", "--port", str(port)), env=self._environ(), stdout=log, stderr=log
        )
        try:
            self._wait(process, port)
            with tls_in_front_of(port, self.home.parent) as self.url:
                yield self
        finally:
            process.terminate()
            process.wait(30)
            log.close()

    def _wait(self, process, port):
        for _ in range(300):
            assert process.poll() is None, (self.home.parent / "serve-log").read_text()[-3000:]
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.2)
        raise AssertionError("the service did not start")


def code_of(secret, ahead=0):
    """What an authenticator app shows now."""
    step = int(datetime.now(UTC).timestamp()) // SECONDS + ahead
    return format_hotp_value(hotp_value(secret, step))


def set_up_account(page, link):
    """What a new person does with their link; answers the letters that their app was given."""
    page.goto(link)
    page.get_by_label("New password", exact=True).fill(PASSWORD)
    page.get_by_label("New password again").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="Set up an authenticator app").wait_for()
    secret = page.locator("main code").inner_text().replace(" ", "")
    page.get_by_label("Code from the app").fill(code_of(secret))
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="I have kept them").click()
    page.get_by_role("button", name="Sign out").wait_for()
    return secret
