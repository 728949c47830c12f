"""Loads that are killed with kill -9, and what is left of the record after each.

    python killing.py HOME random KILLS SEED    a worker loads without end and is killed at a random moment
    python killing.py HOME every-step CHANGE…   these changes are killed at each thing that they do to the
                                                disk, in turn

Each worker is a process of its own that ends by SIGKILL.  The changes are a fixed sequence of full loads,
partial loads and withdrawals, so that what must stand after the n-th is known beforehand.  Prints a line of
JSON for what was done and ends with 1 at the first thing that is wrong.
"""

import json
import os
import random
import shutil
import signal
import sys
import time
import traceback
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa

from evenlode.record import TABLES, Delivery, FileRead, Record, connect

AT = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
KEYED, UNKEYED = "cp_visit", "supervision"


def brought(number):
    """The rows of the n-th change: visits by id with their version, and notes."""
    if number % 4 == 2:
        return {str(i): number for i in [*range(10), 1000 + number]}, {("new", number)}
    return {str(i): number for i in range(50 + number % 7)}, {(str(i), number) for i in range(20)}


def standing(number):
    """What must stand after the n-th change: full load, partial load, full load, its withdrawal, again."""
    if number < 1:
        return {}, set()
    if number % 4 == 0:
        return standing(number - 2)
    visits, notes = brought(number)
    if number % 4 == 2:
        before = standing(number - 1)
        return {**before[0], **visits}, before[1] | notes
    return visits, notes


def table_of(name, cells):
    schema = TABLES[name].arrow_schema
    size = len(next(iter(cells.values())))
    blank = {n: [None] * size for n in schema.names} | {"la_code": ["301"] * size, "source": ["ssd"] * size}
    return pa.table(blank | cells, schema=schema)


def change(record, number):
    """Makes the n-th change."""
    if number % 4 == 0:
        record.withdraw(f"{number - 1:04d}", why="wrong", at=AT, by="me")
        return
    visits, notes = brought(number)
    seen = [f"v{version}" for version in visits.values()]
    day = [date(2026, 10, 1)]
    tables = {
        KEYED: {"visit_id": list(visits), "seen": seen, "visit_date": day * len(visits)},
        UNKEYED: {
            "child_id": [child for child, _ in sorted(notes)],
            "note_type": [f"v{version}" for _, version in sorted(notes)],
            "held_date": day * len(notes),
        },
    }
    given = Delivery("ssd", "ssd", {n: table_of(n, cells) for n, cells in tables.items()})
    given.la_code = "301"
    given.files.append(FileRead("a.csv", f"{number:064d}", number))
    record.load([given], at=AT, by="me", partial=number % 4 == 2, rules_version="1")


def done(home):
    """How many changes the record holds, after asking that it is whole and holds exactly those."""
    record = Record.create(home)
    record.check()
    number = len(record.history())
    with connect(record, threads=1) as connection:
        visits = connection.con.execute(f"SELECT visit_id, seen FROM {KEYED}").fetchall()
        notes = connection.con.execute(f"SELECT child_id, note_type FROM {UNKEYED}").fetchall()
    should_visits, should_notes = standing(number)
    assert sorted(visits) == sorted((i, f"v{v}") for i, v in should_visits.items()), f"visits after {number}"
    assert sorted(notes) == sorted((i, f"v{v}") for i, v in should_notes), f"notes after {number}"
    assert record.manifest().number == number
    return number


def in_a_process(work):
    """Starts work in a process of its own, with a pipe to what it says; engines never start in this one."""
    reading, writing = os.pipe()
    process = os.fork()
    if process:
        os.close(writing)
        return process, reading
    os.close(reading)
    ended = 1
    try:
        work(lambda number: os.write(writing, f"{number}\n".encode()))
        ended = 0
    except BaseException:  # noqa: BLE001 - the process must end here, whatever happens
        traceback.print_exc()
    finally:
        os._exit(ended)


def wait(process, reading, *, first=False):
    """What the process said last (or first), and how it ended."""
    said = b""
    while part := os.read(reading, 65536):
        said += part
    os.close(reading)
    _, status = os.waitpid(process, 0)
    numbers = [int(number) for number in said.split()]
    return numbers[0 if first else -1] if numbers else None, status


def look(home, *, finish=False):
    """The number of changes found by a fresh process; ends the run if anything is wrong.

    With `finish`, a plain re-run makes the next change too, and its outcome is looked at as well.
    """

    def work(say):
        say(done(home))
        if finish:
            record = Record.open(home)
            number = len(record.history()) + 1
            change(record, number)
            assert done(home) == number, "the re-run did not finish"

    process, reading = in_a_process(work)
    number, status = wait(process, reading, first=True)
    if status:
        sys.exit(1)
    return number


def go_on(home, changes):
    """A plain re-run: makes the next changes and ends well."""

    def work(say):
        record = Record.create(home)
        for _ in range(changes):
            number = len(record.history()) + 1
            change(record, number)
            say(number)

    return in_a_process(work)


def random_moments(home, kills, seed):
    chance = random.Random(seed)  # noqa: S311 - seeded, so that a failure can be run again
    started = time.monotonic()
    acknowledged, _ = wait(*go_on(home, 4))
    span = time.monotonic() - started  # four changes by a fresh process, on this machine, today
    mid_change = 0
    for _ in range(kills):
        process, reading = go_on(home, 1_000_000)
        time.sleep(chance.uniform(0, span))
        os.kill(process, signal.SIGKILL)
        said, _ = wait(process, reading)
        acknowledged = max(acknowledged, said or 0)
        mid_change += any((home / "record").rglob(".making-*"))
        found = look(home)
        if found not in {acknowledged, acknowledged + 1}:
            sys.exit(f"{acknowledged} changes were acknowledged, {found} are there")
        acknowledged = found
    look(home, finish=True)
    return {"kills": kills, "changes": acknowledged - 4, "cut_off_mid_change": mid_change}


DISK_EVENTS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.chmod", "os.link", "os.truncate"}


def killed_at(home, step):
    """Makes the next change in a process that kills itself before the n-th thing it does to the disk."""

    def work(say):
        left = step

        def watch(event, given):
            nonlocal left
            writes = event == "open" and isinstance(given[1], str) and set(given[1]) & set("wa+")
            if event in DISK_EVENTS or writes:
                left -= 1
                if left < 0:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(watch)
        record = Record.create(home)
        number = len(record.history()) + 1
        change(record, number)
        say(number)

    return wait(*in_a_process(work))


def every_step(home, changes):
    """These changes, killed at each step in turn; each time on a copy of the same record."""
    steps = []
    for number in changes:
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        if number > 1:  # the first change makes the record too, and is killed at that as well
            wait(*go_on(home, number - 1))
        step = 0
        while True:
            copy = home.with_name("copy")
            shutil.copytree(home, copy)
            said, status = killed_at(copy, step)
            found = look(copy, finish=True)
            if found not in ({number} if said == number else {number - 1, number}):
                sys.exit(f"killed at step {step} of change {number}: {found} changes are there")
            shutil.rmtree(copy)
            if not status:
                break
            step += 1
        steps.append(step)
    return {"steps": steps}


if __name__ == "__main__":
    where = Path(sys.argv[1])
    if sys.argv[2] == "random":
        print(json.dumps(random_moments(where, int(sys.argv[3]), int(sys.argv[4]))))
    else:
        print(json.dumps(every_step(where, [int(number) for number in sys.argv[3:]])))
