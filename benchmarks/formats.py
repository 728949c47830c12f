"""Times the reading of a made-up census into the record beside the public validator's own conversion.

    .venv/bin/python benchmarks/formats.py [--children 10000] [--repeats 5] [--peer PYTHON]

--peer names the Python of an environment of its own in which csc-validator-be-cin is installed: it is
never installed beside Evenlode.  Without it only our own reading is timed.

  ours   from the file to the tables of the record, every row checked (the file is read in the time too)
  peer   XMLtoCSV: from the parsed file to its data frames; parsing and its rules are not in the time
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from statistics import median

YEAR_END = date(2026, 3, 31)
PEER = """
import sys, time, json
import xml.etree.ElementTree as ET
from cin_validator.ingress import XMLtoCSV
start = time.perf_counter()
root = ET.parse(sys.argv[1]).getroot()
parsed = time.perf_counter()
made = XMLtoCSV(root)
done = time.perf_counter()
names = ("ChildIdentifiers", "CINdetails", "Assessments", "CINplanDates", "Section47", "ChildProtectionPlans", "Reviews")
print(json.dumps({"parse": parsed - start, "seconds": done - parsed, "rows": {n: len(getattr(made, n)) for n in names}}))
"""


def tag(name: str, value: object) -> str:
    return f"<{name}>{value}</{name}>"


def between(chance: random.Random, first: date, last: date) -> date:
    return first + timedelta(days=chance.randint(0, max((last - first).days, 0)))


def assessment(chance: random.Random, referral: date) -> str:
    factors = chance.sample(["1B", "2B", "3B", "4B", "10A", "16A", "17A", "24A"], chance.randint(1, 3))
    start = referral + timedelta(days=chance.randint(0, 5))
    inner = tag("AssessmentActualStartDate", start)
    inner += tag("AssessmentAuthorisationDate", start + timedelta(days=chance.randint(20, 60)))
    return tag(
        "Assessments",
        inner + tag("FactorsIdentifiedAtAssessment", "".join(tag("AssessmentFactors", f) for f in factors)),
    )


def enquiry(chance: random.Random, referral: date) -> str:
    start = referral + timedelta(days=chance.randint(0, 10))
    inner = tag("S47ActualStartDate", start) + tag("InitialCPCtarget", start + timedelta(days=21))
    if chance.random() < 0.5:
        inner += tag("DateOfInitialCPC", start + timedelta(days=chance.randint(10, 25)))
        return tag("Section47", inner + tag("ICPCnotRequired", "false"))
    return tag("Section47", inner + tag("ICPCnotRequired", "true"))


def protection_plan(chance: random.Random, referral: date) -> str:
    start = referral + timedelta(days=chance.randint(20, 40))
    held = "".join(
        tag("CPPreviewDate", start + timedelta(days=80 + 170 * n)) for n in range(chance.randint(1, 3))
    )
    inner = tag("CPPstartDate", start) + tag("InitialCategoryOfAbuse", "NEG")
    inner += tag("LatestCategoryOfAbuse", "EMO") + tag("NumberOfPreviousCPP", chance.randint(0, 2))
    return tag("ChildProtectionPlans", inner + tag("Reviews", held))


def details(chance: random.Random, year: int) -> str:
    referral = between(chance, date(year, 4, 1), date(year + 1, 2, 1))
    inner = tag("CINreferralDate", referral) + tag("ReferralSource", "6") + tag("PrimaryNeedCode", "N1")
    if chance.random() < 0.4:
        inner += tag("CINclosureDate", between(chance, referral, YEAR_END)) + tag("ReasonForClosure", "RC8")
    inner += assessment(chance, referral) if chance.random() < 0.9 else ""
    if chance.random() < 0.3:
        inner += tag("CINPlanDates", tag("CINPlanStartDate", referral + timedelta(days=50)))
    inner += enquiry(chance, referral) if chance.random() < 0.35 else ""
    inner += tag("ReferralNFA", "false")
    return tag("CINdetails", inner + (protection_plan(chance, referral) if chance.random() < 0.2 else ""))


def child(chance: random.Random, number: int) -> str:
    who = tag("LAchildID", f"MADE{number:08d}") + tag("UPN", f"A{number:012d}")
    who += tag("PersonBirthDate", between(chance, date(2009, 1, 1), date(2024, 1, 1)))
    who += tag("Sex", chance.choice("MF"))
    traits = tag("Ethnicity", chance.choice(["WBRI", "APKN", "BAFR", "MOTH"]))
    if chance.random() < 0.15:
        traits += tag("Disabilities", tag("Disability", "LD") + tag("Disability", "AUT"))
    episodes = "".join(details(chance, 2025 - n) for n in range(chance.choice([1, 1, 1, 2])))
    return tag("Child", tag("ChildIdentifiers", who) + tag("ChildCharacteristics", traits) + episodes)


def census(children: int) -> str:
    """An invented census, one element a line as case systems write it."""
    chance = random.Random(7)
    head = tag(
        "Header",
        tag(
            "CollectionDetails",
            tag("Collection", "CIN") + tag("Year", 2026) + tag("ReferenceDate", YEAR_END),
        )
        + tag("Source", tag("SourceLevel", "L") + tag("LEA", 999)),
    )
    body = tag("Children", "".join(child(chance, number) for number in range(children)))
    return tag("Message", head + body).replace("><", ">\n  <")


def ours(path: Path) -> tuple[float, dict[str, int], float]:
    """Seconds, rows by table, and peak memory in MiB of a process of its own."""
    words = [sys.executable, __file__, "--task", str(path)]
    done = json.loads(subprocess.run(words, check=True, capture_output=True, text=True).stdout)
    return done["seconds"], done["rows"], done["mib"]


def task(path: Path) -> None:
    import resource

    from evenlode.extracts import read_extracts

    start = time.perf_counter()
    (given,) = read_extracts(path, la_code="999")
    seconds = time.perf_counter() - start
    rows = {name: table.num_rows for name, table in given.tables.items()}
    mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": seconds, "rows": rows, "mib": mib}))


def peers(python: str, path: Path) -> dict:
    done = subprocess.run([python, "-c", PEER, str(path)], check=True, capture_output=True, text=True)
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--children", type=int, default=10_000)
    asked.add_argument("--repeats", type=int, default=5)
    asked.add_argument("--peer", help="the Python of the validator's own environment")
    asked.add_argument("--task", type=Path)
    said = asked.parse_args()
    if said.task:
        task(said.task)
        return
    with tempfile.TemporaryDirectory(prefix="evenlode-formats-") as spare:
        path = Path(spare, "census.xml")
        path.write_text(census(said.children), "utf-8")
        runs = [ours(path) for _ in range(said.repeats)]
        seconds = median(run[0] for run in runs)
        print(f"{path.stat().st_size / 1e6:.1f} MB, {said.children:,} children; rows: {runs[0][1]}")
        print(
            f"ours: {seconds:.2f} s (median of {said.repeats}, best {min(r[0] for r in runs):.2f}), {runs[0][2]:.0f} MiB"
        )
        if said.peer:
            other = peers(said.peer, path)
            print(
                f"peer: parse {other['parse']:.2f} s, convert {other['seconds']:.1f} s; rows: {other['rows']}"
            )
            print(f"ratio: {other['seconds'] / seconds:.0f}")


if __name__ == "__main__":
    main()
