"""A backup of a home, taken while the service is in use: sealed, and whole or not there at all.

In it: the record as one manifest has it, the council's own settings, the database, what the timelines are read from, the
anchors of the audit trail, and last a list of all that with sizes, checksums, counts of rows and the newest entry
of the audit trail.  Not in it, unless asked for: the keys of sessions and of the audit trail, and the secret that the
council's own provider of sign-ins gave.  Before anything is copied the audit trail is told of it, so each backup holds
the entry of its own making.
"""

from __future__ import annotations

import errno
import getpass
import hashlib
import io
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from evenlode import __version__
from evenlode.audit_trail import Entry, Outcome, Purpose, read_key
from evenlode.errors import RecordFault
from evenlode.record.manifest import Manifest, current_number, read_manifest
from evenlode.record.paths import Paths
from evenlode.record.receipt import read_receipt
from evenlode.web.database_copy import (
    POSTGRES_FILE,
    SQLITE_FILE,
    Held,
    append_to,
    copy_postgres,
    copy_sqlite,
    is_sqlite,
    sqlite_path,
)
from evenlode.web.environment import Environment
from evenlode.web.sealed_stream import BLOCK, BackupFault, SealedWriter
from evenlode.web.sign_in.words import OPERATOR, Because, Did, What

CONTENTS = "contents.json"
SETTLED = ("policy.yaml", "mapping.yaml", "totals.csv")
"""What the council itself has put into the home, beside the Department's published files."""
FORM = 1
Told = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Contents:
    """What a backup says of itself; its last part.

    parts: name to size (bytes) and SHA-256.  engine: sqlite or postgresql.  held: what the database held.
    """

    taken_at: str
    evenlode: str
    engine: str
    record_manifest: int | None
    with_keys: bool
    parts: dict[str, tuple[int, str]]
    held: Held

    def written(self) -> bytes:
        """As it is kept."""
        return json.dumps({"form": FORM, **asdict(self)}, sort_keys=True, indent=1).encode()

    @classmethod
    def read(cls, said: bytes) -> Contents:
        """Back again; BackupFault where a later Evenlode wrote it."""
        body: dict[str, Any] = json.loads(said)
        if body.pop("form") != FORM:
            raise BackupFault("The backup was written by a later Evenlode: restore it with that one.")
        parts = {name: (int(size), str(sha)) for name, (size, sha) in body.pop("parts").items()}
        return cls(**{**body, "parts": parts, "held": Held(**body["held"])})


def take_backup(
    here: Environment, out: Path, *, key: bytes, at: datetime, with_keys: bool, told: Told
) -> Contents:
    """Writes the backup of a home to a new file and says what is in it.

    Raises BackupFault, and leaves nothing behind, where the file is there already, the disk is full, or the audit
    trail cannot be told of it.
    """
    if out.exists():
        raise BackupFault(f"{out} is there already: name a new file.")
    with _whole(out) as file, _folder(here.home) as folder, ExitStack() as opened:
        _tell_trail(here, at, with_keys=with_keys)
        anchors = (
            here.anchors.read_bytes() if here.anchors.exists() else b""
        )  # before the database: never ahead of it
        timelines = _opened(here.home, {}, opened)
        told("Copying the database", 0, 1)
        engine, copy, held = _database(here, folder)
        timelines = _opened(here.home, timelines, opened)
        sealed = SealedWriter(file, key)
        with tarfile.open(fileobj=sealed, mode="w|", format=tarfile.PAX_FORMAT, bufsize=BLOCK) as tar:  # type: ignore[call-overload]
            parts = _Parts(tar, told)
            if anchors:
                parts.add("audit-anchors", io.BytesIO(anchors), len(anchors))
            parts.add_file(copy.name, copy)
            for name, timeline in timelines.items():
                parts.add(f"figures/{name}", timeline, os.fstat(timeline.fileno()).st_size)
            manifest = _record(here.home, parts)
            for path in sorted(_settled(here.home)):
                parts.add_file(str(path.relative_to(here.home)), path)
            if with_keys:
                parts.add("keys/secret", *_bytes(here.secret_key.encode() + b"\n"))
                parts.add_file("keys/audit", here.audit_key_file)
                if here.provider is not None:
                    parts.add("keys/oidc", *_bytes(here.provider.client_secret.encode() + b"\n"))
            contents = Contents(at.isoformat(), __version__, engine, manifest, with_keys, parts.written, held)
            parts.add(CONTENTS, *_bytes(contents.written()))
        sealed.finish()
    return contents


def _tell_trail(here: Environment, at: datetime, *, with_keys: bool) -> None:
    """Who took a backup and when; where it was written to is nobody's who reads the trail."""
    entry = Entry(
        at=at,
        person_id=OPERATOR,
        verb=Did.BACK_UP,
        thing=What.HOME_AND_KEYS if with_keys else What.HOME,
        outcome=Outcome.ALLOWED,
        why=Because.OPERATOR,
        thing_id=_account(),
        purpose=Purpose.RUNNING,
    )
    append_to(here.database_url, read_key({}, here.audit_key_file), entry)


def _account() -> str:
    """The account on the machine under which the command runs."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


def _bytes(said: bytes) -> tuple[BinaryIO, int]:
    return io.BytesIO(said), len(said)


class _Parts:
    """Adds one part after the other, and keeps the size and checksum of each."""

    def __init__(self, tar: tarfile.TarFile, told: Told) -> None:
        self.tar, self.told = tar, told
        self.written: dict[str, tuple[int, str]] = {}

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as file:
            self.add(name, file, os.fstat(file.fileno()).st_size)

    def add(self, name: str, file: BinaryIO, size: int) -> None:
        self.told("Writing the backup", len(self.written), len(self.written) + 1)
        about = tarfile.TarInfo(name)
        about.size, about.mode = size, 0o600
        hashed = Hashed(file)
        self.tar.addfile(about, hashed)
        self.written[name] = (size, hashed.sha.hexdigest())


class Readable(Protocol):
    """What bytes can be read from."""

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes."""


class Hashed:
    """A file whose bytes are counted and hashed as they are read."""

    def __init__(self, file: Readable) -> None:
        self.file, self.size, self.sha = file, 0, hashlib.sha256()

    def read(self, size: int = -1, /) -> bytes:
        """Some bytes."""
        some = self.file.read(size)
        self.size += len(some)
        self.sha.update(some)
        return some


def _database(here: Environment, folder: Path) -> tuple[str, Path, Held]:
    if is_sqlite(here.database_url):
        copy = folder / SQLITE_FILE
        return "sqlite", copy, copy_sqlite(sqlite_path(here.database_url), copy)
    copy = folder / POSTGRES_FILE
    return "postgresql", copy, copy_postgres(here.owner_url, copy)


def _opened(home: Path, before: dict[str, Any], opened: ExitStack) -> dict[str, Any]:
    """The files of timelines, held open: a load that drops one meanwhile does not take it from the backup."""
    found = dict(before)
    for path in sorted((home / "figures").glob("*.duckdb")):
        if path.name not in found:
            try:
                found[path.name] = opened.enter_context(path.open("rb"))
            except FileNotFoundError:
                continue  # dropped between the listing and now, so no figures that stand need it
    return found


def _settled(home: Path) -> Iterator[Path]:
    yield from (home / name for name in SETTLED if (home / name).is_file())
    yield from (path for path in (home / "published").rglob("*") if path.is_file())


def _record(home: Path, parts: _Parts) -> int | None:
    """The record as the standing manifest has it; what a load under way has written so far is left out."""
    paths = Paths(home)
    if not paths.schema.exists():
        return None
    number = current_number(paths)
    manifest = read_manifest(paths, number)
    parts.add_file("record/schema.json", paths.schema)
    parts.add("record/current", *_bytes(f"{number}\n".encode()))
    for path in sorted(_of_record(paths, manifest)):
        parts.add_file(f"record/{path.relative_to(paths.root)}", path)
    return number


def _of_record(paths: Paths, manifest: Manifest) -> Iterator[Path]:
    for path in paths.manifests.glob("*.json"):
        if path.stem.isdigit() and int(path.stem) <= manifest.number:
            yield path
    for path in paths.receipts.glob("*.json"):
        if path.stem.isdigit() and _told_by(paths, path) <= manifest.number:
            yield path
    for delivery, _ in manifest.seals:
        yield from (p for p in paths.delivery(delivery).rglob("*") if p.is_file())


def _told_by(paths: Paths, path: Path) -> int:
    try:
        return read_receipt(paths, path.stem).manifest
    except RecordFault:
        if path.exists():
            raise
        raise BackupFault("A load was broken off while the backup was taken: run it again.") from None


@contextmanager
def _folder(home: Path) -> Iterator[Path]:
    """A closed folder for the copy of the database, in the home, which is as well kept as the database itself."""
    folder = Path(tempfile.mkdtemp(prefix=".backup-", dir=home))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _whole(out: Path) -> Iterator[BinaryIO]:
    """A file that has its name only once all of it is on disk."""
    part = out.with_name(f".{out.name}.part-{os.getpid()}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.link(part, out)  # refuses a file that has come meanwhile
        folder = os.open(out.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
    except OSError as fault:
        raise BackupFault(_in_words(fault, out)) from None
    finally:
        part.unlink(missing_ok=True)


def _in_words(fault: OSError, out: Path) -> str:
    if fault.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return (
            f"There is no room for the backup ({fault.strerror}): nothing was left behind; make room in {out.parent} "
            "and in the home, or name another disk (--out)."
        )
    if fault.errno == errno.EEXIST:
        return f"{out} is there already: name a new file."
    where = fault.filename or out
    return f"The backup could not be written ({fault.strerror}: {where}); nothing was left behind."
