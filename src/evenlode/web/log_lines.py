"""Log lines that hold ids and words of closed lists, one JSON object a line, and never what a person wrote."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime

OURS = ("request_id", "person_id", "route", "method", "status", "ms", "why", "thing", "verb")
"""What a line may say beside its time, level, name and message."""


class OneLine(logging.Formatter):
    """A line a thing that happened; of a fault the kinds and places, never the values."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        said: dict[str, object] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "from": record.name,
        }
        if record.name.startswith("evenlode"):
            said["says"] = record.getMessage()
            said |= {name: record.__dict__[name] for name in OURS if name in record.__dict__}
        else:
            said["says"] = str(record.msg)  # the pattern, without what would be put into it
        if record.exc_info and record.exc_info[0] is not None:
            said["fault"] = record.exc_info[0].__name__
            said["where"] = _places(record.exc_info[2])
        return json.dumps(said, ensure_ascii=False, default=str)


def _places(trace: object) -> list[str]:
    found = []
    while trace is not None:
        code = trace.tb_frame.f_code  # type: ignore[attr-defined]
        found.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}")  # type: ignore[attr-defined]
        trace = trace.tb_next  # type: ignore[attr-defined]
    return found[-8:]
