"""Extracts of ten councils' size, and a load of one in a process of its own.

python tenfold.py load HOME EXTRACTS       loads and prints seconds and peak memory as a line of JSON
"""

import json
import resource
import sys
import time
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from evenlode.demo import build_council
from evenlode.extracts import read_extracts
from evenlode.extracts.layouts import layouts
from evenlode.extracts.mapping import default_mapping
from evenlode.extracts.overflow import MOST_IN_MEMORY, Overflow
from evenlode.extracts.recognise import recognise
from evenlode.record import TABLES, Record, connect
from evenlode.record.columns import Kind

AT = datetime(2026, 11, 20, 6, tzinfo=UTC)
AS_AT = date(2026, 11, 20)
COUNCILS = [str(number) for number in range(10, 20)]
"""Two figures that are put before every id of a council, so that no two councils share one."""


def council(folder, children):
    """The extracts of a made-up council, as large for its children as the benchmark's."""
    history = {"visits_per_open": 120, "notes_per_open": 40}
    workers = max(children * 3 // 100, 10)
    build_council(
        folder, as_at=AS_AT, children=children, seed=1, closed=children * 6, workers=workers, **history
    )
    return folder / "extracts"


def with_ids_of(extracts, into, councils):
    """The same rows once for each council, one under the other, with the council's figures before every id."""
    known = layouts(default_mapping())
    for path in sorted(extracts.rglob("*.csv")):
        with path.open(encoding="utf-8") as file:
            names = file.readline().rstrip("\r\n").split(",")
        as_text = dict.fromkeys(names, pa.string())
        rows = csv.read_csv(
            path,
            convert_options=csv.ConvertOptions(
                column_types=as_text, strings_can_be_null=True, null_values=[""]
            ),
        )
        found = recognise(path.name, names, known)
        ids = [place for name, place in found.places.items() if found.layout.table[name].kind is Kind.ID]
        out = into / path.relative_to(extracts)
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("wb") as file:
            for number, figures in enumerate(councils):
                own = rows
                for at in ids:
                    longer = pc.binary_join_element_wise(pa.scalar(figures), rows.column(at), "")
                    own = own.set_column(at, names[at], longer)
                written = csv.WriteOptions(include_header=number == 0, quoting_style="needed")
                csv.write_csv(own, file, written)
    return into


def load(home, extracts, most=MOST_IN_MEMORY):
    """Reads and loads into a record; the receipt."""
    deliveries = read_extracts(extracts, la_code="999", overflow=Overflow(home.parent, most=most))
    return Record.create(home).load(deliveries, at=AT, by="me", as_at=AS_AT, rules_version="1")


def contents(home):
    """For each table its rows and the sum of their checksums, which no order of rows changes.

    Not what no two loads share: where in the hand-over a row stood.
    """
    found = {}
    with connect(Record.open(home), memory_limit="1GiB") as stored:
        for table in TABLES.values():
            names = ", ".join(f'"{c.name}"' for c in table.columns if c.kind is not Kind.PLACE)
            sql = f"SELECT count(*), coalesce(sum(hash(source, {names})), 0) FROM {table.name}"
            found[table.name] = stored.con.execute(sql).fetchall()[0]
    return found


def account(receipt):
    """Rows read, kept and set aside by table."""
    return {
        (source.source, line.table): (line.read, line.kept, line.quarantined)
        for source in receipt.sources
        for line in source.tables
    }


def total(parts):
    """The sum of several accounts or contents, line by line."""
    summed = {}
    for part in parts:
        for name, numbers in part.items():
            before = summed.get(name, (0,) * len(numbers))
            summed[name] = tuple(a + b for a, b in zip(before, numbers, strict=True))
    return summed


if __name__ == "__main__":
    start = time.monotonic()
    account(load(Path(sys.argv[2]), Path(sys.argv[3])))
    taken = time.monotonic() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": round(taken, 1), "mib": round(peak)}))
