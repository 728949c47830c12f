"""python -m tests.independent.reading EXTRACTS --as-at 2026-11-20 --out f.csv --workload w.csv"""

import argparse
from datetime import date

from . import Council, all_findings, workload_rows, write_findings, write_workload


def main():
    parser = argparse.ArgumentParser(description="A plain reading of the findings contract")
    parser.add_argument("extracts")
    parser.add_argument("--as-at", required=True, type=date.fromisoformat)
    parser.add_argument("--out")
    parser.add_argument("--workload")
    options = parser.parse_args()
    council = Council(options.extracts, options.as_at)
    rows = all_findings(council)
    if options.out:
        write_findings(rows, options.out)
    if options.workload:
        write_workload(workload_rows(council), options.workload)
    print(f"{len(council.children)} people, {len(rows)} findings as at {options.as_at}")


main()
