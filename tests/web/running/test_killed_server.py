"""kill -9 of the whole PostgreSQL server in the middle of loads into the service (safety bar A9, for the database)."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.web.cluster import a_cluster, addresses, can_make_one
from tests.web.running.conftest import DAY, SRC, Home

from evenlode.demo import build_council

pytestmark = [pytest.mark.postgres]
WORKER = Path(__file__).with_name("killing_loads.py")


@pytest.fixture(scope="module")
def cluster():
    """A cluster of the test's own, with data checksums, that nobody else is on."""
    if not can_make_one():
        pytest.skip("no PostgreSQL server is installed here")
    with a_cluster("killed") as there:
        yield there


@pytest.fixture(scope="module")
def two_extracts(tmp_path_factory):
    """Two extracts that hold different children, so that one is never taken for the other."""
    folder = tmp_path_factory.mktemp("two")
    return [build_council(folder / str(n), as_at=DAY, children=n).extracts for n in (30, 33)]


class Loader:
    """The process that loads without end, and what it has said so far."""

    def __init__(self, home, extracts):
        bare = {n: v for n, v in os.environ.items() if not n.startswith(("DJANGO", "EVENLODE"))}
        self.process = subprocess.Popen(
            [sys.executable, str(WORKER), *map(str, extracts)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**bare, "PYTHONPATH": str(SRC), "EVENLODE_HOME": str(home.path), **home.environ},
        )

    def next(self):
        """The next thing that it says; fails where it ended before."""
        line = self.process.stdout.readline()
        assert line, self.process.stderr.read()[-3000:]
        return json.loads(line)

    def last(self):
        """The last load that it told of, once the server that it needs is gone; None where it told of none more."""
        said, faults = self.process.communicate(timeout=120)
        assert self.process.returncode == 3, faults[-3000:]
        return max(map(int, said.split()), default=None)


def is_whole(told, contents):
    """That what stands is one load, all of it, once."""
    assert told["broken"] is None
    assert told["twice"] == []
    assert len(told["standing"]) == 1
    content = told["content"]
    assert content == contents.setdefault(told["standing"][0] % 2, content), "part of a load, or of two"


@pytest.mark.long
def test_no_load_is_lost_or_half_there_when_the_whole_server_is_killed(cluster, two_extracts, tmp_path):
    kills = 25
    chance = random.Random(kills)  # noqa: S311 - seeded, so that a failure can be run again
    home = Home(tmp_path / "home", addresses(cluster))
    home.must("set-up")
    contents, acknowledged, mid_load, span = {}, 0, 0, 0.0
    for kill in range(kills + 1):
        loader = Loader(home, two_extracts)
        found, again = loader.next(), loader.next()
        if kill:
            assert found["said"] >= acknowledged, "a load that was acknowledged is not in the trail"
            assert found["standing"][0] >= acknowledged, "the pages show an older load than was acknowledged"
            assert found["record"] - found["standing"][0] in {0, 1}
            mid_load += found["record"] > found["standing"][0] or found["said"] < found["record"]
            is_whole(found, contents)
            assert again["standing"] == [found["record"]], "the re-run did not finish the load"
            is_whole(again, contents)
            assert again["months"] > 0
            assert again["said"] == found["record"]
            cluster.check_tables()
        acknowledged = again["said"]
        if not kill:
            acknowledged = max(loader.next(), loader.next())
            started = time.monotonic()
            acknowledged = loader.next()
            span = time.monotonic() - started  # one load, on this machine, today
        if kill == kills:
            loader.process.kill()
            loader.process.communicate()
            break
        time.sleep(chance.uniform(0, 2 * span))
        cluster.kill()
        acknowledged = max(acknowledged, loader.last() or 0)
        cluster.start()
    cluster.stop()
    cluster.check_files()
    cluster.start()
    print(f"{kills} kills, {acknowledged} loads acknowledged, {mid_load} kills in the middle of one")
    assert home.run("verify-audit", home.environ["EVENLODE_DATABASE_URL"], **key_of(home)).returncode == 0


def key_of(home):
    return {"EVENLODE_AUDIT_KEY_FILE": str(home.path / "keys" / "audit")}
