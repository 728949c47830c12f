"""What a home keeps beside the record: the Department's published files, and the council's own totals."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from evenlode.errors import CannotRead
from evenlode.published import Published, read_published
from evenlode.record import Record
from evenlode.reports.totals import Theirs, read_totals
from evenlode.web.writing.data import read_and_set_aside
from evenlode.web.writing.gather import Beside


def totals_path(home: Path) -> Path:
    """Where a home keeps the council's own totals (docs/how-to/check-our-totals.md)."""
    return home / "totals.csv"


def read_beside(record: Record) -> Beside:
    """What can be read of it; what cannot is said on the pages and stops nothing."""
    wrong: list[str] = []
    published: Published | None = None
    totals: dict[str, Theirs] | None = None
    folder: Path = settings.EVENLODE.published
    try:
        if folder.is_dir() and any(folder.iterdir()):
            published = read_published(folder)
    except CannotRead as fault:
        wrong.append(str(fault))
    try:
        if totals_path(record.home).is_file():
            totals = read_totals(totals_path(record.home))
    except CannotRead as fault:
        wrong.append(str(fault))
    return Beside(published, totals, read_and_set_aside(record), tuple(wrong))
