"""The council's own totals, read from a file, beside ours."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from pathlib import Path

from evenlode.errors import CannotRead
from evenlode.reports.tables import TotalLine
from evenlode.rules.evaluate import TOTALS, Day


@dataclass
class Theirs:
    """What the council counts: a number, and the ids where it gives them."""

    count: int | None = None
    ids: set[str] = field(default_factory=set)


def read_totals(path: Path) -> dict[str, Theirs]:
    """The council's own totals from a CSV with the columns measure and count.

    Where it lists who is counted: a column ids (ids with spaces between), or one row an id in a
    column id.

    Raises CannotRead, naming file and line, for a file that is not there or not in that form.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error):
        raise CannotRead(
            f"The totals file {path.name} cannot be read; it must be a UTF-8 CSV with the columns "
            "measure and count."
        ) from None
    found: dict[str, Theirs] = {}
    for line, row in enumerate(rows, start=2):
        said = {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if isinstance(v, str)}
        measure = re.sub(r"[\s-]+", "_", said.get("measure", "").lower())
        if measure not in TOTALS:
            raise CannotRead(
                f'{path.name}, line {line}: "{measure}" is no total that is compared; use one of: '
                f"{', '.join(TOTALS)}."
            )
        theirs = found.setdefault(measure, Theirs())
        if said.get("count"):
            if not said["count"].isdigit():
                raise CannotRead(
                    f'{path.name}, line {line}: count must be a whole number, not "{said["count"]}".'
                )
            theirs.count = int(said["count"])
        theirs.ids.update(f"{said.get('ids', '')} {said.get('id', '')}".split())
    return found


def compare_totals(day: Day, theirs: dict[str, Theirs] | None) -> list[TotalLine]:
    """Our totals of the day, each beside theirs; who differs is listed where they gave ids."""
    ours: dict[str, int] = dict.fromkeys(TOTALS, 0)
    for (_, measure), number in day.totals().items():
        ours[measure] += number
    lines = []
    for measure in TOTALS:
        told = (theirs or {}).get(measure, Theirs())
        only_ours: set[str] = set()
        only_theirs: set[str] = set()
        if told.ids:
            mine = {i for _, i in day.total_ids(measure)}
            only_ours, only_theirs = mine - told.ids, told.ids - mine
        count = told.count if told.count is not None else (len(told.ids) if told.ids else None)
        lines.append(
            TotalLine(measure, ours[measure], count, tuple(sorted(only_ours)), tuple(sorted(only_theirs)))
        )
    return lines
