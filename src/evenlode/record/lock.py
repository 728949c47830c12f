"""One change of the record at a time: the lock that a load or a withdrawal holds."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from evenlode.errors import RecordFault


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Holds the record's lock; the system frees it when the holder ends, however it ends."""
    with path.open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            file.seek(0)
            holder = file.read().strip() or "unknown"
            raise RecordFault(
                f"Another load or withdrawal is at work on {path.parent} (process {holder}): "
                "wait until it has ended, then run this again."
            ) from None
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        try:
            yield
        finally:
            file.truncate(0)
            fcntl.flock(file, fcntl.LOCK_UN)
