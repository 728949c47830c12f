"""Times the SSDA903 return of a made-up council: read into the record, and read and checked.

    .venv/bin/python benchmarks/ssda903.py [--children 10000] [--repeats 5] [--validator PYTHON]

Every child has a header, health and permanence row, two episodes, five reviews and two spells of a social
worker.  --validator: the Python of an environment with csc-validator-be-903 in it, which then reads and
checks the same files, in the same run; its rules are not ours, so that only reading and the order of
magnitude compare.
"""

from __future__ import annotations

import argparse
import csv
import json
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

YEAR_ENDS = date(2026, 3, 31)
HEADINGS = {
    "header": "CHILD,SEX,DOB,ETHNIC,UPN,MOTHER,MC_DOB",
    "episodes": "CHILD,DECOM,RNE,LS,CIN,PLACE,PLACE_PROVIDER,DEC,REC,REASON_PLACE_CHANGE,HOME_POST,PL_POST,URN",
    "reviews": "CHILD,DOB,REVIEW,REVIEW_CODE",
    "oc2": (
        "CHILD,DOB,SDQ_SCORE,SDQ_REASON,CONVICTED,HEALTH_CHECK,IMMUNISATIONS,TEETH_CHECK,HEALTH_ASSESSMENT,"
        "SUBSTANCE_MISUSE,INTERVENTION_RECEIVED,INTERVENTION_OFFERED"
    ),
    "prev_perm": "CHILD,DOB,PREV_PERM,LA_PERM,DATE_PERM",
    "missing": "CHILD,DOB,MISSING,MIS_START,MIS_END",
    "sw_episodes": "CHILD,DOB,SW_ID,SW_DECOM,SW_DEC,SW_REASON",
}
VALIDATOR = """
import importlib, json, logging, resource, sys, time
from pathlib import Path
logging.disable(logging.CRITICAL)
from lac_validator.lac_validator import LacValidator
registry = importlib.import_module("lac_validator.rules.lac2025_26").registry
start = time.perf_counter()
files = [
    {"name": p.name, "description": "This year", "file_content": p.read_bytes()}
    for p in sorted(Path(sys.argv[1]).glob("*.csv"))
]
said = {"collectionYear": "2025", "localAuthority": "E09000027"}
done = LacValidator(metadata=said, files=files, registry=registry, selected_rules=None)
seconds = time.perf_counter() - start
mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "mib": mib, "ran": len(done.dones), "failed": len(done.fails)}))
"""


def children(count: int) -> Iterator[dict[str, list[list[str]]]]:
    """The rows of each child by file."""
    chance = random.Random(903)
    for number in range(1, count + 1):
        child = str(100_000 + number)
        born = YEAR_ENDS - timedelta(days=chance.randrange(400, 6_400))
        began = YEAR_ENDS - timedelta(days=chance.randrange(30, 360))
        moved = began + timedelta(days=chance.randrange(1, 30))
        dob = _day(born)
        place = [
            f"AB{chance.randrange(1, 20)} {chance.randrange(1, 9)}CD",
            f"SC{chance.randrange(10**5, 10**6)}",
        ]
        reason, status = chance.choice([("P", "C2"), ("L", "E1"), ("T", "V2")])
        rows = {
            "header": [[child, chance.choice("MF"), dob, "WBRI", f"A{number:012d}", "", ""]],
            "episodes": [
                [child, _day(began), "S", "C2", "N1", "U6", "PR1", _day(moved), "X1", "", "AA1 1AA", *place],
                [child, _day(moved), reason, status, "N1", "K2", "PR4", "", "", "", "AA1 1AA", *place],
            ],
            "reviews": [[child, dob, _day(began + timedelta(days=20 * n)), "PN1"] for n in range(1, 6)],
            "oc2": [[child, dob, str(chance.randrange(41)), "", "0", "", "1", "1", "1", "0", "", ""]],
            "prev_perm": [[child, dob, "Z1", "", ""]],
            "missing": [[child, dob, "M", _day(moved), _day(moved)]] if number % 20 == 0 else [],
            "sw_episodes": [
                [child, dob, f"SW{number % 400:05d}", _day(began), _day(moved), "FCONTA"],
                [child, dob, f"SW{number % 399:05d}", _day(moved), "", "LEFTRL"],
            ],
        }
        yield rows


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def write_return(folder: Path, count: int) -> int:
    """Writes the files; answers the rows in all."""
    written = 0
    open_files = {name: (folder / f"{name}.csv").open("w", newline="") for name in HEADINGS}
    writers = {name: csv.writer(file) for name, file in open_files.items()}
    for name, heading in HEADINGS.items():
        writers[name].writerow(heading.split(","))
    for child in children(count):
        for name, rows in child.items():
            writers[name].writerows(rows)
            written += len(rows)
    for file in open_files.values():
        file.close()
    return written


def task_read(folder: str) -> None:
    """Reads the return and loads it into a record."""
    from evenlode.extracts import read_extracts
    from evenlode.record import Record

    with Record.temporary() as record:
        start = time.perf_counter()
        deliveries = read_extracts(Path(folder), la_code="999")
        read = time.perf_counter()
        now = datetime.now(UTC)
        record.load(deliveries, at=now, by="benchmark", as_at=YEAR_ENDS, rules_version="none")
        _print(read - start, time.perf_counter() - start)


def task_check(folder: str) -> None:
    """Reads the return and asks every rule, as `evenlode check` does."""
    from evenlode.cli.asking import deliveries_of
    from evenlode.cli.check import check_deliveries
    from evenlode.cli.progress import Steps
    from evenlode.policy import shipped_policy

    policy, steps = shipped_policy(), Steps()
    start = time.perf_counter()
    deliveries = deliveries_of(Path(folder), "999", None, steps)
    read = time.perf_counter()
    check_deliveries(deliveries, as_at=YEAR_ENDS, policy=policy, theirs=None, steps=steps, with_parts=False)
    _print(read - start, time.perf_counter() - start)


def _print(read: float, seconds: float) -> None:
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"read": read, "seconds": seconds, "mib": mib}))


def fastest(command: list[str], repeats: int) -> dict[str, float]:
    """The fastest of several runs, each in a process of its own."""
    runs = []
    for _ in range(repeats):
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    return min(runs, key=lambda run: run["seconds"])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--children", type=int, default=10_000)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--validator", help="Python of an environment with csc-validator-be-903")
    asked.add_argument("--task", nargs=2)
    words = asked.parse_args()
    if words.task:
        {"read": task_read, "check": task_check}[words.task[0]](words.task[1])
        return
    with tempfile.TemporaryDirectory() as folder:
        rows = write_return(Path(folder), words.children)
        print(f"{words.children:,} children, {rows:,} rows, {platform.python_version()}")
        for task in ("read", "check"):
            run = fastest([sys.executable, __file__, "--task", task, folder], words.repeats)
            print(
                f"{task}: {run['seconds']:.2f} s ({run['read']:.2f} s of it reading), {run['mib']:,.0f} MiB"
            )
        if words.validator:
            run = fastest([words.validator, "-c", VALIDATOR, folder], words.repeats)
            print(
                f"csc-validator-be-903, read and check: {run['seconds']:.2f} s, {run['mib']:,.0f} MiB, "
                f"{run['ran']} rules ran"
            )


if __name__ == "__main__":
    main()
