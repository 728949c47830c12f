"""The sheets being filled in, the dice, and dates whose deadline falls where we want it."""

import csv
import random
from datetime import date, timedelta
from pathlib import Path

from ..reading.clocks import add_wd, plus_months
from .columns import LOCAL, SSD

LOCAL_TABLES = {
    "hr": "hr_establishment_export",
    "action": "supervision_actions_export",
    "note": "supervision_case_notes_export",
}


class Sheets:
    """Rows by table, an id for everything, and a seeded die."""

    def __init__(self, seed, as_at, doubtful):
        self.rng = random.Random(f"{seed} {as_at}")  # noqa: S311 - dice, not secrets
        self.D, self.doubtful = as_at, doubtful
        self.rows = {table: [] for table in list(SSD) + list(LOCAL_TABLES.values())}
        self.used, self.counts = {}, {}
        self.fixed = set()  # staff numbers whose hours stay as they are

    # -- rows ---------------------------------------------------------------
    def new_id(self, kind):
        """Ids of mixed kinds: 9, 10, 007, A7, R-12."""
        taken = self.used.setdefault(kind, set())
        while True:
            self.counts[kind] = self.counts.get(kind, 0) + 1
            n = self.counts[kind]
            text = self.rng.choices(
                [str(n), str(n).zfill(6), "00" + str(n), "A" + str(n), "b" + str(n), f"R-{n}", str(5000 - n)],
                [50, 6, 6, 12, 3, 8, 15],
            )[0]
            if text not in taken:
                taken.add(text)
                return text

    def add(self, table, **cells):
        table = LOCAL_TABLES.get(table, table)
        row = {name: cells.pop(name) for name in list(cells)}
        self.rows[table].append(row)
        return row

    def again(self, table, row, **changed):
        """The same id a second time, further down the file."""
        self.rows[LOCAL_TABLES.get(table, table)].append({**row, **changed})

    # -- dice ---------------------------------------------------------------
    def chance(self, share):
        return self.rng.random() < share

    def pick(self, items, weights=None):
        return self.rng.choices(list(items), weights)[0]

    def between(self, low, high):
        return self.rng.randint(low, high)

    def ago(self, low, high):
        return self.D - timedelta(days=self.between(low, high))

    def nudge(self, day, weights=(1, 3, 5, 5, 3, 1)):
        return day + timedelta(days=self.pick((-3, -1, 0, 1, 2, 5), weights))

    def deadline(self):
        """When a clock should run out: mostly the day before D, D itself or the day after."""
        off = self.pick((-60, -25, -14, -7, -2, -1, 0, 1, 2, 9, 40), (5, 5, 4, 5, 8, 22, 22, 14, 6, 4, 5))
        return self.D + timedelta(days=off)

    def before_days(self, n):
        return self.deadline() - timedelta(days=n)

    def before_months(self, n, due=None):
        """A day whose n months run out on (or nearest) the deadline; month ends are tried too."""
        due = due or self.deadline()
        rough = plus_months(due, -n)
        days = [rough + timedelta(days=k) for k in range(-4, 5)]
        exact = [day for day in days if plus_months(day, n) == due]
        return self.rng.choice(exact or days[3:6])

    def before_wd(self, n, due=None):
        """A day whose n working days run out on (or nearest) the deadline."""
        due = due or self.deadline()
        days = [due - timedelta(days=k) for k in range(n, 2 * n + 20)]
        exact = [day for day in days if add_wd(day, n) == due]
        if exact:
            return self.rng.choice(exact)
        return min(days, key=lambda day: abs((add_wd(day, n) - due).days))

    def flag(self, yes=0.7, blank=0.12):
        """Y, N or blank in the spellings that occur."""
        roll = self.rng.random()
        if roll < yes:
            return self.pick(("Y", "y", "1", "Yes"), (85, 5, 5, 5))
        if roll < yes + blank:
            return ""
        return self.pick(("N", "n", "0"), (85, 8, 7))

    # -- files --------------------------------------------------------------
    def ssd_text(self, name, value):
        if isinstance(value, date):
            shape = self.pick(("%Y-%m-%d 00:00:00.000", "%Y-%m-%d", "%Y-%m-%dT00:00:00"), (90, 7, 3))
            return value.strftime(shape)
        if value in ("", None):
            if name.endswith("_date") and self.chance(0.004):
                return self.pick(("1900-01-01 00:00:00.000", "9999-12-31", "2300-01-01"))
            if name == "invo_professional_id" and self.chance(0.3):
                return "-1"
            return "NULL" if self.chance(0.01) else ""
        return str(value)

    def local_text(self, name, value):
        if isinstance(value, date):
            return value.strftime(self.pick(("%d/%m/%Y", "%Y-%m-%d"), (90, 10)))
        return "" if value is None else str(value)

    def write(self, folder):
        for table, names in SSD.items():
            self.write_one(Path(folder) / "ssd", table, names, self.ssd_text)
        for table, names in LOCAL.items():
            self.write_one(Path(folder) / "local", table, names, self.local_text)

    def write_one(self, folder, table, names, text):
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as handle:
            writer = csv.writer(handle)
            writer.writerow(names)
            for row in self.rows[table]:
                writer.writerow([text(name, row.get(name, "")) for name in names])
