"""The one door to a single child's record: it takes a child who has been decided on, and reads their timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

import duckdb
from django.conf import settings

from evenlode.oversight.finding import Finding
from evenlode.oversight.sentences import Speaker
from evenlode.oversight.timeline import Timeline, timeline
from evenlode.web.models import ChildFigure, Figures
from evenlode.web.writing.timeline_file import path_of

_lock = Lock()
_open: dict[Path, duckdb.DuckDBPyConnection] = {}


@dataclass(frozen=True)
class Rows:
    """Where a child's rows are, on the day of the figures."""

    cursor: duckdb.DuckDBPyConnection
    as_at: date


def timeline_of(
    figures: Figures, child: ChildFigure, found: list[Finding], speaker: Speaker
) -> Timeline | None:
    """What happened in the case of a child whom the reader may open; None where the record's copy is not there."""
    path = path_of(settings.EVENLODE.home, figures.manifest, figures.as_at.isoformat())
    con = _opened(path)
    if con is None:
        return None
    with con.cursor() as cursor:
        return timeline(Rows(cursor, figures.as_at), (figures.la_code, child.child_id), found, speaker)


def _opened(path: Path) -> duckdb.DuckDBPyConnection | None:
    """The file, opened for reading once a process; those of loads that are gone are closed."""
    with _lock:
        if path not in _open:
            for old in [p for p in _open if not p.exists()]:
                _open.pop(old).close()
            if not path.exists():
                return None
            _open[path] = duckdb.connect(str(path), read_only=True, config={"threads": 1})
        return _open[path]
