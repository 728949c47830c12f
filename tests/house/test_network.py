"""The suite needs no network (safety-bars S4): CI runs it where no other machine can be reached."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ALONE = ROOT / ".ci" / "without-network"
SELF = """
import socket
print([name for _, name in socket.if_nameindex()])
with socket.create_server(("127.0.0.1", 0)) as here:
    socket.create_connection(here.getsockname()).close()
    print("here")
for address in (("192.0.2.1", 443), ("8.8.8.8", 53)):
    try:
        socket.create_connection(address, timeout=5)
        print("there")
    except OSError as refused:
        print(type(refused).__name__, refused.errno)
"""


@pytest.fixture
def allowed():
    """A machine on which this can be shown; CI counts a skipped test as a failure."""
    done = subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True)
    if done.returncode:
        pytest.skip("only root may make a network namespace here")


def alone(*words):
    return subprocess.run(
        [ALONE, *words], check=False, capture_output=True, text=True, stdin=subprocess.DEVNULL
    )


def test_ci_runs_the_whole_suite_without_a_network():
    runs = re.findall(r"^step .*\./evenlode test.*$", (ROOT / ".ci" / "run").read_text(), re.MULTILINE)
    assert len(runs) == 1
    assert ".ci/without-network ./evenlode test" in runs[0]


def test_without_a_network_this_machine_is_reached_and_no_other(allowed):
    done = alone(sys.executable, "-c", SELF)
    assert done.stdout.splitlines() == ["['lo']", "here", "OSError 101", "OSError 101"], done.stderr


def test_a_command_that_fails_there_fails_here(allowed):
    assert alone("sh", "-c", "exit 3").returncode == 3


def test_a_machine_that_cannot_show_it_is_told_so_in_a_sentence_and_nothing_runs(tmp_path):
    for name in ("unshare", "ip", "socat"):
        (tmp_path / name).write_text("#!/bin/sh\nexit 1\n")
        (tmp_path / name).chmod(0o755)
    done = subprocess.run(
        [ALONE, "touch", tmp_path / "ran"],
        check=False,
        capture_output=True,
        text=True,
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
    )
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "allows no network namespace" in done.stderr
    assert not (tmp_path / "ran").exists()
