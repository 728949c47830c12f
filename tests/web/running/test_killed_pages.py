"""kill -9 of the server that people are writing on (safety bar E1): what they were told stands, and it starts again."""

from __future__ import annotations

import html
import http.client
import json
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
import uuid
from contextlib import closing, suppress
from datetime import date, timedelta
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import urlencode

import pytest
from tests.web.cluster import free_port
from tests.web.running.conftest import SRC, Home

from evenlode.access import OpeningCategory
from evenlode.audit_trail import SqliteTrail, open_to_read, verify
from evenlode.oversight.explained import Reason

UNTIL = f"{date.today() + timedelta(days=20):%-d/%-m/%Y}"  # noqa: DTZ011 - what a form is filled in with
GONE = (OSError, http.client.HTTPException)


class Browser:
    """Somebody's browser: cookies, the token of its forms, and nothing kept from one answer to the next."""

    def __init__(self, port):
        self.port, self.cookies = port, {}

    def ask(self, method, path, form=None):
        """One request, with its status, where it leads on, and the page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with closing(connection):
            said = (
                urlencode({**form, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")})
                if form
                else None
            )
            cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
            connection.request(method, path, said, headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            for line in answer.headers.get_all("Set-Cookie") or []:
                self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, answer.headers.get("Location", ""), page

    def sign_in(self, role):
        """Signs in as one of the ready people; True once the server has said that it is done."""
        self.cookies = {}
        self.ask("GET", "/sign-in")
        status, place, _ = self.ask("POST", "/sign-in/ready", {"account": f"demo-{role}"})
        return (status, place) == (302, "/")

    def sign_out(self):
        """Signs out; the cookies that were good until then."""
        before = dict(self.cookies)
        status, place, _ = self.ask("POST", "/sign-out", {"out": "yes"})
        return before if status == 302 and "next=" not in place else None

    def is_in(self):
        """Whether a page opens."""
        return self.ask("GET", "/rules")[0] == 200


class Server:
    """`evenlode serve` on a home, in a group of processes of its own."""

    def __init__(self, home, port):
        bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
        self.port, self.log = port, home.path.parent / "serve.log"
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-c", "from evenlode.cli import main; main()", "serve", "--port", str(port)],
                env={**bare, "PYTHONPATH": str(SRC), "EVENLODE_HOME": str(home.path), **home.environ},
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        for _ in range(1200):
            assert self.process.poll() is None, self.log.read_text()[-3000:]
            with suppress(*GONE):
                if Browser(port).ask("GET", "/health")[0] == 200:
                    return
            time.sleep(0.05)
        raise AssertionError("the service did not start again by itself")

    def kill(self):
        """kill -9 of all that it is: the one that listens and the one that answers."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Writer(threading.Thread):
    """Somebody who writes without end, and keeps what they were told had worked."""

    def __init__(self, port, told, kept):
        super().__init__()
        self.browser, self.told, self.kept, self.number = Browser(port), told, kept, 0
        self.fault = None

    def run(self):
        """Until the server is gone."""
        try:
            while True:
                self.write()
        except GONE:
            pass
        except Exception as fault:  # noqa: BLE001 - it is said by the test, and not by a thread
            self.fault = fault

    def unique(self):
        self.number += 1
        return f"{type(self).__name__} number {self.number}: {uuid.uuid4().hex}"


class Explains(Writer):
    """A team manager who explains findings."""

    role = "team-manager"

    def write(self):
        text = self.unique()
        form = {"reason": str(Reason.BOOKED), "text": text, "until": UNTIL}
        status, _, page = self.browser.ask(
            "POST", self.told["explain"][self.number % len(self.told["explain"])], form
        )
        assert status == 302, page[-2000:]
        self.kept["explained"].append(text)


class Opens(Writer):
    """A team manager who opens records outside their reach, with a reason."""

    role = "team-manager"

    def write(self):
        text = self.unique()
        number = self.told["elsewhere"][self.number % len(self.told["elsewhere"])]
        form = {"number": number, "category": str(OpeningCategory.DUTY), "reason": text}
        status, _, page = self.browser.ask("POST", "/open-a-record", form)
        assert status == 302, page[-2000:]
        self.kept["opened"].append(text)


class Records(Writer):
    """A team manager who records hours by hand and ends them again."""

    role = "team-manager"

    def write(self):
        today = f"{date.today():%-d/%-m/%Y}"  # noqa: DTZ011 - what a form is filled in with
        form = {"reason": "extra duty: duty rota", "hours": "0.25", "since": today, "until": UNTIL}
        number = self.two_steps(self.told["hours"], form)
        self.kept["recorded"].append(number)
        self.two_steps(f"/hours/{number}/end", {"why": "it was recorded by mistake"})
        self.kept["ended"].append(number)

    def two_steps(self, path, form):
        """Looks at the effect and saves just that; what was recorded is known by its number."""
        status, _, page = self.browser.ask("POST", path, {**form, "show": "yes"})
        hidden = {n: re.search(rf'name="{n}" value="([^"]*)"', page) for n in ("number", "seen")}
        assert status == 200, page[-2000:]
        assert all(hidden.values()), page[-2000:]
        said = {n: html.unescape(found[1]) for n, found in hidden.items()}
        status, _, page = self.browser.ask("POST", path, {**form, **said, "save": "yes"})
        assert status == 302, page[-2000:]
        return said["number"]


class ComesAndGoes(Writer):
    """A director who signs in and out."""

    role = "director"

    def write(self):
        other = Browser(self.browser.port)
        if other.sign_in(self.role):
            self.kept["inside"].append(dict(other.cookies))
            time.sleep(0.05)
        leaving = Browser(self.browser.port)
        if leaving.sign_in(self.role) and (before := leaving.sign_out()):
            self.kept["outside"].append(before)


def column(con, asked):
    return {row[0] for row in con.execute(asked)}


def nothing_is_lost(home, kept):
    """That everything that anybody was told is there, whole, and the trail of it too."""
    with closing(sqlite3.connect(f"file:{home.path / 'service.sqlite3'}?mode=ro", uri=True)) as con:
        explained = column(con, "SELECT text FROM web_explanationrow")
        opened = column(con, "SELECT reason FROM web_openingrow")
        recorded = column(con, "SELECT number FROM web_capacityrow")
        ended = column(con, "SELECT number FROM web_capacityrow WHERE ended_at IS NOT NULL")
        assert set(kept["explained"]) <= explained
        assert set(kept["opened"]) <= opened
        assert set(kept["recorded"]) <= recorded
        assert set(kept["ended"]) <= ended
        told = "SELECT count(*) FROM audit_entry WHERE outcome = 'allowed' AND verb = 'record' AND thing = ? "
        assert con.execute(told, ["finding"]).fetchone() == (len(explained),)
        assert con.execute(told + "AND child_id <> 'none yet'", ["break-glass"]).fetchone() == (len(opened),)
        assert con.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert con.execute("PRAGMA foreign_key_check").fetchall() == []
    with closing(open_to_read(home.path / "service.sqlite3")) as con:
        assert verify(SqliteTrail(con).rows(), home.audit_key).broken is None


def sessions_are_as_they_were_told(port, kept):
    """Whoever was let in is in, and whoever had gone is out."""
    for name, expected in (("inside", True), ("outside", False)):
        while kept[name]:
            cookies = kept[name].pop()
            browser = Browser(port)
            browser.cookies = cookies
            assert browser.is_in() is expected, "a sign-in or a sign-out that was acknowledged does not hold"


@pytest.mark.long
@pytest.mark.parametrize("kills", [5, 200])
def test_nothing_that_anybody_was_told_is_lost_when_the_server_is_killed(home, tmp_path, kills):
    chance = random.Random(kills)  # noqa: S311 - seeded, so that a failure can be run again
    shutil.copytree(home.path, tmp_path / "home", ignore=shutil.ignore_patterns("policy.yaml"))
    mine = Home(tmp_path / "home", {"EVENLODE_DEMO": "yes"})
    told = addresses(mine, tmp_path)
    kept = {name: [] for name in ("explained", "opened", "recorded", "ended", "inside", "outside")}
    port, written = free_port(), []
    for kill in range(kills + 1):
        server = Server(mine, port)
        try:
            nothing_is_lost(mine, kept)
            sessions_are_as_they_were_told(port, kept)
            writers = [kind(port, told, kept) for kind in (Explains, Opens, Records, ComesAndGoes)]
            for writer in writers:
                assert writer.browser.sign_in(writer.role)
            if kill < kills:
                before = sum(map(len, kept.values()))
                for writer in writers:
                    writer.start()
                time.sleep(chance.uniform(0.2, 2))
                server.kill()
                for writer in writers:
                    writer.join()
                    assert writer.fault is None, writer.fault
                written.append(sum(map(len, kept.values())) - before)
        finally:
            with suppress(ProcessLookupError):
                server.kill()
    assert sum(map(bool, written)) > kills // 2, "the server was killed while nobody wrote"
    print(f"{kills} kills, {sum(written)} writes acknowledged: { ({n: len(k) for n, k in kept.items()}) }")
    verified = mine.must(
        "verify-audit", mine.path / "service.sqlite3", "--key-file", mine.path / "keys" / "audit"
    )
    assert verified.stdout.startswith("Whole: ")


def addresses(home, folder):
    """Makes the sign-ins, and answers what stands in the addresses."""
    bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
    subprocess.run(
        [sys.executable, str(Path(__file__).with_name("pages_home.py")), str(folder / "told.json")],
        check=True,
        env={**bare, "PYTHONPATH": str(SRC), "EVENLODE_HOME": str(home.path), **home.environ},
    )
    return json.loads((folder / "told.json").read_text())
