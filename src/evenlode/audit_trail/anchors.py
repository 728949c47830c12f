"""Anchors: copies of the chain's latest code outside the database, by which a chain that was cut short is found.

They go to a file that the application only ever appends to.  What makes it a sink that the application cannot
rewrite is the council's: a file with the append-only attribute, owned by another account, or a log server.
"""

from __future__ import annotations

import hmac
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from evenlode.audit_trail.entry import Head
from evenlode.errors import CannotGoOn

_LABEL = b"evenlode audit anchor"


@dataclass(frozen=True)
class Anchor:
    """Where the chain stood at a moment; altered: the line does not fit its seal, or is no anchor."""

    line: int
    seq: int
    mac: bytes
    at: str
    altered: bool = False


def drop_anchor(sink: Path, key: bytes, head: Head, at: datetime) -> None:
    """Appends where the chain stands to the sink, and waits until the disk holds it.

    Called hourly and when the service stops.  CannotGoOn where the sink cannot be written.
    """
    said = {"at": at.astimezone(UTC).isoformat(), "mac": head.mac.hex(), "seq": head.seq}
    line = json.dumps({**said, "seal": _seal(key, said)}, sort_keys=True) + "\n"
    if _ends_within_a_line(sink):
        line = "\n" + line
    try:
        handle = os.open(sink, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(handle, line.encode())
            os.fsync(handle)
        finally:
            os.close(handle)
    except OSError as fault:
        raise CannotGoOn(
            f"{sink} cannot be written ({fault.strerror}): the anchors of the audit trail need a place outside the database"
        ) from None


def read_anchors(sink: Path, key: bytes) -> Iterator[Anchor]:
    """Every anchor of a sink in its order, those that do not fit their seal marked."""
    try:
        lines = sink.read_bytes().splitlines()
    except OSError as fault:
        raise CannotGoOn(
            f"{sink} cannot be read ({fault.strerror}): name the file with the anchors"
        ) from None
    for number, line in enumerate(lines, start=1):
        try:
            said = json.loads(line)
            seal = said.pop("seal")
            fits = hmac.compare_digest(seal, _seal(key, said))
            yield Anchor(number, int(said["seq"]), bytes.fromhex(said["mac"]), str(said["at"]), not fits)
        except (ValueError, KeyError, TypeError, AttributeError):
            yield Anchor(number, 0, b"", "", altered=True)


def _ends_within_a_line(sink: Path) -> bool:
    """Whether the last writing was broken off, so that the next must not be glued to it."""
    try:
        with sink.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) != b"\n"
    except OSError:
        return False


def _seal(key: bytes, said: dict[str, object]) -> str:
    return hmac.digest(key, _LABEL + json.dumps(said, sort_keys=True).encode(), "sha256").hex()
