"""Hours of some workers set so that their utilisation stands exactly on a band's edge."""

from fractions import Fraction
from pathlib import Path

from ..reading.council import Council
from ..reading.workload import loads
from .columns import LOCAL
from .sheets import LOCAL_TABLES

EDGES = (
    Fraction(110, 100),
    Fraction(1),
    Fraction(85, 100),
    Fraction(10999, 10000),
    Fraction(10001, 10000),
    Fraction(12, 10),
)


def as_decimal(value):
    """Four places at most, or None where that would not be exact."""
    scaled = value * 10000
    if scaled.denominator != 1:
        return None
    return f"{int(scaled) // 10000}.{int(scaled) % 10000:04d}".rstrip("0").rstrip(".")


def set_exact_loads(s, folder, as_at):
    found = loads(Council(folder, as_at))
    staff_of = {}
    for row in s.rows["ssd_professionals"]:
        staff_of.setdefault(row["prof_professional_id"], row["prof_staff_id"])
    first = {}
    for row in s.rows[LOCAL_TABLES["hr"]]:
        first.setdefault(row["Staff Number"], row)
    for worker_id, load in found.items():
        row = first.get(staff_of.get(worker_id))
        if row is None or row["Staff Number"] in s.fixed:
            continue
        if not load.points or row["FTE"] in ("", "0", "n/a") or not s.chance(0.75):
            continue
        factor = Fraction(9, 10) if load.newly_qualified else Fraction(1)
        edges = list(EDGES) + [Fraction(10001, 10000), Fraction(12, 10)] * load.newly_qualified
        s.rng.shuffle(edges)
        for edge in edges:
            text = as_decimal(load.points / (85 * factor * edge))
            if text:
                row["FTE"] = text
                break
        else:  # a little to one side or the other
            near = load.points / (85 * factor * s.pick(edges))
            row["FTE"] = f"{float(near):.2f}"
    table = LOCAL_TABLES["hr"]
    s.write_one(Path(folder) / "local", table, LOCAL[table], s.local_text)
