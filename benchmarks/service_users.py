"""People at work on the service, for locust: each opens a page, reads for 5 to 15 seconds, and follows a link.

Run by `benchmarks/service.py`; people.json has who is signed in.  A manager marks a finding explained now and then,
so that there are writes among the reading.  Every request is by a real session and leaves its audit row.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import re
from html import unescape
from pathlib import Path

from locust import HttpUser, between, events, task
from service_links import LINK, NOT_FOLLOWED, name_of

PEOPLE = json.loads(Path(os.environ["EVENLODE_BENCH_PEOPLE"]).read_text("utf-8"))
EVERYBODY = itertools.cycle(PEOPLE)
FIELD = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
EXPLAIN = re.compile(r"^/child/[^/]+/explain/")
UNTIL = os.environ.get("EVENLODE_BENCH_UNTIL", "1/12/2026")


class Person(HttpUser):
    """Somebody at work, from where their role begins."""

    wait_time = between(5, 15)

    def on_start(self) -> None:
        """Sits down with a session of their own."""
        self.person = next(EVERYBODY)
        self.links: list[str] = []
        self.client.headers.update(
            {"Cookie": f"__Host-session={self.person['session']}", "X-Forwarded-Proto": "https"}
        )

    @task
    def open_a_page(self) -> None:
        """Follows a link of the page before, or begins again."""
        if not self.links or random.random() < 0.25:
            address = random.choice(self.person["start"])
        else:
            address = random.choice(self.links)
        answer = self.client.get(address, name=name_of(address), allow_redirects=False)
        if answer.status_code != 200:
            self.links = []
            return
        found = {unescape(link) for link in LINK.findall(answer.text)}
        self.links = sorted(link for link in found if not NOT_FOLLOWED.search(link))
        if EXPLAIN.match(address) and random.random() < 0.5:
            self.explain(address, answer.text)

    def explain(self, address: str, page: str) -> None:
        """Marks a finding explained, as its form does."""
        token = FIELD.search(page)
        reason = re.search(r'name="reason"[^>]*value="([^"]+)"|value="([^"]+)"[^>]*name="reason"', page)
        if token is None or reason is None:
            return
        cookie = self.client.cookies.get("__Host-csrf", "")
        self.client.post(
            address,
            {
                "csrfmiddlewaretoken": token.group(1),
                "reason": unescape(reason.group(1) or reason.group(2)),
                "text": "Agreed with the family.",
                "until": UNTIL,
            },
            headers={
                "Cookie": f"__Host-session={self.person['session']}; __Host-csrf={cookie}",
                "Referer": "https://127.0.0.1/",
                "Origin": self.client.base_url.replace("http://", "https://"),
            },
            name=name_of(address) + " (sent)",
            allow_redirects=False,
        )


@events.quitting.add_listener
def write_down(environment: object, **_: object) -> None:
    """Every figure that the bars ask for, as JSON."""
    stats = environment.stats  # type: ignore[attr-defined]
    total = stats.total
    told = {
        "requests": total.num_requests,
        "failures": total.num_failures,
        "p50": total.get_response_time_percentile(0.5),
        "p95": total.get_response_time_percentile(0.95),
        "p99": total.get_response_time_percentile(0.99),
        "longest": total.max_response_time,
        "a second": total.total_rps,
        "errors": [f"{e.method} {e.name}: {e.error} ({e.occurrences})" for e in stats.errors.values()],
        "pages": {
            f"{e.method} {e.name}": [
                e.num_requests,
                e.get_response_time_percentile(0.5),
                e.get_response_time_percentile(0.95),
                e.max_response_time,
            ]
            for e in stats.entries.values()
        },
    }
    Path(os.environ["EVENLODE_BENCH_OUT"]).write_text(json.dumps(told, indent=1), "utf-8")
