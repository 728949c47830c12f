"""Times the reading of an eleven-sheet Annex A workbook into the record beside pandas with openpyxl.

  .venv/bin/python benchmarks/workbook.py [--rows 12000] [--repeats 5]

ours     from the file to the tables of the record, every row checked (the file is read in the time too)
pandas   pandas.read_excel with openpyxl, every sheet: from the file to data frames, nothing checked
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

AS_AT = date(2026, 11, 20)


def write_workbook(path: Path, rows: int) -> None:
    """Eleven sheets of equal length, each column of each list filled with what it may hold."""
    import xlsxwriter

    from evenlode.extracts.forms import annex_a_lists as lists

    chance = random.Random(11)
    each = rows // 11
    with xlsxwriter.Workbook(path, {"default_date_format": "dd/mm/yyyy"}) as book:
        for number in range(1, 12):
            sheet = book.add_worksheet(f"List {number}")
            columns = getattr(lists, f"LIST_{number}").columns
            for place, column in enumerate(columns):
                sheet.write(0, place, column.source[0])
            for row in range(1, each + 1):
                for place, column in enumerate(columns):
                    value = cell(chance, column.name, str(column.kind), row)
                    write = sheet.write_datetime if isinstance(value, date) else sheet.write
                    write(row, place, value)


def cell(chance: random.Random, name: str, kind: str, row: int) -> object:
    """A value for a column of an Annex A list."""
    if name.endswith("_id"):
        return f"{name.upper()}{row:06d}"
    if kind == "date":
        return AS_AT - timedelta(days=row + 2000 if name == "dob" else chance.randint(1, 180))
    if name == "age" or kind in ("number", "integer"):
        return chance.randint(0, 17)
    return chance.choice(["Yes", "No", "a) Female", "Made Team", "Neglect"])


def alone(task: str, path: Path) -> dict:
    done = subprocess.run(
        [sys.executable, __file__, "--task", task, str(path)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout.splitlines()[-1])


def task_ours(path: Path) -> dict:
    from evenlode.extracts import read_extracts

    start = time.perf_counter()
    given = read_extracts(path, la_code="999")
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "read": sum(count.read for one in given for count in one.counts)}


def task_pandas(path: Path) -> dict:
    import pandas as pd

    start = time.perf_counter()
    frames = pd.read_excel(path, sheet_name=None, engine="openpyxl")
    return {"seconds": time.perf_counter() - start, "read": sum(len(f) for f in frames.values())}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--rows", type=int, default=12_000)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--task", choices=["ours", "pandas"])
    asked.add_argument("path", nargs="?", type=Path)
    said = asked.parse_args()
    if said.task:
        done = {"ours": task_ours, "pandas": task_pandas}[said.task](said.path)
        mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(json.dumps({**done, "mib": mib}))
        return
    with tempfile.TemporaryDirectory(prefix="evenlode-benchmark-") as spare:
        path = Path(spare) / "annex-a.xlsx"
        write_workbook(path, said.rows)
        runs = [(alone("ours", path), alone("pandas", path)) for _ in range(said.repeats)]
        size = path.stat().st_size / 1e6
    ours, theirs = (median(run[which]["seconds"] for run in runs) for which in (0, 1))
    print(
        f"A workbook of 11 sheets, {runs[0][1]['read']:,} rows and {size:.1f} MB; we read {runs[0][0]['read']:,}."
    )
    print()
    print("| job | seconds | baseline | seconds | ratio | aim |")
    print("|---|---|---|---|---|---|")
    print(
        f"| workbook from the file to the tables of the record, every row checked | {ours:.2f} | "
        f"pandas.read_excel with openpyxl | {theirs:.2f} | **{theirs / ours:.1f}** times as fast | 5 |"
    )
    print(f"\n- Peak memory: **{max(run[0]['mib'] for run in runs):,.0f} MiB**.")


if __name__ == "__main__":
    main()
