"""Writing files so that a power cut leaves either the old file or the new one, never half of one."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Any

from evenlode.errors import RecordFault

BLOCK = 1 << 20
HIDDEN = ".making-"

_seen: dict[tuple[str, int, int, int], str] = {}


def sync(path: Path, *, durable: bool) -> None:
    """Waits until the disk holds this file or folder; not asked of a record that is thrown away."""
    if not durable:
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_whole(path: Path, content: bytes, *, durable: bool) -> None:
    """Writes or replaces one file in one step: a reader sees the old content or the new."""
    making = path.with_name(f"{HIDDEN}{path.name}")
    with making.open("wb") as file:
        file.write(content)
    sync(making, durable=durable)
    making.replace(path)
    sync(path.parent, durable=durable)


def canonical(body: dict[str, Any]) -> bytes:
    """The one spelling of a body that its checksum is taken of."""
    return json.dumps(body, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def seal_of(body: dict[str, Any]) -> str:
    """The checksum that stands in a sealed file beside its body."""
    return hashlib.sha256(canonical(body)).hexdigest()


def write_sealed(path: Path, body: dict[str, Any], *, durable: bool) -> str:
    """Writes a body with its own checksum and answers the checksum."""
    seal = seal_of(body)
    text = json.dumps({"sha256": seal, "body": body}, ensure_ascii=False, indent=1)
    write_whole(path, text.encode() + b"\n", durable=durable)
    return seal


def read_sealed(path: Path, *, mend: str, seal: str | None = None) -> dict[str, Any]:
    """Reads a sealed file back; a file that is gone or altered is a fault that says the mend."""
    try:
        outer = json.loads(path.read_bytes())
        body, written = outer["body"], outer["sha256"]
    except FileNotFoundError:
        raise RecordFault(f"{path} is gone: {mend}.") from None
    except (OSError, ValueError, KeyError, TypeError):
        raise RecordFault(f"{path} is cut short or altered and cannot be read: {mend}.") from None
    if not isinstance(body, dict) or seal_of(body) != written or written != (seal or written):
        raise RecordFault(f"{path} was altered after it was written (its checksum differs): {mend}.")
    return body


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file, worked out once while the file stays untouched."""
    state = path.stat()
    known = (str(path), state.st_ino, state.st_size, state.st_mtime_ns)
    if known not in _seen:
        with path.open("rb") as file:
            _seen[known] = hashlib.file_digest(file, "sha256").hexdigest()
    return _seen[known]


def assert_whole(path: Path, *, size: int, sha256: str, mend: str) -> None:
    """Refuses a file that is not byte for byte what was stored."""
    try:
        found = path.stat().st_size
        if found == size and sha256_of(path) == sha256:
            return
    except FileNotFoundError:
        raise RecordFault(f"{path} is gone: {mend}.") from None
    except OSError as fault:
        raise RecordFault(f"{path} cannot be read ({fault.strerror}): {mend}.") from None
    if found < size:
        raise RecordFault(f"{path} is cut short ({found} of {size} bytes): {mend}.")
    raise RecordFault(f"{path} was altered after it was stored (its checksum differs): {mend}.")
