"""Times the main job on a made-up council against pandas in the same run, and writes the table.

    .venv/bin/python benchmarks/one_council.py [--children 10000] [--repeats 5] [--out docs/benchmarks.md]

Every figure is a ratio against a baseline of the same run, on the same files:
  rules      every rule over the stored record, against pandas.read_parquet of the same files
  end to end read, check, store, ask and write, against pandas.read_csv of the same files
  memory     the peak of a process of its own that does the whole job
  regions    the rules over many such councils in one record, some at a time, against one
"""

from __future__ import annotations

import argparse
import json
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median

AS_AT = date(2026, 11, 20)
REGION = 33
"""The London boroughs."""
HISTORY = {"visits_per_open": 120, "notes_per_open": 40}


def timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def alone(task: str, *words: str) -> dict[str, float]:
    """Runs one task of this file in a process of its own: seconds and peak memory."""
    done = subprocess.run(
        [sys.executable, __file__, "--task", task, *words], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class NotInstalled:
    """Hides pandas, which belongs to the tests' environment alone.

    Where it is there, pyarrow loads it, and no user of Evenlode waits for that.
    """

    def find_spec(self, name: str, *_: object) -> None:
        """Asked before any other finder."""
        if name == "pandas":
            raise ModuleNotFoundError(name)


def as_installed() -> None:
    sys.meta_path.insert(0, NotInstalled())  # type: ignore[arg-type]


def csv_files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.csv"))


def task_pandas_csv(folder: str) -> None:
    import pandas as pd

    seconds = timed(lambda: [pd.read_csv(p, low_memory=False) for p in csv_files(Path(folder))])
    print(json.dumps({"seconds": seconds, "mib": peak()}))


def task_end_to_end(folder: str, out: str) -> None:
    as_installed()
    from evenlode.cli.asking import deliveries_of
    from evenlode.cli.check import check_deliveries, write_results
    from evenlode.cli.progress import Steps
    from evenlode.policy import shipped_policy

    def job() -> None:
        policy, steps = shipped_policy(), Steps()
        deliveries = deliveries_of(Path(folder), "999", None, steps)
        checked = check_deliveries(
            deliveries, as_at=AS_AT, policy=policy, theirs=None, steps=steps, with_parts=False
        )
        write_results(checked, Path(out), "csv", due_soon=False)

    print(json.dumps({"seconds": timed(job), "mib": peak()}))


def task_pandas_parquet(home: str) -> None:
    import pandas as pd

    files = sorted(Path(home).rglob("deliveries/*/*.parquet"))
    seconds = timed(lambda: [pd.read_parquet(p) for p in files])
    print(json.dumps({"seconds": seconds, "mib": peak()}))


def task_rules(home: str, compiled_cache: str) -> None:
    import os

    as_installed()

    os.environ["EVENLODE_CACHE"] = compiled_cache
    from evenlode.policy import shipped_policy
    from evenlode.record import Record, connect
    from evenlode.rules.compiled import compiled
    from evenlode.rules.evaluate import evaluate

    policy = shipped_policy()
    first = timed(lambda: compiled(policy))
    record = Record.open(Path(home))
    with connect(record) as stored:
        run = lambda: evaluate(stored.con, as_at=AS_AT, policy=policy, delivered=stored.delivered)  # noqa: E731
        before = peak()
        seconds = timed(run)
        again = timed(run)
    print(json.dumps({"seconds": seconds, "again": again, "compile": first, "mib": peak(), "before": before}))


def task_region(home: str, compiled_cache: str) -> None:
    import os

    as_installed()
    os.environ["EVENLODE_CACHE"] = compiled_cache
    from evenlode.policy import shipped_policy
    from evenlode.record import Record
    from evenlode.rules.compiled import compiled
    from evenlode.rules.councils import evaluate_councils

    policy = shipped_policy()
    compiled(policy)
    record = Record.open(Path(home))
    seconds = timed(lambda: evaluate_councils(record, as_at=AS_AT, policy=policy))
    print(json.dumps({"seconds": seconds, "mib": peak()}))


def make_home(folder: Path, home: Path, councils: int) -> None:
    from evenlode.extracts import read_extracts
    from evenlode.record import Record

    record = Record.create(home)
    for number in range(councils):
        deliveries = read_extracts(folder, la_code=f"{900 + number}")
        record.load(
            deliveries,
            at=datetime(2026, 11, 20, 6, tzinfo=UTC),
            by="benchmark",
            as_at=AS_AT,
            rules_version="benchmark",
        )


def build(folder: Path, children: int) -> dict[str, int]:
    from evenlode.demo import build_council

    built = build_council(
        folder,
        as_at=AS_AT,
        children=children,
        seed=1,
        closed=children * 6,
        workers=max(children * 3 // 100, 10),
        **HISTORY,
    )
    return dict(built.counts)


def measure(children: int, repeats: int, councils: list[int], spare: Path) -> tuple[dict, list[tuple]]:
    counts = build(spare / "council", children)
    folder = spare / "council" / "extracts"
    make_home(folder, spare / "home", 1)
    cache = str(spare / "cache")
    first = alone("rules", str(spare / "home"), cache)
    runs: dict[str, list[dict[str, float]]] = {
        k: [] for k in ("pandas_csv", "end_to_end", "pandas_parquet", "rules")
    }
    for _ in range(repeats):
        runs["pandas_csv"].append(alone("pandas_csv", str(folder)))
        runs["end_to_end"].append(alone("end_to_end", str(folder), str(spare / "f.csv")))
        runs["pandas_parquet"].append(alone("pandas_parquet", str(spare / "home")))
        runs["rules"].append(alone("rules", str(spare / "home"), cache))

    def mid(name: str, what: str = "seconds") -> float:
        return median(r[what] for r in runs[name])

    rows = [
        (
            "all rules over the stored record (SQL kept from before)",
            mid("rules"),
            "pandas.read_parquet of the same files",
            mid("pandas_parquet"),
            "<= 1.0",
        ),
        (
            "the same in a process that has asked once already",
            mid("rules", "again"),
            "pandas.read_parquet of the same files",
            mid("pandas_parquet"),
            "",
        ),
        (
            "end to end from CSV to findings",
            mid("end_to_end"),
            "pandas.read_csv of the same files",
            mid("pandas_csv"),
            "<= 2.0",
        ),
    ]
    facts = {
        "counts": counts,
        "compile": first["compile"],
        "first": first["seconds"],
        "mib": max(r["mib"] for r in runs["end_to_end"]),
        "rules_mib": mid("rules", "mib"),
        "rules": mid("rules"),
    }
    for number in councils:
        make_home(folder, spare / f"region-{number}", number)
        many = [
            alone("region", str(spare / f"region-{number}"), cache) for _ in range(2 if number < 50 else 1)
        ]
        shutil.rmtree(spare / f"region-{number}")
        rows.append(
            (
                f"rules over {number} such councils in one record",
                median(m["seconds"] for m in many),
                "one council",
                mid("rules"),
                "<= 40" if number == REGION else "",
            )
        )
        facts[f"mib of {number}"] = max(m["mib"] for m in many)
    return facts, rows


WHY_IT_MISSES = """\
## What misses its aim, and why

**End to end.** pandas turns text into numbers as it reads and checks nothing. Evenlode reads every value
as text, so that no id loses a nought; takes each file's checksum; reads every date, flag and number by
every form that councils use; looks for repeats, orphans and impossible rows; writes Parquet and proves
its checksums. Reading is over half of the time. The next step: a splitter that does not build a text
for every cell.

**Rules.** 1.0 was set for the 41 rules of the findings contract. Rules that no file of a council can answer are
not worked out (decision 7).
"""


def page(facts: dict, rows: list[tuple], children: int, repeats: int, councils: list[int]) -> str:
    counts = facts["counts"]
    visits = sum(counts[k] for k in ("ssd_cp_visits", "ssd_cin_visits", "ssd_cla_visits"))
    lines = [
        "# How fast, and how large",
        "",
        (
            f"Made by `.venv/bin/python benchmarks/one_council.py --children {children} "
            f"--repeats {repeats} --councils {' '.join(map(str, councils))}`; medians of {repeats} runs, each in a process "
            "of its own, on a made-up council."
        ),
        "",
        (
            f"The council: {counts['open_children']:,} open children, {counts['ssd_person']:,} people, "
            f"{visits:,} visits, {counts['supervision_case_notes_export']:,} supervision notes, "
            f"{counts['ssd_professionals']:,} workers. {platform.python_version()} on "
            f"{platform.machine()}, 2 cores."
        ),
        "",
        "| job | seconds | baseline | seconds | ratio | aim |",
        "|---|---|---|---|---|---|",
    ]
    lines += [f"| {a} | {s:.2f} | {b} | {t:.2f} | **{s / t:.2f}** | {g} |" for a, s, b, t, g in rows]
    lines += [
        "",
        f"- Peak memory end to end: **{facts['mib']:,.0f} MiB** (aim: 1,536 at most).",
        f"- First run of a new rule version: {facts['compile']:.1f} s more, to compile the SQL, once.",
    ]
    for number in councils:
        mib, one = facts[f"mib of {number}"], facts["rules_mib"]
        lines.append(
            f"- Memory of the rules over {number} councils: {mib:,.0f} MiB, **{mib / one:.1f}** times that of "
            f"one ({one:,.0f} MiB; aim: 5 at most for {REGION} councils, 4,096 MiB for 153)."
        )
    lines += ["", WHY_IT_MISSES.rstrip()]
    return "\n".join(lines) + "\n"


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--children", type=int, default=10000)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--councils", type=int, nargs="*", default=[REGION])
    asked.add_argument("--out", type=Path)
    asked.add_argument("--keep", type=Path, help="keep the files here")
    asked.add_argument("--task")
    said, words = asked.parse_known_args()
    if said.task:
        globals()[f"task_{said.task}"](*words)
        return
    with tempfile.TemporaryDirectory(prefix="evenlode-benchmark-") as spare:
        facts, rows = measure(said.children, said.repeats, said.councils, said.keep or Path(spare))
    text = page(facts, rows, said.children, said.repeats, said.councils)
    print(text)
    if said.out:
        said.out.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
