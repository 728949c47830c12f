"""Bringing a backup back: read through to its end first, then written beside the home, checked, and put in its place."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import dj_database_url
import psycopg

from evenlode.audit_trail import PostgresTrail, SqliteTrail, open_to_read, read_key, verify
from evenlode.record import Record
from evenlode.web.backup import CONTENTS, SETTLED, Contents, Hashed, Readable, Told
from evenlode.web.database_copy import (
    POSTGRES_FILE,
    SQLITE_FILE,
    Held,
    check_postgres_is_empty,
    held_by_sqlite,
    is_sqlite,
    restore_postgres,
)
from evenlode.web.environment import WANTED
from evenlode.web.sealed_stream import BLOCK, BackupFault, SealedReader

_PLACES = ("record/", "figures/", "keys/", "published/")
_ALONE = {"audit-anchors", *SETTLED, CONTENTS, SQLITE_FILE, POSTGRES_FILE}
Take = Callable[[str, Readable], None]


def check_backup(file: Path, key: bytes, told: Told) -> Contents:
    """Reads a backup through to its end without writing anything, and says what is in it.

    BackupFault where one byte of it is not as it was written, where it was cut off, or where the key is another.
    """
    return _walk(file, key, lambda _name, part: _drained(part), told, "Checking the backup")


def restore(
    file: Path,
    home: Path,
    *,
    key: bytes,
    database_url: str,
    owner_url: str,
    told: Told,
    audit_key: Path | None = None,
) -> Contents:
    """Makes a home out of a backup, and says what is in it.

    Everything is read and checked once before anything is written.  Then the parts are written beside the home,
    and what was written is compared again: sizes, checksums, rows by table, the newest entry of the audit trail,
    the record's own checksums, and where its key is at hand (audit_key, or in the backup) the whole trail.
    Only then does the home have its name.  BackupFault says what stopped it; a home that was not there is not there.
    """
    _check_empty(home)
    contents = check_backup(file, key, told)
    _check_fits(contents, database_url, owner_url)
    with _beside(home) as making:
        _walk(file, key, lambda name, part: _write(making / name, part), told, "Restoring")
        (making / CONTENTS).unlink()
        _want_keys(making, contents)
        audit_key = audit_key or (making / "keys" / "audit" if contents.with_keys else None)
        if contents.record_manifest is not None:
            Record.open(making).check()
        if contents.engine == "sqlite":
            (making / SQLITE_FILE).rename(making / "service.sqlite3")
            _compare(contents.held, held_by_sqlite(making / "service.sqlite3"))
            with closing(open_to_read(making / "service.sqlite3")) as con:
                _whole(SqliteTrail(con), audit_key, told)
        else:
            _into_postgres(making, contents, owner_url, database_url, audit_key, told)
        _sync(making)
        making.rename(home)  # takes the place of an empty folder too
    return contents


def _check_empty(home: Path) -> None:
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise BackupFault(f"{home} is not empty: a backup is only restored into a new home (--home).")


def _check_fits(contents: Contents, database_url: str, owner_url: str) -> None:
    if contents.engine == "sqlite" and not is_sqlite(database_url):
        raise BackupFault(
            "The backup holds an SQLite database, and EVENLODE_DATABASE_URL names PostgreSQL: leave that out."
        )
    if contents.engine == "postgresql":
        if is_sqlite(owner_url):
            raise BackupFault(
                "The backup is of a PostgreSQL database: name a new, empty one in EVENLODE_DATABASE_URL and "
                "EVENLODE_DATABASE_OWNER_URL."
            )
        check_postgres_is_empty(owner_url)


def _walk(file: Path, key: bytes, take: Take, told: Told, doing: str) -> Contents:
    """Hands every part to `take`, and compares each with the list at the end; the list itself is among them."""
    found: dict[str, tuple[int, str]] = {}
    said = b""
    try:
        with file.open("rb") as stream:
            sealed = SealedReader(stream, key)
            with tarfile.open(fileobj=sealed, mode="r|", bufsize=BLOCK) as tar:  # type: ignore[call-overload]
                for about in tar:
                    part = tar.extractfile(about)
                    if part is None or not _is_ours(about.name):
                        raise BackupFault(
                            f"The backup holds a part that is none of Evenlode's: {about.name!r}."
                        )
                    told(doing, stream.tell(), file.stat().st_size)
                    hashed = Hashed(part)
                    if about.name == CONTENTS:
                        said = hashed.read(about.size)
                        take(about.name, io.BytesIO(said))
                    else:
                        take(about.name, hashed)
                        found[about.name] = (hashed.size, hashed.sha.hexdigest())
            sealed.drain()
    except FileNotFoundError:
        raise BackupFault(f"{file} is not there: name the file of the backup.") from None
    except (tarfile.TarError, EOFError):
        raise BackupFault(
            "The backup is sealed as it should be and holds no parts that can be read."
        ) from None
    except OSError as fault:
        raise BackupFault(
            f"The backup could not be restored ({fault.strerror}): make room and run it again."
        ) from None
    contents = Contents.read(said or json.dumps({"form": 0}).encode())
    if contents.parts != found:
        raise BackupFault("The parts of the backup are not those of its list: take another copy of it.")
    return contents


def _is_ours(name: str) -> bool:
    path = Path(name)
    plain = not path.is_absolute() and ".." not in path.parts and "\\" not in name
    return plain and (name in _ALONE or name.startswith(_PLACES))


def _drained(part: Readable) -> None:
    while part.read(BLOCK):
        pass


def _write(path: Path, part: Readable) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        shutil.copyfileobj(part, file, BLOCK)
        file.flush()
        os.fsync(file.fileno())


def _want_keys(making: Path, contents: Contents) -> None:
    """Marks a home that came without its keys, so that set-up makes no new ones that would not fit."""
    if not contents.with_keys:
        (making / "keys").mkdir(mode=0o700, exist_ok=True)
        for name in ("secret", "audit"):
            (making / "keys" / f"{name}{WANTED}").touch(mode=0o600)


def _compare(was: Held, now: Held) -> None:
    if was.rows != now.rows:
        differ = sorted(t for t in {*was.rows, *now.rows} if was.rows.get(t) != now.rows.get(t))
        raise BackupFault(f"After the restore these tables do not hold what they held: {', '.join(differ)}.")
    if (was.seq, was.mac) != (now.seq, now.mac):
        raise BackupFault(
            "After the restore the audit trail does not end where it ended: tell information governance."
        )


def _whole(trail: SqliteTrail | PostgresTrail, audit_key: Path | None, told: Told) -> None:
    if audit_key is None:
        return
    verdict = verify(trail.rows(), read_key({}, audit_key), about=trail.about(), told=told)
    if verdict.broken:
        raise BackupFault(
            f"The audit trail in the backup is broken at entry {verdict.broken.seq:,} ({verdict.broken.what}): "
            "keep the backup as it is and tell information governance."
        )


def _into_postgres(
    making: Path, contents: Contents, owner_url: str, database_url: str, audit_key: Path | None, told: Told
) -> None:
    """The dump goes into the empty database in one transaction; the service's role gets its rights."""
    from evenlode.web.starting import grant_rights  # noqa: PLC0415 - SQLite restores without it

    told("Restoring the database", 0, 1)
    now = restore_postgres(owner_url, making / POSTGRES_FILE)
    (making / POSTGRES_FILE).unlink()
    try:
        _compare(contents.held, now)
        with psycopg.connect(owner_url, autocommit=True) as con:
            _whole(PostgresTrail(con), audit_key, told)
        grant_rights(owner_url, str(dj_database_url.parse(database_url)["USER"]))
    except BackupFault as fault:
        raise BackupFault(f"{fault} Drop the database that was restored into before the next try.") from None


@contextmanager
def _beside(home: Path) -> Iterator[Path]:
    """A closed folder beside the home, gone again unless it has become the home."""
    try:
        home.parent.mkdir(parents=True, exist_ok=True)
        making = Path(tempfile.mkdtemp(prefix=f".{home.name}.restoring-", dir=home.parent))
    except OSError as fault:
        raise BackupFault(f"Nothing can be made in {home.parent} ({fault.strerror}).") from None
    try:
        yield making
    except (OSError, sqlite3.Error) as fault:
        raise BackupFault(
            f"The backup could not be restored ({fault}): make room and run it again."
        ) from None
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _sync(folder: Path) -> None:
    for place in (folder, *(p for p in folder.rglob("*") if p.is_dir()), folder.parent):
        handle = os.open(place, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
