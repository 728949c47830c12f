"""Times the pages of the service on a large made-up council, and writes the tables of `docs/speed-of-the-service.md`.

    .venv/bin/python benchmarks/service.py FOLDER --locust LOCUST [--on sqlite|postgres] [--part start,pages,crowd,load,soak]

FOLDER holds a home made by benchmarks/service_home.py (on PostgreSQL with EVENLODE_DATABASE_URL and
EVENLODE_DATABASE_OWNER_URL set, then and now).  LOCUST is the program of an environment of its own with locust, since
it brings a web server that the product does not need.

  start  from the command to the first page, new process, files warm
  pages  one client, every page that the people of the home open from where their role begins
  crowd  many at once, each thinking 5 to 15 seconds, after a minute of warming up (safety-bars F1)
  load   fifty at work, quiet, and again while the whole extract is loaded and worked out anew (F3)
  soak   many at once for long: memory and open files at the beginning and at the end (F2)
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from service_links import LINK, NOT_FOLLOWED, name_of

HERE = Path(__file__).parent
ROOT = HERE.parent
MOST = {"sqlite": 25, "postgres": 200}
"""How many at once by the bar."""


def environment(folder: Path) -> dict[str, str]:
    kept = {n: v for n, v in os.environ.items() if not n.startswith("DJANGO")}
    return {**kept, "PYTHONPATH": str(ROOT / "src"), "EVENLODE_HOME": str(folder / "home")}


def command(folder: Path, *words: str) -> list[str]:
    start = "import sys; from evenlode.cli import main; sys.exit(main())"
    return [sys.executable, "-c", start, "--home", str(folder / "home"), *words]


@contextmanager
def serving(folder: Path) -> Iterator[tuple[int, int, float]]:
    """The service as it is shipped: its port, its process, and the seconds to the first page."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    began = time.perf_counter()
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            command(folder, "serve", "--port", str(port)),
            env=environment(folder),
            stdout=log,
            stderr=log,
        )
    try:
        while True:
            try:
                if opened(port, "/sign-in")[0] == 200:
                    break
            except OSError:
                pass
            if process.poll() is not None:
                raise SystemExit((folder / "serve.log").read_text("utf-8")[-2000:])
            time.sleep(0.02)
        yield port, process.pid, time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(60)


def opened(port: int, address: str, session: str = "") -> tuple[int, str, float]:
    """A page as one person: status, text, and milliseconds to its last byte."""
    headers = {"X-Forwarded-Proto": "https", "Host": "localhost"}
    if session:
        headers["Cookie"] = f"__Host-session={session}"
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request("GET", address, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8", "replace")
    took = (time.perf_counter() - began) * 1000
    connection.close()
    return answer.status, text, took


def part_start(folder: Path, said: argparse.Namespace) -> dict[str, object]:
    took = []
    for _ in range(said.repeats):
        with serving(folder) as (_, _, seconds):
            took.append(seconds)
    return {"median": median(took), "longest": max(took)}


def part_pages(folder: Path, said: argparse.Namespace) -> dict[str, object]:
    """Each page of each role: found by following links, then opened again and again, one after the other."""
    people = json.loads((folder / "people.json").read_text("utf-8"))
    one_each = {p["role"]: p for p in reversed(people)}
    told: dict[str, list[float]] = {}
    with serving(folder) as (port, _, _):
        for role, person in one_each.items():
            for page, addresses in reached(port, person).items():
                times = []
                for n in range(said.times):
                    status, _, took = opened(port, addresses[n % len(addresses)], person["session"])
                    if status == 200:
                        times.append(took)
                if len(times) > said.times // 2:
                    ordered = sorted(times[1:])
                    told[f"{page} ({role})"] = [
                        len(ordered),
                        median(ordered),
                        ordered[int(len(ordered) * 0.95)],
                        ordered[-1],
                    ]
    return {"pages": told, "slowest p95": max(v[2] for v in told.values())}


def reached(port: int, person: dict) -> dict[str, list[str]]:
    """Pages within three links of where a person begins: up to five addresses of each."""
    found: dict[str, list[str]] = {}
    next_, seen = list(person["start"]), set()
    for _ in range(3):
        now, next_ = next_, []
        for address in now:
            page = name_of(address)
            if address in seen or len(found.get(page, [])) >= 5 or NOT_FOLLOWED.search(address):
                continue
            seen.add(address)
            status, text, _ = opened(port, address, person["session"])
            if status != 200:
                continue
            found.setdefault(page, []).append(address)
            next_ += LINK.findall(text)
    return found


def crowd(folder: Path, port: int, said: argparse.Namespace, many: int, seconds: int) -> dict[str, object]:
    """So many people at work for so long; the first minute does not count."""
    out = folder / "crowd.json"
    out.unlink(missing_ok=True)
    words = [
        *(str(said.locust), "-f", str(HERE / "service_users.py"), "--headless", "--only-summary"),
        *("--users", str(many), "--spawn-rate", str(max(1, many // 20)), "--reset-stats"),
        *("--run-time", f"{seconds}s", "--host", f"http://localhost:{port}"),
    ]
    kept = {
        **os.environ,
        "EVENLODE_BENCH_PEOPLE": str(folder / "people.json"),
        "EVENLODE_BENCH_OUT": str(out),
    }
    subprocess.run(words, env=kept, capture_output=True, check=False)
    return json.loads(out.read_text("utf-8"))


def part_crowd(folder: Path, said: argparse.Namespace) -> dict[str, object]:
    with serving(folder) as (port, _, _):
        return crowd(folder, port, said, said.users or MOST[said.on], said.seconds)


def part_load(folder: Path, said: argparse.Namespace) -> dict[str, object]:
    """The quiet figure, and the same while a load works in a process of its own, as the nightly one does."""
    with serving(folder) as (port, _, _):
        quiet = crowd(folder, port, said, 50, said.seconds)
        working = subprocess.Popen(
            [sys.executable, str(HERE / "service_home.py"), str(folder), "--again"],
            env=environment(folder),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )
        meanwhile = crowd(folder, port, said, 50, said.seconds)
        still = working.poll() is None
        _, fault = working.communicate()
    return {
        "quiet": quiet,
        "while a load works": meanwhile,
        "the load outlasted it": still,
        "load": fault.decode()[-200:],
    }


def family(pid: int) -> list[int]:
    """A process and those under it."""
    below = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(p for child in below for p in family(int(child)))]


def held(pid: int) -> dict[str, int]:
    """Memory in KiB (proportional: what is shared counts once) and open files of the service."""
    kib = files = 0
    for one in family(pid):
        rollup = Path(f"/proc/{one}/smaps_rollup").read_text("ascii")
        kib += int(next(line for line in rollup.splitlines() if line.startswith("Pss:")).split()[1])
        files += len(list(Path(f"/proc/{one}/fd").iterdir()))
    return {"KiB": kib, "files": files}


def part_soak(folder: Path, said: argparse.Namespace) -> dict[str, object]:
    with serving(folder) as (port, pid, _):
        many = said.users or MOST[said.on]
        warm = crowd(folder, port, said, many, max(60, said.soak // 4))
        before = held(pid)
        told = crowd(folder, port, said, many, said.soak)
        after = held(pid)
    return {"warm": warm["requests"], "before": before, "after": after, **told}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("folder", type=Path)
    asked.add_argument("--locust", type=Path)
    asked.add_argument("--on", choices=list(MOST), default="sqlite")
    asked.add_argument("--part", default="start,pages,crowd")
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--times", type=int, default=40)
    asked.add_argument("--users", type=int)
    asked.add_argument("--seconds", type=int, default=180)
    asked.add_argument("--soak", type=int, default=3600)
    said = asked.parse_args()
    for part in said.part.split(","):
        told = globals()[f"part_{part}"](said.folder, said)
        print(part, json.dumps(told, indent=1), flush=True)


if __name__ == "__main__":
    main()
